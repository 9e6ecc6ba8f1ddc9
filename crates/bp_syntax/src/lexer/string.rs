//! Strings and f-strings. Plain strings are one token; an f-string is a sequence of tokens, with
//! the tokens of its expressions between `FieldOpen` and `FieldClose`.

use super::Lexer;
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::messages::lexical as messages;
use crate::span::Span;
use crate::token::{Token, TokenKind as T};

/// The letters in front of a string.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Prefix {
    raw: bool,
    interpolated: bool,
}

/// How a string is delimited.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Quote {
    byte: u8,
    pub(super) triple: bool,
    raw: bool,
}

impl Lexer<'_> {
    /// A word of one or two letters from `start` to `pos`, with a quote directly behind it.
    pub(super) fn prefixed_string(&mut self, start: usize) {
        let word = &self.text[start..self.pos];
        let prefix = match word {
            "r" => Prefix { raw: true, interpolated: false },
            "f" => Prefix { raw: false, interpolated: true },
            "rf" | "fr" => Prefix { raw: true, interpolated: true },
            _ => {
                let lower = word.to_ascii_lowercase();
                let known = lower.bytes().all(|b| matches!(b, b'r' | b'f' | b'b' | b'u'));
                if !known || T::of_word(word.as_bytes()) != T::Ident {
                    return self.push(T::of_word(word.as_bytes()), start);
                }
                let ours: String = lower.chars().filter(|c| matches!(c, 'r' | 'f')).collect();
                let span = self.span_from(start);
                self.error(messages::string_prefix(span, word, &ours));
                Prefix { raw: ours.contains('r'), interpolated: ours.contains('f') }
            }
        };
        self.string_from(start, prefix);
    }

    pub(super) fn string(&mut self, prefix: Prefix) {
        self.string_from(self.pos, prefix);
    }

    /// The token begins at `start` with its prefix, the quote is at `pos`.
    fn string_from(&mut self, start: usize, prefix: Prefix) {
        let byte = self.peek(0);
        let triple = self.peek(1) == byte && self.peek(2) == byte;
        let quote = Quote { byte, triple, raw: prefix.raw };
        self.pos += if triple { 3 } else { 1 };
        if prefix.interpolated {
            self.push(T::FStringStart, start);
            self.push_frame(T::FStringStart, start, quote);
        } else if triple {
            self.triple_string(start, byte);
        } else {
            self.line_string(start, byte);
        }
    }

    fn line_string(&mut self, start: usize, quote: u8) {
        loop {
            let rest = &self.bytes[self.pos..];
            let Some(offset) = memchr::memchr3(quote, b'\\', b'\n', rest) else {
                self.pos = self.bytes.len();
                return self.unterminated(start, quote);
            };
            self.pos += offset;
            match self.bytes[self.pos] {
                b'\\' if !matches!(self.peek(1), b'\n' | b'\r') => self.skip_escape(),
                b'\\' if self.closes_on_next_line(quote) => {
                    // Decoding the literal reports the backslash.
                    self.pos += 1 + usize::from(self.peek(1) == b'\r') + 1;
                }
                b'\\' => {
                    self.pos += 1;
                    return self.unterminated(start, quote);
                }
                b'\n' => {
                    self.pos -= usize::from(self.bytes[self.pos - 1] == b'\r');
                    return self.unterminated(start, quote);
                }
                _ => {
                    self.pos += 1;
                    return self.push(T::Str, start);
                }
            }
        }
    }

    /// Whether a string that a `\` at the end of its line is meant to carry on ends on the next line.
    fn closes_on_next_line(&self, quote: u8) -> bool {
        let Some(newline) = memchr::memchr(b'\n', &self.bytes[self.pos..]) else { return false };
        let next = &self.bytes[self.pos + newline + 1..];
        let next = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
        memchr::memchr(quote, next).is_some()
    }

    fn skip_escape(&mut self) {
        self.pos = (self.pos + 2).min(self.bytes.len());
        while !self.text.is_char_boundary(self.pos) {
            self.pos += 1;
        }
    }

    fn triple_string(&mut self, start: usize, quote: u8) {
        loop {
            let rest = &self.bytes[self.pos..];
            let Some(offset) = memchr::memchr2(quote, b'\\', rest) else {
                return self.unterminated_triple(start, quote);
            };
            self.pos += offset;
            if self.bytes[self.pos] == b'\\' {
                self.skip_escape();
            } else if self.peek(1) == quote && self.peek(2) == quote {
                self.pos += 3;
                return self.push(T::Str, start);
            } else {
                self.pos += 1;
            }
        }
    }

    /// The string from `start` is cut off at `pos`, the end of its line.
    fn unterminated(&mut self, start: usize, quote: u8) {
        let fstring = self.frames.iter().rev().find(|frame| frame.kind == T::FStringStart);
        if fstring.is_some_and(|frame| frame.quote.byte == quote && !frame.quote.triple) {
            // What looked like a string inside a field is the end of the f-string around it.
            let is_prefix =
                |error: &Diagnostic| error.code == Code::StringPrefix && error.span().start == self.at(start);
            if self.errors.last().is_some_and(is_prefix) {
                self.errors.pop();
            }
            let before_quote = self.bytes[start..].iter().take_while(|&&b| b != quote).count();
            self.pos = start + before_quote;
            if before_quote > 0 {
                self.push(T::Ident, start);
            }
            self.in_text = true;
            return self.unclosed_field();
        }
        let span = self.span_from(start);
        let open = Span::new(span.start, span.start + 1);
        self.error(messages::unterminated_string(open, span.after(), char::from(quote)));
        // The rest of the line went into the string: brackets open on it cannot be judged.
        self.repaired.push(span);
        self.push(T::Str, start);
        self.close_line();
    }

    /// Closes the brackets opened on the line that ends at `pos`: their closers went into a string.
    fn close_line(&mut self) {
        let line = memchr::memrchr(b'\n', &self.bytes[..self.pos]).map_or(0, |newline| newline + 1);
        let (line, end) = (self.at(line), self.at(self.pos));
        while self.frames.last().is_some_and(|frame| frame.span.start >= line) {
            self.close_silently(Span::new(end, end));
        }
    }

    /// Reads on behind the first line: the rest of the file is worth reading.
    fn unterminated_triple(&mut self, start: usize, quote: u8) {
        let length = self.bytes[start..].iter().position(|&b| b == quote).map_or(3, |n| n + 3);
        let span = Span::new(self.at(start), self.at(start + length));
        let delimiter = char::from(quote).to_string().repeat(3);
        self.error(messages::unterminated_triple(span, &delimiter));
        self.repaired.push(Span::new(span.start, self.at(self.bytes.len())));
        self.pos = self.bytes.len();
        self.push(T::Str, start);
    }

    /// Text of an f-string or of a format specification, up to a field or the end.
    pub(super) fn fstring_text(&mut self) {
        let frame = *self.frames.last().expect("text is read inside an f-string only");
        let quote = frame.quote;
        let start = self.pos;
        loop {
            let Some(&byte) = self.bytes.get(self.pos) else {
                self.end_text(start);
                return self.unterminated_fstring();
            };
            match byte {
                b'\\' if !quote.raw && self.peek(1) == b'u' && self.peek(2) == b'{' => self.skip_braced_escape(),
                b'\\' if !matches!(self.peek(1), b'\n' | b'\r' | b'{' | b'}' | 0) => self.skip_escape(),
                b'{' if !frame.in_spec && self.peek(1) == b'{' => self.pos += 2,
                b'{' => {
                    self.end_text(start);
                    return self.open_field(quote);
                }
                b'}' if frame.in_spec => {
                    self.end_text(start);
                    return self.close(T::RBrace);
                }
                b'}' if self.peek(1) == b'}' => self.pos += 2,
                b'}' => {
                    let span = Span::new(self.at(self.pos), self.at(self.pos + 1));
                    self.error(messages::single_brace(span));
                    self.pos += 1;
                }
                b'\n' if !quote.triple => {
                    self.pos -= usize::from(self.pos > start && self.bytes[self.pos - 1] == b'\r');
                    self.end_text(start);
                    return self.unterminated_fstring();
                }
                _ if byte == quote.byte && self.closes_string(quote) => {
                    self.end_text(start);
                    return self.end_fstring(frame.in_spec, quote);
                }
                _ => self.pos += 1,
            }
        }
    }

    /// `\u{…}` in an f-string: its braces are not a field.
    fn skip_braced_escape(&mut self) {
        let inside = &self.bytes[self.pos + 3..];
        let digits = inside.iter().take(16).take_while(|b| b.is_ascii_hexdigit()).count();
        self.pos += 3 + digits + usize::from(inside.get(digits) == Some(&b'}'));
    }

    fn closes_string(&self, quote: Quote) -> bool {
        !quote.triple || (self.peek(1) == quote.byte && self.peek(2) == quote.byte)
    }

    fn end_text(&mut self, start: usize) {
        if self.pos > start {
            self.push(T::FStringText, start);
        }
    }

    fn open_field(&mut self, quote: Quote) {
        let start = self.pos;
        self.pos += 1;
        self.push(T::FieldOpen, start);
        self.push_frame(T::FieldOpen, start, quote);
    }

    fn end_fstring(&mut self, in_spec: bool, quote: Quote) {
        if in_spec {
            return self.unclosed_field();
        }
        let start = self.pos;
        self.pos += if quote.triple { 3 } else { 1 };
        self.push(T::FStringEnd, start);
        self.pop_frame();
    }

    /// A `:` of code: if it separates a field from its specification, emits that. True if it did.
    pub(super) fn field_colon(&mut self) -> bool {
        let Some(top) = self.frames.last_mut().filter(|top| top.kind == T::FieldOpen) else { return false };
        top.in_spec = true;
        self.in_text = true;
        let start = self.pos;
        self.pos += 1;
        self.push(T::FieldColon, start);
        true
    }

    /// The innermost f-string's text runs into the end of its line or of the file.
    fn unterminated_fstring(&mut self) {
        let index = self.innermost_fstring();
        if index + 1 < self.frames.len() {
            return self.unclosed_field();
        }
        let frame = self.frames[index];
        if frame.quote.triple {
            let delimiter = char::from(frame.quote.byte).to_string().repeat(3);
            self.error(messages::unterminated_triple(frame.span, &delimiter));
        } else {
            let end = Span::new(self.at(self.pos), self.at(self.pos));
            self.error(messages::unterminated_string(frame.span, end, char::from(frame.quote.byte)));
        }
        self.close_through(index);
        if !frame.quote.triple {
            self.close_line();
        }
    }

    /// A `{` of an f-string is still open where the f-string must end: at `pos`.
    pub(super) fn unclosed_field(&mut self) {
        let index = self.innermost_fstring();
        let string = self.frames[index].span;
        let field = self.frames.get(index + 1).map_or(string, |frame| frame.span);
        self.error(messages::unclosed_field(field, string));
        self.repaired.push(Span::new(string.start, self.at(self.pos)));
        // At the closing quote the string ends properly; at a newline it is cut off.
        let quote = self.frames[index].quote;
        if self.peek(0) == quote.byte && self.in_text && self.closes_string(quote) {
            self.pos += if quote.triple { 3 } else { 1 };
        }
        self.close_through(index);
    }

    fn innermost_fstring(&self) -> usize {
        let found = self.frames.iter().rposition(|frame| frame.kind == T::FStringStart);
        found.expect("the caller is inside an f-string")
    }

    /// Closes every frame from `index` inwards behind what was read.
    fn close_through(&mut self, index: usize) {
        let at = Span::new(self.at(self.pos), self.at(self.pos));
        while self.frames.len() > index {
            let kind = self.frames[self.frames.len() - 1].kind.closer();
            self.tokens.push(Token { kind, span: at });
            self.pop_frame();
        }
    }
}
