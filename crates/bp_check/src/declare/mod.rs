//! Declarations: first every name of every module, then what they are.
//!
//! Two passes, so that declarations see each other regardless of order. Bodies come later.

pub(crate) mod builtin;
mod class;
mod foreign;
mod signature;

use crate::checker::Checker;
use crate::decl::{Alias, Declared, Enum, Function, Global, Record, Source, Symbol};
use crate::error::{Error, MAX_FOREIGN_PARAMS, ParamProblem};
use crate::generic::TemplateSource;
use crate::hir::{EnumId, FuncId, GlobalId, ModuleId, RecordId};
use crate::types::{Ty, TyKind};
use bp_builtins::errors::ErrorClass;
use bp_syntax::ast::{self, Ident, Item, ItemKind, LetTarget, StmtKind};
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;

/// What a module's items declared, for the passes that follow.
#[derive(Default)]
pub(crate) struct Collected<'a> {
    functions: Vec<(FuncId, &'a ast::Function)>,
    externs: Vec<(FuncId, &'a ast::Extern)>,
    records: Vec<RecordId>,
    enums: Vec<EnumId>,
    globals: Vec<(GlobalId, &'a ast::TypeExpr)>,
}

impl<'a> Checker<'a> {
    /// Declares the built-in error classes: the first records.
    pub fn declare_error_classes(&mut self, class_names: &[Name]) {
        let trace = self.types.array(Ty::STR);
        let field = |name, ty, default| crate::decl::Param { name, ty, default, rest: false, span: Span::default() };
        let no_message = crate::decl::Default::Constant(crate::decl::Literal::Str([].into()));
        let fields = [
            field(self.known.message, Ty::STR, no_message),
            field(self.known.trace, trace, crate::decl::Default::None),
        ];
        let fields: std::rc::Rc<[_]> = fields.into();
        for (position, &name) in class_names.iter().enumerate() {
            let id = RecordId(u32::try_from(position).expect("the table is short"));
            let base = (ErrorClass::ALL[position] != ErrorClass::Error).then_some(RecordId(0));
            self.decls.records.push(Record {
                name,
                fields: fields.clone(),
                is_class: true,
                base,
                span: Span::default(),
                source: None,
                methods: Vec::new(),
                slots: Vec::new(),
                init: None,
                module: ModuleId(0),
                resolved: crate::decl::Resolved::Done,
                args: [].into(),
                template: None,
                env: self.env.clone(),
            });
            for (number, field) in (0..).zip(fields.iter()) {
                self.decls.members.insert((id, field.name), crate::decl::Member::Field(number));
            }
        }
    }

    /// Declares every name of a module, then resolves what they are.
    pub fn declare_module(&mut self, module: ModuleId, items: &'a [Item]) {
        let mut collected = Collected::default();
        let mut names = FxHashMap::default();
        for (class, record) in (0..).zip(ErrorClass::ALL).map(|(n, class)| (class, RecordId(n))) {
            if let Some(name) = self.names.find(class.name()) {
                names.insert(name, Declared { symbol: Symbol::Record(record), span: Span::default() });
            }
        }
        self.decls.modules.push(names);
        for (position, item) in (0..).zip(items) {
            self.collect(module, position, item, &mut collected);
        }
        self.resolve_declarations(module, collected);
    }

    fn collect(&mut self, module: ModuleId, position: u32, item: &'a Item, collected: &mut Collected<'a>) {
        match &item.kind {
            ItemKind::Function(function) if !function.type_params.is_empty() => {
                let source = TemplateSource::Function(function);
                self.collect_template(module, source, item.doc.as_deref(), "function");
            }
            ItemKind::Function(function) => {
                let doc = item.doc.as_deref();
                let id = self.collect_function(module, None, function, doc, item.export.is_some());
                collected.functions.push((id, function));
                self.name_symbol(module, function.name, Symbol::Function(id), "function");
            }
            ItemKind::Struct(record) => self.collect_record(module, record, item, collected),
            ItemKind::Class(record) => self.collect_record(module, record, item, collected),
            ItemKind::Enum(declared) => {
                let id = EnumId(u32::try_from(self.decls.enums.len()).expect("fewer enums than bytes"));
                let (name, span) = (declared.name.name, declared.name.span);
                self.decls.enums.push(Enum { name, members: Vec::new(), span, source: declared });
                collected.enums.push(id);
                self.name_symbol(module, declared.name, Symbol::Enum(id), "enum");
            }
            ItemKind::TypeAlias(alias) if !alias.type_params.is_empty() => {
                self.collect_template(module, TemplateSource::Alias(alias), item.doc.as_deref(), "type");
            }
            ItemKind::TypeAlias(alias) => {
                let id = u32::try_from(self.decls.aliases.len()).expect("fewer aliases than bytes");
                self.decls.aliases.push(Alias { source: alias, module, ty: None });
                self.name_symbol(module, alias.name, Symbol::Alias(id), "type");
            }
            ItemKind::Stmt(stmt) => {
                if let StmtKind::Let { target, ty, .. } = &stmt.kind {
                    self.collect_globals(module, position, target, ty.as_deref(), collected);
                }
            }
            ItemKind::Extern(declared) => {
                let id = self.collect_extern(module, declared, item.doc.as_deref());
                collected.externs.push((id, declared));
                self.name_symbol(module, declared.name, Symbol::Function(id), "function");
            }
            ItemKind::Import(import) => self.collect_import(module, import),
        }
    }

    /// Declares something generic.
    fn collect_template(
        &mut self,
        module: ModuleId,
        source: TemplateSource<'a>,
        doc: Option<&'a str>,
        what: &'static str,
    ) {
        let id = self.add_template(module, None, source, doc);
        let name = self.generics.template(id).name;
        self.name_symbol(module, name, Symbol::Generic(id), what);
    }

    fn collect_import(&mut self, module: ModuleId, import: &'a ast::Import) {
        for (name, symbol) in self.imported(module, import) {
            let known = self.decls.symbol(module, name.name).map(|declared| declared.symbol);
            // `import a` and `import a.b` make one name.
            if !(matches!(symbol, Symbol::Module(_)) && known == Some(symbol)) {
                self.name_symbol(module, name, symbol, "import");
            }
        }
    }

    /// Gives `name` its meaning in the module, or reports that it has one.
    fn name_symbol(&mut self, module: ModuleId, name: Ident, symbol: Symbol, what: &'static str) {
        if name.name == self.known.underscore {
            return;
        }
        let names = &mut self.decls.modules[module.index()];
        let old = names.insert(name.name, Declared { symbol, span: name.span });
        if let Some(first) = old.filter(|old| !old.span.is_empty()) {
            names.insert(name.name, first);
            self.report(Error::Duplicate { name, first: first.span, what });
        }
    }

    fn collect_function(
        &mut self,
        module: ModuleId,
        owner: Option<RecordId>,
        function: &'a ast::Function,
        doc: Option<&'a str>,
        exported: bool,
    ) -> FuncId {
        let has_self = function.params.first().is_some_and(|param| param.name.name == self.known.self_);
        self.add_function(Function {
            name: function.name.name,
            owner,
            module,
            params: [].into(),
            has_self: has_self && owner.is_some(),
            result: Ty::VOID,
            result_span: function.result.as_ref().map(|ty| ty.span),
            span: function.name.span,
            source: Source::Def(function),
            doc,
            exported: exported || owner.is_none(),
            slot: None,
            env: self.env.clone(),
            reported: self.muted == 0,
            depth: self.instance_depth(),
        })
    }

    /// A function that the embedding program or a library has: as a function that calls it, so that it can be
    /// called and passed on like any other.
    fn collect_extern(&mut self, module: ModuleId, declared: &'a ast::Extern, doc: Option<&'a str>) -> FuncId {
        self.add_function(Function {
            name: declared.name.name,
            owner: None,
            module,
            params: [].into(),
            has_self: false,
            result: Ty::VOID,
            result_span: declared.result.as_ref().map(|ty| ty.span),
            span: declared.name.span,
            source: Source::Extern(declared),
            doc,
            exported: false,
            slot: None,
            env: self.env.clone(),
            reported: self.muted == 0,
            depth: self.instance_depth(),
        })
    }

    /// The number of a `def` inside a function.
    pub fn declare_nested(&mut self, module: ModuleId, source: &'a ast::Function) -> FuncId {
        let id = self.collect_function(module, None, source, None, false);
        self.decls.functions[id.index()].exported = false;
        self.resolve_function(module, id, source);
        id
    }

    fn collect_record(
        &mut self,
        module: ModuleId,
        record: &'a ast::Record,
        item: &'a Item,
        collected: &mut Collected<'a>,
    ) {
        let is_class = matches!(item.kind, ItemKind::Class(_));
        let what = if is_class { "class" } else { "struct" };
        if !record.type_params.is_empty() {
            let source = TemplateSource::Record(record, is_class);
            return self.collect_template(module, source, item.doc.as_deref(), what);
        }
        let id = self.add_record(module, record, is_class);
        collected.records.push(id);
        self.name_symbol(module, record.name, Symbol::Record(id), what);
    }

    fn collect_globals(
        &mut self,
        module: ModuleId,
        item: u32,
        target: &'a LetTarget,
        ty: Option<&'a ast::TypeExpr>,
        collected: &mut Collected<'a>,
    ) {
        match target {
            LetTarget::Name(name) => {
                let id = GlobalId(u32::try_from(self.decls.globals.len()).expect("fewer globals than bytes"));
                let global = Global { name: name.name, ty: None, span: name.span, item, module, initialised: false };
                self.decls.globals.push(global);
                if let Some(ty) = ty {
                    collected.globals.push((id, ty));
                }
                self.name_symbol(module, *name, Symbol::Global(id), "variable");
            }
            LetTarget::Tuple(targets, _) => {
                for target in targets {
                    self.collect_globals(module, item, target, None, collected);
                }
            }
        }
    }

    fn resolve_declarations(&mut self, module: ModuleId, collected: Collected<'a>) {
        for &id in &collected.enums {
            self.resolve_enum(id);
        }
        for &id in &collected.records {
            self.resolve_record(id);
        }
        for (id, source) in collected.functions {
            self.resolve_function(module, id, source);
        }
        for (id, source) in collected.externs {
            self.resolve_head(module, id, &source.params, source.result.as_ref());
            if let Some(param) = source.params.get(MAX_FOREIGN_PARAMS) {
                let (at, name) = (param.span, param.name.name);
                self.report(Error::Parameter { at, name, problem: ParamProblem::TooManyForeign });
            }
        }
        for (id, ty) in collected.globals {
            let ty = self.resolve_value_type(module, ty);
            self.decls.globals[id.index()].ty = Some(ty);
        }
        let aliases = 0..u32::try_from(self.decls.aliases.len()).expect("fewer aliases than bytes");
        for alias in aliases {
            self.resolve_alias(alias, None);
        }
        self.make_patterns();
        if let Some(Declared { symbol: Symbol::Function(main), .. }) = self.decls.symbol(module, self.known.main) {
            self.check_main(main);
        }
    }

    /// `main` takes nothing or one `[str]`, and gives `int` or nothing.
    fn check_main(&mut self, main: FuncId) {
        let function = &self.decls.functions[main.index()];
        let strings = self.types.intern(TyKind::Array(Ty::STR));
        let params_fit = match &*function.params {
            [] => true,
            [only] => only.ty == strings || only.ty == Ty::ERROR,
            _ => false,
        };
        let result_fits = matches!(function.result, Ty::INT | Ty::VOID | Ty::ERROR);
        if !params_fit || !result_fits {
            let at = match function.result_span {
                Some(result) if params_fit => result,
                _ => function.span,
            };
            self.report(Error::Main { at });
        }
    }
}
