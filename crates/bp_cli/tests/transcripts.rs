//! Documents whose programs and commands are run: what they show is what `bp` prints.
//!
//! In a Markdown file, these blocks are looked at, in order and in one folder per document:
//!
//! - `bp NAME`: the text of a file for the commands that follow;
//! - `bp`: a program that must run; if a `text` block follows, that is its whole output;
//! - `bp error`: a program that must not compile; the `text` block that follows is what `bp` says;
//! - `console`: lines `$ COMMAND`, each followed by its output. `[..]` stands for any characters
//!   and a line `...` for any lines.
//!
//! Of blocks indented within a list, programs and files only: their output is not compared.
//!
//! `BLESS=1` rewrites the output in the documents.

mod transcript;

use libtest_mimic::{Arguments, Trial};
use std::path::{Path, PathBuf};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root folder");
    let mut documents = vec![root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("CHANGELOG.md")];
    for folder in ["tests/cli", "docs", "docs/decisions"] {
        documents.extend(markdown_files(&root.join(folder)));
    }
    let trials = documents.into_iter().filter(|path| path.exists()).map(|path| {
        let name = path.strip_prefix(&root).expect("below the root").with_extension("").display().to_string();
        let root = root.clone();
        Trial::test(name, move || transcript::check(&path, &root).map_err(Into::into))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}
