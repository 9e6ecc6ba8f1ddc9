//! Assignments.

use super::Checked;
use crate::checker::Checker;
use crate::coerce::Why;
use crate::decl::{Member, Symbol};
use crate::error::{Error, NotPlace};
use crate::hir::{Expr, ExprKind, LocalId, Place, PlaceKind, StmtKind};
use crate::narrow::Tracked;
use crate::types::{Ty, TyKind};
use bp_builtins::errors::TRACE_FIELD;
use bp_syntax::ast::{self, BinaryOp, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn assign(&mut self, target: &'a ast::Expr, value: &'a ast::Expr, span: Span) -> Option<Checked> {
        if let ast::ExprKind::Name(name) = target.kind
            && self.is_undeclared(name)
        {
            return self.assign_undeclared(Ident { name, span: target.span }, value, span);
        }
        let place = match &target.kind {
            ast::ExprKind::Index { object, index } => {
                let container = self.expr(object, None);
                if let Some(func) = self.method_of_value(&container, self.known.set_item) {
                    return self.assign_item(func, container, index, value, span);
                }
                self.index_place(container, index, target.span)
            }
            _ => self.place(target),
        };
        let Some(mut place) = place else {
            self.expr(value, None);
            return None;
        };
        let why = self.why_of(&place);
        let value = match &place.kind {
            PlaceKind::Tuple(_) => self.expr_for_tuple(&mut place, value),
            PlaceKind::Discard => {
                let value = self.expr(value, None);
                place.ty = value.ty;
                value
            }
            _ => self.expr_as(value, place.ty, why),
        };
        self.narrow_place(&place, &value);
        Some((StmtKind::Assign(place, value), false))
    }

    /// What was proven about the variables that an assignment sets no longer holds. A tuple's members are taken
    /// to be of the declared types: nothing is proven of them.
    fn narrow_place(&mut self, place: &Place, value: &Expr) {
        match &place.kind {
            PlaceKind::Local(id) => self.narrow_assigned(Tracked::Local(*id), value),
            PlaceKind::Global(id) => self.narrow_assigned(Tracked::Global(*id), value),
            PlaceKind::Tuple(places) => places.iter().for_each(|place| self.narrow_place(place, value)),
            _ => {}
        }
    }

    /// The value of `a, b = …`: a tuple whose members become what the targets are.
    fn expr_for_tuple(&mut self, place: &mut Place, value: &'a ast::Expr) -> Expr {
        let value = self.expr(value, Some(place.ty));
        let PlaceKind::Tuple(places) = &place.kind else { return value };
        let count = places.len();
        self.settle_discards(place, value.ty);
        if matches!(self.kind(value.ty), TyKind::Tuple(members) if members.len() == count) || value.ty == Ty::ERROR {
            return self.coerce_or_report(value, place.ty, Why::Value);
        }
        let error = Error::Unpack { at: place.span, count, ty: value.ty, value: Some(value.span) };
        self.fail(value.span, error)
    }

    /// Gives every `_` of the target the type of what it discards.
    fn settle_discards(&mut self, place: &mut Place, ty: Ty) {
        let members = match (&mut place.kind, self.kind(ty).clone()) {
            (PlaceKind::Discard, _) => {
                place.ty = ty;
                return;
            }
            (PlaceKind::Tuple(places), TyKind::Tuple(members)) if places.len() == members.len() => {
                for (place, &ty) in places.iter_mut().zip(&members) {
                    self.settle_discards(place, ty);
                }
                places.iter().map(|place| place.ty).collect::<Vec<_>>()
            }
            _ => return,
        };
        place.ty = self.types.tuple(&members);
    }

    fn is_undeclared(&mut self, name: Name) -> bool {
        name != self.known.underscore && self.scopes.get(name).is_none() && self.symbol(name).is_none()
    }

    /// `x = 1` without a `let`: reported, then taken as one.
    fn assign_undeclared(&mut self, name: Ident, value: &'a ast::Expr, span: Span) -> Option<Checked> {
        let similar = self.similar_variables(name.name);
        let is_field = self.is_member_of_self(name.name);
        self.report(Error::AssignUndeclared { name, span, similar, is_field });
        let value = self.expr(value, None);
        let ty = if value.ty == Ty::NULL { Ty::ERROR } else { value.ty };
        self.declare(name, ty);
        None
    }

    fn why_of(&self, place: &Place) -> Why {
        match place.kind {
            PlaceKind::Local(id) => {
                let variable = self.variable(id);
                Why::Variable(variable.name, variable.span)
            }
            PlaceKind::Global(id) => {
                let global = &self.decls.globals[id.index()];
                Why::Variable(global.name, global.span)
            }
            PlaceKind::Field(ref object, number) => match self.kind(object.ty) {
                TyKind::Record(record) => {
                    let field = &self.decls.records[record.index()].fields[number as usize];
                    Why::Field(field.name, field.span)
                }
                _ => Why::Value,
            },
            PlaceKind::Index(ref object, _) if matches!(self.kind(object.ty), TyKind::Map(..)) => Why::MapValue,
            PlaceKind::Index(..) => Why::Element(None),
            _ => Why::Value,
        }
    }

    /// What an expression names as the target of an assignment; none after a report.
    fn place(&mut self, target: &'a ast::Expr) -> Option<Place> {
        let span = target.span;
        match &target.kind {
            ast::ExprKind::Name(name) if *name == self.known.underscore => {
                Some(Place { kind: PlaceKind::Discard, ty: Ty::ERROR, span })
            }
            ast::ExprKind::Name(name) => self.variable_place(Ident { name: *name, span }),
            ast::ExprKind::Field { object, field, optional: false } => self.field_place(object, *field, span),
            ast::ExprKind::Index { object, index } => {
                let container = self.expr(object, None);
                self.index_place(container, index, span)
            }
            ast::ExprKind::Slice { object, low, high, step } => {
                let container = self.expr(object, None);
                let bounds = self.slice_bounds([low.as_deref(), high.as_deref(), step.as_deref()]);
                match self.kind(container.ty) {
                    TyKind::Array(_) => {
                        let ty = container.ty;
                        Some(Place { kind: PlaceKind::Slice(Box::new(container), bounds), ty, span })
                    }
                    TyKind::Error => None,
                    _ => self.no_place(span, NotPlace::Element(container.ty)),
                }
            }
            ast::ExprKind::Tuple(targets) => {
                let places: Vec<Option<Place>> = targets.iter().map(|target| self.place(target)).collect();
                let places: Vec<Place> = places.into_iter().collect::<Option<_>>()?;
                let types: Vec<Ty> = places.iter().map(|place| place.ty).collect();
                let ty = self.types.tuple(&types);
                Some(Place { kind: PlaceKind::Tuple(places), ty, span })
            }
            ast::ExprKind::Error => None,
            _ => self.no_place(span, NotPlace::Expression),
        }
    }

    fn no_place(&mut self, at: Span, what: NotPlace) -> Option<Place> {
        self.report(Error::NotAssignable { at, what });
        None
    }

    fn variable_place(&mut self, name: Ident) -> Option<Place> {
        if let Some(found) = self.scopes.get(name.name) {
            let variable = &self.bodies[found.function as usize].variables[found.local.index()];
            if variable.function.or(variable.closure).is_some() {
                return self.no_place(name.span, NotPlace::Declaration(name.name));
            }
            let depth = self.depth();
            let id: LocalId = self.capture(depth, found);
            let ty = self.variable(id).ty;
            return Some(Place { kind: PlaceKind::Local(id), ty, span: name.span }).filter(|_| ty != Ty::ERROR);
        }
        let symbol = self.symbol(name.name);
        self.symbol_place(symbol, name)
    }

    /// What a module-level name stands for, as a place.
    fn symbol_place(&mut self, symbol: Option<Symbol>, name: Ident) -> Option<Place> {
        match symbol {
            Some(Symbol::Global(id)) => {
                let global = &self.decls.globals[id.index()];
                let (ty, declared) = (global.ty, global.span);
                if self.current().is_module && !global.initialised {
                    self.report(Error::UsedEarly { name, declared });
                    return None;
                }
                let ty = ty.filter(|&ty| ty != Ty::ERROR)?;
                Some(Place { kind: PlaceKind::Global(id), ty, span: name.span })
            }
            Some(Symbol::Reported) => None,
            Some(_) => self.no_place(name.span, NotPlace::Declaration(name.name)),
            None => {
                let similar = self.similar_variables(name.name);
                let is_field = self.is_member_of_self(name.name);
                self.report(Error::AssignUndeclared { name, span: name.span, similar, is_field });
                None
            }
        }
    }

    fn field_place(&mut self, object: &'a ast::Expr, field: Ident, span: Span) -> Option<Place> {
        if let Some(namespace) = self.namespace_of(object) {
            let symbol = self.exported(namespace, field);
            return self.symbol_place(Some(symbol), field);
        }
        let value = self.expr(object, None);
        let record = match (self.record_of_type(value.ty), self.kind(value.ty)) {
            (Some(record), _) => record,
            (None, TyKind::Error) => return None,
            (None, TyKind::Optional(_)) => {
                self.report(Error::MaybeNull { at: value.span, ty: value.ty, member: Some(field) });
                return None;
            }
            _ => {
                self.report(Error::UnknownMember { name: field, ty: value.ty, similar: vec![], is_call: false });
                return None;
            }
        };
        match self.decls.members.get(&(record, field.name)).copied() {
            Some(Member::Field(TRACE_FIELD)) if self.decls.records[record.index()].source.is_none() => {
                self.no_place(span, NotPlace::Trace)
            }
            Some(Member::Field(number)) => {
                let ty = self.decls.records[record.index()].fields[number as usize].ty;
                (ty != Ty::ERROR).then(|| Place { kind: PlaceKind::Field(Box::new(value), number), ty, span })
            }
            Some(_) => self.no_place(span, NotPlace::Declaration(field.name)),
            None => {
                let fields = self.decls.records[record.index()].fields.clone();
                let similar = self.similar(field.name, fields.iter().map(|field| field.name));
                self.report(Error::UnknownMember { name: field, ty: value.ty, similar, is_call: false });
                None
            }
        }
    }

    fn index_place(&mut self, container: Expr, index: &'a ast::Expr, span: Span) -> Option<Place> {
        let (what, ty, why) = match *self.kind(container.ty) {
            TyKind::Array(element) => (Ty::INT, self.widened(element), Why::Index),
            TyKind::Map(key, value) => (key, value, Why::Key),
            TyKind::Error => {
                self.expr(index, None);
                return None;
            }
            TyKind::Str | TyKind::Tuple(_) => {
                self.expr(index, None);
                return self.no_place(span, NotPlace::Element(container.ty));
            }
            _ => {
                self.expr(index, None);
                self.report(Error::NotIndexable { at: container.span, ty: container.ty });
                return None;
            }
        };
        let index = self.expr_as(index, what, why);
        if index.ty == Ty::ERROR {
            return None;
        }
        Some(Place { kind: PlaceKind::Index(Box::new(container), Box::new(index)), ty, span })
    }

    /// `target op= value`
    pub(super) fn augmented(
        &mut self,
        target: &'a ast::Expr,
        op: BinaryOp,
        op_span: Span,
        value: &'a ast::Expr,
        span: Span,
    ) -> Option<Checked> {
        if let ast::ExprKind::Name(name) = target.kind
            && self.is_undeclared(name)
        {
            self.unknown_name(Ident { name, span: target.span });
            self.expr(value, None);
            return None;
        }
        let place = match &target.kind {
            ast::ExprKind::Index { object, index } => {
                let container = self.expr(object, None);
                if self.method_of_value(&container, self.known.set_item).is_some() {
                    return self.augmented_item(container, index, (op, op_span), value, span);
                }
                self.index_place(container, index, target.span)
            }
            _ => self.place(target),
        };
        let value = self.expr(value, place.as_ref().map(|place| place.ty));
        let place = place?;
        let variable = match place.kind {
            PlaceKind::Local(id) => Some(Tracked::Local(id)),
            PlaceKind::Global(id) => Some(Tracked::Global(id)),
            _ => None,
        };
        if let Some(variable) = variable.filter(|&variable| self.narrowed(variable) != self.declared(variable)) {
            return self.augmented_narrowed(place, variable, op, op_span, value, span);
        }
        if matches!(place.kind, PlaceKind::Tuple(_) | PlaceKind::Discard) {
            self.report(Error::NotAssignable { at: target.span, what: NotPlace::Augmented });
            return None;
        }
        let left = Expr { kind: crate::hir::ExprKind::Null, ty: place.ty, span: target.span };
        let result = self.binary_values(op, op_span, left, value, span);
        let result_ty = self.shallow(result.ty);
        if result_ty == Ty::ERROR {
            return None;
        }
        if result_ty != self.shallow(place.ty) {
            let why = self.why_of(&place);
            let error = Error::AugmentedResult { at: span, result: result_ty, target: place.ty, why };
            self.report(error);
            return None;
        }
        if let ExprKind::Call(..) | ExprKind::CallVirtual(..) = result.kind {
            return self.augmented_object(place, result, span);
        }
        let crate::hir::ExprKind::Binary(_, left, right) = result.kind else {
            // `n *= text` would turn the operands round; its result type cannot be the target's.
            return None;
        };
        let value = if matches!(left.kind, crate::hir::ExprKind::Null) { *right } else { *left };
        Some((StmtKind::AugAssign(place, op, value), false))
    }

    /// `x += 1` where narrowing has proven that the optional `x` is not null.
    fn augmented_narrowed(
        &mut self,
        place: Place,
        variable: Tracked,
        op: BinaryOp,
        op_span: Span,
        value: Expr,
        span: Span,
    ) -> Option<Checked> {
        let left = self.read(variable, place.span);
        let result = self.binary_values(op, op_span, left, value, span);
        let result = self.coerce_or_report(result, place.ty, Why::Augmented);
        self.narrow_assigned(variable, &result);
        Some((StmtKind::Assign(place, result), false))
    }

    /// Whether `name` is a field or method of the struct whose method is being checked.
    pub fn is_member_of_self(&self, name: Name) -> bool {
        let function = &self.decls.functions[self.bodies[0].function.index()];
        function.has_self && function.owner.is_some_and(|owner| self.decls.members.contains_key(&(owner, name)))
    }
}
