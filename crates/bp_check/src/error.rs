//! Mistakes that the checker finds, as data. The wording is in `render` only.

use crate::coerce::{Clue, Why};
use crate::hir::{EnumId, FuncId, RecordId};
use crate::infer::args::Callee;
use crate::types::Ty;
use bp_builtins::Builtin;
use bp_builtins::signature::{Signature, Type};
use bp_syntax::ast::{BinaryOp, CompareOp, Ident, UnaryOp};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// What [`Error::Duplicate`] calls a field that a literal gives twice.
pub const FIELD_VALUE: &str = "value of a field";

/// Why a parameter list cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParamProblem {
    /// It stands behind `*args`.
    AfterRest,
    /// It has no default, and stands behind one that has.
    AfterDefault,
    /// It is one more than a foreign function takes.
    TooManyForeign,
}

/// Why a class cannot derive from what it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InheritProblem {
    /// It is no class.
    NoClass(Ty),
    /// It derives from the class itself.
    Cycle(Name),
}

/// Why a method cannot have the signature it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverrideProblem {
    /// The method of the base has another one.
    Signature { declared: Span, found: Ty, wanted: Ty },
    /// One of them takes `self`.
    Static { declared: Span, base_is_static: bool },
    /// It is `__init__`, without `self` or with a result.
    Init,
    /// It is called for an operator, which wants it so.
    Operator(&'static str),
}

/// Why a field may have no value yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unset {
    /// It is read.
    Read,
    /// `self` is given away, or a method called.
    Escape,
    /// `super.__init__` gives `self` away.
    SuperEscape,
    /// `__init__` ends.
    End,
    /// There is no `__init__` that could set it but the base's.
    Inherited,
}

/// The most parameters of a foreign function.
pub const MAX_FOREIGN_PARAMS: usize = 16;

/// What a name stands for that is no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotValue {
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A type.
    Type,
    /// Something generic without its type arguments.
    Generic,
    /// A module.
    Module,
    /// A built-in function, which is no value.
    Builtin,
}

/// Why something cannot be assigned to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotPlace {
    /// It is an expression such as a call.
    Expression,
    /// It is an element of something immutable.
    Element(Ty),
    /// It is a function or type.
    Declaration(Name),
    /// It is the trace of an error.
    Trace,
    /// It is the target of `op=`.
    Augmented,
}

/// What is wrong with the arguments of `range` and its like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RangeProblem {
    /// A float.
    Float,
    /// Their number or names.
    Arguments,
    /// Those of `enumerate`.
    Enumerate,
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatternProblem {
    /// It fits values of another type.
    Type(Ty),
    /// It has this many parts.
    TupleSize(usize),
    /// It binds a name beside `|`.
    BindsInOr(Ident),
    /// No value lies in its range.
    EmptyRange,
}

/// One mistake in the program. `at` is the primary place, `similar` holds near names, nearest first.
#[derive(Clone, PartialEq, Debug)]
pub enum Error {
    /// E0301
    Mismatch { at: Span, found: Ty, wanted: Ty, why: Why, clue: Option<Clue> },
    /// E0301: an argument of a generic built-in.
    BuiltinArgument { at: Span, found: Ty, name: Ident, wanted: &'static Type, signature: &'static Signature },
    /// E0301: `x op= y` where the result is no value for `x`.
    AugmentedResult { at: Span, result: Ty, target: Ty, why: Why },
    /// E0302
    UnknownName { name: Ident, root: FuncId, similar: Vec<String>, member_of: bool },
    /// E0302: assignment to a name without `let`.
    AssignUndeclared { name: Ident, span: Span, similar: Vec<String>, is_field: bool },
    /// E0303
    UnknownMember { name: Ident, ty: Ty, similar: Vec<String>, is_call: bool },
    /// E0303
    UnknownEnumMember { of: EnumId, name: Ident, similar: Vec<String> },
    /// E0303: a method that is mentioned and not called.
    MethodNotCalled { name: Ident },
    /// E0304
    Binary { op: BinaryOp, op_span: Span, left: (Span, Ty), right: (Span, Ty) },
    /// E0304
    Unary { at: Span, op: UnaryOp, ty: Ty, operand: Span },
    /// E0304
    Compare { op: CompareOp, op_span: Span, left: (Span, Ty), right: (Span, Ty) },
    /// E0304: `is` between values without identity.
    Identity { op_span: Span, ty: Ty, negated: bool },
    /// E0304: `in` something that holds nothing.
    NotAContainer { at: Span, ty: Ty },
    /// E0304: `item in container` of other items.
    Membership { at: Span, ty: Ty, container: Span, of: Ty, op_span: Span },
    /// E0305
    NotCallable { at: Span, ty: Ty },
    /// E0306
    TooManyArguments { at: Span, callee: Callee, wanted: usize, given: usize },
    /// E0306
    MissingArguments { at: Span, callee: Callee, missing: Vec<(Name, Ty)> },
    /// E0306: a function value.
    ValueArgumentCount { at: Span, ty: Ty, wanted: usize, given: usize },
    /// E0306: a lambda where a function of another number of parameters is called.
    LambdaCount { at: Span, wanted: usize, given: usize },
    /// E0306: a built-in.
    BuiltinArguments { name: Ident, rows: Box<[Builtin]>, at: Span, is_method: bool },
    /// E0307
    UnknownParameter { name: Ident, callee: Callee, similar: Vec<String> },
    /// E0307
    ArgumentTwice { name: Ident, first: Span },
    /// E0307
    NamedInValueCall { name: Ident },
    /// E0308; `simple` if an operator may be written behind it.
    Condition { at: Span, ty: Ty, simple: bool },
    /// E0309
    NotIterable { at: Span, ty: Ty },
    /// E0309: a tuple of several types.
    MixedTuple { at: Span, ty: Ty },
    /// E0309: `reversed` of something without end.
    NotReversible { at: Span },
    /// E0309
    Range { at: Span, problem: RangeProblem },
    /// E0310
    NotIndexable { at: Span, ty: Ty },
    /// E0310
    NotSliceable { at: Span, ty: Ty },
    /// E0311
    NoValue { at: Span },
    /// E0312: used before anything decided its type.
    Undecided { at: Span, ty: Ty },
    /// E0312: an empty literal that nothing decided.
    UndecidedLiteral { at: Span, origin: crate::vars::Origin },
    /// E0312: `null` whose type nothing decides.
    NullAlone { at: Span },
    /// E0312
    LambdaParam { name: Ident },
    /// E0313
    NotAssignable { at: Span, what: NotPlace },
    /// E0314
    Unpack { at: Span, count: usize, ty: Ty, value: Option<Span> },
    /// E0315
    NotHashable { at: Span, ty: Ty },
    /// E0316
    NotOrdered { at: Span, ty: Ty },
    /// E0317
    Cast { at: Span, from: Ty, to: Ty, whole: Span },
    /// E0320: `value as int`.
    CastAs { at: Span, value: Span, to: Ty },
    /// E0318
    UnknownType { name: Ident, similar: Vec<String> },
    /// E0318: `void` where a value is stored.
    VoidType { at: Span },
    /// E0318: `u8` outside an array.
    StorageType { at: Span, ty: Ty, value: Ty },
    /// E0318
    OptionalType { at: Span, ty: Ty },
    /// E0318: `Name{…}` of what is no struct.
    NotAStruct { name: Ident, similar: Vec<String> },
    /// E0319
    NoOverload { name: Ident, at: Span, rows: Box<[Builtin]>, types: Vec<(Span, Ty)>, is_method: bool },
    /// E0320
    ForeignCall { at: Span, name: Name, instead: &'static str, edit: Option<(Span, &'static str)> },
    /// E0320: `{}` where a set is wanted.
    EmptySet { at: Span },
    /// E0321
    FormatType { at: Span, ty: Ty },
    /// E0321
    FormatSpec { at: Span, text: Box<str>, reason: Box<str> },
    /// E0322
    NotAValue { name: Ident, what: NotValue },
    /// E0322
    TypeAsValue { at: Span },
    /// E0322: `enumerate` outside a `for`.
    OnlyInFor { name: Ident },
    /// E0323
    TupleIndex { at: Span, tuple: Ty, index: Option<i64> },
    /// E0324
    UsedEarly { name: Ident, declared: Span },
    /// E0325
    StaticThroughValue { record: RecordId, name: Ident },
    /// E0325
    InstanceThroughType { record: RecordId, name: Ident, at: Span },
    /// E0326
    UnknownField { record: RecordId, name: Ident, similar: Vec<String> },
    /// E0326: a literal of a class that has an `__init__`.
    LiteralOfInit { at: Span, record: RecordId },
    /// E0326
    MissingFields { record: RecordId, at: Span, missing: Vec<Name> },
    /// E0327
    NeverNull { at: Span, ty: Ty, operator: &'static str },
    /// E0328
    MaybeNull { at: Span, ty: Ty, member: Option<Ident> },
    /// E0603: `export_at` is where the word would stand.
    NotExported { name: Ident, module: Box<str>, declared: Span, export_at: Span },
    /// E0604
    UnknownExport { name: Ident, module: Box<str>, similar: Vec<String> },
    /// E0605: a name in front of a dot.
    NotAModule { name: Ident, is_known: bool },
    /// E0702
    TypeTooLarge { at: Span },
    /// E0401
    Duplicate { name: Ident, first: Span, what: &'static str },
    /// E0402
    RecursiveAlias { name: Ident, at: Span },
    /// E0403
    Main { at: Span },
    /// E0404
    EnumValue { at: Span, name: Name },
    /// E0404
    EnumValueTwice { member: Ident, first: Ident, value: i64 },
    /// E0405
    Parameter { at: Span, name: Name, problem: ParamProblem },
    /// E0406
    ForeignType { at: Span, ty: Ty },
    /// E0405
    LambdaDefault { at: Span },
    /// E0405: `...` as a body.
    AbstractBody { at: Span, is_method: bool },
    /// E0407
    Inherit { at: Span, problem: InheritProblem },
    /// E0408
    Override { name: Ident, at: Span, problem: OverrideProblem },
    /// E0409
    AbstractClass { at: Span, record: RecordId, missing: Vec<Name> },
    /// E0410: `why` says what happens at `at`.
    FieldUnset { at: Span, record: RecordId, field: Name, why: Unset },
    /// E0411
    SuperOutside { at: Span, has_base: bool },
    /// E0329
    NeverIs { at: Span, ty: Ty, class: RecordId, operator: &'static str },
    /// E0322: `new` in front of something else than the call of a class.
    NewWithoutClass { at: Span },
    /// E0330: a type argument that nothing decides.
    OpenArgument { at: Span, name: Name, param: Name },
    /// E0331
    Bound { at: Span, name: Ident, param: Ident, ty: Ty, bound: crate::generic::ParamBound },
    /// E0331: what is written as a bound is none.
    NoBound { at: Span, ty: Ty },
    /// E0332
    TypeArgumentCount { at: Span, name: Ident, wanted: usize, given: usize },
    /// E0332: type arguments for what has no parameters.
    NotGeneric { at: Span, name: Ident },
    /// E0333
    EndlessInstances { at: Span, name: Ident },
    /// E0331: an instance that fails although its pattern did not.
    BadInstance { at: Span, name: Ident },
    /// E0318: an expression where a type argument stands.
    NoType { at: Span },
    /// E0501
    MissingReturn { name: Ident, result: Ty, result_span: Span, forgotten: Option<Span> },
    /// E0502
    OutsideLoop { at: Span, is_break: bool },
    /// E0503
    ReturnOutside { at: Span },
    /// E0504
    ReturnFromVoid { at: Span, ty: Ty, name: Name, declared: Span },
    /// E0504
    ReturnNothing { at: Span, name: Name, result: Ty, declared: Span },
    /// E0505
    NotExhaustive { at: Span, of: EnumId, missing: Vec<Name> },
    /// E0506
    Pattern { at: Span, ty: Ty, problem: PatternProblem },
    /// E0507
    ThrowType { at: Span, ty: Ty },
    /// E0507: `throw ValueError` without a call.
    ThrowClass { name: Ident },
    /// E0507
    NotAnErrorClass { name: Ident, similar: Vec<String> },
    /// E0508
    RethrowOutside { at: Span },
    /// E0509
    ZeroStep { at: Span, what: &'static str },
    /// W0501
    Unreachable { at: Span, cause: Span },
    /// W0502
    UnreachableCase { at: Span, first: Span },
    /// W0502
    UnreachableCatch { at: Span, first: Span },
    /// W0503
    NoEffect { at: Span, equals: Option<Span>, is_function: bool },
}

impl Error {
    /// Whether the program may run all the same.
    pub(crate) fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::UnreachableCase { .. }
                | Self::UnreachableCatch { .. }
                | Self::NoEffect { .. }
        )
    }
}
