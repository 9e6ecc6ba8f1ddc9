//! Marking: finds what is alive in the old generation, a piece at a time.
//!
//! Pieces are marked inside minor pauses, right after evacuation: there are no young objects then. What
//! the program stores into old objects in between is found again: the write barrier remembers the object,
//! and the next minor collection hands what it refers to to the marker. Roots are visited when marking
//! begins and again when it ends. Objects that become old meanwhile are marked.
//!
//! The stack holds references as they were found: to marked objects, too. If there is no memory for it to
//! grow, references are dropped, and the marked objects are scanned again in the end.

use super::large::Large;
use super::maps::RefMaps;
use super::old::Old;
use super::roots::{Phase, Roots};
use super::{Heap, memory, scan};
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{PAYLOAD, WORD};

/// References between being asked for and being needed.
const AHEAD: usize = 16;
/// Payload words of a large object that are scanned in one go.
const SLICE_WORDS: usize = 2048;

/// The state of marking.
pub(super) struct Marker {
    /// Whether marking is on.
    pub(super) active: bool,
    /// Bytes of objects marked in this cycle.
    pub(super) marked_bytes: usize,
    stack: Vec<u64>,
    /// Large objects that are marked, and the first payload word that is not scanned.
    large: Vec<(u64, usize)>,
    /// Whether references were dropped.
    overflow: bool,
}

impl Marker {
    /// Marking is off.
    pub(super) fn new() -> Marker {
        Marker { active: false, marked_bytes: 0, stack: Vec::new(), large: Vec::new(), overflow: false }
    }

    /// Hands over a reference that is not null.
    #[inline(always)]
    pub(super) fn push(&mut self, object: u64) {
        if self.stack.len() == self.stack.capacity() && self.stack.try_reserve(1024).is_err() {
            self.overflow = true;
            return;
        }
        self.stack.push(object);
    }

    /// As if there had been no memory for the stack.
    #[cfg(test)]
    pub(super) fn drop_everything(&mut self) {
        self.stack.clear();
        self.large.clear();
        self.overflow = true;
    }

    fn push_large(&mut self, object: u64, word: usize) {
        if self.large.try_reserve(1).is_err() {
            self.overflow = true;
            return;
        }
        self.large.push((object, word));
    }

    /// Marks until nothing is left or `budget` bytes are scanned; whether nothing is left.
    fn run(&mut self, old: &mut Old, maps: &RefMaps, budget: usize) -> bool {
        let mut left = budget as isize;
        let mut ring = [0; AHEAD];
        let mut at = 0;
        loop {
            // Empty places in the ring are 0; it is empty after as many of them as it has places.
            let mut dry = 0;
            while dry < AHEAD && left > 0 {
                let next = self.stack.pop().unwrap_or(0);
                memory::prefetch(next);
                let object = std::mem::replace(&mut ring[at], next);
                at = (at + 1) % AHEAD;
                dry = if next == 0 && object == 0 { dry + 1 } else { 0 };
                if object != 0 {
                    left -= self.mark(old, maps, object) as isize;
                }
            }
            if left <= 0 {
                for object in ring.into_iter().filter(|&object| object != 0) {
                    self.push(object);
                }
                return self.stack.is_empty() && self.large.is_empty();
            }
            let Some((object, word)) = self.large.pop() else { return true };
            left -= self.scan_slice(maps, object, word) as isize;
        }
    }

    /// Marks an object and hands over what it refers to; the bytes scanned.
    #[inline(always)]
    fn mark(&mut self, old: &mut Old, maps: &RefMaps, object: u64) -> usize {
        let header = Header(memory::load(object));
        debug_assert!(scan::looks_valid(header), "not a header: {:#x} at {object:#x}", header.0);
        if header.has(Header::LARGE) {
            return self.mark_large(object, header);
        }
        let words = 1 + header.payload_words();
        if !old.blocks.mark(object, words) {
            return WORD;
        }
        self.marked_bytes += words * WORD;
        self.scan(maps, object, header);
        words * WORD
    }

    #[inline(never)]
    fn mark_large(&mut self, object: u64, header: Header) -> usize {
        if header.has(Header::MARK) {
            return WORD;
        }
        memory::store(object, header.0 | Header::MARK);
        self.marked_bytes += Large::allocation_bytes(header);
        if header.kind() != RefKind::None {
            self.push_large(object, 0);
        }
        PAYLOAD
    }

    /// Scans a slice of a large object.
    fn scan_slice(&mut self, maps: &RefMaps, object: u64, word: usize) -> usize {
        let header = Header(memory::load(object));
        if header.kind() == RefKind::Mapped {
            self.scan(maps, object, header);
            return header.payload_words() * WORD;
        }
        let end = (word + SLICE_WORDS).min(header.payload_words());
        if end < header.payload_words() {
            self.push_large(object, end);
        }
        scan::range_slots(maps, object, header, word, end, |slot| self.hand_over(slot));
        (end - word) * WORD
    }

    #[inline(always)]
    fn scan(&mut self, maps: &RefMaps, object: u64, header: Header) {
        scan::slots(maps, object, header, |slot| self.hand_over(slot));
    }

    #[inline(always)]
    fn hand_over(&mut self, slot: u64) {
        let value = memory::load(slot);
        if value != 0 {
            self.push(value);
        }
    }
}

impl Heap {
    /// Whether an old object is marked.
    pub(super) fn is_marked(&self, object: u64) -> bool {
        let header = Header(memory::load(object));
        if header.has(Header::LARGE) { header.has(Header::MARK) } else { self.old.blocks.is_marked(object) }
    }

    /// Begins a cycle; one that is on is given up. There are no young objects.
    pub(super) fn start_marking(&mut self, roots: &mut dyn Roots) {
        self.old.blocks.clear_marks();
        self.large.clear_marks();
        self.marker.stack.clear();
        self.marker.large.clear();
        self.marker.overflow = false;
        self.marker.marked_bytes = 0;
        self.marker.active = true;
        self.old.marking = true;
        self.visit(Phase::Mark, roots);
    }

    /// Marks about `budget` bytes; whether all that was handed over is done.
    pub(super) fn mark_some(&mut self, budget: usize) -> bool {
        self.marker.run(&mut self.old, &self.maps, budget)
    }

    /// Completes marking: afterwards the live map has the live objects. There are no young objects.
    pub(super) fn finish_marking(&mut self, roots: &mut dyn Roots) {
        self.visit(Phase::Mark, roots);
        self.mark_some(isize::MAX as usize);
        while std::mem::take(&mut self.marker.overflow) {
            self.scan_marked_again();
        }
        self.marker.stack.shrink_to(1 << 16);
        self.marker.active = false;
        self.old.marking = false;
    }

    /// Scans all marked objects, because references that some of them held were dropped.
    #[cold]
    fn scan_marked_again(&mut self) {
        for block in 0..self.old.blocks.numbers() as u32 {
            if !self.old.blocks.is_in_use(block) {
                continue;
            }
            for object in self.old.blocks.marked_objects(block) {
                self.scan_again(object);
            }
        }
        let large: Vec<u64> = self.large.objects().filter(|&object| self.is_marked(object)).collect();
        for object in large {
            self.scan_again(object);
        }
    }

    fn scan_again(&mut self, object: u64) {
        self.marker.scan(&self.maps, object, Header(memory::load(object)));
        self.mark_some(isize::MAX as usize);
    }
}
