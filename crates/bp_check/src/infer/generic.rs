//! Uses of generic declarations: type arguments that are written, and those that the arguments decide.

use super::{RED_ZONE, STACK_SEGMENT, make};
use crate::checker::Checker;
use crate::decl::{Param, Symbol};
use crate::error::{Error, NotValue};
use crate::generic::{TemplateId, TemplateSource};
use crate::hir::{Arg, Expr, ExprKind, FuncId, RecordId};
use crate::infer::args::Callee;
use crate::infer::call::CallSite;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// A call of a generic function, or the construction of a generic struct or class, whose type arguments follow from
    /// the arguments and the wanted result.
    pub(super) fn call_template(&mut self, id: TemplateId, receiver: Option<Expr>, site: CallSite<'a>) -> Expr {
        let open = self.open_arguments(id, site.span);
        let params = self.open_params(id, &open);
        let template = self.generics.template(id);
        let is_record = matches!(template.source, TemplateSource::Record(..));
        let callee = Callee { name: template.name.name, declared: template.name.span, is_record };
        let skip = usize::from(receiver.is_some());
        let mut args = Vec::with_capacity(params.len());
        args.extend(receiver.map(|value| Arg { param: 0, value }));
        let before = self.errors.len();
        self.arguments(callee, &params, skip, site, &mut args);
        if self.errors.len() > before || args.iter().any(|arg| arg.value.ty == Ty::ERROR) {
            return Self::erroneous(site.span);
        }
        self.solve_by_result(id, &open, site.want);
        let Some(solved) = self.solved_arguments(id, &open, site.span) else { return Self::erroneous(site.span) };
        if is_record {
            let record = self.record_instance(id, solved, site.span);
            return record.map_or_else(|| Self::erroneous(site.span), |record| self.construct_with(record, args, site));
        }
        match self.function_instance(id, solved, site.span) {
            Some(func) => self.call_instance(func, args, site.span),
            None => Self::erroneous(site.span),
        }
    }

    /// Whether a generic method takes `self`.
    pub(super) fn takes_self(&self, id: TemplateId) -> bool {
        let TemplateSource::Function(source) = self.generics.template(id).source else { return false };
        source.params.first().is_some_and(|param| param.name.name == self.known.self_)
    }

    /// What the arguments have left open may follow from the wanted type.
    fn solve_by_result(&mut self, id: TemplateId, open: &[Ty], want: Option<Ty>) {
        let is_open = |checker: &Self| open.iter().any(|&ty| matches!(checker.kind(ty), TyKind::Var(_)));
        let Some(want) = want.filter(|_| is_open(self)) else { return };
        let want = match *self.kind(want) {
            TyKind::Optional(inner) => inner,
            _ => want,
        };
        if let Some((number, args)) = self.types.application(self.shallow(want))
            && id.number() == number
        {
            let args = args.to_vec();
            for (&open, &arg) in open.iter().zip(args.iter()) {
                self.unify(open, arg);
            }
            return;
        }
        if let TemplateSource::Function(source) = self.generics.template(id).source
            && let Some(result) = &source.result
        {
            let (env, module) = (self.env_of(id, open), self.generics.template(id).module);
            self.muted += 1;
            let result = self.within(env, |checker| checker.resolve_result_type(module, result));
            self.muted -= 1;
            self.unify(result, want);
        }
    }

    /// The call of an instance with the arguments that were given; the defaults of the others are added.
    pub(super) fn call_instance(&mut self, func: FuncId, mut args: Vec<Arg>, span: Span) -> Expr {
        self.uses().functions.push(func);
        let function = &self.decls.functions[func.index()];
        let (params, result) = (function.params.clone(), function.result);
        self.add_defaults(&params, &mut args, span);
        if result == Ty::ERROR {
            return Self::erroneous(span);
        }
        make(ExprKind::Call(func, args), result, span)
    }

    /// Adds the defaults of the parameters that have no argument.
    fn add_defaults(&mut self, params: &[Param], args: &mut Vec<Arg>, span: Span) {
        for (number, param) in (0..).zip(params) {
            if args.iter().all(|arg| arg.param != number)
                && let Some(value) = self.default_value(param, span)
            {
                args.push(Arg { param: number, value });
            }
        }
    }

    /// A new object of an instance with the arguments that were given.
    fn construct_with(&mut self, record: RecordId, mut args: Vec<Arg>, site: CallSite<'a>) -> Expr {
        if let Some(error) = self.abstract_error(record, site.span) {
            return self.fail(site.span, error);
        }
        match self.decls.records[record.index()].init {
            Some(init) => {
                for arg in &mut args {
                    arg.param += 1;
                }
                self.construct_and_init(record, site.span, |checker, object| {
                    args.insert(0, Arg { param: 0, value: object });
                    checker.call_instance(init, args, site.span)
                })
            }
            None => {
                self.use_hidden_methods(record);
                self.skip_trace(record, &mut args);
                let fields = self.decls.records[record.index()].fields.clone();
                self.add_defaults(&fields, &mut args, site.span);
                let ty = self.types.intern(TyKind::Record(record));
                make(ExprKind::New(record, args), ty, site.span)
            }
        }
    }

    /// `Pair{a: 1, b: 2}` of a generic struct: the fields decide.
    pub(super) fn template_of_fields(
        &mut self,
        id: TemplateId,
        fields: &'a [(Ident, ast::Expr)],
        span: Span,
    ) -> Option<RecordId> {
        let open = self.open_arguments(id, span);
        let params = self.open_params(id, &open);
        self.muted += 1;
        for (name, value) in fields {
            if let Some(param) = params.iter().find(|param| param.name == name.name) {
                let value = self.expr(value, Some(param.ty));
                // A second look at the fields reports what does not fit.
                drop(self.coerce(value, param.ty));
            }
        }
        self.muted -= 1;
        let solved = self.solved_arguments(id, &open, span)?;
        self.record_instance(id, solved, span)
    }

    // ---- written type arguments

    /// The template that an expression names.
    pub(super) fn template_prefix(&self, object: &ast::Expr) -> Option<TemplateId> {
        match self.quiet_path(object)? {
            Symbol::Generic(id) => Some(id),
            _ => None,
        }
    }

    /// The template and arguments of `name[T, …]`.
    pub(super) fn written_template(&self, e: &'a ast::Expr) -> Option<(TemplateId, &'a ast::Expr)> {
        match &e.kind {
            ast::ExprKind::Index { object, index } => Some((self.template_prefix(object)?, index)),
            _ => None,
        }
    }

    /// The type arguments that stand in brackets.
    pub(super) fn written_arguments(&mut self, id: TemplateId, index: &'a ast::Expr) -> Option<Vec<Ty>> {
        let count = self.generics.template(id).params.len();
        let written: Vec<&ast::Expr> = match &index.kind {
            ast::ExprKind::Tuple(parts) if count > 1 => parts.iter().collect(),
            _ => vec![index],
        };
        let args: Vec<Ty> = written.into_iter().map(|e| self.type_of_expr(e)).collect();
        (!args.contains(&Ty::ERROR)).then_some(args)
    }

    /// The type of a value, written where an expression stands.
    fn type_of_expr(&mut self, e: &'a ast::Expr) -> Ty {
        let ty = stacker::maybe_grow(RED_ZONE, STACK_SEGMENT, || self.type_of_expr_kind(e));
        let error = match ty {
            Ty::VOID => Error::VoidType { at: e.span },
            _ if self.types.is_too_large(ty) => Error::TypeTooLarge { at: e.span },
            _ => return ty,
        };
        self.report(error);
        Ty::ERROR
    }

    fn type_of_expr_kind(&mut self, e: &'a ast::Expr) -> Ty {
        use ast::ExprKind as K;
        let module = self.module();
        match &e.kind {
            K::Name(name) => self.type_of_path(module, &[Ident { name: *name, span: e.span }], &[]),
            K::Type(ty) => self.resolve_value_type(module, ty),
            K::Array(elements) if elements.len() == 1 => {
                let element = self.type_of_expr(&elements[0]);
                self.types.array(element)
            }
            K::Set(elements) if elements.len() == 1 => {
                let element = self.type_of_expr(&elements[0]);
                let element = self.checked_key(element, elements[0].span);
                self.types.set(element)
            }
            K::Map(entries) if entries.len() == 1 => {
                let (key, value) = (self.type_of_expr(&entries[0].0), self.type_of_expr(&entries[0].1));
                let key = self.checked_key(key, entries[0].0.span);
                self.types.map(key, value)
            }
            K::Tuple(parts) => {
                let members: Vec<Ty> = parts.iter().map(|part| self.type_of_expr(part)).collect();
                self.types.tuple(&members)
            }
            K::Index { object, index } if let Some(id) = self.template_prefix(object) => {
                match self.written_arguments(id, index) {
                    Some(args) => self.type_instance(id, args, e.span),
                    None => Ty::ERROR,
                }
            }
            _ => match self.quiet_path(e) {
                Some(Symbol::Record(record)) => self.types.intern(TyKind::Record(record)),
                Some(Symbol::Enum(id)) => self.types.intern(TyKind::Enum(id)),
                _ => {
                    self.report(Error::NoType { at: e.span });
                    Ty::ERROR
                }
            },
        }
    }

    /// `Stack[int](…)`, `first[int](…)`
    pub(super) fn call_written(&mut self, id: TemplateId, index: &'a ast::Expr, at: Span, site: CallSite<'a>) -> Expr {
        let Some(args) = self.written_arguments(id, index) else {
            self.arguments_of_error(site.args);
            return Self::erroneous(site.span);
        };
        if let TemplateSource::Function(_) = self.generics.template(id).source {
            return match self.function_instance(id, args, at) {
                Some(func) => self.call_function(func, None, site),
                None => Self::erroneous(site.span),
            };
        }
        match self.record_instance(id, args, at) {
            Some(record) => self.construct(record, site),
            None => Self::erroneous(site.span),
        }
    }

    /// `first[int]` as a value.
    pub(super) fn template_value(&mut self, id: TemplateId, index: &'a ast::Expr, span: Span) -> Expr {
        let name = self.generics.template(id).name;
        let TemplateSource::Function(_) = self.generics.template(id).source else {
            return self.fail(span, Error::NotAValue { name: Ident { span, ..name }, what: NotValue::Type });
        };
        let func = self.written_arguments(id, index).and_then(|args| self.function_instance(id, args, span));
        func.map_or_else(|| Self::erroneous(span), |func| self.function_value(func, span))
    }

    /// The written type arguments of a type, as types that may be stored.
    pub(crate) fn resolve_arguments(&mut self, module: crate::hir::ModuleId, args: &'a [ast::TypeExpr]) -> Vec<Ty> {
        args.iter().map(|written| self.resolve_value_type(module, written)).collect()
    }
}
