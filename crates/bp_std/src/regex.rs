//! Bodies: regular expressions.
//!
//! Patterns are compiled once and kept. Matching takes time in proportion to the text, so no pattern
//! can hang a program; patterns work on bytes and see a byte that is no UTF-8 as no character.

use crate::state::State;
use crate::support::*;
use bp_vm::native::NativeCx;
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
