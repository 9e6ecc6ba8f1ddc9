//! The nursery: where objects are born, one after the other.
//!
//! Its size follows the time that collections take: it grows while they take a large share of the
//! running time, and shrinks when one stops the program for too long.

use super::config::OutOfMemory;
use super::memory::Memory;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};
use std::time::{Duration, Instant};

/// Smallest size, in bytes, of a nursery that adapts.
const MIN_BYTES: usize = 256 << 10;
/// Largest size of a nursery that adapts.
const MAX_BYTES: usize = 16 << 20;
/// The nursery never takes more than one part in so many of the heap's limit.
const LIMIT_SHARE: usize = 8;
/// A pause longer than this shrinks the nursery.
const LONG_PAUSE: Duration = Duration::from_millis(8);
/// A pause shorter than this lets the nursery grow.
const SHORT_PAUSE: Duration = Duration::from_millis(3);
/// The nursery grows when collections take more than one part in so many of the time.
const TIME_SHARE: u32 = 12;
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
    last_end: Instant,
}

impl Nursery {
    /// A nursery of about `bytes`.
    pub(super) fn new(bytes: usize, limit: usize, memory: &mut Memory) -> Result<Nursery, OutOfMemory> {
        let most = (limit / LIMIT_SHARE).clamp(2 * MAX_SMALL_BYTES, MAX_BYTES.max(bytes));
        let bytes = bytes.clamp(2 * MAX_SMALL_BYTES, most).next_multiple_of(WORD);
        let base = memory.request_zeroed(bytes, WORD)?;
        Ok(Nursery { base, bytes, end: base, max_bytes: most, since_change: 0, last_end: Instant::now() })
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

    /// The size it should have after a pause that began at `start`.
    pub(super) fn wanted(&mut self, start: Instant) -> usize {
        let pause = start.elapsed();
        let running = start.saturating_duration_since(self.last_end);
        self.last_end = start + pause;
        self.since_change += 1;
        if self.since_change < SETTLE {
            return self.bytes;
        }
        if pause > LONG_PAUSE && self.bytes / 2 >= MIN_BYTES {
            self.bytes / 2
        } else if pause < SHORT_PAUSE && pause * TIME_SHARE > running && self.bytes * 2 <= self.max_bytes {
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
