//! Minor collection: what is reachable and young becomes old.
//!
//! Small objects are copied from the nursery into the old generation, large ones stay where they are.
//! Roots are the program's, the remembered objects, and the dirty cards of large ones. While marking is
//! on, everything that becomes old is marked, and old objects that scanning meets are handed to the marker.

use super::large::{Large, OLD, YOUNG, has_cards};
use super::maps::RefMaps;
use super::mark::Marker;
use super::nursery::Nursery;
use super::old::Old;
use super::roots::{Phase, Roots};
use super::{Heap, memory, scan};
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::WORD;

/// The parts of a heap that evacuation works on.
pub(super) struct Evacuation<'h, const MARKING: bool> {
    nursery: &'h Nursery,
    old: &'h mut Old,
    large: &'h Large,
    marker: &'h mut Marker,
    grey: &'h mut Vec<u64>,
    promoted_large: &'h mut usize,
}

impl<const MARKING: bool> Evacuation<'_, MARKING> {
    /// Rewrites a slot outside the heap.
    #[inline(always)]
    pub(super) fn root(&mut self, slot: &mut u64) {
        if self.nursery.holds(*slot) {
            *slot = self.evacuate(*slot);
        } else if self.large.is_young(*slot) {
            self.promote(*slot);
        }
    }

    /// Rewrites a slot in an object.
    #[inline(always)]
    fn slot(&mut self, slot: u64) {
        let value = memory::load(slot);
        if self.nursery.holds(value) {
            let moved = self.evacuate(value);
            memory::store(slot, moved);
        } else if self.large.is_young(value) {
            self.promote(value);
        } else if MARKING && value != 0 {
            self.marker.push(value);
        }
    }

    /// The old copy of a nursery object.
    #[inline(always)]
    fn evacuate(&mut self, object: u64) -> u64 {
        let header = Header(memory::load(object));
        if !header.has(Header::TAG) {
            return header.0;
        }
        debug_assert!(scan::looks_valid(header), "not a header: {:#x} at {object:#x}", header.0);
        let words = 1 + header.payload_words();
        let copy = self.old.alloc(words);
        memory::store(copy, header.0 | Header::BARRIER);
        memory::copy_apart(copy + WORD as u64, object + WORD as u64, words - 1);
        memory::store(object, copy);
        if header.kind() != RefKind::None {
            self.grey.push(copy);
        }
        copy
    }

    #[cold]
    fn promote(&mut self, object: u64) {
        let mark = if MARKING || self.marker.active { Header::MARK } else { 0 };
        let header = Header(memory::load(object) & !Header::YOUNG_LARGE | Header::BARRIER | mark);
        memory::store(object, header.0);
        let bytes = Large::allocation_bytes(header);
        *self.promoted_large += bytes;
        if mark != 0 {
            self.marker.marked_bytes += bytes;
        }
        if header.kind() != RefKind::None {
            self.grey.push(object);
        }
    }

    /// Scans an object that became old, or was remembered.
    #[inline(always)]
    fn scan(&mut self, maps: &RefMaps, object: u64) {
        scan::slots(maps, object, Header(memory::load(object)), |slot| self.slot(slot));
    }

    fn drain(&mut self, maps: &RefMaps) {
        while let Some(object) = self.grey.pop() {
            self.scan(maps, object);
        }
    }
}

impl Heap {
    /// Calls with what evacuation works on, and the reference maps.
    #[inline(always)]
    pub(super) fn evacuation<const MARKING: bool>(&mut self) -> (&RefMaps, Evacuation<'_, MARKING>) {
        let parts = Evacuation {
            nursery: &self.nursery,
            old: &mut self.old,
            large: &self.large,
            marker: &mut self.marker,
            grey: &mut self.grey,
            promoted_large: &mut self.promoted_large,
        };
        (&self.maps, parts)
    }

    /// Makes everything young that is reachable old, and frees the rest. Afterwards the nursery is
    /// empty, no large object is young, nothing is remembered. Returns the bytes that became old.
    pub(super) fn evacuate_young(&mut self, roots: &mut dyn Roots) -> usize {
        let used = (self.fast.cursor - self.nursery.base) as usize;
        self.stats.allocated_bytes += (used + self.large.young_bytes) as u64;
        self.old.promise(used, used);
        self.promoted_large = 0;
        self.visit(Phase::Evacuate, roots);
        if self.marker.active {
            self.evacuate_remembered::<true>()
        } else {
            self.evacuate_remembered::<false>()
        }
        self.large.free_young(&mut self.memory, self.poison);
        if let Some(byte) = self.poison {
            memory::fill(self.nursery.base, byte, used);
        }
        self.fast.cursor = self.nursery.base;
        self.promoted_small = self.old.allocated;
        self.promoted_small + self.promoted_large
    }

    fn evacuate_remembered<const MARKING: bool>(&mut self) {
        let mut remembered = std::mem::take(&mut self.remembered);
        for object in remembered.drain(..) {
            let header = Header(memory::load(object) | Header::BARRIER);
            memory::store(object, header.0);
            // What refers to old objects only hands them to the marker if it is marked itself.
            if MARKING && self.is_marked(object) {
                let (maps, mut parts) = self.evacuation::<true>();
                parts.scan(maps, object);
            } else {
                let (maps, mut parts) = self.evacuation::<false>();
                parts.scan(maps, object);
            }
        }
        self.remembered = remembered;
        let mut dirty = std::mem::take(&mut self.large.dirty);
        for object in dirty.drain(..) {
            self.scan_cards::<MARKING>(object);
        }
        self.large.dirty = dirty;
        let (maps, mut parts) = self.evacuation::<MARKING>();
        parts.drain(maps);
    }

    fn scan_cards<const MARKING: bool>(&mut self, object: u64) {
        let header = Header(memory::load(object));
        let hand_over = MARKING && self.is_marked(object);
        Large::clean_cards(object, |first, stored| {
            if hand_over && stored & OLD != 0 {
                let (maps, mut parts) = self.evacuation::<true>();
                scan::card_slots(maps, object, header, first, |slot| parts.slot(slot));
            } else {
                let (maps, mut parts) = self.evacuation::<false>();
                scan::card_slots(maps, object, header, first, |slot| parts.slot(slot));
            }
        });
    }

    /// The slow path of the write barrier: `value` was stored into a payload word of `object`, which has
    /// the barrier bit.
    #[cold]
    #[inline(never)]
    pub(super) fn barrier(&mut self, object: u64, word: usize, value: u64) {
        if value == 0 {
            return;
        }
        if self.is_young(value) {
            self.remember_words(object, word, 1, YOUNG);
        } else if self.marker.active {
            self.remember_words(object, word, 1, OLD);
        }
    }

    /// Remembers that references were stored in payload words of an object with the barrier bit.
    pub(super) fn remember_words(&mut self, object: u64, first: usize, count: usize, stored: u8) {
        let header = Header(memory::load(object));
        if header.has(Header::LARGE) && has_cards(header) {
            self.large.dirty(object, first, count, stored);
            return;
        }
        memory::store(object, header.0 & !Header::BARRIER);
        self.remembered.push(object);
    }

    /// Whether a reference that is not null is to a young object.
    pub(super) fn is_young(&self, address: u64) -> bool {
        self.nursery.holds(address) || self.large.is_young(address)
    }
}
