//! The border to whatever holds references from outside the heap.

use super::Heap;

/// Everything that refers into a heap from outside.
pub trait Roots {
    /// Shows every slot that may hold a reference, each exactly once.
    fn visit(&mut self, visitor: &mut Visitor<'_>);
}

/// Nothing.
impl Roots for () {
    fn visit(&mut self, _: &mut Visitor<'_>) {}
}

/// What a collection does with the slots it is shown.
pub struct Visitor<'a> {
    pub(super) heap: &'a mut Heap,
}

impl Visitor<'_> {
    /// Visits a slot; a null stays, any other reference may be rewritten.
    #[inline]
    pub fn slot(&mut self, slot: &mut u64) {
        self.heap.visit_root(slot);
    }

    /// Visits slots that lie side by side.
    #[inline]
    pub fn slots(&mut self, slots: &mut [u64]) {
        for slot in slots {
            self.slot(slot);
        }
    }
}
