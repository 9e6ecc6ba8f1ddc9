//! Narrowing: what a test has proven about optional variables.
//!
//! Only variables of the current function that no closure captures are narrowed: nothing else can
//! change them between the test and the use.

use crate::checker::Checker;
use crate::hir::{Convert, Expr, ExprKind, LocalId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::LogicalOp;

/// What holds for variables when a condition is true or false.
#[derive(Default, Debug)]
pub(crate) struct Facts {
    pub when_true: Vec<(LocalId, Ty)>,
    pub when_false: Vec<(LocalId, Ty)>,
}

impl Facts {
    fn swapped(self) -> Self {
        Self { when_true: self.when_false, when_false: self.when_true }
    }
}

impl Checker<'_> {
    /// What the condition proves.
    pub fn facts(&self, condition: &Expr) -> Facts {
        if !self.current().has_optionals {
            return Facts::default();
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || self.facts_of(condition))
    }

    fn facts_of(&self, condition: &Expr) -> Facts {
        match &condition.kind {
            ExprKind::IsNull(value, is_null) => {
                let mut facts = Facts::default();
                if let Some(fact) = self.not_null_fact(value) {
                    let side = if *is_null { &mut facts.when_false } else { &mut facts.when_true };
                    side.push(fact);
                }
                facts
            }
            ExprKind::Not(inner) => self.facts(inner).swapped(),
            ExprKind::Logical(LogicalOp::And, a, b) => {
                let (mut a, b) = (self.facts(a), self.facts(b));
                a.when_true.extend(b.when_true);
                Facts { when_true: a.when_true, when_false: Vec::new() }
            }
            ExprKind::Logical(LogicalOp::Or, a, b) => {
                let (mut a, b) = (self.facts(a), self.facts(b));
                a.when_false.extend(b.when_false);
                Facts { when_true: Vec::new(), when_false: a.when_false }
            }
            _ => Facts::default(),
        }
    }

    fn not_null_fact(&self, value: &Expr) -> Option<(LocalId, Ty)> {
        let ExprKind::Local(id) = value.kind else { return None };
        let variable = self.variable(id);
        match self.types.kind(variable.ty) {
            TyKind::Optional(inner) if !variable.captured => Some((id, *inner)),
            _ => None,
        }
    }

    /// Runs `check` where the facts hold.
    pub fn assuming<T>(&mut self, facts: &[(LocalId, Ty)], check: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.narrow_mark();
        self.narrow(facts);
        let result = check(self);
        self.narrow_undo(mark);
        result
    }

    /// Where the log of narrowings stands.
    pub fn narrow_mark(&self) -> usize {
        self.current().narrowings.len()
    }

    /// Narrows variables until the log is undone.
    pub fn narrow(&mut self, facts: &[(LocalId, Ty)]) {
        let body = self.body();
        for &(id, ty) in facts {
            let variable = &mut body.variables[id.index()];
            body.narrowings.push((id, variable.narrowed));
            variable.narrowed = ty;
        }
    }

    /// Takes back what was proven since the mark; what was assigned since keeps its declared type.
    pub fn narrow_undo(&mut self, mark: usize) {
        let body = self.body();
        if body.narrowings.len() == mark {
            return;
        }
        let undone: Vec<(LocalId, Ty)> = body.narrowings.drain(mark..).rev().collect();
        for &(id, old) in &undone {
            let variable = &mut body.variables[id.index()];
            variable.narrowed = old;
        }
        for (id, old) in undone {
            if old == Ty::ERROR {
                let ty = body.variables[id.index()].ty;
                body.variables[id.index()].narrowed = ty;
                // Passed on: the variable was assigned within every enclosing block, too.
                body.narrowings.push((id, Ty::ERROR));
            }
        }
    }

    /// A variable was assigned a value of type `ty`: what was proven before no longer holds.
    pub fn narrow_assigned(&mut self, id: LocalId, value: &Expr) {
        let variable = self.variable(id);
        if !matches!(self.types.kind(variable.ty), TyKind::Optional(_)) {
            return;
        }
        let not_null = matches!(value.kind, ExprKind::Convert(Convert::ToOptional, _)) && !variable.captured;
        let inner = match self.types.kind(variable.ty) {
            TyKind::Optional(inner) => *inner,
            _ => return,
        };
        let ty = if not_null { inner } else { variable.ty };
        let body = self.body();
        body.narrowings.push((id, Ty::ERROR));
        body.variables[id.index()].narrowed = ty;
    }
}
