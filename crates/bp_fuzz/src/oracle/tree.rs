//! Programs as trees: what both languages can say.

use std::fmt;

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Ty {
    Int,
    Float,
    Bool,
    Str,
    Array(Box<Ty>),
    /// Key and value.
    Map(Box<Ty>, Box<Ty>),
    Tuple(Vec<Ty>),
}

impl Ty {
    /// Whether values have an order.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self, Ty::Int | Ty::Float | Ty::Bool | Ty::Str)
    }
}

/// An expression; a type where Python has to be told what an operator means.
#[derive(Clone, Debug)]
pub(super) enum Expr {
    Int(i64),
    Float(f64),
    Bool(bool),
    /// Letters, digits and spaces only.
    Str(&'static str),
    Name(String),
    /// `-` and `~`.
    Unary(&'static str, Ty, Box<Expr>),
    /// Arithmetic, `+` of containers, repetition.
    Binary(&'static str, Ty, Box<Expr>, Box<Expr>),
    /// Comparison, `in`, and the operators of logic: the same in both languages.
    Same(&'static str, Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    /// Value, condition, other value.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A function of the program.
    Call(String, Vec<Expr>),
    /// A built-in function by the name of its row in [`super::builtin`].
    Builtin(&'static str, Vec<Expr>),
    /// Container, its type, and place.
    Index(Box<Expr>, Ty, Box<Expr>),
    /// Container, and up to three ends.
    Slice(Box<Expr>, [Option<Box<Expr>>; 3]),
    /// Elements; an empty one has the type to say what it is of.
    Array(Ty, Vec<Expr>),
    Map(Ty, Ty, Vec<(Expr, Expr)>),
    Tuple(Vec<Expr>),
    /// Value and specification in an f-string.
    Format(Box<Expr>, &'static str),
    /// Element, variable, source, and condition.
    Comprehension(Box<Expr>, String, Box<Expr>, Box<Expr>),
}

/// A statement.
#[derive(Clone, Debug)]
pub(super) enum Stmt {
    Let(String, Ty, Expr),
    Assign(String, Expr),
    /// Name, operator, type, value.
    Augment(String, &'static str, Ty, Expr),
    /// Container by name, its type, place and value.
    SetIndex(String, Ty, Expr, Expr),
    Expr(Expr),
    Print(Vec<Expr>),
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// Condition, body, `else`.
    While(Expr, Vec<Stmt>, Vec<Stmt>),
    /// Variable, start, stop, step, body, `else`.
    Range(String, Expr, Expr, i64, Vec<Stmt>, Vec<Stmt>),
    /// Variable, source, body.
    Each(String, Expr, Vec<Stmt>),
    /// Body, handlers by class, `finally`.
    Try(Vec<Stmt>, Vec<(&'static str, Vec<Stmt>)>, Vec<Stmt>),
    /// Throws a `RuntimeError`.
    Throw(Expr),
    Rethrow,
    Assert(Expr),
    Return(Expr),
    Break,
    Continue,
}

/// A function.
#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) params: Vec<(String, Ty)>,
    pub(super) result: Ty,
    pub(super) body: Vec<Stmt>,
}

/// A program: its globals, functions, and what `main` does.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) globals: Vec<(String, Ty, Expr)>,
    pub(super) functions: Vec<Function>,
    pub(super) main: Vec<Stmt>,
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Int => f.write_str("int"),
            Ty::Float => f.write_str("float"),
            Ty::Bool => f.write_str("bool"),
            Ty::Str => f.write_str("str"),
            Ty::Array(element) => write!(f, "[{element}]"),
            Ty::Map(key, value) => write!(f, "{{{key}: {value}}}"),
            Ty::Tuple(members) => {
                let members: Vec<String> = members.iter().map(Ty::to_string).collect();
                write!(f, "({})", members.join(", "))
            }
        }
    }
}
