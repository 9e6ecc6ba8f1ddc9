//! A short hunt with fixed seeds, and the parts of the hunter that can be tested alone.

use bp_fuzz::hunt::{Plan, hunt};
use bp_fuzz::reduce;
use std::path::Path;
use std::time::Duration;

/// Programs of the short hunt.
const PROGRAMS: u64 = 200;

#[test]
fn fixed_seeds_agree_in_all_modes() {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let plan = Plan { seeds: 0..PROGRAMS, until: None, jobs, first_only: false, fault: None };
    let report = hunt(Path::new(env!("CARGO_BIN_EXE_bp_fuzz")), &plan, &|_| {});
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert_eq!(report.programs + report.slow, PROGRAMS);
    assert!(report.slow < PROGRAMS / 20, "{} of {PROGRAMS} programs are too slow to be of use", report.slow);
}

#[test]
fn a_seed_names_a_program() {
    assert_eq!(bp_fuzz::program(7), bp_fuzz::program(7));
    assert_ne!(bp_fuzz::program(7), bp_fuzz::program(8));
}

#[test]
fn reducing_keeps_what_matters() {
    let text = "let a = 1\ndef f(x: int) -> int:\n    let y = (x + 2)\n    if y > 3:\n        print(\"needle\", (1 + 2))\n    return y\nprint(f(a))\n";
    let small = reduce::reduce(text, Duration::from_secs(20), &mut |text| text.contains("\"needle\""));
    assert_eq!(small.trim(), "\"needle\"");
}
