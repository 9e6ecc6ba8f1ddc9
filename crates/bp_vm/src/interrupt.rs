//! Stopping a running program from outside.
//!
//! One word is polled at every back edge and function entry. Absence: no signals; whoever handles
//! those calls [`InterruptHandle::interrupt`].

use bp_isa::abi::machine::shared;
use std::mem::offset_of;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Somebody asked the program to stop.
const INTERRUPT: u32 = 1;
/// Every poll is a collection: stress mode.
const STRESS: u32 = 2;
/// The program's output cannot be written any more.
const OUTPUT_FAILED: u32 = 4;

/// What other threads write and running code reads.
#[derive(Debug, Default)]
#[repr(C)]
pub(crate) struct Shared {
    /// What compiled code compares its stack pointer with at a function's entry: the limit, or the
    /// maximum when somebody wants attention.
    stack_limit: AtomicUsize,
    /// The lowest stack pointer with which a function may be entered.
    real_stack_limit: AtomicUsize,
    /// Not zero asks the running code for attention.
    word: AtomicU32,
}

const _: () = assert!(offset_of!(Shared, stack_limit) == shared::STACK_LIMIT as usize);
const _: () = assert!(offset_of!(Shared, real_stack_limit) == shared::REAL_STACK_LIMIT as usize);
const _: () = assert!(offset_of!(Shared, word) == shared::POLL as usize);

impl Shared {
    /// Asks the running code for attention.
    fn request(&self, bit: u32) {
        self.word.fetch_or(bit, Ordering::Relaxed);
        self.stack_limit.store(usize::MAX, Ordering::Relaxed);
    }
}

/// The polled words of one machine.
#[derive(Debug, Default)]
pub(crate) struct Poll {
    shared: Arc<Shared>,
}

/// Interrupts the program of one engine, from any thread.
#[derive(Clone, Debug, Default)]
pub struct InterruptHandle {
    shared: Arc<Shared>,
}

impl InterruptHandle {
    /// Makes the program throw `InterruptError` at its next poll. Safe in a signal handler.
    pub fn interrupt(&self) {
        self.shared.request(INTERRUPT);
    }

    /// Whether an interrupt was requested that the program has not thrown yet.
    #[inline]
    pub fn is_requested(&self) -> bool {
        self.shared.word.load(Ordering::Relaxed) & INTERRUPT != 0
    }
}

impl InterruptHandle {
    /// Ends the program at its next poll: its output is lost.
    pub(crate) fn output_failed(&self) {
        self.shared.request(OUTPUT_FAILED);
    }
}

impl Poll {
    /// A handle for others.
    pub(crate) fn handle(&self) -> InterruptHandle {
        InterruptHandle { shared: Arc::clone(&self.shared) }
    }

    /// Whether anything is to be done.
    #[inline(always)]
    pub(crate) fn wants_attention(&self) -> bool {
        self.shared.word.load(Ordering::Relaxed) != 0
    }

    /// Makes every poll want attention.
    pub(crate) fn set_stress(&self) {
        self.shared.request(STRESS);
    }

    /// Whether the program's output is lost.
    pub(crate) fn has_output_failed(&self) -> bool {
        self.shared.word.load(Ordering::Relaxed) & OUTPUT_FAILED != 0
    }

    /// Whether an interrupt was requested; the request is taken.
    pub(crate) fn take_interrupt(&self) -> bool {
        self.shared.word.fetch_and(!INTERRUPT, Ordering::Relaxed) & INTERRUPT != 0
    }

    /// The address at which compiled code finds the words.
    pub(crate) fn address(&self) -> u64 {
        Arc::as_ptr(&self.shared).addr() as u64
    }

    /// The lowest stack pointer with which a function may be entered.
    pub(crate) fn real_stack_limit(&self) -> usize {
        self.shared.real_stack_limit.load(Ordering::Relaxed)
    }

    /// Sets that limit.
    pub(crate) fn set_stack_limit(&self, limit: usize) {
        self.shared.real_stack_limit.store(limit, Ordering::Relaxed);
        self.lower_stack_limit();
    }

    /// Takes back a request for attention at function entries, unless more is requested.
    pub(crate) fn lower_stack_limit(&self) {
        self.shared.stack_limit.store(self.real_stack_limit(), Ordering::Relaxed);
        // A request in between has set the word: then the limit goes up again.
        if self.wants_attention() {
            self.shared.stack_limit.store(usize::MAX, Ordering::Relaxed);
        }
    }
}
