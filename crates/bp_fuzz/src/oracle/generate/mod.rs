//! Random programs of the common subset.

mod expr;
mod literal;
mod stmt;

use super::tree::{Expr, Function, Program, Stmt, Ty};
use crate::rng::Rng;

/// A name, its type, and whether it may be assigned to.
type Var = (String, Ty, bool);

struct Generator {
    rng: Rng,
    functions: Vec<Function>,
    /// Names by block.
    scopes: Vec<Vec<Var>>,
    next_name: usize,
    loops: usize,
    /// The result type of the current function, and whether `return`, `break` and `continue` may be written.
    result: Option<Ty>,
    may_leave: bool,
    in_handler: bool,
    /// Whether maps may be changed: not while one is walked.
    maps_change: bool,
}

/// The program of a seed.
pub(super) fn program(seed: u64) -> Program {
    let mut it = Generator {
        rng: Rng::new(seed ^ 0x0AC1E),
        functions: vec![],
        scopes: vec![vec![]],
        next_name: 0,
        loops: 0,
        result: None,
        may_leave: true,
        in_handler: false,
        maps_change: true,
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
        let main = self.main(&globals);
        Program { globals, functions: std::mem::take(&mut self.functions), main }
    }

    fn function(&mut self) -> Function {
        let (label, result) = (self.fresh("f"), self.ty(2));
        self.scopes.push(vec![]);
        let mut params = vec![];
        for _ in 0..self.rng.below(5) {
            let (name, ty) = (self.fresh("a"), self.ty(2));
            self.declare(&name, &ty, true);
            params.push((name, ty));
        }
        self.result = Some(result.clone());
        let given_up = Expr::Same("<", boxed(name("budget")), boxed(Expr::Int(0)));
        let mut body = vec![
            Stmt::Augment("budget".to_owned(), "-", Ty::Int, Expr::Int(1)),
            Stmt::If(given_up, vec![Stmt::Return(self.literal(&result))], vec![]),
        ];
        for _ in 0..self.rng.between(3, 8) {
            body.extend(self.stmt(3));
        }
        body.push(Stmt::Return(self.expr(&result, 3)));
        self.result = None;
        self.scopes.pop();
        Function { name: label, params, result, body }
    }

    fn main(&mut self, globals: &[(String, Ty, Expr)]) -> Vec<Stmt> {
        let mut main = vec![];
        for _ in 0..self.rng.between(1, 3) {
            for function in self.functions.clone() {
                main.push(Stmt::Assign("budget".to_owned(), Expr::Int(60)));
                let call = self.call_of(&function, 2);
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
        self.scopes.last_mut().expect("a block").push((name.to_owned(), ty.clone(), assignable));
    }

    fn some_var(&mut self, fits: impl Fn(&Var) -> bool) -> Option<Var> {
        let fitting: Vec<Var> = self.scopes.iter().flatten().filter(|var| fits(var)).cloned().collect();
        (!fitting.is_empty()).then(|| self.rng.pick(&fitting).clone())
    }

    fn ty(&mut self, depth: usize) -> Ty {
        match self.rng.below(if depth == 0 { 9 } else { 14 }) {
            0..=3 => Ty::Int,
            4..=5 => Ty::Float,
            6 => Ty::Bool,
            7..=8 => Ty::Str,
            9..=11 => Ty::Array(self.ty(depth - 1).into()),
            12 => Ty::Map(self.rng.pick(&[Ty::Int, Ty::Str]).clone().into(), self.ty(depth - 1).into()),
            _ => Ty::Tuple(vec![self.ty(depth - 1), self.ty(depth - 1)]),
        }
    }
}
