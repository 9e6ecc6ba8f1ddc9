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
use std::process::ExitCode;

/// The front end makes millions of small nodes: `docs/decisions/003-allocator.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Address space reserved for the stack of programs, in bytes: nested calls between the program
/// and the library take native stack, and so do deeply nested source texts.
const STACK_BYTES: usize = 256 << 20;
/// What of it a running program may use; the rest is for what lies below and above.
pub(crate) const PROGRAM_STACK_BYTES: usize = STACK_BYTES - (4 << 20);

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
    let work = move || match cli.command {
        Command::Run(args) => run::run(args),
        Command::Check(args) => check::check(&args).map(|()| 0),
        Command::Build(args) => build::build(&args).map(|()| 0),
        Command::Disasm(args) => disasm::disasm(&args).map(|()| 0),
    };
    let thread = std::thread::Builder::new().name("program".into()).stack_size(STACK_BYTES).spawn(work);
    let ended = match thread {
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
