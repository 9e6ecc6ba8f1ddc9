//! Operands, and what stands directly behind them: calls, indices, fields, record literals.

use super::Parser;
use super::signature::Params;
use crate::ast::{
    Arg, Comprehension, ComprehensionClause, ComprehensionElement, Expr, ExprKind, Ident, TypeExpr, TypeKind,
};
use crate::literal;
use crate::messages::{foreign, syntax};
use crate::parser::operators::Level;
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// An operand with everything that binds directly to it.
    pub(super) fn postfix(&mut self) -> Expr {
        let start = self.start();
        let mut expr = self.primary();
        loop {
            if self.panicking {
                return expr;
            }
            let at = self.span();
            let mut height = self.height;
            let kind = match self.kind() {
                T::LParen => self.call(expr, &mut height),
                T::LBracket => self.index(expr, &mut height),
                T::LBrace if is_record_type(&expr) => self.record_literal(expr, &mut height),
                T::Dot | T::QuestionDot => {
                    let optional = self.at(T::QuestionDot);
                    self.bump();
                    let Some(field) = self.member("a field or method") else {
                        return Expr { kind: ExprKind::Error, span: self.span_from(start) };
                    };
                    ExprKind::Field { object: Box::new(expr), field, optional }
                }
                T::Bang if !self.bang_begins_operand() => {
                    self.bump();
                    ExprKind::Unwrap(Box::new(expr))
                }
                _ => return expr,
            };
            expr = Expr { kind, span: self.span_from(start) };
            if !self.grow(height + 1, at) {
                return Expr { kind: ExprKind::Error, span: self.span_from(start) };
            }
        }
    }

    /// `x !y`: the `!` is a misspelt `not`, not an assertion about `x`.
    fn bang_begins_operand(&self) -> bool {
        let apart = self.tokens[self.pos - 1].span.end != self.start();
        let glued = self.span().end == self.span_at(1).start;
        apart && glued && matches!(self.kind_at(1), T::Ident | T::LParen | T::True | T::False)
    }

    /// `(a, name=b)` behind `callee`. Raises `height` to that of the highest part.
    fn call(&mut self, callee: Expr, height: &mut u32) -> ExprKind {
        let open = self.bump();
        let mut named = None;
        let (args, _) = self.nested((vec![], open), |p| {
            p.list(T::RParen, "`,` or `)`", |p| {
                let arg = p.arg(&mut named, open);
                *height = (*height).max(p.height);
                arg
            })
        });
        ExprKind::Call { callee: Box::new(callee), args }
    }

    fn arg(&mut self, named: &mut Option<Span>, open: Span) -> Arg {
        let start = self.start();
        if matches!(self.kind(), T::Star | T::StarStar) {
            let star = self.span();
            let error = if self.at(T::Star) { syntax::spread(star) } else { syntax::keyword_rest(star) };
            self.fail(error);
            return Arg { name: None, value: self.error_expr() };
        }
        let mut name = None;
        if self.kind_at(1) == T::Assign && (self.at(T::Ident) || self.kind().is_soft_keyword()) {
            name = self.member("an argument");
            self.bump();
        }
        let value = self.expr();
        match (name, *named) {
            (Some(name), _) => *named = Some(name.span),
            (None, Some(earlier)) => {
                let span = self.span_from(start);
                self.report(syntax::positional_after_named(span, earlier));
            }
            _ => {}
        }
        if self.at(T::For) && !self.panicking {
            self.generator(open, true);
        }
        Arg { name, value }
    }

    /// A comprehension's `for` in parentheses: reported and skipped.
    fn generator(&mut self, open: Span, in_call: bool) {
        let at = self.span();
        self.skip_to_closer();
        let close = self.span();
        self.fail(syntax::generator(at, open, close, in_call));
    }

    /// `[i]`, `[A, B]` or `[i:j:k]` behind `object`.
    fn index(&mut self, object: Expr, height: &mut u32) -> ExprKind {
        let open = self.bump();
        let object = Box::new(object);
        let missing = ExprKind::Error;
        self.nested(missing, |p| {
            if p.at(T::RBracket) {
                p.expected("an index");
                p.bump();
                return ExprKind::Error;
            }
            let start = p.start();
            let first = if p.at(T::Colon) { None } else { Some(p.tuple_expr()) };
            *height = (*height).max(p.height);
            if p.at(T::Colon) && !p.panicking {
                return p.slice(object, first, height);
            }
            let index = match first {
                Some(index) => Box::new(index),
                None => Box::new(Expr { kind: ExprKind::Error, span: Span::new(start, start) }),
            };
            p.close(T::RBracket, "`]`");
            let _ = open;
            ExprKind::Index { object, index }
        })
    }

    /// The rest of a slice, at its first colon.
    fn slice(&mut self, object: Box<Expr>, low: Option<Expr>, height: &mut u32) -> ExprKind {
        let mut parts = [None, None];
        for part in &mut parts {
            if self.eat(T::Colon).is_none() {
                break;
            }
            if !matches!(self.kind(), T::Colon | T::RBracket) {
                *part = Some(Box::new(self.expr()));
                *height = (*height).max(self.height);
            }
        }
        self.close(T::RBracket, "`:` or `]`");
        let [high, step] = parts;
        ExprKind::Slice { object, low: low.map(Box::new), high, step }
    }

    /// `{x: 1, y: 2}` behind the type `ty`.
    fn record_literal(&mut self, ty: Expr, height: &mut u32) -> ExprKind {
        let open = self.bump();
        let (fields, _) = self.nested((vec![], open), |p| {
            p.list(T::RBrace, "`,` or `}`", |p| {
                let field = p.record_field();
                *height = (*height).max(p.height);
                field
            })
        });
        ExprKind::Record { ty: Box::new(ty), fields: fields.into_iter().flatten().collect() }
    }

    fn record_field(&mut self) -> Option<(Ident, Expr)> {
        let name = self.member("a field")?;
        if self.at(T::Assign) {
            self.report(syntax::record_assign(self.span()));
            self.bump();
        } else if self.eat(T::Colon).is_none() {
            if !self.panicking {
                let found = self.found();
                let text = self.source(name.span);
                let ends = matches!(self.kind(), T::Comma | T::RBrace);
                self.fail(syntax::record_field_value(self.gap(), text, &found, ends));
            }
            return None;
        }
        Some((name, self.expr()))
    }

    pub(super) fn primary(&mut self) -> Expr {
        let span = self.span();
        self.height = 1;
        let kind = match self.kind() {
            T::Ident => return self.name(),
            T::Int => {
                self.bump();
                ExprKind::Int(literal::int(self.source(span), span, &mut self.errors))
            }
            T::Float => {
                self.bump();
                ExprKind::Float(literal::float(self.source(span), span, &mut self.errors))
            }
            T::Str => return self.strings(),
            T::FStringStart => return self.fstring(),
            T::True | T::False => ExprKind::Bool(self.bump_kind() == T::True),
            T::Null => {
                self.bump();
                ExprKind::Null
            }
            T::Super => {
                self.bump();
                self.called_super();
                ExprKind::Super
            }
            T::LParen => return self.parenthesised(),
            T::LBracket => return self.array(),
            T::LBrace => return self.map_or_set(),
            T::Fn => return self.lambda(),
            T::New if matches!(self.kind_at(1), T::Ident) => return self.new_object(),
            kind if kind.is_soft_keyword() => {
                self.bump();
                ExprKind::Name(self.intern(span).name)
            }
            _ => return self.no_operand(),
        };
        Expr { kind, span }
    }

    fn bump_kind(&mut self) -> T {
        let kind = self.kind();
        self.bump();
        kind
    }

    fn name(&mut self) -> Expr {
        let span = self.bump();
        let text = self.source(span);
        if let Some(expr) = self.foreign_name(text, span) {
            return expr;
        }
        Expr { kind: ExprKind::Name(self.names.intern(text)), span }
    }

    fn new_object(&mut self) -> Expr {
        let start = self.start();
        self.bump();
        let missing = self.error_expr();
        let call = self.nested(missing, Self::postfix);
        let span = self.span_from(start);
        self.grow(self.height + 1, span);
        if !matches!(call.kind, ExprKind::Call { .. } | ExprKind::Error) {
            return self.split_new(call, span);
        }
        Expr { kind: ExprKind::New(Box::new(call)), span }
    }

    /// `new` binds to the first call: `new A().f()` calls `f` on the object.
    fn split_new(&mut self, expr: Expr, span: Span) -> Expr {
        if !has_call(&expr) {
            self.report(foreign::new_without_call(span));
        }
        Expr { kind: expr.kind, span }
    }

    /// `(…)`: grouping or a tuple.
    fn parenthesised(&mut self) -> Expr {
        let start = self.start();
        let open = self.bump();
        if self.at(T::RParen) {
            self.bump();
            if self.at(T::FatArrow) {
                return self.arrow_function(start);
            }
            return Expr { kind: ExprKind::Tuple(vec![]), span: self.span_from(start) };
        }
        let missing = self.error_expr();
        let (mut inner, is_tuple) = self.nested((missing, false), Self::comma_expr);
        if self.at(T::For) && !self.panicking {
            self.generator(open, false);
        }
        if self.at(T::ColonAssign) && !self.panicking {
            self.fail(foreign::walrus(self.span()));
        }
        self.close(T::RParen, "`,` or `)`");
        if self.at(T::FatArrow) {
            return self.arrow_function(start);
        }
        if let Some(ty) = self.cast_type(open) {
            return self.c_cast(ty, start);
        }
        if is_tuple {
            inner.span = self.span_from(start);
        }
        inner
    }

    fn array(&mut self) -> Expr {
        let start = self.start();
        self.bump();
        let mut height = 0;
        let kind = self.nested(ExprKind::Error, |p| {
            let mut elements = vec![];
            while !p.at(T::RBracket) && !p.panicking {
                if matches!(p.kind(), T::Star | T::StarStar) {
                    p.fail(syntax::spread(p.span()));
                    break;
                }
                let element = p.expr();
                height = height.max(p.height);
                if p.at(T::For) && elements.is_empty() {
                    let kind = p.comprehension(ComprehensionElement::Array(element), &mut height);
                    p.close(T::RBracket, "`for`, `if` or `]`");
                    return kind;
                }
                elements.push(element);
                if p.eat(T::Comma).is_none() {
                    break;
                }
            }
            p.close(T::RBracket, "`,` or `]`");
            ExprKind::Array(elements)
        });
        let span = self.span_from(start);
        self.grow(height + 1, span);
        Expr { kind, span }
    }

    fn map_or_set(&mut self) -> Expr {
        let start = self.start();
        self.bump();
        let mut height = 0;
        let kind = self.nested(ExprKind::Error, |p| p.entries(&mut height));
        let span = self.span_from(start);
        self.grow(height + 1, span);
        Expr { kind, span }
    }

    fn entries(&mut self, height: &mut u32) -> ExprKind {
        let (mut entries, mut elements) = (vec![], vec![]);
        while !self.at(T::RBrace) && !self.panicking {
            if matches!(self.kind(), T::Star | T::StarStar) {
                self.fail(syntax::spread(self.span()));
                break;
            }
            let first = entries.is_empty() && elements.is_empty();
            let key = self.expr();
            *height = (*height).max(self.height);
            let value = self.eat(T::Colon).map(|_| self.expr());
            *height = (*height).max(self.height);
            if self.at(T::For) && first && !self.panicking {
                let element = match value {
                    Some(value) => ComprehensionElement::Map(key, value),
                    None => ComprehensionElement::Set(key),
                };
                let kind = self.comprehension(element, height);
                self.close(T::RBrace, "`for`, `if` or `}`");
                return kind;
            }
            match value {
                Some(value) if elements.is_empty() => entries.push((key, value)),
                None if entries.is_empty() => elements.push(key),
                _ => self.report(syntax::mixed_map(key.span, !entries.is_empty())),
            }
            if self.eat(T::Comma).is_none() {
                break;
            }
        }
        self.close(T::RBrace, if elements.is_empty() { "`,` or `}`" } else { "`,`, `:` or `}`" });
        if elements.is_empty() { ExprKind::Map(entries) } else { ExprKind::Set(elements) }
    }

    /// The clauses behind a comprehension's element.
    fn comprehension(&mut self, element: ComprehensionElement, height: &mut u32) -> ExprKind {
        let mut clauses = vec![];
        while !self.panicking {
            if self.eat(T::For).is_some() {
                let Some(target) = self.for_target() else { break };
                if self.expect(T::In, "`in`").is_none() {
                    break;
                }
                let iter = self.binary(Level::Coalesce);
                clauses.push(ComprehensionClause::For { target, iter });
            } else if self.eat(T::If).is_some() {
                clauses.push(ComprehensionClause::If(self.binary(Level::Coalesce)));
            } else {
                break;
            }
            *height = (*height).max(self.height);
        }
        ExprKind::Comprehension(Box::new(Comprehension { element, clauses }))
    }

    /// `fn(x: int) -> int: body`, or a function type `fn(int) -> int` as type argument.
    fn lambda(&mut self) -> Expr {
        let start = self.start();
        self.bump();
        if self.at(T::LParen) && self.is_function_type() {
            let kind = self.function_type();
            let span = self.span_from(start);
            return Expr { kind: ExprKind::Type(Box::new(TypeExpr { kind, span })), span };
        }
        if self.expect(T::LParen, "`(` and the parameters").is_none() {
            return self.error_expr();
        }
        let params = self.params(T::RParen, Params::Lambda);
        let result = self.eat(T::Arrow).map(|_| Box::new(self.ty()));
        let untyped = params.iter().all(|param| param.ty.is_none() && param.default.is_none() && !param.rest);
        if untyped && !self.panicking && matches!(self.kind(), T::RBracket | T::Comma | T::RParen | T::Question) {
            let named = |name| TypeExpr { kind: TypeKind::Named { path: vec![name], args: vec![] }, span: name.span };
            let params = params.into_iter().map(|param| named(param.name)).collect();
            let span = self.span_from(start);
            let kind = TypeKind::Function { params, result };
            return Expr { kind: ExprKind::Type(Box::new(TypeExpr { kind, span })), span };
        }
        if self.at(T::FatArrow) {
            self.report(foreign::arrow_body(self.span()));
            self.bump();
        } else if self.eat(T::Colon).is_none() {
            self.expected("`:` and the value of the function");
            return self.error_expr();
        }
        if self.at(T::Newline) {
            self.fail(foreign::multi_line_lambda(self.gap()));
        }
        let missing = self.error_expr();
        let body = Box::new(self.nested(missing, Self::expr));
        let span = self.span_from(start);
        self.grow(self.height + 1, span);
        Expr { kind: ExprKind::Lambda { params, result, body }, span }
    }

    /// Whether the parentheses behind `fn` hold types that cannot be parameters.
    fn is_function_type(&self) -> bool {
        let (first, second) = (self.kind_at(1), self.kind_at(2));
        match first {
            T::LBracket | T::LBrace | T::LParen | T::Fn => true,
            T::Ident => matches!(second, T::LBracket | T::Question | T::Dot),
            _ => false,
        }
    }
}

/// Whether braces behind `expr` can only be a record literal's.
fn is_record_type(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Field { optional, .. } => !optional,
        ExprKind::Index { object, .. } => matches!(object.kind, ExprKind::Name(_) | ExprKind::Field { .. }),
        _ => false,
    }
}

fn has_call(expr: &Expr) -> bool {
    let mut expr = expr;
    loop {
        expr = match &expr.kind {
            ExprKind::Call { .. } | ExprKind::Error => return true,
            ExprKind::Field { object, .. } | ExprKind::Index { object, .. } | ExprKind::Slice { object, .. } => object,
            ExprKind::Unwrap(object) => object,
            _ => return false,
        };
    }
}
