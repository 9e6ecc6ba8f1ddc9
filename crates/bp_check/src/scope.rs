//! Local names: which variable a name means at this point of the text.
//!
//! One slot per interned name holds the innermost declaration; leaving a block restores what it
//! hid. Lookup and declaration are one table access each.

use crate::hir::LocalId;
use bp_syntax::name::Name;

/// Where a local name leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// The variable, of the function `function`.
    pub local: LocalId,
    /// How many functions enclose the one it belongs to.
    pub function: u32,
    /// How many blocks enclose its own.
    block: u32,
}

/// The local names in scope.
#[derive(Default, Debug)]
pub struct Scopes {
    slots: Vec<Option<Found>>,
    hidden: Vec<(Name, Option<Found>)>,
    blocks: Vec<usize>,
}

impl Scopes {
    /// Opens a block.
    pub fn enter(&mut self) {
        self.blocks.push(self.hidden.len());
    }

    /// Closes the innermost block: its names end.
    pub fn leave(&mut self) {
        let start = self.blocks.pop().expect("every block that is left was entered");
        for (name, slot) in self.hidden.drain(start..).rev() {
            self.slots[name.index()] = slot;
        }
    }

    /// What `name` means here.
    pub fn get(&self, name: Name) -> Option<Found> {
        self.slots.get(name.index()).copied().flatten()
    }

    /// What `name` means if it was declared in this very block.
    pub fn in_block(&self, name: Name) -> Option<LocalId> {
        let block = self.depth();
        self.get(name).filter(|found| found.block == block).map(|found| found.local)
    }

    /// Declares `name` in the innermost block.
    pub fn declare(&mut self, name: Name, local: LocalId, function: u32) {
        if self.slots.len() <= name.index() {
            self.slots.resize(name.index() + 1, None);
        }
        let found = Found { local, function, block: self.depth() };
        let old = self.slots[name.index()].replace(found);
        self.hidden.push((name, old));
    }

    /// Names of every variable in scope, for suggestions; a hidden one may occur too.
    pub fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.hidden.iter().map(|(name, _)| *name)
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.blocks.len()).expect("nesting is bounded by the parser")
    }
}
