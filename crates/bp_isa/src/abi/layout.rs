//! Positions of words in objects, counted from 0 at the first payload word.

/// Bytes of a word.
pub const WORD: usize = 8;
/// Bytes from a reference to the first payload word.
pub const PAYLOAD: usize = 8;
/// Objects of more payload bytes than this are large: they have their own allocation.
pub const MAX_SMALL_BYTES: usize = 8 << 10;

/// Byte offset of a payload word from the reference.
pub const fn offset(word: usize) -> usize {
    PAYLOAD + WORD * word
}

/// Every string, inline or view.
pub mod string {
    /// Number of bytes.
    pub const LEN: usize = 0;
    /// Hash of the content, 0 if not computed yet.
    pub const HASH: usize = 1;
    /// First word of the bytes of an inline string.
    pub const BYTES: usize = 2;
    /// Of a view: reference to the append buffer.
    pub const BUFFER: usize = 2;
    /// Of a view: where it starts in the buffer's bytes.
    pub const OFFSET: usize = 3;
    /// Payload words of a view.
    pub const VIEW_WORDS: usize = 4;
}

/// An append buffer, shared by views.
pub mod buffer {
    /// Bytes in use: only whoever ends here may append in place.
    pub const USED: usize = 0;
    /// First word of the bytes.
    pub const BYTES: usize = 1;
}

/// An array object.
pub mod array {
    /// Reference to its storage; never null.
    pub const STORAGE: usize = 0;
    /// Payload words.
    pub const WORDS: usize = 1;
}

/// The storage of an array.
pub mod storage {
    /// Number of elements; the capacity follows from the object's size. Reference elements
    /// beyond it are null.
    pub const LEN: usize = 0;
    /// First word of the elements.
    pub const ELEMENTS: usize = 1;
}

/// A map or set object.
pub mod map {
    /// Reference to the index table (`MapIndex`), null while the map has few entries.
    pub const INDEX: usize = 0;
    /// Reference to the entry storage; null while the map is empty.
    pub const ENTRIES: usize = 1;
    /// Number of live keys.
    pub const LIVE: usize = 2;
    /// Changes whenever a key is added or removed.
    pub const CHANGES: usize = 3;
    /// Payload words.
    pub const WORDS: usize = 4;
}

/// The entries of a map in insertion order, removed ones included.
pub mod entries {
    /// Entries in use, removed ones included.
    pub const USED: usize = 0;
    /// First word of the first entry.
    pub const FIRST: usize = 1;
    /// Words of an entry: hash, key, value.
    pub const STRIDE: usize = 3;
    /// Hash word of a removed entry; its key and value are 0. No key has this hash.
    pub const REMOVED: u64 = 0;
}

/// A closure.
pub mod closure {
    /// Function number.
    pub const FUNCTION: usize = 0;
    /// Always 0.
    pub const UNUSED: usize = 1;
    /// First captured cell; all are references.
    pub const CAPTURED: usize = 2;
}

/// The trace of an error: an object of type `WordStorage`.
pub mod trace {
    /// Number of frames stored.
    pub const LEN: usize = 0;
    /// First frame, innermost first: function number in the high half, word position of the
    /// instruction in the low half; or one of the following in the high half and a count in the low.
    pub const FRAMES: usize = 1;
    /// High half of a row whose low half counts frames left out.
    pub const OMITTED: u32 = u32::MAX;
    /// High half of a row whose low half counts how many more times the call before was active.
    pub const REPEATED: u32 = u32::MAX - 1;
}
