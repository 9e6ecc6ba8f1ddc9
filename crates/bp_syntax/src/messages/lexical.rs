//! Characters, layout, brackets and strings.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Fix};
use crate::span::Span;

pub(crate) fn invalid_utf8(span: Span) -> Diagnostic {
    let what = if span.len() == 1 { "this byte is" } else { "these bytes are" };
    Diagnostic::error(Code::InvalidUtf8, span, "the file is not valid UTF-8")
        .at(format!("{what} not UTF-8"))
        .note("source files are UTF-8; an editor can convert the file (often from Latin-1 or UTF-16)")
}

pub(crate) fn file_too_large(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooMuchSource, span, "the program's source is too large")
        .note("the files of one program may have 2 GiB together")
}

/// The ASCII that a look-alike character probably stands for.
pub(crate) fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{d7}' => "*",
        '\u{f7}' => "/",
        '\u{2264}' => "<=",
        '\u{2265}' => ">=",
        '\u{2260}' => "!=",
        '\u{2192}' => "->",
        '\u{2026}' => "...",
        '\u{ff0c}' => ",",
        '\u{ff1a}' => ":",
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}' => "",
        '\u{2066}'..='\u{2069}' | '\0'..='\u{1f}' | '\u{7f}' => "",
        _ => return None,
    })
}

pub(crate) fn odd_character(span: Span, c: char, stands_for: Option<&str>) -> Diagnostic {
    let name = match c {
        '\u{a0}' => "a no-break space".to_owned(),
        '\u{feff}' => "a byte order mark".to_owned(),
        '\u{200b}' => "a zero-width space".to_owned(),
        '\r' => "a carriage return without a line feed".to_owned(),
        '\0'..='\u{1f}' | '\u{7f}' | '\u{200c}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            format!("the invisible character U+{:04X}", c as u32)
        }
        '$' => "`$`".to_owned(),
        '`' => "a backtick".to_owned(),
        _ => format!("`{c}` (U+{:04X})", c as u32),
    };
    let error = Diagnostic::error(Code::OddCharacter, span, format!("{name} has no meaning here"));
    match (c, stands_for) {
        ('$', _) => error.help("inside an f-string a value is written `{value}`; names have no `$`"),
        ('`', _) => error.help("strings are written with `\"` or `'`"),
        ('\r', _) => error.fix("end lines with LF or CRLF", span, "\n"),
        (_, Some("")) => error.fix("delete it", span, ""),
        (_, Some(" ")) => error.fix("write a plain space", span, " "),
        (_, Some(ascii)) => error.fix(format!("write `{ascii}`"), span, ascii),
        _ => error,
    }
}

pub(crate) fn smart_quotes(open: Span, close: Option<Span>) -> Diagnostic {
    let error = Diagnostic::error(Code::OddCharacter, open, "typographic quotes do not delimit strings");
    match close {
        Some(close) => {
            let edits = vec![(open, "\"".to_owned()), (close, "\"".to_owned())];
            let mut error = error.also(close, "");
            error.fixes.push(Fix { message: "write plain quotes".into(), edits });
            error
        }
        None => error.fix("write a plain quote", open, "\""),
    }
}

pub(crate) fn space_after_backslash(backslash: Span, spaces: Span) -> Diagnostic {
    Diagnostic::error(Code::Continuation, backslash, "a `\\` continues a line only as its last character")
        .also(spaces, "there are spaces behind it")
        .fix("delete the spaces", spaces, "")
}

pub(crate) fn stray_backslash(span: Span, at_end: bool) -> Diagnostic {
    let message = if at_end {
        "there is no line for this `\\` to continue with"
    } else {
        "a `\\` means nothing in the middle of a line"
    };
    Diagnostic::error(Code::Continuation, span, message).fix("delete it", span, "")
}

pub(crate) fn foreign_operator(span: Span, theirs: &str, ours: &str, before: bool, after: bool) -> Diagnostic {
    let is_word = ours.as_bytes()[0].is_ascii_alphabetic();
    let left = if is_word && before { " " } else { "" };
    let right = if is_word && after { " " } else { "" };
    Diagnostic::error(Code::ForeignOperator, span, format!("the operator `{theirs}` is spelled `{ours}`")).fix(
        format!("write `{ours}`"),
        span,
        format!("{left}{ours}{right}"),
    )
}

pub(crate) fn foreign_comment(span: Span, theirs: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::ForeignComment, span, format!("`{theirs}` does not begin a comment"));
    if theirs == "//" {
        return error.fix("write `#`", span, "#");
    }
    error.help("write `#` in front of every line of the comment")
}

pub(crate) fn inconsistent_dedent(span: Span, width: u32, outer: u32, inner: u32) -> Diagnostic {
    let message = "this line's indentation fits no open block";
    Diagnostic::error(Code::InconsistentDedent, span, message)
        .at(format!("indented by {width}; the blocks around it by {outer} and {inner}"))
        .help(format!("indent by {outer} to leave the inner block, by {inner} to stay in it"))
}

pub(crate) fn mixed_indentation(span: Span, file_uses_tabs: bool, uniform: bool, first: Span) -> Diagnostic {
    let (file, here) = if file_uses_tabs { ("tabs", "spaces") } else { ("spaces", "tabs") };
    let message = if uniform {
        format!("this line is indented with {here}, the file with {file}")
    } else {
        "this line's indentation mixes tabs and spaces".to_owned()
    };
    let error = Diagnostic::error(Code::MixedIndentation, span, message);
    let error = if first == span { error } else { error.also(first, format!("{file} are used here first")) };
    error.help(format!("indent the whole file with {file}; editors can convert it"))
}

pub(crate) fn stray_closer(span: Span, closer: &str) -> Diagnostic {
    Diagnostic::error(Code::StrayCloser, span, format!("`{closer}` closes nothing: no bracket is open here")).fix(
        "delete it",
        span,
        "",
    )
}

pub(crate) fn mismatched_closer(span: Span, found: &str, open: Span, opener: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(Code::MismatchedCloser, span, format!("`{found}` does not close `{opener}`"))
        .at(format!("expected `{expected}`"))
        .also(open, "opened here")
        .fix(format!("write `{expected}`"), span, expected)
}

/// `found` closes an outer bracket; the one from `open` and maybe more inside it need `missing` first.
pub(crate) fn inner_unclosed(span: Span, found: &str, open: Span, opener: &str, missing: &str) -> Diagnostic {
    Diagnostic::error(Code::MismatchedCloser, span, format!("`{found}` comes before `{opener}` is closed"))
        .at(format!("expected `{missing}` first"))
        .also(open, "opened here")
        .fix(format!("write `{missing}`"), span.before(), missing)
}

pub(crate) fn unclosed(open: &[(Span, String)], count: usize, at: Span, missing: &str) -> Diagnostic {
    let (first, text) = &open[0];
    let mut error = Diagnostic::error(Code::UnclosedBracket, *first, format!("this `{text}` is never closed"));
    for (span, _) in &open[1..] {
        error = error.also(*span, "nor is this one");
    }
    if count > open.len() {
        error = error.note(format!("{} more brackets inside are not closed either", count - open.len()));
    }
    error = error.also(at, format!("`{missing}` is probably missing here"));
    if count <= 8 { error.fix(format!("write `{missing}`"), at, missing) } else { error }
}

pub(crate) fn brace_block(brace: Span, colon: Span) -> Diagnostic {
    Diagnostic::error(Code::BraceBlock, brace, "blocks begin with `:` and are indented, they have no braces").fix(
        "write `:` and delete the closing brace",
        colon,
        ":",
    )
}

pub(crate) fn unterminated_string(open: Span, end: Span, quote: char) -> Diagnostic {
    Diagnostic::error(Code::UnterminatedString, open, "this string is not closed on its line")
        .at("begins here")
        .also(end, format!("a `{quote}` is missing by the end of the line"))
        .fix(format!("close it with `{quote}`"), end, quote)
        .note(format!("a string over several lines is written {0}…{0}", quote.to_string().repeat(3)))
}

pub(crate) fn unterminated_triple(open: Span, delimiter: &str) -> Diagnostic {
    Diagnostic::error(Code::UnterminatedString, open, "this string is never closed")
        .at(format!("there is no further {delimiter} in the file"))
}

pub(crate) fn unclosed_field(field: Span, string: Span) -> Diagnostic {
    Diagnostic::error(Code::BadFString, field, "this `{` of an f-string is not closed in time")
        .also(string, "the f-string begins here")
        .help("close the expression with `}`, or write `{{` for a brace")
}

pub(crate) fn single_brace(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadFString, span, "a lone `}` in an f-string closes nothing").fix(
        "write `}}` for a brace",
        span,
        "}}",
    )
}

pub(crate) fn string_prefix(span: Span, word: &str, ours: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::StringPrefix, span, format!("strings have no prefix `{word}`"));
    let error = if word.eq_ignore_ascii_case("b") || word.eq_ignore_ascii_case("rb") {
        error.note("every string is a sequence of bytes already")
    } else if ours.is_empty() {
        error.note("every string is Unicode already")
    } else {
        error
    };
    if ours.is_empty() { error.fix("delete it", span, "") } else { error.fix(format!("write `{ours}`"), span, ours) }
}

pub(crate) fn bare_dot(whole: Span, digits: &str, _end: usize) -> Diagnostic {
    Diagnostic::error(Code::BadNumber, whole, "a float needs a digit behind its point").fix(
        format!("write `{digits}.0`"),
        whole,
        format!("{digits}.0"),
    )
}

pub(crate) fn empty_exponent(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumber, span, "this number's exponent has no digits").help("write it as `1e9` or `1e-9`")
}

fn radix_name(radix: u32) -> &'static str {
    match radix {
        16 => "hexadecimal",
        8 => "octal",
        _ => "binary",
    }
}

pub(crate) fn empty_radix(span: Span, radix: u32) -> Diagnostic {
    let (name, digits) = match radix {
        16 => ("hexadecimal", "0-9, a-f"),
        8 => ("octal", "0-7"),
        _ => ("binary", "0 and 1"),
    };
    Diagnostic::error(Code::BadNumber, span, format!("this {name} number has no digits"))
        .at(format!("expected {digits} behind the prefix"))
}

pub(crate) fn bad_digit(whole: Span, digit: Span, text: &str, radix: u32) -> Diagnostic {
    let name = radix_name(radix);
    let message = format!("`{text}` is not {} {name} digit", if radix == 8 { "an" } else { "a" });
    Diagnostic::error(Code::BadNumber, digit, message).also(whole, format!("the number is {name}"))
}

pub(crate) fn uppercase_radix(span: Span, prefix: &str) -> Diagnostic {
    let lower = prefix.to_ascii_lowercase();
    Diagnostic::error(Code::BadNumber, span, format!("the prefix `{prefix}` is spelled `{lower}`")).fix(
        format!("write `{lower}`"),
        span,
        lower,
    )
}

pub(crate) fn underscores(span: Span, mended: &str) -> Diagnostic {
    Diagnostic::error(Code::BadNumber, span, "a `_` in a number stands between two digits").fix(
        format!("write `{mended}`"),
        span,
        mended,
    )
}

pub(crate) fn leading_zero(span: Span, decimal: &str, octal: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(Code::BadNumber, span, "a decimal number does not begin with `0`").fix(
        format!("write `{decimal}`"),
        span,
        decimal,
    );
    match octal {
        Some(octal) => error.fix(format!("write `0o{octal}` if it is octal"), span, format!("0o{octal}")),
        None => error,
    }
}

pub(crate) fn number_suffix(suffix: Span, number: &str, text: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::BadNumber, suffix, format!("`{text}` is glued to the number `{number}`"));
    match text {
        "j" | "J" => error.note("there are no complex numbers"),
        "f" | "F" | "d" | "D" if !number.contains('.') => error.fix("write `.0` for a float", suffix, ".0"),
        "f" | "F" | "d" | "D" | "l" | "L" | "u" | "U" | "ll" | "LL" | "ul" | "UL" | "n" => {
            error.note("numbers have no type suffix: `1` is an `int`, `1.0` a `float`").fix("delete it", suffix, "")
        }
        _ => error.help("a name cannot begin with a digit; put a space or an operator between number and name"),
    }
}
