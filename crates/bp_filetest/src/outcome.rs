//! What a start of a program gave, and what is wrong with it.

use crate::directive::{Check, Wanted};
use betterpython::{End, Uncaught};

/// How a start of the program ended, with everything it wrote.
pub(crate) struct Ran {
    pub(crate) end: End,
    pub(crate) stdout: Vec<u8>,
    /// What it wrote, then the traceback if there was one.
    pub(crate) stderr: String,
}

/// What is wrong with the outcome of an expression; none if it is as wanted.
pub(crate) fn complaint(check: &Check, ran: &Ran) -> Option<String> {
    match (&check.wanted, &ran.end) {
        (Wanted::Equal(_), End::Finished(1)) => None,
        (Wanted::Equal(_), End::Finished(_)) => Some("they differ".to_owned()),
        (Wanted::Throws { class, message }, End::Uncaught(error)) if fits(class, message.as_deref(), error) => None,
        (Wanted::Throws { .. }, End::Finished(_)) => Some("nothing was thrown".to_owned()),
        (_, End::Exit(status)) => Some(format!("it called exit({status})")),
        (_, End::Uncaught(_)) => Some(format!("it threw\n{}", ran.stderr)),
    }
}

fn fits(class: &str, message: Option<&str>, error: &Uncaught) -> bool {
    error.class == class && message.is_none_or(|message| message.as_bytes() == error.message)
}

/// Two texts, line by line, around the first line that differs.
pub(crate) fn difference(expected: &str, got: &str) -> String {
    const AROUND: usize = 3;
    const SHOWN: usize = 12;
    let (wanted, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same = wanted.iter().zip(&found).take_while(|(one, other)| one == other).count();
    let start = same.saturating_sub(AROUND);
    let excerpt = |sign: char, lines: &[&str], from: usize| -> String {
        lines.iter().skip(from).take(SHOWN).map(|line| format!("{sign} {line}\n")).collect()
    };
    let common: String = wanted[start..same].iter().map(|line| format!("  {line}\n")).collect();
    format!("line {}:\n{common}{}{}", same + 1, excerpt('-', &wanted, same), excerpt('+', &found, same))
}
