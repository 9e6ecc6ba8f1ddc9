//! Built-in functions that both languages have: one table.
//!
//! In the spellings `$0`, `$1`, … stand for the arguments; functions of Python that begin with `_` are in
//! `prelude.py`.

/// What an argument or a result is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    Int,
    Float,
    Bool,
    Str,
    /// `[int]`, `[float]` and `[str]`.
    Ints,
    Floats,
    Strs,
}

/// A row.
pub(super) struct Builtin {
    pub(super) name: &'static str,
    pub(super) args: &'static [Sort],
    pub(super) result: Sort,
    pub(super) bp: &'static str,
    pub(super) python: &'static str,
}

use Sort::{Bool, Float, Floats, Int, Ints, Str, Strs};

const fn row(
    name: &'static str,
    args: &'static [Sort],
    result: Sort,
    bp: &'static str,
    python: &'static str,
) -> Builtin {
    Builtin { name, args, result, bp, python }
}

/// The table.
pub(super) const ALL: &[Builtin] = &[
    row("abs_int", &[Int], Int, "abs($0)", "_w(abs($0))"),
    row("abs_float", &[Float], Float, "abs($0)", "abs($0)"),
    row("min_int", &[Int, Int], Int, "min($0, $1)", "min($0, $1)"),
    row("max_int", &[Int, Int], Int, "max($0, $1)", "max($0, $1)"),
    row("min_float", &[Float, Float], Float, "min($0, $1)", "_fmin($0, $1)"),
    row("max_float", &[Float, Float], Float, "max($0, $1)", "_fmax($0, $1)"),
    row("popcount", &[Int], Int, "popcount($0)", "bin($0 & _M).count('1')"),
    row("clz", &[Int], Int, "clz($0)", "64 - ($0 & _M).bit_length()"),
    row("ctz", &[Int], Int, "ctz($0)", "_ctz($0)"),
    row("rotl", &[Int, Int], Int, "rotl($0, $1)", "_rotl($0, $1)"),
    row("bswap", &[Int], Int, "bswap($0)", "int.from_bytes(($0 & _M).to_bytes(8, 'little'), 'big', signed=True)"),
    row("mul_hi", &[Int, Int], Int, "mul_hi($0, $1)", "($0) * ($1) >> 64"),
    row("add_checked", &[Int, Int], Int, "add_checked($0, $1)", "_checked(($0) + ($1))"),
    row("mul_checked", &[Int, Int], Int, "mul_checked($0, $1)", "_checked(($0) * ($1))"),
    row("isqrt", &[Int], Int, "sqrt(abs($0 >> 1))", "math.isqrt(abs(($0) >> 1))"),
    row("int_of_float", &[Float], Int, "int($0)", "_int($0)"),
    row("int_of_bool", &[Bool], Int, "int($0)", "int($0)"),
    row("int_of_str", &[Str], Int, "int($0)", "_parse($0)"),
    row("floor", &[Float], Float, "ffloor($0)", "_libm.floor($0)"),
    row("ceil", &[Float], Float, "fceil($0)", "_libm.ceil($0)"),
    row("trunc", &[Float], Float, "ftrunc($0)", "_libm.trunc($0)"),
    row("round", &[Float], Float, "fround($0)", "_libm.round($0)"),
    row("fsqrt", &[Float], Float, "sqrt($0)", "_libm.sqrt($0)"),
    row("float_of_int", &[Int], Float, "float($0)", "float($0)"),
    row("is_nan", &[Float], Bool, "is_nan($0)", "math.isnan($0)"),
    row("is_inf", &[Float], Bool, "is_inf($0)", "math.isinf($0)"),
    row("str_int", &[Int], Str, "str($0)", "_str($0)"),
    row("str_float", &[Float], Str, "str($0)", "_str($0)"),
    row("str_bool", &[Bool], Str, "str($0)", "_str($0)"),
    row("repr_ints", &[Ints], Str, "str($0)", "_str($0)"),
    row("repr_strs", &[Strs], Str, "str($0)", "_str($0)"),
    row("repr_str", &[Str], Str, "repr(($0)[:20])", "_repr(($0)[:20])"),
    row("len_str", &[Str], Int, "len($0)", "len($0)"),
    row("len_ints", &[Ints], Int, "len($0)", "len($0)"),
    row("len_strs", &[Strs], Int, "len($0)", "len($0)"),
    row("find", &[Str, Str], Int, "($0).find($1)", "($0).find($1)"),
    row("rfind", &[Str, Str], Int, "($0).rfind($1)", "($0).rfind($1)"),
    row("count", &[Str, Str], Int, "($0).count($1)", "($0).count($1)"),
    row(
        "replace",
        &[Str, Str, Str],
        Str,
        "(($0)[:9]).replace(($1)[:9], ($2)[:9])",
        "($0)[:9].replace(($1)[:9], ($2)[:9])",
    ),
    row("upper", &[Str], Str, "($0).upper()", "($0).upper()"),
    row("lower", &[Str], Str, "($0).lower()", "($0).lower()"),
    row("trim", &[Str], Str, "($0).trim()", "($0).strip()"),
    row("trim_start", &[Str], Str, "($0).trim_start()", "($0).lstrip()"),
    row("reverse_str", &[Str], Str, "($0).reverse()", "($0)[::-1]"),
    row("contains", &[Str, Str], Bool, "($0).contains($1)", "_contains($0, $1)"),
    row("starts", &[Str, Str], Bool, "($0).starts_with($1)", "($0).startswith($1)"),
    row("ends", &[Str, Str], Bool, "($0).ends_with($1)", "($0).endswith($1)"),
    row("split", &[Str], Strs, "(($0)[:20]).split(\"a\")", "($0)[:20].split('a')"),
    row("join", &[Strs], Str, "\"-\".join($0)", "'-'.join($0)"),
    row("chr", &[Int], Str, "chr(97 + (($0) & 15))", "chr(97 + (($0) & 15))"),
    row("ord", &[Str], Int, "ord($0 + \"z\")", "ord(($0 + 'z')[0])"),
    row("byte", &[Str, Int], Int, "($0).byte($1)", "ord(_get($0, $1))"),
    row("hex", &[Int], Str, "int_to_hex(($0) & 4095)", "format(($0) & 4095, 'x')"),
    row("sum_ints", &[Ints], Int, "sum($0)", "_w(sum($0))"),
    row("max_ints", &[Ints], Int, "max(($0) + [0])", "max(($0) + [0])"),
    row("sorted_ints", &[Ints], Ints, "sorted($0)", "sorted($0)"),
    row("sorted_strs", &[Strs], Strs, "sorted($0)", "sorted($0)"),
    row("reversed_ints", &[Ints], Ints, "reversed($0)", "($0)[::-1]"),
    row("index_of", &[Ints, Int], Int, "($0).index_of($1)", "_index_of($0, $1)"),
    row("bytes", &[Str], Ints, "str_bytes(($0)[:9])", "list(($0)[:9].encode())"),
    row("sum_floats", &[Floats], Float, "sum($0)", "_fsum($0)"),
];

/// The row of a name.
pub(super) fn find(name: &str) -> &'static Builtin {
    ALL.iter().find(|builtin| builtin.name == name).expect("it is in the table")
}

/// A spelling with its arguments.
pub(super) fn fill(spelling: &str, args: &[String]) -> String {
    let mut text = spelling.to_owned();
    for (number, arg) in args.iter().enumerate() {
        text = text.replace(&format!("${number}"), arg);
    }
    text
}
