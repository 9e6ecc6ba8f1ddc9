//! Tier 1: bytecode to x86-64 in one pass.
//!
//! Absence: no intermediate representation, no runtime, no executable memory: bytes out.
#![forbid(unsafe_code)]

mod masm;
