//! A short comparison with CPython, where there is one.

use bp_fuzz::check::THREAD_STACK;
use bp_fuzz::oracle;
use std::path::Path;

/// Programs that are compared.
const PROGRAMS: u64 = 100;

#[test]
fn cpython_agrees() {
    if !oracle::has_python() {
        eprintln!("skipped: there is no python3");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oracle");
    let thread = std::thread::Builder::new().stack_size(THREAD_STACK);
    let thread = thread.spawn(move || oracle::compare(0..PROGRAMS, &folder)).expect("a thread can be started");
    let found = thread.join().expect("programs do not panic").expect("python3 runs and files can be written");
    let first = found.first().map(|first| format!("{}\n{first:#?}", oracle::program(first.seed)));
    assert!(found.is_empty(), "{} of {PROGRAMS} programs: {}", found.len(), first.unwrap_or_default());
}

#[test]
fn both_languages_say_the_same_thing() {
    let (ours, python) = (oracle::program(3), oracle::python_program(3));
    assert_eq!(ours, oracle::program(3));
    assert_eq!(ours.matches("print(").count() + 1, python.matches("_print(").count() + 1);
    assert!(ours.contains("let ") && !python.contains("let "));
}
