//! Memory from the system, and access to it by address.
//!
//! The addresses handed out have exposed provenance: objects hold words, and a word becomes a pointer
//! only here. Every accessor trusts its caller: the address lies in memory that the heap still holds.
#![allow(unsafe_code, reason = "allocation from the system and access by address")]

use super::config::{HeapConfig, OutOfMemory};
use std::alloc::Layout;
use std::ptr::with_exposed_provenance_mut;

/// The one source of a heap's memory.
pub(super) struct Memory {
    /// Requests so far.
    requests: u64,
    /// The request that fails, as do all after it.
    fail_request: u64,
    /// Bytes held now.
    pub(super) held: usize,
}

impl Memory {
    /// A source that has given nothing yet.
    pub(super) fn new(config: &HeapConfig) -> Memory {
        Memory { requests: 0, fail_request: config.fail_request.unwrap_or(u64::MAX), held: 0 }
    }

    /// Zeroed memory; `bytes` is not 0, `align` is a power of two.
    pub(super) fn request(&mut self, bytes: usize, align: usize) -> Result<u64, OutOfMemory> {
        self.requests += 1;
        if self.requests >= self.fail_request {
            return Err(OutOfMemory);
        }
        let layout = Layout::from_size_align(bytes, align).map_err(|_| OutOfMemory)?;
        assert!(bytes != 0, "a request for nothing");
        // SAFETY: the layout's size is not 0.
        let start = unsafe { std::alloc::alloc_zeroed(layout) };
        if start.is_null() {
            return Err(OutOfMemory);
        }
        self.held += bytes;
        Ok(start.expose_provenance() as u64)
    }

    /// Gives back what `request` returned for the same size and alignment.
    pub(super) fn release(&mut self, start: u64, bytes: usize, align: usize) {
        let layout = Layout::from_size_align(bytes, align).expect("a layout that was requested");
        self.held -= bytes;
        // SAFETY: the heap releases what it got once, with the layout it asked for.
        unsafe { std::alloc::dealloc(pointer::<u8>(start), layout) }
    }
}

/// The pointer that an address stands for.
#[inline(always)]
pub(super) fn pointer<T>(address: u64) -> *mut T {
    with_exposed_provenance_mut(address as usize)
}

/// Reads a word.
#[inline(always)]
pub(super) fn load(address: u64) -> u64 {
    debug_assert!(address.is_multiple_of(8) && address != 0);
    // SAFETY: by this module's contract the address is an aligned word of the heap.
    unsafe { *pointer::<u64>(address) }
}

/// Writes a word.
#[inline(always)]
pub(super) fn store(address: u64, word: u64) {
    debug_assert!(address.is_multiple_of(8) && address != 0);
    // SAFETY: by this module's contract the address is an aligned word of the heap.
    unsafe { *pointer::<u64>(address) = word }
}

/// Words as a slice that lives as long as what it is borrowed from.
#[inline(always)]
pub(super) fn words<T: ?Sized>(_owner: &T, address: u64, count: usize) -> &[u64] {
    // SAFETY: by this module's contract the words are the heap's; whoever writes borrows it mutably.
    unsafe { std::slice::from_raw_parts(pointer::<u64>(address), count) }
}

/// Words as a slice to write to.
#[inline(always)]
pub(super) fn words_mut<T: ?Sized>(_owner: &mut T, address: u64, count: usize) -> &mut [u64] {
    // SAFETY: by this module's contract the words are the heap's, which is borrowed mutably.
    unsafe { std::slice::from_raw_parts_mut(pointer::<u64>(address), count) }
}

/// Bytes as a slice.
#[inline(always)]
pub(super) fn bytes<T: ?Sized>(_owner: &T, address: u64, count: usize) -> &[u8] {
    // SAFETY: by this module's contract the bytes are the heap's; whoever writes borrows it mutably.
    unsafe { std::slice::from_raw_parts(pointer::<u8>(address), count) }
}

/// Bytes as a slice to write to.
#[inline(always)]
pub(super) fn bytes_mut<T: ?Sized>(_owner: &mut T, address: u64, count: usize) -> &mut [u8] {
    // SAFETY: by this module's contract the bytes are the heap's, which is borrowed mutably.
    unsafe { std::slice::from_raw_parts_mut(pointer::<u8>(address), count) }
}

/// Copies words; source and destination may overlap.
#[inline(always)]
pub(super) fn copy_overlapping(to: u64, from: u64, words: usize) {
    // SAFETY: by this module's contract both ranges are the heap's.
    unsafe { std::ptr::copy(pointer::<u64>(from), pointer::<u64>(to), words) }
}
