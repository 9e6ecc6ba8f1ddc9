//! Values across the border: whether one fits a type, and the copy in either direction.

use super::Value;
use crate::handle::Handle;
use crate::native::{self, NativeCx, Thrown};
use crate::types::Types;
use bp_isa::types::{ElementKind, FixedType, TypeDesc, TypeId};

/// What is wrong with a value that is none of a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mismatch {
    /// The type, as the language writes it.
    pub(crate) wanted: String,
    /// What is there instead.
    pub(crate) found: &'static str,
}

/// Whether `value` is one of the type `ty`, all its parts included.
pub(crate) fn check(types: &Types, value: &Value, ty: TypeId) -> Result<(), Mismatch> {
    let mismatch = || Err(Mismatch { wanted: types.name(ty), found: value.kind() });
    let fits = match (types.desc(ty), value) {
        (Some(TypeDesc::Optional { .. }), Value::Null) => true,
        (Some(TypeDesc::Optional { inner }), value) => return check(types, value, *inner),
        (Some(TypeDesc::Array { element }), Value::Array(elements)) => {
            return elements.iter().try_for_each(|value| check(types, value, *element));
        }
        (Some(TypeDesc::Map { key, value }), Value::Map(entries)) => {
            let entry = |(k, v): &(Value, Value)| check(types, k, *key).and_then(|()| check(types, v, *value));
            return entries.iter().try_for_each(entry);
        }
        (Some(TypeDesc::Tuple { members }), Value::Tuple(values)) if members.len() == values.len() => {
            return members.iter().zip(values).try_for_each(|(ty, value)| check(types, value, *ty));
        }
        (Some(_), _) => false,
        (None, value) => match (FixedType::ALL.get(ty as usize), value) {
            (Some(FixedType::Void), Value::Null)
            | (Some(FixedType::Int), Value::Int(_))
            | (Some(FixedType::Float | FixedType::F32), Value::Float(_) | Value::Int(_))
            | (Some(FixedType::Bool), Value::Bool(_))
            | (Some(FixedType::Str), Value::Str(_)) => true,
            (Some(FixedType::U8), Value::Int(int)) => u8::try_from(*int).is_ok(),
            (Some(FixedType::I32), Value::Int(int)) => i32::try_from(*int).is_ok(),
            _ => false,
        },
    };
    if fits { Ok(()) } else { mismatch() }
}

/// The value in the machine; it has been checked against the type. New handles are the caller's.
pub(crate) fn enter(cx: &mut NativeCx<'_>, value: &Value, ty: TypeId) -> Result<native::Value, Thrown> {
    if let Some(&TypeDesc::Optional { inner }) = cx.types().desc(ty) {
        return enter_optional(cx, value, inner);
    }
    let is_float = matches!(FixedType::ALL.get(ty as usize), Some(FixedType::Float | FixedType::F32));
    Ok(match value {
        Value::Null => native::Value::Word(0),
        Value::Int(int) if is_float => native::Value::Word((*int as f64).to_bits()),
        Value::Int(int) => native::Value::Word(*int as u64),
        Value::Float(float) => native::Value::Word(float.to_bits()),
        Value::Bool(bool) => native::Value::Word((*bool).into()),
        Value::Str(bytes) => native::Value::Handle(cx.new_str(bytes)?),
        Value::Array(elements) => native::Value::Handle(enter_array(cx, elements, ty)?),
        Value::Map(entries) => native::Value::Handle(enter_map(cx, entries, ty)?),
        Value::Tuple(values) => {
            let Some(TypeDesc::Tuple { members }) = cx.types().desc(ty) else { unreachable!("checked before") };
            let members = members.clone();
            let mut fields = Vec::with_capacity(values.len());
            for (value, ty) in values.iter().zip(members) {
                fields.push(enter(cx, value, ty)?);
            }
            native::Value::Handle(cx.new_record(ty, &fields)?)
        }
    })
}

/// Null, a boxed scalar, or the reference itself.
fn enter_optional(cx: &mut NativeCx<'_>, value: &Value, inner: TypeId) -> Result<native::Value, Thrown> {
    if *value == Value::Null {
        let null = cx.null();
        return Ok(native::Value::Handle(null));
    }
    let entered = enter(cx, value, inner)?;
    let native::Value::Word(_) = entered else { return Ok(entered) };
    let boxed = if inner == FixedType::Float.id() { FixedType::BoxedFloat } else { FixedType::BoxedWord };
    Ok(native::Value::Handle(cx.new_record(boxed.id(), &[entered])?))
}

fn enter_array(cx: &mut NativeCx<'_>, elements: &[Value], ty: TypeId) -> Result<Handle, Thrown> {
    let Some(&TypeDesc::Array { element }) = cx.types().desc(ty) else { unreachable!("checked before") };
    let array = cx.new_array(ty, elements.len())?;
    for value in elements {
        let mark = cx.mark();
        match enter(cx, value, element)? {
            native::Value::Word(word) => cx.push_word(array, word)?,
            native::Value::Handle(handle) => cx.push_handle(array, handle)?,
        }
        cx.release(mark);
    }
    Ok(array)
}

fn enter_map(cx: &mut NativeCx<'_>, entries: &[(Value, Value)], ty: TypeId) -> Result<Handle, Thrown> {
    let Some(&TypeDesc::Map { key: key_ty, value: value_ty }) = cx.types().desc(ty) else {
        unreachable!("checked before")
    };
    let map = cx.new_map(ty)?;
    for (key, value) in entries {
        let mark = cx.mark();
        let key = enter(cx, key, key_ty)?;
        let value = enter(cx, value, value_ty)?;
        cx.map_insert(map, key, value)?;
        cx.release(mark);
    }
    Ok(map)
}

/// A copy outside of a value of a type that can cross. Allocates nothing in the machine.
pub(crate) fn leave(cx: &mut NativeCx<'_>, value: native::Value, ty: TypeId) -> Value {
    let mark = cx.mark();
    let left = match value {
        native::Value::Word(word) => leave_word(word, ty),
        native::Value::Handle(handle) => leave_object(cx, handle, ty),
    };
    cx.release(mark);
    left
}

fn leave_word(word: u64, ty: TypeId) -> Value {
    match FixedType::ALL.get(ty as usize) {
        Some(FixedType::Void) => Value::Null,
        Some(FixedType::Float | FixedType::F32) => Value::Float(f64::from_bits(word)),
        Some(FixedType::Bool) => Value::Bool(word != 0),
        _ => Value::Int(word as i64),
    }
}

fn leave_object(cx: &mut NativeCx<'_>, handle: Handle, ty: TypeId) -> Value {
    match cx.types().desc(ty).cloned() {
        Some(TypeDesc::Optional { .. }) if cx.word(handle) == 0 => Value::Null,
        Some(TypeDesc::Optional { inner }) if cx.types().is_reference(inner) => leave_object(cx, handle, inner),
        Some(TypeDesc::Optional { inner }) => leave_word(cx.boxed_word(handle), inner),
        Some(TypeDesc::Array { element }) => Value::Array(leave_array(cx, handle, element)),
        Some(TypeDesc::Map { key, value }) => {
            let mut entries = Vec::with_capacity(cx.map_len(handle));
            for entry in 0..cx.entry_count(handle) {
                if cx.entry_live(handle, entry) {
                    let mark = cx.mark();
                    let (k, v) = (cx.entry_key(handle, entry), cx.entry_value(handle, entry));
                    entries.push((leave(cx, k, key), leave(cx, v, value)));
                    cx.release(mark);
                }
            }
            Value::Map(entries)
        }
        Some(TypeDesc::Tuple { members }) => {
            let member = |(index, ty): (usize, &TypeId)| {
                let mark = cx.mark();
                let value = cx.field(handle, index);
                let left = leave(cx, value, *ty);
                cx.release(mark);
                left
            };
            Value::Tuple(members.iter().enumerate().map(member).collect())
        }
        None => Value::Str(cx.str(handle).to_vec()),
        Some(other) => unreachable!("values of {other:?} do not cross"),
    }
}

fn leave_array(cx: &mut NativeCx<'_>, array: Handle, element: TypeId) -> Vec<Value> {
    match cx.element_kind(array) {
        ElementKind::Int if element == FixedType::Int.id() => {
            cx.ints(array).iter().map(|int| Value::Int(*int)).collect()
        }
        ElementKind::Float => cx.floats(array).iter().map(|float| Value::Float(*float)).collect(),
        ElementKind::Ref => {
            let mut elements = Vec::with_capacity(cx.len(array));
            for index in 0..cx.len(array) {
                let mark = cx.mark();
                let handle = cx.get_handle(array, index);
                elements.push(leave_object(cx, handle, element));
                cx.release(mark);
            }
            elements
        }
        _ => (0..cx.len(array)).map(|index| leave_word(cx.get(array, index), element)).collect(),
    }
}
