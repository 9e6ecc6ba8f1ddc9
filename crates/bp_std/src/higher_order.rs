//! Bodies that call functions of the program for the elements of an array.
//!
//! The function may change the array. Elements are visited by position up to the length that the
//! array has at that moment, as a `for` loop does: what was appended is visited, what was removed
//! is not. [`each_call`] is the one place that knows.

use crate::support::*;
use bp_vm::handle::Handle;
use bp_vm::native::{Argument, NativeCx, Thrown, Value};

/// Calls the function for each element in turn and hands the element and the result to `then`,
/// which answers whether to go on. Handles made on the way are given up after each element.
fn each_call(
    cx: &mut NativeCx<'_>,
    array: Handle,
    function: Handle,
    mut then: impl FnMut(&mut NativeCx<'_>, Value, Value) -> Result<bool, Thrown>,
) -> Result<(), Thrown> {
    let (elements, mut callback) = (cx.elements(array), cx.callback(function));
    let mut at = 0;
    while at < cx.len(array) {
        let mark = cx.mark();
        let value = cx.element(elements, at);
        let result = cx.call(&mut callback, &[Argument::Value(value)])?;
        let goes_on = then(cx, value, result)?;
        cx.release(mark);
        if !goes_on {
            break;
        }
        at += 1;
    }
    Ok(())
}

fn is_true(value: Value) -> bool {
    matches!(value, Value::Word(word) if word != 0)
}

pub(crate) fn map(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let ty = array_type(cx, type_at(cx, 3))?;
    let made = cx.new_array(ty, cx.len(array))?;
    let elements = cx.elements(made);
    each_call(cx, array, function, |cx, _, result| cx.append(elements, result).map(|()| true))?;
    answer_handle(cx, made)
}

pub(crate) fn filter(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let made = cx.new_array(cx.array_type(array), 0)?;
    let elements = cx.elements(made);
    each_call(cx, array, function, |cx, value, keeps| {
        if is_true(keeps) {
            cx.append(elements, value)?;
        }
        Ok(true)
    })?;
    answer_handle(cx, made)
}

/// Whether the function answers `wanted` for some element; stops at the first.
fn meets(cx: &mut NativeCx<'_>, wanted: bool) -> Result<bool, Thrown> {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let mut met = false;
    each_call(cx, array, function, |_, _, result| {
        met = is_true(result) == wanted;
        Ok(!met)
    })?;
    Ok(met)
}

pub(crate) fn any(cx: &mut NativeCx<'_>) -> Answer {
    let met = meets(cx, true)?;
    answer_bool(met)
}

pub(crate) fn all(cx: &mut NativeCx<'_>) -> Answer {
    let met = meets(cx, false)?;
    answer_bool(!met)
}

pub(crate) fn count(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let mut count = 0;
    each_call(cx, array, function, |_, _, result| {
        count += i64::from(is_true(result));
        Ok(true)
    })?;
    answer_int(count)
}

pub(crate) fn find(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function, ty) = (cx.handle(0), cx.handle(1), type_at(cx, 2));
    // The word of a reference is good until the next allocation, and none follows.
    let mut found = NOTHING;
    each_call(cx, array, function, |cx, value, is_it| {
        if is_true(is_it) {
            found = answer_some(cx, value, ty)?;
        }
        Ok(!is_true(is_it))
    })?;
    Ok(found)
}

pub(crate) fn each(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    each_call(cx, array, function, |_, _, _| Ok(true))?;
    Ok(NOTHING)
}

/// Folds the elements from position `from` on into `value`, which has its own handle if it is a
/// reference.
fn fold_from(
    cx: &mut NativeCx<'_>,
    array: Handle,
    function: Handle,
    mut from: usize,
    mut value: Value,
) -> Result<Value, Thrown> {
    // The value lives in one slot, so that a long array does not pile up handles.
    let slot = if let Value::Handle(handle) = value { Some(cx.new_slot(handle)) } else { None };
    let (elements, mut callback) = (cx.elements(array), cx.callback(function));
    while from < cx.len(array) {
        let mark = cx.mark();
        let so_far = slot.map_or(value, Value::Handle);
        value = cx.call(&mut callback, &[Argument::Value(so_far), Argument::Element(elements, from)])?;
        if let (Some(slot), Value::Handle(result)) = (slot, value) {
            cx.set_slot(slot, result);
        }
        cx.release(mark);
        from += 1;
    }
    Ok(slot.map_or(value, Value::Handle))
}

pub(crate) fn fold(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let initial = value_at(cx, 2, type_at(cx, 4));
    let value = fold_from(cx, array, function, 0, initial)?;
    answer_value(cx, value)
}

pub(crate) fn reduce(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    if cx.len(array) == 0 {
        return Err(value_error(cx, "reduce of no elements without an initial value"));
    }
    let first = element(cx, array, 0);
    let value = fold_from(cx, array, function, 1, first)?;
    answer_value(cx, value)
}
