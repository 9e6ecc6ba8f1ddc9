//! The one-word header in front of every object.
//!
//! ```text
//! 63 … 32        31 … 12    11 10   9 8    7 … 5    4           3      2        1     0
//! payload words  type       unused  kind   unused   young-large large  barrier  mark  tag
//! ```
//!
//! The tag is set in every header; a word without it is the address that the object has moved to.
//! A reference is the address of the header; the payload follows it.

use crate::types::TypeId;

/// Which payload words of an object are references.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
pub enum RefKind {
    /// None.
    None = 0,
    /// Those that the type's reference map names.
    Mapped = 1,
    /// All but the first word, which is a length or a number.
    AllButFirst = 2,
    /// After a first word, records of (hash, key, value): which of key and value, says the type.
    Entries = 3,
}

/// A header word.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Header(pub u64);

impl Header {
    /// Set in every header, clear in a forwarding address.
    pub const TAG: u64 = 1 << 0;
    /// Large, and marked in the current cycle; marks of other objects are in bitmaps. Always set in constants.
    pub const MARK: u64 = 1 << 1;
    /// Old and not in the remembered set: a store of a reference must be checked.
    pub const BARRIER: u64 = 1 << 2;
    /// Has an allocation of its own and never moves.
    pub const LARGE: u64 = 1 << 3;
    /// Large, and made since the last collection.
    pub const YOUNG_LARGE: u64 = 1 << 4;
    /// Position of the [`RefKind`].
    pub const KIND_SHIFT: u32 = 8;
    /// Position of the type number.
    pub const TYPE_SHIFT: u32 = 12;
    /// Number of type numbers.
    pub const TYPE_LIMIT: u32 = 1 << 20;
    /// Position of the payload's size in words.
    pub const SIZE_SHIFT: u32 = 32;

    /// The header of a new object outside the old generation.
    #[inline(always)]
    pub const fn new(ty: TypeId, kind: RefKind, payload_words: usize) -> Header {
        debug_assert!(ty < Self::TYPE_LIMIT && payload_words <= u32::MAX as usize);
        Header(
            Self::TAG
                | (kind as u64) << Self::KIND_SHIFT
                | (ty as u64) << Self::TYPE_SHIFT
                | (payload_words as u64) << Self::SIZE_SHIFT,
        )
    }

    /// The type number.
    #[inline(always)]
    pub const fn ty(self) -> TypeId {
        (self.0 >> Self::TYPE_SHIFT) as u32 & (Self::TYPE_LIMIT - 1)
    }

    /// Words behind the header.
    #[inline(always)]
    pub const fn payload_words(self) -> usize {
        (self.0 >> Self::SIZE_SHIFT) as usize
    }

    /// Which words are references.
    #[inline(always)]
    pub const fn kind(self) -> RefKind {
        match self.0 >> Self::KIND_SHIFT & 3 {
            0 => RefKind::None,
            1 => RefKind::Mapped,
            2 => RefKind::AllButFirst,
            _ => RefKind::Entries,
        }
    }

    /// Whether all of the bits are set.
    #[inline(always)]
    pub const fn has(self, bits: u64) -> bool {
        self.0 & bits == bits
    }
}
