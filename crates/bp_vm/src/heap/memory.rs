//! Memory from the system, and access to it by address.
//!
//! The addresses handed out have exposed provenance: objects hold words, and a word becomes a pointer
//! only here. Every accessor trusts its caller: the address lies in memory that the heap still holds.
#![allow(unsafe_code, reason = "allocation from the system and access by address")]

use super::config::OutOfMemory;
use std::alloc::Layout;
use std::ptr::with_exposed_provenance_mut;

/// The one source of a heap's memory.
pub(super) struct Memory {
    /// Requests so far.
    requests: u64,
    /// The request that fails, as do all after it.
    fail_request: u64,
    /// Bytes held now, those outside the limit not counted.
    held: usize,
    /// Most bytes that may be held.
    limit: usize,
    /// Most bytes ever held.
    peak: usize,
}

impl Memory {
    /// A source that has given nothing yet and gives at most `limit` bytes.
    pub(super) fn new(limit: usize, fail_request: Option<u64>) -> Memory {
        Memory { requests: 0, fail_request: fail_request.unwrap_or(u64::MAX), held: 0, limit, peak: 0 }
    }

    /// Bytes held now.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// Most bytes ever held.
    pub(super) fn peak(&self) -> usize {
        self.peak
    }

    /// Bytes that the limit still allows.
    pub(super) fn room(&self) -> usize {
        self.limit.saturating_sub(self.held)
    }

    /// Memory with any content; `bytes` is not 0, `align` is a power of two.
    pub(super) fn request(&mut self, bytes: usize, align: usize) -> Result<u64, OutOfMemory> {
        // SAFETY: `count` passes only layouts whose size is not 0.
        self.count(bytes, align, |layout| unsafe { std::alloc::alloc(layout) })
    }

    /// Zeroed memory. Large requests cost nothing until they are touched.
    pub(super) fn request_zeroed(&mut self, bytes: usize, align: usize) -> Result<u64, OutOfMemory> {
        // SAFETY: `count` passes only layouts whose size is not 0.
        self.count(bytes, align, |layout| unsafe { std::alloc::alloc_zeroed(layout) })
    }

    fn count(
        &mut self,
        bytes: usize,
        align: usize,
        allocate: impl FnOnce(Layout) -> *mut u8,
    ) -> Result<u64, OutOfMemory> {
        if bytes > self.room() {
            return Err(OutOfMemory);
        }
        self.requests += 1;
        if self.requests >= self.fail_request {
            return Err(OutOfMemory);
        }
        assert!(bytes != 0, "a request for nothing");
        let start = allocate(Layout::from_size_align(bytes, align).map_err(|_| OutOfMemory)?);
        if start.is_null() {
            return Err(OutOfMemory);
        }
        self.held += bytes;
        self.peak = self.peak.max(self.held);
        Ok(start.expose_provenance() as u64)
    }

    /// Gives back what was requested with the same size and alignment.
    pub(super) fn release(&mut self, start: u64, bytes: usize, align: usize) {
        self.held -= bytes;
        let layout = Layout::from_size_align(bytes, align).expect("a layout that was requested");
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

/// Copies words between ranges that do not overlap; made for small objects.
#[inline(always)]
pub(super) fn copy_apart(to: u64, from: u64, words: usize) {
    match words {
        0 => {}
        1 => copy_array::<1>(to, from),
        2 => copy_array::<2>(to, from),
        3 => copy_array::<3>(to, from),
        4 => copy_array::<4>(to, from),
        _ => {
            // SAFETY: by this module's contract both ranges are the heap's; the caller keeps them apart.
            unsafe { std::ptr::copy_nonoverlapping(pointer::<u64>(from), pointer::<u64>(to), words) }
        }
    }
}

#[inline(always)]
fn copy_array<const WORDS: usize>(to: u64, from: u64) {
    // SAFETY: by this module's contract these words are the heap's.
    let words = unsafe { *pointer::<[u64; WORDS]>(from) };
    // SAFETY: likewise.
    unsafe { *pointer::<[u64; WORDS]>(to) = words };
}

/// Fills memory with a byte.
pub(super) fn fill(start: u64, byte: u8, bytes: usize) {
    // SAFETY: by this module's contract the range is the heap's.
    unsafe { std::ptr::write_bytes(pointer::<u8>(start), byte, bytes) }
}

/// Asks for the cache line of an address that will be needed soon.
#[inline(always)]
pub(super) fn prefetch(address: u64) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: prefetching has no effect but on caches, whatever the address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(pointer::<i8>(address)) }
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}
