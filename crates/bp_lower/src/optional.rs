//! Optional values: references are null or themselves, scalars are boxed when present.

use crate::function::{Lowering, Value};
use bp_check::hir::{Expr, LocalId, RecordId};
use bp_check::types::{Ty, TyKind};
use bp_isa::types::FixedType;
use bp_isa::{Instr, Kind, Reg, Trap};

impl<'p> Lowering<'_, 'p> {
    /// `T` to `T?`.
    pub(crate) fn make_optional(&mut self, operand: &'p Expr, dst: Option<Reg>) -> Value {
        let kind = self.value_kind(operand.ty);
        if kind == Kind::Ref {
            return self.expr(operand, dst);
        }
        let ty = if kind == Kind::Float { FixedType::BoxedFloat } else { FixedType::BoxedWord };
        let src = self.value(operand);
        self.release(src);
        let value = self.destination(dst, Kind::Ref);
        self.box_word(value.reg, src.reg, kind, ty.id());
        value
    }

    /// `T?` to `T` of a value that is not null.
    pub(crate) fn read_optional(&mut self, to: Ty, operand: &'p Expr, dst: Option<Reg>) -> Value {
        let optional = self.value(operand);
        self.unboxed(to, optional, dst)
    }

    /// The value of type `to` in an optional that is not null; releases it.
    fn unboxed(&mut self, to: Ty, optional: Value, dst: Option<Reg>) -> Value {
        if self.value_kind(to) == Kind::Ref {
            return self.deliver(optional, dst);
        }
        self.release(optional);
        self.load_field(optional.reg, 0, to, dst)
    }

    /// `x!`
    pub(crate) fn unwrap(&mut self, to: Ty, operand: &'p Expr, dst: Option<Reg>) -> Value {
        let optional = self.value(operand);
        let present = self.asm.label();
        self.branch_null(optional.reg, present, false);
        self.asm.emit(Instr::TrapNow { trap: Trap::Null as u32 });
        self.asm.bind(present);
        self.unboxed(to, optional, dst)
    }

    /// Binds the value of an optional that was found not null; releases it.
    pub(crate) fn bind_unwrapped(&mut self, local: LocalId, ty: Ty, optional: Value) {
        let inner = match *self.ty(ty) {
            TyKind::Optional(inner) => inner,
            _ => ty,
        };
        let value = self.unboxed(inner, optional, None);
        self.bind_local(local, value.reg);
        self.release(value);
    }

    /// `lhs ?? rhs`
    pub(crate) fn coalesce(&mut self, expr: &'p Expr, lhs: &'p Expr, rhs: &'p Expr, dst: Option<Reg>) -> Value {
        let optional = self.value(lhs);
        let kind = self.value_kind(expr.ty);
        let value = self.temporary(kind);
        let (absent, end) = (self.asm.label(), self.asm.label());
        self.branch_null(optional.reg, absent, true);
        if matches!(self.ty(expr.ty), TyKind::Optional(_)) {
            self.copy(value.reg, optional.reg);
            self.release(optional);
        } else {
            self.unboxed(expr.ty, optional, Some(value.reg));
        }
        self.asm.emit(Instr::Jump { target: end.rel() });
        self.asm.bind(absent);
        self.value_into(rhs, value.reg);
        self.asm.bind(end);
        self.deliver(value, dst)
    }

    /// `object?.…`: null, or `then` with the local bound to the object.
    pub(crate) fn guarded(
        &mut self,
        expr: &'p Expr,
        object: &'p Expr,
        local: LocalId,
        then: &'p Expr,
        dst: Option<Reg>,
    ) -> Value {
        let kind = self.value_kind(expr.ty);
        let value = self.temporary(kind);
        let optional = self.value(object);
        let (absent, end) = (self.asm.label(), self.asm.label());
        self.branch_null(optional.reg, absent, true);
        let scope = self.open_scope();
        self.bind_unwrapped(local, object.ty, optional);
        self.value_into(then, value.reg);
        self.close_scope(scope);
        self.asm.emit(Instr::Jump { target: end.rel() });
        self.asm.bind(absent);
        self.asm.emit(Instr::ConstNull { dst: value.reg });
        self.asm.bind(end);
        self.deliver(value, dst)
    }

    /// `object is Class` or its negation.
    pub(crate) fn is_class(&mut self, object: &'p Expr, record: RecordId, positive: bool, dst: Option<Reg>) -> Value {
        let ty = self.unit.types.record(record);
        let value = self.unary(object, Kind::Int, dst, |dst, object| Instr::IsClass { dst, object, ty });
        if !positive {
            self.asm.emit(Instr::NotBool { dst: value.reg, src: value.reg });
        }
        value
    }

    /// `object as Class`
    pub(crate) fn downcast(&mut self, object: &'p Expr, record: RecordId, dst: Option<Reg>) -> Value {
        let ty = self.unit.types.record(record);
        let src = self.value(object);
        let fits = self.temporary(Kind::Int);
        let go_on = self.asm.label();
        self.asm.emit(Instr::IsClass { dst: fits.reg, object: src.reg, ty });
        self.branch_bool(fits.reg, go_on, true);
        self.asm.emit(Instr::TrapNow { trap: Trap::Cast as u32 });
        self.asm.bind(go_on);
        self.release(fits);
        self.deliver(src, dst)
    }
}
