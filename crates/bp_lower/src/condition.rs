//! Conditions: expressions whose value decides a branch, without making a bool first.

use crate::assembler::Label;
use crate::expr::is_branching;
use crate::function::{Lowering, Value};
use bp_check::hir::{Condition, Expr, ExprKind};
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::ast::LogicalOp;

impl<'p> Lowering<'_, 'p> {
    /// Jumps to `target` when `cond` is `when`, else goes on.
    pub(crate) fn branch(&mut self, cond: &'p Expr, target: Label, when: bool) {
        self.deeper(|this| this.at(cond.span, |this| this.branch_dispatch(cond, target, when)));
    }

    fn branch_dispatch(&mut self, cond: &'p Expr, target: Label, when: bool) {
        match &cond.kind {
            ExprKind::Bool(value) => {
                if *value == when {
                    self.asm.emit(Instr::Jump { target: target.rel() });
                }
            }
            ExprKind::Not(inner) => self.branch(inner, target, !when),
            ExprKind::Logical(op @ (LogicalOp::And | LogicalOp::Or), lhs, rhs) => {
                // `and` leaves early when false, `or` when true.
                let early = *op == LogicalOp::Or;
                if early == when {
                    self.branch(lhs, target, when);
                    self.branch(rhs, target, when);
                } else {
                    let skip = self.asm.label();
                    self.branch(lhs, skip, early);
                    self.branch(rhs, target, when);
                    self.asm.bind(skip);
                }
            }
            ExprKind::Compare(first, rest) => self.branch_compare(first, rest, target, when),
            ExprKind::IsNull(operand, positive) => {
                let src = self.value(operand);
                self.release(src);
                self.branch_null(src.reg, target, *positive == when);
            }
            ExprKind::Call(function, args) if self.branch_in_place(*function, args, target, when) => {}
            _ => {
                let value = self.value(cond);
                self.release(value);
                self.branch_bool(value.reg, target, when);
            }
        }
    }

    /// Jumps when the bool in `cond` is `when`.
    pub(crate) fn branch_bool(&mut self, cond: Reg, target: Label, when: bool) {
        let target = target.rel();
        self.asm.emit(if when { Instr::BrTrue { cond, target } } else { Instr::BrFalse { cond, target } });
    }

    /// Jumps when the reference is null (or is not, if `when` is false).
    pub(crate) fn branch_null(&mut self, src: Reg, target: Label, when: bool) {
        let target = target.rel();
        self.asm.emit(if when { Instr::BrNull { src, target } } else { Instr::BrNotNull { src, target } });
    }

    /// Jumps to `target` unless the condition of an `if` or `while` holds; binds what it binds.
    pub(crate) fn branch_unless(&mut self, condition: &'p Condition, target: Label) {
        match condition {
            Condition::Expr(expr) => self.branch(expr, target, false),
            Condition::Let(local, expr) => {
                let optional = self.value(expr);
                self.at(expr.span, |this| this.branch_null(optional.reg, target, true));
                self.bind_unwrapped(*local, expr.ty, optional);
            }
        }
    }

    /// `and`, `or` or `??` as a value.
    pub(crate) fn logical(
        &mut self,
        op: LogicalOp,
        expr: &'p Expr,
        lhs: &'p Expr,
        rhs: &'p Expr,
        dst: Option<Reg>,
    ) -> Value {
        if op == LogicalOp::Coalesce {
            return self.coalesce(expr, lhs, rhs, dst);
        }
        self.condition_value(expr, dst)
    }

    /// A condition as a bool. The destination is written last: the condition may read it.
    pub(crate) fn condition_value(&mut self, expr: &'p Expr, dst: Option<Reg>) -> Value {
        debug_assert!(is_branching(expr) || dst.is_some() || matches!(expr.kind, ExprKind::Compare(..)));
        let (is_false, end) = (self.asm.label(), self.asm.label());
        self.branch(expr, is_false, false);
        let value = self.destination(dst, Kind::Int);
        self.asm.emit(Instr::ConstInt { dst: value.reg, value: 1 });
        self.asm.emit(Instr::Jump { target: end.rel() });
        self.asm.bind(is_false);
        self.asm.emit(Instr::ConstInt { dst: value.reg, value: 0 });
        self.asm.bind(end);
        value
    }
}
