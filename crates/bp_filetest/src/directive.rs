//! What a case expects, read from its `#!` lines.

use std::ops::Range;

/// What a case expects.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Expectations {
    /// Expressions, each for a start of its own.
    pub(crate) checks: Vec<Check>,
    /// Everything on standard output.
    pub(crate) stdout: Option<Stdout>,
    /// What some line on standard error contains.
    pub(crate) stderr: Vec<String>,
    /// The exit status, if stated.
    pub(crate) exit: Option<u8>,
    /// The program's arguments.
    pub(crate) args: Vec<String>,
    /// Not for modes in which every step collects.
    pub(crate) slow: bool,
}

/// A `#! run` line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Check {
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What is evaluated.
    pub(crate) expression: String,
    /// What should come of it.
    pub(crate) wanted: Wanted,
}

/// What should come of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    /// A value equal to that of this expression.
    Equal(String),
    /// An exception, with this message if one is stated.
    Throws { class: String, message: Option<String> },
}

/// Expected standard output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stdout {
    /// The text.
    pub(crate) text: String,
    /// The lines of the file that hold it, from 0.
    pub(crate) lines: Range<usize>,
}

/// Reads the directives of a file; the error says which line is wrong.
pub(crate) fn parse(source: &str) -> Result<Expectations, String> {
    let mut expectations = Expectations::default();
    let lines: Vec<&str> = source.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some(directive) = line.strip_prefix("#!") else { continue };
        let directive = directive.trim();
        let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
        let wrong = |what: &str| format!("line {}: {what}: `{line}`", index + 1);
        match word {
            "run" => expectations.checks.push(
                parse_check(rest.trim(), index + 1)
                    .ok_or_else(|| wrong("write `#! run EXPR == EXPECTED` or `#! run EXPR throws Class`"))?,
            ),
            "stdout" if expectations.stdout.is_some() => return Err(wrong("a second `stdout`")),
            "stdout" => expectations.stdout = Some(parse_block(&lines, index + 1)),
            "stderr" => {
                let text = rest.strip_prefix("contains ").ok_or_else(|| wrong("write `#! stderr contains TEXT`"))?;
                expectations.stderr.push(text.to_owned());
            }
            "exit" => expectations.exit = Some(rest.parse().map_err(|_| wrong("an exit status is 0 to 255"))?),
            "args" => expectations.args = rest.split_whitespace().map(str::to_owned).collect(),
            "slow" => expectations.slow = true,
            _ => return Err(wrong("no such directive")),
        }
    }
    Ok(expectations)
}

/// The `# ` lines from `start` on.
fn parse_block(lines: &[&str], start: usize) -> Stdout {
    let is_text = |line: &&&str| line.starts_with('#') && !line.starts_with("#!");
    let count = lines[start..].iter().take_while(is_text).count();
    let block = &lines[start..start + count];
    let text = block.iter().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(&line[1..])));
    Stdout { text: text.collect(), lines: start..start + count }
}

fn parse_check(text: &str, line: usize) -> Option<Check> {
    if let Some((expression, expected)) = split_outside(text, " == ") {
        let (expression, wanted) = (expression.to_owned(), Wanted::Equal(expected.to_owned()));
        return Some(Check { line, expression, wanted });
    }
    let (expression, thrown) = split_outside(text, " throws ")?;
    let (class, message) = match thrown.split_once(": ") {
        Some((class, message)) => (class, Some(message.to_owned())),
        None => (thrown, None),
    };
    let wanted = Wanted::Throws { class: class.to_owned(), message };
    Some(Check { line, expression: expression.to_owned(), wanted })
}

/// Splits at the last `separator` that is in no string and no bracket, or else the first one
/// there: what is thrown may contain anything.
fn split_outside<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_i32;
    let mut quote: Option<(u8, bool)> = None;
    let mut found = None;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some((_, false)) if byte == b'\\' => at += 1,
            Some((mark, _)) if byte == mark => quote = None,
            Some(_) => {}
            None => match byte {
                b'"' | b'\'' => quote = Some((byte, at > 0 && matches!(bytes[at - 1], b'r' | b'R'))),
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                _ if depth == 0 && bytes[at..].starts_with(separator.as_bytes()) => found = Some(at),
                _ => {}
            },
        }
        at += 1;
    }
    found.map(|at| (text[..at].trim(), text[at + separator.len()..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<(String, Wanted)> {
        parse_check(text, 1).map(|check| (check.expression, check.wanted))
    }

    #[test]
    fn the_comparison_is_outside_of_strings_and_brackets() {
        let equal = |left: &str, right: &str| Some((left.to_owned(), Wanted::Equal(right.to_owned())));
        assert_eq!(check("f(1) == 2"), equal("f(1)", "2"));
        assert_eq!(check("(1 == 1) == true"), equal("(1 == 1)", "true"));
        assert_eq!(check(r#"f("a == b") == "c == \" d""#), equal(r#"f("a == b")"#, r#""c == \" d""#));
        assert_eq!(check(r#"len(r"\") == 1"#), equal(r#"len(r"\")"#, "1"));
        assert_eq!(check("f(1)"), None);
    }

    #[test]
    fn what_is_thrown_may_have_a_message() {
        let throws = |class: &str, message: Option<&str>| {
            Some(("f()".to_owned(), Wanted::Throws { class: class.to_owned(), message: message.map(str::to_owned) }))
        };
        assert_eq!(check("f() throws IndexError"), throws("IndexError", None));
        assert_eq!(check("f() throws Error: a: b"), throws("Error", Some("a: b")));
    }

    #[test]
    fn a_block_ends_before_the_next_directive() {
        let text = "print(1)\n#! stdout\n# a\n#\n#  b\n#! exit 3\n# no\n";
        let expectations = parse(text).unwrap();
        assert_eq!(expectations.stdout, Some(Stdout { text: "a\n\n b\n".to_owned(), lines: 2..5 }));
        assert_eq!(expectations.exit, Some(3));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for wrong in ["#! rum f() == 1", "#! run f()", "#! exit 300", "#! stderr x", "#! stdout\n#! stdout"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
