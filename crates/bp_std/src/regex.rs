//! Bodies: regular expressions.
//!
//! Patterns are compiled once and kept. Matching takes time in proportion to the text, so no pattern
//! can hang a program; patterns work on bytes and see a byte that is no UTF-8 as no character.

use crate::state::State;
use crate::support::*;
use bp_builtins::classes::REGEX_PATTERN;
use bp_isa::types::FixedType;
use bp_vm::native::{NativeCx, Value};
use regex::bytes::{NoExpand, Regex};
use std::collections::HashMap;

/// Patterns that are kept; all are given up when there are more.
const MOST_KEPT: usize = 256;

/// Compiled patterns by their text; `None` if the pattern is wrong.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    kept: HashMap<Box<[u8]>, Option<Regex>>,
}

impl Patterns {
    fn get(&mut self, pattern: &[u8]) -> Option<Regex> {
        if let Some(known) = self.kept.get(pattern) {
            return known.clone();
        }
        let compiled = std::str::from_utf8(pattern).ok().and_then(|text| Regex::new(text).ok());
        if self.kept.len() == MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(pattern.into(), compiled.clone());
        compiled
    }
}

/// The compiled pattern that the first argument says, if it is one.
fn pattern(cx: &mut NativeCx<'_>) -> Option<Regex> {
    let text = cx.str_arg(0).to_vec();
    cx.state::<State>().patterns.get(&text)
}

pub(crate) fn matches(cx: &mut NativeCx<'_>) -> Answer {
    let regex = pattern(cx);
    answer_bool(regex.is_some_and(|regex| regex.is_match(cx.str_arg(1))))
}

pub(crate) fn search(cx: &mut NativeCx<'_>) -> Answer {
    let found = pattern(cx).and_then(|regex| regex.find(cx.str_arg(1)).map(|found| found.start()));
    answer_int(found.map_or(-1, |at| at as i64))
}

pub(crate) fn replace(cx: &mut NativeCx<'_>) -> Answer {
    let Some(regex) = pattern(cx) else { return answer_handle(cx, cx.handle(2)) };
    let (replacement, text) = (cx.str_arg(1), cx.str_arg(2));
    let times = if replacement.is_empty() { 0 } else { regex.find_iter(text).count() };
    let added = times.saturating_mul(replacement.len());
    bytes_within_limit(cx, added, 1)?;
    let replaced = regex.replace_all(cx.str_arg(2), NoExpand(cx.str_arg(1))).into_owned();
    answer_str(cx, &replaced)
}

pub(crate) fn split(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.str_arg(1).to_vec();
    match pattern(cx) {
        Some(regex) => answer_strs(cx, regex.split(&text)),
        None => answer_strs(cx, std::iter::once(text)),
    }
}

pub(crate) fn find_all(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.str_arg(1).to_vec();
    match pattern(cx) {
        Some(regex) => answer_strs(cx, regex.find_iter(&text).map(|found| found.as_bytes())),
        None => answer_strs(cx, std::iter::empty::<&[u8]>()),
    }
}

// ---- the class

pub(crate) fn new(cx: &mut NativeCx<'_>) -> Answer {
    if pattern(cx).is_none() {
        let message = complaint(cx.str_arg(0));
        return Err(value_error(cx, message));
    }
    let (ty, pattern) = (type_at(cx, 1), cx.handle(0));
    let made = cx.new_record(ty, &[Value::Handle(pattern)])?;
    answer_handle(cx, made)
}

/// What is wrong with a pattern, and where.
fn complaint(pattern: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(pattern) else { return "bad pattern: it is no UTF-8".to_owned() };
    let (at, what) = match regex_syntax::ParserBuilder::new().utf8(false).build().parse(text) {
        Err(regex_syntax::Error::Parse(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => (error.span().start.offset, error.kind().to_string()),
        _ => return "bad pattern: it is too large".to_owned(),
    };
    format!("bad pattern at {at}: {what}")
}

/// The compiled pattern of the object that is the first argument.
fn object(cx: &mut NativeCx<'_>) -> Regex {
    let Value::Handle(pattern) = cx.field(cx.handle(0), REGEX_PATTERN) else { unreachable!("a string") };
    let text = cx.str(pattern).to_vec();
    cx.state::<State>().patterns.get(&text).expect("an object's pattern was compiled once")
}

pub(crate) fn object_matches(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    answer_bool(regex.is_match(cx.str_arg(1)))
}

pub(crate) fn object_find(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    let (text, from) = (cx.str_arg(1), count_of(cx.int(2)));
    let found = if from <= text.len() { regex.find_at(text, from) } else { None };
    let Some(range) = found.map(|found| found.range()) else { return Ok(NOTHING) };
    let ty = tuple_type(cx, &[FixedType::Int.id(); 2])?;
    let made = cx.new_record(ty, &[Value::Word(range.start as u64), Value::Word(range.end as u64)])?;
    answer_handle(cx, made)
}

pub(crate) fn object_captures(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    let text = cx.str_arg(1).to_vec();
    match regex.captures(&text) {
        Some(groups) => answer_strs(cx, groups.iter().map(|group| group.map_or(&[][..], |group| group.as_bytes()))),
        None => Ok(NOTHING),
    }
}

pub(crate) fn object_replace(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    let (text, replacement) = (cx.str_arg(1).to_vec(), cx.str_arg(2).to_vec());
    let most = usize::try_from(cx.int(3)).unwrap_or(usize::MAX);
    let mut replaced = Vec::new();
    let mut copied = 0;
    for groups in regex.captures_iter(&text).take(most) {
        cx.poll()?;
        let whole = groups.get_match();
        replaced.extend_from_slice(&text[copied..whole.start()]);
        groups.expand(&replacement, &mut replaced);
        bytes_within_limit(cx, replaced.len(), 1)?;
        copied = whole.end();
    }
    replaced.extend_from_slice(&text[copied..]);
    bytes_within_limit(cx, replaced.len(), 1)?;
    answer_str(cx, &replaced)
}

pub(crate) fn object_split(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    let text = cx.str_arg(1).to_vec();
    answer_strs(cx, regex.split(&text))
}

pub(crate) fn object_find_all(cx: &mut NativeCx<'_>) -> Answer {
    let regex = object(cx);
    let text = cx.str_arg(1).to_vec();
    answer_strs(cx, regex.find_iter(&text).map(|found| found.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_kept_but_not_without_bound() {
        let mut patterns = Patterns::default();
        for number in 0..MOST_KEPT + 10 {
            assert!(patterns.get(format!("a{{{number}}}").as_bytes()).is_some());
            assert!(patterns.kept.len() <= MOST_KEPT);
        }
        assert!(patterns.get(b"a(").is_none() && patterns.get(b"a(").is_none());
        assert!(patterns.get(b"\xFF").is_none(), "no UTF-8");
    }
}
