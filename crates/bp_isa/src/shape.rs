//! Shapes: where an instruction has its registers and its branch target.
//!
//! For readers that go over whole functions and look at all instructions alike: a row of a table says by
//! opcode which parts of the words are registers, so that nothing is decoded and nothing dispatched.
//!
//! Invariant: registers lie in the three slots of the first word, but for the closure of a call, which
//! is in the second word; a window takes the second slot and its count the third.

use crate::instr::{Effects, Opcode, Place};
use crate::operand::{Reg, Role};

/// Slots of the first word.
pub const SLOTS: usize = 3;

/// The shape of an instruction.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// By slot of the first word: -1 for a register that is read, else 0.
    pub reads: [i8; SLOTS],
    /// The same for one that is written.
    pub writes: [i8; SLOTS],
    /// Words it occupies.
    pub words: u8,
    /// Whether it reads a window of arguments.
    pub has_window: bool,
    /// Whether the second word is a register that is read.
    pub reads_second: bool,
    /// What it may do.
    pub effects: Effects,
    /// Where its branch target is, if it has one.
    target: Option<(u8, u8)>,
}

impl Shape {
    /// The shape of the instruction with this first word.
    ///
    /// # Panics
    /// If there is no such instruction.
    #[inline]
    pub fn of(first: u64) -> &'static Shape {
        &Opcode::SHAPES[usize::from(first as u16)]
    }

    /// The three slots of a first word.
    #[inline]
    pub fn slots(first: u64) -> [Reg; SLOTS] {
        [Reg((first >> 16) as u16), Reg((first >> 32) as u16), Reg((first >> 48) as u16)]
    }

    /// The first register of a first word's window, and how many there are.
    #[inline]
    pub fn window(first: u64) -> (Reg, u16) {
        let [_, args, count] = Self::slots(first);
        (args, count.0)
    }

    /// The word that the instruction at `pc` branches to, if it does.
    #[inline]
    pub fn target(&self, code: &[u64], pc: usize) -> Option<u32> {
        let (word, shift) = self.target?;
        let distance = (code[pc + usize::from(word)] >> shift) as i32;
        Some((pc as u32 + u32::from(self.words)).wrapping_add_signed(distance))
    }

    /// An instruction without operands.
    pub(crate) const fn new(effects: Effects) -> Shape {
        Shape {
            reads: [0; SLOTS],
            writes: [0; SLOTS],
            words: 1,
            has_window: false,
            reads_second: false,
            effects,
            target: None,
        }
    }

    /// One operand more. The places are those that the invariant names.
    pub(crate) const fn with(mut self, role: Role, (word, shift): Place) -> Shape {
        let slot = (shift as usize / 16).wrapping_sub(1);
        match role {
            Role::Read if word == 1 => {
                assert!(shift == 0, "the second word's low half");
                self.reads_second = true;
            }
            Role::Read => self.reads[slot] = -1,
            Role::Write | Role::ReadWrite => {
                assert!(word == 0, "the first word");
                self.writes[slot] = -1;
                if matches!(role, Role::ReadWrite) {
                    self.reads[slot] = -1;
                }
            }
            Role::Window => {
                assert!(word == 0 && slot == 1, "the second slot, so that the count is in the third");
                self.has_window = true;
            }
            Role::Target => self.target = Some((word as u8, shift as u8)),
            Role::Other => {}
        }
        self
    }

    /// The same in so many words.
    pub(crate) const fn of_words(self, words: usize) -> Shape {
        Shape { words: words as u8, ..self }
    }
}
