//! Chunks and their blocks: where small old objects live.
//!
//! A chunk is 1 MiB, aligned to its size, in 32 blocks of 32 KiB. The first block holds two bitmaps with
//! a bit per word of the chunk, set where an object starts: the *live* map, which allocation reads holes
//! from, and the *mark* map, which marking writes; they swap when marking ends. The parts of the maps that
//! would describe the first block itself hold the live words of every block instead.
//!
//! The maps of a block are valid while it is in use. Lists of blocks are linked through `next`, so that
//! a collection needs no memory to change them.
//!
//! Absence: nothing here knows what objects contain.

use super::classes::{CELL_WORDS, CLASSES};
use super::config::OutOfMemory;
use super::memory::{self, Memory};
use bp_isa::abi::layout::WORD;

/// Bytes and alignment of a chunk.
pub(super) const CHUNK_BYTES: usize = 1 << 20;
/// Bytes of a block.
pub(super) const BLOCK_BYTES: usize = 32 << 10;
/// Blocks of a chunk, the first of which holds the bitmaps.
pub(super) const BLOCKS: usize = CHUNK_BYTES / BLOCK_BYTES;
/// Bytes of a bitmap.
const MAP_BYTES: u64 = (CHUNK_BYTES / WORD / 8) as u64;
/// Bytes of a bitmap that describe one block.
const BLOCK_MAP_BYTES: u64 = (BLOCK_BYTES / WORD / 8) as u64;
/// Where a chunk keeps the live words of its blocks, one word each.
const LIVE_WORDS: u64 = 0;
const _: () = assert!(LIVE_WORDS as usize + BLOCKS * WORD <= BLOCK_MAP_BYTES as usize);

/// A block's number: its chunk's number times [`BLOCKS`], plus its position.
pub(super) type Block = u32;
/// The end of a list of blocks.
pub(super) const NO_BLOCK: Block = Block::MAX;

/// What a block is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Use {
    /// Not usable: a chunk's first block, or one of a chunk that was released.
    Absent,
    /// In the free list.
    Free,
    /// Cells of one size class.
    Cells(u8),
    /// Objects of any size, one after the other; holes are not used again.
    Mixed,
}

/// All chunks of a heap.
pub(super) struct Blocks {
    /// Addresses of chunks by number; 0 where one was released.
    chunks: Vec<u64>,
    /// By block.
    uses: Vec<Use>,
    /// By block: the next in its list.
    next: Vec<Block>,
    /// First of the free list.
    free: Block,
    /// Length of the free list.
    free_count: usize,
    /// Offset of the live map in a chunk: 0 or [`MAP_BYTES`]; the mark map is the other one.
    live_map: u64,
}

impl Blocks {
    /// No chunks.
    pub(super) fn new() -> Blocks {
        Blocks { chunks: Vec::new(), uses: Vec::new(), next: Vec::new(), free: NO_BLOCK, free_count: 0, live_map: 0 }
    }

    /// Number of free blocks.
    pub(super) fn free_count(&self) -> usize {
        self.free_count
    }

    /// Adds a chunk of free blocks.
    pub(super) fn add_chunk(&mut self, memory: &mut Memory) -> Result<(), OutOfMemory> {
        let vacant = self.chunks.iter().position(|&chunk| chunk == 0);
        if vacant.is_none() {
            self.chunks.try_reserve(1).map_err(|_| OutOfMemory)?;
            self.uses.try_reserve(BLOCKS).map_err(|_| OutOfMemory)?;
            self.next.try_reserve(BLOCKS).map_err(|_| OutOfMemory)?;
        }
        let base = memory.request(CHUNK_BYTES, CHUNK_BYTES)?;
        let number = vacant.unwrap_or_else(|| {
            self.chunks.push(0);
            self.uses.resize(self.uses.len() + BLOCKS, Use::Absent);
            self.next.resize(self.next.len() + BLOCKS, NO_BLOCK);
            self.chunks.len() - 1
        });
        self.chunks[number] = base;
        for position in (1..BLOCKS).rev() {
            self.give(block_number(number, position));
        }
        Ok(())
    }

    /// Releases wholly free chunks while more than `keep` blocks are free.
    pub(super) fn release_chunks(&mut self, memory: &mut Memory, keep: usize) {
        let mut released = false;
        for number in 0..self.chunks.len() {
            let all = block_number(number, 1) as usize..block_number(number, BLOCKS - 1) as usize + 1;
            if self.free_count < keep + BLOCKS - 1 {
                break;
            }
            if self.chunks[number] == 0 || self.uses[all.clone()].iter().any(|&used| used != Use::Free) {
                continue;
            }
            memory.release(self.chunks[number], CHUNK_BYTES, CHUNK_BYTES);
            self.chunks[number] = 0;
            self.uses[all].fill(Use::Absent);
            self.free_count -= BLOCKS - 1;
            released = true;
        }
        if released {
            self.relink_free();
        }
    }

    /// Links the free blocks in the order of their numbers, so that chunks fill up one after the other.
    fn relink_free(&mut self) {
        self.free = NO_BLOCK;
        self.free_count = 0;
        for block in (0..self.uses.len()).rev() {
            if self.uses[block] == Use::Free {
                self.give(block as Block);
            }
        }
    }

    /// Releases everything.
    pub(super) fn release_all(&mut self, memory: &mut Memory) {
        for &chunk in self.chunks.iter().filter(|&&chunk| chunk != 0) {
            memory.release(chunk, CHUNK_BYTES, CHUNK_BYTES);
        }
        *self = Blocks::new();
    }

    /// Takes a free block into use.
    pub(super) fn take(&mut self, used: Use) -> Block {
        let block = self.free;
        assert!(block != NO_BLOCK, "the reserve of free blocks is exhausted");
        self.free = self.next[block as usize];
        self.free_count -= 1;
        self.uses[block as usize] = used;
        self.clear_map(block, 0);
        self.clear_map(block, MAP_BYTES);
        memory::store(self.live_words_at(block), 0);
        block
    }

    /// Puts a block into the free list.
    pub(super) fn give(&mut self, block: Block) {
        self.uses[block as usize] = Use::Free;
        self.next[block as usize] = self.free;
        self.free = block;
        self.free_count += 1;
    }

    /// What a block is used for.
    pub(super) fn used(&self, block: Block) -> Use {
        self.uses[block as usize]
    }

    /// Pushes a block to a list.
    pub(super) fn push(&mut self, list: &mut Block, block: Block) {
        self.next[block as usize] = *list;
        *list = block;
    }

    /// Pops a block from a list.
    pub(super) fn pop(&mut self, list: &mut Block) -> Option<Block> {
        let block = *list;
        if block == NO_BLOCK {
            return None;
        }
        *list = self.next[block as usize];
        Some(block)
    }

    /// Whether objects may be in a block.
    pub(super) fn is_in_use(&self, block: Block) -> bool {
        matches!(self.used(block), Use::Cells(_) | Use::Mixed)
    }

    /// All blocks in use.
    pub(super) fn in_use(&self) -> impl Iterator<Item = Block> + '_ {
        (0..self.uses.len() as Block).filter(|&block| self.is_in_use(block))
    }

    /// Number of block numbers.
    pub(super) fn numbers(&self) -> usize {
        self.uses.len()
    }

    /// The address of a block.
    pub(super) fn start(&self, block: Block) -> u64 {
        self.chunks[block as usize / BLOCKS] + (block as usize % BLOCKS * BLOCK_BYTES) as u64
    }

    /// Words of a block's objects that were marked in the current cycle, or in the last one if none is on.
    pub(super) fn live_words(&self, block: Block) -> usize {
        memory::load(self.live_words_at(block)) as usize
    }

    fn live_words_at(&self, block: Block) -> u64 {
        live_words_at(self.start(block))
    }

    /// Whether the address is in a block in use. Any address is allowed; slow.
    pub(super) fn holds(&self, address: u64) -> Option<Block> {
        let number = self.chunks.iter().position(|&chunk| chunk != 0 && chunk == chunk_base(address))?;
        let block = block_number(number, chunk_offset(address) as usize / BLOCK_BYTES);
        self.is_in_use(block).then_some(block)
    }

    fn clear_map(&mut self, block: Block, map: u64) {
        memory::fill(self.map_at(block, map), 0, BLOCK_MAP_BYTES as usize);
    }

    fn map_at(&self, block: Block, map: u64) -> u64 {
        self.chunks[block as usize / BLOCKS] + map + (block as usize % BLOCKS) as u64 * BLOCK_MAP_BYTES
    }

    const fn mark_map(&self) -> u64 {
        self.live_map ^ MAP_BYTES
    }

    /// Forgets all marks.
    pub(super) fn clear_marks(&mut self) {
        for block in 0..self.uses.len() as Block {
            if self.is_in_use(block) {
                self.clear_map(block, self.mark_map());
                memory::store(self.live_words_at(block), 0);
            }
        }
    }

    /// What was marked is what lives.
    pub(super) fn swap_maps(&mut self) {
        self.live_map = self.mark_map();
    }

    /// Marks the object at an address and counts its words; false if it was marked.
    #[inline(always)]
    pub(super) fn mark(&mut self, address: u64, words: usize) -> bool {
        if !set(address, self.mark_map()) {
            return false;
        }
        let counter = live_words_at(address);
        memory::store(counter, memory::load(counter) + words as u64);
        true
    }

    /// Whether the object at an address was marked in this cycle.
    #[inline(always)]
    pub(super) fn is_marked(&self, address: u64) -> bool {
        is_set(address, self.mark_map())
    }

    /// Notes an object in the live map.
    #[inline(always)]
    pub(super) fn set_live(&mut self, address: u64) {
        set(address, self.live_map);
    }

    /// Notes the copy of a live object that was moved after marking.
    pub(super) fn note_moved(&mut self, address: u64, words: usize) {
        self.set_live(address);
        let counter = live_words_at(address);
        memory::store(counter, memory::load(counter) + words as u64);
    }

    /// Whether an object is noted in the live map.
    pub(super) fn is_live(&self, address: u64) -> bool {
        is_set(address, self.live_map)
    }

    /// Whether a cell of a block begins at an address.
    pub(super) fn is_cell(&self, address: u64, block: Block, class: u8) -> bool {
        (address - self.start(block)).is_multiple_of(u64::from(CELL_WORDS[class as usize]) * WORD as u64)
    }

    /// Number of objects of a block in the live map.
    pub(super) fn live_count(&self, block: Block) -> usize {
        let map = self.map_at(block, self.live_map);
        (0..BLOCK_MAP_BYTES).step_by(WORD).map(|at| memory::load(map + at).count_ones() as usize).sum()
    }

    /// The objects of a block in the live map, by address.
    pub(super) fn live_objects(&self, block: Block) -> Objects {
        self.objects(block, |live, _| live)
    }

    /// The objects of a block in the mark map, by address.
    pub(super) fn marked_objects(&self, block: Block) -> Objects {
        self.objects(block, |_, marked| marked)
    }

    /// The objects of a block that are in the mark map only: right after the maps were swapped, the dead.
    pub(super) fn dead_objects(&self, block: Block) -> Objects {
        self.objects(block, |live, marked| marked & !live)
    }

    fn objects(&self, block: Block, select: fn(u64, u64) -> u64) -> Objects {
        let (live, marked) = (self.map_at(block, self.live_map), self.map_at(block, self.mark_map()));
        Objects { start: self.start(block), live, marked, select, word: 0, bits: 0 }
    }

    /// The first hole at or after `from` in a block of cells: where it starts and ends.
    pub(super) fn hole(&self, from: u64, end: u64, cell_bytes: u64) -> Option<(u64, u64)> {
        let mut start = from;
        while start < end && is_set(start, self.live_map) {
            start += cell_bytes;
        }
        (start < end).then(|| (start, self.next_live(start, end)))
    }

    /// The first object in the live map in `from..end`, else `end`; `end` is in the same block or its end.
    fn next_live(&self, from: u64, end: u64) -> u64 {
        let base = chunk_base(from);
        let mut at = chunk_offset(from) / 64 / 8;
        let mut bits = memory::load(base + self.live_map + at * 8) & (u64::MAX << (from / 8 % 64));
        loop {
            if bits != 0 {
                return (base + (at * 64 + bits.trailing_zeros() as u64) * 8).min(end);
            }
            at += 1;
            if base + at * 64 * 8 >= end {
                return end;
            }
            bits = memory::load(base + self.live_map + at * 8);
        }
    }
}

/// Addresses of objects in a block, ascending.
pub(super) struct Objects {
    start: u64,
    live: u64,
    marked: u64,
    select: fn(u64, u64) -> u64,
    /// Map words read.
    word: u64,
    bits: u64,
}

impl Iterator for Objects {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        while self.bits == 0 {
            if self.word * 8 == BLOCK_MAP_BYTES {
                return None;
            }
            let at = self.word * 8;
            self.bits = (self.select)(memory::load(self.live + at), memory::load(self.marked + at));
            self.word += 1;
        }
        let bit = self.bits.trailing_zeros() as u64;
        self.bits &= self.bits - 1;
        Some(self.start + ((self.word - 1) * 64 + bit) * WORD as u64)
    }
}

/// Cells that fit into a block.
pub(super) const fn cells(class: usize) -> usize {
    assert!(class < CLASSES);
    BLOCK_BYTES / WORD / CELL_WORDS[class] as usize
}

const fn block_number(chunk: usize, position: usize) -> Block {
    (chunk * BLOCKS + position) as Block
}

const fn chunk_base(address: u64) -> u64 {
    address & !(CHUNK_BYTES as u64 - 1)
}

const fn chunk_offset(address: u64) -> u64 {
    address & (CHUNK_BYTES as u64 - 1)
}

#[inline(always)]
fn live_words_at(address: u64) -> u64 {
    chunk_base(address) + LIVE_WORDS + chunk_offset(address) / BLOCK_BYTES as u64 * WORD as u64
}

/// Address of the map word and the bit for an object's address.
#[inline(always)]
const fn bit(address: u64, map: u64) -> (u64, u64) {
    (chunk_base(address) + map + chunk_offset(address) / 512 * 8, 1 << (address / 8 % 64))
}

/// Sets a bit; false if it was set.
#[inline(always)]
fn set(address: u64, map: u64) -> bool {
    let (at, bit) = bit(address, map);
    let bits = memory::load(at);
    memory::store(at, bits | bit);
    bits & bit == 0
}

#[inline(always)]
fn is_set(address: u64, map: u64) -> bool {
    let (at, bit) = bit(address, map);
    memory::load(at) & bit != 0
}
