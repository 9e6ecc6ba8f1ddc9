//! Literals of arrays, maps, sets, tuples and records, and f-strings.

use crate::compare::KeyKind;
use crate::expr::is_constant;
use crate::function::{Lowering, Value};
use bp_builtins::Builtin;
use bp_builtins::errors::ErrorClass;
use bp_check::hir::{Arg, Expr, FormatPart, RecordId};
use bp_check::types::{Ty, TyKind};
use bp_isa::types::ElementKind;
use bp_isa::{Instr, Kind, Reg};

impl<'p> Lowering<'_, 'p> {
    /// `[a, b]`. Built in a temporary, since the elements may read the destination.
    pub(crate) fn array(&mut self, ty: Ty, elements: &'p [Expr], dst: Option<Reg>) -> Value {
        let TyKind::Array(element) = *self.ty(ty) else { unreachable!("an array literal is an array") };
        let kind = self.unit.types.element_kind(element);
        let number = self.type_number(ty);
        // Elements may read the destination, or throw before it may change.
        let is_plain = elements.len() <= i16::MAX as usize && elements.iter().all(is_constant);
        let array = if is_plain { self.destination(dst, Kind::Ref) } else { self.temporary(Kind::Ref) };
        let capacity = i16::try_from(elements.len()).unwrap_or(i16::MAX);
        self.asm.emit(Instr::NewArray { dst: array.reg, capacity, ty: number });
        for expr in elements {
            let src = self.value(expr);
            self.asm.emit(array_push(kind, array.reg, src.reg));
            self.release(src);
        }
        self.deliver(array, dst)
    }

    /// `{k: v}`
    pub(crate) fn map(&mut self, ty: Ty, entries: &'p [(Expr, Expr)], dst: Option<Reg>) -> Value {
        let number = self.type_number(ty);
        let map = if entries.is_empty() { self.destination(dst, Kind::Ref) } else { self.temporary(Kind::Ref) };
        self.asm.emit(Instr::NewMap { dst: map.reg, ty: number });
        for (key, value) in entries {
            let key_value = self.value(key);
            let src = self.value(value);
            self.set_entry(map.reg, key.ty, key_value.reg, src.reg);
            self.release(src);
            self.release(key_value);
        }
        self.deliver(map, dst)
    }

    /// `{a, b}`: a set is a map whose values are the ints 1.
    pub(crate) fn set(&mut self, ty: Ty, elements: &'p [Expr], dst: Option<Reg>) -> Value {
        let number = self.type_number(ty);
        let set = if elements.is_empty() { self.destination(dst, Kind::Ref) } else { self.temporary(Kind::Ref) };
        self.asm.emit(Instr::NewMap { dst: set.reg, ty: number });
        let present = self.constant(crate::constants::Constant::Int(1));
        for expr in elements {
            let key = self.value(expr);
            self.set_entry(set.reg, expr.ty, key.reg, present.reg);
            self.release(key);
        }
        self.release(present);
        self.deliver(set, dst)
    }

    fn set_entry(&mut self, map: Reg, key_ty: Ty, key: Reg, src: Reg) {
        self.asm.emit(match self.key_kind(key_ty) {
            KeyKind::Int => Instr::MapSetInt { map, key, src },
            KeyKind::Str => Instr::MapSetStr { map, key, src },
            KeyKind::Any => Instr::MapSetAny { map, key, src },
        });
    }

    /// `(a, b)`
    pub(crate) fn tuple(&mut self, ty: Ty, members: &'p [Expr], dst: Option<Reg>) -> Value {
        let number = self.type_number(ty);
        let window = self.values_window(members.iter());
        self.close_window(window);
        let value = self.destination(dst, Kind::Ref);
        self.asm.emit(Instr::NewRecord { dst: value.reg, args: window.base, count: window.count, ty: number });
        value
    }

    /// A new struct or class object. Fields that are not given (the hidden trace of an error, the
    /// fields of a class before its `__init__`) start as null or zero.
    pub(crate) fn new_record(&mut self, record: RecordId, args: &'p [Arg], dst: Option<Reg>) -> Value {
        let number = self.unit.types.record(record);
        let fields = &self.unit.program.records[record.index()].fields;
        let kinds: Vec<Kind> = fields.iter().map(|field| self.value_kind(field.ty)).collect();
        let window = self.open_window(&kinds);
        let mut given = vec![false; kinds.len()];
        for arg in args {
            given[arg.param as usize] = true;
            let reg = self.window_register(window, arg.param as usize);
            self.value_into(&arg.value, reg);
        }
        for (index, kind) in kinds.iter().enumerate().filter(|(index, _)| !given[*index]) {
            let dst = self.window_register(window, index);
            self.asm.emit(match kind {
                Kind::Ref => Instr::ConstNull { dst },
                Kind::Int => Instr::ConstInt { dst, value: 0 },
                Kind::Float => Instr::ConstWord { dst, bits: 0 },
            });
        }
        self.close_window(window);
        let value = self.destination(dst, Kind::Ref);
        self.asm.emit(Instr::NewRecord { dst: value.reg, args: window.base, count: window.count, ty: number });
        value
    }

    /// A new object of a built-in error class with a message.
    pub(crate) fn new_error(&mut self, class: ErrorClass, message: Value) -> Value {
        let window = self.open_window(&[Kind::Ref, Kind::Ref]);
        self.copy(window.base, message.reg);
        self.release(message);
        let trace = self.window_register(window, 1);
        self.asm.emit(Instr::ConstNull { dst: trace });
        self.close_window(window);
        let value = self.temporary(Kind::Ref);
        let ty = bp_isa::types::error_class_type(class);
        self.asm.emit(Instr::NewRecord { dst: value.reg, args: window.base, count: window.count, ty });
        value
    }

    // ---- text

    /// An f-string: the texts of its parts, joined.
    pub(crate) fn format(&mut self, parts: &'p [FormatPart], dst: Option<Reg>) -> Value {
        match parts {
            [] => {
                let index = self.unit.string_constant(b"");
                let value = self.constant(crate::constants::Constant::Ref(index));
                self.deliver(value, dst)
            }
            [part] => self.format_part(part, dst),
            _ => {
                let window = self.open_window(&vec![Kind::Ref; parts.len()]);
                for (index, part) in parts.iter().enumerate() {
                    let reg = self.window_register(window, index);
                    self.format_part(part, Some(reg));
                }
                self.close_window(window);
                let value = self.destination(dst, Kind::Ref);
                self.asm.emit(Instr::StrConcatAll { dst: value.reg, args: window.base, count: window.count });
                value
            }
        }
    }

    fn format_part(&mut self, part: &'p FormatPart, dst: Option<Reg>) -> Value {
        match part {
            FormatPart::Text(bytes) => {
                let index = self.unit.string_constant(bytes);
                let constant = crate::constants::Constant::Ref(index);
                match dst {
                    Some(reg) => {
                        self.constant_into(constant, reg);
                        Value { reg, temporary: false }
                    }
                    None => self.constant(constant),
                }
            }
            FormatPart::Value(value) => self.text(value, dst),
            FormatPart::Formatted(value, spec) => {
                let builtin = match self.ty(value.ty) {
                    TyKind::Float => Builtin::FormatFloat,
                    TyKind::Str => Builtin::FormatStr,
                    TyKind::Bool => Builtin::FormatBool,
                    _ => Builtin::FormatInt,
                };
                self.internal(builtin, &[value, spec], dst, Kind::Ref)
            }
        }
    }

    /// The text of a value.
    pub(crate) fn text(&mut self, value: &'p Expr, dst: Option<Reg>) -> Value {
        if *self.ty(value.ty) == TyKind::Str {
            return self.expr(value, dst);
        }
        let ty = self.type_number(value.ty);
        self.unary(value, Kind::Ref, dst, |dst, src| Instr::ToStr { dst, src, ty })
    }
}

/// The instruction that appends an element.
pub(crate) fn array_push(element: ElementKind, array: Reg, src: Reg) -> Instr {
    match element {
        ElementKind::Int => Instr::ArrayPushInt { array, src },
        ElementKind::Float => Instr::ArrayPushFloat { array, src },
        ElementKind::Ref => Instr::ArrayPushRef { array, src },
        ElementKind::Byte => Instr::ArrayPushByte { array, src },
        ElementKind::I32 => Instr::ArrayPushI32 { array, src },
        ElementKind::F32 => Instr::ArrayPushF32 { array, src },
    }
}
