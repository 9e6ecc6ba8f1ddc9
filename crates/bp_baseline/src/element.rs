//! Elements of arrays, bytes of strings, fields: access by address.

use crate::calls::{HelperArgs, Operand};
use crate::cold::{Word, Work};
use crate::compiler::Compiler;
use crate::masm::{Cond, Gpr, Label, Mem, R15, RAX, RCX, RDX, Rm, Xmm};
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
    /// whether it had to look. Clobbers RDX.
    pub(crate) fn leave_if_narrow(&mut self, dst: Reg, narrow: Label) -> bool {
        const _: () = assert!(FixedType::WordStorage.id() + 1 == FixedType::RefStorage.id());
        if self.function.registers[dst.index()] == Kind::Ref {
            return false;
        }
        self.masm.load_u32(RDX, Mem::at(RAX, 0));
        self.masm.shift_imm(crate::masm::ShiftOp::Shr, RDX, Header::TYPE_SHIFT as u8);
        self.masm.add_imm(Rm::Reg(RDX), -(FixedType::WordStorage.id() as i32));
        self.masm.cmp_imm(Rm::Reg(RDX), 1);
        self.masm.jump_if(Cond::Above, narrow);
        true
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
            self.compare_type(object, FixedType::Str);
            self.masm.jump_if(Cond::NotEqual, slow);
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
    fn source(self) -> Option<Reg> {
        match self {
            Access::SetWord(src) | Access::SetRef(src) | Access::SetFloat(src) => Some(src),
            Access::SetByte(src) | Access::SetI32(src) | Access::SetF32(src) => Some(src),
            Access::GetWord(_) | Access::GetFloat(_) | Access::GetByte(_) | Access::GetI32(_) | Access::GetF32(_) => {
                None
            }
        }
    }
}
