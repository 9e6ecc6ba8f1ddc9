//! Hunts for seeded faults, one after the other: does the fuzzer find what is there?

use crate::hunt::{self, Plan};
use bp_isa::fault::{Fault, VARIABLE};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Programs between two looks at what CPython makes of them.
const BATCH: u64 = 50;

/// What became of the hunt for a fault.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The fault.
    pub fault: Fault,
    /// What showed it: seed, kind, and mode.
    pub found: Option<String>,
    /// Programs until then.
    pub programs: u64,
    /// Seconds until then.
    pub seconds: f64,
}

/// Hunts for a fault from a seed on, at most for a time, in one child process at a time.
pub fn hunt(binary: &Path, fault: Fault, first: u64, patience: Duration) -> Trial {
    let start = Instant::now();
    let (found, programs) = if is_shared(fault) {
        ask_oracle(binary, fault, first, start + patience)
    } else {
        compare_modes(binary, fault, first, start + patience)
    };
    Trial { fault, found, programs, seconds: start.elapsed().as_secs_f64() }
}

/// Whether all ways of running show a fault alike.
fn is_shared(fault: Fault) -> bool {
    fault == Fault::FinallySkipped
}

fn compare_modes(binary: &Path, fault: Fault, first: u64, until: Instant) -> (Option<String>, u64) {
    let plan = Plan { seeds: first..u64::MAX, until: Some(until), jobs: 1, first_only: true, fault: Some(fault) };
    let report = hunt::hunt(binary, &plan, &|_| {});
    (report.findings.first().map(ToString::to_string), report.programs + report.slow + 1)
}

/// The same with CPython as the reference.
fn ask_oracle(binary: &Path, fault: Fault, first: u64, until: Instant) -> (Option<String>, u64) {
    let mut start = first;
    while Instant::now() < until {
        let seeds = start..start + BATCH;
        start = seeds.end;
        if disagrees(binary, fault, &seeds) {
            return (Some(format!("seeds {seeds:?}: CPython disagrees")), start - first);
        }
    }
    (None, start - first)
}

fn disagrees(binary: &Path, fault: Fault, seeds: &Range<u64>) -> bool {
    let range = format!("{}..{}", seeds.start, seeds.end);
    let status = Command::new(binary)
        .args(["--oracle", "--seeds", &range])
        .env(VARIABLE, fault.name())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| !status.success())
}
