//! Reporting mistakes without echoes, and getting back on track.

use super::Parser;
use crate::ast::Lost;
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_ERRORS;
use crate::messages::{foreign, syntax};
use crate::name::Name;
use crate::source::SourceFile;
use crate::span::Span;
use crate::token::TokenKind as T;

/// The lines on which the lexer had to guess or drop something, increasing. Foreign spellings with
/// an exact counterpart are not among them.
pub(super) fn lines_with_guesses(source: &SourceFile, errors: &[Diagnostic]) -> Vec<u32> {
    use Code::{Continuation, MismatchedCloser, OddCharacter, StrayCloser, UnclosedBracket, UnterminatedString};
    let guessed = errors.iter().filter(|error| {
        let guesses = [Continuation, MismatchedCloser, OddCharacter, StrayCloser, UnclosedBracket, UnterminatedString];
        guesses.contains(&error.code)
    });
    let mut lines: Vec<u32> = guessed.map(|error| source.line_of(error.span().start)).collect();
    lines.sort_unstable();
    lines
}

/// What later stages must not rely on after these mistakes.
pub(super) fn lost(mut names: Vec<Name>, errors: &[Diagnostic]) -> Lost {
    use Code as C;
    names.sort_unstable();
    names.dedup();
    let any = |codes: &[Code]| errors.iter().any(|error| codes.contains(&error.code));
    let layout = any(&[C::MixedIndentation, C::InconsistentDedent, C::UnexpectedIndent, C::MissingBlock, C::Misplaced]);
    let brackets =
        any(&[C::UnterminatedString, C::UnclosedBracket, C::MismatchedCloser, C::StrayCloser, C::BraceBlock]);
    Lost { statements: !names.is_empty() || layout || brackets || any(&[C::Expected, C::BadFString]), names, layout }
}

/// The union of `spans` as disjoint spans, increasing.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let overlaps = next.start <= kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
    spans
}

impl Parser<'_> {
    /// Reports a mistake whose meaning is clear: parsing goes on as if it were not there.
    pub(super) fn report(&mut self, error: Diagnostic) {
        if self.panicking || self.errors.len() >= 4 * MAX_ERRORS {
            return;
        }
        self.errors.push(error);
    }

    /// Reports that the current statement cannot be understood from here on.
    pub(super) fn fail(&mut self, error: Diagnostic) {
        if !self.panicking && !self.is_echo(error.span()) {
            self.report(error);
        }
        self.panicking = true;
    }

    /// Whether a failure at `span` probably follows from what the lexer has reported.
    fn is_echo(&self, span: Span) -> bool {
        let line = self.source.line_of(span.start);
        let same_line = self.guessed_lines.binary_search(&line).is_ok();
        let region = self.repaired.partition_point(|region| region.end < span.start);
        same_line || self.repaired.get(region).is_some_and(|region| region.start <= span.start)
    }

    /// How a message calls the current token.
    pub(super) fn found(&self) -> String {
        let text = self.token_text();
        match self.kind() {
            T::Ident => format!("`{}`", shorten(text)),
            T::Int | T::Float => format!("the number `{}`", shorten(text)),
            T::Str => "a string".to_owned(),
            kind if kind.is_keyword() => format!("the keyword `{text}`"),
            kind => kind.describe().to_owned(),
        }
    }

    /// Reports that `what` should stand here. What is missing at a line's end is marked there.
    pub(super) fn expected(&mut self, what: &str) {
        if self.panicking {
            return;
        }
        let found = self.found();
        let error = match self.kind() {
            T::Newline | T::Eof | T::Dedent | T::Indent => syntax::missing(self.gap(), what, &found),
            _ if self.span().is_empty() => syntax::missing(self.gap(), what, &found),
            _ => syntax::expected(self.span(), what, &found),
        };
        self.fail(error);
    }

    pub(super) fn expect(&mut self, kind: T, what: &str) -> Option<Span> {
        let taken = self.eat(kind);
        if taken.is_none() {
            self.expected(what);
        }
        taken
    }

    /// Takes the closer of a bracket; reports and skips what stands in front of it.
    pub(super) fn close(&mut self, closer: T, what: &str) -> Span {
        if !self.at(closer) {
            if !self.panicking {
                self.element_error(what);
            }
            self.skip_to_closer();
        }
        if self.at(closer) { self.bump() } else { self.gap() }
    }

    /// Something that is neither a comma nor the closer stands behind an element.
    fn element_error(&mut self, what: &str) {
        if let Some(error) = self.foreign_operator_here() {
            return self.fail(error);
        }
        let adjacent = self.tokens[self.pos - 1].kind.ends_operand();
        let begins = matches!(
            self.kind(),
            T::Ident | T::Int | T::Float | T::Str | T::FStringStart | T::True | T::False | T::Null
        );
        if adjacent && begins {
            let before = self.tokens[self.pos - 1].kind;
            if before == T::Ident
                && let Some(error) = foreign::word_in_expression(self.source(self.previous()), self.previous())
            {
                return self.fail(error);
            }
            return self.fail(syntax::missing_comma(self.gap(), self.span()));
        }
        self.expected(what);
    }

    /// Skips to the closer of the innermost open bracket, or to where the line ends.
    pub(super) fn skip_to_closer(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.kind() {
                T::Newline | T::Indent | T::Dedent | T::Eof => return,
                kind if kind.opens() => open += 1,
                kind if kind.closes() && open == 0 => return,
                kind if kind.closes() => open -= 1,
                _ => {}
            }
            self.bump();
        }
    }

    /// Skips the rest of the line, its end included, and listens again.
    pub(super) fn skip_line(&mut self) {
        while !matches!(self.kind(), T::Newline | T::Indent | T::Dedent | T::Eof) {
            self.bump();
        }
        self.lose_line();
        self.eat(T::Newline);
        self.panicking = false;
    }

    /// Notes the names of the line up to here: what they would have meant is lost.
    pub(super) fn lose_line(&mut self) {
        let mut at = self.pos;
        while at > self.lost_until && !matches!(self.tokens[at - 1].kind, T::Newline | T::Indent | T::Dedent) {
            at -= 1;
            if self.tokens[at].kind == T::Ident {
                let text = self.source(self.tokens[at].span);
                let name = self.names.intern(text);
                self.lost_names.push(name);
            }
        }
        self.lost_until = self.pos;
    }

    /// Skips an indented block, which the current token `Indent` begins.
    pub(super) fn skip_block(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.kind() {
                T::Indent => open += 1,
                T::Dedent => open = open.saturating_sub(1),
                T::Eof => return,
                _ => {}
            }
            self.bump();
            if open == 0 {
                return;
            }
        }
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
