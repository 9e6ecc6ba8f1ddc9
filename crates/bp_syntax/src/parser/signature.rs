//! Functions: parameters, results and bodies.

use super::Parser;
use super::foreign::is_type_like;
use crate::ast::{Annotation, Body, Function, Param, TypeExpr, TypeKind};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

/// What kind of parameter list is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Params {
    /// Of a function.
    Function,
    /// Of a method: `self` may come first.
    Method,
    /// Of a lambda: types may be left out.
    Lambda,
}

impl Parser<'_> {
    /// `def name[T](…) -> R: body`; the current token is `def` or what stands in its place.
    pub(super) fn function(&mut self, annotations: Vec<Annotation>, list: Params) -> Option<Function> {
        let start = self.start();
        self.bump();
        let name = if list == Params::Method { self.member("a method") } else { self.binding("a function") };
        let type_params = if name.is_some() { self.type_params() } else { vec![] };
        let mut params = vec![];
        if name.is_some() && self.expect(T::LParen, "`(` and the parameters").is_some() {
            params = self.params(T::RParen, list);
        }
        let mut result = self.result_type();
        let head = self.span_from(start);
        if self.panicking || !matches!(self.kind(), T::Colon | T::Newline) {
            // Whatever the function was meant to be, its calls are no mistakes.
            result = Some(TypeExpr { kind: TypeKind::Error, span: head.after() });
        }
        let body = self.function_body(head);
        Some(Function { name: name?, type_params, params, result, body, annotations, head })
    }

    /// `-> R`, or `: R` as in other languages where a block's colon cannot be meant.
    fn result_type(&mut self) -> Option<crate::ast::TypeExpr> {
        if self.eat(T::Arrow).is_some() {
            return Some(self.ty());
        }
        let typed = self.at(T::Colon) && self.kind_at(1) == T::Ident && self.kind_at(2) == T::Colon;
        if (typed && self.kind_at(3) == T::Newline) || self.at(T::FatArrow) {
            self.report(foreign::result_arrow(self.span()));
            self.bump();
            return Some(self.ty());
        }
        None
    }

    fn function_body(&mut self, head: Span) -> Body {
        let same_line = [T::Colon, T::Ellipsis, T::Newline];
        let below = [T::Colon, T::Newline, T::Indent, T::Ellipsis, T::Newline, T::Dedent];
        for shape in [&same_line[..], &below] {
            if shape.iter().enumerate().all(|(ahead, &kind)| self.kind_at(ahead) == kind) && !self.panicking {
                let ellipsis = shape.iter().position(|&kind| kind == T::Ellipsis).expect("both shapes have one");
                let span = self.span_at(ellipsis);
                self.pos += shape.len();
                return Body::Abstract(span);
            }
        }
        Body::Block(self.block(head, "this `def`"))
    }

    /// Parameters up to `closer`, which is taken.
    pub(super) fn params(&mut self, closer: T, list: Params) -> Vec<Param> {
        let mut first = true;
        let (params, _) = self.list(closer, "`,` or `)`", |p| {
            let param = p.param(list, first);
            first = false;
            param
        });
        params.into_iter().flatten().collect()
    }

    /// `x int`: the colon between name and type is missing.
    fn param_without_colon(&mut self, start: u32, rest: bool) -> Option<Param> {
        let name = self.member("a parameter")?;
        self.report(syntax::parameter_colon(self.gap(), self.source(name.span)));
        let ty = Some(self.ty());
        let default = self.eat(T::Assign).map(|_| Box::new(self.expr()));
        Some(Param { name, ty, default, rest, span: self.span_from(start) })
    }

    fn param(&mut self, list: Params, first: bool) -> Option<Param> {
        let start = self.start();
        if self.at(T::StarStar) {
            self.fail(syntax::keyword_rest(self.span()));
            return None;
        }
        let rest = self.eat(T::Star).is_some();
        // `int x` and `const int x`, as in C.
        if self.at(T::Ident) && self.kind_at(1) == T::Ident {
            let (ty, name) = (self.span(), self.span_at(1));
            if is_type_like(self.source(name)) && !is_type_like(self.source(ty)) {
                return self.param_without_colon(start, rest);
            }
            self.report(foreign::c_parameter(ty.to(name), self.source(ty), self.source(name)));
            let ty = self.ty();
            let name = self.member("a parameter")?;
            return Some(Param { name, ty: Some(ty), default: None, rest, span: self.span_from(start) });
        }
        let name = self.member("a parameter")?;
        let colon = self.span();
        let ty = self.eat(T::Colon).map(|_| self.ty());
        let default = self.eat(T::Assign).map(|_| Box::new(self.expr()));
        let is_self = self.source(name.span) == "self";
        self.check_param(list, first, is_self, name, ty.as_ref().map(|ty| colon.to(ty.span)));
        if rest && let Some(default) = &default {
            self.report(syntax::rest_with_default(default.span));
        }
        let ty = ty.filter(|_| !is_self);
        Some(Param { name, ty, default, rest, span: self.span_from(start) })
    }

    fn check_param(&mut self, list: Params, first: bool, is_self: bool, name: crate::ast::Ident, ty: Option<Span>) {
        if is_self && (!first || list != Params::Method) {
            self.report(syntax::self_not_first(name.span));
        } else if is_self {
            if let Some(ty) = ty {
                self.report(syntax::typed_self(ty));
            }
        } else if ty.is_none() && list != Params::Lambda {
            let text = self.source(name.span);
            self.report(syntax::untyped_parameter(name.span, text));
        }
    }
}
