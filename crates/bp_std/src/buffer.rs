//! Bodies: arrays as buffers of bytes, `[int]` and `[u8]` alike.
//!
//! An element of a `[int]` counts with its low eight bits.

use crate::support::*;
use bp_isa::types::FixedType;
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};

/// Most bytes of a number.
const MOST: usize = 8;

pub(crate) fn new(cx: &mut NativeCx<'_>) -> Answer {
    let Ok(count) = usize::try_from(cx.int(0)) else {
        return Err(value_error(cx, "a negative number of bytes"));
    };
    bytes_within_limit(cx, count, size_of::<i64>())?;
    let ty = array_type(cx, FixedType::Int.id())?;
    let made = new_array_of(cx, ty, count)?;
    answer_handle(cx, made)
}

/// The position at which `count` bytes of the buffer start; throws `IndexError` unless all are inside.
fn offset(cx: &mut NativeCx<'_>, buffer: Handle, offset: i64, count: usize) -> Result<usize, Thrown> {
    let len = cx.len(buffer);
    match usize::try_from(offset) {
        Ok(at) if at.checked_add(count).is_some_and(|end| end <= len) => Ok(at),
        _ if count == 1 => Err(index_error(cx, format!("index {offset} out of range for length {len}"))),
        _ => Err(index_error(cx, format!("{count} bytes at {offset} out of range for length {len}"))),
    }
}

/// The size of a number, which the program chose; throws `ValueError` unless it is 1 to 8.
fn size(cx: &mut NativeCx<'_>, count: i64) -> Result<usize, Thrown> {
    match usize::try_from(count) {
        Ok(count @ 1..=MOST) => Ok(count),
        _ => Err(value_error(cx, format!("a number of {count} bytes: it must be 1 to {MOST}"))),
    }
}

fn byte(cx: &NativeCx<'_>, buffer: Handle, at: usize) -> u8 {
    cx.get(buffer, at) as u8
}

pub(crate) fn get(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    let at = offset(cx, buffer, cx.int(1), 1)?;
    answer_int(i64::from(byte(cx, buffer, at)))
}

pub(crate) fn set(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    let at = offset(cx, buffer, cx.int(1), 1)?;
    cx.set_word(buffer, at, cx.int(2) as u64 & 0xFF);
    Ok(NOTHING)
}

pub(crate) fn append(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    push(cx, buffer, Value::Word(cx.int(1) as u64 & 0xFF))?;
    Ok(NOTHING)
}

/// The low `N` bytes of the value, lowest first.
pub(crate) fn write<const N: usize>(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    let at = offset(cx, buffer, cx.int(1), N)?;
    let bytes = cx.int(2).to_le_bytes();
    for (position, &byte) in (at..).zip(&bytes[..N]) {
        cx.set_word(buffer, position, u64::from(byte));
    }
    Ok(NOTHING)
}

/// `N` bytes, lowest first.
pub(crate) fn read<const N: usize>(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    let at = offset(cx, buffer, cx.int(1), N)?;
    let mut bytes = [0; MOST];
    for (slot, position) in bytes[..N].iter_mut().zip(at..) {
        *slot = byte(cx, buffer, position);
    }
    answer_int(i64::from_le_bytes(bytes))
}

pub(crate) fn int_to_bytes(cx: &mut NativeCx<'_>) -> Answer {
    let count = size(cx, cx.int(1))?;
    let bytes = cx.int(0).to_be_bytes();
    answer_bytes(cx, &bytes[MOST - count..], FixedType::Int)
}

pub(crate) fn int_from_bytes(cx: &mut NativeCx<'_>) -> Answer {
    let buffer = cx.handle(0);
    let count = size(cx, cx.int(2))?;
    let at = offset(cx, buffer, cx.int(1), count)?;
    let mut bytes = [0; MOST];
    for (slot, position) in bytes[MOST - count..].iter_mut().zip(at..) {
        *slot = byte(cx, buffer, position);
    }
    answer_int(i64::from_be_bytes(bytes))
}
