//! Elements of arrays, bytes of strings, fields: access by address.

use crate::calls::{HelperArgs, Operand};
use crate::cold::{Word, Work};
use crate::compiler::Compiler;
use crate::masm::{Cond, Gpr, IntOp, Label, Mem, R15, RAX, RCX, RDX, Rm, ShiftOp, UnaryOp, Xmm};
use bp_isa::abi::Header;
use bp_isa::abi::helper::Helper;
use bp_isa::abi::layout::{array, offset, storage, string};
use bp_isa::fault::{Fault, seeded};
use bp_isa::types::FixedType;
use bp_isa::{Kind, Reg};

/// An access to an element of the storage in RAX.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Access {
    /// `dst = ` an 8-byte int or reference.
    GetWord(Reg),
    /// `dst = ` a double.
    GetFloat(Reg),
    /// `dst = ` a byte.
    GetByte(Reg),
    /// `dst = ` a 4-byte int.
    GetI32(Reg),
    /// `dst = ` a 4-byte float.
    GetF32(Reg),
    /// An 8-byte int `= src`.
    SetWord(Reg),
    /// A reference `= src`, with the barrier.
    SetRef(Reg),
    /// A double `= src`.
    SetFloat(Reg),
    /// A byte `= src`.
    SetByte(Reg),
    /// A 4-byte int `= src`.
    SetI32(Reg),
    /// A 4-byte float `= src`.
    SetF32(Reg),
}

const ELEMENTS: i32 = offset(storage::ELEMENTS) as i32;
const LEN: i32 = offset(storage::LEN) as i32;

/// The bit of a header that tells the two types of strings apart.
const VIEW: u32 = 2 << Header::TYPE_SHIFT;
const _: () = assert!(FixedType::Str.id() & 2 == 0 && FixedType::StrView.id() & 2 != 0);
/// The bit of a header that tells storages of 8-byte elements from others.
const NARROW: u32 = 2 << Header::TYPE_SHIFT;
const _: () = assert!(FixedType::WordStorage.id() & 2 == 0 && FixedType::RefStorage.id() & 2 == 0);
const _: () = assert!(FixedType::ByteStorage.id() & 2 != 0 && FixedType::HalfStorage.id() & 2 != 0);

impl Compiler<'_> {
    /// `RAX = ` the storage of an array.
    pub(crate) fn load_storage(&mut self, array: Reg) {
        let object = self.int(array, RAX);
        self.masm.load(RAX, Mem::at(object, offset(array::STORAGE) as i32));
    }

    /// An element access with its check: one unsigned comparison; what fails it may be negative.
    pub(crate) fn checked_access(&mut self, array: Reg, index: Reg, access: Access) {
        let value = access.source();
        // What the access reads is loaded before the branch, so that both sides find it there.
        if let Some(value) = value {
            self.load_homes(self.analysis.homes.set(value));
        }
        let index = self.int(index, RCX);
        self.load_storage(array);
        self.masm.cmp(index, Rm::Mem(Mem::at(RAX, LEN)));
        let back = self.masm.label();
        let outside = if seeded(Fault::BoundsCheck) { Cond::Above } else { Cond::AboveOrEqual };
        self.cold_if(outside, Work::NegativeIndex { index, access }, Some(back));
        self.access(access, index);
        self.masm.bind(back);
    }

    /// The access itself, at a valid index.
    pub(crate) fn access(&mut self, access: Access, index: Gpr) {
        let word = Mem::indexed(RAX, index, 8, ELEMENTS);
        let half = Mem::indexed(RAX, index, 4, ELEMENTS);
        let byte = Mem::indexed(RAX, index, 1, ELEMENTS);
        match access {
            Access::GetWord(dst) => self.load_into(dst, |masm, gpr| masm.load(gpr, word)),
            Access::GetByte(dst) => self.load_into(dst, |masm, gpr| masm.load_byte(gpr, byte)),
            Access::GetI32(dst) if seeded(Fault::SignExtension) => {
                self.load_into(dst, |masm, gpr| masm.load_u32(gpr, half));
            }
            Access::GetI32(dst) => self.load_into(dst, |masm, gpr| masm.load_i32(gpr, half)),
            Access::GetFloat(dst) => {
                let xmm = self.float_dst(dst, Xmm(0));
                self.masm.load_float(xmm, word);
                self.wrote_float(dst, xmm);
            }
            Access::GetF32(dst) => {
                let xmm = self.float_dst(dst, Xmm(0));
                self.masm.load_f32(Xmm(0), half);
                self.masm.widen(xmm, Xmm(0));
                self.wrote_float(dst, xmm);
            }
            Access::SetWord(src) => {
                let value = self.int(src, RDX);
                self.masm.store(word, value);
            }
            Access::SetRef(src) => {
                let value = self.int(src, RDX);
                self.masm.store(word, value);
                if !seeded(Fault::ElementBarrier) {
                    self.barrier(RAX, value, Word::Element(index));
                }
            }
            Access::SetFloat(src) => {
                let value = self.float(src, Xmm(0));
                self.masm.store_float(word, value);
            }
            Access::SetByte(src) => {
                let value = self.int(src, RDX);
                self.masm.store_byte(byte, value);
            }
            Access::SetI32(src) => {
                let value = self.int(src, RDX);
                if seeded(Fault::NarrowWidth) {
                    return self.masm.store(half, value);
                }
                self.masm.store_half(half, value);
            }
            Access::SetF32(src) => {
                let value = self.float(src, Xmm(0));
                self.masm.narrow(Xmm(0), value);
                self.masm.store_f32(half, Xmm(0));
            }
        }
    }

    fn load_into(&mut self, dst: Reg, load: impl FnOnce(&mut crate::masm::Masm, Gpr)) {
        let gpr = self.int_dst(dst, RAX);
        load(&mut self.masm, gpr);
        self.wrote_int(dst, gpr);
    }

    /// The write barrier after `value` was stored into `object`: its header says whether it is old
    /// and not yet remembered.
    pub(crate) fn barrier(&mut self, object: Gpr, value: Gpr, word: Word) {
        let back = self.masm.label();
        self.masm.test_half_imm(Mem::at(object, 0), Header::BARRIER as u32);
        self.cold_if(Cond::NotEqual, Work::Barrier { object, value, word }, Some(back));
        self.masm.bind(back);
    }

    /// Equal if the object in `object` is of a fixed type. Clobbers RDX.
    pub(crate) fn compare_type(&mut self, object: Gpr, ty: FixedType) {
        self.masm.load_u32(RDX, Mem::at(object, 0));
        self.masm.shift_imm(crate::masm::ShiftOp::Shr, RDX, Header::TYPE_SHIFT as u8);
        self.masm.cmp_imm(Rm::Reg(RDX), ty.id() as i32);
    }

    /// Goes to `narrow` unless the storage in RAX has 8-byte elements. References always have; answers
    /// whether it had to look.
    pub(crate) fn leave_if_narrow(&mut self, dst: Reg, narrow: Label) -> bool {
        if self.function.registers[dst.index()] == Kind::Ref {
            return false;
        }
        self.masm.test_half_imm(Mem::at(RAX, 0), NARROW);
        self.masm.jump_if(Cond::NotEqual, narrow);
        true
    }

    /// Goes to `slow` if the string in `object` is a view.
    fn leave_if_view(&mut self, object: Gpr, slow: Label) {
        self.masm.test_half_imm(Mem::at(object, 0), VIEW);
        self.masm.jump_if(Cond::NotEqual, slow);
    }

    /// `dst = ` whether two strings are equal. One object, different lengths and up to eight bytes are
    /// decided here, the rest by the helper.
    pub(crate) fn equal_strings(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        let [slow, known, back] = [(); 3].map(|()| self.masm.label());
        let (left, right) = (self.int(lhs, RAX), self.int(rhs, RCX));
        self.masm.cmp(left, Rm::Reg(right));
        self.masm.jump_if(Cond::Equal, known);
        self.masm.load(RDX, Mem::at(left, offset(string::LEN) as i32));
        self.masm.cmp(RDX, Rm::Mem(Mem::at(right, offset(string::LEN) as i32)));
        self.masm.jump_if(Cond::NotEqual, known);
        // Neither none, for then there is no byte to look at, nor more than fit a word.
        self.masm.add_imm(Rm::Reg(RDX), -1);
        self.masm.cmp_imm(Rm::Reg(RDX), 7);
        self.masm.jump_if(Cond::Above, slow);
        self.leave_if_view(left, slow);
        self.leave_if_view(right, slow);
        let bytes = offset(string::BYTES) as i32;
        self.masm.load(RAX, Mem::at(left, bytes));
        self.masm.int_op(IntOp::Xor, RAX, Rm::Mem(Mem::at(right, bytes)));
        // The bytes behind the end go: as many as 8 minus the length, which is 7 minus RDX.
        self.masm.mov(RCX, RDX);
        self.masm.unary(UnaryOp::Not, RCX);
        self.masm.shift_imm(ShiftOp::Shl, RCX, 3);
        self.masm.shift(ShiftOp::Shl, RAX);
        self.masm.cmp_imm(Rm::Reg(RAX), 0);
        self.masm.bind(known);
        self.masm.set_if(Cond::Equal, RAX);
        self.masm.bind(back);
        let args = HelperArgs::of(&[Operand::Reg(lhs), Operand::Reg(rhs)]);
        self.cold_at(slow, Work::Helper { helper: Helper::EqStr, args, result: true }, Some(back));
        self.wrote_int(dst, RAX);
    }

    /// `RAX = ` byte number `index` of a string whose bytes are inline and which is long enough; else
    /// what the helper answers.
    pub(crate) fn string_byte(&mut self, string: Reg, index: Reg) {
        let slow = self.masm.label();
        let index_gpr = self.int(index, RCX);
        let object = self.int(string, RAX);
        self.masm.cmp(index_gpr, Rm::Mem(Mem::at(object, offset(string::LEN) as i32)));
        self.masm.jump_if(Cond::AboveOrEqual, slow);
        self.string_byte_at(string, index, slow);
    }

    /// The same of an index that is inside.
    pub(crate) fn string_byte_inside(&mut self, string: Reg, index: Reg) {
        let slow = self.masm.label();
        self.string_byte_at(string, index, slow);
    }

    fn string_byte_at(&mut self, string: Reg, index: Reg, slow: Label) {
        let back = self.masm.label();
        let index_gpr = self.int(index, RCX);
        let object = self.int(string, RAX);
        if !seeded(Fault::InlineString) {
            self.leave_if_view(object, slow);
        }
        self.masm.load_byte(RAX, Mem::indexed(object, index_gpr, 1, offset(string::BYTES) as i32));
        self.masm.bind(back);
        let args = HelperArgs::of(&[Operand::Reg(string), Operand::Reg(index)]);
        self.cold_at(slow, Work::Helper { helper: Helper::StrByte, args, result: true }, Some(back));
    }

    /// `dst = ` the one-byte string of the byte in RAX.
    pub(crate) fn byte_string(&mut self, dst: Reg) {
        self.masm.load(RCX, Mem::at(R15, self.machine.context.byte_strings));
        let gpr = self.int_dst(dst, RAX);
        self.masm.load(gpr, Mem::indexed(RCX, RAX, 8, 0));
        self.wrote_int(dst, gpr);
    }
}

impl Access {
    /// The register whose value is stored.
    pub(crate) fn source(self) -> Option<Reg> {
        match self {
            Access::SetWord(src) | Access::SetRef(src) | Access::SetFloat(src) => Some(src),
            Access::SetByte(src) | Access::SetI32(src) | Access::SetF32(src) => Some(src),
            Access::GetWord(_) | Access::GetFloat(_) | Access::GetByte(_) | Access::GetI32(_) | Access::GetF32(_) => {
                None
            }
        }
    }
}
