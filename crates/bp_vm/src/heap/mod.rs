//! The garbage-collected heap of one engine.
//!
//! An object is a header word and a payload of words; [`bp_isa::abi`] says what is where. Objects move
//! whenever a collection may happen: [`Heap::alloc_slow`], [`Heap::collect`], [`Heap::safepoint`].
//!
//! Every accessor trusts the [`Ref`] it is given: it must be one that the heap returned, or that a
//! collection has rewritten in a visited slot since. Debug builds check headers and bounds.
//!
//! Absence: no locks, nothing shared between heaps, nothing process-wide.

mod config;
mod maps;
mod memory;
mod refs;
mod roots;
mod stats;

pub use config::{Collection, HeapConfig, OutOfMemory, Stress};
pub use maps::RefMaps;
pub use refs::Ref;
pub use roots::{Roots, Visitor};
pub use stats::GcStats;

use bp_isa::abi::Header;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, PAYLOAD, WORD, offset};
use memory::Memory;

/// What machine code reads and writes; first in [`Heap`].
#[repr(C)]
pub struct Fast {
    /// Next free byte of the nursery.
    pub cursor: u64,
    /// End of what may be allocated without a call; 0 makes every allocation call.
    pub limit: u64,
    /// References in `win_base..win_base + win_size` need the barrier's slow path when stored into an
    /// object with the barrier bit.
    pub win_base: u64,
    /// See `win_base`.
    pub win_size: u64,
}

/// A heap.
#[repr(C)]
pub struct Heap {
    /// What machine code reads and writes.
    pub fast: Fast,
    config: HeapConfig,
    #[allow(dead_code, reason = "read by collections")]
    maps: RefMaps,
    memory: Memory,
    regions: Vec<(u64, usize)>,
    stats: GcStats,
}

const REGION_BYTES: usize = 1 << 20;

impl Heap {
    /// An empty heap.
    pub fn new(config: HeapConfig, maps: RefMaps) -> Result<Heap, OutOfMemory> {
        let memory = Memory::new(&config);
        let fast = Fast { cursor: 0, limit: 0, win_base: 0, win_size: 0 };
        Ok(Heap { fast, config, maps, memory, regions: Vec::new(), stats: GcStats::default() })
    }

    /// A new object, if the nursery has room. Its payload is not initialised: the caller writes all of
    /// it before anything can collect. Only for small objects.
    #[inline(always)]
    pub fn try_alloc(&mut self, header: Header) -> Option<Ref> {
        debug_assert!(header.payload_words() * WORD <= MAX_SMALL_BYTES);
        let start = self.fast.cursor;
        let end = start + offset(header.payload_words()) as u64;
        if end > self.fast.limit {
            return None;
        }
        self.fast.cursor = end;
        memory::store(start, header.0);
        Some(Ref::from_word(start))
    }

    /// A new object of any size; may collect. Large objects come zeroed, small ones as from
    /// [`Heap::try_alloc`].
    pub fn alloc_slow(&mut self, header: Header, _roots: &mut impl Roots) -> Result<Ref, OutOfMemory> {
        let bytes = offset(header.payload_words());
        if header.payload_words() * WORD > MAX_SMALL_BYTES {
            return self.region_object(header, bytes);
        }
        if self.fast.cursor + bytes as u64 > self.fast.limit {
            let start = self.region(REGION_BYTES)?;
            self.fast.cursor = start;
            self.fast.limit = start + REGION_BYTES as u64;
        }
        Ok(self.try_alloc(header).expect("room in a fresh region"))
    }

    /// A new object that never moves and is never freed, zeroed, outside the limit. It refers to
    /// immortal objects only.
    pub fn alloc_immortal(&mut self, header: Header) -> Ref {
        self.region_object(header, offset(header.payload_words())).expect("memory for a constant")
    }

    fn region(&mut self, bytes: usize) -> Result<u64, OutOfMemory> {
        if self.memory.held + bytes > self.config.limit_bytes {
            return Err(OutOfMemory);
        }
        let start = self.memory.request(bytes, WORD)?;
        self.regions.push((start, bytes));
        Ok(start)
    }

    fn region_object(&mut self, header: Header, bytes: usize) -> Result<Ref, OutOfMemory> {
        let start = self.region(bytes)?;
        memory::store(start, header.0);
        Ok(Ref::from_word(start))
    }

    /// Collects.
    pub fn collect(&mut self, _collection: Collection, roots: &mut impl Roots) {
        roots.visit(&mut Visitor { heap: self });
    }

    /// A point where the program may stand still: collects under [`Stress::Safepoint`].
    pub fn safepoint(&mut self, roots: &mut impl Roots) {
        if self.config.stress == Some(Stress::Safepoint) {
            self.collect(Collection::Minor, roots);
        }
    }

    fn visit_root(&mut self, _slot: &mut u64) {}

    /// An object's header.
    #[inline(always)]
    pub fn header(&self, object: Ref) -> Header {
        let header = Header(memory::load(object.word()));
        debug_assert!(header.has(Header::TAG), "a stale reference");
        header
    }

    /// A payload word.
    #[inline(always)]
    pub fn load(&self, object: Ref, word: usize) -> u64 {
        debug_assert!(word < self.header(object).payload_words());
        memory::load(object.word() + offset(word) as u64)
    }

    /// Writes a payload word that is no reference, or any word of an object that was allocated since
    /// the last safepoint.
    #[inline(always)]
    pub fn store(&mut self, object: Ref, word: usize, value: u64) {
        debug_assert!(word < self.header(object).payload_words());
        memory::store(object.word() + offset(word) as u64, value);
    }

    /// Writes a reference.
    #[inline(always)]
    pub fn store_ref(&mut self, object: Ref, word: usize, value: Ref) {
        self.store(object, word, value.word());
    }

    /// Payload words `first..first + count`.
    #[inline]
    pub fn words(&self, object: Ref, first: usize, count: usize) -> &[u64] {
        debug_assert!(first + count <= self.header(object).payload_words());
        memory::words(self, object.word() + offset(first) as u64, count)
    }

    /// Payload words to write to; for references, [`Heap::remember`] the object afterwards.
    #[inline]
    pub fn words_mut(&mut self, object: Ref, first: usize, count: usize) -> &mut [u64] {
        debug_assert!(first + count <= self.header(object).payload_words());
        memory::words_mut(self, object.word() + offset(first) as u64, count)
    }

    /// Payload bytes `0..len` from word `first` on.
    #[inline]
    pub fn bytes(&self, object: Ref, first: usize, len: usize) -> &[u8] {
        debug_assert!(first * WORD + len <= self.header(object).payload_words() * WORD);
        memory::bytes(self, object.word() + offset(first) as u64, len)
    }

    /// Payload bytes to write to.
    #[inline]
    pub fn bytes_mut(&mut self, object: Ref, first: usize, len: usize) -> &mut [u8] {
        debug_assert!(first * WORD + len <= self.header(object).payload_words() * WORD);
        memory::bytes_mut(self, object.word() + offset(first) as u64, len)
    }

    /// Copies payload words; the ranges may overlap. If they are references, [`Heap::remember`] `to`
    /// afterwards.
    #[inline]
    pub fn copy_words(&mut self, to: Ref, to_word: usize, from: Ref, from_word: usize, count: usize) {
        debug_assert!(to_word + count <= self.header(to).payload_words());
        debug_assert!(from_word + count <= self.header(from).payload_words());
        let (to, from) = (to.word() + offset(to_word) as u64, from.word() + offset(from_word) as u64);
        memory::copy_overlapping(to, from, count);
    }

    /// The barrier for references that were written to `object` in bulk.
    #[inline]
    pub fn remember(&mut self, _object: Ref) {}

    /// Counters.
    pub fn stats(&self) -> &GcStats {
        &self.stats
    }

    /// Most bytes the heap may take.
    pub fn limit_bytes(&self) -> usize {
        self.config.limit_bytes
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        for (start, bytes) in std::mem::take(&mut self.regions) {
            self.memory.release(start, bytes, WORD);
        }
    }
}

const _: () = assert!(PAYLOAD == WORD, "a header is one word");
