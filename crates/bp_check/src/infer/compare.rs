//! Comparisons, their chains, `in` and `is`.

use super::make;
use crate::checker::Checker;
use crate::error::Error;
use crate::hir::{Expr, ExprKind, FuncId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, CompareOp};
use bp_syntax::span::Span;

type Rest = [(CompareOp, Span, ast::Expr)];

impl<'a> Checker<'a> {
    pub(super) fn compare(&mut self, first: &'a ast::Expr, rest: &'a Rest, span: Span) -> Expr {
        if let [(op, op_span, other)] = rest
            && let Some(test) = self.null_test(first, *op, *op_span, other, span)
        {
            return test;
        }
        if let [(op @ (CompareOp::Is | CompareOp::IsNot), _, other)] = rest
            && let Some(record) = self.class_operand(other).or_else(|| self.written_record(other))
        {
            return self.is_class(first, record, *op == CompareOp::Is, span);
        }
        let mut operands = Vec::with_capacity(rest.len() + 1);
        operands.push(self.expr(first, None));
        for (op, _, operand) in rest {
            let is_in = matches!(op, CompareOp::In | CompareOp::NotIn);
            let hint = operands.last().map(|operand| operand.ty).filter(|&ty| ty != Ty::NULL);
            let value = match is_in.then(|| self.range_operand(operand)).flatten() {
                Some(range) => range,
                None => self.expr(operand, hint.filter(|_| !is_in)),
            };
            operands.push(value);
        }
        if operands.iter().any(|operand| operand.ty == Ty::ERROR) {
            return make(ExprKind::Bool(false), Ty::BOOL, span);
        }
        if let [(op, ..)] = rest
            && let Some(func) = self.comparison_method(*op, &operands)
        {
            let right = operands.pop().expect("there are two");
            let left = operands.pop().expect("there are two");
            return self.call_comparison(*op, func, left, right, span);
        }
        let mut start = 0;
        for (position, (op, op_span, _)) in rest.iter().enumerate() {
            if matches!(op, CompareOp::In | CompareOp::NotIn) {
                if !self.unite(&mut operands[start..=position], &rest[start..position]) {
                    return make(ExprKind::Bool(false), Ty::BOOL, span);
                }
                let (left, right) = operands.split_at_mut(position + 1);
                if !self.membership(&mut left[position], &mut right[0], *op_span) {
                    return make(ExprKind::Bool(false), Ty::BOOL, span);
                }
                start = position + 1;
            }
        }
        if !self.unite(&mut operands[start..], &rest[start..]) {
            return make(ExprKind::Bool(false), Ty::BOOL, span);
        }
        let mut operands = operands.into_iter();
        let first = operands.next().expect("a comparison has operands");
        let rest = rest.iter().map(|(op, ..)| *op).zip(operands).collect();
        make(ExprKind::Compare(Box::new(first), rest), Ty::BOOL, span)
    }

    /// The method that a single comparison calls: `__lt__` for the four of order, `__contains__` of the right side.
    fn comparison_method(&self, op: CompareOp, operands: &[Expr]) -> Option<FuncId> {
        match op {
            _ if is_order(op) => self.method_of_value(&operands[0], self.known.less),
            CompareOp::In | CompareOp::NotIn => self.method_of_value(&operands[1], self.known.contains),
            _ => None,
        }
    }

    /// `a > b` is `b < a`, `a <= b` is `not b < a`; the operands are evaluated in the order of the text.
    fn call_comparison(&mut self, op: CompareOp, func: FuncId, left: Expr, right: Expr, span: Span) -> Expr {
        let swapped = matches!(op, CompareOp::Gt | CompareOp::Le | CompareOp::In | CompareOp::NotIn);
        let negated = matches!(op, CompareOp::Le | CompareOp::Ge | CompareOp::NotIn);
        let values = if swapped { vec![right, left] } else { vec![left, right] };
        let mut call = self.call_with_values(func, values, span);
        if let (true, ExprKind::Call(_, args) | ExprKind::CallVirtual(_, args)) = (swapped, &mut call.kind) {
            args.reverse();
        }
        if negated && call.ty != Ty::ERROR {
            call = make(ExprKind::Not(Box::new(call)), Ty::BOOL, span);
        }
        call
    }

    /// `x == null`, `x is null` and their negations.
    fn null_test(
        &mut self,
        first: &'a ast::Expr,
        op: CompareOp,
        op_span: Span,
        other: &'a ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let is_null = match op {
            CompareOp::Eq | CompareOp::Is => true,
            CompareOp::Ne | CompareOp::IsNot => false,
            _ => return None,
        };
        let value = match (&first.kind, &other.kind) {
            (_, ast::ExprKind::Null) => first,
            (ast::ExprKind::Null, _) => other,
            _ => return None,
        };
        let at = value.span;
        let value = self.expr(value, None);
        let value = self.as_declared(value);
        Some(match self.kind(value.ty) {
            TyKind::Optional(_) => make(ExprKind::IsNull(Box::new(value), is_null), Ty::BOOL, span),
            TyKind::Error | TyKind::Null => make(ExprKind::Bool(is_null), Ty::BOOL, span),
            _ => {
                let (ty, operator) = (value.ty, if is_null { "== null" } else { "!= null" });
                self.report(Error::NeverNull { at: at.to(op_span), ty, operator });
                make(ExprKind::Bool(!is_null), Ty::BOOL, span)
            }
        })
    }

    /// Gives the operands of a run of `==`, `<` and `is` one type; false after a report.
    fn unite(&mut self, operands: &mut [Expr], ops: &Rest) -> bool {
        let Some(((op, op_span, _), _)) = ops.split_first() else { return true };
        let mut ty = self.shallow(operands[0].ty);
        for (position, (op, op_span, _)) in ops.iter().enumerate() {
            let (a, b) = (&operands[position], &operands[position + 1]);
            self.unify_open(a.ty, b.ty);
            let (a, b) = (&operands[position], &operands[position + 1]);
            let Some(joined) = self.join_nullable(a, b) else {
                self.report_comparison(*op, *op_span, a.span, a.ty, b.span, b.ty);
                return false;
            };
            if joined != ty && operands[..=position].iter().all(|operand| self.fits(operand, joined)) {
                ty = joined;
            }
        }
        let ordered = ops.iter().find(|(op, ..)| is_order(*op));
        if let Some((op, op_span, _)) = ordered.filter(|_| !self.is_ordered(ty)) {
            let (a, b) = (&operands[0], &operands[1]);
            self.report_comparison(*op, *op_span, a.span, a.ty, b.span, b.ty);
            return false;
        }
        if matches!(op, CompareOp::Is | CompareOp::IsNot) && self.has_no_identity(ty) {
            self.report(Error::Identity { op_span: *op_span, ty, negated: *op == CompareOp::IsNot });
            return false;
        }
        for operand in operands.iter_mut() {
            let at = operand.span;
            match self.coerce(std::mem::replace(operand, Self::erroneous(at)), ty) {
                Ok(value) => *operand = value,
                Err(value) => {
                    self.report_comparison(ops[0].0, ops[0].1, at, value.ty, at, ty);
                    return false;
                }
            }
        }
        true
    }

    fn unify_open(&mut self, a: Ty, b: Ty) {
        if self.types.is_open(a) || self.types.is_open(b) {
            self.unify(a, b);
        }
    }

    fn report_comparison(&mut self, op: CompareOp, op_span: Span, a: Span, a_ty: Ty, b: Span, b_ty: Ty) {
        self.report(Error::Compare { op, op_span, left: (a, a_ty), right: (b, b_ty) });
    }

    fn has_no_identity(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Int | TyKind::Float | TyKind::Bool | TyKind::Str | TyKind::Enum(_))
    }

    /// Checks `item in container`, converting the item; false after a report.
    fn membership(&mut self, item: &mut Expr, container: &mut Expr, op_span: Span) -> bool {
        let (at, item_ty) = (item.span, item.ty);
        let is_range = matches!(container.kind, ExprKind::Range(..));
        let wanted = match self.kind(container.ty).clone() {
            _ if is_range => Some(Ty::INT),
            TyKind::Array(element) => Some(self.widened(element)),
            TyKind::Map(key, _) | TyKind::Set(key) => Some(key),
            TyKind::Str => Some(Ty::STR),
            TyKind::Tuple(members) => members.iter().copied().find(|&ty| self.fits(item, ty)),
            _ => {
                self.report(Error::NotAContainer { at: container.span, ty: container.ty });
                return false;
            }
        };
        let value = std::mem::replace(item, Self::erroneous(at));
        match wanted.map(|wanted| self.coerce(value, wanted)) {
            Some(Ok(value)) => {
                *item = value;
                true
            }
            _ => {
                let error = Error::Membership { at, ty: item_ty, container: container.span, of: container.ty, op_span };
                self.report(error);
                false
            }
        }
    }

    /// `range(…)` on the right of `in`.
    fn range_operand(&mut self, operand: &'a ast::Expr) -> Option<Expr> {
        let args = self.range_call(operand)?;
        let span = operand.span;
        let Some((low, high, step)) = self.range_bounds(args, span) else {
            return Some(Self::erroneous(span));
        };
        let kind = ExprKind::Range(Box::new(low), Box::new(high), step.map(Box::new));
        Some(make(kind, Ty::INT, span))
    }
}

fn is_order(op: CompareOp) -> bool {
    matches!(op, CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge)
}
