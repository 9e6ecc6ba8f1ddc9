//! Work whose length the program chooses, in pieces between which an interrupt is noticed.
//!
//! While a slice of the heap is borrowed the machine cannot throw: the work then stops with
//! [`Stopped`], and [`finish`] throws once the slice is given back. Bodies that take one element after
//! another need none of this: `support::scoped` polls.

use crate::merge;
use bp_isa::traps::Trap;
use bp_vm::interrupt::InterruptHandle;
use bp_vm::native::{NativeCx, Thrown};
use std::cmp::Ordering;

/// Elements that are sorted between two looks: some tens of milliseconds.
const SORTED_PIECE: usize = 1 << 19;
/// Bytes that are copied or searched between two looks.
pub(crate) const BYTE_PIECE: usize = 1 << 22;

/// Somebody interrupts the program.
#[derive(Debug)]
pub(crate) struct Stopped;

/// Stops if somebody interrupts the program.
#[inline]
pub(crate) fn look(watch: &InterruptHandle) -> Result<(), Stopped> {
    if watch.is_requested() { Err(Stopped) } else { Ok(()) }
}

/// The result of the work, or the exception that the interrupt throws.
pub(crate) fn finish<T>(cx: &mut NativeCx<'_>, result: Result<T, Stopped>) -> Result<T, Thrown> {
    match result {
        Ok(result) => Ok(result),
        Err(Stopped) => {
            cx.poll()?;
            Err(cx.trap(Trap::Interrupt))
        }
    }
}

/// Sorts stably. Whoever stops it finds some permutation of the elements.
pub(crate) fn sort<T: Copy>(
    watch: &InterruptHandle,
    elements: &mut [T],
    compare: impl Fn(&T, &T) -> Ordering,
) -> Result<(), Stopped> {
    for piece in elements.chunks_mut(SORTED_PIECE) {
        look(watch)?;
        piece.sort_by(&compare);
    }
    merge::merge_runs(elements, SORTED_PIECE, &mut |b, a| {
        look(watch)?;
        Ok(compare(&b, &a).is_lt())
    })
}

/// `len` bytes: the pattern, which is not empty, again and again.
pub(crate) fn repeated(watch: &InterruptHandle, pattern: &[u8], len: usize) -> Result<Vec<u8>, Stopped> {
    let mut bytes = Vec::with_capacity(len);
    bytes.extend_from_slice(&pattern[..pattern.len().min(len)]);
    while bytes.len() < len {
        look(watch)?;
        // What is there ends with a whole pattern, so that its beginning may follow.
        let whole = bytes.len() - bytes.len() % pattern.len();
        let most = (BYTE_PIECE - BYTE_PIECE % pattern.len()).max(pattern.len());
        bytes.extend_from_within(..whole.min(most).min(len - bytes.len()));
    }
    Ok(bytes)
}

/// Pieces of a text of a few MB that end behind ASCII white space, where no mapping of letters looks
/// across; a text without any is one piece.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let behind = bytes.get(BYTE_PIECE..).and_then(|tail| tail.iter().position(u8::is_ascii_whitespace));
        let (piece, left) = rest.split_at(behind.map_or(bytes.len(), |at| BYTE_PIECE + at + 1));
        rest = left;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_arrays_are_sorted_stably() {
        let len = 3 * SORTED_PIECE + 17;
        let mut elements: Vec<(u32, u32)> =
            (0..len as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 20, at)).collect();
        let mut expected = elements.clone();
        expected.sort_by_key(|(key, _)| *key);
        let watch = InterruptHandle::default();
        assert!(sort(&watch, &mut elements, |a, b| a.0.cmp(&b.0)).is_ok());
        assert!(elements == expected);
    }

    #[test]
    fn who_is_stopped_keeps_every_element() {
        let watch = InterruptHandle::default();
        watch.interrupt();
        let mut elements: Vec<u32> = (0..10).rev().collect();
        assert!(sort(&watch, &mut elements, Ord::cmp).is_err());
        elements.sort_unstable();
        assert!(elements.into_iter().eq(0..10));
    }

    #[test]
    fn patterns_are_repeated_to_the_byte() {
        let watch = InterruptHandle::default();
        for pattern in [&b"a"[..], b"ab", b"abcdefg", &vec![7; BYTE_PIECE + 3]] {
            for len in [0, 1, 2, 6, 7, 8, 100, 2 * BYTE_PIECE + 5] {
                let bytes = repeated(&watch, pattern, len).unwrap();
                assert_eq!(bytes.len(), len);
                assert!(bytes.iter().eq(pattern.iter().cycle().take(len)), "{} {len}", pattern.len());
            }
        }
    }

    #[test]
    fn pieces_are_the_text() {
        assert_eq!(pieces("").count(), 0);
        let words = "\u{3a3}igma \u{3a3}".repeat(BYTE_PIECE / 4);
        assert!(pieces(&words).count() > 1);
        assert_eq!(pieces(&words).collect::<String>(), words);
        assert_eq!(pieces(&words).map(str::to_lowercase).collect::<String>(), words.to_lowercase());
        let unbroken = "x".repeat(2 * BYTE_PIECE);
        assert_eq!(pieces(&unbroken).count(), 1);
    }
}
