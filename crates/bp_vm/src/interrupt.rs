//! Stopping a running program from outside.
//!
//! One word is polled at every back edge and function entry. Absence: no signals; whoever handles
//! those calls [`InterruptHandle::interrupt`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Somebody asked the program to stop.
const INTERRUPT: u32 = 1;
/// Every poll is a collection: stress mode.
const STRESS: u32 = 2;
/// Nobody reads the program's output any more.
const OUTPUT_CLOSED: u32 = 4;

/// The polled word: not zero asks the running code for attention.
#[derive(Debug, Default)]
pub(crate) struct Poll {
    word: Arc<AtomicU32>,
}

/// Interrupts the program of one engine, from any thread.
#[derive(Clone, Debug)]
pub struct InterruptHandle {
    word: Arc<AtomicU32>,
}

impl InterruptHandle {
    /// Makes the program throw `InterruptError` at its next poll. Safe in a signal handler.
    pub fn interrupt(&self) {
        self.word.fetch_or(INTERRUPT, Ordering::Relaxed);
    }
}

impl InterruptHandle {
    /// Ends the program at its next poll: its output has lost its reader.
    pub(crate) fn output_closed(&self) {
        self.word.fetch_or(OUTPUT_CLOSED, Ordering::Relaxed);
    }
}

impl Poll {
    /// A handle for others.
    pub(crate) fn handle(&self) -> InterruptHandle {
        InterruptHandle { word: Arc::clone(&self.word) }
    }

    /// Whether anything is to be done.
    #[inline(always)]
    pub(crate) fn wants_attention(&self) -> bool {
        self.word.load(Ordering::Relaxed) != 0
    }

    /// Makes every poll want attention.
    pub(crate) fn set_stress(&self) {
        self.word.fetch_or(STRESS, Ordering::Relaxed);
    }

    /// Whether the program's output has lost its reader.
    pub(crate) fn is_output_closed(&self) -> bool {
        self.word.load(Ordering::Relaxed) & OUTPUT_CLOSED != 0
    }

    /// Whether an interrupt was requested; the request is taken.
    pub(crate) fn take_interrupt(&self) -> bool {
        self.word.fetch_and(!INTERRUPT, Ordering::Relaxed) & INTERRUPT != 0
    }
}
