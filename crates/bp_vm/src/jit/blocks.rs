//! The compiled functions by address.
//!
//! Invariant: sorted, and ranges of code do not overlap: a return address finds its code by bisection.

use super::Block;
use std::collections::TryReserveError;
use std::ops::Index;

/// Compiled functions by the address of their code.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    rows: Vec<(u64, Block)>,
}

impl Blocks {
    /// Makes room for one more.
    pub(super) fn reserve(&mut self) -> Result<(), TryReserveError> {
        self.rows.try_reserve(1)
    }

    /// Adds code at an address that has none.
    pub(super) fn insert(&mut self, address: u64, block: Block) {
        let at = self.rows.partition_point(|(start, _)| *start < address);
        self.rows.insert(at, (address, block));
    }

    /// Takes out the code at an address.
    pub(super) fn remove(&mut self, address: u64) -> Option<Block> {
        let at = self.position(address)?;
        Some(self.rows.remove(at).1)
    }

    /// The code at an address.
    pub(super) fn get(&self, address: u64) -> Option<&Block> {
        self.position(address).map(|at| &self.rows[at].1)
    }

    /// The code that begins before a return address, nearest to it.
    pub(super) fn before(&self, pc: u64) -> Option<(u64, &Block)> {
        let after = self.rows.partition_point(|(start, _)| *start < pc);
        let (start, block) = &self.rows[after.checked_sub(1)?];
        Some((*start, block))
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Block)> {
        self.rows.iter().map(|(address, block)| (*address, block))
    }

    fn position(&self, address: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&address, |(start, _)| *start).ok()
    }
}

impl Index<&u64> for Blocks {
    type Output = Block;

    fn index(&self, address: &u64) -> &Block {
        self.get(*address).expect("code at this address")
    }
}
