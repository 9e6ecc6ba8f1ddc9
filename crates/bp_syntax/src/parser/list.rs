//! Comma-separated lists and names.

use super::Parser;
use crate::ast::Ident;
use crate::messages::syntax;
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// Reads elements up to `closer` and takes it; a trailing comma is fine. Returns the closer.
    pub(super) fn list<E>(&mut self, closer: T, what: &str, mut element: impl FnMut(&mut Self) -> E) -> (Vec<E>, Span) {
        let mut elements = Vec::with_capacity(usize::from(!self.at(closer)));
        while !self.at(closer) && !self.panicking {
            let before = self.pos;
            elements.push(element(self));
            if self.eat(T::Comma).is_none() || self.pos == before {
                break;
            }
        }
        elements.shrink_to_fit();
        let close = self.close(closer, what);
        (elements, close)
    }

    /// A name that something is declared by. `role` says what: "a variable".
    pub(super) fn binding(&mut self, role: &str) -> Option<Ident> {
        match self.kind() {
            T::Ident => {
                let span = self.bump();
                if is_reserved_name(self.source(span)) {
                    self.report(syntax::reserved_word(span, self.source(span), role));
                }
                Some(self.intern(span))
            }
            kind if kind.is_keyword() => self.keyword_as_name(role),
            _ => {
                self.expected(&format!("a name for {role}"));
                None
            }
        }
    }

    /// A field, member, method or parameter: words that only begin statements may name those.
    pub(super) fn member(&mut self, role: &str) -> Option<Ident> {
        match self.kind() {
            kind if kind == T::Ident || kind.is_soft_keyword() => {
                let span = self.bump();
                Some(self.intern(span))
            }
            kind if kind.is_keyword() => self.keyword_as_name(role),
            _ => {
                self.expected(&format!("a name for {role}"));
                None
            }
        }
    }

    fn keyword_as_name(&mut self, role: &str) -> Option<Ident> {
        let error = syntax::reserved_word(self.span(), self.token_text(), role);
        // `let if x` is a slip of another sort than `let class = 1`.
        if matches!(self.kind_at(1), T::Ident | T::Int | T::Str) {
            self.fail(error);
            return None;
        }
        self.report(error);
        let span = self.bump();
        Some(self.intern(span))
    }

    /// A dotted path: `a`, `a.b.c`.
    pub(super) fn path(&mut self, role: &str) -> Option<Vec<Ident>> {
        let mut path = vec![self.member(role)?];
        while self.eat(T::Dot).is_some() {
            path.push(self.member(role)?);
        }
        Some(path)
    }
}

/// Names of types and of the receiver, which no variable, function or type may take.
fn is_reserved_name(text: &str) -> bool {
    matches!(text, "int" | "float" | "bool" | "str" | "void" | "self")
}
