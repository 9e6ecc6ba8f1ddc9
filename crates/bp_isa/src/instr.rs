//! Everything generated from the instruction table: opcodes, instructions, codec, visitor.
//!
//! An instruction is one or two 64-bit words. First word: opcode in bits 0–15, then three 16-bit
//! slots. Narrow operands fill the slots in order. The first wide operand takes bits 32–63 of the
//! first word if at most one narrow operand precedes it; other wide operands take the low, then the
//! high half of the second word; a full operand is the second word.

use crate::for_each_op;
use crate::operand::{self as kinds};
use crate::operand::{Operand, OperandKind, Reg, Width};
use crate::shape::Shape;
use std::fmt;

/// Which properties an instruction has; see [`crate::table`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Effects(u16);

#[allow(non_upper_case_globals, reason = "the names of the table's effect column")]
impl Effects {
    /// Result depends on the operands only.
    pub const Pure: Effects = Effects(1);
    /// Reads the heap or globals.
    pub const Reads: Effects = Effects(2);
    /// Writes the heap or globals.
    pub const Writes: Effects = Effects(4);
    /// May collect: a safepoint.
    pub const Allocates: Effects = Effects(8);
    /// May leave for a handler.
    pub const Throws: Effects = Effects(16);
    /// Runs code of the program or the library.
    pub const Calls: Effects = Effects(32);
    /// Has a branch target.
    pub const Branch: Effects = Effects(64);
    /// Never falls through.
    pub const Ends: Effects = Effects(128);

    const NAMES: [&str; 8] = ["pure", "reads", "writes", "allocates", "throws", "calls", "branch", "ends"];

    /// Whether all of `other`'s properties hold.
    pub const fn has(self, other: Effects) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    pub const fn with(self, other: Effects) -> Effects {
        Effects(self.0 | other.0)
    }

    /// Whether a collection may happen while it runs.
    pub const fn is_safepoint(self) -> bool {
        self.0 & (Effects::Allocates.0 | Effects::Calls.0) != 0
    }
}

impl fmt::Display for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = (0..8).filter(|bit| self.0 >> bit & 1 != 0).map(|bit| Self::NAMES[bit]);
        f.write_str(&names.collect::<Vec<_>>().join(", "))
    }
}

impl fmt::Debug for Effects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The row of an instruction.
pub struct OpInfo {
    /// Its name in listings.
    pub name: &'static str,
    /// Names of its operands with their kinds.
    pub operands: &'static [(&'static str, &'static str)],
    /// Words it occupies.
    pub words: usize,
    /// What it may do.
    pub effects: Effects,
    /// Its specification.
    pub doc: &'static str,
}

/// Slot positions while operands are encoded or decoded in order; folds to constants.
#[derive(Clone, Copy)]
struct Layout {
    narrow: u32,
    upper_free: bool,
    second_bits: u32,
}

/// Where an operand lies: word 0 or 1, bit offset.
pub(crate) type Place = (usize, u32);

impl Layout {
    const START: Layout = Layout { narrow: 0, upper_free: true, second_bits: 0 };

    #[inline(always)]
    const fn place(mut self, width: Width) -> (Layout, Place) {
        let place = match width {
            Width::Narrow => {
                self.narrow += 1;
                assert!(self.narrow <= 3 && (self.upper_free || self.narrow <= 1), "three slots");
                (0, 16 * self.narrow)
            }
            Width::Wide if self.narrow <= 1 && self.upper_free => {
                self.upper_free = false;
                (0, 32)
            }
            Width::Wide => {
                self.second_bits += 32;
                assert!(self.second_bits <= 64, "two halves");
                (1, self.second_bits - 32)
            }
            Width::Full => {
                assert!(self.second_bits == 0, "a free second word");
                self.second_bits = 64;
                (1, 0)
            }
        };
        (self, place)
    }

    #[inline(always)]
    const fn words(self) -> usize {
        if self.second_bits > 0 { 2 } else { 1 }
    }
}

const fn width_bits(width: Width) -> u64 {
    match width {
        Width::Narrow => 0xFFFF,
        Width::Wide => 0xFFFF_FFFF,
        Width::Full => u64::MAX,
    }
}

macro_rules! define_isa {
    ($($(#[doc = $doc:literal])* $name:ident = $variant:ident($($arg:ident: $kind:ident),*) $($effect:ident),+;)*) => {
        /// The instructions' numbers.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        pub enum Opcode { $($(#[doc = $doc])* $variant,)* }

        /// A decoded instruction.
        #[derive(Clone, Copy, PartialEq, Debug)]
        #[allow(missing_docs, reason = "the operands are described by the variant's specification")]
        pub enum Instr {
            $($(#[doc = $doc])* $variant { $($arg: <kinds::$kind as OperandKind>::Value),* },)*
        }

        /// One method per instruction, no defaults: a tier that forgets one does not compile.
        pub trait OpVisitor {
            /// What each method answers.
            type Out;
            $($(#[doc = $doc])* #[allow(clippy::too_many_arguments, reason = "operands of the instruction")]
            fn $name(&mut self $(, $arg: <kinds::$kind as OperandKind>::Value)*) -> Self::Out;)*
        }

        impl Opcode {
            /// Every opcode in table order.
            pub const ALL: &[Opcode] = &[$(Opcode::$variant),*];

            const INFO: &[OpInfo] = &[$(OpInfo {
                name: stringify!($name),
                operands: &[$((stringify!($arg), stringify!($kind))),*],
                words: {
                    let layout = Layout::START;
                    $(let (layout, _) = layout.place(<kinds::$kind as OperandKind>::WIDTH);)*
                    layout.words()
                },
                effects: NO_EFFECTS$(.with(Effects::$effect))+,
                doc: concat!($($doc, "\n"),*),
            }),*];

            pub(crate) const SHAPES: &[Shape] = &[$({
                let (layout, shape) = (Layout::START, Shape::new(NO_EFFECTS$(.with(Effects::$effect))+));
                $(let (layout, place) = layout.place(<kinds::$kind as OperandKind>::WIDTH);
                let shape = shape.with(<kinds::$kind as OperandKind>::ROLE, place);)*
                shape.of_words(layout.words())
            }),*];

            /// The instruction's row.
            pub const fn info(self) -> &'static OpInfo { &Self::INFO[self as usize] }

            /// The opcode of a number.
            pub fn from_number(number: u16) -> Option<Opcode> {
                Self::ALL.get(usize::from(number)).copied()
            }
        }

        impl Instr {
            /// Its opcode.
            pub const fn opcode(&self) -> Opcode {
                match self { $(Instr::$variant { .. } => Opcode::$variant,)* }
            }

            /// Its words and their number.
            pub fn encode(&self) -> ([u64; 2], usize) {
                let mut words = [self.opcode() as u64, 0];
                let used = match *self {
                    $(Instr::$variant { $($arg),* } => {
                        let layout = Layout::START;
                        $(let (layout, (word, shift)) = layout.place(<kinds::$kind as OperandKind>::WIDTH);
                        words[word] |= <kinds::$kind as OperandKind>::to_bits($arg) << shift;)*
                        layout.words()
                    })*
                };
                (words, used)
            }

            /// Decodes the instruction at `pc`; the second value is the position of the next one.
            /// `None` for an unknown opcode or if the code ends within the instruction.
            pub fn decode(code: &[u64], pc: usize) -> Option<(Instr, usize)> {
                let first = *code.get(pc)?;
                let opcode = Opcode::from_number(first as u16)?;
                let count = opcode.info().words;
                let words = [first, if count == 2 { *code.get(pc + 1)? } else { 0 }];
                let instr = match opcode {
                    $(Opcode::$variant => {
                        let op = ops::$variant::decode(words[0], || words[1]);
                        let _ = op;
                        Instr::$variant { $($arg: op.$arg),* }
                    })*
                };
                Some((instr, pc + count))
            }

            /// Calls `see` with the operands in order.
            pub fn operands(&self, mut see: impl FnMut(Operand)) {
                match *self {
                    $(Instr::$variant { $($arg),* } => { $(see(<kinds::$kind as OperandKind>::operand($arg));)* let _ = &mut see; })*
                }
            }

            /// The instruction with `change` applied to its branch target, if it has one.
            pub fn map_target(self, change: impl Fn(i32) -> i32) -> Instr {
                match self {
                    $(Instr::$variant { $($arg),* } => Instr::$variant {
                        $($arg: <kinds::$kind as OperandKind>::map_target($arg, &change)),*
                    },)*
                }
            }

            /// The instruction with `change` applied to each register (of a window, to its first).
            pub fn map_registers(self, change: impl Fn(Reg) -> Reg) -> Instr {
                match self {
                    $(Instr::$variant { $($arg),* } => Instr::$variant {
                        $($arg: <kinds::$kind as OperandKind>::map_register($arg, &change)),*
                    },)*
                }
            }

            /// Calls the visitor's method for the instruction at `pc`: as decoding it and [`Self::visit`], but with
            /// one dispatch.
            ///
            /// # Panics
            /// If there is none.
            #[inline]
            pub fn visit_at<V: OpVisitor>(code: &[u64], pc: usize, visitor: &mut V) -> V::Out {
                let first = code[pc];
                match Opcode::from_number(first as u16).expect("a known opcode") {
                    $(Opcode::$variant => {
                        let op = ops::$variant::decode(first, || code[pc + 1]);
                        let _ = op;
                        visitor.$name($(op.$arg),*)
                    })*
                }
            }

            /// Calls the visitor's method for this instruction.
            pub fn visit<V: OpVisitor>(&self, visitor: &mut V) -> V::Out {
                match *self { $(Instr::$variant { $($arg),* } => visitor.$name($($arg),*),)* }
            }
        }

        /// One struct per instruction, for readers that have dispatched on the opcode already.
        ///
        /// Placements are constants, so an operand costs a shift and a truncation. Nothing is
        /// checked: the words must come from verified code.
        pub mod ops {
            use super::*;

            $($(#[doc = $doc])*
            #[derive(Clone, Copy, PartialEq, Debug)]
            #[allow(missing_docs, reason = "the operands are described by the instruction's specification")]
            pub struct $variant { $(pub $arg: <kinds::$kind as OperandKind>::Value),* }

            impl $variant {
                /// Words it occupies.
                pub const WORDS: usize = Opcode::$variant.info().words;

                const PLACES: [Place; Opcode::$variant.info().operands.len()] = {
                    let layout = Layout::START;
                    $(let (layout, $arg) = layout.place(<kinds::$kind as OperandKind>::WIDTH);)*
                    let _ = layout;
                    [$($arg),*]
                };

                /// The operands in its words; `second` is called only if there is a second word.
                #[inline(always)]
                pub fn decode(first: u64, second: impl FnOnce() -> u64) -> Self {
                    let words = [first, if Self::WORDS == 2 { second() } else { 0 }];
                    let [$($arg),*] = Self::PLACES;
                    let _ = words;
                    $variant { $($arg: extract::<kinds::$kind>(words, $arg)),* }
                }
            })*
        }
    };
}

/// The operand at a place.
#[inline(always)]
fn extract<K: OperandKind>(words: [u64; 2], (word, shift): Place) -> K::Value {
    K::from_bits(words[word] >> shift & width_bits(K::WIDTH))
}

const NO_EFFECTS: Effects = Effects(0);

for_each_op!(define_isa);

#[cfg(test)]
mod tests;
