//! Large objects: each has an allocation of its own and never moves.
//!
//! An allocation is a word with the object's number in the table, the object, and, if most of its words
//! are references, a card for every [`CARD_WORDS`] payload words: a byte that says what references may have been
//! stored there since the last collection. An object is young until the collection after its birth.

use super::config::OutOfMemory;
use super::memory::{self, Memory};
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{PAYLOAD, WORD, offset};
use bp_isa::fault::{Fault, seeded};

/// In a card: a reference to a young object was stored.
pub(super) const YOUNG: u8 = 1;
/// In a card: a reference to an old object was stored while marking was on.
pub(super) const OLD: u8 = 2;
/// Payload words that a card stands for.
pub(super) const CARD_WORDS: usize = 16;
/// Words of cards between asking for slots and needing them.
const GROUPS_AHEAD: usize = 16;
/// Bytes before an object's header.
const PREFIX: u64 = WORD as u64;
/// Alignment of an allocation.
const ALIGN: usize = 16;
/// In the word before an object: set while it is in the list of those with dirty cards.
const DIRTY: u64 = 1 << 63;

/// All large objects of a heap.
pub(super) struct Large {
    table: Vec<Entry>,
    /// Objects born since the last collection.
    pub(super) young: Vec<u64>,
    /// Objects with dirty cards.
    pub(super) dirty: Vec<u64>,
    /// Bytes of all allocations.
    pub(super) bytes: usize,
    /// Bytes of the young ones.
    pub(super) young_bytes: usize,
    /// Where young objects lie: lowest address, and bytes from there to behind the highest.
    pub(super) young_base: u64,
    /// See `young_base`.
    pub(super) young_size: u64,
}

/// A large object.
struct Entry {
    object: u64,
    /// Bytes of its allocation.
    bytes: usize,
}

impl Large {
    /// No objects.
    pub(super) fn new() -> Large {
        Large {
            table: Vec::new(),
            young: Vec::new(),
            dirty: Vec::new(),
            bytes: 0,
            young_bytes: 0,
            young_base: 0,
            young_size: 0,
        }
    }

    /// Bytes of the allocation for an object.
    pub(super) fn allocation_bytes(header: Header) -> usize {
        PREFIX as usize + PAYLOAD + header.payload_words() * WORD + card_bytes(header)
    }

    /// A new object, zeroed and young.
    pub(super) fn alloc(&mut self, header: Header, memory: &mut Memory) -> Result<u64, OutOfMemory> {
        self.table.try_reserve(1).map_err(|_| OutOfMemory)?;
        self.young.try_reserve(1).map_err(|_| OutOfMemory)?;
        self.dirty.try_reserve(self.table.len() + 1 - self.dirty.len()).map_err(|_| OutOfMemory)?;
        let bytes = Large::allocation_bytes(header);
        let start = memory.request_zeroed(bytes, ALIGN)?;
        let object = start + PREFIX;
        memory::store(start, self.table.len() as u64);
        memory::store(object, header.0 | Header::LARGE | Header::YOUNG_LARGE);
        self.table.push(Entry { object, bytes });
        self.bytes += bytes;
        self.young.push(object);
        self.young_bytes += bytes;
        self.widen_young(object);
        Ok(object)
    }

    fn widen_young(&mut self, object: u64) {
        let end = (self.young_base + self.young_size).max(object + 1);
        self.young_base = if self.young_size == 0 { object } else { self.young_base.min(object) };
        self.young_size = end - self.young_base;
    }

    /// Whether an address that is null or an object's is that of a young large object.
    #[inline(always)]
    pub(super) fn is_young(&self, address: u64) -> bool {
        address.wrapping_sub(self.young_base) < self.young_size
            && Header(memory::load(address)).has(Header::LARGE | Header::YOUNG_LARGE)
    }

    /// Ends a collection: frees the young objects that nobody has made old.
    pub(super) fn free_young(&mut self, memory: &mut Memory, poison: Option<u8>) {
        while let Some(object) = self.young.pop() {
            if Header(memory::load(object)).has(Header::YOUNG_LARGE) {
                self.free(index(object), memory, poison);
            }
        }
        self.young_bytes = 0;
        self.young_size = 0;
    }

    /// Takes all marks away.
    pub(super) fn clear_marks(&mut self) {
        for entry in &self.table {
            memory::store(entry.object, memory::load(entry.object) & !Header::MARK);
        }
    }

    /// Frees the objects without a mark. None is young, no card is dirty.
    pub(super) fn free_unmarked(&mut self, memory: &mut Memory, poison: Option<u8>) {
        assert!(self.young.is_empty() && self.dirty.is_empty(), "large objects are young or dirty");
        for at in (0..self.table.len()).rev() {
            if !Header(memory::load(self.table[at].object)).has(Header::MARK) {
                self.free(at, memory, poison);
            }
        }
    }

    /// Frees all objects.
    pub(super) fn release_all(&mut self, memory: &mut Memory) {
        for at in (0..self.table.len()).rev() {
            self.free(at, memory, None);
        }
    }

    fn free(&mut self, at: usize, memory: &mut Memory, poison: Option<u8>) {
        let entry = self.table.swap_remove(at);
        if let Some(moved) = self.table.get(at) {
            let prefix = moved.object - PREFIX;
            memory::store(prefix, memory::load(prefix) & DIRTY | at as u64);
        }
        if let Some(byte) = poison {
            memory::fill(entry.object, byte, entry.bytes - PREFIX as usize);
        }
        self.bytes -= entry.bytes;
        memory.release(entry.object - PREFIX, entry.bytes, ALIGN);
    }

    /// All objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = u64> + '_ {
        self.table.iter().map(|entry| entry.object)
    }

    /// Notes what was stored in payload words `first..first + count`.
    #[inline]
    pub(super) fn dirty(&mut self, object: u64, first: usize, count: usize, stored: u8) {
        if count == 0 {
            return;
        }
        for card in first / CARD_WORDS..=(first + count - 1) / CARD_WORDS {
            let card = card.saturating_sub(usize::from(seeded(Fault::WrongCard)));
            let (group, shift) = card_bits(object, card);
            memory::store(group, memory::load(group) | u64::from(stored) << shift);
        }
        let prefix = memory::load(object - PREFIX);
        if prefix & DIRTY == 0 {
            memory::store(object - PREFIX, prefix | DIRTY);
            self.dirty.push(object);
        }
    }

    /// Takes the dirty cards of an object that was taken from `dirty`: calls with the first payload word
    /// of each and what was stored.
    pub(super) fn clean_cards(object: u64, mut card: impl FnMut(usize, u8)) {
        let prefix = object - PREFIX;
        memory::store(prefix, memory::load(prefix) & !DIRTY);
        let first = cards(object);
        let groups = card_bytes(Header(memory::load(object))) / WORD;
        for at in 0..groups {
            let group = first + (at * WORD) as u64;
            if at + GROUPS_AHEAD < groups {
                prefetch_slots(object, at + GROUPS_AHEAD, memory::load(group + (GROUPS_AHEAD * WORD) as u64));
            }
            let mut bits = memory::load(group);
            if bits != 0 {
                memory::store(group, 0);
            }
            while bits != 0 {
                let byte = bits.trailing_zeros() as usize / 8;
                card((at * WORD + byte) * CARD_WORDS, (bits >> (byte * 8)) as u8);
                bits &= !(0xFF << (byte * 8));
            }
        }
    }

    /// Whether a reference to a young object may have been stored in a payload word.
    pub(super) fn is_dirty(object: u64, word: usize) -> bool {
        let (group, shift) = card_bits(object, word / CARD_WORDS);
        (memory::load(group) >> shift) as u8 & YOUNG != 0
    }
}

/// Asks for the slots of the dirty cards in a word of cards.
#[inline(always)]
fn prefetch_slots(object: u64, group: usize, mut bits: u64) {
    while bits != 0 {
        let byte = bits.trailing_zeros() as usize / 8;
        bits &= !(0xFF << (byte * 8));
        let slots = object + offset((group * WORD + byte) * CARD_WORDS) as u64;
        memory::prefetch(slots);
        memory::prefetch(slots + 64);
    }
}

/// The word that a card is in, and its lowest bit there.
fn card_bits(object: u64, card: usize) -> (u64, usize) {
    (cards(object) + (card / WORD * WORD) as u64, card % WORD * 8)
}

/// Whether an object, if it is large, has cards.
#[inline(always)]
pub(super) const fn has_cards(header: Header) -> bool {
    matches!(header.kind(), RefKind::AllButFirst | RefKind::Entries)
}

const fn card_bytes(header: Header) -> usize {
    if has_cards(header) { header.payload_words().div_ceil(CARD_WORDS).next_multiple_of(WORD) } else { 0 }
}

fn cards(object: u64) -> u64 {
    object + (PAYLOAD + Header(memory::load(object)).payload_words() * WORD) as u64
}

fn index(object: u64) -> usize {
    (memory::load(object - PREFIX) & !DIRTY) as usize
}
