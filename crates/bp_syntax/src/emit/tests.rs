use super::{Style, emit, emit_json, visible};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;
use crate::span::Span;

fn map_of(text: &str) -> (SourceMap, u32) {
    let mut map = SourceMap::new();
    let file = map.add("t.bp", text);
    let base = map.file(file).base();
    (map, base)
}

#[test]
fn a_megabyte_of_line_is_cut_around_the_mark() {
    let text = format!("{}x{}", "a".repeat(500_000), "b".repeat(500_000));
    let (map, base) = map_of(&text);
    let span = Span::new(base + 500_000, base + 500_001);
    let error = Diagnostic::error(Code::Expected, span, "m").at("here").fix("write y", span, "y");
    let out = emit(&[error], &map, Style::Plain, 80);
    assert!(out.len() < 2_000, "{} bytes", out.len());
    assert!(out.contains("t.bp:1:500001"), "{out}");
    assert!(out.contains('x') && out.contains('y'), "{out}");
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let (map, base) = map_of("a\x1b[31m\u{202e}b\r\x07\n");
    let span = Span::new(base, base + 12);
    let error =
        Diagnostic::error(Code::Expected, span, "bad \x1b[0m").at("\x07").note("\x00").fix("\x1b", span, "\x1b");
    let out = emit(&[error], &map, Style::Plain, 80);
    assert!(out.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{out:?}");
}

#[test]
fn plain_has_no_escapes_and_colour_has() {
    let (map, base) = map_of("abc\n");
    let error = Diagnostic::error(Code::Expected, Span::new(base, base + 3), "m");
    assert!(!emit(std::slice::from_ref(&error), &map, Style::Plain, 80).contains('\x1b'));
    assert!(emit(&[error], &map, Style::Colour, 80).contains('\x1b'));
}

#[test]
fn a_diagnostic_from_nowhere_is_rendered() {
    let (map, _) = map_of("");
    let error = Diagnostic::error(Code::Expected, Span::default(), "nowhere").also(Span::new(77, 78), "x");
    assert!(emit(std::slice::from_ref(&error), &map, Style::Plain, 80).contains("nowhere"));
    let value: serde_json::Value = serde_json::from_str(&emit_json(&[error], &map)).unwrap();
    assert!(value["file"].is_null());
    assert_eq!(value["spans"], serde_json::json!([]));
}

#[test]
fn labels_of_two_files_and_far_apart_lines_are_all_shown() {
    let mut map = SourceMap::new();
    let one = map.add("one.bp", format!("first\n{}last\n", "\n".repeat(1_000)));
    let two = map.add("two.bp", "other\n");
    let (one, two) = (map.file(one).base(), map.file(two).base());
    let error = Diagnostic::error(Code::Expected, Span::new(one, one + 5), "m")
        .also(Span::new(one + 1_006, one + 1_010), "far")
        .also(Span::new(two, two + 5), "elsewhere");
    let out = emit(&[error], &map, Style::Plain, 80);
    for part in ["one.bp:1:1", "one.bp:1002:1", "two.bp:1:1", "far", "elsewhere"] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
    assert!(out.lines().count() < 20, "{out}");
}

#[test]
fn json_is_one_object_per_line_with_every_place() {
    let (map, base) = map_of("é = 1\nx\n");
    let (span, other) = (Span::new(base + 3, base + 4), Span::new(base + 7, base + 8));
    let error =
        Diagnostic::error(Code::Expected, span, "m").also(other, "here").note("n").help("h").fix("f", span, ":=");
    let out = emit_json(&[error.clone(), error], &map);
    assert_eq!(out.lines().count(), 2);
    let value: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let expected = serde_json::json!({
        "code": "E0201", "severity": "error", "message": "m", "title": Code::Expected.title(), "file": "t.bp",
        "spans": [
            {"file": "t.bp", "start": 3, "end": 4, "line": 1, "column": 3, "end_line": 1, "end_column": 4,
             "primary": true, "label": null},
            {"file": "t.bp", "start": 7, "end": 8, "line": 2, "column": 1, "end_line": 2, "end_column": 2,
             "primary": false, "label": "here"},
        ],
        "notes": ["n"],
        "help": ["h"],
        "fixes": [{"message": "f", "edits": [
            {"file": "t.bp", "start": 3, "end": 4, "line": 1, "column": 3, "end_line": 1, "end_column": 4,
             "replacement": ":="},
        ]}],
    });
    assert_eq!(value, expected);
}

#[test]
fn json_of_a_warning_says_so() {
    let (map, base) = map_of("x\n");
    let warning = Diagnostic::warning(Code::NoEffect, Span::new(base, base + 1), "m\n\u{1}\"");
    let value: serde_json::Value = serde_json::from_str(&emit_json(&[warning], &map)).unwrap();
    assert_eq!(value["severity"], "warning");
    assert_eq!(value["message"], "m\n\u{1}\"");
}

#[test]
fn visible_keeps_text_on_one_line() {
    assert_eq!(visible("a\nb\tc\x1b"), "a⏎b c␛");
}
