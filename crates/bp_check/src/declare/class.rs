//! Structs and classes: fields, methods, what a class takes over from its base, virtual method slots.
//!
//! A class is resolved behind its base, whatever order they are declared in. Its fields begin with
//! those of the base, so that code for the base works on it; its slots too, each with the method
//! that objects of the class run.
//!
//! A signature may need an instance of a generic class that derives from the class being resolved:
//! `Cons[T]` is what a method of its base `List[T]` gives. Such instances wait until that class is done.

use crate::checker::Checker;
use crate::decl::{Member, Param, Resolved};
use crate::error::{Error, InheritProblem, OverrideProblem};
use crate::generic::TemplateSource;
use crate::hir::{FuncId, ModuleId, RecordId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;

/// Names that a declaration itself has given a meaning, with their places.
type Own = FxHashMap<Name, Span>;

/// What a method that an operator calls gives.
#[derive(Clone, Copy)]
enum Gives {
    /// Any value.
    Something,
    /// An optional.
    Optional,
    /// This type.
    This(Ty),
}

impl<'a> Checker<'a> {
    /// Resolves a struct or class, its base first; then, unless another is being resolved, the instances that it uses.
    pub(crate) fn resolve_record(&mut self, id: RecordId) {
        let record = &mut self.decls.records[id.index()];
        let Some(source) = record.source.filter(|_| record.resolved == Resolved::Not) else { return };
        record.resolved = Resolved::Active;
        self.generics.resolving += 1;
        self.resolve_parts(id, source);
        self.generics.resolving -= 1;
        while self.generics.resolving == 0
            && let Some(next) = self.generics.deferred.last()
        {
            self.resolve_now(next.record);
        }
    }

    fn resolve_parts(&mut self, id: RecordId, source: &'a ast::Record) {
        let record = &self.decls.records[id.index()];
        let (module, env) = (record.module, record.env.clone());
        let outer = std::mem::replace(&mut self.env, env);
        if let Some(base) = source.base.as_ref().filter(|_| self.decls.records[id.index()].is_class) {
            self.inherit(id, module, base);
        }
        let mut own = Own::default();
        self.resolve_fields(id, module, source, &mut own);
        for method in &source.methods {
            self.resolve_method(id, module, method, &mut own);
        }
        self.decls.records[id.index()].resolved = Resolved::Done;
        self.env = outer;
    }

    /// Takes over the base's fields and methods.
    fn inherit(&mut self, id: RecordId, module: ModuleId, written: &'a ast::TypeExpr) {
        let base_ty = self.resolve_type(module, written);
        let TyKind::Record(base) = *self.types.kind(base_ty) else {
            if base_ty != Ty::ERROR {
                self.report(Error::Inherit { at: written.span, problem: InheritProblem::NoClass(base_ty) });
            }
            return;
        };
        self.resolve_now(base);
        let declared = &self.decls.records[base.index()];
        let problem = match declared.resolved {
            Resolved::Active => Some(InheritProblem::Cycle(declared.name)),
            _ if !declared.is_class => Some(InheritProblem::NoClass(base_ty)),
            _ => None,
        };
        if let Some(problem) = problem {
            return self.report(Error::Inherit { at: written.span, problem });
        }
        let (fields, methods, slots) = (declared.fields.clone(), declared.methods.clone(), declared.slots.clone());
        let mut names: Vec<Name> = self.member_names(base);
        self.generic_methods(base, &mut names);
        for name in names {
            if let Some(&member) = self.decls.members.get(&(base, name)) {
                self.decls.members.insert((id, name), member);
            }
        }
        let init = self.decls.records[base.index()].init;
        let record = &mut self.decls.records[id.index()];
        (record.base, record.fields, record.init) = (Some(base), fields, init);
        (record.methods, record.slots) = (methods, slots);
    }

    /// Adds the names of the generic methods of a class and its bases.
    fn generic_methods(&self, class: RecordId, names: &mut Vec<Name>) {
        let mut next = Some(class);
        while let Some(class) = next {
            let record = &self.decls.records[class.index()];
            let functions = record.source.iter().flat_map(|source| &source.methods).map(|method| &method.function);
            names.extend(functions.filter(|f| !f.type_params.is_empty()).map(|f| f.name.name));
            next = record.base;
        }
    }

    fn resolve_fields(&mut self, id: RecordId, module: ModuleId, source: &'a ast::Record, own: &mut Own) {
        let mut fields: Vec<Param> = self.decls.records[id.index()].fields.to_vec();
        for field in &source.fields {
            let ty = self.resolve_value_type(module, &field.ty);
            let number = u32::try_from(fields.len()).expect("fewer fields than bytes");
            if !self.own_name(id, field.name, own, "field") {
                continue;
            }
            self.decls.members.insert((id, field.name.name), Member::Field(number));
            let default = self.default(module, field.default.as_deref(), ty, field.name.name);
            let span = field.name.span;
            fields.push(Param { name: field.name.name, ty, default, rest: false, span });
        }
        self.decls.records[id.index()].fields = fields.into();
    }

    /// Whether the name is free for a field; reports if not.
    fn own_name(&mut self, id: RecordId, name: Ident, own: &mut Own, what: &'static str) -> bool {
        let inherited = || self.decls.members.get(&(id, name.name)).map(|&member| self.member_span(id, member));
        let first = own.get(&name.name).copied().or_else(inherited);
        own.entry(name.name).or_insert(name.span);
        if let Some(first) = first {
            self.report(Error::Duplicate { name, first, what });
            return false;
        }
        true
    }

    fn member_span(&self, id: RecordId, member: Member) -> Span {
        match member {
            Member::Field(number) => self.decls.records[id.index()].fields[number as usize].span,
            Member::Method(func) | Member::Static(func) => self.decls.functions[func.index()].span,
            Member::Generic(template) => self.generics.template(template).name.span,
        }
    }

    fn resolve_method(&mut self, id: RecordId, module: ModuleId, method: &'a ast::Method, own: &mut Own) {
        let function = &method.function;
        let name = function.name;
        if !function.type_params.is_empty() {
            if self.own_name(id, name, own, "method") {
                let source = TemplateSource::Function(function);
                let template = self.add_template(module, Some(id), source, method.doc.as_deref());
                self.decls.members.insert((id, name.name), Member::Generic(template));
            }
            return;
        }
        let func = self.collect_function(module, Some(id), function, method.doc.as_deref(), true);
        self.resolve_function(module, func, function);
        let inherited = self.decls.members.get(&(id, name.name)).copied();
        let clash = match inherited {
            Some(Member::Field(_) | Member::Generic(_)) => true,
            _ => own.contains_key(&name.name),
        };
        if clash {
            let first = own.get(&name.name).copied();
            let first = first.or(inherited.map(|member| self.member_span(id, member))).unwrap_or(name.span);
            return self.report(Error::Duplicate { name, first, what: "method" });
        }
        own.insert(name.name, name.span);
        self.check_operator(id, func, name);
        let has_self = self.decls.functions[func.index()].has_self;
        let replaced = match inherited {
            Some(Member::Method(old) | Member::Static(old)) => Some(old),
            _ => None,
        };
        let methods = &mut self.decls.records[id.index()].methods;
        methods.retain(|&method| Some(method) != replaced);
        methods.push(func);
        let member = if has_self { Member::Method(func) } else { Member::Static(func) };
        self.decls.members.insert((id, name.name), member);
        if name.name == self.known.init {
            self.check_init(func, name);
            self.decls.records[id.index()].init = Some(func);
        } else if self.decls.records[id.index()].is_class && (has_self || replaced.is_some()) {
            self.give_slot(id, func, replaced, name);
        }
    }

    /// `__init__` has a `self` and no result.
    fn check_init(&mut self, func: FuncId, name: Ident) {
        let function = &self.decls.functions[func.index()];
        if !function.has_self || function.result != Ty::VOID {
            let at = function.result_span.filter(|_| function.has_self).unwrap_or(name.span);
            self.report(Error::Override { name, at, problem: OverrideProblem::Init });
        }
    }

    /// A method that operators, `for`, `print` or `len` call has the signature that they need.
    fn check_operator(&mut self, id: RecordId, func: FuncId, name: Ident) {
        let known = &self.known;
        let table = [
            (known.add, 1, Gives::Something, "(self, other: T) -> R"),
            (known.sub, 1, Gives::Something, "(self, other: T) -> R"),
            (known.mul, 1, Gives::Something, "(self, other: T) -> R"),
            (known.equals, 1, Gives::This(Ty::BOOL), "(self, other: C) -> bool` with the class itself as `C"),
            (known.less, 1, Gives::This(Ty::BOOL), "(self, other: C) -> bool` with the class itself as `C"),
            (known.length, 0, Gives::This(Ty::INT), "(self) -> int"),
            (known.get_item, 1, Gives::Something, "(self, index: T) -> R"),
            (known.set_item, 2, Gives::This(Ty::VOID), "(self, index: T, value: R)"),
            (known.contains, 1, Gives::This(Ty::BOOL), "(self, item: T) -> bool"),
            (known.iter, 0, Gives::Something, "(self) -> I"),
            (known.next, 0, Gives::Optional, "(self) -> T?"),
            (known.to_str, 0, Gives::This(Ty::STR), "(self) -> str"),
        ];
        let Some(&(_, count, gives, wanted)) = table.iter().find(|row| row.0 == name.name) else { return };
        let compares = name.name == self.known.equals || name.name == self.known.less;
        let function = &self.decls.functions[func.index()];
        let result = match gives {
            Gives::Something => function.result != Ty::VOID,
            Gives::Optional => matches!(self.types.kind(function.result), TyKind::Optional(_) | TyKind::Error),
            Gives::This(ty) => function.result == ty || function.result == Ty::ERROR,
        };
        let other = match function.params.get(1).filter(|_| compares).map(|param| self.types.kind(param.ty)) {
            Some(&TyKind::Record(other)) => self.derives(id, other),
            Some(TyKind::Error) | None => true,
            Some(_) => false,
        };
        let plain = function.params.iter().all(|param| !param.rest);
        if !function.has_self || function.params.len() != count + 1 || !result || !other || !plain {
            self.report(Error::Override { name, at: name.span, problem: OverrideProblem::Operator(wanted) });
        }
    }

    /// Puts a method into the slot of the one that it overrides, or into a new one.
    fn give_slot(&mut self, id: RecordId, func: FuncId, replaced: Option<FuncId>, name: Ident) {
        if let Some(old) = replaced {
            if let Some(problem) = self.override_problem(func, old) {
                return self.report(Error::Override { name, at: name.span, problem });
            }
            self.decls.overriders.entry(old).or_default().push(func);
        }
        let slot = replaced.and_then(|old| self.decls.functions[old.index()].slot);
        if !self.decls.functions[func.index()].has_self {
            return;
        }
        let slots = &mut self.decls.records[id.index()].slots;
        let slot = match slot {
            Some(slot) => {
                slots[slot as usize] = func;
                slot
            }
            None => {
                slots.push(func);
                u32::try_from(slots.len() - 1).expect("fewer methods than bytes")
            }
        };
        self.decls.functions[func.index()].slot = Some(slot);
    }

    /// An override takes and gives what the method of the base does.
    fn override_problem(&mut self, func: FuncId, old: FuncId) -> Option<OverrideProblem> {
        let (new, base) = (&self.decls.functions[func.index()], &self.decls.functions[old.index()]);
        let declared = base.span;
        if new.has_self != base.has_self {
            return Some(OverrideProblem::Static { declared, base_is_static: !base.has_self });
        }
        let skip = usize::from(new.has_self);
        let types = |function: &crate::decl::Function<'_>| -> Vec<Ty> {
            function.params.iter().skip(skip).map(|param| param.ty).collect()
        };
        let (ours, theirs) = (types(new), types(base));
        let (our_result, their_result) = (new.result, base.result);
        let same_rest = new.params.last().map(|p| p.rest) == base.params.last().map(|p| p.rest);
        let has_error = ours.iter().chain(&theirs).chain([&our_result, &their_result]).any(|&ty| ty == Ty::ERROR);
        if has_error || !new.has_self || (ours == theirs && our_result == their_result && same_rest) {
            return None;
        }
        let found = self.types.function(&ours, our_result);
        let wanted = self.types.function(&theirs, their_result);
        Some(OverrideProblem::Signature { declared, found, wanted })
    }

    /// Methods of a class that have no body, in slot order.
    pub(crate) fn abstract_methods(&self, id: RecordId) -> Vec<Name> {
        let slots = self.decls.records[id.index()].slots.iter();
        let functions = slots.map(|func| &self.decls.functions[func.index()]);
        functions.filter(|function| function.is_abstract()).map(|function| function.name).collect()
    }
}
