//! Modules as names: what `import` makes visible, and where a path through them leads.
//!
//! Modules stand in the order in which they run, so a module's declarations are complete when
//! another one imports it. `import a.b` makes the name `a` a namespace with `b` in it, as in Python;
//! `import a` beside it adds the module's own names.
//!
//! Invariant: only exported names are reached through a namespace. What is not gets a report, once
//! per place, and then stands for [`Symbol::Reported`].
//!
//! Absence: no files. Which module an `import` means is known before the check.

use crate::checker::Checker;
use crate::decl::{Declared, Symbol};
use crate::error::Error;
use crate::hir::ModuleId;
use bp_syntax::ast::{self, Ident, Item, ItemKind, LetTarget, StmtKind};
use bp_syntax::name::Name;
use bp_syntax::span::Span;
use rustc_hash::FxHashMap;

/// The most dots of a path through modules. Every part of a chain `a.b.c…` is looked at as a path, so that
/// this bounds the work.
const MAX_PATH: usize = 64;

/// A name that has others behind its dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamespaceId(u32);

/// What stands behind the dot of a name.
#[derive(Default, Debug)]
struct Namespace {
    /// As imports write it: `geometry`, `a.b`.
    path: Box<str>,
    /// The module whose exported names it has; none for `a` if only `a.b` is imported.
    module: Option<ModuleId>,
    /// The modules below it that are imported here.
    children: FxHashMap<Name, NamespaceId>,
}

/// How a module-level name can be seen from other modules.
#[derive(Clone, Copy, Debug)]
enum Visibility {
    Exported,
    /// The empty place where `export` would stand.
    Hidden(Span),
}

/// What the modules of a program have to do with each other.
#[derive(Default, Debug)]
pub struct Modules {
    namespaces: Vec<Namespace>,
    /// The names that each module declares.
    visible: Vec<FxHashMap<Name, Visibility>>,
    /// What the imports of the module being declared lead to, last one first.
    pending: Vec<Option<ModuleId>>,
}

/// Why a namespace does not have a name.
#[derive(Clone, Copy, Debug)]
enum Missing {
    Unknown,
    Hidden { declared: Span, export_at: Span },
}

impl Modules {
    fn namespace(&self, id: NamespaceId) -> &Namespace {
        &self.namespaces[id.0 as usize]
    }

    fn add(&mut self, path: &str, module: Option<ModuleId>) -> NamespaceId {
        let id = NamespaceId(u32::try_from(self.namespaces.len()).expect("fewer imports than bytes"));
        self.namespaces.push(Namespace { path: path.into(), module, children: FxHashMap::default() });
        id
    }

    /// The namespace `name` within another one, made on first use.
    fn child(&mut self, parent: NamespaceId, name: Name, text: &str) -> NamespaceId {
        if let Some(&child) = self.namespace(parent).children.get(&name) {
            return child;
        }
        let path = format!("{}.{text}", self.namespace(parent).path);
        let child = self.add(&path, None);
        self.namespaces[parent.0 as usize].children.insert(name, child);
        child
    }
}

impl<'a> Checker<'a> {
    /// Prepares for a module whose imports lead to `targets`, in the order of the text.
    pub fn begin_imports(&mut self, targets: &[Option<ModuleId>]) {
        self.decls.imports.pending = targets.iter().rev().copied().collect();
    }

    /// The names of an `import`, with what they stand for.
    pub(crate) fn imported(&mut self, module: ModuleId, import: &'a ast::Import) -> Vec<(Ident, Symbol)> {
        let target = self.decls.imports.pending.pop().flatten();
        let path: Vec<&str> = import.path.iter().map(|part| self.text(part.name)).collect();
        let path = path.join(".");
        if target.is_none() {
            // Whoever looked for the module has reported it.
            self.has_echoes = true;
        }
        if let Some(names) = &import.names {
            let Some(target) = target else { return names.iter().map(|name| (*name, Symbol::Reported)).collect() };
            let from = self.decls.imports.add(&path, Some(target));
            return names.iter().map(|&name| (name, self.exported(from, name))).collect();
        }
        let name = match (import.alias, import.path.as_slice()) {
            (Some(name), _) | (None, &[name]) => name,
            (None, [first, rest @ ..]) => return vec![(*first, self.dotted_import(module, *first, rest, target))],
            (None, []) => return Vec::new(),
        };
        let Some(target) = target else { return vec![(name, Symbol::Reported)] };
        let inside = self.namespace_to_join(module, name, Some(target));
        vec![(name, Symbol::Module(inside.unwrap_or_else(|| self.decls.imports.add(&path, Some(target)))))]
    }

    /// `import a.b`: the namespace `a`, with `b` in it.
    fn dotted_import(&mut self, module: ModuleId, first: Ident, rest: &[Ident], target: Option<ModuleId>) -> Symbol {
        let Some(target) = target else { return Symbol::Reported };
        let root = self.namespace_to_join(module, first, None);
        let names = self.names;
        let imports = &mut self.decls.imports;
        let root = root.unwrap_or_else(|| imports.add(names.text(first.name), None));
        let last = rest.iter().fold(root, |parent, part| imports.child(parent, part.name, names.text(part.name)));
        imports.namespaces[last.0 as usize].module = Some(target);
        Symbol::Module(root)
    }

    /// The namespace that `name` is already and that another import adds to: `import a` and
    /// `import a.b` make one name. None if the name is new, or stands for something else.
    fn namespace_to_join(&mut self, module: ModuleId, name: Ident, own: Option<ModuleId>) -> Option<NamespaceId> {
        let Some(Declared { symbol: Symbol::Module(id), .. }) = self.decls.symbol(module, name.name) else {
            return None;
        };
        let known = &mut self.decls.imports.namespaces[id.0 as usize];
        match (known.module, own) {
            (None, Some(own)) => known.module = Some(own),
            (Some(_), Some(_)) => return None,
            (_, None) => {}
        }
        Some(id)
    }

    /// Notes which names of a module others may see; its declarations come first.
    pub fn declare_exports(&mut self, items: &'a [Item]) {
        let mut visible = FxHashMap::default();
        for item in items {
            let visibility = match item.export {
                Some(_) => Visibility::Exported,
                None => Visibility::Hidden(export_place(item).before()),
            };
            declared_names(item, &mut |name| {
                visible.entry(name).or_insert(visibility);
            });
        }
        self.decls.imports.visible.push(visible);
    }

    /// What `name` in a namespace stands for.
    fn find_member(&self, id: NamespaceId, name: Name) -> Result<Symbol, Missing> {
        let namespace = self.decls.imports.namespace(id);
        if let Some(&child) = namespace.children.get(&name) {
            return Ok(Symbol::Module(child));
        }
        let Some(module) = namespace.module else { return Err(Missing::Unknown) };
        let declared = self.decls.symbol(module, name);
        match (declared, self.decls.imports.visible[module.index()].get(&name)) {
            (Some(Declared { symbol: Symbol::Reported, .. }), _) => Ok(Symbol::Reported),
            (Some(declared), Some(Visibility::Exported)) => Ok(declared.symbol),
            (Some(Declared { span, .. }), Some(&Visibility::Hidden(export_at))) => {
                Err(Missing::Hidden { declared: span, export_at })
            }
            _ => Err(Missing::Unknown),
        }
    }

    /// What `name` in a namespace stands for; reports a name that it does not have.
    pub fn exported(&mut self, id: NamespaceId, name: Ident) -> Symbol {
        let missing = match self.find_member(id, name.name) {
            Ok(symbol) => return symbol,
            Err(missing) => missing,
        };
        let module = self.decls.imports.namespace(id).path.clone();
        let error = match missing {
            Missing::Hidden { declared, export_at } => Error::NotExported { name, module, declared, export_at },
            Missing::Unknown => {
                let names = self.exported_names(id);
                let similar = self.similar(name.name, names.into_iter());
                Error::UnknownExport { name, module, similar }
            }
        };
        self.report(error);
        Symbol::Reported
    }

    /// The names behind the dot of a namespace.
    fn exported_names(&self, id: NamespaceId) -> Vec<Name> {
        let namespace = self.decls.imports.namespace(id);
        let visible = namespace.module.map(|module| &self.decls.imports.visible[module.index()]);
        let exported = visible.into_iter().flatten().filter(|(_, how)| matches!(how, Visibility::Exported));
        exported.map(|(name, _)| *name).chain(namespace.children.keys().copied()).collect()
    }

    /// What a written path names at the top level of `module`; none if it is one name without
    /// meaning. A longer path that leads nowhere is reported.
    pub fn resolve_path(&mut self, module: ModuleId, path: &[Ident]) -> Option<Symbol> {
        let (first, rest) = path.split_first()?;
        let mut symbol = self.decls.symbol(module, first.name).map(|declared| declared.symbol);
        let mut before = *first;
        for &name in rest {
            symbol = Some(match symbol {
                Some(Symbol::Module(id)) => self.exported(id, name),
                Some(Symbol::Reported) => Symbol::Reported,
                other => {
                    self.report(Error::NotAModule { name: before, is_known: other.is_some() });
                    Symbol::Reported
                }
            });
            before = name;
        }
        symbol
    }

    /// The namespace that an expression names, if it names one.
    pub fn namespace_of(&self, expr: &ast::Expr) -> Option<NamespaceId> {
        match self.quiet_path(expr)? {
            Symbol::Module(id) => Some(id),
            _ => None,
        }
    }

    /// What an expression names, if it is a declared name or a path through modules to one. A path
    /// that leads nowhere is none: whoever then takes it for a value gets the report.
    pub fn quiet_path(&self, expr: &ast::Expr) -> Option<Symbol> {
        let mut parts = Vec::new();
        let mut at = expr;
        let mut symbol = loop {
            match &at.kind {
                ast::ExprKind::Name(name) if self.scopes.get(*name).is_none() => break self.symbol(*name)?,
                ast::ExprKind::Field { object, field, optional: false } if parts.len() < MAX_PATH => {
                    parts.push(field.name);
                    at = object;
                }
                _ => return None,
            }
        };
        while let Some(part) = parts.pop() {
            let Symbol::Module(id) = symbol else { return None };
            symbol = self.find_member(id, part).ok()?;
        }
        Some(symbol)
    }

    /// Like [`quiet_path`](Self::quiet_path), with a report if a module does not have the name.
    pub fn path_symbol(&mut self, expr: &ast::Expr) -> Option<Symbol> {
        if let ast::ExprKind::Field { object, field, optional: false } = &expr.kind
            && let Some(id) = self.namespace_of(object)
        {
            return Some(self.exported(id, *field));
        }
        self.quiet_path(expr)
    }

    /// The module that declares `name` as `symbol`, if another module has a type of that name too.
    pub(crate) fn home_of(&self, name: Name, symbol: Symbol) -> Option<&str> {
        let declares = |module: &FxHashMap<Name, Declared>| module.get(&name).map(|declared| declared.symbol);
        let is_other_type = |found: Symbol| matches!(found, Symbol::Record(_) | Symbol::Enum(_)) && found != symbol;
        if self.decls.modules.len() < 2 || !self.decls.modules.iter().filter_map(declares).any(is_other_type) {
            return None;
        }
        // Modules stand in front of those that import from them.
        let home = self.decls.modules.iter().position(|module| declares(module) == Some(symbol))?;
        let is_home = |namespace: &&Namespace| namespace.module.is_some_and(|module| module.index() == home);
        self.decls.imports.namespaces.iter().find(is_home).map(|namespace| &*namespace.path)
    }

    /// Paths of modules imported here whose last part is `name`: what `import a.b` does not bind.
    pub(crate) fn modules_ending_in(&self, name: Name) -> Option<&str> {
        let module = &self.decls.modules[self.module().index()];
        let mut inside: Vec<NamespaceId> = module
            .values()
            .filter_map(|declared| match declared.symbol {
                Symbol::Module(id) => Some(id),
                _ => None,
            })
            .collect();
        while let Some(id) = inside.pop() {
            let namespace = self.decls.imports.namespace(id);
            if let Some(&child) = namespace.children.get(&name) {
                return Some(&self.decls.imports.namespace(child).path);
            }
            inside.extend(namespace.children.values());
        }
        None
    }
}

/// Where `export` would stand: in front of the keyword, behind annotations.
fn export_place(item: &Item) -> Span {
    match &item.kind {
        ItemKind::Function(function) => function.head,
        ItemKind::Struct(record) | ItemKind::Class(record) => record.head,
        ItemKind::Enum(declared) => declared.head,
        ItemKind::TypeAlias(_) | ItemKind::Import(_) | ItemKind::Extern(_) | ItemKind::Stmt(_) => item.span,
    }
}

/// Hands out the module-level names that an item declares.
fn declared_names(item: &Item, name: &mut impl FnMut(Name)) {
    match &item.kind {
        ItemKind::Function(function) => name(function.name.name),
        ItemKind::Struct(record) | ItemKind::Class(record) => name(record.name.name),
        ItemKind::Enum(declared) => name(declared.name.name),
        ItemKind::TypeAlias(alias) => name(alias.name.name),
        ItemKind::Extern(declared) => name(declared.name.name),
        ItemKind::Import(import) => match (&import.names, import.alias) {
            (Some(names), _) => names.iter().for_each(|ident| name(ident.name)),
            (None, Some(alias)) => name(alias.name),
            (None, None) => import.path.iter().take(1).for_each(|ident| name(ident.name)),
        },
        ItemKind::Stmt(stmt) => {
            if let StmtKind::Let { target, .. } = &stmt.kind {
                target_names(target, name);
            }
        }
    }
}

fn target_names(target: &LetTarget, name: &mut impl FnMut(Name)) {
    match target {
        LetTarget::Name(ident) => name(ident.name),
        LetTarget::Tuple(targets, _) => targets.iter().for_each(|target| target_names(target, name)),
    }
}
