//! What bodies share: making results, generic elements, the heap limit, types by their parts.
//!
//! Everything a body knows of the engine comes through [`NativeCx`]; no raw reference is ever held.

use crate::search::Cut;
use bp_builtins::errors::ErrorClass;
use bp_isa::traps::Trap;
use bp_isa::types::{ElementKind, FixedType, TypeId};
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};
use std::ops::Range;

/// What bodies return: a result word, or the sign that an exception is pending.
pub(crate) type Answer = Result<u64, Thrown>;
/// The result word of a body without a result, and the word of null.
pub(crate) const NOTHING: u64 = 0;

pub(crate) fn answer_int(value: i64) -> Answer {
    Ok(value as u64)
}

pub(crate) fn answer_float(value: f64) -> Answer {
    Ok(value.to_bits())
}

pub(crate) fn answer_bool(value: bool) -> Answer {
    Ok(u64::from(value))
}

pub(crate) fn answer_handle(cx: &NativeCx<'_>, handle: Handle) -> Answer {
    Ok(cx.word(handle))
}

pub(crate) fn answer_str(cx: &mut NativeCx<'_>, bytes: &[u8]) -> Answer {
    let made = cx.new_str(bytes)?;
    answer_handle(cx, made)
}

/// The word of a value as a register holds it.
pub(crate) fn answer_value(cx: &NativeCx<'_>, value: Value) -> Answer {
    match value {
        Value::Word(word) => Ok(word),
        Value::Handle(handle) => answer_handle(cx, handle),
    }
}

/// A `T?` that holds `value` of type `ty`: scalars are boxed.
pub(crate) fn answer_some(cx: &mut NativeCx<'_>, value: Value, ty: TypeId) -> Answer {
    let Value::Word(_) = value else { return answer_value(cx, value) };
    let is_float = ty == FixedType::Float.id() || ty == FixedType::F32.id();
    let boxed = if is_float { FixedType::BoxedFloat } else { FixedType::BoxedWord };
    let made = cx.new_record(boxed.id(), &[value])?;
    answer_handle(cx, made)
}

/// The hidden type number at a position among all arguments.
pub(crate) fn type_at(cx: &NativeCx<'_>, position: usize) -> TypeId {
    cx.int(position) as TypeId
}

/// The argument at a position, whose type is `ty`.
pub(crate) fn value_at(cx: &NativeCx<'_>, position: usize, ty: TypeId) -> Value {
    if cx.types().is_reference(ty) { Value::Handle(cx.handle(position)) } else { Value::Word(cx.int(position) as u64) }
}

pub(crate) fn value_error(cx: &mut NativeCx<'_>, message: impl Into<String>) -> Thrown {
    cx.throw(ErrorClass::ValueError, message)
}

pub(crate) fn index_error(cx: &mut NativeCx<'_>, message: impl Into<String>) -> Thrown {
    cx.throw(ErrorClass::IndexError, message)
}

/// `count * size` as a number of bytes that the heap may hold; throws `OutOfMemoryError` beyond it.
pub(crate) fn bytes_within_limit(cx: &mut NativeCx<'_>, count: usize, size: usize) -> Result<usize, Thrown> {
    match count.checked_mul(size) {
        Some(bytes) if bytes <= cx.heap_limit() => Ok(bytes),
        _ => Err(cx.trap(Trap::OutOfMemory)),
    }
}

/// A count that a program gave, negative as 0.
pub(crate) fn count_of(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// Runs `body` and gives up the handles it made; throws if somebody interrupts the program.
pub(crate) fn scoped<T>(
    cx: &mut NativeCx<'_>,
    body: impl FnOnce(&mut NativeCx<'_>) -> Result<T, Thrown>,
) -> Result<T, Thrown> {
    cx.poll()?;
    let mark = cx.mark();
    let result = body(cx);
    cx.release(mark);
    result
}

// ---- elements

/// Bytes of an element.
pub(crate) fn element_size(kind: ElementKind) -> usize {
    match kind {
        ElementKind::Int | ElementKind::Float | ElementKind::Ref => 8,
        ElementKind::I32 | ElementKind::F32 => 4,
        ElementKind::Byte => 1,
    }
}

/// The element at `index`, which is inside.
pub(crate) fn element(cx: &mut NativeCx<'_>, array: Handle, index: usize) -> Value {
    cx.element(cx.elements(array), index)
}

/// Throws if the array has not the length that it had: a function of the program may have changed it meanwhile.
pub(crate) fn check_len(cx: &mut NativeCx<'_>, array: Handle, len: usize, done: &str) -> Result<(), Thrown> {
    match cx.len(array) == len {
        true => Ok(()),
        false => Err(cx.throw(ErrorClass::RuntimeError, format!("array changed length while it was {done}"))),
    }
}

/// Sets the element at `index`, which is inside.
pub(crate) fn set_element(cx: &mut NativeCx<'_>, array: Handle, index: usize, value: Value) {
    match value {
        Value::Word(word) => cx.set_word(array, index, word),
        Value::Handle(handle) => cx.set_handle(array, index, handle),
    }
}

/// Appends a value.
pub(crate) fn push(cx: &mut NativeCx<'_>, array: Handle, value: Value) -> Result<(), Thrown> {
    cx.append(cx.elements(array), value)
}

/// Sets all elements of a range that is inside.
pub(crate) fn fill(cx: &mut NativeCx<'_>, array: Handle, range: Range<usize>, value: Value) {
    match (cx.element_kind(array), value) {
        (ElementKind::Int, Value::Word(word)) => cx.ints_mut(array)[range].fill(word as i64),
        (ElementKind::Float, Value::Word(word)) => cx.floats_mut(array)[range].fill(f64::from_bits(word)),
        (ElementKind::Byte, Value::Word(word)) => cx.byte_elements_mut(array)[range].fill(word as u8),
        _ => range.for_each(|index| set_element(cx, array, index, value)),
    }
}

/// Exchanges two elements that are inside. Makes handles.
pub(crate) fn swap_elements(cx: &mut NativeCx<'_>, array: Handle, i: usize, j: usize) {
    let (a, b) = (element(cx, array, i), element(cx, array, j));
    set_element(cx, array, i, b);
    set_element(cx, array, j, a);
}

/// A new array of `len` elements, zero or null.
pub(crate) fn new_array_of(cx: &mut NativeCx<'_>, ty: TypeId, len: usize) -> Result<Handle, Thrown> {
    let made = cx.new_array(ty, len)?;
    cx.resize(made, len)?;
    Ok(made)
}

/// A new array of the same type with the elements of a range that is inside.
pub(crate) fn copy_of(cx: &mut NativeCx<'_>, array: Handle, range: Range<usize>) -> Result<Handle, Thrown> {
    let ty = cx.array_type(array);
    let made = new_array_of(cx, ty, range.len())?;
    cx.copy_range(made, 0, array, range.start, range.len());
    Ok(made)
}

// ---- types by their parts

/// `[element]`
pub(crate) fn array_type(cx: &mut NativeCx<'_>, element: TypeId) -> Result<TypeId, Thrown> {
    let found = cx.types().array_of(element);
    found.ok_or_else(|| missing_type(cx))
}

/// `(members…)`
pub(crate) fn tuple_type(cx: &mut NativeCx<'_>, members: &[TypeId]) -> Result<TypeId, Thrown> {
    let found = cx.types().tuple_of(members);
    found.ok_or_else(|| missing_type(cx))
}

/// `{key: value}`
pub(crate) fn map_type(cx: &mut NativeCx<'_>, key: TypeId, value: TypeId) -> Result<TypeId, Thrown> {
    let found = cx.types().map_of(key, value);
    found.ok_or_else(|| missing_type(cx))
}

/// `{element}`
pub(crate) fn set_type(cx: &mut NativeCx<'_>, element: TypeId) -> Result<TypeId, Thrown> {
    let found = cx.types().set_of(element);
    found.ok_or_else(|| missing_type(cx))
}

fn missing_type(cx: &mut NativeCx<'_>) -> Thrown {
    cx.throw(ErrorClass::RuntimeError, "the program does not declare the type of this call's result")
}

/// A `{str: int}` of figures by name.
pub(crate) fn answer_figures(cx: &mut NativeCx<'_>, rows: &[(&str, i64)]) -> Answer {
    let ty = map_type(cx, FixedType::Str.id(), FixedType::Int.id())?;
    let made = cx.new_map(ty)?;
    for &(name, value) in rows {
        scoped(cx, |cx| {
            let key = cx.new_str(name.as_bytes())?;
            cx.map_insert(made, Value::Handle(key), Value::Word(value as u64))
        })?;
    }
    answer_handle(cx, made)
}

// ---- strings out of strings

/// A `[str]` of the pieces into which the first argument is cut.
pub(crate) fn answer_pieces(cx: &mut NativeCx<'_>, cut: impl Cut) -> Answer {
    let whole = cx.handle(0);
    let ty = array_type(cx, FixedType::Str.id())?;
    let made = cx.new_array(ty, 0)?;
    let mut from = 0;
    while let Some((piece, next)) = cut(cx.str(whole), from) {
        scoped(cx, |cx| {
            let text = cx.substr(whole, piece.start, piece.len())?;
            cx.push_handle(made, text)
        })?;
        from = next;
    }
    answer_handle(cx, made)
}

/// A `[str]` of strings from outside the heap.
pub(crate) fn answer_strs(cx: &mut NativeCx<'_>, strings: impl Iterator<Item: AsRef<[u8]>>) -> Answer {
    let ty = array_type(cx, FixedType::Str.id())?;
    let made = cx.new_array(ty, 0)?;
    for string in strings {
        scoped(cx, |cx| {
            let text = cx.new_str(string.as_ref())?;
            cx.push_handle(made, text)
        })?;
    }
    answer_handle(cx, made)
}

/// A `[int]` or, if `element` says so, an array of bytes.
pub(crate) fn answer_bytes(cx: &mut NativeCx<'_>, bytes: &[u8], element: FixedType) -> Answer {
    let ty = array_type(cx, element.id())?;
    let made = new_array_of(cx, ty, bytes.len())?;
    if element == FixedType::U8 {
        cx.byte_elements_mut(made).copy_from_slice(bytes);
    } else {
        for (slot, &byte) in cx.ints_mut(made).iter_mut().zip(bytes) {
            *slot = i64::from(byte);
        }
    }
    answer_handle(cx, made)
}
