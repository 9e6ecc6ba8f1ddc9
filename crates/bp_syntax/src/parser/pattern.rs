//! Patterns of `case`.

use super::Parser;
use crate::ast::{Expr, ExprKind, Ident, Pattern, PatternKind, TypeExpr, UnaryOp};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// A whole pattern: alternatives, and with commas a tuple.
    pub(super) fn pattern(&mut self) -> Pattern {
        let start = self.start();
        let first = self.alternatives();
        if !self.at(T::Comma) {
            return first;
        }
        let mut parts = vec![first];
        while self.eat(T::Comma).is_some() && !matches!(self.kind(), T::Colon | T::If) && !self.panicking {
            parts.push(self.alternatives());
        }
        Pattern { kind: PatternKind::Tuple(parts), span: self.span_from(start) }
    }

    fn alternatives(&mut self) -> Pattern {
        let start = self.start();
        let missing = self.error_pattern();
        let first = self.nested(missing, Self::one_pattern);
        if !matches!(self.kind(), T::Pipe | T::Or) {
            return first;
        }
        let mut parts = vec![first];
        while matches!(self.kind(), T::Pipe | T::Or) && !self.panicking {
            if self.at(T::Or) {
                self.report(foreign::operator_spelling(self.span(), "or", "|"));
            }
            self.bump();
            let missing = self.error_pattern();
            parts.push(self.nested(missing, Self::one_pattern));
        }
        Pattern { kind: PatternKind::Or(parts), span: self.span_from(start) }
    }

    fn error_pattern(&self) -> Pattern {
        let start = self.start();
        Pattern { kind: PatternKind::Error, span: Span::new(start, start) }
    }

    fn one_pattern(&mut self) -> Pattern {
        let start = self.start();
        let kind = match self.kind() {
            T::Ident => self.named_pattern(),
            T::LParen => {
                self.bump();
                let (mut parts, _) = self.list(T::RParen, "`,` or `)`", Self::alternatives);
                let one = parts.len() == 1 && self.tokens[self.pos - 2].kind != T::Comma;
                match parts.pop() {
                    Some(only) if one => only.kind,
                    last => {
                        parts.extend(last);
                        PatternKind::Tuple(parts)
                    }
                }
            }
            T::Int | T::Float | T::Str | T::True | T::False | T::Null | T::Minus | T::Plus => self.literal_pattern(),
            kind if kind.is_soft_keyword() => self.named_pattern(),
            _ => self.no_pattern(),
        };
        Pattern { kind, span: self.span_from(start) }
    }

    fn no_pattern(&mut self) -> PatternKind {
        if !self.panicking {
            let found = self.found();
            let span = if self.at(T::Newline) { self.gap() } else { self.span() };
            self.fail(syntax::bad_pattern(span, &found));
        }
        PatternKind::Error
    }

    fn literal_pattern(&mut self) -> PatternKind {
        let low = Box::new(self.range_end());
        self.range_or(low, PatternKind::Literal)
    }

    /// `low..high` if dots follow `low`, else what `otherwise` makes of it.
    fn range_or(&mut self, low: Box<Expr>, otherwise: fn(Box<Expr>) -> PatternKind) -> PatternKind {
        if !matches!(self.kind(), T::DotDot | T::DotDotEq | T::Ellipsis) {
            return otherwise(low);
        }
        let inclusive = self.at(T::DotDotEq);
        if self.at(T::Ellipsis) {
            self.report(foreign::operator_spelling(self.span(), "...", "..="));
        }
        self.bump();
        let high = Box::new(self.range_end());
        PatternKind::Range { low, high, inclusive }
    }

    /// A literal, possibly signed, or a constant's path.
    fn range_end(&mut self) -> Expr {
        let start = self.start();
        match self.kind() {
            T::Minus | T::Plus | T::Int | T::Float => self.signed_number(),
            T::Str | T::True | T::False | T::Null | T::Ident => {
                let mut expr = self.primary();
                while self.eat(T::Dot).is_some() {
                    let Some(field) = self.member("a constant") else { break };
                    let kind = ExprKind::Field { object: Box::new(expr), field, optional: false };
                    expr = Expr { kind, span: self.span_from(start) };
                }
                expr
            }
            _ => {
                self.expected("the end of the range");
                self.error_expr()
            }
        }
    }

    fn signed_number(&mut self) -> Expr {
        let start = self.start();
        if !matches!(self.kind(), T::Minus | T::Plus) {
            return self.primary();
        }
        if matches!(self.kind_at(1), T::Int | T::Float) {
            return self.unary();
        }
        self.bump();
        self.expected("a number");
        let op = UnaryOp::Neg;
        let operand = Box::new(self.error_expr());
        Expr { kind: ExprKind::Unary { op, operand }, span: self.span_from(start) }
    }

    /// A pattern that begins with a name.
    fn named_pattern(&mut self) -> PatternKind {
        let start = self.start();
        let first = self.span();
        if let Some(expr) = self.foreign_constant_pattern() {
            return PatternKind::Literal(Box::new(expr));
        }
        let Some(mut path) = self.path("a pattern") else { return PatternKind::Error };
        match self.kind() {
            T::LBrace => self.record_pattern(path, vec![]),
            T::LBracket => {
                self.bump();
                let (args, _) = self.list(T::RBracket, "`,` or `]`", Self::ty);
                match self.at(T::LBrace) {
                    true => self.record_pattern(path, args),
                    false => {
                        self.expected("the `{` of a pattern");
                        PatternKind::Error
                    }
                }
            }
            T::LParen => {
                let text = self.source(self.span_from(start));
                self.fail(syntax::call_pattern(self.span(), text));
                PatternKind::Error
            }
            T::DotDot | T::DotDotEq => {
                let low = Box::new(path_expr(&path));
                self.range_or(low, PatternKind::Literal)
            }
            _ if path.len() > 1 => PatternKind::Path(path),
            _ if self.source(first) == "_" => PatternKind::Wildcard,
            _ => PatternKind::Bind(path.pop().expect("a path has a first segment")),
        }
    }

    /// `{x: 0, y}` behind the path of a struct or class.
    fn record_pattern(&mut self, path: Vec<Ident>, args: Vec<TypeExpr>) -> PatternKind {
        self.bump();
        let (fields, _) = self.list(T::RBrace, "`,` or `}`", |p| {
            let name = p.member("a field")?;
            if p.at(T::Assign) {
                p.report(syntax::record_assign(p.span()));
                p.bump();
                return Some((name, Some(p.alternatives())));
            }
            let pattern = p.eat(T::Colon).map(|_| p.alternatives());
            Some((name, pattern))
        });
        PatternKind::Record { path, args, fields: fields.into_iter().flatten().collect() }
    }
}

/// A dotted path as an expression.
fn path_expr(path: &[Ident]) -> Expr {
    let first = path[0];
    let name = Expr { kind: ExprKind::Name(first.name), span: first.span };
    path[1..].iter().fold(name, |object, &field| {
        let span = object.span.to(field.span);
        Expr { kind: ExprKind::Field { object: Box::new(object), field, optional: false }, span }
    })
}
