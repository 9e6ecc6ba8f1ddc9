//! The end of inference: every solved variable in the typed program replaced by its solution.
//!
//! Runs only if the program made a variable.

use crate::hir::{Arg, Block, Condition, Expr, ExprKind, FormatPart, Function, Iter, Place, PlaceKind, SliceBounds};
use crate::hir::{Stmt, StmtKind};
use crate::types::{Ty, Types};
use crate::vars::Vars;

/// Replaces variables in everything it walks over.
pub(crate) struct Zonk<'c> {
    pub types: &'c mut Types,
    pub vars: &'c Vars,
}

impl Zonk<'_> {
    fn ty(&mut self, ty: &mut Ty) {
        if self.types.is_open(*ty) {
            *ty = self.vars.deep(self.types, *ty);
        }
    }

    /// Replaces in a whole function.
    pub fn function(&mut self, function: &mut Function) {
        self.ty(&mut function.result);
        for local in &mut function.locals {
            self.ty(&mut local.ty);
        }
        self.block(&mut function.body);
    }

    fn block(&mut self, block: &mut Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.stmt_kind(&mut stmt.kind));
    }

    fn stmt_kind(&mut self, kind: &mut StmtKind) {
        match kind {
            StmtKind::Let(_, value) | StmtKind::Expr(value) | StmtKind::Throw(value) => self.expr(value),
            StmtKind::Assign(place, value) | StmtKind::AugAssign(place, _, value) => {
                self.place(place);
                self.expr(value);
            }
            StmtKind::If(branches, otherwise) => {
                for (condition, block) in branches {
                    self.condition(condition);
                    self.block(block);
                }
                self.block(otherwise);
            }
            StmtKind::While(condition, body, otherwise) => {
                self.condition(condition);
                self.block(body);
                self.block(otherwise);
            }
            StmtKind::For(iter, _, body, otherwise) => {
                self.iter(iter);
                self.block(body);
                self.block(otherwise);
            }
            StmtKind::Match { value, cases, .. } => {
                self.expr(value);
                for case in cases {
                    self.exprs(case.guard.as_mut());
                    self.block(&mut case.body);
                }
            }
            StmtKind::Try { body, catches, finally } => {
                self.block(body);
                for catch in catches {
                    self.block(&mut catch.body);
                }
                finally.iter_mut().for_each(|block| self.block(block));
            }
            StmtKind::Return(value) => self.exprs(value.as_mut()),
            StmtKind::Assert(cond, message) => {
                self.expr(cond);
                self.exprs(message.as_deref_mut());
            }
            StmtKind::Rethrow | StmtKind::Break | StmtKind::Continue => {}
        }
    }

    fn condition(&mut self, condition: &mut Condition) {
        match condition {
            Condition::Expr(value) | Condition::Let(_, value) => self.expr(value),
        }
    }

    fn place(&mut self, place: &mut Place) {
        self.ty(&mut place.ty);
        match &mut place.kind {
            PlaceKind::Discard | PlaceKind::Local(_) | PlaceKind::Global(_) => {}
            PlaceKind::Field(object, _) => self.expr(object),
            PlaceKind::Index(object, index) => {
                self.expr(object);
                self.expr(index);
            }
            PlaceKind::Slice(object, bounds) => {
                self.expr(object);
                self.bounds(bounds);
            }
            PlaceKind::Tuple(places) => places.iter_mut().for_each(|place| self.place(place)),
        }
    }

    fn bounds(&mut self, bounds: &mut SliceBounds) {
        let all = [&mut bounds.low, &mut bounds.high, &mut bounds.step];
        all.into_iter().flatten().for_each(|bound| self.expr(bound));
    }

    fn iter(&mut self, iter: &mut Iter) {
        match iter {
            Iter::Range(low, high, step) => {
                self.expr(low);
                self.expr(high);
                self.exprs(step.as_mut());
            }
            Iter::Array(value) | Iter::Str(value) | Iter::MapKeys(value) | Iter::MapItems(value) => self.expr(value),
            Iter::MapValues(value) | Iter::Set(value) | Iter::Tuple(value) => self.expr(value),
            Iter::Enumerate(inner, start) => {
                self.iter(inner);
                self.exprs(start.as_mut());
            }
            Iter::Zip(iters) => iters.iter_mut().for_each(|iter| self.iter(iter)),
            Iter::Reversed(inner) => self.iter(inner),
            Iter::Object { iterator, .. } => self.expr(iterator),
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e mut Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn args(&mut self, args: &mut [Arg]) {
        args.iter_mut().for_each(|arg| self.expr(&mut arg.value));
    }

    fn expr(&mut self, expr: &mut Expr) {
        self.ty(&mut expr.ty);
        stacker::maybe_grow(64 << 10, 1 << 20, || self.expr_kind(&mut expr.kind));
    }

    fn expr_kind(&mut self, kind: &mut ExprKind) {
        use ExprKind as K;
        match kind {
            K::Int(_) | K::Float(_) | K::Bool(_) | K::Str(_) | K::Null | K::Local(_) | K::Global(_) => {}
            K::Function(_) | K::Closure(..) => {}
            K::Neg(inner) | K::BitNot(inner) | K::Not(inner) => self.expr(inner),
            K::IsNull(inner, _) | K::IsClass(inner, ..) | K::Field(inner, _) | K::Member(inner, _) => self.expr(inner),
            K::Convert(_, inner) | K::Unwrap(inner) | K::Downcast(inner, _) => self.expr(inner),
            K::Binary(_, a, b) | K::Logical(_, a, b) | K::Index(a, b) | K::Guarded(a, _, b) => {
                self.expr(a);
                self.expr(b);
            }
            K::Compare(first, rest) => {
                self.expr(first);
                self.exprs(rest.iter_mut().map(|(_, operand)| operand));
            }
            K::Range(low, high, step) => {
                self.expr(low);
                self.expr(high);
                self.exprs(step.as_deref_mut());
            }
            K::If(a, b, c) => {
                self.expr(a);
                self.expr(b);
                self.expr(c);
            }
            K::Call(_, args) | K::CallVirtual(_, args) | K::CallExtern(_, args) | K::New(_, args) => self.args(args),
            K::CallValue(function, args) => {
                self.expr(function);
                self.exprs(args);
            }
            K::CallBuiltin { args, type_args, .. } => {
                self.args(args);
                type_args.iter_mut().for_each(|ty| self.ty(ty));
            }
            K::Array(elements) | K::Set(elements) | K::Tuple(elements) => self.exprs(elements),
            K::Map(entries) => {
                for (key, value) in entries {
                    self.expr(key);
                    self.expr(value);
                }
            }
            K::Slice(object, bounds) => {
                self.expr(object);
                self.bounds(bounds);
            }
            K::Format(parts) => {
                for part in parts {
                    match part {
                        FormatPart::Text(_) => {}
                        FormatPart::Value(value) => self.expr(value),
                        FormatPart::Formatted(value, spec) => {
                            self.expr(value);
                            self.expr(spec);
                        }
                    }
                }
            }
            K::Block(block, value) => {
                self.block(block);
                self.expr(value);
            }
        }
    }
}
