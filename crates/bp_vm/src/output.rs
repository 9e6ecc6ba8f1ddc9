//! Standard output and error of a program: buffered, in order, and never a reason to crash.
//!
//! Output that cannot be written, to a full disk or a pipe whose reader has gone, ends the program at
//! its next poll. The first failure is kept, so that whoever runs the program can tell.

use crate::interrupt::InterruptHandle;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are collected before they are written.
const BUFFER_BYTES: usize = 16 << 10;

/// What tests and embedders read instead of a terminal.
#[derive(Clone, Default, Debug)]
pub struct Captured {
    inner: Arc<Mutex<(Vec<u8>, Vec<u8>)>>,
}

impl Captured {
    fn with<T>(&self, use_it: impl FnOnce(&mut (Vec<u8>, Vec<u8>)) -> T) -> T {
        use_it(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What went to standard output so far.
    pub fn stdout(&self) -> Vec<u8> {
        self.with(|both| both.0.clone())
    }

    /// What went to standard error so far.
    pub fn stderr(&self) -> Vec<u8> {
        self.with(|both| both.1.clone())
    }
}

#[derive(Debug)]
enum Target {
    Process { flush_at_newline: bool },
    Captured(Captured),
}

/// Where a program's output goes.
#[derive(Debug)]
pub struct Output {
    target: Target,
    buffer: Vec<u8>,
    failure: Option<io::Error>,
    owner: Option<InterruptHandle>,
}

impl Default for Output {
    fn default() -> Output {
        Output::stdout()
    }
}

impl Output {
    /// The process's own standard output and error.
    pub fn stdout() -> Output {
        let flush_at_newline = io::stdout().is_terminal();
        Output { target: Target::Process { flush_at_newline }, buffer: Vec::new(), failure: None, owner: None }
    }

    /// Into memory.
    pub fn captured(captured: Captured) -> Output {
        Output { target: Target::Captured(captured), buffer: Vec::new(), failure: None, owner: None }
    }

    /// Names the program to end when its output cannot be written any more.
    pub(crate) fn set_owner(&mut self, owner: InterruptHandle) {
        self.owner = Some(owner);
    }

    /// Writes to standard output, by way of the buffer.
    pub fn write_all(&mut self, bytes: &[u8]) {
        if self.buffer.len() + bytes.len() > BUFFER_BYTES {
            self.flush();
        }
        if bytes.len() > BUFFER_BYTES {
            self.write_through(bytes);
        } else {
            self.buffer.extend_from_slice(bytes);
        }
        let at_newline = matches!(self.target, Target::Process { flush_at_newline: true });
        if at_newline && bytes.contains(&b'\n') {
            self.flush();
        }
    }

    /// Writes out what is buffered.
    pub fn flush(&mut self) {
        if self.buffer.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.buffer);
        self.write_through(&bytes);
        self.buffer = bytes;
        self.buffer.clear();
    }

    /// Why output was lost; none if all of it was written.
    pub fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    fn write_through(&mut self, bytes: &[u8]) {
        match &self.target {
            Target::Captured(captured) => captured.with(|both| both.0.extend_from_slice(bytes)),
            Target::Process { .. } if self.failure.is_some() => {}
            Target::Process { .. } => {
                let mut stdout = io::stdout().lock();
                self.failure = stdout.write_all(bytes).and_then(|()| stdout.flush()).err();
                if let (Some(_), Some(owner)) = (&self.failure, &self.owner) {
                    owner.output_failed();
                }
            }
        }
    }

    /// Writes to standard error at once. What is buffered is to be flushed before.
    pub fn write_stderr(&mut self, bytes: &[u8]) {
        match &self.target {
            Target::Captured(captured) => captured.with(|both| both.1.extend_from_slice(bytes)),
            // Nobody is left who could be told that standard error is gone.
            Target::Process { .. } => drop(io::stderr().lock().write_all(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_arrives_in_order() {
        let captured = Captured::default();
        let mut out = Output::captured(captured.clone());
        out.write_all(b"a");
        assert_eq!(captured.stdout(), b"");
        out.write_all(&vec![b'b'; BUFFER_BYTES + 1]);
        out.write_all(b"c");
        out.flush();
        let got = captured.stdout();
        assert_eq!((got[0], got[1], got[got.len() - 1], got.len()), (b'a', b'b', b'c', BUFFER_BYTES + 3));
        out.write_stderr(b"e");
        assert_eq!(captured.stderr(), b"e");
    }
}
