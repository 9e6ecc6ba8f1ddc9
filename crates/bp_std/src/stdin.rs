//! Lines of standard input, read such that an interrupt ends the waiting.
//!
//! A read that blocks cannot be interrupted without losing what it has read. So nothing is read
//! before the system says that there is something, and between two looks interrupts are polled.

use crate::state::State;
use crate::text::system_message;
use bp_builtins::errors::ErrorClass;
use bp_isa::traps::Trap;
use bp_vm::native::{NativeCx, Thrown};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{BufRead, ErrorKind, StdinLock};

/// The longest time for which interrupts are not looked for: 20 ms.
const NAP: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// The next line of standard input with its end, if it has one; empty at the end of input.
pub(crate) fn read_line(cx: &mut NativeCx<'_>) -> Result<Vec<u8>, Thrown> {
    let mut line = vec![];
    loop {
        if cx.state::<State>().stdin_buffered == 0 {
            wait_until_readable(cx)?;
        }
        let mut stdin = std::io::stdin().lock();
        let step = match take(&mut stdin, &mut line) {
            Ok(step) => step,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                drop(stdin);
                return Err(cx.throw(ErrorClass::IOError, format!("standard input: {}", system_message(&error))));
            }
        };
        drop(stdin);
        cx.state::<State>().stdin_buffered = step.buffered;
        if step.is_done {
            return Ok(line);
        }
        if line.len() >= cx.heap_limit() {
            return Err(cx.trap(Trap::OutOfMemory));
        }
    }
}

/// What one look into the buffer gave.
struct Step {
    /// The line is complete.
    is_done: bool,
    /// Bytes that are in the buffer still.
    buffered: usize,
}

/// Moves the bytes up to the end of the line from the buffer, which is filled once if it is empty.
fn take(stdin: &mut StdinLock<'_>, line: &mut Vec<u8>) -> std::io::Result<Step> {
    let buffer = stdin.fill_buf()?;
    let newline = memchr::memchr(b'\n', buffer);
    let count = newline.map_or(buffer.len(), |at| at + 1);
    line.extend_from_slice(&buffer[..count]);
    let step = Step { is_done: newline.is_some() || buffer.is_empty(), buffered: buffer.len() - count };
    stdin.consume(count);
    Ok(step)
}

fn wait_until_readable(cx: &mut NativeCx<'_>) -> Result<(), Thrown> {
    let stdin = std::io::stdin();
    loop {
        cx.poll()?;
        let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut watched, Some(&NAP)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            // What is wrong with it, reading will tell.
            Ok(_) | Err(_) => return Ok(()),
        }
    }
}
