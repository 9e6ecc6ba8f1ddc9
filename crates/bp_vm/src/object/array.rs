//! Arrays: one reference to a storage with the elements in a row.
//!
//! Growing installs a new storage, so the length and the elements that one load of the storage
//! gives always belong together. A storage's capacity follows from its size. Reference elements
//! beyond the length are null; words, halves and bytes beyond it are anything.

use super::is_large;
use crate::heap::{Heap, Ref};
use crate::native::Thrown;
use crate::vm::Vm;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{WORD, array, storage};
use bp_isa::types::{ElementKind, FixedType, TypeId};
use std::ops::Range;

/// Storages of up to so many words are replaced by ones of twice the size, larger ones by ones of
/// one and a half times the size.
const DOUBLED_WORDS: usize = 1 << 17;
/// Words of the elements of the first storage that an append makes.
const FIRST_WORDS: usize = 4;

/// Bytes of an element.
pub(crate) const fn element_bytes(kind: ElementKind) -> usize {
    match kind {
        ElementKind::Int | ElementKind::Float | ElementKind::Ref => 8,
        ElementKind::I32 | ElementKind::F32 => 4,
        ElementKind::Byte => 1,
    }
}

const fn storage_type(kind: ElementKind) -> (FixedType, RefKind) {
    match kind {
        ElementKind::Int | ElementKind::Float => (FixedType::WordStorage, RefKind::None),
        ElementKind::Ref => (FixedType::RefStorage, RefKind::AllButFirst),
        ElementKind::Byte => (FixedType::ByteStorage, RefKind::None),
        ElementKind::I32 | ElementKind::F32 => (FixedType::HalfStorage, RefKind::None),
    }
}

/// The header of an empty storage; its size is still to be added.
pub(crate) const fn storage_header(kind: ElementKind) -> Header {
    let (ty, references) = storage_type(kind);
    Header::new(ty.id(), references, storage::ELEMENTS)
}

/// The storage.
#[inline(always)]
pub(crate) fn storage(heap: &Heap, array: Ref) -> Ref {
    Ref::from_word(heap.load(array, array::STORAGE))
}

/// Number of elements.
#[inline(always)]
pub(crate) fn len(heap: &Heap, array: Ref) -> usize {
    heap.load(storage(heap, array), storage::LEN) as usize
}

/// The elements of an array of ints, floats or references as words.
#[inline]
pub(crate) fn words(heap: &Heap, array: Ref) -> &[u64] {
    heap.words(storage(heap, array), storage::ELEMENTS, len(heap, array))
}

/// The elements of an array of ints, floats or references as words to write to.
#[inline]
pub(crate) fn words_mut(heap: &mut Heap, array: Ref) -> &mut [u64] {
    let (storage, len) = (storage(heap, array), len(heap, array));
    heap.words_mut(storage, storage::ELEMENTS, len)
}

/// The elements of an array of bytes or bools.
#[inline]
pub(crate) fn bytes(heap: &Heap, array: Ref) -> &[u8] {
    heap.bytes(storage(heap, array), storage::ELEMENTS, len(heap, array))
}

/// The elements of an array of bytes or bools, to write to.
#[inline]
pub(crate) fn bytes_mut(heap: &mut Heap, array: Ref) -> &mut [u8] {
    let (storage, len) = (storage(heap, array), len(heap, array));
    heap.bytes_mut(storage, storage::ELEMENTS, len)
}

/// The elements of an array of 4-byte ints or floats.
#[inline]
pub(crate) fn halves(heap: &Heap, array: Ref) -> &[u32] {
    bytemuck::cast_slice(heap.bytes(storage(heap, array), storage::ELEMENTS, 4 * len(heap, array)))
}

/// The elements of an array of 4-byte ints or floats, to write to.
#[inline]
pub(crate) fn halves_mut(heap: &mut Heap, array: Ref) -> &mut [u32] {
    let (storage, len) = (storage(heap, array), len(heap, array));
    bytemuck::cast_slice_mut(heap.bytes_mut(storage, storage::ELEMENTS, 4 * len))
}

/// A 4-byte int or float as a register holds it.
#[inline(always)]
pub(crate) fn widened(kind: ElementKind, half: u32) -> u64 {
    match kind {
        ElementKind::F32 => f64::from(f32::from_bits(half)).to_bits(),
        _ => half as i32 as u64,
    }
}

/// A register as a 4-byte int or float.
#[inline(always)]
pub(crate) fn narrowed(kind: ElementKind, word: u64) -> u32 {
    match kind {
        ElementKind::F32 => (f64::from_bits(word) as f32).to_bits(),
        _ => word as u32,
    }
}

/// The element at `index`, which is inside, as a register holds it.
#[inline]
pub(crate) fn element(heap: &Heap, kind: ElementKind, array: Ref, index: usize) -> u64 {
    match kind {
        ElementKind::Int | ElementKind::Float | ElementKind::Ref => words(heap, array)[index],
        ElementKind::Byte => u64::from(bytes(heap, array)[index]),
        ElementKind::I32 | ElementKind::F32 => widened(kind, halves(heap, array)[index]),
    }
}

/// Sets the element at `index`, which is inside.
#[inline]
pub(crate) fn set_element(heap: &mut Heap, kind: ElementKind, array: Ref, index: usize, word: u64) {
    match kind {
        ElementKind::Int | ElementKind::Float => words_mut(heap, array)[index] = word,
        ElementKind::Byte => bytes_mut(heap, array)[index] = word as u8,
        ElementKind::I32 | ElementKind::F32 => halves_mut(heap, array)[index] = narrowed(kind, word),
        ElementKind::Ref => {
            let storage = storage(heap, array);
            assert!(index < heap.load(storage, storage::LEN) as usize, "an element that is inside");
            heap.store_ref(storage, storage::ELEMENTS + index, Ref::from_word(word));
        }
    }
}

/// Elements for which the storage has room.
#[inline(always)]
fn capacity(heap: &Heap, kind: ElementKind, storage: Ref) -> usize {
    (heap.header(storage).payload_words() - storage::ELEMENTS) * (WORD / element_bytes(kind))
}

/// Makes elements null, if they are references.
fn clear_references(heap: &mut Heap, kind: ElementKind, storage: Ref, range: Range<usize>) {
    if kind == ElementKind::Ref {
        heap.words_mut(storage, storage::ELEMENTS + range.start, range.len()).fill(0);
    }
}

/// How an array stores its elements.
#[inline]
pub(crate) fn kind(vm: &Vm, array: Ref) -> ElementKind {
    vm.state.types.element_kind(vm.heap.header(array).ty())
}

/// An empty array of the type with room for `capacity` elements.
pub(crate) fn new(vm: &mut Vm, ty: TypeId, capacity: usize) -> Result<Ref, Thrown> {
    let kind = vm.state.types.element_kind(ty);
    let storage = new_storage(vm, kind, capacity, &mut [])?;
    let mut kept = [storage];
    let made = vm.alloc_keeping(vm.state.types.header(ty), &mut kept)?;
    vm.heap.store(made, array::STORAGE, kept[0].word());
    Ok(made)
}

/// An empty storage.
fn new_storage<const N: usize>(
    vm: &mut Vm,
    kind: ElementKind,
    capacity: usize,
    kept: &mut [Ref; N],
) -> Result<Ref, Thrown> {
    let words = capacity.div_ceil(WORD / element_bytes(kind));
    let (ty, references) = storage_type(kind);
    let header = vm.sized_header(ty, references, words.saturating_add(storage::ELEMENTS))?;
    let made = vm.alloc_keeping(header, kept)?;
    vm.heap.store(made, storage::LEN, 0);
    if !is_large(header) {
        clear_references(&mut vm.heap, kind, made, 0..words);
    }
    Ok(made)
}

/// Installs a storage with room for at least `least` elements, and for so many more that
/// appending one by one costs constant time each.
#[cold]
#[inline(never)]
fn grow_to<const N: usize>(vm: &mut Vm, array: Ref, least: usize, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
    let mark = vm.state.handles.mark();
    let handle = vm.state.handles.push(array);
    let kind = kind(vm, array);
    let per_word = WORD / element_bytes(kind);
    let words = capacity(&vm.heap, kind, storage(&vm.heap, array)) / per_word;
    let grown = if words <= DOUBLED_WORDS { 2 * words } else { words + words / 2 };
    let grown = (grown.max(FIRST_WORDS) * per_word).max(least);
    let made = new_storage(vm, kind, grown, kept);
    let array = vm.state.handles.get(handle);
    vm.state.handles.release(mark);
    let made = made?;

    let old = storage(&vm.heap, array);
    let len = vm.heap.load(old, storage::LEN);
    let words = (len as usize).div_ceil(per_word);
    vm.heap.copy_words(made, storage::ELEMENTS, old, storage::ELEMENTS, words);
    vm.heap.store(made, storage::LEN, len);
    if kind == ElementKind::Ref {
        vm.heap.remember(made);
    }
    vm.heap.store_ref(array, array::STORAGE, made);
    Ok(array)
}

/// Makes room for one more element.
#[cold]
#[inline(never)]
pub(crate) fn grow(vm: &mut Vm, array: Ref) -> Result<(), Thrown> {
    let least = len(&vm.heap, array) + 1;
    grow_to(vm, array, least, &mut []).map(drop)
}

/// Appends a word to an array of ints or floats.
#[inline]
pub(crate) fn push_word(vm: &mut Vm, mut array: Ref, word: u64) -> Result<(), Thrown> {
    let mut storage = storage(&vm.heap, array);
    let len = vm.heap.load(storage, storage::LEN) as usize;
    if len == vm.heap.header(storage).payload_words() - storage::ELEMENTS {
        array = grow_to(vm, array, len + 1, &mut [])?;
        storage = self::storage(&vm.heap, array);
    }
    vm.heap.store(storage, storage::ELEMENTS + len, word);
    vm.heap.store(storage, storage::LEN, len as u64 + 1);
    Ok(())
}

/// Appends a reference to an array of references.
#[inline]
pub(crate) fn push_ref(vm: &mut Vm, mut array: Ref, value: Ref) -> Result<(), Thrown> {
    let mut kept = [value];
    let mut storage = storage(&vm.heap, array);
    let len = vm.heap.load(storage, storage::LEN) as usize;
    if len == vm.heap.header(storage).payload_words() - storage::ELEMENTS {
        array = grow_to(vm, array, len + 1, &mut kept)?;
        storage = self::storage(&vm.heap, array);
    }
    vm.heap.store(storage, storage::LEN, len as u64 + 1);
    vm.heap.store_ref(storage, storage::ELEMENTS + len, kept[0]);
    Ok(())
}

/// Appends to an array of bytes or bools.
#[inline]
pub(crate) fn push_byte(vm: &mut Vm, mut array: Ref, byte: u8) -> Result<(), Thrown> {
    let len = len(&vm.heap, array);
    if len == capacity(&vm.heap, ElementKind::Byte, storage(&vm.heap, array)) {
        array = grow_to(vm, array, len + 1, &mut [])?;
    }
    let storage = storage(&vm.heap, array);
    vm.heap.store(storage, storage::LEN, len as u64 + 1);
    bytes_mut(&mut vm.heap, array)[len] = byte;
    Ok(())
}

/// Appends to an array of 4-byte ints or floats, as bits.
#[inline]
pub(crate) fn push_half(vm: &mut Vm, mut array: Ref, half: u32) -> Result<(), Thrown> {
    let len = len(&vm.heap, array);
    if len == capacity(&vm.heap, ElementKind::I32, storage(&vm.heap, array)) {
        array = grow_to(vm, array, len + 1, &mut [])?;
    }
    let storage = storage(&vm.heap, array);
    vm.heap.store(storage, storage::LEN, len as u64 + 1);
    halves_mut(&mut vm.heap, array)[len] = half;
    Ok(())
}

/// Appends a value to an array of any kind.
pub(crate) fn push(vm: &mut Vm, array: Ref, word: u64) -> Result<(), Thrown> {
    match kind(vm, array) {
        ElementKind::Int | ElementKind::Float => push_word(vm, array, word),
        ElementKind::Ref => push_ref(vm, array, Ref::from_word(word)),
        ElementKind::Byte => push_byte(vm, array, word as u8),
        kind @ (ElementKind::I32 | ElementKind::F32) => push_half(vm, array, narrowed(kind, word)),
    }
}

/// Removes the last element; `None` if there is none.
#[inline]
pub(crate) fn pop(vm: &mut Vm, array: Ref) -> Option<u64> {
    let storage = storage(&vm.heap, array);
    let len = vm.heap.load(storage, storage::LEN) as usize;
    let last = len.checked_sub(1)?;
    let kind = kind(vm, array);
    let word = element(&vm.heap, kind, array, last);
    clear_references(&mut vm.heap, kind, storage, last..len);
    vm.heap.store(storage, storage::LEN, last as u64);
    Some(word)
}

/// The element at `index`, if that is inside, as a register holds it.
#[inline]
pub(crate) fn element_at(vm: &Vm, array: Ref, index: u64) -> Option<u64> {
    let storage = storage(&vm.heap, array);
    if index >= vm.heap.load(storage, storage::LEN) {
        return None;
    }
    let ty = vm.heap.header(storage).ty();
    if ty == FixedType::WordStorage.id() || ty == FixedType::RefStorage.id() {
        return Some(vm.heap.load(storage, storage::ELEMENTS + index as usize));
    }
    Some(element(&vm.heap, kind(vm, array), array, index as usize))
}

/// Makes the array `len` elements long; new ones are zero or null.
pub(crate) fn resize(vm: &mut Vm, mut array: Ref, len: usize) -> Result<(), Thrown> {
    let kind = kind(vm, array);
    let old = self::len(&vm.heap, array);
    if len <= old {
        truncate(vm, array, len);
        return Ok(());
    }
    if len > capacity(&vm.heap, kind, storage(&vm.heap, array)) {
        array = grow_to(vm, array, len, &mut [])?;
    }
    vm.heap.store(storage(&vm.heap, array), storage::LEN, len as u64);
    match kind {
        ElementKind::Int | ElementKind::Float => words_mut(&mut vm.heap, array)[old..].fill(0),
        ElementKind::Byte => bytes_mut(&mut vm.heap, array)[old..].fill(0),
        ElementKind::I32 | ElementKind::F32 => halves_mut(&mut vm.heap, array)[old..].fill(0),
        // They are null already.
        ElementKind::Ref => {}
    }
    Ok(())
}

/// Removes the elements from `len` on; an array that is not longer stays as it is.
pub(crate) fn truncate(vm: &mut Vm, array: Ref, len: usize) {
    let storage = storage(&vm.heap, array);
    let old = vm.heap.load(storage, storage::LEN) as usize;
    if len < old {
        let kind = kind(vm, array);
        clear_references(&mut vm.heap, kind, storage, len..old);
        vm.heap.store(storage, storage::LEN, len as u64);
    }
}

/// Copies elements between arrays of one element kind, which may be the same.
///
/// # Panics
/// If a range is not inside.
pub(crate) fn copy_range(vm: &mut Vm, to: Ref, to_at: usize, from: Ref, from_at: usize, count: usize) {
    let kind = kind(vm, to);
    assert_eq!(kind, self::kind(vm, from), "arrays of one element kind");
    assert!(to_at + count <= len(&vm.heap, to) && from_at + count <= len(&vm.heap, from));
    let (to, from) = (storage(&vm.heap, to), storage(&vm.heap, from));
    let size = element_bytes(kind);
    if size == WORD {
        vm.heap.copy_words(to, storage::ELEMENTS + to_at, from, storage::ELEMENTS + from_at, count);
    } else {
        let start = storage::ELEMENTS * WORD;
        vm.heap.copy_bytes(to, start + to_at * size, from, start + from_at * size, count * size);
    }
    if kind == ElementKind::Ref {
        vm.heap.remember(to);
    }
}

/// Reverses the elements of a range that is inside.
pub(crate) fn reverse(vm: &mut Vm, array: Ref, range: Range<usize>) {
    match kind(vm, array) {
        ElementKind::Int | ElementKind::Float => words_mut(&mut vm.heap, array)[range].reverse(),
        ElementKind::Byte => bytes_mut(&mut vm.heap, array)[range].reverse(),
        ElementKind::I32 | ElementKind::F32 => halves_mut(&mut vm.heap, array)[range].reverse(),
        ElementKind::Ref => {
            words_mut(&mut vm.heap, array)[range].reverse();
            vm.heap.remember(storage(&vm.heap, array));
        }
    }
}

/// Puts the elements into another order: `order[i]` is the position of what goes to `i`. It
/// names every position once.
pub(crate) fn permute(vm: &mut Vm, array: Ref, order: &[u32]) {
    fn permute<T: Copy>(elements: &mut [T], order: &[u32]) {
        assert_eq!(elements.len(), order.len(), "an order of all elements");
        let old = elements.to_vec();
        for (element, &from) in elements.iter_mut().zip(order) {
            *element = old[from as usize];
        }
    }
    match kind(vm, array) {
        ElementKind::Int | ElementKind::Float => permute(words_mut(&mut vm.heap, array), order),
        ElementKind::Byte => permute(bytes_mut(&mut vm.heap, array), order),
        ElementKind::I32 | ElementKind::F32 => permute(halves_mut(&mut vm.heap, array), order),
        ElementKind::Ref => {
            permute(words_mut(&mut vm.heap, array), order);
            vm.heap.remember(storage(&vm.heap, array));
        }
    }
}
