//! The form for tools: one JSON object per line.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;
use crate::span::Span;
use serde_json::{Value, json};

/// Renders diagnostics as JSON, one object per line.
///
/// Every place is `{"file", "start", "end"}` with `{"byte", "line", "column"}` each: bytes from 0
/// within the file, lines and columns (in characters) from 1.
pub fn emit_json(diagnostics: &[Diagnostic], map: &SourceMap) -> String {
    diagnostics.iter().map(|diagnostic| format!("{}\n", object(diagnostic, map))).collect()
}

fn object(diagnostic: &Diagnostic, map: &SourceMap) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let labels = diagnostic.labels.iter().enumerate();
    let labels: Vec<Value> = labels
        .map(|(index, label)| json!({ "primary": index == 0, "text": label.text, "place": place(label.span, map) }))
        .collect();
    let fixes: Vec<Value> = diagnostic.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|(span, text)| json!({ "place": place(*span, map), "replacement": text }));
        json!({ "message": fix.message, "edits": edits.collect::<Vec<_>>() })
    }).collect();
    json!({
        "code": diagnostic.code.number(),
        "severity": severity,
        "message": diagnostic.message,
        "place": place(diagnostic.span(), map),
        "labels": labels,
        "notes": diagnostic.notes,
        "fixes": fixes,
    })
}

fn place(span: Span, map: &SourceMap) -> Value {
    let Some(file) = map.file_at(span.start) else { return Value::Null };
    let source = map.file(file);
    let point = |position: u32| {
        json!({
            "byte": position - source.base(),
            "line": source.line_of(position),
            "column": source.column_of(position),
        })
    };
    json!({ "file": source.name(), "start": point(span.start), "end": point(span.end.min(source.span().end)) })
}
