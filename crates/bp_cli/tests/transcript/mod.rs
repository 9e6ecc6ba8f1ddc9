//! One document: its blocks, what they print, and what they should.

mod blocks;
mod pattern;

use blocks::{Block, Command, Kind};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a document. The error lists everything that is not as it says.
pub(crate) fn check(path: &Path, root: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let lines: Vec<&str> = text.lines().collect();
    let folder = Folder::new(root)?;
    let blocks = blocks::parse(&lines);
    let mut found = vec![];
    for (index, block) in blocks.iter().enumerate() {
        found.extend(run(block, blocks.get(index + 1), &lines, &folder)?);
    }
    found.retain(|output| !pattern::fits(&lines[output.expected.clone()], &output.got));
    if found.is_empty() {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        return std::fs::write(path, blessed(&lines, &found)).map_err(|error| error.to_string());
    }
    Err(found.iter().map(|output| output.complaint(path, &lines)).collect())
}

/// What something printed, and the lines that say what it should.
struct Output {
    /// The line that was run, from 0.
    at: usize,
    expected: Range<usize>,
    got: String,
}

impl Output {
    fn complaint(&self, path: &Path, lines: &[&str]) -> String {
        let expected = lines[self.expected.clone()].join("\n");
        let place = format!("{}:{}", path.display(), self.at + 1);
        format!("{place}: {}\n--- expected\n{expected}\n--- got\n{}\n", lines[self.at], self.got)
    }
}

fn run(block: &Block, next: Option<&Block>, lines: &[&str], folder: &Folder) -> Result<Vec<Output>, String> {
    match &block.kind {
        Kind::File(name) => folder.write(name, &block.text(lines)).map(|()| vec![]),
        Kind::Program { fails } => {
            folder.write("example.bp", &block.text(lines))?;
            let (got, status) = folder.shell("bp run example.bp")?;
            let wanted = if *fails { 2 } else { 0 };
            if status != Some(wanted) {
                return Err(format!("line {}: exit status {status:?}, not {wanted}:\n{got}", block.lines.start));
            }
            let expected = next.filter(|next| matches!(next.kind, Kind::Text)).map(|next| next.lines.clone());
            Ok(expected.map(|expected| Output { at: block.lines.start - 1, expected, got }).into_iter().collect())
        }
        Kind::Console(commands) => commands.iter().map(|command| run_command(command, folder)).collect(),
        Kind::Text | Kind::Other => Ok(vec![]),
    }
}

fn run_command(command: &Command, folder: &Folder) -> Result<Output, String> {
    let (got, _) = folder.shell(&command.text)?;
    Ok(Output { at: command.at, expected: command.output.clone(), got })
}

/// The document with the output that was found.
fn blessed(lines: &[&str], found: &[Output]) -> String {
    let mut lines: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    for output in found.iter().rev() {
        lines.splice(output.expected.clone(), output.got.lines().map(|line| format!("{line}\n")));
    }
    lines.concat()
}

/// The folder in which a document's commands run; removed at the end.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new(root: &Path) -> Result<Self, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("transcript-{}-{number}", std::process::id()));
        let made = std::fs::create_dir_all(&path)
            .and_then(|()| std::os::unix::fs::symlink(root.join("examples"), path.join("examples")));
        made.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.path.join(name);
        let folder = path.parent().expect("a file stands in a folder");
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| format!("{name}: {error}"))
    }

    /// Both output streams of a command in the order in which they were written, and its status.
    fn shell(&self, command: &str) -> Result<(String, Option<i32>), String> {
        let bp = Path::new(env!("CARGO_BIN_EXE_bp"));
        let others = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{others}", bp.parent().expect("a folder").display());
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(&self.path)
            .env("PATH", path)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("sh: {error}"))?;
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over is in the target folder and harms nobody.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
