//! The form for tools: one JSON object per line and diagnostic, in the order of the text.
//!
//! ```json
//! {"code": "E0308", "severity": "error", "message": "a condition is a `bool`, but this is an `int`",
//!  "title": "a condition that is not a bool", "file": "shop.bp",
//!  "spans": [{"file": "shop.bp", "start": 31, "end": 32, "line": 2, "column": 4,
//!             "end_line": 2, "end_column": 5, "primary": true, "label": null}],
//!  "notes": [], "help": [],
//!  "fixes": [{"message": "compare with zero",
//!             "edits": [{"file": "shop.bp", "start": 32, "end": 32, "line": 2, "column": 5,
//!                        "end_line": 2, "end_column": 5, "replacement": " != 0"}]}]}
//! ```
//!
//! - `start` and `end` are offsets in bytes from the start of the file, half-open. Lines count from
//!   1, columns from 1 in characters; `end_line` and `end_column` are those of `end`.
//! - `spans`: the first is the primary one; `label` is null where a mark has no text. A diagnostic
//!   that belongs to no file has no spans, and `file` is null.
//! - `notes` are background, `help` is advice in words.
//! - `fixes` are alternatives. The edits of one fix do not overlap, stand in text order, and are
//!   all to be applied together; that mends what the message says.
//! - `severity` is `error` or `warning`. `title` is that of the code, the same for all messages.
//!
//! Fields may be added; none is removed or changes its meaning.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;
use crate::span::Span;
use serde_json::{Map, Value, json};

/// Renders diagnostics as JSON, one object per line; the fields stand in the module's description.
pub fn emit_json(diagnostics: &[Diagnostic], map: &SourceMap) -> String {
    diagnostics.iter().map(|diagnostic| format!("{}\n", object(diagnostic, map))).collect()
}

fn object(diagnostic: &Diagnostic, map: &SourceMap) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let file = map.file_at(diagnostic.span().start).map(|file| map.file(file).name());
    let (advice, fixes): (Vec<_>, Vec<_>) = diagnostic.fixes.iter().partition(|fix| fix.edits.is_empty());
    let help: Vec<&str> = advice.iter().map(|fix| fix.message.as_str()).collect();
    let fixes: Vec<Value> = fixes
        .iter()
        .map(|fix| {
            let edits = fix.edits.iter().filter_map(|(span, text)| edit(*span, text, map));
            json!({ "message": fix.message, "edits": edits.collect::<Vec<_>>() })
        })
        .collect();
    json!({
        "code": diagnostic.code.number(),
        "severity": severity,
        "message": diagnostic.message,
        "title": diagnostic.code.title(),
        "file": file,
        "spans": spans(diagnostic, map),
        "notes": diagnostic.notes,
        "help": help,
        "fixes": fixes,
    })
}

fn spans(diagnostic: &Diagnostic, map: &SourceMap) -> Vec<Value> {
    let marked = diagnostic.labels.iter().enumerate().filter_map(|(index, label)| {
        let mut span = place(label.span, map)?;
        span.insert("primary".into(), (index == 0).into());
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
        span.insert("label".into(), text.into());
        Some(Value::Object(span))
    });
    marked.collect()
}

fn edit(span: Span, replacement: &str, map: &SourceMap) -> Option<Value> {
    let mut edit = place(span, map)?;
    edit.insert("replacement".into(), replacement.into());
    Some(Value::Object(edit))
}

/// Where a span is; none if it lies in no file.
fn place(span: Span, map: &SourceMap) -> Option<Map<String, Value>> {
    let source = map.file(map.file_at(span.start)?);
    let end = span.end.min(source.span().end);
    let place = json!({
        "file": source.name(),
        "start": span.start - source.base(),
        "end": end - source.base(),
        "line": source.line_of(span.start),
        "column": source.column_of(span.start),
        "end_line": source.line_of(end),
        "end_column": source.column_of(end),
    });
    match place {
        Value::Object(place) => Some(place),
        _ => unreachable!("written as an object above"),
    }
}
