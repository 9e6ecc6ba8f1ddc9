//! Bodies: numbers.
//!
//! The mathematical functions are the standard library's, which are the platform's: the compiled
//! tiers call the same ones, so every tier gives the same bits.

use crate::support::*;
use crate::{format, parse};
use bp_builtins::errors::ErrorClass;
use bp_isa::traps::Trap;
use bp_vm::native::{NativeCx, Thrown, Value};

/// Bodies that compute from scalars and cannot throw.
macro_rules! scalar_bodies {
    ($($name:ident($($kind:ident $arg:ident),*) -> $answer:ident $value:expr;)*) => { $(
        pub(crate) fn $name(cx: &mut NativeCx<'_>) -> Answer {
            scalar_bodies!(@bind cx, 0, $($kind $arg),*);
            $answer($value)
        }
    )* };
    (@bind $cx:ident, $at:expr, $kind:ident $arg:ident $(, $kinds:ident $args:ident)*) => {
        let $arg = $cx.$kind($at);
        scalar_bodies!(@bind $cx, $at + 1, $($kinds $args),*);
    };
    (@bind $cx:ident, $at:expr,) => { let _ = $cx; };
}

scalar_bodies! {
    abs_int(int x) -> answer_int x.wrapping_abs();
    abs_float(float x) -> answer_float x.abs();
    min_int(int a, int b) -> answer_int a.min(b);
    max_int(int a, int b) -> answer_int a.max(b);
    min_float(float a, float b) -> answer_float if a < b || b.is_nan() { a } else { b };
    max_float(float a, float b) -> answer_float if a > b || b.is_nan() { a } else { b };
    clamp_int(int x, int low, int high) -> answer_int x.max(low).min(high);
    clamp_float(float x, float low, float high) -> answer_float clamped(x, low, high);
    sign_int(int x) -> answer_int x.signum();
    sign_float(float x) -> answer_float sign(x);
    pow_float(float base, float exponent) -> answer_float base.powf(exponent);
    sqrt_float(float x) -> answer_float x.sqrt();
    same_int(int x) -> answer_int x;
    floor(float x) -> answer_float x.floor();
    ceil(float x) -> answer_float x.ceil();
    round(float x) -> answer_float x.round();
    trunc(float x) -> answer_float x.trunc();
    round_digits(float x, int digits) -> answer_float format::round_to_digits(x, digits);
    sin(float x) -> answer_float x.sin();
    cos(float x) -> answer_float x.cos();
    tan(float x) -> answer_float x.tan();
    asin(float x) -> answer_float x.asin();
    acos(float x) -> answer_float x.acos();
    atan(float x) -> answer_float x.atan();
    atan2(float y, float x) -> answer_float y.atan2(x);
    sinh(float x) -> answer_float x.sinh();
    cosh(float x) -> answer_float x.cosh();
    tanh(float x) -> answer_float x.tanh();
    log(float x) -> answer_float x.ln();
    log10(float x) -> answer_float x.log10();
    log2(float x) -> answer_float x.log2();
    log1p(float x) -> answer_float x.ln_1p();
    exp(float x) -> answer_float x.exp();
    expm1(float x) -> answer_float x.exp_m1();
    cbrt(float x) -> answer_float x.cbrt();
    hypot(float x, float y) -> answer_float x.hypot(y);
    is_nan(float x) -> answer_bool x.is_nan();
    is_inf(float x) -> answer_bool x.is_infinite();
    pi() -> answer_float std::f64::consts::PI;
    euler() -> answer_float std::f64::consts::E;
    inf() -> answer_float f64::INFINITY;
    nan() -> answer_float f64::NAN;
    int_min() -> answer_int i64::MIN;
    int_max() -> answer_int i64::MAX;
    int_to_float(int x) -> answer_float x as f64;
    float_to_int(float x) -> answer_int truncated(x).unwrap_or(i64::MIN);
    bit_and(int a, int b) -> answer_int a & b;
    bit_or(int a, int b) -> answer_int a | b;
    bit_xor(int a, int b) -> answer_int a ^ b;
    bit_not(int x) -> answer_int !x;
    bit_shl(int x, int count) -> answer_int x.wrapping_shl(count as u32);
    bit_shr(int x, int count) -> answer_int x.wrapping_shr(count as u32);
    popcount(int x) -> answer_int i64::from(x.count_ones());
    clz(int x) -> answer_int i64::from(x.leading_zeros());
    ctz(int x) -> answer_int i64::from(x.trailing_zeros());
    rotl(int x, int count) -> answer_int x.rotate_left((count & 63) as u32);
    rotr(int x, int count) -> answer_int x.rotate_right((count & 63) as u32);
    bswap(int x) -> answer_int x.swap_bytes();
    mul_hi(int a, int b) -> answer_int ((i128::from(a) * i128::from(b)) >> 64) as i64;
}

/// Not `f64::clamp`, which panics when the bounds cross.
fn clamped(x: f64, low: f64, high: f64) -> f64 {
    let raised = if x < low { low } else { x };
    if raised > high { high } else { raised }
}

fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else if x.is_nan() {
        x
    } else {
        0.0
    }
}

/// Without the fraction; `None` for nan and outside the int range.
fn truncated(x: f64) -> Option<i64> {
    // 2^63 is a float, the largest int is not.
    let bound = -(i64::MIN as f64);
    let whole = x.trunc();
    (whole >= -bound && whole < bound).then_some(whole as i64)
}

/// The result word of a whole float as an int.
fn answer_whole(cx: &mut NativeCx<'_>, x: f64) -> Answer {
    match truncated(x) {
        Some(int) => answer_int(int),
        None => Err(cx.trap(Trap::FloatToInt)),
    }
}

pub(crate) fn floor_to_int(cx: &mut NativeCx<'_>) -> Answer {
    let x = cx.float(0).floor();
    answer_whole(cx, x)
}

pub(crate) fn ceil_to_int(cx: &mut NativeCx<'_>) -> Answer {
    let x = cx.float(0).ceil();
    answer_whole(cx, x)
}

pub(crate) fn round_to_int(cx: &mut NativeCx<'_>) -> Answer {
    let x = cx.float(0).round();
    answer_whole(cx, x)
}

pub(crate) fn pow_int(cx: &mut NativeCx<'_>) -> Answer {
    match u64::try_from(cx.int(1)) {
        Ok(exponent) => answer_int(power(cx.int(0), exponent)),
        Err(_) => Err(cx.trap(Trap::NegativeExponent)),
    }
}

/// Modulo 2^64, by squaring.
fn power(mut base: i64, mut exponent: u64) -> i64 {
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

pub(crate) fn sqrt_int(cx: &mut NativeCx<'_>) -> Answer {
    match cx.int(0).checked_isqrt() {
        Some(root) => answer_int(root),
        None => Err(value_error(cx, "square root of a negative number")),
    }
}

fn answer_checked(cx: &mut NativeCx<'_>, result: Option<i64>) -> Answer {
    match result {
        Some(int) => answer_int(int),
        None => Err(cx.trap(Trap::Overflow)),
    }
}

pub(crate) fn add_checked(cx: &mut NativeCx<'_>) -> Answer {
    let result = cx.int(0).checked_add(cx.int(1));
    answer_checked(cx, result)
}

pub(crate) fn sub_checked(cx: &mut NativeCx<'_>) -> Answer {
    let result = cx.int(0).checked_sub(cx.int(1));
    answer_checked(cx, result)
}

pub(crate) fn mul_checked(cx: &mut NativeCx<'_>) -> Answer {
    let result = cx.int(0).checked_mul(cx.int(1));
    answer_checked(cx, result)
}

// ---- from and to text

pub(crate) fn str_to_float(cx: &mut NativeCx<'_>) -> Answer {
    answer_float(parse::float_prefix(cx.str_arg(0)))
}

pub(crate) fn str_to_int(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(parse::int_prefix(cx.str_arg(0)))
}

/// The error of a text that is no number, with its beginning.
fn not_a_number(cx: &mut NativeCx<'_>, what: &str) -> Thrown {
    const SHOWN_BYTES: usize = 60;
    let text = cx.str_arg(0);
    let shown = String::from_utf8_lossy(&text[..text.len().min(SHOWN_BYTES)]);
    let dots = if text.len() > SHOWN_BYTES { "…" } else { "" };
    let message = format!("not {what}: {shown:?}{dots}");
    value_error(cx, message)
}

pub(crate) fn parse_int(cx: &mut NativeCx<'_>) -> Answer {
    match parse::int_exact(cx.str_arg(0)) {
        Some(int) => answer_int(int),
        None => Err(not_a_number(cx, "an int")),
    }
}

pub(crate) fn parse_float(cx: &mut NativeCx<'_>) -> Answer {
    match parse::float_exact(cx.str_arg(0)) {
        Some(float) => answer_float(float),
        None => Err(not_a_number(cx, "a float")),
    }
}

pub(crate) fn int_to_hex(cx: &mut NativeCx<'_>) -> Answer {
    let text = format!("{:x}", cx.int(0));
    answer_str(cx, text.as_bytes())
}

pub(crate) fn hex_to_int(cx: &mut NativeCx<'_>) -> Answer {
    match parse::hex(cx.str_arg(0)) {
        Some(int) => answer_int(int),
        None => Err(not_a_number(cx, "a hexadecimal number")),
    }
}

// ---- least and greatest of any ordered type

/// The second argument if it is strictly on the `wanted` side of the first, else the first.
fn better_of_two(cx: &mut NativeCx<'_>, wanted: i64) -> Answer {
    let ty = type_at(cx, 2);
    let (a, b) = (value_at(cx, 0, ty), value_at(cx, 1, ty));
    let order = cx.compare(b, a, ty)?;
    answer_value(cx, if order == wanted { b } else { a })
}

pub(crate) fn min_ordered(cx: &mut NativeCx<'_>) -> Answer {
    better_of_two(cx, -1)
}

pub(crate) fn max_ordered(cx: &mut NativeCx<'_>) -> Answer {
    better_of_two(cx, 1)
}

/// The first element such that no other is strictly on the `wanted` side of it.
fn best_element(cx: &mut NativeCx<'_>, wanted: i64) -> Answer {
    let array = cx.handle(0);
    let ty = type_at(cx, 1);
    let len = cx.len(array);
    if len == 0 {
        return Err(cx.throw(ErrorClass::ValueError, "no elements"));
    }
    let mut best = 0;
    for index in 1..len {
        check_len(cx, array, len, "searched")?;
        let is_better = scoped(cx, |cx| {
            let (other, so_far) = (element(cx, array, index), element(cx, array, best));
            let order = cx.compare(other, so_far, ty)?;
            // What is unordered even with itself is nan, which anything else replaces.
            Ok(order == wanted || order == UNORDERED && is_unordered(cx, so_far, ty)? && !is_unordered(cx, other, ty)?)
        })?;
        if is_better {
            best = index;
        }
    }
    check_len(cx, array, len, "searched")?;
    let value = element(cx, array, best);
    answer_value(cx, value)
}

fn is_unordered(cx: &mut NativeCx<'_>, value: Value, ty: bp_isa::types::TypeId) -> Result<bool, Thrown> {
    Ok(cx.compare(value, value, ty)? == UNORDERED)
}

/// What comparing answers when one side is nan.
pub(crate) const UNORDERED: i64 = 2;

pub(crate) fn min_array(cx: &mut NativeCx<'_>) -> Answer {
    best_element(cx, -1)
}

pub(crate) fn max_array(cx: &mut NativeCx<'_>) -> Answer {
    best_element(cx, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_that_fit_ints() {
        assert_eq!(truncated(-1.9), Some(-1));
        assert_eq!(truncated(-9223372036854775808.0), Some(i64::MIN));
        assert_eq!(truncated(9223372036854774784.0), Some(9223372036854774784));
        for outside in [f64::NAN, f64::INFINITY, 9223372036854775808.0, -9223372036854777856.0] {
            assert_eq!(truncated(outside), None);
        }
    }

    #[test]
    fn powers_and_signs() {
        assert_eq!(power(3, 4), 81);
        assert_eq!(power(2, 64), 0);
        assert_eq!(power(-1, u64::MAX), -1);
        assert_eq!(power(0, 0), 1);
        assert_eq!(clamped(5.0, 3.0, 1.0), 1.0);
        assert!(clamped(f64::NAN, 0.0, 1.0).is_nan());
        assert_eq!((sign(-0.5), sign(0.0), sign(7.0)), (-1.0, 0.0, 1.0));
    }
}
