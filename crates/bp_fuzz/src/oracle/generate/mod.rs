//! Random programs of the common subset.
//!
//! A program ends: each function, method and loop counts a budget down; lambdas call what was there before them.

mod class;
mod closure;
mod expr;
mod literal;
mod set;
mod stmt;

use super::tree::{Class, Expr, Function, Program, Stmt, Ty};
use crate::rng::Rng;

/// A name that may be used. A field of an object in a variable is one, too: `v1.x2`.
#[derive(Clone, Debug)]
struct Var {
    name: String,
    ty: Ty,
    /// Whether it may be assigned to.
    assignable: bool,
    /// Whether each turn of a loop has its own: Python knows one per function.
    in_loop: bool,
}

struct Generator {
    rng: Rng,
    classes: Vec<Class>,
    functions: Vec<Function>,
    /// Names by block.
    scopes: Vec<Vec<Var>>,
    next_name: usize,
    loops: usize,
    /// Functions around the current statement within a function.
    nested: usize,
    /// The result type of the current function, and whether `return`, `break` and `continue` may be written.
    result: Option<Ty>,
    may_leave: bool,
    in_handler: bool,
    /// In a method that overrides one: the class above, and the method there.
    above: Option<(String, Function)>,
}

/// The program of a seed.
pub(super) fn program(seed: u64) -> Program {
    let mut it = Generator {
        rng: Rng::new(seed ^ 0x0AC1E),
        classes: vec![],
        functions: vec![],
        scopes: vec![vec![]],
        next_name: 0,
        loops: 0,
        nested: 0,
        result: None,
        may_leave: true,
        in_handler: false,
        above: None,
    };
    it.program()
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn name(text: &str) -> Expr {
    Expr::Name(text.to_owned())
}

impl Generator {
    fn program(&mut self) -> Program {
        if self.rng.chance(60) {
            self.declare_classes();
        }
        let mut globals = vec![("budget".to_owned(), Ty::Int, Expr::Int(0))];
        for _ in 0..self.rng.below(4) {
            let (name, ty) = (self.fresh("g"), self.ty(2));
            let value = self.literal(&ty);
            self.declare(&name, &ty, true);
            globals.push((name, ty, value));
        }
        // Callees first: what is declared may be called.
        for _ in 0..self.rng.between(2, 5) {
            let function = self.function();
            self.functions.push(function);
        }
        // Methods last: they may call all functions.
        self.write_methods();
        let main = self.main(&globals);
        let upcasts = self.upcasts();
        let (classes, functions) = (std::mem::take(&mut self.classes), std::mem::take(&mut self.functions));
        Program { classes, upcasts, globals, functions, main }
    }

    fn function(&mut self) -> Function {
        let label = self.fresh("f");
        let result = if self.rng.chance(12) { self.fn_ty() } else { self.ty(2) };
        let params: Vec<Ty> = (0..self.rng.below(5)).map(|_| self.param_ty()).collect();
        let statements = self.rng.between(3, 8);
        self.written(label, None, &params, result, statements)
    }

    /// A function, or a method of a class, with everything in it.
    fn written(
        &mut self,
        label: String,
        class: Option<&str>,
        params: &[Ty],
        result: Ty,
        statements: usize,
    ) -> Function {
        self.scopes.push(vec![]);
        if let Some(class) = class {
            self.declare("self", &Ty::Object(class.to_owned()), false);
        }
        let mut named = vec![];
        for ty in params {
            let name = self.fresh("a");
            self.declare(&name, ty, true);
            named.push((name, ty.clone()));
        }
        let outer = self.result.replace(result.clone());
        let given_up = Expr::Same("<", boxed(name("budget")), boxed(Expr::Int(0)));
        let mut body = vec![
            Stmt::Augment("budget".to_owned(), "-", Ty::Int, Expr::Int(1)),
            Stmt::If(given_up, vec![Stmt::Return(self.literal(&result))], vec![]),
        ];
        for _ in 0..statements {
            body.extend(self.stmt(3));
        }
        body.push(Stmt::Return(self.expr(&result, 3).without_upcast()));
        self.result = outer;
        self.scopes.pop();
        Function { name: label, params: named, result, body }
    }

    fn main(&mut self, globals: &[(String, Ty, Expr)]) -> Vec<Stmt> {
        let mut main = vec![];
        for _ in 0..self.rng.between(1, 3) {
            let mut calls = vec![];
            for function in self.functions.clone() {
                let call = self.call_of(&function, 2);
                calls.push(match &function.result {
                    Ty::Fn(params, _) => {
                        let args = params.iter().map(|ty| self.literal(ty)).collect();
                        Expr::Apply(boxed(call), args)
                    }
                    _ => call,
                });
            }
            calls.extend(self.calls_of_methods());
            for call in calls {
                main.push(Stmt::Assign("budget".to_owned(), Expr::Int(60)));
                main.push(Stmt::Try(
                    vec![Stmt::Print(vec![call])],
                    vec![("Error", vec![Stmt::Print(vec![name("kind(e)")])])],
                    vec![],
                ));
            }
        }
        main.extend(globals.iter().map(|(global, ..)| Stmt::Print(vec![name(global)])));
        main
    }

    /// One of some words.
    fn choose(&mut self, from: &[&'static str]) -> &'static str {
        from[self.rng.below(from.len())]
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.next_name += 1;
        format!("{prefix}{}", self.next_name)
    }

    fn declare(&mut self, name: &str, ty: &Ty, assignable: bool) {
        // Functions stay what they are: they could come to call themselves.
        let assignable = assignable && !matches!(ty, Ty::Fn(..));
        let in_loop = self.loops > 0;
        let mut vars = vec![Var { name: name.to_owned(), ty: ty.clone(), assignable, in_loop }];
        if let Ty::Object(class) = ty {
            vars.extend(self.fields(class).into_iter().map(|(field, ty)| Var {
                name: format!("{name}.{field}"),
                ty,
                assignable: true,
                in_loop,
            }));
        }
        self.scopes.last_mut().expect("a block").append(&mut vars);
    }

    fn some_var(&mut self, fits: impl Fn(&Var) -> bool) -> Option<Var> {
        let fitting: Vec<Var> = self.scopes.iter().flatten().filter(|var| fits(var)).cloned().collect();
        (!fitting.is_empty()).then(|| self.rng.pick(&fitting).clone())
    }

    /// A type whose values have a text.
    fn ty(&mut self, depth: usize) -> Ty {
        match self.rng.below(if depth == 0 { 10 } else { 17 }) {
            0..=3 => Ty::Int,
            4..=5 => Ty::Float,
            6 => Ty::Bool,
            7..=8 => Ty::Str,
            9 => self.object_ty().unwrap_or(Ty::Int),
            10..=12 => Ty::Array(self.ty(depth - 1).into()),
            13 => Ty::Map(self.rng.pick(&[Ty::Int, Ty::Str]).clone().into(), self.ty(depth - 1).into()),
            14 => Ty::Tuple(vec![self.ty(depth - 1), self.ty(depth - 1)]),
            15 => self.set_ty(),
            _ => self.object_ty().unwrap_or(Ty::Str),
        }
    }

    /// The type of a parameter, which may be a function.
    fn param_ty(&mut self) -> Ty {
        if self.rng.chance(10) { self.fn_ty() } else { self.ty(2) }
    }
}
