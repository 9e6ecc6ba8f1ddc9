//! Compaction: moves the objects out of sparse blocks.
//!
//! It runs right after marking, while the program stands still: the live map has exactly the live objects,
//! and there are no young ones. Copies leave the address of the new place in the old header; then all
//! references are rewritten, and the blocks that were emptied are free.

use super::blocks::{Block, Use};
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

impl Heap {
    /// Moves objects out of blocks that `sparse` selects by their live words, the sparsest first, as far
    /// as the free blocks in excess of `keep` allow. Returns the number of blocks emptied.
    pub(super) fn compact(&mut self, roots: &mut dyn Roots, keep: usize, sparse: impl Fn(usize) -> bool) -> usize {
        let (mut chosen, bytes) = self.choose(keep, sparse);
        if chosen.is_empty() {
            return 0;
        }
        chosen.sort_unstable();
        self.old.sort_blocks(|block| chosen.binary_search(&block).is_ok());
        self.old.promise(bytes);
        for &block in &chosen {
            for object in self.old.blocks.live_objects(block) {
                self.move_object(object);
            }
        }
        self.forward_references(roots, &chosen);
        for &block in &chosen {
            self.empty(block);
        }
        chosen.len()
    }

    /// The blocks to empty, and the bytes of their objects.
    fn choose(&self, keep: usize, sparse: impl Fn(usize) -> bool) -> (Vec<Block>, usize) {
        let blocks = &self.old.blocks;
        let mut by_size: Vec<(usize, Block)> = blocks.in_use().map(|block| (blocks.live_words(block), block)).collect();
        by_size.retain(|&(words, _)| sparse(words));
        by_size.sort_unstable();
        let room = Old::capacity(blocks.free_count().saturating_sub(keep));
        let mut bytes = 0;
        let fits = |&(words, _): &(usize, Block)| {
            bytes += words * WORD;
            bytes <= room
        };
        let chosen: Vec<(usize, Block)> = by_size.into_iter().take_while(fits).collect();
        let bytes = chosen.iter().map(|&(words, _)| words * WORD).sum();
        (chosen.into_iter().map(|(_, block)| block).collect(), bytes)
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
