//! Calls: what is called decides.

use super::make;
use crate::checker::Checker;
use crate::decl::{Member, Symbol};
use crate::error::{Error, NotValue};
use crate::generic::TemplateSource;
use crate::hir::{Arg, Binding, Expr, ExprKind, FuncId, RecordId, Stmt, StmtKind};
use crate::infer::args::Callee;
use crate::infer::method::IndexedField;
use crate::narrow::Tracked;
use crate::scope::Found;
use crate::types::{Ty, TyKind};
use bp_syntax::ast::{self, Ident};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// A call as written.
#[derive(Clone, Copy)]
pub(crate) struct CallSite<'a> {
    pub args: &'a [ast::Arg],
    /// The whole call.
    pub span: Span,
    /// The type that the context would like.
    pub want: Option<Ty>,
}

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, callee: &'a ast::Expr, args: &'a [ast::Arg], span: Span, want: Option<Ty>) -> Expr {
        let site = CallSite { args, span, want };
        match &callee.kind {
            ast::ExprKind::Name(name) if self.scopes.get(*name).is_none() => {
                self.call_name(Ident { name: *name, span: callee.span }, site)
            }
            ast::ExprKind::Name(name)
                if let Some(func) = self.scopes.get(*name).and_then(|f| self.nested_function(f)) =>
            {
                self.call_function(func, None, site)
            }
            ast::ExprKind::Name(name) if let Some((found, func)) = self.nested_closure(*name) => {
                self.call_closure(found, func, callee.span, site)
            }
            ast::ExprKind::Field { object, field, optional } => self.call_member(object, *field, *optional, site),
            ast::ExprKind::Index { .. } if let Some((id, index)) = self.written_template(callee) => {
                self.call_written(id, index, callee.span, site)
            }
            ast::ExprKind::Index { object: method, index }
                if let ast::ExprKind::Field { object, field, optional } = &method.kind =>
            {
                self.call_indexed_field(
                    IndexedField { object, field: *field, index, optional: *optional, whole: callee },
                    site,
                )
            }
            _ => {
                let function = self.expr(callee, None);
                self.call_value(function, site)
            }
        }
    }

    fn call_name(&mut self, name: Ident, site: CallSite<'a>) -> Expr {
        match self.symbol(name.name) {
            Some(symbol) => self.call_symbol(symbol, name, site),
            None => self.call_predeclared(name, site),
        }
    }

    /// A call of what `name` stands for in this module or in another.
    fn call_symbol(&mut self, symbol: Symbol, name: Ident, site: CallSite<'a>) -> Expr {
        match symbol {
            Symbol::Function(func) => self.call_function(func, None, site),
            Symbol::Record(record) => self.construct(record, site),
            Symbol::Global(_) => {
                let function = self.symbol_value(symbol, name, name.span);
                self.call_value(function, site)
            }
            Symbol::Alias(alias) => match self.decls.aliases[alias as usize].ty.map(|ty| self.types.kind(ty)) {
                Some(&TyKind::Record(record)) => self.construct(record, site),
                _ => self.cannot_call(name, NotValue::Type, site),
            },
            Symbol::Generic(id) => match self.generics.template(id).source {
                TemplateSource::Alias(_) => self.cannot_call(name, NotValue::Generic, site),
                _ => self.call_template(id, None, site),
            },
            Symbol::Enum(_) => self.cannot_call(name, NotValue::Enum, site),
            Symbol::Module(_) => self.cannot_call(name, NotValue::Module, site),
            Symbol::Reported => {
                self.arguments_of_error(site.args);
                Self::erroneous(site.span)
            }
        }
    }

    /// A call of what is not declared in the program: casts, built-ins, and mistakes.
    fn call_predeclared(&mut self, name: Ident, site: CallSite<'a>) -> Expr {
        let target = self.plain_type(name.name);
        if let Some(ty @ (Ty::INT | Ty::FLOAT | Ty::BOOL)) = target
            && let [ast::Arg { name: None, value }] = site.args
        {
            return self.cast(ty, value, site.span);
        }
        let builtins = self.free_builtins(name.name);
        if !builtins.is_empty() {
            return self.call_builtin(name, builtins, None, site);
        }
        if target.is_some() {
            return self.cannot_call(name, NotValue::Type, site);
        }
        self.arguments_of_error(site.args);
        if name.name == self.known.range
            || name.name == self.known.enumerate
            || name.name == self.known.zip
            || name.name == self.known.reversed
        {
            return self.fail(site.span, Error::OnlyInFor { name });
        }
        if let Some(error) = self.foreign_call(name, site) {
            return self.fail(site.span, error);
        }
        self.unknown_name(name)
    }

    fn cannot_call(&mut self, name: Ident, what: NotValue, site: CallSite<'a>) -> Expr {
        self.arguments_of_error(site.args);
        self.fail(site.span, Error::NotAValue { name, what })
    }

    /// Checks arguments whose call means nothing, for the mistakes in them.
    pub(super) fn arguments_of_error(&mut self, args: &'a [ast::Arg]) {
        for arg in args {
            if !self.waits(&arg.value) {
                self.expr_or_void(&arg.value, None);
            }
        }
    }

    /// A call of a declared function; `receiver` is the value of `self`.
    pub(super) fn call_function(&mut self, func: FuncId, receiver: Option<Expr>, site: CallSite<'a>) -> Expr {
        self.uses().functions.push(func);
        let function = &self.decls.functions[func.index()];
        let (params, result) = (function.params.clone(), function.result);
        let callee = Callee { name: function.name, declared: function.span, is_record: false };
        if result == Ty::ERROR {
            // Its head was reported: what it takes is as uncertain as what it gives.
            self.arguments_of_error(site.args);
            return Self::erroneous(site.span);
        }
        let has_receiver = receiver.is_some();
        let mut args = Vec::with_capacity(params.len());
        args.extend(receiver.map(|value| Arg { param: 0, value }));
        self.arguments(callee, &params, usize::from(has_receiver), site, &mut args);
        make(ExprKind::Call(func, args), result, site.span)
    }

    /// The nested function that a variable of that name holds for sure: nobody has assigned another one, for a
    /// declaration is not assignable.
    fn nested_closure(&self, name: Name) -> Option<(Found, FuncId)> {
        let found = self.scopes.get(name)?;
        let func = self.bodies[found.function as usize].variables[found.local.index()].closure?;
        Some((found, func))
    }

    /// A call of a nested function that captures, by its name.
    fn call_closure(&mut self, found: Found, func: FuncId, at: Span, site: CallSite<'a>) -> Expr {
        let local = self.capture(self.depth(), found);
        let function = self.read(Tracked::Local(local), at);
        let call = self.call_function(func, None, site);
        match call.kind {
            ExprKind::Call(_, args) => self.call_with(function, args, call.ty, site.span),
            _ => call,
        }
    }

    /// A call of a function value with the arguments that its declaration has for each parameter.
    fn call_with(&mut self, function: Expr, args: Vec<Arg>, ty: Ty, span: Span) -> Expr {
        if args.iter().map(|arg| arg.param).is_sorted() {
            let args = args.into_iter().map(|arg| arg.value).collect();
            return make(ExprKind::CallValue(Box::new(function), args), ty, span);
        }
        // Named arguments out of order: evaluated in theirs, passed in that of the parameters.
        let mut stmts = Vec::with_capacity(args.len());
        let mut values: Vec<(u32, Expr)> = Vec::with_capacity(args.len());
        for arg in args {
            let (at, ty) = (arg.value.span, arg.value.ty);
            let local = self.temporary(at, ty);
            stmts.push(Stmt { kind: StmtKind::Let(Binding::Local(local), arg.value), span: at });
            values.push((arg.param, make(ExprKind::Local(local), ty, at)));
        }
        values.sort_by_key(|(param, _)| *param);
        let args = values.into_iter().map(|(_, value)| value).collect();
        let call = make(ExprKind::CallValue(Box::new(function), args), ty, span);
        make(ExprKind::Block(stmts, Box::new(call)), ty, span)
    }

    /// `o.f(…)`: a static method, a method, a function in a field, or a built-in method.
    fn call_member(&mut self, object: &'a ast::Expr, field: Ident, optional: bool, site: CallSite<'a>) -> Expr {
        if let Some(namespace) = self.namespace_of(object).filter(|_| !optional) {
            let symbol = self.exported(namespace, field);
            return self.call_symbol(symbol, field, site);
        }
        if matches!(object.kind, ast::ExprKind::Super) {
            return self.call_super(object.span, field, site);
        }
        if let Some(symbol) = self.type_prefix(object) {
            return self.call_of_type(symbol, object, field, site);
        }
        if let Some((id, index)) = self.written_template(object)
            && !matches!(self.generics.template(id).source, TemplateSource::Function(_))
        {
            let args = self.written_arguments(id, index);
            let record = args.and_then(|args| self.record_instance(id, args, object.span));
            let symbol = record.map_or(Symbol::Reported, Symbol::Record);
            return self.call_of_type(symbol, object, field, site);
        }
        if let Some(id) = self.template_prefix(object)
            && let Some(call) = self.call_static_of_template(id, field, site)
        {
            return call;
        }
        let value = self.expr(object, None);
        if optional {
            return self.optional_access(value, site.span, |checker, inner| checker.call_on(inner, field, site));
        }
        self.call_on(value, field, site)
    }

    fn call_of_type(&mut self, symbol: Symbol, object: &'a ast::Expr, field: Ident, site: CallSite<'a>) -> Expr {
        let record = match symbol {
            Symbol::Record(record) => record,
            Symbol::Enum(of) => {
                self.arguments_of_error(site.args);
                let is_member = self.decls.enum_members.contains_key(&(of, field.name));
                let error = match is_member {
                    true => {
                        Error::NotCallable { at: object.span.to(field.span), ty: self.types.intern(TyKind::Enum(of)) }
                    }
                    false => Error::UnknownEnumMember { of, name: field, similar: vec![] },
                };
                return self.fail(site.span, error);
            }
            _ => {
                self.arguments_of_error(site.args);
                return Self::erroneous(site.span);
            }
        };
        match self.decls.members.get(&(record, field.name)).copied() {
            Some(Member::Static(func)) => self.call_function(func, None, site),
            Some(Member::Generic(template)) if !self.takes_self(template) => self.call_template(template, None, site),
            Some(_) => {
                self.arguments_of_error(site.args);
                self.fail(site.span, Error::InstanceThroughType { record, name: field, at: object.span })
            }
            None => {
                self.arguments_of_error(site.args);
                let members = self.member_names(record);
                let similar = self.similar(field.name, members.into_iter());
                let ty = self.types.intern(TyKind::Record(record));
                self.fail(site.span, Error::UnknownMember { name: field, ty, similar, is_call: true })
            }
        }
    }

    fn call_on(&mut self, value: Expr, field: Ident, site: CallSite<'a>) -> Expr {
        let record = match (self.record_of_type(value.ty), self.kind(value.ty)) {
            (Some(record), _) => record,
            (None, TyKind::Error) => {
                self.arguments_of_error(site.args);
                return value;
            }
            _ => return self.call_method(value, field, site),
        };
        match self.decls.members.get(&(record, field.name)).copied() {
            Some(Member::Method(func)) => self.call_method_with(func, value, site),
            Some(Member::Field(number)) => {
                let ty = self.decls.records[record.index()].fields[number as usize].ty;
                let function = make(ExprKind::Field(Box::new(value), number), ty, site.span);
                self.call_value(function, site)
            }
            Some(Member::Generic(template)) if self.takes_self(template) => {
                self.call_template(template, Some(value), site)
            }
            Some(Member::Static(_) | Member::Generic(_)) => {
                self.arguments_of_error(site.args);
                self.fail(site.span, Error::StaticThroughValue { record, name: field })
            }
            None if !self.method_builtins(field.name).is_empty() => self.call_method(value, field, site),
            None => self.unknown_method(value.ty, record, field, site),
        }
    }

    /// Reports a method that the record does not have.
    pub(super) fn unknown_method(&mut self, ty: Ty, record: RecordId, field: Ident, site: CallSite<'a>) -> Expr {
        self.arguments_of_error(site.args);
        let members = self.member_names(record);
        let similar = self.similar(field.name, members.into_iter());
        self.fail(site.span, Error::UnknownMember { name: field, ty, similar, is_call: true })
    }

    /// A call of a method on a value that is checked already.
    pub(crate) fn call_method_on(&mut self, value: Expr, field: Ident, args: &'a [ast::Arg], span: Span) -> Expr {
        self.call_on(value, field, CallSite { args, span, want: None })
    }

    /// Whether an expression names a type: what follows its dot is no method of a value.
    pub(crate) fn names_type(&self, object: &ast::Expr) -> bool {
        self.type_prefix(object).is_some() || self.namespace_of(object).is_some()
    }

    /// A built-in method, chosen by the receiver's type.
    fn call_method(&mut self, value: Expr, field: Ident, site: CallSite<'a>) -> Expr {
        let fitting = self.fitting_methods(field.name, &value);
        if !fitting.is_empty() {
            return self.call_builtin(field, &fitting, Some(value), site);
        }
        self.arguments_of_error(site.args);
        let ty = value.ty;
        let error = match self.kind(ty) {
            TyKind::Optional(_) => Error::MaybeNull { at: value.span, ty, member: Some(field) },
            TyKind::Var(_) => Error::Undecided { at: value.span, ty },
            _ => {
                let similar = self.similar_methods(field.name, &value);
                Error::UnknownMember { name: field, ty, similar, is_call: true }
            }
        };
        self.fail(site.span, error)
    }

    /// A call of a function value.
    pub(super) fn call_value(&mut self, function: Expr, site: CallSite<'a>) -> Expr {
        let (params, result) = match self.kind(function.ty).clone() {
            TyKind::Function(params, result) => (params, result),
            TyKind::Error => {
                self.arguments_of_error(site.args);
                return Self::erroneous(site.span);
            }
            TyKind::Record(record) if let Some(func) = self.method_of(record, self.known.call) => {
                return self.call_method_with(func, function, site);
            }
            _ => {
                self.arguments_of_error(site.args);
                let (at, ty) = (function.span, function.ty);
                return self.fail(site.span, Error::NotCallable { at, ty });
            }
        };
        let mut args = Vec::with_capacity(params.len());
        for (position, arg) in site.args.iter().enumerate() {
            if let Some(name) = arg.name {
                self.report(Error::NamedInValueCall { name });
            }
            match params.get(position) {
                Some(&ty) => args.push(self.expr_as(&arg.value, ty, crate::coerce::Why::Value)),
                None => drop(self.expr(&arg.value, None)),
            }
        }
        if site.args.len() != params.len() {
            let (wanted, given) = (params.len(), site.args.len());
            self.report(Error::ValueArgumentCount { at: site.span, ty: function.ty, wanted, given });
        }
        if result == Ty::ERROR {
            return Self::erroneous(site.span);
        }
        make(ExprKind::CallValue(Box::new(function), args), result, site.span)
    }

    /// Calls that other languages have, with what this one has instead.
    fn foreign_call(&mut self, name: Ident, site: CallSite<'a>) -> Option<Error> {
        let empty = site.args.is_empty();
        let (instead, edit) = match self.text(name.name) {
            "dict" if empty => ("an empty map is `{}`", Some("{}")),
            "dict" => ("a map is written `{key: value}`", None),
            "list" if empty => ("an empty array is `[]`", Some("[]")),
            "list" => ("an array is written `[a, b]`; `.copy()` copies one", None),
            "tuple" => ("a tuple is written `(a, b)`", None),
            "isinstance" => {
                ("the type of a value is known before the program runs; `x is Class` tests for a class", None)
            }
            "type" => ("`typeof(x)` is the text of a type", None),
            "println" | "printf" | "puts" | "echo" => ("the function is `print`", Some("print")),
            "int_to_str" | "bool_to_str" | "to_string" | "String" | "string" | "itoa" => {
                ("the text of any value is `str(x)`", Some("str"))
            }
            "str_to_int" | "parseInt" | "atoi" | "to_int" | "Int" | "Integer" => {
                ("`int(x)` makes an int of it", Some("int"))
            }
            "parseFloat" | "atof" | "to_float" | "Float" | "double" => {
                ("`float(x)` makes a float of it", Some("float"))
            }
            "open" => ("`read_file(path)` and `write_file(path, text)` do it in one go", None),
            "super" => ("`super.method(…)` calls the superclass", None),
            _ => return None,
        };
        let is_name = edit.is_some_and(|edit| edit.starts_with(char::is_alphabetic));
        let span = if is_name { name.span } else { site.span };
        Some(Error::ForeignCall { at: name.span, name: name.name, instead, edit: edit.map(|text| (span, text)) })
    }

    /// Names of built-ins whose receiver fits, for calls and suggestions.
    pub(super) fn fitting_methods(&mut self, name: Name, value: &Expr) -> Vec<bp_builtins::Builtin> {
        let all = self.method_builtins(name);
        all.iter().copied().filter(|&builtin| self.takes_receiver(builtin, value)).collect()
    }
}
