//! Executable memory: pages that are writable while filled, then executable, never both.
//!
//! One address range is reserved, with a guard page at each end; its pages are mapped as code comes
//! and given back as it goes. The only module that maps code.
//!
//! The system may refuse any request at any time, also one to give pages back: then nothing has
//! changed, or pages stay without use until they are published again. [`CodeFaults`] stages that.
#![allow(unsafe_code, reason = "maps, protects and fills pages")]

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::ffi::c_void;
use std::ptr::null_mut;

/// Size of a page.
const PAGE: usize = 4096;

/// Requests for code memory that fail though the system would grant them: for tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CodeFaults {
    /// None.
    #[default]
    Never,
    /// Each whose number is a multiple of this; 1: all.
    Every(u32),
    /// As chance wants, half of them.
    Random(u64),
}

/// The system as the source of code memory.
#[derive(Debug, Default)]
pub(super) struct System {
    faults: CodeFaults,
    /// Requests so far.
    requests: u64,
}

impl System {
    /// The system with staged failures.
    pub(super) fn new(faults: CodeFaults) -> System {
        System { faults, requests: 0 }
    }

    /// Asks for something; `None` if it is refused, by the system or for the sake of a test.
    pub(super) fn ask<T, E>(&mut self, request: impl FnOnce() -> Result<T, E>) -> Option<T> {
        self.requests += 1;
        let fails = match self.faults {
            CodeFaults::Never => false,
            CodeFaults::Every(every) => self.requests.is_multiple_of(u64::from(every)),
            CodeFaults::Random(seed) => is_heads(seed ^ self.requests),
        };
        if fails { None } else { request().ok() }
    }
}

/// A coin: the parity of a number's bits after mixing.
fn is_heads(number: u64) -> bool {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20).count_ones().is_multiple_of(2)
}

/// Why code was not published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// No free run of pages is long enough.
    Full,
    /// The system has no memory, or does not let it become executable.
    System,
}

/// A reserved range of addresses for code.
#[derive(Debug)]
pub(super) struct CodeCache {
    start: *mut c_void,
    /// Bytes between the guard pages.
    bytes: usize,
    /// Free runs of pages, by position: (first page, number of pages).
    free: Vec<(usize, usize)>,
    /// How often code was published that has not been released.
    published: usize,
}

// SAFETY: the range belongs to the cache alone.
unsafe impl Send for CodeCache {}

impl CodeCache {
    /// Reserves addresses for `bytes` of code; none if the system refuses.
    pub(super) fn reserve(system: &mut System, bytes: usize) -> Option<CodeCache> {
        let bytes = bytes.max(PAGE).next_multiple_of(PAGE);
        let start = system.ask(|| {
            // SAFETY: an anonymous mapping at an address of the system's choice.
            unsafe { mmap_anonymous(null_mut(), bytes + 2 * PAGE, ProtFlags::empty(), MapFlags::PRIVATE) }
        })?;
        Some(CodeCache { start, bytes, free: vec![(0, bytes / PAGE)], published: 0 })
    }

    fn page(&self, index: usize) -> *mut c_void {
        self.start.wrapping_byte_add((index + 1) * PAGE)
    }

    /// Puts bytes on fresh pages and makes these executable. Answers the address.
    pub(super) fn publish(&mut self, system: &mut System, code: &[u8]) -> Result<u64, Refusal> {
        let pages = code.len().div_ceil(PAGE);
        let run = self.free.iter().position(|(_, count)| *count >= pages).ok_or(Refusal::Full)?;
        // There is at most one more free run than published code: giving back never needs memory.
        system.ask(|| self.free.try_reserve(self.published + 2)).ok_or(Refusal::System)?;
        let first = self.free[run].0;
        let target = self.page(first);
        let len = pages * PAGE;
        let writable = system.ask(|| {
            // SAFETY: pages of our range that nobody uses.
            unsafe { mprotect(target, len, MprotectFlags::READ | MprotectFlags::WRITE) }
        });
        writable.ok_or(Refusal::System)?;
        // SAFETY: the pages have just become writable and are long enough.
        unsafe { target.cast::<u8>().copy_from_nonoverlapping(code.as_ptr(), code.len()) };
        let executable = system.ask(|| {
            // SAFETY: the same pages.
            unsafe { mprotect(target, len, MprotectFlags::READ | MprotectFlags::EXEC) }
        });
        if executable.is_none() {
            self.give_back(system, target, len);
            return Err(Refusal::System);
        }
        self.published += 1;
        let (start, count) = self.free[run];
        if count == pages {
            self.free.remove(run);
        } else {
            self.free[run] = (start + pages, count - pages);
        }
        Ok(target.expose_provenance() as u64)
    }

    /// Gives the pages of published code back to the system. No frame may be in it.
    pub(super) fn release(&mut self, system: &mut System, address: u64, code_bytes: usize) {
        let first = (address as usize - self.start.addr()) / PAGE - 1;
        let pages = code_bytes.div_ceil(PAGE);
        self.give_back(system, self.page(first), pages * PAGE);
        self.published -= 1;
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
    fn give_back(&mut self, system: &mut System, target: *mut c_void, len: usize) {
        let flags = MapFlags::PRIVATE | MapFlags::FIXED;
        let mapped = system.ask(|| {
            // SAFETY: pages of our range, in which no code is running and to which nothing points.
            unsafe { mmap_anonymous(target, len, ProtFlags::empty(), flags) }
        });
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

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn pages_are_reused_and_joined() {
        let system = &mut System::default();
        let mut cache = CodeCache::reserve(system, 4 * PAGE).unwrap();
        let a = cache.publish(system, &[0xC3; 10]).unwrap();
        let b = cache.publish(system, &[0xC3; PAGE + 1]).unwrap();
        assert_eq!((b - a) as usize, PAGE);
        assert_eq!(cache.publish(system, &[0; 2 * PAGE]), Err(Refusal::Full), "one page is left");
        assert_eq!(cache.used(), 3 * PAGE);
        cache.release(system, a, 10);
        cache.release(system, b, PAGE + 1);
        assert_eq!((cache.used(), cache.free.clone()), (0, vec![(0, 4)]));
        assert_eq!(cache.publish(system, &[0xC3; 4 * PAGE]), Ok(a));
    }

    /// Publishes and releases at random while requests fail. Nothing is lost, nothing is handed out
    /// twice, and what was published is there.
    #[test]
    fn refusals_lose_no_pages() {
        const PAGES: usize = 16;
        let faults = [2, 3, 5, 7].map(CodeFaults::Every).into_iter().chain((1..20).map(CodeFaults::Random));
        for faults in faults {
            let mut cache = CodeCache::reserve(&mut System::default(), PAGES * PAGE).unwrap();
            let system = &mut System::new(faults);
            let mut held: Vec<(u64, usize, u8)> = Vec::new();
            let mut refused = 0;
            for round in 0_usize..400 {
                let (fill, len) = (round as u8, 1 + round * 7919 % (3 * PAGE));
                match cache.publish(system, &vec![fill; len]) {
                    Ok(address) => held.push((address, len, fill)),
                    Err(Refusal::System) => refused += 1,
                    Err(Refusal::Full) => {
                        let (address, len, _) = held.swap_remove(round % held.len());
                        cache.release(system, address, len);
                    }
                }
                let pages: usize = held.iter().map(|(_, len, _)| len.div_ceil(PAGE)).sum();
                assert_eq!(cache.used(), pages * PAGE, "{faults:?}");
                for &(address, len, fill) in &held {
                    let code = std::ptr::with_exposed_provenance::<u8>(address as usize);
                    // SAFETY: published code can be read.
                    let code = unsafe { std::slice::from_raw_parts(code, len) };
                    assert!(code.iter().all(|byte| *byte == fill), "{faults:?}");
                }
            }
            assert!(refused > 0, "{faults:?}");
            for (address, len, _) in held {
                cache.release(system, address, len);
            }
            assert_eq!(cache.free, [(0, PAGES)], "{faults:?}");
        }
    }
}
