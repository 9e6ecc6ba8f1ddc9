//! What the programmer of another language writes: recognised by its shape, answered with the
//! spelling of this one, and where its meaning is clear, read as that.

use super::Parser;
use super::signature::Params;
use crate::ast::{Expr, ExprKind, StmtKind};
use crate::diagnostic::Diagnostic;
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl<'a> Parser<'a> {
    /// A statement of another language that begins with a plain word. None if it is not one.
    pub(super) fn foreign_statement(&mut self) -> Option<Option<StmtKind>> {
        let next = self.kind_at(1);
        // What may follow a name in this language; everything else is worth a look.
        let usual = matches!(next, T::LParen | T::Dot | T::Assign | T::LBracket | T::PlusEq | T::MinusEq | T::Comma);
        if usual && !(next == T::LParen && self.token_text() == "switch") {
            return None;
        }
        let (span, word) = (self.span(), self.token_text());
        match word {
            "raise" if next != T::Colon => return Some(self.raise(span)),
            "switch" if self.line_ends_in_colon() => {
                self.report(foreign::switch(span));
                let kind = self.match_stmt();
                self.block_ended = true;
                return Some(kind);
            }
            "except" if self.line_ends_in_colon() => {
                self.fail(syntax::misplaced(
                    span,
                    "`except` (here spelled `catch`)",
                    "needs a `try` block directly before it",
                ));
                return Some(None);
            }
            "elseif" | "elsif" => {
                self.fail(syntax::misplaced(span, "`elif`", "needs an `if` block directly before it"));
                return Some(None);
            }
            "from" if next == T::Ident => return Some(self.import_from_statement()),
            "print" | "echo" | "puts" if self.begins_operand(1) => return Some(self.print_statement(word)),
            "var" | "const" | "auto" | "val" | "mut" if next == T::Ident => return Some(self.foreign_let(span, word)),
            "function" | "func" | "fun" | "sub" | "proc" if next == T::Ident => {
                return Some(self.foreign_def(span, word));
            }
            _ => {}
        }
        let opens =
            next == T::Ident || self.begins_operand(1) || matches!(next, T::Newline | T::Colon | T::Def | T::While);
        if opens
            && (next != T::Newline || lone_word(word))
            && let Some(error) = foreign::absent_statement(span, word)
        {
            let line = self.rest_of_line();
            let is_declaration = matches!(word, "global" | "nonlocal");
            // Their blocks hold declarations of methods, which are no statements.
            self.skips_block = matches!(word, "interface" | "trait" | "protocol" | "impl");
            self.fail(if is_declaration { error.fix("delete it", line, "") } else { error });
            return Some(None);
        }
        if next == T::Ident
            && matches!(self.kind_at(2), T::Colon | T::LParen | T::LBracket)
            && self.line_ends_in_colon()
            && let Some(ours) = misspelt_keyword(word)
        {
            self.fail(foreign::keyword(span, word, ours));
            self.skips_block = true;
            return Some(None);
        }
        if next == T::Ident { self.c_declaration() } else { None }
    }

    pub(super) fn is_foreign_let(&self) -> bool {
        matches!(self.token_text(), "var" | "const" | "val")
    }

    fn raise(&mut self, span: Span) -> Option<StmtKind> {
        self.report(foreign::keyword(span, "raise", "throw"));
        self.bump();
        let value = self.optional_value();
        if self.at(T::Ident) && self.token_text() == "from" {
            self.fail(foreign::raise_from(self.span()));
        }
        Some(StmtKind::Throw(value))
    }

    fn foreign_let(&mut self, span: Span, word: &str) -> Option<StmtKind> {
        // `const int x = 1`: the type in front is the next mistake.
        if self.kind_at(2) == T::Ident {
            let (ty, name) = (self.text_at(1), self.text_at(2));
            self.report(foreign::c_variable(span.to(self.span_at(2)), ty, name));
            self.bump();
        } else {
            self.report(foreign::declare(span, word, "let"));
        }
        self.let_stmt()
    }

    pub(super) fn foreign_def(&mut self, span: Span, word: &str) -> Option<StmtKind> {
        self.report(foreign::declare(span, word, "def"));
        let function = self.function(vec![], Params::Function);
        self.block_ended = true;
        function.map(|function| StmtKind::Function(Box::new(function)))
    }

    pub(super) fn foreign_let_modifier(&mut self) {
        if self.at(T::Ident) && self.kind_at(1) == T::Ident && matches!(self.token_text(), "mut" | "var" | "const") {
            let gap = Span::new(self.start(), self.span_at(1).start);
            self.report(foreign::let_modifier(self.span(), gap, self.token_text()));
            self.bump();
        }
    }

    /// `public class`, `abstract class` and so on, in front of a declaration.
    pub(super) fn foreign_modifiers(&mut self) {
        let is_modifier = |p: &Self, ahead| p.kind_at(ahead) == T::Ident && foreign::is_modifier(p.text_at(ahead));
        while is_modifier(self, 0)
            && (matches!(self.kind_at(1), T::Class | T::Struct | T::Enum | T::Def) || is_modifier(self, 1))
        {
            let (span, word) = (self.span(), self.token_text());
            let gap = Span::new(span.start, self.span_at(1).start);
            self.report(foreign::modifier(gap, span, word, "declarations"));
            self.bump();
        }
    }

    /// `int x = 1`, `int f(…)`.
    fn c_declaration(&mut self) -> Option<Option<StmtKind>> {
        let (ty, name) = (self.span(), self.span_at(1));
        let (ty_text, name_text) = (self.source(ty), self.source(name));
        match self.kind_at(2) {
            T::Assign | T::Newline | T::Semi if is_type_like(ty_text) => {
                self.report(foreign::c_variable(ty.to(name), ty_text, name_text));
                Some(self.let_stmt())
            }
            T::LParen if is_type_like(ty_text) => {
                self.fail(foreign::c_function(ty.to(name), ty_text, name_text));
                Some(None)
            }
            _ => None,
        }
    }

    fn print_statement(&mut self, word: &str) -> Option<StmtKind> {
        let gap = Span::new(self.span().end, self.span_at(1).start);
        self.bump();
        let value = self.tuple_expr();
        if !self.panicking {
            let end = self.previous();
            self.report(foreign::print_statement(gap, end, word));
        }
        Some(StmtKind::Expr(Expr { kind: ExprKind::Error, span: value.span }))
    }

    /// `from x import y`, at the `from`.
    fn import_from_statement(&mut self) -> Option<StmtKind> {
        let start = self.start();
        let whole = Span::new(start, self.rest_of_line().end);
        let import = self.tokens[self.pos..].iter().take(64).find(|token| matches!(token.kind, T::Import | T::Newline));
        let Some(import) = import.filter(|token| token.kind == T::Import).map(|token| token.span) else {
            self.expected("an operator");
            return None;
        };
        let module = self.source(Span::new(self.span_at(1).start, import.start)).trim();
        let names = self.source(Span::new(import.end, whole.end)).trim();
        self.fail(foreign::from_import(whole, module, names));
        None
    }

    /// The rest of the line, up to its last token.
    pub(super) fn rest_of_line(&self) -> Span {
        let mut end = self.span();
        for token in &self.tokens[self.pos..] {
            if matches!(token.kind, T::Newline | T::Eof | T::Indent | T::Dedent | T::Semi) {
                break;
            }
            end = token.span;
        }
        Span::new(self.start(), end.end.max(self.start()))
    }

    fn line_ends_in_colon(&self) -> bool {
        let mut last = T::Eof;
        for token in &self.tokens[self.pos..] {
            if matches!(token.kind, T::Newline | T::Eof | T::Semi) {
                break;
            }
            last = token.kind;
        }
        last == T::Colon
    }

    /// Whether the token `ahead` begins an operand that no name can precede.
    pub(super) fn begins_operand(&self, ahead: usize) -> bool {
        use T::{FStringStart, False, Float, Fn, Ident, Int, New, Not, Null, Str, Super, True};
        matches!(self.kind_at(ahead), Ident | Str | FStringStart | Int | Float | True | False | Null | Fn | Super | New)
            || (self.kind_at(ahead) == Not && self.kind_at(ahead + 1) != T::In)
    }

    /// `++x` at the start of a statement.
    pub(super) fn is_increment(&self) -> bool {
        self.kind() == self.kind_at(1) && self.span().end == self.span_at(1).start
    }

    pub(super) fn prefix_increment(&mut self) -> Option<StmtKind> {
        let operator = self.span().to(self.span_at(1));
        self.bump();
        self.bump();
        let target = self.postfix();
        if !self.panicking {
            let (operator_text, target_text) = (self.source(operator), self.source(target.span));
            self.report(foreign::increment(operator.to(target.span), operator_text, target_text));
        }
        Some(StmtKind::Expr(Expr { kind: ExprKind::Error, span: target.span }))
    }

    /// `x: int = 1`, at the colon behind `target`.
    pub(super) fn declaration_without_let(&mut self, target: Expr) -> Option<StmtKind> {
        let ExprKind::Name(name) = target.kind else {
            self.expected("the end of the line");
            return None;
        };
        let text = self.source(target.span);
        if matches!(self.kind_at(1), T::Newline | T::Eof) {
            let error = foreign::absent_statement(target.span, text)
                .unwrap_or_else(|| foreign::unknown_block(target.span, text));
            self.fail(error);
            return None;
        }
        self.report(foreign::missing_let(target.span, text));
        self.bump();
        let ty = self.ty();
        let value = self.let_value(Some(&ty));
        let target = crate::ast::LetTarget::Name(crate::ast::Ident { name, span: target.span });
        Some(StmtKind::Let { target, ty: Some(Box::new(ty)), value })
    }

    /// `x := 1`, at the operator behind `target`.
    pub(super) fn walrus_statement(&mut self, target: Expr) -> Option<StmtKind> {
        self.report(foreign::walrus_statement(target.span, self.span()));
        self.bump();
        let value = Some(self.tuple_expr());
        let ExprKind::Name(name) = target.kind else { return None };
        let target = crate::ast::LetTarget::Name(crate::ast::Ident { name, span: target.span });
        Some(StmtKind::Let { target, ty: None, value })
    }

    /// `elif`, `else`, `catch`, `finally`, `case` or `default` without what they belong to.
    pub(super) fn orphan(&mut self) -> Option<StmtKind> {
        let (what, needs) = match self.kind() {
            T::Elif => ("`elif`", "needs an `if` block directly before it"),
            T::Else => ("`else`", "needs an `if`, `while` or `for` block directly before it"),
            T::Catch => ("`catch`", "needs a `try` block directly before it"),
            T::Finally => ("`finally`", "needs a `try` block directly before it"),
            T::Case => ("`case`", "stands directly inside a `match` only"),
            _ => ("`default`", "stands directly inside a `match` only"),
        };
        let head = self.span();
        self.report(syntax::misplaced(head, what, needs));
        // Its block is read all the same: it may hold mistakes of its own.
        self.panicking = true;
        self.bump();
        let block = self.block(head, what);
        drop(block);
        None
    }

    pub(super) fn is_orphan_case(&self) -> bool {
        let next = self.kind_at(1);
        if self.at(T::Default) {
            return next == T::Colon && matches!(self.kind_at(2), T::Newline);
        }
        matches!(next, T::Ident | T::Int | T::Float | T::Str | T::True | T::False | T::Null)
            && self.line_ends_in_colon()
    }

    /// What a statement ends with instead of its line end.
    pub(super) fn trailing_error(&mut self) {
        let error = match self.kind() {
            T::Colon => syntax::misplaced(self.span(), "`:`", "ends the first line of a block, and this is none"),
            _ => match self.foreign_operator_here() {
                Some(error) => error,
                None => return self.expected("an operator or the end of the line"),
            },
        };
        self.fail(error);
    }

    /// The answer to something between operands that is an operator in another language only.
    pub(super) fn foreign_operator_here(&self) -> Option<Diagnostic> {
        let span = self.span();
        let next = self.kind_at(1);
        Some(match self.kind() {
            T::At => foreign::matrix_operator(span),
            T::FatArrow => foreign::operator_spelling(span, "=>", ">="),
            T::ColonAssign => foreign::walrus(span),
            T::Not => foreign::not_null(span),
            T::Question => foreign::choice(span, span, None),
            T::DotDot | T::DotDotEq => foreign::dotted_range(span, span, "a", "b", false),
            T::Assign if next == T::Assign => return None,
            T::Ident if self.token_text() == "instanceof" => foreign::instance_of(span),
            T::Ident => {
                let before = self.previous();
                return foreign::word_in_expression(self.source(before), before);
            }
            _ => return None,
        })
    }

    /// Nothing here begins an operand.
    pub(super) fn no_operand(&mut self) -> Expr {
        let expr = self.error_expr();
        if self.panicking {
            return expr;
        }
        let before = self.tokens[..self.pos].last().map_or(T::Newline, |token| token.kind);
        let previous = self.previous();
        let glued = self.pos >= 2 && previous.end.saturating_sub(previous.start) == 1;
        let two_back = if self.pos >= 2 { self.tokens[self.pos - 2] } else { self.token() };
        match (before, self.kind()) {
            (T::Plus | T::Minus, _) if glued && two_back.kind == before && two_back.span.end == previous.start => {
                self.increment_error(two_back.span.to(previous));
            }
            (T::Assign, T::Less | T::Greater | T::Bang) => {
                let both = previous.to(self.span());
                let ours = format!("{}=", self.token_text());
                self.fail(foreign::operator_spelling(both, self.source(both), &ours));
            }
            (
                T::Less
                | T::Greater
                | T::EqEq
                | T::NotEq
                | T::And
                | T::Or
                | T::In
                | T::Is
                | T::Pipe
                | T::Caret
                | T::Amp,
                _,
            )
            | (
                T::Plus | T::Minus | T::Star | T::Slash | T::SlashSlash | T::Percent | T::StarStar | T::Shl | T::Shr,
                _,
            )
            | (T::LessEq | T::GreaterEq | T::Coalesce | T::Not, _) => {
                let at_end = matches!(self.kind(), T::Newline | T::Eof);
                let span = if at_end { self.gap() } else { self.span() };
                let error = syntax::missing_operand(span, previous, self.source(previous), &self.found());
                self.fail(error);
            }
            _ => self.expected("an expression"),
        }
        expr
    }

    /// `x++` at the end of an expression: the operator is what was read last.
    fn increment_error(&mut self, operator: Span) {
        let text = self.source(operator);
        let at_end = matches!(self.kind(), T::Newline | T::Semi | T::Eof | T::Dedent);
        let line = self.tokens[..self.pos]
            .iter()
            .rev()
            .take(16)
            .position(|t| matches!(t.kind, T::Newline | T::Indent | T::Dedent | T::Semi | T::Colon));
        let first = line.map_or(0, |offset| self.pos - offset);
        let target = Span::new(self.tokens[first].span.start, operator.start);
        let target_text = if target.start < target.end { self.source(target).trim_end() } else { "" };
        let simple = !target_text.is_empty()
            && target_text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']'));
        if at_end && simple {
            self.fail(foreign::increment(target.to(operator), text, target_text));
        } else {
            self.fail(foreign::increment_inside(operator, text));
        }
    }

    /// A name that is a constant or keyword elsewhere; its token has been taken.
    pub(super) fn foreign_name(&mut self, text: &'a str, span: Span) -> Option<Expr> {
        let kind = match text.as_bytes() {
            b"True" => ExprKind::Bool(true),
            b"False" => ExprKind::Bool(false),
            b"None" => ExprKind::Null,
            b"nil" | b"NULL" | b"none" | b"nullptr" | b"undefined" | b"Null" if !self.is_declared(text) => {
                ExprKind::Null
            }
            b"lambda" if matches!(self.kind(), T::Ident | T::Colon | T::Star) => {
                return Some(self.foreign_lambda(span));
            }
            b"TRUE" if !self.is_declared(text) => ExprKind::Bool(true),
            b"FALSE" if !self.is_declared(text) => ExprKind::Bool(false),
            _ if self.at(T::FatArrow) => {
                let start = span.start;
                return Some(self.arrow_function(start));
            }
            _ => return None,
        };
        let ours = match kind {
            ExprKind::Bool(true) => "true",
            ExprKind::Bool(false) => "false",
            _ => "null",
        };
        self.report(foreign::constant(span, text, ours));
        Some(Expr { kind, span })
    }

    /// `None` and its like as a pattern.
    pub(super) fn foreign_constant_pattern(&mut self) -> Option<Expr> {
        let span = self.span();
        let text = self.source(span);
        if !matches!(text, "True" | "False" | "None") || self.kind_at(1) == T::Dot {
            return None;
        }
        self.bump();
        self.foreign_name(text, span)
    }

    /// Whether the file itself declares `word`: a token scan, once per word.
    fn is_declared(&mut self, word: &'a str) -> bool {
        if let Some(&known) = self.declared.get(word) {
            return known;
        }
        let declares = |pair: &[crate::token::Token]| {
            let (before, name) = (pair[0], pair[1]);
            let declaring = matches!(
                before.kind,
                T::Let | T::For | T::Def | T::As | T::Struct | T::Class | T::Enum | T::Comma | T::LParen
            );
            name.kind == T::Ident && declaring && self.source(name.span) == word
        };
        let found = self.tokens.windows(3).any(|three| {
            declares(&three[..2])
                && (!matches!(three[0].kind, T::Comma | T::LParen) || matches!(three[2].kind, T::Colon | T::In))
        });
        self.declared.insert(word, found);
        found
    }
}

/// The keyword in front of a declaration's name that the word is near to.
fn misspelt_keyword(word: &str) -> Option<&'static str> {
    let near = |keyword: &&str| strsim::osa_distance(word, keyword) <= keyword.len() / 3;
    ["struct", "class", "enum", "def"].into_iter().find(near)
}

/// Words that mean something on a line of their own.
fn lone_word(word: &str) -> bool {
    matches!(word, "yield" | "await" | "loop" | "do" | "repeat")
}

/// Names that begin a declaration in C and its family.
pub(super) fn is_type_like(text: &str) -> bool {
    matches!(
        text,
        "int"
            | "float"
            | "double"
            | "bool"
            | "str"
            | "string"
            | "String"
            | "char"
            | "void"
            | "long"
            | "short"
            | "unsigned"
            | "size_t"
            | "u8"
            | "i32"
            | "i64"
            | "u32"
            | "f32"
            | "f64"
            | "byte"
            | "boolean"
    ) || text.starts_with(|c: char| c.is_ascii_uppercase())
}
