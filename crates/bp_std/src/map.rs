//! Bodies: maps.
//!
//! Entries are walked by position; removed ones leave gaps, which are skipped.

use crate::support::*;
use bp_isa::types::TypeId;
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};

pub(crate) fn len(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.map_len(cx.handle(0)) as i64)
}

/// Hands key and value of each entry to `then`.
pub(crate) fn each_entry(
    cx: &mut NativeCx<'_>,
    map: Handle,
    mut then: impl FnMut(&mut NativeCx<'_>, Value, Value) -> Result<(), Thrown>,
) -> Result<(), Thrown> {
    let mut at = 0;
    while at < cx.entry_count(map) {
        if cx.entry_live(map, at) {
            scoped(cx, |cx| {
                let (key, value) = (cx.entry_key(map, at), cx.entry_value(map, at));
                then(cx, key, value)
            })?;
        }
        at += 1;
    }
    Ok(())
}

/// An array with one element per entry.
fn collected(
    cx: &mut NativeCx<'_>,
    element: TypeId,
    mut pick: impl FnMut(&mut NativeCx<'_>, Value, Value) -> Result<Value, Thrown>,
) -> Answer {
    let map = cx.handle(0);
    let ty = array_type(cx, element)?;
    let made = cx.new_array(ty, cx.map_len(map))?;
    each_entry(cx, map, |cx, key, value| {
        let picked = pick(cx, key, value)?;
        push(cx, made, picked)
    })?;
    answer_handle(cx, made)
}

pub(crate) fn keys(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 1);
    collected(cx, ty, |_, key, _| Ok(key))
}

pub(crate) fn values(cx: &mut NativeCx<'_>) -> Answer {
    let ty = type_at(cx, 2);
    collected(cx, ty, |_, _, value| Ok(value))
}

pub(crate) fn items(cx: &mut NativeCx<'_>) -> Answer {
    let pair_ty = tuple_type(cx, &[type_at(cx, 1), type_at(cx, 2)])?;
    collected(cx, pair_ty, |cx, key, value| cx.new_record(pair_ty, &[key, value]).map(Value::Handle))
}

/// The key argument, whose type number is at `ty_position`.
fn key_argument(cx: &NativeCx<'_>, ty_position: usize) -> Value {
    value_at(cx, 1, type_at(cx, ty_position))
}

pub(crate) fn has_key(cx: &mut NativeCx<'_>) -> Answer {
    let (map, key) = (cx.handle(0), key_argument(cx, 2));
    let found = cx.map_find(map, key)?;
    answer_bool(found.is_some())
}

pub(crate) fn remove(cx: &mut NativeCx<'_>) -> Answer {
    let (map, key) = (cx.handle(0), key_argument(cx, 2));
    let removed = cx.map_remove(map, key)?;
    answer_bool(removed)
}

pub(crate) fn get_or(cx: &mut NativeCx<'_>) -> Answer {
    let (map, key) = (cx.handle(0), cx.word_at(1));
    Ok(cx.map_get(map, key).unwrap_or_else(|| cx.word_at(2)))
}

pub(crate) fn get_or_insert(cx: &mut NativeCx<'_>) -> Answer {
    let (map, key) = (cx.handle(0), key_argument(cx, 3));
    if let Some(at) = cx.map_find(map, key)? {
        let value = cx.entry_value(map, at);
        return answer_value(cx, value);
    }
    let value = value_at(cx, 2, type_at(cx, 4));
    cx.map_insert(map, key, value)?;
    answer_value(cx, value)
}

pub(crate) fn clear(cx: &mut NativeCx<'_>) -> Answer {
    cx.map_clear(cx.handle(0));
    Ok(NOTHING)
}

pub(crate) fn copy(cx: &mut NativeCx<'_>) -> Answer {
    let made = cx.map_copy(cx.handle(0))?;
    answer_handle(cx, made)
}

pub(crate) fn update(cx: &mut NativeCx<'_>) -> Answer {
    let (map, other) = (cx.handle(0), cx.handle(1));
    if cx.word(map) == cx.word(other) {
        return Ok(NOTHING);
    }
    each_entry(cx, other, |cx, key, value| cx.map_insert(map, key, value))?;
    Ok(NOTHING)
}
