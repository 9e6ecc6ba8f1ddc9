//! Arithmetic, bit operators, concatenation and repetition.

use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::Expr;
use bp_check::types::{Ty, TyKind};
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::ast::BinaryOp;

impl<'p> Lowering<'_, 'p> {
    /// `lhs op rhs`, where the result has type `ty`.
    pub(crate) fn binary(&mut self, op: BinaryOp, ty: Ty, lhs: &'p Expr, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        let commutes = matches!(op, BinaryOp::Add | BinaryOp::Mul | BinaryOp::BitAnd);
        if commutes && self.value_kind(ty) == Kind::Int && self.immediate(lhs).is_some() {
            let right = self.value(rhs);
            let value = self.immediate_binary(op, right, lhs, dst);
            return value.expect("operators that commute have an immediate form");
        }
        let left = self.value(lhs);
        self.binary_with(op, ty, left, rhs, dst)
    }

    /// `left op rhs` with the left side evaluated already; releases it.
    pub(crate) fn binary_with(&mut self, op: BinaryOp, ty: Ty, left: Value, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        match self.ty(ty) {
            TyKind::Str | TyKind::Array(_) => self.sequence_binary(op, ty, left, rhs, dst),
            TyKind::Float => {
                self.arithmetic(left, rhs, dst, Kind::Float, |dst, lhs, rhs| float_instr(op, dst, lhs, rhs))
            }
            _ => {
                if let Some(value) = self.immediate_binary(op, left, rhs, dst) {
                    return value;
                }
                self.arithmetic(left, rhs, dst, Kind::Int, |dst, lhs, rhs| int_instr(op, dst, lhs, rhs))
            }
        }
    }

    fn arithmetic(
        &mut self,
        left: Value,
        rhs: &'p Expr,
        dst: Option<Reg>,
        kind: Kind,
        instr: impl FnOnce(Reg, Reg, Reg) -> Instr,
    ) -> Value {
        let right = self.value(rhs);
        self.release(right);
        self.release(left);
        let value = self.destination(dst, kind);
        self.asm.emit(instr(value.reg, left.reg, right.reg));
        value
    }

    /// The immediate form, if the operator has one and the right side fits.
    fn immediate_binary(&mut self, op: BinaryOp, left: Value, rhs: &'p Expr, dst: Option<Reg>) -> Option<Value> {
        let imm = self.immediate(rhs)?;
        let lhs = left.reg;
        let instr: fn(Reg, Reg, i16) -> Instr = match op {
            BinaryOp::Add => |dst, lhs, imm| Instr::AddIntImm { dst, lhs, imm },
            BinaryOp::Sub if imm != i16::MIN => |dst, lhs, imm| Instr::AddIntImm { dst, lhs, imm: -imm },
            BinaryOp::Mul => |dst, lhs, imm| Instr::MulIntImm { dst, lhs, imm },
            BinaryOp::Div if imm != 0 && imm != -1 => |dst, lhs, imm| Instr::DivIntImm { dst, lhs, imm },
            BinaryOp::Rem if imm != 0 && imm != -1 => |dst, lhs, imm| Instr::RemIntImm { dst, lhs, imm },
            BinaryOp::BitAnd => |dst, lhs, imm| Instr::AndIntImm { dst, lhs, imm },
            BinaryOp::Shl => |dst, lhs, imm| Instr::ShlIntImm { dst, lhs, imm: imm & 63 },
            BinaryOp::Shr => |dst, lhs, imm| Instr::ShrIntImm { dst, lhs, imm: imm & 63 },
            _ => return None,
        };
        self.release(left);
        let value = self.destination(dst, Kind::Int);
        self.asm.emit(instr(value.reg, lhs, imm));
        Some(value)
    }

    /// `+` and `*` of strings and arrays.
    fn sequence_binary(&mut self, op: BinaryOp, ty: Ty, left: Value, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        let is_str = *self.ty(ty) == TyKind::Str;
        if is_str && op == BinaryOp::Add {
            return self.arithmetic(left, rhs, dst, Kind::Ref, |dst, lhs, rhs| Instr::StrConcat { dst, lhs, rhs });
        }
        let builtin = match (is_str, op) {
            (true, BinaryOp::Mul) => Builtin::StrRepeat,
            (false, BinaryOp::Mul) => Builtin::ArrayRepeat,
            (false, BinaryOp::Add) => Builtin::ArrayConcat,
            _ => unreachable!("{op:?} is not defined on sequences"),
        };
        let types = self.element_types(ty);
        let right = self.value(rhs);
        let kinds = [Kind::Ref, self.registers_kind(right)];
        self.internal_values(builtin, &[left, right], &kinds, &types, dst, Kind::Ref)
    }

    /// The kind of the register of a value.
    pub(crate) fn registers_kind(&self, value: Value) -> Kind {
        self.pool_kind(value.reg).unwrap_or_else(|| self.registers.kind(value.reg))
    }

    /// The hidden type argument of built-ins that are generic over an array's element.
    pub(crate) fn element_types(&mut self, ty: Ty) -> Vec<u32> {
        match *self.ty(ty) {
            TyKind::Array(element) => vec![self.type_number(element)],
            _ => Vec::new(),
        }
    }
}

fn int_instr(op: BinaryOp, dst: Reg, lhs: Reg, rhs: Reg) -> Instr {
    match op {
        BinaryOp::Add => Instr::AddInt { dst, lhs, rhs },
        BinaryOp::Sub => Instr::SubInt { dst, lhs, rhs },
        BinaryOp::Mul => Instr::MulInt { dst, lhs, rhs },
        BinaryOp::Div => Instr::DivInt { dst, lhs, rhs },
        BinaryOp::FloorDiv => Instr::FloorDivInt { dst, lhs, rhs },
        BinaryOp::Rem => Instr::RemInt { dst, lhs, rhs },
        BinaryOp::Pow => Instr::PowInt { dst, lhs, rhs },
        BinaryOp::BitAnd => Instr::AndInt { dst, lhs, rhs },
        BinaryOp::BitOr => Instr::OrInt { dst, lhs, rhs },
        BinaryOp::BitXor => Instr::XorInt { dst, lhs, rhs },
        BinaryOp::Shl => Instr::ShlInt { dst, lhs, rhs },
        BinaryOp::Shr => Instr::ShrInt { dst, lhs, rhs },
        BinaryOp::UShr => Instr::UshrInt { dst, lhs, rhs },
    }
}

fn float_instr(op: BinaryOp, dst: Reg, lhs: Reg, rhs: Reg) -> Instr {
    match op {
        BinaryOp::Add => Instr::AddFloat { dst, lhs, rhs },
        BinaryOp::Sub => Instr::SubFloat { dst, lhs, rhs },
        BinaryOp::Mul => Instr::MulFloat { dst, lhs, rhs },
        BinaryOp::Div => Instr::DivFloat { dst, lhs, rhs },
        BinaryOp::FloorDiv => Instr::FloorDivFloat { dst, lhs, rhs },
        BinaryOp::Rem => Instr::RemFloat { dst, lhs, rhs },
        BinaryOp::Pow => Instr::PowFloat { dst, lhs, rhs },
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor | BinaryOp::Shl | BinaryOp::Shr | BinaryOp::UShr => {
            unreachable!("{op:?} is not defined on floats")
        }
    }
}
