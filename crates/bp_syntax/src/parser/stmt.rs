//! Statements and blocks.

use super::Parser;
use super::operators::augmented;
use super::signature::Params;
use crate::ast::{Block, Expr, ExprKind, LetTarget, Stmt, StmtKind, TypeExpr, TypeKind};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    /// The block of a statement whose head ends here, from its colon on. `what` names the head.
    pub(super) fn block(&mut self, head: Span, what: &str) -> Block {
        if self.eat(T::Colon).is_none() {
            match self.kind() {
                T::Newline if std::mem::take(&mut self.colon_reported) => {}
                T::Newline => self.report(syntax::missing_colon(self.gap(), what)),
                _ => {
                    self.head_error(what);
                    self.skip_to_colon();
                }
            }
        }
        let failed = std::mem::take(&mut self.panicking);
        if failed {
            self.lose_line();
        }
        let start = self.start();
        if self.eat(T::Newline).is_none() {
            return self.same_line_block(head, what, failed);
        }
        if self.at(T::Indent) {
            let start = self.tokens[self.pos].span.end;
            let stmts = self.indented_block();
            return Block { stmts, span: self.span_from(start) };
        }
        if !failed {
            self.report(syntax::missing_block(self.gap(), head, what));
        }
        Block { stmts: vec![], span: Span::new(start, start) }
    }

    /// The head of a block goes on where its colon should be.
    fn head_error(&mut self, what: &str) {
        if self.panicking {
            return;
        }
        if let Some(error) = self.foreign_operator_here() {
            return self.fail(error);
        }
        let begins = matches!(self.kind(), T::Return | T::Break | T::Continue | T::Pass | T::Throw | T::Let)
            || (self.at(T::Ident)
                && matches!(self.kind_at(1), T::LParen | T::Dot | T::Assign | T::PlusEq | T::MinusEq));
        if begins {
            return self.fail(syntax::missing_colon(self.gap(), what));
        }
        self.expected(&format!("`:` at the end of {what}"));
    }

    /// Skips to behind the colon that begins a block, or to the end of the line.
    fn skip_to_colon(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.kind() {
                T::Newline | T::Indent | T::Dedent | T::Eof => return,
                T::Colon if open == 0 => {
                    self.bump();
                    return;
                }
                kind if kind.opens() => open += 1,
                kind if kind.closes() => open = open.saturating_sub(1),
                _ => {}
            }
            self.bump();
        }
    }

    /// Simple statements behind the colon.
    fn same_line_block(&mut self, head: Span, what: &str, failed: bool) -> Block {
        let start = self.start();
        let mut stmts = vec![];
        if matches!(self.kind(), T::Eof | T::Indent | T::Dedent) {
            if !failed {
                self.report(syntax::missing_block(self.gap(), head, what));
            }
            return Block { stmts, span: Span::new(start, start) };
        }
        if failed {
            // What follows a broken head is as likely a part of it.
            self.panicking = true;
            self.skip_line();
            return Block { stmts, span: Span::new(start, start) };
        }
        if matches!(self.kind(), T::If | T::While | T::For | T::Try | T::Def | T::Struct | T::Class | T::Enum) {
            self.report(syntax::compound_on_line(self.span()));
        }
        loop {
            let before = self.pos;
            self.nested((), |p| p.statement(&mut stmts));
            // A statement that ends with its line leaves the layout behind it.
            let ended = self.pos == before || matches!(self.tokens[self.pos - 1].kind, T::Newline | T::Dedent);
            if self.pos == before {
                self.skip_line();
            }
            if ended || matches!(self.kind(), T::Eof | T::Indent | T::Dedent) {
                break;
            }
        }
        stmts.shrink_to_fit();
        Block { stmts, span: self.span_from(start) }
    }

    fn indented_block(&mut self) -> Vec<Stmt> {
        let depth = self.depth;
        let stmts = self.nested(None, |p| {
            p.bump();
            let mut stmts = Vec::with_capacity(1);
            p.statements(&mut stmts);
            stmts.shrink_to_fit();
            Some(stmts)
        });
        match stmts {
            Some(stmts) => stmts,
            None => {
                debug_assert_eq!(depth, self.depth, "nesting is balanced");
                self.skip_block();
                self.panicking = false;
                vec![]
            }
        }
    }

    /// Statements up to the `Dedent` of the block, which is taken.
    fn statements(&mut self, out: &mut Vec<Stmt>) {
        let mut extra = 0_usize;
        loop {
            match self.kind() {
                T::Eof => return,
                T::Dedent if extra == 0 => {
                    self.bump();
                    return;
                }
                T::Dedent => {
                    self.bump();
                    extra -= 1;
                }
                T::Indent => {
                    self.unexpected_indent();
                    extra += 1;
                }
                _ => self.statement(out),
            }
        }
    }

    /// Takes an `Indent` that no block asked for.
    pub(super) fn unexpected_indent(&mut self) {
        let span = self.bump();
        let after_failure = self.pos >= 2 && self.failed_line == Some(self.pos - 1);
        if !after_failure {
            self.report(syntax::unexpected_indent(span));
        }
    }

    /// Reads one statement with the end of its line; drops it if it made no sense.
    pub(super) fn statement(&mut self, out: &mut Vec<Stmt>) {
        let start = self.start();
        let kind = match self.kind() {
            T::If => self.if_stmt(),
            T::While => self.while_stmt(),
            T::For => self.for_stmt(),
            T::Try => self.try_stmt(),
            T::Match if self.is_match_stmt() => self.match_stmt(),
            T::Def => self.function(vec![], Params::Function).map(|f| StmtKind::Function(Box::new(f))),
            T::At => self.annotated_def(),
            T::Struct | T::Class | T::Enum | T::Import | T::Export => self.misplaced_item(),
            T::Extern if self.kind_at(1) == T::Fn => self.misplaced_item(),
            T::Elif | T::Else | T::Catch | T::Finally => self.orphan(),
            T::Case | T::Default if self.is_orphan_case() => self.orphan(),
            _ => {
                let kind = self.simple_statement();
                let kind = kind.map(|kind| Stmt { kind, span: self.span_from(start) });
                out.extend(kind);
                return self.end_statement();
            }
        };
        let span = self.span_from(start);
        out.extend(kind.map(|kind| Stmt { kind, span }));
        if self.panicking {
            self.end_failed_line();
        }
    }

    pub(super) fn end_failed_line(&mut self) {
        self.skip_line();
        if std::mem::take(&mut self.skips_block) && self.at(T::Indent) {
            self.skip_block();
        }
        self.failed_line = Some(self.pos);
    }

    /// Takes the end of a simple statement's line.
    pub(super) fn end_statement(&mut self) {
        let after_block = std::mem::take(&mut self.block_ended);
        match self.kind() {
            _ if self.panicking => self.end_failed_line(),
            _ if after_block => {}
            T::Newline => {
                self.bump();
            }
            T::Eof | T::Dedent | T::Indent => {}
            T::Semi => {
                let span = self.bump();
                while self.eat(T::Semi).is_some() {}
                let at_line_end = matches!(self.kind(), T::Newline | T::Eof | T::Dedent);
                self.report(syntax::semicolon(span, at_line_end));
                self.eat(T::Newline);
            }
            _ => {
                self.trailing_error();
                self.end_failed_line();
            }
        }
    }

    /// A statement without a block, up to but without the end of its line.
    pub(super) fn simple_statement(&mut self) -> Option<StmtKind> {
        Some(match self.kind() {
            T::Let => return self.let_stmt(),
            T::Return => {
                self.bump();
                StmtKind::Return(self.optional_value())
            }
            T::Throw => {
                self.bump();
                StmtKind::Throw(self.optional_value())
            }
            T::Break => self.keyword_stmt(StmtKind::Break),
            T::Continue => self.keyword_stmt(StmtKind::Continue),
            T::Pass => self.keyword_stmt(StmtKind::Pass),
            T::Assert => return self.assert_stmt(),
            T::Ellipsis => {
                self.report(foreign::ellipsis(self.span()));
                self.keyword_stmt(StmtKind::Pass)
            }
            T::Ident => match self.foreign_statement() {
                Some(kind) => return kind,
                None => return self.expression_stmt(),
            },
            T::Fn if self.kind_at(1) == T::Ident => return self.foreign_def(self.span(), "fn"),
            T::Plus | T::Minus if self.is_increment() => return self.prefix_increment(),
            _ => return self.expression_stmt(),
        })
    }

    fn keyword_stmt(&mut self, kind: StmtKind) -> StmtKind {
        self.bump();
        kind
    }

    pub(super) fn optional_value(&mut self) -> Option<Expr> {
        let none = matches!(self.kind(), T::Newline | T::Semi | T::Eof | T::Dedent | T::Indent);
        (!none).then(|| self.tuple_expr())
    }

    /// `let target: T = value`, at the `let`.
    pub(super) fn let_stmt(&mut self) -> Option<StmtKind> {
        self.bump();
        self.foreign_let_modifier();
        let target = self.let_target()?;
        let ty = self.eat(T::Colon).map(|_| self.ty());
        if let (LetTarget::Tuple(_, span), Some(_)) = (&target, &ty) {
            self.report(syntax::typed_tuple_let(*span));
        }
        let value = self.let_value(ty.as_ref());
        Some(StmtKind::Let { target, ty: ty.map(Box::new), value })
    }

    /// `= value` of a declaration.
    pub(super) fn let_value(&mut self, ty: Option<&TypeExpr>) -> Option<Expr> {
        match self.kind() {
            T::Assign => {
                self.bump();
            }
            T::EqEq | T::ColonAssign => {
                self.report(syntax::let_compares(self.span()));
                self.bump();
            }
            T::Newline | T::Semi | T::Eof | T::Dedent => {
                let default = ty.and_then(|ty| self.default_text(ty));
                self.report(syntax::let_without_value(self.gap(), default));
                return None;
            }
            _ => {
                if !self.panicking
                    && let Some(error) = self.foreign_operator_here()
                {
                    self.fail(error);
                }
                self.expected("`=` and a value");
                return None;
            }
        }
        let value = self.tuple_expr();
        self.no_chain();
        Some(value)
    }

    /// How the empty value of a simple type is written.
    fn default_text(&self, ty: &TypeExpr) -> Option<&'static str> {
        match &ty.kind {
            TypeKind::Array(_) => Some("[]"),
            TypeKind::Map(..) => Some("{}"),
            TypeKind::Set(_) => Some("set()"),
            TypeKind::Optional(_) => Some("null"),
            TypeKind::Named { .. } => match self.source(ty.span) {
                "int" => Some("0"),
                "float" => Some("0.0"),
                "bool" => Some("false"),
                "str" => Some("\"\""),
                _ => None,
            },
            _ => None,
        }
    }

    /// Reports a second `=`.
    fn no_chain(&mut self) {
        if self.at(T::Assign) && !self.panicking {
            let next = self.kind_at(1);
            let glued = self.span().end == self.span_at(1).start;
            if glued && matches!(next, T::Less | T::Greater) {
                let (both, ours) = (self.span().to(self.span_at(1)), format!("{}=", self.text_at(1)));
                return self.fail(foreign::operator_spelling(both, self.source(both), &ours));
            }
            self.fail(syntax::chained_assignment(self.span()));
        }
    }

    /// `a`, `a, b`, `a, (b, c)` or `(a, b)` of a `let`.
    pub(super) fn let_target(&mut self) -> Option<LetTarget> {
        let start = self.start();
        let first = self.one_target()?;
        if !self.at(T::Comma) {
            return Some(first);
        }
        let mut targets = vec![first];
        while self.eat(T::Comma).is_some() && !matches!(self.kind(), T::Assign | T::In) {
            targets.push(self.one_target()?);
        }
        Some(LetTarget::Tuple(targets, self.span_from(start)))
    }

    fn one_target(&mut self) -> Option<LetTarget> {
        if !self.at(T::LParen) {
            return self.binding("a variable").map(LetTarget::Name);
        }
        let start = self.start();
        self.bump();
        let targets = self.nested(None, |p| {
            let (targets, _) = p.list(T::RParen, "`,` or `)`", Self::one_target);
            targets.into_iter().collect::<Option<Vec<_>>>()
        })?;
        Some(LetTarget::Tuple(targets, self.span_from(start)))
    }

    fn assert_stmt(&mut self) -> Option<StmtKind> {
        self.bump();
        let open = self.span();
        let parenthesised = self.at(T::LParen);
        let cond = self.expr();
        if parenthesised && let ExprKind::Tuple(parts) = &cond.kind {
            let close = self.previous();
            if parts.len() == 2 && !self.panicking {
                self.report(syntax::assert_tuple(cond.span, open, close));
            }
        }
        let message = self.eat(T::Comma).map(|_| self.expr());
        Some(StmtKind::Assert { cond, message })
    }

    /// An assignment, augmented assignment, or an expression for its effect.
    fn expression_stmt(&mut self) -> Option<StmtKind> {
        let mut target = self.tuple_expr();
        if self.panicking {
            return None;
        }
        match self.kind() {
            T::Newline => Some(StmtKind::Expr(target)),
            T::Assign => {
                self.check_target(&mut target);
                self.bump();
                let value = self.tuple_expr();
                self.no_chain();
                Some(StmtKind::Assign { target, value })
            }
            T::CoalesceEq => {
                let text = self.source(target.span);
                self.fail(syntax::coalesce_assign(self.span(), target.span, text));
                None
            }
            T::Colon => self.declaration_without_let(target),
            T::ColonAssign => self.walrus_statement(target),
            kind => match augmented(kind) {
                Some(op) => {
                    self.check_target(&mut target);
                    if matches!(target.kind, ExprKind::Tuple(_)) {
                        self.report(syntax::aug_tuple(target.span));
                    }
                    let op_span = self.bump();
                    let value = self.tuple_expr();
                    Some(StmtKind::AugAssign { target: Box::new(target), op, op_span, value })
                }
                None => Some(StmtKind::Expr(target)),
            },
        }
    }

    /// Reports what cannot be assigned to, and forgets it: nobody needs to complain again.
    fn check_target(&mut self, target: &mut Expr) {
        let what = match &mut target.kind {
            ExprKind::Name(_) | ExprKind::Index { .. } | ExprKind::Slice { .. } | ExprKind::Error => return,
            ExprKind::Field { optional: false, .. } => return,
            ExprKind::Tuple(parts) if !parts.is_empty() => {
                parts.iter_mut().for_each(|part| self.check_target(part));
                return;
            }
            ExprKind::Field { .. } => "a field behind `?.`",
            ExprKind::Call { .. } | ExprKind::New(_) => "the result of a call",
            ExprKind::Compare { .. } => "a comparison",
            ExprKind::Binary { .. } | ExprKind::Unary { .. } | ExprKind::Logical { .. } => "the result of an operator",
            ExprKind::Array(_) => "an array literal",
            ExprKind::Unwrap(_) => "an asserted value",
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Str(_) | ExprKind::FString(_) => "a literal",
            ExprKind::Bool(_) | ExprKind::Null => "a constant",
            _ => "this expression",
        };
        self.report(syntax::bad_target(target.span, what));
        target.kind = ExprKind::Error;
    }
}
