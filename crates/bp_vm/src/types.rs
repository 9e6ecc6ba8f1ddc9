//! The types of a running program, fixed and declared, by number.
//!
//! What an object is follows from the type number in its header; here that number turns into the
//! header of new objects, the reference map for the collector, the element kind of an array.
//!
//! Absence: nothing changes after [`Types::new`].

use crate::heap::RefMaps;
use bp_builtins::errors::ErrorClass;
use bp_isa::Program;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{array, map};
use bp_isa::types::{
    ElementKind, FIRST_ERROR_CLASS, FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId, error_class_type,
};
use std::collections::HashMap;

/// All types of a program.
pub struct Types {
    /// Descriptions of error classes, from [`FIRST_ERROR_CLASS`] on.
    errors: Vec<TypeDesc>,
    /// Descriptions of the program's types, from [`FIRST_PROGRAM_TYPE`] on.
    declared: Vec<TypeDesc>,
    /// By type number.
    infos: Vec<Info>,
    arrays: HashMap<TypeId, TypeId>,
    maps: HashMap<(TypeId, TypeId), TypeId>,
    sets: HashMap<TypeId, TypeId>,
    tuples: HashMap<Box<[TypeId]>, TypeId>,
}

/// What is asked often about a type.
#[derive(Clone, Copy)]
struct Info {
    header: Header,
    is_reference: bool,
    /// Of an array type: how it stores elements.
    elements: ElementKind,
    /// Of a map or set: the type of its entry storage.
    entries: FixedType,
    /// Position in a walk that visits every class before its subclasses.
    position: u32,
    /// Number of direct and indirect subclasses.
    subclasses: u32,
}

impl Types {
    /// The types of a program.
    pub fn new(program: &Program) -> Types {
        let mut types = Types {
            errors: ErrorClass::ALL.iter().map(|&class| describe_error(class)).collect(),
            declared: program.types.clone(),
            infos: Vec::new(),
            arrays: HashMap::new(),
            maps: HashMap::new(),
            sets: HashMap::new(),
            tuples: HashMap::new(),
        };
        let count = FIRST_PROGRAM_TYPE as usize + types.declared.len();
        types.infos = (0..count).map(|ty| types.describe(ty as TypeId)).collect();
        types.number_classes();
        types.note_parts();
        types
    }

    fn describe(&self, ty: TypeId) -> Info {
        let (kind, words) = self.shape(ty);
        let (elements, entries) = match self.desc(ty) {
            Some(TypeDesc::Array { element }) => (self.kind_of_elements(*element), FixedType::None),
            Some(TypeDesc::Map { key, value }) => (ElementKind::Ref, self.entries_of(*key, *value)),
            Some(TypeDesc::Set { key }) => (ElementKind::Ref, self.entries_of(*key, FixedType::Int.id())),
            _ => (ElementKind::Ref, FixedType::None),
        };
        let is_reference = self.has_reference_values(ty);
        Info { header: Header::new(ty, kind, words), is_reference, elements, entries, position: 0, subclasses: 0 }
    }

    /// Reference kind and, if all objects of the type have the same size, payload words.
    fn shape(&self, ty: TypeId) -> (RefKind, usize) {
        match self.desc(ty) {
            Some(TypeDesc::Array { .. }) => (RefKind::Mapped, array::WORDS),
            Some(TypeDesc::Map { .. } | TypeDesc::Set { .. }) => (RefKind::Mapped, map::WORDS),
            Some(TypeDesc::Tuple { members }) => self.record_shape(members.iter().copied()),
            Some(TypeDesc::Record { fields, .. }) => self.record_shape(fields.iter().map(|(_, ty)| *ty)),
            Some(TypeDesc::Enum { .. } | TypeDesc::Function { .. } | TypeDesc::Optional { .. }) => (RefKind::None, 0),
            None => FixedType::ALL.get(ty as usize).map_or((RefKind::None, 0), |&fixed| fixed_shape(fixed)),
        }
    }

    fn record_shape(&self, fields: impl ExactSizeIterator<Item = TypeId>) -> (RefKind, usize) {
        let words = fields.len();
        let mut fields = fields;
        let kind = if fields.any(|ty| self.has_reference_values(ty)) { RefKind::Mapped } else { RefKind::None };
        (kind, words)
    }

    fn has_reference_values(&self, ty: TypeId) -> bool {
        match self.desc(ty) {
            Some(TypeDesc::Enum { .. }) => false,
            Some(_) => true,
            None => FixedType::ALL.get(ty as usize).is_some_and(|&fixed| !is_word(fixed)),
        }
    }

    fn kind_of_elements(&self, element: TypeId) -> ElementKind {
        match FixedType::ALL.get(element as usize) {
            Some(FixedType::Bool | FixedType::U8) => ElementKind::Byte,
            Some(FixedType::I32) => ElementKind::I32,
            Some(FixedType::F32) => ElementKind::F32,
            Some(FixedType::Float) => ElementKind::Float,
            _ if self.has_reference_values(element) => ElementKind::Ref,
            _ => ElementKind::Int,
        }
    }

    fn entries_of(&self, key: TypeId, value: TypeId) -> FixedType {
        match (self.has_reference_values(key), self.has_reference_values(value)) {
            (false, false) => FixedType::EntriesWordWord,
            (false, true) => FixedType::EntriesWordRef,
            (true, false) => FixedType::EntriesRefWord,
            (true, true) => FixedType::EntriesRefRef,
        }
    }

    /// Numbers all types so that a class comes directly before its subclasses.
    fn number_classes(&mut self) {
        let count = self.infos.len() as TypeId;
        let mut derived: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let mut pending = Vec::new();
        for ty in 0..count {
            match self.base(ty) {
                Some(base) => derived.entry(base).or_default().push(ty),
                None => pending.push(ty),
            }
        }
        let mut order = Vec::with_capacity(count as usize);
        while let Some(ty) = pending.pop() {
            self.infos[ty as usize].position = order.len() as u32;
            order.push(ty);
            pending.extend(derived.remove(&ty).unwrap_or_default());
        }
        // Subclasses stand behind their class: backwards, each is complete when its base counts it.
        for &ty in order.iter().rev() {
            if let Some(base) = self.base(ty) {
                self.infos[base as usize].subclasses += 1 + self.infos[ty as usize].subclasses;
            }
        }
    }

    fn base(&self, ty: TypeId) -> Option<TypeId> {
        match self.desc(ty) {
            Some(TypeDesc::Record { base, .. }) => *base,
            _ => None,
        }
    }

    fn note_parts(&mut self) {
        for (row, desc) in self.declared.iter().enumerate() {
            let ty = FIRST_PROGRAM_TYPE + row as TypeId;
            match desc {
                TypeDesc::Array { element } => self.arrays.insert(*element, ty),
                TypeDesc::Map { key, value } => self.maps.insert((*key, *value), ty),
                TypeDesc::Set { key } => self.sets.insert(*key, ty),
                TypeDesc::Tuple { members } => self.tuples.insert(members.as_slice().into(), ty),
                _ => None,
            };
        }
    }

    /// The description of an error class or a type of the program; fixed types have none.
    #[inline]
    pub fn desc(&self, ty: TypeId) -> Option<&TypeDesc> {
        match ty.checked_sub(FIRST_PROGRAM_TYPE) {
            Some(row) => self.declared.get(row as usize),
            None => self.errors.get(ty.checked_sub(FIRST_ERROR_CLASS)? as usize),
        }
    }

    /// Whether values of the type are references.
    #[inline]
    pub fn is_reference(&self, ty: TypeId) -> bool {
        self.infos[ty as usize].is_reference
    }

    /// The header of a new object of the type. Of types whose objects differ in size (strings,
    /// storages, closures) it is that of an empty one.
    #[inline]
    pub fn header(&self, ty: TypeId) -> Header {
        self.infos[ty as usize].header
    }

    /// How an array of that type stores its elements.
    #[inline]
    pub fn element_kind(&self, array: TypeId) -> ElementKind {
        self.infos[array as usize].elements
    }

    /// The type of the entry storage of a map or set.
    #[inline]
    pub fn entries_type(&self, map: TypeId) -> FixedType {
        self.infos[map as usize].entries
    }

    /// Whether the class is `base` or derived from it, directly or not.
    #[inline]
    pub fn is_subclass(&self, ty: TypeId, base: TypeId) -> bool {
        let base = &self.infos[base as usize];
        self.infos[ty as usize].position.wrapping_sub(base.position) <= base.subclasses
    }

    /// How many types there are: their numbers lie below.
    pub fn count(&self) -> TypeId {
        self.infos.len() as TypeId
    }

    /// The place of a class in an order in which those derived from it follow it at once, and how many
    /// those are.
    pub fn class_range(&self, ty: TypeId) -> (u32, u32) {
        let info = &self.infos[ty as usize];
        (info.position, info.subclasses)
    }

    /// `[element]`, if the program has that type.
    pub fn array_of(&self, element: TypeId) -> Option<TypeId> {
        self.arrays.get(&element).copied()
    }

    /// `(members…)`, if the program has that type.
    pub fn tuple_of(&self, members: &[TypeId]) -> Option<TypeId> {
        self.tuples.get(members).copied()
    }

    /// `{key: value}`, if the program has that type.
    pub fn map_of(&self, key: TypeId, value: TypeId) -> Option<TypeId> {
        self.maps.get(&(key, value)).copied()
    }

    /// `{element}`, if the program has that type.
    pub fn set_of(&self, element: TypeId) -> Option<TypeId> {
        self.sets.get(&element).copied()
    }

    /// Where the references are, for the collector.
    pub fn ref_maps(&self) -> RefMaps {
        let mut maps = RefMaps::new();
        for (ty, info) in self.infos.iter().enumerate() {
            if info.header.kind() == RefKind::Mapped {
                maps.set_mapped(ty as TypeId, self.reference_words(ty as TypeId).into_iter());
            }
        }
        for (entries, key, value) in [
            (FixedType::EntriesWordWord, false, false),
            (FixedType::EntriesWordRef, false, true),
            (FixedType::EntriesRefWord, true, false),
            (FixedType::EntriesRefRef, true, true),
        ] {
            maps.set_entries(entries.id(), key, value);
        }
        maps
    }

    /// Payload words that are references, of types with objects of one size.
    fn reference_words(&self, ty: TypeId) -> Vec<usize> {
        let of_fields = |fields: &mut dyn Iterator<Item = TypeId>| {
            fields.enumerate().filter(|(_, ty)| self.is_reference(*ty)).map(|(word, _)| word).collect()
        };
        match self.desc(ty) {
            Some(TypeDesc::Array { .. }) => vec![array::STORAGE],
            Some(TypeDesc::Map { .. } | TypeDesc::Set { .. }) => vec![map::INDEX, map::ENTRIES],
            Some(TypeDesc::Tuple { members }) => of_fields(&mut members.iter().copied()),
            Some(TypeDesc::Record { fields, .. }) => of_fields(&mut fields.iter().map(|(_, ty)| *ty)),
            Some(TypeDesc::Enum { .. } | TypeDesc::Function { .. } | TypeDesc::Optional { .. }) => Vec::new(),
            None if ty == FixedType::StrView.id() => vec![bp_isa::abi::layout::string::BUFFER],
            None => vec![0],
        }
    }

    /// The type as the language writes it.
    pub fn name(&self, ty: TypeId) -> String {
        let list = |types: &[TypeId]| types.iter().map(|&ty| self.name(ty)).collect::<Vec<_>>().join(", ");
        match self.desc(ty) {
            Some(TypeDesc::Enum { name, .. } | TypeDesc::Record { name, .. }) => name.to_string(),
            Some(TypeDesc::Array { element }) => format!("[{}]", self.name(*element)),
            Some(TypeDesc::Map { key, value }) => format!("{{{}: {}}}", self.name(*key), self.name(*value)),
            Some(TypeDesc::Set { key }) => format!("{{{}}}", self.name(*key)),
            Some(TypeDesc::Tuple { members }) if members.len() == 1 => format!("({},)", list(members)),
            Some(TypeDesc::Tuple { members }) => format!("({})", list(members)),
            Some(TypeDesc::Function { params, result }) => format!("fn({}) -> {}", list(params), self.name(*result)),
            Some(TypeDesc::Optional { inner }) => match self.desc(*inner) {
                Some(TypeDesc::Function { .. }) => format!("({})?", self.name(*inner)),
                _ => format!("{}?", self.name(*inner)),
            },
            None => FixedType::ALL.get(ty as usize).map_or("", |&fixed| fixed_name(fixed)).to_owned(),
        }
    }
}

fn describe_error(class: ErrorClass) -> TypeDesc {
    TypeDesc::Record {
        name: class.name().into(),
        is_class: true,
        base: (class != ErrorClass::Error).then_some(error_class_type(ErrorClass::Error)),
        fields: vec![("message".into(), FixedType::Str.id()), ("trace".into(), FixedType::WordStorage.id())],
        vtable: Vec::new(),
        to_str: None,
        equals: None,
        less: None,
    }
}

/// Whether values of the type are words that are no references.
fn is_word(fixed: FixedType) -> bool {
    use FixedType as F;
    matches!(fixed, F::None | F::Int | F::Float | F::Bool | F::Ptr | F::Void | F::U8 | F::I32 | F::F32)
}

/// Reference kind and, if all objects of the type have the same size, payload words.
fn fixed_shape(fixed: FixedType) -> (RefKind, usize) {
    use FixedType as F;
    match fixed {
        F::None | F::Int | F::Float | F::Bool | F::Ptr | F::Void | F::U8 | F::I32 | F::F32 => (RefKind::None, 0),
        F::Str | F::StrBuffer | F::WordStorage | F::ByteStorage | F::HalfStorage => (RefKind::None, 0),
        F::MapIndex | F::EntriesWordWord => (RefKind::None, 0),
        F::StrView => (RefKind::Mapped, bp_isa::abi::layout::string::VIEW_WORDS),
        F::RefStorage | F::Closure => (RefKind::AllButFirst, 0),
        F::EntriesWordRef | F::EntriesRefWord | F::EntriesRefRef => (RefKind::Entries, 0),
        F::RefCell => (RefKind::Mapped, 1),
        F::WordCell | F::BoxedWord | F::BoxedFloat => (RefKind::None, 1),
    }
}

fn fixed_name(fixed: FixedType) -> &'static str {
    use FixedType as F;
    match fixed {
        F::Int => "int",
        F::Float => "float",
        F::Bool => "bool",
        F::Ptr => "ptr",
        F::Void => "void",
        F::U8 => "u8",
        F::I32 => "i32",
        F::F32 => "f32",
        F::Str | F::StrView => "str",
        // Never the type of a value that a program sees.
        F::None | F::StrBuffer | F::WordStorage | F::RefStorage | F::ByteStorage | F::HalfStorage | F::MapIndex => "",
        F::EntriesWordWord | F::EntriesWordRef | F::EntriesRefWord | F::EntriesRefRef => "",
        F::Closure | F::WordCell | F::RefCell | F::BoxedWord | F::BoxedFloat => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(name: &str, base: Option<TypeId>) -> TypeDesc {
        TypeDesc::Record {
            name: name.into(),
            is_class: true,
            base,
            fields: vec![("n".into(), FixedType::Int.id()), ("s".into(), FixedType::Str.id())],
            vtable: Vec::new(),
            to_str: None,
            equals: None,
            less: None,
        }
    }

    fn of(types: Vec<TypeDesc>) -> Types {
        Types::new(&Program { types, ..Program::default() })
    }

    #[test]
    fn subclasses_of_any_depth() {
        let at = |row| FIRST_PROGRAM_TYPE + row;
        let error = error_class_type(ErrorClass::ValueError);
        // 2 <- 0 <- 1, 2 <- 3, ValueError <- 4
        let types = of(vec![
            class("B", Some(at(2))),
            class("C", Some(at(0))),
            class("A", None),
            class("D", Some(at(2))),
            class("E", Some(error)),
        ]);
        let holds = [(0, 2), (1, 2), (1, 0), (3, 2)];
        for ty in 0..5 {
            for base in 0..5 {
                let expected = ty == base || holds.contains(&(ty, base));
                assert_eq!(types.is_subclass(at(ty), at(base)), expected, "{ty} {base}");
            }
        }
        assert!(types.is_subclass(at(4), error));
        assert!(types.is_subclass(at(4), FIRST_ERROR_CLASS));
        assert!(!types.is_subclass(error, at(4)));
        assert!(!types.is_subclass(at(4), error_class_type(ErrorClass::KeyError)));
        for class in ErrorClass::ALL {
            assert!(types.is_subclass(error_class_type(*class), FIRST_ERROR_CLASS));
        }
    }

    #[test]
    fn names_and_parts() {
        let (int, str) = (FixedType::Int.id(), FixedType::Str.id());
        let at = |row| FIRST_PROGRAM_TYPE + row;
        let types = of(vec![
            TypeDesc::Array { element: int },
            TypeDesc::Map { key: str, value: at(0) },
            TypeDesc::Tuple { members: vec![at(0)] },
            TypeDesc::Function { params: vec![int, str], result: FixedType::Void.id() },
            TypeDesc::Optional { inner: at(3) },
            TypeDesc::Set { key: str },
            class("Dog", None),
        ]);
        let names: Vec<String> = (0..7).map(|row| types.name(at(row))).collect();
        let expected =
            ["[int]", "{str: [int]}", "([int],)", "fn(int, str) -> void", "(fn(int, str) -> void)?", "{str}", "Dog"];
        assert_eq!(names, expected);
        assert_eq!(types.array_of(int), Some(at(0)));
        assert_eq!(types.array_of(str), None);
        assert_eq!(types.map_of(str, at(0)), Some(at(1)));
        assert_eq!(types.tuple_of(&[at(0)]), Some(at(2)));
        assert_eq!(types.entries_type(at(1)), FixedType::EntriesRefRef);
        assert_eq!(types.element_kind(at(0)), ElementKind::Int);
        assert_eq!(types.header(at(6)).payload_words(), 2);
        assert_eq!(types.reference_words(at(6)), [1]);
    }
}
