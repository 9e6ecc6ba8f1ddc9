//! The sizes of cells that small objects live in.
//!
//! Sizes count words, header included. They are exact up to 16 words; from there, eight steps per
//! doubling waste less than an eighth.

use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};

/// Most words of a small object, header included.
pub(super) const MAX_WORDS: usize = MAX_SMALL_BYTES / WORD + 1;
/// Sizes up to this one are exact.
const EXACT: usize = 16;
/// Sizes per doubling above.
const STEPS: usize = 8;
/// Number of size classes.
pub(super) const CLASSES: usize = count();

/// Words of a class's cells.
pub(super) const CELL_WORDS: [u16; CLASSES] = {
    let mut sizes = [0; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        sizes[class] = cell_words(class) as u16;
        class += 1;
    }
    sizes
};

/// The class of an object by its words; element 0 is unused.
pub(super) static CLASS_OF: [u8; MAX_WORDS + 1] = {
    let mut of = [0; MAX_WORDS + 1];
    let (mut words, mut class) = (1, 0);
    while words <= MAX_WORDS {
        if words > cell_words(class) {
            class += 1;
        }
        of[words] = class as u8;
        words += 1;
    }
    of
};

const fn cell_words(class: usize) -> usize {
    if class < EXACT {
        return class + 1;
    }
    let (doubling, step) = ((class - EXACT) / STEPS, (class - EXACT) % STEPS + 1);
    (EXACT << doubling) + step * ((EXACT / STEPS) << doubling)
}

const fn count() -> usize {
    let mut class = 0;
    while cell_words(class) < MAX_WORDS {
        class += 1;
    }
    class + 1
}
