//! Rewrites what a case expects on standard output.

use crate::case::{Case, Loaded};

/// Whether expectations are to be rewritten.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Writes `stdout` as the expected output of the case.
pub(crate) fn write(case: &Case, loaded: &Loaded, stdout: &str) -> Result<(), String> {
    let (path, text) = match &loaded.out_file {
        Some(path) => (path, stdout.to_owned()),
        None => (&case.path, with_block(loaded, stdout)),
    };
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The text of the case with another block of expected output.
fn with_block(loaded: &Loaded, stdout: &str) -> String {
    let lines = loaded.expectations.stdout.as_ref().map_or(0..0, |stdout| stdout.lines.clone());
    let comment = |line: &str| if line.is_empty() { "#\n".to_owned() } else { format!("# {line}\n") };
    let old = loaded.text.lines().enumerate();
    let keep = |range: std::ops::Range<usize>| -> String {
        old.clone().filter(|(index, _)| range.contains(index)).map(|(_, line)| format!("{line}\n")).collect()
    };
    let block: String = stdout.lines().map(comment).collect();
    format!("{}{block}{}", keep(0..lines.start), keep(lines.end..usize::MAX))
}
