//! Makes a program that shows an error small: takes away lines, blocks and operands as long as the
//! error stays.
//!
//! Works on any text, not only on what the generator writes; what a change makes of the program is
//! for the compiler to say.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::hunt::Kind;

/// What a child's exit status says about a program: see [`status_of`].
pub mod status {
    /// The mode and the reference agree.
    pub const AGREE: i32 = 0;
    /// They differ.
    pub const DIFFER: i32 = 20;
    /// The mode did not come to its end.
    pub const HANG: i32 = 21;
    /// The program does not compile, or its reference is too slow.
    pub const USELESS: i32 = 22;
}

/// Whether a program shows an error of a kind. A child process finds out, as it may die.
pub fn shows(binary: &Path, text: &str, seed: u64, mode: &str, kind: Kind) -> bool {
    let file = std::env::temp_dir().join(format!("bp_fuzz_{}_{seed}.bp", std::process::id()));
    if std::fs::write(&file, text).is_err() {
        return false;
    }
    let status = Command::new(binary)
        .args(["--check".as_ref(), file.as_os_str()])
        .args(["--mode", mode, "--seed", &seed.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // The next candidate overwrites it.
    let _ = std::fs::remove_file(&file);
    match status.map(|status| status.code()) {
        Ok(Some(status::DIFFER)) => kind == Kind::Differ,
        Ok(Some(status::HANG)) => kind == Kind::Hang,
        Ok(Some(status::AGREE | status::USELESS)) | Err(_) => false,
        // A signal, or a panic.
        Ok(_) => kind == Kind::Crash,
    }
}

/// The smallest program found within a time that `shows_it` accepts; `text` itself is one.
pub fn reduce(text: &str, patience: Duration, shows_it: &mut dyn FnMut(&str) -> bool) -> String {
    let deadline = Instant::now() + patience;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut try_lines = |candidate: &[String]| Instant::now() < deadline && shows_it(&(candidate.join("\n") + "\n"));
    loop {
        let before = lines.clone();
        remove_runs(&mut lines, &mut try_lines);
        remove_blocks(&mut lines, &mut try_lines);
        unwrap_blocks(&mut lines, &mut try_lines);
        simplify_lines(&mut lines, &mut try_lines);
        if lines == before || Instant::now() >= deadline {
            return lines.join("\n") + "\n";
        }
    }
}

type Try<'a> = dyn FnMut(&[String]) -> bool + 'a;

/// Takes away runs of lines, long ones first.
fn remove_runs(lines: &mut Vec<String>, accepts: &mut Try<'_>) {
    let mut size = lines.len() / 2;
    while size > 0 {
        let mut at = lines.len().saturating_sub(size);
        loop {
            let mut candidate = lines.clone();
            candidate.drain(at..(at + size).min(lines.len()));
            if candidate.len() < lines.len() && accepts(&candidate) {
                *lines = candidate;
            }
            if at == 0 {
                break;
            }
            at = at.saturating_sub(size);
        }
        size /= 2;
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The line behind the block that a line opens.
fn block_end(lines: &[String], at: usize) -> usize {
    let inner = lines[at + 1..].iter().take_while(|line| indent_of(line) > indent_of(&lines[at])).count();
    at + 1 + inner
}

/// Takes away a line with its block.
fn remove_blocks(lines: &mut Vec<String>, accepts: &mut Try<'_>) {
    let mut at = lines.len();
    while at > 0 {
        at -= 1;
        if at >= lines.len() {
            continue;
        }
        let end = block_end(lines, at);
        let mut candidate = lines.clone();
        candidate.drain(at..end);
        if accepts(&candidate) {
            *lines = candidate;
        }
    }
}

/// Puts what is in a block in its place, with what follows up to the end of a `try` or `if` or without.
fn unwrap_blocks(lines: &mut Vec<String>, accepts: &mut Try<'_>) {
    let mut at = 0;
    while at < lines.len() {
        let end = block_end(lines, at);
        if end > at + 1 {
            let shift = indent_of(&lines[at + 1]) - indent_of(&lines[at]);
            let body: Vec<String> = lines[at + 1..end].iter().map(|line| line[shift..].to_owned()).collect();
            let mut rest = end;
            while rest < lines.len() && continues(&lines[rest]) && indent_of(&lines[rest]) == indent_of(&lines[at]) {
                rest = block_end(lines, rest);
            }
            for after in [rest, end] {
                let mut candidate = lines[..at].to_vec();
                candidate.extend(body.iter().cloned());
                candidate.extend_from_slice(&lines[after..]);
                if accepts(&candidate) {
                    *lines = candidate;
                    break;
                }
            }
        }
        at += 1;
    }
}

/// Whether a line goes on with the statement before.
fn continues(line: &str) -> bool {
    ["else", "elif", "catch", "finally"].iter().any(|word| line.trim_start().starts_with(word))
}

/// Replaces bracketed parts of lines by less.
fn simplify_lines(lines: &mut [String], accepts: &mut Try<'_>) {
    for at in 0..lines.len() {
        let mut tried = 0;
        while tried < lines[at].len() {
            let Some(better) = simpler(&lines[at], &mut tried).into_iter().find(|candidate| {
                let mut changed = lines.to_vec();
                changed[at].clone_from(candidate);
                accepts(&changed)
            }) else {
                continue;
            };
            lines[at] = better;
            tried = tried.saturating_sub(1);
        }
    }
}

/// Variants of a line in which the next bracketed part from `from` on is less; moves `from` behind
/// its opening bracket.
fn simpler(line: &str, from: &mut usize) -> Vec<String> {
    let Some(open) = line[*from..].find(['(', '[', '{']).map(|at| at + *from) else {
        *from = line.len();
        return vec![];
    };
    *from = open + 1;
    let Some(close) = matching(line, open) else { return vec![] };
    let (head, inner, tail) = (&line[..open], &line[open + 1..close], &line[close + 1..]);
    let name_start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    let before = &head[..name_start];
    let brackets = (&line[open..=open], &line[close..=close]);
    let mut variants = vec![];
    for whole in ["0", "1", "true", "\"\"", "1.0", "[]"] {
        if inner.len() > 2 {
            variants.push(format!("{before}{whole}{tail}"));
        }
    }
    let parts = parts(inner);
    if parts.len() > 1 {
        for part in &parts {
            variants.push(format!("{before}{part}{tail}"));
        }
        for skipped in 0..parts.len() {
            let rest: Vec<&str> =
                parts.iter().enumerate().filter(|(at, _)| *at != skipped).map(|(_, part)| *part).collect();
            variants.push(format!("{head}{}{}{}{tail}", brackets.0, rest.join(", "), brackets.1));
        }
    } else if brackets.0 == "(" {
        variants.push(format!("{before}{inner}{tail}"));
    } else if brackets.0 == "[" {
        variants.push(format!("{head}{tail}"));
    }
    variants.retain(|variant| variant.len() < line.len());
    variants
}

/// The bracket that closes the one at `open`. Brackets in strings may mislead it: then a variant does
/// not compile.
fn matching(line: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in line[open..].char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + at);
        }
    }
    None
}

/// The operands or members at the top of an expression.
fn parts(inner: &str) -> Vec<&str> {
    let mut parts = vec![];
    let (mut depth, mut start) = (0_i32, 0);
    let mut skip_to = 0;
    for (at, c) in inner.char_indices() {
        if at < skip_to {
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(inner[start..at].trim());
                start = at + 1;
            }
            ' ' if depth == 0 => {
                // ` operator `: a word without brackets between spaces.
                let rest = &inner[at + 1..];
                if let Some(end) = rest.find(' ')
                    && is_operator(&rest[..end])
                {
                    parts.push(inner[start..at].trim());
                    start = at + 1 + end;
                    skip_to = start;
                }
            }
            _ => {}
        }
    }
    parts.push(inner[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_operator(word: &str) -> bool {
    ["and", "or", "in", "if", "else"].contains(&word)
        || (!word.is_empty() && word.chars().all(|c| "+-*/%&|^<>=!".contains(c)))
}
