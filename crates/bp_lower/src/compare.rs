//! Comparisons and membership, single and chained.

use crate::assembler::Label;
use crate::constants::Constant;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Expr, ExprKind};
use bp_check::types::{Ty, TyKind};
use bp_isa::{Instr, Kind, Reg, Trap};
use bp_syntax::ast::CompareOp;

/// How values of a type are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Int,
    Float,
    Str,
    Identity,
    Content,
}

impl<'p> Lowering<'_, 'p> {
    /// A comparison as a bool.
    pub(crate) fn compare(
        &mut self,
        expr: &'p Expr,
        first: &'p Expr,
        rest: &'p [(CompareOp, Expr)],
        dst: Option<Reg>,
    ) -> Value {
        let [(op, rhs)] = rest else { return self.condition_value(expr, dst) };
        if matches!(op, CompareOp::In | CompareOp::NotIn) && self.is_inline_membership(rhs) {
            return self.condition_value(expr, dst);
        }
        let lhs = self.value(first);
        self.compare_with(*op, first.ty, lhs, rhs, dst)
    }

    /// `lhs op rhs` as a bool with the left side evaluated already; releases it.
    fn compare_with(&mut self, op: CompareOp, ty: Ty, lhs: Value, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        if matches!(op, CompareOp::In | CompareOp::NotIn) {
            let value = self.contains(ty, lhs, rhs, dst);
            if op == CompareOp::NotIn {
                self.asm.emit(Instr::NotBool { dst: value.reg, src: value.reg });
            }
            return value;
        }
        let right = self.value(rhs);
        self.release(right);
        self.release(lhs);
        self.compare_registers(op, ty, lhs.reg, right.reg, dst)
    }

    /// `lhs op rhs` of two registers with values of `ty`, as a bool.
    pub(crate) fn compare_registers(&mut self, op: CompareOp, ty: Ty, lhs: Reg, rhs: Reg, dst: Option<Reg>) -> Value {
        let value = self.destination(dst, Kind::Int);
        let dst = value.reg;
        let comparison = self.comparison(op, ty);
        // `a > b` is `b < a`.
        let (op, lhs, rhs) = match op {
            CompareOp::Gt => (CompareOp::Lt, rhs, lhs),
            CompareOp::Ge => (CompareOp::Le, rhs, lhs),
            CompareOp::Is => (CompareOp::Eq, lhs, rhs),
            CompareOp::IsNot => (CompareOp::Ne, lhs, rhs),
            other => (other, lhs, rhs),
        };
        let number = self.type_number(ty);
        match (comparison, op) {
            (Comparison::Int, CompareOp::Eq) => self.asm.emit(Instr::EqInt { dst, lhs, rhs }),
            (Comparison::Int, CompareOp::Ne) => self.asm.emit(Instr::NeInt { dst, lhs, rhs }),
            (Comparison::Int, CompareOp::Lt) => self.asm.emit(Instr::LtInt { dst, lhs, rhs }),
            (Comparison::Int, _) => self.asm.emit(Instr::LeInt { dst, lhs, rhs }),
            (Comparison::Float, CompareOp::Eq) => self.asm.emit(Instr::EqFloat { dst, lhs, rhs }),
            (Comparison::Float, CompareOp::Ne) => self.asm.emit(Instr::NeFloat { dst, lhs, rhs }),
            (Comparison::Float, CompareOp::Lt) => self.asm.emit(Instr::LtFloat { dst, lhs, rhs }),
            (Comparison::Float, _) => self.asm.emit(Instr::LeFloat { dst, lhs, rhs }),
            (comparison, CompareOp::Eq | CompareOp::Ne) => {
                self.asm.emit(match comparison {
                    Comparison::Str => Instr::EqStr { dst, lhs, rhs },
                    Comparison::Identity => Instr::EqRef { dst, lhs, rhs },
                    _ => Instr::EqValue { dst, lhs, rhs, ty: number },
                });
                if op == CompareOp::Ne {
                    self.asm.emit(Instr::NotBool { dst, src: dst });
                }
            }
            (_, op) => {
                self.asm.emit(Instr::CompareValue { dst, lhs, rhs, ty: number });
                self.order_to_bool(op, dst);
            }
        }
        value
    }

    /// Turns the answer of `compare_value` in `dst` into the bool of `<` or `<=`; 2 is unordered.
    fn order_to_bool(&mut self, op: CompareOp, dst: Reg) {
        let bound = self.constant(Constant::Int(0));
        let (lhs, rhs) = (dst, bound.reg);
        self.asm.emit(match op {
            CompareOp::Lt => Instr::LtInt { dst, lhs, rhs },
            _ => Instr::LeInt { dst, lhs, rhs },
        });
        self.release(bound);
    }

    fn comparison(&self, op: CompareOp, ty: Ty) -> Comparison {
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        if matches!(op, CompareOp::Is | CompareOp::IsNot) && self.value_kind(ty) == Kind::Ref {
            return Comparison::Identity;
        }
        match self.ty(ty) {
            TyKind::Str if equality => Comparison::Str,
            TyKind::Function(..) => Comparison::Identity,
            TyKind::Record(id) if equality => {
                let record = &self.unit.program.records[id.index()];
                if record.is_class && record.equals.is_none() { Comparison::Identity } else { Comparison::Content }
            }
            _ => match self.value_kind(ty) {
                Kind::Int => Comparison::Int,
                Kind::Float => Comparison::Float,
                Kind::Ref => Comparison::Content,
            },
        }
    }

    /// Jumps to `target` when the chain of comparisons is `when`.
    pub(crate) fn branch_compare(&mut self, first: &'p Expr, rest: &'p [(CompareOp, Expr)], target: Label, when: bool) {
        let (last, mut inner) = rest.split_last().expect("a comparison has an operator");
        let fails = self.asm.label();
        let mut ty = first.ty;
        let mut lhs = match self.mirrored(first, &rest[0]) {
            None => self.value(first),
            Some((op, imm)) => {
                let middle = self.value(&rest[0].1);
                let (exit, when) = match rest.len() {
                    1 => (target, when),
                    _ => (if when { fails } else { target }, false),
                };
                self.asm.emit(immediate_branch(op, when, middle.reg, imm, exit));
                if rest.len() == 1 {
                    return self.release(middle);
                }
                inner = &inner[1..];
                ty = rest[0].1.ty;
                middle
            }
        };
        for (op, operand) in inner {
            // The middle operand is the left side of the next comparison: it stays in its register.
            let middle = self.value(operand);
            let exit = if when { fails } else { target };
            self.branch_registers(*op, ty, lhs, middle.reg, exit, false);
            self.release(lhs);
            (lhs, ty) = (middle, operand.ty);
        }
        self.branch_last(last.0, ty, lhs, &last.1, target, when);
        self.asm.bind(fails);
    }

    /// `48 <= c` as `c >= 48`: the operator and the immediate, if the left side is one.
    fn mirrored(&self, lhs: &Expr, (op, rhs): &(CompareOp, Expr)) -> Option<(CompareOp, i16)> {
        let imm = self.immediate(lhs)?;
        let op = match op {
            CompareOp::Eq | CompareOp::Ne | CompareOp::Is | CompareOp::IsNot => *op,
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            CompareOp::In | CompareOp::NotIn => return None,
        };
        (self.comparison(op, lhs.ty) == Comparison::Int && self.immediate(rhs).is_none()).then_some((op, imm))
    }

    fn branch_last(&mut self, op: CompareOp, ty: Ty, lhs: Value, rhs: &'p Expr, target: Label, when: bool) {
        if matches!(op, CompareOp::In | CompareOp::NotIn) {
            let when = when == (op == CompareOp::In);
            if self.is_inline_membership(rhs) {
                return self.branch_member(ty, lhs, rhs, target, when);
            }
            let found = self.contains(ty, lhs, rhs, None);
            self.release(found);
            return self.branch_bool(found.reg, target, when);
        }
        if let Some(imm) = self.immediate(rhs)
            && self.comparison(op, ty) == Comparison::Int
        {
            self.release(lhs);
            return self.asm.emit(immediate_branch(op, when, lhs.reg, imm, target));
        }
        let right = self.value(rhs);
        self.release(right);
        self.branch_registers(op, ty, lhs, right.reg, target, when);
        self.release(lhs);
    }

    /// Jumps to `target` when `lhs op rhs` is `when`.
    pub(crate) fn branch_registers(&mut self, op: CompareOp, ty: Ty, lhs: Value, rhs: Reg, target: Label, when: bool) {
        let (op, left, right) = match op {
            CompareOp::Gt => (CompareOp::Lt, rhs, lhs.reg),
            CompareOp::Ge => (CompareOp::Le, rhs, lhs.reg),
            other => (other, lhs.reg, rhs),
        };
        match self.comparison(op, ty) {
            Comparison::Int => self.asm.emit(int_branch(op, when, left, right, target)),
            Comparison::Float => self.asm.emit(float_branch(op, when, left, right, target)),
            _ => {
                let value = self.compare_registers(op, ty, left, right, None);
                self.release(value);
                self.branch_bool(value.reg, target, when);
            }
        }
    }

    // ---- membership

    fn is_inline_membership(&self, rhs: &Expr) -> bool {
        matches!(rhs.kind, ExprKind::Range(..)) || matches!(self.ty(rhs.ty), TyKind::Tuple(_))
    }

    /// `item in rhs` of a container object, as a bool; releases `item`.
    fn contains(&mut self, ty: Ty, item: Value, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        let container = self.value(rhs);
        match *self.ty(rhs.ty) {
            TyKind::Str => {
                // The built-in takes the text first, then what is looked for.
                self.internal_values(
                    Builtin::StrContains,
                    &[container, item],
                    &[Kind::Ref, Kind::Ref],
                    &[],
                    dst,
                    Kind::Int,
                )
            }
            TyKind::Array(element) => {
                let types = [self.type_number(element)];
                let kinds = [Kind::Ref, self.value_kind(ty)];
                self.internal_values(Builtin::ArrayContains, &[container, item], &kinds, &types, dst, Kind::Int)
            }
            _ => {
                self.release(container);
                self.release(item);
                let value = self.destination(dst, Kind::Int);
                let (dst, map, key) = (value.reg, container.reg, item.reg);
                self.asm.emit(match self.key_kind(ty) {
                    KeyKind::Int => Instr::MapHasInt { dst, map, key },
                    KeyKind::Str => Instr::MapHasStr { dst, map, key },
                    KeyKind::Any => Instr::MapHasAny { dst, map, key },
                });
                value
            }
        }
    }

    /// Jumps when `item` is in a range or tuple (or is not, if `when` is false).
    fn branch_member(&mut self, ty: Ty, item: Value, rhs: &'p Expr, target: Label, when: bool) {
        match &rhs.kind {
            ExprKind::Range(low, high, step) => self.branch_in_range(item, (low, high, step.as_deref()), target, when),
            _ => self.branch_in_tuple(ty, item, rhs, target, when),
        }
    }

    fn branch_in_range(
        &mut self,
        item: Value,
        (low, high, step): (&'p Expr, &'p Expr, Option<&'p Expr>),
        target: Label,
        when: bool,
    ) {
        let outside = self.asm.label();
        let miss = if when { outside } else { target };
        match step {
            None => {
                let (low, high) = (self.bound(low), self.bound(high));
                self.branch_below(item.reg, low, miss);
                self.branch_from(item.reg, high, miss);
                [high, low].into_iter().for_each(|bound| self.release_bound(bound));
            }
            Some(step) => {
                let (low, high, step) = (self.value(low), self.value(high), self.value(step));
                self.branch_outside_stepped(item.reg, low.reg, high.reg, step.reg, miss);
                [step, high, low].into_iter().for_each(|value| self.release(value));
            }
        }
        if when {
            self.asm.emit(Instr::Jump { target: target.rel() });
        }
        self.asm.bind(outside);
        self.release(item);
    }

    /// An end of a range.
    fn bound(&mut self, expr: &'p Expr) -> Bound {
        self.immediate(expr).map_or_else(|| Bound::Value(self.value(expr)), Bound::Immediate)
    }

    fn release_bound(&mut self, bound: Bound) {
        if let Bound::Value(value) = bound {
            self.release(value);
        }
    }

    /// Jumps to `miss` when `item < low`.
    fn branch_below(&mut self, item: Reg, low: Bound, miss: Label) {
        let (lhs, target) = (item, miss.rel());
        self.asm.emit(match low {
            Bound::Immediate(imm) => Instr::BrLtIntImm { lhs, imm, target },
            Bound::Value(low) => Instr::BrLtInt { lhs, rhs: low.reg, target },
        });
    }

    /// Jumps to `miss` when `high <= item`.
    fn branch_from(&mut self, item: Reg, high: Bound, miss: Label) {
        let target = miss.rel();
        self.asm.emit(match high {
            Bound::Immediate(imm) => Instr::BrGeIntImm { lhs: item, imm, target },
            Bound::Value(high) => Instr::BrLeInt { lhs: high.reg, rhs: item, target },
        });
    }

    /// Jumps to `miss` unless a range with a step, of any sign, holds `item`.
    fn branch_outside_stepped(&mut self, item: Reg, low: Reg, high: Reg, step: Reg, miss: Label) {
        let (down, aligned, valid) = (self.asm.label(), self.asm.label(), self.asm.label());
        self.asm.emit(Instr::BrNeIntImm { lhs: step, imm: 0, target: valid.rel() });
        self.asm.emit(Instr::TrapNow { trap: Trap::RangeStep as u32 });
        self.asm.bind(valid);
        self.asm.emit(Instr::BrLtIntImm { lhs: step, imm: 0, target: down.rel() });
        self.asm.emit(Instr::BrLtInt { lhs: item, rhs: low, target: miss.rel() });
        self.asm.emit(Instr::BrLeInt { lhs: high, rhs: item, target: miss.rel() });
        self.asm.emit(Instr::Jump { target: aligned.rel() });
        self.asm.bind(down);
        self.asm.emit(Instr::BrLeInt { lhs: item, rhs: high, target: miss.rel() });
        self.asm.emit(Instr::BrLtInt { lhs: low, rhs: item, target: miss.rel() });
        self.asm.bind(aligned);
        let distance = self.temporary(Kind::Int);
        let dst = distance.reg;
        self.asm.emit(Instr::SubInt { dst, lhs: item, rhs: low });
        self.asm.emit(Instr::RemInt { dst, lhs: dst, rhs: step });
        self.asm.emit(Instr::BrNeIntImm { lhs: dst, imm: 0, target: miss.rel() });
        self.release(distance);
    }

    fn branch_in_tuple(&mut self, ty: Ty, item: Value, rhs: &'p Expr, target: Label, when: bool) {
        let TyKind::Tuple(members) = self.ty(rhs.ty) else { unreachable!("only tuples are searched inline") };
        let tuple = self.value(rhs);
        let found = self.asm.label();
        for (number, member) in members.iter().enumerate() {
            let value = self.load_field(tuple.reg, number as u32, *member, None);
            let exit = if when { target } else { found };
            self.branch_registers(CompareOp::Eq, ty, item, value.reg, exit, true);
            self.release(value);
        }
        if !when {
            self.asm.emit(Instr::Jump { target: target.rel() });
        }
        self.asm.bind(found);
        self.release(tuple);
        self.release(item);
    }

    /// Which family of map instructions handles keys of `ty`.
    pub(crate) fn key_kind(&self, ty: Ty) -> KeyKind {
        match self.ty(ty) {
            TyKind::Str => KeyKind::Str,
            TyKind::Int | TyKind::Bool | TyKind::Enum(_) => KeyKind::Int,
            _ => KeyKind::Any,
        }
    }
}

/// An end of a range that is searched.
#[derive(Clone, Copy)]
enum Bound {
    Immediate(i16),
    Value(Value),
}

/// A family of map instructions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Int,
    Str,
    Any,
}

fn int_branch(op: CompareOp, when: bool, lhs: Reg, rhs: Reg, target: Label) -> Instr {
    let target = target.rel();
    match (op, when) {
        (CompareOp::Eq | CompareOp::Is, true) | (CompareOp::Ne | CompareOp::IsNot, false) => {
            Instr::BrEqInt { lhs, rhs, target }
        }
        (CompareOp::Ne | CompareOp::IsNot, true) | (CompareOp::Eq | CompareOp::Is, false) => {
            Instr::BrNeInt { lhs, rhs, target }
        }
        (CompareOp::Lt, true) => Instr::BrLtInt { lhs, rhs, target },
        (CompareOp::Le, true) => Instr::BrLeInt { lhs, rhs, target },
        // not (a < b) is b <= a.
        (CompareOp::Lt, false) => Instr::BrLeInt { lhs: rhs, rhs: lhs, target },
        (CompareOp::Le, false) => Instr::BrLtInt { lhs: rhs, rhs: lhs, target },
        _ => unreachable!("{op:?} was rewritten or is no order"),
    }
}

fn float_branch(op: CompareOp, when: bool, lhs: Reg, rhs: Reg, target: Label) -> Instr {
    let target = target.rel();
    match (op, when) {
        (CompareOp::Eq | CompareOp::Is, true) | (CompareOp::Ne | CompareOp::IsNot, false) => {
            Instr::BrEqFloat { lhs, rhs, target }
        }
        (CompareOp::Ne | CompareOp::IsNot, true) | (CompareOp::Eq | CompareOp::Is, false) => {
            Instr::BrNeFloat { lhs, rhs, target }
        }
        (CompareOp::Lt, true) => Instr::BrLtFloat { lhs, rhs, target },
        (CompareOp::Le, true) => Instr::BrLeFloat { lhs, rhs, target },
        (CompareOp::Lt, false) => Instr::BrNltFloat { lhs, rhs, target },
        (CompareOp::Le, false) => Instr::BrNleFloat { lhs, rhs, target },
        _ => unreachable!("{op:?} was rewritten or is no order"),
    }
}

/// Jumps to `target` when `lhs op imm` is `when`.
pub(crate) fn immediate_branch(op: CompareOp, when: bool, lhs: Reg, imm: i16, target: Label) -> Instr {
    let target = target.rel();
    match (op, when) {
        (CompareOp::Eq | CompareOp::Is, true) | (CompareOp::Ne | CompareOp::IsNot, false) => {
            Instr::BrEqIntImm { lhs, imm, target }
        }
        (CompareOp::Ne | CompareOp::IsNot, true) | (CompareOp::Eq | CompareOp::Is, false) => {
            Instr::BrNeIntImm { lhs, imm, target }
        }
        (CompareOp::Lt, true) | (CompareOp::Ge, false) => Instr::BrLtIntImm { lhs, imm, target },
        (CompareOp::Le, true) | (CompareOp::Gt, false) => Instr::BrLeIntImm { lhs, imm, target },
        (CompareOp::Gt, true) | (CompareOp::Le, false) => Instr::BrGtIntImm { lhs, imm, target },
        (CompareOp::Ge, true) | (CompareOp::Lt, false) => Instr::BrGeIntImm { lhs, imm, target },
        (CompareOp::In | CompareOp::NotIn, _) => unreachable!("membership has no immediate form"),
    }
}
