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

/// What happens to the slots.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// Young objects become old.
    Evacuate,
    /// Objects are handed to the marker.
    Mark,
    /// References to objects that moved are rewritten.
    Forward,
    /// References are collected, to check them.
    Verify,
}

/// What a collection does with the slots it is shown.
pub struct Visitor<'a> {
    pub(super) heap: &'a mut Heap,
    pub(super) phase: Phase,
}

impl Visitor<'_> {
    /// Visits a slot; a null stays, any other reference may be rewritten.
    #[inline]
    pub fn slot(&mut self, slot: &mut u64) {
        self.slots(std::slice::from_mut(slot));
    }

    /// Visits slots that lie side by side.
    #[inline]
    pub fn slots(&mut self, slots: &mut [u64]) {
        match self.phase {
            Phase::Evacuate => {
                let (_, mut parts) = self.heap.evacuation::<false>();
                slots.iter_mut().for_each(|slot| parts.root(slot));
            }
            Phase::Mark => {
                slots.iter().filter(|slot| **slot != 0).for_each(|slot| self.heap.marker.push(*slot));
            }
            Phase::Forward => slots.iter_mut().for_each(|slot| *slot = super::compact::forwarded(*slot)),
            Phase::Verify => self.heap.checked_roots.extend_from_slice(slots),
        }
    }
}

impl Heap {
    /// Shows all roots to a phase.
    pub(super) fn visit(&mut self, phase: Phase, roots: &mut dyn Roots) {
        roots.visit(&mut Visitor { heap: self, phase });
    }
}
