//! Expressions.

use super::literal::{FLOAT_SPECS, INT_SPECS, STR_SPECS};
use super::{Generator, Var, boxed, name};
use crate::oracle::builtin::{ALL, Sort};
use crate::oracle::tree::{Expr, Function, Ty};

impl Generator {
    pub(super) fn expr(&mut self, ty: &Ty, depth: usize) -> Expr {
        if depth == 0 || self.rng.chance(15) {
            return self.simple(ty);
        }
        match self.rng.below(12) {
            0 => Expr::If(
                boxed(self.expr(ty, depth - 1)),
                boxed(self.expr(&Ty::Bool, depth - 1)),
                boxed(self.expr(ty, depth - 1)),
            ),
            1 => {
                let fitting: Vec<Function> = self.functions.iter().filter(|it| it.result == *ty).cloned().collect();
                if fitting.is_empty() {
                    return self.simple(ty);
                }
                let function = self.rng.pick(&fitting).clone();
                self.call_of(&function, depth)
            }
            2 => match self.rng.below(3) {
                0 => self.call_of_value(ty, depth),
                _ => self.call_of_method(ty, depth),
            }
            .unwrap_or_else(|| self.simple(ty)),
            3 => self.element(ty).unwrap_or_else(|| self.simple(ty)),
            4..=6 => self.builtin(ty, depth).unwrap_or_else(|| self.simple(ty)),
            _ => self.own(ty, depth - 1),
        }
    }

    pub(super) fn call_of(&mut self, function: &Function, depth: usize) -> Expr {
        let args = function.params.iter().map(|(_, ty)| self.expr(ty, depth.saturating_sub(1).min(1))).collect();
        Expr::Call(function.name.clone(), args)
    }

    /// An element of a container in a variable.
    fn element(&mut self, ty: &Ty) -> Option<Expr> {
        let holds = |var: &Var| match &var.ty {
            Ty::Array(element) => **element == *ty,
            Ty::Map(_, value) => **value == *ty,
            Ty::Tuple(members) => members[0] == *ty,
            Ty::Str => *ty == Ty::Str,
            _ => false,
        };
        let Var { name: var, ty: container, .. } = self.some_var(holds)?;
        let index = match &container {
            Ty::Map(key, _) => self.literal(key),
            Ty::Tuple(_) => Expr::Int(0),
            _ if self.rng.chance(30) => self.simple(&Ty::Int),
            _ => self.index(),
        };
        if matches!(container, Ty::Tuple(_)) {
            // Only a plain literal names a member.
            return Some(Expr::Name(format!("{var}[0]")));
        }
        Some(Expr::Index(boxed(Expr::Name(var)), container, boxed(index)))
    }

    fn builtin(&mut self, ty: &Ty, depth: usize) -> Option<Expr> {
        let fitting: Vec<usize> = (0..ALL.len()).filter(|at| ty_of(ALL[*at].result) == *ty).collect();
        if fitting.is_empty() {
            return None;
        }
        let row = &ALL[*self.rng.pick(&fitting)];
        let args = row.args.iter().map(|sort| self.expr(&ty_of(*sort), depth - 1)).collect();
        Some(Expr::Builtin(row.name, args))
    }

    fn own(&mut self, ty: &Ty, depth: usize) -> Expr {
        match ty {
            Ty::Int => {
                const OPERATORS: &[&str] =
                    &["+", "-", "*", "+", "-", "*", "/", "%", "//", "&", "|", "^", "<<", ">>", ">>>", "**"];
                if self.rng.chance(10) {
                    return Expr::Unary(self.choose(&["-", "~"]), Ty::Int, boxed(self.expr(ty, depth)));
                }
                let operator = *self.rng.pick(OPERATORS);
                let left = self.expr(ty, depth);
                let right = if operator == "**" { self.literal(ty) } else { self.expr(ty, depth) };
                Expr::Binary(operator, Ty::Int, boxed(left), boxed(right))
            }
            Ty::Float => {
                if self.rng.chance(10) {
                    return Expr::Unary("-", Ty::Float, boxed(self.expr(ty, depth)));
                }
                let operator = *self.rng.pick(&["+", "-", "*", "/", "//", "%", "**"]);
                Expr::Binary(operator, Ty::Float, boxed(self.expr(ty, depth)), boxed(self.expr(ty, depth)))
            }
            Ty::Bool => self.bool(depth),
            Ty::Str => self.str(depth),
            Ty::Array(element) => match self.rng.below(8) {
                0 => self.slice(ty, depth),
                1..=2 => {
                    let source = self.some_var(|var| var.ty == *ty);
                    let Some(Var { name: var, .. }) = source else { return self.literal(ty) };
                    Expr::Slice(boxed(self.joined(&var, ty)), [None, Some(boxed(Expr::Int(12))), None])
                }
                3 => self.comprehension(ty, depth),
                4 => self.higher_order(element, depth).unwrap_or_else(|| self.literal(ty)),
                5 if matches!(**element, Ty::Object(_)) && self.is_ordered(element) => {
                    let array = self.simple(ty);
                    Expr::Spelled("sorted($0)", "sorted($0)", vec![array])
                }
                _ => {
                    let count = self.rng.between(1, 3);
                    Expr::Array((**element).clone(), (0..count).map(|_| self.expr(element, depth)).collect())
                }
            },
            Ty::Map(..) if self.rng.chance(40) => self.comprehension(ty, depth),
            Ty::Map(..) => self.literal(ty),
            Ty::Set(element) => self.set(element, depth),
            Ty::Object(class) => self.object(class, depth),
            Ty::Fn(params, result) => self.function_value(params, result, depth),
            Ty::Void => unreachable!("there is no such value"),
            Ty::Tuple(members) => Expr::Tuple(members.iter().map(|member| self.expr(member, depth)).collect()),
        }
    }

    fn joined(&mut self, var: &str, ty: &Ty) -> Expr {
        if self.rng.chance(50) {
            return Expr::Binary("+", ty.clone(), boxed(name(var)), boxed(name(var)));
        }
        let count = Expr::Int(*self.rng.pick(&[0, 1, 2, -1]));
        Expr::Binary("*", ty.clone(), boxed(name(var)), boxed(count))
    }

    fn slice(&mut self, ty: &Ty, depth: usize) -> Expr {
        let container = boxed(self.simple(ty));
        let mut end =
            |chance| if self.rng.chance(chance) { Some(boxed(self.expr(&Ty::Int, depth.min(1)))) } else { None };
        let (low, high) = (end(70), end(70));
        let step = if self.rng.chance(30) {
            Some(boxed(Expr::Int(*self.rng.pick(&[1, 2, -1, -2, i64::MAX, i64::MIN]))))
        } else {
            None
        };
        Expr::Slice(container, [low, high, step])
    }

    fn bool(&mut self, depth: usize) -> Expr {
        match self.rng.below(10) {
            0 => Expr::Not(boxed(self.expr(&Ty::Bool, depth))),
            1..=2 => {
                let operator = *self.rng.pick(&["and", "or"]);
                Expr::Same(operator, boxed(self.expr(&Ty::Bool, depth)), boxed(self.expr(&Ty::Bool, depth)))
            }
            3 => {
                let holds = |var: &Var| matches!(var.ty, Ty::Array(_) | Ty::Map(..) | Ty::Str | Ty::Set(_));
                let Some(Var { name: var, ty, .. }) = self.some_var(holds) else {
                    return Expr::Bool(true);
                };
                let inner = match ty {
                    Ty::Array(inner) | Ty::Map(inner, _) | Ty::Set(inner) => *inner,
                    _ => Ty::Str,
                };
                if inner == Ty::Float {
                    // Python looks at identity first, which nan shows.
                    return Expr::Bool(false);
                }
                Expr::Same(self.choose(&["in", "not in"]), boxed(self.simple(&inner)), boxed(Expr::Name(var)))
            }
            4 => self.object_question().unwrap_or(Expr::Bool(true)),
            _ => {
                let ty = if self.rng.chance(8) { self.set_ty() } else { self.ty(0) };
                let operators: &[&'static str] =
                    if self.is_ordered(&ty) { &["<", "<=", ">", ">=", "==", "!="] } else { &["==", "!="] };
                let operator = *self.rng.pick(operators);
                Expr::Same(operator, boxed(self.expr(&ty, depth)), boxed(self.expr(&ty, depth)))
            }
        }
    }

    fn str(&mut self, depth: usize) -> Expr {
        match self.rng.below(6) {
            0..=1 => {
                let both =
                    Expr::Binary("+", Ty::Str, boxed(self.expr(&Ty::Str, depth)), boxed(self.expr(&Ty::Str, depth)));
                Expr::Slice(boxed(both), [None, Some(boxed(Expr::Int(30))), None])
            }
            2 => self.slice(&Ty::Str, depth),
            3 => match self.some_var(|var| var.ty == Ty::Int) {
                Some(Var { name: var, .. }) => Expr::Format(boxed(Expr::Name(var)), self.choose(INT_SPECS)),
                None => self.literal(&Ty::Str),
            },
            4 => match self.some_var(|var| var.ty == Ty::Float) {
                Some(Var { name: var, .. }) => Expr::Format(boxed(Expr::Name(var)), self.choose(FLOAT_SPECS)),
                None => self.literal(&Ty::Str),
            },
            _ => match self.some_var(|var| var.ty == Ty::Str) {
                Some(Var { name: var, .. }) => Expr::Format(boxed(Expr::Name(var)), self.choose(STR_SPECS)),
                None => self.literal(&Ty::Str),
            },
        }
    }
}

fn ty_of(sort: Sort) -> Ty {
    match sort {
        Sort::Int => Ty::Int,
        Sort::Float => Ty::Float,
        Sort::Bool => Ty::Bool,
        Sort::Str => Ty::Str,
        Sort::Ints => Ty::Array(Ty::Int.into()),
        Sort::Floats => Ty::Array(Ty::Float.into()),
        Sort::Strs => Ty::Array(Ty::Str.into()),
    }
}
