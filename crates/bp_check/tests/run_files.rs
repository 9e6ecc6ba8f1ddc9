//! Every program of `tests/run/` is correct: the checker accepts it, with the calls and expected
//! values of its directives, without an error. Programs of several modules are left to `bp_filetest`, which
//! loads them.

mod common;

use common::{front_end, programs, tests_folder};
use std::fmt::Write;

/// The text with a function for each `#! run` directive.
fn with_directives(text: &str) -> String {
    let mut extended = text.to_owned();
    if !extended.ends_with('\n') {
        extended.push('\n');
    }
    for (number, line) in text.lines().enumerate() {
        let Some(rest) = line.strip_prefix("#! run ") else { continue };
        let written = match rest.split_once(" throws ") {
            Some((call, _)) => writeln!(extended, "def run_check_{number}(): {call}"),
            None => {
                let (call, value) = rest.rsplit_once(" == ").unwrap_or_else(|| panic!("`{line}` expects nothing"));
                writeln!(extended, "def run_check_{number}() -> bool: return ({call}) == ({value})")
            }
        };
        written.expect("a String takes everything");
    }
    extended
}

#[test]
fn every_program_is_accepted() {
    let paths = programs(&tests_folder("run"));
    assert!(paths.len() > 500, "only {} programs", paths.len());
    let mut failures = String::new();
    let mut count = 0;
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if path.components().any(|part| part.as_os_str() == "modules") {
            continue;
        }
        let name = path.file_name().expect("a file").to_string_lossy();
        let checked = front_end(&name, with_directives(&text));
        if checked.has_errors() || checked.program.is_none() {
            count += 1;
            write!(failures, "== {}\n{}", path.display(), checked.rendered()).expect("a String takes everything");
        }
    }
    assert!(count == 0, "{count} programs are refused\n{failures}");
}
