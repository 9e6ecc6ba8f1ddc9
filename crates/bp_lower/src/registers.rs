//! Virtual registers of one function.
//!
//! Invariants: a register keeps its kind for the whole function; [`Registers::take`] hands out the
//! lowest free one of a kind; argument windows lie above every register in use, because a call
//! leaves everything from its window on undefined.

use bp_isa::{Kind, Reg};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The most registers a function can have, its pooled constants not counted.
pub(crate) const MAX_REGISTERS: usize = crate::constants::FIRST_POOL_REGISTER as usize;

/// Which registers exist and which are in use.
#[derive(Default)]
pub(crate) struct Registers {
    kinds: Vec<Kind>,
    in_use: Vec<bool>,
    /// Candidates per kind, lowest first; entries may be stale, `in_use` decides.
    free: [BinaryHeap<Reverse<u16>>; 3],
    /// One past the highest register in use.
    top: usize,
    /// Set when a function asked for more than there are; its code is then discarded.
    pub(crate) exhausted: bool,
}

impl Registers {
    /// Kinds of all registers made so far.
    pub(crate) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind of a register.
    pub(crate) fn kind(&self, reg: Reg) -> Kind {
        self.kinds[reg.index()]
    }

    /// A free register of the kind.
    pub(crate) fn take(&mut self, kind: Kind) -> Reg {
        while let Some(Reverse(index)) = self.free[kind as usize].pop() {
            if !self.in_use[usize::from(index)] {
                self.mark(usize::from(index));
                return Reg(index);
            }
        }
        let index = self.make(kind);
        self.mark(index);
        Reg(index as u16)
    }

    /// Consecutive free registers of the kinds above everything in use; returns the first.
    pub(crate) fn take_window(&mut self, kinds: &[Kind]) -> Reg {
        let fits = |base: usize| {
            kinds.iter().enumerate().all(|(i, kind)| self.kinds.get(base + i).is_none_or(|have| have == kind))
        };
        let base = (self.top..).find(|&base| fits(base)).expect("beyond the last register everything fits");
        for (i, &kind) in kinds.iter().enumerate() {
            if base + i == self.kinds.len() {
                self.make(kind);
            }
            if base + i < self.kinds.len() {
                self.mark(base + i);
            }
        }
        Reg(base.min(MAX_REGISTERS - 1) as u16)
    }

    /// Gives back a register.
    pub(crate) fn release(&mut self, reg: Reg) {
        let index = reg.index();
        if !std::mem::replace(&mut self.in_use[index], false) {
            return;
        }
        self.free[self.kinds[index] as usize].push(Reverse(reg.0));
        while self.top > 0 && !self.in_use[self.top - 1] {
            self.top -= 1;
        }
    }

    /// Gives back a window.
    pub(crate) fn release_window(&mut self, base: Reg, count: usize) {
        for i in (0..count).rev() {
            if base.index() + i < self.in_use.len() {
                self.release(Reg(base.0 + i as u16));
            }
        }
    }

    fn make(&mut self, kind: Kind) -> usize {
        if self.kinds.len() >= MAX_REGISTERS {
            self.exhausted = true;
            return self.kinds.iter().position(|k| *k == kind).unwrap_or(0);
        }
        self.kinds.push(kind);
        self.in_use.push(false);
        self.kinds.len() - 1
    }

    fn mark(&mut self, index: usize) {
        self.in_use[index] = true;
        self.top = self.top.max(index + 1);
    }
}
