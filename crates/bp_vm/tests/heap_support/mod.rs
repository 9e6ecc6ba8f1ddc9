//! A heap beside a shadow of it that never collects.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};
use bp_isa::types::{FIRST_PROGRAM_TYPE, FixedType, TypeId};
use bp_vm::heap::{Collection, Heap, HeapConfig, OutOfMemory, Ref, RefMaps, Roots, Visitor};
use std::collections::HashMap;

/// Number of root slots.
pub const ROOTS: usize = 12;
/// A record type in which every third word is no reference.
pub const RECORD: TypeId = FIRST_PROGRAM_TYPE;

/// What an object is made of.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A record of so many words.
    Record(usize),
    /// A storage of so many words that are no references.
    Words(usize),
    /// A storage of so many references.
    References(usize),
    /// So many entries, whose keys and values are references or not.
    Entries(usize, bool, bool),
}

impl Shape {
    /// The header of an object of this shape.
    pub fn header(self) -> Header {
        match self {
            Shape::Record(words) => Header::new(RECORD, RefKind::Mapped, words),
            Shape::Words(words) => Header::new(FixedType::WordStorage.id(), RefKind::None, words),
            Shape::References(words) => Header::new(FixedType::RefStorage.id(), RefKind::AllButFirst, words + 1),
            Shape::Entries(count, key, value) => {
                let ty = match (key, value) {
                    (false, false) => FixedType::EntriesWordWord,
                    (false, true) => FixedType::EntriesWordRef,
                    (true, false) => FixedType::EntriesRefWord,
                    (true, true) => FixedType::EntriesRefRef,
                };
                Header::new(ty.id(), RefKind::Entries, 1 + 3 * count)
            }
        }
    }

    /// Whether a payload word is a reference.
    pub fn is_reference(self, word: usize) -> bool {
        match self {
            Shape::Record(_) => word % 3 != 2,
            Shape::Words(_) => false,
            Shape::References(_) => word > 0,
            Shape::Entries(_, key, value) => word > 0 && [false, key, value][(word - 1) % 3],
        }
    }
}

/// Reference maps that fit the shapes.
pub fn maps() -> RefMaps {
    let mut maps = RefMaps::new();
    maps.set_mapped(RECORD, (0..4000).filter(|word| word % 3 != 2));
    maps.set_entries(FixedType::EntriesWordWord.id(), false, false);
    maps.set_entries(FixedType::EntriesWordRef.id(), false, true);
    maps.set_entries(FixedType::EntriesRefWord.id(), true, false);
    maps.set_entries(FixedType::EntriesRefRef.id(), true, true);
    maps
}

/// Root slots.
pub struct Slots(pub Vec<u64>);

impl Roots for Slots {
    fn visit(&mut self, visitor: &mut Visitor<'_>) {
        let (some, others) = self.0.split_at_mut(1);
        visitor.slot(&mut some[0]);
        visitor.slots(others);
    }
}

/// Allocates as the machine does.
pub fn alloc(heap: &mut Heap, header: Header, roots: &mut impl Roots) -> Result<Ref, OutOfMemory> {
    if header.payload_words() * WORD <= MAX_SMALL_BYTES
        && let Some(object) = heap.try_alloc(header)
    {
        return Ok(object);
    }
    heap.alloc_slow(header, roots)
}

/// What an object should be.
struct Shadow {
    shape: Shape,
    /// Numbers of objects, 0 for null, where there are references.
    words: Vec<u64>,
}

/// A heap, its roots, and what both should hold.
pub struct World {
    /// The heap.
    pub heap: Heap,
    slots: Slots,
    /// Numbers of objects, 0 for null.
    roots: [u64; ROOTS],
    shadows: Vec<Shadow>,
}

impl World {
    /// Nothing in either.
    pub fn new(config: HeapConfig) -> World {
        World::with_heap(Heap::new(config, maps()).expect("an empty heap"))
    }

    /// Nothing in either.
    pub fn with_heap(heap: Heap) -> World {
        World { heap, slots: Slots(vec![0; ROOTS]), roots: [0; ROOTS], shadows: Vec::new() }
    }

    /// What a root refers to.
    pub fn root(&self, root: usize) -> Ref {
        Ref::from_word(self.slots.0[root])
    }

    /// Copies a root's reference to another root.
    pub fn follow_root(&mut self, from: usize, to: usize) {
        self.slots.0[to] = self.slots.0[from];
        self.roots[to] = self.roots[from];
    }

    /// Makes a root refer to a new object.
    pub fn make(&mut self, root: usize, shape: Shape) {
        self.try_make(root, shape).expect("memory for an object");
    }

    /// Makes a root refer to a new object, if there is memory.
    pub fn try_make(&mut self, root: usize, shape: Shape) -> Result<(), OutOfMemory> {
        let header = shape.header();
        let object = alloc(&mut self.heap, header, &mut self.slots)?;
        let number = self.shadows.len() as u64 + 1;
        let value = |word: usize| if shape.is_reference(word) { 0 } else { number << 32 | word as u64 };
        let words: Vec<u64> = (0..header.payload_words()).map(value).collect();
        if header.payload_words() * WORD > MAX_SMALL_BYTES {
            assert!(self.heap.words(object, 0, words.len()).iter().all(|&word| word == 0), "not zeroed");
        }
        for (at, &word) in words.iter().enumerate() {
            self.heap.store(object, at, word);
        }
        self.shadows.push(Shadow { shape, words });
        self.slots.0[root] = object.word();
        self.roots[root] = number;
        Ok(())
    }

    fn object(&self, root: usize) -> Option<(Ref, &Shadow)> {
        let number = self.roots[root];
        (number != 0).then(|| (Ref::from_word(self.slots.0[root]), &self.shadows[number as usize - 1]))
    }

    /// The reference slot that a random number means.
    fn slot(&self, root: usize, slot: usize) -> Option<(Ref, usize)> {
        let (object, shadow) = self.object(root)?;
        let slots: Vec<usize> = (0..shadow.words.len()).filter(|&word| shadow.shape.is_reference(word)).collect();
        (!slots.is_empty()).then(|| (object, slots[slot % slots.len()]))
    }

    /// Stores a root's reference, or null, in an object.
    pub fn link(&mut self, from: usize, slot: usize, to: Option<usize>) {
        let Some((object, word)) = self.slot(from, slot) else { return };
        let value = to.map_or(Ref::NULL, |to| Ref::from_word(self.slots.0[to]));
        self.heap.store_ref(object, word, value);
        let number = to.map_or(0, |to| self.roots[to]);
        self.shadows[self.roots[from] as usize - 1].words[word] = number;
    }

    /// Loads a reference from an object into a root.
    pub fn follow(&mut self, from: usize, slot: usize, to: usize) {
        let Some((object, word)) = self.slot(from, slot) else { return };
        self.slots.0[to] = self.heap.load(object, word);
        self.roots[to] = self.shadows[self.roots[from] as usize - 1].words[word];
    }

    /// Writes a word that is no reference.
    pub fn write(&mut self, root: usize, word: usize, value: u64) {
        let Some((object, shadow)) = self.object(root) else { return };
        if shadow.words.is_empty() {
            return;
        }
        let word = word % shadow.words.len();
        if !shadow.shape.is_reference(word) {
            self.heap.store(object, word, value);
            self.shadows[self.roots[root] as usize - 1].words[word] = value;
        }
    }

    /// Copies references between storages, or within one.
    pub fn copy(&mut self, from: usize, to: usize, at: usize, count: usize) {
        let (Some((source, a)), Some((target, b))) = (self.object(from), self.object(to)) else { return };
        let (Shape::References(length), Shape::References(room)) = (a.shape, b.shape) else { return };
        let count = count % (length.min(room) + 1);
        let (from_word, to_word) = (1 + at % (length - count + 1), 1 + at / 7 % (room - count + 1));
        let words = a.words[from_word..from_word + count].to_vec();
        self.heap.copy_words(target, to_word, source, from_word, count);
        if at.is_multiple_of(2) {
            self.heap.remember(target);
        } else {
            self.heap.remember_range(target, to_word, count);
        }
        self.shadows[self.roots[to] as usize - 1].words[to_word..to_word + count].copy_from_slice(&words);
    }

    /// Makes a root null.
    pub fn drop_root(&mut self, root: usize) {
        self.slots.0[root] = 0;
        self.roots[root] = 0;
    }

    /// Passes a safepoint.
    pub fn safepoint(&mut self) {
        self.heap.safepoint(&mut self.slots);
    }

    /// Collects, and compares everything.
    pub fn collect(&mut self, collection: Collection) {
        self.heap.collect(collection, &mut self.slots);
        self.check();
    }

    /// Makes garbage.
    pub fn churn(&mut self, words: usize, count: usize) {
        for _ in 0..count {
            let header = Shape::Words(words).header();
            let object = alloc(&mut self.heap, header, &mut self.slots).expect("memory for garbage");
            self.heap.words_mut(object, 0, words).fill(!0);
        }
    }

    /// Compares everything reachable.
    pub fn check(&self) {
        self.live_bytes();
    }

    /// Compares everything, and that nothing else survived the full collection that just ran.
    pub fn check_exactly_live(&self) {
        assert_eq!(self.heap.stats().live_bytes as usize, self.live_bytes());
    }

    /// Compares everything reachable; its size as the heap counts it.
    fn live_bytes(&self) -> usize {
        let mut addresses: HashMap<u64, u64> = HashMap::new();
        let mut numbers: HashMap<u64, u64> = HashMap::new();
        let mut to_do = Vec::new();
        let mut bytes = 0;
        let mut meet = |number: u64, address: u64, to_do: &mut Vec<(u64, u64)>| {
            assert_eq!(number == 0, address == 0, "null against a reference");
            if number == 0 {
                return;
            }
            let known = addresses.insert(number, address);
            assert!(known.is_none_or(|known| known == address), "an object is in two places");
            assert!(numbers.insert(address, number).is_none_or(|known| known == number), "two objects share a place");
            if known.is_none() {
                to_do.push((number, address));
            }
        };
        for (&number, &address) in self.roots.iter().zip(&self.slots.0) {
            meet(number, address, &mut to_do);
        }
        while let Some((number, address)) = to_do.pop() {
            let shadow = &self.shadows[number as usize - 1];
            let (object, header) = (Ref::from_word(address), shadow.shape.header());
            let found = self.heap.header(object);
            assert_eq!((found.ty(), found.payload_words()), (header.ty(), header.payload_words()));
            bytes += self.heap.object_bytes(object);
            for (at, &expected) in shadow.words.iter().enumerate() {
                let word = self.heap.load(object, at);
                if shadow.shape.is_reference(at) {
                    meet(expected, word, &mut to_do);
                } else {
                    assert_eq!(word, expected, "word {at} of object {number}");
                }
            }
        }
        bytes
    }
}
