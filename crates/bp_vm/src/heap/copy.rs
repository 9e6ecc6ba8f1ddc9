//! Copying bytes between objects.
#![allow(unsafe_code, reason = "access by address")]

use super::memory::pointer;
use super::{Heap, Ref};
use bp_isa::abi::layout::{PAYLOAD, WORD};

impl Heap {
    /// Copies payload bytes that are no references; the ranges may overlap.
    #[inline]
    pub fn copy_bytes(&mut self, to: Ref, to_byte: usize, from: Ref, from_byte: usize, count: usize) {
        debug_assert!(to_byte + count <= self.header(to).payload_words() * WORD);
        debug_assert!(from_byte + count <= self.header(from).payload_words() * WORD);
        let to = to.word() + (PAYLOAD + to_byte) as u64;
        let from = from.word() + (PAYLOAD + from_byte) as u64;
        // SAFETY: by the heap's contract both ranges are payload of live objects.
        unsafe { std::ptr::copy(pointer::<u8>(from), pointer::<u8>(to), count) }
    }
}
