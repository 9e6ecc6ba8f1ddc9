//! The nursery: where objects are born, one after the other.
//!
//! Its size follows what survives: it grows while a noticeable share does, so that more objects have time
//! to die, and shrinks when so much does that copying it stops the program for too long. Only bytes are
//! counted, no clock is read: a program's collections do not depend on the machine's load.

use super::config::OutOfMemory;
use super::memory::Memory;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};

/// Smallest size, in bytes, of a nursery that adapts.
const MIN_BYTES: usize = 256 << 10;
/// Largest size of a nursery that adapts: copying all of it, should it survive, takes some 10 ms.
const MAX_BYTES: usize = 4 << 20;
/// The nursery never takes more than one part in so many of the heap's limit.
const LIMIT_SHARE: usize = 8;
/// When more bytes than these survive, the nursery shrinks: copying them takes some 4 ms.
const MANY_BYTES: usize = 3 << 19;
/// When more than one part in so many survives, the nursery grows.
const SURVIVING_SHARE: usize = 16;
/// Collections between two changes of the size.
const SETTLE: u32 = 4;

/// A region for new objects.
pub(super) struct Nursery {
    /// First byte.
    pub(super) base: u64,
    /// Its size.
    pub(super) bytes: usize,
    /// End of what may be used: everything in there can be evacuated.
    pub(super) end: u64,
    max_bytes: usize,
    since_change: u32,
}

impl Nursery {
    /// A nursery of about `bytes`.
    pub(super) fn new(bytes: usize, limit: usize, memory: &mut Memory) -> Result<Nursery, OutOfMemory> {
        let most = (limit / LIMIT_SHARE).clamp(2 * MAX_SMALL_BYTES, MAX_BYTES.max(bytes));
        let bytes = bytes.clamp(2 * MAX_SMALL_BYTES, most).next_multiple_of(WORD);
        let base = memory.request_zeroed(bytes, WORD)?;
        Ok(Nursery { base, bytes, end: base, max_bytes: most, since_change: 0 })
    }

    /// Objects with references that a nursery of `bytes` holds at most.
    pub(super) const fn grey_entries(bytes: usize) -> usize {
        bytes / (2 * WORD)
    }

    /// Whether a reference is to a nursery object.
    #[inline(always)]
    pub(super) fn holds(&self, address: u64) -> bool {
        address.wrapping_sub(self.base) < self.bytes as u64
    }

    /// The size it should have after a collection that copied `survived` bytes out of `used`.
    pub(super) fn wanted(&mut self, used: usize, survived: usize) -> usize {
        self.since_change += 1;
        if self.since_change < SETTLE || used < self.bytes / 2 {
            return self.bytes;
        }
        if survived > MANY_BYTES && self.bytes / 2 >= MIN_BYTES {
            self.bytes / 2
        } else if survived <= MANY_BYTES && survived > used / SURVIVING_SHARE && self.bytes * 2 <= self.max_bytes {
            self.bytes * 2
        } else {
            self.bytes
        }
    }

    /// Changes the size of the empty nursery, if there is memory for it.
    pub(super) fn resize(&mut self, bytes: usize, memory: &mut Memory) {
        self.since_change = 0;
        if let Ok(base) = memory.request_zeroed(bytes, WORD) {
            memory.release(self.base, self.bytes, WORD);
            (self.base, self.bytes, self.end) = (base, bytes, base);
        }
    }

    /// Gives the memory back.
    pub(super) fn release(&mut self, memory: &mut Memory) {
        memory.release(self.base, self.bytes, WORD);
    }
}
