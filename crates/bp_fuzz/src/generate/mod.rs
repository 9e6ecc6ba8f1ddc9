//! Programs out of nothing but a seed: well-typed, terminating, and full of edges.
//!
//! Every program ends: a function gives up at its entry when the global `budget` is used up, and
//! loops either count it down or take few turns. Everything stored is cut to a small size, so that
//! no program needs much memory. What a program does otherwise is up to chance, exceptions included.
//!
//! Absence: nothing here reads a clock, a file or an address; the same seed gives the same text.

mod aggregate;
mod control;
mod expr;
mod features;
mod generics;
mod limits;
mod number;
mod rare;
mod scaffold;
mod small;
mod stmt;
mod text;
mod types;

use crate::rng::Rng;
use types::Ty;

/// A name that expressions may use.
#[derive(Clone, Debug)]
struct Var {
    name: String,
    ty: Ty,
    /// Whether statements may assign to it.
    assignable: bool,
}

/// A function that may be called.
#[derive(Clone, Debug)]
struct Function {
    name: String,
    params: Vec<Ty>,
    result: Ty,
    /// Whether it calls itself; then its first parameter counts down.
    recursive: bool,
}

/// What is known while a program is written.
struct Generator {
    rng: Rng,
    /// The text so far.
    text: String,
    indent: usize,
    /// Fields by struct, `a`, `b`, …
    structs: Vec<Vec<Ty>>,
    /// Number of members by enum, `M0`, `M1`, …
    enums: Vec<usize>,
    functions: Vec<Function>,
    /// Functions from this number on may be called: calls go forward, so that they end.
    callable_from: usize,
    /// The function being written, if it may call itself.
    this: Option<usize>,
    globals: Vec<Var>,
    /// Local names by block, innermost last.
    scopes: Vec<Vec<Var>>,
    next_name: usize,
    /// Loops around the current statement.
    loops: usize,
    /// Whether `break` and `continue` may be written: not in a `finally`.
    may_leave: bool,
    /// Whether the current statement is in a handler, where `throw` alone is meaningful.
    in_handler: bool,
    /// Whether the body of a lambda is being written.
    in_lambda: bool,
    /// The result type of the current function.
    result: Option<Ty>,
    /// The how manieth program it is that uses up its memory at the end, if it does.
    hogs: Option<usize>,
    /// The how manieth program it is that loops at the end until it is interrupted, if it does.
    waits: Option<usize>,
}

/// Seeds modulo 16 of programs that use up their memory.
const HOGS: u64 = 5;
/// Seeds modulo 16 of programs that loop until they are interrupted.
const WAITS: u64 = 9;

/// Whether the program of a seed comes to its end only with little memory or when it is interrupted.
pub fn needs_limits(seed: u64) -> bool {
    matches!(seed % 16, HOGS | WAITS)
}

/// The program of a seed.
pub fn program(seed: u64) -> String {
    let mut generator = Generator {
        rng: Rng::new(seed),
        text: String::new(),
        indent: 0,
        structs: vec![],
        enums: vec![],
        functions: vec![],
        callable_from: 0,
        this: None,
        globals: vec![],
        scopes: vec![],
        next_name: 0,
        loops: 0,
        may_leave: true,
        in_handler: false,
        in_lambda: false,
        result: None,
        hogs: (seed % 16 == HOGS).then_some((seed / 16) as usize),
        waits: (seed % 16 == WAITS).then_some((seed / 16) as usize),
    };
    generator.program();
    generator.text
}

impl Generator {
    /// Writes a line.
    fn line(&mut self, text: impl AsRef<str>) {
        for _ in 0..self.indent {
            self.text.push_str("    ");
        }
        self.text.push_str(text.as_ref());
        self.text.push('\n');
    }

    /// Writes a block: a header and what `body` writes.
    fn block(&mut self, header: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.line(header);
        self.indent += 1;
        self.scopes.push(vec![]);
        body(self);
        self.scopes.pop();
        self.indent -= 1;
    }

    /// A name that was not used before.
    fn fresh(&mut self, prefix: &str) -> String {
        self.next_name += 1;
        format!("{prefix}{}", self.next_name)
    }

    /// Makes a name usable to the end of the block.
    fn declare(&mut self, name: &str, ty: Ty, assignable: bool) {
        let var = Var { name: name.to_owned(), ty, assignable };
        self.scopes.last_mut().expect("declarations are in blocks").push(var);
    }

    /// All names that can be used here.
    fn visible(&self) -> impl Iterator<Item = &Var> {
        self.scopes.iter().flatten().chain(&self.globals)
    }

    /// One of the names that fit, if there is one.
    fn some_var(&mut self, fits: impl Fn(&Var) -> bool) -> Option<Var> {
        let fitting: Vec<Var> = self.visible().filter(|var| fits(var)).cloned().collect();
        (!fitting.is_empty()).then(|| self.rng.pick(&fitting).clone())
    }

    /// A type, at most `depth` levels of containers.
    fn ty(&mut self, depth: usize) -> Ty {
        let bound = if depth == 0 { 12 } else { 24 };
        match self.rng.below(bound) {
            0..=4 => Ty::Int,
            5..=7 => Ty::Float,
            8 => Ty::Bool,
            9..=10 => Ty::Str,
            11 if !self.enums.is_empty() => Ty::Enum(self.rng.below(self.enums.len())),
            11 => Ty::Int,
            12..=15 => Ty::Array(self.ty(depth - 1).into()),
            16 => Ty::Narrow(["u8", "i32", "f32"][self.rng.below(3)]),
            17..=18 => Ty::Map(self.key_ty().into(), self.ty(depth - 1).into()),
            19..=20 if !self.structs.is_empty() => Ty::Struct(self.rng.below(self.structs.len())),
            21 => self.fn_ty(),
            _ => Ty::Tuple((0..self.rng.between(2, 3)).map(|_| self.ty(depth - 1)).collect()),
        }
    }

    fn key_ty(&mut self) -> Ty {
        match self.rng.below(8) {
            0..=2 => Ty::Int,
            3..=4 => Ty::Str,
            5 => Ty::Tuple(vec![Ty::Int, Ty::Str]),
            6 => Ty::Tuple(vec![Ty::Int, Ty::Int]),
            _ => self.rng.pick(&[Ty::Bool, Ty::Float]).clone(),
        }
    }

    fn fn_ty(&mut self) -> Ty {
        let params = (0..self.rng.below(4)).map(|_| self.ty(0)).collect();
        Ty::Fn(params, self.ty(0).into())
    }
}
