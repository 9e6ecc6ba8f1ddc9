//! Golden bytecode: `tests/lower/<area>/<behaviour>.bp` with the listing it must lower to.
//!
//! The program ends at the line `#! expect lower`; the listing follows as comments, every function
//! but an empty top level. `BLESS=1` rewrites the listings.

mod support;

use bp_isa::Program;
use bp_isa::disasm::disassemble;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const EXPECT: &str = "#! expect lower";
/// The most lines of a program: one behaviour each.
const MAX_LINES: usize = 40;

fn main() -> ExitCode {
    let root = support::test_root().join("lower");
    let trials = support::sources_below(&root).into_iter().map(|path| {
        let name = path.strip_prefix(&root).expect("below the root").with_extension("").display().to_string();
        Trial::test(name, move || check(&path))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn check(path: &PathBuf) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let (source, expected) = text.split_once(EXPECT).unwrap_or((&text, ""));
    if source.lines().count() > MAX_LINES {
        return Err(format!("more than {MAX_LINES} lines").into());
    }
    let program = support::compile(&path.display().to_string(), source)?;
    bp_isa::verify::verify(&program)?;
    let found = listing(&program);
    if std::env::var_os("BLESS").is_some() {
        return bless(path, source, &found);
    }
    if expected.trim() == found.trim() { Ok(()) } else { Err(difference(expected.trim(), found.trim()).into()) }
}

/// Every function as comment lines.
fn listing(program: &Program) -> String {
    let mut out = String::new();
    for (number, function) in program.functions.iter().enumerate() {
        if function.code.len() == 1 && program.module_bodies.contains(&(number as u32)) {
            continue;
        }
        for line in disassemble(program, number, &mut |_, _| None).lines() {
            let _ = writeln!(out, "# {line}");
        }
    }
    out
}

fn bless(path: &Path, source: &str, found: &str) -> Result<(), Failed> {
    let text = format!("{}\n\n{EXPECT}\n{found}", source.trim_end());
    Ok(std::fs::write(path, text)?)
}

/// Both listings, differing lines marked.
fn difference(expected: &str, found: &str) -> String {
    let mut text = String::from("the listing differs (BLESS=1 rewrites it)\n");
    let (mut old, mut new) = (expected.lines(), found.lines());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return text,
            (Some(old), Some(new)) if old == new => {
                let _ = writeln!(text, "  {old}");
            }
            (old, new) => {
                old.into_iter().for_each(|line| text.push_str(&format!("- {line}\n")));
                new.into_iter().for_each(|line| text.push_str(&format!("+ {line}\n")));
            }
        }
    }
}
