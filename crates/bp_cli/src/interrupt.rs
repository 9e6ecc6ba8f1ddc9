//! Ctrl-C: the first one interrupts the program, the second one ends the process.

use betterpython::InterruptHandle;
use std::sync::{Arc, Mutex, PoisonError};

/// The exit status of an interrupted process, as shells report it.
const STATUS: i32 = 130;

/// Where Ctrl-C finds the program.
#[derive(Clone, Default)]
pub(crate) struct Interrupts {
    /// The program that runs and has not been interrupted yet.
    running: Arc<Mutex<Option<InterruptHandle>>>,
}

impl Interrupts {
    /// Takes over Ctrl-C. Until [`watch`](Self::watch), it ends the process as ever.
    pub(crate) fn install() -> Self {
        let interrupts = Self::default();
        let running = interrupts.clone();
        // Without a handler, Ctrl-C ends the process: less helpful, not wrong.
        let _ = ctrlc::set_handler(move || match running.take() {
            Some(handle) => handle.interrupt(),
            None => std::process::exit(STATUS),
        });
        interrupts
    }

    /// The next Ctrl-C interrupts this program.
    pub(crate) fn watch(&self, handle: InterruptHandle) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
    }

    fn take(&self) -> Option<InterruptHandle> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
