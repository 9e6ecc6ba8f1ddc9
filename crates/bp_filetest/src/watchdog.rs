//! Stops a program that does not come to its end.

use betterpython::InterruptHandle;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Interrupts a program when its time is up, unless dropped before.
pub(crate) struct Watchdog {
    /// Dropping it wakes the thread.
    _alive: Sender<()>,
}

impl Watchdog {
    /// Gives the program `patience` to end.
    pub(crate) fn new(handle: InterruptHandle, patience: Duration) -> Self {
        let (alive, done) = channel::<()>();
        std::thread::spawn(move || {
            // A program may catch the interrupt: insist.
            while done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                handle.interrupt();
            }
        });
        Self { _alive: alive }
    }
}
