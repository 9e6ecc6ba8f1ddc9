//! Narrow elements of array storages. Indices are below the capacity.

use crate::heap::{Heap, Ref};
use bp_isa::abi::layout::storage::ELEMENTS;

/// A byte element.
#[inline(always)]
pub(crate) fn byte(heap: &Heap, storage: Ref, index: usize) -> u8 {
    heap.bytes(storage, ELEMENTS, index + 1)[index]
}

/// Sets a byte element.
#[inline(always)]
pub(crate) fn set_byte(heap: &mut Heap, storage: Ref, index: usize, value: u8) {
    heap.bytes_mut(storage, ELEMENTS, index + 1)[index] = value;
}

/// The bits of a 4-byte element.
#[inline(always)]
pub(crate) fn half(heap: &Heap, storage: Ref, index: usize) -> u32 {
    let bytes = &heap.bytes(storage, ELEMENTS, 4 * index + 4)[4 * index..];
    u32::from_ne_bytes(bytes.try_into().expect("four bytes"))
}

/// Sets the bits of a 4-byte element.
#[inline(always)]
pub(crate) fn set_half(heap: &mut Heap, storage: Ref, index: usize, bits: u32) {
    heap.bytes_mut(storage, ELEMENTS, 4 * index + 4)[4 * index..].copy_from_slice(&bits.to_ne_bytes());
}
