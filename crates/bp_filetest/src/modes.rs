//! The ways in which every case is run: one table.
//!
//! A case must give the same result in all of them; the first one is the reference.

use betterpython::{Jit, Stress, Tier};
use std::time::Duration;

/// A way to run a case.
#[derive(Debug)]
pub struct Mode {
    /// What reports call it: the options of `bp run` that do the same.
    pub name: &'static str,
    /// When to collect, beyond what the program needs.
    pub stress: Option<Stress>,
    /// Check the heap around each collection and overwrite what is freed.
    pub paranoid: bool,
    /// Most frames, where the machine's own limit would take too long.
    pub max_frames: Option<usize>,
    /// Bytes of native stack for compiled code and callbacks: within what the caller's thread has.
    pub native_stack: usize,
    /// Whether cases marked `#! slow` are run too.
    pub runs_slow: bool,
    /// What is compiled when.
    pub jit: Jit,
    /// How long one start of a program may take: beyond, it hangs.
    pub patience: Duration,
}

/// A collection walks the whole stack, so a stressed recursion costs its depth squared.
const STRESSED_FRAMES: Option<usize> = Some(3_000);

/// The same for compiled code: a few thousand small frames.
const STRESSED_NATIVE_STACK: usize = 128 << 10;

/// Nothing is compiled.
const INTERPRETED: Jit = Jit { tier: Tier::Interpreter, ..COMPILED };
/// As users run it.
const COMPILED: Jit =
    Jit { tier: Tier::Baseline, call_threshold: 100, loop_threshold: 1000, cache_bytes: 64 << 20, log: false };
/// Every function is compiled at its first call.
const FIRST_CALL: Jit = Jit { call_threshold: 1, ..COMPILED };
/// Every loop moves to machine code at its first back edge, calls do not count.
const FIRST_ITERATION: Jit = Jit { call_threshold: u32::MAX, loop_threshold: 1, ..COMPILED };

const fn quiet(name: &'static str, jit: Jit) -> Mode {
    Mode {
        name,
        stress: None,
        paranoid: false,
        max_frames: None,
        native_stack: 192 << 20,
        runs_slow: true,
        jit,
        patience: Duration::from_secs(60),
    }
}

const fn stressed(name: &'static str, stress: Stress, jit: Jit) -> Mode {
    Mode {
        stress: Some(stress),
        paranoid: true,
        max_frames: STRESSED_FRAMES,
        native_stack: STRESSED_NATIVE_STACK,
        runs_slow: false,
        ..quiet(name, jit)
    }
}

/// All modes.
pub const MODES: &[Mode] = &[
    quiet("--jit=off", INTERPRETED),
    quiet("--jit=baseline", COMPILED),
    quiet("--jit-calls=1", FIRST_CALL),
    quiet("--jit-loops=1", FIRST_ITERATION),
    stressed("--jit=off --gc-stress=alloc", Stress::Alloc, INTERPRETED),
    stressed("--jit=off --gc-stress=safepoint", Stress::Safepoint, INTERPRETED),
    stressed("--jit-calls=1 --gc-stress=alloc", Stress::Alloc, FIRST_CALL),
    stressed("--jit-calls=1 --gc-stress=safepoint", Stress::Safepoint, FIRST_CALL),
    stressed("--jit-loops=1 --gc-stress=alloc", Stress::Alloc, FIRST_ITERATION),
    stressed("--jit-loops=1 --gc-stress=safepoint", Stress::Safepoint, FIRST_ITERATION),
];
