//! Assignments to which methods of classes give a meaning: `o[i] = v`, `o[i] += v`, `v += w`.

use super::Checked;
use crate::checker::Checker;
use crate::error::Error;
use crate::hir::{Arg, Binding, Expr, ExprKind, FuncId, Place, PlaceKind, Stmt, StmtKind};
use crate::types::Ty;
use bp_syntax::ast::{self, BinaryOp};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// `o[i] = value` by `__setitem__`; the value is evaluated first, as in every assignment.
    pub(super) fn assign_item(
        &mut self,
        func: FuncId,
        container: Expr,
        index: &'a ast::Expr,
        value: &'a ast::Expr,
        span: Span,
    ) -> Option<Checked> {
        let index = self.operand_of(func, index);
        let want = self.decls.functions[func.index()].params.get(2).map(|param| param.ty);
        let value = self.expr(value, want);
        let mut call = self.call_with_values(func, vec![container, index, value], span);
        if let ExprKind::Call(_, args) | ExprKind::CallVirtual(_, args) = &mut call.kind {
            args.rotate_right(1);
        }
        Some((StmtKind::Expr(call), false))
    }

    /// `o[i] op= value` by `__getitem__` and `__setitem__`; `o` and `i` are evaluated once.
    pub(super) fn augmented_item(
        &mut self,
        container: Expr,
        index: &'a ast::Expr,
        (op, op_span): (BinaryOp, Span),
        value: &'a ast::Expr,
        span: Span,
    ) -> Option<Checked> {
        let set = self.method_of_value(&container, self.known.set_item);
        let get = self.method_of_value(&container, self.known.get_item);
        let (Some(set), Some(get)) = (set, get) else {
            self.report(Error::NotIndexable { at: container.span, ty: container.ty });
            return None;
        };
        let index = self.operand_of(get, index);
        let mut stmts = Vec::with_capacity(3);
        let object = self.keep(container, &mut stmts);
        let key = self.keep(index, &mut stmts);
        let old = self.call_with_values(get, vec![object.again(), key.again()], span);
        let value = self.expr(value, Some(old.ty));
        let result = self.binary_values(op, op_span, old, value, span);
        let call = self.call_with_values(set, vec![object, key, result], span);
        stmts.push(Stmt { kind: StmtKind::Expr(call), span });
        Some((block(stmts, span), false))
    }

    /// `place op= value` where the operator is a method: `call`, whose receiver is still open.
    pub(super) fn augmented_object(&mut self, place: Place, mut call: Expr, span: Span) -> Option<Checked> {
        let Place { kind, ty, span: at } = place;
        let mut stmts = Vec::new();
        let (kind, old) = match kind {
            PlaceKind::Local(local) => (PlaceKind::Local(local), ExprKind::Local(local)),
            PlaceKind::Global(global) => (PlaceKind::Global(global), ExprKind::Global(global)),
            PlaceKind::Field(object, field) => {
                let object = self.keep(*object, &mut stmts);
                let old = ExprKind::Field(Box::new(object.again()), field);
                (PlaceKind::Field(Box::new(object), field), old)
            }
            PlaceKind::Index(object, index) => {
                let (object, index) = (self.keep(*object, &mut stmts), self.keep(*index, &mut stmts));
                let old = ExprKind::Index(Box::new(object.again()), Box::new(index.again()));
                (PlaceKind::Index(Box::new(object), Box::new(index)), old)
            }
            PlaceKind::Discard | PlaceKind::Slice(..) | PlaceKind::Tuple(_) => return None,
        };
        if let ExprKind::Call(_, args) | ExprKind::CallVirtual(_, args) = &mut call.kind {
            let is_receiver = |arg: &&mut Arg| arg.param == 0;
            args.iter_mut().find(is_receiver)?.value = Expr { kind: old, ty, span: at };
        }
        stmts.push(Stmt { kind: StmtKind::Assign(Place { kind, ty, span: at }, call), span });
        Some((block(stmts, span), false))
    }

    /// Evaluates the value once, for several uses of the variable that is the result.
    fn keep(&mut self, value: Expr, stmts: &mut Vec<Stmt>) -> Expr {
        let (ty, span) = (value.ty, value.span);
        let local = self.temporary(span, ty);
        stmts.push(Stmt { kind: StmtKind::Let(Binding::Local(local), value), span });
        Expr { kind: ExprKind::Local(local), ty, span }
    }
}

impl Expr {
    /// Another read of the variable that this one reads.
    fn again(&self) -> Expr {
        let ExprKind::Local(local) = self.kind else { unreachable!("only variables are read again") };
        Expr { kind: ExprKind::Local(local), ty: self.ty, span: self.span }
    }
}

/// Statements in a scope of their own, as one.
fn block(stmts: Vec<Stmt>, span: Span) -> StmtKind {
    let nothing = Expr { kind: ExprKind::Int(0), ty: Ty::VOID, span };
    StmtKind::Expr(Expr { kind: ExprKind::Block(stmts, Box::new(nothing)), ty: Ty::VOID, span })
}
