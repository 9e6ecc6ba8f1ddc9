//! Runs the cases of `tests/syntax/`: every `*.bp` there says on its lines which errors they hold
//! (`# error: [E0201]`, several codes separated by spaces), or, where a comment cannot stand on the
//! line, at its top (`#! error LINE: [E0201]`). What users see is in the `.stderr` beside it;
//! `BLESS=1` rewrites that.

use bp_syntax::diagnostic::{Diagnostic, Fix};
use bp_syntax::emit::{Style, emit};
use bp_syntax::name::Names;
use bp_syntax::source::{SourceFile, SourceMap};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/syntax")
}

/// Line and code of every error that the text promises.
fn promised(text: &str) -> Vec<(u32, String)> {
    let mut promised = vec![];
    for (index, line) in text.lines().enumerate() {
        let (at, codes) = if let Some(rest) = line.strip_prefix("#! error ") {
            let (number, codes) = rest.split_once(": ").expect("`#! error LINE: [CODE]`");
            (number.parse().expect("a line number"), codes)
        } else if let Some((_, codes)) = line.split_once("# error: ") {
            (index as u32 + 1, codes)
        } else {
            continue;
        };
        let codes = codes.trim().trim_start_matches('[').trim_end_matches(']');
        promised.extend(codes.split_whitespace().map(|code| (at, code.to_owned())));
    }
    promised.sort();
    promised
}

/// Checks one case and returns what is wrong with it.
fn check(path: &Path, bless: bool) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut map = SourceMap::new();
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let file = map.add(name, bytes);
    let (_, errors) = bp_syntax::parse(&map, file, &mut Names::new());
    let line = |error: &Diagnostic| map.file(file).line_of(error.span().start);
    let mut found: Vec<_> = errors.iter().map(|error| (line(error), error.code.number().to_owned())).collect();
    found.sort();
    let rendered = emit(&errors, &map, Style::Plain, 100);
    if found != promised(&text) {
        return Err(format!("promised {:?}\nfound    {found:?}\n{rendered}", promised(&text)));
    }
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
    let entries = std::fs::read_dir(folder()).expect("the folder of cases exists");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "bp"));
    paths.sort();
    assert!(paths.len() >= 180, "only {} cases", paths.len());
    let failures: Vec<String> = paths
        .iter()
        .filter_map(|path| check(path, bless).err().map(|error| format!("== {}\n{error}", path.display())))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail\n{}", failures.len(), paths.len(), failures.join("\n"));
}

/// Edits that claim to be machine-applicable must at least be applicable, and mend something.
#[test]
fn applying_every_fix_mends_its_error() {
    for entry in std::fs::read_dir(folder()).expect("the folder of cases exists") {
        let path = entry.expect("a readable folder").path();
        if path.extension().is_none_or(|extension| extension != "bp") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a readable case");
        let mut map = SourceMap::new();
        let file = map.add("case", bytes);
        let (_, errors) = bp_syntax::parse(&map, file, &mut Names::new());
        let source = map.file(file);
        for error in &errors {
            for fix in error.fixes.iter().filter(|fix| !fix.edits.is_empty()) {
                let text = mended(source, fix);
                let mut mended_map = SourceMap::new();
                let mended = mended_map.add("mended", text.clone());
                let (_, left) = bp_syntax::parse(&mended_map, mended, &mut Names::new());
                let same = |errors: &[Diagnostic]| {
                    errors.iter().filter(|other| other.code == error.code && other.message == error.message).count()
                };
                assert!(same(&left) < same(&errors), "{}: {:?} does not mend\n{text}", path.display(), error.message);
            }
        }
    }
}

/// The text with the edits of a fix applied.
fn mended(source: &SourceFile, fix: &Fix) -> String {
    let mut text = source.text().to_string();
    let mut last = u32::MAX;
    for (span, replacement) in fix.edits.iter().rev() {
        assert!(span.end <= last, "edits overlap or are out of order: {fix:?}");
        last = span.start;
        let range = (span.start - source.base()) as usize..(span.end - source.base()) as usize;
        text.replace_range(range, replacement);
    }
    text
}
