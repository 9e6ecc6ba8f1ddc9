//! Text to tokens, layout included.
//!
//! Invariants: those of [`crate::token`], for every input. Work is linear in the text: each byte
//! is looked at a bounded number of times ([`MAX_REWINDS`] bounds the re-reading that finds where
//! a bracket should have been closed).
//!
//! Absence: literals are delimited and checked for shape here, but decoded in [`crate::literal`].

mod braces;
mod brackets;
mod layout;
mod number;
mod operator;
mod string;

use crate::diagnostic::Diagnostic;
use crate::messages::lexical as messages;
use crate::source::{REPLACED, SourceFile};
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// How often one file may be re-read from where a bracket was probably meant to close.
const MAX_REWINDS: u32 = 16;

/// What the lexer found in one file.
#[derive(Debug)]
pub struct Lexed {
    /// The tokens, `Eof` last.
    pub tokens: Vec<Token>,
    /// The `##` comments that stand directly above a token.
    pub docs: Vec<DocComment>,
    /// What was wrong, in no particular order.
    pub errors: Vec<Diagnostic>,
    /// Stretches whose brackets were repaired: the parser's opinion on them is not worth much.
    pub repaired: Vec<Span>,
}

/// A run of `##` lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DocComment {
    /// Index of the token below it.
    pub token: u32,
    /// From the first `##` to the end of the last line.
    pub span: Span,
}

/// Splits `file` into tokens.
pub fn lex(file: &SourceFile) -> Lexed {
    let text = file.text();
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        pos: 0,
        base: file.base(),
        tokens: Vec::with_capacity(text.len() / 4 + 8),
        docs: vec![],
        errors: vec![],
        repaired: vec![],
        frames: vec![],
        in_text: false,
        open_line_strings: 0,
        layout: layout::Layout::default(),
        suspect: None,
        rewinds: 0,
        braces: vec![],
    };
    lexer.run();
    let Lexer { tokens, docs, errors, repaired, .. } = lexer;
    Lexed { tokens, docs, errors, repaired }
}

/// Something that is open and must be closed.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// `LParen`, `LBracket`, `LBrace`, `FStringStart` or `FieldOpen`.
    kind: TokenKind,
    /// The opening token.
    span: Span,
    /// Indentation of the line the opener stands on.
    line_indent: u32,
    /// For f-strings: how it is delimited. Their fields inherit it.
    quote: string::Quote,
    /// For fields of f-strings: whether the format specification has begun.
    in_spec: bool,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    base: u32,
    tokens: Vec<Token>,
    docs: Vec<DocComment>,
    errors: Vec<Diagnostic>,
    repaired: Vec<Span>,
    frames: Vec<Frame>,
    /// Whether the innermost frame reads f-string text instead of tokens.
    in_text: bool,
    /// How many f-strings that must end on their line are open.
    open_line_strings: u32,
    layout: layout::Layout,
    suspect: Option<brackets::Suspect>,
    rewinds: u32,
    braces: Vec<braces::BraceBlock>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.pos = 3;
        }
        self.start_line();
        loop {
            if self.in_text {
                self.fstring_text();
            } else if !self.token() {
                break;
            }
        }
    }

    /// Reads one token or layout. False at the end of the file.
    fn token(&mut self) -> bool {
        let start = self.pos;
        let Some(&byte) = self.bytes.get(start) else { return self.at_end() };
        match byte {
            b' ' | b'\t' => self.pos += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'0'..=b'9' => self.number(),
            b'\n' => self.newline(),
            b'\r' if self.peek(1) == b'\n' => {
                self.pos += 1;
                self.newline();
            }
            b'#' => self.skip_to_line_end(),
            b'"' | b'\'' => self.string(string::Prefix::default()),
            b'(' => self.open(TokenKind::LParen),
            b'[' => self.open(TokenKind::LBracket),
            b'{' => self.open_brace(),
            b')' => self.close(TokenKind::RParen),
            b']' => self.close(TokenKind::RBracket),
            b'}' => self.close_brace(),
            b'\\' => self.continuation(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            0x80.. => self.non_ascii(),
            _ => self.operator(byte),
        }
        true
    }

    fn word(&mut self) {
        let start = self.pos;
        let mut at = start + 1;
        while at < self.bytes.len() && is_ascii_word(self.bytes[at]) {
            at += 1;
        }
        if at < self.bytes.len() && self.bytes[at] >= 0x80 {
            at = self.end_of_word(at);
        }
        self.pos = at;
        if at < self.bytes.len() && matches!(self.bytes[at], b'"' | b'\'') && at - start <= 2 {
            return self.prefixed_string(start);
        }
        let kind = TokenKind::of_word(&self.bytes[start..at]);
        self.push(kind, start);
    }

    /// The end of a word whose part before `at` is known to belong to it.
    fn end_of_word(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| !unicode_ident::is_xid_continue(c));
        at + end.unwrap_or(rest.len())
    }

    fn non_ascii(&mut self) {
        let start = self.pos;
        let c = self.text[start..].chars().next().expect("a byte of 0x80 or more begins a character here");
        self.pos += c.len_utf8();
        if unicode_ident::is_xid_start(c) {
            self.pos = self.end_of_word(self.pos);
            return self.push(TokenKind::Ident, start);
        }
        self.odd_character(c, start);
    }

    /// Reports a character that belongs to no token, and acts as if its likely meaning stood there.
    fn odd_character(&mut self, c: char, start: usize) {
        if let Some(closer) = smart_quote_closer(c) {
            return self.smart_quoted(c, closer, start);
        }
        let span = self.span_from(start);
        let stands_for = messages::look_alike(c);
        self.error(messages::odd_character(span, c, stands_for));
        match stands_for {
            Some("-") => self.push(TokenKind::Minus, start),
            Some("*") => self.push(TokenKind::Star, start),
            Some("/") => self.push(TokenKind::Slash, start),
            Some("<=") => self.push(TokenKind::LessEq, start),
            Some(">=") => self.push(TokenKind::GreaterEq, start),
            Some("!=") => self.push(TokenKind::NotEq, start),
            Some("->") => self.push(TokenKind::Arrow, start),
            Some("...") => self.push(TokenKind::Ellipsis, start),
            Some(",") => self.push(TokenKind::Comma, start),
            Some(":") => self.push(TokenKind::Colon, start),
            _ => {}
        }
    }

    /// A string in typographic quotes: read as the string it was meant to be.
    fn smart_quoted(&mut self, open: char, close: char, start: usize) {
        let line_end = self.line_end(self.pos);
        let rest = &self.text[self.pos..line_end];
        let opening = self.span_from(start);
        let end = rest.char_indices().find(|&(_, c)| c == close || c == open);
        match end {
            Some((offset, c)) => {
                let closing = self.pos + offset;
                self.pos = closing + c.len_utf8();
                let closing = self.span_from(closing);
                self.error(messages::smart_quotes(opening, Some(closing)));
                self.push(TokenKind::Str, start);
            }
            None => self.error(messages::smart_quotes(opening, None)),
        }
    }

    /// `\` at the end of a line.
    fn continuation(&mut self) {
        let start = self.pos;
        let line_end = self.line_end(start);
        let blank = self.bytes[start + 1..line_end].iter().all(|b| matches!(b, b' ' | b'\t'));
        let span = Span::new(self.at(start), self.at(start + 1));
        self.pos += 1;
        if blank && line_end < self.bytes.len() {
            if line_end > start + 1 {
                let spaces = Span::new(self.at(start + 1), self.at(line_end));
                self.error(messages::space_after_backslash(span, spaces));
            }
            self.pos = line_end + usize::from(self.bytes[line_end] == b'\r') + 1;
        } else {
            self.error(messages::stray_backslash(span, blank));
        }
    }

    fn skip_to_line_end(&mut self) {
        self.pos = self.line_end(self.pos);
    }

    /// The offset of the `\n` or `\r\n` that ends the line `at` is on, or of the end of the file.
    fn line_end(&self, at: usize) -> usize {
        let end = memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |n| at + n);
        end - usize::from(end > at && end < self.bytes.len() && self.bytes[end - 1] == b'\r')
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.pos + ahead).copied().unwrap_or(0)
    }

    /// The position of an offset.
    fn at(&self, offset: usize) -> u32 {
        self.base + offset as u32
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(self.at(start), self.at(self.pos))
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let span = self.span_from(start);
        self.tokens.push(Token { kind, span });
    }

    fn last_kind(&self) -> Option<TokenKind> {
        self.tokens.last().map(|token| token.kind)
    }

    fn error(&mut self, error: Diagnostic) {
        // What is beyond the limit will not be shown anyway; the limit itself needs one more.
        if self.errors.len() < 4 * crate::limits::MAX_ERRORS {
            self.errors.push(error);
        }
    }

    /// A control character, or a byte that was not UTF-8 and has been reported as such.
    fn control_character(&mut self, byte: u8, start: usize) {
        self.pos += 1;
        if byte != REPLACED {
            self.odd_character(char::from(byte), start);
        }
    }
}

fn is_ascii_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The quote that closes what a typographic quote opens.
fn smart_quote_closer(c: char) -> Option<char> {
    match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' => Some('\u{201d}'),
        '\u{2018}' | '\u{2019}' => Some('\u{2019}'),
        '\u{ab}' => Some('\u{bb}'),
        _ => None,
    }
}
