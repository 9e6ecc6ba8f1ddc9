//! `int(x)`, `float(x)`, `bool(x)`.

use crate::checker::Checker;
use crate::coerce::converted;
use crate::error::Error;
use crate::hir::{Convert, Expr};
use crate::types::{Ty, TyKind};
use bp_syntax::ast;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// `to(value)` where `to` is `int`, `float` or `bool`.
    pub(super) fn cast(&mut self, to: Ty, value: &'a ast::Expr, span: Span) -> Expr {
        let value = self.expr(value, None);
        let from = self.shallow(value.ty);
        if from == Ty::ERROR {
            return value;
        }
        let steps: &[(Convert, Ty)] = match (self.types.kind(from), to) {
            (TyKind::Int, Ty::INT) | (TyKind::Float, Ty::FLOAT) | (TyKind::Bool, Ty::BOOL) => &[],
            (TyKind::Float, Ty::INT) => &[(Convert::FloatToInt, Ty::INT)],
            (TyKind::Bool, Ty::INT) => &[(Convert::BoolToInt, Ty::INT)],
            (TyKind::Str, Ty::INT) => &[(Convert::StrToInt, Ty::INT)],
            (TyKind::Enum(_), Ty::INT) => &[(Convert::EnumToInt, Ty::INT)],
            (TyKind::Int, Ty::FLOAT) => &[(Convert::IntToFloat, Ty::FLOAT)],
            (TyKind::Str, Ty::FLOAT) => &[(Convert::StrToFloat, Ty::FLOAT)],
            (TyKind::Bool, Ty::FLOAT) => &[(Convert::BoolToInt, Ty::INT), (Convert::IntToFloat, Ty::FLOAT)],
            (TyKind::Enum(_), Ty::FLOAT) => &[(Convert::EnumToInt, Ty::INT), (Convert::IntToFloat, Ty::FLOAT)],
            (TyKind::Int, Ty::BOOL) => &[(Convert::IntToBool, Ty::BOOL)],
            (TyKind::Float, Ty::BOOL) => &[(Convert::FloatToBool, Ty::BOOL)],
            (TyKind::Str, Ty::BOOL) => &[(Convert::StrToBool, Ty::BOOL)],
            (TyKind::Enum(_), Ty::BOOL) => &[(Convert::EnumToInt, Ty::INT), (Convert::IntToBool, Ty::BOOL)],
            _ => {
                let at = value.span;
                return self.fail(span, Error::Cast { at, from, to, whole: span });
            }
        };
        let value = steps.iter().fold(value, |value, &(how, ty)| converted(how, value, ty));
        Expr { span, ..value }
    }
}
