//! Integers and floats.

use super::Generator;
use super::types::Ty;

/// Integers at which something changes.
const EDGES: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "-2",
    "INT_MAX",
    "INT_MIN",
    "(INT_MIN + 1)",
    "9223372036854775806",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32767",
    "32768",
    "65535",
    "63",
    "64",
    "65",
    "1099511627776",
    "0x5555555555555555",
    "-6148914691236517206",
];

/// Floats at which something changes.
const FLOATS: &[&str] = &[
    "0.0",
    "(-0.0)",
    "1.0",
    "(-1.0)",
    "0.5",
    "(-0.5)",
    "1.5",
    "2.5",
    "NAN",
    "INF",
    "(-INF)",
    "5e-324",
    "2.2250738585072014e-308",
    "1.7976931348623157e308",
    "9007199254740992.0",
    "9223372036854775808.0",
    "(-9223372036854775808.0)",
    "9223372036854774784.0",
    "(-9223372036854777856.0)",
    "4503599627370495.5",
    "2147483648.0",
    "0.1",
    "3.0",
    "1e16",
];

/// Divisors and factors for which a compiler has special code.
const CONSTANTS: &[&str] = &[
    "1",
    "-1",
    "2",
    "-2",
    "3",
    "5",
    "7",
    "-7",
    "8",
    "10",
    "16",
    "64",
    "100",
    "1000000007",
    "4611686018427387904",
    "INT_MAX",
    "INT_MIN",
];

impl Generator {
    pub(super) fn int_literal(&mut self) -> String {
        if self.rng.chance(60) { format!("{}", self.rng.below(12)) } else { self.rng.pick(EDGES).to_string() }
    }

    pub(super) fn float_literal(&mut self) -> String {
        if self.rng.chance(40) {
            format!("{}.{}", self.rng.below(20), self.rng.below(10))
        } else {
            self.rng.pick(FLOATS).to_string()
        }
    }

    pub(super) fn int(&mut self, depth: usize) -> String {
        match self.rng.below(32) {
            30..=31 => self.small_call("mi", depth),
            0..=7 => {
                let operator = *self.rng.pick(&["+", "-", "*", "&", "|", "^"]);
                format!("({} {operator} {})", self.expr(&Ty::Int, depth), self.expr(&Ty::Int, depth))
            }
            8..=10 => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "%", "//", "&", "/", "%", "//"]);
                format!("({} {operator} {})", self.expr(&Ty::Int, depth), self.rng.pick(CONSTANTS))
            }
            11..=12 => {
                let operator = *self.rng.pick(&["/", "%", "//"]);
                let (mut left, mut right) = (self.expr(&Ty::Int, depth), self.expr(&Ty::Int, depth));
                if self.rng.chance(30) {
                    // The one divisor that is special, where no compiler sees it.
                    right = format!("clamp({right}, -1, -1)");
                    if self.rng.chance(40) {
                        left = format!("min({left}, INT_MIN)");
                    }
                }
                format!("({left} {operator} {right})")
            }
            13..=14 => {
                let operator = *self.rng.pick(&["<<", ">>", ">>>"]);
                let count = if self.rng.chance(50) { self.shift_count() } else { self.expr(&Ty::Int, depth) };
                format!("({} {operator} {count})", self.expr(&Ty::Int, depth))
            }
            15 => format!("({}{})", self.rng.pick(&["-", "~"]), self.expr(&Ty::Int, depth)),
            16 => self.length(depth),
            17..=19 => self.int_builtin(depth),
            20 => {
                let from = self.rng.pick(&[Ty::Float, Ty::Bool, Ty::Float]).clone();
                let value = self.expr(&from, depth);
                if from == Ty::Float && self.rng.chance(80) {
                    // Fits, unless it is nan.
                    return format!("int(clamp({value}, -1e6, 1e6))");
                }
                format!("int({value})")
            }
            21 => format!("float_to_int({})", self.expr(&Ty::Float, depth)),
            22 => self.int_of_str(depth),
            23 => self.int_of_array(depth),
            24 => {
                let name = *self.rng.pick(&["floor", "ceil", "round"]);
                let value = self.expr(&Ty::Float, depth);
                if self.rng.chance(80) { format!("{name}(min({value}, 1e9))") } else { format!("{name}({value})") }
            }
            25 => format!("({} ** {})", self.expr(&Ty::Int, depth), self.rng.pick(&["0", "1", "2", "3", "63"])),
            26 if !self.enums.is_empty() => {
                let number = self.rng.below(self.enums.len());
                format!("int({})", self.expr(&Ty::Enum(number), depth))
            }
            _ => self.place(&Ty::Int, depth).unwrap_or_else(|| self.int_literal()),
        }
    }

    fn shift_count(&mut self) -> String {
        self.rng.pick(&["0", "1", "5", "31", "32", "33", "63", "64", "65", "-1", "127", "INT_MIN"]).to_string()
    }

    fn int_builtin(&mut self, depth: usize) -> String {
        const ONE: &[&str] = &["abs", "popcount", "clz", "ctz", "bswap", "sign", "bit_not", "sqrt"];
        const TWO: &[&str] = &[
            "min",
            "max",
            "rotl",
            "rotr",
            "mul_hi",
            "add_checked",
            "sub_checked",
            "mul_checked",
            "bit_and",
            "bit_or",
            "bit_xor",
            "bit_shl",
            "bit_shr",
            "pow",
        ];
        let first = self.expr(&Ty::Int, depth);
        match self.rng.below(8) {
            0..=2 => format!("{}({first})", self.rng.pick(ONE)),
            3 => format!("clamp({first}, {}, {})", self.expr(&Ty::Int, depth), self.int_literal()),
            _ => {
                let name = *self.rng.pick(TWO);
                let second = if self.rng.chance(40) { self.int_literal() } else { self.expr(&Ty::Int, depth) };
                format!("{name}({first}, {second})")
            }
        }
    }

    fn length(&mut self, depth: usize) -> String {
        match self.some_var(|var| matches!(var.ty, Ty::Array(_) | Ty::Narrow(_) | Ty::Map(..))) {
            Some(var) => format!("len({})", var.name),
            None => format!("len({})", self.expr(&Ty::Str, depth)),
        }
    }

    fn int_of_str(&mut self, depth: usize) -> String {
        let text = self.expr(&Ty::Str, depth);
        match self.rng.below(7) {
            0 => format!("ord({text})"),
            1 => format!("({text}).find({})", self.expr(&Ty::Str, depth)),
            2 => format!("parse_int({text})"),
            3 => format!("int({text})"),
            4 => format!("({text}).count({})", self.expr(&Ty::Str, depth)),
            _ => format!("({text}).byte({})", self.index(depth)),
        }
    }

    fn int_of_array(&mut self, depth: usize) -> String {
        let Some(var) = self.some_var(|var| var.ty == Ty::Array(Ty::Int.into())) else {
            return self.int_literal();
        };
        let name = var.name;
        match self.rng.below(7) {
            0 => format!("sum({name})"),
            1 => format!("{name}.index_of({})", self.expr(&Ty::Int, depth)),
            2 => format!("max({name})"),
            3 => {
                let step = self.lambda(&[Ty::Int, Ty::Int], &Ty::Int, depth);
                format!("{name}.reduce({step}, {})", self.expr(&Ty::Int, depth))
            }
            4 => format!("{name}.count({})", self.lambda(&[Ty::Int], &Ty::Bool, depth)),
            5 => format!("{name}.pop()"),
            _ => format!("{name}.binary_search({})", self.expr(&Ty::Int, depth)),
        }
    }

    pub(super) fn float(&mut self, depth: usize) -> String {
        const ONE: &[&str] =
            &["abs", "sqrt", "ffloor", "fceil", "fround", "ftrunc", "sign", "sin", "cos", "exp", "log", "atan", "cbrt"];
        match self.rng.below(17) {
            16 => self.small_call("mf", depth),
            0..=6 => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "+", "-", "*", "/", "%", "//"]);
                format!("({} {operator} {})", self.expr(&Ty::Float, depth), self.expr(&Ty::Float, depth))
            }
            7 => format!("(-{})", self.expr(&Ty::Float, depth)),
            8..=9 => format!("float({})", self.expr(&Ty::Int, depth)),
            10..=11 => format!("{}({})", self.rng.pick(ONE), self.expr(&Ty::Float, depth)),
            12 => {
                let name = *self.rng.pick(&["min", "max", "min", "max", "atan2", "hypot", "fpow"]);
                format!("{name}({}, {})", self.expr(&Ty::Float, depth), self.expr(&Ty::Float, depth))
            }
            13 => format!("({} ** {})", self.expr(&Ty::Float, depth), self.float_literal()),
            14 => match self.some_var(|var| var.ty == Ty::Array(Ty::Float.into())) {
                Some(var) => format!("sum({})", var.name),
                None => self.float_literal(),
            },
            _ => self.place(&Ty::Float, depth).unwrap_or_else(|| self.float_literal()),
        }
    }
}
