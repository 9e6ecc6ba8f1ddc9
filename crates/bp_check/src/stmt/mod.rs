//! Statements: typed HIR, and whether control gets past them.
//!
//! Statements that are never reached are checked, warned about once per block, and dropped.

mod assign;
pub(crate) mod bind;
mod loops;
mod matching;
mod object;
mod tries;

use crate::checker::Checker;
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{self, Block, StmtKind};
use crate::infer::{RED_ZONE, STACK_SEGMENT};
use crate::narrow::Ways;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Condition, ExprKind};
use bp_syntax::span::Span;

/// A checked statement and whether it never ends normally.
pub(crate) type Checked = (StmtKind, bool);

impl<'a> Checker<'a> {
    /// A block in a scope of its own; whether control never reaches its end.
    pub fn block(&mut self, block: &'a ast::Block) -> (Block, bool) {
        self.scopes.enter();
        let mark = self.narrow_mark();
        let result = self.block_here(block);
        self.narrow_undo(mark);
        self.scopes.leave();
        result
    }

    /// A block whose names live in the scope that is open.
    pub fn block_here(&mut self, block: &'a ast::Block) -> (Block, bool) {
        let mut stmts = Vec::with_capacity(block.stmts.len());
        let mut ended: Option<Span> = None;
        let mut warned = false;
        let mut rest = block.stmts.as_slice();
        while let Some((stmt, behind)) = rest.split_first() {
            rest = behind;
            if let Some(cause) = ended.filter(|_| !warned) {
                warned = true;
                self.report(Error::Unreachable { at: stmt.span, cause });
            }
            if let ast::StmtKind::Function(function) = &stmt.kind {
                let mut run = vec![&**function];
                while let Some((ast::Stmt { kind: ast::StmtKind::Function(next), .. }, behind)) = rest.split_first() {
                    run.push(next);
                    rest = behind;
                }
                let filling = self.nested_defs(&run);
                stmts.extend(filling.into_iter().filter(|_| ended.is_none()));
                continue;
            }
            let Some((kind, ends)) = self.statement(stmt) else { continue };
            if ended.is_none() {
                stmts.push(hir::Stmt { kind, span: head(stmt) });
            }
            if ends {
                ended.get_or_insert(head(stmt));
            }
        }
        (stmts, ended.is_some())
    }

    /// A top-level statement: its `let` makes globals.
    pub fn module_statement(&mut self, stmt: &'a ast::Stmt, block: &mut Block) {
        let checked = match &stmt.kind {
            ast::StmtKind::Let { target, ty, value } => self.global_let(target, ty.as_deref(), value.as_ref()),
            _ => self.statement(stmt),
        };
        if let Some((kind, _)) = checked {
            block.push(hir::Stmt { kind, span: head(stmt) });
        }
    }

    /// One statement; none if it leaves nothing to run.
    fn statement(&mut self, stmt: &'a ast::Stmt) -> Option<Checked> {
        stacker::maybe_grow(RED_ZONE, STACK_SEGMENT, || self.statement_kind(stmt))
    }

    fn statement_kind(&mut self, stmt: &'a ast::Stmt) -> Option<Checked> {
        use ast::StmtKind as K;
        match &stmt.kind {
            K::Let { target, ty, value } => self.local_let(target, ty.as_deref(), value.as_ref()),
            K::Assign { target, value } => self.assign(target, value, stmt.span),
            K::AugAssign { target, op, op_span, value } => self.augmented(target, *op, *op_span, value, stmt.span),
            K::Expr(value) => self.expression_statement(value),
            K::If { branches, otherwise } => Some(self.if_statement(branches, otherwise.as_ref())),
            K::While { cond, body, otherwise } => Some(self.while_statement(cond, body, otherwise.as_deref())),
            K::For { target, iter, body, otherwise } => self.for_statement(target, iter, body, otherwise.as_deref()),
            K::Match { value, cases } => self.match_statement(value, cases),
            K::Try { body, catches, finally } => Some(self.try_statement(body, catches, finally.as_ref())),
            K::Throw(value) => self.throw(value.as_ref(), stmt.span),
            K::Return(value) => self.return_statement(value.as_ref(), stmt.span),
            K::Break => self.leave_loop(stmt.span, true),
            K::Continue => self.leave_loop(stmt.span, false),
            K::Pass => None,
            K::Assert { cond, message } => {
                let cond = self.condition(cond);
                let message = message.as_ref().map(|message| Box::new(self.expr_as(message, Ty::STR, Why::Text)));
                let facts = self.facts(&cond);
                self.narrow(&facts.when_true);
                Some((StmtKind::Assert(cond, message), false))
            }
            K::Function(function) => {
                // At the top level only after an error of the parser, so nothing has to run.
                drop(self.nested_defs(&[&**function]));
                None
            }
        }
    }

    fn expression_statement(&mut self, value: &'a ast::Expr) -> Option<Checked> {
        let checked = self.expr_or_void(value, None);
        let ends = checked.ty == Ty::NEVER;
        if checked.ty != Ty::ERROR {
            self.warn_without_effect(value);
        }
        Some((StmtKind::Expr(checked), ends))
    }

    /// A comparison or a lone name as a statement is a mistake for an assignment or a call.
    fn warn_without_effect(&mut self, value: &ast::Expr) {
        match &value.kind {
            ExprKind::Compare { rest, .. } => {
                let assigned = match rest.as_slice() {
                    [(ast::CompareOp::Eq, op, _)] => Some(*op),
                    _ => None,
                };
                self.report(Error::NoEffect { at: value.span, equals: assigned, is_function: false });
            }
            ExprKind::Name(name) => {
                let is_function = matches!(self.symbol(*name), Some(crate::decl::Symbol::Function(_)))
                    && self.scopes.get(*name).is_none();
                self.report(Error::NoEffect { at: value.span, equals: None, is_function });
            }
            ExprKind::Binary { .. } | ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Bool(_) => {
                self.report(Error::NoEffect { at: value.span, equals: None, is_function: false });
            }
            _ => {}
        }
    }

    fn if_statement(&mut self, branches: &'a [(Condition, ast::Block)], otherwise: Option<&'a ast::Block>) -> Checked {
        let mut ways = self.ways();
        let mut checked = Vec::with_capacity(branches.len());
        let mut all_end = true;
        for (condition, block) in branches {
            self.scopes.enter();
            let inner = self.narrow_mark();
            let condition = self.branch_condition(condition);
            let facts = match &condition {
                hir::Condition::Expr(test) => self.facts(test),
                hir::Condition::Let(..) => crate::narrow::Facts::default(),
            };
            self.narrow(&facts.when_true);
            let (block, ends) = self.way(block, &mut ways);
            self.next_way(&mut ways, inner);
            self.scopes.leave();
            checked.push((condition, block));
            all_end &= ends;
            // In what follows the condition was false.
            self.narrow(&facts.when_false);
        }
        let (otherwise, ends) = match otherwise {
            Some(block) => {
                self.scopes.enter();
                let (block, ends) = self.way(block, &mut ways);
                self.scopes.leave();
                (block, ends)
            }
            None => {
                self.way_ends(&mut ways);
                (Vec::new(), false)
            }
        };
        self.ways_join(ways);
        (StmtKind::If(checked, otherwise), all_end && ends)
    }

    /// A block, in the scope that is open, that is one of several ways through a statement.
    pub(super) fn way(&mut self, block: &'a ast::Block, ways: &mut Ways) -> (Block, bool) {
        let (block, ends) = self.block_here(block);
        if !ends {
            self.way_ends(ways);
        }
        (block, ends)
    }

    /// A condition; `if let` binds its name in the scope that is open.
    fn branch_condition(&mut self, condition: &'a Condition) -> hir::Condition {
        match condition {
            Condition::Expr(test) => hir::Condition::Expr(self.condition(test)),
            Condition::Let { name, value } => {
                let value = self.expr(value, None);
                let value = self.as_declared(value);
                let inner = match self.kind(value.ty) {
                    TyKind::Optional(inner) => *inner,
                    TyKind::Error => Ty::ERROR,
                    _ => {
                        self.report(Error::NeverNull { at: value.span, ty: value.ty, operator: "if let" });
                        Ty::ERROR
                    }
                };
                let local = self.declare(*name, inner);
                hir::Condition::Let(local, value)
            }
        }
    }

    fn return_statement(&mut self, value: Option<&'a ast::Expr>, span: Span) -> Option<Checked> {
        let body = self.current();
        let (function, result) = (body.function, body.result);
        let declared = &self.decls.functions[function.index()];
        let (name, declared_at) = (declared.name, declared.result_span.unwrap_or(declared.span));
        let Some(result) = result else {
            if let Some(value) = value {
                self.expr_or_void(value, None);
            }
            self.report(Error::ReturnOutside { at: span });
            return None;
        };
        match value {
            Some(value) if result == Ty::VOID => {
                let value = self.expr_or_void(value, None);
                if value.ty != Ty::ERROR {
                    let ty = value.ty;
                    let declared = self.decls.functions[function.index()].span;
                    self.report(Error::ReturnFromVoid { at: value.span, ty, name, declared });
                }
                Some((StmtKind::Return(None), true))
            }
            Some(value) => {
                let value = self.expr_as(value, result, Why::Result(name, declared_at));
                Some((StmtKind::Return(Some(value)), true))
            }
            None => {
                if result != Ty::VOID && result != Ty::ERROR {
                    self.report(Error::ReturnNothing { at: span, name, result, declared: declared_at });
                }
                Some((StmtKind::Return(None), true))
            }
        }
    }

    fn leave_loop(&mut self, at: Span, is_break: bool) -> Option<Checked> {
        match self.body().loops.last_mut() {
            Some(innermost) => {
                innermost.has_break |= is_break;
                Some((if is_break { StmtKind::Break } else { StmtKind::Continue }, true))
            }
            None => {
                self.report(Error::OutsideLoop { at, is_break });
                None
            }
        }
    }
}

/// The place of a statement: for compound ones the line they begin on.
fn head(stmt: &ast::Stmt) -> Span {
    use ast::StmtKind as K;
    let end = match &stmt.kind {
        K::If { branches, .. } => match &branches[0].0 {
            Condition::Expr(test) => test.span,
            Condition::Let { value, .. } => value.span,
        },
        K::While { cond: Condition::Expr(test), .. } => test.span,
        K::While { cond: Condition::Let { value, .. }, .. } => value.span,
        K::For { iter, .. } => iter.span,
        K::Match { value, .. } => value.span,
        K::Try { .. } => Span::new(stmt.span.start, stmt.span.start + 3),
        _ => return stmt.span,
    };
    Span::new(stmt.span.start, end.end)
}
