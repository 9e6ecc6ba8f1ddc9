//! Bodies: strings.
//!
//! A body that makes a string first makes its bytes, checked against the heap limit, and then the
//! object: no slice of the heap is held while the heap may move.

use crate::bounds;
use crate::long::{self, Stopped};
use crate::search;
use crate::support::*;
use bp_isa::traps::Trap;
use bp_isa::types::FixedType;
use bp_vm::interrupt::InterruptHandle;
use bp_vm::native::{NativeCx, Thrown};
use std::ops::Range;

pub(crate) fn len(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(cx.str_arg(0).len() as i64)
}

/// The piece of the first argument as a string.
fn answer_piece(cx: &mut NativeCx<'_>, piece: Range<usize>) -> Answer {
    let whole = cx.handle(0);
    let made = cx.substr(whole, piece.start, piece.len())?;
    answer_handle(cx, made)
}

pub(crate) fn substr(cx: &mut NativeCx<'_>) -> Answer {
    let (start, count) = (cx.int(1), cx.int(2));
    // A start before the string counts as its beginning: the count is what the program asked for.
    let start = start.max(0);
    let piece = bounds::clipped(start, start.saturating_add(count.max(0)), cx.str_arg(0).len());
    answer_piece(cx, piece)
}

pub(crate) fn char_at(cx: &mut NativeCx<'_>) -> Answer {
    let byte = usize::try_from(cx.int(1)).ok().and_then(|at| cx.str_arg(0).get(at).copied());
    match byte {
        Some(byte) => {
            let made = cx.byte_str(byte);
            answer_handle(cx, made)
        }
        None => answer_str(cx, b""),
    }
}

pub(crate) fn byte(cx: &mut NativeCx<'_>) -> Answer {
    let index = cx.int(1);
    let text = cx.str_arg(0);
    match bounds::index(index, text.len()) {
        Some(at) => answer_int(i64::from(text[at])),
        None => {
            let message = bounds::out_of_range(index, text.len());
            Err(index_error(cx, message))
        }
    }
}

/// The characters mapped by `map`, bytes that are no UTF-8 kept.
fn mapped(watch: &InterruptHandle, text: &[u8], map: fn(&str) -> String) -> Result<Vec<u8>, Stopped> {
    let mut result = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for piece in long::pieces(chunk.valid()) {
            long::look(watch)?;
            result.extend_from_slice(map(piece).as_bytes());
        }
        result.extend_from_slice(chunk.invalid());
    }
    Ok(result)
}

fn answer_mapped(cx: &mut NativeCx<'_>, map: fn(&str) -> String) -> Answer {
    let text = mapped(&cx.watch(), cx.str_arg(0), map);
    let text = long::finish(cx, text)?;
    answer_str(cx, &text)
}

pub(crate) fn upper(cx: &mut NativeCx<'_>) -> Answer {
    answer_mapped(cx, str::to_uppercase)
}

pub(crate) fn lower(cx: &mut NativeCx<'_>) -> Answer {
    answer_mapped(cx, str::to_lowercase)
}

pub(crate) fn trim(cx: &mut NativeCx<'_>) -> Answer {
    let piece = search::trim(cx.str_arg(0), true, true);
    answer_piece(cx, piece)
}

pub(crate) fn trim_start(cx: &mut NativeCx<'_>) -> Answer {
    let piece = search::trim(cx.str_arg(0), true, false);
    answer_piece(cx, piece)
}

pub(crate) fn trim_end(cx: &mut NativeCx<'_>) -> Answer {
    let piece = search::trim(cx.str_arg(0), false, true);
    answer_piece(cx, piece)
}

pub(crate) fn starts_with(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(cx.str_arg(0).starts_with(cx.str_arg(1)))
}

pub(crate) fn ends_with(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(cx.str_arg(0).ends_with(cx.str_arg(1)))
}

pub(crate) fn contains(cx: &mut NativeCx<'_>) -> Answer {
    answer_bool(search::find(cx.str_arg(0), cx.str_arg(1), 0).is_some())
}

/// A position, -1 for none.
fn answer_position(position: Option<usize>) -> Answer {
    answer_int(position.map_or(-1, |at| at as i64))
}

pub(crate) fn find(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.str_arg(0);
    let from = cx.int(2);
    if from > text.len() as i64 {
        return answer_position(None);
    }
    answer_position(search::find(text, cx.str_arg(1), bounds::clamped(from, text.len())))
}

pub(crate) fn find_last(cx: &mut NativeCx<'_>) -> Answer {
    answer_position(search::find_last(cx.str_arg(0), cx.str_arg(1)))
}

pub(crate) fn count(cx: &mut NativeCx<'_>) -> Answer {
    answer_int(search::count(cx.str_arg(0), cx.str_arg(1)) as i64)
}

fn replaced(cx: &mut NativeCx<'_>, most: usize) -> Answer {
    let limit = cx.heap_limit();
    let replaced = search::replace(&cx.watch(), cx.str_arg(0), cx.str_arg(1), cx.str_arg(2), most, limit);
    match long::finish(cx, replaced)? {
        Some(text) => answer_str(cx, &text),
        None => Err(cx.trap(Trap::OutOfMemory)),
    }
}

pub(crate) fn replace_first(cx: &mut NativeCx<'_>) -> Answer {
    replaced(cx, 1)
}

pub(crate) fn replace(cx: &mut NativeCx<'_>) -> Answer {
    let most = usize::try_from(cx.int(3)).unwrap_or(usize::MAX);
    replaced(cx, most)
}

pub(crate) fn reverse(cx: &mut NativeCx<'_>) -> Answer {
    let mut text = cx.str_arg(0).to_vec();
    text.reverse();
    answer_str(cx, &text)
}

pub(crate) fn repeat(cx: &mut NativeCx<'_>) -> Answer {
    let count = count_of(cx.int(1));
    let len = cx.str_arg(0).len();
    let bytes = match count.checked_mul(len) {
        Some(bytes) if bytes <= cx.heap_limit() => bytes,
        _ => return Err(value_error(cx, format!("{count} times {len} bytes are more than the heap may hold"))),
    };
    let text = long::repeated(&cx.watch(), cx.str_arg(0), bytes);
    let text = long::finish(cx, text)?;
    answer_str(cx, &text)
}

/// What has to be added to reach the width.
fn padding(cx: &mut NativeCx<'_>) -> Result<Vec<u8>, Thrown> {
    if cx.str_arg(2).is_empty() {
        return Err(value_error(cx, "the padding is empty"));
    }
    let width = bytes_within_limit(cx, count_of(cx.int(1)), 1)?;
    let missing = width.saturating_sub(cx.str_arg(0).len());
    let bytes = long::repeated(&cx.watch(), cx.str_arg(2), missing);
    long::finish(cx, bytes)
}

pub(crate) fn pad_left(cx: &mut NativeCx<'_>) -> Answer {
    let mut text = padding(cx)?;
    text.extend_from_slice(cx.str_arg(0));
    answer_str(cx, &text)
}

pub(crate) fn pad_right(cx: &mut NativeCx<'_>) -> Answer {
    let padding = padding(cx)?;
    let text = [cx.str_arg(0), &padding].concat();
    answer_str(cx, &text)
}

fn code_point(cx: &mut NativeCx<'_>, code: i64) -> Result<char, Thrown> {
    let c = u32::try_from(code).ok().and_then(char::from_u32);
    c.ok_or_else(|| value_error(cx, format!("{code} is not a code point")))
}

pub(crate) fn chr(cx: &mut NativeCx<'_>) -> Answer {
    let code = cx.int(0);
    let c = code_point(cx, code)?;
    answer_str(cx, c.encode_utf8(&mut [0; 4]).as_bytes())
}

pub(crate) fn ord(cx: &mut NativeCx<'_>) -> Answer {
    match cx.str_arg(0).first() {
        Some(&byte) => answer_int(i64::from(byte)),
        None => Err(value_error(cx, "ord of an empty string")),
    }
}

pub(crate) fn bytes(cx: &mut NativeCx<'_>) -> Answer {
    let bytes = cx.str_arg(0).to_vec();
    answer_bytes(cx, &bytes, FixedType::U8)
}

pub(crate) fn to_ints(cx: &mut NativeCx<'_>) -> Answer {
    let bytes = cx.str_arg(0).to_vec();
    answer_bytes(cx, &bytes, FixedType::Int)
}

pub(crate) fn chars(cx: &mut NativeCx<'_>) -> Answer {
    answer_pieces(cx, search::character)
}

pub(crate) fn codepoints(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.handle(0);
    let ty = array_type(cx, FixedType::Int.id())?;
    let made = cx.new_array(ty, 0)?;
    let mut from = 0;
    while let Some((piece, next)) = search::character(cx.str(text), from) {
        let code = decoded(&cx.str(text)[piece]);
        cx.push_word(made, u64::from(code))?;
        from = next;
    }
    answer_handle(cx, made)
}

/// The code point of one character; of a byte that is none, the replacement character's.
fn decoded(character: &[u8]) -> u32 {
    let c = std::str::from_utf8(character).ok().and_then(|text| text.chars().next());
    u32::from(c.unwrap_or(char::REPLACEMENT_CHARACTER))
}

pub(crate) fn split(cx: &mut NativeCx<'_>) -> Answer {
    let cut = search::between(cx.str_arg(1));
    answer_pieces(cx, cut)
}

pub(crate) fn lines(cx: &mut NativeCx<'_>) -> Answer {
    answer_pieces(cx, search::line)
}

pub(crate) fn words(cx: &mut NativeCx<'_>) -> Answer {
    answer_pieces(cx, search::word)
}

/// The strings of the array argument with those bytes between.
fn joined(cx: &mut NativeCx<'_>, array: usize, separator: &[u8]) -> Answer {
    let strings = cx.handle(array);
    let limit = cx.heap_limit();
    let mut text = Vec::new();
    for index in 0..cx.len(strings) {
        let fits = scoped(cx, |cx| {
            let string = cx.get_handle(strings, index);
            let piece = cx.str(string);
            let fits = text.len() + separator.len() + piece.len() <= limit;
            if fits {
                text.extend_from_slice(if index > 0 { separator } else { b"" });
                text.extend_from_slice(piece);
            }
            Ok(fits)
        })?;
        if !fits {
            return Err(cx.trap(Trap::OutOfMemory));
        }
    }
    answer_str(cx, &text)
}

pub(crate) fn join(cx: &mut NativeCx<'_>) -> Answer {
    let separator = cx.str_arg(0).to_vec();
    joined(cx, 1, &separator)
}

pub(crate) fn join_array(cx: &mut NativeCx<'_>) -> Answer {
    let separator = cx.str_arg(1).to_vec();
    joined(cx, 0, &separator)
}

pub(crate) fn concat_all(cx: &mut NativeCx<'_>) -> Answer {
    joined(cx, 0, b"")
}

pub(crate) fn from_chars(cx: &mut NativeCx<'_>) -> Answer {
    let codes = cx.ints(cx.handle(0)).to_vec();
    let mut text = String::with_capacity(codes.len());
    for code in codes {
        text.push(code_point(cx, code)?);
    }
    answer_str(cx, text.as_bytes())
}

pub(crate) fn from_bytes(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.byte_elements(cx.handle(0)).to_vec();
    answer_str(cx, &text)
}

pub(crate) fn from_ints(cx: &mut NativeCx<'_>) -> Answer {
    let text: Vec<u8> = cx.ints(cx.handle(0)).iter().map(|&value| value as u8).collect();
    answer_str(cx, &text)
}

pub(crate) fn itself(cx: &mut NativeCx<'_>) -> Answer {
    answer_handle(cx, cx.handle(0))
}

fn answer_every(cx: &NativeCx<'_>, holds: impl Fn(u8) -> bool) -> Answer {
    let text = cx.str_arg(0);
    answer_bool(!text.is_empty() && text.iter().all(|&byte| holds(byte)))
}

pub(crate) fn is_digit(cx: &mut NativeCx<'_>) -> Answer {
    answer_every(cx, |byte| byte.is_ascii_digit())
}

pub(crate) fn is_alpha(cx: &mut NativeCx<'_>) -> Answer {
    answer_every(cx, |byte| byte.is_ascii_alphabetic())
}

pub(crate) fn is_alnum(cx: &mut NativeCx<'_>) -> Answer {
    answer_every(cx, |byte| byte.is_ascii_alphanumeric())
}

pub(crate) fn is_space(cx: &mut NativeCx<'_>) -> Answer {
    answer_every(cx, search::is_space)
}

/// `s[low:high:step]`
pub(crate) fn slice(cx: &mut NativeCx<'_>) -> Answer {
    let text = cx.str_arg(0);
    let Some(slice) = bounds::slice(text.len(), cx.int(1), cx.int(2), cx.int(3), cx.int(4)) else {
        return Err(cx.trap(Trap::SliceStep));
    };
    if slice.step == 1 {
        return answer_piece(cx, slice.first..slice.first + slice.count);
    }
    let selected: Vec<u8> = slice.positions().map(|at| text[at]).collect();
    answer_str(cx, &selected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_utf8_survive() {
        let upper = |text: &[u8]| mapped(&InterruptHandle::default(), text, str::to_uppercase).unwrap();
        assert_eq!(upper(b"a\xffb\xc3\xa9"), b"A\xffB\xc3\x89");
        assert_eq!(upper("Straße".as_bytes()), "STRASSE".as_bytes());
        assert_eq!((decoded(b"a"), decoded(b"\xc3\xa9"), decoded(b"\xff")), (0x61, 0xE9, 0xFFFD));
    }
}
