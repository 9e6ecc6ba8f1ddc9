//! Arithmetic, bit and logical operators.

use super::make;
use crate::checker::Checker;
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{Expr, ExprKind, FuncId, Stmt, StmtKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, BinaryOp, LogicalOp, UnaryOp};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &'a ast::Expr, span: Span, want: Option<Ty>) -> Expr {
        if op == UnaryOp::Not {
            let operand = self.condition(operand);
            return make(ExprKind::Not(Box::new(operand)), Ty::BOOL, span);
        }
        let value = self.expr(operand, want);
        let value = self.enum_as_int(value);
        let ty = self.shallow(value.ty);
        match (op, ty) {
            (_, Ty::ERROR) => value,
            (UnaryOp::Neg, Ty::INT | Ty::FLOAT) => make(ExprKind::Neg(Box::new(value)), ty, span),
            (UnaryOp::Plus, Ty::INT | Ty::FLOAT) => Expr { span, ..value },
            (UnaryOp::BitNot, Ty::INT) => make(ExprKind::BitNot(Box::new(value)), ty, span),
            _ => self.fail(span, Error::Unary { at: span, op, ty, operand: operand.span }),
        }
    }

    /// An enum member as its int; other values as they are.
    pub(super) fn enum_as_int(&mut self, value: Expr) -> Expr {
        if !matches!(self.kind(value.ty), TyKind::Enum(_)) {
            return value;
        }
        self.coerce(value, Ty::INT).unwrap_or_else(|value| value)
    }

    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        op_span: Span,
        lhs: &'a ast::Expr,
        rhs: &'a ast::Expr,
        span: Span,
        want: Option<Ty>,
    ) -> Expr {
        let hint = want.filter(|&want| matches!(self.kind(want), TyKind::Array(_) | TyKind::Float));
        let left = self.expr(lhs, hint);
        let right_hint = match self.kind(left.ty) {
            TyKind::Array(_) if op == BinaryOp::Add => Some(left.ty),
            _ => None,
        };
        let right_hint = match self.operator_method(op, &left) {
            Some(func) => self.decls.functions[func.index()].params.get(1).map(|param| param.ty),
            None => right_hint,
        };
        let right = self.expr(rhs, right_hint);
        self.binary_values(op, op_span, left, right, span)
    }

    /// The operator on two checked operands.
    pub fn binary_values(&mut self, op: BinaryOp, op_span: Span, left: Expr, right: Expr, span: Span) -> Expr {
        if left.ty == Ty::ERROR || right.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        if let Some(func) = self.operator_method(op, &left) {
            return self.call_with_values(func, vec![left, right], span);
        }
        let (left, right) = (self.enum_as_int(left), self.enum_as_int(right));
        self.decide_operand(&left, &right);
        let (a, b) = (self.shallow(left.ty), self.shallow(right.ty));
        if let Some(ty) = self.repetition(op, a, b) {
            return self.repeat(left, right, ty, span);
        }
        let ty = self.join(&left, &right).filter(|&ty| self.takes(op, ty));
        let Some(ty) = ty else {
            let error = Error::Binary { op, op_span, left: (left.span, a), right: (right.span, b) };
            return self.fail(span, error);
        };
        let (Ok(left), Ok(right)) = (self.coerce(left, ty), self.coerce(right, ty)) else {
            return Self::erroneous(span);
        };
        make(ExprKind::Binary(op, Box::new(left), Box::new(right)), ty, span)
    }

    /// The method that the operator calls on the left operand.
    fn operator_method(&self, op: BinaryOp, left: &Expr) -> Option<FuncId> {
        let name = match op {
            BinaryOp::Add => self.known.add,
            BinaryOp::Sub => self.known.sub,
            BinaryOp::Mul => self.known.mul,
            _ => return None,
        };
        self.method_of_value(left, name)
    }

    /// An operand whose type nothing has decided yet takes the type of the other.
    fn decide_operand(&mut self, left: &Expr, right: &Expr) {
        let left_open = matches!(self.kind(left.ty), TyKind::Var(_));
        let right_open = matches!(self.kind(right.ty), TyKind::Var(_));
        if left_open != right_open {
            self.unify(left.ty, right.ty);
        }
    }

    /// Whether the operator works on two values of the type.
    fn takes(&self, op: BinaryOp, ty: Ty) -> bool {
        use BinaryOp as B;
        match self.kind(ty) {
            TyKind::Int => true,
            TyKind::Float => matches!(op, B::Add | B::Sub | B::Mul | B::Div | B::FloorDiv | B::Rem | B::Pow),
            TyKind::Str | TyKind::Array(_) => op == B::Add,
            _ => false,
        }
    }

    /// The type of `sequence * int` in either order.
    fn repetition(&self, op: BinaryOp, a: Ty, b: Ty) -> Option<Ty> {
        let sequence = |ty| matches!(self.kind(ty), TyKind::Str | TyKind::Array(_));
        match op {
            BinaryOp::Mul if sequence(a) && b == Ty::INT => Some(a),
            BinaryOp::Mul if sequence(b) && a == Ty::INT => Some(b),
            _ => None,
        }
    }

    fn repeat(&mut self, left: Expr, right: Expr, ty: Ty, span: Span) -> Expr {
        if self.shallow(left.ty) == ty {
            return make(ExprKind::Binary(BinaryOp::Mul, Box::new(left), Box::new(right)), ty, span);
        }
        if matches!(left.kind, ExprKind::Int(_)) {
            return make(ExprKind::Binary(BinaryOp::Mul, Box::new(right), Box::new(left)), ty, span);
        }
        // `count * sequence`: the count is evaluated first, but stands second in the operation.
        let at = left.span;
        let count = self.temporary(at, Ty::INT);
        let binding = crate::hir::Binding::Local(count);
        let keep = Stmt { kind: StmtKind::Let(binding, left), span: at };
        let count = make(ExprKind::Local(count), Ty::INT, at);
        let product = make(ExprKind::Binary(BinaryOp::Mul, Box::new(right), Box::new(count)), ty, span);
        make(ExprKind::Block(vec![keep], Box::new(product)), ty, span)
    }

    pub(super) fn logical(
        &mut self,
        op: LogicalOp,
        lhs: &'a ast::Expr,
        rhs: &'a ast::Expr,
        span: Span,
        want: Option<Ty>,
    ) -> Expr {
        if op == LogicalOp::Coalesce {
            return self.coalesce(lhs, rhs, span, want);
        }
        let left = self.condition(lhs);
        let facts = self.facts(&left);
        let holds = if op == LogicalOp::And { facts.when_true } else { facts.when_false };
        let right = self.assuming(&holds, |checker| checker.condition(rhs));
        if left.ty == Ty::ERROR || right.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        make(ExprKind::Logical(op, Box::new(left), Box::new(right)), Ty::BOOL, span)
    }

    fn coalesce(&mut self, lhs: &'a ast::Expr, rhs: &'a ast::Expr, span: Span, want: Option<Ty>) -> Expr {
        let want_left = want.map(|ty| self.types.optional(ty));
        let left = self.expr(lhs, want_left);
        let left = self.as_declared(left);
        let inner = match self.kind(left.ty) {
            TyKind::Optional(inner) => *inner,
            TyKind::Error => Ty::ERROR,
            TyKind::Null => return self.expr(rhs, want),
            _ => {
                self.report(Error::NeverNull { at: lhs.span, ty: left.ty, operator: "??" });
                Ty::ERROR
            }
        };
        let right = self.expr(rhs, Some(inner));
        if inner == Ty::ERROR || right.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        let stays_optional = matches!(self.kind(right.ty), TyKind::Optional(_) | TyKind::Null);
        let ty = if stays_optional { left.ty } else { inner };
        let right = self.coerce_or_report(right, ty, Why::Branch(lhs.span));
        make(ExprKind::Logical(LogicalOp::Coalesce, Box::new(left), Box::new(right)), ty, span)
    }
}
