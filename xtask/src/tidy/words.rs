//! Words that belong to where the project was written, not to the project.

use super::{Report, Tree};

/// Each in two parts: this file is checked as well.
const WORDS: &[(&str, &str)] = &[
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/tmp/b", "rief"),
    ("sha", "red/"),
    ("the br", "ief"),
    ("issues sh", "ow"),
    ("sub", "agent"),
    ("the le", "ad "),
    ("AI ass", "istant"),
    ("language mo", "del"),
    ("Clau", "de"),
    ("Anth", "ropic"),
    ("chat", "bot"),
    ("gener", "ated by AI"),
    ("this sess", "ion"),
];

/// Looks for the words in every file.
pub(super) fn check(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let words: Vec<String> = WORDS.iter().map(|(head, tail)| format!("{head}{tail}")).collect();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(&**word)) {
                report.complain(format!("{}:{}: `{word}`", file.path, index + 1));
            }
        }
    }
    Ok(())
}
