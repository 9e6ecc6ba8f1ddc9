//! Executable memory: pages that are writable while filled, then executable, never both.
//!
//! One address range is reserved, with a guard page at each end; its pages are mapped as code comes
//! and given back as it goes. The only module that maps code.
#![allow(unsafe_code, reason = "maps, protects and fills pages")]

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::ffi::c_void;
use std::ptr::null_mut;

/// Size of a page.
const PAGE: usize = 4096;

/// A reserved range of addresses for code.
#[derive(Debug)]
pub(super) struct CodeCache {
    start: *mut c_void,
    /// Bytes between the guard pages.
    bytes: usize,
    /// Free runs of pages, by position: (first page, number of pages).
    free: Vec<(usize, usize)>,
}

// SAFETY: the range belongs to the cache alone.
unsafe impl Send for CodeCache {}

impl CodeCache {
    /// Reserves addresses for `bytes` of code; none if the system refuses.
    pub(super) fn reserve(bytes: usize) -> Option<CodeCache> {
        let bytes = bytes.max(PAGE).next_multiple_of(PAGE);
        // SAFETY: an anonymous mapping at an address of the system's choice.
        let start =
            unsafe { mmap_anonymous(null_mut(), bytes + 2 * PAGE, ProtFlags::empty(), MapFlags::PRIVATE) }.ok()?;
        Some(CodeCache { start, bytes, free: vec![(0, bytes / PAGE)] })
    }

    fn page(&self, index: usize) -> *mut c_void {
        self.start.wrapping_byte_add((index + 1) * PAGE)
    }

    /// Puts bytes on fresh pages and makes these executable. Answers the address; none if there is no
    /// room or no memory.
    pub(super) fn publish(&mut self, code: &[u8]) -> Option<u64> {
        let pages = code.len().div_ceil(PAGE);
        let run = self.free.iter().position(|(_, count)| *count >= pages)?;
        let first = self.free[run].0;
        let target = self.page(first);
        let len = pages * PAGE;
        // SAFETY: pages of our range that nobody uses.
        unsafe { mprotect(target, len, MprotectFlags::READ | MprotectFlags::WRITE) }.ok()?;
        // SAFETY: the pages have just become writable and are long enough.
        unsafe { target.cast::<u8>().copy_from_nonoverlapping(code.as_ptr(), code.len()) };
        // SAFETY: the same pages.
        let executable = unsafe { mprotect(target, len, MprotectFlags::READ | MprotectFlags::EXEC) };
        if executable.is_err() {
            self.give_back(target, len);
            return None;
        }
        let (start, count) = self.free[run];
        if count == pages {
            self.free.remove(run);
        } else {
            self.free[run] = (start + pages, count - pages);
        }
        Some(target.expose_provenance() as u64)
    }

    /// Gives the pages of published code back to the system. No frame may be in it.
    pub(super) fn release(&mut self, address: u64, code_bytes: usize) {
        let first = (address as usize - self.start.addr()) / PAGE - 1;
        let pages = code_bytes.div_ceil(PAGE);
        self.give_back(self.page(first), pages * PAGE);
        let at = self.free.partition_point(|(start, _)| *start < first);
        self.free.insert(at, (first, pages));
        self.join(at);
        if at > 0 {
            self.join(at - 1);
        }
    }

    /// Joins a free run with the one behind it, if they touch.
    fn join(&mut self, at: usize) {
        if let (Some(&(start, count)), Some(&(next, more))) = (self.free.get(at), self.free.get(at + 1))
            && start + count == next
        {
            self.free[at].1 = count + more;
            self.free.remove(at + 1);
        }
    }

    /// Replaces pages by fresh ones that cannot be accessed: their memory goes back.
    fn give_back(&mut self, target: *mut c_void, len: usize) {
        let flags = MapFlags::PRIVATE | MapFlags::FIXED;
        // SAFETY: pages of our range, in which no code is running and to which nothing points.
        let mapped = unsafe { mmap_anonymous(target, len, ProtFlags::empty(), flags) };
        // Where the system refuses, the pages stay as they are; they are writable again when reused.
        let _ = mapped;
    }

    /// Bytes that are in use.
    pub(super) fn used(&self) -> usize {
        self.bytes - self.free.iter().map(|(_, pages)| pages * PAGE).sum::<usize>()
    }
}

impl Drop for CodeCache {
    fn drop(&mut self) {
        // SAFETY: the whole range; a machine does not go away while its code runs.
        let unmapped = unsafe { munmap(self.start, self.bytes + 2 * PAGE) };
        // Nothing can be done about a failure, and nothing refers to the range any more.
        let _ = unmapped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_reused_and_joined() {
        let mut cache = CodeCache::reserve(4 * PAGE).unwrap();
        let a = cache.publish(&[0xC3; 10]).unwrap();
        let b = cache.publish(&[0xC3; PAGE + 1]).unwrap();
        assert_eq!((b - a) as usize, PAGE);
        assert!(cache.publish(&[0; 2 * PAGE]).is_none(), "one page is left");
        assert_eq!(cache.used(), 3 * PAGE);
        cache.release(a, 10);
        cache.release(b, PAGE + 1);
        assert_eq!((cache.used(), cache.free.clone()), (0, vec![(0, 4)]));
        assert_eq!(cache.publish(&[0xC3; 4 * PAGE]), Some(a));
    }
}
