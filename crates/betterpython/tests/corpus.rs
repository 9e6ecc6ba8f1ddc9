//! The corpora of the coverage-guided fuzzers, once through the same checks.

#[path = "../../../fuzz/src/checks.rs"]
mod checks;

use std::path::{Path, PathBuf};

/// The inputs of a corpus, by name so that failures can be found again.
fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("readable"))).collect()
}

/// Runs a check on every input; a panic names the input.
fn replay(name: &str, check: fn(&[u8])) {
    let inputs = corpus(name);
    assert!(inputs.len() > 50, "{name}: {} inputs are not the corpus", inputs.len());
    for (path, bytes) in inputs {
        if let Err(panic) = std::panic::catch_unwind(|| check(&bytes)) {
            eprintln!("in {}:", path.display());
            std::panic::resume_unwind(panic);
        }
    }
}

#[test]
fn front() {
    replay("front", checks::front);
}

#[test]
fn bpc() {
    replay("bpc", checks::bpc);
}
