//! Heap, interpreter and runtime: executes bytecode, knows no compiler.
//!
//! Files that may contain `unsafe` are listed in ARCHITECTURE.md; everything else here is safe Rust.
//!
//! Absence: no source text, no type checking, no Cranelift, no process-wide state.

pub mod config;
pub mod handle;
pub mod heap;
pub mod host;
mod interp;
pub mod interrupt;
pub mod jit;
pub mod native;
mod object;
pub mod output;
mod stack;
pub mod trace;
pub mod types;
mod unwind;
mod value;
pub mod vm;

pub use value::float;
