//! Decoding literals: the text of a token to the value it means.
//!
//! Mistakes are reported to the given list and a value is returned all the same.

use crate::diagnostic::Diagnostic;
use crate::messages::literal as messages;
use crate::span::Span;

/// The magnitude of the smallest `int`, which is legal only under a minus.
pub(crate) const MIN_MAGNITUDE: u64 = 1 << 63;

/// The value of an integer token; none if it exceeds 64 bits or the lexer found fault with it.
pub(crate) fn int_magnitude(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', b'o' | b'O', ..] => (&text[2..], 8),
        [b'0', b'b' | b'B', ..] => (&text[2..], 2),
        _ => (text, 10),
    };
    if radix == 10 && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(digits.bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')));
    }
    let mut value = 0_u64;
    for c in digits.chars().filter(|&c| c != '_') {
        // Letters glued to a number and digits of another radix were reported by the lexer.
        let Some(digit) = c.to_digit(radix) else { break };
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit))?;
    }
    Some(value)
}

/// The value of an integer token that is not the operand of a minus.
pub(crate) fn int(text: &str, span: Span, errors: &mut Vec<Diagnostic>) -> i64 {
    let magnitude = int_magnitude(text);
    if let Some(value) = magnitude.and_then(|value| i64::try_from(value).ok()) {
        return value;
    }
    let radix = text.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    let bits = magnitude.filter(|_| radix).map(u64::cast_signed);
    let shown: String = text.chars().take(40).collect();
    let shown = if shown.len() < text.len() { format!("{shown}…") } else { shown };
    errors.push(messages::int_too_large(span, &shown, bits));
    0
}

/// The value of a float token.
pub(crate) fn float(text: &str, span: Span, errors: &mut Vec<Diagnostic>) -> f64 {
    let clean: String = text.chars().filter(|&c| c != '_').collect();
    let end = clean.find(|c: char| !matches!(c, '0'..='9' | '.' | 'e' | 'E' | '+' | '-')).unwrap_or(clean.len());
    // What the lexer complained about does not parse; any value will do then.
    let value: f64 = clean[..end].parse().unwrap_or(0.0);
    if value.is_infinite() {
        errors.push(messages::float_too_large(span));
    }
    value
}

/// The bytes of a string token, prefix and quotes included in `text`, which begins at `base`.
pub(crate) fn string(text: &str, base: u32, errors: &mut Vec<Diagnostic>) -> Box<[u8]> {
    let start = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let raw = text[..start].contains(['r', 'R']);
    let quoted = &text[start..];
    let Some(quote) = quoted.chars().next() else { return Box::default() };
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    // Unterminated strings end without their quotes; typographic quotes are longer than a byte.
    let inner = if quote.is_ascii() && quoted.starts_with(&triple) && quoted.len() >= 3 {
        let inner = &quoted[3..];
        inner.strip_suffix(&triple).unwrap_or(inner)
    } else {
        let inner = &quoted[quote.len_utf8()..];
        let last = inner.char_indices().next_back().filter(|&(_, c)| c == quote || !quote.is_ascii());
        last.map_or(inner, |(at, _)| &inner[..at])
    };
    let offset = inner.as_ptr() as usize - text.as_ptr() as usize;
    decode(inner, base + offset as u32, raw, false, errors)
}

/// Resolves escapes, line ends, and in f-strings doubled braces. `base` is the position of `text`.
pub(crate) fn decode(text: &str, base: u32, raw: bool, braces: bool, errors: &mut Vec<Diagnostic>) -> Box<[u8]> {
    let bytes = text.as_bytes();
    let special = |&b: &u8| (b == b'\\' && !raw) || b == b'\r' || (braces && matches!(b, b'{' | b'}'));
    if !bytes.iter().any(special) {
        return bytes.into();
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied();
        match bytes[at] {
            b'\\' if !raw => at += escape(text, at, base, &mut out, errors),
            // Line ends in strings are LF whatever the file uses.
            b'\r' if next == Some(b'\n') => at += 1,
            brace @ (b'{' | b'}') if braces && next == Some(brace) => {
                out.push(brace);
                at += 2;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out.into()
}

/// Decodes the escape at `at` and returns its length in bytes.
fn escape(text: &str, at: usize, base: u32, out: &mut Vec<u8>, errors: &mut Vec<Diagnostic>) -> usize {
    let bytes = text.as_bytes();
    let span = |length: usize| Span::new(base + at as u32, base + (at + length) as u32);
    let Some(c) = text[at + 1..].chars().next() else {
        out.push(b'\\');
        return 1;
    };
    let simple = match c {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        '0' if !bytes.get(at + 2).is_some_and(u8::is_ascii_digit) => 0,
        '\\' | '"' | '\'' => c as u8,
        'x' => return hex_escape(text, at, base, out, errors),
        'u' => return unicode_escape(text, at, base, out, errors),
        '\n' | '\r' => {
            errors.push(messages::line_escape(span(1)));
            return 1;
        }
        _ => {
            let length = unknown_escape_length(&bytes[at..], c);
            let shown = &text[at..at + length];
            errors.push(messages::unknown_escape(span(length), shown, likely_escape(shown)));
            out.extend_from_slice(shown.as_bytes());
            return length;
        }
    };
    out.push(simple);
    2
}

fn unknown_escape_length(bytes: &[u8], c: char) -> usize {
    match c {
        '0'..='7' => 1 + bytes[1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count(),
        'U' => 2 + bytes[2..].iter().take(8).take_while(|b| b.is_ascii_hexdigit()).count(),
        _ => 1 + c.len_utf8(),
    }
}

/// What a foreign escape is here.
fn likely_escape(text: &str) -> Option<String> {
    let rest = &text[1..];
    let code = match rest.as_bytes()[0] {
        b'a' => 7,
        b'b' => 8,
        b'e' => 0x1b,
        b'f' => 12,
        b'v' => 11,
        b'0'..=b'7' => u32::from_str_radix(rest, 8).ok().filter(|&code| code < 256)?,
        b'U' => {
            let code = u32::from_str_radix(&rest[1..], 16).ok()?;
            return Some(format!("\\u{{{code:x}}}"));
        }
        _ => return None,
    };
    Some(format!("\\x{code:02x}"))
}

fn hex_escape(text: &str, at: usize, base: u32, out: &mut Vec<u8>, errors: &mut Vec<Diagnostic>) -> usize {
    let digits = text.get(at + 2..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
        Some(byte) => {
            out.push(byte);
            4
        }
        None => {
            let start = base + at as u32;
            errors.push(messages::bad_hex_escape(Span::new(start, start + 2)));
            2
        }
    }
}

fn unicode_escape(text: &str, at: usize, base: u32, out: &mut Vec<u8>, errors: &mut Vec<Diagnostic>) -> usize {
    let rest = &text[at + 2..];
    let start = base + at as u32;
    let braced = rest.strip_prefix('{').and_then(|inner| inner.as_bytes().iter().take(9).position(|&b| b == b'}'));
    let Some(close) = braced.filter(|&n| (1..=6).contains(&n)) else {
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
        if digits == 4 {
            let shown = &text[at..at + 6];
            let ours = format!("\\u{{{}}}", &rest[..4]);
            errors.push(messages::unknown_escape(Span::new(start, start + 6), shown, Some(ours)));
            return 6;
        }
        errors.push(messages::bad_unicode_escape(Span::new(start, start + 2)));
        return 2;
    };
    let length = close + 4;
    let Ok(code) = u32::from_str_radix(&rest[1..=close], 16) else {
        errors.push(messages::bad_unicode_escape(Span::new(start, start + length as u32)));
        return length;
    };
    match char::from_u32(code) {
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None => errors.push(messages::no_such_character(Span::new(start, start + length as u32), code)),
    }
    length
}
