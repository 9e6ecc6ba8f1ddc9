//! Every file under `tests/run/` and `examples/` is a test: `cargo test -p bp_filetest NAME` runs
//! those whose name contains NAME.

use bp_filetest::Case;
use bp_filetest::modes::MODES;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;

/// Address space for the stack of each case, in bytes: as much as `bp` gives a program.
const STACK_BYTES: usize = 256 << 20;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut cases = bp_filetest::find(&root.join("tests/run"), "run");
    cases.extend(bp_filetest::find(&root.join("examples"), "examples"));
    let slow = cases.iter().filter(|case| case.is_slow()).count();
    let trials = cases.into_iter().map(|case| Trial::test(case.name.clone(), move || on_a_large_stack(case)));
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials.collect());
    let modes: Vec<&str> = MODES.iter().map(|mode| mode.name).collect();
    let stressed: Vec<&str> = MODES.iter().filter(|mode| !mode.runs_slow).map(|mode| mode.name).collect();
    println!("modes: {}; {slow} slow files not under {}", modes.join(", "), stressed.join(", "));
    conclusion.exit();
}

fn on_a_large_stack(case: Case) -> Result<(), Failed> {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || bp_filetest::run(&case));
    match thread.map_err(|error| error.to_string())?.join() {
        Ok(result) => result.map_err(Failed::from),
        Err(_) => Err("the implementation panicked: see above".into()),
    }
}
