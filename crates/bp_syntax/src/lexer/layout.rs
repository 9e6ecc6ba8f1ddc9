//! Lines and indentation.

use super::{DocComment, Lexer};
use crate::messages::lexical as messages;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// A tab counts as this many columns where tabs and spaces meet, which is an error anyway.
const TAB_COLUMNS: u32 = 4;

/// What the lexer knows about the file's indentation.
#[derive(Default, Debug)]
pub(super) struct Layout {
    /// Widths of the open blocks, increasing; the outermost 0 is left out.
    indents: Vec<u32>,
    /// Width of the current line.
    pub(super) line_indent: u32,
    /// Index of the first token of the current logical line.
    pub(super) line_token: usize,
    /// The byte that indents this file and where it was first used.
    style: Option<(u8, Span)>,
    /// Set once a mixture was reported: later complaints would be its echo.
    mixed: bool,
    /// The `##` lines directly above, if any.
    doc: Option<Span>,
}

impl Lexer<'_> {
    /// Handles a newline that `pos` is at.
    pub(super) fn newline(&mut self) {
        if self.frames.is_empty() {
            let start = self.pos;
            self.pos += 1;
            self.end_logical_line(start);
            self.start_line();
        } else {
            self.newline_in_brackets();
        }
    }

    /// Emits `Newline` unless the line held no token.
    pub(super) fn end_logical_line(&mut self, at: usize) {
        if self.tokens.len() > self.layout.line_token {
            let span = Span::new(self.at(at), self.at(at));
            self.tokens.push(Token { kind: TokenKind::Newline, span });
        }
    }

    /// Skips blank and comment lines, then emits the layout in front of the next line's tokens.
    pub(super) fn start_line(&mut self) {
        self.layout.doc = None;
        loop {
            let start = self.pos;
            let first = self.bytes[start..].iter().position(|b| !matches!(b, b' ' | b'\t'));
            let Some(first) = first.map(|offset| start + offset) else {
                self.pos = self.bytes.len();
                self.layout.line_token = self.tokens.len();
                return;
            };
            match self.bytes[first] {
                b'\n' => {
                    self.layout.doc = None;
                    self.pos = first + 1;
                }
                b'\r' if self.bytes.get(first + 1) == Some(&b'\n') => {
                    self.layout.doc = None;
                    self.pos = first + 2;
                }
                b'#' => self.comment_line(first),
                _ => {
                    self.pos = first;
                    return self.indentation(start);
                }
            }
        }
    }

    fn comment_line(&mut self, first: usize) {
        let end = self.line_end(first);
        let span = Span::new(self.at(first), self.at(end));
        let is_doc = self.bytes[first..].starts_with(b"##");
        let above = self.layout.doc.filter(|_| is_doc);
        self.layout.doc = is_doc.then(|| above.map_or(span, |above| above.to(span)));
        self.pos = match self.bytes.get(end) {
            Some(b'\r') => end + 2,
            Some(_) => end + 1,
            None => end,
        };
    }

    /// Compares the width of the line's indentation, which began at `start`, with the open blocks.
    fn indentation(&mut self, start: usize) {
        let width = self.width(start);
        self.layout.line_indent = width;
        let top = self.layout.indents.last().copied().unwrap_or(0);
        if width > top {
            self.layout.indents.push(width);
            self.push(TokenKind::Indent, start);
        } else if width < top {
            self.dedent(width, start);
        }
        self.layout.line_token = self.tokens.len();
        if let Some(span) = self.layout.doc.take() {
            self.docs.push(DocComment { token: self.tokens.len() as u32, span });
        }
    }

    fn dedent(&mut self, width: u32, start: usize) {
        let mut left = 0;
        while let Some(&top) = self.layout.indents.last().filter(|&&top| top > width) {
            left = top;
            self.layout.indents.pop();
            let here = Span::new(self.at(start), self.at(start));
            self.tokens.push(Token { kind: TokenKind::Dedent, span: here });
        }
        let outer = self.layout.indents.last().copied().unwrap_or(0);
        if outer != width && !self.layout.mixed {
            let span = self.span_from(start);
            self.error(messages::inconsistent_dedent(span, width, outer, left));
        }
    }

    /// The width of the indentation from `start` to `pos`, in columns.
    fn width(&mut self, start: usize) -> u32 {
        let indentation = &self.bytes[start..self.pos];
        let Some(&first) = indentation.first() else { return 0 };
        let uniform = indentation.iter().all(|&byte| byte == first);
        let span = self.span_from(start);
        let (style, style_span) = *self.layout.style.get_or_insert((first, span));
        if (!uniform || first != style) && !self.layout.mixed {
            self.layout.mixed = true;
            self.error(messages::mixed_indentation(span, style == b'\t', uniform, style_span));
        }
        if uniform && !self.layout.mixed {
            return indentation.len() as u32;
        }
        let tab = if self.layout.style.is_some_and(|(style, _)| style == b'\t') { 1 } else { TAB_COLUMNS };
        self.bytes[start..self.pos].iter().map(|&byte| if byte == b'\t' { tab } else { 1 }).sum()
    }

    /// Ends the file: closes what is open. False, as there is nothing more to read.
    pub(super) fn at_end(&mut self) -> bool {
        if !self.frames.is_empty() {
            self.unclosed_at_end();
            return true;
        }
        let end = self.bytes.len();
        self.end_logical_line(end);
        let span = Span::new(self.at(end), self.at(end));
        for _ in self.layout.indents.drain(..) {
            self.tokens.push(Token { kind: TokenKind::Dedent, span });
        }
        self.tokens.push(Token { kind: TokenKind::Eof, span });
        false
    }
}
