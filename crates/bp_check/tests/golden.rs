//! Runs the cases of `tests/check/`: every `*.bp` there says on its lines which diagnostics they
//! hold (`# error: [E0301]`, several codes separated by spaces), warnings included, or, where a
//! comment cannot stand on the line, at its top (`#! error LINE: [E0301]`). What users see is in
//! the `.stderr` beside it; `BLESS=1` rewrites that.

mod common;

use bp_syntax::codes::Code;
use common::{Checked, front_end, programs, tests_folder};
use std::collections::BTreeSet;
use std::path::Path;

/// Line and code of every diagnostic that the text promises.
fn promised(text: &str) -> Vec<(u32, String)> {
    let mut promised = vec![];
    for (index, line) in text.lines().enumerate() {
        let (at, codes) = if let Some(rest) = line.strip_prefix("#! error ") {
            let (number, codes) = rest.split_once(": ").expect("`#! error LINE: [CODE]`");
            (number.parse().expect("a line number"), codes)
        } else if let Some((_, codes)) = line.split_once("# error: ") {
            (u32::try_from(index + 1).expect("few lines"), codes)
        } else {
            continue;
        };
        let codes = codes.trim().trim_start_matches('[').trim_end_matches(']');
        promised.extend(codes.split_whitespace().map(|code| (at, code.to_owned())));
    }
    promised.sort();
    promised
}

fn read(path: &Path) -> (String, Checked) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    (text, front_end(&name, bytes))
}

/// Checks one case and returns what is wrong with it.
fn check(path: &Path, bless: bool) -> Result<(), String> {
    let (text, checked) = read(path);
    let found = checked.diagnostics.iter().map(|found| (checked.line(found), found.code.number().to_owned()));
    let mut found: Vec<_> = found.collect();
    found.sort();
    let rendered = checked.rendered();
    if found != promised(&text) {
        return Err(format!("promised {:?}\nfound    {found:?}\n{rendered}", promised(&text)));
    }
    assert!(checked.program.is_some() || checked.has_errors(), "a program is there if nothing is wrong");
    let snapshot = path.with_extension("stderr");
    if bless && rendered.is_empty() {
        let _ = std::fs::remove_file(&snapshot);
    } else if bless {
        std::fs::write(&snapshot, &rendered).map_err(|error| error.to_string())?;
    }
    let expected = std::fs::read_to_string(&snapshot).unwrap_or_default();
    if rendered == expected { Ok(()) } else { Err(format!("rendered otherwise than in the snapshot:\n{rendered}")) }
}

#[test]
fn every_case_reports_what_it_promises() {
    let bless = std::env::var_os("BLESS").is_some();
    let paths = programs(&tests_folder("check"));
    assert!(paths.len() >= 180, "only {} cases", paths.len());
    let failed =
        |path: &std::path::PathBuf| check(path, bless).err().map(|error| format!("== {}\n{error}", path.display()));
    let failures: Vec<String> = paths.iter().filter_map(failed).collect();
    assert!(failures.is_empty(), "{} of {} cases fail\n{}", failures.len(), paths.len(), failures.join("\n"));
}

/// Applying a fix with edits removes the diagnostic that offered it.
#[test]
fn applying_every_fix_mends_its_error() {
    for path in programs(&tests_folder("check")) {
        let (_, checked) = read(&path);
        for diagnostic in &checked.diagnostics {
            let same = |other: &&bp_syntax::diagnostic::Diagnostic| {
                other.code == diagnostic.code && other.message == diagnostic.message
            };
            let before = checked.diagnostics.iter().filter(same).count();
            for fix in diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty()) {
                let text = checked.mended(fix);
                let after = front_end("mended.bp", text.clone());
                let left = after.diagnostics.iter().filter(same).count();
                let syntax = |checked: &Checked| checked.diagnostics.iter().filter(|d| d.code.number() < "E03").count();
                assert!(left < before, "{}: {} stays\n{text}", path.display(), diagnostic.message);
                assert!(
                    syntax(&after) <= syntax(&checked),
                    "{}: {} breaks the syntax\n{text}",
                    path.display(),
                    fix.message
                );
            }
        }
    }
}

/// Codes that no text of a few lines reaches, and where they are tested.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::TooMuchSource, "bp_syntax, robust: a file of 2 GiB"),
    (Code::TooManyErrors, "bp_syntax, robust: errors on thousands of lines"),
    (Code::TooManyVariables, "lowering: a function of more than 60,000 variables"),
    (Code::UnreadableModule, "betterpython, modules: a loader that fails"),
    (Code::FunctionTooLarge, "lowering: a function beyond the reach of a branch"),
];

#[test]
fn every_code_is_reached_by_a_case() {
    let folders = ["syntax", "check", "modules"];
    let texts = folders
        .iter()
        .flat_map(|folder| programs(&tests_folder(folder)))
        .map(|path| String::from_utf8_lossy(&std::fs::read(&path).expect("a readable case")).into_owned());
    let reached: BTreeSet<String> = texts.flat_map(|text| promised(&text)).map(|(_, code)| code).collect();
    let elsewhere = |code: &Code| ELSEWHERE.iter().any(|(other, _)| other == code);
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !elsewhere(code) && !reached.contains(code.number()))
        .map(|code| code.number())
        .collect();
    assert!(missing.is_empty(), "no case reports {missing:?}");
}
