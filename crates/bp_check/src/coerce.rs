//! The implicit conversions of the language, and the reports of those that are not.
//!
//! Conversions are decided on typed HIR, so that an int literal whose neighbour turns out to be a
//! float can still become one.

use crate::checker::Checker;
use crate::error::Error;
use crate::hir::{Convert, Expr, ExprKind, RecordId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::BinaryOp;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// Why a type is wanted: what a mismatch points at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// `let name: T`, at the name's declaration.
    Variable(Name, Span),
    /// Parameter `name` of `function`, declared there.
    Param(Name, Name, Span),
    /// A parameter of a built-in, by its name.
    Builtin(&'static str),
    /// A parameter of a function value.
    Value,
    /// A field of a struct, declared there.
    Field(Name, Span),
    /// The result of the function `name`, written there.
    Result(Name, Span),
    /// An element of an array or set; the first one stands there.
    Element(Option<Span>),
    /// A key of a map.
    Key,
    /// A value of a map.
    MapValue,
    /// An index.
    Index,
    /// A condition.
    Condition,
    /// The other branch of a conditional expression.
    Branch(Span),
    /// A text: message of `assert` or `throw`.
    Text,
    /// The result of an augmented assignment.
    Augmented,
    /// The default of a parameter or field.
    Default(Name),
    /// The result of a lambda.
    Lambda,
}

/// What a value of the wrong type is, where the fix depends on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Clue {
    /// A literal string of this text.
    Text(Box<str>),
    /// A quotient of ints: it is one of floats if these operands are.
    Quotient(Vec<Span>),
}

impl Checker<'_> {
    /// Whether `e` can become a `to`; solves nothing.
    pub fn fits(&self, e: &Expr, to: Ty) -> bool {
        let to = self.shallow(to);
        match (&e.kind, self.types.kind(to)) {
            (ExprKind::Int(_), TyKind::Float) if self.shallow(e.ty) == Ty::INT => true,
            (ExprKind::Neg(inner), TyKind::Float) => self.fits(inner, to),
            (ExprKind::Null, TyKind::Optional(_)) => true,
            (ExprKind::Array(elements), TyKind::Array(t)) => {
                let t = self.widened(*t);
                elements.iter().all(|element| self.fits(element, t))
            }
            (ExprKind::Tuple(elements), TyKind::Array(t)) => {
                let t = self.widened(*t);
                elements.iter().all(|element| self.fits(element, t))
            }
            (ExprKind::Tuple(elements), TyKind::Tuple(members)) => {
                elements.len() == members.len() && elements.iter().zip(members).all(|(e, &t)| self.fits(e, t))
            }
            (_, TyKind::Optional(inner)) if !matches!(self.kind(e.ty), TyKind::Optional(_)) => self.fits(e, *inner),
            _ => self.type_fits(e.ty, to),
        }
    }

    /// Whether values of `from` can become a `to` without looking at the expression.
    pub fn type_fits(&self, from: Ty, to: Ty) -> bool {
        let (from, to) = (self.shallow(from), self.shallow(to));
        if from == to || from == Ty::ERROR || to == Ty::ERROR {
            return true;
        }
        match (self.types.kind(from), self.types.kind(to)) {
            (TyKind::Var(_), _) | (_, TyKind::Var(_)) => from != Ty::VOID && to != Ty::VOID,
            (TyKind::Enum(_), TyKind::Int) => true,
            (TyKind::Record(_) | TyKind::Param(_), TyKind::Record(base)) => {
                self.record_of_type(from).is_some_and(|sub| self.derives(sub, *base))
            }
            (TyKind::Optional(a), TyKind::Optional(b)) => self.same(*a, *b) || self.is_subclass(*a, *b),
            (_, TyKind::Optional(inner)) => self.type_fits(from, *inner),
            _ => self.same(from, to),
        }
    }

    /// Whether two types are or may become the same.
    fn same(&self, a: Ty, b: Ty) -> bool {
        let (a, b) = (self.shallow(a), self.shallow(b));
        if a == b || a == Ty::ERROR || b == Ty::ERROR {
            return true;
        }
        match (self.types.kind(a), self.types.kind(b)) {
            (TyKind::Var(_), _) | (_, TyKind::Var(_)) => true,
            (TyKind::Array(x), TyKind::Array(y))
            | (TyKind::Set(x), TyKind::Set(y))
            | (TyKind::Optional(x), TyKind::Optional(y)) => self.same(*x, *y),
            (TyKind::Map(k, v), TyKind::Map(l, w)) => self.same(*k, *l) && self.same(*v, *w),
            (TyKind::Tuple(x), TyKind::Tuple(y)) => self.all_same(x, y),
            (TyKind::Function(x, r), TyKind::Function(y, s)) => self.all_same(x, y) && self.same(*r, *s),
            _ => match (self.types.application(a), self.types.application(b)) {
                (Some((m, x)), Some((n, y))) => m == n && self.all_same(x, y),
                _ => false,
            },
        }
    }

    /// Whether both are classes and `sub` derives from `base`.
    fn is_subclass(&self, sub: Ty, base: Ty) -> bool {
        match (self.kind(sub), self.kind(base)) {
            (TyKind::Record(sub), TyKind::Record(base)) => self.derives(*sub, *base),
            _ => false,
        }
    }

    fn all_same(&self, x: &[Ty], y: &[Ty]) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(&a, &b)| self.same(a, b))
    }

    /// Whether `sub` is `base` or derives from it.
    pub fn derives(&self, sub: RecordId, base: RecordId) -> bool {
        let mut at = Some(sub);
        while let Some(record) = at {
            if record == base {
                return true;
            }
            at = self.decls.records[record.index()].base;
        }
        false
    }

    /// `e` as a `to` where it [`fits`](Self::fits), else `e` back.
    pub fn coerce(&mut self, e: Expr, to: Ty) -> Result<Expr, Expr> {
        // A type parameter that an array of `u8` has decided: its values are ints.
        let to = self.widened(to);
        let from = self.shallow(e.ty);
        if from == to {
            return Ok(e);
        }
        if from == Ty::ERROR || to == Ty::ERROR {
            return Ok(Expr { ty: Ty::ERROR, ..e });
        }
        if from == Ty::VOID || from == Ty::NEVER || !self.fits(&e, to) {
            return Err(e);
        }
        self.convert(e, from, to)
    }

    fn convert(&mut self, e: Expr, from: Ty, to: Ty) -> Result<Expr, Expr> {
        let span = e.span;
        match (e.kind, self.types.kind(to).clone()) {
            (ExprKind::Int(value), TyKind::Float) if from == Ty::INT => {
                Ok(Expr { kind: ExprKind::Float(value as f64), ty: to, span })
            }
            (ExprKind::Neg(inner), TyKind::Float) => {
                let inner = self.coerce(*inner, to)?;
                Ok(Expr { kind: ExprKind::Neg(Box::new(inner)), ty: to, span })
            }
            (ExprKind::Null, TyKind::Optional(_)) => Ok(Expr { kind: ExprKind::Null, ty: to, span }),
            (ExprKind::Array(elements) | ExprKind::Tuple(elements), TyKind::Array(t)) => {
                let t = self.widened(t);
                let elements = self.coerce_all(elements, |_| t)?;
                Ok(Expr { kind: ExprKind::Array(elements), ty: to, span })
            }
            (ExprKind::Tuple(elements), TyKind::Tuple(members)) => {
                let elements = self.coerce_all(elements, |at| members[at])?;
                Ok(Expr { kind: ExprKind::Tuple(elements), ty: to, span })
            }
            (kind, TyKind::Optional(inner)) if !matches!(self.types.kind(from), TyKind::Optional(_)) => {
                let value = self.coerce(Expr { kind, ty: from, span }, inner)?;
                Ok(converted(Convert::ToOptional, value, to))
            }
            (kind, TyKind::Int) if matches!(self.types.kind(from), TyKind::Enum(_)) => {
                Ok(converted(Convert::EnumToInt, Expr { kind, ty: from, span }, to))
            }
            (kind, TyKind::Record(_)) if matches!(self.types.kind(from), TyKind::Record(_) | TyKind::Param(_)) => {
                Ok(converted(Convert::Upcast, Expr { kind, ty: from, span }, to))
            }
            (kind, TyKind::Optional(inner))
                if let TyKind::Optional(sub) = *self.types.kind(from)
                    && sub != inner
                    && self.is_subclass(sub, inner) =>
            {
                Ok(converted(Convert::Upcast, Expr { kind, ty: from, span }, to))
            }
            (kind, _) => {
                let e = Expr { kind, ty: from, span };
                if self.unify(from, to) { Ok(Expr { ty: to, ..e }) } else { Err(e) }
            }
        }
    }

    fn coerce_all(&mut self, elements: Vec<Expr>, to: impl Fn(usize) -> Ty) -> Result<Vec<Expr>, Expr> {
        elements.into_iter().enumerate().map(|(at, element)| self.coerce(element, to(at))).collect()
    }

    /// `e` as a `to`, or a report.
    pub fn coerce_or_report(&mut self, e: Expr, to: Ty, why: Why) -> Expr {
        match self.coerce(e, to) {
            Ok(e) => e,
            Err(e) if self.shallow(e.ty) == Ty::VOID || e.ty == Ty::NEVER => {
                self.fail(e.span, Error::NoValue { at: e.span })
            }
            Err(e) => {
                let clue = clue(&e);
                self.fail(e.span, Error::Mismatch { at: e.span, found: e.ty, wanted: to, why, clue })
            }
        }
    }

    /// The nearest class from which both classes derive.
    pub fn common_base(&self, a: Ty, b: Ty) -> Option<Ty> {
        let (TyKind::Record(a), TyKind::Record(b)) = (self.kind(a), self.kind(b)) else { return None };
        let mut at = self.decls.records[a.index()].base;
        while let Some(record) = at {
            if self.derives(*b, record) {
                return self.types.find(&TyKind::Record(record));
            }
            at = self.decls.records[record.index()].base;
        }
        None
    }

    /// The one type that both expressions can become, without solving anything.
    pub fn join(&self, a: &Expr, b: &Expr) -> Option<Ty> {
        let (ta, tb) = (self.shallow(a.ty), self.shallow(b.ty));
        if ta == tb {
            return Some(ta);
        }
        if self.fits(b, ta) {
            return Some(ta);
        }
        if self.fits(a, tb) {
            return Some(tb);
        }
        if let Some(base) = self.common_base(ta, tb) {
            return Some(base);
        }
        let both_ints = self.type_fits(ta, Ty::INT) && self.type_fits(tb, Ty::INT);
        both_ints.then_some(Ty::INT)
    }
}

/// `value` changed to type `ty`.
pub(crate) fn converted(how: Convert, value: Expr, ty: Ty) -> Expr {
    let span = value.span;
    Expr { kind: ExprKind::Convert(how, Box::new(value)), ty, span }
}

/// What a fix has to know about the expression.
pub(crate) fn clue(e: &Expr) -> Option<Clue> {
    match &e.kind {
        ExprKind::Str(bytes) => std::str::from_utf8(bytes).ok().map(|text| Clue::Text(text.into())),
        ExprKind::Binary(BinaryOp::Div, left, right) if e.ty == Ty::INT => {
            let is_literal = |e: &Expr| matches!(e.kind, ExprKind::Int(_));
            // A literal beside a float becomes one by itself.
            let spans = match (is_literal(left), is_literal(right)) {
                (_, true) => vec![left.span],
                (true, false) => vec![right.span],
                (false, false) => vec![left.span, right.span],
            };
            Some(Clue::Quotient(spans))
        }
        _ => None,
    }
}
