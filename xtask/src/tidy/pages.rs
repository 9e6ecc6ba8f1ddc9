//! Pages that are written from tables: they must say what the tables say. `BLESS=1` rewrites them.

use super::{Report, Tree};
use bp_syntax::codes::Code;

/// Path and contents of every generated page.
fn pages() -> [(&'static str, String); 2] {
    [("docs/builtins.md", bp_builtins::reference()), ("docs/diagnostics.md", diagnostics())]
}

/// Compares the pages on disk with the tables.
pub(super) fn check(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let bless = std::env::var_os("BLESS").is_some_and(|value| value == "1");
    for (path, contents) in pages() {
        if tree.text(path).is_ok_and(|text| text == contents) {
            continue;
        }
        if bless {
            std::fs::write(tree.root.join(path), contents).map_err(|error| format!("{path}: {error}"))?;
            report.note(format!("{path} has been rewritten"));
        } else {
            report.complain(format!("{path} is out of date: BLESS=1 cargo run -p xtask -- tidy"));
        }
    }
    Ok(())
}

/// The page of diagnostic codes.
fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\nEvery error and warning of the compiler has a code that never changes its meaning. \
         `E` is an error: the program\ndoes not run. `W` is a warning.\n\n| code | stands for |\n|---|---|\n",
    );
    for code in Code::ALL {
        page.push_str(&format!("| {} | {} |\n", code.number(), code.title()));
    }
    page
}
