//! What a single file must look like.

use super::{Report, TextFile, Tree};
use std::collections::BTreeSet;

/// From here on a file is mentioned.
const LONG: usize = 500;
/// A file must not be longer.
const TOO_LONG: usize = 800;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[
    ("crates/bp_builtins/src/table.rs", "a table"),
    ("crates/bp_isa/src/table.rs", "a table"),
    ("crates/bp_baseline/src/ops.rs", "one method per instruction"),
    ("crates/bp_vm/src/interp/run.rs", "one arm per instruction"),
];

/// Pages written by a program: they look as it wants.
const GENERATED: &[&str] = &["docs/builtins.md", "docs/diagnostics.md", "docs/isa.md"];

/// Long files hide what they are.
pub(super) fn lengths(tree: &Tree, report: &mut Report) -> Result<(), String> {
    for file in tree.rust_files() {
        let lines = file.text.lines().count();
        let is_exempt = LONG_FILES.iter().any(|(path, _)| *path == file.path);
        if lines > TOO_LONG && !is_exempt {
            report.complain(format!("{}: {lines} lines, {TOO_LONG} are the most", file.path));
        } else if lines > LONG && !is_exempt {
            report.note(format!("{}: {lines} lines, {LONG} are the aim", file.path));
        }
    }
    for (path, _) in LONG_FILES {
        tree.text(path)?;
    }
    Ok(())
}

/// `unsafe` stands only in the files that ARCHITECTURE.md lists, and each of them needs its entry.
pub(super) fn unsafe_code(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let listed = tree.architecture_list("## Files with `unsafe`")?;
    let listed: BTreeSet<&str> = listed.iter().filter_map(|line| line.split_whitespace().next()).collect();
    let mut found = BTreeSet::new();
    for file in tree.rust_files() {
        let count = file.text.lines().filter(|line| is_unsafe(line)).count();
        if count > 0 && !listed.contains(&*file.path) {
            report.complain(format!("{}: `unsafe` in a file that ARCHITECTURE.md does not list", file.path));
        }
        if count > 0 {
            found.insert(&*file.path);
        }
    }
    for path in listed.difference(&found) {
        report.complain(format!("ARCHITECTURE.md lists {path} as a file with `unsafe`: there is none in it"));
    }
    Ok(())
}

/// Whether a line of code (not a comment) has the keyword.
fn is_unsafe(line: &str) -> bool {
    let code = line.trim_start();
    let is_code = !code.starts_with("//") && !code.contains('`');
    const USES: [&str; 5] = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern", "unsafe trait"];
    if code.starts_with("#![allow(unsafe_code") {
        return true;
    }
    // Not the strings above.
    is_code && !code.contains('"') && USES.iter().any(|usage| code.contains(usage))
}

/// No tabs, no spaces at line ends, one newline at the end of the file.
pub(super) fn white_space(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let is_ours = |file: &&TextFile| {
        ["rs", "toml", "md"].iter().any(|extension| file.has_extension(extension))
            && !GENERATED.contains(&&*file.path)
            && !file.path.starts_with("tests/")
    };
    for file in tree.files.iter().filter(is_ours) {
        for (index, line) in file.text.lines().enumerate() {
            let at = format!("{}:{}", file.path, index + 1);
            if line.contains('\t') {
                report.complain(format!("{at}: a tab"));
            }
            if line.ends_with(' ') {
                report.complain(format!("{at}: a space at the end of the line"));
            }
        }
        if !file.text.is_empty() && (!file.text.ends_with('\n') || file.text.ends_with("\n\n")) {
            report.complain(format!("{}: ends with exactly one newline", file.path));
        }
    }
    Ok(())
}

/// Nothing is left for later, nothing is switched off.
pub(super) fn leftovers(tree: &Tree, report: &mut Report) -> Result<(), String> {
    // In two parts each: this file is checked as well.
    const LEFTOVERS: [(&str, &str); 6] =
        [("todo", "!("), ("unimplemented", "!("), ("dbg", "!("), ("#[ign", "ore"), ("FIX", "ME"), ("XX", "X:")];
    let leftovers = LEFTOVERS.map(|(head, tail)| format!("{head}{tail}"));
    for file in tree.rust_files() {
        for (index, line) in file.text.lines().enumerate() {
            for leftover in leftovers.iter().filter(|leftover| line.contains(&**leftover)) {
                report.complain(format!("{}:{}: `{leftover}`", file.path, index + 1));
            }
        }
    }
    Ok(())
}

/// Every file says in its first line what it is. Tests beside a module are named by it.
pub(super) fn module_docs(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let is_tests = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    for file in tree.rust_files().filter(|file| !is_tests(&file.path)) {
        if !file.text.starts_with("//!") {
            report.complain(format!("{}: does not begin with `//!` and what it is", file.path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_unsafe;

    #[test]
    fn only_code_is_unsafe() {
        assert!(is_unsafe("    unsafe { read(at) }"));
        assert!(is_unsafe("pub unsafe fn enter(&self) {"));
        assert!(!is_unsafe("// unsafe { no }"));
        assert!(!is_unsafe("#![forbid(unsafe_code)]"));
    }
}
