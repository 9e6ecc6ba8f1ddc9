//! Values outside the machine, and their Rust counterparts.

use std::fmt;

/// A value that crosses between a program and its embedder: a copy, which nothing changes behind
/// anybody's back.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`, and the result of a function without one.
    Null,
    /// An `int`; also of `u8` and `i32` elements.
    Int(i64),
    /// A `float`; also of `f32` elements. Where a program wants a `float`, an `Int` will do.
    Float(f64),
    /// A `bool`
    Bool(bool),
    /// A `str`: bytes, mostly UTF-8.
    Str(Vec<u8>),
    /// An array.
    Array(Vec<Value>),
    /// A map's keys and values in its order.
    Map(Vec<(Value, Value)>),
    /// A tuple.
    Tuple(Vec<Value>),
}

impl Value {
    /// The text of a string that is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// Read as something of Rust; `None` if it is something else.
    pub fn to<T: FromValue>(&self) -> Option<T> {
        T::from_value(self)
    }

    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Bool(_) => "bool",
            Value::Str(_) => "str",
            Value::Array(_) => "array",
            Value::Map(_) => "map",
            Value::Tuple(_) => "tuple",
        }
    }
}

/// Something that becomes a [`Value`].
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

/// Something that a [`Value`] can be read as.
pub trait FromValue: Sized {
    /// What it is called in messages.
    fn wanted() -> String;

    /// The value, if it is of this kind. Nothing is converted but an `int` to a float.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! convert {
    ($ty:ty, $name:literal, $value:ident => $into:expr, $pattern:pat => $from:expr) => {
        impl IntoValue for $ty {
            fn into_value(self) -> Value {
                let $value = self;
                $into
            }
        }

        impl From<$ty> for Value {
            fn from(value: $ty) -> Value {
                value.into_value()
            }
        }

        impl FromValue for $ty {
            fn wanted() -> String {
                $name.to_owned()
            }

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $pattern => $from,
                    _ => None,
                }
            }
        }
    };
}

convert!(i64, "int", value => Value::Int(value), Value::Int(int) => Some(*int));
convert!(bool, "bool", value => Value::Bool(value), Value::Bool(bool) => Some(*bool));
convert!(String, "str of UTF-8", value => Value::Str(value.into_bytes()), Value::Str(bytes) => String::from_utf8(bytes.clone()).ok());
convert!((), "null", _value => Value::Null, Value::Null => Some(()));

impl IntoValue for f64 {
    fn into_value(self) -> Value {
        Value::Float(self)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl FromValue for f64 {
    fn wanted() -> String {
        "float".to_owned()
    }

    fn from_value(value: &Value) -> Option<f64> {
        match value {
            Value::Float(float) => Some(*float),
            Value::Int(int) => Some(*int as f64),
            _ => None,
        }
    }
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::Str(self.as_bytes().to_vec())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        value.into_value()
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl FromValue for Value {
    fn wanted() -> String {
        "value".to_owned()
    }

    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::Array(self.into_iter().map(T::into_value).collect())
    }
}

impl<T: IntoValue> From<Vec<T>> for Value {
    fn from(value: Vec<T>) -> Value {
        value.into_value()
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn wanted() -> String {
        format!("array of {}", T::wanted())
    }

    fn from_value(value: &Value) -> Option<Vec<T>> {
        match value {
            Value::Array(elements) => elements.iter().map(T::from_value).collect(),
            _ => None,
        }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

impl<T: IntoValue> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.into_value()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn wanted() -> String {
        format!("{} or null", T::wanted())
    }

    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl fmt::Display for Value {
    /// As the language writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Int(int) => int.fmt(f),
            Value::Float(float) => f.write_str(&crate::float::shortest(*float)),
            Value::Bool(bool) => bool.fmt(f),
            Value::Str(bytes) => write!(f, "{:?}", String::from_utf8_lossy(bytes)),
            Value::Array(elements) => list(f, "[", elements, "]"),
            Value::Tuple(members) if members.len() == 1 => write!(f, "({},)", members[0]),
            Value::Tuple(members) => list(f, "(", members, ")"),
            Value::Map(entries) => {
                f.write_str("{")?;
                for (position, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if position > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, open: &str, values: &[Value], close: &str) -> fmt::Result {
    f.write_str(open)?;
    for (position, value) in values.iter().enumerate() {
        write!(f, "{}{value}", if position > 0 { ", " } else { "" })?;
    }
    f.write_str(close)
}
