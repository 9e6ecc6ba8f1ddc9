//! Statements: blocks, branches, loops, jumps.

use crate::function::{Lowering, Scope};
use bp_builtins::errors::ErrorClass;
use bp_check::hir::{Block, Condition, Expr, Stmt, StmtKind};
use bp_isa::{Instr, Kind, Reg};

/// A way out of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jump {
    Break,
    Continue,
}

impl<'p> Lowering<'_, 'p> {
    /// The statements of a block in a scope of their own.
    pub(crate) fn block(&mut self, block: &'p Block) {
        let scope = self.open_scope();
        self.statements(block);
        self.close_scope(scope);
    }

    /// Statements without a scope.
    pub(crate) fn statements(&mut self, stmts: &'p [Stmt]) {
        for stmt in stmts {
            // What cannot be reached is not lowered: the registers it declares do not exist.
            if !self.asm.reachable() || self.asm.too_large() {
                return;
            }
            self.deeper(|this| this.at(stmt.span, |this| this.stmt(stmt)));
        }
    }

    fn stmt(&mut self, stmt: &'p Stmt) {
        match &stmt.kind {
            StmtKind::Let(binding, value) => self.bind_expr(binding, value),
            StmtKind::Assign(place, value) => self.assign(place, value),
            StmtKind::AugAssign(place, op, value) => self.augmented(place, *op, value),
            StmtKind::Expr(value) => self.effect(value),
            StmtKind::If(branches, otherwise) => self.if_stmt(branches, otherwise),
            StmtKind::While(cond, body, otherwise) => self.while_stmt(cond, body, otherwise),
            StmtKind::For(iter, binding, body, otherwise) => self.for_stmt(iter, binding, body, otherwise),
            StmtKind::Match { value, cases, exhaustive } => self.match_stmt(value, cases, *exhaustive),
            StmtKind::Try { body, catches, finally } => self.try_stmt(body, catches, finally.as_ref()),
            StmtKind::Throw(value) => {
                let src = self.value(value);
                self.asm.emit(Instr::Throw { src: src.reg });
                self.release(src);
            }
            StmtKind::Rethrow => {
                let src = *self.caught.last().expect("the checker allows a bare `throw` in handlers only");
                self.asm.emit(Instr::Rethrow { src });
            }
            StmtKind::Return(value) => self.return_stmt(value.as_ref()),
            StmtKind::Break => self.jump_out(Jump::Break),
            StmtKind::Continue => self.jump_out(Jump::Continue),
            StmtKind::Assert(cond, message) => self.assert_stmt(cond, message.as_deref()),
        }
    }

    fn if_stmt(&mut self, branches: &'p [(Condition, Block)], otherwise: &'p Block) {
        let end = self.asm.label();
        for (index, (condition, block)) in branches.iter().enumerate() {
            let next = self.asm.label();
            let scope = self.open_scope();
            self.branch_unless(condition, next);
            self.statements(block);
            self.close_scope(scope);
            if index + 1 < branches.len() || !otherwise.is_empty() {
                self.asm.emit(Instr::Jump { target: end.rel() });
            }
            self.asm.bind(next);
        }
        self.block(otherwise);
        self.asm.bind(end);
    }

    fn while_stmt(&mut self, cond: &'p Condition, body: &'p Block, otherwise: &'p Block) {
        let (exit, done) = (self.asm.label(), self.asm.label());
        self.loop_depth += 1;
        let header = self.asm.here();
        let loop_id = self.asm.declare_loop(header);
        let scope = self.open_scope();
        self.branch_unless(cond, done);
        self.scopes.push(Scope::Loop { exit, next: header, back_edge: Some(loop_id) });
        self.statements(body);
        self.scopes.pop();
        self.close_scope(scope);
        self.asm.emit(Instr::JumpLoop { target: header.rel(), loop_id });
        self.loop_depth -= 1;
        self.asm.bind(done);
        self.block(otherwise);
        self.asm.bind(exit);
    }

    /// `break` or `continue`, through the `finally` blocks on the way.
    pub(crate) fn jump_out(&mut self, jump: Jump) {
        let position = self.scopes.iter().rposition(|scope| matches!(scope, Scope::Loop { .. }));
        let position = position.expect("the checker allows `break` and `continue` in loops only");
        let Scope::Loop { exit, next, back_edge } = self.scopes[position] else { unreachable!("just found") };
        self.leave_scopes(position + 1, |this| match (jump, back_edge) {
            (Jump::Break, _) => this.asm.emit(Instr::Jump { target: exit.rel() }),
            (Jump::Continue, None) => this.asm.emit(Instr::Jump { target: next.rel() }),
            (Jump::Continue, Some(loop_id)) => this.asm.emit(Instr::JumpLoop { target: next.rel(), loop_id }),
        });
    }

    fn return_stmt(&mut self, value: Option<&'p Expr>) {
        let passes_finally = self.scopes.iter().any(|scope| matches!(scope, Scope::Finally(..)));
        let Some(value) = value else {
            return self.leave_scopes(0, |this| this.asm.emit(Instr::RetVoid {}));
        };
        // A `finally` block may change the variable that is being returned.
        let result = if passes_finally { self.stable_value(value) } else { self.value(value) };
        let is_void = self.register_kind(self.function.result).is_none() || !result.reg.is_some();
        self.leave_scopes(0, |this| {
            this.asm.emit(if is_void { Instr::RetVoid {} } else { Instr::Ret { src: result.reg } });
        });
        self.release(result);
    }

    fn assert_stmt(&mut self, cond: &'p Expr, message: Option<&'p Expr>) {
        let holds = self.asm.label();
        self.branch(cond, holds, true);
        let text = match message {
            Some(message) => self.value(message),
            None => {
                let index = self.unit.string_constant(b"assertion failed");
                let text = self.temporary(Kind::Ref);
                self.asm.emit(Instr::ConstRef { dst: text.reg, index });
                text
            }
        };
        let error = self.new_error(ErrorClass::AssertionError, text);
        self.asm.emit(Instr::Throw { src: error.reg });
        self.release(error);
        self.asm.bind(holds);
    }

    /// A register of a kind for the length of a loop.
    pub(crate) fn loop_register(&mut self, kind: Kind) -> Reg {
        self.registers.take(kind)
    }
}
