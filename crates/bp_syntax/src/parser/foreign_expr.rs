//! Expressions and types of other languages: lambdas with another head, choices with `?`, casts, `T | None`.

use super::Parser;
use crate::ast::{Expr, ExprKind, TypeExpr, TypeKind};
use crate::messages::foreign;
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// `lambda x: e`, behind the word.
    pub(super) fn foreign_lambda(&mut self, span: Span) -> Expr {
        let start = span.start;
        let params_start = self.start();
        let mut params = vec![];
        while !self.at(T::Colon) && !self.panicking {
            let Some(name) = self.member("a parameter") else { break };
            let default = self.eat(T::Assign).map(|_| Box::new(self.expr()));
            let span = self.span_from(name.span.start);
            params.push(crate::ast::Param { name, ty: None, default, rest: false, span });
            if self.eat(T::Comma).is_none() {
                break;
            }
        }
        let text = self.source(Span::new(params_start, self.start().max(params_start))).trim();
        let head = Span::new(start, self.previous().end);
        if self.expect(T::Colon, "`:` and the value of the function").is_none() {
            return self.error_expr();
        }
        self.report(foreign::lambda(head, &format!("fn({text})")));
        let missing = self.error_expr();
        let body = Box::new(self.nested(missing, Self::expr));
        self.height += 1;
        Expr { kind: ExprKind::Lambda { params, result: None, body }, span: self.span_from(start) }
    }

    /// `x => e` or `(x, y) => e`, at the arrow; what is before it began at `start`.
    pub(super) fn arrow_function(&mut self, start: u32) -> Expr {
        let params = Span::new(start, self.previous().end);
        let arrow = self.bump();
        let body_start = self.start();
        let missing = self.error_expr();
        self.nested(missing, Self::expr);
        if !self.panicking {
            let text = self.source(params);
            let text = if text.starts_with('(') { text.to_owned() } else { format!("({text})") };
            let body = self.source(Span::new(body_start, self.previous().end.max(body_start)));
            let whole = Span::new(start, self.previous().end);
            let short = whole.len() < 200 && arrow.end <= body_start;
            self.report(foreign::arrow_function(whole, short.then(|| format!("fn{text}: {body}"))));
        }
        Expr { kind: ExprKind::Error, span: self.span_from(start) }
    }

    /// `c ? a : b`, at the `?`; the condition began at `start`.
    pub(super) fn foreign_choice(&mut self, cond: Expr, start: u32) -> Expr {
        let question = self.bump();
        if self.at(T::Colon) {
            self.fail(foreign::operator_spelling(question.to(self.span()), "?:", "??"));
            return Expr { kind: ExprKind::Error, span: self.span_from(start) };
        }
        let cond_text = self.source(Span::new(start, question.start)).trim_end();
        drop(cond);
        let missing = self.error_expr();
        let then_start = self.start();
        self.nested(missing, Self::expr);
        let then = Span::new(then_start, self.previous().end.max(then_start));
        let is_choice = !self.panicking && self.at(T::Colon);
        if !is_choice {
            self.fail(foreign::choice(question, question, None));
            return Expr { kind: ExprKind::Error, span: self.span_from(start) };
        }
        self.bump();
        let otherwise_start = self.start();
        let missing = self.error_expr();
        self.nested(missing, Self::expr);
        let otherwise = Span::new(otherwise_start, self.previous().end.max(otherwise_start));
        let whole = Span::new(start, otherwise.end);
        if !self.panicking {
            let (then, otherwise) = (self.source(then), self.source(otherwise));
            let fix = (whole.len() < 200).then(|| format!("{then} if {cond_text} else {otherwise}"));
            self.report(foreign::choice(question, whole, fix));
        }
        Expr { kind: ExprKind::Error, span: self.span_from(start) }
    }

    /// `super()` in front of a dot: reported, and read as `super`.
    pub(super) fn called_super(&mut self) {
        if self.at(T::LParen) && self.kind_at(1) == T::RParen && self.kind_at(2) == T::Dot {
            let call = self.bump().to(self.bump());
            self.report(foreign::called_super(call));
        }
    }

    /// The type of a cast as in C, whose parentheses began with `open` and end here: an operand must follow.
    pub(super) fn cast_type(&self, open: Span) -> Option<&'static str> {
        if self.panicking || !self.begins_operand(0) {
            return None;
        }
        match self.source(Span::new(open.end, self.previous().start.max(open.end))).trim() {
            "int" | "long" | "long long" => Some("int"),
            "float" | "double" => Some("float"),
            "bool" => Some("bool"),
            "str" | "string" => Some("str"),
            _ => None,
        }
    }

    /// `(int) x`, behind the parentheses, which began at `start`; an operand follows.
    pub(super) fn c_cast(&mut self, ty: &str, start: u32) -> Expr {
        let operand_start = self.start();
        let missing = self.error_expr();
        self.nested(missing, Self::unary);
        let whole = self.span_from(start);
        if !self.panicking {
            let operand = self.source(Span::new(operand_start, whole.end));
            self.report(foreign::c_cast(whole, ty, operand));
        }
        Expr { kind: ExprKind::Error, span: whole }
    }

    /// Whether the token `ahead` is `null`, or what it is called elsewhere.
    pub(super) fn is_null(&self, ahead: usize) -> bool {
        match self.kind_at(ahead) {
            T::Null => true,
            T::Ident => matches!(self.source(self.span_at(ahead)), "None" | "nil" | "undefined"),
            _ => false,
        }
    }

    /// `T | None`, at the `|` behind `ty`, which began at `start`: reported, and read as `T?`.
    pub(super) fn null_alternative(&mut self, ty: TypeExpr, start: u32) -> TypeExpr {
        let gap = Span::new(self.previous().end, self.span_at(1).end);
        self.bump();
        self.bump();
        let is_optional = matches!(ty.kind, TypeKind::Optional(_));
        self.report(foreign::null_alternative(gap, self.source(ty.span), is_optional));
        let span = self.span_from(start);
        if is_optional { ty } else { TypeExpr { kind: TypeKind::Optional(Box::new(ty)), span } }
    }
}
