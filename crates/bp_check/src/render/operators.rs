//! Operators and conditions on values they do not take.

use super::wrap;
use crate::checker::Checker;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::span::Span;

/// The spelling of a binary operator.
fn binary_sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Rem => "%",
        BinaryOp::Pow => "**",
        BinaryOp::BitAnd => "&",
        BinaryOp::BitOr => "|",
        BinaryOp::BitXor => "^",
        BinaryOp::Shl => "<<",
        BinaryOp::Shr => ">>",
        BinaryOp::UShr => ">>>",
    }
}

fn compare_sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        CompareOp::In => "in",
        CompareOp::NotIn => "not in",
        CompareOp::Is => "is",
        CompareOp::IsNot => "is not",
    }
}

type Operand = (Span, Ty);

impl Checker<'_> {
    pub(super) fn binary_text(&self, op: BinaryOp, op_span: Span, left: Operand, right: Operand) -> Diagnostic {
        let augmented = op_span.len() as usize > binary_sign(op).len();
        let sign = format!("{}{}", binary_sign(op), if augmented { "=" } else { "" });
        let message = format!("`{sign}` does not take {} and {}", self.a(left.1), self.a(right.1));
        let error = Diagnostic::error(Code::Operator, op_span, message);
        let error = self.operands(error, left, right);
        let bits = matches!(op, BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor);
        match (self.kind(left.1), self.kind(right.1)) {
            (TyKind::Optional(_), _) | (_, TyKind::Optional(_)) => self.optional_operand(error),
            _ if self.shallow(left.1) == self.shallow(right.1)
                && !matches!(self.kind(left.1), TyKind::Bool | TyKind::Map(..)) =>
            {
                match (op, self.kind(left.1)) {
                    (BinaryOp::Add, TyKind::Record(_)) => error.help("a method `__add__` of the type would"),
                    (BinaryOp::Sub, TyKind::Record(_)) => error.help("a method `__sub__` of the type would"),
                    (BinaryOp::Mul, TyKind::Record(_)) => error.help("a method `__mul__` of the type would"),
                    _ => error,
                }
            }
            (TyKind::Bool, TyKind::Bool) if bits && !augmented => self.bool_bits(error, op, op_span),
            _ if augmented => self.conversion(error, right.0, right.1, left.1, None),
            _ => self.operand_conversion(error, Some(op), left, right),
        }
    }

    /// `&` between bools is meant as `and`.
    fn bool_bits(&self, error: Diagnostic, op: BinaryOp, op_span: Span) -> Diagnostic {
        match op {
            BinaryOp::BitAnd => error.fix("write `and`", op_span, "and"),
            BinaryOp::BitOr => error.fix("write `or`", op_span, "or"),
            _ => error.fix("write `!=`", op_span, "!="),
        }
    }

    fn operands(&self, error: Diagnostic, left: Operand, right: Operand) -> Diagnostic {
        let label = |ty| match self.shallow(ty) {
            Ty::NULL => "`null`".to_owned(),
            _ => format!("`{}`", self.type_text(ty)),
        };
        error.also(left.0, label(left.1)).also(right.0, label(right.1))
    }

    fn optional_operand(&self, error: Diagnostic) -> Diagnostic {
        error.help("a value that may be `null` is tested first, or given a default: `x ?? default`")
    }

    /// The conversion of one operand to the type of the other; `op` is none for comparisons.
    fn operand_conversion(&self, error: Diagnostic, op: Option<BinaryOp>, left: Operand, right: Operand) -> Diagnostic {
        use BinaryOp as B;
        let is_add = op == Some(B::Add);
        let ints_only = matches!(op, Some(B::BitAnd | B::BitOr | B::BitXor | B::Shl | B::Shr | B::UShr));
        let to_text = |error, operand: Operand| wrap(error, "convert it with `str`", operand.0, "str(", ")");
        match (self.kind(left.1), self.kind(right.1)) {
            (TyKind::Float, _) if ints_only => wrap(error, "convert it with `int`", left.0, "int(", ")"),
            (_, TyKind::Float) if ints_only => wrap(error, "convert it with `int`", right.0, "int(", ")"),
            (TyKind::Int | TyKind::Enum(_), TyKind::Float) => {
                wrap(error, "convert it with `float`", left.0, "float(", ")")
            }
            (TyKind::Float, TyKind::Int | TyKind::Enum(_)) => {
                wrap(error, "convert it with `float`", right.0, "float(", ")")
            }
            (TyKind::Bool, TyKind::Int) => wrap(error, "convert it with `int`", left.0, "int(", ")"),
            (TyKind::Int, TyKind::Bool) => wrap(error, "convert it with `int`", right.0, "int(", ")"),
            (TyKind::Void | TyKind::Null, _) | (_, TyKind::Void | TyKind::Null) => error,
            (TyKind::Str, _) if is_add => to_text(error, right),
            (_, TyKind::Str) if is_add => to_text(error, left),
            (TyKind::Array(element), _) if is_add && self.type_fits(right.1, *element) => {
                wrap(error, "write an array", right.0, "[", "]")
            }
            (TyKind::Map(..), TyKind::Map(..)) if is_add => {
                error.help("`m.update(other)` adds the entries of another map")
            }
            _ => error,
        }
    }

    pub(super) fn unary_text(&self, at: Span, op: UnaryOp, ty: Ty, operand: Span) -> Diagnostic {
        let sign = match op {
            UnaryOp::Neg => "-",
            UnaryOp::Plus => "+",
            UnaryOp::BitNot => "~",
            UnaryOp::Not => "not",
        };
        let sign_span = Span::new(at.start, operand.start.max(at.start));
        let error = Diagnostic::error(Code::Operator, at, format!("`{sign}` does not take {}", self.a(ty)));
        match (op, self.kind(ty)) {
            (_, TyKind::Optional(_)) => self.optional_operand(error),
            (UnaryOp::BitNot, TyKind::Bool) if sign_span.len() == 1 => error.fix("write `not`", sign_span, "not "),
            (UnaryOp::Neg, TyKind::Str) => wrap(error, "convert it with `int`", operand, "int(", ")"),
            _ => error,
        }
    }

    pub(super) fn compare_text(&self, op: CompareOp, op_span: Span, left: Operand, right: Operand) -> Diagnostic {
        let sign = compare_sign(op);
        let is_order = matches!(op, CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge);
        if is_order && self.shallow(left.1) == self.shallow(right.1) {
            let message =
                format!("`{sign}` does not compare values of type `{}`: they have no order", self.type_text(left.1));
            let error = Diagnostic::error(Code::Operator, op_span, message).also(left.0, "").also(right.0, "");
            return match self.kind(left.1) {
                TyKind::Optional(_) => self.optional_operand(error),
                TyKind::Record(_) => error.help("a method `__lt__` gives them one"),
                _ => error.note("ordered are `int`, `float`, `str`, `bool`, enums, and tuples and arrays of those"),
            };
        }
        let message = format!("`{sign}` does not compare {} with {}", self.a(left.1), self.a(right.1));
        let error = self.operands(Diagnostic::error(Code::Operator, op_span, message), left, right);
        match (self.kind(left.1), self.kind(right.1)) {
            (TyKind::Optional(_), _) | (_, TyKind::Optional(_)) => self.optional_operand(error),
            (TyKind::Str, TyKind::Int) => wrap(error, "convert it with `int`", left.0, "int(", ")"),
            (TyKind::Int, TyKind::Str) => wrap(error, "convert it with `int`", right.0, "int(", ")"),
            _ => self.operand_conversion(error, None, left, right),
        }
    }

    pub(super) fn identity(&self, op_span: Span, ty: Ty, negated: bool) -> Diagnostic {
        let (theirs, ours) = if negated { ("is not", "!=") } else { ("is", "==") };
        let message = format!(
            "`{theirs}` asks whether two are the same object, but values of type `{}` are no objects",
            self.type_text(ty)
        );
        Diagnostic::error(Code::Operator, op_span, message).fix(format!("write `{ours}`"), op_span, ours)
    }

    pub(super) fn not_a_container(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::Operator, at, format!("`in` cannot look into {}", self.a(ty)));
        match self.kind(ty) {
            TyKind::Optional(_) => self.optional_operand(error),
            TyKind::Int => wrap(error, "write a range", at, "range(", ")"),
            _ => error.note("`in` looks into arrays, maps, strings, ranges and tuples"),
        }
    }

    pub(super) fn membership_text(&self, at: Span, ty: Ty, container: Span, of: Ty, op_span: Span) -> Diagnostic {
        let message = format!("{} is never in {}", self.a(ty), self.a(of));
        let error = Diagnostic::error(Code::Operator, op_span, message);
        let error = self.operands(error, (at, ty), (container, of));
        match self.kind(of) {
            TyKind::Map(key, _) => {
                error.note(format!("`in` looks among the keys, which are `{}`", self.type_text(*key)))
            }
            TyKind::Str if !self.is_optional(ty) => wrap(error, "convert it with `str`", at, "str(", ")"),
            _ => error,
        }
    }

    /// A condition of another type than bool; `simple` if an operator may be written behind it.
    pub(super) fn condition_text(&self, at: Span, ty: Ty, simple: bool) -> Diagnostic {
        let error =
            Diagnostic::error(Code::Condition, at, format!("a condition is a `bool`, but this is {}", self.a(ty)));
        let compare = |error: Diagnostic, with: &str, message: String| match simple {
            true => error.fix(message, at.after(), with),
            false => error.help(message),
        };
        match self.kind(ty) {
            TyKind::Array(_) | TyKind::Map(..) | TyKind::Set(_) => {
                wrap(error, "ask whether it has elements", at, "len(", ") > 0")
            }
            TyKind::Str => compare(error, " != \"\"", "compare with the empty string".into()),
            TyKind::Int => compare(error, " != 0", "compare with zero".into()),
            TyKind::Float => compare(error, " != 0.0", "compare with zero".into()),
            TyKind::Optional(_) => compare(error, " != null", "ask whether it is not null".into()),
            TyKind::Function(params, Ty::BOOL) if params.is_empty() => error.fix("call it", at.after(), "()"),
            _ => error,
        }
    }
}
