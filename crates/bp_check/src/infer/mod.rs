//! Expressions: from the tree to typed HIR.
//!
//! [`Checker::expr`] takes the type the context would like (`want`), which steers literals and
//! lambdas and promises nothing; [`Checker::expr_as`] makes it so or reports.

mod access;
pub(crate) mod args;
mod builtin;
pub(crate) mod call;
mod callable;
mod cast;
mod compare;
mod comprehension;
mod format;
mod generic;
mod lambda;
mod literal;
mod method;
mod name;
mod object;
mod operator;
mod signature;

use crate::checker::Checker;
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{Expr, ExprKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast;
use bp_syntax::span::Span;

/// Free stack that checking an expression or statement may need before it asks again: walks over
/// types are at most twice as deep as a type may be.
pub(crate) const RED_ZONE: usize = 256 << 10;
/// What is added then.
pub(crate) const STACK_SEGMENT: usize = 2 << 20;

pub(crate) fn make(kind: ExprKind, ty: Ty, span: Span) -> Expr {
    Expr { kind, ty, span }
}

impl<'a> Checker<'a> {
    /// The expression as a value of some type.
    pub fn expr(&mut self, e: &'a ast::Expr, want: Option<Ty>) -> Expr {
        let value = self.expr_or_void(e, want);
        if value.ty == Ty::VOID || value.ty == Ty::NEVER {
            return self.fail(e.span, Error::NoValue { at: e.span });
        }
        value
    }

    /// The expression as a value of type `want`, or a report that says why it must be one.
    pub fn expr_as(&mut self, e: &'a ast::Expr, want: Ty, why: Why) -> Expr {
        let value = self.expr(e, Some(want));
        self.coerce_or_report(value, want, why)
    }

    /// The expression, which may be a call without value.
    pub fn expr_or_void(&mut self, e: &'a ast::Expr, want: Option<Ty>) -> Expr {
        let value = stacker::maybe_grow(RED_ZONE, STACK_SEGMENT, || self.expr_kind(e, want));
        if self.types.is_too_large(value.ty) {
            return self.fail(e.span, Error::TypeTooLarge { at: e.span });
        }
        value
    }

    fn expr_kind(&mut self, e: &'a ast::Expr, want: Option<Ty>) -> Expr {
        use ast::ExprKind as K;
        let span = e.span;
        match &e.kind {
            K::Int(value) => make(ExprKind::Int(*value), Ty::INT, span),
            K::Float(value) => make(ExprKind::Float(*value), Ty::FLOAT, span),
            K::Bool(value) => make(ExprKind::Bool(*value), Ty::BOOL, span),
            K::Str(value) => make(ExprKind::Str(value.clone()), Ty::STR, span),
            K::Null => make(ExprKind::Null, Ty::NULL, span),
            K::FString(parts) => self.format_string(parts, span),
            K::Name(name) => self.name(*name, span, want),
            K::Array(elements) => self.array(elements, span, want),
            K::Map(entries) => self.map(entries, span, want),
            K::Set(elements) => self.set(elements, span, want),
            K::Tuple(elements) => self.tuple(elements, span, want),
            K::Record { ty, fields } => self.record_literal(ty, fields, span),
            K::Unary { op, operand } => self.unary(*op, operand, span, want),
            K::Binary { op, op_span, lhs, rhs } => self.binary(*op, *op_span, lhs, rhs, span, want),
            K::Logical { op, lhs, rhs } => self.logical(*op, lhs, rhs, span, want),
            K::Compare { first, rest } => self.compare(first, rest, span),
            K::If { cond, then, otherwise } => self.conditional(cond, then, otherwise, span, want),
            K::Call { callee, args } => self.call(callee, args, span, want),
            K::Index { index, .. } if let Some((id, _)) = self.written_template(e) => {
                self.template_value(id, index, span)
            }
            K::Index { object, index } => self.index(object, index, span),
            K::Slice { object, low, high, step } => {
                self.slice(object, [low.as_deref(), high.as_deref(), step.as_deref()], span)
            }
            K::Field { object, field, optional } => self.field(object, *field, *optional, span),
            K::Lambda { params, result, body } => self.lambda(params, result.as_deref(), body, span, want),
            K::Unwrap(inner) => self.unwrap(inner, span),
            K::Comprehension(comprehension) => self.comprehension(comprehension, span, want),
            K::Cast { value, ty } => self.cast_as(value, ty, span),
            K::Super => self.fail(span, Error::SuperOutside { at: span, has_base: true }),
            K::New(call) => self.new_object(call, span, want),
            K::Type(_) => self.fail(span, Error::TypeAsValue { at: span }),
            K::Error => Self::erroneous(span),
        }
    }

    /// `value as T`: a cast between classes, or another language's conversion.
    fn cast_as(&mut self, value: &'a ast::Expr, ty: &'a ast::TypeExpr, span: Span) -> Expr {
        if let ast::TypeKind::Named { path, .. } = &ty.kind
            && let [name] = path.as_slice()
            && let Some(to @ (Ty::INT | Ty::FLOAT | Ty::BOOL | Ty::STR)) = self.plain_type(name.name)
        {
            self.expr(value, None);
            return self.fail(span, Error::CastAs { at: span, value: value.span, to });
        }
        let module = self.module();
        let to = self.resolve_type(module, ty);
        match *self.types.kind(to) {
            TyKind::Record(record) => self.downcast(value, record, span),
            TyKind::Error => {
                self.expr(value, None);
                Self::erroneous(span)
            }
            _ => {
                let value = self.expr(value, None);
                let error = Error::Cast { at: value.span, from: value.ty, to, whole: span };
                if value.ty == Ty::ERROR { value } else { self.fail(span, error) }
            }
        }
    }

    fn unwrap(&mut self, inner: &'a ast::Expr, span: Span) -> Expr {
        let value = self.expr(inner, None);
        let value = self.as_declared(value);
        match self.kind(value.ty) {
            TyKind::Optional(ty) => {
                let ty = *ty;
                make(ExprKind::Unwrap(Box::new(value)), ty, span)
            }
            TyKind::Error => value,
            _ => self.fail(span, Error::NeverNull { at: inner.span, ty: value.ty, operator: "!" }),
        }
    }

    fn conditional(
        &mut self,
        cond: &'a ast::Expr,
        then: &'a ast::Expr,
        otherwise: &'a ast::Expr,
        span: Span,
        want: Option<Ty>,
    ) -> Expr {
        let cond = self.condition(cond);
        let facts = self.facts(&cond);
        let then = self.assuming(&facts.when_true, |checker| checker.expr(then, want));
        let want_other = want.or(Some(then.ty));
        let otherwise = self.assuming(&facts.when_false, |checker| checker.expr(otherwise, want_other));
        if then.ty == Ty::ERROR || otherwise.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        let joined = match want {
            Some(want) if self.fits(&then, want) && self.fits(&otherwise, want) => Some(want),
            _ => self.join_nullable(&then, &otherwise),
        };
        let ty = joined.unwrap_or(then.ty);
        let first = then.span;
        let then = self.coerce_or_report(then, ty, Why::Branch(first));
        let otherwise = self.coerce_or_report(otherwise, ty, Why::Branch(first));
        make(ExprKind::If(Box::new(cond), Box::new(then), Box::new(otherwise)), ty, span)
    }

    /// Like [`join`](Self::join); a `T` beside a `null` makes a `T?`.
    pub fn join_nullable(&mut self, a: &Expr, b: &Expr) -> Option<Ty> {
        let (ta, tb) = (self.shallow(a.ty), self.shallow(b.ty));
        match (ta, tb) {
            (Ty::NULL, Ty::NULL) => None,
            (Ty::NULL, other) | (other, Ty::NULL) => Some(self.types.optional(other)),
            _ => self.join(a, b),
        }
    }
}
