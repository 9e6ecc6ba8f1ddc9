//! Narrowing: what a test or an assignment has proven about variables of optional and of class type.
//!
//! Proven is something only of variables that nothing but the text at hand can change between the proof and the use:
//! locals that no function inside the current one assigns, captured variables that nothing assigns, globals at their
//! module's top level that no function of the module assigns, and globals anywhere that nothing assigns. Who assigns
//! is told by names alone.

use crate::checker::Checker;
use crate::hir::{Convert, Expr, ExprKind, GlobalId, LocalId, ModuleId, RecordId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Item, ItemKind, LogicalOp};
use bp_syntax::mentions::{self, Mention};
use bp_syntax::name::Name;
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// A variable that narrowing keeps track of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Tracked {
    /// One of the current function.
    Local(LocalId),
    Global(GlobalId),
}

/// A variable and what its value is proven to be.
pub(crate) type Fact = (Tracked, Ty);

/// What holds for variables when a condition is true or false.
#[derive(Default, Debug)]
pub(crate) struct Facts {
    pub when_true: Vec<Fact>,
    pub when_false: Vec<Fact>,
}

impl Facts {
    fn swapped(self) -> Self {
        Self { when_true: self.when_false, when_false: self.when_true }
    }
}

/// Names that a text assigns; `let` is no assignment.
#[derive(Default, Debug)]
pub(crate) struct Assigned {
    /// In functions inside it.
    pub inside: FxHashSet<Name>,
    /// Anywhere.
    pub anywhere: FxHashSet<Name>,
}

impl Assigned {
    /// By the function, functions inside it included.
    pub fn in_function(source: &ast::Function) -> Self {
        let mut assigned = Self::default();
        mentions::in_function(source, &mut |mention| assigned.add(mention));
        assigned
    }

    /// By the statements among the items.
    pub fn in_statements(items: &[Item]) -> Self {
        let is_statement = |item: &&Item| matches!(item.kind, ItemKind::Stmt(_));
        Self::in_items(items.iter().filter(is_statement))
    }

    fn in_items<'i>(items: impl IntoIterator<Item = &'i Item>) -> Self {
        let mut assigned = Self::default();
        for item in items {
            mentions::in_item(item, &mut |mention| assigned.add(mention));
        }
        assigned
    }

    fn add(&mut self, mention: Mention) {
        let Some(name) = mention.name.filter(|_| mention.assigned) else { return };
        self.anywhere.insert(name);
        if mention.depth > 0 {
            self.inside.insert(name);
        }
    }
}

/// A change of what is proven of a variable.
#[derive(Debug)]
pub(crate) struct Narrowing {
    pub variable: Tracked,
    /// What was proven before.
    old: Ty,
    /// Whether an assignment did it: then nothing that was proven before may come back.
    assigned: bool,
}

/// The ways through a statement.
pub(crate) struct Ways {
    /// Where the log stood before the statement.
    pub mark: usize,
    /// For each way that reaches the statement's end what is proven there, of what changed on it.
    ends: Vec<Vec<Fact>>,
    /// What is assigned on any way.
    assigned: Vec<Tracked>,
}

impl Checker<'_> {
    /// Notes that a variable of the type is in use: of the others nothing can be proven.
    pub fn expect_narrowing(&mut self, ty: Ty) {
        let can_be_narrowed = matches!(self.types.kind(ty), TyKind::Optional(_) | TyKind::Record(_));
        self.body().has_optionals |= can_be_narrowed;
    }

    /// The variable's type as declared or inferred.
    pub fn declared(&self, variable: Tracked) -> Ty {
        match variable {
            Tracked::Local(id) => self.variable(id).ty,
            Tracked::Global(id) => self.decls.globals[id.index()].ty.unwrap_or(Ty::ERROR),
        }
    }

    /// The type that the variable's value is proven to have at this point: the declared one or a narrower one.
    pub fn narrowed(&self, variable: Tracked) -> Ty {
        match variable {
            Tracked::Local(id) => self.variable(id).narrowed,
            Tracked::Global(id) => {
                self.current().narrowed_globals.get(&id).copied().unwrap_or_else(|| self.declared(variable))
            }
        }
    }

    fn set_narrowed(&mut self, variable: Tracked, ty: Ty) {
        match variable {
            Tracked::Local(id) => self.body().variables[id.index()].narrowed = ty,
            Tracked::Global(id) => drop(self.body().narrowed_globals.insert(id, ty)),
        }
    }

    /// What the condition proves.
    pub fn facts(&mut self, condition: &Expr) -> Facts {
        if !self.current().has_optionals {
            return Facts::default();
        }
        stacker::maybe_grow(64 << 10, 1 << 20, || self.facts_of(condition))
    }

    fn facts_of(&mut self, condition: &Expr) -> Facts {
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

    fn class_fact(&mut self, value: &Expr, record: RecordId) -> Option<Fact> {
        let variable = variable_of(value)?;
        let ty = self.types.find(&TyKind::Record(record))?;
        self.is_steady(variable).then_some((variable, ty))
    }

    fn not_null_fact(&mut self, value: &Expr) -> Option<Fact> {
        let variable = variable_of(value)?;
        let TyKind::Optional(inner) = *self.types.kind(self.declared(variable)) else { return None };
        self.is_steady(variable).then_some((variable, inner))
    }

    /// Whether only the text of the current function can change the variable: what was proven then holds until
    /// the next assignment.
    fn is_steady(&mut self, variable: Tracked) -> bool {
        match variable {
            Tracked::Local(id) => self.is_steady_local(id),
            Tracked::Global(id) => self.is_steady_global(id),
        }
    }

    fn is_steady_local(&self, id: LocalId) -> bool {
        let name = self.variable(id).name;
        let (mut level, mut id, mut is_alias) = (self.bodies.len() - 1, id, false);
        while let Some(&(outer, _)) = self.bodies[level].captures.iter().find(|(_, alias)| *alias == id) {
            // The body around has the variable, or an alias of its own.
            (level, id, is_alias) = (level - 1, outer, true);
        }
        let assigned = &self.bodies[level].assigned;
        let changing = if is_alias { &assigned.anywhere } else { &assigned.inside };
        !changing.contains(&name)
    }

    fn is_steady_global(&mut self, id: GlobalId) -> bool {
        let global = &self.decls.globals[id.index()];
        let (name, module, item) = (global.name, global.module, global.item);
        let assigned = self.assigned_in(module);
        if self.current().is_module && module == self.module() {
            return !assigned.inside.contains(&name);
        }
        // Other modules can assign what they see.
        let exported = self.items[module.index()][item as usize].export.is_some();
        !exported && !assigned.anywhere.contains(&name)
    }

    /// The names that the module's text assigns.
    fn assigned_in(&mut self, module: ModuleId) -> Rc<Assigned> {
        let items = self.items[module.index()];
        let found = self.assigned_in_modules.entry(module);
        found.or_insert_with(|| Rc::new(Assigned::in_items(items))).clone()
    }

    /// Runs `check` where the facts hold.
    pub fn assuming<T>(&mut self, facts: &[Fact], check: impl FnOnce(&mut Self) -> T) -> T {
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
    pub fn narrow(&mut self, facts: &[Fact]) {
        for &(variable, ty) in facts {
            let ty = self.narrower(variable, ty);
            self.change(variable, ty, false);
        }
    }

    /// What is proven of a variable that is proven to be a `ty`: to be of a class above its own says nothing new.
    fn narrower(&self, variable: Tracked, ty: Ty) -> Ty {
        let known = self.narrowed(variable);
        let inner = match *self.types.kind(known) {
            TyKind::Optional(inner) => inner,
            _ => known,
        };
        match (self.types.kind(inner), self.types.kind(ty)) {
            (TyKind::Record(known), TyKind::Record(tested)) if self.derives(*known, *tested) => inner,
            _ => ty,
        }
    }

    fn change(&mut self, variable: Tracked, ty: Ty, assigned: bool) {
        let old = self.narrowed(variable);
        self.body().narrowings.push(Narrowing { variable, old, assigned });
        self.set_narrowed(variable, ty);
    }

    /// Takes back what was proven since the mark; what was assigned since is of its declared type.
    pub fn narrow_undo(&mut self, mark: usize) {
        if self.narrow_mark() > mark {
            let assigned = self.narrow_restore(mark);
            self.assigned_before(&assigned);
        }
    }

    /// Makes everything as it was at the mark; answers what was assigned since.
    fn narrow_restore(&mut self, mark: usize) -> Vec<Tracked> {
        let undone: Vec<Narrowing> = self.body().narrowings.drain(mark..).rev().collect();
        let mut assigned = Vec::new();
        for narrowing in undone {
            self.set_narrowed(narrowing.variable, narrowing.old);
            if narrowing.assigned && !assigned.contains(&narrowing.variable) {
                assigned.push(narrowing.variable);
            }
        }
        assigned
    }

    /// The variables were assigned on some way to here.
    fn assigned_before(&mut self, variables: &[Tracked]) {
        for &variable in variables {
            let ty = self.declared(variable);
            self.change(variable, ty, true);
        }
    }

    /// A variable is assigned a value: what was proven before no longer holds.
    pub fn narrow_assigned(&mut self, variable: Tracked, value: &Expr) {
        let (declared, narrowed) = (self.declared(variable), self.narrowed(variable));
        let inner = match self.types.kind(declared) {
            TyKind::Optional(inner) => *inner,
            _ if narrowed == declared => return,
            _ => declared,
        };
        let not_null = matches!(value.kind, ExprKind::Convert(Convert::ToOptional, _)) && self.is_steady(variable);
        self.change(variable, if not_null { inner } else { declared }, true);
    }

    /// Before a statement with several ways through it.
    pub fn ways(&self) -> Ways {
        Ways { mark: self.narrow_mark(), ends: Vec::new(), assigned: Vec::new() }
    }

    /// One way reaches the statement's end in the present state.
    pub fn way_ends(&self, ways: &mut Ways) {
        let mut end: Vec<Fact> = Vec::new();
        for Narrowing { variable, .. } in &self.current().narrowings[ways.mark..] {
            if !end.iter().any(|(known, _)| known == variable) {
                end.push((*variable, self.narrowed(*variable)));
            }
        }
        ways.ends.push(end);
    }

    /// Goes back to the mark, from where the next way begins.
    pub fn next_way(&mut self, ways: &mut Ways, mark: usize) {
        let assigned = self.narrow_restore(mark);
        ways.assigned.extend(assigned);
    }

    /// What was assigned since the mark, by something that comes behind all ways, is proven at the end of none.
    pub fn ways_forget(&self, ways: &mut Ways, mark: usize) {
        let later = &self.current().narrowings[mark..];
        for (variable, ty) in ways.ends.iter_mut().flatten() {
            if later.iter().any(|narrowing| narrowing.variable == *variable) {
                *ty = self.declared(*variable);
            }
        }
    }

    /// Behind the statement: what all ways have proven alike holds on.
    pub fn ways_join(&mut self, mut ways: Ways) {
        let mark = ways.mark;
        self.next_way(&mut ways, mark);
        let joined: Vec<Fact> = match ways.ends.split_first() {
            Some((first, others)) => {
                let at_end = |end: &[Fact], variable| {
                    let found = end.iter().find(|(known, _)| *known == variable);
                    found.map_or_else(|| self.narrowed(variable), |(_, ty)| *ty)
                };
                let variables = ways.ends.iter().flatten().map(|(variable, _)| *variable);
                let same = |variable| others.iter().all(|end| at_end(end, variable) == at_end(first, variable));
                variables
                    .filter(|&variable| same(variable))
                    .map(|variable| (variable, at_end(first, variable)))
                    .collect()
            }
            None => Vec::new(),
        };
        self.assigned_before(&ways.assigned);
        for (variable, ty) in joined {
            if ty != self.narrowed(variable) {
                self.change(variable, ty, false);
            }
        }
    }

    /// An operand that is tested for null. A variable that is proven to have a value is taken as it was declared:
    /// a test more is no mistake.
    pub fn as_declared(&self, value: Expr) -> Expr {
        match value.kind {
            ExprKind::Convert(Convert::FromOptional, inner) if variable_of(&inner).is_some() => *inner,
            _ => value,
        }
    }
}

/// The variable that the expression reads, as whatever narrowing has proven of it.
fn variable_of(value: &Expr) -> Option<Tracked> {
    match &value.kind {
        ExprKind::Local(id) => Some(Tracked::Local(*id)),
        ExprKind::Global(id) => Some(Tracked::Global(*id)),
        ExprKind::Convert(Convert::FromOptional | Convert::ToOptional | Convert::Narrowed | Convert::Upcast, inner) => {
            variable_of(inner)
        }
        _ => None,
    }
}
