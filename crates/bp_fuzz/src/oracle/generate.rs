//! Random programs of the common subset.

use super::builtin::{ALL, Sort};
use super::tree::{Expr, Function, Program, Stmt, Ty};
use crate::rng::Rng;

const INTS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    7,
    -7,
    10,
    63,
    64,
    100,
    255,
    256,
    -128,
    1000,
    2_147_483_647,
    -2_147_483_648,
    4_294_967_296,
    1 << 53,
    i64::MAX,
    i64::MIN,
    i64::MIN + 1,
    i64::MAX - 1,
];
const FLOATS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.5,
    -2.5,
    0.1,
    1e16,
    1e-5,
    123456.789,
    1e300,
    -1e300,
    5e-324,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    9_223_372_036_854_775_807.0,
    4_503_599_627_370_495.5,
    3.0,
    1e22,
    1e-7,
    0.001,
];
const STRS: &[&str] = &["", "a", "b", "abc", "hello world", "12", "-7", " x ", "aaaa", "Zz", "banana", "0"];
const INT_SPECS: &[&str] =
    &["", "5", "<6", ">6", "^7", "05", "x", "X", "b", "o", "+d", ",", "_", "#x", "08b", " d", "*^9"];
const FLOAT_SPECS: &[&str] =
    &["", ".2f", "8.3f", "e", ".3e", "g", ".10g", ".0f", "+.1f", "010.2f", ",.2f", "%", ">12", ".3", "<9.1f"];
const STR_SPECS: &[&str] = &["", "8", "<8", ">8", "^9", ".2", "-^9", "5.1"];

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

    // ---- statements

    fn body(&mut self, depth: usize) -> Vec<Stmt> {
        self.scopes.push(vec![]);
        let count = self.rng.between(1, 3);
        let body = (0..count).flat_map(|_| self.stmt(depth)).collect();
        self.scopes.pop();
        body
    }

    fn stmt(&mut self, depth: usize) -> Vec<Stmt> {
        match self.rng.below(if depth == 0 { 16 } else { 26 }) {
            0..=4 => vec![self.declaration()],
            5..=8 => vec![self.assignment()],
            9..=12 => vec![self.mutation()],
            13 => match self.some_var(|_| true) {
                Some((var, ..)) => vec![Stmt::Print(vec![Expr::Str("p"), Expr::Name(var)])],
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
            _ => vec![self.try_stmt(depth)],
        }
    }

    fn declaration(&mut self) -> Stmt {
        let (name, ty) = (self.fresh("v"), self.ty(2));
        let value = self.expr(&ty, 3);
        self.declare(&name, &ty, true);
        Stmt::Let(name, ty, value)
    }

    fn assignment(&mut self) -> Stmt {
        let Some((name, ty, _)) = self.some_var(|var| var.2) else { return self.declaration() };
        match ty {
            Ty::Int if self.rng.chance(60) => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "%", "//", "&", "|", "^", "<<", ">>", ">>>"]);
                Stmt::Augment(name, operator, ty, self.expr(&Ty::Int, 2))
            }
            Ty::Float if self.rng.chance(60) => {
                let operator = *self.rng.pick(&["+", "-", "*", "/", "%", "//"]);
                Stmt::Augment(name, operator, ty, self.expr(&Ty::Float, 2))
            }
            _ => Stmt::Assign(name, self.expr(&ty, 3)),
        }
    }

    fn mutation(&mut self) -> Stmt {
        let maps_change = self.maps_change;
        let changes = |var: &Var| matches!(var.1, Ty::Array(_)) || maps_change && matches!(var.1, Ty::Map(..));
        let Some((name, ty, _)) = self.some_var(changes) else { return self.declaration() };
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
                Some(result) => Stmt::Return(self.expr(&result, 2)),
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

    fn range(&mut self, depth: usize) -> Stmt {
        let name = self.fresh("i");
        let (start, stop) = (self.expr(&Ty::Int, 1), self.expr(&Ty::Int, 1));
        let step = *self.rng.pick(&[1, 1, 1, -1, 2, -3, 1 << 62]);
        self.scopes.push(vec![]);
        self.declare(&name, &Ty::Int, true);
        let body = self.loop_body(depth);
        self.scopes.pop();
        let other = if self.rng.chance(20) { self.body(depth - 1) } else { vec![] };
        Stmt::Range(name, start, stop, step, body, other)
    }

    fn each(&mut self, depth: usize) -> Vec<Stmt> {
        let Some((source, ty, _)) = self.some_var(|var| matches!(var.1, Ty::Array(_) | Ty::Str | Ty::Map(..))) else {
            return vec![self.range(depth)];
        };
        let name = self.fresh("x");
        let (element, is_map) = match ty {
            Ty::Array(element) => (*element, false),
            Ty::Map(key, _) => (*key, true),
            _ => (Ty::Str, false),
        };
        if is_map {
            // Changing a map while it is walked is found out at other times.
            return vec![Stmt::Each(name.clone(), self::name(&source), vec![Stmt::Print(vec![self::name(&name)])])];
        }
        self.scopes.push(vec![]);
        self.declare(&name, &element, true);
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
        const CLASSES: &[&str] =
            &["IndexError", "ZeroDivisionError", "ValueError", "KeyError", "RuntimeError", "AssertionError", "Error"];
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

    // ---- expressions

    fn literal(&mut self, ty: &Ty) -> Expr {
        match ty {
            Ty::Int if self.rng.chance(50) => Expr::Int(self.rng.below(12) as i64),
            Ty::Int => Expr::Int(*self.rng.pick(INTS)),
            Ty::Float => Expr::Float(*self.rng.pick(FLOATS)),
            Ty::Bool => Expr::Bool(self.rng.chance(50)),
            Ty::Str => Expr::Str(self.choose(STRS)),
            Ty::Array(element) => {
                let count = self.rng.below(4);
                Expr::Array((**element).clone(), (0..count).map(|_| self.literal(element)).collect())
            }
            Ty::Map(key, value) => {
                let count = self.rng.below(3);
                let entries = (0..count).map(|_| (self.literal(key), self.literal(value))).collect();
                Expr::Map((**key).clone(), (**value).clone(), entries)
            }
            Ty::Tuple(members) => Expr::Tuple(members.iter().map(|member| self.literal(member)).collect()),
        }
    }

    fn simple(&mut self, ty: &Ty) -> Expr {
        if self.rng.chance(65)
            && let Some((var, ..)) = self.some_var(|var| var.1 == *ty)
        {
            return Expr::Name(var);
        }
        self.literal(ty)
    }

    fn index(&mut self) -> Expr {
        Expr::Int(*self.rng.pick(&[0, 0, 0, 1, -1, -1, 2, -2, 3]))
    }

    fn expr(&mut self, ty: &Ty, depth: usize) -> Expr {
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
            2..=3 => self.element(ty).unwrap_or_else(|| self.simple(ty)),
            4..=6 => self.builtin(ty, depth).unwrap_or_else(|| self.simple(ty)),
            _ => self.own(ty, depth - 1),
        }
    }

    fn call_of(&mut self, function: &Function, depth: usize) -> Expr {
        let args = function.params.iter().map(|(_, ty)| self.expr(ty, depth.saturating_sub(1).min(1))).collect();
        Expr::Call(function.name.clone(), args)
    }

    /// An element of a container in a variable.
    fn element(&mut self, ty: &Ty) -> Option<Expr> {
        let holds = |var: &Var| match &var.1 {
            Ty::Array(element) => **element == *ty,
            Ty::Map(_, value) => **value == *ty,
            Ty::Tuple(members) => members[0] == *ty,
            Ty::Str => *ty == Ty::Str,
            _ => false,
        };
        let (var, container, _) = self.some_var(holds)?;
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
            Ty::Array(element) => match self.rng.below(6) {
                0 => self.slice(ty, depth),
                1..=2 => {
                    let source = self.some_var(|var| var.1 == *ty);
                    let Some((var, ..)) = source else { return self.literal(ty) };
                    Expr::Slice(boxed(self.joined(&var, ty)), [None, Some(boxed(Expr::Int(12))), None])
                }
                3 => {
                    let name = self.fresh("c");
                    let (from, source) = match self.some_var(|var| matches!(var.1, Ty::Array(_))) {
                        Some((var, Ty::Array(from), _)) => (*from, Expr::Name(var)),
                        _ => return self.literal(ty),
                    };
                    self.scopes.push(vec![(name.clone(), from, false)]);
                    let (value, condition) = (self.expr(element, depth), self.expr(&Ty::Bool, depth));
                    self.scopes.pop();
                    Expr::Comprehension(boxed(value), name, boxed(source), boxed(condition))
                }
                _ => {
                    let count = self.rng.between(1, 3);
                    Expr::Array((**element).clone(), (0..count).map(|_| self.expr(element, depth)).collect())
                }
            },
            Ty::Map(..) => self.literal(ty),
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
        match self.rng.below(9) {
            0 => Expr::Not(boxed(self.expr(&Ty::Bool, depth))),
            1..=2 => {
                let operator = *self.rng.pick(&["and", "or"]);
                Expr::Same(operator, boxed(self.expr(&Ty::Bool, depth)), boxed(self.expr(&Ty::Bool, depth)))
            }
            3 => {
                let Some((var, ty, _)) = self.some_var(|var| matches!(var.1, Ty::Array(_) | Ty::Map(..) | Ty::Str))
                else {
                    return Expr::Bool(true);
                };
                let inner = match ty {
                    Ty::Array(inner) | Ty::Map(inner, _) => *inner,
                    _ => Ty::Str,
                };
                if inner == Ty::Float {
                    // Python looks at identity first, which nan shows.
                    return Expr::Bool(false);
                }
                Expr::Same(self.choose(&["in", "not in"]), boxed(self.simple(&inner)), boxed(Expr::Name(var)))
            }
            _ => {
                let ty = self.ty(0);
                let operators: &[&'static str] =
                    if ty.is_ordered() { &["<", "<=", ">", ">=", "==", "!="] } else { &["==", "!="] };
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
            3 => match self.some_var(|var| var.1 == Ty::Int) {
                Some((var, ..)) => Expr::Format(boxed(Expr::Name(var)), self.choose(INT_SPECS)),
                None => self.literal(&Ty::Str),
            },
            4 => match self.some_var(|var| var.1 == Ty::Float) {
                Some((var, ..)) => Expr::Format(boxed(Expr::Name(var)), self.choose(FLOAT_SPECS)),
                None => self.literal(&Ty::Str),
            },
            _ => match self.some_var(|var| var.1 == Ty::Str) {
                Some((var, ..)) => Expr::Format(boxed(Expr::Name(var)), self.choose(STR_SPECS)),
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
