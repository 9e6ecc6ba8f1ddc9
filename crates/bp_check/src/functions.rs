//! Bodies of functions and of modules.

use crate::checker::{Body, Checker};
use crate::decl::Source;
use crate::error::Error;
use crate::hir::{self, Arg, Block, Expr, ExprKind, FuncId, LocalId, ModuleId, Stmt, StmtKind};
use crate::narrow::Assigned;
use crate::types::Ty;
use bp_builtins::errors::ErrorClass;
use bp_syntax::ast::{self, Ident, Item, ItemKind};
use bp_syntax::span::Span;
use std::rc::Rc;

impl<'a> Checker<'a> {
    /// Checks a module's top level: its statements and `let`s in order.
    pub fn check_module_body(&mut self, module: ModuleId, items: &'a [Item], span: Span) -> FuncId {
        let id = self.inline_function(self.known.module, span);
        self.decls.functions[id.index()].module = module;
        let mut body = Body::new(id, module, None);
        body.is_module = true;
        body.assigned = Rc::new(Assigned::in_statements(items));
        self.bodies.push(body);
        self.scopes.enter();
        let mut block = Vec::new();
        for (position, item) in (0..).zip(items) {
            if let ItemKind::Stmt(stmt) = &item.kind {
                self.body().item = position;
                self.module_statement(stmt, &mut block);
                let uses = std::mem::take(self.uses());
                self.item_uses.push((module, position, uses));
            }
        }
        self.scopes.leave();
        for global in &mut self.decls.globals {
            global.initialised |= global.module == module;
        }
        self.finish_body(block, Ty::VOID, "<module>".into(), 0, span);
        id
    }

    /// Checks a function whose code stands in a declaration; a nested one was checked where it stands.
    pub fn check_function(&mut self, id: FuncId) {
        if self.done[id.index()].is_some() {
            return;
        }
        let function = &self.decls.functions[id.index()];
        let (source, env, reported) = (function.source, function.env.clone(), function.reported);
        let (before, quiet) = (self.muted_errors, u32::from(!reported));
        self.muted += quiet;
        self.within(env, |checker| checker.check_source(id, source));
        self.muted -= quiet;
        let function = &self.decls.functions[id.index()];
        if self.muted_errors > before && !self.has_errors() && !self.is_pattern(&function.env) {
            let (at, name) = (function.span, Ident { name: function.name, span: function.span });
            self.report(Error::BadInstance { at, name });
        }
    }

    fn check_source(&mut self, id: FuncId, source: Source<'a>) {
        match source {
            Source::Def(source) => drop(self.check_def(id, source)),
            Source::Extern(source) => self.call_extern(id, source),
            Source::Default(value) => self.check_default(id, value),
            Source::Inline => {}
        }
    }

    /// Checks a `def`; answers the variables around it that it captures.
    pub fn check_def(&mut self, id: FuncId, source: &'a ast::Function) -> Vec<LocalId> {
        let function = &self.decls.functions[id.index()];
        let (module, result, params) = (function.module, function.result, function.params.clone());
        let mut body = Body::new(id, module, Some(result));
        body.assigned = Rc::new(Assigned::in_function(source));
        self.bodies.push(body);
        self.scopes.enter();
        for (param, declared) in params.iter().zip(&source.params) {
            let local = self.new_variable(param.name, declared.name.span, param.ty);
            let function = self.depth();
            self.scopes.declare(param.name, local, function);
        }
        let block = match &source.body {
            ast::Body::Block(block) => {
                let (stmts, ends) = self.block_here(block);
                if !ends && result != Ty::VOID && result != Ty::ERROR {
                    self.missing_return(id, source, block, &stmts);
                }
                stmts
            }
            ast::Body::Abstract(_) if self.decls.functions[id.index()].slot.is_some() => {
                vec![self.never_called(source.head)]
            }
            ast::Body::Abstract(at) => {
                self.report(Error::AbstractBody { at: *at, is_method: source_is_method(self, id) });
                Vec::new()
            }
        };
        self.scopes.leave();
        let count = u32::try_from(params.len()).expect("few parameters");
        let name = self.function_name(id);
        let captures = self.current().captures.iter().map(|(outer, _)| *outer).collect();
        self.finish_body(block, result, name, count, source.head);
        captures
    }

    /// The body of an abstract method: no object has it.
    fn never_called(&mut self, span: Span) -> Stmt {
        let class = ErrorClass::ALL.iter().position(|&class| class == ErrorClass::RuntimeError);
        let class = hir::RecordId(class.expect("the class is in the table") as u32);
        let text = Expr { kind: ExprKind::Str(b"an abstract method was called".as_slice().into()), ty: Ty::STR, span };
        let ty = self.types.intern(crate::types::TyKind::Record(class));
        let error = ExprKind::New(class, vec![Arg { param: 0, value: text }]);
        Stmt { kind: StmtKind::Throw(Expr { kind: error, ty, span }), span }
    }

    /// The body of an `extern fn`: a call of the foreign function with the same arguments.
    fn call_extern(&mut self, id: FuncId, source: &'a ast::Extern) {
        let function = &self.decls.functions[id.index()];
        let (module, result, params, span) = (function.module, function.result, function.params.clone(), function.span);
        self.bodies.push(Body::new(id, module, Some(result)));
        let mut args = Vec::with_capacity(params.len());
        for (param, declared) in (0..).zip(params.iter().zip(&source.params)) {
            let (param, (known, declared)) = (param, declared);
            let local = self.new_variable(known.name, declared.name.span, known.ty);
            let value = Expr { kind: ExprKind::Local(local), ty: known.ty, span: declared.name.span };
            args.push(Arg { param, value });
        }
        let number = u32::try_from(self.externs.len()).expect("fewer functions than bytes");
        let (types, outer_result) = self.extern_types(id, source);
        self.externs.push(hir::Extern {
            name: self.text(source.name.name).into(),
            params: types,
            result: outer_result,
            library: source.library.clone(),
            symbol: source.symbol.clone(),
        });
        let call = Expr { kind: ExprKind::CallExtern(number, args), ty: result, span };
        let kind = match result {
            Ty::VOID => hir::StmtKind::Expr(call),
            _ => hir::StmtKind::Return(Some(call)),
        };
        let count = u32::try_from(params.len()).expect("few parameters");
        let name = self.function_name(id);
        self.finish_body(vec![hir::Stmt { kind, span }], result, name, count, span);
    }

    fn missing_return(&mut self, id: FuncId, source: &ast::Function, block: &ast::Block, stmts: &[Stmt]) {
        let function = &self.decls.functions[id.index()];
        let result_span = function.result_span.unwrap_or(source.head);
        let name = Ident { name: function.name, span: function.span };
        // `x + 1` as the last statement of a function was probably meant as its result, `print(x)` not.
        let forgotten = match (block.stmts.last().map(|stmt| &stmt.kind), stmts.last().map(|stmt| &stmt.kind)) {
            (Some(ast::StmtKind::Expr(written)), Some(StmtKind::Expr(value))) => {
                self.fits(value, function.result).then_some(written.span)
            }
            _ => None,
        };
        if matches!((self.errors.last(), forgotten), (Some(Error::NoEffect { at, .. }), Some(value)) if *at == value) {
            self.errors.pop();
        }
        self.report(Error::MissingReturn { name, result: function.result, result_span, forgotten });
    }

    /// The name as tracebacks show it.
    fn function_name(&self, id: FuncId) -> Box<str> {
        let function = &self.decls.functions[id.index()];
        let name = self.text(function.name);
        match function.owner {
            Some(owner) => format!("{}.{name}", self.text(self.decls.records[owner.index()].name)).into(),
            None => name.into(),
        }
    }

    /// Ends the current body: its function is done.
    pub fn finish_body(&mut self, block: Block, result: Ty, name: Box<str>, param_count: u32, span: Span) {
        let body = self.bodies.pop().expect("a body that ends was begun");
        let id = body.function;
        let captures = body.captures.iter().map(|(_, alias)| *alias).collect();
        let locals = self.finish_locals(body.variables);
        let function = &self.decls.functions[id.index()];
        let annotations = match function.source {
            Source::Def(source) => source.annotations.iter().map(|a| self.text(a.name.name).into()).collect(),
            _ => Vec::new(),
        };
        let (exported, doc) = (function.exported, function.doc.map(Into::into));
        self.done[id.index()] = Some(hir::Function {
            name,
            param_count,
            locals,
            result,
            body: block,
            captures,
            exported,
            doc,
            annotations,
            span,
        });
    }
}

fn source_is_method(checker: &Checker<'_>, id: FuncId) -> bool {
    checker.decls.functions[id.index()].owner.is_some()
}
