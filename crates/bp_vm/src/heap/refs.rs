//! References to heap objects.
//!
//! A reference is the address of an object's header word. It is a number, not a pointer: objects hold
//! words, and only [`memory`](super::memory) turns a word into an access.
//!
//! Absence: a [`Ref`] keeps nothing alive. Whatever may allocate or call makes it stale.

/// The address of an object's header, or [`Ref::NULL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Ref(u64);

impl Ref {
    /// No object.
    pub const NULL: Ref = Ref(0);

    /// Whether this is no object.
    #[inline(always)]
    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The word that stands for this reference in registers and objects.
    #[inline(always)]
    pub const fn word(self) -> u64 {
        self.0
    }

    /// The reference that a word stands for.
    #[inline(always)]
    pub const fn from_word(word: u64) -> Ref {
        Ref(word)
    }
}
