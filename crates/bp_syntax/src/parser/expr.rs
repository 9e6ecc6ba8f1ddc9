//! Expressions: operators in the order of the language's precedence table.

use super::Parser;
use super::operators::{Infix, Level, infix};
use crate::ast::{BinaryOp, CompareOp, Expr, ExprKind, TypeKind, UnaryOp};
use crate::literal::{MIN_MAGNITUDE, int_magnitude};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// An expression without top-level commas.
    pub(super) fn expr(&mut self) -> Expr {
        let start = self.start();
        let then = self.binary(Level::Coalesce);
        match self.kind() {
            T::If => self.conditional(then, start),
            T::Question if !self.panicking => self.question(then, start),
            _ => then,
        }
    }

    /// An expression or, with commas, a tuple of them.
    pub(super) fn tuple_expr(&mut self) -> Expr {
        self.comma_expr().0
    }

    /// Like [`Self::tuple_expr`]; also says whether there was a comma.
    pub(super) fn comma_expr(&mut self) -> (Expr, bool) {
        let start = self.start();
        let first = self.expr();
        if !self.at(T::Comma) {
            return (first, false);
        }
        let mut height = self.height;
        let mut parts = vec![first];
        while self.eat(T::Comma).is_some() {
            if matches!(self.kind(), T::Newline | T::Eof | T::Assign | T::RParen | T::RBracket | T::RBrace)
                || self.panicking
            {
                break;
            }
            parts.push(self.expr());
            height = height.max(self.height);
        }
        self.height = height + 1;
        (Expr { kind: ExprKind::Tuple(parts), span: self.span_from(start) }, true)
    }

    pub(super) fn error_expr(&self) -> Expr {
        let start = self.start();
        Expr { kind: ExprKind::Error, span: Span::new(start, start) }
    }

    /// `then if cond else otherwise`, at the `if`.
    fn conditional(&mut self, then: Expr, start: u32) -> Expr {
        let head = self.bump();
        let mut height = self.height;
        let cond = self.binary(Level::Coalesce);
        height = height.max(self.height);
        if self.eat(T::Else).is_none() {
            if !self.panicking {
                let error = syntax::missing_else(self.gap(), head);
                self.fail(error);
            }
            return Expr { kind: ExprKind::Error, span: self.span_from(start) };
        }
        let missing = self.error_expr();
        let otherwise = self.nested(missing, Self::expr);
        self.grow(height.max(self.height) + 1, head);
        let (cond, then, otherwise) = (Box::new(cond), Box::new(then), Box::new(otherwise));
        Expr { kind: ExprKind::If { cond, then, otherwise }, span: self.span_from(start) }
    }

    /// Operators of `level` and tighter.
    pub(super) fn binary(&mut self, level: Level) -> Expr {
        let start = self.start();
        let mut lhs = if self.at(T::Not) { self.not(level) } else { self.cast() };
        loop {
            let (kind, next) = (self.kind(), self.kind_at(1));
            let Some((found, operator)) = infix(kind, next) else { return lhs };
            if found < level || self.panicking {
                return lhs;
            }
            lhs = match operator {
                Infix::Compare(_) => self.comparison(lhs, start),
                _ => self.operation(lhs, start, found, operator),
            };
        }
    }

    fn operation(&mut self, lhs: Expr, start: u32, level: Level, operator: Infix) -> Expr {
        let left = self.height;
        let op_span = self.bump();
        let rhs = self.binary(level.tighter());
        if !self.grow(left.max(self.height) + 1, op_span) {
            return Expr { kind: ExprKind::Error, span: self.span_from(start) };
        }
        let (lhs, rhs) = (Box::new(lhs), Box::new(rhs));
        let kind = match operator {
            Infix::Binary(op) => ExprKind::Binary { op, op_span, lhs, rhs },
            Infix::Logical(op) => ExprKind::Logical { op, lhs, rhs },
            Infix::Compare(_) => unreachable!("comparisons chain and are read by `comparison`"),
        };
        Expr { kind, span: self.span_from(start) }
    }

    /// A chain of comparisons behind its first operand.
    fn comparison(&mut self, first: Expr, start: u32) -> Expr {
        let mut height = self.height;
        let at = self.span();
        let mut rest = Vec::with_capacity(1);
        while let Some((_, Infix::Compare(op))) = infix(self.kind(), self.kind_at(1)) {
            if self.panicking {
                break;
            }
            let mut op_span = self.bump();
            if matches!(op, CompareOp::NotIn | CompareOp::IsNot) {
                op_span = op_span.to(self.bump());
            }
            let is_test = matches!(op, CompareOp::Is | CompareOp::IsNot);
            let rhs = if is_test { self.is_operand() } else { self.binary(Level::BitOr) };
            height = height.max(self.height);
            rest.push((op, op_span, rhs));
        }
        self.grow(height + 1, at);
        let first = Box::new(first);
        Expr { kind: ExprKind::Compare { first, rest }, span: self.span_from(start) }
    }

    /// The right side of `is`: a value, or a type that could not be read as one.
    fn is_operand(&mut self) -> Expr {
        if !matches!(self.kind(), T::LBrace | T::LBracket | T::Fn) {
            return self.binary(Level::BitOr);
        }
        let ty = self.ty();
        self.height = 1;
        Expr { span: ty.span, kind: ExprKind::Type(Box::new(ty)) }
    }

    /// `not operand`, at the `not`; `level` is what the surroundings ask for.
    fn not(&mut self, level: Level) -> Expr {
        let start = self.start();
        self.bump();
        let missing = self.error_expr();
        let operand_level = if level > Level::Not { Level::Prefix } else { Level::Not };
        let operand = self.nested(missing, |p| p.binary(operand_level));
        let span = self.span_from(start);
        if level > Level::Not {
            self.report(syntax::not_needs_parentheses(span));
        }
        self.grow(self.height + 1, span);
        Expr { kind: ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(operand) }, span }
    }

    /// `value as T`, binding tighter than infix operators.
    fn cast(&mut self) -> Expr {
        let start = self.start();
        let mut value = self.unary();
        while self.at(T::As) && !self.panicking {
            let at = self.bump();
            let ty = Box::new(self.ty());
            self.grow(self.height + 1, at);
            value = Expr { kind: ExprKind::Cast { value: Box::new(value), ty }, span: self.span_from(start) };
        }
        value
    }

    pub(super) fn unary(&mut self) -> Expr {
        let op = match self.kind() {
            T::Minus => UnaryOp::Neg,
            T::Plus => UnaryOp::Plus,
            T::Tilde => UnaryOp::BitNot,
            T::Bang => {
                let bang = self.span();
                self.report(foreign::bang(bang));
                UnaryOp::Not
            }
            _ => return self.power(),
        };
        let start = self.start();
        let at = self.bump();
        if op == UnaryOp::Neg && self.at(T::Int) && self.is_smallest_int() {
            self.bump();
            self.height = 1;
            return Expr { kind: ExprKind::Int(i64::MIN), span: self.span_from(start) };
        }
        let missing = self.error_expr();
        let operand = self.nested(missing, Self::unary);
        self.grow(self.height + 1, at);
        Expr { kind: ExprKind::Unary { op, operand: Box::new(operand) }, span: self.span_from(start) }
    }

    /// Whether the integer here fits only together with the minus before it.
    fn is_smallest_int(&self) -> bool {
        let postfix =
            matches!(self.kind_at(1), T::StarStar | T::Dot | T::LBracket | T::LParen | T::QuestionDot | T::Bang);
        !postfix && int_magnitude(self.token_text()) == Some(MIN_MAGNITUDE)
    }

    /// `base ** exponent`; the exponent may have a sign, and binds to the right.
    fn power(&mut self) -> Expr {
        let start = self.start();
        let base = self.postfix();
        if !self.at(T::StarStar) {
            return base;
        }
        let left = self.height;
        let op_span = self.bump();
        let missing = self.error_expr();
        let exponent = self.nested(missing, Self::unary);
        self.grow(left.max(self.height) + 1, op_span);
        let (lhs, rhs) = (Box::new(base), Box::new(exponent));
        Expr { kind: ExprKind::Binary { op: BinaryOp::Pow, op_span, lhs, rhs }, span: self.span_from(start) }
    }

    /// A `?` behind an expression: an optional type as type argument, or another language's choice.
    fn question(&mut self, value: Expr, start: u32) -> Expr {
        let question = self.span();
        let is_elvis =
            self.kind_at(1) == T::Colon && question.end == self.span_at(1).start && self.kind_at(2) != T::Newline;
        if is_elvis {
            return self.foreign_choice(value, start);
        }
        let type_follows = matches!(
            self.kind_at(1),
            T::RBracket | T::RParen | T::RBrace | T::Comma | T::Newline | T::Colon | T::Arrow | T::Eof | T::And | T::Or
        );
        if !type_follows {
            return self.foreign_choice(value, start);
        }
        self.bump();
        match into_type(value) {
            Some(ty) => {
                let span = self.span_from(start);
                let kind = TypeKind::Optional(Box::new(ty));
                Expr { kind: ExprKind::Type(Box::new(crate::ast::TypeExpr { kind, span })), span }
            }
            None => {
                self.fail(syntax::not_a_type(question));
                Expr { kind: ExprKind::Error, span: self.span_from(start) }
            }
        }
    }
}

/// The type that an expression spells, if it could be one.
pub(super) fn into_type(expr: Expr) -> Option<crate::ast::TypeExpr> {
    let kind = match expr.kind {
        ExprKind::Name(name) => {
            let path = vec![crate::ast::Ident { name, span: expr.span }];
            TypeKind::Named { path, args: vec![] }
        }
        ExprKind::Field { object, field, optional: false } => match into_type(*object)?.kind {
            TypeKind::Named { mut path, args } if args.is_empty() => {
                path.push(field);
                TypeKind::Named { path, args }
            }
            _ => return None,
        },
        ExprKind::Index { object, index } => match into_type(*object)?.kind {
            TypeKind::Named { path, args } if args.is_empty() => {
                let args = match index.kind {
                    ExprKind::Tuple(parts) => parts.into_iter().map(into_type).collect::<Option<_>>()?,
                    _ => vec![into_type(*index)?],
                };
                TypeKind::Named { path, args }
            }
            _ => return None,
        },
        ExprKind::Array(mut elements) if elements.len() == 1 => TypeKind::Array(Box::new(into_type(elements.pop()?)?)),
        ExprKind::Set(mut elements) if elements.len() == 1 => TypeKind::Set(Box::new(into_type(elements.pop()?)?)),
        ExprKind::Map(mut entries) if entries.len() == 1 => {
            let (key, value) = entries.pop()?;
            TypeKind::Map(Box::new(into_type(key)?), Box::new(into_type(value)?))
        }
        ExprKind::Tuple(parts) => TypeKind::Tuple(parts.into_iter().map(into_type).collect::<Option<_>>()?),
        ExprKind::Type(ty) => ty.kind,
        _ => return None,
    };
    Some(crate::ast::TypeExpr { kind, span: expr.span })
}
