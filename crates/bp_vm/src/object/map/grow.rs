//! Entry storages and indices: making, growing, packing.

use super::{at, entries_of, len, tag};
use crate::heap::{Heap, Ref};
use crate::native::Thrown;
use crate::object::is_large;
use crate::vm::Vm;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{entries, map};
use bp_isa::types::FixedType;

/// Maps with room for up to so many entries have no index.
pub(super) const MOST_SCANNED: usize = 8;
/// Entries of a map's first entry storage.
const FIRST_CAPACITY: usize = 4;

/// Entries that a storage has room for.
pub(super) fn capacity(heap: &Heap, storage: Ref) -> usize {
    (heap.header(storage).payload_words() - entries::FIRST) / entries::STRIDE
}

/// Slots of the index of a map with room for `capacity` entries.
fn slot_count(capacity: usize) -> usize {
    (capacity + capacity.div_ceil(3)).next_power_of_two().max(2)
}

/// Room for entries that goes with as many slots as hold `least` entries.
pub(super) fn capacity_for(least: usize) -> usize {
    if least <= MOST_SCANNED { least.next_power_of_two().max(FIRST_CAPACITY) } else { slot_count(least) / 4 * 3 }
}

/// A storage without entries, all of it zero.
pub(super) fn new_entries<const N: usize>(
    vm: &mut Vm,
    ty: FixedType,
    capacity: usize,
    kept: &mut [Ref; N],
) -> Result<Ref, Thrown> {
    let words = capacity.saturating_mul(entries::STRIDE).saturating_add(entries::FIRST);
    let kind = vm.state.types.header(ty.id()).kind();
    let header = vm.sized_header(ty, kind, words)?;
    let made = vm.alloc_keeping(header, kept)?;
    if !is_large(header) {
        vm.heap.words_mut(made, 0, words).fill(0);
    }
    Ok(made)
}

/// An index for a map with room for `capacity` entries, all slots free; null if it needs none.
pub(super) fn new_index<const N: usize>(vm: &mut Vm, capacity: usize, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
    if capacity <= MOST_SCANNED {
        return Ok(Ref::NULL);
    }
    let words = slot_count(capacity) / 2;
    let header = vm.sized_header(FixedType::MapIndex, RefKind::None, words)?;
    let made = vm.alloc_keeping(header, kept)?;
    if !is_large(header) {
        vm.heap.words_mut(made, 0, words).fill(0);
    }
    Ok(made)
}

/// Enters entry number `entry` with that hash into an index.
#[inline]
pub(super) fn enter(slots: &mut [u32], hash: u64, entry: usize) {
    let mask = slots.len() as u32 - 1;
    let mut position = hash as u32 & mask;
    while slots[position as usize] != 0 {
        position = (position + 1) & mask;
    }
    slots[position as usize] = tag(hash, mask) | (entry as u32 + 1);
}

/// Enters all entries, none of which is removed, into an index without any. Gives up, and answers
/// `false`, when `stop` says so.
fn fill_index(heap: &mut Heap, storage: Ref, index: Ref, stop: impl Fn() -> bool) -> bool {
    if index.is_null() {
        return true;
    }
    let used = heap.load(storage, entries::USED) as usize;
    // The hashes are copied out a few at a time: index and entries lie in one heap.
    let mut hashes = [0; 256];
    let mut first = 0;
    while first < used {
        if stop() {
            return false;
        }
        let count = hashes.len().min(used - first);
        let rows = heap.words(storage, at(first), entries::STRIDE * count);
        for (hash, row) in hashes.iter_mut().zip(rows.as_chunks::<{ entries::STRIDE }>().0) {
            *hash = row[0];
        }
        let words = heap.header(index).payload_words();
        let slots = bytemuck::cast_slice_mut(heap.words_mut(index, 0, words));
        for (number, &hash) in hashes[..count].iter().enumerate() {
            enter(slots, hash, first + number);
        }
        first += count;
    }
    true
}

/// Copies the entries of `from` that hold keys to the beginning of `to`, which may be `from`.
fn pack(heap: &mut Heap, from: Ref, to: Ref) {
    let used = heap.load(from, entries::USED) as usize;
    let (mut next, mut entry) = (0, 0);
    while entry < used {
        if heap.load(from, at(entry)) == entries::REMOVED {
            entry += 1;
            continue;
        }
        let first = entry;
        while entry < used && heap.load(from, at(entry)) != entries::REMOVED {
            entry += 1;
        }
        if from != to || first != next {
            heap.copy_words(to, at(next), from, at(first), entries::STRIDE * (entry - first));
        }
        next += entry - first;
    }
    if from == to {
        heap.words_mut(to, at(next), entries::STRIDE * (used - next)).fill(0);
    }
    heap.store(to, entries::USED, next as u64);
    heap.remember(to);
}

/// Makes room for one more entry in a map that has none; all of `kept` stays good, the map first.
#[cold]
#[inline(never)]
pub(super) fn grow<const N: usize>(vm: &mut Vm, kept: &mut [Ref; N]) -> Result<(), Thrown> {
    let map = kept[0];
    let (live, storage) = (len(&vm.heap, map), entries_of(&vm.heap, map));
    if !storage.is_null() {
        let room = capacity(&vm.heap, storage);
        // Enough gaps: packing them away pays for itself before the next time.
        if live + room / 4 < room {
            repack(&mut vm.heap, map, storage);
            return Ok(());
        }
    }
    let wanted = capacity_for(2 * live.max(1));
    let mark = vm.state.handles.mark();
    let index = new_index(vm, wanted, kept)?;
    let index_handle = vm.state.handles.push(index);
    let ty = vm.state.types.entries_type(vm.heap.header(kept[0]).ty());
    let made = new_entries(vm, ty, wanted, kept);
    let index = vm.state.handles.get(index_handle);
    vm.state.handles.release(mark);
    install(&mut vm.heap, kept[0], kept[0], made?, index, || false);
    Ok(())
}

/// Gives `map` the entries of `from`, packed into `storage` and entered into `index`, both new.
/// `false`: `stop` said to give up, and `map` is as it was.
pub(super) fn install(heap: &mut Heap, map: Ref, from: Ref, storage: Ref, index: Ref, stop: impl Fn() -> bool) -> bool {
    let old = entries_of(heap, from);
    if !old.is_null() {
        pack(heap, old, storage);
        if !fill_index(heap, storage, index, stop) {
            return false;
        }
    }
    heap.store_ref(map, map::ENTRIES, storage);
    heap.store_ref(map, map::INDEX, index);
    true
}

fn repack(heap: &mut Heap, map: Ref, storage: Ref) {
    pack(heap, storage, storage);
    clear_index(heap, map);
    let index = Ref::from_word(heap.load(map, map::INDEX));
    fill_index(heap, storage, index, || false);
}

pub(super) fn clear_index(heap: &mut Heap, map: Ref) {
    let index = Ref::from_word(heap.load(map, map::INDEX));
    if !index.is_null() {
        let words = heap.header(index).payload_words();
        heap.words_mut(index, 0, words).fill(0);
    }
}
