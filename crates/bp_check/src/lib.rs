//! Names and types: AST in, typed HIR and diagnostics out.
//!
//! Checking never fails: it returns what it understood plus what was wrong. An erroneous
//! expression gets `Type::Error`, which is assignable to everything: one mistake, one report.
//!
//! Absence: no I/O, no clock, no global state; nothing here depends on bytecode or the VM.
#![forbid(unsafe_code)]

pub mod hir;
pub mod types;
