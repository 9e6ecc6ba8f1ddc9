//! Class-hierarchy analysis: which methods a virtual call can reach.
//!
//! A program is complete when it is lowered, so that all subclasses are known. A call that reaches
//! one method only is a direct call.

use bp_check::hir::{FuncId, Program, RecordId};
use rustc_hash::FxHashMap;

/// The hierarchy of a program's classes, and answers given before.
pub(crate) struct Targets {
    /// Direct subclasses by class.
    subclasses: Vec<Vec<RecordId>>,
    known: FxHashMap<(RecordId, u32), Option<FuncId>>,
}

impl Targets {
    /// The hierarchy of the program.
    pub(crate) fn new(program: &Program) -> Self {
        let mut subclasses = vec![Vec::new(); program.records.len()];
        for (number, record) in (0..).zip(&program.records) {
            if let Some(base) = record.base {
                subclasses[base.index()].push(RecordId(number));
            }
        }
        Self { subclasses, known: FxHashMap::default() }
    }

    /// The one method in `slot` of `class` and all classes that derive from it.
    pub(crate) fn only(&mut self, program: &Program, class: RecordId, slot: u32) -> Option<FuncId> {
        if let Some(&known) = self.known.get(&(class, slot)) {
            return known;
        }
        let first = program.records[class.index()].vtable[slot as usize];
        let mut pending = self.subclasses[class.index()].clone();
        let mut only = Some(first);
        while let (Some(class), Some(target)) = (pending.pop(), only) {
            only = only.filter(|_| program.records[class.index()].vtable[slot as usize] == target);
            pending.extend(&self.subclasses[class.index()]);
        }
        self.known.insert((class, slot), only);
        only
    }
}
