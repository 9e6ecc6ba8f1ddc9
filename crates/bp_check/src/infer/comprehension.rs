//! Comprehensions: expanded into loops that fill a new container.

use super::make;
use crate::checker::{Checker, Loop};
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{Arg, Binding, Condition, Expr, ExprKind, LocalId, Place, PlaceKind, Stmt, StmtKind};
use crate::types::{Ty, TyKind};
use bp_builtins::Builtin;
use bp_syntax::ast::{self, ComprehensionClause as Clause, ComprehensionElement as Element};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// `[e for x in xs if c]` and its set and map forms: the value of a block that makes an empty container, runs the
    /// loops and has the container as its value.
    pub(super) fn comprehension(&mut self, source: &'a ast::Comprehension, span: Span, want: Option<Ty>) -> Expr {
        let want = self.wanted(want).cloned();
        let container = self.temporary(span, Ty::ERROR);
        let mut ty = Ty::ERROR;
        let filling = self.clauses(&source.clauses, &mut |checker| {
            let stmts = checker.element(&source.element, container, want.as_ref(), span);
            ty = checker.variable(container).ty;
            stmts
        });
        let (Some(filling), false) = (filling, ty == Ty::ERROR) else { return Self::erroneous(span) };
        let empty = match source.element {
            Element::Array(_) => ExprKind::Array(vec![]),
            Element::Set(_) => ExprKind::Set(vec![]),
            Element::Map(..) => ExprKind::Map(vec![]),
        };
        let mut stmts = vec![Stmt { kind: StmtKind::Let(Binding::Local(container), make(empty, ty, span)), span }];
        stmts.extend(filling);
        let value = make(ExprKind::Local(container), ty, span);
        make(ExprKind::Block(stmts, Box::new(value)), ty, span)
    }

    /// The loops and tests of the clauses around what `innermost` makes; none after a report.
    fn clauses(
        &mut self,
        clauses: &'a [Clause],
        innermost: &mut dyn FnMut(&mut Self) -> Option<Vec<Stmt>>,
    ) -> Option<Vec<Stmt>> {
        let Some((first, rest)) = clauses.split_first() else { return innermost(self) };
        match first {
            Clause::If(test) => {
                let at = test.span;
                let test = self.condition(test);
                let facts = self.facts(&test);
                let inner = self.assuming(&facts.when_true, |checker| checker.clauses(rest, innermost))?;
                let branches = vec![(Condition::Expr(test), inner)];
                Some(vec![Stmt { kind: StmtKind::If(branches, Vec::new()), span: at }])
            }
            Clause::For { target, iter } => {
                let at = iter.span;
                let source = self.iter(iter);
                self.scopes.enter();
                let element = source.as_ref().map_or(Ty::ERROR, |(_, ty)| *ty);
                let binding = self.bind(target, element, Some(at));
                self.body().loops.push(Loop::default());
                let inner = self.clauses(rest, innermost);
                self.body().loops.pop();
                self.scopes.leave();
                let (iter, _) = source?;
                Some(vec![Stmt { kind: StmtKind::For(Box::new(iter), binding, inner?, Vec::new()), span: at }])
            }
        }
    }

    /// Adds one element to the container, whose type this decides.
    fn element(&mut self, element: &'a Element, to: LocalId, want: Option<&TyKind>, span: Span) -> Option<Vec<Stmt>> {
        match element {
            Element::Array(value) => {
                let wanted = match want {
                    Some(TyKind::Array(element)) => Some(*element),
                    _ => None,
                };
                let at = value.span;
                let (value, element) = self.container_value(value, wanted, Why::Element(None))?;
                let ty = self.types.array(element);
                self.body().variables[to.index()].ty = ty;
                let array = make(ExprKind::Local(to), ty, span);
                let args = [Arg { param: 0, value: array }, Arg { param: 1, value }].into();
                let kind = ExprKind::CallBuiltin { builtin: Builtin::ArrayPush, args, type_args: [element].into() };
                Some(vec![Stmt { kind: StmtKind::Expr(make(kind, Ty::VOID, at)), span: at }])
            }
            Element::Set(value) => {
                let wanted = match want {
                    Some(TyKind::Set(element)) => Some(*element),
                    _ => None,
                };
                let at = value.span;
                let (value, element) = self.key_value(value, wanted)?;
                let ty = self.types.set(element);
                let present = make(ExprKind::Bool(true), Ty::BOOL, at);
                Some(vec![self.enter(to, ty, value, present, span)])
            }
            Element::Map(key, value) => {
                let (key_want, value_want) = match want {
                    Some(TyKind::Map(key, value)) => (Some(*key), Some(*value)),
                    _ => (None, None),
                };
                let (key, key_ty) = self.key_value(key, key_want)?;
                let (value, value_ty) = self.container_value(value, value_want, Why::MapValue)?;
                let ty = self.types.map(key_ty, value_ty);
                // The key is evaluated first, while an assignment evaluates its value first.
                let (at, local) = (key.span, self.temporary(key.span, key_ty));
                let keep = Stmt { kind: StmtKind::Let(Binding::Local(local), key), span: at };
                let key = make(ExprKind::Local(local), key_ty, at);
                Some(vec![keep, self.enter(to, ty, key, value, span)])
            }
        }
    }

    /// The value and the type under which the container stores it.
    fn container_value(&mut self, value: &'a ast::Expr, wanted: Option<Ty>, why: Why) -> Option<(Expr, Ty)> {
        if let Some(wanted) = wanted.filter(|&ty| !matches!(self.kind(ty), TyKind::Var(_))) {
            let value_ty = self.widened(wanted);
            let value = self.expr_as(value, value_ty, why);
            return (value.ty != Ty::ERROR).then_some((value, wanted));
        }
        let value = self.expr(value, None);
        match value.ty {
            Ty::ERROR => None,
            Ty::NULL => {
                self.report(Error::NullAlone { at: value.span });
                None
            }
            ty => Some((value, ty)),
        }
    }

    /// `container[key] = value`, where a set's value is that the key is there.
    fn enter(&mut self, to: LocalId, ty: Ty, key: Expr, value: Expr, span: Span) -> Stmt {
        self.body().variables[to.index()].ty = ty;
        let at = key.span;
        let container = make(ExprKind::Local(to), ty, span);
        let kind = PlaceKind::Index(Box::new(container), Box::new(key));
        let place = Place { kind, ty: value.ty, span: at };
        Stmt { kind: StmtKind::Assign(place, value), span: at }
    }

    fn key_value(&mut self, value: &'a ast::Expr, wanted: Option<Ty>) -> Option<(Expr, Ty)> {
        let (value, ty) = self.container_value(value, wanted, Why::Key)?;
        if self.is_hashable(ty) {
            return Some((value, ty));
        }
        self.report(Error::NotHashable { at: value.span, ty });
        None
    }
}
