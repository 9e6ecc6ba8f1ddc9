//! The syntax tree: what the parser saw, before names and types mean anything.
//!
//! Invariants: spans nest, but for the empty ones of what is missing; every node comes from the
//! text, nothing is desugared. Where the parser recovered from an error it leaves
//! [`ExprKind::Error`], [`TypeKind::Error`] or drops the statement, and a diagnostic has been
//! reported.
//!
//! Statements and expressions are many, so their size is bounded below: what is rare and large is
//! boxed, and lists have no spare capacity.
//!
//! Absence: no types, no resolved names, no constant folding.

use crate::name::Name;
use crate::span::Span;

/// A name together with where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    /// The interned text.
    pub name: Name,
    /// Where it stands.
    pub span: Span,
}

/// One source file.
#[derive(Default, Debug)]
pub struct Module {
    /// Declarations and statements in source order.
    pub items: Vec<Item>,
    /// The whole file.
    pub span: Span,
    /// What was not understood.
    pub lost: Lost,
}

/// What the parser could not read, for later stages: what only follows from it is no mistake.
#[derive(Default, Debug)]
pub struct Lost {
    /// Names in skipped text, increasing: it may have declared or used them.
    pub names: Vec<Name>,
    /// Whether statements may be missing or cut short.
    pub statements: bool,
    /// Whether statements may stand in another block than was meant.
    pub layout: bool,
}

/// A top-level declaration or statement.
#[derive(Debug)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Span of the `export` keyword, if exported.
    pub export: Option<Span>,
    /// Text of the `##` lines directly above, without the marks.
    pub doc: Option<Box<str>>,
    /// The whole item.
    pub span: Span,
}

/// The kinds of top-level items.
#[derive(Debug)]
pub enum ItemKind {
    /// `def name(…): …`
    Function(Function),
    /// `struct Name: …`
    Struct(Record),
    /// `class Name(Base): …`
    Class(Record),
    /// `enum Name: …`
    Enum(Enum),
    /// `type Name = T`
    TypeAlias(TypeAlias),
    /// `import …`
    Import(Import),
    /// `extern fn …`
    Extern(Extern),
    /// Any statement, `let` included.
    Stmt(Stmt),
}

/// `@name` above a declaration.
#[derive(Debug)]
pub struct Annotation {
    /// The name behind `@`.
    pub name: Ident,
}

/// A type parameter `T` or `T: Bound`.
#[derive(Debug)]
pub struct TypeParam {
    /// The parameter's name.
    pub name: Ident,
    /// The bound, if written.
    pub bound: Option<TypeExpr>,
}

/// A function, method or nested function.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: Ident,
    /// `[T, …]`, empty if not generic.
    pub type_params: Vec<TypeParam>,
    /// Parameters in order, `self` included if written (it then has no type).
    pub params: Vec<Param>,
    /// `-> T`; none means `void`.
    pub result: Option<TypeExpr>,
    /// The body.
    pub body: Body,
    /// Annotations above it.
    pub annotations: Vec<Annotation>,
    /// From `def` to the colon.
    pub head: Span,
}

/// What stands behind a function's colon.
#[derive(Debug)]
pub enum Body {
    /// Statements.
    Block(Block),
    /// A lone `...`: an abstract method.
    Abstract(Span),
}

/// A parameter of a function or lambda.
#[derive(Debug)]
pub struct Param {
    /// Its name.
    pub name: Ident,
    /// Its type; none for `self` and for lambda parameters that leave it to the context.
    pub ty: Option<TypeExpr>,
    /// The default value.
    pub default: Option<Box<Expr>>,
    /// Whether it is `*name: T`, the rest of the arguments.
    pub rest: bool,
    /// The whole parameter.
    pub span: Span,
}

/// A struct or class declaration.
#[derive(Debug)]
pub struct Record {
    /// Its name.
    pub name: Ident,
    /// `[T, …]`.
    pub type_params: Vec<TypeParam>,
    /// `(Base)`, classes only (the parser reports it on structs).
    pub base: Option<TypeExpr>,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// Methods in order.
    pub methods: Vec<Method>,
    /// From the keyword to the colon.
    pub head: Span,
}

/// A field of a struct or class.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: TypeExpr,
    /// The default value.
    pub default: Option<Box<Expr>>,
    /// Doc comment.
    pub doc: Option<Box<str>>,
    /// The whole field.
    pub span: Span,
}

/// A method with its doc comment.
#[derive(Debug)]
pub struct Method {
    /// The function; a first parameter named `self` makes it an instance method.
    pub function: Function,
    /// Doc comment.
    pub doc: Option<Box<str>>,
}

/// An enum declaration.
#[derive(Debug)]
pub struct Enum {
    /// Its name.
    pub name: Ident,
    /// Members in order.
    pub members: Vec<EnumMember>,
    /// From the keyword to the colon.
    pub head: Span,
}

/// `NAME` or `NAME = value`.
#[derive(Debug)]
pub struct EnumMember {
    /// Its name.
    pub name: Ident,
    /// The explicit value, an integer constant expression.
    pub value: Option<Expr>,
}

/// `type Name = T`.
#[derive(Debug)]
pub struct TypeAlias {
    /// The new name.
    pub name: Ident,
    /// `[T, …]`.
    pub type_params: Vec<TypeParam>,
    /// What it stands for.
    pub target: TypeExpr,
}

/// `import a.b`, `import a as n`, `import a (x, y)`.
#[derive(Debug)]
pub struct Import {
    /// The dotted path.
    pub path: Vec<Ident>,
    /// `as n`.
    pub alias: Option<Ident>,
    /// `(x, y)`; `None` imports the module itself.
    pub names: Option<Vec<Ident>>,
}

/// `extern fn name(p: T) -> R`, of the host, or `… from "lib" as "symbol"`.
#[derive(Debug)]
pub struct Extern {
    /// The name in the program.
    pub name: Ident,
    /// Parameters.
    pub params: Vec<Param>,
    /// Result type.
    pub result: Option<TypeExpr>,
    /// The library; `None`: the program that embeds this one has the function.
    pub library: Option<Box<[u8]>>,
    /// The symbol, if it differs from the name.
    pub symbol: Option<Box<[u8]>>,
}

/// A written type.
#[derive(Debug)]
pub struct TypeExpr {
    /// What was written.
    pub kind: TypeKind,
    /// Where.
    pub span: Span,
}

/// The forms of written types.
#[derive(Debug)]
pub enum TypeKind {
    /// `int`, `Point`, `geometry.Point`, `Stack[int]`.
    Named {
        /// Dotted path; its last segment is the type, earlier ones modules.
        path: Vec<Ident>,
        /// `[A, B]` behind the name.
        args: Vec<TypeExpr>,
    },
    /// `[T]`
    Array(Box<TypeExpr>),
    /// `{K: V}`
    Map(Box<TypeExpr>, Box<TypeExpr>),
    /// `{T}`
    Set(Box<TypeExpr>),
    /// `(A, B)`
    Tuple(Vec<TypeExpr>),
    /// `fn(A, B) -> R`; no result means `void`.
    Function {
        /// Parameter types.
        params: Vec<TypeExpr>,
        /// Result type.
        result: Option<Box<TypeExpr>>,
    },
    /// `T?`
    Optional(Box<TypeExpr>),
    /// Something that was reported.
    Error,
}

/// The statements of one suite.
#[derive(Debug)]
pub struct Block {
    /// Statements in order; never empty unless the parser reported an error.
    pub stmts: Vec<Stmt>,
    /// From the first to the last statement.
    pub span: Span,
}

/// A statement.
#[derive(Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// The whole statement, its blocks included.
    pub span: Span,
}

const _: () = assert!(size_of::<Stmt>() <= 112, "statements are many");

/// The kinds of statements.
#[derive(Debug)]
pub enum StmtKind {
    /// `let pattern: T = value`. The pattern is a name, or a tuple of patterns without type.
    Let {
        /// What is bound.
        target: LetTarget,
        /// The written type.
        ty: Option<Box<TypeExpr>>,
        /// The value; missing only after a reported error.
        value: Option<Expr>,
    },
    /// `a = b = value` is not in the language: one target. Tuples are tuple expressions.
    Assign {
        /// A name, field, element, slice, or tuple of those.
        target: Expr,
        /// The value.
        value: Expr,
    },
    /// `target op= value`
    AugAssign {
        /// A name, field or element.
        target: Box<Expr>,
        /// The operator.
        op: BinaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// The value.
        value: Expr,
    },
    /// An expression for its effect.
    Expr(Expr),
    /// `if … elif … else`
    If {
        /// Conditions with their blocks, at least one.
        branches: Vec<(Condition, Block)>,
        /// The `else` block.
        otherwise: Option<Block>,
    },
    /// `while cond: … else: …`
    While {
        /// The condition.
        cond: Condition,
        /// The body.
        body: Block,
        /// Runs unless left by `break`.
        otherwise: Option<Box<Block>>,
    },
    /// `for target in iter: … else: …`
    For {
        /// A name or tuple of names.
        target: LetTarget,
        /// What is iterated.
        iter: Box<Expr>,
        /// The body.
        body: Block,
        /// Runs unless left by `break`.
        otherwise: Option<Box<Block>>,
    },
    /// `match value: case …`
    Match {
        /// The value matched.
        value: Expr,
        /// Cases in order; `default:` is a wildcard pattern.
        cases: Vec<Case>,
    },
    /// `try … catch … finally`
    Try {
        /// The protected block.
        body: Block,
        /// Handlers in order.
        catches: Vec<Catch>,
        /// The `finally` block.
        finally: Option<Block>,
    },
    /// `throw value`; no value rethrows.
    Throw(Option<Expr>),
    /// `return value`
    Return(Option<Expr>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `pass`
    Pass,
    /// `assert cond, message`
    Assert {
        /// What must hold.
        cond: Expr,
        /// The message.
        message: Option<Expr>,
    },
    /// A nested `def`.
    Function(Box<Function>),
}

/// The condition of an `if` or `while`.
#[derive(Debug)]
pub enum Condition {
    /// A `bool` expression.
    Expr(Expr),
    /// `let name = value`: holds if the value is not null, and binds it.
    Let {
        /// The bound name.
        name: Ident,
        /// The optional value.
        value: Expr,
    },
}

/// What a `let` or `for` binds.
#[derive(Debug)]
pub enum LetTarget {
    /// One name; `_` discards.
    Name(Ident),
    /// `a, (b, c)`
    Tuple(Vec<LetTarget>, Span),
}

/// `case pattern if guard: block`
#[derive(Debug)]
pub struct Case {
    /// The pattern.
    pub pattern: Pattern,
    /// The guard.
    pub guard: Option<Expr>,
    /// The block.
    pub body: Block,
    /// Whether written `default:`.
    pub is_default: bool,
    /// From `case` to the colon.
    pub head: Span,
}

/// A pattern of a `case`.
#[derive(Debug)]
pub struct Pattern {
    /// What it is.
    pub kind: PatternKind,
    /// Where.
    pub span: Span,
}

/// The forms of patterns.
#[derive(Debug)]
pub enum PatternKind {
    /// `_`
    Wildcard,
    /// A lone name: binds the value (or names an enum member in scope: the checker decides).
    Bind(Ident),
    /// A literal, possibly with a sign: int, float, str, bool or null.
    Literal(Box<Expr>),
    /// `Color.RED`, `shapes.Color.RED`
    Path(Vec<Ident>),
    /// `lo..hi` or `lo..=hi`; the ends are literals or constants.
    Range {
        /// First value.
        low: Box<Expr>,
        /// Last or one past the last value.
        high: Box<Expr>,
        /// Whether `..=`.
        inclusive: bool,
    },
    /// `a | b`
    Or(Vec<Pattern>),
    /// `(a, b)`
    Tuple(Vec<Pattern>),
    /// `Point{x: 0, y}` or `Dog{}`
    Record {
        /// The struct or class.
        path: Vec<Ident>,
        /// Its type arguments, if written.
        args: Vec<TypeExpr>,
        /// Fields with their patterns; `y` alone binds `y`.
        fields: Vec<(Ident, Option<Pattern>)>,
    },
    /// Reported.
    Error,
}

/// One `catch`.
#[derive(Debug)]
pub struct Catch {
    /// What it catches.
    pub filter: CatchFilter,
    /// The block.
    pub body: Block,
    /// From `catch` to the colon.
    pub head: Span,
}

/// What a `catch` catches and binds.
#[derive(Debug)]
pub enum CatchFilter {
    /// `catch:`
    All,
    /// `catch name:` — a class or a variable for the message: the checker decides.
    Name(Ident),
    /// `catch Class as name:`, `catch module.Class:`
    Class {
        /// The class.
        path: Vec<Ident>,
        /// The object's name.
        binding: Option<Ident>,
    },
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where, parentheses excluded.
    pub span: Span,
}

const _: () = assert!(size_of::<Expr>() <= 48, "expressions are many");

/// The kinds of expressions.
#[derive(Debug)]
pub enum ExprKind {
    /// An integer literal. `9223372036854775808` is kept as its value and legal only under `-`,
    /// which the parser has folded: this is always a valid i64.
    Int(i64),
    /// A float literal.
    Float(f64),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// A string literal with escapes resolved; adjacent literals are not joined.
    Str(Box<[u8]>),
    /// An f-string.
    FString(Vec<FStringPart>),
    /// A name.
    Name(Name),
    /// `self` outside a parameter list is a name too; `super` is not.
    Super,
    /// `[a, b]`
    Array(Vec<Expr>),
    /// `{k: v}`; `{}` is an empty map.
    Map(Vec<(Expr, Expr)>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `(a, b)` or `a, b`
    Tuple(Vec<Expr>),
    /// `[e for x in xs if c]` and its map and set forms.
    Comprehension(Box<Comprehension>),
    /// `Point{x: 1, y: 2}`, the type written as an expression (name, dotted, or with `[T]`).
    Record {
        /// The type: `Name`, `Field` or `Index` expression.
        ty: Box<Expr>,
        /// Fields in source order.
        fields: Vec<(Ident, Expr)>,
    },
    /// A prefix operator.
    Unary {
        /// Which.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// An arithmetic or bit operator.
    Binary {
        /// Which.
        op: BinaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// Left.
        lhs: Box<Expr>,
        /// Right.
        rhs: Box<Expr>,
    },
    /// `and`, `or`, `??`
    Logical {
        /// Which.
        op: LogicalOp,
        /// Left.
        lhs: Box<Expr>,
        /// Right.
        rhs: Box<Expr>,
    },
    /// `a < b <= c`: at least one comparison.
    Compare {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Operators with their right operands.
        rest: Vec<(CompareOp, Span, Expr)>,
    },
    /// `then if cond else otherwise`
    If {
        /// The condition.
        cond: Box<Expr>,
        /// Value if it holds.
        then: Box<Expr>,
        /// Value if not.
        otherwise: Box<Expr>,
    },
    /// `f(a, name=b)`
    Call {
        /// What is called.
        callee: Box<Expr>,
        /// Arguments in source order.
        args: Vec<Arg>,
    },
    /// `new Dog(…)`: the operand is the call.
    New(Box<Expr>),
    /// `a[i]`; several comma-separated indices are type arguments.
    Index {
        /// What is indexed.
        object: Box<Expr>,
        /// The index; a tuple expression for several.
        index: Box<Expr>,
    },
    /// `a[i:j:k]`
    Slice {
        /// What is sliced.
        object: Box<Expr>,
        /// `i`
        low: Option<Box<Expr>>,
        /// `j`
        high: Option<Box<Expr>>,
        /// `k`
        step: Option<Box<Expr>>,
    },
    /// `o.f` or `o?.f`
    Field {
        /// The object, module or type.
        object: Box<Expr>,
        /// The field.
        field: Ident,
        /// Whether `?.`.
        optional: bool,
    },
    /// `x!`
    Unwrap(Box<Expr>),
    /// `x as T`
    Cast {
        /// The value.
        value: Box<Expr>,
        /// The type.
        ty: Box<TypeExpr>,
    },
    /// `fn(x: int) -> int: e`
    Lambda {
        /// Parameters.
        params: Vec<Param>,
        /// Result type, if written.
        result: Option<Box<TypeExpr>>,
        /// The value.
        body: Box<Expr>,
    },
    /// A type in expression position that no expression could be: `[int]()` is not one, but
    /// `is {str: int}` has one.
    Type(Box<TypeExpr>),
    /// Reported.
    Error,
}

/// A part of an f-string.
#[derive(Debug)]
pub enum FStringPart {
    /// Literal text.
    Text(Box<[u8]>),
    /// `{expr:spec}`
    Expr {
        /// The value.
        value: Box<Expr>,
        /// For `{expr=}`: the text of the expression up to and including `=`.
        label: Option<Box<str>>,
        /// The format specification; its own parts may hold `{width}` expressions.
        spec: Option<Vec<FStringPart>>,
        /// Where the specification stands, or the end of the expression.
        spec_span: Span,
    },
}

/// An argument of a call.
#[derive(Debug)]
pub struct Arg {
    /// `name=`
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// A comprehension.
#[derive(Debug)]
pub struct Comprehension {
    /// What is built.
    pub element: ComprehensionElement,
    /// `for … in …` and `if …` clauses in order; the first is a `for`.
    pub clauses: Vec<ComprehensionClause>,
}

/// What a comprehension builds.
#[derive(Debug)]
pub enum ComprehensionElement {
    /// `[e …]`
    Array(Expr),
    /// `{e …}`
    Set(Expr),
    /// `{k: v …}`
    Map(Expr, Expr),
}

/// A clause of a comprehension.
#[derive(Debug)]
pub enum ComprehensionClause {
    /// `for target in iter`
    For {
        /// What is bound.
        target: LetTarget,
        /// What is iterated.
        iter: Expr,
    },
    /// `if cond`
    If(Expr),
}

/// Prefix operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `~`
    BitNot,
    /// `+`
    Plus,
    /// `not`
    Not,
}

/// Arithmetic and bit operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Rem,
    /// `**`
    Pow,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `>>>`
    UShr,
}

/// Short-circuit operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogicalOp {
    /// `and`
    And,
    /// `or`
    Or,
    /// `??`
    Coalesce,
}

/// Comparison operators; they chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is` (the right side may be a type or `null`)
    Is,
    /// `is not`
    IsNot,
}
