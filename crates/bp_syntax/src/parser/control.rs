//! Statements with blocks: conditions, loops, `match`, `try`.

use super::Parser;
use crate::ast::{
    Block, Case, Catch, CatchFilter, CompareOp, Condition, Expr, ExprKind, LetTarget, Pattern, PatternKind, StmtKind,
};
use crate::messages::{foreign, syntax};
use crate::span::Span;
use crate::token::TokenKind as T;

impl Parser<'_> {
    pub(super) fn if_stmt(&mut self) -> Option<StmtKind> {
        let mut branches = Vec::with_capacity(1);
        let mut what = "this `if`";
        loop {
            let start = self.start();
            self.bump();
            let cond = self.condition();
            let head = self.span_from(start);
            branches.push((cond, self.block(head, what)));
            match self.kind() {
                T::Elif => {}
                T::Else if self.kind_at(1) == T::If => {
                    let both = self.span().to(self.span_at(1));
                    self.report(foreign::else_if(both, "else if"));
                    self.bump();
                }
                T::Ident if matches!(self.token_text(), "elseif" | "elsif" | "elsf" | "elf") => {
                    self.report(foreign::else_if(self.span(), self.token_text()));
                }
                _ => break,
            }
            what = "this `elif`";
        }
        let otherwise = self.else_block();
        if otherwise.is_some() && matches!(self.kind(), T::Else | T::Elif) {
            self.fail(syntax::misplaced(self.span(), "a branch", "cannot follow the `else` of its `if`"));
        }
        branches.shrink_to_fit();
        Some(StmtKind::If { branches, otherwise })
    }

    fn else_block(&mut self) -> Option<Block> {
        let head = self.eat(T::Else)?;
        Some(self.block(head, "`else`"))
    }

    /// The condition of an `if` or `while`, with or without `let`.
    fn condition(&mut self) -> Condition {
        if self.at(T::Let) {
            self.bump();
            let Some(name) = self.binding("a variable") else { return Condition::Expr(self.error_expr()) };
            self.expect(T::Assign, "`=` and an optional value");
            let value = self.expr();
            return Condition::Let { name, value };
        }
        if matches!(self.kind(), T::Colon | T::Newline) {
            self.expected("a condition");
            return Condition::Expr(self.error_expr());
        }
        let mut cond = self.expr();
        if self.at(T::Assign) && !self.panicking {
            self.report(syntax::assign_in_condition(self.span()));
            let op_span = self.bump();
            let other = self.expr();
            let span = cond.span.to(other.span);
            let rest = vec![(CompareOp::Eq, op_span, other)];
            cond = Expr { kind: ExprKind::Compare { first: Box::new(cond), rest }, span };
        }
        if self.at(T::FatArrow) && !self.panicking {
            self.fail(foreign::operator_spelling(self.span(), "=>", ">="));
        }
        if self.at(T::ColonAssign) && !self.panicking {
            self.fail(foreign::walrus(self.span()));
        }
        if self.at(T::Ident) && self.token_text() == "then" {
            let has_colon = self.kind_at(1) == T::Colon;
            let gap = Span::new(self.gap().start, self.span().end);
            self.report(foreign::then(self.span(), gap, has_colon));
            self.bump();
            // The fix writes the colon: its absence is no mistake of its own.
            if self.at(T::Newline) {
                self.colon_reported = true;
            }
        }
        Condition::Expr(cond)
    }

    pub(super) fn while_stmt(&mut self) -> Option<StmtKind> {
        let start = self.start();
        self.bump();
        let cond = self.condition();
        let head = self.span_from(start);
        let body = self.block(head, "this `while`");
        let otherwise = self.else_block().map(Box::new);
        Some(StmtKind::While { cond, body, otherwise })
    }

    pub(super) fn for_stmt(&mut self) -> Option<StmtKind> {
        let start = self.start();
        self.bump();
        if self.at(T::LParen) && self.is_c_for() {
            self.fail(foreign::c_for(self.span()));
        }
        if matches!(self.kind(), T::Let)
            || (self.at(T::Ident) && self.kind_at(1) == T::Ident && self.kind_at(2) == T::In)
        {
            self.report(foreign::loop_variable(self.span().to(self.span_at(1)), self.text_at(1)));
            self.bump();
        }
        let target = self.for_target();
        if self.at(T::Ident) && self.token_text() == "of" && !self.panicking {
            self.report(foreign::operator_spelling(self.span(), "of", "in"));
            self.bump();
        } else {
            self.expect(T::In, "`in` and what to go through");
        }
        let iter = Box::new(self.range_or_expr());
        let head = self.span_from(start);
        let body = self.block(head, "this `for`");
        let otherwise = self.else_block().map(Box::new);
        Some(StmtKind::For { target: target?, iter, body, otherwise })
    }

    pub(super) fn for_target(&mut self) -> Option<LetTarget> {
        self.let_target()
    }

    /// What a `for` goes through; `0..n` is answered with `range(0, n)`.
    fn range_or_expr(&mut self) -> Expr {
        let iter = self.tuple_expr();
        if matches!(self.kind(), T::DotDot | T::DotDotEq | T::Ellipsis) && !self.panicking {
            let inclusive = self.at(T::DotDotEq);
            let dots = self.bump();
            let high = self.expr();
            if !self.panicking {
                let whole = iter.span.to(high.span);
                let (low, high) = (self.source(iter.span), self.source(high.span));
                self.report(foreign::dotted_range(dots, whole, low, high, inclusive));
            }
        }
        iter
    }

    /// Whether the parentheses here hold the three parts of a C loop.
    fn is_c_for(&self) -> bool {
        let mut tokens = self.tokens[self.pos..].iter().take(200);
        tokens.find(|token| matches!(token.kind, T::Semi | T::Newline | T::Eof)).is_some_and(|t| t.kind == T::Semi)
    }

    /// Whether `match` here begins a statement: the line ends in a colon.
    pub(super) fn is_match_stmt(&self) -> bool {
        if matches!(self.kind_at(1), T::Assign | T::Dot | T::Colon | T::Newline | T::Comma | T::RParen) {
            return false;
        }
        let rest = &self.tokens[self.pos..];
        let end = rest.iter().position(|t| matches!(t.kind, T::Newline | T::Semi | T::Eof)).unwrap_or(0);
        let begins = matches!(self.kind_at(1), T::Ident | T::Int | T::Str | T::Float | T::New | T::Super);
        begins || (end > 0 && rest[end - 1].kind == T::Colon)
    }

    pub(super) fn match_stmt(&mut self) -> Option<StmtKind> {
        let start = self.start();
        self.bump();
        let value = self.tuple_expr();
        let head = self.span_from(start);
        if self.eat(T::Colon).is_none() {
            if self.at(T::Newline) {
                self.report(syntax::missing_colon(self.gap(), "this `match`"));
            } else {
                self.expected("`:` at the end of this `match`");
            }
        }
        let failed = self.panicking;
        if failed {
            self.skip_line();
        } else if self.eat(T::Newline).is_none() {
            self.expected("the end of the line, and the cases below it");
            self.skip_line();
        }
        if !self.at(T::Indent) {
            // Cases may stand below their `match` without indentation, as in C.
            if self.at(T::Case) || self.at(T::Default) {
                self.report(foreign::unindented_cases(self.span()));
                let cases = self.cases();
                return Some(StmtKind::Match { value, cases });
            }
            if !failed {
                self.report(syntax::missing_block(self.gap(), head, "this `match`"));
            }
            return Some(StmtKind::Match { value, cases: vec![] });
        }
        let cases = self.nested(None, |p| {
            p.bump();
            let cases = p.cases();
            p.end_cases();
            Some(cases)
        });
        let Some(cases) = cases else {
            self.skip_block();
            self.panicking = false;
            return None;
        };
        Some(StmtKind::Match { value, cases })
    }

    fn cases(&mut self) -> Vec<Case> {
        let mut cases = vec![];
        loop {
            match self.kind() {
                T::Case => cases.extend(self.case()),
                T::Default => cases.extend(self.default_case()),
                T::Else => {
                    self.report(foreign::match_else(self.span()));
                    cases.extend(self.default_case());
                }
                T::Ident if self.token_text() == "_" && self.kind_at(1) == T::Colon => {
                    self.report(foreign::bare_case(self.span()));
                    cases.extend(self.default_case());
                }
                _ => return cases,
            }
        }
    }

    /// Takes the `Dedent` of a `match`, after complaining about what is no case.
    fn end_cases(&mut self) {
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
                    self.bump();
                }
                T::Case | T::Default => {
                    self.cases();
                }
                _ => {
                    self.expected("`case` or `default`");
                    self.skip_line();
                }
            }
        }
    }

    fn case(&mut self) -> Option<Case> {
        let start = self.start();
        self.bump();
        let pattern = self.pattern();
        let guard = self.eat(T::If).map(|_| self.expr());
        let head = self.span_from(start);
        if matches!(self.kind(), T::FatArrow | T::Arrow) {
            self.report(foreign::case_arrow(self.span()));
            let arrow = self.bump();
            if self.at(T::Newline) || self.at(T::Colon) {
                return Some(Case { pattern, guard, body: self.block(head, "this `case`"), is_default: false, head });
            }
            let mut stmts = vec![];
            self.statement(&mut stmts);
            let body = Block { stmts, span: self.span_from(arrow.end) };
            return Some(Case { pattern, guard, body, is_default: false, head });
        }
        let body = self.block(head, "this `case`");
        Some(Case { pattern, guard, body, is_default: false, head })
    }

    fn default_case(&mut self) -> Option<Case> {
        let head = self.bump();
        let body = self.block(head, "`default`");
        let pattern = Pattern { kind: PatternKind::Wildcard, span: head };
        Some(Case { pattern, guard: None, body, is_default: true, head })
    }

    pub(super) fn try_stmt(&mut self) -> Option<StmtKind> {
        let head = self.bump();
        let body = self.block(head, "`try`");
        let mut catches = vec![];
        loop {
            match self.kind() {
                T::Catch => catches.extend(self.catch()),
                T::Ident if self.token_text() == "except" => {
                    self.report(foreign::keyword(self.span(), "except", "catch"));
                    catches.extend(self.catch());
                }
                _ => break,
            }
        }
        let finally = self.eat(T::Finally).map(|head| self.block(head, "`finally`"));
        if self.at(T::Else) && self.kind_at(1) == T::Colon {
            self.fail(foreign::try_else(self.span()));
        } else if self.at(T::Catch) {
            self.fail(syntax::misplaced(self.span(), "`catch`", "stands before `finally`"));
        } else if catches.is_empty() && finally.is_none() {
            self.report(syntax::try_alone(head));
        }
        Some(StmtKind::Try { body, catches, finally })
    }

    fn catch(&mut self) -> Option<Catch> {
        let start = self.start();
        self.bump();
        let filter = self.catch_filter();
        let head = self.span_from(start);
        let body = self.block(head, "this `catch`");
        Some(Catch { filter: filter.unwrap_or(CatchFilter::All), body, head })
    }

    fn catch_filter(&mut self) -> Option<CatchFilter> {
        if matches!(self.kind(), T::Colon | T::Newline) {
            return Some(CatchFilter::All);
        }
        let open = self.eat(T::LParen);
        let mut path = self.path("a caught error")?;
        if open.is_some() && self.at(T::Comma) {
            self.fail(foreign::several_classes(self.span()));
        }
        // `catch (IndexError e)`, as in Java.
        if self.at(T::Ident) && !self.panicking {
            self.report(foreign::catch_binding(Span::new(self.previous().end, self.start())));
            let binding = self.binding("a caught error");
            self.close_catch(open);
            return Some(CatchFilter::Class { path, binding });
        }
        let binding = if self.eat(T::As).is_some() { Some(self.binding("a caught error")?) } else { None };
        self.close_catch(open);
        if binding.is_none() && path.len() == 1 {
            return path.pop().map(CatchFilter::Name);
        }
        Some(CatchFilter::Class { path, binding })
    }

    fn close_catch(&mut self, open: Option<Span>) {
        if let Some(open) = open {
            let close = self.close(T::RParen, "`)`");
            self.report(foreign::catch_parentheses(open, close));
        }
    }
}
