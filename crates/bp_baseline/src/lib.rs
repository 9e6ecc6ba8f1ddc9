//! Tier 1: bytecode to x86-64 in one pass.
//!
//! [`compile`] turns one function into position-independent machine code with the tables that the
//! runtime needs: where calls return to and which bytecode they belong to, where handlers and
//! on-stack replacement enter.
//!
//! Absence: no intermediate representation, no runtime, no executable memory: bytes out.
#![forbid(unsafe_code)]

mod analysis;
mod best;
mod calls;
mod cold;
mod compiler;
mod element;
mod encode;
mod few;
mod homes;
mod masm;
mod objects;
mod ops;
mod patterns;
mod workspace;

pub use compiler::{Listed, compile, compile_listed};
pub use homes::homes;
