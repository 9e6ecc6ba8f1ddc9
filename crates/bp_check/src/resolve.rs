//! Written types to types.

use crate::checker::Checker;
use crate::decl::Symbol;
use crate::error::Error;
use crate::generic::{ParamBound, TemplateSource};
use crate::hir::ModuleId;
use crate::infer::{RED_ZONE, STACK_SEGMENT};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{Ident, TypeExpr, TypeKind};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// The type of something that holds a value: anything but `void`.
    pub fn resolve_value_type(&mut self, module: ModuleId, written: &'a TypeExpr) -> Ty {
        match self.resolve_result_type(module, written) {
            Ty::VOID => {
                self.report(Error::VoidType { at: written.span });
                Ty::ERROR
            }
            ty => ty,
        }
    }

    /// The type of what a function gives: a value's, or `void`.
    pub fn resolve_result_type(&mut self, module: ModuleId, written: &'a TypeExpr) -> Ty {
        let ty = self.resolve_type(module, written);
        match ty {
            Ty::U8 | Ty::I32 | Ty::F32 => {
                let value = if ty == Ty::F32 { Ty::FLOAT } else { Ty::INT };
                if self.is_type_param(written) {
                    return value;
                }
                self.report(Error::StorageType { at: written.span, ty, value });
                value
            }
            _ => ty,
        }
    }

    /// Whether a type parameter is written: for a `u8` it stands for its values where one is stored.
    fn is_type_param(&self, written: &TypeExpr) -> bool {
        match &written.kind {
            TypeKind::Named { path, .. } => path.len() == 1 && self.type_param(path[0].name).is_some(),
            _ => false,
        }
    }

    /// The type that is written; `void` too.
    pub fn resolve_type(&mut self, module: ModuleId, written: &'a TypeExpr) -> Ty {
        let ty = stacker::maybe_grow(RED_ZONE, STACK_SEGMENT, || self.resolve_kind(module, written));
        if self.types.is_too_large(ty) {
            self.report(Error::TypeTooLarge { at: written.span });
            return Ty::ERROR;
        }
        ty
    }

    fn resolve_kind(&mut self, module: ModuleId, written: &'a TypeExpr) -> Ty {
        match &written.kind {
            TypeKind::Named { path, args } => self.named_type(module, path, args),
            TypeKind::Array(element) => {
                let element = match self.resolve_type(module, element) {
                    storage @ (Ty::U8 | Ty::I32 | Ty::F32) => storage,
                    Ty::VOID => {
                        self.report(Error::VoidType { at: element.span });
                        Ty::ERROR
                    }
                    other => other,
                };
                self.types.array(element)
            }
            TypeKind::Map(key, value) => {
                let key_ty = self.resolve_key_type(module, key);
                let value = self.resolve_value_type(module, value);
                self.types.map(key_ty, value)
            }
            TypeKind::Set(element) => {
                let element = self.resolve_key_type(module, element);
                self.types.set(element)
            }
            TypeKind::Tuple(members) => {
                let members: Vec<Ty> = members.iter().map(|ty| self.resolve_value_type(module, ty)).collect();
                self.types.tuple(&members)
            }
            TypeKind::Function { params, result } => {
                let params: Vec<Ty> = params.iter().map(|ty| self.resolve_value_type(module, ty)).collect();
                let result = result.as_ref().map_or(Ty::VOID, |ty| self.resolve_result_type(module, ty));
                self.types.function(&params, result)
            }
            TypeKind::Optional(inner) => self.optional_type(module, inner),
            TypeKind::Error => Ty::ERROR,
        }
    }

    fn optional_type(&mut self, module: ModuleId, inner: &'a TypeExpr) -> Ty {
        let ty = self.resolve_value_type(module, inner);
        if ty == Ty::PTR {
            self.report(Error::OptionalType { at: inner.span, ty });
            return Ty::ERROR;
        }
        self.types.optional(ty)
    }

    fn resolve_key_type(&mut self, module: ModuleId, written: &'a TypeExpr) -> Ty {
        let ty = self.resolve_value_type(module, written);
        self.checked_key(ty, written.span)
    }

    /// The type as that of keys, or a report.
    pub(crate) fn checked_key(&mut self, ty: Ty, at: Span) -> Ty {
        if self.is_hashable(ty) {
            return ty;
        }
        self.report(Error::NotHashable { at, ty });
        Ty::ERROR
    }

    /// Whether values of the type may be keys.
    pub fn is_hashable(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Int | TyKind::Str | TyKind::Bool | TyKind::Float | TyKind::Enum(_) => true,
            TyKind::Error | TyKind::Var(_) => true,
            TyKind::Param(_) => self.bound_of(ty) == Some(ParamBound::Hashable),
            TyKind::Tuple(members) => members.iter().all(|&member| self.is_hashable(member)),
            _ => false,
        }
    }

    /// Whether `<` works between values of the type.
    pub fn is_ordered(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Int | TyKind::Str | TyKind::Bool | TyKind::Float | TyKind::Enum(_) => true,
            TyKind::U8 | TyKind::I32 | TyKind::F32 | TyKind::Error | TyKind::Var(_) => true,
            TyKind::Param(_) => self.bound_of(ty) == Some(ParamBound::Ordered),
            TyKind::Tuple(members) => members.iter().all(|&member| self.is_ordered(member)),
            TyKind::Array(element) => self.is_ordered(*element),
            TyKind::Record(record) => self.method_of(*record, self.known.less).is_some(),
            _ => false,
        }
    }

    fn named_type(&mut self, module: ModuleId, path: &'a [Ident], args: &'a [TypeExpr]) -> Ty {
        self.type_of_path(module, path, args)
    }

    /// The type at the end of a path, with type arguments if it is generic.
    pub(crate) fn type_of_path(&mut self, module: ModuleId, path: &[Ident], args: &'a [TypeExpr]) -> Ty {
        if let ([name], true) = (path, args.is_empty())
            && let Some(ty) = self.type_param(name.name)
        {
            return ty;
        }
        let symbol = self.resolve_path(module, path);
        let Some(&name) = path.last() else { return Ty::ERROR };
        if let Some(Symbol::Generic(id)) = symbol {
            let at = args.last().map_or(name.span, |last| name.span.to(last.span));
            let args = self.resolve_arguments(module, args);
            let is_type = !matches!(self.generics.template(id).source, TemplateSource::Function(_));
            return match is_type {
                true if !args.contains(&Ty::ERROR) => self.type_instance(id, args, at),
                true => Ty::ERROR,
                false => {
                    self.report(Error::UnknownType { name, similar: Vec::new() });
                    Ty::ERROR
                }
            };
        }
        let is_known = match symbol {
            Some(symbol) => symbol != Symbol::Reported,
            None => self.plain_type(name.name).is_some(),
        };
        if let (Some(first), true) = (args.first(), is_known) {
            self.report(Error::NotGeneric { at: first.span, name });
            return Ty::ERROR;
        }
        match symbol {
            Some(Symbol::Record(id)) => self.types.intern(TyKind::Record(id)),
            Some(Symbol::Enum(id)) => self.types.intern(TyKind::Enum(id)),
            Some(Symbol::Alias(alias)) => self.resolve_alias(alias, Some(name.span)),
            Some(Symbol::Reported) => Ty::ERROR,
            Some(Symbol::Function(_) | Symbol::Global(_) | Symbol::Generic(_) | Symbol::Module(_)) | None => {
                match self.plain_type(name.name) {
                    Some(ty) => ty,
                    None => {
                        let similar = self.similar_types(module, name.name);
                        self.report(Error::UnknownType { name, similar });
                        Ty::ERROR
                    }
                }
            }
        }
    }

    /// The type that a type keyword names, or the name of a built-in class.
    pub fn plain_type(&self, name: Name) -> Option<Ty> {
        let known = &self.known;
        let table = [
            (known.int, Ty::INT),
            (known.float, Ty::FLOAT),
            (known.bool, Ty::BOOL),
            (known.str, Ty::STR),
            (known.void, Ty::VOID),
            (known.ptr, Ty::PTR),
            (known.u8, Ty::U8),
            (known.i32, Ty::I32),
            (known.f32, Ty::F32),
        ];
        let keyword = table.iter().find(|(n, _)| *n == name).map(|(_, ty)| *ty);
        keyword.or_else(|| self.builtin_class(name))
    }

    /// What an alias stands for. `used` is the place that needs it, if another declaration does.
    pub fn resolve_alias(&mut self, alias: u32, used: Option<Span>) -> Ty {
        let entry = &mut self.decls.aliases[alias as usize];
        let (source, module) = (entry.source, entry.module);
        match entry.ty {
            Some(Ty::NEVER) => {
                self.report(Error::RecursiveAlias { name: source.name, at: used.unwrap_or(source.target.span) });
                Ty::ERROR
            }
            Some(ty) => ty,
            None => {
                entry.ty = Some(Ty::NEVER);
                let ty = self.resolve_type(module, &source.target);
                self.decls.aliases[alias as usize].ty = Some(ty);
                ty
            }
        }
    }
}
