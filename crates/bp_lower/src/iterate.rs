//! `for`: counted loops over ranges, and cursors over everything else.
//!
//! A range at the top of a `for` becomes a counted loop whose index register is the loop variable
//! itself unless the body assigns it. All other sources, and ranges inside `zip` and `enumerate`,
//! are stepped by a [`Cursor`] at the loop's header.

use crate::assembler::Label;
use crate::constants::Constant;
use crate::cursor::Cursor;
use crate::expr::int_literal;
use crate::function::{Lowering, Scope, Value};
use bp_check::hir::{Binding, Block, Expr, Iter};
use bp_isa::{Instr, Kind, Reg, Trap};

/// The step of a range.
#[derive(Clone, Copy)]
enum Step {
    /// Known, positive and small.
    Up(i16),
    /// Known and negative.
    Down(Reg),
    /// Known and positive.
    UpBy(Reg),
    /// Known only at run time.
    Unknown(Reg),
}

impl<'p> Lowering<'_, 'p> {
    /// `for binding in iter: body else: otherwise`
    pub(crate) fn for_stmt(&mut self, iter: &'p Iter, binding: &'p Binding, body: &'p Block, otherwise: &'p Block) {
        let exit = self.asm.label();
        match iter {
            Iter::Range(low, high, step) => self.range_loop(low, high, step.as_ref(), binding, body, exit),
            Iter::Reversed(inner) if matches!(**inner, Iter::Range(_, _, None)) => {
                let Iter::Range(low, high, None) = &**inner else { unreachable!("just matched") };
                self.reversed_range_loop(low, high, binding, body, exit);
            }
            _ => self.cursor_loop(iter, binding, body, exit),
        }
        self.block(otherwise);
        self.asm.bind(exit);
    }

    // ---- ranges

    fn range_loop(
        &mut self,
        low: &'p Expr,
        high: &'p Expr,
        step: Option<&'p Expr>,
        binding: &'p Binding,
        body: &'p Block,
        exit: Label,
    ) {
        let (header, next, done) = (self.asm.label(), self.asm.label(), self.asm.label());
        let index = self.own_register(low);
        let limit = self.own_register(high);
        let step = self.range_step(step);
        self.guard(index, limit, step, header, done);
        self.loop_depth += 1;
        self.asm.bind(header);
        let loop_id = self.asm.declare_loop(header);
        self.scopes.push(Scope::Loop { exit, next, back_edge: None });
        let scope = self.open_scope();
        self.bind_index(binding, index, body);
        self.statements(body);
        self.close_scope(scope);
        self.scopes.pop();
        self.asm.bind(next);
        let target = header.rel();
        match step {
            Step::Up(step) => self.asm.emit(Instr::LoopUp { index, limit, step, target, loop_id }),
            Step::Down(step) | Step::UpBy(step) | Step::Unknown(step) => {
                self.asm.emit(Instr::LoopStep { index, limit, step, target, loop_id });
                self.registers.release(step);
            }
        }
        self.loop_depth -= 1;
        self.asm.bind(done);
        self.registers.release(limit);
        self.registers.release(index);
    }

    /// Skips the loop if the range is empty; throws if the step is 0.
    fn guard(&mut self, index: Reg, limit: Reg, step: Step, header: Label, done: Label) {
        let empty_up = Instr::BrLeInt { lhs: limit, rhs: index, target: done.rel() };
        let empty_down = Instr::BrLeInt { lhs: index, rhs: limit, target: done.rel() };
        match step {
            Step::Up(_) | Step::UpBy(_) => self.asm.emit(empty_up),
            Step::Down(_) => self.asm.emit(empty_down),
            Step::Unknown(step) => {
                let down = self.asm.label();
                self.refuse_zero_step(step);
                self.asm.emit(Instr::BrLtIntImm { lhs: step, imm: 0, target: down.rel() });
                self.asm.emit(empty_up);
                self.asm.emit(Instr::Jump { target: header.rel() });
                self.asm.bind(down);
                self.asm.emit(empty_down);
            }
        }
    }

    /// Throws if a range's step is 0.
    pub(crate) fn refuse_zero_step(&mut self, step: Reg) {
        let valid = self.asm.label();
        self.asm.emit(Instr::BrNeIntImm { lhs: step, imm: 0, target: valid.rel() });
        self.asm.emit(Instr::TrapNow { trap: Trap::RangeStep as u32 });
        self.asm.bind(valid);
    }

    fn range_step(&mut self, step: Option<&'p Expr>) -> Step {
        let Some(step) = step else { return Step::Up(1) };
        match (self.immediate(step), int_literal(step)) {
            (Some(imm), _) if imm > 0 => Step::Up(imm),
            (None, Some(value)) if value > 0 => Step::UpBy(self.own_register(step)),
            (_, Some(value)) if value < 0 => Step::Down(self.own_register(step)),
            _ => Step::Unknown(self.own_register(step)),
        }
    }

    /// The value of `expr` in a register that nothing else writes.
    pub(crate) fn own_register(&mut self, expr: &'p Expr) -> Reg {
        let reg = self.take(expr.ty);
        self.value_into(expr, reg);
        reg
    }

    /// Binds the loop variable to the index register, or to a copy if the body changes it.
    fn bind_index(&mut self, binding: &'p Binding, index: Reg, body: &'p Block) {
        match binding {
            Binding::Local(local) if !self.local(*local).captured && !crate::assigned::assigns(body, *local) => {
                // Not in `declared`: the register belongs to the loop.
                self.set_local(*local, index);
            }
            Binding::Local(local) => self.bind_local(*local, index),
            Binding::Discard => {}
            Binding::Tuple(_) => unreachable!("ints cannot be unpacked"),
        }
    }

    /// `reversed(range(low, high))`: counts down from `high` to `low`, whose end no overflow can miss.
    fn reversed_range_loop(
        &mut self,
        low: &'p Expr,
        high: &'p Expr,
        binding: &'p Binding,
        body: &'p Block,
        exit: Label,
    ) {
        let (next, done) = (self.asm.label(), self.asm.label());
        let last = self.own_register(low);
        let index = self.own_register(high);
        self.asm.emit(Instr::BrLeInt { lhs: index, rhs: last, target: done.rel() });
        self.loop_depth += 1;
        let header = self.asm.here();
        let loop_id = self.asm.declare_loop(header);
        self.asm.emit(Instr::AddIntImm { dst: index, lhs: index, imm: -1 });
        self.scopes.push(Scope::Loop { exit, next, back_edge: None });
        let scope = self.open_scope();
        self.bind_index(binding, index, body);
        self.statements(body);
        self.close_scope(scope);
        self.scopes.pop();
        self.asm.bind(next);
        self.asm.emit(Instr::BrEqInt { lhs: index, rhs: last, target: done.rel() });
        self.asm.emit(Instr::JumpLoop { target: header.rel(), loop_id });
        self.loop_depth -= 1;
        self.asm.bind(done);
        self.registers.release(index);
        self.registers.release(last);
    }

    // ---- cursors

    fn cursor_loop(&mut self, iter: &'p Iter, binding: &'p Binding, body: &'p Block, exit: Label) {
        let mut cursor = self.open_cursor(iter);
        let done = self.asm.label();
        self.loop_depth += 1;
        let header = self.asm.here();
        let loop_id = self.asm.declare_loop(header);
        self.scopes.push(Scope::Loop { exit, next: header, back_edge: Some(loop_id) });
        let scope = self.open_scope();
        self.step_into(&cursor, binding, body, done);
        self.statements(body);
        self.close_scope(scope);
        self.scopes.pop();
        self.asm.emit(Instr::JumpLoop { target: header.rel(), loop_id });
        self.loop_depth -= 1;
        self.asm.bind(done);
        self.close_cursor(&mut cursor);
    }

    /// Steps a cursor and binds its item; jumps to `done` at the end.
    fn step_into(&mut self, cursor: &Cursor, binding: &'p Binding, body: &'p Block, done: Label) {
        match (cursor, binding) {
            (Cursor::Enumerate { counter, inner }, Binding::Tuple(parts)) => {
                self.step_into(inner, &parts[1], body, done);
                self.asm.emit(Instr::AddIntImm { dst: *counter, lhs: *counter, imm: 1 });
                self.bind_index(&parts[0], *counter, body);
            }
            (Cursor::Zip(inner), Binding::Tuple(parts)) => {
                for (cursor, part) in inner.iter().zip(parts) {
                    self.step_into(cursor, part, body, done);
                }
            }
            (Cursor::Map { map, state, index, shows, types }, Binding::Tuple(parts)) if shows.both() => {
                self.step_map(*map, *state, *index, done);
                let dst = self.binding_register(&parts[0]);
                let key = self.entry_key(*map, *index, types.0, dst);
                self.bind_value(&parts[0], key, types.0);
                let dst = self.binding_register(&parts[1]);
                let value = self.entry_value(*map, *index, types.1, dst);
                self.bind_value(&parts[1], value, types.1);
            }
            (Cursor::Map { map, state, index, .. }, Binding::Discard) => self.step_map(*map, *state, *index, done),
            (Cursor::Enumerate { inner, .. }, Binding::Discard) => self.step_into(inner, binding, body, done),
            (Cursor::Zip(inner), Binding::Discard) => {
                inner.iter().for_each(|cursor| self.step_into(cursor, binding, body, done));
            }
            (_, Binding::Local(local)) if !self.local(*local).captured => {
                let ty = self.local(*local).ty;
                let reg = self.declare(*local);
                self.step_value(cursor, Some(reg), ty, done);
            }
            (_, Binding::Local(local)) => {
                let ty = self.local(*local).ty;
                let value = self.step_value(cursor, None, ty, done);
                self.bind_value(binding, value, ty);
            }
            (_, Binding::Tuple(_) | Binding::Discard) => {
                let ty = cursor.item_type();
                let value = self.step_value(cursor, None, ty, done);
                self.bind_value(binding, value, ty);
            }
        }
    }

    /// A register with an int constant, for a loop's own use.
    pub(crate) fn int_register(&mut self, value: i64) -> Reg {
        let reg = self.loop_register(Kind::Int);
        self.constant_into(Constant::Int(value), reg);
        reg
    }

    /// A temporary for an item that nobody asked for.
    pub(crate) fn item_destination(&mut self, dst: Option<Reg>, kind: Kind) -> Value {
        self.destination(dst, kind)
    }
}
