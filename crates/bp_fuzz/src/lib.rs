//! Looks for programs that mean one thing to the interpreter and another to compiled code.
//!
//! [`program`] writes a random program for a seed. [`modes::drawn`] lists the ways to run it; the
//! interpreter without stress is the reference, and [`check`] compares. [`hunt`] does so for many seeds
//! in child processes, so that a crash is a finding like any other; [`reduce`] makes findings small.
//!
//! Absence: nothing here knows what programs mean. An error that all ways of running share goes unseen.
#![forbid(unsafe_code)]

pub mod check;
#[cfg(feature = "coverage")]
pub mod coverage;
#[cfg(feature = "seeded-faults")]
pub mod faults;
mod generate;
pub mod hunt;
mod marks;
pub mod modes;
pub mod oracle;
pub mod reduce;
pub mod rng;

pub use generate::{needs_limits, program};
