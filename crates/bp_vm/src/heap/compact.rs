//! Compaction: moves the objects out of sparse blocks.
//!
//! It runs right after marking, while the program stands still: the live map has exactly the live objects,
//! and there are no young ones. Copies leave the address of the new place in the old header; then all
//! references are rewritten, and the blocks that were emptied are free.

use super::blocks::{Block, Use};
use super::classes::{CELL_WORDS, CLASSES};
use super::old::Old;
use super::roots::{Phase, Roots};
use super::{Heap, memory, scan};
use bp_isa::abi::Header;
use bp_isa::abi::layout::WORD;

/// Where an object is that may have moved; null stays.
#[inline(always)]
pub(super) fn forwarded(object: u64) -> u64 {
    if object == 0 {
        return 0;
    }
    let header = Header(memory::load(object));
    if header.has(Header::TAG) { object } else { header.0 }
}

/// Which blocks to empty.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    /// Only blocks with fewer live words.
    pub(super) below_words: usize,
    /// Whether to move objects into the holes of blocks that stay, too, not only into free blocks.
    pub(super) into_holes: bool,
    /// Free blocks to leave alone.
    pub(super) keep: usize,
}

/// Blocks to empty.
#[derive(Default)]
struct Chosen {
    blocks: Vec<Block>,
    /// Bytes of their objects, in cells.
    bytes: usize,
    /// The part of `bytes` that holes do not take.
    fresh_bytes: usize,
}

impl Heap {
    /// Moves objects out of sparse blocks, the sparsest first, as far as there is room for them. Returns
    /// the number of blocks emptied.
    pub(super) fn compact(&mut self, roots: &mut dyn Roots, selection: Selection) -> usize {
        let mut chosen = self.choose(selection);
        if chosen.blocks.is_empty() {
            return 0;
        }
        chosen.blocks.sort_unstable();
        self.old.sort_blocks(|block| chosen.blocks.binary_search(&block).is_ok());
        self.old.promise(chosen.bytes, chosen.fresh_bytes);
        for &block in &chosen.blocks {
            for object in self.old.blocks.live_objects(block) {
                self.move_object(object);
            }
        }
        self.forward_references(roots, &chosen.blocks);
        for &block in &chosen.blocks {
            self.empty(block);
        }
        chosen.blocks.len()
    }

    fn choose(&self, selection: Selection) -> Chosen {
        let blocks = &self.old.blocks;
        let room = Old::capacity(blocks.free_count().saturating_sub(selection.keep));
        let mut by_use: Vec<Vec<(usize, Block)>> = vec![Vec::new(); CLASSES + 1];
        for block in blocks.in_use() {
            let index = match blocks.used(block) {
                Use::Cells(class) => usize::from(class),
                _ => CLASSES,
            };
            by_use[index].push((blocks.live_count(block), block));
        }
        let mut chosen = Chosen::default();
        for (index, list) in by_use.iter_mut().enumerate() {
            list.sort_unstable();
            if index < CLASSES {
                self.choose_cells(&mut chosen, selection, room, index, list);
            } else {
                self.choose_shared(&mut chosen, selection, room, list);
            }
        }
        chosen
    }

    /// Chooses among the blocks of one class; `list` has their live objects, ascending.
    fn choose_cells(
        &self,
        chosen: &mut Chosen,
        selection: Selection,
        room: usize,
        class: usize,
        list: &[(usize, Block)],
    ) {
        let cell_bytes = usize::from(CELL_WORDS[class]) * WORD;
        let usable_holes = |live: usize| Old::usable_holes(class, live);
        let mut holes: usize = list.iter().map(|&(live, _)| usable_holes(live)).sum();
        let mut into_holes = 0;
        for &(live, block) in list {
            if self.old.blocks.live_words(block) >= selection.below_words {
                continue;
            }
            let bytes = live * cell_bytes;
            let holes_left = holes - usable_holes(live);
            if selection.into_holes && into_holes + live <= holes_left {
                into_holes += live;
            } else if into_holes <= holes_left && chosen.fresh_bytes + bytes <= room {
                chosen.fresh_bytes += bytes;
            } else {
                return;
            }
            holes = holes_left;
            chosen.bytes += bytes;
            chosen.blocks.push(block);
        }
    }

    /// Chooses among the shared blocks, whose objects count as free blocks' worth wherever they go.
    fn choose_shared(&self, chosen: &mut Chosen, selection: Selection, room: usize, list: &[(usize, Block)]) {
        for &(_, block) in list {
            let words = self.old.blocks.live_words(block);
            // In cells, an object takes at most an eighth more.
            let bytes = words * WORD * 9 / 8;
            if words < selection.below_words && chosen.fresh_bytes + bytes <= room {
                chosen.fresh_bytes += bytes;
                chosen.bytes += bytes;
                chosen.blocks.push(block);
            }
        }
    }

    fn move_object(&mut self, object: u64) {
        let header = Header(memory::load(object));
        debug_assert!(scan::looks_valid(header), "not a header: {:#x} at {object:#x}", header.0);
        let words = 1 + header.payload_words();
        let copy = self.old.alloc(words);
        memory::copy_apart(copy, object, words);
        memory::store(object, copy);
        self.old.blocks.note_moved(copy, words);
    }

    fn forward_references(&mut self, roots: &mut dyn Roots, chosen: &[Block]) {
        self.visit(Phase::Forward, roots);
        for block in 0..self.old.blocks.numbers() as Block {
            if !self.old.blocks.is_in_use(block) || chosen.binary_search(&block).is_ok() {
                continue;
            }
            for object in self.old.blocks.live_objects(block) {
                self.forward_slots(object);
            }
        }
        for object in self.large.objects() {
            self.forward_slots(object);
        }
    }

    fn forward_slots(&self, object: u64) {
        scan::slots(&self.maps, object, Header(memory::load(object)), |slot| {
            let value = memory::load(slot);
            let moved = forwarded(value);
            if moved != value {
                memory::store(slot, moved);
            }
        });
    }

    /// Frees a block that objects were moved out of.
    fn empty(&mut self, block: Block) {
        if let Some(byte) = self.poison {
            for object in self.old.blocks.live_objects(block) {
                let copy = Header(memory::load(memory::load(object)));
                memory::fill(object, byte, (1 + copy.payload_words()) * WORD);
            }
        }
        debug_assert!(matches!(self.old.blocks.used(block), Use::Cells(_) | Use::Mixed));
        self.old.blocks.give(block);
    }
}
