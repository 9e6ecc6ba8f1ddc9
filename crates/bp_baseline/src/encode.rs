//! The encoder: where instructions become bytes.
//!
//! Nearly all of what the compiler emits has one shape: an opcode, a register, and another register
//! or memory. Those are put together here, in a word that is stored at once; this is half of what
//! makes the compiler fast. The assembler crate encodes the others, and the tests hold each shape
//! against it.
//!
//! Invariant: what is written reaches beyond the end of the code by less than [`ROOM`] bytes.

use crate::masm::{Gpr, Mem};
use cranelift_assembler_x64::{CodeSink, DeferredTarget, KnownOffset, TrapCode};

/// Bytes that one step may write: with its last store it reaches beyond its end.
const ROOM: usize = 32;
/// Bytes of the smallest buffer.
const LEAST: usize = 4096;

/// Code under construction.
#[derive(Default)]
pub(crate) struct Buffer {
    /// The code, the room behind it, and what was left there before.
    bytes: Vec<u8>,
    /// Where the code ends.
    len: usize,
}

/// An opcode with what stands before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Op {
    /// 0x66, 0xF2 or 0xF3, or 0 for none.
    prefix: u8,
    /// Whether on 64-bit operands.
    wide: bool,
    /// Whether 0x0F stands before the opcode.
    escaped: bool,
    opcode: u8,
}

impl Op {
    /// One byte, on 64-bit operands.
    pub(crate) const fn wide(opcode: u8) -> Op {
        Op { prefix: 0, wide: true, escaped: false, opcode }
    }

    /// Two bytes, on 64-bit operands.
    pub(crate) const fn wide_escaped(opcode: u8) -> Op {
        Op { prefix: 0, wide: true, escaped: true, opcode }
    }

    /// One byte, on 32-bit operands.
    pub(crate) const fn half(opcode: u8) -> Op {
        Op { prefix: 0, wide: false, escaped: false, opcode }
    }

    /// Two bytes, on 32-bit operands or floats; `prefix` says which.
    pub(crate) const fn escaped(prefix: u8, opcode: u8) -> Op {
        Op { prefix, wide: false, escaped: true, opcode }
    }

    /// The bytes up to the opcode, and how many bits they take. Bits 0, 1, 2 of `extension` extend
    /// base, index, register.
    #[inline(always)]
    const fn head(self, extension: u8) -> (u64, u32) {
        let (mut bits, mut at) = (0, 0);
        if self.prefix != 0 {
            (bits, at) = (self.prefix as u64, 8);
        }
        let rex = 0x40 | (self.wide as u8) << 3 | extension;
        if self.wide || rex != 0x40 {
            bits |= (rex as u64) << at;
            at += 8;
        }
        if self.escaped {
            bits |= 0x0F << at;
            at += 8;
        }
        bits |= (self.opcode as u64) << at;
        (bits, at + 8)
    }
}

impl Buffer {
    /// Forgets the code, but not the memory.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Bytes of the code so far.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The code.
    pub(crate) fn code(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Replaces four bytes.
    pub(crate) fn patch(&mut self, at: usize, value: u32) {
        self.bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }

    /// The bytes behind the end, enough for an instruction.
    #[inline(always)]
    fn room(&mut self) -> &mut [u8; ROOM] {
        if self.bytes.len() < self.len + ROOM {
            self.grow();
        }
        self.bytes[self.len..].first_chunk_mut().expect("it has grown")
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.bytes.resize(2 * self.bytes.len() + LEAST, 0);
    }

    /// Appends the low `bytes` bytes of a word.
    #[inline(always)]
    fn put(&mut self, word: u64, bytes: usize) {
        store(self.room(), 0, word);
        self.len += bytes;
    }

    /// Appends up to 8 bytes: an instruction without operands, or a part of one.
    #[inline]
    pub(crate) fn raw(&mut self, word: u64, bytes: usize) {
        self.put(word, bytes);
    }

    /// `op` with a register, or a digit of the opcode, and another register.
    #[inline(always)]
    pub(crate) fn with_reg(&mut self, op: Op, reg: u8, rm: u8) {
        let (bits, at) = op.head(reg >> 3 << 2 | rm >> 3);
        let modrm = 0xC0 | (reg & 7) << 3 | rm & 7;
        self.put(bits | u64::from(modrm) << at, at as usize / 8 + 1);
    }

    /// `op` with a register, or a digit of the opcode, and memory.
    #[inline(always)]
    pub(crate) fn with_mem(&mut self, op: Op, reg: u8, mem: Mem) {
        let Gpr(base) = mem.base;
        // A displacement of 0 is left out but for the registers whose code means something else then.
        let (mode, disp_bytes) = match mem.disp {
            0 if base & 7 != 5 => (0x00, 0),
            -128..=127 => (0x40, 1),
            _ => (0x80, 4),
        };
        let (bits, at) = match mem.index {
            Some((Gpr(index), scale)) => {
                let (bits, at) = op.head(reg >> 3 << 2 | index >> 3 << 1 | base >> 3);
                let modrm = mode | (reg & 7) << 3 | 4;
                let sib = (scale.trailing_zeros() as u8) << 6 | (index & 7) << 3 | base & 7;
                (bits | u64::from(modrm) << at | u64::from(sib) << (at + 8), at + 16)
            }
            None => {
                let (bits, at) = op.head(reg >> 3 << 2 | base >> 3);
                let modrm = mode | (reg & 7) << 3 | base & 7;
                let bits = bits | u64::from(modrm) << at;
                // The code of RSP and R12 says that another byte names the base.
                if base & 7 == 4 { (bits | 0x24 << (at + 8), at + 16) } else { (bits, at + 8) }
            }
        };
        let head_bytes = at as usize / 8;
        let room = self.room();
        store(room, 0, bits);
        store(room, head_bytes, u64::from(mem.disp.cast_unsigned()));
        self.len += head_bytes + disp_bytes;
    }

    /// Appends an immediate of one byte to the instruction.
    #[inline]
    pub(crate) fn imm8(&mut self, imm: i8) {
        self.put(u64::from(imm.cast_unsigned()), 1);
    }

    /// Appends an immediate of four bytes to the instruction.
    #[inline]
    pub(crate) fn imm32(&mut self, imm: i32) {
        self.put(u64::from(imm.cast_unsigned()), 4);
    }

    /// Appends an immediate of eight bytes to the instruction.
    #[inline]
    pub(crate) fn imm64(&mut self, imm: i64) {
        self.put(imm.cast_unsigned(), 8);
    }

    /// `op`, whose low three bits are a register.
    #[inline]
    pub(crate) fn with_low(&mut self, op: Op, reg: u8) {
        let (bits, at) = Op { opcode: op.opcode | reg & 7, ..op }.head(reg >> 3);
        self.put(bits, at as usize / 8);
    }
}

/// Writes a word at a position in the first half of the room.
#[inline(always)]
fn store(room: &mut [u8; ROOM], at: usize, word: u64) {
    // The position is small enough anyway; masked, it needs no check.
    let at = at % (ROOM / 2);
    room[at..at + 8].copy_from_slice(&word.to_le_bytes());
}

impl CodeSink for Buffer {
    fn put1(&mut self, byte: u8) {
        self.raw(byte.into(), 1);
    }

    fn put2(&mut self, half: u16) {
        self.raw(half.into(), 2);
    }

    fn put4(&mut self, word: u32) {
        self.raw(word.into(), 4);
    }

    fn put8(&mut self, long: u64) {
        self.raw(long, 8);
    }

    fn add_trap(&mut self, _: TrapCode) {}

    fn use_target(&mut self, _: DeferredTarget) {
        unreachable!("nothing is addressed relative to the code");
    }

    fn known_offset(&self, _: KnownOffset) -> i32 {
        unreachable!("all offsets are known");
    }
}
