//! Decimal digits of floats and the forms in which they are written.
//!
//! Absence: no heap, no engine.

use std::fmt::Write;

/// More digits than any float has: 1074 behind the point, 309 before it. Asking for more gives
/// zeros, which are appended here: the standard formatter takes no more than 65535.
const MOST_DIGITS: usize = 1400;

/// A finite value that is not negative: 0.d₁d₂d₃… × 10^`point`.
pub struct Decimal {
    /// ASCII digits; the first is not 0 unless the value is.
    digits: String,
    /// Position of the point from the start of the digits; may lie outside.
    point: i64,
}

impl Decimal {
    /// The shortest digits that read back as `value`; of equally short ones the nearest, and of
    /// equally near ones the even.
    pub fn shortest(value: f64) -> Decimal {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(value);
        let (number, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().expect("`zmij` writes the exponent in decimal");
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let all = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        if digits.is_empty() {
            return Decimal { digits: "0".to_owned(), point: 1 };
        }
        let point = whole.len() as i64 - (all.len() - digits.len()) as i64 + exponent;
        Decimal { digits: digits.trim_end_matches('0').to_owned(), point }
    }

    /// Exactly rounded to `count` digits, halves to even.
    pub fn with_digits(value: f64, count: usize) -> Decimal {
        let exact = count.min(MOST_DIGITS);
        let mut decimal = Self::from_exponent_text(&format!("{value:.*e}", exact - 1));
        decimal.digits.extend(std::iter::repeat_n('0', count - exact));
        decimal
    }

    /// Takes `1.25e-7` apart.
    fn from_exponent_text(text: &str) -> Decimal {
        let (digits, exponent) = text.split_once('e').expect("`{:e}` writes an exponent");
        let exponent: i64 = exponent.parse().expect("`{:e}` writes the exponent in decimal");
        let is_zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
        Decimal { digits: digits.replace('.', ""), point: if is_zero { 1 } else { exponent + 1 } }
    }

    /// `1.5e+16`: `count` digits, the point kept if `alternate`.
    pub fn exponent_form(mut self, count: usize, alternate: bool) -> (String, String) {
        self.digits.truncate(count);
        let mut rest = self.digits.split_off(1);
        if !rest.is_empty() || alternate {
            rest.insert(0, '.');
        }
        let exponent = self.point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        write!(rest, "e{sign}{:02}", exponent.unsigned_abs()).expect("a String takes everything");
        (self.digits, rest)
    }

    /// Positional, with at least `fraction` digits behind the point.
    fn positional(self, fraction: usize, alternate: bool) -> (String, String) {
        let (whole, mut rest) = if self.point <= 0 {
            let zeros = "0".repeat(self.point.unsigned_abs() as usize);
            ("0".to_owned(), zeros + &self.digits)
        } else {
            let point = self.point as usize;
            let mut digits = self.digits;
            if digits.len() < point {
                digits.extend(std::iter::repeat_n('0', point - digits.len()));
            }
            let rest = digits.split_off(point);
            (digits, rest)
        };
        if rest.len() < fraction {
            rest.extend(std::iter::repeat_n('0', fraction - rest.len()));
        }
        if !rest.is_empty() || alternate {
            rest.insert(0, '.');
        }
        (whole, rest)
    }

    fn without_trailing_zeros(mut self) -> Decimal {
        let kept = self.digits.trim_end_matches('0').len().max(1);
        self.digits.truncate(kept);
        self
    }

    /// Python's `g`: positional from 1e-4 up to 10^`count`; trailing zeros go unless `alternate`.
    pub fn general_form(self, count: usize, alternate: bool) -> (String, String) {
        let with_exponent = self.needs_exponent(count as i64);
        let decimal = if alternate { self } else { self.without_trailing_zeros() };
        if with_exponent { decimal.exponent_form(usize::MAX, alternate) } else { decimal.positional(0, alternate) }
    }

    /// A precision without a type: like `g`, but whole numbers keep `.0`, for which one digit of
    /// the range is given up.
    pub fn default_form(self, count: usize, alternate: bool) -> (String, String) {
        if self.needs_exponent(count as i64 - 1) {
            let decimal = if alternate { self } else { self.without_trailing_zeros() };
            return decimal.exponent_form(usize::MAX, alternate);
        }
        let decimal = if alternate { self } else { self.without_trailing_zeros() };
        decimal.positional(1, alternate)
    }

    /// Python's `repr`: positional from 1e-4 up to 1e16, whole numbers with `.0`.
    pub fn shortest_form(self, alternate: bool) -> (String, String) {
        if self.needs_exponent(16) {
            return self.exponent_form(usize::MAX, alternate);
        }
        self.positional(1, alternate)
    }

    fn needs_exponent(&self, most_whole_digits: i64) -> bool {
        self.point <= -4 || self.point > most_whole_digits
    }
}

/// `f` with so many digits behind the point, rounded exactly, halves to even.
pub fn fixed_form(value: f64, fraction: usize, alternate: bool) -> (String, String) {
    let exact = fraction.min(MOST_DIGITS);
    let text = format!("{value:.exact$}");
    let (whole, digits) = text.split_once('.').unwrap_or((&text, ""));
    let mut rest = digits.to_owned();
    rest.extend(std::iter::repeat_n('0', fraction - exact));
    if !rest.is_empty() || alternate {
        rest.insert(0, '.');
    }
    (whole.to_owned(), rest)
}

/// The text that reads back as `value`: Python's `repr`.
pub fn shortest(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    // What lies between the powers at which Python turns to exponents is written as it is there.
    let magnitude = value.abs();
    if magnitude == 0.0 || (1e-4..1e16).contains(&magnitude) {
        return zmij::Buffer::new().format_finite(value).to_owned();
    }
    let (whole, rest) = Decimal::shortest(magnitude).shortest_form(false);
    format!("{sign}{whole}{rest}")
}

/// `value` rounded to `digits` decimals by its exact value, halves to even.
pub fn round_to_digits(value: f64, digits: i64) -> f64 {
    if !value.is_finite() || digits > 323 {
        return value;
    }
    if digits < -308 {
        return 0.0_f64.copysign(value);
    }
    let rounded = if digits >= 0 {
        format!("{value:.*}", digits as usize).parse()
    } else {
        let unit = 10_f64.powi(-digits as i32);
        let whole = format!("{:.0}", value.abs() / unit);
        format!("{}{whole}e{}", if value < 0.0 { "-" } else { "" }, -digits).parse()
    };
    rounded.expect("a formatted float is a float")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the standard formatter. It rounds a tie up, which needs a float that is exact with one
    /// more digit and not told apart by it, from 16 digits on; exact rounding goes to even.
    fn expected(value: f64) -> Decimal {
        let text = format!("{value:e}");
        let decimal = Decimal::from_exponent_text(&text);
        if decimal.digits.len() >= 16 {
            let even = format!("{value:.*e}", decimal.digits.len() - 1);
            if even != text && even.parse() == Ok(value) {
                return Decimal::from_exponent_text(&even);
            }
        }
        decimal
    }

    fn check(value: f64) {
        let value = if value.is_finite() { value.abs() } else { 0.0 };
        let (found, expected) = (Decimal::shortest(value), expected(value));
        assert_eq!((&found.digits, found.point), (&expected.digits, expected.point), "{value:e}");
        let (whole, rest) = expected.shortest_form(false);
        assert_eq!(shortest(value), format!("{whole}{rest}"));
        assert_eq!(shortest(-value), format!("-{whole}{rest}"));
    }

    #[test]
    fn shortest_at_the_borders() {
        for value in [0.0, 1.0, 0.1, 1e-4, 9.999_999_999_999_999e-5, 1e15, 1e16, 9_007_199_254_740_993.0, 1e22, 1e23] {
            check(value);
        }
        for value in [f64::MIN_POSITIVE, f64::from_bits(1), f64::MAX, 2_f64.powi(-1074), 5e-324, 9.5e15, 123_456.789e3]
        {
            check(value);
        }
        for power in -1074..1024 {
            check(2_f64.powi(power));
            check(f64::from_bits(2_f64.powi(power).to_bits().wrapping_sub(1)));
        }
    }

    proptest! {
        #[test]
        fn shortest_is_exact(bits: u64, whole: u64, tenths in -30_000_000_i64..30_000_000) {
            check(f64::from_bits(bits));
            check(whole as f64);
            check((whole >> 9) as f64 / 4.0);
            check(tenths as f64 / 100.0);
        }
    }
}
