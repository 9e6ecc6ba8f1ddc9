//! Arguments of declared functions and structs: positions, names, defaults, `*args`.

use super::make;
use crate::checker::Checker;
use crate::coerce::Why;
use crate::decl::{Default, Literal, Param};
use crate::error::Error;
use crate::hir::{Arg, Expr, ExprKind};
use crate::infer::call::CallSite;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// What is called, for the reports.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Callee {
    pub name: Name,
    pub declared: Span,
    /// Whether the parameters are the fields of a struct.
    pub is_record: bool,
}

impl<'a> Checker<'a> {
    /// Appends the arguments of a call in evaluation order, the defaults of those left out last.
    /// The first `skip` parameters are there already.
    pub(super) fn arguments(
        &mut self,
        callee: Callee,
        params: &[Param],
        skip: usize,
        site: CallSite<'a>,
        args: &mut Vec<Arg>,
    ) {
        let rest = params.last().filter(|param| param.rest).map(|_| params.len() - 1);
        let mut given = vec![None; params.len()];
        let mut rest_values = Vec::new();
        let mut too_many = None;
        let mut misnamed = false;
        let mut position = skip;
        for arg in site.args {
            if let Some(name) = arg.name {
                if position < params.len() && rest == Some(position) && !rest_values.is_empty() {
                    self.flush_rest(params, &mut rest_values, &mut given, args, site.span);
                }
                misnamed |= !self.named_argument(callee, params, skip, name, arg, &mut given, args);
                continue;
            }
            if Some(position) == rest {
                let (param, element) = (&params[position], self.element_of(params[position].ty));
                rest_values.push(self.expr_as(&arg.value, element, Why::Param(callee.name, param.name, param.span)));
                continue;
            }
            match params.get(position) {
                Some(param) if given[position].is_none() => {
                    given[position] = Some(arg.value.span);
                    let value = self.argument(callee, param, &arg.value);
                    args.push(Arg { param: u32::try_from(position).expect("few parameters"), value });
                }
                _ => {
                    self.expr(&arg.value, None);
                    too_many.get_or_insert(arg.value.span);
                }
            }
            position += 1;
        }
        if let Some(rest) = rest.filter(|&rest| given[rest].is_none()) {
            self.flush_rest(params, &mut rest_values, &mut given, args, site.span);
            debug_assert!(given[rest].is_some(), "the rest is always given");
        }
        if let Some(at) = too_many {
            let wanted = params.len() - skip;
            self.report(Error::TooManyArguments { at, callee, wanted, given: site.args.len() });
            return;
        }
        // The misnamed argument is probably the missing one.
        if !misnamed {
            self.fill_defaults(callee, params, skip, &given, site, args);
        }
    }

    fn element_of(&self, array: Ty) -> Ty {
        match self.kind(array) {
            TyKind::Array(element) => self.widened(*element),
            _ => Ty::ERROR,
        }
    }

    /// Makes the array of a `*args` parameter, the last one.
    fn flush_rest(
        &mut self,
        params: &[Param],
        values: &mut Vec<Expr>,
        given: &mut [Option<Span>],
        args: &mut Vec<Arg>,
        span: Span,
    ) {
        let position = params.len() - 1;
        let array = make(ExprKind::Array(std::mem::take(values)), params[position].ty, span);
        given[position] = Some(span);
        args.push(Arg { param: u32::try_from(position).expect("few parameters"), value: array });
    }

    fn argument(&mut self, callee: Callee, param: &Param, value: &'a ast::Expr) -> Expr {
        let why = if callee.is_record {
            Why::Field(param.name, param.span)
        } else {
            Why::Param(callee.name, param.name, param.span)
        };
        self.expr_as(value, param.ty, why)
    }

    /// False after a report that there is no such parameter.
    #[expect(clippy::too_many_arguments, reason = "the state of one loop, split for readability")]
    fn named_argument(
        &mut self,
        callee: Callee,
        params: &[Param],
        skip: usize,
        name: Ident,
        arg: &'a ast::Arg,
        given: &mut [Option<Span>],
        args: &mut Vec<Arg>,
    ) -> bool {
        let position = params.iter().enumerate().skip(skip).find(|(_, param)| param.name == name.name);
        let Some((position, param)) = position.filter(|(_, param)| !param.rest) else {
            let similar = self.similar(name.name, params[skip..].iter().map(|param| param.name));
            self.report(Error::UnknownParameter { name, callee, similar });
            self.expr(&arg.value, None);
            return false;
        };
        if let Some(first) = given[position].replace(name.span) {
            self.report(Error::ArgumentTwice { name, first });
        }
        let value = self.argument(callee, param, &arg.value);
        args.push(Arg { param: u32::try_from(position).expect("few parameters"), value });
        true
    }

    fn fill_defaults(
        &mut self,
        callee: Callee,
        params: &[Param],
        skip: usize,
        given: &[Option<Span>],
        site: CallSite<'a>,
        args: &mut Vec<Arg>,
    ) {
        let mut missing = Vec::new();
        for (position, param) in params.iter().enumerate().skip(skip) {
            if given[position].is_some() || param.default == Default::Omitted {
                continue;
            }
            match self.default_value(param, site.span) {
                Some(value) => args.push(Arg { param: u32::try_from(position).expect("few parameters"), value }),
                None => missing.push((param.name, param.ty)),
            }
        }
        if !missing.is_empty() {
            self.report(Error::MissingArguments { at: site.span, callee, missing });
        }
    }

    /// The value of a parameter or field that is left out; none if it must be given.
    pub(super) fn default_value(&mut self, param: &Param, span: Span) -> Option<Expr> {
        let kind = match &param.default {
            Default::None | Default::Omitted => return None,
            Default::Thunk(func) => {
                self.uses().functions.push(*func);
                ExprKind::Call(*func, vec![])
            }
            Default::Constant(Literal::Int(value)) => ExprKind::Int(*value),
            Default::Constant(Literal::Float(value)) => ExprKind::Float(*value),
            Default::Constant(Literal::Bool(value)) => ExprKind::Bool(*value),
            Default::Constant(Literal::Str(value)) => ExprKind::Str(value.clone()),
            Default::Constant(Literal::Null) => ExprKind::Null,
        };
        Some(make(kind, param.ty, span))
    }
}
