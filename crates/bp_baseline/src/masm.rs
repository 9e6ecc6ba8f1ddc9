//! The macro assembler: the vocabulary of the compiler, turned into x86-64.
//!
//! Labels and relocations after the founding design's code buffer: bytes with a write position, a
//! table of labels, and a table of places that refer to labels, patched in [`Masm::finish`].
//!
//! Absence: no bytecode here, no registers of the program, and no mnemonic outside this file.

use crate::encode::{Buffer, Op};
use cranelift_assembler_x64::{
    Amode, AmodeOffset, AmodeOffsetPlusKnownOffset, Fixed, GprMem, NonRspGpr, Registers, Scale, TrapCode,
};
use cranelift_assembler_x64::{XmmMem, inst};

/// The assembler wants a code for a possible fault; faults are guarded against, so nobody reads it.
const NO_TRAP: TrapCode = TrapCode(std::num::NonZeroU8::MIN);

/// All registers are their hardware numbers.
#[derive(Clone, Copy, Debug)]
enum Hardware {}

impl Registers for Hardware {
    type ReadGpr = u8;
    type ReadWriteGpr = u8;
    type WriteGpr = u8;
    type ReadXmm = u8;
    type ReadWriteXmm = u8;
    type WriteXmm = u8;
}

/// A general register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Gpr(pub(crate) u8);

/// A float register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Xmm(pub(crate) u8);

/// `base + disp`, or with an index `base + index * scale + disp`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mem {
    pub(crate) base: Gpr,
    pub(crate) index: Option<(Gpr, u8)>,
    pub(crate) disp: i32,
}

impl Mem {
    /// `base + disp`
    pub(crate) const fn at(base: Gpr, disp: i32) -> Mem {
        Mem { base, index: None, disp }
    }

    /// `base + index * scale + disp`; scale is 1, 4 or 8.
    pub(crate) const fn indexed(base: Gpr, index: Gpr, scale: u8, disp: i32) -> Mem {
        Mem { base, index: Some((index, scale)), disp }
    }

    fn amode(self) -> Amode<u8> {
        let offset = AmodeOffset::new(self.disp);
        match self.index {
            None => Amode::ImmReg {
                base: self.base.0,
                simm32: AmodeOffsetPlusKnownOffset { simm32: offset, offset: None },
                trap: None,
            },
            Some((index, scale)) => Amode::ImmRegRegShift {
                base: self.base.0,
                index: NonRspGpr::new(index.0),
                scale: match scale {
                    1 => Scale::One,
                    4 => Scale::Four,
                    _ => Scale::Eight,
                },
                simm32: offset,
                trap: None,
            },
        }
    }
}

/// An operand that is a general register or memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rm {
    /// A register.
    Reg(Gpr),
    /// A word in memory.
    Mem(Mem),
}

impl Rm {
    fn operand(self) -> GprMem<u8, u8> {
        match self {
            Rm::Reg(gpr) => GprMem::Gpr(gpr.0),
            Rm::Mem(mem) => GprMem::Mem(mem.amode()),
        }
    }
}

/// An operand that is a float register or memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Xm {
    /// A register.
    Reg(Xmm),
    /// A double in memory.
    Mem(Mem),
}

impl Xm {
    fn operand(self) -> XmmMem<u8, u8> {
        match self {
            Xm::Reg(xmm) => XmmMem::Xmm(xmm.0),
            Xm::Mem(mem) => XmmMem::Mem(mem.amode()),
        }
    }
}

/// A condition, by its hardware number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs, reason = "the processor's conditions")]
pub(crate) enum Cond {
    Overflow = 0,
    Below = 2,
    AboveOrEqual = 3,
    Equal = 4,
    NotEqual = 5,
    BelowOrEqual = 6,
    Above = 7,
    Parity = 10,
    NoParity = 11,
    Less = 12,
    GreaterOrEqual = 13,
    LessOrEqual = 14,
    Greater = 15,
}

impl Cond {
    /// What holds when this does not.
    pub(crate) fn negated(self) -> Cond {
        match self {
            Cond::Equal => Cond::NotEqual,
            Cond::NotEqual => Cond::Equal,
            Cond::Less => Cond::GreaterOrEqual,
            Cond::GreaterOrEqual => Cond::Less,
            Cond::LessOrEqual => Cond::Greater,
            Cond::Greater => Cond::LessOrEqual,
            other => unreachable!("no loop's condition is {other:?}"),
        }
    }
}

/// Two-operand arithmetic on ints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IntOp {
    /// `dst + src`
    Add,
    /// `dst - src`
    Sub,
    /// `dst & src`
    And,
    /// `dst | src`
    Or,
    /// `dst ^ src`
    Xor,
    /// `dst * src`
    Mul,
}

/// A shift or rotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ShiftOp {
    /// Left.
    Shl,
    /// Right, arithmetic.
    Sar,
    /// Right, logical.
    Shr,
    /// Rotate left.
    Rol,
    /// Rotate right.
    Ror,
}

impl ShiftOp {
    /// The digit of its opcode.
    const fn digit(self) -> u8 {
        match self {
            ShiftOp::Rol => 0,
            ShiftOp::Ror => 1,
            ShiftOp::Shl => 4,
            ShiftOp::Shr => 5,
            ShiftOp::Sar => 7,
        }
    }
}

/// Two-operand arithmetic on floats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FloatOp {
    /// `dst + src`
    Add,
    /// `dst - src`
    Sub,
    /// `dst * src`
    Mul,
    /// `dst / src`
    Div,
    /// Square root of `src`.
    Sqrt,
}

/// One-operand arithmetic on ints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum UnaryOp {
    /// `-dst`
    Neg,
    /// `~dst`
    Not,
}

/// A place in the code that branches name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Label(u32);

impl Label {
    /// The label of a bytecode instruction.
    pub(crate) fn of_instruction(index: usize) -> Label {
        Label(index as u32)
    }
}

/// Where a code buffer refers to a label.
struct Relocation {
    /// Position of the 4-byte displacement; it counts from behind itself.
    code_offset: u32,
    target: Label,
}

/// The position of a label that is not bound.
const UNBOUND: u32 = u32::MAX;

/// The code buffer.
#[derive(Default)]
pub(crate) struct Masm {
    code: Buffer,
    /// Position of each label, or [`UNBOUND`].
    labels: Vec<u32>,
    relocations: Vec<Relocation>,
}

impl Masm {
    /// Begins a function of so many bytecode instructions.
    pub(crate) fn begin(&mut self, instructions: usize) {
        self.code.clear();
        self.labels.clear();
        self.labels.resize(instructions, UNBOUND);
        self.relocations.clear();
    }

    /// Where the next instruction goes.
    #[inline]
    pub(crate) fn offset(&self) -> u32 {
        self.code.len() as u32
    }

    /// A label to be bound later.
    pub(crate) fn label(&mut self) -> Label {
        self.labels.push(UNBOUND);
        Label(self.labels.len() as u32 - 1)
    }

    /// Binds a label here.
    pub(crate) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.offset();
    }

    /// The code with all branches patched.
    pub(crate) fn finish(&mut self) -> Vec<u8> {
        for relocation in &self.relocations {
            let target = self.labels[relocation.target.0 as usize];
            assert!(target != UNBOUND, "a label in use is bound");
            let place = relocation.code_offset as usize;
            self.code.patch(place, target.wrapping_sub(relocation.code_offset + 4));
        }
        self.code.code().to_vec()
    }

    /// `op` with a register, or a digit of the opcode, and a register or memory.
    #[inline]
    fn with_rm(&mut self, op: Op, reg: u8, rm: Rm) {
        match rm {
            Rm::Reg(Gpr(rm)) => self.code.with_reg(op, reg, rm),
            Rm::Mem(mem) => self.code.with_mem(op, reg, mem),
        }
    }

    /// The same with a float register or memory.
    #[inline]
    fn with_xm(&mut self, op: Op, reg: u8, xm: Xm) {
        match xm {
            Xm::Reg(Xmm(xmm)) => self.code.with_reg(op, reg, xmm),
            Xm::Mem(mem) => self.code.with_mem(op, reg, mem),
        }
    }

    /// An instruction of the group that takes an immediate of one byte, or else of four.
    fn with_imm(&mut self, digit: u8, dst: Rm, imm: i32) {
        match i8::try_from(imm) {
            Ok(imm) => {
                self.with_rm(Op::wide(0x83), digit, dst);
                self.code.imm8(imm);
            }
            Err(_) => {
                self.with_rm(Op::wide(0x81), digit, dst);
                self.code.imm32(imm);
            }
        }
    }

    // ---- moves

    /// `dst = src`; nothing if they are the same.
    pub(crate) fn mov(&mut self, dst: Gpr, src: Gpr) {
        if dst != src {
            self.code.with_reg(Op::wide(0x8B), dst.0, src.0);
        }
    }

    /// `dst = ` a word in memory.
    pub(crate) fn load(&mut self, dst: Gpr, src: Mem) {
        self.code.with_mem(Op::wide(0x8B), dst.0, src);
    }

    /// A word in memory `= src`.
    pub(crate) fn store(&mut self, dst: Mem, src: Gpr) {
        self.code.with_mem(Op::wide(0x89), src.0, dst);
    }

    /// A word in memory `= imm`, sign-extended.
    pub(crate) fn store_imm(&mut self, dst: Mem, imm: i32) {
        self.code.with_mem(Op::wide(0xC7), 0, dst);
        self.code.imm32(imm);
    }

    /// `dst = imm` by the shortest instruction. Zero clobbers the flags.
    pub(crate) fn mov_imm(&mut self, dst: Gpr, imm: i64) {
        if imm == 0 {
            self.code.with_reg(Op::half(0x33), dst.0, dst.0);
        } else if let Ok(imm) = u32::try_from(imm) {
            self.mov_imm_keeping_flags(dst, imm);
        } else if let Ok(imm) = i32::try_from(imm) {
            self.code.with_reg(Op::wide(0xC7), 0, dst.0);
            self.code.imm32(imm);
        } else {
            self.code.with_low(Op::wide(0xB8), dst.0);
            self.code.imm64(imm);
        }
    }

    /// `dst = ` a byte in memory, zero-extended.
    pub(crate) fn load_byte(&mut self, dst: Gpr, src: Mem) {
        self.code.with_mem(Op::escaped(0, 0xB6), dst.0, src);
    }

    /// A byte in memory `= ` the low byte of `src`.
    pub(crate) fn store_byte(&mut self, dst: Mem, src: Gpr) {
        inst::movb_mr::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
    }

    /// `dst = ` four bytes in memory, sign-extended.
    pub(crate) fn load_i32(&mut self, dst: Gpr, src: Mem) {
        self.code.with_mem(Op::wide(0x63), dst.0, src);
    }

    /// `dst = ` four bytes in memory, zero-extended.
    pub(crate) fn load_u32(&mut self, dst: Gpr, src: Mem) {
        self.code.with_mem(Op::half(0x8B), dst.0, src);
    }

    /// Four bytes in memory `= ` the low half of `src`.
    pub(crate) fn store_half(&mut self, dst: Mem, src: Gpr) {
        self.code.with_mem(Op::half(0x89), src.0, dst);
    }

    /// `dst = ` the address.
    pub(crate) fn lea(&mut self, dst: Gpr, src: Mem) {
        self.code.with_mem(Op::wide(0x8D), dst.0, src);
    }

    /// Pushes a register.
    pub(crate) fn push(&mut self, src: Gpr) {
        self.code.with_low(Op::half(0x50), src.0);
    }

    /// Pops a register.
    pub(crate) fn pop(&mut self, dst: Gpr) {
        self.code.with_low(Op::half(0x58), dst.0);
    }

    /// Copies as many words as RCX says from RSI to RDI; all three change.
    pub(crate) fn copy_words(&mut self) {
        self.code.raw(0x00A5_48F3, 3);
    }

    // ---- int arithmetic; all clobber the flags

    /// `dst = dst op src`
    pub(crate) fn int_op(&mut self, op: IntOp, dst: Gpr, src: Rm) {
        let op = match op {
            IntOp::Add => Op::wide(0x03),
            IntOp::Sub => Op::wide(0x2B),
            IntOp::And => Op::wide(0x23),
            IntOp::Or => Op::wide(0x0B),
            IntOp::Xor => Op::wide(0x33),
            IntOp::Mul => Op::wide_escaped(0xAF),
        };
        self.with_rm(op, dst.0, src);
    }

    /// `dst = dst + imm`, in a register or in memory.
    pub(crate) fn add_imm(&mut self, dst: Rm, imm: i32) {
        self.with_imm(0, dst, imm);
    }

    /// `dst = dst & imm`, sign-extended.
    pub(crate) fn and_imm(&mut self, dst: Gpr, imm: i32) {
        self.with_imm(4, Rm::Reg(dst), imm);
    }

    /// `dst = dst ^ imm`, sign-extended.
    pub(crate) fn xor_imm(&mut self, dst: Gpr, imm: i32) {
        self.with_imm(6, Rm::Reg(dst), imm);
    }

    /// `dst = src * imm`
    pub(crate) fn mul_imm(&mut self, dst: Gpr, src: Rm, imm: i32) {
        match i8::try_from(imm) {
            Ok(imm) => {
                self.with_rm(Op::wide(0x6B), dst.0, src);
                self.code.imm8(imm);
            }
            Err(_) => {
                self.with_rm(Op::wide(0x69), dst.0, src);
                self.code.imm32(imm);
            }
        }
    }

    /// `dst = -dst` or `~dst`
    pub(crate) fn unary(&mut self, op: UnaryOp, dst: Gpr) {
        let digit = match op {
            UnaryOp::Not => 2,
            UnaryOp::Neg => 3,
        };
        self.code.with_reg(Op::wide(0xF7), digit, dst.0);
    }

    /// Shifts by the count in RCX, modulo 64.
    pub(crate) fn shift(&mut self, op: ShiftOp, dst: Gpr) {
        self.code.with_reg(Op::wide(0xD3), op.digit(), dst.0);
    }

    /// Shifts by a constant below 64.
    pub(crate) fn shift_imm(&mut self, op: ShiftOp, dst: Gpr, imm: u8) {
        self.code.with_reg(Op::wide(0xC1), op.digit(), dst.0);
        self.code.imm8(imm as i8);
    }

    /// `RAX = RAX / src` toward zero, `RDX = ` the remainder. Faults unless guarded against a zero
    /// divisor and `MIN / -1`.
    pub(crate) fn div_trunc(&mut self, src: Rm) {
        inst::cqto_zo::<Hardware>::new(Fixed(RDX.0), Fixed(RAX.0)).encode(&mut self.code);
        inst::idivq_m::<Hardware>::new(Fixed(RAX.0), Fixed(RDX.0), src.operand(), NO_TRAP).encode(&mut self.code);
    }

    /// `RDX:RAX = RAX * src`, signed.
    pub(crate) fn mul_wide(&mut self, src: Rm) {
        inst::imulq_m::<Hardware>::new(Fixed(RAX.0), Fixed(RDX.0), src.operand()).encode(&mut self.code);
    }

    /// `dst = ` position of the highest one bit of `src`; undefined with the zero flag for 0.
    pub(crate) fn highest_bit(&mut self, dst: Gpr, src: Rm) {
        inst::bsrq_rm::<Hardware>::new(dst.0, src.operand()).encode(&mut self.code);
    }

    /// `dst = ` position of the lowest one bit of `src`; undefined with the zero flag for 0.
    pub(crate) fn lowest_bit(&mut self, dst: Gpr, src: Rm) {
        inst::bsfq_rm::<Hardware>::new(dst.0, src.operand()).encode(&mut self.code);
    }

    /// `dst = ` number of one bits of `src`. Needs POPCNT.
    pub(crate) fn popcount(&mut self, dst: Gpr, src: Rm) {
        inst::popcntq_rm::<Hardware>::new(dst.0, src.operand()).encode(&mut self.code);
    }

    /// `dst = dst` with its bytes reversed.
    pub(crate) fn swap_bytes(&mut self, dst: Gpr) {
        inst::bswapq_o::<Hardware>::new(dst.0).encode(&mut self.code);
    }

    // ---- comparisons

    /// Flags of `lhs - rhs`.
    pub(crate) fn cmp(&mut self, lhs: Gpr, rhs: Rm) {
        self.with_rm(Op::wide(0x3B), lhs.0, rhs);
    }

    /// Flags of `lhs - imm`.
    pub(crate) fn cmp_imm(&mut self, lhs: Rm, imm: i32) {
        if let (0, Rm::Reg(lhs)) = (imm, lhs) {
            return self.code.with_reg(Op::wide(0x85), lhs.0, lhs.0);
        }
        self.with_imm(7, lhs, imm);
    }

    /// Flags of four bytes in memory minus `imm`.
    pub(crate) fn cmp_half_imm(&mut self, lhs: Mem, imm: i8) {
        self.code.with_mem(Op::half(0x83), 7, lhs);
        self.code.imm8(imm);
    }

    /// Flags of four bytes in memory and a mask.
    pub(crate) fn test_half_imm(&mut self, lhs: Mem, mask: u32) {
        self.code.with_mem(Op::half(0xF7), 0, lhs);
        self.code.imm32(mask.cast_signed());
    }

    /// `dst = 1 if cond else 0`; keeps the flags.
    pub(crate) fn set_if(&mut self, cond: Cond, dst: Gpr) {
        let code = &mut self.code;
        match cond {
            Cond::Overflow => inst::seto_m::<Hardware>::new(dst.0).encode(code),
            Cond::Below => inst::setb_m::<Hardware>::new(dst.0).encode(code),
            Cond::AboveOrEqual => inst::setae_m::<Hardware>::new(dst.0).encode(code),
            Cond::Equal => inst::sete_m::<Hardware>::new(dst.0).encode(code),
            Cond::NotEqual => inst::setne_m::<Hardware>::new(dst.0).encode(code),
            Cond::BelowOrEqual => inst::setbe_m::<Hardware>::new(dst.0).encode(code),
            Cond::Above => inst::seta_m::<Hardware>::new(dst.0).encode(code),
            Cond::Parity => inst::setp_m::<Hardware>::new(dst.0).encode(code),
            Cond::NoParity => inst::setnp_m::<Hardware>::new(dst.0).encode(code),
            Cond::Less => inst::setl_m::<Hardware>::new(dst.0).encode(code),
            Cond::GreaterOrEqual => inst::setge_m::<Hardware>::new(dst.0).encode(code),
            Cond::LessOrEqual => inst::setle_m::<Hardware>::new(dst.0).encode(code),
            Cond::Greater => inst::setg_m::<Hardware>::new(dst.0).encode(code),
        }
        inst::movzbl_rm::<Hardware>::new(dst.0, dst.0).encode(&mut self.code);
    }

    /// `dst = src if cond`; keeps the flags.
    pub(crate) fn move_if(&mut self, cond: Cond, dst: Gpr, src: Rm) {
        let (dst, src, code) = (dst.0, src.operand(), &mut self.code);
        match cond {
            Cond::Less => inst::cmovlq_rm::<Hardware>::new(dst, src).encode(code),
            Cond::Greater => inst::cmovgq_rm::<Hardware>::new(dst, src).encode(code),
            Cond::Equal => inst::cmoveq_rm::<Hardware>::new(dst, src).encode(code),
            other => unreachable!("no instruction moves by {other:?}"),
        }
    }

    // ---- control flow

    /// The displacement in the last four bytes leads to a label.
    fn refer(&mut self, target: Label) {
        self.relocations.push(Relocation { code_offset: self.offset() - 4, target });
    }

    /// Jumps to a label.
    pub(crate) fn jump(&mut self, target: Label) {
        self.code.raw(0xE9, 5);
        self.refer(target);
    }

    /// Jumps to a label if `cond` holds.
    pub(crate) fn jump_if(&mut self, cond: Cond, target: Label) {
        self.code.raw(0x0F | (0x80 | cond as u64) << 8, 6);
        self.refer(target);
    }

    /// Jumps to the address in memory.
    pub(crate) fn jump_to(&mut self, target: Mem) {
        self.code.with_mem(Op::half(0xFF), 4, target);
    }

    /// `dst = imm`, whatever it is without touching the flags.
    pub(crate) fn mov_imm_keeping_flags(&mut self, dst: Gpr, imm: u32) {
        self.code.with_low(Op::half(0xB8), dst.0);
        self.code.imm32(imm.cast_signed());
    }

    /// Calls the address in memory; answers the position behind, which is the return address.
    pub(crate) fn call(&mut self, target: Mem) -> u32 {
        self.code.with_mem(Op::half(0xFF), 2, target);
        self.offset()
    }

    /// Gives up the frame: `RSP = RBP`, pops RBP.
    pub(crate) fn leave(&mut self) {
        self.code.raw(0xC9, 1);
    }

    /// Returns.
    pub(crate) fn ret(&mut self) {
        self.code.raw(0xC3, 1);
    }

    /// Stops the processor's straight run: never executed.
    pub(crate) fn breakpoint(&mut self) {
        self.code.raw(0xCC, 1);
    }

    // ---- floats

    /// `dst = src`; nothing if they are the same.
    pub(crate) fn mov_float(&mut self, dst: Xmm, src: Xmm) {
        if dst != src {
            self.code.with_reg(Op::escaped(0x66, 0x28), dst.0, src.0);
        }
    }

    /// `dst = ` a double in memory.
    pub(crate) fn load_float(&mut self, dst: Xmm, src: Mem) {
        self.code.with_mem(Op::escaped(0xF2, 0x10), dst.0, src);
    }

    /// A double in memory `= src`.
    pub(crate) fn store_float(&mut self, dst: Mem, src: Xmm) {
        self.code.with_mem(Op::escaped(0xF2, 0x11), src.0, dst);
    }

    /// `dst = ` a single in memory.
    pub(crate) fn load_f32(&mut self, dst: Xmm, src: Mem) {
        self.code.with_mem(Op::escaped(0xF3, 0x10), dst.0, src);
    }

    /// A single in memory `= src`.
    pub(crate) fn store_f32(&mut self, dst: Mem, src: Xmm) {
        self.code.with_mem(Op::escaped(0xF3, 0x11), src.0, dst);
    }

    /// `dst = ` the single `src` as a double.
    pub(crate) fn widen(&mut self, dst: Xmm, src: Xmm) {
        inst::cvtss2sd_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// `dst = ` the double `src` rounded to a single.
    pub(crate) fn narrow(&mut self, dst: Xmm, src: Xmm) {
        inst::cvtsd2ss_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// `dst = 0.0`
    pub(crate) fn zero_float(&mut self, dst: Xmm) {
        self.xor_float(dst, dst);
    }

    /// `dst = ` the bits of `src`.
    pub(crate) fn float_from_bits(&mut self, dst: Xmm, src: Gpr) {
        inst::movq_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// `dst = ` the bits of `src`.
    pub(crate) fn float_to_bits(&mut self, dst: Gpr, src: Xmm) {
        inst::movq_b::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// `dst = dst op src`
    pub(crate) fn float_op(&mut self, op: FloatOp, dst: Xmm, src: Xm) {
        let opcode = match op {
            FloatOp::Add => 0x58,
            FloatOp::Sub => 0x5C,
            FloatOp::Mul => 0x59,
            FloatOp::Div => 0x5E,
            FloatOp::Sqrt => 0x51,
        };
        self.with_xm(Op::escaped(0xF2, opcode), dst.0, src);
    }

    /// `dst = dst & src`, bitwise.
    pub(crate) fn and_float(&mut self, dst: Xmm, src: Xmm) {
        self.code.with_reg(Op::escaped(0x66, 0x54), dst.0, src.0);
    }

    /// `dst = dst ^ src`, bitwise.
    pub(crate) fn xor_float(&mut self, dst: Xmm, src: Xmm) {
        self.code.with_reg(Op::escaped(0x66, 0x57), dst.0, src.0);
    }

    /// Flags of `lhs` against `rhs` as if unsigned; unordered sets parity, equal and below.
    pub(crate) fn cmp_float(&mut self, lhs: Xmm, rhs: Xm) {
        self.with_xm(Op::escaped(0x66, 0x2E), lhs.0, rhs);
    }

    /// `dst = src` as a double. Clears `dst` first: the instruction keeps its upper half, which
    /// would make it wait for whatever wrote that.
    pub(crate) fn int_to_float(&mut self, dst: Xmm, src: Rm) {
        self.zero_float(dst);
        inst::cvtsi2sdq_a::<Hardware>::new(dst.0, src.operand()).encode(&mut self.code);
    }

    /// `dst = src` without its fraction; `MIN` for nan and outside the range.
    pub(crate) fn float_to_int(&mut self, dst: Gpr, src: Xm) {
        inst::cvttsd2si_aq::<Hardware>::new(dst.0, src.operand()).encode(&mut self.code);
    }

    /// `dst = src` rounded to a whole number: mode 1 down, 2 up, 3 toward zero. Needs SSE4.1.
    pub(crate) fn round_float(&mut self, dst: Xmm, src: Xm, mode: u8) {
        // Bit 3 keeps the inexact flag quiet.
        inst::roundsd_rmi::<Hardware>::new(dst.0, src.operand(), mode | 8).encode(&mut self.code);
    }
}

pub(crate) const RAX: Gpr = Gpr(0);
pub(crate) const RCX: Gpr = Gpr(1);
pub(crate) const RDX: Gpr = Gpr(2);
pub(crate) const RBX: Gpr = Gpr(3);
pub(crate) const RSP: Gpr = Gpr(4);
pub(crate) const RBP: Gpr = Gpr(5);
pub(crate) const RSI: Gpr = Gpr(6);
pub(crate) const RDI: Gpr = Gpr(7);
pub(crate) const R8: Gpr = Gpr(8);
pub(crate) const R9: Gpr = Gpr(9);
pub(crate) const R10: Gpr = Gpr(10);
pub(crate) const R11: Gpr = Gpr(11);
pub(crate) const R12: Gpr = Gpr(12);
pub(crate) const R13: Gpr = Gpr(13);
pub(crate) const R14: Gpr = Gpr(14);
pub(crate) const R15: Gpr = Gpr(15);

#[cfg(test)]
mod tests;
