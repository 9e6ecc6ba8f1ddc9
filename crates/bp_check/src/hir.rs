//! The typed program: names resolved, generics instantiated, conversions explicit, defaults filled in.
//!
//! Invariants, which lowering relies on:
//! - every expression has its final type: no `Error`, `Param`, `Var`;
//! - the two sides of arithmetic and comparison have one type (after inserted [`ExprKind::Convert`]s);
//! - children are evaluated in the order in which they are stored;
//! - operators of user classes are calls;
//! - a local is initialised on every path that reads it.
//!
//! Statements and expressions are many, so their size is bounded below: what is rare and large is
//! boxed.
//!
//! Absence: no machine, no registers, no syntax trees.

use crate::types::{Ty, Types};
use bp_builtins::Builtin;
use bp_syntax::ast::{BinaryOp, CompareOp, LogicalOp};
use bp_syntax::span::Span;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// As a position in its table.
            pub const fn index(self) -> usize { self.0 as usize }
        }
    )* };
}

ids! {
    /// A function of the program.
    FuncId;
    /// A struct or class, instantiated.
    RecordId;
    /// An enum.
    EnumId;
    /// A global variable.
    GlobalId;
    /// A local variable of one function; the parameters come first.
    LocalId;
    /// A module.
    ModuleId;
}

/// A checked program.
#[derive(Debug)]
pub struct Program {
    /// All types.
    pub types: Types,
    /// All functions, module bodies and default-value thunks included.
    pub functions: Vec<Function>,
    /// All structs and classes. The built-in error classes come first: see `bp_builtins::errors`.
    pub records: Vec<Record>,
    /// All enums.
    pub enums: Vec<Enum>,
    /// All globals.
    pub globals: Vec<Global>,
    /// Foreign functions.
    pub externs: Vec<Extern>,
    /// Top levels of the modules in the order in which they run; the main module's is last.
    pub module_bodies: Vec<FuncId>,
    /// The main module's `main`, if it has one.
    pub main: Option<FuncId>,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Its name as tracebacks show it: `fib`, `Point.length`, `<module>`, `<lambda>`.
    pub name: Box<str>,
    /// Number of parameters, `self` included: the first locals.
    pub param_count: u32,
    /// All variables.
    pub locals: Vec<Local>,
    /// Result type.
    pub result: Ty,
    /// The body; if `result` is not void, every path returns or throws.
    pub body: Block,
    /// Locals that alias captured cells, in the order of [`ExprKind::Closure`]'s captures.
    pub captures: Vec<LocalId>,
    /// Whether its code may be reached by name (for `bp disasm` and host calls).
    pub exported: bool,
    /// Doc comment.
    pub doc: Option<Box<str>>,
    /// `@inline`, `@noinline`, `@native`, `@noalloc`, `@nobounds`.
    pub annotations: Vec<Box<str>>,
    /// The declaration's head, or the lambda.
    pub span: Span,
}

/// A local variable.
#[derive(Debug)]
pub struct Local {
    /// Its name; empty for temporaries of the checker.
    pub name: Box<str>,
    /// Its type.
    pub ty: Ty,
    /// Whether a closure captures it: it then lives in a cell.
    pub captured: bool,
    /// Its declaration.
    pub span: Span,
}

/// A struct or class.
#[derive(Debug)]
pub struct Record {
    /// Its name as text of values shows it.
    pub name: Box<str>,
    /// Whether a class: virtual methods, identity, subclasses.
    pub is_class: bool,
    /// The superclass.
    pub base: Option<RecordId>,
    /// Fields in order; a class's begin with those of its base.
    pub fields: Vec<Field>,
    /// Virtual methods in slot order (classes only).
    pub vtable: Vec<FuncId>,
    /// `__str__`, if defined.
    pub to_str: Option<FuncId>,
    /// `__eq__`, if defined.
    pub equals: Option<FuncId>,
    /// `__lt__`, if defined.
    pub less: Option<FuncId>,
    /// Its declaration.
    pub span: Span,
}

/// A field of a struct or class.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// Its type.
    pub ty: Ty,
}

/// An enum.
#[derive(Debug)]
pub struct Enum {
    /// Its name.
    pub name: Box<str>,
    /// Members with their values.
    pub members: Vec<(Box<str>, i64)>,
    /// Its declaration.
    pub span: Span,
}

/// A global variable.
#[derive(Debug)]
pub struct Global {
    /// Its name.
    pub name: Box<str>,
    /// Its type.
    pub ty: Ty,
    /// Whether code can run that reads it before its `let` has: such reads check and throw
    /// `RuntimeError`. (Reference kinds only need the check; scalars too.)
    pub may_be_read_early: bool,
    /// Its declaration.
    pub span: Span,
}

/// A foreign function.
#[derive(Debug)]
pub struct Extern {
    /// Its name in the program.
    pub name: Box<str>,
    /// Parameter types. A function of a library may have `i32`, for which the program has an `int`.
    pub params: Vec<Ty>,
    /// Result type; the same holds for it.
    pub result: Ty,
    /// The library; `None`: the program that embeds this one has the function.
    pub library: Option<Box<[u8]>>,
    /// The symbol, if it differs from the name.
    pub symbol: Option<Box<[u8]>>,
}

/// Statements.
pub type Block = Vec<Stmt>;

/// A statement.
#[derive(Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// Where (for compound statements, the head).
    pub span: Span,
}

const _: () = assert!(size_of::<Stmt>() <= 112, "statements are many");

/// The kinds of statements.
#[derive(Debug)]
pub enum StmtKind {
    /// `let` of a local: a fresh variable each time it is executed.
    Let(Binding, Expr),
    /// Assignment, and `let` of a global. The value is evaluated first, then the target's parts.
    Assign(Place, Expr),
    /// `place op= value`: the target's parts are evaluated once and first, then the value.
    /// The value has the target's type, except the `int` count of a repetition or a shift.
    AugAssign(Place, BinaryOp, Expr),
    /// An expression for its effect.
    Expr(Expr),
    /// `if`/`elif` branches and `else`.
    If(Vec<(Condition, Block)>, Block),
    /// `while`; the second block is `else`.
    While(Box<Condition>, Block, Block),
    /// `for`; the second block is `else`.
    For(Box<Iter>, Binding, Block, Block),
    /// `match`: first case that fits. An exhaustive or defaulted match has `exhaustive` set.
    Match {
        /// The value.
        value: Expr,
        /// Cases in order.
        cases: Vec<Case>,
        /// Whether some case always fits.
        exhaustive: bool,
    },
    /// `try`
    Try {
        /// The protected block.
        body: Block,
        /// Handlers, first that fits.
        catches: Vec<Catch>,
        /// Always runs.
        finally: Option<Block>,
    },
    /// `throw obj` (an instance of a class derived from Error) — `throw "text"` is a `New` of Error.
    Throw(Expr),
    /// `throw` alone inside a `catch`.
    Rethrow,
    /// `return`
    Return(Option<Expr>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `assert cond, message`: message is a `str`, evaluated only on failure.
    Assert(Expr, Option<Box<Expr>>),
}

/// A condition.
#[derive(Debug)]
pub enum Condition {
    /// A `bool`.
    Expr(Expr),
    /// `if let local = value`: holds if the optional value is not null.
    Let(LocalId, Expr),
}

/// What a `let` or `for` binds.
#[derive(Debug)]
pub enum Binding {
    /// Nothing (`_`).
    Discard,
    /// A local.
    Local(LocalId),
    /// A tuple's members, each.
    Tuple(Vec<Binding>),
}

/// An assignable place.
#[derive(Debug)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Type of the values it holds.
    pub ty: Ty,
    /// Where.
    pub span: Span,
}

/// The kinds of places.
#[derive(Debug)]
pub enum PlaceKind {
    /// `_`
    Discard,
    /// A local.
    Local(LocalId),
    /// A global.
    Global(GlobalId),
    /// Field number of a struct or class object.
    Field(Box<Expr>, u32),
    /// Element of an array (by int) or map (by key).
    Index(Box<Expr>, Box<Expr>),
    /// `xs[i:j:k]` of an array.
    Slice(Box<Expr>, Box<SliceBounds>),
    /// A tuple's members, each assigned left to right.
    Tuple(Vec<Place>),
}

/// `[low:high:step]`, ints.
#[derive(Debug)]
pub struct SliceBounds {
    /// First index.
    pub low: Option<Box<Expr>>,
    /// End index.
    pub high: Option<Box<Expr>>,
    /// Step.
    pub step: Option<Box<Expr>>,
}

/// What a `for` iterates.
#[derive(Debug)]
pub enum Iter {
    /// `range(low, high, step)`: ints, evaluated once. A constant step is never 0; others throw `ValueError`.
    Range(Expr, Expr, Option<Expr>),
    /// An array: elements; growth during the loop is seen.
    Array(Expr),
    /// A str: one-byte strings.
    Str(Expr),
    /// A map: keys.
    MapKeys(Expr),
    /// `m.items()` or `m.values()` or `m.keys()` in a `for`: no array is made.
    MapItems(Expr),
    /// A map's values.
    MapValues(Expr),
    /// A set: elements.
    Set(Expr),
    /// A tuple whose members have one type.
    Tuple(Expr),
    /// `enumerate(xs, start)`: pairs of int and element.
    Enumerate(Box<Iter>, Option<Expr>),
    /// `zip(a, b, …)`: until the shortest ends.
    Zip(Vec<Iter>),
    /// `reversed(…)` of a range, array, str or tuple.
    Reversed(Box<Iter>),
    /// An object with `__iter__`: the iterator's `__next__` is called until null.
    Object {
        /// The iterator (the call of `__iter__`).
        iterator: Expr,
        /// How to call `__next__`.
        next: Method,
        /// What it gives, if it is not null.
        item: Ty,
    },
}

/// How a method is called.
#[derive(Clone, Copy, Debug)]
pub enum Method {
    /// Known statically.
    Direct(FuncId),
    /// By slot of the receiver's vtable.
    Virtual(u32),
}

/// A `case`.
#[derive(Debug)]
pub struct Case {
    /// The pattern.
    pub pattern: Pattern,
    /// The guard, a bool.
    pub guard: Option<Expr>,
    /// The block.
    pub body: Block,
    /// From `case` to the colon.
    pub span: Span,
}

/// A pattern, tested against a value of a known type.
#[derive(Debug)]
pub enum Pattern {
    /// Fits everything.
    Wildcard,
    /// Fits everything and binds it.
    Bind(LocalId),
    /// Fits an equal value; a constant of the value's type (enum members are ints).
    Constant(Constant),
    /// Fits `low <= value < high`, or `<=` if inclusive; int, float or str.
    Range {
        /// First value.
        low: Constant,
        /// End.
        high: Constant,
        /// Whether the end fits.
        inclusive: bool,
    },
    /// Fits if one does; binds nothing.
    Or(Vec<Pattern>),
    /// A tuple whose members all fit.
    Tuple(Vec<Pattern>),
    /// A record whose listed fields all fit; `test` is set if the class must be tested first.
    Record {
        /// The struct or class.
        record: RecordId,
        /// Whether the value's static type is a superclass or optional.
        test: bool,
        /// Field numbers with their patterns.
        fields: Vec<(u32, Pattern)>,
    },
    /// The value is optional and not null, and fits.
    Some(Box<Pattern>),
}

/// A constant in a pattern.
#[derive(Clone, PartialEq, Debug)]
pub enum Constant {
    /// int or enum.
    Int(i64),
    /// float
    Float(f64),
    /// bool
    Bool(bool),
    /// str
    Str(Box<[u8]>),
    /// null
    Null,
}

/// A `catch`.
#[derive(Debug)]
pub struct Catch {
    /// The class; `None` catches everything.
    pub class: Option<RecordId>,
    /// Variable for the object (`as e`), of the class's type.
    pub object: Option<LocalId>,
    /// Variable for the message (`catch e`), a `str`.
    pub message: Option<LocalId>,
    /// The block.
    pub body: Block,
    /// From `catch` to the colon.
    pub span: Span,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Ty,
    /// Where; the line and column of what it throws.
    pub span: Span,
}

const _: () = assert!(size_of::<Expr>() <= 56, "expressions are many");

/// The kinds of expressions.
#[derive(Debug)]
pub enum ExprKind {
    /// An int, or an enum member.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// A string.
    Str(Box<[u8]>),
    /// Null of an optional type.
    Null,
    /// A local.
    Local(LocalId),
    /// A global.
    Global(GlobalId),
    /// A function as a value.
    Function(FuncId),
    /// A closure: the function with the captured locals of the enclosing one.
    Closure(FuncId, Vec<LocalId>),
    /// `-x` on int or float.
    Neg(Box<Expr>),
    /// `~x` on int.
    BitNot(Box<Expr>),
    /// `not x` on bool.
    Not(Box<Expr>),
    /// Arithmetic on two values of one type (`int`, `float`; `+` also `str` and arrays), or a
    /// repetition `str * int`, `array * int`.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `and`, `or` on bools; `??` on optionals.
    Logical(LogicalOp, Box<Expr>, Box<Expr>),
    /// A chain of comparisons, each operand evaluated at most once, left to right. `In`/`NotIn` have an
    /// array, map, set, str, tuple or range ([`ExprKind::Range`]) on the right.
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `range(a, b, step)` as the right side of `in`; has no other use.
    Range(Box<Expr>, Box<Expr>, Option<Box<Expr>>),
    /// `x is null`, `x == null` (true) or their negations (false).
    IsNull(Box<Expr>, bool),
    /// `x is Class` (true) or its negation (false).
    IsClass(Box<Expr>, RecordId, bool),
    /// `then if cond else otherwise`, in the order (cond, then, otherwise).
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A call of a known function.
    Call(FuncId, Vec<Arg>),
    /// A call of a method by vtable slot; the first argument is the receiver.
    CallVirtual(u32, Vec<Arg>),
    /// A call of a function value.
    CallValue(Box<Expr>, Vec<Expr>),
    /// A call of a built-in; arguments by parameter with defaults filled in, in evaluation order,
    /// except `any...`, whose values come first as they are. `type_args` are the types of the
    /// signature's type parameters and `any`s.
    CallBuiltin {
        /// Which.
        builtin: Builtin,
        /// Arguments.
        args: Box<[Arg]>,
        /// The instantiation.
        type_args: Box<[Ty]>,
    },
    /// A call of a foreign function.
    CallExtern(u32, Vec<Arg>),
    /// A new struct, or the raw object of a class; fields in evaluation order, each exactly once.
    /// Also used for the built-in error classes, whose only user-visible argument is field 0, the message.
    New(RecordId, Vec<Arg>),
    /// `[a, b]`
    Array(Vec<Expr>),
    /// `{k: v}`
    Map(Vec<(Expr, Expr)>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// Field number of a struct or class object.
    Field(Box<Expr>, u32),
    /// Member number of a tuple, by constant index.
    Member(Box<Expr>, u32),
    /// `a[i]`: array or str by int, map by key, tuple of one member type by computed int.
    Index(Box<Expr>, Box<Expr>),
    /// `a[i:j:k]` of an array or str.
    Slice(Box<Expr>, Box<SliceBounds>),
    /// An f-string.
    Format(Vec<FormatPart>),
    /// A change of type without user-visible call.
    Convert(Convert, Box<Expr>),
    /// `x!`
    Unwrap(Box<Expr>),
    /// `o?.…`: null if the first is null, else the second with the local bound to it.
    Guarded(Box<Expr>, LocalId, Box<Expr>),
    /// `x as Class`
    Downcast(Box<Expr>, RecordId),
    /// Statements, then a value (comprehensions and other expansions of the checker).
    Block(Block, Box<Expr>),
}

/// An argument and the parameter (or field) it is for. Stored in evaluation order.
#[derive(Debug)]
pub struct Arg {
    /// Position of the parameter.
    pub param: u32,
    /// The value.
    pub value: Expr,
}

/// A part of an f-string.
#[derive(Debug)]
pub enum FormatPart {
    /// Literal text.
    Text(Box<[u8]>),
    /// The text of a value.
    Value(Expr),
    /// An int, float, bool or str value with a specification (a `str` expression, validated if constant).
    Formatted(Expr, Expr),
}

/// Changes of type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Convert {
    /// Enum member to its int: no code.
    EnumToInt,
    /// `int(bool)`, no code.
    BoolToInt,
    /// `float(int)`.
    IntToFloat,
    /// `int(float)`: throws `ValueError` on nan and out of range.
    FloatToInt,
    /// `int(str)`: throws `ValueError`.
    StrToInt,
    /// `float(str)`: throws `ValueError`.
    StrToFloat,
    /// `bool(int)`: not zero.
    IntToBool,
    /// `bool(float)`: not zero.
    FloatToBool,
    /// `bool(str)`: not empty.
    StrToBool,
    /// `T` to `T?`.
    ToOptional,
    /// `T?` to `T` where narrowing proved it not null.
    FromOptional,
    /// Subclass to superclass: no code.
    Upcast,
    /// Superclass to subclass where narrowing proved it: no code.
    Narrowed,
}
