//! The pauses: what is collected when, and what happens when memory runs out.

use super::blocks::BLOCK_BYTES;
use super::compact::Selection;
use super::large::Large;
use super::nursery::Nursery;
use super::old::Old;
use super::roots::Roots;
use super::{Collection, Heap, OutOfMemory, Ref, Stress, memory};
use bp_isa::abi::Header;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD, offset};
use std::time::Instant;

/// Free blocks, beyond what a full nursery needs, that let size classes have blocks of their own.
const SPARE_BLOCKS: usize = 16;
/// Free blocks that only what runs after an [`OutOfMemory`] gets.
const EMERGENCY_BLOCKS: usize = 2;
/// The heap is out of memory when less than one part in so many of its limit is free for new objects.
const OUT_OF_MEMORY_SHARE: usize = 64;
/// Young large objects may take so many bytes before they cause a collection,
const LARGE_BYTES: usize = 8 << 20;
/// or one part in so many of the limit.
const LARGE_SHARE: usize = 8;
/// With fewer bytes in blocks, holes do not matter.
const SPARSE_BYTES: usize = 16 << 20;
/// Memory is sparse when the live part of it is less than one in so many.
const SPARSE_FACTOR: usize = 4;
/// Attempts to compact further when memory is short.
const ROUNDS: usize = 4;

/// What to do with sparse blocks at the end of a cycle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compact {
    /// Empty the sparsest if most of the memory is holes.
    IfSparse,
    /// Empty all that are not full, as memory is short.
    Sparse,
    /// Move everything.
    All,
}

impl Heap {
    /// A new object when [`Heap::try_alloc`] found no room.
    pub(super) fn alloc_small(&mut self, header: Header, roots: &mut dyn Roots) -> Result<Ref, OutOfMemory> {
        let bytes = offset(header.payload_words());
        let stressed = self.config.stress == Some(Stress::Alloc);
        if stressed {
            self.collect_in_turn(roots);
        } else if bytes > self.nursery_room() {
            if self.config.stress == Some(Stress::Sometimes) {
                self.collect_in_turn(roots);
            } else {
                self.pause(roots, |heap, roots| heap.minor(roots));
            }
        }
        if self.fast.cursor == self.nursery.base && self.nursery_room() < self.enough() {
            self.make_room(roots, |heap| heap.nursery_room() >= heap.enough());
            if self.nursery_room() < self.enough() {
                self.open_emergency_room();
                return Err(OutOfMemory);
            }
        }
        if !stressed {
            self.fast.limit = self.nursery.end;
        }
        let start = self.fast.cursor;
        self.fast.cursor += bytes as u64;
        memory::store(start, header.0);
        Ok(Ref::from_word(start))
    }

    /// A new large object.
    pub(super) fn alloc_large(&mut self, header: Header, roots: &mut dyn Roots) -> Result<Ref, OutOfMemory> {
        let bytes = Large::allocation_bytes(header);
        let budget = LARGE_BYTES.max(self.pace.live_bytes / 4).min(self.limit / LARGE_SHARE);
        if self.config.stress == Some(Stress::Alloc) {
            self.collect_in_turn(roots);
        } else if self.large.young_bytes > 0 && self.large.young_bytes + bytes > budget {
            self.pause(roots, |heap, roots| heap.minor(roots));
        }
        if let Some(object) = self.try_large(header) {
            return Ok(object);
        }
        let mut object = None;
        self.make_room(roots, |heap| {
            object = heap.try_large(header);
            object.is_some()
        });
        object.ok_or(OutOfMemory)
    }

    fn try_large(&mut self, header: Header) -> Option<Ref> {
        // Scanning what becomes old must not need memory.
        self.grey.try_reserve(Nursery::grey_entries(self.nursery.bytes) + self.large.young.len() + 1).ok()?;
        let object = self.large.alloc(header, &mut self.memory).ok()?;
        self.set_window();
        self.note_size();
        Some(Ref::from_word(object))
    }

    /// Collects everything, and compacts, until there is room.
    fn make_room(&mut self, roots: &mut dyn Roots, mut has_room: impl FnMut(&mut Heap) -> bool) {
        self.pause(roots, |heap, roots| heap.full(roots, Compact::IfSparse));
        if has_room(self) {
            return;
        }
        self.pause(roots, |heap, roots| heap.full(roots, Compact::Sparse));
        has_room(self);
    }

    fn nursery_room(&self) -> usize {
        self.nursery.end.saturating_sub(self.fast.cursor) as usize
    }

    /// Room in the empty nursery below which the heap counts as out of memory.
    fn enough(&self) -> usize {
        if self.config.stress == Some(Stress::Sometimes) {
            return offset(MAX_SMALL_BYTES / WORD);
        }
        (self.limit / OUT_OF_MEMORY_SHARE).clamp(2 * MAX_SMALL_BYTES, self.nursery.bytes)
    }

    /// Lets whoever handles an [`OutOfMemory`] allocate a little.
    fn open_emergency_room(&mut self) {
        let room = Old::capacity(self.old.blocks.free_count()).min(self.nursery.bytes);
        self.nursery.end = self.nursery.base + room as u64;
        if self.config.stress != Some(Stress::Alloc) {
            self.fast.limit = self.nursery.end;
        }
    }

    /// One of the kinds of collection after the other.
    pub(super) fn collect_in_turn(&mut self, roots: &mut dyn Roots) {
        self.turn += 1;
        let kinds = [Collection::Minor, Collection::Full, Collection::Compacting];
        self.collect_now(kinds[self.turn % kinds.len()], roots);
    }

    /// Collects.
    pub(super) fn collect_now(&mut self, collection: Collection, roots: &mut dyn Roots) {
        match collection {
            Collection::Minor => self.pause(roots, |heap, roots| heap.minor(roots)),
            Collection::Full => self.pause(roots, |heap, roots| heap.full(roots, Compact::IfSparse)),
            Collection::Compacting => self.pause(roots, |heap, roots| heap.full(roots, Compact::All)),
        }
    }

    /// Runs a collection, and leaves the heap ready for the program.
    fn pause(&mut self, roots: &mut dyn Roots, collection: impl FnOnce(&mut Heap, &mut dyn Roots)) {
        let start = Instant::now();
        self.verify("before a collection", roots);
        let used = (self.fast.cursor - self.nursery.base) as usize;
        collection(self, roots);
        let wanted = self.nursery.wanted(used, self.promoted_small);
        if wanted != self.nursery.bytes && self.grey.try_reserve(Nursery::grey_entries(wanted)).is_ok() {
            self.nursery.resize(wanted, &mut self.memory);
        }
        self.prepare_nursery();
        self.verify("after a collection", roots);
        self.note_size();
        let pause = start.elapsed();
        self.stats.longest_pause = self.stats.longest_pause.max(pause);
        self.stats.total_pause += pause;
    }

    /// Opens the empty nursery as far as free blocks are in reserve for its evacuation.
    pub(super) fn prepare_nursery(&mut self) {
        let blocks = self.reserve_blocks();
        self.old.ensure_free(&mut self.memory, blocks);
        let free = self.old.blocks.free_count().saturating_sub(EMERGENCY_BLOCKS);
        let room = Old::capacity(free).min(self.nursery.bytes).min(self.stressed_room());
        self.fast.cursor = self.nursery.base;
        self.nursery.end = self.nursery.base + room as u64;
        self.fast.limit = if self.config.stress == Some(Stress::Alloc) { 0 } else { self.nursery.end };
        self.set_window();
    }

    /// Most bytes that may be used of the nursery until it is collected the next time.
    fn stressed_room(&self) -> usize {
        if self.config.stress != Some(Stress::Sometimes) {
            return usize::MAX;
        }
        // Scatters neighbouring turns over a few thousand bytes.
        let more = (self.turn as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
        offset(MAX_SMALL_BYTES / WORD) + (more as usize).next_multiple_of(WORD)
    }

    /// Free blocks to have before the program runs.
    fn reserve_blocks(&self) -> usize {
        Old::blocks_for(self.nursery.bytes) + SPARE_BLOCKS + EMERGENCY_BLOCKS
    }

    /// Which stores the write barrier looks at.
    fn set_window(&mut self) {
        let (mut base, mut end) = (self.nursery.base, self.nursery.base + self.nursery.bytes as u64);
        if self.marker.active {
            // Everything but null.
            (base, end) = (1, u64::MAX);
        } else if self.large.young_size > 0 {
            base = base.min(self.large.young_base);
            end = end.max(self.large.young_base + self.large.young_size);
        }
        self.fast.win_base = base;
        self.fast.win_size = end - base;
    }

    fn note_size(&mut self) {
        self.stats.heap_bytes = self.memory.held() as u64;
        self.stats.peak_bytes = self.memory.peak() as u64;
        self.stats.large_bytes = self.large.bytes as u64;
        self.stats.nursery_bytes = self.nursery.bytes as u64;
    }

    /// A minor collection, and the marking that is due.
    fn minor(&mut self, roots: &mut dyn Roots) {
        let promoted = self.promote_young(roots);
        if !self.marker.active {
            if !self.pace.is_due() {
                return;
            }
            self.start_marking(roots);
            self.pace.begin_cycle();
        }
        if self.mark_some(self.pace.step(promoted)) || self.pace.is_overdue() {
            self.finish_cycle(roots, Compact::IfSparse);
        }
    }

    fn promote_young(&mut self, roots: &mut dyn Roots) -> usize {
        let promoted = self.evacuate_young(roots);
        self.pace.old_bytes += promoted;
        self.stats.minor += 1;
        self.stats.promoted_bytes += promoted as u64;
        promoted
    }

    /// A full collection from the beginning.
    fn full(&mut self, roots: &mut dyn Roots, compact: Compact) {
        self.promote_young(roots);
        self.start_marking(roots);
        self.finish_cycle(roots, compact);
    }

    /// Completes marking and frees what is dead.
    fn finish_cycle(&mut self, roots: &mut dyn Roots, compact: Compact) {
        self.finish_marking(roots);
        self.verify_marks(roots);
        self.old.blocks.swap_maps();
        self.large.free_unmarked(&mut self.memory, self.poison);
        self.poison_dead();
        self.old.sort_blocks(|_| false);
        let most = self.limit.saturating_sub(self.nursery.bytes + self.reserve_blocks() * BLOCK_BYTES);
        self.pace.end_cycle(self.marker.marked_bytes, most);
        self.compact_blocks(roots, compact);
        let growth = if compact == Compact::IfSparse { self.pace.growth() / BLOCK_BYTES } else { 0 };
        let keep = self.reserve_blocks() + growth;
        self.old.blocks.release_chunks(&mut self.memory, keep);
        self.stats.full += 1;
        self.stats.live_bytes = self.pace.live_bytes as u64;
    }

    fn compact_blocks(&mut self, roots: &mut dyn Roots, compact: Compact) {
        const BLOCK_WORDS: usize = BLOCK_BYTES / WORD;
        let live = self.old.blocks.in_use().map(|block| self.old.blocks.live_words(block)).sum::<usize>() * WORD;
        let selection = Selection { below_words: BLOCK_WORDS / SPARSE_FACTOR, into_holes: true, keep: 0 };
        match compact {
            Compact::IfSparse => {
                let used = self.old.blocks.in_use().count() * BLOCK_BYTES;
                if used < SPARSE_BYTES || used / SPARSE_FACTOR < live {
                    return;
                }
                self.compact(roots, selection);
            }
            Compact::Sparse => {
                for _ in 0..ROUNDS {
                    if self.compact(roots, Selection { below_words: BLOCK_WORDS * 7 / 8, ..selection }) == 0 {
                        break;
                    }
                }
            }
            Compact::All => {
                self.old.ensure_free(&mut self.memory, Old::blocks_for(live * 9 / 8));
                self.compact(roots, Selection { below_words: usize::MAX, into_holes: false, keep: 0 });
            }
        }
        self.stats.compacting += 1;
    }

    fn poison_dead(&mut self) {
        let Some(byte) = self.poison else { return };
        for block in self.old.blocks.in_use() {
            for object in self.old.blocks.dead_objects(block) {
                let header = Header(memory::load(object));
                memory::fill(object, byte, (1 + header.payload_words()) * WORD);
            }
        }
    }
}
