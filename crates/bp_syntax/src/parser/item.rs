//! Top-level declarations.

use super::Parser;
use super::signature::Params;
use crate::ast::{Annotation, Extern, Import, Item, ItemKind, StmtKind, TypeAlias};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

/// The annotations of the language.
const ANNOTATIONS: &[&str] = &["inline", "noinline", "native", "noalloc", "nobounds"];

impl Parser<'_> {
    /// Everything up to the end of the file.
    pub(super) fn items(&mut self) -> Vec<Item> {
        let mut items = vec![];
        loop {
            match self.kind() {
                T::Eof => return items,
                T::Dedent => {
                    self.bump();
                }
                T::Indent => self.unexpected_indent(),
                _ => self.item(&mut items),
            }
        }
    }

    fn item(&mut self, out: &mut Vec<Item>) {
        let doc = self.doc();
        let start = self.start();
        let annotations = self.annotations();
        let export = self.eat(T::Export);
        self.foreign_modifiers();
        if let Some(first) = annotations.first().filter(|_| !self.at(T::Def)) {
            self.report(syntax::annotation_on(first.name.span));
        }
        let kind = match self.kind() {
            T::Def => self.function(annotations, Params::Function).map(ItemKind::Function),
            T::Struct => self.record(false).map(ItemKind::Struct),
            T::Class => self.record(true).map(ItemKind::Class),
            T::Enum => self.enumeration().map(ItemKind::Enum),
            T::Import => self.import().map(ItemKind::Import),
            T::Extern if matches!(self.kind_at(1), T::Fn | T::Def | T::Ident) => self.external().map(ItemKind::Extern),
            T::Ident if self.is_type_alias() => self.type_alias().map(ItemKind::TypeAlias),
            _ => return self.statement_item(out, export, doc),
        };
        let span = self.span_from(start);
        out.extend(kind.map(|kind| Item { kind, export, doc, span }));
        if self.panicking {
            self.end_failed_line();
        }
    }

    fn statement_item(&mut self, out: &mut Vec<Item>, export: Option<Span>, doc: Option<Box<str>>) {
        if let Some(export) = export.filter(|_| !self.at(T::Let) && !self.is_foreign_let()) {
            self.report(syntax::misplaced(export, "`export`", "stands in front of a declaration"));
        }
        let mut stmts = vec![];
        self.statement(&mut stmts);
        let mut doc = doc;
        out.extend(stmts.into_iter().map(|stmt| {
            let is_let = matches!(stmt.kind, StmtKind::Let { .. });
            let start = export.map_or(stmt.span, |export| export.to(stmt.span));
            let doc = if is_let { doc.take() } else { None };
            Item { span: start, kind: ItemKind::Stmt(stmt), export: export.filter(|_| is_let), doc }
        }));
    }

    /// `@name` lines above a declaration.
    pub(super) fn annotations(&mut self) -> Vec<Annotation> {
        let mut annotations = vec![];
        while self.eat(T::At).is_some() {
            let Some(name) = self.member("an annotation") else { break };
            self.check_annotation(name.span);
            annotations.push(Annotation { name });
            if self.at(T::LParen) {
                let start = self.start();
                self.bump();
                self.skip_to_closer();
                self.bump();
                self.report(syntax::annotation_arguments(self.span_from(start)));
            }
            if self.eat(T::Newline).is_none() && !matches!(self.kind(), T::Def | T::Export | T::At) {
                self.expected("the end of the line, and a `def` below it");
                self.skip_line();
            }
        }
        annotations
    }

    fn check_annotation(&mut self, span: Span) {
        let text = self.source(span);
        if ANNOTATIONS.contains(&text) {
            return;
        }
        let flat = text.to_ascii_lowercase().replace('_', "");
        let similar = ANNOTATIONS.iter().copied().find(|&known| strsim::osa_distance(&flat, known) <= 2);
        self.report(syntax::unknown_annotation(span, text, similar));
    }

    /// `type Name = T`, where `type` is an ordinary name elsewhere.
    fn is_type_alias(&self) -> bool {
        self.kind_at(1) == T::Ident && self.token_text() == "type"
    }

    fn type_alias(&mut self) -> Option<TypeAlias> {
        self.bump();
        let name = self.binding("a type")?;
        let type_params = self.type_params();
        self.expect(T::Assign, "`=` and a type")?;
        let target = self.ty();
        self.end_statement();
        Some(TypeAlias { name, type_params, target })
    }

    /// `import a.b`, `import a as n`, `import a (x, y)`.
    pub(super) fn import(&mut self) -> Option<Import> {
        self.bump();
        if self.at(T::Str) {
            self.fail(foreign::import_string(self.span(), self.token_text()));
            return None;
        }
        let path = self.path("a module")?;
        let mut alias = None;
        let mut names = None;
        match self.kind() {
            T::As => {
                self.bump();
                alias = Some(self.binding("a module")?);
            }
            T::LParen => {
                self.bump();
                let (list, _) = self.list(T::RParen, "`,` or `)`", |p| p.member("an imported name"));
                names = Some(list.into_iter().flatten().collect());
            }
            T::Ident if self.token_text() == "from" => {
                let names = self.source(path[0].span.to(self.previous()));
                let line = self.rest_of_line();
                let module = self.source(Span::new(self.span_at(1).start, line.end.max(self.span_at(1).start)));
                let whole = Span::new(path[0].span.start, line.end);
                self.fail(foreign::import_from(whole, module, names));
                return None;
            }
            T::Comma => {
                self.fail(foreign::import_several(self.span()));
                return None;
            }
            _ => {}
        }
        self.end_statement();
        Some(Import { path, alias, names })
    }

    /// `extern fn name(p: T) -> R`, with `from "lib"` and then `as "symbol"` or without.
    fn external(&mut self) -> Option<Extern> {
        self.bump();
        if self.eat(T::Fn).is_none() {
            self.report(foreign::extern_fn(self.span()));
            if self.at(T::Def) || self.kind_at(1) == T::Ident {
                self.bump();
            }
        }
        let name = self.binding("a function")?;
        self.expect(T::LParen, "`(` and the parameters")?;
        let params = self.params(T::RParen, Params::Function);
        let result = self.eat(T::Arrow).map(|_| self.ty());
        let (mut library, mut symbol) = (None, None);
        if self.at(T::Ident) && self.token_text() == "from" {
            self.bump();
            library = Some(self.plain_string("the library in quotes")?);
            if self.eat(T::As).is_some() {
                symbol = Some(self.plain_string("the symbol in quotes")?);
            }
        } else if !matches!(self.kind(), T::Newline | T::Eof) {
            self.expected("`from` and the library in quotes");
            return None;
        }
        self.end_statement();
        Some(Extern { name, params, result, library, symbol })
    }

    fn plain_string(&mut self, what: &str) -> Option<Box<[u8]>> {
        let span = self.expect(T::Str, what)?;
        Some(crate::literal::string(self.source(span), span.start, &mut self.errors))
    }

    /// `@annotation` inside a block: belongs to a nested `def`.
    pub(super) fn annotated_def(&mut self) -> Option<StmtKind> {
        let annotations = self.annotations();
        if !self.at(T::Def) {
            if let Some(first) = annotations.first() {
                self.report(syntax::annotation_on(first.name.span));
            }
            return None;
        }
        self.function(annotations, Params::Function).map(|function| StmtKind::Function(Box::new(function)))
    }

    /// A declaration that belongs to the top level: reported, read and dropped.
    pub(super) fn misplaced_item(&mut self) -> Option<StmtKind> {
        let what = match self.kind() {
            T::Struct => "a `struct`",
            T::Class => "a `class`",
            T::Enum => "an `enum`",
            T::Import => "an `import`",
            T::Extern => "an `extern`",
            _ => "an `export`",
        };
        if self.depth == 0 && self.kind() != T::Export {
            self.report(syntax::misplaced(self.span(), what, "stands on a line of its own"));
        } else {
            self.report(syntax::misplaced(self.span(), what, "stands at the top level of a file only"));
        }
        self.eat(T::Export);
        match self.kind() {
            T::Struct => drop(self.record(false)),
            T::Class => drop(self.record(true)),
            T::Enum => drop(self.enumeration()),
            T::Import => drop(self.import()),
            T::Extern => drop(self.external()),
            T::Def => return self.annotated_def(),
            T::Let => {
                let kind = self.let_stmt();
                self.end_statement();
                return kind;
            }
            _ => self.skip_line(),
        }
        None
    }
}
