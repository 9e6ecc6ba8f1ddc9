//! Arithmetic as the language defines it, where the machine's differs.

/// `floor(lhs / rhs)` of a divisor that is not 0; `MIN // -1` is `MIN`.
#[inline(always)]
pub(crate) fn floor_div(lhs: i64, rhs: i64) -> i64 {
    let quotient = lhs.wrapping_div(rhs);
    let rest = lhs.wrapping_rem(rhs);
    if rest != 0 && (rest < 0) != (rhs < 0) { quotient - 1 } else { quotient }
}

/// `base ** exponent` modulo 2^64, by squaring.
pub(crate) fn pow(mut base: i64, mut exponent: u64) -> i64 {
    let mut result = 1_i64;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result.wrapping_mul(base);
        }
        base = base.wrapping_mul(base);
        exponent >>= 1;
    }
    result
}

/// The whole part of a float, if it is an int.
#[inline(always)]
pub(crate) fn float_to_int(value: f64) -> Option<i64> {
    // 2^63 is a float, 2^63 - 1 is not: the upper end is exclusive.
    const END: f64 = 9_223_372_036_854_775_808.0;
    if (-END..END).contains(&value) { Some(value as i64) } else { None }
}

/// The high half of the signed 128-bit product.
#[inline(always)]
pub(crate) fn mul_high(lhs: i64, rhs: i64) -> i64 {
    ((i128::from(lhs) * i128::from(rhs)) >> 64) as i64
}

/// `lhs` if it is smaller or `rhs` is nan.
#[inline(always)]
pub(crate) fn min_float(lhs: f64, rhs: f64) -> f64 {
    if lhs < rhs || rhs.is_nan() { lhs } else { rhs }
}

/// `lhs` if it is greater or `rhs` is nan.
#[inline(always)]
pub(crate) fn max_float(lhs: f64, rhs: f64) -> f64 {
    if lhs > rhs || rhs.is_nan() { lhs } else { rhs }
}

/// Whether a counted loop goes on from `index`, which is short of `limit` in the step's direction.
/// The distance is taken without a sign, so that nothing overflows.
#[inline(always)]
pub(crate) fn loop_goes_on(index: i64, limit: i64, step: i64) -> bool {
    let distance = if step > 0 { limit.wrapping_sub(index) } else { index.wrapping_sub(limit) };
    distance as u64 > step.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_floors() {
        assert_eq!([floor_div(-7, 2), floor_div(7, -2), floor_div(-7, -2), floor_div(6, -2)], [-4, -4, 3, -3]);
        assert_eq!(floor_div(i64::MIN, -1), i64::MIN);
    }

    #[test]
    fn powers_wrap() {
        assert_eq!([pow(2, 10), pow(0, 0), pow(-3, 3), pow(2, 64)], [1024, 1, -27, 0]);
        assert_eq!(pow(3, 41), 3_i64.wrapping_pow(41));
        assert_eq!(pow(-1, u64::MAX >> 1), -1);
    }

    #[test]
    fn only_what_fits_converts() {
        assert_eq!(float_to_int(-9_223_372_036_854_775_808.0), Some(i64::MIN));
        assert_eq!(float_to_int(9_223_372_036_854_775_808.0), None);
        assert_eq!(float_to_int(f64::NAN), None);
        assert_eq!(float_to_int(-1.9), Some(-1));
    }

    #[test]
    fn loops_end_at_the_edges_of_the_range() {
        assert!(loop_goes_on(i64::MIN, i64::MAX, i64::MAX));
        assert!(!loop_goes_on(i64::MAX - 1, i64::MAX, 1));
        assert!(!loop_goes_on(i64::MAX - 1, i64::MAX, 5));
        assert!(!loop_goes_on(i64::MIN + 1, i64::MIN, i64::MIN));
        assert!(loop_goes_on(2, 0, -1));
    }
}
