//! Narrowing: what a test has proven about variables of optional and of class type.
//!
//! Only variables of the current function that no function inside it assigns are narrowed: nothing
//! else can change them between the test and the use.

use crate::checker::Checker;
use crate::hir::{Convert, Expr, ExprKind, LocalId, RecordId};
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
            ExprKind::IsClass(value, record, is_it) => {
                let mut facts = Facts::default();
                if let Some(fact) = self.class_fact(value, *record) {
                    let side = if *is_it { &mut facts.when_true } else { &mut facts.when_false };
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

    fn class_fact(&self, value: &Expr, record: RecordId) -> Option<(LocalId, Ty)> {
        let id = variable_of(value)?;
        let ty = self.types.find(&TyKind::Record(record))?;
        self.is_steady(id).then_some((id, ty))
    }

    fn not_null_fact(&self, value: &Expr) -> Option<(LocalId, Ty)> {
        let id = variable_of(value)?;
        let variable = self.variable(id);
        match self.types.kind(variable.ty) {
            TyKind::Optional(inner) if self.is_steady(id) => Some((id, *inner)),
            _ => None,
        }
    }

    /// Whether only the text of the current function can change the variable: what a test has proven then holds
    /// until the next assignment.
    fn is_steady(&self, id: LocalId) -> bool {
        let body = self.current();
        let is_alias = body.captures.iter().any(|(_, alias)| *alias == id);
        !is_alias && !body.assigned_inside.contains(&self.variable(id).name)
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

    /// A variable was assigned a value: what was proven before no longer holds.
    pub fn narrow_assigned(&mut self, id: LocalId, value: &Expr) {
        let variable = self.variable(id);
        let (declared, narrowed) = (variable.ty, variable.narrowed);
        let inner = match self.types.kind(declared) {
            TyKind::Optional(inner) => *inner,
            _ if narrowed == declared => return,
            _ => declared,
        };
        let not_null = matches!(value.kind, ExprKind::Convert(Convert::ToOptional, _)) && self.is_steady(id);
        let ty = if not_null { inner } else { declared };
        let body = self.body();
        body.narrowings.push((id, Ty::ERROR));
        body.variables[id.index()].narrowed = ty;
    }
}

/// The variable that the expression reads, as whatever narrowing has proven of it.
fn variable_of(value: &Expr) -> Option<LocalId> {
    match &value.kind {
        ExprKind::Local(id) => Some(*id),
        ExprKind::Convert(Convert::FromOptional | Convert::ToOptional | Convert::Narrowed | Convert::Upcast, inner) => {
            variable_of(inner)
        }
        _ => None,
    }
}
