//! Which globals a function may read before their `let` has run.
//!
//! Top-level statements run in order. What a statement can reach are the functions that it, or one
//! before it, mentions, and what those mention: a function value comes from a mention, so that
//! calls through values are covered. A global that something reached at or before its own `let`
//! reads may be read early. Every function is visited once.

use crate::checker::Checker;
use crate::hir::{FuncId, GlobalId};

impl Checker<'_> {
    /// For each global whether it may be read early.
    pub fn early_globals(&self) -> Vec<bool> {
        let mut early = vec![false; self.decls.globals.len()];
        let mut reached = vec![false; self.decls.functions.len()];
        let mut stack: Vec<FuncId> = Vec::new();
        for (module, item, uses) in &self.item_uses {
            stack.extend(&uses.functions);
            while let Some(function) = stack.pop() {
                if std::mem::replace(&mut reached[function.index()], true) {
                    continue;
                }
                let uses = &self.uses[function.index()];
                stack.extend(&uses.functions);
                stack.extend(self.decls.overriders.get(&function).into_iter().flatten());
                for global in &uses.globals {
                    let declared = &self.decls.globals[global.index()];
                    // Reached at or before its `let`; modules that ran before are initialised.
                    early[global.index()] |= declared.module >= *module && declared.item >= *item;
                }
            }
        }
        early
    }

    /// The globals as HIR.
    pub fn finish_globals(&mut self) -> Vec<crate::hir::Global> {
        let early = self.early_globals();
        let mut globals = Vec::with_capacity(early.len());
        for (number, early) in (0..).zip(early) {
            let declared = &self.decls.globals[GlobalId(number).index()];
            let (name, span, ty) = (self.names.text(declared.name).into(), declared.span, declared.ty);
            let ty = self.vars.deep(&mut self.types, ty.unwrap_or(crate::types::Ty::ERROR));
            globals.push(crate::hir::Global { name, ty, may_be_read_early: early, span });
        }
        globals
    }
}
