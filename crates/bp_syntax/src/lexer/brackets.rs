//! Brackets: what is open, what closes it, and where an unclosed one was probably meant to end.

use super::{Frame, Lexer, MAX_REWINDS, string};
use crate::messages::lexical as messages;
use crate::span::Span;
use crate::token::{Token, TokenKind as T};

/// The state at the first line inside brackets that does not look like it belongs there.
#[derive(Debug)]
pub(super) struct Suspect {
    pos: usize,
    tokens: usize,
    errors: usize,
    repaired: usize,
    frames: Vec<Frame>,
}

impl Lexer<'_> {
    pub(super) fn open(&mut self, kind: T) {
        let start = self.pos;
        self.pos += 1;
        self.push(kind, start);
        self.push_frame(kind, start, string::Quote::default());
    }

    pub(super) fn push_frame(&mut self, kind: T, start: usize, quote: string::Quote) {
        let span = self.span_from(start);
        let line_indent = self.layout.line_indent;
        if kind == T::FStringStart && !quote.triple {
            self.open_line_strings += 1;
        }
        self.frames.push(Frame { kind, span, line_indent, quote, in_spec: false });
        self.in_text = kind == T::FStringStart;
    }

    pub(super) fn pop_frame(&mut self) {
        let frame = self.frames.pop();
        if frame.is_some_and(|frame| frame.kind == T::FStringStart && !frame.quote.triple) {
            self.open_line_strings -= 1;
        }
        self.in_text = self.frames.last().is_some_and(|top| top.kind == T::FStringStart || top.in_spec);
        if self.frames.is_empty() {
            self.suspect = None;
        }
    }

    /// A closing bracket `)`, `]`, `}` of code at `pos`.
    pub(super) fn close(&mut self, closer: T) {
        let start = self.pos;
        self.pos += 1;
        let span = self.span_from(start);
        let Some(&top) = self.frames.last() else {
            return self.error(messages::stray_closer(span, &self.text[start..start + 1]));
        };
        let expected = top.kind.closer();
        if expected == closer || (closer == T::RBrace && expected == T::FieldClose) {
            self.push(expected, start);
            return self.pop_frame();
        }
        self.mismatched(closer, span);
    }

    /// `closer` does not fit the innermost bracket: either inner ones were left open, or it is a slip.
    fn mismatched(&mut self, closer: T, span: Span) {
        let fits = |frame: &Frame| {
            let kind = frame.kind.closer();
            kind == closer || (closer == T::RBrace && kind == T::FieldClose)
        };
        // Farther out than this it is a guess at best, and the search must not cost more than O(1).
        let near = self.frames.len().saturating_sub(8);
        let inner = self.frames[near..].iter().rev().take_while(|frame| frame.kind != T::FStringStart);
        let left_open = inner.take_while(|frame| !fits(frame)).count();
        let index = self.frames.len() - left_open;
        let fits_outer = left_open < self.frames.len() - near && index > 0 && fits(&self.frames[index - 1]);
        let top = *self.frames.last().expect("the caller saw a frame");
        let (found, opener) = (self.source(span), self.source(top.span));
        let expected = closing_text(top.kind);
        let error = if fits_outer {
            let missing: String = self.frames[index..].iter().rev().map(|frame| closing_text(frame.kind)).collect();
            messages::inner_unclosed(span, found, top.span, opener, &missing)
        } else {
            messages::mismatched_closer(span, found, top.span, opener, expected)
        };
        self.error(error);
        if fits_outer {
            for _ in 0..left_open {
                self.close_silently(span.before());
            }
        }
        let top = *self.frames.last().expect("the fitting frame is still open");
        self.repaired.push(Span::new(top.span.start, span.end));
        self.tokens.push(Token { kind: top.kind.closer(), span });
        self.pop_frame();
    }

    /// Supplies the closer of the innermost frame.
    pub(super) fn close_silently(&mut self, at: Span) {
        if let Some(top) = self.frames.last() {
            let kind = top.kind.closer();
            self.tokens.push(Token { kind, span: Span::new(at.start, at.start) });
            self.pop_frame();
        }
    }

    /// A newline at `pos` while something is open.
    pub(super) fn newline_in_brackets(&mut self) {
        if self.open_line_strings > 0 {
            self.unclosed_field();
            return;
        }
        self.pos += 1;
        let width = self.bytes[self.pos..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let first = self.pos + width;
        let byte = self.bytes.get(first).copied().unwrap_or(b'\n');
        if matches!(byte, b'\n' | b'\r' | b'#') {
            self.pos = first;
            return;
        }
        let in_fstring = self.frames.iter().rev().take(4).any(|frame| frame.kind == T::FStringStart);
        let outdented = width as u32 <= self.frames[0].line_indent;
        if !in_fstring && self.begins_statement(first, outdented) {
            return self.recover_at_line();
        }
        // After a comma or an operator the expression must go on, however it is indented.
        let complete = self.last_kind().is_some_and(T::ends_operand);
        let closes = matches!(byte, b')' | b']' | b'}');
        if outdented && complete && self.suspect.is_none() && !in_fstring && !closes {
            self.suspect = Some(Suspect {
                pos: self.pos,
                tokens: self.tokens.len(),
                errors: self.errors.len(),
                repaired: self.repaired.len(),
                frames: self.frames.clone(),
            });
        }
        self.layout.line_indent = width as u32;
        self.pos = first;
    }

    /// Whether the line whose first word is at `first` can only be a statement.
    fn begins_statement(&self, first: usize, outdented: bool) -> bool {
        let length = self.bytes[first..].iter().take(9).take_while(|&&b| super::is_ascii_word(b)).count();
        let after = self.bytes.get(first + length).copied().unwrap_or(b'\n');
        match T::of_word(&self.bytes[first..first + length]) {
            T::Let
            | T::Def
            | T::Class
            | T::Struct
            | T::Enum
            | T::Import
            | T::Export
            | T::Return
            | T::While
            | T::Throw
            | T::Assert
            | T::Elif => after == b' ',
            T::Break | T::Continue | T::Pass => matches!(after, b'\n' | b'\r'),
            T::Try | T::Finally => after == b':',
            T::If | T::For | T::Else | T::Catch | T::Match | T::Case if outdented => {
                self.bytes[first..self.line_end(first)].trim_ascii_end().ends_with(b":")
            }
            _ => false,
        }
    }

    /// `pos` is at the start of a line that begins a statement although brackets are open.
    fn recover_at_line(&mut self) {
        if let Some(suspect) = self.suspect.take().filter(|_| self.rewinds < MAX_REWINDS) {
            self.rewind(suspect);
        }
        let line_start = self.pos;
        self.report_unclosed();
        self.end_logical_line(line_start - 1);
        self.start_line();
    }

    pub(super) fn unclosed_at_end(&mut self) {
        if let Some(suspect) = self.suspect.take().filter(|_| self.rewinds < MAX_REWINDS) {
            self.rewind(suspect);
            return self.recover_at_line();
        }
        self.report_unclosed();
    }

    fn rewind(&mut self, suspect: Suspect) {
        self.rewinds += 1;
        self.pos = suspect.pos;
        self.tokens.truncate(suspect.tokens);
        self.errors.truncate(suspect.errors);
        self.repaired.truncate(suspect.repaired);
        self.frames = suspect.frames;
        self.open_line_strings = 0;
        self.in_text = false;
    }

    /// Reports the open brackets as one mistake and closes them behind the last token.
    fn report_unclosed(&mut self) {
        let last = self.tokens.last().map_or(Span::new(self.base, self.base), |token| token.span);
        let at = last.after();
        let outer: Vec<_> = self.frames.iter().take(3).map(|f| (f.span, self.source(f.span).to_owned())).collect();
        let missing: String = self.frames.iter().rev().take(8).map(|frame| closing_text(frame.kind)).collect();
        let count = self.frames.len();
        self.error(messages::unclosed(&outer, count, at, &missing));
        self.repaired.push(Span::new(self.frames[0].span.start, self.at(self.pos)));
        while !self.frames.is_empty() {
            self.close_silently(at);
        }
    }

    pub(super) fn source(&self, span: Span) -> &str {
        let (start, end) = ((span.start - self.base) as usize, (span.end - self.base) as usize);
        &self.text[start..end]
    }
}

/// How the closer of `kind` is written.
fn closing_text(kind: T) -> &'static str {
    match kind {
        T::LParen => ")",
        T::LBracket => "]",
        T::FStringStart => "\"",
        _ => "}",
    }
}
