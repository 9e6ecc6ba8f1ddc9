//! Small functions, which are lowered where they are called, and calls of them. The reference calls them.

use super::Generator;
use super::types::Ty;
use crate::marks;

/// Functions of each kind.
const COUNT: usize = 3;

impl Generator {
    /// Functions of an int and a float whose body is one expression; the later ones may call the earlier ones.
    pub(super) fn declare_small(&mut self) {
        for number in 0..COUNT {
            for (prefix, result) in [("mi", "int"), ("mf", "float"), ("mb", "bool")] {
                self.line(marks::IN_PLACE);
                let body = match result {
                    "int" => self.small_int(3, number),
                    "float" => self.small_float(3, number),
                    _ => self.small_bool(2, number),
                };
                self.line(format!("def {prefix}{number}(a: int, x: float) -> {result}: return {body}"));
            }
        }
    }

    fn small_int(&mut self, depth: usize, before: usize) -> String {
        if depth == 0 {
            return match self.rng.below(3) {
                0 => self.int_literal(),
                _ => "a".to_owned(),
            };
        }
        let (one, other) = (self.small_int(depth - 1, before), self.small_int(depth - 1, before));
        match self.rng.below(9) {
            0..=2 => {
                let operator = *self.rng.pick(&["+", "-", "*", "&", "|", "^", "<<", ">>", ">>>"]);
                format!("({one} {operator} {other})")
            }
            3 => {
                let operator = *self.rng.pick(&["/", "%", "//"]);
                format!("({one} {operator} {})", self.rng.pick(&["3", "-1", "8", "-7", "a"]))
            }
            4 => format!("({one} if {} else {other})", self.small_bool(depth - 1, before)),
            5 => format!("{}({one}, {other})", self.rng.pick(&["min", "max", "rotl", "rotr"])),
            6 => format!("-{one}"),
            7 if before > 0 => format!("mi{}({one}, {})", self.rng.below(before), self.small_float(depth - 1, before)),
            _ => one,
        }
    }

    fn small_float(&mut self, depth: usize, before: usize) -> String {
        if depth == 0 {
            return match self.rng.below(4) {
                0 => self.float_literal(),
                1 => "float(a)".to_owned(),
                _ => "x".to_owned(),
            };
        }
        let (one, other) = (self.small_float(depth - 1, before), self.small_float(depth - 1, before));
        match self.rng.below(7) {
            0..=2 => format!("({one} {} {other})", self.rng.pick(&["+", "-", "*", "/", "%"])),
            3 => format!("({one} if {} else {other})", self.small_bool(depth - 1, before)),
            4 => format!("{}({one})", self.rng.pick(&["abs", "sqrt", "ffloor"])),
            5 if before > 0 => format!("mf{}({}, {one})", self.rng.below(before), self.small_int(depth - 1, before)),
            _ => one,
        }
    }

    fn small_bool(&mut self, depth: usize, before: usize) -> String {
        let operator = *self.rng.pick(&["<", "<=", "==", "!=", ">", ">="]);
        if depth == 0 {
            return format!("(a {operator} {})", self.int_literal());
        }
        match self.rng.below(6) {
            0..=1 => {
                let (one, other) = (self.small_int(depth - 1, before), self.small_int(depth - 1, before));
                format!("({one} {operator} {other})")
            }
            2 => {
                format!("({} {operator} {})", self.small_float(depth - 1, before), self.small_float(depth - 1, before))
            }
            3 => {
                let (one, other) = (self.small_bool(depth - 1, before), self.small_bool(depth - 1, before));
                format!("({one} {} {other})", self.rng.pick(&["and", "or"]))
            }
            4 => format!("(not {})", self.small_bool(depth - 1, before)),
            _ if before > 0 => format!("mb{}(a, x)", self.rng.below(before)),
            _ => format!("(a {operator} a)"),
        }
    }

    /// A call of a small function that gives a value of the type.
    pub(super) fn small_call(&mut self, prefix: &str, depth: usize) -> String {
        let (number, int) = (self.rng.below(COUNT), self.expr(&Ty::Int, depth));
        let float = self.expr(&Ty::Float, depth);
        match self.rng.below(6) {
            0 => format!("{prefix}{number}(x={float}, a={int})"),
            _ => format!("{prefix}{number}({int}, {float})"),
        }
    }
}
