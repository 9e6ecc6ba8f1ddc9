//! Values of literals: escapes and ranges.

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

pub(crate) fn int_too_large(span: Span, text: &str, bits: Option<i64>) -> Diagnostic {
    let error = Diagnostic::error(Code::NumberOutOfRange, span, format!("`{text}` does not fit into an `int`"))
        .note("an `int` reaches from -9223372036854775808 to 9223372036854775807");
    match bits {
        Some(bits) => error.fix(format!("write `{bits}` for the same 64 bits"), span, bits.to_string()),
        None => error,
    }
}

pub(crate) fn float_too_large(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NumberOutOfRange, span, "this number is too large for a `float`").fix(
        "write `INF` for infinity",
        span,
        "INF",
    )
}

pub(crate) fn unknown_escape(span: Span, text: &str, replacement: Option<String>) -> Diagnostic {
    let error = Diagnostic::error(Code::BadEscape, span, format!("`{text}` is not an escape"));
    match replacement {
        Some(replacement) => error.fix(format!("write `{replacement}`"), span, replacement),
        None => error.note("the escapes are \\n \\r \\t \\0 \\\\ \\\" \\' \\xHH and \\u{…}").fix(
            "write `\\\\` for a backslash",
            Span::new(span.start, span.start + 1),
            "\\\\",
        ),
    }
}

pub(crate) fn line_escape(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadEscape, span, "a `\\` at the end of a line does not join lines inside a string")
        .help("write a string of several lines in triple quotes, or join two strings with `+`")
}

pub(crate) fn bad_hex_escape(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadEscape, span, "`\\x` needs two hexadecimal digits").help("write it as `\\x1b`")
}

pub(crate) fn bad_unicode_escape(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadEscape, span, "`\\u` needs one to six hexadecimal digits in braces")
        .help("write it as `\\u{e9}`")
}

pub(crate) fn no_such_character(span: Span, code: u32) -> Diagnostic {
    let why = if code > 0x10_ffff {
        "the last character is U+10FFFF"
    } else {
        "U+D800 to U+DFFF are surrogates, not characters"
    };
    Diagnostic::error(Code::BadEscape, span, format!("there is no character U+{code:04X}")).note(why)
}
