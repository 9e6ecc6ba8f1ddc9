//! The table of infix operators.

use crate::ast::{BinaryOp, CompareOp, LogicalOp};
use crate::token::TokenKind as T;

/// How tightly an operator binds, loosest first. The gaps in use are `not` (its operand is read at
/// [`Level::Not`]) and `as`, prefix operators and `**`, which `expr.rs` reads itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Level {
    Coalesce,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    /// Binds tighter than every infix operator of the table.
    Prefix,
}

impl Level {
    /// The level of the right operand of a left-associative operator of this level.
    pub(super) fn tighter(self) -> Level {
        match self {
            Level::Coalesce => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Compare,
            Level::Compare => Level::BitOr,
            Level::BitOr => Level::BitXor,
            Level::BitXor => Level::BitAnd,
            Level::BitAnd => Level::Shift,
            Level::Shift => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product | Level::Prefix => Level::Prefix,
        }
    }
}

/// What an infix operator makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Infix {
    Binary(BinaryOp),
    Logical(LogicalOp),
    Compare(CompareOp),
}

/// The infix operator that `kind` is, given the token behind it; `**` is not among them.
#[inline]
pub(super) fn infix(kind: T, next: T) -> Option<(Level, Infix)> {
    use {BinaryOp as B, CompareOp as C, Infix::*, LogicalOp as L};
    Some(match kind {
        T::Coalesce => (Level::Coalesce, Logical(L::Coalesce)),
        T::Or => (Level::Or, Logical(L::Or)),
        T::And => (Level::And, Logical(L::And)),
        T::EqEq => (Level::Compare, Compare(C::Eq)),
        T::NotEq => (Level::Compare, Compare(C::Ne)),
        T::Less => (Level::Compare, Compare(C::Lt)),
        T::LessEq => (Level::Compare, Compare(C::Le)),
        T::Greater => (Level::Compare, Compare(C::Gt)),
        T::GreaterEq => (Level::Compare, Compare(C::Ge)),
        T::In => (Level::Compare, Compare(C::In)),
        T::Not if next == T::In => (Level::Compare, Compare(C::NotIn)),
        T::Is if next == T::Not => (Level::Compare, Compare(C::IsNot)),
        T::Is => (Level::Compare, Compare(C::Is)),
        T::Pipe => (Level::BitOr, Binary(B::BitOr)),
        T::Caret => (Level::BitXor, Binary(B::BitXor)),
        T::Amp => (Level::BitAnd, Binary(B::BitAnd)),
        T::Shl => (Level::Shift, Binary(B::Shl)),
        T::Shr => (Level::Shift, Binary(B::Shr)),
        T::UShr => (Level::Shift, Binary(B::UShr)),
        T::Plus => (Level::Sum, Binary(B::Add)),
        T::Minus => (Level::Sum, Binary(B::Sub)),
        T::Star => (Level::Product, Binary(B::Mul)),
        T::Slash => (Level::Product, Binary(B::Div)),
        T::SlashSlash => (Level::Product, Binary(B::FloorDiv)),
        T::Percent => (Level::Product, Binary(B::Rem)),
        _ => return None,
    })
}

/// The operator of an augmented assignment.
pub(super) fn augmented(kind: T) -> Option<BinaryOp> {
    Some(match kind {
        T::PlusEq => BinaryOp::Add,
        T::MinusEq => BinaryOp::Sub,
        T::StarEq => BinaryOp::Mul,
        T::SlashEq => BinaryOp::Div,
        T::SlashSlashEq => BinaryOp::FloorDiv,
        T::PercentEq => BinaryOp::Rem,
        T::StarStarEq => BinaryOp::Pow,
        T::AmpEq => BinaryOp::BitAnd,
        T::PipeEq => BinaryOp::BitOr,
        T::CaretEq => BinaryOp::BitXor,
        T::ShlEq => BinaryOp::Shl,
        T::ShrEq => BinaryOp::Shr,
        T::UShrEq => BinaryOp::UShr,
        _ => return None,
    })
}
