//! Bodies: sorting.
//!
//! What is sorted are positions; the order found is then applied to the array as it is at that
//! moment. So no element is ever lost or doubled, whatever a comparison throws or changes: if the
//! array has another length by then, it is left alone and `RuntimeError` thrown.

use crate::long::{self, Stopped};
use crate::merge;
use crate::number::UNORDERED;
use crate::support::*;
use bp_isa::types::{ElementKind, FixedType, TypeDesc, TypeId};
use bp_vm::handle::Handle;
use bp_vm::interrupt::InterruptHandle;
use bp_vm::native::{Argument, NativeCx, Thrown, Value};
use std::cmp::Ordering;

/// By value, nan behind all numbers.
fn float_order(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

fn directed(order: Ordering, reverse: bool) -> Ordering {
    if reverse { order.reverse() } else { order }
}

/// Keys taken out of the heap, by which positions are sorted.
enum Keys {
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    /// All bytes one behind the other, and where each string ends.
    Strs(Vec<u8>, Vec<usize>),
    /// Values that only the engine can compare: a handle each, of the type, behind a number that
    /// is less only where the value is.
    Others(Vec<(u64, Handle)>, TypeId),
}

impl Keys {
    fn empty(kind: ElementKind, ty: TypeId) -> Keys {
        match kind {
            ElementKind::Int | ElementKind::I32 | ElementKind::Byte => Keys::Ints(Vec::new()),
            ElementKind::Float | ElementKind::F32 => Keys::Floats(Vec::new()),
            ElementKind::Ref if ty == FixedType::Str.id() => Keys::Strs(Vec::new(), Vec::new()),
            ElementKind::Ref => Keys::Others(Vec::new(), ty),
        }
    }

    fn push(&mut self, cx: &mut NativeCx<'_>, key: Value) {
        match (self, key) {
            (Keys::Ints(ints), Value::Word(word)) => ints.push(word as i64),
            (Keys::Floats(floats), Value::Word(word)) => floats.push(f64::from_bits(word)),
            (Keys::Strs(bytes, ends), Value::Handle(handle)) => {
                bytes.extend_from_slice(cx.str(handle));
                ends.push(bytes.len());
            }
            (Keys::Others(handles, ty), Value::Handle(handle)) => handles.push((lead(cx, handle, *ty), handle)),
            _ => unreachable!("all keys have the type that `empty` was given"),
        }
    }

    /// Whether keys are copied, so that their handles need not live on.
    fn copies(&self) -> bool {
        !matches!(self, Keys::Others(..))
    }

    /// Positions in sorted order.
    fn order(&self, cx: &mut NativeCx<'_>, reverse: bool) -> Result<Vec<u32>, Thrown> {
        match self {
            Keys::Ints(keys) => {
                let order = order_beside(&cx.watch(), keys.iter().copied(), |a, b| directed(a.cmp(b), reverse));
                long::finish(cx, order)
            }
            Keys::Floats(keys) => {
                let compare = |a: &f64, b: &f64| directed(float_order(*a, *b), reverse);
                let order = order_beside(&cx.watch(), keys.iter().copied(), compare);
                long::finish(cx, order)
            }
            Keys::Strs(bytes, ends) => {
                let order = order_of_strs(&cx.watch(), bytes, ends, reverse);
                long::finish(cx, order)
            }
            Keys::Others(handles, ty) => {
                let mut beside: Vec<((u64, Handle), u32)> = handles.iter().copied().zip(0..).collect();
                merge::sort(&mut beside, &mut |(b, _), (a, _)| {
                    cx.poll()?;
                    let (less, more) = if reverse { (a, b) } else { (b, a) };
                    if less.0 != more.0 {
                        return Ok(less.0 < more.0);
                    }
                    Ok(goes_before(cx.compare(Value::Handle(less.1), Value::Handle(more.1), *ty)?))
                })?;
                Ok(beside.into_iter().map(|(_, at)| at).collect())
            }
        }
    }
}

/// Positions in the order of their keys. Each key lies beside its position while they are sorted:
/// looking it up would miss the cache at every comparison.
fn order_beside<K: Copy>(
    watch: &InterruptHandle,
    keys: impl Iterator<Item = K>,
    compare: impl Fn(&K, &K) -> Ordering,
) -> Result<Vec<u32>, Stopped> {
    let mut beside: Vec<(K, u32)> = keys.zip(0..).collect();
    long::sort(watch, &mut beside, |(a, _), (b, _)| compare(a, b))?;
    Ok(beside.into_iter().map(|(_, at)| at).collect())
}

/// Positions in the order of the strings, which lie in `bytes` one behind the other.
///
/// Eight bytes of each string behind what all have in common decide most comparisons; the strings
/// themselves are looked at only where those are equal.
fn order_of_strs(watch: &InterruptHandle, bytes: &[u8], ends: &[usize], reverse: bool) -> Result<Vec<u32>, Stopped> {
    let text = |at: usize| &bytes[at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]];
    let common = (1..ends.len()).fold(ends.first().map_or(0, |&end| end), |common, at| {
        let both = text(0)[..common].iter().zip(text(at));
        both.take_while(|(a, b)| a == b).count()
    });
    let mut beside: Vec<(u64, u32)> = (0..ends.len()).map(|at| leading(&text(at)[common..])).zip(0..).collect();
    long::sort(watch, &mut beside, |(a, _), (b, _)| directed(a.cmp(b), reverse))?;
    for equal in beside.chunk_by_mut(|(a, _), (b, _)| a == b) {
        long::sort(watch, equal, |&(_, a), &(_, b)| directed(text(a as usize).cmp(text(b as usize)), reverse))?;
    }
    Ok(beside.into_iter().map(|(_, at)| at).collect())
}

/// A number that is less for one value of the type than for another only if the value is: of a tuple
/// from its first member. That may be a float, of which nan is neither less nor more: then it is 0.
fn lead(cx: &mut NativeCx<'_>, key: Handle, ty: TypeId) -> u64 {
    let Some(TypeDesc::Tuple { members }) = cx.types().desc(ty) else { return 0 };
    let Some(&first) = members.first() else { return 0 };
    let is_str = first == FixedType::Str.id();
    if !is_str && key_kind(cx, first) != ElementKind::Int {
        return 0;
    }
    let mark = cx.mark();
    let lead = match cx.field(key, 0) {
        Value::Word(word) => word ^ 1 << 63,
        Value::Handle(text) => leading(cx.str(text)),
    };
    cx.release(mark);
    lead
}

/// The first eight bytes as a number that is ordered as they are; missing ones count as zero.
fn leading(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => text.iter().rev().fold(0, |later, &byte| later >> 8 | u64::from(byte) << 56),
    }
}

/// What holds a nan is beside everything: it stays where it is between its neighbours.
fn goes_before(order: i64) -> bool {
    debug_assert!((-1..=UNORDERED).contains(&order));
    order == -1
}

/// A sort of an array of more elements than positions have bits for is refused.
fn checked_len(cx: &mut NativeCx<'_>, array: Handle) -> Result<usize, Thrown> {
    let len = cx.len(array);
    if u32::try_from(len).is_err() {
        return Err(value_error(cx, "more elements than can be sorted"));
    }
    Ok(len)
}

/// Applies the order, if the array still has the length for which it was found.
fn apply(cx: &mut NativeCx<'_>, array: Handle, order: &[u32]) -> Result<(), Thrown> {
    check_len(cx, array, order.len(), "sorted")?;
    cx.permute(array, order);
    Ok(())
}

/// Sorts by the elements themselves.
fn sort_plain(cx: &mut NativeCx<'_>, array: Handle, ty: TypeId, reverse: bool) -> Result<(), Thrown> {
    match cx.element_kind(array) {
        ElementKind::Int => {
            let sorted = long::sort(&cx.watch(), cx.ints_mut(array), |a, b| directed(a.cmp(b), reverse));
            long::finish(cx, sorted)?;
        }
        ElementKind::Float => {
            let compare = |a: &f64, b: &f64| directed(float_order(*a, *b), reverse);
            let sorted = long::sort(&cx.watch(), cx.floats_mut(array), compare);
            long::finish(cx, sorted)?;
        }
        ElementKind::Byte => {
            let sorted = long::sort(&cx.watch(), cx.byte_elements_mut(array), |a, b| directed(a.cmp(b), reverse));
            long::finish(cx, sorted)?;
        }
        kind @ (ElementKind::Ref | ElementKind::I32 | ElementKind::F32) => {
            let len = checked_len(cx, array)?;
            let mut keys = Keys::empty(kind, ty);
            for at in 0..len {
                cx.poll()?;
                let mark = cx.mark();
                let key = element(cx, array, at);
                keys.push(cx, key);
                if keys.copies() {
                    cx.release(mark);
                }
            }
            let order = keys.order(cx, reverse)?;
            apply(cx, array, &order)?;
        }
    }
    Ok(())
}

/// Sorts by what the function answers for each element.
fn sort_by_key(
    cx: &mut NativeCx<'_>,
    array: Handle,
    function: Handle,
    key_ty: TypeId,
    reverse: bool,
) -> Result<(), Thrown> {
    let len = checked_len(cx, array)?;
    let mut keys = Keys::empty(key_kind(cx, key_ty), key_ty);
    let (elements, mut callback) = (cx.elements(array), cx.callback(function));
    let mut at = 0;
    while at < len && at < cx.len(array) {
        let mark = cx.mark();
        let key = cx.call(&mut callback, &[Argument::Element(elements, at)])?;
        keys.push(cx, key);
        if keys.copies() {
            cx.release(mark);
        }
        at += 1;
    }
    if at < len {
        return apply(cx, array, &(0..len as u32).collect::<Vec<_>>());
    }
    let order = keys.order(cx, reverse)?;
    apply(cx, array, &order)
}

/// How a key of the type is held.
fn key_kind(cx: &NativeCx<'_>, ty: TypeId) -> ElementKind {
    if cx.types().is_reference(ty) {
        ElementKind::Ref
    } else if ty == FixedType::Float.id() {
        ElementKind::Float
    } else {
        ElementKind::Int
    }
}

pub(crate) fn sort(cx: &mut NativeCx<'_>) -> Answer {
    let (array, reverse, ty) = (cx.handle(0), cx.bool(1), type_at(cx, 2));
    sort_plain(cx, array, ty, reverse)?;
    Ok(NOTHING)
}

pub(crate) fn sort_key(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function, reverse, key_ty) = (cx.handle(0), cx.handle(1), cx.bool(2), type_at(cx, 4));
    sort_by_key(cx, array, function, key_ty, reverse)?;
    Ok(NOTHING)
}

pub(crate) fn sorted(cx: &mut NativeCx<'_>) -> Answer {
    let (array, reverse, ty) = (cx.handle(0), cx.bool(1), type_at(cx, 2));
    let made = copy_of(cx, array, 0..cx.len(array))?;
    sort_plain(cx, made, ty, reverse)?;
    answer_handle(cx, made)
}

pub(crate) fn sorted_key(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function, reverse, key_ty) = (cx.handle(0), cx.handle(1), cx.bool(2), type_at(cx, 4));
    let made = copy_of(cx, array, 0..cx.len(array))?;
    sort_by_key(cx, made, function, key_ty, reverse)?;
    answer_handle(cx, made)
}

pub(crate) fn sort_by(cx: &mut NativeCx<'_>) -> Answer {
    let (array, function) = (cx.handle(0), cx.handle(1));
    let len = checked_len(cx, array)?;
    // The function may change the array: it is asked about the elements that were there.
    let copy = copy_of(cx, array, 0..len)?;
    let (elements, mut compare) = (cx.elements(copy), cx.callback(function));
    let mut order: Vec<u32> = (0..len as u32).collect();
    merge::sort(&mut order, &mut |b: u32, a: u32| {
        let pair = [Argument::Element(elements, b as usize), Argument::Element(elements, a as usize)];
        Ok((cx.call_for_word(&mut compare, &pair)? as i64) < 0)
    })?;
    apply(cx, array, &order)?;
    Ok(NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted_strs(texts: &[&str], reverse: bool) -> Vec<u32> {
        let ends: Vec<usize> = texts
            .iter()
            .scan(0, |end, text| {
                *end += text.len();
                Some(*end)
            })
            .collect();
        order_of_strs(&InterruptHandle::default(), texts.concat().as_bytes(), &ends, reverse).unwrap()
    }

    #[test]
    fn strings_are_ordered_beyond_their_first_bytes() {
        assert!(sorted_strs(&[], false).is_empty());
        let texts = ["", "a\0", "a", "12345678", "123456789", "1234567\u{e9}", "123456780", "a", "a\0b", "\u{10ffff}"];
        for shared in ["", "of all", "of all of all of all"] {
            let texts: Vec<String> = texts.iter().map(|text| format!("{shared}{text}")).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut expected: Vec<u32> = (0..texts.len() as u32).collect();
            expected.sort_by_key(|&at| texts[at as usize]);
            assert_eq!(sorted_strs(&texts, false), expected);
            expected.sort_by_key(|&at| at);
            expected.sort_by(|&a, &b| texts[b as usize].cmp(texts[a as usize]));
            assert_eq!(sorted_strs(&texts, true), expected, "a reversed sort is stable too");
        }
    }

    #[test]
    fn nan_is_behind_and_zeros_are_equal() {
        let mut floats = [f64::NAN, 1.0, -0.0, f64::NEG_INFINITY, 0.0, f64::NAN, f64::INFINITY];
        floats.sort_by(|a, b| float_order(*a, *b));
        assert_eq!(floats[..5], [f64::NEG_INFINITY, -0.0, 0.0, 1.0, f64::INFINITY]);
        assert!(floats[1].is_sign_negative(), "the sort is stable");
        assert!(floats[5].is_nan() && floats[6].is_nan());
        assert_eq!(directed(float_order(f64::NAN, 1.0), true), Ordering::Less);
    }
}
