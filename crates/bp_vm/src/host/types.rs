//! Types of values that cross the border.

use crate::types::Types;
use bp_isa::types::{FixedType, TypeDesc, TypeId};
use std::fmt;

/// A type whose values can cross. Structs, classes, functions and `ptr` cannot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// No value: a result only.
    Void,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `bool`
    Bool,
    /// `str`
    Str,
    /// `u8`, as an element of an array.
    U8,
    /// `i32`, as an element of an array.
    I32,
    /// `f32`, as an element of an array.
    F32,
    /// `[T]`
    Array(Box<Type>),
    /// `{K: V}`
    Map(Box<Type>, Box<Type>),
    /// `(T, …)`
    Tuple(Vec<Type>),
    /// `T?`
    Optional(Box<Type>),
}

impl Type {
    /// `[element]`
    pub fn array(element: Type) -> Type {
        Type::Array(Box::new(element))
    }

    /// `{key: value}`
    pub fn map(key: Type, value: Type) -> Type {
        Type::Map(Box::new(key), Box::new(value))
    }

    /// `inner?`
    pub fn optional(inner: Type) -> Type {
        Type::Optional(Box::new(inner))
    }

    /// A type of a program, if its values can cross.
    ///
    /// Types that contain themselves do so through structs, which end the walk.
    pub(crate) fn of(types: &Types, ty: TypeId) -> Option<Type> {
        Some(match types.desc(ty) {
            Some(TypeDesc::Array { element }) => Type::array(Type::of(types, *element)?),
            Some(TypeDesc::Map { key, value }) => Type::map(Type::of(types, *key)?, Type::of(types, *value)?),
            Some(TypeDesc::Tuple { members }) => {
                Type::Tuple(members.iter().map(|member| Type::of(types, *member)).collect::<Option<_>>()?)
            }
            Some(TypeDesc::Optional { inner }) => Type::optional(Type::of(types, *inner)?),
            Some(_) => return None,
            None => match FixedType::ALL.get(ty as usize)? {
                FixedType::Void => Type::Void,
                FixedType::Int => Type::Int,
                FixedType::Float => Type::Float,
                FixedType::Bool => Type::Bool,
                FixedType::Str => Type::Str,
                FixedType::U8 => Type::U8,
                FixedType::I32 => Type::I32,
                FixedType::F32 => Type::F32,
                _ => return None,
            },
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Void => f.write_str("void"),
            Type::Int => f.write_str("int"),
            Type::Float => f.write_str("float"),
            Type::Bool => f.write_str("bool"),
            Type::Str => f.write_str("str"),
            Type::U8 => f.write_str("u8"),
            Type::I32 => f.write_str("i32"),
            Type::F32 => f.write_str("f32"),
            Type::Array(element) => write!(f, "[{element}]"),
            Type::Map(key, value) => write!(f, "{{{key}: {value}}}"),
            Type::Tuple(members) => {
                let members: Vec<String> = members.iter().map(Type::to_string).collect();
                let last = if members.len() == 1 { "," } else { "" };
                write!(f, "({}{last})", members.join(", "))
            }
            Type::Optional(inner) => write!(f, "{inner}?"),
        }
    }
}
