//! Statements.

use super::{Generator, Var, boxed, name};
use crate::oracle::tree::{Expr, Stmt, Ty};

impl Generator {
    pub(super) fn body(&mut self, depth: usize) -> Vec<Stmt> {
        self.scopes.push(vec![]);
        let count = self.rng.between(1, 3);
        let body = (0..count).flat_map(|_| self.stmt(depth)).collect();
        self.scopes.pop();
        body
    }

    pub(super) fn stmt(&mut self, depth: usize) -> Vec<Stmt> {
        match self.rng.below(if depth == 0 { 16 } else { 28 }) {
            0..=4 => vec![self.declaration()],
            5..=8 => vec![self.assignment()],
            9..=12 => vec![self.mutation()],
            13 => match self.some_var(|var| var.ty.is_shown()) {
                Some(Var { name: var, .. }) => vec![Stmt::Print(vec![Expr::Str("p"), Expr::Name(var)])],
                None => vec![self.declaration()],
            },
            14..=15 => vec![self.leave()],
            16..=18 => {
                let other = if self.rng.chance(50) { self.body(depth - 1) } else { vec![] };
                vec![Stmt::If(self.expr(&Ty::Bool, 2), self.body(depth - 1), other)]
            }
            19..=20 => vec![self.range(depth)],
            21 => self.each(depth),
            22 => self.while_loop(depth),
            23 if self.nested < 2 => self.nested(),
            _ => vec![self.try_stmt(depth)],
        }
    }

    fn declaration(&mut self) -> Stmt {
        let (name, ty) = (self.fresh("v"), self.param_ty());
        let value = self.expr(&ty, 3).without_upcast();
        self.declare(&name, &ty, true);
        Stmt::Let(name, ty, value)
    }

    fn assignment(&mut self) -> Stmt {
        let Some(Var { name, ty, .. }) = self.some_var(|var| var.assignable) else { return self.declaration() };
        match ty {
            Ty::Int if self.rng.chance(60) => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "%", "//", "&", "|", "^", "<<", ">>", ">>>"]);
                Stmt::Augment(name, operator, ty, self.expr(&Ty::Int, 2))
            }
            Ty::Float if self.rng.chance(60) => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "%", "//"]);
                Stmt::Augment(name, operator, ty, self.expr(&Ty::Float, 2))
            }
            _ => Stmt::Assign(name, self.expr(&ty, 3).without_upcast()),
        }
    }

    fn mutation(&mut self) -> Stmt {
        let changes = |var: &Var| matches!(var.ty, Ty::Array(_) | Ty::Map(..) | Ty::Set(_));
        let Some(Var { name, ty, .. }) = self.some_var(changes) else { return self.declaration() };
        match &ty {
            Ty::Array(element) => {
                let value = self.expr(element, 2);
                // What is stored is small: containers cannot grow without end.
                let room = Expr::Same("<", boxed(self::name(&format!("len({name})"))), boxed(Expr::Int(20)));
                match self.rng.below(6) {
                    0..=1 => Stmt::SetIndex(name.clone(), ty.clone(), self.index(), value),
                    2..=4 => {
                        Stmt::If(room, vec![Stmt::Expr(Expr::Call(format!("{name}.append"), vec![value]))], vec![])
                    }
                    _ => Stmt::Expr(Expr::Call(format!("{name}.reverse"), vec![])),
                }
            }
            Ty::Map(key, value) => {
                let (key, value) = (self.literal(key), self.expr(value, 2));
                Stmt::SetIndex(name, ty.clone(), key, value)
            }
            Ty::Set(element) => self.set_mutation(&name, element),
            _ => unreachable!("only what changes was looked for"),
        }
    }

    fn leave(&mut self) -> Stmt {
        let condition = self.expr(&Ty::Bool, 2);
        let statement = match self.rng.below(6) {
            0 if self.in_handler => Stmt::Rethrow,
            0..=1 => Stmt::Throw(self.expr(&Ty::Str, 1)),
            2 if self.loops > 0 && self.may_leave => Stmt::Break,
            3 if self.loops > 0 && self.may_leave => Stmt::Continue,
            4 => return Stmt::Assert(condition),
            _ => match self.result.clone().filter(|_| self.may_leave) {
                Some(result) => Stmt::Return(self.expr(&result, 2).without_upcast()),
                None => Stmt::Throw(self.expr(&Ty::Str, 1)),
            },
        };
        Stmt::If(condition, vec![statement], vec![])
    }

    fn loop_body(&mut self, depth: usize) -> Vec<Stmt> {
        self.loops += 1;
        let may_leave = std::mem::replace(&mut self.may_leave, true);
        let spent = Expr::Same("<", boxed(name("budget")), boxed(Expr::Int(0)));
        let mut body = vec![
            Stmt::Augment("budget".to_owned(), "-", Ty::Int, Expr::Int(1)),
            Stmt::If(spent, vec![Stmt::Break], vec![]),
        ];
        body.extend(self.body(depth - 1));
        self.may_leave = may_leave;
        self.loops -= 1;
        body
    }

    /// Declares a variable of which each turn of a loop has its own.
    fn declare_turn(&mut self, name: &str, ty: &Ty) {
        self.loops += 1;
        self.declare(name, ty, true);
        self.loops -= 1;
    }

    fn range(&mut self, depth: usize) -> Stmt {
        let name = self.fresh("i");
        let (start, stop) = (self.expr(&Ty::Int, 1), self.expr(&Ty::Int, 1));
        let step = *self.rng.pick(&[1, 1, 1, -1, 2, -3, 1 << 62]);
        self.scopes.push(vec![]);
        self.declare_turn(&name, &Ty::Int);
        let body = self.loop_body(depth);
        self.scopes.pop();
        let other = if self.rng.chance(20) { self.body(depth - 1) } else { vec![] };
        Stmt::Range(name, start, stop, step, body, other)
    }

    fn each(&mut self, depth: usize) -> Vec<Stmt> {
        let walks = |var: &Var| matches!(var.ty, Ty::Array(_) | Ty::Str | Ty::Map(..) | Ty::Set(_));
        let Some(Var { name: source, ty, .. }) = self.some_var(walks) else {
            return vec![self.range(depth)];
        };
        let name = self.fresh("x");
        let (element, is_hash) = match ty {
            Ty::Array(element) => (*element, false),
            Ty::Map(key, _) | Ty::Set(key) => (*key, true),
            _ => (Ty::Str, false),
        };
        if is_hash {
            // Changing a map or set while it is walked is found out at other times.
            return vec![Stmt::Each(name.clone(), self::name(&source), vec![Stmt::Print(vec![self::name(&name)])])];
        }
        self.scopes.push(vec![]);
        self.declare_turn(&name, &element);
        let body = self.loop_body(depth);
        self.scopes.pop();
        vec![Stmt::Each(name, self::name(&source), body)]
    }

    fn while_loop(&mut self, depth: usize) -> Vec<Stmt> {
        let counter = self.fresh("w");
        let turns = self.rng.between(1, 6) as i64;
        let more = Expr::Same(">", boxed(name(&counter)), boxed(Expr::Int(0)));
        let condition = Expr::Same("and", boxed(more), boxed(self.expr(&Ty::Bool, 2)));
        let mut body = vec![Stmt::Augment(counter.clone(), "-", Ty::Int, Expr::Int(1))];
        body.extend(self.loop_body(depth));
        let other = if self.rng.chance(20) { self.body(depth - 1) } else { vec![] };
        vec![Stmt::Let(counter, Ty::Int, Expr::Int(turns)), Stmt::While(condition, body, other)]
    }

    fn try_stmt(&mut self, depth: usize) -> Stmt {
        const CLASSES: &[&str] = &[
            "IndexError",
            "ZeroDivisionError",
            "ValueError",
            "KeyError",
            "RuntimeError",
            "AssertionError",
            "TypeError",
            "Error",
        ];
        let body = self.body(depth - 1);
        let in_handler = std::mem::replace(&mut self.in_handler, true);
        let mut handlers = vec![];
        for _ in 0..self.rng.between(1, 2) {
            let class = *self.rng.pick(CLASSES);
            let mut handler =
                vec![Stmt::Print(vec![name(if class == "RuntimeError" { "message(e)" } else { "kind(e)" })])];
            handler.extend(self.body(depth - 1));
            handlers.push((class, handler));
        }
        self.in_handler = in_handler;
        let may_leave = std::mem::replace(&mut self.may_leave, false);
        let in_handler = std::mem::replace(&mut self.in_handler, false);
        let last = if self.rng.chance(40) { self.body(depth - 1) } else { vec![] };
        (self.may_leave, self.in_handler) = (may_leave, in_handler);
        Stmt::Try(body, handlers, last)
    }
}
