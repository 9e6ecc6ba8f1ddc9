//! Writing: bindings, assignment and augmented assignment to every kind of place.

use crate::compare::KeyKind;
use crate::constants::Constant;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_check::hir::{Binding, Expr, ExprKind, GlobalId, LocalId, Place, PlaceKind, SliceBounds};
use bp_check::types::{Ty, TyKind};
use bp_isa::types::{ElementKind, FixedType};
use bp_isa::{Instr, Kind, Reg};
use bp_syntax::ast::BinaryOp;

impl<'p> Lowering<'_, 'p> {
    // ---- bindings

    /// `let binding = value`.
    pub(crate) fn bind_expr(&mut self, binding: &'p Binding, value: &'p Expr) {
        match binding {
            Binding::Discard => self.effect(value),
            Binding::Local(local) if !self.local(*local).captured => {
                let reg = self.declare(*local);
                self.value_into(value, reg);
            }
            Binding::Tuple(parts) if matches!(&value.kind, ExprKind::Tuple(members) if members.len() == parts.len()) => {
                // `let a, b = x, y` makes no tuple. The new names are not visible in the members.
                let ExprKind::Tuple(members) = &value.kind else { unreachable!("just matched") };
                parts.iter().zip(members).for_each(|(part, member)| self.bind_expr(part, member));
            }
            Binding::Local(_) | Binding::Tuple(_) => {
                let src = self.value(value);
                self.bind_value(binding, src, value.ty);
            }
        }
    }

    /// Binds a value of `ty` that is in a register; releases it.
    pub(crate) fn bind_value(&mut self, binding: &'p Binding, value: Value, ty: Ty) {
        match binding {
            Binding::Discard => {}
            Binding::Local(local) => self.bind_local(*local, value.reg),
            Binding::Tuple(parts) => {
                let TyKind::Tuple(members) = self.ty(ty) else { unreachable!("only tuples are unpacked") };
                for (number, (part, member)) in parts.iter().zip(members).enumerate() {
                    let dst = self.binding_register(part);
                    let src = self.load_field(value.reg, number as u32, *member, dst);
                    self.bind_value(part, src, *member);
                }
            }
        }
        self.release(value);
    }

    /// The register of the local that a binding brings into scope, if it is just that.
    pub(crate) fn binding_register(&mut self, binding: &'p Binding) -> Option<Reg> {
        match binding {
            Binding::Local(local) if !self.local(*local).captured => Some(self.declare(*local)),
            _ => None,
        }
    }

    /// Brings a local into scope with the value of a register.
    pub(crate) fn bind_local(&mut self, local: LocalId, src: Reg) {
        if self.local(local).captured {
            let cell = self.registers.take(Kind::Ref);
            self.new_cell(cell, src, self.local(local).ty);
            self.place_local(local, cell);
            return;
        }
        let reg = self.declare(local);
        self.copy(reg, src);
    }

    /// Brings an uncaptured local into scope; its register is to be written.
    pub(crate) fn declare(&mut self, local: LocalId) -> Reg {
        if let Some(reg) = self.locals[local.index()] {
            return reg;
        }
        let reg = self.take(self.local(local).ty);
        self.place_local(local, reg);
        reg
    }

    // ---- assignment

    /// `place = value`: the value first, then the parts of the place.
    pub(crate) fn assign(&mut self, place: &'p Place, value: &'p Expr) {
        match &place.kind {
            PlaceKind::Discard => self.effect(value),
            PlaceKind::Local(local) if !self.local(*local).captured => {
                let reg = self.declare(*local);
                self.value_into(value, reg);
            }
            PlaceKind::Tuple(parts) if matches!(value.kind, ExprKind::Tuple(_)) => {
                let ExprKind::Tuple(members) = &value.kind else { unreachable!("just matched") };
                self.assign_members(parts, members);
            }
            _ => {
                let src = self.value(value);
                self.assign_value(place, src, value.ty);
            }
        }
    }

    /// `a, b = b, a`: all values are taken before the first place is written.
    fn assign_members(&mut self, parts: &'p [Place], members: &'p [Expr]) {
        let mut values = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            let value = self.value(member);
            // A variable that no earlier part writes is read where it is.
            let is_safe = parts[..index].iter().all(|part| !self.may_write(part, value.reg));
            values.push(if is_safe { value } else { self.stable(value, member) });
        }
        for ((part, member), value) in parts.iter().zip(members).zip(values) {
            self.assign_value(part, value, member.ty);
        }
    }

    /// Whether assigning to `place` may write a register.
    fn may_write(&self, place: &Place, reg: Reg) -> bool {
        match &place.kind {
            PlaceKind::Local(local) => self.locals[local.index()] == Some(reg),
            PlaceKind::Tuple(parts) => parts.iter().any(|part| self.may_write(part, reg)),
            PlaceKind::Discard
            | PlaceKind::Global(_)
            | PlaceKind::Field(..)
            | PlaceKind::Index(..)
            | PlaceKind::Slice(..) => false,
        }
    }

    /// Assigns a value of `ty` that is in a register; releases it.
    pub(crate) fn assign_value(&mut self, place: &'p Place, value: Value, ty: Ty) {
        self.at(place.span, |this| this.assign_value_at(place, value, ty));
    }

    fn assign_value_at(&mut self, place: &'p Place, value: Value, ty: Ty) {
        match &place.kind {
            PlaceKind::Discard => {}
            PlaceKind::Local(local) => self.write_local(*local, value.reg),
            PlaceKind::Global(global) => self.write_global(*global, value.reg),
            PlaceKind::Field(object, field) => {
                let base = self.value(object);
                self.store_field(base.reg, *field, place.ty, value.reg);
                self.release(base);
            }
            PlaceKind::Index(object, index) => {
                let base = self.value(object);
                let key = self.value(index);
                self.store_index(object.ty, index.ty, base.reg, key.reg, value.reg);
                self.release(key);
                self.release(base);
            }
            PlaceKind::Slice(object, bounds) => return self.assign_slice(object, bounds, value),
            PlaceKind::Tuple(parts) => {
                let TyKind::Tuple(members) = self.ty(ty) else { unreachable!("only tuples are unpacked") };
                for (number, (part, member)) in parts.iter().zip(members).enumerate() {
                    let src = self.load_field(value.reg, number as u32, *member, None);
                    self.assign_value(part, src, *member);
                }
            }
        }
        self.release(value);
    }

    fn assign_slice(&mut self, object: &'p Expr, bounds: &'p SliceBounds, value: Value) {
        let base = self.value(object);
        let [low, high, step, flags] = self.slice_bounds(bounds);
        let types = self.element_types(object.ty);
        let kinds = [Kind::Ref, Kind::Int, Kind::Int, Kind::Int, Kind::Int, Kind::Ref];
        let values = [base, low, high, step, flags, value];
        let result = self.internal_values(Builtin::ArraySliceAssign, &values, &kinds, &types, None, Kind::Int);
        self.release(result);
    }

    fn write_local(&mut self, local: LocalId, src: Reg) {
        if self.local(local).captured && self.locals[local.index()].is_some() {
            let cell = self.local_register(local);
            return self.store_field(cell, 0, self.local(local).ty, src);
        }
        self.bind_local(local, src);
    }

    fn write_global(&mut self, global: GlobalId, src: Reg) {
        let place = self.unit.globals.slots[global.index()];
        let slot = place.slot;
        self.asm.emit(match self.value_kind(self.unit.program.globals[global.index()].ty) {
            Kind::Ref => Instr::SetGlobalRef { src, slot },
            Kind::Int | Kind::Float => Instr::SetGlobal { src, slot },
        });
        if let Some(flag) = place.initialised {
            let one = self.constant(Constant::Int(1));
            self.asm.emit(Instr::SetGlobal { src: one.reg, slot: flag });
            self.release(one);
        }
    }

    /// Word number `field` of an object `= src`, a value of `ty`.
    pub(crate) fn store_field(&mut self, object: Reg, field: u32, ty: Ty, src: Reg) {
        let field = field as u16;
        self.asm.emit(match self.value_kind(ty) {
            Kind::Int => Instr::SetFieldInt { object, field, src },
            Kind::Float => Instr::SetFieldFloat { object, field, src },
            Kind::Ref => Instr::SetFieldRef { object, field, src },
        });
    }

    /// `object[index] = src` of an array or map.
    fn store_index(&mut self, object_ty: Ty, key_ty: Ty, object: Reg, index: Reg, src: Reg) {
        self.asm.emit(match self.ty(object_ty) {
            TyKind::Array(element) => array_set(self.unit.types.element_kind(*element), object, index, src),
            _ => match self.key_kind(key_ty) {
                KeyKind::Int => Instr::MapSetInt { map: object, key: index, src },
                KeyKind::Str => Instr::MapSetStr { map: object, key: index, src },
                KeyKind::Any => Instr::MapSetAny { map: object, key: index, src },
            },
        });
    }

    // ---- augmented assignment

    /// `place op= value`: the parts of the place once and first.
    pub(crate) fn augmented(&mut self, place: &'p Place, op: BinaryOp, value: &'p Expr) {
        match &place.kind {
            PlaceKind::Local(local) if !self.local(*local).captured => {
                let reg = self.local_register(*local);
                let left = Value { reg, temporary: false };
                self.binary_with(op, place.ty, left, value, Some(reg));
            }
            PlaceKind::Local(_) | PlaceKind::Global(_) => {
                let left = match place.kind {
                    PlaceKind::Local(local) => self.read_local(local, None),
                    PlaceKind::Global(global) => self.read_global(global, None),
                    _ => unreachable!("just matched"),
                };
                let result = self.binary_with(op, place.ty, left, value, None);
                self.assign_value(place, result, place.ty);
            }
            PlaceKind::Field(object, field) => {
                let base = self.value(object);
                let left = self.load_field(base.reg, *field, place.ty, None);
                let result = self.binary_with(op, place.ty, left, value, None);
                self.store_field(base.reg, *field, place.ty, result.reg);
                self.release(result);
                self.release(base);
            }
            PlaceKind::Index(object, index) => self.augmented_index(place, op, object, index, value),
            PlaceKind::Discard | PlaceKind::Slice(..) | PlaceKind::Tuple(_) => {
                unreachable!("the checker refuses augmented assignment to this place")
            }
        }
    }

    fn augmented_index(&mut self, place: &'p Place, op: BinaryOp, object: &'p Expr, index: &'p Expr, value: &'p Expr) {
        let base = self.value(object);
        let key = self.value(index);
        // Borrowed: both are used again for the store.
        let (base_again, key_again) = (Value { temporary: false, ..base }, Value { temporary: false, ..key });
        let left = self.index_values(object.ty, base_again, key_again, index.ty, place.ty, None);
        let result = self.binary_with(op, place.ty, left, value, None);
        self.store_index(object.ty, index.ty, base.reg, key.reg, result.reg);
        self.release(result);
        self.release(key);
        self.release(base);
    }

    /// `cell = ` a new cell with the value of `src`.
    pub(crate) fn new_cell(&mut self, cell: Reg, src: Reg, ty: Ty) {
        let kind = self.value_kind(ty);
        let ty = self.cell_type(ty);
        self.box_word(cell, src, kind, ty);
    }

    /// `dst = ` a new one-word object of type `ty` with the value of `src`.
    pub(crate) fn box_word(&mut self, dst: Reg, src: Reg, kind: Kind, ty: u32) {
        debug_assert!(ty < FixedType::ALL.len() as u32);
        let window = self.open_window(&[kind]);
        self.copy(window.base, src);
        self.close_window(window);
        self.asm.emit(Instr::NewRecord { dst, args: window.base, count: 1, ty });
    }
}

fn array_set(element: ElementKind, array: Reg, index: Reg, src: Reg) -> Instr {
    match element {
        ElementKind::Int => Instr::ArraySetInt { array, index, src },
        ElementKind::Float => Instr::ArraySetFloat { array, index, src },
        ElementKind::Ref => Instr::ArraySetRef { array, index, src },
        ElementKind::Byte => Instr::ArraySetByte { array, index, src },
        ElementKind::I32 => Instr::ArraySetI32 { array, index, src },
        ElementKind::F32 => Instr::ArraySetF32 { array, index, src },
    }
}
