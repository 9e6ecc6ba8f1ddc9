//! Numbers out of strings: strictly for casts, leniently for the `parse_*` functions.
//!
//! Absence: no heap, no engine, no locale.

/// `int(s)`: the whole text in decimal, ASCII white space around it, a sign, `_` between digits.
/// `None` if it is no int or does not fit.
pub(crate) fn int_exact(text: &[u8]) -> Option<i64> {
    let (negative, digits) = split_sign(text.trim_ascii());
    let digits = without_underscores(digits)?;
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut value = 0_i64;
    for digit in digits {
        let digit = i64::from(digit - b'0');
        value = value.checked_mul(10)?;
        // Counted downwards where negative: INT_MIN has no positive counterpart.
        value = if negative { value.checked_sub(digit)? } else { value.checked_add(digit)? };
    }
    Some(value)
}

/// The int that the longest valid beginning says, held to the int range; 0 if there is none.
pub(crate) fn int_prefix(text: &[u8]) -> i64 {
    let (negative, rest) = split_sign(text.trim_ascii_start());
    let digits = &rest[..digits_len(rest)];
    let mut value = 0_i64;
    for digit in digits {
        let digit = i64::from(digit - b'0');
        value = value.saturating_mul(10);
        value = if negative { value.saturating_sub(digit) } else { value.saturating_add(digit) };
    }
    value
}

/// `float(s)`: the whole text, ASCII white space around it, a sign, `_` between digits, `inf`,
/// `infinity` and `nan` in any case. `None` if it is no float; too large a number is infinite.
pub(crate) fn float_exact(text: &[u8]) -> Option<f64> {
    let digits = without_underscores(text.trim_ascii())?;
    if digits.is_empty() || float_len(&digits) != digits.len() {
        return None;
    }
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// The float that the longest valid beginning says; 0.0 if there is none.
pub(crate) fn float_prefix(text: &[u8]) -> f64 {
    let text = text.trim_ascii_start();
    let valid = &text[..float_len(text)];
    std::str::from_utf8(valid).ok().and_then(|valid| valid.parse().ok()).unwrap_or(0.0)
}

/// The int of hexadecimal digits, with or without `0x`, modulo 2^64. `None` for a bad digit or
/// none at all.
pub(crate) fn hex(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"0x").or_else(|| text.strip_prefix(b"0X")).unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_u64;
    for &digit in digits {
        value = value << 4 | u64::from(char::from(digit).to_digit(16)?);
    }
    Some(value as i64)
}

fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

/// `None` if a `_` is not between two digits.
fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mut kept = Vec::with_capacity(text.len());
    for (at, &byte) in text.iter().enumerate() {
        if byte != b'_' {
            kept.push(byte);
        } else if at == 0 || !is_digit(at - 1) || !is_digit(at + 1) {
            return None;
        }
    }
    Some(kept)
}

fn digits_len(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Bytes of the longest beginning that is a float; 0 if there is none.
fn float_len(text: &[u8]) -> usize {
    let (_, rest) = split_sign(text);
    let sign = text.len() - rest.len();
    for word in ["infinity", "inf", "nan"] {
        if rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes())) {
            return sign + word.len();
        }
    }
    let whole = digits_len(rest);
    let mut len = whole;
    let mut digits = whole;
    if rest.get(len) == Some(&b'.') {
        let fraction = digits_len(&rest[len + 1..]);
        digits += fraction;
        len += 1 + fraction;
    }
    if digits == 0 {
        return 0;
    }
    if let Some(b'e' | b'E') = rest.get(len) {
        let (_, exponent) = split_sign(&rest[len + 1..]);
        let exponent_digits = digits_len(exponent);
        if exponent_digits > 0 {
            len = rest.len() - exponent.len() + exponent_digits;
        }
    }
    sign + len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints() {
        assert_eq!(int_exact(b" -1_000\n"), Some(-1000));
        assert_eq!(int_exact(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(int_exact(b"9223372036854775808"), None);
        for bad in ["", " ", "-", "1_", "_1", "1__0", "1.0", "0x10", "- 1", "--1", "1 2", "\u{661}"] {
            assert_eq!(int_exact(bad.as_bytes()), None, "{bad:?}");
        }
        assert_eq!(int_prefix(b"  -42abc"), -42);
        assert_eq!(int_prefix(b"abc"), 0);
        assert_eq!(int_prefix(b"-"), 0);
        assert_eq!(int_prefix(b"99999999999999999999"), i64::MAX);
        assert_eq!(int_prefix(b"-99999999999999999999"), i64::MIN);
        assert_eq!(int_prefix(b"-9223372036854775808"), i64::MIN);
    }

    #[test]
    fn floats() {
        assert_eq!(float_exact(b" 1_0.5e-1 "), Some(1.05));
        assert_eq!(float_exact(b"1."), Some(1.0));
        assert_eq!(float_exact(b".5"), Some(0.5));
        assert_eq!(float_exact(b"-Infinity"), Some(f64::NEG_INFINITY));
        assert_eq!(float_exact(b"1e999"), Some(f64::INFINITY));
        assert!(float_exact(b"+nan").is_some_and(f64::is_nan));
        for bad in ["", ".", "e5", "1e", "1e+", "1.5x", "1._5", "in", "0x1p3", "1e5.0"] {
            assert_eq!(float_exact(bad.as_bytes()), None, "{bad:?}");
        }
        assert_eq!(float_prefix(b" 3.25abc"), 3.25);
        assert_eq!(float_prefix(b"1e+"), 1.0);
        assert_eq!(float_prefix(b"-.5.5"), -0.5);
        assert_eq!(float_prefix(b"."), 0.0);
        assert_eq!(float_prefix(b"x"), 0.0);
    }

    #[test]
    fn hexadecimal() {
        assert_eq!(hex(b"ff"), Some(255));
        assert_eq!(hex(b"0XfF"), Some(255));
        assert_eq!(hex(b"ffffffffffffffff"), Some(-1));
        assert_eq!(hex(b"1ffffffffffffffff"), Some(-1));
        for bad in ["", "0x", "g", "-1", "f f"] {
            assert_eq!(hex(bad.as_bytes()), None, "{bad:?}");
        }
    }
}
