//! Objects of the language: making, reading and changing them.
//!
//! Everything here works on raw references. What may allocate takes and keeps them in such a way
//! that its own are never stale; a caller's are stale afterwards unless they were passed to be kept.
//! Native code outside this crate goes through [`crate::native`], which holds handles.

pub(crate) mod array;
mod hash;
pub(crate) mod keys;
pub(crate) mod map;
pub(crate) mod string;
#[cfg(test)]
pub(crate) mod tests;

use crate::heap::Ref;
use crate::native::Thrown;
use crate::vm::Vm;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD};
use bp_isa::types::FixedType;

impl Vm {
    /// A new object, its payload not initialised (large ones come zeroed); references in `kept` are
    /// still good afterwards.
    #[inline]
    pub(crate) fn alloc_keeping<const N: usize>(&mut self, header: Header, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
        if header.payload_words() * WORD <= MAX_SMALL_BYTES
            && let Some(object) = self.heap.try_alloc(header)
        {
            return Ok(object);
        }
        self.alloc_keeping_slow(header, kept)
    }

    #[cold]
    #[inline(never)]
    fn alloc_keeping_slow<const N: usize>(&mut self, header: Header, kept: &mut [Ref; N]) -> Result<Ref, Thrown> {
        let mark = self.state.handles.mark();
        let handles = kept.map(|reference| self.state.handles.push(reference));
        let made = self.alloc(header);
        *kept = handles.map(|handle| self.state.handles.get(handle));
        self.state.handles.release(mark);
        made
    }

    /// The header of an object whose size a program chose; throws when no heap could hold it.
    #[inline]
    pub(crate) fn sized_header(&mut self, ty: FixedType, kind: RefKind, words: usize) -> Result<Header, Thrown> {
        if words >= self.most_words() {
            return Err(self.out_of_memory());
        }
        Ok(Header::new(ty.id(), kind, words))
    }

    /// No object has so many payload words.
    #[inline]
    fn most_words(&self) -> usize {
        (self.heap.limit_bytes() / WORD).min(u32::MAX as usize)
    }
}

/// Whether an object with that header has its own allocation, which comes zeroed.
pub(crate) fn is_large(header: Header) -> bool {
    header.payload_words() * WORD > MAX_SMALL_BYTES
}
