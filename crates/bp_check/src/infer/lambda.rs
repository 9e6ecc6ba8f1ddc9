//! Lambdas.

use super::make;
use crate::checker::{Body, Checker};
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{Expr, ExprKind, LocalId, Stmt, StmtKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, TypeExpr};
use bp_syntax::span::Span;

/// What the context says about a lambda: its parameters' types, and its result's.
pub(super) type Hints = Option<(Vec<Option<Ty>>, Option<Ty>)>;

impl<'a> Checker<'a> {
    pub(super) fn lambda(
        &mut self,
        params: &'a [ast::Param],
        result: Option<&'a TypeExpr>,
        body: &'a ast::Expr,
        span: Span,
        want: Option<Ty>,
    ) -> Expr {
        let hints = match self.wanted(want).cloned() {
            Some(TyKind::Function(params, result)) => Some((params.iter().map(|&ty| Some(ty)).collect(), Some(result))),
            _ => None,
        };
        self.lambda_with(params, result, body, span, hints)
    }

    pub(super) fn lambda_with(
        &mut self,
        params: &'a [ast::Param],
        result: Option<&'a TypeExpr>,
        body: &'a ast::Expr,
        span: Span,
        hints: Hints,
    ) -> Expr {
        let wanted = hints.as_ref().map(|(params, _)| params.len());
        if let Some(wanted) = wanted.filter(|&wanted| wanted != params.len()) {
            return self.fail(span, Error::LambdaCount { at: span, wanted, given: params.len() });
        }
        let module = self.module();
        let id = self.inline_function(self.known.lambda, span);
        self.uses().functions.push(id);
        let (param_hints, result_hint) = hints.unwrap_or_default();
        let written = result.map(|ty| self.resolve_result_type(module, ty));
        let types = self.lambda_params(params, &param_hints);
        self.bodies.push(Body { is_lambda: true, ..Body::new(id, module, None) });
        self.scopes.enter();
        for (param, &ty) in params.iter().zip(&types) {
            self.declare(param.name, ty);
        }
        let (stmt, result) = self.lambda_body(body, written, result_hint);
        self.scopes.leave();
        let captures: Vec<LocalId> = self.current().captures.iter().map(|(outer, _)| *outer).collect();
        let count = u32::try_from(params.len()).expect("few parameters");
        self.finish_body(vec![stmt], result, "<lambda>".into(), count, span);
        if result == Ty::ERROR || types.contains(&Ty::ERROR) {
            return Self::erroneous(span);
        }
        let ty = self.types.function(&types, result);
        let kind = if captures.is_empty() { ExprKind::Function(id) } else { ExprKind::Closure(id, captures) };
        make(kind, ty, span)
    }

    fn lambda_params(&mut self, params: &'a [ast::Param], hints: &[Option<Ty>]) -> Vec<Ty> {
        let module = self.module();
        let mut types = Vec::with_capacity(params.len());
        for (position, param) in params.iter().enumerate() {
            if let Some(default) = &param.default {
                self.report(Error::LambdaDefault { at: default.span });
            }
            let hint = hints.get(position).copied().flatten();
            types.push(match (&param.ty, hint) {
                (Some(ty), _) => self.resolve_value_type(module, ty),
                (None, Some(hint)) => hint,
                (None, None) => {
                    self.report(Error::LambdaParam { name: param.name });
                    Ty::ERROR
                }
            });
        }
        types
    }

    fn lambda_body(&mut self, body: &'a ast::Expr, written: Option<Ty>, hint: Option<Ty>) -> (Stmt, Ty) {
        let span = body.span;
        let want = written.or(hint).filter(|&ty| !matches!(self.kind(ty), TyKind::Var(_)));
        match want {
            Some(Ty::VOID) => {
                let value = self.expr_or_void(body, None);
                (Stmt { kind: StmtKind::Expr(value), span }, Ty::VOID)
            }
            Some(want) => {
                let value = self.expr_as(body, want, Why::Lambda);
                (Stmt { kind: StmtKind::Return(Some(value)), span }, want)
            }
            None => {
                let value = self.expr_or_void(body, hint);
                match value.ty {
                    Ty::VOID | Ty::NEVER => (Stmt { kind: StmtKind::Expr(value), span }, Ty::VOID),
                    Ty::NULL => {
                        self.report(Error::NullAlone { at: span });
                        (Stmt { kind: StmtKind::Expr(value), span }, Ty::ERROR)
                    }
                    ty => (Stmt { kind: StmtKind::Return(Some(value)), span }, ty),
                }
            }
        }
    }
}
