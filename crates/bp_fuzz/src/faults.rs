//! Hunts for seeded faults, one after the other: does the fuzzer find what is there?

use crate::hunt::{self, Plan};
use bp_isa::fault::Fault;
use std::path::Path;
use std::time::{Duration, Instant};

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
    let plan =
        Plan { seeds: first..u64::MAX, until: Some(start + patience), jobs: 1, first_only: true, fault: Some(fault) };
    let report = hunt::hunt(binary, &plan, &|_| {});
    Trial {
        fault,
        found: report.findings.first().map(ToString::to_string),
        programs: report.programs + report.slow + 1,
        seconds: start.elapsed().as_secs_f64(),
    }
}
