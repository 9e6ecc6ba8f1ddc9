//! Checks of the whole heap, for tests.
//!
//! Everything that the roots reach is visited: references lead to headers, references from old to young
//! objects are remembered, and when marking ends, everything is marked. A violation is a bug in the
//! collector or in what uses the heap; it panics.

use super::blocks::Use;
use super::large::{Large, has_cards};
use super::roots::{Phase, Roots};
use super::{Heap, memory, scan};
use bp_isa::abi::Header;
use bp_isa::abi::layout::{PAYLOAD, WORD};
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Spreads addresses.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only addresses are hashed");
    }

    fn write_u64(&mut self, address: u64) {
        self.0 = (address >> 3).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

type Addresses = HashSet<u64, BuildHasherDefault<AddressHasher>>;

/// What is known of the heap while it is checked.
struct Walk {
    when: &'static str,
    seen: Addresses,
    large: Addresses,
    remembered: Addresses,
    to_do: Vec<u64>,
}

impl Heap {
    /// Checks the heap if the settings ask for it.
    pub(super) fn verify(&mut self, when: &'static str, roots: &mut dyn Roots) {
        if self.config.verify {
            assert!(self.fast.cursor <= self.nursery.end, "heap: an object beyond the nursery's end {when}");
            self.walk(when, roots, |_, _| ());
        }
    }

    /// Checks, if the settings ask for it, that all that is reachable is marked.
    pub(super) fn verify_marks(&mut self, roots: &mut dyn Roots) {
        if self.config.verify {
            self.walk("after marking", roots, |heap, object| {
                let immortal = heap.immortals.holds(object);
                assert!(immortal || heap.is_marked(object), "heap: {object:#x} is reachable and not marked");
            });
        }
    }

    fn walk(&mut self, when: &'static str, roots: &mut dyn Roots, check: impl Fn(&Heap, u64)) {
        self.checked_roots.clear();
        self.visit(Phase::Verify, roots);
        let heap = &*self;
        let mut walk = Walk {
            when,
            seen: Addresses::default(),
            large: heap.large.objects().collect(),
            remembered: heap.remembered.iter().copied().collect(),
            to_do: Vec::new(),
        };
        assert!(walk.remembered.len() == heap.remembered.len(), "heap {when}: an object is remembered twice");
        for &root in &heap.checked_roots {
            walk.reference(heap, root, &"a root");
        }
        while let Some(object) = walk.to_do.pop() {
            check(heap, object);
            walk.object(heap, object);
        }
    }
}

impl Walk {
    fn reference(&mut self, heap: &Heap, to: u64, from: &dyn std::fmt::Debug) {
        if to == 0 || !self.seen.insert(to) {
            return;
        }
        let when = self.when;
        assert!(to.is_multiple_of(WORD as u64), "heap {when}: {from:x?} holds {to:#x}, which is not aligned");
        assert!(self.is_object(heap, to), "heap {when}: {from:x?} holds {to:#x}, where no object is");
        self.to_do.push(to);
    }

    /// Whether there can be an object at an address.
    fn is_object(&self, heap: &Heap, address: u64) -> bool {
        if heap.nursery.holds(address) {
            return address < heap.fast.cursor;
        }
        if let Some(block) = heap.old.blocks.holds(address) {
            let in_cell = match heap.old.blocks.used(block) {
                Use::Cells(class) => heap.old.blocks.is_cell(address, block, class),
                _ => true,
            };
            return in_cell && heap.old.blocks.is_live(address);
        }
        self.large.contains(&address) || heap.immortals.holds(address)
    }

    fn object(&mut self, heap: &Heap, object: u64) {
        let when = self.when;
        let header = Header(memory::load(object));
        assert!(scan::looks_valid(header), "heap {when}: {:#x} at {object:#x} is no header", header.0);
        let large = self.large.contains(&object);
        let immortal = heap.immortals.holds(object);
        assert!(header.has(Header::LARGE) == (large || immortal), "heap {when}: {object:#x} has a wrong size bit");
        let young = heap.nursery.holds(object) || header.has(Header::YOUNG_LARGE);
        let end = object + (PAYLOAD + header.payload_words() * WORD) as u64;
        assert!(!heap.nursery.holds(object) || end <= heap.fast.cursor, "heap {when}: {object:#x} is too long");
        let remembered = self.remembered.contains(&object);
        if young || immortal {
            assert!(!header.has(Header::BARRIER), "heap {when}: {object:#x} has the barrier bit");
            assert!(!remembered, "heap {when}: {object:#x} is remembered");
        } else {
            assert!(header.has(Header::BARRIER) != remembered, "heap {when}: {object:#x} has lost its barrier bit");
        }
        let mut references = Vec::new();
        scan::slots(&heap.maps, object, header, |slot| references.push((slot, memory::load(slot))));
        for (slot, value) in references {
            self.reference(heap, value, &(object, slot));
            if value == 0 || !heap.is_young(value) || young || remembered {
                continue;
            }
            let word = (slot - object) as usize / WORD - 1;
            let dirty = large && has_cards(header) && Large::is_dirty(object, word);
            assert!(dirty, "heap {when}: the old object {object:#x} refers to a young one and is not remembered");
        }
    }
}
