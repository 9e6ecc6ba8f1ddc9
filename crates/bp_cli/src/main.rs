//! `bp`, the command: reads files, runs programs, shows what is wrong with them.
//!
//! Invariant: standard output belongs to the program (or to what was asked for); every message of
//! ours goes to standard error.
//!
//! Absence: no language here. What a program means is `betterpython`'s business.
#![forbid(unsafe_code)]

mod args;
mod build;
mod check;
mod console;
mod disasm;
mod input;
mod interrupt;
mod jit_report;
mod memory;
mod run;

use args::Command;
use std::io::ErrorKind;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The front end makes millions of small nodes: `docs/decisions/003-allocator.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Address space reserved for the stack of programs, in bytes: nested calls between the program
/// and the library take native stack, and so do deeply nested source texts. The next best is tried where
/// addresses are limited: it takes a quarter of them at most.
const STACK_BYTES: [usize; 3] = [256 << 20, 64 << 20, 16 << 20];
/// What of it a running program may not use: it is for what lies below and above.
const STACK_SPARE_BYTES: usize = 4 << 20;

/// How a command can end without success.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    /// A file could not be read, written or loaded; it has been said why.
    Environment,
    /// The command makes no sense; it has been said why.
    Usage,
    /// The program has errors; they have been shown.
    Program,
    /// Whoever reads our output has gone.
    ClosedPipe,
}

impl Failure {
    fn status(self) -> u8 {
        match self {
            Failure::Environment => 1,
            Failure::Usage | Failure::Program => 2,
            // As shells report a process that SIGPIPE has ended.
            Failure::ClosedPipe => 141,
        }
    }
}

fn main() -> ExitCode {
    let cli = args::parse(std::env::args_os().collect());
    let ended = match on_large_stack(cli.command) {
        Ok(thread) => thread.join(),
        Err(error) => {
            console::Console::stderr().error(&format!("cannot start the program: {}", input::reason(&error)));
            return ExitCode::from(Failure::Environment.status());
        }
    };
    match ended {
        Ok(Ok(status)) => ExitCode::from(status),
        Ok(Err(failure)) => ExitCode::from(failure.status()),
        // The panic has been reported where it happened: a mistake of ours.
        Err(_) => ExitCode::from(101),
    }
}

/// Executes a command on a thread with the largest stack that the system gives.
fn on_large_stack(command: Command) -> std::io::Result<JoinHandle<Result<u8, Failure>>> {
    let command = Arc::new(Mutex::new(Some(command)));
    let mut started = Err(ErrorKind::OutOfMemory.into());
    let most = memory::address_limit().map_or(usize::MAX, |bytes| bytes / 4);
    let last = STACK_BYTES.len() - 1;
    for bytes in STACK_BYTES.into_iter().take(last).filter(|bytes| *bytes <= most).chain([STACK_BYTES[last]]) {
        let command = Arc::clone(&command);
        let work = move || {
            let command = command.lock().unwrap_or_else(PoisonError::into_inner).take();
            execute(command.expect("one thread starts"), bytes - STACK_SPARE_BYTES)
        };
        started = std::thread::Builder::new().name("program".into()).stack_size(bytes).spawn(work);
        if started.is_ok() {
            break;
        }
    }
    started
}

/// Executes a command; a program that it runs may use `stack_bytes` of the stack.
fn execute(command: Command, stack_bytes: usize) -> Result<u8, Failure> {
    match command {
        Command::Run(args) => run::run(args, stack_bytes),
        Command::Check(args) => check::check(&args).map(|()| 0),
        Command::Build(args) => build::build(&args).map(|()| 0),
        Command::Disasm(args) => disasm::disasm(&args).map(|()| 0),
    }
}
