//! Functions as values, and functions within functions.
//!
//! They may outlive the turn of a loop in which they are made, and Python has one variable for all turns: they
//! refer to no variable that is declared in a loop.

use super::{Generator, Var, boxed, name};
use crate::oracle::tree::{Expr, Stmt, Ty};

impl Generator {
    /// The type of a function of scalars.
    pub(super) fn fn_ty(&mut self) -> Ty {
        let mut scalar = || self.rng.pick(&[Ty::Int, Ty::Int, Ty::Float, Ty::Str]).clone();
        let (first, second, result) = (scalar(), scalar(), scalar());
        let params = match self.rng.below(4) {
            0 => vec![],
            1 => vec![first, second],
            _ => vec![first],
        };
        Ty::Fn(params, result.into())
    }

    /// A function of a type: a lambda, or one that the program declares.
    pub(super) fn function_value(&mut self, params: &[Ty], result: &Ty, depth: usize) -> Expr {
        let fits = |function: &&crate::oracle::tree::Function| {
            function.result == *result && function.params.iter().map(|(_, ty)| ty).eq(params)
        };
        let declared: Vec<String> = self.functions.iter().filter(fits).map(|function| function.name.clone()).collect();
        if !declared.is_empty() && self.rng.chance(40) {
            let chosen = self.rng.pick(&declared).clone();
            return Expr::Name(chosen);
        }
        self.outside_of_loops(|it| {
            let named: Vec<(String, Ty)> = params.iter().map(|ty| (it.fresh("l"), ty.clone())).collect();
            for (name, ty) in &named {
                it.declare(name, ty, false);
            }
            let value = it.expr(result, depth.min(2));
            Expr::Lambda(named, result.clone(), boxed(value))
        })
    }

    /// A function that does as little as possible.
    pub(super) fn plain_lambda(&mut self, params: &[Ty], result: &Ty) -> Expr {
        let named = params.iter().map(|ty| (self.fresh("l"), ty.clone())).collect();
        Expr::Lambda(named, result.clone(), boxed(self.literal(result)))
    }

    /// A nested function, which may assign to what is around it, and a use of it.
    pub(super) fn nested(&mut self) -> Vec<Stmt> {
        let (label, Ty::Fn(params, result)) = (self.fresh("n"), self.fn_ty()) else {
            unreachable!("it is the type of a function")
        };
        let state = (self.result.take(), std::mem::replace(&mut self.loops, 0));
        let leave = (std::mem::replace(&mut self.may_leave, true), std::mem::replace(&mut self.in_handler, false));
        self.nested += 1;
        let loops = state.1;
        let scopes = self.hide_loops();
        let statements = self.rng.between(1, 4);
        let function = self.written(label.clone(), None, &params, (*result).clone(), statements);
        self.scopes = scopes;
        self.nested -= 1;
        (self.result, self.loops) = (state.0, loops);
        (self.may_leave, self.in_handler) = leave;
        self.declare(&label, &Ty::Fn(params.clone(), result), false);
        let args = params.iter().map(|ty| self.expr(ty, 1)).collect();
        vec![Stmt::Def(function), Stmt::Print(vec![Expr::Call(label, args)])]
    }

    /// Calls a function that is in a variable.
    pub(super) fn call_of_value(&mut self, ty: &Ty, depth: usize) -> Option<Expr> {
        let gives = |var: &Var| matches!(&var.ty, Ty::Fn(_, result) if **result == *ty);
        let Some(Var { name, ty: Ty::Fn(params, _), .. }) = self.some_var(gives) else { return None };
        let args = params.iter().map(|ty| self.expr(ty, depth.saturating_sub(1).min(1))).collect();
        Some(Expr::Call(name, args))
    }

    /// `map` and `filter` of an array in a variable.
    pub(super) fn higher_order(&mut self, element: &Ty, depth: usize) -> Option<Expr> {
        let filtered = self.rng.chance(40);
        let source = |var: &Var| match &var.ty {
            Ty::Array(from) => {
                if filtered {
                    **from == *element
                } else {
                    true
                }
            }
            _ => false,
        };
        let Some(Var { name: array, ty: Ty::Array(from), .. }) = self.some_var(source) else { return None };
        let result = if filtered { &Ty::Bool } else { element };
        let function = self.function_value(std::slice::from_ref(&from), result, depth);
        let args = vec![name(&array), function];
        Some(if filtered {
            Expr::Spelled("$0.filter($1)", "_filter($0, $1)", args)
        } else {
            Expr::Spelled("$0.map($1)", "_map($0, $1)", args)
        })
    }

    /// What is written without the variables that are declared in loops.
    fn outside_of_loops<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let scopes = self.hide_loops();
        let loops = std::mem::replace(&mut self.loops, 0);
        let written = write(self);
        (self.scopes, self.loops) = (scopes, loops);
        written
    }

    /// Hides what is declared in loops, opens a block, and returns all blocks as they were.
    fn hide_loops(&mut self) -> Vec<Vec<Var>> {
        let all = self.scopes.clone();
        self.scopes.iter_mut().for_each(|scope| scope.retain(|var| !var.in_loop));
        self.scopes.push(vec![]);
        all
    }
}
