//! `match`: patterns against the type of the value, exhaustiveness, cases that never fit.

use super::Checked;
use crate::checker::Checker;
use crate::decl::{Member, Symbol};
use crate::error::{Error, PatternProblem};
use crate::hir::{Case, Constant, EnumId, Expr, ExprKind, Pattern, RecordId, StmtKind};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident, PatternKind};
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;

/// What the cases so far cover.
#[derive(Default)]
struct Coverage {
    /// Constants with the place of the pattern that has them.
    constants: FxHashMap<Key, Span>,
    /// The pattern that fits everything, if there was one.
    everything: Option<Span>,
}

/// A constant as a map key.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Int(i64),
    Float(u64),
    Bool(bool),
    Str(Box<[u8]>),
    Null,
}

impl<'a> Checker<'a> {
    pub(super) fn match_statement(&mut self, value: &'a ast::Expr, cases: &'a [ast::Case]) -> Option<Checked> {
        let value_span = value.span;
        let value = self.expr(value, None);
        let ty = self.shallow(value.ty);
        let mut coverage = Coverage::default();
        let mut checked = Vec::with_capacity(cases.len());
        let mut all_end = true;
        let mut ways = self.ways();
        for case in cases {
            self.scopes.enter();
            let inner = self.narrow_mark();
            let pattern = self.pattern(&case.pattern, ty);
            let guard = case.guard.as_ref().map(|guard| self.condition(guard));
            if let Some(pattern) = &pattern {
                self.cover(case, pattern, guard.is_none(), ty, &mut coverage);
            }
            let (body, ends) = self.way(&case.body, &mut ways);
            self.next_way(&mut ways, inner);
            self.scopes.leave();
            all_end &= ends;
            if let Some(pattern) = pattern {
                checked.push(Case { pattern, guard, body, span: case.head });
            }
        }
        let exhaustive = coverage.everything.is_some() || self.is_covered(ty, &coverage);
        if let (false, TyKind::Enum(id)) = (exhaustive, self.types.kind(ty)) {
            self.report_missing(*id, value_span, &coverage);
        }
        if !exhaustive {
            self.way_ends(&mut ways);
        }
        self.ways_join(ways);
        if value.ty == Ty::ERROR {
            return None;
        }
        Some((StmtKind::Match { value, cases: checked, exhaustive }, exhaustive && all_end))
    }

    /// Whether the constants are all values of the type.
    fn is_covered(&self, ty: Ty, coverage: &Coverage) -> bool {
        match self.types.kind(ty) {
            TyKind::Error => true,
            TyKind::Bool => [true, false].iter().all(|&value| coverage.constants.contains_key(&Key::Bool(value))),
            TyKind::Enum(id) => {
                let members = &self.decls.enums[id.index()].members;
                members.iter().all(|(_, value, _)| coverage.constants.contains_key(&Key::Int(*value)))
            }
            _ => false,
        }
    }

    fn report_missing(&mut self, id: EnumId, at: Span, coverage: &Coverage) {
        let members = &self.decls.enums[id.index()].members;
        let is_missing =
            |member: &&(bp_syntax::name::Name, i64, Span)| !coverage.constants.contains_key(&Key::Int(member.1));
        let missing = members.iter().filter(is_missing).map(|member| member.0).collect();
        self.report(Error::NotExhaustive { at, of: id, missing });
    }

    /// Adds what a case covers; warns if everything it fits was covered before.
    fn cover(&mut self, case: &ast::Case, pattern: &Pattern, unguarded: bool, ty: Ty, coverage: &mut Coverage) {
        if let Some(first) = coverage.everything {
            self.report(Error::UnreachableCase { at: case.head, first });
            return;
        }
        if is_irrefutable(pattern) {
            if unguarded {
                coverage.everything = Some(case.head);
            }
            return;
        }
        let mut keys = Vec::new();
        constants(pattern, &mut keys);
        let covered_before = |key: &Key| coverage.constants.get(key).copied();
        let firsts: Vec<Option<Span>> = keys.iter().map(covered_before).collect();
        if let (Some(Some(first)), true) = (firsts.first(), is_constants(pattern) && firsts.iter().all(Option::is_some))
        {
            self.report(Error::UnreachableCase { at: case.head, first: *first });
        }
        if unguarded {
            for key in keys {
                coverage.constants.entry(key).or_insert(case.head);
            }
            if self.is_covered(ty, coverage) && !matches!(self.types.kind(ty), TyKind::Enum(_)) {
                coverage.everything = Some(case.head);
            }
        }
    }

    /// A pattern for values of type `ty`; none after a report.
    fn pattern(&mut self, pattern: &'a ast::Pattern, ty: Ty) -> Option<Pattern> {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.pattern_kind(pattern, ty))
    }

    fn pattern_kind(&mut self, pattern: &'a ast::Pattern, ty: Ty) -> Option<Pattern> {
        let span = pattern.span;
        if let TyKind::Optional(inner) = *self.types.kind(ty) {
            return self.optional_pattern(pattern, ty, inner);
        }
        match &pattern.kind {
            PatternKind::Wildcard => Some(Pattern::Wildcard),
            PatternKind::Bind(name) => Some(self.bind_pattern(*name, ty)),
            PatternKind::Literal(value) => {
                let constant = self.pattern_constant(value, ty)?;
                Some(Pattern::Constant(constant))
            }
            PatternKind::Path(path) => self.path_pattern(path, ty, span),
            PatternKind::Range { low, high, inclusive } => self.range_pattern(low, high, *inclusive, ty, span),
            PatternKind::Or(alternatives) => self.or_pattern(alternatives, ty, span),
            PatternKind::Tuple(parts) => self.tuple_pattern(parts, ty, span),
            PatternKind::Record { path, args, fields } => self.record_pattern((path, args), fields, ty, span),
            PatternKind::Error => None,
        }
    }

    /// `a | b`: alternatives, none of which may bind a name.
    fn or_pattern(&mut self, alternatives: &'a [ast::Pattern], ty: Ty, span: Span) -> Option<Pattern> {
        let before = self.current().variables.len();
        let mut checked = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            // A scope of its own, so that the same name in two alternatives is no duplicate.
            self.scopes.enter();
            checked.push(self.pattern(alternative, ty));
            self.scopes.leave();
        }
        let bound: Vec<Ident> =
            self.current().variables[before..].iter().map(|v| Ident { name: v.name, span: v.span }).collect();
        if let Some(&first) = bound.first() {
            self.report(Error::Pattern { at: span, ty, problem: PatternProblem::BindsInOr(first) });
            for name in bound {
                // Uses of the name are no mistakes of their own.
                if self.scopes.in_block(name.name).is_none() {
                    self.declare(name, Ty::ERROR);
                }
            }
            return None;
        }
        Some(Pattern::Or(checked.into_iter().collect::<Option<_>>()?))
    }

    fn optional_pattern(&mut self, pattern: &'a ast::Pattern, ty: Ty, inner: Ty) -> Option<Pattern> {
        match &pattern.kind {
            PatternKind::Wildcard => Some(Pattern::Wildcard),
            PatternKind::Bind(name) if self.member_named(*name, inner).is_none() => Some(self.bind_pattern(*name, ty)),
            PatternKind::Literal(value) if matches!(value.kind, ast::ExprKind::Null) => {
                Some(Pattern::Constant(Constant::Null))
            }
            PatternKind::Or(alternatives) => self.or_pattern(alternatives, ty, pattern.span),
            _ => self.pattern(pattern, inner).map(|pattern| Pattern::Some(Box::new(pattern))),
        }
    }

    /// The value of the enum member `name` if `ty` is the enum.
    fn member_named(&self, name: Ident, ty: Ty) -> Option<i64> {
        let TyKind::Enum(id) = self.types.kind(ty) else { return None };
        let position = *self.decls.enum_members.get(&(*id, name.name))?;
        Some(self.decls.enums[id.index()].members[position as usize].1)
    }

    fn bind_pattern(&mut self, name: Ident, ty: Ty) -> Pattern {
        match self.member_named(name, ty) {
            Some(value) => Pattern::Constant(Constant::Int(value)),
            None if name.name == self.known.underscore => Pattern::Wildcard,
            None => Pattern::Bind(self.declare(name, ty)),
        }
    }

    fn wrong_type(&mut self, at: Span, ty: Ty, found: Ty) -> Option<Pattern> {
        if ty != Ty::ERROR && found != Ty::ERROR {
            self.report(Error::Pattern { at, ty, problem: PatternProblem::Type(found) });
        }
        None
    }

    /// A literal as a constant of type `ty`.
    fn pattern_constant(&mut self, literal: &'a ast::Expr, ty: Ty) -> Option<Constant> {
        let value = self.expr(literal, Some(ty));
        let (at, found) = (value.span, value.ty);
        // An int beside an enum: the member with that value is meant to be named.
        let fits = !matches!(self.types.kind(ty), TyKind::Enum(_));
        let value = match self.coerce(value, ty) {
            Ok(value) if fits => value,
            _ => {
                self.wrong_type(at, ty, found);
                return None;
            }
        };
        constant_of(&value)
    }

    fn path_pattern(&mut self, path: &'a [Ident], ty: Ty, span: Span) -> Option<Pattern> {
        let (member, rest) = path.split_last()?;
        let of = rest.last()?;
        let module = self.module();
        let id = match self.resolve_path(module, rest) {
            Some(Symbol::Enum(id)) => id,
            Some(Symbol::Reported) => return None,
            Some(Symbol::Alias(alias)) => match self.decls.aliases[alias as usize].ty.map(|ty| self.types.kind(ty)) {
                Some(&TyKind::Enum(id)) => id,
                _ => return self.not_an_enum(*of),
            },
            _ => return self.not_an_enum(*of),
        };
        let Some(&position) = self.decls.enum_members.get(&(id, member.name)) else {
            let names = self.decls.enums[id.index()].members.iter().map(|member| member.0);
            let similar = self.similar(member.name, names);
            self.report(Error::UnknownEnumMember { of: id, name: *member, similar });
            return None;
        };
        let enum_ty = self.types.intern(TyKind::Enum(id));
        if ty != enum_ty && ty != Ty::INT {
            return self.wrong_type(span, ty, enum_ty);
        }
        Some(Pattern::Constant(Constant::Int(self.decls.enums[id.index()].members[position as usize].1)))
    }

    fn not_an_enum(&mut self, name: Ident) -> Option<Pattern> {
        let module = self.module();
        let similar = self.similar_types(module, name.name);
        self.report(Error::UnknownType { name, similar });
        None
    }

    fn range_pattern(
        &mut self,
        low: &'a ast::Expr,
        high: &'a ast::Expr,
        inclusive: bool,
        ty: Ty,
        span: Span,
    ) -> Option<Pattern> {
        if !matches!(ty, Ty::INT | Ty::FLOAT | Ty::STR) {
            return self.wrong_type(span, ty, Ty::INT);
        }
        let (low, high) = (self.pattern_constant(low, ty), self.pattern_constant(high, ty));
        let (low, high) = (low?, high?);
        let is_empty = match (&low, &high) {
            (Constant::Int(a), Constant::Int(b)) => a > b || (a == b && !inclusive),
            (Constant::Float(a), Constant::Float(b)) => a > b || (a == b && !inclusive),
            (Constant::Str(a), Constant::Str(b)) => a > b || (a == b && !inclusive),
            _ => false,
        };
        if is_empty {
            self.report(Error::Pattern { at: span, ty, problem: PatternProblem::EmptyRange });
        }
        Some(Pattern::Range { low, high, inclusive })
    }

    fn tuple_pattern(&mut self, parts: &'a [ast::Pattern], ty: Ty, span: Span) -> Option<Pattern> {
        let mut fits = true;
        let members = match self.kind(ty).clone() {
            TyKind::Tuple(members) if members.len() == parts.len() => members.to_vec(),
            TyKind::Error => vec![Ty::ERROR; parts.len()],
            _ => {
                fits = false;
                self.report(Error::Pattern { at: span, ty, problem: PatternProblem::TupleSize(parts.len()) });
                vec![Ty::ERROR; parts.len()]
            }
        };
        let checked: Vec<Option<Pattern>> =
            parts.iter().zip(members).map(|(part, ty)| self.pattern(part, ty)).collect();
        let checked = checked.into_iter().collect::<Option<_>>()?;
        fits.then_some(Pattern::Tuple(checked))
    }

    fn record_pattern(
        &mut self,
        class: (&'a [Ident], &'a [ast::TypeExpr]),
        fields: &'a [(Ident, Option<ast::Pattern>)],
        ty: Ty,
        span: Span,
    ) -> Option<Pattern> {
        let record = self.pattern_record(class, ty);
        if let Some(record) = record {
            let found = self.types.intern(TyKind::Record(record));
            let related = match self.types.kind(ty) {
                TyKind::Record(of) => self.derives(record, *of) || self.derives(*of, record),
                _ => ty == Ty::ERROR,
            };
            if !related {
                self.wrong_type(span, ty, found);
            }
        }
        let mut checked = Vec::with_capacity(fields.len());
        for (name, pattern) in fields {
            let field = record.and_then(|record| self.pattern_field(record, *name));
            let field_ty = field.map_or(Ty::ERROR, |(_, ty)| ty);
            let pattern = match pattern {
                Some(pattern) => self.pattern(pattern, field_ty)?,
                None => Pattern::Bind(self.declare(*name, field_ty)),
            };
            checked.push((field.map_or(0, |(number, _)| number), pattern));
        }
        let record = record?;
        let test = matches!(self.types.kind(ty), TyKind::Record(of) if *of != record);
        Some(Pattern::Record { record, test, fields: checked })
    }

    fn pattern_record(&mut self, class: (&'a [Ident], &'a [ast::TypeExpr]), ty: Ty) -> Option<RecordId> {
        let (path, args) = class;
        let name = path.last()?;
        let module = self.module();
        if !args.is_empty() {
            let named = self.type_of_path(module, path, args);
            return match *self.types.kind(named) {
                TyKind::Record(record) => Some(record),
                TyKind::Error => None,
                _ => self.not_a_struct_pattern(*name),
            };
        }
        match self.resolve_path(module, path) {
            Some(Symbol::Record(id)) => Some(id),
            // The instance that the value is of.
            Some(Symbol::Generic(template))
                if let TyKind::Record(of) = *self.types.kind(ty)
                    && self.decls.records[of.index()].template == Some(template) =>
            {
                Some(of)
            }
            Some(Symbol::Reported) => None,
            _ => self.not_a_struct_pattern(*name),
        }
    }

    fn not_a_struct_pattern(&mut self, name: Ident) -> Option<RecordId> {
        let module = self.module();
        let similar = self.similar_types(module, name.name);
        self.report(Error::NotAStruct { name, similar });
        None
    }

    fn pattern_field(&mut self, record: RecordId, name: Ident) -> Option<(u32, Ty)> {
        let fields = self.decls.records[record.index()].fields.clone();
        match self.decls.members.get(&(record, name.name)) {
            Some(&Member::Field(number)) => Some((number, fields[number as usize].ty)),
            _ => {
                let similar = self.similar(name.name, fields.iter().map(|field| field.name));
                self.report(Error::UnknownField { record, name, similar });
                None
            }
        }
    }
}

fn constant_of(value: &Expr) -> Option<Constant> {
    Some(match &value.kind {
        ExprKind::Int(value) => Constant::Int(*value),
        ExprKind::Float(value) => Constant::Float(*value),
        ExprKind::Bool(value) => Constant::Bool(*value),
        ExprKind::Str(value) => Constant::Str(value.clone()),
        ExprKind::Neg(inner) => match constant_of(inner)? {
            Constant::Int(value) => Constant::Int(value.wrapping_neg()),
            Constant::Float(value) => Constant::Float(-value),
            _ => return None,
        },
        _ => return None,
    })
}

/// Whether the pattern fits every value of its type.
fn is_irrefutable(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Wildcard | Pattern::Bind(_) => true,
        Pattern::Tuple(parts) => parts.iter().all(is_irrefutable),
        Pattern::Record { test, fields, .. } => !test && fields.iter().all(|(_, pattern)| is_irrefutable(pattern)),
        Pattern::Or(alternatives) => alternatives.iter().any(is_irrefutable),
        Pattern::Constant(_) | Pattern::Range { .. } | Pattern::Some(_) => false,
    }
}

fn is_constants(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Constant(_) => true,
        Pattern::Or(alternatives) => alternatives.iter().all(is_constants),
        _ => false,
    }
}

fn constants(pattern: &Pattern, keys: &mut Vec<Key>) {
    match pattern {
        Pattern::Constant(constant) => keys.push(match constant {
            Constant::Int(value) => Key::Int(*value),
            Constant::Float(value) => Key::Float(value.to_bits()),
            Constant::Bool(value) => Key::Bool(*value),
            Constant::Str(value) => Key::Str(value.clone()),
            Constant::Null => Key::Null,
        }),
        Pattern::Or(alternatives) => alternatives.iter().for_each(|alternative| constants(alternative, keys)),
        _ => {}
    }
}
