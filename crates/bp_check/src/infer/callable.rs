//! Names of what can be called as function values: `xs.map(str)` is `xs.map(fn(x): str(x))`.
//!
//! Built-ins, casts, structs, classes and generic functions have no single type: how many parameters the function has, and of
//! which types, is what the context wants. The lambda is made as a piece of syntax and checked like a written one.

use crate::checker::Checker;
use crate::decl::Symbol;
use crate::generic::TemplateSource;
use crate::hir::Expr;
use crate::types::{Ty, TyKind};
use bp_builtins::signature::{self, Signature, Type};
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// Whether an argument waits until the others have bound type parameters: a lambda, or a name that stands for one.
    pub(super) fn waits(&mut self, e: &ast::Expr) -> bool {
        match &e.kind {
            ast::ExprKind::Lambda { .. } => true,
            ast::ExprKind::Name(name) => {
                self.scopes.get(*name).is_none() && self.is_callable_only(self.symbol(*name), *name)
            }
            _ => false,
        }
    }

    /// Whether what a name stands for at module level can be called but has no type of its own.
    pub(super) fn is_callable_only(&mut self, symbol: Option<Symbol>, name: Name) -> bool {
        match symbol {
            Some(Symbol::Record(_)) => true,
            Some(Symbol::Generic(id)) => !matches!(self.generics.template(id).source, TemplateSource::Alias(_)),
            Some(Symbol::Alias(alias)) => {
                let ty = self.decls.aliases[alias as usize].ty;
                ty.is_some_and(|ty| matches!(self.types.kind(ty), TyKind::Record(_)))
            }
            Some(_) => false,
            None => {
                let rows = self.free_builtins(name);
                matches!(self.plain_type(name), Some(Ty::INT | Ty::FLOAT | Ty::BOOL))
                    || rows.first().is_some_and(|&row| !signature::signature(row).is_constant)
            }
        }
    }

    /// A lambda itself, or the one with `count` parameters that a callable name stands for.
    pub(super) fn as_lambda(&mut self, e: &'a ast::Expr, count: usize) -> &'a ast::Expr {
        match e.kind {
            ast::ExprKind::Name(name) => self.lambda_of(name, e.span, count),
            _ => e,
        }
    }

    /// A callable name where a value is wanted; none if nothing says which function.
    pub(super) fn callable_value(&mut self, name: Name, span: Span, want: Option<Ty>) -> Option<Expr> {
        if let Some(TyKind::Function(params, _)) = self.wanted(want) {
            let count = params.len();
            let lambda = self.lambda_of(name, span, count);
            return Some(self.expr(lambda, want));
        }
        let [row] = self.free_builtins(name) else { return None };
        let signature = signature::signature(*row);
        if self.symbol(name).is_some() || !is_plain(signature) {
            return None;
        }
        let params: Vec<Ty> = signature.params.iter().map(|param| self.plain_signature_type(&param.ty)).collect();
        let result = self.plain_signature_type(&signature.result);
        let lambda = self.lambda_of(name, span, params.len());
        let ty = self.types.function(&params, result);
        Some(self.expr(lambda, Some(ty)))
    }

    /// `fn(a, b): name(a, b)`
    fn lambda_of(&self, name: Name, span: Span, count: usize) -> &'a ast::Expr {
        let names: Vec<Ident> = self.known.params.iter().take(count).map(|&name| Ident { name, span }).collect();
        let expr = |kind| ast::Expr { kind, span };
        let args = names.iter().map(|param| ast::Arg { name: None, value: expr(ast::ExprKind::Name(param.name)) });
        let call = ast::ExprKind::Call { callee: Box::new(expr(ast::ExprKind::Name(name))), args: args.collect() };
        let params = names.into_iter().map(|name| ast::Param { name, ty: None, default: None, rest: false, span });
        let lambda = ast::ExprKind::Lambda { params: params.collect(), result: None, body: Box::new(expr(call)) };
        self.made.alloc(expr(lambda))
    }
}

/// Whether the function takes exactly what its signature says.
fn is_plain(signature: &Signature) -> bool {
    let plain = |param: &signature::Param| param.default.is_none() && !param.rest && param.ty != Type::Any;
    signature.type_params.is_empty() && signature.params.iter().all(plain)
}
