//! Text to syntax tree: source files, tokens, layout, parser, and the diagnostics of all stages.
//!
//! Parsing never fails: it returns what it understood plus what was wrong. No input of any bytes
//! makes it panic, loop or overflow the stack.
//!
//! Absence: no I/O (the renderer returns text), no types, no global state.
#![forbid(unsafe_code)]

pub mod ast;
pub mod codes;
pub mod diagnostic;
pub mod emit;
pub mod lexer;
pub mod limits;
mod literal;
pub mod mentions;
mod messages;
pub mod name;
mod parser;
pub mod source;
pub mod span;
pub mod token;

pub use parser::parse;
