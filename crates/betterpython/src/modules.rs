//! The modules of a program: found, parsed, and put in the order in which they run.
//!
//! Every file is loaded once. The order is depth first: what a module imports comes before it, in the
//! order of its imports; the main file is last. A module that leads back to one which is still being
//! loaded would have to run before it: that import is an error and leads nowhere.

use crate::loader::{Loader, candidates, module_name};
use bp_check::ParsedModule;
use bp_check::hir::ModuleId;
use bp_syntax::ast::{self, ItemKind};
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Names;
use bp_syntax::source::{FileId, SourceMap};
use bp_syntax::span::Span;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Modules whose contents are functions without an import here, with one of them.
const BUILT_IN: &[(&str, &str)] =
    &[("math", "sqrt(x)"), ("random", "random_int(1, 6)"), ("time", "time()"), ("sys", "argv()")];
/// How many places are listed where a module was looked for.
const MAX_PLACES: usize = 8;

/// All modules of a program, parsed.
#[derive(Default)]
pub(crate) struct Modules {
    modules: Vec<Module>,
    /// The numbers of the modules in the order in which they run.
    order: Vec<usize>,
}

struct Module {
    /// As imports write it.
    name: String,
    ast: ast::Module,
    /// The folder that its imports look into first.
    folder: PathBuf,
    imports: Vec<Import>,
}

/// An `import`, and the number of the module it leads to.
struct Import {
    path: Vec<String>,
    span: Span,
    target: Option<usize>,
}

impl Modules {
    /// Calls `with` with the modules in the order in which they run.
    pub(crate) fn with_parsed<R>(&self, with: impl FnOnce(&[ParsedModule<'_>]) -> R) -> R {
        let mut ids = vec![ModuleId(0); self.modules.len()];
        for (id, &number) in (0..).map(ModuleId).zip(&self.order) {
            ids[number] = id;
        }
        let target = |import: &Import| import.target.map(|target| ids[target]);
        let targets = |module: &Module| module.imports.iter().map(target).collect();
        let imports: Vec<Vec<Option<ModuleId>>> = self.modules.iter().map(targets).collect();
        let parsed = |&number: &usize| ParsedModule { ast: &self.modules[number].ast, imports: &imports[number] };
        with(&self.order.iter().map(parsed).collect::<Vec<_>>())
    }
}

/// Loads a program from its main file.
pub(crate) struct Load<'l> {
    loader: &'l dyn Loader,
    pub(crate) sources: SourceMap,
    pub(crate) names: Names,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) modules: Modules,
    /// Files that were loaded, with their modules.
    known: HashMap<PathBuf, usize>,
    /// Modules being loaded with the position of their next import: each imports the one behind it.
    open: Vec<(usize, usize)>,
}

impl<'l> Load<'l> {
    /// Loads everything that the main file needs.
    pub(crate) fn run(name: &str, text: Vec<u8>, loader: &'l dyn Loader) -> Self {
        let mut load = Self {
            loader,
            sources: SourceMap::new(),
            names: Names::new(),
            diagnostics: Vec::new(),
            modules: Modules::default(),
            known: HashMap::new(),
            open: Vec::new(),
        };
        let path = Path::new(name);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        load.parse(stem, path, loader.identity(path), text);
        while let Some((module, next)) = load.open.last_mut() {
            let (module, position) = (*module, *next);
            *next += 1;
            if position < load.modules.modules[module].imports.len() {
                load.modules.modules[module].imports[position].target = load.import(module, position);
            } else {
                load.open.pop();
                load.modules.order.push(module);
            }
        }
        load
    }

    /// Reads a file's declarations; its imports come next.
    fn parse(&mut self, name: String, path: &Path, identity: PathBuf, text: Vec<u8>) -> usize {
        let file: FileId = self.sources.add(path.display().to_string(), text);
        let (ast, found) = bp_syntax::parse(&self.sources, file, &mut self.names);
        self.diagnostics.extend(found);
        let mut imports = Vec::new();
        for item in &ast.items {
            if let ItemKind::Import(ast::Import { path, .. }) = &item.kind {
                let span = path.iter().map(|part| part.span).reduce(Span::to).unwrap_or(item.span);
                let path = path.iter().map(|part| self.names.text(part.name).to_owned()).collect();
                imports.push(Import { path, span, target: None });
            }
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let number = self.modules.modules.len();
        self.modules.modules.push(Module { name, ast, folder, imports });
        self.known.insert(identity, number);
        self.open.push((number, 0));
        number
    }

    /// The module that an import of another one leads to; none after a report.
    fn import(&mut self, module: usize, position: usize) -> Option<usize> {
        let loader = self.loader;
        let importer = &self.modules.modules[module];
        let import = &importer.imports[position];
        let path: Vec<&str> = import.path.iter().map(String::as_str).collect();
        let mut places = Vec::new();
        for folder in std::iter::once(&importer.folder).chain(loader.folders()) {
            for file in candidates(folder, &path) {
                match loader.read(&file) {
                    Ok(Some(text)) => {
                        let name = path.join(".");
                        return self.found(module, position, name, &file, text);
                    }
                    Ok(None) => places.push(file),
                    Err(error) => {
                        self.diagnostics.push(unreadable(import.span, &file, &error));
                        return None;
                    }
                }
            }
        }
        let error = self.unknown(importer, import, &places);
        self.diagnostics.push(error);
        None
    }

    /// The module in a file: known, or new, or one that waits for this import.
    fn found(&mut self, module: usize, position: usize, name: String, file: &Path, text: Vec<u8>) -> Option<usize> {
        let identity = self.loader.identity(file);
        let Some(&target) = self.known.get(&identity) else {
            return Some(self.parse(name, file, identity, text));
        };
        let Some(first) = self.open.iter().position(|(open, _)| *open == target) else { return Some(target) };
        debug_assert_eq!(self.open.last().map(|(open, _)| *open), Some(module));
        let error = self.cycle(&self.open[first..], position);
        self.diagnostics.push(error);
        None
    }

    /// The modules in `cycle` import each the next one, and the last one the first.
    fn cycle(&self, cycle: &[(usize, usize)], closing: usize) -> Diagnostic {
        let module = |index: usize| &self.modules.modules[cycle[index % cycle.len()].0];
        let last = cycle.len() - 1;
        let at = module(last).imports[closing].span;
        if cycle.len() == 1 {
            return Diagnostic::error(Code::ImportCycle, at, format!("the module `{}` imports itself", module(0).name));
        }
        let path: Vec<String> = (0..=cycle.len()).map(|index| format!("`{}`", module(index).name)).collect();
        let message = format!("these modules import each other: {}", path.join(" imports "));
        let mut error = Diagnostic::error(Code::ImportCycle, at, message);
        error.labels[0].text = format!("`{}` imports `{}`", module(last).name, module(0).name);
        for (index, &(_, next)) in cycle.iter().enumerate().take(last) {
            let text = format!("`{}` imports `{}`", module(index).name, module(index + 1).name);
            error = error.also(module(index).imports[next - 1].span, text);
        }
        error
            .note("a module runs before those that import it, which none of these could")
            .help("move what both sides need into a module of its own")
    }

    fn unknown(&self, importer: &Module, import: &Import, places: &[PathBuf]) -> Diagnostic {
        let name = import.path.join(".");
        let error = Diagnostic::error(Code::UnknownModule, import.span, format!("there is no module `{name}`"));
        if let Some((_, call)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
            return error
                .note("the built-in functions are there without an import")
                .help(format!("leave the `import` out and write `{call}`"));
        }
        let shown = places.iter().take(MAX_PLACES).map(|place| format!("`{}`", place.display()));
        let more = if places.len() > MAX_PLACES { " and more" } else { "" };
        let error = error.note(format!("looked for {}{more}", shown.collect::<Vec<_>>().join(", ")));
        match self.similar(importer, import).as_slice() {
            [] => error,
            [only] => error.fix(format!("did you mean `{only}`?"), import.span, only.as_str()),
            several => {
                let several: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
                error.help(format!("did you mean {}?", several.join(" or ")))
            }
        }
    }

    /// Modules with a path like that of an import: one part of it is misspelt.
    fn similar(&self, importer: &Module, import: &Import) -> Vec<String> {
        const MAX_DISTANCE: usize = 2;
        let mut near = Vec::new();
        for folder in std::iter::once(&importer.folder).chain(self.loader.folders()) {
            for (index, part) in import.path.iter().enumerate() {
                let before = import.path[..index].iter().fold(folder.clone(), |folder, part| folder.join(part));
                for file in self.loader.list(&before) {
                    let Some(name) = module_name(&file) else { continue };
                    let distance = strsim::osa_distance(part, name);
                    if distance == 0 || distance > MAX_DISTANCE.min(part.chars().count().saturating_sub(1)) {
                        continue;
                    }
                    let mut path = import.path.clone();
                    path[index] = name.to_owned();
                    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
                    let exists = |file: &PathBuf| matches!(self.loader.read(file), Ok(Some(_)));
                    if candidates(folder, &parts).iter().any(exists) {
                        near.push((distance, path.join(".")));
                    }
                }
            }
        }
        near.sort();
        near.dedup();
        near.truncate(3);
        near.into_iter().map(|(_, path)| path).collect()
    }
}

fn unreadable(at: Span, file: &Path, error: &std::io::Error) -> Diagnostic {
    let text = error.to_string();
    let reason = text.split(" (os error").next().unwrap_or_default();
    Diagnostic::error(Code::UnreadableModule, at, format!("cannot read `{}`: {reason}", file.display()))
}
