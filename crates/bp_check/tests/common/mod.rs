//! What the tests share: files of a folder, and the front end in one call.
#![allow(dead_code, reason = "every test uses a part of it")]

use bp_check::hir::Program;
use bp_check::{ParsedModule, check};
use bp_syntax::diagnostic::{Diagnostic, Fix, Severity};
use bp_syntax::emit::{Style, emit};
use bp_syntax::name::Names;
use bp_syntax::source::SourceMap;
use std::path::{Path, PathBuf};

/// A text after the front end.
pub struct Checked {
    pub map: SourceMap,
    pub program: Option<Program>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and checks a text; the diagnostics of both stages, in the order of the text.
pub fn front_end(name: &str, text: impl Into<Vec<u8>>) -> Checked {
    let mut map = SourceMap::new();
    let file = map.add(name, text);
    let mut names = Names::new();
    let (module, mut diagnostics) = bp_syntax::parse(&map, file, &mut names);
    let (program, found) = check(&[ParsedModule::alone(&module)], &mut names);
    diagnostics.extend(found);
    diagnostics.sort_by_key(Diagnostic::span);
    Checked { map, program, diagnostics }
}

impl Checked {
    /// What users see.
    pub fn rendered(&self) -> String {
        emit(&self.diagnostics, &self.map, Style::Plain, 100)
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The line of a diagnostic's primary place.
    pub fn line(&self, diagnostic: &Diagnostic) -> u32 {
        self.map.locate(diagnostic.span().start).map_or(0, |at| at.line)
    }

    /// The text with the edits of a fix applied; panics if they overlap or are out of order.
    pub fn mended(&self, fix: &Fix) -> String {
        let (_, source) = self.map.files().next().expect("there is a file");
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
}

/// The folder of test files.
pub fn tests_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(name)
}

/// Every `.bp` below a folder, sorted.
pub fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "bp") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
