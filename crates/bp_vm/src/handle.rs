//! Handles: how native code holds references while objects move.
//!
//! A [`Handle`] is the position of a slot that collections rewrite: on the handle stack, or of an
//! argument register of a native call that is under way. It is valid until the stack is released
//! below it or that call returns.
//!
//! Absence: no counting; whoever marks the stack releases it.

use crate::heap::{Ref, Visitor};

/// A reference held by native code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handle(u32);

/// A height of the handle stack.
#[derive(Clone, Copy, Debug)]
pub struct Mark(usize);

impl Handle {
    /// Set in handles of registers.
    const REGISTER: u32 = 1 << 31;

    /// The handle of a register that is a root while the handle is used.
    #[inline]
    pub(crate) fn of_register(index: usize) -> Handle {
        debug_assert!(index < Self::REGISTER as usize);
        Handle(index as u32 | Self::REGISTER)
    }

    /// Position of the register that this is a handle of, if it is one of a register.
    #[inline]
    pub(crate) fn register(self) -> Option<usize> {
        (self.0 & Self::REGISTER != 0).then_some((self.0 & !Self::REGISTER) as usize)
    }
}

/// The handle stack of one machine; its slots are roots.
#[derive(Default)]
pub(crate) struct Handles {
    slots: Vec<u64>,
}

impl Handles {
    /// A new slot with that reference.
    ///
    /// # Panics
    /// When there are 2^31 slots.
    #[inline]
    pub(crate) fn push(&mut self, reference: Ref) -> Handle {
        let position = self.slots.len() as u32;
        assert!(position < Handle::REGISTER, "handles that nobody releases");
        self.slots.push(reference.word());
        Handle(position)
    }

    /// What a slot of this stack refers to now.
    #[inline]
    pub(crate) fn get(&self, handle: Handle) -> Ref {
        Ref::from_word(self.slots[handle.0 as usize])
    }

    /// Makes a slot of this stack refer to something else.
    #[inline]
    pub(crate) fn set(&mut self, handle: Handle, reference: Ref) {
        self.slots[handle.0 as usize] = reference.word();
    }

    /// The height now.
    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.slots.len())
    }

    /// Gives up all slots above a height.
    #[inline]
    pub(crate) fn release(&mut self, mark: Mark) {
        self.slots.truncate(mark.0);
    }

    /// Gives up all slots.
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
    }

    /// Shows all slots to a collection.
    pub(crate) fn visit(&mut self, visitor: &mut Visitor<'_>) {
        visitor.slots(&mut self.slots);
    }
}
