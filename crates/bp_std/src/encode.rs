//! Bodies: Base64, hexadecimal digits, percent encoding.

use crate::support::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bp_vm::native::NativeCx;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Two digits for each byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

pub(crate) fn hex_encode(cx: &mut NativeCx<'_>) -> Answer {
    bytes_within_limit(cx, cx.str_arg(0).len(), 2)?;
    let digits = hexadecimal(cx.str_arg(0));
    answer_str(cx, &digits)
}

pub(crate) fn hex_decode(cx: &mut NativeCx<'_>) -> Answer {
    let digits = cx.str_arg(0);
    if let Some(bad) = digits.iter().position(|&byte| digit(byte).is_none()) {
        return Err(value_error(cx, format!("no hexadecimal digit at {bad}")));
    }
    if !digits.len().is_multiple_of(2) {
        let message = format!("an odd number of hexadecimal digits: {}", digits.len());
        return Err(value_error(cx, message));
    }
    let value = |byte| digit(byte).unwrap_or_default();
    let bytes: Vec<u8> = digits.as_chunks().0.iter().map(|&[high, low]| value(high) << 4 | value(low)).collect();
    answer_str(cx, &bytes)
}

pub(crate) fn base64_encode(cx: &mut NativeCx<'_>) -> Answer {
    bytes_within_limit(cx, cx.str_arg(0).len(), 2)?;
    let text = STANDARD.encode(cx.str_arg(0));
    answer_str(cx, text.as_bytes())
}

pub(crate) fn base64_decode(cx: &mut NativeCx<'_>) -> Answer {
    let mut bytes = Vec::new();
    for group in cx.str_arg(0).as_chunks().0 {
        decode_group(group, &mut bytes);
    }
    answer_str(cx, &bytes)
}

/// Up to three bytes of four characters: none without the first two, and no more than the third and
/// fourth say. Published programs rely on bad characters being passed over.
fn decode_group(group: &[u8; 4], bytes: &mut Vec<u8>) {
    let [Some(first), Some(second), third, fourth] = group.map(sextet) else { return };
    bytes.push(first << 2 | second >> 4);
    let Some(third) = third else { return };
    bytes.push(second << 4 | third >> 2);
    let Some(fourth) = fourth else { return };
    bytes.push(third << 6 | fourth);
}

/// Six bits of a character of Base64's alphabet.
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

pub(crate) fn url_encode(cx: &mut NativeCx<'_>) -> Answer {
    bytes_within_limit(cx, cx.str_arg(0).len(), 3)?;
    let mut text = Vec::new();
    for &byte in cx.str_arg(0) {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            text.push(byte);
        } else {
            text.push(b'%');
            text.extend(hexadecimal(&[byte]).iter().map(u8::to_ascii_uppercase));
        }
    }
    answer_str(cx, &text)
}

pub(crate) fn url_decode(cx: &mut NativeCx<'_>) -> Answer {
    let mut bytes = Vec::new();
    let mut rest = cx.str_arg(0);
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, behind @ ..]) if let (Some(high), Some(low)) = (digit(*high), digit(*low)) => {
                bytes.push(high << 4 | low);
                rest = behind;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    answer_str(cx, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        text.as_bytes().as_chunks().0.iter().for_each(|group| decode_group(group, &mut bytes));
        bytes
    }

    #[test]
    fn lenient_base64() {
        assert_eq!(decoded("TWFuTWE=TQ=="), b"ManMaM");
        assert_eq!(decoded("TWFuTWE"), b"Man", "an incomplete group is dropped");
        assert_eq!(decoded("?WFuTWFu"), b"Man", "a group with a bad first character is passed over");
        assert_eq!(decoded("TW?uTWFu"), b"MMan");
        assert_eq!(decoded(""), b"");
    }

    proptest! {
        #[test]
        fn base64_reads_what_it_writes(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(decoded(&STANDARD.encode(&bytes)), bytes);
        }
    }
}
