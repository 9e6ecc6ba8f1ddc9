//! Constants: objects that never move and are never freed.
//!
//! Their headers look like those of large objects that are marked in every cycle, so that no collection
//! touches them; the large objects' table does not know them.

use super::config::OutOfMemory;
use super::memory::{self, Memory};
use bp_isa::abi::Header;
use bp_isa::abi::layout::{PAYLOAD, WORD};

/// Bytes that constants are taken from at a time.
const REGION_BYTES: usize = 16 << 10;

/// All constants of a heap.
pub(super) struct Immortals {
    /// Outside the limit, and spared by fault injection.
    memory: Memory,
    regions: Vec<(u64, usize)>,
    next: u64,
    end: u64,
}

impl Immortals {
    /// None.
    pub(super) fn new() -> Immortals {
        Immortals { memory: Memory::new(usize::MAX, None), regions: Vec::new(), next: 0, end: 0 }
    }

    /// A new object, zeroed.
    pub(super) fn alloc(&mut self, header: Header) -> Result<u64, OutOfMemory> {
        let bytes = PAYLOAD + header.payload_words() * WORD;
        if self.next + bytes as u64 > self.end {
            let region = bytes.max(REGION_BYTES);
            let start = self.memory.request_zeroed(region, WORD)?;
            self.regions.push((start, region));
            (self.next, self.end) = (start, start + region as u64);
        }
        let object = self.next;
        self.next += bytes as u64;
        memory::store(object, header.0 | Header::LARGE | Header::MARK);
        Ok(object)
    }

    /// Whether an address is among the constants.
    pub(super) fn holds(&self, address: u64) -> bool {
        self.regions.iter().any(|&(start, bytes)| address.wrapping_sub(start) < bytes as u64)
    }

    /// Gives the memory back.
    pub(super) fn release_all(&mut self) {
        for (start, bytes) in self.regions.drain(..) {
            self.memory.release(start, bytes, WORD);
        }
    }
}
