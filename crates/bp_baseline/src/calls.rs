//! Calls: the native convention, the entry of a function, helpers.
//!
//! Ints and references in RDI RSI RDX RCX R8 R9, floats in XMM0–7, the rest on the stack, a closure
//! that the callee may want in R10, the result in RAX or XMM0. No register but RBP and R15 survives.

use crate::cold::Work;
use crate::compiler::Compiler;
use crate::few::Few;
use crate::homes::{FLOAT_ARGS, HomeSet, INT_ARGS};
use crate::masm::{Cond, Gpr, Mem, R10, R11, R15, RAX, RBP, RCX, RDX, RSI, RSP, Rm, ShiftOp, Xm, Xmm};
use bp_isa::abi::Header;
use bp_isa::abi::helper::Helper;
use bp_isa::abi::machine::shared;
use bp_isa::coverage::Tier;
use bp_isa::fault::{Fault, seeded};
use bp_isa::{Kind, Reg};

/// Frames of more bytes than this are checked before they are opened: below the stack limit there
/// is room for helpers, and for the frames of smaller functions.
const LARGE_FRAME_BYTES: i32 = 64 << 10;
/// Where the caller's stack arguments begin, from the frame pointer: behind it and the return address.
const STACK_ARGS: i32 = 16;
/// Where helpers expect their arguments.
const HELPER_ARGS: [Gpr; 3] = [RSI, RDX, RCX];

/// Where the calling convention passes an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Gpr(Gpr),
    Xmm(Xmm),
    /// Number of the word among the stack arguments.
    Stack(i32),
}

/// Moves of ints and references that are made at once: at most the registers of the convention.
type IntMoves = Few<(Gpr, Rm), { INT_ARGS.len() + 1 }>;
/// The same of floats.
type FloatMoves = Few<(Xmm, Xm), FLOAT_ARGS>;

/// Gives arguments their places, one after the other.
#[derive(Default)]
struct Places {
    ints: usize,
    floats: usize,
    stack: i32,
}

impl Places {
    fn next(&mut self, kind: Kind) -> Place {
        if kind == Kind::Float && self.floats < FLOAT_ARGS {
            self.floats += 1;
            return Place::Xmm(Xmm(self.floats as u8 - 1));
        }
        if kind != Kind::Float && self.ints < INT_ARGS.len() {
            self.ints += 1;
            return Place::Gpr(INT_ARGS[self.ints - 1]);
        }
        self.stack += 1;
        Place::Stack(self.stack - 1)
    }

    /// Words of arguments that lie on the stack.
    fn stack_words(kinds: &[Kind]) -> i32 {
        let mut places = Places::default();
        for kind in kinds {
            places.next(*kind);
        }
        places.stack
    }
}

/// No moves yet.
pub(crate) fn no_ints() -> IntMoves {
    Few::new((RAX, Rm::Reg(RAX)))
}

fn no_floats() -> FloatMoves {
    Few::new((Xmm(0), Xm::Reg(Xmm(0))))
}

impl Compiler<'_> {
    // ---- the entry

    /// The frame, the parameters in their homes or slots, the check of the stack.
    pub(crate) fn prologue(&mut self) {
        if self.frame_bytes() > LARGE_FRAME_BYTES {
            self.check_large_frame();
        }
        self.open_frame();
        self.begin_counting(Tier::Baseline);
        self.home_params();
        let back = self.masm.label();
        self.masm.load(RAX, Mem::at(R15, self.machine.context.shared));
        self.masm.cmp(RSP, Rm::Mem(Mem::at(RAX, shared::STACK_LIMIT)));
        self.cold_if(Cond::Below, Work::Call(Helper::Enter), Some(back));
        self.masm.bind(back);
    }

    /// Before the frame is opened, so that the throw happens at the caller's call.
    fn check_large_frame(&mut self) {
        let (fits, overflow) = (self.masm.label(), Mem::at(R15, self.machine.context.overflow_stub));
        self.masm.lea(RAX, Mem::at(RSP, -self.frame_bytes()));
        self.masm.load(R11, Mem::at(R15, self.machine.context.shared));
        // The limit may stand at its maximum to get attention: only a stack pointer that has wrapped
        // or passed the real limit is an overflow, which the stub finds out.
        self.masm.cmp(RAX, Rm::Mem(Mem::at(R11, shared::REAL_STACK_LIMIT)));
        self.masm.jump_if(Cond::AboveOrEqual, fits);
        self.masm.jump_to(overflow);
        self.masm.bind(fits);
    }

    fn home_params(&mut self) {
        let params = self.function.params;
        let (mut ints, mut floats) = (no_ints(), no_floats());
        let mut places = Places::default();
        for index in 0..params {
            let reg = Reg(index);
            let has_home = self.analysis.homes.bit(reg).is_some();
            match places.next(self.function.registers[reg.index()]) {
                Place::Gpr(gpr) if has_home => ints.push((self.int_dst(reg, gpr), Rm::Reg(gpr))),
                Place::Gpr(gpr) => self.masm.store(self.slot(reg), gpr),
                Place::Xmm(xmm) if has_home => floats.push((self.float_dst(reg, xmm), Xm::Reg(xmm))),
                Place::Xmm(xmm) => self.masm.store_float(self.slot(reg), xmm),
                Place::Stack(_) => {}
            }
        }
        if self.function.takes_closure {
            let reg = Reg(params);
            match self.analysis.homes.bit(reg) {
                Some(_) => ints.push((self.int_dst(reg, R10), Rm::Reg(R10))),
                None => self.masm.store(self.slot(reg), R10),
            }
            self.valid |= self.analysis.homes.set(reg);
        }
        self.move_all(ints);
        self.move_all_floats(floats);
        if places.stack > 0 {
            self.home_stack_params();
        }
        (0..params).for_each(|index| self.valid |= self.analysis.homes.set(Reg(index)));
        self.dirty = self.valid;
    }

    /// The parameters that the caller has left on its stack.
    fn home_stack_params(&mut self) {
        let mut places = Places::default();
        for index in 0..self.function.params {
            let reg = Reg(index);
            if let Place::Stack(number) = places.next(self.function.registers[reg.index()]) {
                let number = if seeded(Fault::StackArgument) && number == 1 { 0 } else { number };
                self.load_register(reg, Mem::at(RBP, STACK_ARGS + 8 * number));
            }
        }
    }

    // ---- calls of the program's functions

    /// Passes the arguments; `closure` goes to R10. Answers the bytes of stack arguments.
    fn pass(&mut self, args: Reg, count: u16, closure: Option<Reg>) -> i32 {
        let first = args.index();
        let kinds = &self.function.registers[first..first + usize::from(count)];
        let on_stack = Places::stack_words(kinds);
        let stack_bytes = 8 * (on_stack + on_stack % 2);
        if stack_bytes > 0 {
            self.masm.add_imm(Rm::Reg(RSP), -stack_bytes);
        }
        let (mut ints, mut floats) = (no_ints(), no_floats());
        let mut places = Places::default();
        for (index, kind) in kinds.iter().enumerate() {
            let reg = Reg(args.0 + index as u16);
            match places.next(*kind) {
                Place::Stack(number) => {
                    let place = Mem::at(RSP, 8 * number);
                    if self.is_float(reg) {
                        let value = self.float(reg, Xmm(0));
                        self.masm.store_float(place, value);
                    } else {
                        let value = self.int(reg, RAX);
                        self.masm.store(place, value);
                    }
                }
                Place::Gpr(gpr) => ints.push((gpr, self.place_of_int(reg))),
                Place::Xmm(xmm) => floats.push((xmm, self.place_of_float(reg))),
            }
        }
        if let Some(closure) = closure {
            ints.push((R10, self.place_of_int(closure)));
        }
        self.move_all(ints);
        self.move_all_floats(floats);
        stack_bytes
    }

    /// Where an int is, without loading its home.
    fn place_of_int(&mut self, reg: Reg) -> Rm {
        if self.analysis.homes.set(reg) & !self.valid != 0 { Rm::Mem(self.slot(reg)) } else { self.rm(reg) }
    }

    /// Where a float is, without loading its home.
    fn place_of_float(&mut self, reg: Reg) -> Xm {
        if self.analysis.homes.set(reg) & !self.valid != 0 { Xm::Mem(self.slot(reg)) } else { self.xm(reg) }
    }

    /// Moves all at once: no destination is written while it is still the source of another move.
    pub(crate) fn move_all(&mut self, mut moves: IntMoves) {
        while !moves.is_empty() {
            // A move onto itself is in nobody's way, and costs nothing.
            let in_order = !seeded(Fault::ParallelMove);
            let is_source =
                |dst: Gpr| in_order && moves.iter().any(|&(other, src)| src == Rm::Reg(dst) && other != dst);
            match moves.iter().position(|(dst, _)| !is_source(*dst)) {
                Some(free) => {
                    let (dst, src) = moves.swap_remove(free);
                    match src {
                        Rm::Reg(src) => self.masm.mov(dst, src),
                        Rm::Mem(mem) => self.masm.load(dst, mem),
                    }
                }
                // Only cycles are left: park one source.
                None => {
                    let parked = moves[0].1;
                    if let Rm::Reg(src) = parked {
                        self.masm.mov(RAX, src);
                    }
                    moves.iter_mut().filter(|(_, src)| *src == parked).for_each(|(_, src)| *src = Rm::Reg(RAX));
                }
            }
        }
    }

    /// The same for floats; the spare register is the highest, which no convention passes.
    fn move_all_floats(&mut self, mut moves: FloatMoves) {
        while !moves.is_empty() {
            let is_source = |dst: Xmm| moves.iter().any(|&(other, src)| src == Xm::Reg(dst) && other != dst);
            match moves.iter().position(|(dst, _)| !is_source(*dst)) {
                Some(free) => {
                    let (dst, src) = moves.swap_remove(free);
                    match src {
                        Xm::Reg(src) => self.masm.mov_float(dst, src),
                        Xm::Mem(mem) => self.masm.load_float(dst, mem),
                    }
                }
                None => {
                    let parked = moves[0].1;
                    if let Xm::Reg(src) = parked {
                        // General registers are free for this: the ints have been moved already, and
                        // R11 is none of theirs.
                        self.masm.float_to_bits(R11, src);
                    }
                    let (dst, _) = moves.swap_remove(0);
                    self.move_all_floats(moves);
                    self.masm.float_from_bits(dst, R11);
                    return;
                }
            }
        }
    }

    /// Homes that a call at this instruction must leave in their slots: what is live behind it, but
    /// for the result, and what its handler needs.
    fn live_across(&self, dst: Reg) -> HomeSet {
        let after = self.analysis.live_after(self.index) & !self.analysis.homes.set(dst);
        if seeded(Fault::HandlerSpill) {
            return after;
        }
        after | self.analysis.live_in_handler(self.function, self.index)
    }

    /// A call of function number `function`.
    pub(crate) fn call_function(&mut self, dst: Reg, args: Reg, count: u16, function: u32) {
        let mut across = self.live_across(dst);
        let stale = across & self.valid & self.dirty;
        if seeded(Fault::LostSpill) && stale.count_ones() > 2 {
            across &= !(1 << stale.ilog2());
        }
        self.spill(across);
        let stack_bytes = self.pass(args, count, None);
        self.masm.load(RAX, Mem::at(R15, self.machine.context.entries));
        self.finish_call(dst, Mem::at(RAX, 8 * function as i32), stack_bytes);
    }

    /// A call of a closure.
    pub(crate) fn call_closure(&mut self, dst: Reg, args: Reg, count: u16, closure: Reg, function_word: i32) {
        self.spill(self.live_across(dst));
        let stack_bytes = self.pass(args, count, Some(closure));
        self.masm.load_u32(RAX, Mem::at(R10, function_word));
        self.masm.load(R11, Mem::at(R15, self.machine.context.entries));
        self.finish_call(dst, Mem::indexed(R11, RAX, 8, 0), stack_bytes);
    }

    /// A call of a virtual method of the first argument: header, vtable, function, entry.
    pub(crate) fn call_method(&mut self, dst: Reg, args: Reg, count: u16, slot: i32) {
        self.spill(self.live_across(dst));
        let stack_bytes = self.pass(args, count, None);
        let context = self.machine.context;
        self.masm.load_u32(RAX, Mem::at(INT_ARGS[0], 0));
        self.masm.shift_imm(ShiftOp::Shr, RAX, Header::TYPE_SHIFT as u8);
        self.masm.load(R11, Mem::at(R15, context.vtables));
        self.masm.load(R11, Mem::indexed(R11, RAX, 8, 0));
        self.masm.load_u32(RAX, Mem::at(R11, 4 * slot));
        self.masm.load(R11, Mem::at(R15, context.entries));
        self.finish_call(dst, Mem::indexed(R11, RAX, 8, 0), stack_bytes);
    }

    fn finish_call(&mut self, dst: Reg, target: Mem, stack_bytes: i32) {
        let site = self.masm.call(target);
        self.note_call(site, true);
        if stack_bytes > 0 {
            self.masm.add_imm(Rm::Reg(RSP), stack_bytes);
        }
        let one = if seeded(Fault::HomeAfterCall) { self.valid & 1 } else { 0 };
        self.forget_homes();
        self.valid |= one;
        if dst.is_some() {
            if self.is_float(dst) { self.wrote_float(dst, Xmm(0)) } else { self.wrote_int(dst, RAX) }
        }
    }

    /// No home survives what was just called.
    fn forget_homes(&mut self) {
        self.valid = 0;
        self.dirty = 0;
    }

    // ---- helpers

    /// Calls a helper whose arguments are in place. Homes are lost.
    pub(crate) fn helper(&mut self, helper: Helper) {
        self.masm.mov_imm_keeping_flags(RAX, helper as u32);
        let site = self.masm.call(Mem::at(R15, self.machine.context.exit_stub));
        self.note_call(site, false);
        self.forget_homes();
    }

    /// Spills what a helper call at this instruction needs: what lives on, the references among its
    /// operands, which a collection visits while the helper runs, and windows, which are passed by
    /// address.
    pub(crate) fn spill_for_helper(&mut self, dst: Reg, args: &[Operand]) {
        let mut operands = self.analysis.reads(self.index);
        for arg in args {
            if let Operand::Reg(reg) = *arg
                && self.function.registers[reg.index()] != Kind::Ref
            {
                operands &= !self.analysis.homes.set(reg);
            }
        }
        self.spill(self.live_across(dst) | operands);
    }

    /// `dst = helper(args…)`, all words in virtual registers or immediates.
    pub(crate) fn call_helper(&mut self, helper: Helper, dst: Reg, args: &[Operand]) {
        self.spill_for_helper(dst, args);
        self.load_helper_args(args);
        self.helper(helper);
        if dst.is_some() {
            self.wrote_word(dst, RAX);
        }
    }
}

impl Compiler<'_> {
    /// Puts the arguments of a helper in place: first those that argument registers may be the homes of.
    pub(crate) fn load_helper_args(&mut self, args: &[Operand]) {
        let mut moves = no_ints();
        for (arg, target) in args.iter().zip(HELPER_ARGS) {
            if let Operand::Reg(reg) = *arg
                && !self.is_float(reg)
            {
                moves.push((target, self.place_of_int(reg)));
            }
        }
        self.move_all(moves);
        for (arg, target) in args.iter().zip(HELPER_ARGS) {
            match *arg {
                Operand::Imm(imm) => self.masm.mov_imm(target, imm),
                Operand::Window(first) => self.masm.lea(target, self.slot(first)),
                Operand::Reg(reg) if self.is_float(reg) => match self.place_of_float(reg) {
                    Xm::Reg(xmm) => self.masm.float_to_bits(target, xmm),
                    Xm::Mem(slot) => self.masm.load(target, slot),
                },
                Operand::Reg(_) => {}
            }
        }
    }
}

/// The arguments of a helper.
pub(crate) type HelperArgs = Few<Operand, { HELPER_ARGS.len() }>;

/// An argument of a helper.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operand {
    /// The word of a virtual register.
    Reg(Reg),
    /// A constant.
    Imm(i64),
    /// The address of a register's slot, from which others follow.
    Window(Reg),
}
