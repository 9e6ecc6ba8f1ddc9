//! What a heap may be asked to be.

/// Settings of a heap; they never change during its life.
#[derive(Clone, Debug)]
pub struct HeapConfig {
    /// Most bytes the heap may take: blocks, large objects, nursery and reserve.
    pub limit_bytes: usize,
    /// Size of the nursery at the start, in bytes; it adapts from there.
    pub nursery_bytes: usize,
    /// Collects far too often, to find stale references.
    pub stress: Option<Stress>,
    /// Checks the whole heap before and after every collection.
    pub verify: bool,
    /// Fills freed memory with [`POISON`](HeapConfig::POISON).
    pub poison: bool,
    /// Begins to mark as soon as marking ended, and marks as little as possible at a time.
    pub eager_marking: bool,
    /// The request for memory (counted from 1) that fails, as do all after it.
    pub fail_request: Option<u64>,
}

impl HeapConfig {
    /// The byte that freed memory is filled with.
    pub const POISON: u8 = 0xDB;
    /// Limit of a heap for which none was set, in bytes.
    pub const DEFAULT_LIMIT_BYTES: usize = 16 << 30;
    /// First size of a nursery for which none was set, in bytes.
    pub const DEFAULT_NURSERY_BYTES: usize = 1 << 20;
}

impl Default for HeapConfig {
    fn default() -> HeapConfig {
        HeapConfig {
            limit_bytes: HeapConfig::DEFAULT_LIMIT_BYTES,
            nursery_bytes: HeapConfig::DEFAULT_NURSERY_BYTES,
            stress: None,
            verify: false,
            poison: false,
            eager_marking: false,
            fail_request: None,
        }
    }
}

/// When a heap under test collects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stress {
    /// At every allocation.
    Alloc,
    /// At every safepoint.
    Safepoint,
    /// Whenever a few objects have been made, now more, now fewer.
    Sometimes,
}

/// The kinds of collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Collection {
    /// Young objects only.
    Minor,
    /// All objects.
    Full,
    /// All objects; every small one moves.
    Compacting,
}

/// The limit is reached, or the system gives no more memory. The heap stays usable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory;
