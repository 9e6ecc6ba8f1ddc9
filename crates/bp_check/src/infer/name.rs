//! Names in expressions: variables, functions, and what is none of them.

use super::make;
use crate::checker::Checker;
use crate::decl::Symbol;
use crate::error::{Error, NotValue};
use crate::hir::{Convert, Expr, ExprKind, FuncId, GlobalId, LocalId};
use crate::narrow::Tracked;
use crate::scope::Found;
use crate::types::{Ty, TyKind};
use bp_builtins::{Builtin, signature};
use bp_syntax::ast::Ident;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl<'a> Checker<'a> {
    /// A name as a value.
    pub(super) fn name(&mut self, name: Name, span: Span, want: Option<Ty>) -> Expr {
        if let Some(found) = self.scopes.get(name) {
            return self.local(found, span);
        }
        let symbol = self.symbol(name);
        if self.is_callable_only(symbol, name)
            && let Some(value) = self.callable_value(name, span, want)
        {
            return value;
        }
        match symbol {
            Some(symbol) => self.symbol_value(symbol, Ident { name, span }, span),
            None => self.builtin_name(name, span),
        }
    }

    /// What `name`, at the end of the path at `span`, stands for, as a value.
    pub(super) fn symbol_value(&mut self, symbol: Symbol, name: Ident, span: Span) -> Expr {
        let Ident { name, span: at } = name;
        match symbol {
            Symbol::Global(id) => self.global(id, span),
            Symbol::Function(id) => self.function_value(id, span),
            Symbol::Record(_) => self.not_a_value(name, at, NotValue::Struct),
            Symbol::Enum(_) => self.not_a_value(name, at, NotValue::Enum),
            Symbol::Alias(_) => self.not_a_value(name, at, NotValue::Type),
            Symbol::Generic(_) => self.not_a_value(name, at, NotValue::Generic),
            Symbol::Module(_) => self.not_a_value(name, at, NotValue::Module),
            Symbol::Reported => Self::erroneous(span),
        }
    }

    fn not_a_value(&mut self, name: Name, at: Span, what: NotValue) -> Expr {
        self.fail(at, Error::NotAValue { name: Ident { name, span: at }, what })
    }

    fn builtin_name(&mut self, name: Name, span: Span) -> Expr {
        if let Some(&builtin) = self.free_builtins(name).first() {
            let signature = signature::signature(builtin);
            if signature.is_constant {
                let ty = self.plain_signature_type(&signature.result);
                return make(ExprKind::CallBuiltin { builtin, args: [].into(), type_args: [].into() }, ty, span);
            }
            return self.not_a_value(name, span, NotValue::Builtin);
        }
        if self.plain_type(name).is_some() {
            return self.not_a_value(name, span, NotValue::Type);
        }
        self.unknown_name(Ident { name, span })
    }

    /// Reports a name that means nothing, once per function.
    pub fn unknown_name(&mut self, name: Ident) -> Expr {
        let function = self.current().function;
        if !self.unknown.insert((function, name.name)) {
            return Self::erroneous(name.span);
        }
        let member_of = self.is_member_of_self(name.name);
        let similar = match self.modules_ending_in(name.name) {
            _ if member_of => Vec::new(),
            Some(path) => vec![path.to_owned()],
            None => self.similar_names(name.name),
        };
        let root = self.bodies[0].function;
        self.fail(name.span, Error::UnknownName { name, root, similar, member_of })
    }

    /// The built-ins with a free name.
    pub fn free_builtins(&mut self, name: Name) -> &'static [Builtin] {
        let text = self.names.text(name);
        self.free_builtins.entry(name).or_insert_with(|| signature::free(text))
    }

    /// The built-ins with a method name.
    pub fn method_builtins(&mut self, name: Name) -> &'static [Builtin] {
        let text = self.names.text(name);
        self.method_builtins.entry(name).or_insert_with(|| signature::methods(text))
    }

    fn local(&mut self, found: Found, span: Span) -> Expr {
        if let Some(function) = self.nested_function(found) {
            return self.function_value(function, span);
        }
        let id = self.capture(self.depth(), found);
        self.read(Tracked::Local(id), span)
    }

    /// The nested function that a name in scope stands for.
    pub fn nested_function(&self, found: Found) -> Option<FuncId> {
        self.bodies[found.function as usize].variables[found.local.index()].function
    }

    /// The variable as seen from the function `level`: itself, or the alias of its cell.
    pub fn capture(&mut self, level: u32, found: Found) -> LocalId {
        if level == found.function {
            return found.local;
        }
        let outer = self.capture(level - 1, found);
        let source = &mut self.bodies[level as usize - 1].variables[outer.index()];
        source.captured = true;
        let (name, span, ty, closure, proven) = (source.name, source.span, source.ty, source.closure, source.narrowed);
        if let Some(alias) = self.alias_of(level, outer) {
            return alias;
        }
        let narrowed = if self.keeps_proof(level, found, name) { proven } else { ty };
        let body = &mut self.bodies[level as usize];
        let alias = LocalId(u32::try_from(body.variables.len()).expect("fewer variables than bytes"));
        let (captured, function) = (true, None);
        body.variables.push(crate::checker::Variable { name, span, ty, narrowed, captured, function, closure });
        body.captures.push((outer, alias));
        alias
    }

    fn alias_of(&self, level: u32, outer: LocalId) -> Option<LocalId> {
        let mut captures = self.bodies[level as usize].captures.iter();
        captures.find(|(captured, _)| *captured == outer).map(|(_, alias)| *alias)
    }

    /// Whether what is proven of a variable where the function `level` stands holds in it, too: nothing assigns the
    /// variable, and the function, a lambda, is made there and not before.
    fn keeps_proof(&self, level: u32, found: Found, name: Name) -> bool {
        let assigned = &self.bodies[found.function as usize].assigned;
        self.bodies[level as usize].is_lambda && !assigned.anywhere.contains(&name)
    }

    /// Reads a variable of the current function or a global, as what narrowing has proven.
    pub fn read(&mut self, variable: Tracked, span: Span) -> Expr {
        let (ty, narrowed) = (self.declared(variable), self.narrowed(variable));
        let kind = match variable {
            Tracked::Local(id) => ExprKind::Local(id),
            Tracked::Global(id) => ExprKind::Global(id),
        };
        let value = make(kind, ty, span);
        if narrowed == ty {
            return value;
        }
        if matches!(self.types.kind(narrowed), TyKind::Optional(_)) {
            return make(ExprKind::Convert(Convert::ToOptional, Box::new(value)), narrowed, span);
        }
        let (value, ty) = match *self.types.kind(ty) {
            TyKind::Optional(inner) => {
                (make(ExprKind::Convert(Convert::FromOptional, Box::new(value)), inner, span), inner)
            }
            _ => (value, ty),
        };
        if narrowed == ty {
            return value;
        }
        make(ExprKind::Convert(Convert::Narrowed, Box::new(value)), narrowed, span)
    }

    fn global(&mut self, id: GlobalId, span: Span) -> Expr {
        let global = &self.decls.globals[id.index()];
        let (name, declared, initialised, ty) = (global.name, global.span, global.initialised, global.ty);
        if self.current().is_module && !initialised {
            return self.fail(span, Error::UsedEarly { name: Ident { name, span }, declared });
        }
        let Some(ty) = ty else {
            return self.fail(span, Error::UsedEarly { name: Ident { name, span }, declared });
        };
        if ty == Ty::ERROR {
            return Self::erroneous(span);
        }
        self.uses().globals.push(id);
        self.expect_narrowing(ty);
        self.read(Tracked::Global(id), span)
    }

    pub(super) fn function_value(&mut self, id: FuncId, span: Span) -> Expr {
        self.uses().functions.push(id);
        let function = &self.decls.functions[id.index()];
        let params: Vec<Ty> = function.params.iter().map(|param| param.ty).collect();
        if function.result == Ty::ERROR || params.contains(&Ty::ERROR) {
            return Self::erroneous(span);
        }
        let ty = self.types.function(&params, function.result);
        make(ExprKind::Function(id), ty, span)
    }
}
