//! Generic declarations: templates, and their instances.
//!
//! Each combination of type arguments is an instance with code of its own. While an instance is
//! resolved and checked, the environment says what each type parameter stands for.
//!
//! A template is checked once with its parameters standing for themselves ([`TyKind::Param`]): that is
//! where mistakes in it are reported. Such *pattern* instances never reach lowering. Instances with
//! real types are checked again for their types and conversions, without reports: what holds for every
//! argument holds for each. Should one fail all the same, its first use gets the report.
//!
//! Absence: no sharing of code between instances, no variance.

use crate::checker::Checker;
use crate::decl::{Function, Param, Record, Resolved, Source};
use crate::error::Error;
use crate::hir::{FuncId, ModuleId, RecordId};
use crate::types::{Ty, TyKind};
use crate::vars::Origin;
use bp_builtins::errors::TRACE_FIELD;
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How deep instances may ask for instances.
const MAX_INSTANCE_DEPTH: u32 = 48;

/// How many instances one template may have: instances that ask for two others each would not end in time otherwise.
const MAX_INSTANCES: usize = 4096;

/// What each type parameter in scope stands for, outer ones first.
pub(crate) type Env = Rc<[(Name, Ty)]>;

/// Position of a template in [`Generics::templates`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct TemplateId(u32);

impl TemplateId {
    /// Its number in [`TyKind::Apply`].
    pub fn number(self) -> u32 {
        self.0
    }
}

/// What a generic declaration declares.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TemplateSource<'a> {
    /// A function or method.
    Function(&'a ast::Function),
    /// A struct or class.
    Record(&'a ast::Record, bool),
    /// A name for a type.
    Alias(&'a ast::TypeAlias),
}

/// What the argument of a type parameter must offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParamBound {
    /// Nothing.
    Any,
    /// `<` between its values.
    Ordered,
    /// Values that can be keys.
    Hashable,
    /// To be this class or to derive from it.
    Class(RecordId),
}

/// An instance of a template.
#[derive(Clone, Copy, Debug)]
enum Instance {
    Function(FuncId),
    Record(RecordId),
    Alias(Ty),
}

/// A generic declaration.
#[derive(Debug)]
pub(crate) struct Template<'a> {
    pub name: Ident,
    pub source: TemplateSource<'a>,
    pub params: &'a [ast::TypeParam],
    bounds: Option<Rc<[ParamBound]>>,
    pub module: ModuleId,
    owner: Option<RecordId>,
    /// What the parameters of the declarations around it stand for.
    outer: Env,
    doc: Option<&'a str>,
    instances: FxHashMap<Box<[Ty]>, Instance>,
}

/// A type parameter that stands for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeParam {
    pub name: Name,
    pub bound: ParamBound,
}

/// All generic declarations of a program.
#[derive(Default, Debug)]
pub(crate) struct Generics<'a> {
    templates: Vec<Template<'a>>,
    /// By the number in [`TyKind::Param`].
    pub params: Vec<TypeParam>,
    /// Templates whose pattern instance is still to be made.
    pending: Vec<TemplateId>,
    /// Structs and classes that are resolved behind those that are being resolved now.
    pub deferred: Vec<Deferred>,
    /// How many structs and classes are being resolved now, one for the sake of another.
    pub resolving: u32,
    depth: u32,
    /// Whether endless instances were reported: none is made from then on.
    endless: bool,
}

/// An instance of a struct or class that something asked for while another was being resolved. It may derive from
/// that one, so it has to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deferred {
    pub record: RecordId,
    name: Ident,
    /// What asked for it.
    at: Span,
    depth: u32,
    is_pattern: bool,
}

impl<'a> Generics<'a> {
    pub fn template(&self, id: TemplateId) -> &Template<'a> {
        &self.templates[id.0 as usize]
    }

    /// The name of the template with a number.
    pub fn name(&self, number: u32) -> Name {
        self.templates[number as usize].name.name
    }

    fn template_mut(&mut self, id: TemplateId) -> &mut Template<'a> {
        &mut self.templates[id.0 as usize]
    }
}

impl<'a> Checker<'a> {
    /// Declares a template.
    pub(crate) fn add_template(
        &mut self,
        module: ModuleId,
        owner: Option<RecordId>,
        source: TemplateSource<'a>,
        doc: Option<&'a str>,
    ) -> TemplateId {
        let (name, params) = match source {
            TemplateSource::Function(function) => (function.name, &function.type_params),
            TemplateSource::Record(record, _) => (record.name, &record.type_params),
            TemplateSource::Alias(alias) => (alias.name, &alias.type_params),
        };
        let id = TemplateId(u32::try_from(self.generics.templates.len()).expect("fewer templates than bytes"));
        self.generics.templates.push(Template {
            name,
            source,
            params,
            bounds: None,
            module,
            owner,
            outer: self.env.clone(),
            doc,
            instances: FxHashMap::default(),
        });
        // A method of an instance is checked with the pattern of its class.
        if self.muted == 0 {
            self.generics.pending.push(id);
        }
        id
    }

    /// Makes the pattern instances of the templates declared so far.
    pub(crate) fn make_patterns(&mut self) {
        while let Some(id) = self.generics.pending.pop() {
            let template = self.generics.template(id);
            let (params, at) = (template.params, template.name.span);
            self.report_twice(params);
            let bounds = self.bounds(id);
            let mut args = Vec::with_capacity(params.len());
            for (param, &bound) in params.iter().zip(bounds.iter()) {
                let number = u32::try_from(self.generics.params.len()).expect("fewer parameters than bytes");
                self.generics.params.push(TypeParam { name: param.name.name, bound });
                args.push(self.types.intern(TyKind::Param(number)));
            }
            let muted = std::mem::take(&mut self.muted);
            self.instance(id, args, at, true);
            self.muted = muted;
        }
    }

    fn report_twice(&mut self, params: &'a [ast::TypeParam]) {
        for (position, param) in params.iter().enumerate() {
            if let Some(first) = params[..position].iter().find(|first| first.name.name == param.name.name) {
                let (name, first) = (param.name, first.name.span);
                self.report(Error::Duplicate { name, first, what: "type parameter" });
            }
        }
    }

    /// What the template's parameters demand.
    fn bounds(&mut self, id: TemplateId) -> Rc<[ParamBound]> {
        let template = self.generics.template(id);
        if let Some(bounds) = &template.bounds {
            return bounds.clone();
        }
        let (params, module, outer) = (template.params, template.module, template.outer.clone());
        let env = std::mem::replace(&mut self.env, outer);
        let bounds: Rc<[ParamBound]> = params.iter().map(|param| self.bound(module, param)).collect();
        self.env = env;
        self.generics.template_mut(id).bounds = Some(bounds.clone());
        bounds
    }

    fn bound(&mut self, module: ModuleId, param: &'a ast::TypeParam) -> ParamBound {
        let Some(written) = &param.bound else { return ParamBound::Any };
        if let ast::TypeKind::Named { path, args } = &written.kind
            && let ([name], true) = (path.as_slice(), args.is_empty())
            && self.decls.symbol(module, name.name).is_none()
        {
            match self.text(name.name) {
                "Ordered" => return ParamBound::Ordered,
                "Hashable" => return ParamBound::Hashable,
                _ => {}
            }
        }
        let ty = self.resolve_type(module, written);
        match *self.types.kind(ty) {
            TyKind::Record(record) if self.decls.records[record.index()].is_class => ParamBound::Class(record),
            TyKind::Error => ParamBound::Any,
            _ => {
                self.report(Error::NoBound { at: written.span, ty });
                ParamBound::Any
            }
        }
    }

    /// What the type parameter `name` stands for here.
    pub(crate) fn type_param(&self, name: Name) -> Option<Ty> {
        self.env.iter().rev().find(|(param, _)| *param == name).map(|(_, ty)| *ty)
    }

    /// The bound of a type that is a parameter standing for itself.
    pub(crate) fn bound_of(&self, ty: Ty) -> Option<ParamBound> {
        match *self.kind(ty) {
            TyKind::Param(number) => Some(self.generics.params[number as usize].bound),
            _ => None,
        }
    }

    /// The record whose members values of the type have: their own, or that of the bound of a type parameter.
    pub(crate) fn record_of_type(&self, ty: Ty) -> Option<RecordId> {
        match (self.kind(ty), self.bound_of(ty)) {
            (TyKind::Record(record), _) => Some(*record),
            (_, Some(ParamBound::Class(record))) => Some(record),
            _ => None,
        }
    }

    /// How many instances have asked for each other by now.
    pub(crate) fn instance_depth(&self) -> u32 {
        let body = self.bodies.last().map_or(0, |body| self.decls.functions[body.function.index()].depth);
        body + self.generics.depth
    }

    fn satisfies_bound(&self, ty: Ty, bound: ParamBound) -> bool {
        let own = self.bound_of(ty);
        match bound {
            ParamBound::Any => true,
            ParamBound::Ordered => self.is_ordered(ty),
            ParamBound::Hashable => self.is_hashable(ty),
            ParamBound::Class(class) => match (self.kind(ty), own) {
                (TyKind::Record(record), _) => self.derives(*record, class),
                (_, Some(ParamBound::Class(record))) => self.derives(record, class),
                (kind, _) => matches!(kind, TyKind::Error),
            },
        }
    }

    // ---- instances

    /// Type variables for the parameters of a template, to be solved by a use.
    pub(crate) fn open_arguments(&mut self, id: TemplateId, at: Span) -> Vec<Ty> {
        let count = self.generics.template(id).params.len();
        (0..count).map(|_| self.fresh(at, Origin::Call)).collect()
    }

    /// The environment in which the template's parameters stand for `args`.
    pub(crate) fn env_of(&self, id: TemplateId, args: &[Ty]) -> Env {
        let template = self.generics.template(id);
        let own = template.params.iter().map(|param| param.name.name).zip(args.iter().copied());
        template.outer.iter().copied().chain(own).collect()
    }

    /// Runs `work` in another environment, and in the module whose names it sees.
    pub(crate) fn within<T>(&mut self, env: Env, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.env, env);
        let result = work(self);
        self.env = outer;
        result
    }

    /// The solved arguments; none after a report that one is open or does not fit.
    pub(crate) fn solved_arguments(&mut self, id: TemplateId, args: &[Ty], at: Span) -> Option<Vec<Ty>> {
        let mut solved = Vec::with_capacity(args.len());
        for (position, &arg) in args.iter().enumerate() {
            let ty = self.vars.deep(&mut self.types, arg);
            if ty == Ty::ERROR {
                return None;
            }
            if self.types.is_open(ty) {
                let template = self.generics.template(id);
                let (name, param) = (template.name.name, template.params[position].name.name);
                self.report(Error::OpenArgument { at, name, param });
                return None;
            }
            solved.push(ty);
        }
        Some(solved)
    }

    /// The instance of a function template.
    pub(crate) fn function_instance(&mut self, id: TemplateId, args: Vec<Ty>, at: Span) -> Option<FuncId> {
        match self.instance(id, args, at, false)? {
            Instance::Function(func) => Some(func),
            Instance::Record(_) | Instance::Alias(_) => None,
        }
    }

    /// The instance of a struct or class template.
    pub(crate) fn record_instance(&mut self, id: TemplateId, args: Vec<Ty>, at: Span) -> Option<RecordId> {
        match self.instance(id, args, at, false)? {
            Instance::Record(record) => Some(record),
            Instance::Alias(ty) => match *self.types.kind(ty) {
                TyKind::Record(record) => Some(record),
                _ => None,
            },
            Instance::Function(_) => None,
        }
    }

    /// The type that a template with arguments is.
    pub(crate) fn type_instance(&mut self, id: TemplateId, args: Vec<Ty>, at: Span) -> Ty {
        let is_record = matches!(self.generics.template(id).source, TemplateSource::Record(..));
        if is_record && args.iter().any(|&arg| self.types.is_open(arg)) {
            let args: Vec<Ty> = args.iter().map(|&arg| self.vars.deep(&mut self.types, arg)).collect();
            if args.iter().any(|&arg| self.types.is_open(arg)) {
                return self.types.applied(id.0, &args);
            }
            return self.type_instance(id, args, at);
        }
        match self.instance(id, args, at, false) {
            Some(Instance::Record(record)) => self.types.intern(TyKind::Record(record)),
            Some(Instance::Alias(ty)) => ty,
            Some(Instance::Function(_)) | None => Ty::ERROR,
        }
    }

    fn instance(&mut self, id: TemplateId, args: Vec<Ty>, at: Span, is_pattern: bool) -> Option<Instance> {
        if let Some(&known) = self.generics.template(id).instances.get(args.as_slice()) {
            return Some(known);
        }
        let (name, count) = {
            let template = self.generics.template(id);
            (template.name, template.params.len())
        };
        if args.len() != count {
            let given = args.len();
            self.report(Error::TypeArgumentCount { at, name, wanted: count, given });
            return None;
        }
        let bounds = self.bounds(id);
        for (position, (&ty, &bound)) in args.iter().zip(bounds.iter()).enumerate() {
            if let (TyKind::Record(record), ParamBound::Class(_)) = (self.types.kind(ty), bound) {
                self.resolve_now(*record);
            }
            if !is_pattern && !self.satisfies_bound(ty, bound) {
                let param = self.generics.template(id).params[position].name;
                self.report(Error::Bound { at, name, param, ty, bound });
                return None;
            }
        }
        if self.generics.endless {
            return None;
        }
        let count = self.generics.template(id).instances.len();
        if self.instance_depth() >= MAX_INSTANCE_DEPTH || count >= MAX_INSTANCES {
            self.generics.endless = true;
            // Never within the pattern, whose instances are not reported; so it is reported in any case.
            let at = name.span;
            let error = Error::EndlessInstances { at, name };
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
            return None;
        }
        let env = self.env_of(id, &args);
        let depth = self.generics.depth + 1;
        let made = self.as_instance((name, at), depth, is_pattern, |checker| {
            checker.within(env, |checker| checker.make_instance(id, args.into(), at, is_pattern))
        });
        Some(made)
    }

    /// Runs `make` for an instance: without reports, except that a failure is reported of its use.
    fn as_instance<T>(
        &mut self,
        (name, at): (Ident, Span),
        depth: u32,
        is_pattern: bool,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = std::mem::replace(&mut self.generics.depth, depth);
        let before = self.muted_errors;
        let quiet = u32::from(!is_pattern);
        self.muted += quiet;
        let made = make(self);
        self.muted -= quiet;
        self.generics.depth = outer;
        if !is_pattern && self.muted_errors > before && !self.has_errors() {
            self.report(Error::BadInstance { at, name });
        }
        made
    }

    /// Resolves a struct or class now, even if it is an instance that was put off.
    pub(crate) fn resolve_now(&mut self, record: RecordId) {
        match self.generics.deferred.iter().position(|deferred| deferred.record == record) {
            Some(position) => {
                let Deferred { name, at, depth, is_pattern, .. } = self.generics.deferred.swap_remove(position);
                self.as_instance((name, at), depth, is_pattern, |checker| checker.resolve_record(record));
            }
            None => self.resolve_record(record),
        }
    }

    fn make_instance(&mut self, id: TemplateId, args: Box<[Ty]>, at: Span, is_pattern: bool) -> Instance {
        let template = self.generics.template(id);
        let (module, owner, doc, name) = (template.module, template.owner, template.doc, template.name);
        match template.source {
            TemplateSource::Function(source) => {
                let has_self = source.params.first().is_some_and(|param| param.name.name == self.known.self_);
                let func = self.add_function(Function {
                    name: name.name,
                    owner,
                    module,
                    params: [].into(),
                    has_self: has_self && owner.is_some(),
                    result: Ty::VOID,
                    result_span: source.result.as_ref().map(|ty| ty.span),
                    span: name.span,
                    source: Source::Def(source),
                    doc,
                    exported: false,
                    slot: None,
                    env: self.env.clone(),
                    reported: is_pattern,
                    depth: self.instance_depth(),
                });
                self.generics.template_mut(id).instances.insert(args, Instance::Function(func));
                self.resolve_function(module, func, source);
                Instance::Function(func)
            }
            TemplateSource::Record(source, is_class) => {
                let record = self.add_record(module, source, is_class);
                self.decls.records[record.index()].args = args.clone();
                self.decls.records[record.index()].template = Some(id);
                self.types.add_instance(id.0, &args, record);
                self.generics.template_mut(id).instances.insert(args, Instance::Record(record));
                if self.generics.resolving > 0 {
                    let depth = self.generics.depth;
                    self.generics.deferred.push(Deferred { record, name, at, depth, is_pattern });
                } else {
                    self.resolve_record(record);
                }
                Instance::Record(record)
            }
            TemplateSource::Alias(source) => {
                let ty = self.resolve_type(module, &source.target);
                self.generics.template_mut(id).instances.insert(args, Instance::Alias(ty));
                Instance::Alias(ty)
            }
        }
    }

    /// A struct or class without members yet.
    pub(crate) fn add_record(&mut self, module: ModuleId, source: &'a ast::Record, is_class: bool) -> RecordId {
        let id = RecordId(u32::try_from(self.decls.records.len()).expect("fewer structs than bytes"));
        self.decls.records.push(Record {
            name: source.name.name,
            fields: [].into(),
            is_class,
            base: None,
            span: source.name.span,
            source: Some(source),
            methods: Vec::new(),
            slots: Vec::new(),
            init: None,
            module,
            resolved: Resolved::Not,
            args: [].into(),
            template: None,
            env: self.env.clone(),
        });
        self.types.intern(TyKind::Record(id));
        id
    }

    /// Whether some type parameter stands for itself in the environment: what is checked there never runs.
    pub(crate) fn is_pattern(&self, env: &Env) -> bool {
        env.iter().any(|&(_, ty)| self.has_param(ty))
    }

    /// Whether a type parameter occurs in the type.
    fn has_param(&self, ty: Ty) -> bool {
        match self.types.kind(ty) {
            TyKind::Param(_) => true,
            TyKind::Array(t) | TyKind::Set(t) | TyKind::Optional(t) => self.has_param(*t),
            TyKind::Map(k, v) => self.has_param(*k) || self.has_param(*v),
            TyKind::Tuple(members) => members.iter().any(|&t| self.has_param(t)),
            TyKind::Function(params, r) => self.has_param(*r) || params.iter().any(|&t| self.has_param(t)),
            TyKind::Record(record) => self.decls.records[record.index()].args.iter().any(|&t| self.has_param(t)),
            _ => false,
        }
    }

    /// The parameters of a function template, or the fields or `__init__` of a record template, for `args` that may
    /// be open. What has a default may be left out.
    pub(crate) fn open_params(&mut self, id: TemplateId, args: &[Ty]) -> Vec<Param> {
        let template = self.generics.template(id);
        let module = template.module;
        let env = self.env_of(id, args);
        let source = template.source;
        self.muted += 1;
        let params = self.within(env, |checker| match source {
            TemplateSource::Function(function) => checker.open_head(module, &function.params),
            TemplateSource::Record(record, _) => checker.open_constructor(module, record).0,
            TemplateSource::Alias(_) => Vec::new(),
        });
        self.muted -= 1;
        params
    }

    /// The parameters of a constructor, and whether they are those of an `__init__`.
    fn open_constructor(&mut self, module: ModuleId, record: &'a ast::Record) -> (Vec<Param>, bool) {
        let is_init = |method: &&ast::Method| method.function.name.name == self.known.init;
        if let Some(init) = record.methods.iter().find(is_init) {
            return (self.open_head(module, init.function.params.get(1..).unwrap_or_default()), true);
        }
        let (mut params, is_init) = match &record.base {
            Some(base) => self.open_base(module, base),
            None => (Vec::new(), false),
        };
        if !is_init {
            params.extend(self.open_fields(module, record));
        }
        (params, is_init)
    }

    /// The parameters of the constructor of a base class.
    fn open_base(&mut self, module: ModuleId, written: &'a ast::TypeExpr) -> (Vec<Param>, bool) {
        let base = self.resolve_type(module, written);
        if let TyKind::Apply(number, args) = self.types.kind(base).clone() {
            let id = TemplateId(number);
            let template = self.generics.template(id);
            let TemplateSource::Record(source, _) = template.source else { return (Vec::new(), false) };
            let (module, env) = (template.module, self.env_of(id, &args));
            return self.within(env, |checker| checker.open_constructor(module, source));
        }
        let TyKind::Record(record) = *self.types.kind(base) else { return (Vec::new(), false) };
        self.resolve_now(record);
        let declared = &self.decls.records[record.index()];
        let is_error = self.derives(record, RecordId(0));
        let (params, is_init) = match declared.init {
            Some(init) => (self.decls.functions[init.index()].params[1..].to_vec(), true),
            None => (declared.fields.to_vec(), false),
        };
        let taken = |at: usize| is_init || !is_error || at != TRACE_FIELD as usize;
        let params = params
            .into_iter()
            .enumerate()
            .filter(|(at, _)| taken(*at))
            .map(|(_, param)| Param { default: omitted(param.default != crate::decl::Default::None), ..param });
        (params.collect(), is_init)
    }

    pub(crate) fn open_head(&mut self, module: ModuleId, written: &'a [ast::Param]) -> Vec<Param> {
        let mut params = Vec::with_capacity(written.len());
        for param in written {
            let ty = param.ty.as_ref().map_or(Ty::ERROR, |ty| self.resolve_value_type(module, ty));
            let ty = if param.rest { self.types.array(ty) } else { ty };
            let default = omitted(param.default.is_some());
            params.push(Param { name: param.name.name, ty, default, rest: param.rest, span: param.span });
        }
        params
    }

    fn open_fields(&mut self, module: ModuleId, record: &'a ast::Record) -> Vec<Param> {
        let mut params = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            let ty = self.resolve_value_type(module, &field.ty);
            let default = omitted(field.default.is_some());
            params.push(Param { name: field.name.name, ty, default, rest: false, span: field.name.span });
        }
        params
    }
}

fn omitted(has_default: bool) -> crate::decl::Default {
    if has_default { crate::decl::Default::Omitted } else { crate::decl::Default::None }
}
