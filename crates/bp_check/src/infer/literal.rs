//! Array, map, set, tuple and struct literals.

use super::make;
use crate::checker::Checker;
use crate::coerce::Why;
use crate::decl::{Member, Param, Symbol};
use crate::error::{Error, FIELD_VALUE};
use crate::hir::{Arg, Expr, ExprKind, RecordId};
use crate::types::{Ty, TyKind};
use crate::vars::Origin;
use bp_builtins::errors::TRACE_FIELD;
use bp_syntax::ast::{self, Ident};
use bp_syntax::span::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// The type behind `T?`: what a literal that is wanted as one has to be.
    pub(super) fn wanted(&self, want: Option<Ty>) -> Option<&TyKind> {
        let kind = self.kind(want?);
        match kind {
            TyKind::Optional(inner) => Some(self.kind(*inner)),
            _ => Some(kind),
        }
    }

    pub(super) fn array(&mut self, elements: &'a [ast::Expr], span: Span, want: Option<Ty>) -> Expr {
        let wanted = match self.wanted(want) {
            Some(TyKind::Array(element)) => Some(*element),
            _ => None,
        };
        if elements.is_empty() {
            let element = wanted.unwrap_or_else(|| self.fresh(span, Origin::Array));
            let ty = self.types.array(element);
            return make(ExprKind::Array(vec![]), ty, span);
        }
        let (elements, element) = match wanted {
            Some(element) if !matches!(self.kind(element), TyKind::Var(_)) => {
                let value = self.widened(element);
                let first = elements[0].span;
                let check = |e: &'a ast::Expr| {
                    let why = Why::Element((e.span != first).then_some(first));
                    self.expr_as(e, value, why)
                };
                (elements.iter().map(check).collect(), element)
            }
            _ => self.elements(elements, wanted),
        };
        let ty = self.types.array(element);
        make(ExprKind::Array(elements), ty, span)
    }

    /// Elements of a literal whose type they decide themselves: the first type that all can become.
    fn elements(&mut self, elements: &'a [ast::Expr], want: Option<Ty>) -> (Vec<Expr>, Ty) {
        let mut values: Vec<Expr> = Vec::with_capacity(elements.len());
        let mut ty = want;
        for element in elements {
            let value = self.expr(element, ty);
            let fits = ty.is_some_and(|ty| ty != Ty::NULL && self.fits(&value, ty));
            if !fits && value.ty != Ty::ERROR {
                ty = self.wider(&values, &value, ty);
            }
            values.push(value);
        }
        let ty = ty.unwrap_or(Ty::ERROR);
        if ty == Ty::NULL {
            self.report(Error::NullAlone { at: values[0].span });
            return (values, Ty::ERROR);
        }
        let first = values[0].span;
        let coerce = |value: Expr| {
            let why = Why::Element((value.span != first).then_some(first));
            self.coerce_or_report(value, ty, why)
        };
        (values.into_iter().map(coerce).collect(), ty)
    }

    /// The element type when `value` does not fit the one found so far: `value`'s own if all
    /// before it fit that, the optional if one of them is `null`; else the old one stays.
    fn wider(&mut self, before: &[Expr], value: &Expr, ty: Option<Ty>) -> Option<Ty> {
        let Some(old) = ty else { return Some(value.ty) };
        let new = match (old, value.ty) {
            (Ty::NULL, other) | (other, Ty::NULL) => self.types.optional(other),
            (_, other) => other,
        };
        let both_ints = self.type_fits(old, Ty::INT) && self.type_fits(new, Ty::INT);
        let new = match self.type_fits(old, new) {
            _ if both_ints => Ty::INT,
            false => self.common_base(old, new).unwrap_or(new),
            true => new,
        };
        let all_fit = before.iter().all(|earlier| self.fits(earlier, new));
        Some(if all_fit { new } else { old })
    }

    pub(super) fn map(&mut self, entries: &'a [(ast::Expr, ast::Expr)], span: Span, want: Option<Ty>) -> Expr {
        let wanted = match self.wanted(want) {
            Some(TyKind::Map(key, value)) => Some((*key, *value)),
            Some(TyKind::Set(_)) if entries.is_empty() => {
                return self.fail(span, Error::EmptySet { at: span });
            }
            _ => None,
        };
        if entries.is_empty() {
            let (key, value) = match wanted {
                Some(types) => types,
                None => (self.fresh(span, Origin::MapKey), self.fresh(span, Origin::MapValue)),
            };
            let ty = self.types.map(key, value);
            return make(ExprKind::Map(vec![]), ty, span);
        }
        let (mut keys, mut values) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
        let (mut key_ty, mut value_ty) = (wanted.map(|w| w.0), wanted.map(|w| w.1));
        for (key, value) in entries {
            let key = self.expr(key, key_ty);
            if !key_ty.is_some_and(|ty| self.fits(&key, ty)) && key.ty != Ty::ERROR && wanted.is_none() {
                key_ty = self.wider(&keys, &key, key_ty);
            }
            keys.push(key);
            let value = self.expr(value, value_ty);
            let fits = value_ty.is_some_and(|ty| ty != Ty::NULL && self.fits(&value, ty));
            if !fits && value.ty != Ty::ERROR && wanted.is_none() {
                value_ty = self.wider(&values, &value, value_ty);
            }
            values.push(value);
        }
        let (key_ty, value_ty) = (key_ty.unwrap_or(Ty::ERROR), value_ty.unwrap_or(Ty::ERROR));
        if value_ty == Ty::NULL {
            return self.fail(span, Error::NullAlone { at: values[0].span });
        }
        if !self.is_hashable(key_ty) {
            return self.fail(span, Error::NotHashable { at: keys[0].span, ty: key_ty });
        }
        let mut pairs = Vec::with_capacity(keys.len());
        for (key, value) in keys.into_iter().zip(values) {
            let key = self.coerce_or_report(key, key_ty, Why::Key);
            pairs.push((key, self.coerce_or_report(value, value_ty, Why::MapValue)));
        }
        let ty = self.types.map(key_ty, value_ty);
        make(ExprKind::Map(pairs), ty, span)
    }

    pub(super) fn set(&mut self, elements: &'a [ast::Expr], span: Span, want: Option<Ty>) -> Expr {
        let wanted = match self.wanted(want) {
            Some(TyKind::Set(element)) => Some(*element),
            _ => None,
        };
        let (elements, element) = self.elements(elements, wanted);
        if !self.is_hashable(element) {
            return self.fail(span, Error::NotHashable { at: elements[0].span, ty: element });
        }
        let ty = self.types.set(element);
        make(ExprKind::Set(elements), ty, span)
    }

    pub(super) fn tuple(&mut self, elements: &'a [ast::Expr], span: Span, want: Option<Ty>) -> Expr {
        match self.wanted(want).cloned() {
            Some(TyKind::Array(_)) => self.array(elements, span, want),
            Some(TyKind::Tuple(members)) if members.len() == elements.len() => {
                let check = |(e, &ty): (&'a ast::Expr, &Ty)| {
                    let value = self.expr(e, Some(ty));
                    self.coerce(value, ty).unwrap_or_else(|value| value)
                };
                let values: Vec<Expr> = elements.iter().zip(&members).map(check).collect();
                self.tuple_of(values, span)
            }
            _ => {
                let values = elements.iter().map(|e| self.expr(e, None)).collect();
                self.tuple_of(values, span)
            }
        }
    }

    fn tuple_of(&mut self, values: Vec<Expr>, span: Span) -> Expr {
        if values.iter().any(|value| value.ty == Ty::ERROR) {
            return Self::erroneous(span);
        }
        let types: Vec<Ty> = values.iter().map(|value| value.ty).collect();
        let ty = self.types.tuple(&types);
        make(ExprKind::Tuple(values), ty, span)
    }

    /// `Point{x: 1, y: 2}`
    pub(super) fn record_literal(&mut self, ty: &'a ast::Expr, fields: &'a [(Ident, ast::Expr)], span: Span) -> Expr {
        let Some(record) = self.record_of(ty, fields) else {
            for (_, value) in fields {
                self.expr(value, None);
            }
            return Self::erroneous(span);
        };
        if let Some(error) = self.literal_problem(record, ty.span) {
            for (_, value) in fields {
                self.expr(value, None);
            }
            return self.fail(span, error);
        }
        self.use_hidden_methods(record);
        let declared = self.decls.records[record.index()].fields.clone();
        let mut given: Vec<Option<Span>> = vec![None; declared.len()];
        let mut args = Vec::with_capacity(declared.len());
        for (name, value) in fields {
            let Some(&Member::Field(param)) = self.decls.members.get(&(record, name.name)) else {
                self.unknown_field(record, *name, &declared);
                self.expr(value, None);
                continue;
            };
            let position = param as usize;
            let field = &declared[position];
            if let Some(first) = given[position].replace(name.span) {
                self.report(Error::Duplicate { name: *name, first, what: FIELD_VALUE });
            }
            let value = self.expr_as(value, field.ty, Why::Field(field.name, field.span));
            args.push(Arg { param, value });
        }
        self.fill_fields(record, &declared, &given, &mut args, span);
        let ty = self.types.intern(TyKind::Record(record));
        make(ExprKind::New(record, args), ty, span)
    }

    /// Why objects of the class are not made by a literal.
    fn literal_problem(&self, record: RecordId, at: Span) -> Option<Error> {
        let of_init = self.decls.records[record.index()].init.map(|_| Error::LiteralOfInit { at, record });
        self.abstract_error(record, at).or(of_init)
    }

    /// The struct that an expression names, or a report.
    fn record_of(&mut self, ty: &'a ast::Expr, fields: &'a [(Ident, ast::Expr)]) -> Option<RecordId> {
        let name = match ty.kind {
            ast::ExprKind::Name(name) => Ident { name, span: ty.span },
            ast::ExprKind::Field { field, .. } => field,
            ast::ExprKind::Index { .. } if let Some((id, index)) = self.written_template(ty) => {
                let args = self.written_arguments(id, index)?;
                return self.record_instance(id, args, ty.span);
            }
            ast::ExprKind::Index { .. } => {
                self.report(Error::NoType { at: ty.span });
                return None;
            }
            _ => return None,
        };
        let symbol = match self.path_symbol(ty) {
            Some(Symbol::Alias(alias)) => match self.decls.aliases[alias as usize].ty.map(|ty| self.types.kind(ty)) {
                Some(TyKind::Record(id)) => Some(Symbol::Record(*id)),
                _ => None,
            },
            other => other,
        };
        match symbol {
            Some(Symbol::Record(id)) => Some(id),
            Some(Symbol::Generic(id)) => self.template_of_fields(id, fields, ty.span),
            Some(Symbol::Reported) => None,
            _ => {
                let module = self.module();
                let similar = self.similar_types(module, name.name);
                self.report(Error::NotAStruct { name, similar });
                None
            }
        }
    }

    fn unknown_field(&mut self, record: RecordId, name: Ident, declared: &Rc<[Param]>) {
        let similar = self.similar(name.name, declared.iter().map(|field| field.name));
        self.report(Error::UnknownField { record, name, similar });
    }

    /// Adds the defaults of the fields not given; reports the fields without.
    fn fill_fields(
        &mut self,
        record: RecordId,
        declared: &Rc<[Param]>,
        given: &[Option<Span>],
        args: &mut Vec<Arg>,
        span: Span,
    ) {
        let mut missing = Vec::new();
        // The trace of an error is kept elsewhere.
        let hidden = self.derives(record, RecordId(0)).then_some(TRACE_FIELD as usize);
        let open = |position: usize| given[position].is_none() && Some(position) != hidden;
        for (position, field) in declared.iter().enumerate().filter(|(position, _)| open(*position)) {
            match self.default_value(field, span) {
                Some(value) => {
                    args.push(Arg { param: u32::try_from(position).expect("fewer fields than bytes"), value })
                }
                None => missing.push(field.name),
            }
        }
        if !missing.is_empty() {
            self.report(Error::MissingFields { record, at: span, missing });
        }
    }
}
