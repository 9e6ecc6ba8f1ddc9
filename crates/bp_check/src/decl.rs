//! What the program declares, with resolved types: the tables that bodies are checked against.

use crate::generic::{Env, TemplateId};
use crate::hir::{EnumId, FuncId, GlobalId, ModuleId, RecordId};
use crate::module::{Modules, NamespaceId};
use crate::types::Ty;
use bp_syntax::ast;
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What a module-level name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Symbol {
    /// A function.
    Function(FuncId),
    /// A struct or class, built-in error classes included.
    Record(RecordId),
    /// An enum.
    Enum(EnumId),
    /// A global variable.
    Global(GlobalId),
    /// A type alias: position in [`Decls::aliases`].
    Alias(u32),
    /// A generic function, struct, class or alias.
    Generic(TemplateId),
    /// An imported module.
    Module(NamespaceId),
    /// Something that was reported; silences its uses.
    Reported,
}

/// A symbol with the place of its name.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// What it is.
    pub symbol: Symbol,
    /// Its name in the text.
    pub span: Span,
}

/// A constant that is copied to where it is needed.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// An int, or an enum member.
    Int(i64),
    /// A float.
    Float(f64),
    /// A bool.
    Bool(bool),
    /// A string.
    Str(Box<[u8]>),
    /// `null`
    Null,
}

/// The value of a parameter or field that a call leaves out.
#[derive(Clone, PartialEq, Debug)]
pub enum Default {
    /// There is none: the call must give one.
    None,
    /// A constant.
    Constant(Literal),
    /// There is one, which the instance of the generic declaration will tell.
    Omitted,
    /// A hidden function without parameters, called each time.
    Thunk(FuncId),
}

/// A parameter of a function, or a field as a parameter of its struct.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its type; of `*args: T` the array's.
    pub ty: Ty,
    /// Its default.
    pub default: Default,
    /// Whether `*args`.
    pub rest: bool,
    /// The declaration.
    pub span: Span,
}

/// Where a function's code comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A `def`.
    Def(&'a ast::Function),
    /// An `extern fn`: its body is the call of what it declares.
    Extern(&'a ast::Extern),
    /// The default value of a parameter or field.
    Default(&'a ast::Expr),
    /// A module's top level, or a lambda: checked where it stands.
    Inline,
}

/// A declared function.
#[derive(Debug)]
pub struct Function<'a> {
    /// Its name; the record's comes in front for methods.
    pub name: Name,
    /// The record it belongs to.
    pub owner: Option<RecordId>,
    /// The module whose names it sees.
    pub module: ModuleId,
    /// Parameters, `self` included.
    pub params: Rc<[Param]>,
    /// Whether the first parameter is `self`.
    pub has_self: bool,
    /// Result type.
    pub result: Ty,
    /// Where the result type is written.
    pub result_span: Option<Span>,
    /// The name, or the default expression.
    pub span: Span,
    /// The code.
    pub source: Source<'a>,
    /// Doc comment.
    pub doc: Option<&'a str>,
    /// Whether exported or otherwise reachable by name.
    pub exported: bool,
    /// The slot of a virtual method.
    pub slot: Option<u32>,
    /// What type parameters stand for in it.
    pub env: Env,
    /// Whether mistakes in it are reported: not in instances of a generic declaration.
    pub reported: bool,
    /// How many instances asked for each other until this one was made.
    pub depth: u32,
}

impl Function<'_> {
    /// Whether it is a method without a body.
    pub fn is_abstract(&self) -> bool {
        matches!(self.source, Source::Def(source) if matches!(source.body, ast::Body::Abstract(_)))
    }
}

/// How far a declaration is resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// Not at all.
    Not,
    /// It is being resolved.
    Active,
    /// Completely.
    Done,
}

/// A declared struct or class, or a built-in error class.
#[derive(Debug)]
pub struct Record<'a> {
    /// Its name.
    pub name: Name,
    /// Its fields.
    pub fields: Rc<[Param]>,
    /// Whether a class; built-in error classes are.
    pub is_class: bool,
    /// The superclass.
    pub base: Option<RecordId>,
    /// Its name in the text; empty for built-in classes.
    pub span: Span,
    /// The declaration; none for built-in classes.
    pub source: Option<&'a ast::Record>,
    /// Methods, inherited ones first; of those that are overridden the last.
    pub methods: Vec<FuncId>,
    /// Virtual methods by slot.
    pub slots: Vec<FuncId>,
    /// `__init__`, its own or inherited.
    pub init: Option<FuncId>,
    /// The module whose names it sees.
    pub module: ModuleId,
    /// How far it is resolved.
    pub resolved: Resolved,
    /// The type arguments of an instance of a generic struct or class.
    pub args: Box<[Ty]>,
    /// The generic declaration of an instance.
    pub template: Option<TemplateId>,
    /// What type parameters stand for in it.
    pub env: Env,
}

/// A declared enum.
#[derive(Debug)]
pub struct Enum<'a> {
    /// Its name.
    pub name: Name,
    /// Members with their values and places.
    pub members: Vec<(Name, i64, Span)>,
    /// Its name in the text.
    pub span: Span,
    /// The declaration.
    pub source: &'a ast::Enum,
}

/// A declared global.
#[derive(Debug)]
pub struct Global {
    /// Its name.
    pub name: Name,
    /// Its type, once the annotation or the `let` has given it.
    pub ty: Option<Ty>,
    /// Its name in the text.
    pub span: Span,
    /// The top-level item that initialises it.
    pub item: u32,
    /// The module it belongs to.
    pub module: ModuleId,
    /// Whether the checker has passed its `let`.
    pub initialised: bool,
}

/// A declared type alias.
#[derive(Debug)]
pub struct Alias<'a> {
    /// The declaration.
    pub source: &'a ast::TypeAlias,
    /// The module whose names it sees.
    pub module: ModuleId,
    /// Its type: `None` before, [`Ty::NEVER`] while it is being resolved.
    pub ty: Option<Ty>,
}

/// What a name behind a record's dot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Member {
    /// Field number.
    Field(u32),
    /// A method.
    Method(FuncId),
    /// A method without `self`.
    Static(FuncId),
    /// A generic method; it is never virtual.
    Generic(TemplateId),
}

/// All declarations.
#[derive(Default, Debug)]
pub struct Decls<'a> {
    /// Functions by [`FuncId`].
    pub functions: Vec<Function<'a>>,
    /// Records by [`RecordId`].
    pub records: Vec<Record<'a>>,
    /// Enums by [`EnumId`].
    pub enums: Vec<Enum<'a>>,
    /// Globals by [`GlobalId`].
    pub globals: Vec<Global>,
    /// Type aliases.
    pub aliases: Vec<Alias<'a>>,
    /// Module-level names, per module.
    pub modules: Vec<FxHashMap<Name, Declared>>,
    /// What modules see of each other.
    pub imports: Modules,
    /// Fields and methods of records.
    pub members: FxHashMap<(RecordId, Name), Member>,
    /// Methods that directly override a method.
    pub overriders: FxHashMap<FuncId, Vec<FuncId>>,
    /// Positions of enum members.
    pub enum_members: FxHashMap<(EnumId, Name), u32>,
}

impl Decls<'_> {
    /// What `name` stands for at the top level of `module`.
    pub fn symbol(&self, module: ModuleId, name: Name) -> Option<Declared> {
        self.modules[module.index()].get(&name).copied()
    }
}
