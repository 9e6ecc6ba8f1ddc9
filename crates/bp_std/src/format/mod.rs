//! Text of values by format specifications, equal to CPython's for every specification both know.
//!
//! [`format_int`], [`format_float`] and [`format_str`] take a specification that was parsed for
//! their target. Widths and precisions are bounded by the parser, so results are small.
//!
//! Absence: no heap, no engine.

mod layout;

pub(crate) use bp_vm::float::{round_to_digits, shortest};

use bp_builtins::format_spec::{Align, FormatSpec, Presentation, Sign};
use bp_vm::float::{Decimal, fixed_form};
use layout::{Numeral, pad};

/// The text of an int.
///
/// # Errors
/// If the type is `c` and `value` no code point; the message says so.
pub(crate) fn format_int(value: i64, spec: &FormatSpec) -> Result<Vec<u8>, String> {
    let magnitude = value.unsigned_abs();
    let (prefix, digits) = match spec.presentation {
        Presentation::Binary => ("0b", format!("{magnitude:b}")),
        Presentation::Octal => ("0o", format!("{magnitude:o}")),
        Presentation::LowerHex => ("0x", format!("{magnitude:x}")),
        Presentation::UpperHex => ("0X", format!("{magnitude:X}")),
        Presentation::Char => return format_char(value, spec),
        Presentation::Default | Presentation::Decimal | Presentation::Number | Presentation::Str => {
            ("", magnitude.to_string())
        }
        Presentation::Exponent { .. }
        | Presentation::Fixed { .. }
        | Presentation::General { .. }
        | Presentation::Percent => return Ok(format_float(value as f64, spec)),
    };
    let group = if prefix.is_empty() { 3 } else { 4 };
    let (sign, prefix) = (sign_text(value < 0, spec.sign), if spec.alternate { prefix } else { "" });
    Ok(Numeral { sign, prefix, whole: digits, rest: String::new(), group }.lay_out(spec))
}

fn format_char(value: i64, spec: &FormatSpec) -> Result<Vec<u8>, String> {
    let c = u32::try_from(value).ok().and_then(char::from_u32);
    let c = c.ok_or_else(|| format!("{value} is not a code point"))?;
    Ok(pad(c.to_string().as_bytes(), 1, spec.width, spec.fill, spec.align))
}

/// The text of a float.
pub(crate) fn format_float(value: f64, spec: &FormatSpec) -> Vec<u8> {
    let upper = matches!(
        spec.presentation,
        Presentation::Exponent { upper: true }
            | Presentation::Fixed { upper: true }
            | Presentation::General { upper: true }
    );
    let is_percent = spec.presentation == Presentation::Percent;
    let value = if is_percent { value * 100.0 } else { value };
    let sign = sign_text(value.is_sign_negative() && !value.is_nan(), spec.sign);
    let (whole, mut rest) = if value.is_finite() {
        finite(value.abs(), spec)
    } else {
        (String::new(), if value.is_nan() { "nan".to_owned() } else { "inf".to_owned() })
    };
    if upper {
        rest.make_ascii_uppercase();
    }
    if is_percent {
        rest.push('%');
    }
    Numeral { sign, prefix: "", whole, rest, group: 3 }.lay_out(spec)
}

/// Digits before the point, and all that follows them, of a finite value that is not negative.
fn finite(value: f64, spec: &FormatSpec) -> (String, String) {
    let precision = spec.precision.unwrap_or(6);
    match spec.presentation {
        Presentation::Exponent { .. } => {
            Decimal::with_digits(value, precision + 1).exponent_form(precision + 1, spec.alternate)
        }
        Presentation::Fixed { .. } | Presentation::Percent => fixed_form(value, precision, spec.alternate),
        Presentation::Default => match spec.precision {
            None => Decimal::shortest(value).shortest_form(spec.alternate),
            Some(precision) => {
                Decimal::with_digits(value, precision.max(1)).default_form(precision.max(1), spec.alternate)
            }
        },
        Presentation::General { .. }
        | Presentation::Number
        | Presentation::Decimal
        | Presentation::Binary
        | Presentation::Octal
        | Presentation::LowerHex
        | Presentation::UpperHex
        | Presentation::Char
        | Presentation::Str => {
            Decimal::with_digits(value, precision.max(1)).general_form(precision.max(1), spec.alternate)
        }
    }
}

/// The text of a string: cut to the precision, padded to the width, both in code points; a byte
/// that is no UTF-8 counts as one.
pub(crate) fn format_str(text: &[u8], spec: &FormatSpec) -> Vec<u8> {
    let mut kept = text;
    let mut count = 0;
    let most = spec.precision.unwrap_or(usize::MAX);
    let mut at = 0;
    while at < text.len() {
        if count == most {
            kept = &text[..at];
            break;
        }
        at += code_point_len(&text[at..]);
        count += 1;
    }
    pad(kept, count, spec.width, spec.fill, spec.align)
}

/// The text of a bool for a specification that is not empty: Python's bools are ints.
///
/// # Errors
/// As of [`format_int`].
pub(crate) fn format_bool(value: bool, spec: &FormatSpec) -> Result<Vec<u8>, String> {
    format_int(i64::from(value), spec)
}

/// Bytes of the UTF-8 character that `bytes` begin with; 1 if they begin with none.
pub(crate) fn code_point_len(bytes: &[u8]) -> usize {
    let len = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return 1,
    };
    match bytes.get(..len) {
        Some(character) if std::str::from_utf8(character).is_ok() => len,
        _ => 1,
    }
}

fn sign_text(negative: bool, sign: Sign) -> &'static str {
    match (negative, sign) {
        (true, _) => "-",
        (false, Sign::Plus) => "+",
        (false, Sign::Space) => " ",
        (false, Sign::Minus) => "",
    }
}

/// Whether zeros between sign and digits take part in grouping.
fn zero_filled(spec: &FormatSpec) -> bool {
    spec.fill == '0' && spec.align == Align::AfterSign
}

#[cfg(test)]
mod tests;
