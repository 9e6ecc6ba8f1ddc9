//! `bp run` where addresses are limited, as by `ulimit -v`: a full heap is an exception, too few addresses to
//! start are said and told by the status.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Fills the heap with arrays, then with one string that doubles. Texts that are made outside the heap are left out: there
/// is no exception for their memory.
const HUNGRY: &str = r#"
def arrays():
    let kept: [[int]] = []
    while true: kept.push(array_fill(10000, 7))
def doubled():
    let s = "abcdefgh"
    while true: s = s + s
let caught = 0
for f in [arrays, doubled]:
    try:
        f()
    catch OutOfMemoryError:
        caught += 1
print(caught)
"#;

fn program(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("writable");
    path
}

/// Runs a program with so many KiB of addresses.
fn run_within(kib: usize, path: &std::path::Path) -> Output {
    let script = format!("ulimit -v {kib} && exec \"$0\" run \"$1\"");
    let run = Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_bp")]).arg(path).output();
    run.expect("there is a shell")
}

#[test]
fn programs_get_an_exception() {
    let path = program("hungry.bp", HUNGRY);
    for mib in [600, 900, 1200, 1600, 2200, 3000] {
        let ended = run_within(mib << 10, &path);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(String::from_utf8_lossy(&ended.stdout), "2\n", "{mib} MiB: {said}");
        assert_eq!(ended.status.code(), Some(0), "{mib} MiB: {said}");
    }
}

#[test]
fn with_too_few_to_start_that_is_said() {
    let path = program("small.bp", "print(1)\n");
    for mib in [40, 80, 160, 320] {
        let ended = run_within(mib << 10, &path);
        let said = String::from_utf8_lossy(&ended.stderr);
        match ended.status.code() {
            Some(0) => assert_eq!(ended.stdout, b"1\n", "{mib} MiB"),
            status => {
                assert!(ended.stdout.is_empty(), "{mib} MiB");
                assert!(!said.is_empty(), "{mib} MiB: {status:?}");
            }
        }
    }
}
