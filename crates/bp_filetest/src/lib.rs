//! Tests as text: small programs that say what they do, run in every mode of the machine.
//!
//! A case is a `.bp` file under `tests/run/`; `#!` lines state what is expected:
//!
//! ```text
//! #! run EXPR == EXPECTED               the two are equal
//! #! run EXPR throws Class              evaluating throws; `Class: message` checks the message too
//! #! stdout                             the program's whole output: the `# ` lines that follow
//! #! stderr contains TEXT               a line of what goes to standard error, the traceback included
//! #! exit N                             the exit status, if it is not 0
//! #! args a b                           the program's arguments, separated by spaces
//! #! slow                               not run where every step collects: see `modes`
//! ```
//!
//! Every `run` line is a fresh start of the program: top level first, then the expression. The
//! programs under `examples/` are cases too; their output is in the `.out` file beside each.
//! A folder with a `main.bp` is one case, and its other files are modules that the main file imports.
//! `BLESS=1` rewrites what is expected on standard output.
//!
//! Absence: nothing here knows what programs mean; the expectations do.
#![forbid(unsafe_code)]

mod bless;
mod case;
mod directive;
pub mod modes;
mod outcome;
mod runner;
mod watchdog;

pub use case::{Case, find};
pub use runner::run;
