//! Checked types to run-time types: numbers, register kinds, storage.

use bp_builtins::errors::ErrorClass;
use bp_check::hir::{self, RecordId};
use bp_check::types::{Ty, TyKind};
use bp_isa::Kind;
use bp_isa::types::{ElementKind, FIRST_ERROR_CLASS, FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId};

/// Numbers the types of a program as lowering meets them.
pub(crate) struct TypeNumbers<'p> {
    program: &'p hir::Program,
    numbers: Vec<Option<TypeId>>,
    rows: Vec<Option<TypeDesc>>,
}

impl<'p> TypeNumbers<'p> {
    /// No type numbered yet but the fixed ones.
    pub(crate) fn new(program: &'p hir::Program) -> Self {
        Self { program, numbers: vec![None; program.types.len()], rows: Vec::new() }
    }

    /// The rows in number order.
    pub(crate) fn into_rows(self) -> Vec<TypeDesc> {
        self.rows.into_iter().map(|row| row.expect("every reserved row is filled")).collect()
    }

    /// What `ty` is.
    pub(crate) fn kind(&self, ty: Ty) -> &'p TyKind {
        self.program.types.kind(ty)
    }

    /// The register kind of values of `ty`; none for void.
    pub(crate) fn register_kind(&self, ty: Ty) -> Option<Kind> {
        match self.kind(ty) {
            TyKind::Void | TyKind::Never => None,
            TyKind::Int | TyKind::Bool | TyKind::Ptr | TyKind::U8 | TyKind::I32 | TyKind::Enum(_) => Some(Kind::Int),
            TyKind::Float | TyKind::F32 => Some(Kind::Float),
            _ => Some(Kind::Ref),
        }
    }

    /// How an array of `element`s stores them.
    pub(crate) fn element_kind(&self, element: Ty) -> ElementKind {
        match self.kind(element) {
            TyKind::Bool | TyKind::U8 => ElementKind::Byte,
            TyKind::I32 => ElementKind::I32,
            TyKind::F32 => ElementKind::F32,
            _ => match self.register_kind(element) {
                Some(Kind::Float) => ElementKind::Float,
                Some(Kind::Ref) => ElementKind::Ref,
                _ => ElementKind::Int,
            },
        }
    }

    /// The number of a struct or class.
    pub(crate) fn record(&mut self, record: RecordId) -> TypeId {
        if record.index() < ErrorClass::ALL.len() {
            return FIRST_ERROR_CLASS + record.0;
        }
        let ty = self.program.types.find(&TyKind::Record(record)).expect("a record's type is interned with it");
        self.number(ty)
    }

    /// The number of `ty`.
    pub(crate) fn number(&mut self, ty: Ty) -> TypeId {
        if let Some(number) = self.numbers[ty.index()] {
            return number;
        }
        let number = match self.kind(ty) {
            TyKind::Int => FixedType::Int.id(),
            TyKind::Float => FixedType::Float.id(),
            TyKind::Bool => FixedType::Bool.id(),
            TyKind::Str => FixedType::Str.id(),
            TyKind::Ptr => FixedType::Ptr.id(),
            TyKind::U8 => FixedType::U8.id(),
            TyKind::I32 => FixedType::I32.id(),
            TyKind::F32 => FixedType::F32.id(),
            TyKind::Void | TyKind::Never | TyKind::Null => FixedType::Void.id(),
            TyKind::Record(record) if record.index() < ErrorClass::ALL.len() => FIRST_ERROR_CLASS + record.0,
            kind => return self.declare(ty, kind),
        };
        self.numbers[ty.index()] = Some(number);
        number
    }

    /// Reserves the number before filling the row: types may contain themselves.
    fn declare(&mut self, ty: Ty, kind: &'p TyKind) -> TypeId {
        let row = self.rows.len();
        let number = FIRST_PROGRAM_TYPE + u32::try_from(row).expect("type numbers fit 20 bits");
        self.numbers[ty.index()] = Some(number);
        self.rows.push(None);
        self.rows[row] = Some(self.describe(kind));
        number
    }

    fn describe(&mut self, kind: &'p TyKind) -> TypeDesc {
        match kind {
            TyKind::Enum(id) => {
                let declared = &self.program.enums[id.index()];
                TypeDesc::Enum { name: declared.name.clone(), members: declared.members.clone() }
            }
            TyKind::Array(element) => TypeDesc::Array { element: self.number(*element) },
            TyKind::Map(key, value) => TypeDesc::Map { key: self.number(*key), value: self.number(*value) },
            TyKind::Set(key) => TypeDesc::Set { key: self.number(*key) },
            TyKind::Tuple(members) => TypeDesc::Tuple { members: members.iter().map(|m| self.number(*m)).collect() },
            TyKind::Function(params, result) => TypeDesc::Function {
                params: params.iter().map(|p| self.number(*p)).collect(),
                result: self.number(*result),
            },
            TyKind::Optional(inner) => TypeDesc::Optional { inner: self.number(*inner) },
            TyKind::Record(id) => self.describe_record(*id),
            other => unreachable!("{other:?} has a fixed number or never reaches lowering"),
        }
    }

    fn describe_record(&mut self, id: RecordId) -> TypeDesc {
        let record = &self.program.records[id.index()];
        TypeDesc::Record {
            name: record.name.clone(),
            is_class: record.is_class,
            base: record.base.map(|base| self.record(base)),
            fields: record.fields.iter().map(|f| (f.name.clone(), self.number(f.ty))).collect(),
            vtable: record.vtable.iter().map(|f| f.0).collect(),
            to_str: record.to_str.map(|f| f.0),
            equals: record.equals.map(|f| f.0),
            less: record.less.map(|f| f.0),
        }
    }
}
