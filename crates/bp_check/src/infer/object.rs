//! Objects of classes: construction, `super`, `is` and `as`.

use super::make;
use crate::checker::Checker;
use crate::coerce::{Why, converted};
use crate::decl::{Member, Param};
use crate::error::Error;
use crate::hir::{Arg, Binding, Convert, Expr, ExprKind, FuncId, LocalId, Place, PlaceKind, RecordId, Stmt, StmtKind};
use crate::infer::args::Callee;
use crate::infer::call::CallSite;
use crate::narrow::Tracked;
use crate::types::{Ty, TyKind};
use bp_builtins::errors::TRACE_FIELD;
use bp_syntax::ast::{self, Ident};
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// `Point(1, 2)`, `ValueError("text")`, `Dog("Rex")`
    pub(super) fn construct(&mut self, record: RecordId, site: CallSite<'a>) -> Expr {
        if let Some(error) = self.abstract_error(record, site.span) {
            self.arguments_of_error(site.args);
            return self.fail(site.span, error);
        }
        match self.decls.records[record.index()].init {
            Some(init) => self.construct_by_init(record, init, site),
            None => self.construct_by_fields(record, site),
        }
    }

    /// Why no object of the class can be made at `at`: it lacks bodies.
    pub(super) fn abstract_error(&self, record: RecordId, at: Span) -> Option<Error> {
        let missing = self.abstract_methods(record);
        (!missing.is_empty()).then_some(Error::AbstractClass { at, record, missing })
    }

    /// Arguments for the fields of an error without its trace become those for its fields.
    pub(super) fn skip_trace(&self, record: RecordId, args: &mut [Arg]) {
        if self.derives(record, RecordId(0)) {
            for arg in args {
                arg.param += u32::from(arg.param >= TRACE_FIELD);
            }
        }
    }

    /// Text and comparison call methods that no expression names.
    pub(super) fn use_hidden_methods(&mut self, record: RecordId) {
        let hidden = [self.known.to_str, self.known.equals, self.known.less];
        let methods: Vec<FuncId> = hidden.into_iter().filter_map(|name| self.method_of(record, name)).collect();
        self.uses().functions.extend(methods);
    }

    /// The fields are the parameters.
    fn construct_by_fields(&mut self, record: RecordId, site: CallSite<'a>) -> Expr {
        self.use_hidden_methods(record);
        let ty = self.types.intern(TyKind::Record(record));
        let mut args = Vec::new();
        self.field_arguments(record, site, &mut args);
        make(ExprKind::New(record, args), ty, site.span)
    }

    /// Arguments for the fields that a constructor without `__init__` takes: all but the trace of an error.
    fn field_arguments(&mut self, record: RecordId, site: CallSite<'a>, args: &mut Vec<Arg>) {
        let declared = &self.decls.records[record.index()];
        let callee = Callee { name: declared.name, declared: declared.span, is_record: true };
        let fields = declared.fields.clone();
        if !self.derives(record, RecordId(0)) {
            return self.arguments(callee, &fields, 0, site, args);
        }
        let trace = TRACE_FIELD as usize;
        let params: Vec<Param> =
            fields.iter().enumerate().filter(|(at, _)| *at != trace).map(|(_, param)| param.clone()).collect();
        self.arguments(callee, &params, 0, site, args);
        self.skip_trace(record, args);
    }

    /// A new object with its fields' defaults, which `__init__` then fills.
    fn construct_by_init(&mut self, record: RecordId, init: FuncId, site: CallSite<'a>) -> Expr {
        self.construct_and_init(record, site.span, |checker, object| {
            checker.call_function(init, Some(object), CallSite { want: None, ..site })
        })
    }

    /// A new object that `call` fills.
    pub(super) fn construct_and_init(
        &mut self,
        record: RecordId,
        span: Span,
        call: impl FnOnce(&mut Self, Expr) -> Expr,
    ) -> Expr {
        self.use_hidden_methods(record);
        let ty = self.types.intern(TyKind::Record(record));
        let fields = self.decls.records[record.index()].fields.clone();
        let mut defaults = Vec::new();
        for (param, field) in (0..).zip(fields.iter()) {
            if let Some(value) = self.default_value(field, span) {
                defaults.push(Arg { param, value });
            }
        }
        let object = self.temporary(span, ty);
        let new = make(ExprKind::New(record, defaults), ty, span);
        let receiver = make(ExprKind::Local(object), ty, span);
        let call = call(self, receiver);
        if call.ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        let stmts = vec![
            Stmt { kind: StmtKind::Let(Binding::Local(object), new), span },
            Stmt { kind: StmtKind::Expr(call), span },
        ];
        let object = make(ExprKind::Local(object), ty, span);
        make(ExprKind::Block(stmts, Box::new(object)), ty, span)
    }

    /// `new Dog("Rex")`: the same as without `new`.
    pub(super) fn new_object(&mut self, call: &'a ast::Expr, span: Span, want: Option<Ty>) -> Expr {
        let value = self.expr(call, want);
        let is_call = matches!(&call.kind, ast::ExprKind::Call { callee, .. } if self.names_type(callee));
        if is_call || value.ty == Ty::ERROR {
            return Expr { span, ..value };
        }
        self.fail(span, Error::NewWithoutClass { at: span })
    }

    // ---- super

    /// `self` as its superclass, in a method of a class that has one.
    fn super_object(&mut self, at: Span) -> Option<(RecordId, Expr)> {
        let owner = self.bodies.iter().rev().find_map(|body| {
            let function = &self.decls.functions[body.function.index()];
            function.owner.filter(|_| function.has_self)
        });
        let base = owner.and_then(|owner| self.decls.records[owner.index()].base);
        let found = self.scopes.get(self.known.self_);
        let (Some(base), Some(found)) = (base, found) else {
            self.report(Error::SuperOutside { at, has_base: owner.is_none() });
            return None;
        };
        let local: LocalId = self.capture(self.depth(), found);
        let value = self.read(Tracked::Local(local), at);
        let ty = self.types.intern(TyKind::Record(base));
        Some((base, converted(Convert::Upcast, value, ty)))
    }

    /// `super.m(…)`: the superclass's method, whatever class the object is of.
    pub(super) fn call_super(&mut self, at: Span, field: Ident, site: CallSite<'a>) -> Expr {
        let Some((base, object)) = self.super_object(at) else {
            self.arguments_of_error(site.args);
            return Self::erroneous(site.span);
        };
        match self.decls.members.get(&(base, field.name)).copied() {
            Some(Member::Method(func)) if self.decls.functions[func.index()].is_abstract() => {
                self.arguments_of_error(site.args);
                let missing = vec![field.name];
                self.fail(site.span, Error::AbstractClass { at: field.span, record: base, missing })
            }
            Some(Member::Method(func) | Member::Static(func)) => {
                let receiver = self.decls.functions[func.index()].has_self.then_some(object);
                self.call_function(func, receiver, site)
            }
            None if field.name == self.known.init => self.super_fields(base, object, site),
            _ => self.unknown_method(object.ty, base, field, site),
        }
    }

    /// `super.__init__(…)` of a class whose fields are its parameters: sets them.
    fn super_fields(&mut self, base: RecordId, object: Expr, site: CallSite<'a>) -> Expr {
        let span = site.span;
        let mut args = Vec::new();
        self.field_arguments(base, site, &mut args);
        let fields = self.decls.records[base.index()].fields.clone();
        let mut stmts = Vec::with_capacity(args.len());
        for arg in args {
            let ty = fields[arg.param as usize].ty;
            let object = Expr { kind: self_again(&object), ty: object.ty, span };
            let place = Place { kind: PlaceKind::Field(Box::new(object), arg.param), ty, span };
            stmts.push(Stmt { kind: StmtKind::Assign(place, arg.value), span });
        }
        // Without value, like the call of an `__init__`.
        make(ExprKind::Block(stmts, Box::new(make(ExprKind::Int(0), Ty::VOID, span))), Ty::VOID, span)
    }

    // ---- classes at run time

    /// The class that an expression behind `is` names.
    pub(super) fn class_operand(&self, operand: &ast::Expr) -> Option<RecordId> {
        match self.type_prefix(operand)? {
            crate::decl::Symbol::Record(record) => Some(record),
            _ => None,
        }
    }

    /// `value is Class`, or its negation.
    pub(super) fn is_class(&mut self, value: &'a ast::Expr, record: RecordId, is_it: bool, span: Span) -> Expr {
        let value = self.expr(value, None);
        if value.ty == Ty::ERROR {
            return value;
        }
        if !self.may_be(value.ty, record) {
            let operator = if is_it { "is" } else { "is not" };
            return self.fail(span, Error::NeverIs { at: value.span, ty: value.ty, class: record, operator });
        }
        // The program may name the class nowhere else.
        self.types.intern(TyKind::Record(record));
        make(ExprKind::IsClass(Box::new(value), record, is_it), Ty::BOOL, span)
    }

    /// Whether a value of the type can be an object of the class.
    fn may_be(&self, ty: Ty, record: RecordId) -> bool {
        let inner = match *self.kind(ty) {
            TyKind::Optional(inner) => inner,
            _ => ty,
        };
        match self.record_of_type(inner) {
            Some(of) => {
                self.decls.records[of.index()].is_class && (self.derives(of, record) || self.derives(record, of))
            }
            None => false,
        }
    }

    /// `value as Class`
    pub(super) fn downcast(&mut self, value: &'a ast::Expr, record: RecordId, span: Span) -> Expr {
        let value = self.expr(value, None);
        if value.ty == Ty::ERROR {
            return value;
        }
        if !self.may_be(value.ty, record) {
            return self.fail(span, Error::NeverIs { at: value.span, ty: value.ty, class: record, operator: "as" });
        }
        let ty = self.types.intern(TyKind::Record(record));
        match self.coerce(value, ty) {
            Ok(value) => Expr { span, ..value },
            Err(value) => make(ExprKind::Downcast(Box::new(value), record), ty, span),
        }
    }

    // ---- methods that operators call

    /// The method of that name, if the record has one.
    pub(crate) fn method_of(&self, record: RecordId, name: bp_syntax::name::Name) -> Option<FuncId> {
        match self.decls.members.get(&(record, name)) {
            Some(&Member::Method(func)) => Some(func),
            _ => None,
        }
    }

    /// The method of that name of a value's class.
    pub(crate) fn method_of_value(&self, value: &Expr, name: bp_syntax::name::Name) -> Option<FuncId> {
        self.method_of(self.record_of_type(value.ty)?, name)
    }

    /// A call of a method with values that are checked already, receiver first.
    pub(crate) fn call_with_values(&mut self, func: FuncId, values: Vec<Expr>, span: Span) -> Expr {
        self.uses().functions.push(func);
        let function = &self.decls.functions[func.index()];
        let (params, result, name) = (function.params.clone(), function.result, function.name);
        if params.len() != values.len() || result == Ty::ERROR {
            // The signature was reported where the method is declared.
            return Self::erroneous(span);
        }
        let mut args = Vec::with_capacity(values.len());
        for ((number, value), param) in (0..).zip(values).zip(params.iter()) {
            let value = match number {
                0 => value,
                _ => self.coerce_or_report(value, param.ty, Why::Param(name, param.name, param.span)),
            };
            if value.ty == Ty::ERROR {
                return Self::erroneous(span);
            }
            args.push(Arg { param: number, value });
        }
        self.method_call(func, args, result, span)
    }

    /// A call of a method with arguments as written.
    pub(super) fn call_method_with(&mut self, func: FuncId, receiver: Expr, site: CallSite<'a>) -> Expr {
        let call = self.call_function(func, Some(receiver), site);
        match call.kind {
            ExprKind::Call(func, args) => self.method_call(func, args, call.ty, call.span),
            _ => call,
        }
    }

    /// The call of a method: by its slot if the class has one for it.
    pub(crate) fn method_call(&mut self, func: FuncId, args: Vec<Arg>, result: Ty, span: Span) -> Expr {
        let kind = match self.decls.functions[func.index()].slot {
            Some(slot) => ExprKind::CallVirtual(slot, args),
            None => ExprKind::Call(func, args),
        };
        make(kind, result, span)
    }
}

/// `self` once more: reading a variable and changing its type have no effect.
fn self_again(object: &Expr) -> ExprKind {
    match &object.kind {
        ExprKind::Local(local) => ExprKind::Local(*local),
        ExprKind::Convert(how, inner) => {
            let inner = Expr { kind: self_again(inner), ty: inner.ty, span: inner.span };
            ExprKind::Convert(*how, Box::new(inner))
        }
        other => unreachable!("`self` is a variable, not {other:?}"),
    }
}
