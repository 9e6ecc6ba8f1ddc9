//! Calls of built-ins: which row of an overloaded name is meant, and its instantiation.

use super::make;
use super::signature::Binds;
use crate::checker::Checker;
use crate::coerce::{Why, clue};
use crate::error::Error;
use crate::hir::{Arg, Expr, ExprKind};
use crate::infer::call::CallSite;
use crate::types::{Ty, TyKind};
use crate::vars::Origin;
use bp_builtins::Builtin;
use bp_builtins::signature::{self, Default, Signature, Type};
use bp_syntax::ast::{self, Ident};
use bp_syntax::span::Span;

/// An argument on its way: lambdas, and names that stand for one, wait until the other arguments have bound type
/// parameters.
enum Given<'a> {
    Value(Expr),
    Lambda(&'a ast::Expr),
}

/// A call of one row: the parameter of each argument, in source order, the receiver first.
struct Chosen<'a> {
    builtin: Builtin,
    signature: &'static Signature,
    params: Vec<usize>,
    given: Vec<Given<'a>>,
}

impl<'a> Checker<'a> {
    /// A call of the first of the `candidates` that fits; reports if none does.
    pub(super) fn call_builtin(
        &mut self,
        name: Ident,
        candidates: &[Builtin],
        receiver: Option<Expr>,
        site: CallSite<'a>,
    ) -> Expr {
        let shapes = |builtin: &Builtin| {
            let params = self.shape(*builtin, receiver.is_some(), site.args)?;
            Some((*builtin, params))
        };
        let fitting: Vec<(Builtin, Vec<usize>)> = candidates.iter().filter_map(shapes).collect();
        match fitting.len() {
            0 => self.wrong_shape(name, candidates, receiver, site),
            1 => {
                let (builtin, params) = fitting.into_iter().next().expect("there is one");
                self.call_row(name, builtin, params, receiver, site)
            }
            _ => self.call_overloaded(name, fitting, receiver, site),
        }
    }

    /// The parameter of each argument, the receiver included; none if the row cannot take them.
    fn shape(&self, builtin: Builtin, has_receiver: bool, args: &[ast::Arg]) -> Option<Vec<usize>> {
        let signature = signature::signature(builtin);
        if signature.is_constant {
            return None;
        }
        let mut params: Vec<usize> = Vec::with_capacity(args.len() + 1);
        params.extend(has_receiver.then_some(0));
        let rest = signature.params.iter().position(|param| param.rest);
        for arg in args {
            let param = match arg.name {
                Some(name) => {
                    let text = self.text(name.name);
                    signature.params.iter().position(|param| param.name == text && !param.rest)?
                }
                None => match rest {
                    Some(rest) if params.len() >= rest => rest,
                    _ => params.len(),
                },
            };
            let is_rest = Some(param) == rest;
            if param >= signature.params.len() || (!is_rest && params.contains(&param)) {
                return None;
            }
            params.push(param);
        }
        let is_missing = |(position, param): (usize, &signature::Param)| {
            param.default.is_none() && !param.rest && !params.contains(&position)
        };
        let missing = signature.params.iter().enumerate().any(is_missing);
        (!missing).then_some(params)
    }

    fn wrong_shape(&mut self, name: Ident, rows: &[Builtin], receiver: Option<Expr>, site: CallSite<'a>) -> Expr {
        self.arguments_of_error(site.args);
        let is_method = receiver.is_some();
        self.fail(site.span, Error::BuiltinArguments { name, rows: rows.into(), at: site.span, is_method })
    }

    /// The only row that takes these numbers and names of arguments: its types steer them.
    fn call_row(
        &mut self,
        name: Ident,
        builtin: Builtin,
        params: Vec<usize>,
        receiver: Option<Expr>,
        site: CallSite<'a>,
    ) -> Expr {
        let signature = signature::signature(builtin);
        let mut binds = Binds::new(signature);
        let mut given = Vec::with_capacity(params.len());
        let mut failed = false;
        if let Some(receiver) = receiver {
            self.matches(&signature.params[0].ty, &receiver, &mut binds);
            given.push(Given::Value(receiver));
        }
        let skip = given.len();
        for (arg, &param) in site.args.iter().zip(&params[skip..]) {
            let written = &signature.params[param].ty;
            let is_lambda = matches!(arg.value.kind, ast::ExprKind::Lambda { .. });
            if is_lambda || matches!(function_type(written), Type::Function(..)) && self.waits(&arg.value) {
                given.push(Given::Lambda(&arg.value));
                continue;
            }
            let hint = self.instantiate(written, &binds, false);
            let value = self.expr(&arg.value, hint);
            failed |= value.ty == Ty::ERROR;
            if value.ty != Ty::ERROR && !self.matches(written, &value, &mut binds) {
                failed = true;
                self.argument_mismatch(name, signature, param, &value, &binds);
            }
            given.push(Given::Value(value));
        }
        let chosen = Chosen { builtin, signature, params, given };
        self.complete(chosen, binds, failed, site)
    }

    fn argument_mismatch(
        &mut self,
        name: Ident,
        signature: &'static Signature,
        param: usize,
        value: &Expr,
        binds: &Binds,
    ) {
        let declared = &signature.params[param];
        let (at, found) = (value.span, value.ty);
        let error = match self.instantiate(&declared.ty, binds, false) {
            Some(wanted) => {
                let why = Why::Builtin(declared.name);
                Error::Mismatch { at, found, wanted, why, clue: clue(value) }
            }
            None => Error::BuiltinArgument { at, found, name, wanted: &declared.ty, signature },
        };
        self.report(error);
    }

    /// Several rows take these numbers and names of arguments: the first whose types fit.
    fn call_overloaded(
        &mut self,
        name: Ident,
        rows: Vec<(Builtin, Vec<usize>)>,
        receiver: Option<Expr>,
        site: CallSite<'a>,
    ) -> Expr {
        let mut given: Vec<Given<'a>> = Vec::with_capacity(site.args.len() + 1);
        let is_method = receiver.is_some();
        given.extend(receiver.map(Given::Value));
        for arg in site.args {
            given.push(match self.waits(&arg.value) {
                true => Given::Lambda(&arg.value),
                false => Given::Value(self.expr(&arg.value, None)),
            });
        }
        if given.iter().any(|given| matches!(given, Given::Value(value) if value.ty == Ty::ERROR)) {
            return Self::erroneous(site.span);
        }
        if name.name == self.known.len
            && let [Given::Value(value)] = given.as_slice()
            && let Some(func) = self.method_of_value(value, self.known.length)
        {
            let Some(Given::Value(value)) = given.pop() else { unreachable!("just seen") };
            return self.call_with_values(func, vec![value], site.span);
        }
        let candidates: Vec<Builtin> = rows.iter().map(|(builtin, _)| *builtin).collect();
        for (builtin, params) in rows {
            let signature = signature::signature(builtin);
            if let Some(binds) = self.row_fits(signature, &params, &given) {
                let chosen = Chosen { builtin, signature, params, given };
                return self.complete(chosen, binds, false, site);
            }
        }
        let value_type = |given: &Given<'a>| match given {
            Given::Value(value) => Some((value.span, value.ty)),
            Given::Lambda(_) => None,
        };
        let types = given.iter().filter_map(value_type).collect();
        self.fail(site.span, Error::NoOverload { name, at: site.span, rows: candidates.into(), types, is_method })
    }

    fn row_fits(&self, signature: &Signature, params: &[usize], given: &[Given<'a>]) -> Option<Binds> {
        let mut binds = Binds::new(signature);
        for (given, &param) in given.iter().zip(params) {
            let written = &signature.params[param].ty;
            let fits = match given {
                Given::Value(value) => self.matches(written, value, &mut binds),
                Given::Lambda(lambda) => lambda_fits(written, lambda),
            };
            if !fits {
                return None;
            }
        }
        let satisfied = |(position, param): (usize, &signature::TypeParam)| match (binds.get(position), param.bound) {
            (Some(ty), Some(bound)) => self.satisfies(ty, bound),
            _ => true,
        };
        let all = signature.type_params.iter().enumerate().all(satisfied);
        all.then_some(binds)
    }

    /// Lambdas, conversions, defaults: the call.
    fn complete(&mut self, chosen: Chosen<'a>, mut binds: Binds, mut failed: bool, site: CallSite<'a>) -> Expr {
        let Chosen { builtin, signature, params, given } = chosen;
        let mut values = Vec::with_capacity(given.len());
        for (given, &param) in given.into_iter().zip(&params) {
            let value = match given {
                Given::Value(value) => value,
                // What would decide its parameters is what failed.
                Given::Lambda(lambda) if failed => Self::erroneous(lambda.span),
                Given::Lambda(lambda) => self.lambda_argument(lambda, &signature.params[param].ty, &mut binds),
            };
            failed |= value.ty == Ty::ERROR;
            values.push(value);
        }
        if failed {
            return Self::erroneous(site.span);
        }
        self.prefer_wanted(signature, &mut binds, &values, &params, site);
        self.bind_rest(signature, &mut binds, site);
        if !self.bounds_hold(signature, &binds, &values, site) {
            return Self::erroneous(site.span);
        }
        let mut args = Vec::with_capacity(signature.params.len());
        let mut anys = Vec::new();
        for (value, &param) in values.into_iter().zip(&params) {
            let declared = &signature.params[param];
            let value = self.argument_value(value, &declared.ty, declared.name, &binds);
            if declared.ty == Type::Any && !declared.rest {
                anys.push((param, value.ty));
            }
            args.push(Arg { param: param as u32, value });
        }
        for (position, param) in signature.params.iter().enumerate() {
            if let Some(default) = param.default.as_ref().filter(|_| !params.contains(&position)) {
                let value = self.builtin_default(default, &param.ty, &binds, site.span);
                args.push(Arg { param: position as u32, value });
            }
        }
        anys.sort_by_key(|(param, _)| *param);
        let bound = (0..signature.type_params.len()).map(|param| binds.get(param).unwrap_or(Ty::ERROR));
        let ty = self.instantiate(&signature.result, &binds, false).unwrap_or(Ty::ERROR);
        let own = matches!(signature.result, Type::Named(_)).then_some(ty);
        let type_args = bound.chain(anys.into_iter().map(|(_, ty)| ty)).chain(own).collect();
        make(ExprKind::CallBuiltin { builtin, args: args.into(), type_args }, ty, site.span)
    }

    /// Scalars that the result stores take the type of the elements that are wanted of it: `array_fill(n, 0)` may
    /// be a `[u8]`. Arguments that are arrays themselves have decided.
    fn prefer_wanted(
        &self,
        signature: &Signature,
        binds: &mut Binds,
        values: &[Expr],
        params: &[usize],
        site: CallSite<'a>,
    ) {
        let Some(want) = site.want else { return };
        let mut wanted = Binds::new(signature);
        if !self.matches_type(&signature.result, want, &mut wanted, false) {
            return;
        }
        let fit = |(value, &param): (&Expr, &usize)| self.matches(&signature.params[param].ty, value, &mut wanted);
        if !values.iter().zip(params).all(fit) {
            return;
        }
        for param in 0..signature.type_params.len() {
            if let (Some(bound), Some(wanted)) = (binds.get(param), wanted.get(param)) {
                let is_literal = binds.is_soft(param);
                let stores = match self.shallow(wanted) {
                    Ty::U8 | Ty::I32 => self.shallow(bound) == Ty::INT,
                    Ty::F32 => self.shallow(bound) == Ty::FLOAT || is_literal,
                    Ty::FLOAT => is_literal,
                    _ => false,
                };
                if stores {
                    binds.set(param, wanted);
                }
            }
        }
    }

    /// Binds what the arguments left open: from the wanted result, else by a later use.
    fn bind_rest(&mut self, signature: &Signature, binds: &mut Binds, site: CallSite<'a>) {
        let is_open = |binds: &Binds| (0..signature.type_params.len()).any(|param| binds.get(param).is_none());
        if !is_open(binds) {
            return;
        }
        if let Some(want) = site.want {
            let mut trial = binds.clone();
            if self.matches_type(&signature.result, want, &mut trial, false) {
                *binds = trial;
            }
        }
        for param in 0..signature.type_params.len() {
            if binds.get(param).is_none() {
                let fresh = self.fresh(site.span, Origin::Call);
                binds.set(param, fresh);
            }
        }
    }

    fn bounds_hold(&mut self, signature: &Signature, binds: &Binds, values: &[Expr], site: CallSite<'a>) -> bool {
        for (position, param) in signature.type_params.iter().enumerate() {
            let (Some(bound), Some(ty)) = (param.bound, binds.get(position)) else { continue };
            if !self.satisfies(ty, bound) {
                let at = values.first().map_or(site.span, |value| value.span);
                self.report(match bound {
                    signature::Bound::Ordered => Error::NotOrdered { at, ty },
                    signature::Bound::Hashable => Error::NotHashable { at, ty },
                });
                return false;
            }
        }
        true
    }

    fn argument_value(&mut self, value: Expr, written: &Type, param: &'static str, binds: &Binds) -> Expr {
        if let Some(ty) = self.instantiate(written, binds, false) {
            if let (TyKind::Function(wanted, Ty::VOID), TyKind::Function(has, _)) = (self.kind(ty), self.kind(value.ty))
                && wanted == has
            {
                return value;
            }
            return self.coerce_or_report(value, ty, Why::Builtin(param));
        }
        // `any` takes every type; `null` alone has none, so it is given one.
        if value.ty == Ty::NULL {
            let ty = self.types.optional(Ty::STR);
            return Expr { ty, ..value };
        }
        value
    }

    fn builtin_default(&mut self, default: &Default, written: &Type, binds: &Binds, span: Span) -> Expr {
        let ty = self.instantiate(written, binds, false).unwrap_or(Ty::ERROR);
        let kind = match default {
            Default::Int(value) if ty == Ty::FLOAT => ExprKind::Float(*value as f64),
            Default::Int(value) => ExprKind::Int(*value),
            Default::Float(value) => ExprKind::Float(*value),
            Default::Bool(value) => ExprKind::Bool(*value),
            Default::Str(value) => ExprKind::Str(value.as_bytes().into()),
            Default::Null => ExprKind::Null,
        };
        make(kind, ty, span)
    }

    /// A lambda for a parameter `fn(A, B) -> R`: the bound types are its parameters', its result
    /// binds `R`.
    fn lambda_argument(&mut self, lambda: &'a ast::Expr, written: &Type, binds: &mut Binds) -> Expr {
        let Type::Function(params, result) = function_type(written) else {
            return self.expr(lambda, None);
        };
        let lambda = self.as_lambda(lambda, params.len());
        let param_hints = params.iter().map(|ty| self.instantiate(ty, binds, false)).collect();
        let result_hint = self.instantiate(result, binds, false);
        let ast::ExprKind::Lambda { params, result, body } = &lambda.kind else {
            unreachable!("only lambdas wait");
        };
        let hints = Some((param_hints, result_hint));
        let value = self.lambda_with(params, result.as_deref(), body, lambda.span, hints);
        if value.ty != Ty::ERROR && !self.matches_type(function_type(written), value.ty, binds, false) {
            let wanted = self.instantiate(written, binds, false).unwrap_or(Ty::ERROR);
            let (at, found) = (lambda.span, value.ty);
            let why = Why::Value;
            return self.fail(at, Error::Mismatch { at, found, wanted, why, clue: None });
        }
        value
    }
}

/// The function type behind `?`.
fn function_type(written: &Type) -> &Type {
    match written {
        Type::Optional(inner) => inner,
        other => other,
    }
}

fn lambda_fits(written: &Type, lambda: &ast::Expr) -> bool {
    let Type::Function(wanted, _) = function_type(written) else { return false };
    match &lambda.kind {
        ast::ExprKind::Lambda { params, .. } => params.len() == wanted.len(),
        _ => true,
    }
}
