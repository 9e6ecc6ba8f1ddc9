//! Bodies: arrays, but for sorting and for what calls functions of the program.
//!
//! Comparing elements may run a method of the program, which may change the array: lengths are
//! read anew after each comparison.

use crate::bounds;
use crate::support::*;
use bp_isa::traps::Trap;
use bp_isa::types::{ElementKind, FixedType, TypeId};
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};

pub(crate) fn len(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.len(cx.handle(0)) as i64)
}

/// The argument at a position, of the element type of the array.
fn element_argument(cx: &NativeCx<'_>, array: Handle, position: usize) -> Value {
    match cx.element_kind(array) {
        ElementKind::Ref => Value::Handle(cx.handle(position)),
        _ => Value::Word(cx.int(position) as u64),
    }
}

/// The position that the index argument means in the array; throws `IndexError`.
fn index_argument(cx: &mut NativeCx<'_>, array: Handle, position: usize) -> Result<usize, Thrown> {
    let (index, len) = (cx.int(position), cx.len(array));
    bounds::index(index, len).ok_or_else(|| index_error(cx, bounds::out_of_range(index, len)))
}

pub(crate) fn array_push(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let value = element_argument(cx, array, 1);
    push(cx, array, value)?;
    Ok(NOTHING)
}

pub(crate) fn pop(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let Some(last) = cx.len(array).checked_sub(1) else { return Err(cx.trap(Trap::EmptyPop)) };
    let value = element(cx, array, last);
    cx.truncate(array, last);
    answer_value(cx, value)
}

pub(crate) fn insert(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let len = cx.len(array);
    let at = bounds::clamped(cx.int(1), len);
    let value = element_argument(cx, array, 2);
    cx.resize(array, len + 1)?;
    cx.copy_range(array, at + 1, array, at, len - at);
    set_element(cx, array, at, value);
    Ok(NOTHING)
}

pub(crate) fn remove(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let at = index_argument(cx, array, 1)?;
    let len = cx.len(array);
    let value = element(cx, array, at);
    cx.copy_range(array, at, array, at + 1, len - at - 1);
    cx.truncate(array, len - 1);
    answer_value(cx, value)
}

pub(crate) fn get_slice(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let range = bounds::clipped(cx.int(1), cx.int(2), cx.len(array));
    let made = copy_of(cx, array, range)?;
    answer_handle(cx, made)
}

pub(crate) fn copy(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let made = copy_of(cx, array, 0..cx.len(array))?;
    answer_handle(cx, made)
}

pub(crate) fn reverse(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    cx.reverse(array, 0..cx.len(array));
    Ok(NOTHING)
}

pub(crate) fn reversed(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let made = copy_of(cx, array, 0..cx.len(array))?;
    cx.reverse(made, 0..cx.len(made));
    answer_handle(cx, made)
}

pub(crate) fn concat(cx: &mut NativeCx<'_>) -> Answer {
    let (left, right) = (cx.handle(0), cx.handle(1));
    let (left_len, right_len) = (cx.len(left), cx.len(right));
    let made = new_array_of(cx, cx.array_type(left), left_len + right_len)?;
    cx.copy_range(made, 0, left, 0, left_len);
    cx.copy_range(made, left_len, right, 0, right_len);
    answer_handle(cx, made)
}

pub(crate) fn clear(cx: &mut NativeCx<'_>) -> Answer {
    cx.truncate(cx.handle(0), 0);
    Ok(NOTHING)
}

/// The first position at or behind `from` whose element is equal to the value.
fn position_of(
    cx: &mut NativeCx<'_>,
    array: Handle,
    value: Value,
    ty: TypeId,
    from: usize,
) -> Result<Option<usize>, Thrown> {
    if let (ElementKind::Int, Value::Word(word)) = (cx.element_kind(array), value) {
        let found = cx.ints(array)[from..].iter().position(|&int| int as u64 == word);
        return Ok(found.map(|at| from + at));
    }
    let mut at = from;
    while at < cx.len(array) {
        let is_equal = scoped(cx, |cx| {
            let other = element(cx, array, at);
            if ty == FixedType::Str.id()
                && let (Value::Handle(a), Value::Handle(b)) = (value, other)
            {
                return Ok(cx.str(a) == cx.str(b));
            }
            cx.equal(other, value, ty)
        })?;
        if is_equal {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

fn position_of_argument(cx: &mut NativeCx<'_>) -> Result<Option<usize>, Thrown> {
    let array = cx.handle(0);
    let (value, ty) = (element_argument(cx, array, 1), type_at(cx, 2));
    position_of(cx, array, value, ty, 0)
}

pub(crate) fn index_of(cx: &mut NativeCx<'_>) -> Answer {
    let found = position_of_argument(cx)?;
    answer_int(found.map_or(-1, |at| at as i64))
}

pub(crate) fn contains(cx: &mut NativeCx<'_>) -> Answer {
    let found = position_of_argument(cx)?;
    answer_bool(found.is_some())
}

pub(crate) fn count_value(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let (value, ty) = (element_argument(cx, array, 1), type_at(cx, 2));
    let (mut from, mut count) = (0, 0);
    while from <= cx.len(array)
        && let Some(at) = position_of(cx, array, value, ty, from)?
    {
        count += 1;
        from = at + 1;
    }
    answer_int(count)
}

pub(crate) fn filled(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 2);
    let count = count_of(cx.int(0));
    let value = value_at(cx, 1, ty);
    let array_ty = array_type(cx, ty)?;
    let empty = cx.new_array(array_ty, 0)?;
    bytes_within_limit(cx, count, element_size(cx.element_kind(empty)))?;
    let made = new_array_of(cx, array_ty, count)?;
    fill(cx, made, 0..count, value);
    answer_handle(cx, made)
}

pub(crate) fn array_fill(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let value = element_argument(cx, array, 1);
    fill(cx, array, 0..cx.len(array), value);
    Ok(NOTHING)
}

pub(crate) fn any_true(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(cx.byte_elements(cx.handle(0)).contains(&1))
}

pub(crate) fn all_true(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(!cx.byte_elements(cx.handle(0)).contains(&0))
}

pub(crate) fn sum_int(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.ints(cx.handle(0)).iter().fold(0, |sum, &value| sum.wrapping_add(value)))
}

pub(crate) fn sum_float(cx: &mut NativeCx<'_>) -> Answer {
    answer_float(cx.floats(cx.handle(0)).iter().fold(0.0, |sum, value| sum + value))
}

pub(crate) fn sum_u8(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.byte_elements(cx.handle(0)).iter().map(|&value| i64::from(value)).sum())
}

pub(crate) fn sum_i32(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    answer_int((0..cx.len(array)).map(|at| cx.get(array, at) as i64).sum())
}

pub(crate) fn sum_f32(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    answer_float((0..cx.len(array)).fold(0.0, |sum, at| sum + f64::from_bits(cx.get(array, at))))
}

pub(crate) fn zip(cx: &mut NativeCx<'_>) -> Answer {
    let (left, right) = (cx.handle(0), cx.handle(1));
    let pair_ty = tuple_type(cx, &[type_at(cx, 2), type_at(cx, 3)])?;
    let made_ty = array_type(cx, pair_ty)?;
    let len = cx.len(left).min(cx.len(right));
    let made = cx.new_array(made_ty, len)?;
    for at in 0..len {
        scoped(cx, |cx| {
            let members = [element(cx, left, at), element(cx, right, at)];
            let pair = cx.new_record(pair_ty, &members)?;
            cx.push_handle(made, pair)
        })?;
    }
    answer_handle(cx, made)
}

pub(crate) fn enumerate(cx: &mut NativeCx<'_>) -> Answer {
    let (array, start) = (cx.handle(0), cx.int(1));
    let pair_ty = tuple_type(cx, &[FixedType::Int.id(), type_at(cx, 2)])?;
    let made_ty = array_type(cx, pair_ty)?;
    let made = cx.new_array(made_ty, cx.len(array))?;
    for at in 0..cx.len(array) {
        scoped(cx, |cx| {
            let number = start.wrapping_add(at as i64) as u64;
            let members = [Value::Word(number), element(cx, array, at)];
            let pair = cx.new_record(pair_ty, &members)?;
            cx.push_handle(made, pair)
        })?;
    }
    answer_handle(cx, made)
}

pub(crate) fn flatten(cx: &mut NativeCx<'_>) -> Answer {
    let arrays = cx.handle(0);
    let ty = array_type(cx, type_at(cx, 1))?;
    let made = cx.new_array(ty, 0)?;
    for at in 0..cx.len(arrays) {
        scoped(cx, |cx| {
            let part = cx.get_handle(arrays, at);
            append_all(cx, made, part)
        })?;
    }
    answer_handle(cx, made)
}

/// Appends the elements that `from` has now; it may be the same array.
fn append_all(cx: &mut NativeCx<'_>, array: Handle, from: Handle) -> Result<(), Thrown> {
    let (len, added) = (cx.len(array), cx.len(from));
    cx.resize(array, len + added)?;
    cx.copy_range(array, len, from, 0, added);
    Ok(())
}

pub(crate) fn extend(cx: &mut NativeCx<'_>) -> Answer {
    let (array, from) = (cx.handle(0), cx.handle(1));
    append_all(cx, array, from)?;
    Ok(NOTHING)
}

pub(crate) fn first(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    if cx.len(array) == 0 {
        return Err(index_error(cx, bounds::out_of_range(0, 0)));
    }
    let value = element(cx, array, 0);
    answer_value(cx, value)
}

pub(crate) fn last(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let Some(at) = cx.len(array).checked_sub(1) else {
        return Err(index_error(cx, bounds::out_of_range(-1, 0)));
    };
    let value = element(cx, array, at);
    answer_value(cx, value)
}

pub(crate) fn resize(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let len = cx.len(array);
    let Ok(count) = usize::try_from(cx.int(1)) else {
        return Err(value_error(cx, "a negative number of elements"));
    };
    if count <= len {
        cx.truncate(array, count);
        return Ok(NOTHING);
    }
    bytes_within_limit(cx, count, element_size(cx.element_kind(array)))?;
    let value = element_argument(cx, array, 2);
    cx.resize(array, count)?;
    fill(cx, array, len..count, value);
    Ok(NOTHING)
}

pub(crate) fn swap(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let i = index_argument(cx, array, 1)?;
    let j = index_argument(cx, array, 2)?;
    swap_elements(cx, array, i, j);
    Ok(NOTHING)
}

pub(crate) fn binary_search(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let (value, ty) = (element_argument(cx, array, 1), type_at(cx, 2));
    let len = cx.len(array);
    let (mut low, mut high) = (0, len);
    while low < high {
        check_len(cx, array, len, "searched")?;
        let middle = low + (high - low) / 2;
        let order = scoped(cx, |cx| {
            let other = element(cx, array, middle);
            cx.compare(other, value, ty)
        })?;
        if order == -1 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    check_len(cx, array, len, "searched")?;
    let found = low < len
        && scoped(cx, |cx| {
            let other = element(cx, array, low);
            Ok(cx.compare(other, value, ty)? == 0)
        })?;
    answer_int(if found { low as i64 } else { -1 - low as i64 })
}

// ---- operators

/// `xs * count`
pub(crate) fn repeat(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let (len, count) = (cx.len(array), count_of(cx.int(1)));
    let bytes = bytes_within_limit(cx, count, len)?;
    bytes_within_limit(cx, bytes, element_size(cx.element_kind(array)))?;
    let made = new_array_of(cx, cx.array_type(array), len * count)?;
    // Doubling what is there keeps the number of copies small.
    let mut done = len.min(len * count);
    cx.copy_range(made, 0, array, 0, done);
    while done < len * count {
        let more = done.min(len * count - done);
        cx.copy_range(made, done, made, 0, more);
        done += more;
    }
    answer_handle(cx, made)
}

fn slice_arguments(cx: &mut NativeCx<'_>, array: Handle) -> Result<bounds::Slice, Thrown> {
    let slice = bounds::slice(cx.len(array), cx.int(1), cx.int(2), cx.int(3), cx.int(4));
    slice.ok_or_else(|| cx.trap(Trap::SliceStep))
}

/// `xs[low:high:step]`
pub(crate) fn slice(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let slice = slice_arguments(cx, array)?;
    if slice.step == 1 {
        let made = copy_of(cx, array, slice.first..slice.first + slice.count)?;
        return answer_handle(cx, made);
    }
    let made = new_array_of(cx, cx.array_type(array), slice.count)?;
    for (to, from) in slice.positions().enumerate() {
        cx.poll()?;
        cx.copy_range(made, to, array, from, 1);
    }
    answer_handle(cx, made)
}

/// `xs[low:high:step] = values`
pub(crate) fn slice_assign(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let slice = slice_arguments(cx, array)?;
    // Assigning an array to a slice of itself reads what it was.
    let given = cx.handle(5);
    let values = copy_of(cx, given, 0..cx.len(given))?;
    if slice.step == 1 {
        return replace_range(cx, array, slice, values);
    }
    if cx.len(values) != slice.count {
        let message = format!("{} values for a slice of {} elements", cx.len(values), slice.count);
        return Err(value_error(cx, message));
    }
    for (from, to) in slice.positions().enumerate() {
        cx.poll()?;
        cx.copy_range(array, to, values, from, 1);
    }
    Ok(NOTHING)
}

fn replace_range(cx: &mut NativeCx<'_>, array: Handle, slice: bounds::Slice, values: Handle) -> Answer {
    let (len, added) = (cx.len(array), cx.len(values));
    let behind = slice.first + slice.count;
    let new_len = len - slice.count + added;
    if new_len > len {
        cx.resize(array, new_len)?;
    }
    cx.copy_range(array, slice.first + added, array, behind, len - behind);
    cx.copy_range(array, slice.first, values, 0, added);
    cx.truncate(array, new_len);
    Ok(NOTHING)
}

/// `t[index]` of a tuple whose members have one type.
pub(crate) fn tuple_get(cx: &mut NativeCx<'_>) -> Answer {
    let tuple = cx.handle(0);
    // Hidden type numbers in order of appearance: `T`, then that of `any`.
    let tuple_ty = type_at(cx, 3);
    let len = match cx.types().desc(tuple_ty) {
        Some(bp_isa::types::TypeDesc::Tuple { members }) => members.len(),
        _ => unreachable!("the checker lets only tuples through"),
    };
    let index = cx.int(1);
    match bounds::index(index, len) {
        Some(at) => {
            let value = cx.field(tuple, at);
            answer_value(cx, value)
        }
        None => Err(index_error(cx, bounds::out_of_range(index, len))),
    }
}
