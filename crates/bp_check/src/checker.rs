//! The state of one check, and what every part of it uses: variables, errors, small builders.

use crate::coerce::Why;
use crate::decl::{Decls, Symbol};
use crate::error::Error;
use crate::generic::{Env, Generics};
use crate::hir::{self, Expr, ExprKind, FuncId, GlobalId, LocalId, ModuleId};
use crate::known::Known;
use crate::narrow::{Assigned, Narrowing};
use crate::scope::Scopes;
use crate::types::{Ty, TyKind, Types};
use crate::vars::{Origin, Vars};
use bp_builtins::Builtin;
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::{Name, Names};
use bp_syntax::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use typed_arena::Arena;

/// The checker. `'a` is the life of the syntax trees.
pub(crate) struct Checker<'a> {
    pub names: &'a Names,
    pub known: Known,
    pub types: Types,
    pub vars: Vars,
    pub decls: Decls<'a>,
    pub scopes: Scopes,
    /// The functions being checked: the last one is current, the others enclose it.
    pub bodies: Vec<Body>,
    pub errors: Vec<Error>,
    /// Names that skipped text may have declared.
    pub lost_names: FxHashSet<Name>,
    /// Whether the parser may have dropped statements.
    pub lost_statements: bool,
    /// Whether statements may stand in another block than was meant.
    pub lost_layout: bool,
    /// Whether errors were left out that only follow from such losses.
    pub has_echoes: bool,
    /// Checked functions by [`FuncId`].
    pub done: Vec<Option<hir::Function>>,
    /// What the type parameters in scope stand for.
    pub env: Env,
    /// Generic declarations.
    pub generics: Generics<'a>,
    /// Above zero while reports are counted only.
    pub muted: u32,
    /// Reports that were counted.
    pub muted_errors: usize,
    /// What the program's `extern fn`s declare.
    pub externs: Vec<hir::Extern>,
    /// The functions that are declared in functions, each with the outermost one around it.
    pub nested_names: Vec<(FuncId, Ident)>,
    /// Syntax that the checker has made itself.
    pub made: &'a Arena<ast::Expr>,
    /// The top-level items of each module.
    pub items: Vec<&'a [ast::Item]>,
    /// Names that are assigned in each module, as far as they were asked for.
    pub assigned_in_modules: FxHashMap<ModuleId, Rc<Assigned>>,
    /// What each top-level statement uses, in the order in which they run.
    pub item_uses: Vec<(ModuleId, u32, Uses)>,
    /// What each function uses, by [`FuncId`]: for the order of globals.
    pub uses: Vec<Uses>,
    /// The built-ins of each free name met so far.
    pub free_builtins: FxHashMap<Name, &'static [Builtin]>,
    /// The built-ins of each method name met so far.
    pub method_builtins: FxHashMap<Name, &'static [Builtin]>,
    /// Names reported as unknown, per function: each is reported once.
    pub unknown: FxHashSet<(FuncId, Name)>,
    /// Suggestions looked for so far: bounded, since each scans every name.
    pub searches: std::cell::Cell<u32>,
}

/// What a function uses of the module.
#[derive(Default, Debug)]
pub(crate) struct Uses {
    /// Globals it reads.
    pub globals: Vec<GlobalId>,
    /// Functions it calls or mentions.
    pub functions: Vec<FuncId>,
}

/// A variable while its function is checked.
#[derive(Debug)]
pub(crate) struct Variable {
    pub name: Name,
    pub span: Span,
    /// Its declared or inferred type.
    pub ty: Ty,
    /// What narrowing has proven at this point; equals `ty` otherwise.
    pub narrowed: Ty,
    pub captured: bool,
    /// The nested function that the name stands for: it is no variable then.
    pub function: Option<FuncId>,
    /// The nested function that it holds, which captures: calls by this name know its parameters' names.
    pub closure: Option<FuncId>,
}

/// A loop around the current statement.
#[derive(Default, Debug)]
pub(crate) struct Loop {
    pub has_break: bool,
}

/// The function being checked.
#[derive(Debug)]
pub(crate) struct Body {
    pub function: FuncId,
    pub module: ModuleId,
    pub variables: Vec<Variable>,
    pub loops: Vec<Loop>,
    /// Number of `catch` blocks around the current statement.
    pub catches: u32,
    /// The result type; `None` for the body of a module and for expressions.
    pub result: Option<Ty>,
    /// Whether this is the top level of a module.
    pub is_module: bool,
    /// The top-level item being checked, in a module body.
    pub item: u32,
    /// Captured outer variables with their local aliases.
    pub captures: Vec<(LocalId, LocalId)>,
    /// Whether a variable of an optional or class type was declared: without one there is nothing to narrow.
    pub has_optionals: bool,
    /// The changes of what is proven, so that they can be undone.
    pub narrowings: Vec<Narrowing>,
    /// What narrowing has proven of globals at this point, where it is more than their type.
    pub narrowed_globals: FxHashMap<GlobalId, Ty>,
    /// Names that are assigned in the function's text.
    pub assigned: Rc<Assigned>,
    /// Whether this is a lambda, which is made where it stands.
    pub is_lambda: bool,
}

impl Body {
    pub fn new(function: FuncId, module: ModuleId, result: Option<Ty>) -> Self {
        Self {
            function,
            module,
            variables: Vec::new(),
            loops: Vec::new(),
            catches: 0,
            result,
            is_module: false,
            item: 0,
            captures: Vec::new(),
            has_optionals: false,
            narrowings: Vec::new(),
            narrowed_globals: FxHashMap::default(),
            assigned: Rc::default(),
            is_lambda: false,
        }
    }
}

impl<'a> Checker<'a> {
    pub fn body(&mut self) -> &mut Body {
        self.bodies.last_mut().expect("statements and expressions stand in a body")
    }

    pub fn current(&self) -> &Body {
        self.bodies.last().expect("statements and expressions stand in a body")
    }

    pub fn module(&self) -> ModuleId {
        self.current().module
    }

    pub fn uses(&mut self) -> &mut Uses {
        let function = self.current().function;
        &mut self.uses[function.index()]
    }

    pub fn text(&self, name: Name) -> &'a str {
        self.names.text(name)
    }

    pub fn report(&mut self, error: Error) {
        if self.is_echo(&error) {
            self.has_echoes = true;
            return;
        }
        if self.muted > 0 {
            self.muted_errors += usize::from(!error.is_warning());
            return;
        }
        self.errors.push(error);
    }

    /// Whether anything was reported that keeps the program from running.
    pub fn has_errors(&self) -> bool {
        self.errors.iter().any(|error| !error.is_warning())
    }

    /// Whether the error only follows from text that the parser did not understand.
    fn is_echo(&self, error: &Error) -> bool {
        use Error as E;
        let is_lost = |name: &Ident| self.lost_names.contains(&name.name);
        match error {
            E::MissingReturn { .. } | E::ReturnOutside { .. } | E::OutsideLoop { .. } | E::RethrowOutside { .. } => {
                self.lost_statements
            }
            E::NotExhaustive { .. } | E::Unreachable { .. } | E::UndecidedLiteral { .. } => self.lost_statements,
            E::UnknownName { name, .. } | E::AssignUndeclared { name, .. } | E::NotAValue { name, .. } => {
                self.lost_layout || is_lost(name)
            }
            E::UnknownType { name, .. }
            | E::NotAStruct { name, .. }
            | E::UnknownMember { name, .. }
            | E::UnknownEnumMember { name, .. }
            | E::UnknownField { name, .. }
            | E::UnknownExport { name, .. }
            | E::NotAModule { name, .. }
            | E::UnknownParameter { name, .. } => is_lost(name),
            E::MissingFields { missing, .. } => missing.iter().any(|name| self.lost_names.contains(name)),
            E::Duplicate { name, .. } => self.lost_layout || is_lost(name),
            _ => false,
        }
    }

    /// Reports, and gives the expression that silences what would follow.
    pub fn fail(&mut self, span: Span, error: Error) -> Expr {
        self.report(error);
        Self::erroneous(span)
    }

    pub fn erroneous(span: Span) -> Expr {
        Expr { kind: ExprKind::Null, ty: Ty::ERROR, span }
    }

    /// The type as known now: a solved variable at the top replaced.
    pub fn shallow(&self, ty: Ty) -> Ty {
        if !self.types.is_open(ty) {
            return ty;
        }
        let ty = self.vars.shallow(&self.types, ty);
        match self.types.kind(ty) {
            TyKind::Apply(number, args) => self.known_instance(*number, args).unwrap_or(ty),
            _ => ty,
        }
    }

    /// The instance with these arguments, if all are inferred and it was made.
    fn known_instance(&self, number: u32, args: &[Ty]) -> Option<Ty> {
        let args: Vec<Ty> = args.iter().map(|&arg| self.shallow(arg)).collect();
        self.types.known_instance(number, &args)
    }

    /// What the type is, as known now.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        self.types.kind(self.shallow(ty))
    }

    pub fn unify(&mut self, a: Ty, b: Ty) -> bool {
        self.vars.unify(&mut self.types, a, b)
    }

    pub fn fresh(&mut self, span: Span, origin: Origin) -> Ty {
        self.vars.fresh(&mut self.types, span, origin)
    }

    /// The type of the values of an array element type: `u8` and `i32` read as `int`.
    pub fn widened(&self, ty: Ty) -> Ty {
        match self.shallow(ty) {
            Ty::U8 | Ty::I32 => Ty::INT,
            Ty::F32 => Ty::FLOAT,
            other => other,
        }
    }

    /// What `name` stands for at module level.
    pub fn symbol(&self, name: Name) -> Option<Symbol> {
        self.decls.symbol(self.module(), name).map(|declared| declared.symbol)
    }

    /// Makes a variable of the current function without giving it a name in scope.
    pub fn new_variable(&mut self, name: Name, span: Span, ty: Ty) -> LocalId {
        self.expect_narrowing(ty);
        let variables = &mut self.body().variables;
        let id = LocalId(u32::try_from(variables.len()).expect("fewer variables than bytes"));
        variables.push(Variable { name, span, ty, narrowed: ty, captured: false, function: None, closure: None });
        id
    }

    /// Makes a variable without a name.
    pub fn temporary(&mut self, span: Span, ty: Ty) -> LocalId {
        self.new_variable(self.known.empty, span, ty)
    }

    /// Declares a variable in the innermost block; reports a second one of that name there.
    pub fn declare(&mut self, ident: Ident, ty: Ty) -> LocalId {
        let id = self.new_variable(ident.name, ident.span, ty);
        if ident.name == self.known.underscore {
            return id;
        }
        if let Some(first) = self.scopes.in_block(ident.name) {
            let first = self.current().variables[first.index()].span;
            self.report(Error::Duplicate { name: ident, first, what: "variable" });
        }
        let function = self.depth();
        self.scopes.declare(ident.name, id, function);
        id
    }

    /// How many functions enclose the current one.
    pub fn depth(&self) -> u32 {
        u32::try_from(self.bodies.len() - 1).expect("nesting is bounded by the parser")
    }

    pub fn variable(&self, id: LocalId) -> &Variable {
        &self.current().variables[id.index()]
    }

    /// The end of a function: its variables as HIR.
    pub fn finish_locals(&mut self, variables: Vec<Variable>) -> Vec<hir::Local> {
        let names = self.names;
        let local =
            |v: Variable| hir::Local { name: names.text(v.name).into(), ty: v.ty, captured: v.captured, span: v.span };
        variables.into_iter().map(local).collect()
    }

    /// Reserves the number of a function that is checked where it stands.
    pub fn inline_function(&mut self, name: Name, span: Span) -> FuncId {
        let module = self.bodies.last().map_or(ModuleId(0), |body| body.module);
        self.add_function(crate::decl::Function {
            name,
            owner: None,
            module,
            params: [].into(),
            has_self: false,
            result: Ty::VOID,
            result_span: None,
            span,
            source: crate::decl::Source::Inline,
            doc: None,
            exported: false,
            slot: None,
            env: self.env.clone(),
            reported: self.muted == 0,
            depth: self.instance_depth(),
        })
    }

    pub fn add_function(&mut self, function: crate::decl::Function<'a>) -> FuncId {
        let id = FuncId(u32::try_from(self.decls.functions.len()).expect("fewer functions than bytes"));
        self.decls.functions.push(function);
        self.done.push(None);
        self.uses.push(Uses::default());
        id
    }

    /// `expr` as a bool; what is none gets the report that fits what it is.
    pub fn condition(&mut self, expr: &'a ast::Expr) -> Expr {
        let value = self.expr(expr, Some(Ty::BOOL));
        if self.shallow(value.ty) != Ty::BOOL && value.ty != Ty::ERROR && value.ty != Ty::VOID {
            // A variable that is tested was declared as what the test is meant for.
            let ty = self.as_declared(value).ty;
            let simple = !matches!(
                expr.kind,
                ast::ExprKind::If { .. }
                    | ast::ExprKind::Logical { .. }
                    | ast::ExprKind::Compare { .. }
                    | ast::ExprKind::Lambda { .. }
            );
            return self.fail(expr.span, Error::Condition { at: expr.span, ty, simple });
        }
        self.coerce_or_report(value, Ty::BOOL, Why::Condition)
    }
}
