//! Patterns that several instructions share.

use crate::calls::{HelperArgs, Operand};
use crate::cold::Work;
use crate::compiler::Compiler;
use crate::element::Access;
use crate::masm::{Cond, FloatOp, Gpr, IntOp, Mem, R15, RAX, RCX, RDX, Rm, ShiftOp, UnaryOp, Xm, Xmm};
use crate::objects::elements_per_word;
use bp_isa::abi::helper::{Helper, MathOp};
use bp_isa::abi::layout::{WORD, entries, map, offset, storage};
use bp_isa::abi::machine::shared;
use bp_isa::fault::{Fault, seeded};
use bp_isa::types::FixedType;
use bp_isa::{Reg, Trap};

/// The first scratch for floats.
pub(crate) const F0: Xmm = Xmm(0);
/// The second.
pub(crate) const F1: Xmm = Xmm(1);
/// The sign bit of a double.
pub(crate) const SIGN: i64 = i64::MIN;

impl Compiler<'_> {
    // ---- patterns

    pub(crate) fn binary(&mut self, op: IntOp, dst: Reg, lhs: Reg, rhs: Reg) {
        let into = self.int_dst(dst, RAX);
        let right = self.rm(rhs);
        let left = self.rm(lhs);
        if right == Rm::Reg(into) && left != right {
            if op == IntOp::Sub && !seeded(Fault::SwappedSub) {
                self.masm.unary(UnaryOp::Neg, into);
                self.masm.int_op(IntOp::Add, into, left);
                return self.wrote_int(dst, into);
            }
            self.masm.int_op(op, into, left);
            return self.wrote_int(dst, into);
        }
        match (op, left, right) {
            (IntOp::Add, Rm::Reg(left), Rm::Reg(right)) if left != into => {
                self.masm.lea(into, Mem::indexed(left, right, 1, 0));
            }
            _ => {
                self.load_int(into, lhs);
                self.masm.int_op(op, into, right);
            }
        }
        self.wrote_int(dst, into);
    }

    pub(crate) fn checked(&mut self, op: IntOp, dst: Reg, lhs: Reg, rhs: Reg) {
        self.load_int(RAX, lhs);
        let right = self.rm(rhs);
        self.masm.int_op(op, RAX, right);
        self.throw_if(Cond::Overflow, Trap::Overflow);
        self.wrote_int(dst, RAX);
    }

    pub(crate) fn in_place(&mut self, dst: Reg, src: Reg, change: impl FnOnce(&mut crate::masm::Masm, Gpr)) {
        let into = self.int_dst(dst, RAX);
        self.load_int(into, src);
        change(&mut self.masm, into);
        self.wrote_int(dst, into);
    }

    pub(crate) fn shift(&mut self, op: ShiftOp, dst: Reg, lhs: Reg, rhs: Reg) {
        self.load_int(RCX, rhs);
        self.in_place(dst, lhs, |masm, gpr| masm.shift(op, gpr));
    }

    /// RAX = the quotient, RDX = the remainder, of a divisor that is not 0; answers where the divisor is.
    pub(crate) fn divide(&mut self, lhs: Reg, rhs: Reg) -> Gpr {
        let divisor = self.int(rhs, RCX);
        self.masm.cmp_imm(Rm::Reg(divisor), 0);
        self.throw_if(Cond::Equal, Trap::ZeroDivision);
        self.load_int(RAX, lhs);
        let back = self.masm.label();
        // The one quotient that does not fit makes the processor fault: MIN / -1.
        if seeded(Fault::MinByMinusOne) {
            self.masm.div_trunc(Rm::Reg(divisor));
            return divisor;
        }
        self.masm.cmp_imm(Rm::Reg(divisor), -1);
        self.cold_if(Cond::Equal, Work::DivideByMinusOne, Some(back));
        self.masm.div_trunc(Rm::Reg(divisor));
        self.masm.bind(back);
        divisor
    }

    /// RAX = `lhs / imm`, toward zero. Clobbers RDX.
    pub(crate) fn divide_imm(&mut self, lhs: Reg, imm: i64) {
        let magnitude = imm.unsigned_abs();
        if magnitude.is_power_of_two() {
            let bits = magnitude.trailing_zeros() as u8;
            self.add_rounding(lhs, bits);
            if bits > 0 {
                self.masm.shift_imm(ShiftOp::Sar, RAX, bits);
            }
            if imm < 0 {
                self.masm.unary(UnaryOp::Neg, RAX);
            }
            return;
        }
        let (multiplier, shift) = division_magic(imm);
        let left = self.rm(lhs);
        self.masm.mov_imm(RAX, multiplier);
        self.masm.mul_wide(left);
        if imm > 0 && multiplier < 0 {
            self.masm.int_op(IntOp::Add, RDX, left);
        } else if imm < 0 && multiplier > 0 {
            self.masm.int_op(IntOp::Sub, RDX, left);
        }
        if shift > 0 {
            self.masm.shift_imm(ShiftOp::Sar, RDX, shift);
        }
        self.masm.mov(RAX, RDX);
        self.masm.shift_imm(ShiftOp::Shr, RAX, 63);
        self.masm.int_op(IntOp::Add, RAX, Rm::Reg(RDX));
    }

    /// `RAX = lhs`, plus `2^bits - 1` if it is negative: shifting that right rounds toward zero.
    /// Clobbers RDX.
    pub(crate) fn add_rounding(&mut self, lhs: Reg, bits: u8) {
        self.load_int(RAX, lhs);
        if bits == 0 {
            return;
        }
        self.masm.mov(RDX, RAX);
        if bits > 1 {
            self.masm.shift_imm(ShiftOp::Sar, RDX, 63);
        }
        self.masm.shift_imm(ShiftOp::Shr, RDX, 64 - bits);
        self.masm.int_op(IntOp::Add, RAX, Rm::Reg(RDX));
    }

    pub(crate) fn float_binary(&mut self, op: FloatOp, dst: Reg, lhs: Reg, rhs: Reg) {
        let into = self.float_dst(dst, F0);
        let right = self.xm(rhs);
        if right == Xm::Reg(into) && self.xm(lhs) != right {
            self.load_float(F0, lhs);
            self.masm.float_op(op, F0, right);
            return self.wrote_float(dst, F0);
        }
        self.load_float(into, lhs);
        self.masm.float_op(op, into, right);
        self.wrote_float(dst, into);
    }

    /// Changes the sign bit, or all others, of a float.
    pub(crate) fn float_bits(&mut self, dst: Reg, src: Reg, mask: i64, change: fn(&mut crate::masm::Masm, Xmm, Xmm)) {
        let into = self.float_dst(dst, F0);
        self.masm.mov_imm(RAX, mask);
        self.masm.float_from_bits(F1, RAX);
        self.load_float(into, src);
        change(&mut self.masm, into, F1);
        self.wrote_float(dst, into);
    }

    pub(crate) fn math(&mut self, op: MathOp, dst: Reg, lhs: Reg, rhs: Option<Reg>) {
        let mut args = HelperArgs::of(&[Operand::Imm(op as i64), Operand::Reg(lhs)]);
        if let Some(rhs) = rhs {
            args.push(Operand::Reg(rhs));
        }
        self.call_helper(Helper::Math, dst, &args);
    }

    pub(crate) fn round_to(&mut self, op: MathOp, mode: u8, dst: Reg, src: Reg) {
        if !self.machine.features.sse41 {
            return self.math(op, dst, src, None);
        }
        let into = self.float_dst(dst, F0);
        let from = self.xm(src);
        self.masm.round_float(into, from, mode);
        self.wrote_float(dst, into);
    }

    /// `dst = lhs if lhs beats rhs or rhs is nan, else rhs`.
    pub(crate) fn pick_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg, smaller: bool) {
        let (take_left, done) = (self.masm.label(), self.masm.label());
        self.load_float(F0, lhs);
        self.load_float(F1, rhs);
        self.masm.cmp_float(F1, Xm::Reg(F1));
        self.masm.jump_if(Cond::Parity, done);
        let (high, low) = if smaller { (F1, F0) } else { (F0, F1) };
        self.masm.cmp_float(high, Xm::Reg(low));
        self.masm.jump_if(Cond::Above, take_left);
        self.masm.mov_float(F0, F1);
        self.masm.bind(take_left);
        self.masm.bind(done);
        self.wrote_float(dst, F0);
    }

    pub(crate) fn compare_int(&mut self, lhs: Reg, rhs: Reg) {
        let left = self.int(lhs, RAX);
        let right = self.rm(rhs);
        self.masm.cmp(left, right);
    }

    pub(crate) fn compare_imm(&mut self, lhs: Reg, imm: i64) {
        let left = self.rm(lhs);
        self.masm.cmp_imm(left, imm as i32);
    }

    pub(crate) fn compare_float(&mut self, lhs: Reg, rhs: Reg) {
        let left = self.float(lhs, F0);
        let right = self.xm(rhs);
        self.masm.cmp_float(left, right);
    }

    pub(crate) fn set_if(&mut self, cond: Cond, dst: Reg) {
        let into = self.int_dst(dst, RAX);
        self.masm.set_if(cond, into);
        self.wrote_int(dst, into);
    }

    /// Jumps to the current instruction's target. Keeps the flags while homes are loaded.
    pub(crate) fn branch_if(&mut self, cond: Cond) {
        let target = self.analysis.target(self.index).expect("a branch has a target");
        self.reconcile(target);
        let label = self.label_of(target);
        let Some(back_edge) = self.turned_at else {
            return self.masm.jump_if(cond, label);
        };
        // A condition leads out of the loop; at its end it rather leads to what stands behind it.
        let body = self.label_of(self.index + 1);
        self.masm.jump_if(cond.negated(), body);
        if target != back_edge + 1 {
            self.masm.jump(label);
        }
    }

    /// The back edge of a loop that begins with a comparison: compares here, which saves a jump.
    pub(crate) fn turn_back(&mut self) {
        let (index, header) = (self.index, self.analysis.target(self.index).expect("a back edge has a target"));
        self.reconcile(header);
        let label = self.label_of(header);
        if !seeded(Fault::NoPoll) {
            self.masm.load(RAX, Mem::at(R15, self.machine.context.shared));
            self.masm.cmp_half_imm(Mem::at(RAX, shared::POLL), 0);
            self.cold_if(Cond::NotEqual, Work::Call(Helper::Attention), Some(label));
        }
        (self.index, self.turned_at) = (header, Some(index));
        self.visit(header);
        (self.index, self.turned_at) = (index, None);
    }

    pub(crate) fn jump_to_target(&mut self) {
        let target = self.analysis.target(self.index).expect("a branch has a target");
        self.reconcile(target);
        let label = self.label_of(target);
        self.masm.jump(label);
    }

    /// Jumps back to the loop's header, after a look at the poll word.
    pub(crate) fn jump_back(&mut self) {
        let target = self.analysis.target(self.index).expect("a back edge has a target");
        self.reconcile(target);
        let (header, attention) = (self.label_of(target), self.masm.label());
        if seeded(Fault::NoPoll) {
            return self.masm.jump(header);
        }
        self.masm.load(RAX, Mem::at(R15, self.machine.context.shared));
        self.masm.cmp_half_imm(Mem::at(RAX, shared::POLL), 0);
        // The usual way takes the only jump there is.
        self.masm.jump_if(Cond::Equal, header);
        self.masm.jump(attention);
        self.cold_at(attention, Work::Call(Helper::Attention), Some(header));
    }

    /// Appends what `access` stores to an array whose storage is of type `storage`.
    pub(crate) fn push(&mut self, array: Reg, access: Access, storage: FixedType) {
        let (retry, grow) = (self.masm.label(), self.masm.label());
        let src = access.source().expect("a push stores");
        self.load_homes(self.analysis.homes.set(src) | self.analysis.homes.set(array));
        self.masm.bind(retry);
        self.load_storage(array);
        let len = Mem::at(RAX, offset(storage::LEN) as i32);
        self.masm.load(RCX, len);
        // The upper half of the header is the payload's size; the length takes one word of it.
        self.masm.load_u32(RDX, Mem::at(RAX, 4));
        self.masm.add_imm(Rm::Reg(RDX), -(storage::ELEMENTS as i32));
        let per_word = elements_per_word(storage.id());
        if per_word > 1 {
            self.masm.shift_imm(ShiftOp::Shl, RDX, per_word.trailing_zeros() as u8);
        }
        self.masm.cmp(RCX, Rm::Reg(RDX));
        let full = if seeded(Fault::PushCapacity) { Cond::Above } else { Cond::AboveOrEqual };
        self.masm.jump_if(full, grow);
        let args = HelperArgs::of(&[Operand::Reg(array)]);
        self.cold_at(grow, Work::Helper { helper: Helper::ArrayGrow, args, result: false }, Some(retry));
        // The barrier comes last: it may call a helper, which loses the storage.
        self.masm.add_imm(Rm::Mem(len), 1);
        self.access(access, RCX);
    }

    pub(crate) fn field_get(&mut self, dst: Reg, object: Reg, field: u16) {
        let base = self.int(object, RAX);
        let into = self.int_dst(dst, RAX);
        self.masm.load(into, Mem::at(base, offset(usize::from(field)) as i32));
        self.wrote_int(dst, into);
    }

    /// `RAX = ` the address of an entry's first word minus its place in the object.
    pub(crate) fn entry_address(&mut self, map: Reg, index: Reg) {
        let object = self.int(map, RAX);
        self.masm.load(RAX, Mem::at(object, offset(map::ENTRIES) as i32));
        let index = self.rm(index);
        self.masm.mul_imm(RCX, index, (WORD * entries::STRIDE) as i32);
        self.masm.int_op(IntOp::Add, RAX, Rm::Reg(RCX));
    }

    pub(crate) fn entry_word(&mut self, dst: Reg, map: Reg, index: Reg, word: usize) {
        self.entry_address(map, index);
        self.load_register(dst, Mem::at(RAX, offset(entries::FIRST + word) as i32));
    }

    pub(crate) fn word_field(&mut self, dst: Reg, object: Reg, word: usize) {
        self.field_get(dst, object, word as u16);
    }
}

impl Compiler<'_> {
    pub(crate) fn pick_int(&mut self, take_right: Cond, dst: Reg, lhs: Reg, rhs: Reg) {
        self.load_int(RAX, lhs);
        let right = self.rm(rhs);
        self.masm.cmp(RAX, right);
        self.masm.move_if(take_right, RAX, right);
        self.wrote_int(dst, RAX);
    }

    /// RAX = number of one bits of `src`, by adding neighbours: Warren, *Hacker's Delight*, 5-1.
    pub(crate) fn count_bits(&mut self, src: Reg) {
        self.load_int(RAX, src);
        for (mask, bits) in [(0x5555_5555_5555_5555_i64, 1), (0x3333_3333_3333_3333, 2), (0x0F0F_0F0F_0F0F_0F0F, 4)] {
            self.masm.mov(RCX, RAX);
            self.masm.shift_imm(ShiftOp::Shr, RCX, bits);
            self.masm.mov_imm(RDX, mask);
            self.masm.int_op(IntOp::And, RAX, Rm::Reg(RDX));
            self.masm.int_op(IntOp::And, RCX, Rm::Reg(RDX));
            self.masm.int_op(IntOp::Add, RAX, Rm::Reg(RCX));
        }
        self.masm.mov_imm(RDX, 0x0101_0101_0101_0101);
        self.masm.int_op(IntOp::Mul, RAX, Rm::Reg(RDX));
        self.masm.shift_imm(ShiftOp::Shr, RAX, 56);
    }
}

/// Multiplier and shift by which a division by `divisor` becomes a multiplication: Warren, *Hacker's
/// Delight*, 10-1. The divisor is no power of two and neither 0, 1 nor -1.
fn division_magic(divisor: i64) -> (i64, u8) {
    let two63 = 1_u64 << 63;
    let magnitude = divisor.unsigned_abs();
    let t = two63 + (divisor as u64 >> 63);
    let limit = t - 1 - t % magnitude;
    let mut power = 63_u32;
    let (mut q1, mut r1) = (two63 / limit, two63 % limit);
    let (mut q2, mut r2) = (two63 / magnitude, two63 % magnitude);
    loop {
        power += 1;
        (q1, r1) = (q1.wrapping_mul(2), r1.wrapping_mul(2));
        if r1 >= limit {
            (q1, r1) = (q1.wrapping_add(1), r1.wrapping_sub(limit));
        }
        (q2, r2) = (q2.wrapping_mul(2), r2.wrapping_mul(2));
        if r2 >= magnitude {
            (q2, r2) = (q2.wrapping_add(1), r2.wrapping_sub(magnitude));
        }
        let delta = magnitude - r2;
        if q1 >= delta && (q1 != delta || r1 != 0) {
            break;
        }
    }
    let multiplier = (q2.wrapping_add(1)) as i64;
    (if divisor < 0 { multiplier.wrapping_neg() } else { multiplier }, (power - 64) as u8)
}

#[cfg(test)]
mod tests {
    use super::division_magic;

    fn divided(value: i64, divisor: i64) -> i64 {
        let (multiplier, shift) = division_magic(divisor);
        let mut high = ((i128::from(value) * i128::from(multiplier)) >> 64) as i64;
        if divisor > 0 && multiplier < 0 {
            high = high.wrapping_add(value);
        } else if divisor < 0 && multiplier > 0 {
            high = high.wrapping_sub(value);
        }
        high >>= shift;
        high.wrapping_add((high as u64 >> 63) as i64)
    }

    #[test]
    fn multiplication_divides() {
        let values =
            [0, 1, -1, 2, 6, 7, -7, 99, 1000, i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1, 1 << 40, -(1 << 50)];
        for divisor in (3..2000_i64).chain([32767]).filter(|d| d.count_ones() > 1).flat_map(|d| [d, -d]) {
            for value in values {
                assert_eq!(divided(value, divisor), value / divisor, "{value} / {divisor}");
            }
        }
    }
}
