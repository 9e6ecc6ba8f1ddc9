//! The second opinion: programs that mean the same in Python, printed in both languages from one tree, and
//! what CPython makes of them.
//!
//! What the languages mean differently (`prelude.py`) is written out in Python: ints wrap, `/` truncates, floats
//! divide by zero. What is left is for both to agree on: order of evaluation, scopes, exceptions and `finally`,
//! slices, containers, texts and formats.
//!
//! Absence: aliases of loops' variables, tracebacks, error messages but those of the program, large stacks.

mod builtin;
mod generate;
mod print;
mod scope;
mod tree;

use crate::check::Reference;
use crate::modes;
use print::Language;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Functions that programs use and that Python spells differently.
const PYTHON_NAMES: &str = "def kind(e): return type(e).__name__\ndef message(e): return str(e)\n";
/// The same for the other language.
const BETTERPYTHON_NAMES: &str = "\
def message(e: RuntimeError) -> str: return e.message
def kind(e: Error) -> str:
    try: throw e
    catch IndexError: return \"IndexError\"
    catch ZeroDivisionError: return \"ZeroDivisionError\"
    catch ValueError: return \"ValueError\"
    catch KeyError: return \"KeyError\"
    catch OverflowError: return \"OverflowError\"
    catch AssertionError: return \"AssertionError\"
    catch TypeError: return \"TypeError\"
    catch RuntimeError: return \"RuntimeError\"
    catch Error: return \"Error\"
";
/// Programs for one process of Python.
const BATCH: u64 = 25;
/// Behind each program's output.
const SEPARATOR: &str = "\u{1e}\n";

/// A program about which the two disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// Names the program.
    pub seed: u64,
    /// What the interpreter made of it; none if it does not compile or is too slow.
    pub ours: Option<String>,
    /// What CPython made of it.
    pub python: String,
}

/// The program of a seed in BetterPython.
pub fn program(seed: u64) -> String {
    format!("{BETTERPYTHON_NAMES}{}", print::print(&generate::program(seed), Language::BetterPython))
}

/// The program of a seed in Python.
pub fn python_program(seed: u64) -> String {
    format!("{PYTHON_NAMES}{}", print::print(&generate::program(seed), Language::Python))
}

/// Whether there is a Python to ask.
pub fn has_python() -> bool {
    Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Compares the programs of all seeds; `folder` is for the files.
///
/// # Errors
/// Python cannot be run, or a file cannot be written.
pub fn compare(seeds: Range<u64>, folder: &Path) -> std::io::Result<Vec<Disagreement>> {
    std::fs::create_dir_all(folder)?;
    let prelude = folder.join("prelude.py");
    std::fs::write(&prelude, include_str!("prelude.py"))?;
    let mut found = vec![];
    let mut start = seeds.start;
    while start < seeds.end {
        let end = (start + BATCH).min(seeds.end);
        let mut files: Vec<PathBuf> = vec![];
        for seed in start..end {
            let file = folder.join(format!("{seed}.py"));
            std::fs::write(&file, python_program(seed))?;
            files.push(file);
        }
        let output = Command::new("python3").arg(&prelude).args(&files).output()?;
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut outputs = output.split(SEPARATOR);
        for seed in start..end {
            let python = outputs.next().unwrap_or("no output at all").to_owned();
            let ours = interpreted(seed);
            if ours.as_ref() != Some(&python) {
                found.push(Disagreement { seed, ours, python });
            }
        }
        for file in files {
            std::fs::remove_file(file)?;
        }
        start = end;
    }
    Ok(found)
}

/// What the interpreter prints.
fn interpreted(seed: u64) -> Option<String> {
    let reference = Reference::new(&program(seed), &modes::all(seed)[0]).ok()?;
    Some(reference.outcome.stdout + &reference.outcome.stderr)
}
