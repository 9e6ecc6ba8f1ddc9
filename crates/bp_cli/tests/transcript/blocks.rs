//! The code blocks of a Markdown document.

use std::ops::Range;

/// A code block.
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Its lines without the fences, from 0.
    pub(super) lines: Range<usize>,
    /// The columns in front of its fences, within a list.
    indent: usize,
}

impl Block {
    /// What stands in it, without the indentation of the list.
    pub(super) fn text(&self, lines: &[&str]) -> String {
        let lines = &lines[self.lines.clone()];
        lines.iter().map(|line| format!("{}\n", line.get(self.indent..).unwrap_or_default())).collect()
    }
}

/// What a block is for.
pub(super) enum Kind {
    /// A file to write.
    File(String),
    /// A program to run, or one that must not compile.
    Program { fails: bool },
    /// Commands with their output.
    Console(Vec<Command>),
    /// Output of the program above.
    Text,
    /// Nothing of ours.
    Other,
}

/// A command of a console block.
pub(super) struct Command {
    pub(super) text: String,
    /// Its line.
    pub(super) at: usize,
    /// The lines of its output.
    pub(super) output: Range<usize>,
}

/// All blocks of a document in order.
pub(super) fn parse(lines: &[&str]) -> Vec<Block> {
    let mut blocks = vec![];
    let mut at = 0;
    while at < lines.len() {
        let indent = lines[at].len() - lines[at].trim_start().len();
        let Some(info) = lines[at][indent..].strip_prefix("```") else {
            at += 1;
            continue;
        };
        let start = at + 1;
        let end = (start..lines.len()).find(|&line| lines[line].get(indent..) == Some("```")).unwrap_or(lines.len());
        let kind = match kind_of(info, lines, start..end) {
            Kind::Console(_) | Kind::Text if indent > 0 => Kind::Other,
            kind => kind,
        };
        blocks.push(Block { kind, lines: start..end, indent });
        at = end + 1;
    }
    blocks
}

fn kind_of(info: &str, lines: &[&str], range: Range<usize>) -> Kind {
    match info.split_once(' ') {
        None if info == "bp" => Kind::Program { fails: false },
        None if info == "console" => Kind::Console(commands(lines, range)),
        None if info == "text" => Kind::Text,
        Some(("bp", "error")) => Kind::Program { fails: true },
        Some(("bp", name)) => Kind::File(name.to_owned()),
        _ => Kind::Other,
    }
}

/// Commands begin with `$ `; lines that begin with `> ` continue them.
fn commands(lines: &[&str], range: Range<usize>) -> Vec<Command> {
    let mut commands: Vec<Command> = vec![];
    for at in range {
        if let Some(text) = lines[at].strip_prefix("$ ") {
            commands.push(Command { text: text.to_owned(), at, output: at + 1..at + 1 });
        } else if let Some(command) = commands.last_mut() {
            match lines[at].strip_prefix("> ") {
                Some(more) if command.output.is_empty() => {
                    command.text = format!("{}\n{more}", command.text);
                    command.output = at + 1..at + 1;
                }
                _ => command.output.end = at + 1,
            }
        }
    }
    commands
}
