//! Golden machine code: `tests/code/<area>/<behaviour>.bp` with the listing of what the baseline
//! compiler makes of it.
//!
//! The program ends at the line `#! expect code`; the listing follows as comments, every function but
//! the top level. `BLESS=1` rewrites the listings.
//!
//! Besides, over all files: every instruction occurs, and exactly those that are known to call
//! something do so on their straight path.

mod straight;

use betterpython::{Executable, Options, Until};
use bp_isa::abi::machine::Features;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const EXPECT: &str = "#! expect code";
/// The processor that the listings are for.
const FEATURES: Features = Features { sse41: true, popcnt: true };
/// The most lines of a program: one behaviour each.
const MAX_LINES: usize = 40;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/code");
    let files = sources_below(&root);
    let mut trials = vec![
        Trial::test("every instruction occurs", {
            let files = files.clone();
            move || Ok(straight::every_instruction_occurs(&listings(&files)?)?)
        }),
        Trial::test("straight paths call nothing", {
            let files = files.clone();
            move || Ok(straight::straight_paths_call_nothing(&listings(&files)?)?)
        }),
    ];
    for path in files {
        let name = path.strip_prefix(&root).expect("below the root").with_extension("").display().to_string();
        trials.push(Trial::test(name, move || check(&path)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Every `.bp` file below a folder, in order.
fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            found.extend(sources_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "bp") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn listings(files: &[PathBuf]) -> Result<String, Failed> {
    let mut all = String::new();
    for path in files {
        let text = std::fs::read_to_string(path)?;
        let (source, _) = text.split_once(EXPECT).unwrap_or((&text, ""));
        all += &listing(path, source)?;
    }
    Ok(all)
}

/// The machine code of every function.
fn listing(path: &Path, source: &str) -> Result<String, Failed> {
    let compilation = betterpython::compile(&path.display().to_string(), source, Until::Compiled);
    if compilation.has_errors() {
        return Err(format!("{}: {:?}", path.display(), compilation.diagnostics).into());
    }
    let executable = Executable::from_compilation(&compilation).ok_or("no program")?;
    let instance = executable.start(Options::default())?;
    let program = executable.program();
    let mut out = String::new();
    for number in 0..program.functions.len() as u32 {
        if !program.module_bodies.contains(&number) {
            out += &instance.machine_code_for(number, FEATURES).ok_or("it is too large")?;
        }
    }
    Ok(out)
}

fn check(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let (source, expected) = text.split_once(EXPECT).unwrap_or((&text, ""));
    if source.lines().count() > MAX_LINES {
        return Err(format!("more than {MAX_LINES} lines").into());
    }
    let found: String =
        listing(path, source)?.lines().map(|line| format!("# {}\n", line).replace("# \n", "#\n")).collect();
    if std::env::var_os("BLESS").is_some() {
        return Ok(std::fs::write(path, format!("{}\n\n{EXPECT}\n{found}", source.trim_end()))?);
    }
    if expected.trim() == found.trim() { Ok(()) } else { Err(difference(expected.trim(), found.trim()).into()) }
}

/// Both listings from the first line that differs.
fn difference(expected: &str, found: &str) -> String {
    let mut text = String::from("the listing differs (BLESS=1 rewrites it)\n");
    let same = expected.lines().zip(found.lines()).take_while(|(old, new)| old == new).count();
    for (mark, listing) in [('-', expected), ('+', found)] {
        for line in listing.lines().skip(same) {
            let _ = writeln!(text, "{mark} {line}");
        }
    }
    text
}
