//! The index from sentences of the language reference to tests: each row names tests, and they exist.

use super::{Report, Tree};

const PAGE: &str = "docs/sentences.md";

/// Looks up every test that the page names.
pub(super) fn check(tree: &Tree, report: &mut Report) -> Result<(), String> {
    for complaint in complaints(tree.text(PAGE)?, |path| tree.root.join(path).exists()) {
        report.complain(complaint);
    }
    Ok(())
}

/// What is wrong with the rows of the page.
fn complaints(page: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut complaints = vec![];
    for (index, line) in page.lines().enumerate() {
        let Some((_, tests)) = row(line) else { continue };
        let at = format!("{PAGE}:{}", index + 1);
        let paths: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if paths.is_empty() {
            complaints.push(format!("{at}: a sentence without a test"));
        }
        for path in paths.into_iter().filter(|path| !exists(&from_root(path))) {
            complaints.push(format!("{at}: there is no {path}"));
        }
    }
    complaints
}

/// Sentence and tests of a line that is a row of a table, but no head of one.
fn row(line: &str) -> Option<(&str, &str)> {
    let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
    cells.rsplit_once(" | ").filter(|(sentence, _)| *sentence != "sentence")
}

/// Most paths are below `tests/`.
fn from_root(path: &str) -> String {
    if path.starts_with("crates/") { path.to_owned() } else { format!("tests/{path}") }
}

#[cfg(test)]
mod tests {
    use super::complaints;

    const HEAD: &str = "| sentence | tests |\n|---|---|\n";

    fn found(rows: &str) -> Vec<String> {
        complaints(&format!("{HEAD}{rows}"), |path| matches!(path, "tests/run/a.bp" | "tests/run/" | "crates/x.rs"))
    }

    #[test]
    fn what_exists_is_fine() {
        assert!(found("| `a` is `b` | `run/a.bp` `crates/x.rs` |\n| All \\| of it | `run/` |").is_empty());
    }

    #[test]
    fn a_missing_test_is_named_with_its_line() {
        assert_eq!(found("| A | `run/a.bp` `run/b.bp` |"), ["docs/sentences.md:3: there is no run/b.bp"]);
    }

    #[test]
    fn a_row_needs_a_test() {
        assert_eq!(found("| `run/a.bp` does | none |"), ["docs/sentences.md:3: a sentence without a test"]);
    }
}
