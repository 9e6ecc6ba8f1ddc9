//! BetterPython for programs that embed it: compile, load, run, and show what went wrong.
//!
//! ```
//! use betterpython::{Captured, Executable, Options, Output, Until};
//!
//! let source = "def main() -> int:\n    print(6 * 7)\n    return 3\n";
//! let compilation = betterpython::compile("answer.bp", source, Until::Compiled);
//! assert!(!compilation.has_errors());
//!
//! let executable = Executable::from_compilation(&compilation).expect("it has no errors");
//! let captured = Captured::default();
//! let options = Options { output: Output::captured(captured.clone()), ..Options::default() };
//! let mut instance = executable.start(options).expect("the heap fits into memory");
//! let end = instance.run();
//! assert_eq!(end.status(), 3);
//! assert_eq!(captured.stdout(), b"42\n");
//! ```
//!
//! A [`Compilation`] holds what is wrong with a source text, an [`Executable`] what can run, an
//! [`Instance`] one run of it with its own heap: the engine. A [`Host`] has functions for programs,
//! a [`Value`] is what crosses. `docs/embedding.md` leads through all of it. This crate is the only
//! place where the front end and the machine meet.
//!
//! Absence: no terminal, no process-wide state, no exit of the process: `bp_cli` does that.
#![forbid(unsafe_code)]

mod compile;
mod engine;
mod executable;
mod instance;
mod listing;
mod loader;
mod modules;
mod traceback;

pub use bp_builtins::errors::ErrorClass;
pub use bp_isa::Program;
pub use bp_isa::bpc::BpcError;
pub use bp_syntax::diagnostic::{Diagnostic, Severity};
pub use bp_syntax::emit::{Style, emit, emit_json};
pub use bp_vm::config::{StartError, Uncaught};
pub use bp_vm::heap::Stress;
pub use bp_vm::host::{CallError as Refusal, FromValue, Host, HostCx, HostError, IntoValue, Type, Value};
pub use bp_vm::interrupt::InterruptHandle;
pub use bp_vm::jit::{CodeFaults, Event as JitEvent, JitStats};
pub use bp_vm::output::{Captured, Output};
pub use bp_vm::trace::TraceFrame;
pub use compile::{Compilation, Until, compile, compile_with};
pub use engine::{CallError, JitState, Profile};
pub use executable::{Executable, LoadError};
pub use instance::{End, Instance, Jit, Options, Tier};
pub use listing::COLD;
pub use loader::{FileSystem, Files, Loader};

/// Runs the code of the page.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/embedding.md")]
struct Embedding;
