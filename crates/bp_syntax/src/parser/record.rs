//! Structs, classes and enums.

use super::Parser;
use super::signature::Params;
use crate::ast::{Enum, EnumMember, Field, Method, Record, TypeExpr};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// `struct Name: …` or `class Name(Base): …`, at the keyword.
    pub(super) fn record(&mut self, is_class: bool) -> Option<Record> {
        let start = self.start();
        self.bump();
        let name = self.binding(if is_class { "a class" } else { "a struct" });
        let type_params = if name.is_some() { self.type_params() } else { vec![] };
        let base = self.base(is_class);
        let head = self.span_from(start);
        let (mut fields, mut methods) = (vec![], vec![]);
        let what = if is_class { "this `class`" } else { "this `struct`" };
        self.body(head, what, |p| p.record_member(is_class, &mut fields, &mut methods));
        Some(Record { name: name?, type_params, base, fields, methods, head })
    }

    /// `(Base)` behind the name.
    fn base(&mut self, is_class: bool) -> Option<TypeExpr> {
        if self.at(T::Ident) && matches!(self.token_text(), "extends" | "implements" | "inherits") {
            self.report(foreign::extends(self.span(), self.token_text()));
            self.bump();
            return Some(self.ty());
        }
        let open = self.eat(T::LParen)?;
        if self.at(T::RParen) {
            let both = open.to(self.bump());
            self.report(syntax::empty_base(both));
            return None;
        }
        let (mut bases, close) = self.list(T::RParen, "`)`", Self::ty);
        if !is_class {
            self.report(syntax::struct_base(open.to(close)));
        }
        if bases.len() > 1 {
            self.report(syntax::several_bases(bases[1].span));
            bases.truncate(1);
        }
        bases.pop()
    }

    /// The members of a declaration, from its colon on; `member` reads one with its line end.
    fn body(&mut self, head: Span, what: &str, mut member: impl FnMut(&mut Self)) {
        if self.eat(T::Colon).is_none() {
            if self.at(T::Newline) {
                self.report(syntax::missing_colon(self.gap(), what));
            } else {
                self.expected(&format!("`:` at the end of {what}"));
            }
        }
        let failed = self.panicking;
        if failed {
            self.skip_line();
        } else if self.eat(T::Newline).is_none() {
            return self.same_line_body(member);
        }
        if !self.at(T::Indent) {
            if !failed {
                self.report(syntax::missing_block(self.gap(), head, what));
            }
            return;
        }
        let done = self.nested(false, |p| {
            p.bump();
            p.members(&mut member);
            true
        });
        if !done {
            self.skip_block();
            self.panicking = false;
        }
    }

    fn members(&mut self, member: &mut impl FnMut(&mut Self)) {
        let mut extra = 0_usize;
        loop {
            match self.kind() {
                T::Eof => return,
                T::Dedent if extra == 0 => {
                    self.bump();
                    return;
                }
                T::Dedent => {
                    extra -= 1;
                    self.bump();
                }
                T::Indent => {
                    extra += 1;
                    self.unexpected_indent();
                }
                _ => {
                    let before = self.pos;
                    member(self);
                    if self.panicking || self.pos == before {
                        self.end_failed_line();
                    }
                }
            }
        }
    }

    fn same_line_body(&mut self, mut member: impl FnMut(&mut Self)) {
        while !matches!(self.kind(), T::Newline | T::Indent | T::Dedent | T::Eof) {
            let before = self.pos;
            member(self);
            if self.panicking || self.pos == before {
                return self.end_failed_line();
            }
            if matches!(self.tokens[self.pos - 1].kind, T::Newline | T::Dedent) {
                return;
            }
        }
    }

    fn record_member(&mut self, is_class: bool, fields: &mut Vec<Field>, methods: &mut Vec<Method>) {
        let doc = self.doc();
        match self.kind() {
            T::At | T::Def => {
                let annotations = self.annotations();
                if !self.at(T::Def) {
                    return self.expected("`def` below its annotation");
                }
                if let Some(function) = self.function(annotations, Params::Method) {
                    methods.push(Method { function, doc });
                }
            }
            T::Pass => {
                self.bump();
                self.end_statement();
            }
            // A text as first statement is a Python habit and does no harm.
            T::Str if matches!(self.kind_at(1), T::Newline) => {
                self.bump();
                self.end_statement();
            }
            T::Let => {
                let gap = Span::new(self.start(), self.span_at(1).start);
                self.report(syntax::field_let(gap));
                self.bump();
                fields.extend(self.field_decl(doc));
            }
            T::Struct | T::Class | T::Enum | T::Import | T::Export => {
                self.misplaced_item();
            }
            T::If | T::For | T::While | T::Return | T::Try | T::Throw | T::Assert => {
                let what = if is_class { "the body of a class" } else { "the body of a struct" };
                self.fail(foreign::statement_in_body(self.span(), what));
            }
            _ => fields.extend(self.field_decl(doc)),
        }
    }

    /// `name: T = default` with the end of its line.
    fn field_decl(&mut self, doc: Option<Box<str>>) -> Option<Field> {
        let start = self.start();
        if self.at(T::Ident) && matches!(self.kind_at(1), T::Ident | T::Def) {
            return self.c_field(doc);
        }
        let name = self.member("a field")?;
        if self.eat(T::Colon).is_none() {
            self.field_without_type(name.span);
            return None;
        }
        let ty = self.ty();
        let default = self.eat(T::Assign).map(|_| Box::new(self.expr()));
        let span = self.span_from(start);
        // A comma behind a field is how braces-and-commas languages end it.
        if self.at(T::Comma) && matches!(self.kind_at(1), T::Newline | T::Dedent | T::Eof) {
            self.report(foreign::comma_line_end(self.span()));
            self.bump();
        }
        self.end_statement();
        Some(Field { name, ty, default, doc, span })
    }

    fn field_without_type(&mut self, name: Span) {
        if self.panicking {
            return;
        }
        let text = self.source(name);
        let error = match self.kind() {
            T::LParen => foreign::method_without_def(name, text),
            kind => syntax::field_type(self.gap(), text, kind == T::Assign),
        };
        self.fail(error);
    }

    /// `int x` as in C, or a modifier such as `public`.
    fn c_field(&mut self, doc: Option<Box<str>>) -> Option<Field> {
        let start = self.start();
        let (first, second) = (self.span(), self.span_at(1));
        let (word, name) = (self.source(first), self.source(second));
        let second_is_def = self.kind_at(1) == T::Def;
        if foreign::is_modifier(word) {
            let gap = Span::new(first.start, second.start);
            self.report(foreign::modifier(gap, first, word, "members"));
            self.bump();
            return if self.at(T::Def) { None } else { self.field_decl(doc) };
        }
        if second_is_def || matches!(self.kind_at(2), T::LParen) {
            self.fail(foreign::c_function(first.to(second), word, name));
            return None;
        }
        self.report(foreign::c_parameter(first.to(second), word, name));
        let ty = self.ty();
        let name = self.member("a field")?;
        let default = self.eat(T::Assign).map(|_| Box::new(self.expr()));
        let span = self.span_from(start);
        self.end_statement();
        Some(Field { name, ty, default, doc, span })
    }

    /// `enum Name: …`, at the keyword.
    pub(super) fn enumeration(&mut self) -> Option<Enum> {
        let start = self.start();
        self.bump();
        if self.at(T::Class) || self.at(T::Struct) {
            self.report(foreign::enum_class(self.span()));
            self.bump();
        }
        let name = self.binding("an enum");
        let head = self.span_from(start);
        let mut members = vec![];
        self.body(head, "this `enum`", |p| members.extend(p.enum_member()));
        Some(Enum { name: name?, members, head })
    }

    /// One member; a comma or the end of the line ends it.
    fn enum_member(&mut self) -> Option<EnumMember> {
        if matches!(self.kind(), T::Pass) || (self.at(T::Str) && self.kind_at(1) == T::Newline) {
            self.bump();
            self.end_statement();
            return None;
        }
        if self.at(T::Def) {
            self.report(syntax::misplaced(self.span(), "a method", "has no place in an enum"));
            self.function(vec![], Params::Method);
            return None;
        }
        if self.at(T::Case) && self.kind_at(1) == T::Ident {
            self.report(foreign::enum_case(self.span()));
            self.bump();
        }
        let name = self.member("an enum member")?;
        if self.at(T::LParen) {
            self.report(syntax::payload(self.span()));
            self.bump();
            self.skip_to_closer();
            self.bump();
        }
        let value = self.eat(T::Assign).map(|_| self.expr());
        if self.eat(T::Comma).is_some() {
            self.eat(T::Newline);
        } else {
            self.end_statement();
        }
        Some(EnumMember { name, value })
    }
}
