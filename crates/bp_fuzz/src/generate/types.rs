//! Types of generated programs.

use std::fmt;

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Ty {
    /// No value: results of functions only.
    Void,
    Int,
    Float,
    Bool,
    Str,
    /// By number of the enum.
    Enum(usize),
    Array(Box<Ty>),
    /// An array of narrow elements: `u8`, `i32` or `f32`.
    Narrow(&'static str),
    /// Key and value.
    Map(Box<Ty>, Box<Ty>),
    /// By number of the struct.
    Struct(usize),
    Tuple(Vec<Ty>),
    /// Parameters and result.
    Fn(Vec<Ty>, Box<Ty>),
}

impl Ty {
    /// What reading an element of a narrow array gives.
    pub(crate) fn of_narrow(element: &str) -> Ty {
        if element == "f32" { Ty::Float } else { Ty::Int }
    }

    /// Whether values have an order.
    pub(crate) fn is_ordered(&self) -> bool {
        matches!(self, Ty::Int | Ty::Float | Ty::Bool | Ty::Str)
    }

    /// Whether `==` compares the content.
    pub(crate) fn is_comparable(&self) -> bool {
        match self {
            Ty::Fn(..) | Ty::Void => false,
            Ty::Array(element) => element.is_comparable(),
            Ty::Map(_, value) => value.is_comparable(),
            Ty::Tuple(members) => members.iter().all(Ty::is_comparable),
            _ => true,
        }
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Void => f.write_str("void"),
            Ty::Int => f.write_str("int"),
            Ty::Float => f.write_str("float"),
            Ty::Bool => f.write_str("bool"),
            Ty::Str => f.write_str("str"),
            Ty::Enum(number) => write!(f, "E{number}"),
            Ty::Array(element) => write!(f, "[{element}]"),
            Ty::Narrow(element) => write!(f, "[{element}]"),
            Ty::Map(key, value) => write!(f, "{{{key}: {value}}}"),
            Ty::Struct(number) => write!(f, "S{number}"),
            Ty::Tuple(members) => write!(f, "({})", list(members)),
            Ty::Fn(params, result) => write!(f, "fn({}) -> {result}", list(params)),
        }
    }
}

/// Types with commas between.
fn list(types: &[Ty]) -> String {
    types.iter().map(Ty::to_string).collect::<Vec<_>>().join(", ")
}
