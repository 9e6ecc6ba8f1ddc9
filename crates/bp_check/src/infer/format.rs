//! f-strings.

use super::make;
use super::signature::Binds;
use crate::checker::Checker;
use crate::coerce::converted;
use crate::error::Error;
use crate::hir::{Arg, Convert, Expr, ExprKind, FormatPart};
use crate::types::{Ty, TyKind};
use bp_builtins::Builtin;
use bp_builtins::format_spec::{FormatSpec, Target};
use bp_syntax::ast::FStringPart;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn format_string(&mut self, parts: &'a [FStringPart], span: Span) -> Expr {
        let mut checked = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                FStringPart::Text(text) => checked.push(FormatPart::Text(text.clone())),
                FStringPart::Expr { value, label, spec, spec_span } => {
                    if let Some(label) = label {
                        checked.push(FormatPart::Text(label.as_bytes().into()));
                    }
                    let value = self.expr(value, None);
                    let value = self.printable(value);
                    checked.push(match spec {
                        Some(spec) => self.formatted(value, spec, *spec_span),
                        None if label.is_some() => FormatPart::Value(self.quoted(value)),
                        None => FormatPart::Value(value),
                    });
                }
            }
        }
        make(ExprKind::Format(checked), Ty::STR, span)
    }

    /// `null` alone gets some optional type, so that it has a text.
    fn printable(&mut self, value: Expr) -> Expr {
        if value.ty == Ty::NULL {
            let ty = self.types.optional(Ty::STR);
            return Expr { ty, ..value };
        }
        value
    }

    /// The text of a value with strings quoted, as `{x=}` shows it.
    fn quoted(&mut self, value: Expr) -> Expr {
        let repr = bp_builtins::signature::free("repr").first().copied();
        self.text_by(repr, value)
    }

    fn text_by(&mut self, builtin: Option<Builtin>, value: Expr) -> Expr {
        let Some(builtin) = builtin.filter(|_| value.ty != Ty::ERROR) else { return value };
        let (span, ty) = (value.span, value.ty);
        let signature = bp_builtins::signature::signature(builtin);
        let result = self.instantiate(&signature.result, &Binds::new(signature), false).unwrap_or(Ty::STR);
        let args = [Arg { param: 0, value }].into();
        make(ExprKind::CallBuiltin { builtin, args, type_args: [ty].into() }, result, span)
    }

    /// `{value:spec}`
    fn formatted(&mut self, value: Expr, spec: &'a [FStringPart], spec_span: Span) -> FormatPart {
        let value = match self.kind(value.ty) {
            TyKind::Int | TyKind::Float | TyKind::Bool | TyKind::Str | TyKind::Error => value,
            TyKind::Enum(_) => converted(Convert::EnumToInt, value, Ty::INT),
            _ => {
                self.report(Error::FormatType { at: value.span, ty: value.ty });
                Self::erroneous(value.span)
            }
        };
        let spec = match spec {
            [] => make(ExprKind::Str([].into()), Ty::STR, spec_span),
            [FStringPart::Text(text)] => {
                self.check_spec(text, value.ty, spec_span);
                make(ExprKind::Str(text.clone()), Ty::STR, spec_span)
            }
            parts => self.format_string(parts, spec_span),
        };
        FormatPart::Formatted(value, spec)
    }

    /// Reports a constant specification that is malformed or does not fit the type.
    fn check_spec(&mut self, text: &[u8], ty: Ty, at: Span) {
        let target = match self.shallow(ty) {
            Ty::INT => Target::Int,
            Ty::FLOAT => Target::Float,
            Ty::BOOL => Target::Bool,
            Ty::STR => Target::Str,
            _ => return,
        };
        if let Err(error) = FormatSpec::parse(text, target) {
            let (text, reason) = (String::from_utf8_lossy(text).into(), error.message.into());
            self.report(Error::FormatSpec { at, text, reason });
        }
    }
}
