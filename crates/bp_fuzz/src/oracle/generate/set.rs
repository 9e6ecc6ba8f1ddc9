//! Sets.

use super::{Generator, Var, boxed, name};
use crate::oracle::tree::{Expr, Form, Stmt, Ty};

impl Generator {
    pub(super) fn set_ty(&mut self) -> Ty {
        Ty::Set(self.rng.pick(&[Ty::Int, Ty::Str]).clone().into())
    }

    /// A set of elements of a type.
    pub(super) fn set(&mut self, element: &Ty, depth: usize) -> Expr {
        let ty = Ty::Set(element.clone().into());
        match self.rng.below(6) {
            0..=1 => {
                const OPERATIONS: &[(&str, &str)] = &[
                    ("$0.union($1)", "$0.union($1)"),
                    ("$0.intersect($1)", "$0.intersect($1)"),
                    ("$0.difference($1)", "$0.difference($1)"),
                    ("$0.union($1).difference($0.copy())", "$0.union($1).difference($0.copy())"),
                ];
                let Some(Var { name: one, .. }) = self.some_var(|var| var.ty == ty) else { return self.literal(&ty) };
                let (ours, python) = *self.rng.pick(OPERATIONS);
                Expr::Spelled(ours, python, vec![name(&one), self.simple(&ty)])
            }
            2 => {
                let array = Ty::Array(element.clone().into());
                Expr::Spelled("set($0)", "_Set($0)", vec![self.simple(&array)])
            }
            3 => self.comprehension(&ty, depth),
            _ => {
                let count = self.rng.between(1, 3);
                Expr::Set(element.clone(), (0..count).map(|_| self.expr(element, depth)).collect())
            }
        }
    }

    /// Changes a set in a variable.
    pub(super) fn set_mutation(&mut self, set: &str, element: &Ty) -> Stmt {
        let value = self.expr(element, 2);
        if self.rng.chance(40) {
            let removed = Expr::Spelled("$0.remove($1)", "$0.remove($1)", vec![name(set), value]);
            return Stmt::Print(vec![removed]);
        }
        let room = Expr::Same("<", boxed(name(&format!("len({set})"))), boxed(Expr::Int(12)));
        Stmt::If(room, vec![Stmt::Expr(Expr::Call(format!("{set}.add"), vec![value]))], vec![])
    }

    /// An array, set or map of a type, made from an array.
    pub(super) fn comprehension(&mut self, ty: &Ty, depth: usize) -> Expr {
        let Some(Var { name: source, ty: Ty::Array(from), .. }) = self.some_var(|var| matches!(var.ty, Ty::Array(_)))
        else {
            return self.literal(ty);
        };
        let turn = self.fresh("c");
        self.scopes.push(vec![]);
        self.loops += 1;
        self.declare(&turn, &from, false);
        self.loops -= 1;
        let (form, parts) = match ty {
            Ty::Set(element) => (Form::Set, vec![self.expr(element, depth)]),
            Ty::Map(key, value) => (Form::Map, vec![self.expr(key, depth), self.expr(value, depth)]),
            Ty::Array(element) => (Form::Array, vec![self.expr(element, depth)]),
            _ => unreachable!("only containers are made from arrays"),
        };
        let condition = self.expr(&Ty::Bool, depth);
        self.scopes.pop();
        Expr::Comprehension(form, parts, turn, boxed(name(&source)), boxed(condition))
    }
}
