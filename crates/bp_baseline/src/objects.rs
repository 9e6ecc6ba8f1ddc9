//! New objects, and classes.

use crate::calls::{HelperArgs, Operand};
use crate::cold::Work;
use crate::compiler::Compiler;
use crate::masm::{Cond, Label, Mem, R15, RAX, RCX, RDX, Rm, ShiftOp};
use crate::patterns::F0;
use bp_isa::Reg;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::helper::Helper;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD, array, offset, storage};
use bp_isa::fault::{Fault, seeded};
use bp_isa::types::{FixedType, TypeId};

/// Arrays of references with more words than this come from the helper, which clears them in a loop.
const MAX_CLEARED_WORDS: usize = 16;

impl Compiler<'_> {
    /// `RAX = ` the address of so many new bytes in the nursery. Without room for them `work` answers an
    /// object in RAX and goes on at `back`. Clobbers RCX.
    fn bump(&mut self, bytes: usize, work: Work, back: Label) {
        let context = self.machine.context;
        self.masm.load(RAX, Mem::at(R15, context.cursor));
        self.masm.lea(RCX, Mem::at(RAX, bytes as i32));
        let end = if seeded(Fault::NurseryLimit) { RAX } else { RCX };
        self.masm.cmp(end, Rm::Mem(Mem::at(R15, context.limit)));
        self.cold_if(Cond::Above, work, Some(back));
        self.masm.store(Mem::at(R15, context.cursor), RCX);
    }

    /// A word of a new object `= ` a constant. Clobbers RCX.
    fn store_header(&mut self, place: i32, header: Header) {
        self.masm.mov_imm(RCX, header.0 as i64);
        self.masm.store(Mem::at(RAX, place), RCX);
    }

    /// `RAX = ` a new object with that header, its payload uninitialised.
    pub(crate) fn allocate(&mut self, header: Header) {
        let back = self.masm.label();
        let args = HelperArgs::of(&[Operand::Imm(header.0 as i64)]);
        let work = Work::Helper { helper: Helper::Alloc, args, result: true };
        if header.payload_words() * WORD > MAX_SMALL_BYTES {
            let slow = self.masm.label();
            self.masm.jump(slow);
            self.cold_at(slow, work, Some(back));
        } else {
            self.bump(offset(header.payload_words()), work, back);
            self.store_header(0, header);
        }
        self.masm.bind(back);
    }

    /// Writes `count` registers into the payload of the new object in RAX from word `first` on.
    pub(crate) fn initialise(&mut self, args: Reg, count: u16, first: usize) {
        for position in 0..count {
            let src = Reg(args.0 + position);
            let place = Mem::at(RAX, offset(first + usize::from(position)) as i32);
            if self.is_float(src) && self.analysis.homes.bit(src).is_some() {
                let value = self.float(src, F0);
                self.masm.store_float(place, value);
            } else {
                let value = self.int(src, RCX);
                self.masm.store(place, value);
            }
        }
    }

    /// `dst = ` a new array with its storage right behind it.
    pub(crate) fn array(&mut self, dst: Reg, capacity: i16, ty: TypeId) {
        let args = [Operand::Imm(ty.into()), Operand::Imm(capacity.into())];
        let empty = Header(self.machine.storages[ty as usize]);
        let elements = usize::from(capacity.cast_unsigned()).div_ceil(elements_per_word(empty.ty()));
        let words = storage::ELEMENTS + elements;
        let is_cleared = empty.kind() == RefKind::AllButFirst;
        if words * WORD > MAX_SMALL_BYTES || is_cleared && words > MAX_CLEARED_WORDS {
            return self.call_helper(Helper::NewArray, dst, &args);
        }
        let back = self.masm.label();
        let work = Work::Helper { helper: Helper::NewArray, args: HelperArgs::of(&args), result: true };
        let behind = offset(array::WORDS);
        self.bump(behind + offset(words), work, back);
        self.store_header(0, Header(self.machine.headers[ty as usize]));
        self.store_header(behind as i32, Header::new(empty.ty(), empty.kind(), words));
        self.masm.lea(RCX, Mem::at(RAX, behind as i32));
        self.masm.store(Mem::at(RAX, offset(array::STORAGE) as i32), RCX);
        self.masm.store_imm(Mem::at(RCX, offset(storage::LEN) as i32), 0);
        for word in storage::ELEMENTS..if is_cleared { words } else { 0 } {
            self.masm.store_imm(Mem::at(RCX, offset(word) as i32), 0);
        }
        self.masm.bind(back);
        self.wrote_int(dst, RAX);
    }

    /// `dst = ` whether an object is of a class or one derived from it: comparisons with all of their
    /// numbers, which are few and mostly follow each other.
    pub(crate) fn class_test(&mut self, dst: Reg, object: Reg, class: TypeId) {
        let (yes, done) = (self.masm.label(), self.masm.label());
        let object = self.int(object, RAX);
        self.masm.mov_imm(RCX, 0);
        self.masm.cmp_imm(Rm::Reg(object), 0);
        self.masm.jump_if(Cond::Equal, done);
        self.masm.load_u32(RDX, Mem::at(object, 0));
        self.masm.shift_imm(ShiftOp::Shr, RDX, Header::TYPE_SHIFT as u8);
        for (first, last) in self.classes_from(class) {
            if first == last {
                self.masm.cmp_imm(Rm::Reg(RDX), first as i32);
                self.masm.jump_if(Cond::Equal, yes);
            } else {
                self.masm.lea(RAX, Mem::at(RDX, -(first as i32)));
                self.masm.cmp_imm(Rm::Reg(RAX), (last - first) as i32);
                self.masm.jump_if(Cond::BelowOrEqual, yes);
            }
        }
        self.masm.jump(done);
        self.masm.bind(yes);
        self.masm.mov_imm(RCX, 1);
        self.masm.bind(done);
        self.wrote_int(dst, RCX);
    }

    /// The numbers of a class and of all derived from it, as ranges.
    fn classes_from(&self, class: TypeId) -> Vec<(TypeId, TypeId)> {
        let (place, derived) = self.machine.classes[class as usize];
        let mut ranges: Vec<(TypeId, TypeId)> = Vec::new();
        for (ty, (other, _)) in self.machine.classes.iter().enumerate() {
            if other.wrapping_sub(place) > derived {
                continue;
            }
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == ty as TypeId => *last += 1,
                _ => ranges.push((ty as TypeId, ty as TypeId)),
            }
        }
        ranges
    }
}

/// How many elements a word of a storage of that type holds.
pub(crate) const fn elements_per_word(storage: TypeId) -> usize {
    if storage == FixedType::ByteStorage.id() {
        8
    } else if storage == FixedType::HalfStorage.id() {
        2
    } else {
        1
    }
}
