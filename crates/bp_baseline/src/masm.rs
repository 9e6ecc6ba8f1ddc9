//! The macro assembler: the vocabulary of the compiler, turned into x86-64.
//!
//! Labels and relocations after the founding design's code buffer: bytes with a write position, a
//! table of labels, and a table of places that refer to labels, patched in [`Masm::finish`].
//!
//! Absence: no bytecode here, no registers of the program, and no mnemonic outside this file.

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
    base: Gpr,
    index: Option<(Gpr, u8)>,
    disp: i32,
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

/// Where a code buffer refers to a label.
struct Relocation {
    /// Position of the 4-byte displacement; it counts from behind itself.
    code_offset: u32,
    target: Label,
}

/// The code buffer.
#[derive(Default)]
pub(crate) struct Masm {
    code: Vec<u8>,
    /// Position of each label once it is bound.
    labels: Vec<Option<u32>>,
    relocations: Vec<Relocation>,
}

impl Masm {
    /// An empty buffer with room for about so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Masm {
        Masm { code: Vec::with_capacity(bytes), ..Masm::default() }
    }

    /// Where the next instruction goes.
    pub(crate) fn offset(&self) -> u32 {
        self.code.len() as u32
    }

    /// A label to be bound later.
    pub(crate) fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// Binds a label here.
    pub(crate) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.offset());
    }

    /// The code with all branches patched.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        for relocation in &self.relocations {
            let target = self.labels[relocation.target.0 as usize].expect("a label in use is bound");
            let place = relocation.code_offset as usize;
            let distance = target.wrapping_sub(relocation.code_offset + 4);
            self.code[place..place + 4].copy_from_slice(&distance.to_le_bytes());
        }
        self.code
    }

    // ---- moves

    /// `dst = src`; nothing if they are the same.
    pub(crate) fn mov(&mut self, dst: Gpr, src: Gpr) {
        if dst != src {
            inst::movq_rm::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
        }
    }

    /// `dst = ` a word in memory.
    pub(crate) fn load(&mut self, dst: Gpr, src: Mem) {
        inst::movq_rm::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// A word in memory `= src`.
    pub(crate) fn store(&mut self, dst: Mem, src: Gpr) {
        inst::movq_mr::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
    }

    /// A word in memory `= imm`, sign-extended.
    pub(crate) fn store_imm(&mut self, dst: Mem, imm: i32) {
        inst::movq_mi_sxl::<Hardware>::new(dst.amode(), imm).encode(&mut self.code);
    }

    /// `dst = imm` by the shortest instruction. Zero clobbers the flags.
    pub(crate) fn mov_imm(&mut self, dst: Gpr, imm: i64) {
        if imm == 0 {
            inst::xorl_rm::<Hardware>::new(dst.0, dst.0).encode(&mut self.code);
        } else if let Ok(imm) = u32::try_from(imm) {
            inst::movl_oi::<Hardware>::new(dst.0, imm).encode(&mut self.code);
        } else if let Ok(imm) = i32::try_from(imm) {
            inst::movq_mi_sxl::<Hardware>::new(dst.0, imm).encode(&mut self.code);
        } else {
            inst::movabsq_oi::<Hardware>::new(dst.0, imm as u64).encode(&mut self.code);
        }
    }

    /// `dst = ` a byte in memory, zero-extended.
    pub(crate) fn load_byte(&mut self, dst: Gpr, src: Mem) {
        inst::movzbl_rm::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// A byte in memory `= ` the low byte of `src`.
    pub(crate) fn store_byte(&mut self, dst: Mem, src: Gpr) {
        inst::movb_mr::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
    }

    /// `dst = ` four bytes in memory, sign-extended.
    pub(crate) fn load_i32(&mut self, dst: Gpr, src: Mem) {
        inst::movslq_rm::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// `dst = ` four bytes in memory, zero-extended.
    pub(crate) fn load_u32(&mut self, dst: Gpr, src: Mem) {
        inst::movl_rm::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// Four bytes in memory `= ` the low half of `src`.
    pub(crate) fn store_half(&mut self, dst: Mem, src: Gpr) {
        inst::movl_mr::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
    }

    /// `dst = ` the address.
    pub(crate) fn lea(&mut self, dst: Gpr, src: Mem) {
        inst::leaq_rm::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// Pushes a register.
    pub(crate) fn push(&mut self, src: Gpr) {
        inst::pushq_o::<Hardware>::new(src.0).encode(&mut self.code);
    }

    /// Pops a register.
    pub(crate) fn pop(&mut self, dst: Gpr) {
        inst::popq_o::<Hardware>::new(dst.0).encode(&mut self.code);
    }

    // ---- int arithmetic; all clobber the flags

    /// `dst = dst op src`
    pub(crate) fn int_op(&mut self, op: IntOp, dst: Gpr, src: Rm) {
        let (dst, src, code) = (dst.0, src.operand(), &mut self.code);
        match op {
            IntOp::Add => inst::addq_rm::<Hardware>::new(dst, src).encode(code),
            IntOp::Sub => inst::subq_rm::<Hardware>::new(dst, src).encode(code),
            IntOp::And => inst::andq_rm::<Hardware>::new(dst, src).encode(code),
            IntOp::Or => inst::orq_rm::<Hardware>::new(dst, src).encode(code),
            IntOp::Xor => inst::xorq_rm::<Hardware>::new(dst, src).encode(code),
            IntOp::Mul => inst::imulq_rm::<Hardware>::new(dst, src).encode(code),
        }
    }

    /// `dst = dst + imm`, in a register or in memory.
    pub(crate) fn add_imm(&mut self, dst: Rm, imm: i32) {
        match i8::try_from(imm) {
            Ok(imm) => inst::addq_mi_sxb::<Hardware>::new(dst.operand(), imm).encode(&mut self.code),
            Err(_) => inst::addq_mi_sxl::<Hardware>::new(dst.operand(), imm).encode(&mut self.code),
        }
    }

    /// `dst = dst & imm`, sign-extended.
    pub(crate) fn and_imm(&mut self, dst: Gpr, imm: i32) {
        inst::andq_mi_sxl::<Hardware>::new(dst.0, imm).encode(&mut self.code);
    }

    /// `dst = dst ^ imm`, sign-extended.
    pub(crate) fn xor_imm(&mut self, dst: Gpr, imm: i32) {
        inst::xorq_mi_sxl::<Hardware>::new(dst.0, imm).encode(&mut self.code);
    }

    /// `dst = src * imm`
    pub(crate) fn mul_imm(&mut self, dst: Gpr, src: Rm, imm: i32) {
        inst::imulq_rmi_sxl::<Hardware>::new(dst.0, src.operand(), imm).encode(&mut self.code);
    }

    /// `dst = -dst` or `~dst`
    pub(crate) fn unary(&mut self, op: UnaryOp, dst: Gpr) {
        match op {
            UnaryOp::Neg => inst::negq_m::<Hardware>::new(dst.0).encode(&mut self.code),
            UnaryOp::Not => inst::notq_m::<Hardware>::new(dst.0).encode(&mut self.code),
        }
    }

    /// Shifts by the count in RCX, modulo 64.
    pub(crate) fn shift(&mut self, op: ShiftOp, dst: Gpr) {
        let (dst, cl, code) = (dst.0, Fixed(RCX.0), &mut self.code);
        match op {
            ShiftOp::Shl => inst::shlq_mc::<Hardware>::new(dst, cl).encode(code),
            ShiftOp::Sar => inst::sarq_mc::<Hardware>::new(dst, cl).encode(code),
            ShiftOp::Shr => inst::shrq_mc::<Hardware>::new(dst, cl).encode(code),
            ShiftOp::Rol => inst::rolq_mc::<Hardware>::new(dst, cl).encode(code),
            ShiftOp::Ror => inst::rorq_mc::<Hardware>::new(dst, cl).encode(code),
        }
    }

    /// Shifts by a constant below 64.
    pub(crate) fn shift_imm(&mut self, op: ShiftOp, dst: Gpr, imm: u8) {
        let (dst, code) = (dst.0, &mut self.code);
        match op {
            ShiftOp::Shl => inst::shlq_mi::<Hardware>::new(dst, imm).encode(code),
            ShiftOp::Sar => inst::sarq_mi::<Hardware>::new(dst, imm).encode(code),
            ShiftOp::Shr => inst::shrq_mi::<Hardware>::new(dst, imm).encode(code),
            ShiftOp::Rol => inst::rolq_mi::<Hardware>::new(dst, imm).encode(code),
            ShiftOp::Ror => inst::rorq_mi::<Hardware>::new(dst, imm).encode(code),
        }
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
        inst::cmpq_rm::<Hardware>::new(lhs.0, rhs.operand()).encode(&mut self.code);
    }

    /// Flags of `lhs - imm`.
    pub(crate) fn cmp_imm(&mut self, lhs: Rm, imm: i32) {
        if let (0, Rm::Reg(lhs)) = (imm, lhs) {
            return inst::testq_mr::<Hardware>::new(lhs.0, lhs.0).encode(&mut self.code);
        }
        match i8::try_from(imm) {
            Ok(imm) => inst::cmpq_mi_sxb::<Hardware>::new(lhs.operand(), imm).encode(&mut self.code),
            Err(_) => inst::cmpq_mi::<Hardware>::new(lhs.operand(), imm).encode(&mut self.code),
        }
    }

    /// Flags of four bytes in memory minus `imm`.
    pub(crate) fn cmp_half_imm(&mut self, lhs: Mem, imm: i8) {
        inst::cmpl_mi_sxb::<Hardware>::new(lhs.amode(), imm).encode(&mut self.code);
    }

    /// Flags of four bytes in memory and a mask.
    pub(crate) fn test_half_imm(&mut self, lhs: Mem, mask: u32) {
        inst::testl_mi::<Hardware>::new(lhs.amode(), mask).encode(&mut self.code);
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

    fn refer(&mut self, target: Label) {
        self.relocations.push(Relocation { code_offset: self.offset(), target });
        self.code.extend_from_slice(&[0; 4]);
    }

    /// Jumps to a label.
    pub(crate) fn jump(&mut self, target: Label) {
        self.code.push(0xE9);
        self.refer(target);
    }

    /// Jumps to a label if `cond` holds.
    pub(crate) fn jump_if(&mut self, cond: Cond, target: Label) {
        self.code.extend_from_slice(&[0x0F, 0x80 | cond as u8]);
        self.refer(target);
    }

    /// Jumps to the address in memory.
    pub(crate) fn jump_to(&mut self, target: Mem) {
        inst::jmpq_m::<Hardware>::new(target.amode()).encode(&mut self.code);
    }

    /// `dst = imm`, whatever it is without touching the flags.
    pub(crate) fn mov_imm_keeping_flags(&mut self, dst: Gpr, imm: u32) {
        inst::movl_oi::<Hardware>::new(dst.0, imm).encode(&mut self.code);
    }

    /// Calls the address in memory; answers the position behind, which is the return address.
    pub(crate) fn call(&mut self, target: Mem) -> u32 {
        inst::callq_m::<Hardware>::new(target.amode()).encode(&mut self.code);
        self.offset()
    }

    /// Gives up the frame: `RSP = RBP`, pops RBP.
    pub(crate) fn leave(&mut self) {
        self.code.push(0xC9);
    }

    /// Returns.
    pub(crate) fn ret(&mut self) {
        inst::retq_zo::new().encode(&mut self.code);
    }

    /// Stops the processor's straight run: never executed.
    pub(crate) fn breakpoint(&mut self) {
        self.code.push(0xCC);
    }

    // ---- floats

    /// `dst = src`; nothing if they are the same.
    pub(crate) fn mov_float(&mut self, dst: Xmm, src: Xmm) {
        if dst != src {
            inst::movapd_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
        }
    }

    /// `dst = ` a double in memory.
    pub(crate) fn load_float(&mut self, dst: Xmm, src: Mem) {
        inst::movsd_a_m::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// A double in memory `= src`.
    pub(crate) fn store_float(&mut self, dst: Mem, src: Xmm) {
        inst::movsd_c_m::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
    }

    /// `dst = ` a single in memory.
    pub(crate) fn load_f32(&mut self, dst: Xmm, src: Mem) {
        inst::movss_a_m::<Hardware>::new(dst.0, src.amode()).encode(&mut self.code);
    }

    /// A single in memory `= src`.
    pub(crate) fn store_f32(&mut self, dst: Mem, src: Xmm) {
        inst::movss_c_m::<Hardware>::new(dst.amode(), src.0).encode(&mut self.code);
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
        inst::xorpd_a::<Hardware>::new(dst.0, dst.0).encode(&mut self.code);
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
        let (dst, src, code) = (dst.0, src.operand(), &mut self.code);
        match op {
            FloatOp::Add => inst::addsd_a::<Hardware>::new(dst, src).encode(code),
            FloatOp::Sub => inst::subsd_a::<Hardware>::new(dst, src).encode(code),
            FloatOp::Mul => inst::mulsd_a::<Hardware>::new(dst, src).encode(code),
            FloatOp::Div => inst::divsd_a::<Hardware>::new(dst, src).encode(code),
            FloatOp::Sqrt => inst::sqrtsd_a::<Hardware>::new(dst, src).encode(code),
        }
    }

    /// `dst = dst & src`, bitwise.
    pub(crate) fn and_float(&mut self, dst: Xmm, src: Xmm) {
        inst::andpd_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// `dst = dst ^ src`, bitwise.
    pub(crate) fn xor_float(&mut self, dst: Xmm, src: Xmm) {
        inst::xorpd_a::<Hardware>::new(dst.0, src.0).encode(&mut self.code);
    }

    /// Flags of `lhs` against `rhs` as if unsigned; unordered sets parity, equal and below.
    pub(crate) fn cmp_float(&mut self, lhs: Xmm, rhs: Xm) {
        inst::ucomisd_a::<Hardware>::new(lhs.0, rhs.operand()).encode(&mut self.code);
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
