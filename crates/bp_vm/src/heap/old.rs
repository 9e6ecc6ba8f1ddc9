//! The old generation's small objects: allocation into holes and free blocks.
//!
//! Allocation happens only inside collections and never fails there: whoever starts one has called
//! [`Old::promise`] with what may be allocated at most, and [`Old::capacity`] was at least that. A size
//! class takes a free block only while enough others remain for the rest of the promise; after that,
//! objects of all sizes share blocks, which needs no more room than the promise says.

use super::blocks::{BLOCK_BYTES, Block, Blocks, CHUNK_BYTES, NO_BLOCK, Use, cells};
use super::classes::{CELL_WORDS, CLASS_OF, CLASSES, MAX_WORDS};
use super::config::OutOfMemory;
use super::memory::Memory;
use bp_isa::abi::layout::WORD;

/// Bytes that a shared block holds at least when its successor is started.
const SHARED_BYTES: usize = BLOCK_BYTES - MAX_WORDS * WORD;
/// A block with a smaller share of free cells is not worth looking for holes in.
const MIN_FREE_SHARE: usize = 16;

/// Small old objects.
pub(super) struct Old {
    /// The blocks.
    pub(super) blocks: Blocks,
    classes: [Class; CLASSES],
    /// What is left of the current shared block.
    shared: Run,
    /// Bytes that may still be allocated in this collection, by promise.
    promised: usize,
    /// Bytes allocated in this collection.
    pub(super) allocated: usize,
    /// Whether objects are noted in the live map when they are allocated.
    exact: bool,
    /// Whether objects are marked when they are allocated.
    pub(super) marking: bool,
}

/// Free memory in one piece.
#[derive(Clone, Copy, Default)]
struct Run {
    next: u64,
    end: u64,
}

/// Where a size class allocates.
#[derive(Clone, Copy)]
struct Class {
    run: Run,
    /// The part of the current block where holes are still to be found.
    search: Run,
    /// Blocks with holes.
    partial: Block,
}

impl Old {
    /// An empty generation. If `exact`, the live map has all objects at any time, not only those that
    /// the last marking found.
    pub(super) fn new(exact: bool) -> Old {
        let class = Class { run: Run::default(), search: Run::default(), partial: NO_BLOCK };
        Old {
            blocks: Blocks::new(),
            classes: [class; CLASSES],
            shared: Run::default(),
            promised: 0,
            allocated: 0,
            exact,
            marking: false,
        }
    }

    /// Bytes of objects that fit into `free` blocks, whatever their sizes.
    pub(super) const fn capacity(free: usize) -> usize {
        free.saturating_sub(1) * SHARED_BYTES
    }

    /// Free blocks that hold `bytes` of objects, whatever their sizes.
    pub(super) const fn blocks_for(bytes: usize) -> usize {
        bytes.div_ceil(SHARED_BYTES) + 1
    }

    /// Starts a collection that allocates at most `bytes`, of which holes do not take `fresh_bytes`.
    pub(super) fn promise(&mut self, bytes: usize, fresh_bytes: usize) {
        assert!(Old::capacity(self.blocks.free_count()) >= fresh_bytes, "too few free blocks for a collection");
        self.promised = bytes;
        self.allocated = 0;
    }

    /// Free cells of a block with `live` objects, if there are enough to be looked for.
    pub(super) const fn usable_holes(class: usize, live: usize) -> usize {
        let free = cells(class) - live;
        if free * MIN_FREE_SHARE >= cells(class) { free } else { 0 }
    }

    /// Adds chunks until `blocks` are free; whether it came to that.
    pub(super) fn ensure_free(&mut self, memory: &mut Memory, blocks: usize) -> bool {
        while self.blocks.free_count() < blocks {
            if memory.room() < CHUNK_BYTES || self.blocks.add_chunk(memory).is_err() {
                return false;
            }
        }
        true
    }

    /// Adds the first chunk.
    pub(super) fn start(&mut self, memory: &mut Memory) -> Result<(), OutOfMemory> {
        self.blocks.add_chunk(memory)
    }

    /// Room for an object of `words`, header included.
    #[inline(always)]
    pub(super) fn alloc(&mut self, words: usize) -> u64 {
        let class = CLASS_OF[words] as usize;
        let run = &mut self.classes[class].run;
        let start = run.next;
        let end = start + u64::from(CELL_WORDS[class]) * WORD as u64;
        let object = if end <= run.end {
            run.next = end;
            start
        } else {
            self.alloc_in_next_run(class, words)
        };
        self.allocated += words * WORD;
        if self.exact || self.marking {
            self.note(object, words);
        }
        object
    }

    #[inline(never)]
    fn note(&mut self, object: u64, words: usize) {
        if self.exact {
            self.blocks.set_live(object);
        }
        if self.marking {
            self.blocks.mark(object, words);
        }
    }

    #[cold]
    #[inline(never)]
    fn alloc_in_next_run(&mut self, class: usize, words: usize) -> u64 {
        let cell_bytes = u64::from(CELL_WORDS[class]) * WORD as u64;
        loop {
            let state = &mut self.classes[class];
            if let Some((start, end)) = self.blocks.hole(state.search.next, state.search.end, cell_bytes) {
                state.search.next = end;
                state.run = Run { next: start + cell_bytes, end };
                return start;
            }
            let block = match self.blocks.pop(&mut state.partial) {
                Some(block) => block,
                None if self.may_take() => self.blocks.take(Use::Cells(class as u8)),
                None => return self.alloc_shared(words),
            };
            let start = self.blocks.start(block);
            let end = start + cells(class) as u64 * cell_bytes;
            self.classes[class].search = Run { next: start, end };
        }
    }

    /// Whether the free blocks without one of them still hold what is left of the promise.
    fn may_take(&self) -> bool {
        let left = self.promised.saturating_sub(self.allocated);
        Old::capacity(self.blocks.free_count().saturating_sub(1)) >= left
    }

    fn alloc_shared(&mut self, words: usize) -> u64 {
        let bytes = (words * WORD) as u64;
        if self.shared.next + bytes > self.shared.end {
            let block = self.blocks.take(Use::Mixed);
            let start = self.blocks.start(block);
            self.shared = Run { next: start, end: start + BLOCK_BYTES as u64 };
        }
        let start = self.shared.next;
        self.shared.next += bytes;
        start
    }

    /// Sorts the blocks after marking: which are free, which have holes. Blocks that `leave` names are
    /// not allocated into.
    pub(super) fn sort_blocks(&mut self, leave: impl Fn(Block) -> bool) {
        self.shared = Run::default();
        for class in &mut self.classes {
            *class = Class { run: Run::default(), search: Run::default(), partial: NO_BLOCK };
        }
        for block in (0..self.blocks.numbers() as Block).rev() {
            let live = match self.blocks.used(block) {
                Use::Absent | Use::Free => continue,
                Use::Cells(_) | Use::Mixed => self.blocks.live_words(block),
            };
            if live == 0 {
                self.blocks.give(block);
            } else if let Use::Cells(class) = self.blocks.used(block)
                && !leave(block)
            {
                let class = class as usize;
                // Objects may be smaller than their cells: there are not fewer of them than this.
                let least = live.div_ceil(usize::from(CELL_WORDS[class]));
                if Old::usable_holes(class, least) > 0 {
                    self.blocks.push(&mut self.classes[class].partial, block);
                }
            }
        }
    }
}
