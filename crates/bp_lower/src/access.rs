//! Variables, fields, elements and slices: reading. Writing is in `assign`.

use crate::compare::KeyKind;
use crate::constants::Constant;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_builtins::errors::{ErrorClass, TRACE_FIELD};
use bp_check::hir::{Expr, GlobalId, LocalId, SliceBounds};
use bp_check::types::{Ty, TyKind};
use bp_isa::types::ElementKind;
use bp_isa::{Instr, Kind, Reg};

/// Bit of a slice's flags: the low end is given.
const LOW_GIVEN: i64 = 1;
/// Bit of a slice's flags: the high end is given.
const HIGH_GIVEN: i64 = 2;

impl<'p> Lowering<'_, 'p> {
    /// A local's value.
    pub(crate) fn read_local(&mut self, local: LocalId, dst: Option<Reg>) -> Value {
        if let Some(constant) = self.constant_param(local) {
            return self.expr(constant, dst);
        }
        let reg = self.local_register(local);
        if self.local(local).captured {
            return self.load_field(reg, 0, self.local(local).ty, dst);
        }
        self.deliver(Value { reg, temporary: false }, dst)
    }

    /// A global's value.
    pub(crate) fn read_global(&mut self, global: GlobalId, dst: Option<Reg>) -> Value {
        let place = self.unit.globals.slots[global.index()];
        if let Some(flag) = place.initialised {
            self.check_initialised(flag, global);
        }
        let kind = self.value_kind(self.unit.program.globals[global.index()].ty);
        let value = self.destination(dst, kind);
        let (dst, slot) = (value.reg, place.slot);
        self.asm.emit(match kind {
            Kind::Ref => Instr::GetGlobalRef { dst, slot },
            Kind::Int | Kind::Float => Instr::GetGlobal { dst, slot },
        });
        value
    }

    /// Throws unless the global's `let` has run, which its flag tells.
    fn check_initialised(&mut self, flag: u32, global: GlobalId) {
        let is_set = self.temporary(Kind::Int);
        let go_on = self.asm.label();
        self.asm.emit(Instr::GetGlobal { dst: is_set.reg, slot: flag });
        self.branch_bool(is_set.reg, go_on, true);
        let name = &self.unit.program.globals[global.index()].name;
        let message = format!("global variable `{name}` read before its `let` has run");
        let index = self.unit.string_constant(message.as_bytes());
        let text = self.temporary(Kind::Ref);
        self.asm.emit(Instr::ConstRef { dst: text.reg, index });
        let error = self.new_error(ErrorClass::RuntimeError, text);
        self.asm.emit(Instr::Throw { src: error.reg });
        self.release(error);
        self.asm.bind(go_on);
        self.release(is_set);
    }

    /// Word number `field` of an object as a value of `ty`.
    pub(crate) fn load_field(&mut self, object: Reg, field: u32, ty: Ty, dst: Option<Reg>) -> Value {
        let kind = self.value_kind(ty);
        let value = self.destination(dst, kind);
        let (dst, field) = (value.reg, field as u16);
        self.asm.emit(match kind {
            Kind::Int => Instr::GetFieldInt { dst, object, field },
            Kind::Float => Instr::GetFieldFloat { dst, object, field },
            Kind::Ref => Instr::GetFieldRef { dst, object, field },
        });
        value
    }

    /// `object.field` of a struct or class.
    pub(crate) fn field(&mut self, object: &'p Expr, field: u32, ty: Ty, dst: Option<Reg>) -> Value {
        if field == TRACE_FIELD && self.is_error(object.ty) {
            self.type_number(ty);
            return self.internal(Builtin::ErrorTrace, &[object], dst, Kind::Ref);
        }
        let base = self.value(object);
        self.release(base);
        self.load_field(base.reg, field, ty, dst)
    }

    fn is_error(&self, ty: Ty) -> bool {
        let TyKind::Record(mut id) = *self.ty(ty) else { return false };
        while let Some(base) = self.unit.program.records[id.index()].base {
            id = base;
        }
        id.index() == ErrorClass::Error as usize
    }

    /// A tuple's member by constant number.
    pub(crate) fn member(&mut self, object: &'p Expr, member: u32, ty: Ty, dst: Option<Reg>) -> Value {
        let base = self.value(object);
        self.release(base);
        self.load_field(base.reg, member, ty, dst)
    }

    /// `object[index]`.
    pub(crate) fn index(&mut self, object: &'p Expr, index: &'p Expr, ty: Ty, dst: Option<Reg>) -> Value {
        let base = self.value(object);
        let key = self.value(index);
        self.index_values(object.ty, base, key, index.ty, ty, dst)
    }

    /// `base[key]` of values in registers; releases them.
    pub(crate) fn index_values(
        &mut self,
        object_ty: Ty,
        base: Value,
        key: Value,
        key_ty: Ty,
        ty: Ty,
        dst: Option<Reg>,
    ) -> Value {
        let kind = self.value_kind(ty);
        if let TyKind::Tuple(_) = self.ty(object_ty) {
            let types = [self.type_number(ty), self.type_number(object_ty)];
            return self.internal_values(Builtin::TupleGet, &[base, key], &[Kind::Ref, Kind::Int], &types, dst, kind);
        }
        self.release(key);
        self.release(base);
        let value = self.destination(dst, kind);
        let (dst, object, index) = (value.reg, base.reg, key.reg);
        self.asm.emit(match self.ty(object_ty) {
            TyKind::Array(element) => array_get(self.unit.types.element_kind(*element), dst, object, index),
            TyKind::Str => Instr::StrIndex { dst, string: object, index },
            _ => match self.key_kind(key_ty) {
                KeyKind::Int => Instr::MapGetInt { dst, map: object, key: index },
                KeyKind::Str => Instr::MapGetStr { dst, map: object, key: index },
                KeyKind::Any => Instr::MapGetAny { dst, map: object, key: index },
            },
        });
        value
    }

    /// `object[low:high:step]`.
    pub(crate) fn slice(&mut self, object: &'p Expr, bounds: &'p SliceBounds, dst: Option<Reg>) -> Value {
        let base = self.value(object);
        let [low, high, step, flags] = self.slice_bounds(bounds);
        let types = self.element_types(object.ty);
        let builtin = if types.is_empty() { Builtin::StrSlice } else { Builtin::ArraySlice };
        let kinds = [Kind::Ref, Kind::Int, Kind::Int, Kind::Int, Kind::Int];
        self.internal_values(builtin, &[base, low, high, step, flags], &kinds, &types, dst, Kind::Ref)
    }

    /// Low end, high end, step and flags of a slice, in registers.
    pub(crate) fn slice_bounds(&mut self, bounds: &'p SliceBounds) -> [Value; 4] {
        let low = self.slice_bound(bounds.low.as_deref(), 0);
        let high = self.slice_bound(bounds.high.as_deref(), 0);
        let step = self.slice_bound(bounds.step.as_deref(), 1);
        let given = [(bounds.low.is_some(), LOW_GIVEN), (bounds.high.is_some(), HIGH_GIVEN)];
        let flags = given.iter().filter(|(is, _)| *is).map(|(_, bit)| bit).sum();
        [low, high, step, self.constant(Constant::Int(flags))]
    }

    fn slice_bound(&mut self, bound: Option<&'p Expr>, default: i64) -> Value {
        match bound {
            Some(expr) => self.value(expr),
            None => self.constant(Constant::Int(default)),
        }
    }
}

/// The instruction that reads an element.
pub(crate) fn array_get(element: ElementKind, dst: Reg, array: Reg, index: Reg) -> Instr {
    match element {
        ElementKind::Int => Instr::ArrayGetInt { dst, array, index },
        ElementKind::Float => Instr::ArrayGetFloat { dst, array, index },
        ElementKind::Ref => Instr::ArrayGetRef { dst, array, index },
        ElementKind::Byte => Instr::ArrayGetByte { dst, array, index },
        ElementKind::I32 => Instr::ArrayGetI32 { dst, array, index },
        ElementKind::F32 => Instr::ArrayGetF32 { dst, array, index },
    }
}
