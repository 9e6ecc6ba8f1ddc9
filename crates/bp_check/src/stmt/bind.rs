//! `let`, and what `let` and `for` bind.

use super::Checked;
use crate::checker::Checker;
use crate::coerce::Why;
use crate::error::Error;
use crate::hir::{Binding, Expr, GlobalId, Place, PlaceKind, StmtKind};
use crate::narrow::Tracked;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, LetTarget, TypeExpr};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    pub(super) fn local_let(
        &mut self,
        target: &'a LetTarget,
        ty: Option<&'a TypeExpr>,
        value: Option<&'a ast::Expr>,
    ) -> Option<Checked> {
        let module = self.module();
        let declared = ty.map(|ty| self.resolve_value_type(module, ty));
        let Some(value) = value else {
            self.bind(target, declared.unwrap_or(Ty::ERROR), None);
            return None;
        };
        let value = self.let_value(target, declared, value);
        let ty = declared.unwrap_or(value.ty);
        let binding = self.bind(target, ty, Some(value.span));
        if let Binding::Local(id) = binding {
            self.narrow_assigned(Tracked::Local(id), &value);
        }
        Some((StmtKind::Let(binding, value), false))
    }

    /// The value of a `let`, as the declared type if there is one.
    fn let_value(&mut self, target: &LetTarget, declared: Option<Ty>, value: &'a ast::Expr) -> Expr {
        match (declared, target) {
            (Some(ty), LetTarget::Name(name)) => self.expr_as(value, ty, Why::Variable(name.name, name.span)),
            (Some(ty), LetTarget::Tuple(..)) => self.expr_as(value, ty, Why::Value),
            (None, _) => {
                let value = self.expr(value, None);
                if value.ty == Ty::NULL {
                    return self.fail(value.span, Error::NullAlone { at: value.span });
                }
                value
            }
        }
    }

    /// Declares what the target names, for a value of type `ty` that stands at `value`.
    pub(crate) fn bind(&mut self, target: &'a LetTarget, ty: Ty, value: Option<Span>) -> Binding {
        match target {
            LetTarget::Name(name) if name.name == self.known.underscore => Binding::Discard,
            LetTarget::Name(name) => Binding::Local(self.declare(*name, ty)),
            LetTarget::Tuple(targets, span) => {
                let members = self.unpacked(ty, targets.len(), *span, value);
                let bindings = targets.iter().zip(members).map(|(target, ty)| self.bind(target, ty, None));
                Binding::Tuple(bindings.collect())
            }
        }
    }

    /// The types of the members when a value of type `ty` is unpacked into `count` parts.
    pub(super) fn unpacked(&mut self, ty: Ty, count: usize, target: Span, value: Option<Span>) -> Vec<Ty> {
        match self.kind(ty) {
            TyKind::Tuple(members) if members.len() == count => members.to_vec(),
            TyKind::Error => vec![Ty::ERROR; count],
            _ => {
                self.report(Error::Unpack { at: target, count, ty, value });
                vec![Ty::ERROR; count]
            }
        }
    }

    /// A top-level `let`: an assignment to globals.
    pub(super) fn global_let(
        &mut self,
        target: &'a LetTarget,
        ty: Option<&'a TypeExpr>,
        value: Option<&'a ast::Expr>,
    ) -> Option<Checked> {
        let declared = match (ty, target) {
            (Some(_), LetTarget::Name(name)) => {
                self.declared_global(name.name, name.span).and_then(|id| self.decls.globals[id.index()].ty)
            }
            (Some(ty), LetTarget::Tuple(..)) => {
                let module = self.module();
                Some(self.resolve_value_type(module, ty))
            }
            (None, _) => None,
        };
        let Some(value) = value else {
            self.place_of_let(target, declared.unwrap_or(Ty::ERROR), None);
            return None;
        };
        let value = self.let_value(target, declared, value);
        let ty = declared.unwrap_or(value.ty);
        let place = self.place_of_let(target, ty, Some(value.span));
        if let PlaceKind::Global(id) = place.kind {
            self.narrow_assigned(Tracked::Global(id), &value);
        }
        Some((StmtKind::Assign(place, value), false))
    }

    /// The global that the `let` at `span` declares; none if another one has its name.
    fn declared_global(&self, name: Name, span: Span) -> Option<GlobalId> {
        let module = self.module();
        let globals = &self.decls.globals;
        // Globals are declared in text order, so their places are sorted within a module.
        let first = globals.partition_point(|global| (global.module, global.span.start) < (module, span.start));
        let found = globals.get(first).filter(|global| global.name == name && global.span == span);
        found.map(|_| GlobalId(u32::try_from(first).expect("fewer globals than bytes")))
    }

    fn place_of_let(&mut self, target: &'a LetTarget, ty: Ty, value: Option<Span>) -> Place {
        match target {
            LetTarget::Name(name) => {
                let kind = match self.declared_global(name.name, name.span) {
                    Some(id) if name.name != self.known.underscore => {
                        let global = &mut self.decls.globals[id.index()];
                        global.ty.get_or_insert(ty);
                        global.initialised = true;
                        PlaceKind::Global(id)
                    }
                    _ => PlaceKind::Discard,
                };
                Place { kind, ty, span: name.span }
            }
            LetTarget::Tuple(targets, span) => {
                let members = self.unpacked(ty, targets.len(), *span, value);
                let places = targets.iter().zip(members).map(|(target, ty)| self.place_of_let(target, ty, None));
                Place { kind: PlaceKind::Tuple(places.collect()), ty, span: *span }
            }
        }
    }
}
