//! Generic methods with written type arguments, and static methods of generic types whose arguments are inferred.

use crate::checker::Checker;
use crate::decl::{Member, Symbol};
use crate::generic::{TemplateId, TemplateSource};
use crate::hir::{Expr, RecordId};
use crate::infer::args::Callee;
use crate::infer::call::CallSite;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};

/// `object.field[index]` in front of the parentheses of a call.
#[derive(Clone, Copy)]
pub(super) struct IndexedField<'a> {
    pub object: &'a ast::Expr,
    pub field: Ident,
    pub index: &'a ast::Expr,
    /// Whether the dot is `?.`.
    pub optional: bool,
    /// The whole of it.
    pub whole: &'a ast::Expr,
}

impl<'a> Checker<'a> {
    /// `o.m[T](…)`: a generic method with written type arguments, or the call of an element of a field.
    pub(super) fn call_indexed_field(&mut self, callee: IndexedField<'a>, site: CallSite<'a>) -> Expr {
        let IndexedField { object, field, index, optional, whole } = callee;
        if matches!(object.kind, ast::ExprKind::Super) || self.namespace_of(object).is_some() {
            let function = self.expr(whole, None);
            return self.call_value(function, site);
        }
        let prefix = self.type_prefix(object).or_else(|| self.written_record(object).map(Symbol::Record));
        if let Some(prefix) = prefix {
            let record = if let Symbol::Record(record) = prefix { Some(record) } else { None };
            if let Some(template) = self.generic_method(record, field, false) {
                return self.call_written_method(template, None, callee, site);
            }
            let function = self.expr(whole, None);
            return self.call_value(function, site);
        }
        let value = self.expr(object, None);
        let ty = match *self.kind(value.ty) {
            TyKind::Optional(inner) if optional => inner,
            _ => value.ty,
        };
        let method = self.generic_method(self.record_of_type(ty), field, true);
        let at = object.span.to(field.span);
        let container = match (method, optional) {
            (Some(template), false) => return self.call_written_method(template, Some(value), callee, site),
            (Some(template), true) => {
                let call = |checker: &mut Self, inner| checker.call_written_method(template, Some(inner), callee, site);
                return self.optional_access(value, site.span, call);
            }
            (None, false) => self.field_of(value, field, at),
            (None, true) => self.optional_access(value, at, |checker, inner| checker.field_of(inner, field, at)),
        };
        if container.ty == Ty::ERROR {
            // What stands in the brackets may have been meant as a type.
            self.arguments_of_error(site.args);
            return container;
        }
        let function = self.index_value(container, at, index, whole.span);
        self.call_value(function, site)
    }

    /// The generic method of that name, if the record has one that takes `self` or, as wanted, does not.
    fn generic_method(&self, record: Option<RecordId>, name: Ident, has_self: bool) -> Option<TemplateId> {
        match self.decls.members.get(&(record?, name.name)) {
            Some(&Member::Generic(template)) if self.takes_self(template) == has_self => Some(template),
            _ => None,
        }
    }

    fn call_written_method(
        &mut self,
        template: TemplateId,
        receiver: Option<Expr>,
        callee: IndexedField<'a>,
        site: CallSite<'a>,
    ) -> Expr {
        let args = self.written_arguments(template, callee.index);
        match args.and_then(|args| self.function_instance(template, args, callee.whole.span)) {
            Some(func) => self.call_function(func, receiver, site),
            None => {
                self.arguments_of_error(site.args);
                Self::erroneous(site.span)
            }
        }
    }

    /// `Box.of(…)` of a generic `Box`: a static method whose arguments and wanted result decide what the type's
    /// parameters are. None if there is no such method.
    pub(super) fn call_static_of_template(&mut self, id: TemplateId, field: Ident, site: CallSite<'a>) -> Option<Expr> {
        let template = self.generics.template(id);
        let TemplateSource::Record(record, _) = template.source else { return None };
        let method = record.methods.iter().map(|method| &method.function).find(|m| m.name.name == field.name)?;
        let has_self = method.params.first().is_some_and(|param| param.name.name == self.known.self_);
        if has_self || !method.type_params.is_empty() {
            return None;
        }
        let module = template.module;
        let open = self.open_arguments(id, site.span);
        let env = self.env_of(id, &open);
        self.muted += 1;
        let (params, result) = self.within(env, |checker| {
            let result = method.result.as_ref().map(|result| checker.resolve_result_type(module, result));
            (checker.open_head(module, &method.params), result)
        });
        self.muted -= 1;
        let callee = Callee { name: field.name, declared: method.name.span, is_record: false };
        let mut args = Vec::with_capacity(params.len());
        let before = self.errors.len();
        self.arguments(callee, &params, 0, site, &mut args);
        if self.errors.len() > before || args.iter().any(|arg| arg.value.ty == Ty::ERROR) {
            return Some(Self::erroneous(site.span));
        }
        self.unify_result(result, site.want);
        let solved = self.solved_arguments(id, &open, site.span);
        let record = solved.and_then(|solved| self.record_instance(id, solved, site.span));
        let member = record.and_then(|record| self.decls.members.get(&(record, field.name)).copied());
        match member {
            Some(Member::Static(func)) => Some(self.call_instance(func, args, site.span)),
            _ => Some(Self::erroneous(site.span)),
        }
    }

    /// What a result leaves open may follow from the type that is wanted.
    fn unify_result(&mut self, result: Option<Ty>, want: Option<Ty>) {
        let (Some(result), Some(want)) = (result, want) else { return };
        let want = match *self.kind(want) {
            TyKind::Optional(inner) if !matches!(self.kind(result), TyKind::Optional(_)) => inner,
            _ => want,
        };
        if self.types.is_open(result) {
            self.unify(result, want);
        }
    }

    /// The record that `value is C[T]` and patterns name with type arguments.
    pub(crate) fn written_record(&mut self, operand: &'a ast::Expr) -> Option<RecordId> {
        let (id, index) = self.written_template(operand)?;
        if !matches!(self.generics.template(id).source, TemplateSource::Record(..) | TemplateSource::Alias(_)) {
            return None;
        }
        let args = self.written_arguments(id, index)?;
        self.record_instance(id, args, operand.span)
    }
}
