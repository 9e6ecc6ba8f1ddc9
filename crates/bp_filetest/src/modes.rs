//! The ways in which every case is run: one table.
//!
//! A case must give the same result in all of them; the first one is the reference.

use betterpython::Stress;
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
    /// Whether cases marked `#! slow` are run too.
    pub runs_slow: bool,
    /// How long one start of a program may take: beyond, it hangs.
    pub patience: Duration,
}

/// A collection walks the whole stack, so a stressed recursion costs its depth squared.
const STRESSED_FRAMES: Option<usize> = Some(3_000);

/// All modes.
pub const MODES: &[Mode] = &[
    Mode {
        name: "plain",
        stress: None,
        paranoid: false,
        max_frames: None,
        runs_slow: true,
        patience: Duration::from_secs(60),
    },
    Mode {
        name: "--gc-stress=alloc",
        stress: Some(Stress::Alloc),
        paranoid: true,
        max_frames: STRESSED_FRAMES,
        runs_slow: false,
        patience: Duration::from_secs(60),
    },
    Mode {
        name: "--gc-stress=safepoint",
        stress: Some(Stress::Safepoint),
        paranoid: true,
        max_frames: STRESSED_FRAMES,
        runs_slow: false,
        patience: Duration::from_secs(60),
    },
];
