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
    /// Of `int` or `str`.
    Set(Box<Ty>),
    /// An instance of the class or of one below it.
    Object(String),
    /// Parameters and result.
    Fn(Vec<Ty>, Box<Ty>),
    Void,
}

impl Ty {
    /// Whether values have an order, whatever the program declares.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self, Ty::Int | Ty::Float | Ty::Bool | Ty::Str)
    }

    /// Whether values have a text that both languages write alike.
    pub(super) fn is_shown(&self) -> bool {
        !matches!(self, Ty::Fn(..) | Ty::Void)
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
    /// Element (of maps: key and value), variable, source, and condition.
    Comprehension(Form, Vec<Expr>, String, Box<Expr>, Box<Expr>),
    /// Elements; an empty one has the type to say what it is of.
    Set(Ty, Vec<Expr>),
    /// Object, method, arguments.
    Method(Box<Expr>, String, Vec<Expr>),
    /// Class above the current one, its method, arguments; for `self`.
    Super(String, String, Vec<Expr>),
    /// Parameters, result, body.
    Lambda(Vec<(String, Ty)>, Ty, Box<Expr>),
    /// A function that an expression gives, and arguments.
    Apply(Box<Expr>, Vec<Expr>),
    /// Ours, Python's, and what stands for `$0`, `$1`, … in both.
    Spelled(&'static str, &'static str, Vec<Expr>),
}

impl Expr {
    /// The expression without a call that makes its type wider, where a type is expected anyway.
    pub(super) fn without_upcast(self) -> Expr {
        match self {
            Expr::Call(name, mut args) if name.starts_with("up_") => args.pop().expect("it takes the object"),
            other => other,
        }
    }
}

/// What a comprehension makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Array,
    Set,
    Map,
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
    /// A function within a function.
    Def(Function),
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

/// A class.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) name: String,
    /// The class above.
    pub(super) base: Option<String>,
    /// Fields that are declared here; `__init__` sets all.
    pub(super) fields: Vec<(String, Ty)>,
    /// Methods that are declared here, without `self` among the parameters.
    pub(super) methods: Vec<Function>,
    /// Whether `__eq__` and `__lt__` are declared here or above.
    pub(super) compares: bool,
}

/// A program: its classes, globals, functions, and what `main` does.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) classes: Vec<Class>,
    /// What makes the types of objects wider; globals need them.
    pub(super) upcasts: Vec<Function>,
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
            Ty::Set(element) => write!(f, "{{{element}}}"),
            Ty::Object(class) => f.write_str(class),
            Ty::Fn(params, result) => {
                let params: Vec<String> = params.iter().map(Ty::to_string).collect();
                write!(f, "fn({}) -> {result}", params.join(", "))
            }
            Ty::Void => f.write_str("void"),
        }
    }
}
