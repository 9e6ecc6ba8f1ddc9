//! Numbers: shape only. Every mistake is reported with the number that was probably meant.

use super::{Lexer, is_ascii_word};
use crate::messages::lexical as messages;
use crate::span::Span;
use crate::token::TokenKind as T;

impl Lexer<'_> {
    pub(super) fn number(&mut self) {
        let start = self.pos;
        if self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X' | b'o' | b'O' | b'b' | b'B') {
            return self.radix_number();
        }
        self.digits();
        let mut kind = T::Int;
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            kind = T::Float;
            self.pos += 1;
            self.digits();
        } else if self.peek(0) == b'.' && self.dot_ends_number() {
            kind = T::Float;
            self.pos += 1;
            let whole = self.span_from(start);
            self.error(messages::bare_dot(whole, &self.text[start..self.pos - 1], self.pos));
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + sign).is_ascii_digit() {
                kind = T::Float;
                self.pos += 1 + sign;
                self.digits();
            } else if sign == 1 || !is_ascii_word(self.peek(1)) {
                kind = T::Float;
                self.pos += 1 + sign;
                let span = self.span_from(start);
                self.error(messages::empty_exponent(span));
            }
        }
        self.finish_number(start, kind);
    }

    /// Whether the `.` at `pos` was meant to belong to the number: `1.` or `1.e5`, not `1..5`, `1.f()`.
    fn dot_ends_number(&self) -> bool {
        let next = self.peek(1);
        if matches!(next, b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(2), b'+' | b'-'));
            return self.peek(2 + sign).is_ascii_digit();
        }
        next != b'.' && !is_ascii_word(next) && next < 0x80
    }

    fn digits(&mut self) {
        while matches!(self.peek(0), b'0'..=b'9' | b'_') {
            self.pos += 1;
        }
    }

    fn radix_number(&mut self) {
        let start = self.pos;
        let letter = self.peek(1);
        let radix = match letter.to_ascii_lowercase() {
            b'x' => 16,
            b'o' => 8,
            _ => 2,
        };
        self.pos += 2;
        let digits = self.pos;
        while char::from(self.peek(0)).is_digit(radix) || self.peek(0) == b'_' {
            self.pos += 1;
        }
        if letter.is_ascii_uppercase() {
            let span = Span::new(self.at(start), self.at(start + 2));
            self.error(messages::uppercase_radix(span, &self.text[start..start + 2]));
        }
        if self.pos == digits && !self.peek(0).is_ascii_digit() {
            while is_ascii_word(self.peek(0)) {
                self.pos += 1;
            }
            let span = self.span_from(start);
            self.error(messages::empty_radix(span, radix));
            return self.push(T::Int, start);
        }
        if self.peek(0).is_ascii_digit() {
            let bad = self.pos;
            while self.peek(0).is_ascii_digit() || self.peek(0) == b'_' {
                self.pos += 1;
            }
            let span = self.span_from(start);
            let digit = Span::new(self.at(bad), self.at(bad + 1));
            self.error(messages::bad_digit(span, digit, &self.text[bad..bad + 1], radix));
            return self.push(T::Int, start);
        }
        self.finish_number(start, T::Int);
    }

    /// Checks separators, leading zeros and what is glued to the end, and pushes the token.
    fn finish_number(&mut self, start: usize, kind: T) {
        let end = self.pos;
        let text = &self.text[start..end];
        let bytes = text.as_bytes();
        if bytes.contains(&b'_') {
            let radix = bytes.len() > 2 && matches!(bytes[1], b'x' | b'X' | b'o' | b'O' | b'b' | b'B');
            let digits = if radix { &text[2..] } else { text };
            let doubled = digits.contains("__");
            let at_edge = digits.starts_with('_') || digits.ends_with('_');
            let at_mark = ["_.", "._", "_e", "_E", "e_", "E_"].iter().any(|bad| !radix && digits.contains(bad));
            if doubled || at_edge || at_mark {
                let mended = mend_underscores(text, radix);
                let span = self.span_from(start);
                self.error(messages::underscores(span, &mended));
            }
        }
        if kind == T::Int && bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_digit() {
            self.leading_zero(start, end);
        }
        if is_ascii_word(self.peek(0)) || (self.peek(0) >= 0x80 && self.end_of_word(self.pos) > self.pos) {
            self.suffix(start, end);
        }
        self.push(kind, start);
    }

    fn leading_zero(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        let trimmed = text.trim_start_matches(['0', '_']);
        let decimal = if trimmed.is_empty() { "0" } else { trimmed };
        let octal = !trimmed.is_empty() && !trimmed.contains(['8', '9']);
        let span = self.span_from(start);
        self.error(messages::leading_zero(span, decimal, octal.then_some(trimmed)));
    }

    /// Letters directly behind a number: `10L`, `3px`, `2j`.
    fn suffix(&mut self, start: usize, end: usize) {
        self.pos = self.end_of_word(end);
        let suffix = self.span_from(end);
        self.error(messages::number_suffix(suffix, &self.text[start..end], &self.text[end..self.pos]));
    }
}

fn mend_underscores(text: &str, radix: bool) -> String {
    let (prefix, digits) = if radix { text.split_at(2) } else { ("", text) };
    let mut mended = String::from(prefix);
    let is_digit = |b: u8| if radix { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let bytes = digits.as_bytes();
    for (index, &byte) in bytes.iter().enumerate() {
        let between = index > 0 && is_digit(bytes[index - 1]) && bytes.get(index + 1).is_some_and(|&b| is_digit(b));
        if byte != b'_' || between {
            mended.push(char::from(byte));
        } else if bytes.get(index + 1).is_some_and(|&b| is_digit(b)) && index > 0 && bytes[index - 1] == b'_' {
            // The last underscore of a doubled one stays as the separator.
            if mended.as_bytes().last().is_some_and(|&b| is_digit(b)) {
                mended.push('_');
            }
        }
    }
    mended
}
