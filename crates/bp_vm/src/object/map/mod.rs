//! Maps and sets: hash tables in insertion order.
//!
//! Entries (hash, key, value) lie in the order in which their keys were added; a removed one leaves
//! a gap until the table is next rebuilt. A map of more than [`grow::MOST_SCANNED`] entries has an index: a
//! power of two of 32-bit slots, probed linearly. A slot is 0 if free, else it holds an entry number
//! plus one in as many low bits as number the slots, and above them bits of the entry's hash, so that
//! an entry is looked at only when it is very likely the one. A removed entry keeps its slot, which
//! no key matches any more.
//!
//! Invariant: used entries are at most three quarters of the slots, so every probe ends.
//!
//! A set is a map whose values are 0.

mod grow;

use super::hash::hash_word;
use super::keys::{self, Key};
use super::string;
use crate::heap::{Heap, Ref};
use crate::native::Thrown;
use crate::vm::Vm;
use bp_isa::Trap;
use bp_isa::abi::layout::{entries, map};
use bp_isa::types::{FixedType, TypeDesc, TypeId};
use grow::{capacity, capacity_for, clear_index, enter, grow, install, new_entries, new_index};

// ---- reading

/// Number of keys.
#[inline]
pub(crate) fn len(heap: &Heap, map: Ref) -> usize {
    heap.load(map, map::LIVE) as usize
}

#[inline(always)]
fn entries_of(heap: &Heap, map: Ref) -> Ref {
    Ref::from_word(heap.load(map, map::ENTRIES))
}

/// Number of entries, removed ones included.
#[inline]
pub(crate) fn entry_count(heap: &Heap, map: Ref) -> usize {
    let storage = entries_of(heap, map);
    if storage.is_null() { 0 } else { heap.load(storage, entries::USED) as usize }
}

const fn at(entry: usize) -> usize {
    entries::FIRST + entries::STRIDE * entry
}

/// Whether the entry, which is below the count, holds a key.
#[inline]
pub(crate) fn is_live(heap: &Heap, map: Ref, entry: usize) -> bool {
    heap.load(entries_of(heap, map), at(entry)) != entries::REMOVED
}

/// The hash of an entry.
#[inline]
pub(crate) fn entry_hash(heap: &Heap, map: Ref, entry: usize) -> u64 {
    heap.load(entries_of(heap, map), at(entry))
}

/// The key of an entry.
#[inline]
pub(crate) fn entry_key(heap: &Heap, map: Ref, entry: usize) -> u64 {
    heap.load(entries_of(heap, map), at(entry) + 1)
}

/// The value of an entry.
#[inline]
pub(crate) fn entry_value(heap: &Heap, map: Ref, entry: usize) -> u64 {
    heap.load(entries_of(heap, map), at(entry) + 2)
}

/// The first entry at or behind `from` that holds a key.
#[inline]
pub(crate) fn next_entry(heap: &Heap, map: Ref, from: usize) -> Option<usize> {
    (from..entry_count(heap, map)).find(|&entry| is_live(heap, map, entry))
}

/// The type of a map's or set's keys.
pub(crate) fn key_type(vm: &Vm, map: Ref) -> TypeId {
    match vm.state.types.desc(vm.heap.header(map).ty()) {
        Some(TypeDesc::Map { key, .. } | TypeDesc::Set { key }) => *key,
        other => unreachable!("a map or set, not {other:?}"),
    }
}

// ---- finding

/// A key's slot bits above the entry number.
#[inline(always)]
fn tag(hash: u64, mask: u32) -> u32 {
    (hash >> 32) as u32 & !mask
}

#[inline(always)]
fn slots(heap: &Heap, index: Ref) -> &[u32] {
    bytemuck::cast_slice(heap.words(index, 0, heap.header(index).payload_words()))
}

/// The entry with that hash whose key, given as a word, is the one.
#[inline(always)]
fn find(heap: &Heap, map: Ref, hash: u64, mut is_key: impl FnMut(u64) -> bool) -> Option<usize> {
    let storage = entries_of(heap, map);
    if storage.is_null() {
        return None;
    }
    let index = Ref::from_word(heap.load(map, map::INDEX));
    let used = heap.load(storage, entries::USED) as usize;
    let rows = heap.words(storage, entries::FIRST, entries::STRIDE * used);
    if index.is_null() {
        let mut rows = rows.as_chunks::<{ entries::STRIDE }>().0.iter();
        return rows.position(|&[found, key, _]| found == hash && is_key(key));
    }
    let slots = slots(heap, index);
    let mask = slots.len() as u32 - 1;
    let wanted = tag(hash, mask);
    let mut position = hash as u32 & mask;
    loop {
        let slot = slots[position as usize];
        if slot == 0 {
            return None;
        }
        if slot & !mask == wanted {
            let entry = (slot & mask) as usize - 1;
            if rows[entries::STRIDE * entry] == hash && is_key(rows[entries::STRIDE * entry + 1]) {
                return Some(entry);
            }
        }
        position = (position + 1) & mask;
    }
}

/// The entry of an int, bool or enum key.
#[inline]
pub(crate) fn find_int(heap: &Heap, map: Ref, key: u64) -> Option<usize> {
    find(heap, map, hash_word(key), |found| found == key)
}

/// The entry of a string key.
#[inline]
pub(crate) fn find_str(vm: &mut Vm, map: Ref, key: Ref) -> Option<usize> {
    let hash = string::hash(&mut vm.heap, vm.state.hash_key, key);
    find_hashed_str(&vm.heap, map, hash, key)
}

#[inline]
fn find_hashed_str(heap: &Heap, map: Ref, hash: u64, key: Ref) -> Option<usize> {
    find(heap, map, hash, |found| string::equal(heap, Ref::from_word(found), key))
}

/// The entry of a key of any type.
pub(crate) fn find_any(vm: &mut Vm, map: Ref, key: u64) -> Option<usize> {
    let ty = key_type(vm, map);
    match keys::kind(&vm.state.types, ty) {
        Key::Word => find_int(&vm.heap, map, key),
        Key::Str => find_str(vm, map, Ref::from_word(key)),
        Key::Float | Key::Tuple => {
            let hash = hash_any(vm, map, key, ty);
            find_hashed(vm, map, hash, key, ty)
        }
    }
}

/// The hash of a key of any type. What is not equal to itself gets a hash of its own in each place.
fn hash_any(vm: &mut Vm, map: Ref, key: u64, ty: TypeId) -> u64 {
    let salt = vm.heap.load(map, map::CHANGES);
    keys::hash(vm, key, ty, salt)
}

fn find_hashed(vm: &Vm, map: Ref, hash: u64, key: u64, ty: TypeId) -> Option<usize> {
    match keys::kind(&vm.state.types, ty) {
        Key::Word => find(&vm.heap, map, hash, |found| found == key),
        Key::Str => find_hashed_str(&vm.heap, map, hash, Ref::from_word(key)),
        Key::Float | Key::Tuple => find(&vm.heap, map, hash, |found| keys::equal(vm, found, key, ty)),
    }
}

/// The entry of `map` whose key is that of an entry of `other`, of a map with keys of the same type.
pub(crate) fn find_same(vm: &Vm, map: Ref, other: Ref, entry: usize, key_ty: TypeId) -> Option<usize> {
    let (hash, key) = (entry_hash(&vm.heap, other, entry), entry_key(&vm.heap, other, entry));
    find_hashed(vm, map, hash, key, key_ty)
}

// ---- adding

/// An empty map or set of the type.
pub(crate) fn new(vm: &mut Vm, ty: TypeId) -> Result<Ref, Thrown> {
    let made = vm.alloc(vm.state.types.header(ty))?;
    vm.heap.words_mut(made, 0, map::WORDS).fill(0);
    Ok(made)
}

/// Whether the next key needs [`grow`] first.
#[inline]
fn is_full(heap: &Heap, map: Ref) -> bool {
    let storage = entries_of(heap, map);
    storage.is_null() || heap.load(storage, entries::USED) as usize == capacity(heap, storage)
}

/// Appends an entry for a key that the map does not hold.
#[inline]
fn append(vm: &mut Vm, map: Ref, hash: u64, key: u64, value: u64) -> Result<(), Thrown> {
    if !is_full(&vm.heap, map) {
        append_in_place(&mut vm.heap, map, hash, key, value);
        return Ok(());
    }
    append_growing(vm, map, hash, key, value)
}

#[cold]
#[inline(never)]
fn append_growing(vm: &mut Vm, map: Ref, hash: u64, key: u64, value: u64) -> Result<(), Thrown> {
    let (key_is_ref, value_is_ref) = reference_parts(vm, map);
    let reference = |is: bool, word| if is { Ref::from_word(word) } else { Ref::NULL };
    let mut kept = [map, reference(key_is_ref, key), reference(value_is_ref, value)];
    grow(vm, &mut kept)?;
    let key = if key_is_ref { kept[1].word() } else { key };
    let value = if value_is_ref { kept[2].word() } else { value };
    append_in_place(&mut vm.heap, kept[0], hash, key, value);
    Ok(())
}

/// Whether keys and values of a map are references.
pub(crate) fn reference_parts(vm: &Vm, map: Ref) -> (bool, bool) {
    match vm.state.types.entries_type(vm.heap.header(map).ty()) {
        FixedType::EntriesWordRef => (false, true),
        FixedType::EntriesRefWord => (true, false),
        FixedType::EntriesRefRef => (true, true),
        _ => (false, false),
    }
}

#[inline]
fn append_in_place(heap: &mut Heap, map: Ref, hash: u64, key: u64, value: u64) {
    let storage = entries_of(heap, map);
    let entry = heap.load(storage, entries::USED) as usize;
    let ty = heap.header(storage).ty();
    heap.store(storage, entries::USED, entry as u64 + 1);
    heap.store(storage, at(entry), hash);
    if ty == FixedType::EntriesWordWord.id() {
        heap.store(storage, at(entry) + 1, key);
        heap.store(storage, at(entry) + 2, value);
    } else {
        store_part(heap, storage, at(entry) + 1, key, ty != FixedType::EntriesWordRef.id());
        store_part(heap, storage, at(entry) + 2, value, ty != FixedType::EntriesRefWord.id());
    }
    let index = Ref::from_word(heap.load(map, map::INDEX));
    if !index.is_null() {
        let words = heap.header(index).payload_words();
        enter(bytemuck::cast_slice_mut(heap.words_mut(index, 0, words)), hash, entry);
    }
    heap.store(map, map::LIVE, heap.load(map, map::LIVE) + 1);
    heap.store(map, map::CHANGES, heap.load(map, map::CHANGES) + 1);
}

#[inline]
fn store_part(heap: &mut Heap, storage: Ref, word: usize, value: u64, is_ref: bool) {
    if is_ref {
        heap.store_ref(storage, word, Ref::from_word(value));
    } else {
        heap.store(storage, word, value);
    }
}

/// Replaces the value of an entry.
#[inline]
pub(crate) fn set_value(heap: &mut Heap, map: Ref, entry: usize, value: u64) {
    let storage = entries_of(heap, map);
    let ty = heap.header(storage).ty();
    let is_ref = ty == FixedType::EntriesWordRef.id() || ty == FixedType::EntriesRefRef.id();
    store_part(heap, storage, at(entry) + 2, value, is_ref);
}

/// `map[key] = value` with an int, bool or enum key.
#[inline]
pub(crate) fn insert_int(vm: &mut Vm, map: Ref, key: u64, value: u64) -> Result<(), Thrown> {
    let hash = hash_word(key);
    if let Some(entry) = find(&vm.heap, map, hash, |found| found == key) {
        set_value(&mut vm.heap, map, entry, value);
        return Ok(());
    }
    append(vm, map, hash, key, value)
}

/// `map[key] = value` with a string key.
#[inline]
pub(crate) fn insert_str(vm: &mut Vm, map: Ref, key: Ref, value: u64) -> Result<(), Thrown> {
    let hash = string::hash(&mut vm.heap, vm.state.hash_key, key);
    if let Some(entry) = find_hashed_str(&vm.heap, map, hash, key) {
        set_value(&mut vm.heap, map, entry, value);
        return Ok(());
    }
    append(vm, map, hash, key.word(), value)
}

/// `map[key] = value` with a key of any type.
pub(crate) fn insert_any(vm: &mut Vm, map: Ref, key: u64, value: u64) -> Result<(), Thrown> {
    let ty = key_type(vm, map);
    match keys::kind(&vm.state.types, ty) {
        Key::Word => return insert_int(vm, map, key, value),
        Key::Str => return insert_str(vm, map, Ref::from_word(key), value),
        Key::Float | Key::Tuple => {}
    }
    let hash = hash_any(vm, map, key, ty);
    if let Some(entry) = find_hashed(vm, map, hash, key, ty) {
        set_value(&mut vm.heap, map, entry, value);
        return Ok(());
    }
    append(vm, map, hash, key, value)
}

// ---- removing, copying

/// Removes a key; whether it was there.
pub(crate) fn remove(vm: &mut Vm, map: Ref, key: u64) -> bool {
    let Some(entry) = find_any(vm, map, key) else { return false };
    let heap = &mut vm.heap;
    let storage = entries_of(heap, map);
    heap.words_mut(storage, at(entry), entries::STRIDE).fill(0);
    let live = heap.load(map, map::LIVE) - 1;
    heap.store(map, map::LIVE, live);
    heap.store(map, map::CHANGES, heap.load(map, map::CHANGES) + 1);
    // Nothing but gaps, and enough of them to pay for looking at all slots.
    if live == 0 && heap.load(storage, entries::USED) as usize > capacity(heap, storage) / 4 {
        heap.store(storage, entries::USED, 0);
        clear_index(heap, map);
    }
    true
}

/// Removes all keys.
pub(crate) fn clear(heap: &mut Heap, map: Ref) {
    if entry_count(heap, map) == 0 {
        return;
    }
    heap.store_ref(map, map::INDEX, Ref::NULL);
    heap.store_ref(map, map::ENTRIES, Ref::NULL);
    heap.store(map, map::LIVE, 0);
    heap.store(map, map::CHANGES, heap.load(map, map::CHANGES) + 1);
}

/// A new map or set with the same keys and values.
pub(crate) fn copy(vm: &mut Vm, map: Ref) -> Result<Ref, Thrown> {
    let header = vm.heap.header(map);
    let mark = vm.state.handles.mark();
    let original = vm.state.handles.push(map);
    let made = new(vm, header.ty())?;
    let live = len(&vm.heap, vm.state.handles.get(original));
    if live == 0 {
        vm.state.handles.release(mark);
        return Ok(made);
    }
    let mut kept = [made, vm.state.handles.get(original), Ref::NULL];
    vm.state.handles.release(mark);
    let capacity = capacity_for(live);
    kept[2] = new_index(vm, capacity, &mut kept)?;
    let ty = vm.state.types.entries_type(header.ty());
    let storage = new_entries(vm, ty, capacity, &mut kept)?;
    let [made, original, index] = kept;
    let watch = vm.state.poll.handle();
    if !install(&mut vm.heap, made, original, storage, index, || watch.is_requested()) {
        vm.poll()?;
        return Err(vm.trap(Trap::Interrupt));
    }
    vm.heap.store(made, map::LIVE, live as u64);
    Ok(made)
}
