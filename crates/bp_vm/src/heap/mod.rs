//! The garbage-collected heap of one engine.
//!
//! An object is a header word and a payload of words; [`bp_isa::abi`] says what is where. Objects move
//! whenever a collection may happen: [`Heap::alloc_slow`], [`Heap::collect`], [`Heap::safepoint`].
//!
//! Every accessor trusts the [`Ref`] it is given: it must be one that the heap returned, or that a
//! collection has rewritten in a visited slot since. Debug builds check headers and bounds.
//!
//! Absence: no locks, nothing shared between heaps, nothing process-wide.

mod blocks;
mod classes;
mod collect;
mod compact;
mod config;
mod copy;
mod immortal;
mod large;
mod maps;
mod mark;
mod memory;
mod minor;
mod nursery;
mod old;
mod pace;
mod refs;
mod roots;
mod scan;
mod stats;
#[cfg(test)]
mod tests;
mod verify;

pub use config::{Collection, HeapConfig, OutOfMemory, Stress};
pub use maps::RefMaps;
pub use refs::Ref;
pub use roots::{Roots, Visitor};
pub use stats::GcStats;

use bp_isa::abi::Header;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, PAYLOAD, WORD, offset};
use immortal::Immortals;
use large::Large;
use mark::Marker;
use memory::Memory;
use nursery::Nursery;
use old::Old;
use pace::Pace;
use std::mem::offset_of;

/// Limits below this one do not work: a chunk, a nursery and a few large objects must fit.
const MIN_LIMIT_BYTES: usize = 3 << 20;

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
    nursery: Nursery,
    old: Old,
    large: Large,
    immortals: Immortals,
    marker: Marker,
    pace: Pace,
    /// Old objects that were stored into since the last collection, those with cards not included.
    remembered: Vec<u64>,
    /// Objects that became old and were not scanned; empty outside collections. It has room for as many
    /// as can become old.
    grey: Vec<u64>,
    /// Bytes of small objects that became old in the last collection of the nursery.
    promoted_small: usize,
    /// Bytes of large objects that became old in this collection.
    promoted_large: usize,
    maps: RefMaps,
    memory: Memory,
    limit: usize,
    config: HeapConfig,
    /// The byte to fill freed memory with.
    poison: Option<u8>,
    stats: GcStats,
    /// Collections in turn.
    turn: usize,
    /// What the roots held when they were last checked.
    checked_roots: Vec<u64>,
}

const _: () = assert!(offset_of!(Heap, fast) == 0, "machine code finds it there");
const _: () = assert!(PAYLOAD == WORD, "a header is one word");

impl Heap {
    /// An empty heap.
    pub fn new(config: HeapConfig, maps: RefMaps) -> Result<Heap, OutOfMemory> {
        let limit = config.limit_bytes.max(MIN_LIMIT_BYTES);
        let mut memory = Memory::new(limit, config.fail_request);
        let nursery = Nursery::new(config.nursery_bytes, limit, &mut memory)?;
        let mut heap = Heap {
            fast: Fast { cursor: nursery.base, limit: nursery.base, win_base: 0, win_size: 0 },
            nursery,
            old: Old::new(config.verify || config.poison),
            large: Large::new(),
            immortals: Immortals::new(),
            marker: Marker::new(),
            pace: Pace::new(limit / 2, config.eager_marking),
            remembered: Vec::new(),
            grey: Vec::new(),
            promoted_small: 0,
            promoted_large: 0,
            maps,
            memory,
            limit,
            poison: config.poison.then_some(HeapConfig::POISON),
            config,
            stats: GcStats::default(),
            turn: 0,
            checked_roots: Vec::new(),
        };
        heap.grey.try_reserve(Nursery::grey_entries(heap.nursery.bytes)).map_err(|_| OutOfMemory)?;
        heap.old.start(&mut heap.memory)?;
        heap.prepare_nursery();
        Ok(heap)
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
    pub fn alloc_slow(&mut self, header: Header, roots: &mut impl Roots) -> Result<Ref, OutOfMemory> {
        if header.payload_words() * WORD > MAX_SMALL_BYTES {
            self.alloc_large(header, roots)
        } else {
            self.alloc_small(header, roots)
        }
    }

    /// A new object that never moves and is never freed, zeroed, outside the limit. It refers to
    /// immortal objects only.
    pub fn alloc_immortal(&mut self, header: Header) -> Ref {
        Ref::from_word(self.immortals.alloc(header).expect("memory for a constant"))
    }

    /// Collects.
    pub fn collect(&mut self, collection: Collection, roots: &mut impl Roots) {
        self.collect_now(collection, roots);
    }

    /// A point where the program may stand still: collects under [`Stress::Safepoint`].
    #[inline]
    pub fn safepoint(&mut self, roots: &mut impl Roots) {
        if self.config.stress == Some(Stress::Safepoint) {
            self.collect_in_turn(roots);
        }
    }

    /// An object's header.
    #[inline(always)]
    pub fn header(&self, object: Ref) -> Header {
        let header = Header(memory::load(object.word()));
        debug_assert!(scan::looks_valid(header), "a stale reference: {object:x?}");
        header
    }

    /// Bytes that an object takes, by which live bytes are counted.
    pub fn object_bytes(&self, object: Ref) -> usize {
        let header = self.header(object);
        if header.has(Header::LARGE) { Large::allocation_bytes(header) } else { offset(header.payload_words()) }
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
        if self.header(object).has(Header::BARRIER)
            && value.word().wrapping_sub(self.fast.win_base) < self.fast.win_size
        {
            self.barrier(object.word(), word, value.word());
        }
    }

    /// The barrier's slow path for compiled code, which has found the barrier bit and the window.
    pub(crate) fn barrier_slow(&mut self, object: Ref, word: usize, value: Ref) {
        self.barrier(object.word(), word, value.word());
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
    pub fn remember(&mut self, object: Ref) {
        self.remember_range(object, 0, self.header(object).payload_words());
    }

    /// The barrier for references that were written to payload words `first..first + count`.
    #[inline]
    pub fn remember_range(&mut self, object: Ref, first: usize, count: usize) {
        debug_assert!(first + count <= self.header(object).payload_words());
        if self.header(object).has(Header::BARRIER) {
            self.remember_words(object.word(), first, count, large::YOUNG | large::OLD);
        }
    }

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
        self.nursery.release(&mut self.memory);
        self.old.blocks.release_all(&mut self.memory);
        self.large.release_all(&mut self.memory);
        self.immortals.release_all();
        debug_assert!(self.memory.held() == 0, "memory was not given back");
    }
}
