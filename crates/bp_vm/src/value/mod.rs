//! Values by their type: equality, order, text.
//!
//! A value is a word and a type number; what the word means follows from the type alone. All three
//! walks keep what they are inside of on a list of their own, so that no nesting is too deep for the
//! native stack, and hold objects by handles while methods of the program may run.

mod compare;
mod equal;
pub mod float;
#[cfg(test)]
mod tests;
mod text;

use crate::heap::{Heap, Ref};
use crate::types::Types;
use bp_isa::types::{FixedType, TypeDesc, TypeId};

/// Steps between two looks for an interrupt.
const STEPS_PER_POLL: u32 = 1 << 14;

/// What the values of a type are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// int, enum, element types that read as int.
    Int,
    Bool,
    Ptr,
    Float,
    Str,
    /// With the element type.
    Array(TypeId),
    /// With key and value type.
    Map(TypeId, TypeId),
    /// With the element type.
    Set(TypeId),
    Tuple,
    Struct,
    Class,
    Function,
    /// With what it may hold.
    Optional(TypeId),
}

impl Shape {
    fn of(types: &Types, ty: TypeId) -> Shape {
        match types.desc(ty) {
            Some(TypeDesc::Enum { .. }) => Shape::Int,
            Some(TypeDesc::Array { element }) => Shape::Array(*element),
            Some(TypeDesc::Map { key, value }) => Shape::Map(*key, *value),
            Some(TypeDesc::Set { key }) => Shape::Set(*key),
            Some(TypeDesc::Tuple { .. }) => Shape::Tuple,
            Some(TypeDesc::Record { is_class: false, .. }) => Shape::Struct,
            Some(TypeDesc::Record { is_class: true, .. }) => Shape::Class,
            Some(TypeDesc::Function { .. }) => Shape::Function,
            Some(TypeDesc::Optional { inner }) => Shape::Optional(*inner),
            None => match FixedType::ALL[ty as usize] {
                FixedType::Int | FixedType::U8 | FixedType::I32 => Shape::Int,
                FixedType::Float | FixedType::F32 => Shape::Float,
                FixedType::Bool => Shape::Bool,
                FixedType::Ptr => Shape::Ptr,
                FixedType::Str => Shape::Str,
                other => unreachable!("no value has type {other:?}"),
            },
        }
    }
}

/// Number of members or fields.
fn part_count(types: &Types, ty: TypeId) -> usize {
    match types.desc(ty) {
        Some(TypeDesc::Tuple { members }) => members.len(),
        Some(TypeDesc::Record { fields, .. }) => fields.len(),
        other => unreachable!("a tuple or record, not {other:?}"),
    }
}

/// Type of a member or field.
fn part_type(types: &Types, ty: TypeId, part: usize) -> TypeId {
    match types.desc(ty) {
        Some(TypeDesc::Tuple { members }) => members[part],
        Some(TypeDesc::Record { fields, .. }) => fields[part].1,
        other => unreachable!("a tuple or record, not {other:?}"),
    }
}

/// What an optional that is not null holds.
fn unwrapped(heap: &Heap, types: &Types, word: u64, inner: TypeId) -> u64 {
    if types.is_reference(inner) { word } else { heap.load(Ref::from_word(word), 0) }
}
