//! The stack as a whole: interpreter frames and compiled frames, newest first.
//!
//! Interpreter frames lie in the stack's own blocks. Compiled frames are linked by frame pointers,
//! each activation's from where it was left down to the trampoline that entered it. Return addresses
//! lead to functions and bytecode positions.
#![allow(unsafe_code, reason = "follows frame pointers and rewrites slots of compiled frames")]

use super::{Block, Jit};
use crate::heap::Visitor;
use crate::vm::State;
use bp_isa::abi::machine::{CallSite, slot_offset};
use bp_isa::coverage::{self, Event, Tier};

/// A frame of either kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Site {
    /// Number of an interpreter frame.
    Interpreted(usize),
    /// A compiled frame: function, its code, bytecode position, frame pointer, and whether it stands in a call of
    /// the program rather than of a helper.
    Compiled { function: u32, code: u64, pc: u32, fp: u64, suspended: bool },
}

/// Frame pointer and return address of the caller of the frame at `fp`.
pub(super) fn caller(fp: u64) -> (u64, u64) {
    (word_at(fp), word_at(fp + 8))
}

/// A word of a compiled frame.
fn word_at(address: u64) -> u64 {
    let place = std::ptr::with_exposed_provenance::<u64>(address as usize);
    // SAFETY: addresses come from the chain of frame pointers between a recorded exit and its
    // trampoline: every frame in it begins with its caller's frame pointer and the return address.
    unsafe { place.read() }
}

/// A slot of a compiled frame, to be rewritten.
fn slot_at<'a>(address: u64) -> &'a mut u64 {
    let place = std::ptr::with_exposed_provenance_mut::<u64>(address as usize);
    // SAFETY: a register's slot of a frame that is suspended while a collection visits it; each is
    // visited once.
    unsafe { &mut *place }
}

impl Jit {
    /// The code that a return address lies in, its start, and the call it belongs to.
    pub(super) fn site_at(&self, pc: u64) -> (u64, &Block, CallSite) {
        let (start, block) = self.blocks.before(pc).expect("a return address lies in code");
        let offset = (pc - start) as u32;
        let row = block.code.calls.binary_search_by_key(&offset, |site| site.return_offset);
        (start, block, block.code.calls[row.expect("every call has a row")])
    }
}

impl State {
    /// Shows every frame, newest first, until `see` answers `false`.
    pub(crate) fn each_frame(&self, mut see: impl FnMut(Site) -> bool) {
        let mut depth = self.stack.depth();
        let mut exit = (self.context.exit_fp, self.context.exit_pc);
        for activation in self.jit.activations.iter().rev() {
            while depth > activation.depth {
                if !see(Site::Interpreted(depth)) {
                    return;
                }
                depth -= 1;
            }
            let (mut fp, mut pc) = exit;
            while fp != activation.entry_fp {
                let (code, block, site) = self.jit.site_at(pc);
                let (function, suspended) = (block.function, site.suspended);
                if !see(Site::Compiled { function, code, pc: site.pc, fp, suspended }) {
                    return;
                }
                (fp, pc) = caller(fp);
            }
            exit = activation.saved_exit;
        }
        while depth > 0 {
            if !see(Site::Interpreted(depth)) {
                return;
            }
            depth -= 1;
        }
    }

    /// Counts an event at the call of the compiled frame at `fp` that returns to `pc`.
    #[inline(always)]
    pub(crate) fn count_compiled(&self, event: Event, fp: u64, pc: u64) {
        if coverage::ON {
            let (_, block, site) = self.jit.site_at(pc);
            self.count_frame(event, block.function, site.pc, fp);
        }
    }

    /// Counts an event at position `pc` of the compiled frame at `fp` of a function.
    #[inline(always)]
    pub(crate) fn count_frame(&self, event: Event, function: u32, pc: u32, fp: u64) {
        if coverage::ON {
            let function = &self.program.functions[function as usize];
            let marker = i64::from(slot_offset(0, function.registers.len())) - 8;
            let is_osr = word_at(fp.wrapping_add_signed(marker)) == coverage::address(Tier::Osr);
            let tier = if is_osr { Tier::Osr } else { Tier::Baseline };
            coverage::note(tier, event, function.opcode_at(pc as usize));
        }
    }

    /// Visits the reference registers `live` of a compiled frame of a function with `count` registers.
    pub(crate) fn visit_slots(fp: u64, count: usize, live: &[u16], visitor: &mut Visitor<'_>) {
        for &register in live {
            let offset = slot_offset(usize::from(register), count);
            visitor.slot(slot_at(fp.wrapping_add_signed(offset.into())));
        }
    }

    /// Copies words from compiled code's stack to the register stack.
    pub(super) fn copy_words_in(&mut self, to: usize, address: u64, count: usize) {
        for position in 0..count {
            self.stack.set(to + position, word_at(address + 8 * position as u64));
        }
    }
}
