//! What leaves the straight path: error exits and slow paths, emitted behind the function.
//!
//! A slow path that comes back leaves every home as it found it: it spills the valid ones, calls,
//! and loads them again, so that references which a collection moved are the new ones.

use crate::calls::{HelperArgs, Operand, no_ints};
use crate::compiler::Compiler;
use crate::element::Access;
use crate::homes::HomeSet;
use crate::masm::{Cond, Gpr, IntOp, Label, Mem, R15, RAX, RCX, RDX, RSI, Rm, Xm, Xmm};
use bp_isa::abi::helper::Helper;
use bp_isa::abi::layout::{offset, storage};
use bp_isa::fault::{Fault, seeded};
use bp_isa::{Reg, Trap};

/// A piece of code out of line.
#[derive(Clone, Copy)]
pub(crate) struct Cold {
    entry: Label,
    back: Option<Label>,
    /// The compiler's state at the branch.
    valid: HomeSet,
    dirty: HomeSet,
    index: usize,
    pc: u32,
    work: Work,
}

/// What it does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// Throws the error of a trap.
    Trap(Trap),
    /// Calls a helper without arguments or result.
    Call(Helper),
    /// Calls a helper with up to three operands; its result word, if `result`, stays in RAX.
    Helper { helper: Helper, args: HelperArgs, result: bool },
    /// Tries a negative index, which is in `index`, the storage in RAX; else throws.
    NegativeIndex { index: Gpr, access: Access },
    /// The write barrier for the reference `value` stored into a payload word of `object`.
    Barrier { object: Gpr, value: Gpr, word: Word },
    /// Tells `MIN` from what does not fit: the float was in `src`.
    FloatToInt { src: Xmm },
    /// Divides by -1: negates RAX, RDX is 0.
    DivideByMinusOne,
    /// Loads a byte element at `index` of the storage in RAX into RAX, or asks the helper for the
    /// element of `array` if it is none.
    NarrowElement { array: Reg, index: Reg, index_gpr: Gpr },
}

/// The payload word that a barrier is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    /// A field.
    Field(u16),
    /// The element at an index.
    Element(Gpr),
}

impl Compiler<'_> {
    /// Leaves for `work` if `cond` holds. The flags are those of the instruction before.
    pub(crate) fn cold_if(&mut self, cond: Cond, work: Work, back: Option<Label>) {
        let entry = self.masm.label();
        self.masm.jump_if(cond, entry);
        self.cold_at(entry, work, back);
    }

    /// Emits `work` at `entry` later, with the state as it is now.
    pub(crate) fn cold_at(&mut self, entry: Label, work: Work, back: Option<Label>) {
        let (valid, dirty, index, pc) = (self.valid, self.dirty, self.index, self.pc);
        self.cold.push(Cold { entry, back, valid, dirty, index, pc, work });
    }

    /// Throws the error of a trap if `cond` holds.
    pub(crate) fn throw_if(&mut self, cond: Cond, trap: Trap) {
        self.cold_if(cond, Work::Trap(trap), None);
    }

    /// Emits everything that was put off.
    pub(crate) fn emit_cold(&mut self) {
        let mut next = 0;
        // Cold code may put off more.
        while next < self.cold.len() {
            let Cold { entry, back, valid, dirty, index, pc, work } = self.cold[next];
            (self.valid, self.dirty, self.index, self.pc) = (valid, dirty, index, pc);
            self.masm.bind(entry);
            self.positions.push((self.masm.offset(), pc));
            self.work(work, back);
            next += 1;
        }
    }

    fn work(&mut self, work: Work, back: Option<Label>) {
        match work {
            Work::Trap(trap) => self.throw_trap(trap),
            Work::Call(helper) => {
                self.around_helper(|this| this.helper(helper));
                self.go_back(back);
            }
            Work::Helper { helper, args, result } => {
                self.around_helper(|this| {
                    this.load_helper_args(&args);
                    this.helper(helper);
                });
                debug_assert!(result || back.is_some());
                self.go_back(back);
            }
            Work::NegativeIndex { index, access } => self.negative_index(index, access, back),
            Work::Barrier { object, value, word } => self.barrier_work(object, value, word, back),
            Work::FloatToInt { src } => self.float_to_int_work(src, back),
            Work::DivideByMinusOne => {
                self.masm.unary(crate::masm::UnaryOp::Neg, RAX);
                if !seeded(Fault::MinusOne) {
                    self.masm.mov_imm(RDX, 0);
                }
                self.go_back(back);
            }
            Work::NarrowElement { array, index, index_gpr } => self.narrow_work(array, index, index_gpr, back),
        }
    }

    fn go_back(&mut self, back: Option<Label>) {
        match back {
            Some(back) => self.masm.jump(back),
            None => self.masm.breakpoint(),
        }
    }

    /// Spills what is valid, calls, loads it again. RAX keeps the result.
    fn around_helper(&mut self, call: impl FnOnce(&mut Self)) {
        let valid = self.valid;
        self.spill(valid);
        call(self);
        self.load_homes(valid);
    }

    /// Spills what is looked at while an error is made and thrown: references, by collections, and what
    /// a handler here needs.
    fn spill_for_throw(&mut self) {
        if seeded(Fault::ThrowSpill) {
            return;
        }
        self.spill(self.analysis.homes.refs() | self.analysis.live_in_handler(self.function, self.index));
    }

    /// Throws; the handler finds what it needs in the slots.
    fn throw_trap(&mut self, trap: Trap) {
        self.spill_for_throw();
        self.masm.mov_imm(RSI, trap as i64);
        self.helper(Helper::Trap);
        self.masm.breakpoint();
    }

    fn negative_index(&mut self, index: Gpr, access: Access, back: Option<Label>) {
        let throw = self.masm.label();
        self.masm.load(RDX, Mem::at(RAX, offset(storage::LEN) as i32));
        self.masm.mov(RCX, index);
        self.masm.int_op(IntOp::Add, RCX, Rm::Reg(RDX));
        self.masm.cmp(RCX, Rm::Reg(RDX));
        self.masm.jump_if(Cond::AboveOrEqual, throw);
        let (valid, dirty) = (self.valid, self.dirty);
        self.access(access, RCX);
        self.go_back(back);
        self.masm.bind(throw);
        (self.valid, self.dirty) = (valid, dirty);
        self.spill_for_throw();
        self.masm.mov(RSI, RCX);
        self.masm.int_op(IntOp::Sub, RSI, Rm::Reg(RDX));
        self.helper(Helper::TrapIndex);
        self.masm.breakpoint();
    }

    fn barrier_work(&mut self, object: Gpr, value: Gpr, word: Word, back: Option<Label>) {
        let context = self.machine.context;
        // RCX may be the element's index.
        self.masm.push(RCX);
        self.masm.mov(RCX, value);
        self.masm.int_op(IntOp::Sub, RCX, Rm::Mem(Mem::at(R15, context.win_base)));
        self.masm.cmp(RCX, Rm::Mem(Mem::at(R15, context.win_size)));
        if seeded(Fault::BarrierIndex) {
            self.masm.pop(RDX);
        } else {
            self.masm.pop(RCX);
        }
        let back = back.expect("barriers come back");
        self.masm.jump_if(Cond::AboveOrEqual, back);
        self.around_helper(|this| {
            let mut moves = no_ints();
            moves.push((RSI, Rm::Reg(object)));
            moves.push((RDX, Rm::Reg(value)));
            if let Word::Element(index) = word {
                moves.push((RCX, Rm::Reg(index)));
            }
            this.move_all(moves);
            match word {
                Word::Field(field) => this.masm.mov_imm(RCX, field.into()),
                Word::Element(_) => this.masm.add_imm(Rm::Reg(RCX), storage::ELEMENTS as i32),
            }
            this.helper(Helper::Barrier);
        });
        self.masm.jump(back);
    }

    fn float_to_int_work(&mut self, src: Xmm, back: Option<Label>) {
        let throw = self.masm.label();
        self.masm.mov_imm(RCX, (-9_223_372_036_854_775_808.0_f64).to_bits() as i64);
        self.masm.float_from_bits(Xmm(1), RCX);
        self.masm.cmp_float(src, Xm::Reg(Xmm(1)));
        self.masm.jump_if(Cond::NotEqual, throw);
        self.masm.jump_if(Cond::Parity, throw);
        self.go_back(back);
        self.masm.bind(throw);
        self.throw_trap(Trap::FloatToInt);
    }

    fn narrow_work(&mut self, array: Reg, index: Reg, index_gpr: Gpr, back: Option<Label>) {
        let ask = self.masm.label();
        self.compare_type(RAX, bp_isa::types::FixedType::ByteStorage);
        self.masm.jump_if(Cond::NotEqual, ask);
        self.masm.load_byte(RAX, Mem::indexed(RAX, index_gpr, 1, offset(storage::ELEMENTS) as i32));
        self.go_back(back);
        self.masm.bind(ask);
        self.around_helper(|this| {
            this.load_helper_args(&[Operand::Reg(array), Operand::Reg(index)]);
            this.helper(Helper::ArrayElement);
        });
        self.go_back(back);
    }
}
