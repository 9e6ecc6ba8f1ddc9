//! Rules of the repository as code. Each check is a function from the tree to complaints.

mod edges;
mod files;
mod pages;
mod sentences;
mod words;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What the checks look at.
pub(crate) struct Tree {
    root: PathBuf,
    /// Every file of the repository that is text, and its text.
    files: Vec<TextFile>,
}

/// A file of the repository.
pub(crate) struct TextFile {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

impl TextFile {
    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// What a check has to say.
#[derive(Default)]
pub(crate) struct Report {
    complaints: Vec<String>,
    notes: Vec<String>,
}

impl Report {
    /// Something that must be mended.
    fn complain(&mut self, complaint: impl Into<String>) {
        self.complaints.push(complaint.into());
    }

    /// Something to know.
    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

type Check = fn(&Tree, &mut Report) -> Result<(), String>;

/// All checks by name.
const CHECKS: &[(&str, Check)] = &[
    ("crate edges", edges::check),
    ("file lengths", files::lengths),
    ("unsafe", files::unsafe_code),
    ("white space", files::white_space),
    ("leftovers", files::leftovers),
    ("module docs", files::module_docs),
    ("generated pages", pages::check),
    ("sentences", sentences::check),
    ("words", words::check),
];

/// Runs every check and reports what is wrong.
pub(crate) fn tidy(root: &Path) -> ExitCode {
    let tree = match Tree::read(root) {
        Ok(tree) => tree,
        Err(error) => {
            eprintln!("tidy: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut failed = 0;
    for (name, check) in CHECKS {
        let mut report = Report::default();
        if let Err(error) = check(&tree, &mut report) {
            report.complain(error);
        }
        for note in &report.notes {
            println!("note: {name}: {note}");
        }
        for complaint in &report.complaints {
            println!("tidy: {name}: {complaint}");
        }
        failed += report.complaints.len();
    }
    println!("tidy: {} files, {} checks, {failed} complaints", tree.files.len(), CHECKS.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Tree {
    /// Reads the files that git knows or would add.
    fn read(root: &Path) -> Result<Self, String> {
        let list = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .current_dir(root)
            .output()
            .map_err(|error| format!("git ls-files: {error}"))?;
        if !list.status.success() {
            return Err(format!("git ls-files: {}", String::from_utf8_lossy(&list.stderr)));
        }
        let names = String::from_utf8_lossy(&list.stdout);
        let mut files = vec![];
        for path in names.split('\0').filter(|path| !path.is_empty()) {
            // Deleted files are still listed, and what is not text is nobody's business here.
            if let Ok(text) = std::fs::read_to_string(root.join(path)) {
                files.push(TextFile { path: path.to_owned(), text });
            }
        }
        Ok(Self { root: root.to_owned(), files })
    }

    fn text(&self, path: &str) -> Result<&str, String> {
        let file = self.files.iter().find(|file| file.path == path);
        file.map(|file| file.text.as_str()).ok_or_else(|| format!("{path} is missing"))
    }

    fn rust_files(&self) -> impl Iterator<Item = &TextFile> {
        self.files.iter().filter(|file| file.has_extension("rs"))
    }

    /// The lines of the first code block below a heading of ARCHITECTURE.md.
    fn architecture_list(&self, heading: &str) -> Result<Vec<&str>, String> {
        let page = self.text("ARCHITECTURE.md")?;
        let lines = page.lines().skip_while(|line| *line != heading);
        let list: Vec<&str> = lines.skip_while(|line| !line.starts_with("```")).skip(1).collect();
        let end = list.iter().position(|line| line.starts_with("```"));
        let end = end.ok_or_else(|| format!("ARCHITECTURE.md has no list below `{heading}`"))?;
        Ok(list[..end].to_vec())
    }
}
