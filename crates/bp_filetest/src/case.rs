//! A case on disk: where it is, its text, what it expects.

use crate::directive::{self, Expectations, Stdout};
use std::path::{Path, PathBuf};

/// The file that makes a folder a case: the others there are modules that it imports.
const MAIN: &str = "main.bp";

/// A file to run.
#[derive(Debug)]
pub struct Case {
    /// The path below the folder of all cases, without extension: what filters match.
    pub name: String,
    /// The file.
    pub path: PathBuf,
}

/// A case that has been read.
pub(crate) struct Loaded {
    pub(crate) text: String,
    pub(crate) expectations: Expectations,
    /// The file that holds the expected output of an example.
    pub(crate) out_file: Option<PathBuf>,
}

/// All cases below `folder`, by name; none if there is no such folder.
pub fn find(folder: &Path, prefix: &str) -> Vec<Case> {
    let mut cases = vec![];
    collect(folder, prefix, &mut cases);
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

fn collect(folder: &Path, prefix: &str, cases: &mut Vec<Case>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}/{stem}");
        let main = path.join(MAIN);
        if main.is_file() {
            cases.push(Case { name, path: main });
        } else if path.is_dir() {
            collect(&path, &name, cases);
        } else if path.extension().is_some_and(|extension| extension == "bp") {
            cases.push(Case { name, path });
        }
    }
}

impl Case {
    /// Whether the case is marked as too slow for modes in which every step collects.
    pub fn is_slow(&self) -> bool {
        self.load().is_ok_and(|loaded| loaded.expectations.slow)
    }

    /// Reads the file and the `.out` file beside it, if there is one.
    pub(crate) fn load(&self) -> Result<Loaded, String> {
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
        let text = read(&self.path)?;
        let mut expectations = directive::parse(&text)?;
        let out_file = Some(self.path.with_extension("out")).filter(|path| path.exists());
        if let Some(path) = &out_file {
            if expectations.stdout.is_some() {
                return Err(format!("both `#! stdout` and {} say what is expected", path.display()));
            }
            expectations.stdout = Some(Stdout { text: read(path)?, lines: 0..0 });
        }
        Ok(Loaded { text, expectations, out_file })
    }
}
