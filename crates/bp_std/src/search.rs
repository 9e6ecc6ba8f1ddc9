//! Finding, cutting and replacing in byte strings.
//!
//! Invariant: occurrences never overlap and are counted from the left, except for [`find_last`].
//! The empty string occurs before every byte and at the end.
//!
//! Absence: no heap, no engine.

use crate::format::code_point_len;
use crate::long::{self, Stopped};
use bp_vm::interrupt::InterruptHandle;
use memchr::memmem;
use std::ops::Range;

/// The first `part` at or behind `from`.
pub(crate) fn find(text: &[u8], part: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    memmem::find(rest, part).map(|at| from + at)
}

/// The last `part`.
pub(crate) fn find_last(text: &[u8], part: &[u8]) -> Option<usize> {
    memmem::rfind(text, part)
}

/// Number of occurrences.
pub(crate) fn count(text: &[u8], part: &[u8]) -> usize {
    if part.is_empty() { text.len() + 1 } else { memmem::find_iter(text, part).count() }
}

/// With the first `most` occurrences replaced. `None` if that would be longer than `limit` bytes.
pub(crate) fn replace(
    watch: &InterruptHandle,
    text: &[u8],
    part: &[u8],
    replacement: &[u8],
    most: usize,
    limit: usize,
) -> Result<Option<Vec<u8>>, Stopped> {
    let mut times = 0_usize;
    for _ in occurrences(text, part).take(most) {
        long::look(watch)?;
        times += 1;
    }
    let added = times.checked_mul(replacement.len());
    let len = added.and_then(|added| (text.len() - times * part.len()).checked_add(added));
    let Some(len) = len.filter(|len| *len <= limit) else { return Ok(None) };
    let mut replaced = Vec::with_capacity(len);
    let mut copied = 0;
    for at in occurrences(text, part).take(times) {
        long::look(watch)?;
        replaced.extend_from_slice(&text[copied..at]);
        replaced.extend_from_slice(replacement);
        copied = at + part.len();
    }
    replaced.extend_from_slice(&text[copied..]);
    Ok(Some(replaced))
}

fn occurrences<'a>(text: &'a [u8], part: &'a [u8]) -> Box<dyn Iterator<Item = usize> + 'a> {
    if part.is_empty() { Box::new(0..=text.len()) } else { Box::new(memmem::find_iter(text, part)) }
}

/// A piece of a text, and where the search for the next one starts.
pub(crate) type Piece = (Range<usize>, usize);

/// A way to cut a text: the first piece at or behind a position, `None` at the end. Callers walk
/// piece by piece, so that the pieces of a long text need no list.
pub(crate) trait Cut: Fn(&[u8], usize) -> Option<Piece> {}

impl<F: Fn(&[u8], usize) -> Option<Piece>> Cut for F {}

/// The pieces between separators, empty ones too; with an empty separator the single bytes.
pub(crate) fn between(separator: &[u8]) -> impl Cut + use<> {
    let finder = memmem::Finder::new(separator).into_owned();
    let separator_len = separator.len();
    move |text, from| {
        if separator_len == 0 {
            return (from < text.len()).then_some((from..from + 1, from + 1));
        }
        // Behind the last piece the search resumes beyond the end, where there is none.
        let end = finder.find(text.get(from..)?).map_or(text.len(), |at| from + at);
        Some((from..end, if end == text.len() { end + 1 } else { end + separator_len }))
    }
}

/// The line at `from` without `\n` or `\r\n`; a final line end starts no further line.
pub(crate) fn line(text: &[u8], from: usize) -> Option<Piece> {
    if from >= text.len() {
        return None;
    }
    let end = memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |at| from + at);
    let has_return = end < text.len() && end > from && text[end - 1] == b'\r';
    Some((from..end - usize::from(has_return), end + 1))
}

/// The next piece between runs of ASCII white space; not empty.
pub(crate) fn word(text: &[u8], from: usize) -> Option<Piece> {
    let start = from + text.get(from..)?.iter().position(|&byte| !is_space(byte))?;
    let end = text[start..].iter().position(|&byte| is_space(byte)).map_or(text.len(), |len| start + len);
    Some((start..end, end))
}

/// The UTF-8 character at `from`; a byte that begins none is one by itself.
pub(crate) fn character(text: &[u8], from: usize) -> Option<Piece> {
    let end = from + code_point_len(text.get(from..).filter(|rest| !rest.is_empty())?);
    Some((from..end, end))
}

/// The range without white space at the chosen ends.
pub(crate) fn trim(text: &[u8], at_start: bool, at_end: bool) -> Range<usize> {
    let is_text = |&byte: &u8| !is_space(byte);
    let Some(first) = text.iter().position(is_text) else { return 0..0 };
    let last = text.iter().rposition(is_text).unwrap_or(first);
    (if at_start { first } else { 0 })..(if at_end { last + 1 } else { text.len() })
}

/// ASCII white space, the vertical tab included.
pub(crate) fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0B
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &[u8], cut: impl Cut) -> Vec<&[u8]> {
        let mut next = 0;
        let step = || {
            let (piece, resume) = cut(text, next)?;
            next = resume;
            Some(&text[piece])
        };
        std::iter::from_fn(step).collect()
    }

    fn replace_all(text: &[u8], part: &[u8], replacement: &[u8], most: usize, limit: usize) -> Option<Vec<u8>> {
        replace(&InterruptHandle::default(), text, part, replacement, most, limit).unwrap()
    }

    fn find_naive(text: &[u8], part: &[u8], from: usize) -> Option<usize> {
        (from..=text.len()).find(|&at| text[at..].starts_with(part))
    }

    fn replace_naive(text: &[u8], part: &[u8], replacement: &[u8], most: usize) -> Vec<u8> {
        let mut replaced = Vec::new();
        let mut at = 0;
        let mut times = 0;
        while at <= text.len() {
            if times < most && text[at..].starts_with(part) {
                replaced.extend_from_slice(replacement);
                times += 1;
                at += part.len();
                if !part.is_empty() {
                    continue;
                }
            }
            replaced.extend(text.get(at));
            at += 1;
        }
        replaced
    }

    fn short() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(prop_oneof![Just(b'a'), Just(b'b'), Just(b'\n'), Just(b'\r'), Just(b' ')], 0..24)
    }

    fn part() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(prop_oneof![Just(b'a'), Just(b'b')], 0..3)
    }

    proptest! {
        #[test]
        fn finding(text in short(), part in part(), from in 0_usize..26) {
            let naive = if from <= text.len() { find_naive(&text, &part, from) } else { None };
            prop_assert_eq!(find(&text, &part, from), naive);
            let last = (0..=text.len()).rev().find(|&at| text[at..].starts_with(&part));
            prop_assert_eq!(find_last(&text, &part), last);
        }

        #[test]
        fn replacing(text in short(), part in part(), replacement in part(), most in 0_usize..6) {
            let naive = replace_naive(&text, &part, &replacement, most);
            prop_assert_eq!(replace_all(&text, &part, &replacement, most, 1000), Some(naive.clone()));
            let limit = naive.len().saturating_sub(1);
            let refused = naive.is_empty() || replace_all(&text, &part, &replacement, most, limit).is_none();
            prop_assert!(refused);
        }

        #[test]
        fn splitting_and_joining(text in short(), separator in part()) {
            let pieces = pieces(&text, between(&separator));
            prop_assert_eq!(pieces.join(&separator[..]), text.clone());
            if separator.is_empty() {
                prop_assert_eq!(pieces.len(), text.len());
            } else {
                prop_assert_eq!(pieces.len(), count(&text, &separator) + 1);
                prop_assert!(pieces.iter().all(|piece| find(piece, &separator, 0).is_none()));
            }
        }

        #[test]
        fn lines_as_the_standard_library(text in short()) {
            let text = String::from_utf8(text).unwrap();
            let theirs: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
            prop_assert_eq!(pieces(text.as_bytes(), line), theirs);
            let theirs: Vec<&[u8]> = text.split_ascii_whitespace().map(str::as_bytes).collect();
            prop_assert_eq!(pieces(text.as_bytes(), word), theirs);
            prop_assert_eq!(&text[trim(text.as_bytes(), true, true)], text.trim_ascii());
        }
    }

    #[test]
    fn the_empty_part() {
        assert_eq!(replace_all(b"ab", b"", b"-", usize::MAX, 100), Some(b"-a-b-".to_vec()));
        assert_eq!(replace_all(b"ab", b"", b"-", 2, 100), Some(b"-a-b".to_vec()));
        assert_eq!(count(b"ab", b""), 3);
        assert_eq!(find(b"ab", b"", 2), Some(2));
        assert_eq!(find(b"ab", b"", 3), None);
        assert_eq!(pieces(b"", between(b"")).len(), 0);
        assert_eq!(pieces(b"", between(b",")), [b""]);
        assert_eq!(pieces(b",", between(b",")), [b"", b""]);
    }

    #[test]
    fn huge_results_are_refused_before_they_are_made() {
        let text = vec![b'a'; 1 << 16];
        assert_eq!(replace_all(&text, b"a", &text, usize::MAX, 1 << 30), None);
    }

    #[test]
    fn characters() {
        assert_eq!(pieces(b"a\xc3\xa9\xc3", character), [&b"a"[..], b"\xc3\xa9", b"\xc3"]);
    }

    #[test]
    fn trimming() {
        assert_eq!(trim(b" a ", true, false), 1..3);
        assert_eq!(trim(b" a ", false, true), 0..2);
        assert_eq!(trim(b" \x0b ", true, true), 0..0);
    }
}
