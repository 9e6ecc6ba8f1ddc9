//! Strings and f-strings.

use super::Parser;
use crate::ast::{Expr, ExprKind, FStringPart};
use crate::literal;
use crate::messages::syntax;
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// A string literal; further ones directly behind it are reported and dropped.
    pub(super) fn strings(&mut self) -> Expr {
        let span = self.bump();
        let text = literal::string(self.source(span), span.start, &mut self.errors);
        self.adjacent_strings();
        Expr { kind: ExprKind::Str(text), span }
    }

    fn adjacent_strings(&mut self) {
        while matches!(self.kind(), T::Str | T::FStringStart) && !self.panicking {
            let gap = Span::new(self.previous().end, self.start());
            let second = self.span();
            self.report(syntax::adjacent_strings(gap, second));
            if self.eat(T::FStringStart).is_some() {
                self.skip_to_closer();
            }
            self.bump();
        }
    }

    pub(super) fn fstring(&mut self) -> Expr {
        let start = self.start();
        let open = self.bump();
        let raw = self.source(open).contains(['r', 'R']);
        let mut height = 0;
        let parts = self.nested(vec![], |p| p.fstring_parts(raw, &mut height));
        if !self.at(T::FStringEnd) {
            self.skip_to_closer();
        }
        self.eat(T::FStringEnd);
        let span = self.span_from(start);
        self.adjacent_strings();
        self.grow(height + 1, span);
        Expr { kind: ExprKind::FString(parts), span }
    }

    /// Text and fields, up to the end of the f-string or of a specification.
    fn fstring_parts(&mut self, raw: bool, height: &mut u32) -> Vec<FStringPart> {
        let mut parts = vec![];
        loop {
            match self.kind() {
                T::FStringText => {
                    let span = self.bump();
                    let text = literal::decode(self.source(span), span.start, raw, true, &mut self.errors);
                    parts.push(FStringPart::Text(text));
                }
                T::FieldOpen if !self.panicking => parts.extend(self.field(raw, height)),
                _ => return parts,
            }
        }
    }

    fn field(&mut self, raw: bool, height: &mut u32) -> Option<FStringPart> {
        let open = self.bump();
        let start = self.start();
        if self.at(T::FieldClose) {
            let span = open.to(self.bump());
            self.report(syntax::fstring_empty(span));
            return None;
        }
        let missing = self.error_expr();
        let value = Box::new(self.nested(missing, Self::tuple_expr));
        *height = (*height).max(self.height);
        let mut label = None;
        if self.eat(T::Assign).is_some() {
            // Spaces around the `=` are part of what is shown, as written.
            label = Some(self.source(Span::new(open.end.min(start), self.start())).into());
        }
        let mut spec_span = Span::new(self.start(), self.start());
        let mut spec = None;
        if self.eat(T::FieldColon).is_some() {
            let spec_start = self.start();
            spec = Some(self.nested(vec![], |p| p.fstring_parts(raw, height)));
            spec_span = Span::new(spec_start, self.start().max(spec_start));
        }
        if !self.at(T::FieldClose) {
            self.field_error(open, &value);
            self.skip_to_closer();
        }
        self.eat(T::FieldClose);
        Some(FStringPart::Expr { value, label, spec, spec_span })
    }

    /// Something stands between a field's expression and its `}`.
    fn field_error(&mut self, open: Span, value: &Expr) {
        if self.panicking {
            return;
        }
        let letter = self.token_text();
        let is_conversion = matches!(letter, "r" | "s" | "a") && self.tokens[self.pos - 1].kind == T::Bang;
        let error = if is_conversion && let ExprKind::Unwrap(inner) = &value.kind {
            let field = Span::new(open.end, self.span().end);
            syntax::fstring_conversion(self.span(), letter, self.source(inner.span), field)
        } else {
            syntax::fstring_field(self.span(), &self.found())
        };
        self.fail(error);
    }
}
