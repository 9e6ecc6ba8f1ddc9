//! Bodies: sets, which are maps whose values are nothing.

use crate::map::each_entry;
use crate::support::*;
use bp_isa::types::TypeId;
use bp_vm::handle::Handle;
use bp_vm::native::{NativeCx, Thrown, Value};

/// What a set has for every element.
const PRESENT: Value = Value::Word(0);

fn new_set(cx: &mut NativeCx<'_>, element: TypeId) -> Result<Handle, Thrown> {
    let ty = set_type(cx, element)?;
    cx.new_map(ty)
}

pub(crate) fn new(cx: &mut NativeCx<'_>) -> Answer {
    let made = new_set(cx, type_at(cx, 0))?;
    answer_handle(cx, made)
}

pub(crate) fn of(cx: &mut NativeCx<'_>) -> Answer {
    let array = cx.handle(0);
    let made = new_set(cx, type_at(cx, 1))?;
    for at in 0..cx.len(array) {
        scoped(cx, |cx| {
            let value = element(cx, array, at);
            cx.map_insert(made, value, PRESENT)
        })?;
    }
    answer_handle(cx, made)
}

/// The element argument.
fn value(cx: &NativeCx<'_>) -> Value {
    value_at(cx, 1, type_at(cx, 2))
}

pub(crate) fn contains(cx: &mut NativeCx<'_>) -> Answer {
    let (set, value) = (cx.handle(0), value(cx));
    let found = cx.map_find(set, value)?;
    answer_bool(found.is_some())
}

pub(crate) fn add(cx: &mut NativeCx<'_>) -> Answer {
    let (set, value) = (cx.handle(0), value(cx));
    let len = cx.map_len(set);
    cx.map_insert(set, value, PRESENT)?;
    answer_bool(cx.map_len(set) > len)
}

pub(crate) fn remove(cx: &mut NativeCx<'_>) -> Answer {
    let (set, value) = (cx.handle(0), value(cx));
    let removed = cx.map_remove(set, value)?;
    answer_bool(removed)
}

pub(crate) fn union(cx: &mut NativeCx<'_>) -> Answer {
    let (set, other) = (cx.handle(0), cx.handle(1));
    let made = cx.map_copy(set)?;
    each_entry(cx, other, |cx, value, _| cx.map_insert(made, value, PRESENT))?;
    answer_handle(cx, made)
}

/// A new set of the elements of the first that the second holds, or does not hold.
fn selected(cx: &mut NativeCx<'_>, held: bool) -> Answer {
    let (set, other) = (cx.handle(0), cx.handle(1));
    let made = new_set(cx, type_at(cx, 2))?;
    each_entry(cx, set, |cx, value, _| {
        if cx.map_find(other, value)?.is_some() == held {
            cx.map_insert(made, value, PRESENT)?;
        }
        Ok(())
    })?;
    answer_handle(cx, made)
}

pub(crate) fn intersect(cx: &mut NativeCx<'_>) -> Answer {
    selected(cx, true)
}

pub(crate) fn difference(cx: &mut NativeCx<'_>) -> Answer {
    selected(cx, false)
}
