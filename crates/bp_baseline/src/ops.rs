//! One method per instruction, in the order of the instruction table.
//!
//! Scratch registers: RAX, RCX, RDX and XMM0, XMM1. A destination is written last: what may throw
//! has been checked by then, so that a handler finds the old value.

use crate::calls::{HelperArgs, Operand};
use crate::cold::{Word, Work};
use crate::compiler::Compiler;
use crate::element::Access;
use crate::masm::{Cond, FloatOp, IntOp, Mem, R15, RAX, RCX, RDX, Rm, ShiftOp, UnaryOp, Xm};
use crate::patterns::{F0, SIGN};
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::helper::{Helper, MathOp};
use bp_isa::abi::layout::{closure, map, offset, storage, string};
use bp_isa::fault::{Fault, seeded};
use bp_isa::types::FixedType;
use bp_isa::{Kind, OpVisitor, Reg, Trap};

impl OpVisitor for Compiler<'_> {
    type Out = ();

    // ---- constants and moves

    fn const_int(&mut self, dst: Reg, value: i32) {
        if self.analysis.homes.bit(dst).is_none() {
            return self.masm.store_imm(self.slot(dst), value);
        }
        let into = self.int_dst(dst, RAX);
        self.masm.mov_imm(into, i64::from(value));
        self.wrote_int(dst, into);
    }

    fn const_word(&mut self, dst: Reg, bits: u64) {
        if !self.is_float(dst) {
            let into = self.int_dst(dst, RAX);
            self.masm.mov_imm(into, bits as i64);
            return self.wrote_int(dst, into);
        }
        let into = self.float_dst(dst, F0);
        if bits == 0 {
            self.masm.zero_float(into);
        } else {
            self.masm.mov_imm(RAX, bits as i64);
            self.masm.float_from_bits(into, RAX);
        }
        self.wrote_float(dst, into);
    }

    fn const_ref(&mut self, dst: Reg, index: u32) {
        let into = self.int_dst(dst, RAX);
        self.masm.mov_imm(into, self.machine.constants[index as usize] as i64);
        self.wrote_int(dst, into);
    }

    fn const_null(&mut self, dst: Reg) {
        self.const_int(dst, 0);
    }

    fn move_any(&mut self, dst: Reg, src: Reg) {
        if self.is_float(dst) {
            let into = self.float_dst(dst, F0);
            self.load_float(into, src);
            return self.wrote_float(dst, into);
        }
        let into = self.int_dst(dst, RAX);
        match self.rm(src) {
            Rm::Reg(from) => self.wrote_int(dst, from),
            Rm::Mem(slot) => {
                self.masm.load(into, slot);
                self.wrote_int(dst, into);
            }
        }
    }

    fn get_global(&mut self, dst: Reg, slot: u32) {
        self.masm.load(RAX, Mem::at(R15, self.machine.context.word_globals));
        self.load_register(dst, Mem::at(RAX, 8 * slot as i32));
    }

    fn set_global(&mut self, src: Reg, slot: u32) {
        self.masm.load(RAX, Mem::at(R15, self.machine.context.word_globals));
        let place = Mem::at(RAX, 8 * slot as i32);
        if self.is_float(src) {
            let value = self.float(src, F0);
            return self.masm.store_float(place, value);
        }
        let value = self.int(src, RCX);
        self.masm.store(place, value);
    }

    fn get_global_ref(&mut self, dst: Reg, slot: u32) {
        self.masm.load(RAX, Mem::at(R15, self.machine.context.ref_globals));
        let into = self.int_dst(dst, RAX);
        self.masm.load(into, Mem::at(RAX, 8 * slot as i32));
        self.wrote_int(dst, into);
    }

    fn set_global_ref(&mut self, src: Reg, slot: u32) {
        // Globals are roots of every collection: no barrier.
        self.masm.load(RAX, Mem::at(R15, self.machine.context.ref_globals));
        let value = self.int(src, RCX);
        self.masm.store(Mem::at(RAX, 8 * slot as i32), value);
    }

    // ---- int arithmetic

    fn add_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::Add, dst, lhs, rhs);
    }

    fn add_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        let imm = i32::from(imm);
        let into = self.int_dst(dst, RAX);
        match self.rm(lhs) {
            Rm::Reg(left) if left != into => self.masm.lea(into, Mem::at(left, imm)),
            Rm::Mem(slot) if dst == lhs => return self.masm.add_imm(Rm::Mem(slot), imm),
            _ => {
                self.load_int(into, lhs);
                self.masm.add_imm(Rm::Reg(into), imm);
            }
        }
        self.wrote_int(dst, into);
    }

    fn sub_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::Sub, dst, lhs, rhs);
    }

    fn mul_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::Mul, dst, lhs, rhs);
    }

    fn mul_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        let magnitude = imm.unsigned_abs();
        if imm > 0 && magnitude.is_power_of_two() {
            return self.in_place(dst, lhs, |masm, gpr| {
                if magnitude > 1 {
                    masm.shift_imm(ShiftOp::Shl, gpr, magnitude.trailing_zeros() as u8);
                }
            });
        }
        let into = self.int_dst(dst, RAX);
        let left = self.rm(lhs);
        self.masm.mul_imm(into, left, i32::from(imm));
        self.wrote_int(dst, into);
    }

    fn div_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.divide(lhs, rhs);
        self.wrote_int(dst, RAX);
    }

    fn div_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        self.divide_imm(lhs, i64::from(imm));
        self.wrote_int(dst, RAX);
    }

    fn rem_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.divide(lhs, rhs);
        self.wrote_int(dst, RDX);
    }

    fn rem_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        if imm.unsigned_abs().is_power_of_two() {
            // What is left of the value without its multiple of the divisor toward zero.
            self.add_rounding(lhs, imm.unsigned_abs().trailing_zeros() as u8);
            self.masm.and_imm(RAX, -i32::from(imm.unsigned_abs()));
            self.load_int(RCX, lhs);
            self.masm.int_op(IntOp::Sub, RCX, Rm::Reg(RAX));
            return self.wrote_int(dst, RCX);
        }
        self.divide_imm(lhs, i64::from(imm));
        self.masm.mul_imm(RAX, Rm::Reg(RAX), i32::from(imm));
        self.load_int(RCX, lhs);
        self.masm.int_op(IntOp::Sub, RCX, Rm::Reg(RAX));
        self.wrote_int(dst, RCX);
    }

    fn floordiv_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        let divisor = self.divide(lhs, rhs);
        if seeded(Fault::FloorSign) {
            return self.wrote_int(dst, RAX);
        }
        let done = self.masm.label();
        // One less if there is a remainder and its sign is not the divisor's.
        self.masm.cmp_imm(Rm::Reg(RDX), 0);
        self.masm.jump_if(Cond::Equal, done);
        self.masm.int_op(IntOp::Xor, RDX, Rm::Reg(divisor));
        self.masm.jump_if(Cond::GreaterOrEqual, done);
        self.masm.add_imm(Rm::Reg(RAX), -1);
        self.masm.bind(done);
        self.wrote_int(dst, RAX);
    }

    fn pow_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.call_helper(Helper::PowInt, dst, &[Operand::Reg(lhs), Operand::Reg(rhs)]);
    }

    fn neg_int(&mut self, dst: Reg, src: Reg) {
        self.in_place(dst, src, |masm, gpr| masm.unary(UnaryOp::Neg, gpr));
    }

    fn not_int(&mut self, dst: Reg, src: Reg) {
        self.in_place(dst, src, |masm, gpr| masm.unary(UnaryOp::Not, gpr));
    }

    fn and_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::And, dst, lhs, rhs);
    }

    fn and_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        self.in_place(dst, lhs, |masm, gpr| masm.and_imm(gpr, i32::from(imm)));
    }

    fn or_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::Or, dst, lhs, rhs);
    }

    fn xor_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.binary(IntOp::Xor, dst, lhs, rhs);
    }

    fn shl_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.shift(ShiftOp::Shl, dst, lhs, rhs);
    }

    fn shl_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        let imm = if seeded(Fault::ShiftCount) { imm & 31 } else { imm };
        self.in_place(dst, lhs, |masm, gpr| masm.shift_imm(ShiftOp::Shl, gpr, imm as u8));
    }

    fn shr_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.shift(ShiftOp::Sar, dst, lhs, rhs);
    }

    fn shr_int_imm(&mut self, dst: Reg, lhs: Reg, imm: i16) {
        self.in_place(dst, lhs, |masm, gpr| masm.shift_imm(ShiftOp::Sar, gpr, imm as u8));
    }

    fn ushr_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.shift(ShiftOp::Shr, dst, lhs, rhs);
    }

    fn abs_int(&mut self, dst: Reg, src: Reg) {
        self.load_int(RAX, src);
        self.masm.mov(RDX, RAX);
        self.masm.shift_imm(ShiftOp::Sar, RDX, 63);
        self.masm.int_op(IntOp::Xor, RAX, Rm::Reg(RDX));
        self.masm.int_op(IntOp::Sub, RAX, Rm::Reg(RDX));
        self.wrote_int(dst, RAX);
    }

    fn min_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.pick_int(Cond::Greater, dst, lhs, rhs);
    }

    fn max_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.pick_int(Cond::Less, dst, lhs, rhs);
    }

    fn popcount_int(&mut self, dst: Reg, src: Reg) {
        if self.machine.features.popcnt {
            let into = self.int_dst(dst, RAX);
            let from = self.rm(src);
            self.masm.popcount(into, from);
            return self.wrote_int(dst, into);
        }
        self.count_bits(src);
        self.wrote_int(dst, RAX);
    }

    fn clz_int(&mut self, dst: Reg, src: Reg) {
        // The highest bit's position p gives 63 - p; 127 stands for none: 127 ^ 63 is 64.
        self.masm.mov_imm(RCX, 127);
        let from = self.rm(src);
        self.masm.highest_bit(RAX, from);
        self.masm.move_if(Cond::Equal, RAX, Rm::Reg(RCX));
        self.masm.xor_imm(RAX, 63);
        self.wrote_int(dst, RAX);
    }

    fn ctz_int(&mut self, dst: Reg, src: Reg) {
        self.masm.mov_imm(RCX, 64);
        let from = self.rm(src);
        self.masm.lowest_bit(RAX, from);
        self.masm.move_if(Cond::Equal, RAX, Rm::Reg(RCX));
        self.wrote_int(dst, RAX);
    }

    fn rotl_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.shift(ShiftOp::Rol, dst, lhs, rhs);
    }

    fn rotr_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.shift(ShiftOp::Ror, dst, lhs, rhs);
    }

    fn bswap_int(&mut self, dst: Reg, src: Reg) {
        self.in_place(dst, src, |masm, gpr| masm.swap_bytes(gpr));
    }

    fn mul_hi_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.load_int(RAX, lhs);
        let right = self.rm(rhs);
        self.masm.mul_wide(right);
        self.wrote_int(dst, RDX);
    }

    fn add_checked_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.checked(IntOp::Add, dst, lhs, rhs);
    }

    fn sub_checked_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.checked(IntOp::Sub, dst, lhs, rhs);
    }

    fn mul_checked_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.checked(IntOp::Mul, dst, lhs, rhs);
    }

    // ---- float arithmetic

    fn add_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.float_binary(FloatOp::Add, dst, lhs, rhs);
    }

    fn sub_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.float_binary(FloatOp::Sub, dst, lhs, rhs);
    }

    fn mul_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.float_binary(FloatOp::Mul, dst, lhs, rhs);
    }

    fn div_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.float_binary(FloatOp::Div, dst, lhs, rhs);
    }

    fn rem_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.math(MathOp::Rem, dst, lhs, Some(rhs));
    }

    fn floordiv_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.load_float(F0, lhs);
        let right = self.xm(rhs);
        self.masm.float_op(FloatOp::Div, F0, right);
        if self.machine.features.sse41 {
            self.masm.round_float(F0, Xm::Reg(F0), 1);
            return self.wrote_float(dst, F0);
        }
        self.spill_for_helper(dst, &[Operand::Reg(lhs), Operand::Reg(rhs)]);
        self.masm.mov_imm(crate::masm::RSI, MathOp::Floor as i64);
        self.masm.float_to_bits(RDX, F0);
        self.helper(Helper::Math);
        self.wrote_word(dst, RAX);
    }

    fn pow_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.math(MathOp::Pow, dst, lhs, Some(rhs));
    }

    fn neg_float(&mut self, dst: Reg, src: Reg) {
        self.float_bits(dst, src, SIGN, |masm, into, mask| masm.xor_float(into, mask));
    }

    fn abs_float(&mut self, dst: Reg, src: Reg) {
        self.float_bits(dst, src, !SIGN, |masm, into, mask| masm.and_float(into, mask));
    }

    fn sqrt_float(&mut self, dst: Reg, src: Reg) {
        let into = self.float_dst(dst, F0);
        let from = self.xm(src);
        self.masm.float_op(FloatOp::Sqrt, into, from);
        self.wrote_float(dst, into);
    }

    fn floor_float(&mut self, dst: Reg, src: Reg) {
        self.round_to(MathOp::Floor, 1, dst, src);
    }

    fn ceil_float(&mut self, dst: Reg, src: Reg) {
        self.round_to(MathOp::Ceil, 2, dst, src);
    }

    fn trunc_float(&mut self, dst: Reg, src: Reg) {
        self.round_to(MathOp::Trunc, 3, dst, src);
    }

    fn round_float(&mut self, dst: Reg, src: Reg) {
        self.math(MathOp::Round, dst, src, None);
    }

    fn min_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.pick_float(dst, lhs, rhs, true);
    }

    fn max_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.pick_float(dst, lhs, rhs, false);
    }

    // ---- conversions

    fn int_to_float(&mut self, dst: Reg, src: Reg) {
        let into = self.float_dst(dst, F0);
        let from = self.rm(src);
        self.masm.int_to_float(into, from);
        self.wrote_float(dst, into);
    }

    fn float_to_int(&mut self, dst: Reg, src: Reg) {
        let from = self.float(src, F0);
        self.masm.float_to_int(RAX, Xm::Reg(from));
        let back = self.masm.label();
        // MIN stands for everything that does not fit, and for itself.
        self.masm.cmp_imm(Rm::Reg(RAX), 1);
        self.cold_if(Cond::Overflow, Work::FloatToInt { src: from }, Some(back));
        self.masm.bind(back);
        self.wrote_int(dst, RAX);
    }

    fn float_to_int_raw(&mut self, dst: Reg, src: Reg) {
        let into = self.int_dst(dst, RAX);
        let from = self.xm(src);
        self.masm.float_to_int(into, from);
        self.wrote_int(dst, into);
    }

    // ---- comparisons into a bool

    fn eq_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_int(lhs, rhs);
        self.set_if(Cond::Equal, dst);
    }

    fn ne_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_int(lhs, rhs);
        self.set_if(Cond::NotEqual, dst);
    }

    fn lt_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_int(lhs, rhs);
        self.set_if(if seeded(Fault::UnsignedCompare) { Cond::Below } else { Cond::Less }, dst);
    }

    fn le_int(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_int(lhs, rhs);
        self.set_if(Cond::LessOrEqual, dst);
    }

    fn eq_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_float(lhs, rhs);
        self.masm.set_if(Cond::Equal, RAX);
        self.masm.set_if(if seeded(Fault::NanParity) { Cond::Equal } else { Cond::NoParity }, RCX);
        self.masm.int_op(IntOp::And, RAX, Rm::Reg(RCX));
        self.wrote_int(dst, RAX);
    }

    fn ne_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_float(lhs, rhs);
        self.masm.set_if(Cond::NotEqual, RAX);
        self.masm.set_if(Cond::Parity, RCX);
        self.masm.int_op(IntOp::Or, RAX, Rm::Reg(RCX));
        self.wrote_int(dst, RAX);
    }

    fn lt_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_float(rhs, lhs);
        self.set_if(Cond::Above, dst);
    }

    fn le_float(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.compare_float(rhs, lhs);
        self.set_if(Cond::AboveOrEqual, dst);
    }

    fn eq_ref(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.eq_int(dst, lhs, rhs);
    }

    fn eq_str(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.equal_strings(dst, lhs, rhs);
    }

    fn eq_value(&mut self, dst: Reg, lhs: Reg, rhs: Reg, ty: u32) {
        self.call_helper(Helper::EqValue, dst, &[Operand::Reg(lhs), Operand::Reg(rhs), Operand::Imm(ty.into())]);
    }

    fn compare_value(&mut self, dst: Reg, lhs: Reg, rhs: Reg, ty: u32) {
        self.call_helper(Helper::CompareValue, dst, &[Operand::Reg(lhs), Operand::Reg(rhs), Operand::Imm(ty.into())]);
    }

    fn not_bool(&mut self, dst: Reg, src: Reg) {
        self.in_place(dst, src, |masm, gpr| masm.xor_imm(gpr, 1));
    }

    // ---- branches

    fn jump(&mut self, _target: i32) {
        self.jump_to_target();
    }

    fn jump_loop(&mut self, _target: i32, _loop_id: u32) {
        if self.analysis.is_turned(self.function, self.index) {
            self.turn_back();
        } else {
            self.jump_back();
        }
    }

    fn br_true(&mut self, cond: Reg, _target: i32) {
        self.compare_imm(cond, 0);
        self.branch_if(Cond::NotEqual);
    }

    fn br_false(&mut self, cond: Reg, _target: i32) {
        self.compare_imm(cond, 0);
        self.branch_if(Cond::Equal);
    }

    fn br_eq_int(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_int(lhs, rhs);
        self.branch_if(Cond::Equal);
    }

    fn br_ne_int(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_int(lhs, rhs);
        self.branch_if(Cond::NotEqual);
    }

    fn br_lt_int(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_int(lhs, rhs);
        self.branch_if(Cond::Less);
    }

    fn br_le_int(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_int(lhs, rhs);
        self.branch_if(Cond::LessOrEqual);
    }

    fn br_eq_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(Cond::Equal);
    }

    fn br_ne_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(Cond::NotEqual);
    }

    fn br_lt_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(if seeded(Fault::WrongCondition) { Cond::LessOrEqual } else { Cond::Less });
    }

    fn br_le_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(Cond::LessOrEqual);
    }

    fn br_gt_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(Cond::Greater);
    }

    fn br_ge_int_imm(&mut self, lhs: Reg, imm: i16, _target: i32) {
        self.compare_imm(lhs, imm.into());
        self.branch_if(Cond::GreaterOrEqual);
    }

    fn br_eq_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_float(lhs, rhs);
        let unordered = self.masm.label();
        // What the branch needs is loaded on both ways.
        let target = self.analysis.target(self.index).expect("a branch has a target");
        self.reconcile(target);
        self.masm.jump_if(Cond::Parity, unordered);
        self.branch_if(Cond::Equal);
        self.masm.bind(unordered);
    }

    fn br_ne_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_float(lhs, rhs);
        if !seeded(Fault::BranchNan) {
            self.branch_if(Cond::Parity);
        }
        self.branch_if(Cond::NotEqual);
    }

    fn br_lt_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        let (lhs, rhs) = if seeded(Fault::FloatDirection) { (rhs, lhs) } else { (lhs, rhs) };
        self.compare_float(rhs, lhs);
        self.branch_if(Cond::Above);
    }

    fn br_le_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_float(rhs, lhs);
        self.branch_if(Cond::AboveOrEqual);
    }

    fn br_nlt_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_float(rhs, lhs);
        self.branch_if(Cond::BelowOrEqual);
    }

    fn br_nle_float(&mut self, lhs: Reg, rhs: Reg, _target: i32) {
        self.compare_float(rhs, lhs);
        self.branch_if(Cond::Below);
    }

    fn br_null(&mut self, src: Reg, _target: i32) {
        self.compare_imm(src, 0);
        self.branch_if(Cond::Equal);
    }

    fn br_not_null(&mut self, src: Reg, _target: i32) {
        self.compare_imm(src, 0);
        self.branch_if(Cond::NotEqual);
    }

    fn loop_up(&mut self, index: Reg, limit: Reg, step: i16, _target: i32, _loop_id: u32) {
        let done = self.masm.label();
        let at = self.int(index, RAX);
        if step == 1 {
            // index < limit, so that index + 1 cannot overflow.
            self.masm.lea(RCX, Mem::at(at, 1));
            let limit = self.rm(limit);
            self.masm.cmp(RCX, limit);
            self.masm.jump_if(Cond::GreaterOrEqual, done);
        } else if seeded(Fault::LoopOverflow) {
            self.masm.lea(RCX, Mem::at(at, step.into()));
            let limit = self.rm(limit);
            self.masm.cmp(RCX, limit);
            self.masm.jump_if(Cond::GreaterOrEqual, done);
        } else {
            self.load_int(RCX, limit);
            self.masm.int_op(IntOp::Sub, RCX, Rm::Reg(at));
            self.masm.cmp_imm(Rm::Reg(RCX), step.into());
            self.masm.jump_if(Cond::BelowOrEqual, done);
        }
        let (valid, dirty) = (self.valid, self.dirty);
        if step == 1 {
            self.wrote_int(index, RCX)
        } else {
            self.add_int_imm(index, index, step)
        }
        self.jump_back();
        (self.valid, self.dirty) = (valid, dirty);
        self.masm.bind(done);
    }

    fn loop_step(&mut self, index: Reg, limit: Reg, step: Reg, _target: i32, _loop_id: u32) {
        let (down, goes_on, done) = (self.masm.label(), self.masm.label(), self.masm.label());
        let by = self.int(step, RDX);
        self.load_int(RAX, index);
        self.load_int(RCX, limit);
        self.masm.cmp_imm(Rm::Reg(by), 0);
        self.masm.jump_if(Cond::Less, down);
        self.masm.int_op(IntOp::Sub, RCX, Rm::Reg(RAX));
        self.masm.cmp(RCX, Rm::Reg(by));
        self.masm.jump_if(Cond::BelowOrEqual, done);
        self.masm.jump(goes_on);
        self.masm.bind(down);
        // The distance downwards against the step's magnitude, both without a sign: limit - index
        // must be below the step.
        self.masm.int_op(IntOp::Sub, RCX, Rm::Reg(RAX));
        self.masm.cmp(RCX, Rm::Reg(by));
        self.masm.jump_if(Cond::AboveOrEqual, done);
        self.masm.bind(goes_on);
        self.masm.int_op(IntOp::Add, RAX, Rm::Reg(by));
        let (valid, dirty) = (self.valid, self.dirty);
        self.wrote_int(index, RAX);
        self.jump_back();
        (self.valid, self.dirty) = (valid, dirty);
        self.masm.bind(done);
    }

    // ---- calls

    fn call(&mut self, dst: Reg, args: Reg, count: u16, function: u32) {
        self.call_function(dst, args, count, function);
    }

    fn call_value(&mut self, dst: Reg, args: Reg, count: u16, closure: Reg) {
        self.call_closure(dst, args, count, closure, offset(closure::FUNCTION) as i32);
    }

    fn call_virtual(&mut self, dst: Reg, args: Reg, count: u16, slot: i32) {
        self.call_method(dst, args, count, slot);
    }

    fn call_builtin(&mut self, dst: Reg, args: Reg, count: u16, builtin: u32) {
        let kinds = &self.function.registers[args.index()..args.index() + usize::from(count)];
        let refs = kinds
            .iter()
            .take(64)
            .enumerate()
            .fold(0_u64, |refs, (at, kind)| refs | u64::from(*kind == Kind::Ref) << at);
        let count_and_number = i64::from(count) << 32 | i64::from(builtin);
        let args = [Operand::Window(args), Operand::Imm(count_and_number), Operand::Imm(refs as i64)];
        self.call_helper(Helper::Builtin, dst, &args);
    }

    fn ret(&mut self, src: Reg) {
        if self.is_float(src) {
            self.load_float(F0, src)
        } else {
            self.load_int(RAX, src)
        }
        self.ret_void();
    }

    fn ret_void(&mut self) {
        self.masm.leave();
        self.masm.ret();
    }

    // ---- exceptions

    fn throw(&mut self, src: Reg) {
        self.call_helper(Helper::Throw, Reg::NONE, &[Operand::Reg(src)]);
        self.masm.breakpoint();
    }

    fn rethrow(&mut self, src: Reg) {
        self.call_helper(Helper::Rethrow, Reg::NONE, &[Operand::Reg(src)]);
        self.masm.breakpoint();
    }

    fn trap(&mut self, trap: u32) {
        self.call_helper(Helper::Trap, Reg::NONE, &[Operand::Imm(trap.into())]);
        self.masm.breakpoint();
    }

    // ---- records, tuples, cells, closures

    fn new_record(&mut self, dst: Reg, args: Reg, count: u16, ty: u32) {
        self.allocate(Header(self.machine.headers[ty as usize]));
        self.initialise(args, count, 0);
        self.wrote_int(dst, RAX);
    }

    fn get_field_int(&mut self, dst: Reg, object: Reg, field: u16) {
        self.field_get(dst, object, field);
    }

    fn get_field_float(&mut self, dst: Reg, object: Reg, field: u16) {
        let base = self.int(object, RAX);
        let into = self.float_dst(dst, F0);
        self.masm.load_float(into, Mem::at(base, offset(usize::from(field)) as i32));
        self.wrote_float(dst, into);
    }

    fn get_field_ref(&mut self, dst: Reg, object: Reg, field: u16) {
        self.field_get(dst, object, field);
    }

    fn set_field_int(&mut self, object: Reg, field: u16, src: Reg) {
        let base = self.int(object, RAX);
        let value = self.int(src, RDX);
        self.masm.store(Mem::at(base, offset(usize::from(field)) as i32), value);
    }

    fn set_field_float(&mut self, object: Reg, field: u16, src: Reg) {
        let base = self.int(object, RAX);
        let value = self.float(src, F0);
        self.masm.store_float(Mem::at(base, offset(usize::from(field)) as i32), value);
    }

    fn set_field_ref(&mut self, object: Reg, field: u16, src: Reg) {
        let base = self.int(object, RAX);
        let value = self.int(src, RDX);
        self.masm.store(Mem::at(base, offset(usize::from(field)) as i32), value);
        if !seeded(Fault::FieldBarrier) {
            self.barrier(base, value, Word::Field(field));
        }
    }

    fn is_class(&mut self, dst: Reg, object: Reg, ty: u32) {
        self.class_test(dst, object, ty);
    }

    fn new_closure(&mut self, dst: Reg, args: Reg, count: u16, function: u32) {
        let words = closure::CAPTURED + usize::from(count);
        self.allocate(Header::new(FixedType::Closure.id(), RefKind::AllButFirst, words));
        self.masm.mov_imm(RCX, function.into());
        self.masm.store(Mem::at(RAX, offset(closure::FUNCTION) as i32), RCX);
        self.masm.store_imm(Mem::at(RAX, offset(closure::UNUSED) as i32), 0);
        self.initialise(args, count, closure::CAPTURED);
        self.wrote_int(dst, RAX);
    }

    // ---- arrays

    fn new_array(&mut self, dst: Reg, capacity: i16, ty: u32) {
        self.array(dst, capacity, ty);
    }

    fn array_len(&mut self, dst: Reg, array: Reg) {
        self.load_storage(array);
        let into = self.int_dst(dst, RAX);
        self.masm.load(into, Mem::at(RAX, offset(storage::LEN) as i32));
        self.wrote_int(dst, into);
    }

    fn array_get_int(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetWord(dst));
    }

    fn array_get_float(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetFloat(dst));
    }

    fn array_get_ref(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetWord(dst));
    }

    fn array_get_byte(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetByte(dst));
    }

    fn array_get_i32(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetI32(dst));
    }

    fn array_get_f32(&mut self, dst: Reg, array: Reg, index: Reg) {
        self.checked_access(array, index, Access::GetF32(dst));
    }

    fn array_set_int(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetWord(src));
    }

    fn array_set_float(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetFloat(src));
    }

    fn array_set_ref(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetRef(src));
    }

    fn array_set_byte(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetByte(src));
    }

    fn array_set_i32(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetI32(src));
    }

    fn array_set_f32(&mut self, array: Reg, index: Reg, src: Reg) {
        self.checked_access(array, index, Access::SetF32(src));
    }

    fn array_push_int(&mut self, array: Reg, src: Reg) {
        self.push(array, Access::SetWord(src), FixedType::WordStorage);
    }

    fn array_push_float(&mut self, array: Reg, src: Reg) {
        self.push(array, Access::SetFloat(src), FixedType::WordStorage);
    }

    fn array_push_ref(&mut self, array: Reg, src: Reg) {
        let access = if seeded(Fault::PushBarrier) { Access::SetWord(src) } else { Access::SetRef(src) };
        self.push(array, access, FixedType::RefStorage);
    }

    fn array_push_byte(&mut self, array: Reg, src: Reg) {
        self.push(array, Access::SetByte(src), FixedType::ByteStorage);
    }

    fn array_push_i32(&mut self, array: Reg, src: Reg) {
        self.push(array, Access::SetI32(src), FixedType::HalfStorage);
    }

    fn array_push_f32(&mut self, array: Reg, src: Reg) {
        self.push(array, Access::SetF32(src), FixedType::HalfStorage);
    }

    fn array_pop(&mut self, dst: Reg, array: Reg) {
        let (slow, back) = (self.masm.label(), self.masm.label());
        self.load_storage(array);
        self.masm.load(RCX, Mem::at(RAX, offset(storage::LEN) as i32));
        self.leave_if_narrow(dst, slow);
        self.masm.cmp_imm(Rm::Reg(RCX), 0);
        self.masm.jump_if(Cond::Equal, slow);
        // Elements begin a word behind the length: the last one is `len` words behind that.
        let last = Mem::indexed(RAX, RCX, 8, offset(storage::ELEMENTS) as i32 - 8);
        self.masm.load(RDX, last);
        self.masm.store_imm(last, 0);
        self.masm.add_imm(Rm::Mem(Mem::at(RAX, offset(storage::LEN) as i32)), -1);
        self.masm.mov(RAX, RDX);
        self.masm.bind(back);
        let args = HelperArgs::of(&[Operand::Reg(array)]);
        self.cold_at(slow, Work::Helper { helper: Helper::ArrayPop, args, result: true }, Some(back));
        self.wrote_word(dst, RAX);
    }

    fn array_next(&mut self, dst: Reg, array: Reg, index: Reg, _target: i32) {
        let (narrow, back) = (self.masm.label(), self.masm.label());
        self.load_homes(self.analysis.homes.set(array));
        self.add_int_imm(index, index, 1);
        let at = self.int(index, RCX);
        self.load_storage(array);
        self.masm.cmp(at, Rm::Mem(Mem::at(RAX, offset(storage::LEN) as i32)));
        self.branch_if(Cond::AboveOrEqual);
        if self.leave_if_narrow(dst, narrow) {
            self.cold_at(narrow, Work::NarrowElement { array, index, index_gpr: at }, Some(back));
        }
        self.masm.load(RAX, Mem::indexed(RAX, at, 8, offset(storage::ELEMENTS) as i32));
        self.masm.bind(back);
        self.wrote_word(dst, RAX);
    }

    // ---- strings

    fn str_len(&mut self, dst: Reg, string: Reg) {
        self.word_field(dst, string, string::LEN);
    }

    fn str_byte(&mut self, dst: Reg, string: Reg, index: Reg) {
        self.string_byte(string, index);
        self.wrote_int(dst, RAX);
    }

    fn str_index(&mut self, dst: Reg, string: Reg, index: Reg) {
        self.string_byte(string, index);
        self.byte_string(dst);
    }

    fn str_next(&mut self, dst: Reg, string: Reg, index: Reg, _target: i32) {
        self.load_homes(self.analysis.homes.set(string));
        self.add_int_imm(index, index, 1);
        let at = self.int(index, RCX);
        let object = self.int(string, RAX);
        self.masm.cmp(at, Rm::Mem(Mem::at(object, offset(string::LEN) as i32)));
        self.branch_if(Cond::AboveOrEqual);
        self.string_byte_inside(string, index);
        self.byte_string(dst);
    }

    fn str_concat(&mut self, dst: Reg, lhs: Reg, rhs: Reg) {
        self.call_helper(Helper::StrConcat, dst, &[Operand::Reg(lhs), Operand::Reg(rhs)]);
    }

    fn str_concat_all(&mut self, dst: Reg, args: Reg, count: u16) {
        self.call_helper(Helper::StrConcatAll, dst, &[Operand::Window(args), Operand::Imm(count.into())]);
    }

    fn to_str(&mut self, dst: Reg, src: Reg, ty: u32) {
        self.call_helper(Helper::ToStr, dst, &[Operand::Reg(src), Operand::Imm(ty.into())]);
    }

    // ---- maps and sets

    fn new_map(&mut self, dst: Reg, ty: u32) {
        self.call_helper(Helper::NewMap, dst, &[Operand::Imm(ty.into())]);
    }

    fn map_get_int(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapGetInt, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_get_str(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapGetStr, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_get_any(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapGetAny, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_set_int(&mut self, map: Reg, key: Reg, src: Reg) {
        self.call_helper(Helper::MapSetInt, Reg::NONE, &[Operand::Reg(map), Operand::Reg(key), Operand::Reg(src)]);
    }

    fn map_set_str(&mut self, map: Reg, key: Reg, src: Reg) {
        self.call_helper(Helper::MapSetStr, Reg::NONE, &[Operand::Reg(map), Operand::Reg(key), Operand::Reg(src)]);
    }

    fn map_set_any(&mut self, map: Reg, key: Reg, src: Reg) {
        self.call_helper(Helper::MapSetAny, Reg::NONE, &[Operand::Reg(map), Operand::Reg(key), Operand::Reg(src)]);
    }

    fn map_has_int(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapHasInt, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_has_str(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapHasStr, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_has_any(&mut self, dst: Reg, map: Reg, key: Reg) {
        self.call_helper(Helper::MapHasAny, dst, &[Operand::Reg(map), Operand::Reg(key)]);
    }

    fn map_len(&mut self, dst: Reg, map: Reg) {
        self.word_field(dst, map, map::LIVE);
    }

    fn map_iter(&mut self, state: Reg, map: Reg) {
        self.word_field(state, map, map::CHANGES);
    }

    fn map_next(&mut self, index: Reg, map: Reg, state: Reg, _target: i32) {
        let seen = self.int(state, RAX);
        let object = self.int(map, RCX);
        self.masm.cmp(seen, Rm::Mem(Mem::at(object, offset(map::CHANGES) as i32)));
        self.throw_if(Cond::NotEqual, Trap::MapChanged);
        let args = [Operand::Reg(map), Operand::Reg(index)];
        self.spill_for_helper(index, &args);
        self.load_helper_args(&args);
        self.masm.add_imm(Rm::Reg(RDX), 1);
        self.helper(Helper::MapNext);
        self.wrote_int(index, RAX);
        self.masm.cmp_imm(Rm::Reg(RAX), 0);
        self.branch_if(Cond::Less);
    }

    fn map_entry_key(&mut self, dst: Reg, map: Reg, index: Reg) {
        self.entry_word(dst, map, index, 1);
    }

    fn map_entry_value(&mut self, dst: Reg, map: Reg, index: Reg) {
        self.entry_word(dst, map, index, 2);
    }
}
