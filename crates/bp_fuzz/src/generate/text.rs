//! Strings.

use super::Generator;
use super::types::Ty;

const TEXTS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"b\"",
    "\"abc\"",
    "\"hello world\"",
    "\"12\"",
    "\"-7\"",
    "\"9223372036854775807\"",
    "\"1.5\"",
    "\" x \"",
    "\"\\n\\t\"",
    "\"\\0\"",
    "\"ä€\"",
    "\"ABCabc\"",
    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
];

impl Generator {
    pub(super) fn str_literal(&mut self) -> String {
        self.rng.pick(TEXTS).to_string()
    }

    pub(super) fn str(&mut self, depth: usize) -> String {
        match self.rng.below(20) {
            0..=3 => format!("({} + {})", self.expr(&Ty::Str, depth), self.expr(&Ty::Str, depth)),
            4..=6 => {
                let ty = self.ty(1);
                if matches!(ty, Ty::Array(_) | Ty::Map(..) | Ty::Narrow(_) | Ty::Tuple(_) | Ty::Fn(..)) {
                    return self.text_of_var();
                }
                format!("{}({})", self.rng.pick(&["str", "repr"]), self.expr(&ty, depth))
            }
            7 => format!("({})[{}]", self.expr(&Ty::Str, depth), self.index(depth)),
            8..=9 => self.str_slice(depth),
            10 => {
                let count = *self.rng.pick(&["0", "1", "3", "-1", "INT_MIN"]);
                format!("({} * {count})", self.expr(&Ty::Str, depth))
            }
            11..=12 => {
                let name = *self.rng.pick(&["upper", "lower", "trim", "trim_start", "trim_end", "reverse"]);
                format!("({}).{name}()", self.expr(&Ty::Str, depth))
            }
            13 => {
                let (a, b) = (self.str_literal(), self.expr(&Ty::Str, depth));
                format!("({})[:20].replace({a}, ({b})[:8])", self.expr(&Ty::Str, depth))
            }
            14 => self.interpolation(depth),
            15 => format!("chr({})", self.expr(&Ty::Int, depth)),
            16 => {
                let name = *self.rng.pick(&["pad_left", "pad_right"]);
                let width = *self.rng.pick(&["0", "5", "-1", "INT_MIN", "33"]);
                format!(
                    "({}).{name}({width}, {})",
                    self.expr(&Ty::Str, depth),
                    self.rng.pick(&["\"-\"", "\"xy\"", "\"\""])
                )
            }
            17 => self.text_of_var(),
            18 => match self.some_var(|var| var.ty == Ty::Array(Ty::Str.into())) {
                Some(var) => format!("\",\".join({})", var.name),
                None => self.str_literal(),
            },
            _ => {
                let (text, count) = (self.expr(&Ty::Str, depth), self.expr(&Ty::Int, depth));
                format!("substr({text}, {}, {count})", self.int_literal())
            }
        }
    }

    fn str_slice(&mut self, depth: usize) -> String {
        let text = self.expr(&Ty::Str, depth);
        format!("({text})[{}]", self.slice(depth))
    }

    /// What stands between the brackets of a slice.
    pub(super) fn slice(&mut self, depth: usize) -> String {
        let low = if self.rng.chance(70) { self.expr(&Ty::Int, depth) } else { String::new() };
        let high = if self.rng.chance(70) { self.expr(&Ty::Int, depth) } else { String::new() };
        match self.rng.below(5) {
            0 => {
                let constant = self.rng.pick(&["1", "2", "-1", "-2", "INT_MIN", "INT_MAX"]).to_string();
                let variable = if self.rng.chance(30) { self.some_var(|var| var.ty == Ty::Int) } else { None };
                format!("{low}:{high}:{}", variable.map_or(constant, |var| var.name))
            }
            _ => format!("{low}:{high}"),
        }
    }

    /// The text of some variable, whatever its type.
    fn text_of_var(&mut self) -> String {
        match self.some_var(|var| !matches!(var.ty, Ty::Fn(..))) {
            Some(var) => format!("str({})", var.name),
            None => self.str_literal(),
        }
    }

    fn interpolation(&mut self, depth: usize) -> String {
        const INT_SPECS: &[&str] = &["", ":5", ":<6", ":>6", ":05", ":x", ":+d", ":,", ":b"];
        const FLOAT_SPECS: &[&str] = &["", ":.2f", ":8.3f", ":e", ":g", ":.0f"];
        let name = |var: Option<super::Var>, default: &str| var.map_or(default.to_owned(), |var| var.name);
        let int = name(self.some_var(|var| var.ty == Ty::Int), "INT_MIN");
        let float = name(self.some_var(|var| var.ty == Ty::Float), "NAN");
        let text = name(self.some_var(|var| var.ty == Ty::Str), "E");
        let (int_spec, float_spec) = (*self.rng.pick(INT_SPECS), *self.rng.pick(FLOAT_SPECS));
        let sum = if depth > 0 { format!("{{{int} + 1}}") } else { String::new() };
        format!("f\"{{{int}{int_spec}}}|{{{float}{float_spec}}}|{{{text}}}{sum}\"")
    }
}
