//! What the library keeps per engine: generators and the start of its clock.

use crate::generator::{Lcg, Xoshiro};
use crate::regex::Patterns;
use crate::thread::Sync;
use std::time::Instant;

/// The library's state.
#[derive(Debug)]
pub(crate) struct State {
    /// Of `rand` and `rand_range`.
    pub lcg: Lcg,
    /// Of `random`, `random_int`, `shuffle`; made at first use.
    pub xoshiro: Option<Xoshiro>,
    /// Bytes of standard input that have been read and not been taken.
    pub stdin_buffered: usize,
    /// Of the functions of regular expressions.
    pub patterns: Patterns,
    /// Mutexes and conditions, by handle.
    pub syncs: Vec<Sync>,
    /// Zero of `clock_ms` and `clock_ns`.
    pub start: Instant,
}

impl State {
    /// As at the start of a program.
    pub fn new() -> State {
        State {
            lcg: Lcg::new(),
            xoshiro: None,
            stdin_buffered: 0,
            patterns: Patterns::default(),
            syncs: Vec::new(),
            start: Instant::now(),
        }
    }
}
