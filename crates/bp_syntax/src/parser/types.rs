//! Written types.

use super::Parser;
use crate::ast::{Ident, TypeExpr, TypeKind, TypeParam};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

/// Most `[]` behind a type that are understood.
const MAX_SUFFIXES: usize = 8;

impl Parser<'_> {
    pub(super) fn ty(&mut self) -> TypeExpr {
        let start = self.start();
        let missing = TypeExpr { kind: TypeKind::Error, span: Span::new(start, start) };
        let mut ty = self.nested(missing, Self::plain_type);
        let mut optional = false;
        while matches!(self.kind(), T::Question | T::Coalesce) {
            let question = self.bump();
            if optional || self.tokens[self.pos - 1].kind == T::Coalesce {
                self.report(syntax::double_optional(question));
            }
            if !optional {
                let span = self.span_from(start);
                ty = TypeExpr { kind: TypeKind::Optional(Box::new(ty)), span };
            }
            optional = true;
        }
        if self.at(T::Pipe) && self.is_null(1) { self.null_alternative(ty, start) } else { ty }
    }

    fn plain_type(&mut self) -> TypeExpr {
        let start = self.start();
        let kind = match self.kind() {
            T::Ident => self.named_type(),
            T::Match | T::Case | T::Default | T::New | T::Extern => self.named_type(),
            T::LBracket => {
                self.bump();
                let element = self.ty();
                self.close(T::RBracket, "`]` after the element type");
                TypeKind::Array(Box::new(element))
            }
            T::LBrace => self.map_or_set_type(),
            T::LParen => {
                self.bump();
                let (mut members, _) = self.list(T::RParen, "`,` or `)`", Self::ty);
                let one = members.len() == 1 && self.tokens[self.pos - 2].kind != T::Comma;
                match members.pop() {
                    // Parentheses around one type only group: `(fn() -> int)?`.
                    Some(only) if one => only.kind,
                    last => {
                        members.extend(last);
                        TypeKind::Tuple(members)
                    }
                }
            }
            T::Fn => {
                self.bump();
                self.function_type()
            }
            _ => self.no_type(),
        };
        TypeExpr { kind, span: self.span_from(start) }
    }

    fn no_type(&mut self) -> TypeKind {
        if !self.panicking {
            let found = self.found();
            let span = if matches!(self.kind(), T::Newline | T::Eof) { self.gap() } else { self.span() };
            let error = match self.kind() {
                T::Null => foreign::null_type(span),
                _ => syntax::bad_type(span, &found),
            };
            self.fail(error);
        }
        TypeKind::Error
    }

    fn named_type(&mut self) -> TypeKind {
        let Some(path) = self.path("a type") else { return TypeKind::Error };
        let mut args = vec![];
        if self.at(T::LBracket) && self.kind_at(1) == T::RBracket {
            return self.suffixed_array(path);
        }
        if self.at(T::LBracket) {
            self.bump();
            (args, _) = self.list(T::RBracket, "`,` or `]`", Self::ty);
        } else if self.at(T::Less) && path.len() == 1 {
            self.angle_arguments(&path[0]);
        }
        TypeKind::Named { path, args }
    }

    /// `int[]` as in other languages: reported, and read as `[int]`.
    fn suffixed_array(&mut self, path: Vec<Ident>) -> TypeKind {
        let start = path.first().map_or(self.start(), |name| name.span.start);
        let element = self.span_from(start);
        let mut kind = TypeKind::Named { path, args: vec![] };
        let mut levels = 0;
        while self.at(T::LBracket) && self.kind_at(1) == T::RBracket {
            self.bump();
            self.bump();
            // Nested without recursion, and so without a limit of its own: beyond one the type is dropped.
            levels += 1;
            if levels <= MAX_SUFFIXES {
                kind = TypeKind::Array(Box::new(TypeExpr { kind, span: element }));
            }
        }
        let text = self.source(element);
        self.report(foreign::suffixed_array(self.span_from(start), text, levels.min(MAX_SUFFIXES)));
        kind
    }

    /// `List<int>` as in other languages: reported.
    fn angle_arguments(&mut self, name: &Ident) {
        let text = self.source(name.span);
        self.fail(foreign::angle_brackets(self.span(), text));
    }

    fn map_or_set_type(&mut self) -> TypeKind {
        self.bump();
        let first = self.ty();
        if self.eat(T::Colon).is_some() {
            let value = self.ty();
            self.close(T::RBrace, "`}` after the value type");
            return TypeKind::Map(Box::new(first), Box::new(value));
        }
        self.close(T::RBrace, "`:` and a value type, or `}`");
        TypeKind::Set(Box::new(first))
    }

    /// `(A, B) -> R` behind `fn`.
    pub(super) fn function_type(&mut self) -> TypeKind {
        if self.expect(T::LParen, "`(` and parameter types").is_none() {
            return TypeKind::Error;
        }
        let (params, _) = self.list(T::RParen, "`,` or `)`", Self::ty);
        let result = self.eat(T::Arrow).map(|_| Box::new(self.ty()));
        TypeKind::Function { params, result }
    }

    /// `[T, U: Bound]` behind the name of a declaration; empty if there is none.
    pub(super) fn type_params(&mut self) -> Vec<TypeParam> {
        if self.at(T::Less) {
            self.fail(foreign::angle_brackets(self.span(), "name"));
        }
        if self.eat(T::LBracket).is_none() {
            return vec![];
        }
        let (params, _) = self.list(T::RBracket, "`,` or `]`", |p| {
            let name = p.binding("a type parameter")?;
            let bound = p.eat(T::Colon).map(|_| p.ty());
            Some(TypeParam { name, bound })
        });
        params.into_iter().flatten().collect()
    }
}
