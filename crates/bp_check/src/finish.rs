//! The run of a check from first to last: declarations, bodies, inference's end, the program.

use crate::checker::{Checker, Uses};
use crate::decl::{Declared, Symbol};
use crate::error::Error;
use crate::hir::{self, FuncId, ModuleId, RecordId};
use crate::known::Known;
use crate::types::{Ty, TyKind, Types};
use crate::vars::{Origin, Vars};
use crate::zonk::Zonk;
use crate::{ParsedModule, render};
use bp_builtins::classes::BuiltinClass;
use bp_builtins::errors::ErrorClass;
use bp_syntax::ast;
use bp_syntax::diagnostic::{Diagnostic, Severity};
use bp_syntax::name::{Name, Names};
use rustc_hash::{FxHashMap, FxHashSet};

/// Length in bytes from which on the text of a type is cut.
const MAX_TYPE_TEXT: usize = 120;

/// See [`crate::check`].
pub(crate) fn check(modules: &[ParsedModule<'_>], names: &mut Names) -> (Option<hir::Program>, Vec<Diagnostic>) {
    let known = Known::new(names);
    let class_names: Vec<Name> = ErrorClass::ALL.iter().map(|class| names.intern(class.name())).collect();
    let builtin_names: Vec<Name> = BuiltinClass::ALL.iter().map(|class| names.intern(class.name())).collect();
    let fields = BuiltinClass::ALL.iter().flat_map(|class| class.fields());
    let field_names: Vec<Name> = fields.map(|(name, _)| names.intern(name)).collect();
    let made = typed_arena::Arena::new();
    let mut checker = Checker::new(names, known, &made);
    for lost in modules.iter().map(|module| &module.ast.lost) {
        checker.lost_names.extend(&lost.names);
        checker.lost_statements |= lost.statements;
        checker.lost_layout |= lost.layout;
    }
    checker.declare_error_classes(&class_names);
    checker.declare_builtin_classes(&builtin_names, &field_names);
    checker.items = modules.iter().map(|module| module.ast.items.as_slice()).collect();
    for (id, module) in (0..).map(ModuleId).zip(modules) {
        checker.begin_imports(module.imports);
        checker.declare_module(id, &module.ast.items);
        checker.declare_exports(&module.ast.items);
    }
    let mut module_bodies = Vec::with_capacity(modules.len());
    for (id, module) in (0..).map(ModuleId).zip(modules) {
        module_bodies.push(checker.check_module_body(id, &module.ast.items, module.ast.span));
    }
    let mut next = 0;
    while next < checker.decls.functions.len() {
        checker.check_function(FuncId(u32::try_from(next).expect("fewer functions than bytes")));
        next += 1;
    }
    checker.check_initialisation();
    checker.settle_inference();
    let diagnostics = render::render(&checker);
    let failed = checker.has_echoes || diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let program = (!failed).then(|| checker.into_program(module_bodies));
    (program, diagnostics)
}

impl<'a> Checker<'a> {
    fn new(names: &'a Names, known: Known, made: &'a typed_arena::Arena<ast::Expr>) -> Self {
        Self {
            names,
            known,
            types: Types::new(),
            vars: Vars::default(),
            decls: crate::decl::Decls::default(),
            scopes: crate::scope::Scopes::default(),
            bodies: Vec::new(),
            errors: Vec::new(),
            lost_names: FxHashSet::default(),
            lost_statements: false,
            lost_layout: false,
            has_echoes: false,
            done: Vec::new(),
            env: std::rc::Rc::new([]),
            generics: crate::generic::Generics::default(),
            muted: 0,
            muted_errors: 0,
            externs: Vec::new(),
            nested_names: Vec::new(),
            made,
            items: Vec::new(),
            assigned_in_modules: FxHashMap::default(),
            item_uses: Vec::<(ModuleId, u32, Uses)>::new(),
            uses: Vec::new(),
            free_builtins: FxHashMap::default(),
            method_builtins: FxHashMap::default(),
            unknown: FxHashSet::default(),
            searches: std::cell::Cell::new(0),
        }
    }

    /// Reports literals whose type nothing decided, or decided to be no key.
    fn settle_inference(&mut self) {
        let vars: Vec<_> = self.vars.all().collect();
        let had_errors = self.has_errors() || self.has_echoes;
        let mut reported = FxHashSet::default();
        for (at, origin, solution) in vars {
            match solution {
                // After another mistake the use that decides may be the one that failed.
                None if had_errors || !reported.insert(at) => {}
                None => self.report(Error::UndecidedLiteral { at, origin }),
                Some(ty) if origin == Origin::MapKey && !self.is_hashable(ty) => {
                    self.report(Error::NotHashable { at, ty });
                }
                Some(_) => {}
            }
        }
    }

    fn into_program(mut self, module_bodies: Vec<FuncId>) -> hir::Program {
        let main_module = ModuleId(u32::try_from(self.decls.modules.len() - 1).expect("few modules"));
        let main = match self.decls.symbol(main_module, self.known.main) {
            Some(Declared { symbol: Symbol::Function(id), .. }) => Some(id),
            _ => None,
        };
        let globals = self.finish_globals();
        let records = self.finish_records();
        let enums = self.finish_enums();
        let mut functions: Vec<hir::Function> = Vec::with_capacity(self.done.len());
        for (number, declared) in self.decls.functions.iter().enumerate() {
            let function = self.done[number].take().expect("every declared function was checked");
            functions.push(if self.is_pattern(&declared.env) { never_called(function) } else { function });
        }
        if !self.vars.is_empty() {
            let mut zonk = Zonk { types: &mut self.types, vars: &self.vars };
            functions.iter_mut().for_each(|function| zonk.function(function));
        }
        let externs = self.externs;
        hir::Program { types: self.types, functions, records, enums, globals, externs, module_bodies, main }
    }

    fn finish_records(&mut self) -> Vec<hir::Record> {
        let mut records = Vec::with_capacity(self.decls.records.len());
        for (id, declared) in (0..).map(RecordId).zip(&self.decls.records) {
            let field =
                |field: &crate::decl::Param| hir::Field { name: self.names.text(field.name).into(), ty: field.ty };
            records.push(hir::Record {
                name: self.names.text(declared.name).into(),
                is_class: declared.is_class,
                // A pattern instance has no objects: no call has to reckon with it.
                base: declared.base.filter(|_| !self.is_pattern(&declared.env)),
                fields: declared.fields.iter().map(field).collect(),
                vtable: declared.slots.clone(),
                to_str: self.method_of(id, self.known.to_str),
                equals: self.method_of(id, self.known.equals),
                less: self.method_of(id, self.known.less),
                span: declared.span,
            });
        }
        records
    }

    fn finish_enums(&mut self) -> Vec<hir::Enum> {
        let member = |(name, value, _): &(Name, i64, _)| (self.names.text(*name).into(), *value);
        let declared = self.decls.enums.iter();
        declared
            .map(|declared| hir::Enum {
                name: self.names.text(declared.name).into(),
                members: declared.members.iter().map(member).collect(),
                span: declared.span,
            })
            .collect()
    }

    /// The text of a type as programs write it.
    pub fn type_text(&self, ty: Ty) -> String {
        let mut text = String::new();
        self.write_type(ty, &mut text);
        text
    }

    fn write_type(&self, ty: Ty, text: &mut String) {
        if text.len() > MAX_TYPE_TEXT {
            if !text.ends_with('…') {
                text.push('…');
            }
            return;
        }
        match self.kind(ty) {
            TyKind::Error | TyKind::Var(_) => text.push('_'),
            TyKind::Param(number) => text.push_str(self.text(self.generics.params[*number as usize].name)),
            TyKind::Never => text.push_str("never"),
            TyKind::Void => text.push_str("void"),
            TyKind::Null => text.push_str("null"),
            TyKind::Int => text.push_str("int"),
            TyKind::Float => text.push_str("float"),
            TyKind::Bool => text.push_str("bool"),
            TyKind::Str => text.push_str("str"),
            TyKind::Ptr => text.push_str("ptr"),
            TyKind::U8 => text.push_str("u8"),
            TyKind::I32 => text.push_str("i32"),
            TyKind::F32 => text.push_str("f32"),
            TyKind::Array(element) => self.write_types("[", &[*element], "]", text),
            TyKind::Set(element) => self.write_types("{", &[*element], "}", text),
            TyKind::Map(key, value) => {
                self.write_types("{", &[*key], ": ", text);
                self.write_types("", &[*value], "}", text);
            }
            TyKind::Tuple(members) => self.write_types("(", members, if members.len() == 1 { ",)" } else { ")" }, text),
            TyKind::Record(id) => {
                let declared = &self.decls.records[id.index()];
                if declared.args.is_empty() {
                    self.write_home(declared.name, Symbol::Record(*id), text);
                }
                text.push_str(self.record_name(*id));
                if !declared.args.is_empty() {
                    self.write_types("[", &declared.args, "]", text);
                }
            }
            TyKind::Apply(number, args) => {
                text.push_str(self.text(self.generics.name(*number)));
                self.write_types("[", args, "]", text);
            }
            TyKind::Enum(id) => {
                let name = self.decls.enums[id.index()].name;
                self.write_home(name, Symbol::Enum(*id), text);
                text.push_str(self.text(name));
            }
            TyKind::Function(params, result) => {
                self.write_types("fn(", params, ")", text);
                if *result != Ty::VOID {
                    self.write_types(" -> ", &[*result], "", text);
                }
            }
            TyKind::Optional(inner) if matches!(self.kind(*inner), TyKind::Function(..)) => {
                self.write_types("(", &[*inner], ")?", text);
            }
            TyKind::Optional(inner) => self.write_types("", &[*inner], "?", text),
        }
    }

    /// The module in front of a type's name, where the name alone could mean another one.
    fn write_home(&self, name: Name, symbol: Symbol, text: &mut String) {
        if let Some(module) = self.home_of(name, symbol) {
            text.push_str(module);
            text.push('.');
        }
    }

    fn write_types(&self, open: &str, types: &[Ty], close: &str, text: &mut String) {
        text.push_str(open);
        for (position, &ty) in types.iter().enumerate() {
            if position > 0 {
                text.push_str(", ");
            }
            self.write_type(ty, text);
        }
        text.push_str(close);
    }

    /// The name of a record.
    pub fn record_name(&self, id: RecordId) -> &'a str {
        self.text(self.decls.records[id.index()].name)
    }
}

/// What is left of a function whose type parameters stand for themselves: its number.
fn never_called(function: hir::Function) -> hir::Function {
    hir::Function {
        param_count: 0,
        locals: Vec::new(),
        result: Ty::VOID,
        body: Vec::new(),
        captures: Vec::new(),
        exported: false,
        ..function
    }
}
