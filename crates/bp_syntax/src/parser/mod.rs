//! Tokens to syntax tree, by recursive descent.
//!
//! Invariants: every loop consumes a token per round or ends; a mistake is reported once, where it
//! is seen first: after [`Parser::fail`] the parser is silent until the next statement, after
//! [`Parser::report`] (for mistakes whose meaning is clear) it goes on as if nothing were wrong.
//!
//! Absence: no names are resolved. Words of other languages are recognised by the shape of the
//! statement around them, or where no declaration of the file can have introduced them.

mod control;
mod expr;
mod foreign;
mod foreign_expr;
mod item;
mod list;
mod operators;
mod pattern;
mod primary;
mod record;
mod report;
mod signature;
mod stmt;
mod string;
mod types;

use crate::ast::{Ident, Module};
use crate::diagnostic::{Diagnostic, in_order};
use crate::lexer::{DocComment, lex};
use crate::limits::{MAX_EXPR_HEIGHT, MAX_NESTING};
use crate::messages::{lexical, syntax};
use crate::name::{Name, Names};
use crate::source::{FileId, SourceFile, SourceMap};
use crate::span::Span;
use crate::token::{Token, TokenKind as T};

/// Free stack below which the parser moves to a new segment, and the size of one, in bytes.
const STACK_RED_ZONE: usize = 128 * 1024;
const STACK_SEGMENT: usize = 2 * 1024 * 1024;

/// Reads `file`. Returns everything that was understood, and the mistakes in text order.
pub fn parse(map: &SourceMap, file: FileId, names: &mut Names) -> (Module, Vec<Diagnostic>) {
    let source = map.file(file);
    let lexed = lex(source);
    let mut parser = Parser {
        source,
        text: source.text(),
        base: source.base(),
        tokens: &lexed.tokens,
        pos: 0,
        names,
        docs: &lexed.docs,
        next_doc: 0,
        errors: vec![],
        guessed_lines: report::lines_with_guesses(source, &lexed.errors),
        repaired: report::merged(lexed.repaired),
        panicking: false,
        failed_line: None,
        block_ended: false,
        colon_reported: false,
        skips_block: false,
        depth: 0,
        height: 0,
        declared: Default::default(),
        lost_names: vec![],
        lost_until: 0,
    };
    let items = parser.items();
    let mut errors = lexed.errors;
    errors.append(&mut parser.errors);
    let lost = report::lost(parser.lost_names, &errors);
    let module = Module { items, span: source.span(), lost };
    errors.extend(source.invalid().iter().map(|&span| lexical::invalid_utf8(span)));
    if source.is_too_large() {
        errors.push(lexical::file_too_large(source.span()));
    }
    (module, in_order(errors))
}

struct Parser<'a> {
    source: &'a SourceFile,
    text: &'a str,
    base: u32,
    tokens: &'a [Token],
    pos: usize,
    names: &'a mut Names,
    docs: &'a [DocComment],
    /// The first of `docs` that may still belong to a token ahead.
    next_doc: usize,
    errors: Vec<Diagnostic>,
    /// Lines on which the lexer had to guess, increasing.
    guessed_lines: Vec<u32>,
    /// Stretches in which the lexer repaired brackets, disjoint and increasing.
    repaired: Vec<Span>,
    /// Whether a mistake in the current statement was reported and nothing more should be.
    panicking: bool,
    /// Index of the token behind the last line that made no sense.
    failed_line: Option<usize>,
    /// Whether the statement just read ended with a block, so that its line is over.
    block_ended: bool,
    /// Whether the colon of the head just read is missing and a fix that writes it was offered.
    colon_reported: bool,
    /// Whether the block below a line that made no sense is skipped with it.
    skips_block: bool,
    /// Nesting of whatever is being read.
    depth: u32,
    /// Height of the expression read last.
    height: u32,
    /// Answers of [`Parser::is_declared`] so far.
    declared: rustc_hash::FxHashMap<&'a str, bool>,
    /// Names in lines that made no sense.
    lost_names: Vec<Name>,
    /// Index of the token up to which lost names were collected.
    lost_until: usize,
}

impl<'a> Parser<'a> {
    fn token(&self) -> Token {
        self.tokens[self.pos]
    }

    fn kind(&self) -> T {
        self.tokens[self.pos].kind
    }

    /// The kind of the token `ahead` places further on; `Eof` beyond the end.
    fn kind_at(&self, ahead: usize) -> T {
        self.tokens.get(self.pos + ahead).map_or(T::Eof, |token| token.kind)
    }

    fn span(&self) -> Span {
        self.tokens[self.pos].span
    }

    fn span_at(&self, ahead: usize) -> Span {
        self.tokens[(self.pos + ahead).min(self.tokens.len() - 1)].span
    }

    fn at(&self, kind: T) -> bool {
        self.kind() == kind
    }

    /// Takes the current token; `Eof` stays.
    fn bump(&mut self) -> Span {
        let span = self.span();
        if self.pos + 1 < self.tokens.len() {
            self.pos += 1;
        }
        span
    }

    fn eat(&mut self, kind: T) -> Option<Span> {
        self.at(kind).then(|| self.bump())
    }

    /// The span of the last token taken, layout left out.
    fn previous(&self) -> Span {
        let taken = self.tokens[..self.pos].iter().rev();
        let is_layout = |kind| matches!(kind, T::Newline | T::Indent | T::Dedent);
        let last = taken.map(|token| (token.kind, token.span)).find(|&(kind, _)| !is_layout(kind));
        last.map_or(Span::new(self.base, self.base), |(_, span)| span)
    }

    /// The empty place behind the last token taken.
    fn gap(&self) -> Span {
        self.previous().after()
    }

    /// From `start` to the end of the last token taken; never reversed.
    fn span_from(&self, start: u32) -> Span {
        Span::new(start, self.previous().end.max(start))
    }

    fn start(&self) -> u32 {
        self.span().start
    }

    fn source(&self, span: Span) -> &'a str {
        &self.text[(span.start - self.base) as usize..(span.end - self.base) as usize]
    }

    fn token_text(&self) -> &'a str {
        self.source(self.span())
    }

    fn text_at(&self, ahead: usize) -> &'a str {
        self.source(self.span_at(ahead))
    }

    fn intern(&mut self, span: Span) -> Ident {
        let text = self.source(span);
        Ident { name: self.names.intern(text), span }
    }

    /// Runs `read` one level deeper, or reports that this is too deep and returns `otherwise`.
    fn nested<R>(&mut self, otherwise: R, read: impl FnOnce(&mut Self) -> R) -> R {
        if self.depth >= MAX_NESTING {
            self.fail(syntax::nesting(self.span()));
            return otherwise;
        }
        self.depth += 1;
        let result = stacker::maybe_grow(STACK_RED_ZONE, STACK_SEGMENT, || read(self));
        self.depth -= 1;
        result
    }

    /// Records that the expression read last has `height`. False, and reported, if that is too much.
    fn grow(&mut self, height: u32, at: Span) -> bool {
        self.height = height;
        if height < MAX_EXPR_HEIGHT {
            return true;
        }
        self.fail(syntax::too_many_operators(at));
        false
    }

    /// The doc comment directly above the current token.
    fn doc(&mut self) -> Option<Box<str>> {
        while self.docs.get(self.next_doc).is_some_and(|doc| (doc.token as usize) < self.pos) {
            self.next_doc += 1;
        }
        let doc = self.docs.get(self.next_doc).filter(|doc| doc.token as usize == self.pos)?;
        let lines = self.source(doc.span).lines().map(|line| {
            let text = line.trim().trim_start_matches('#');
            text.strip_prefix(' ').unwrap_or(text)
        });
        Some(lines.collect::<Vec<_>>().join("\n").into())
    }
}
