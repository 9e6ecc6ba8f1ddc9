//! Source text to bytecode, for tests.
#![allow(dead_code, reason = "each test uses a part")]

use bp_check::ParsedModule;
use bp_isa::Program;
use bp_syntax::diagnostic::{Diagnostic, Severity};
use bp_syntax::name::Names;
use bp_syntax::source::SourceMap;
use std::path::{Path, PathBuf};

/// The root of the tests that are text.
pub fn test_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// Every `.bp` file below a folder, in order.
pub fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
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

/// The program of a source text; the first error if it has any.
pub fn compile(name: &str, text: &str) -> Result<Program, String> {
    let mut sources = SourceMap::new();
    let file = sources.add(name, text.as_bytes().to_vec());
    let mut names = Names::new();
    let (module, mut diagnostics) = bp_syntax::parse(&sources, file, &mut names);
    let (checked, found) = bp_check::check(&[ParsedModule::alone(&module)], &mut names);
    diagnostics.extend(found);
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    if let Some(error) = diagnostics.iter().find(is_error) {
        return Err(format!("{error:?}"));
    }
    let checked = checked.ok_or("no program")?;
    bp_lower::lower(&checked, &sources).map_err(|errors| format!("{errors:?}"))
}
