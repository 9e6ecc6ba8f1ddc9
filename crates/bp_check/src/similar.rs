//! "Did you mean": names near a misspelt one.

use crate::checker::Checker;
use crate::decl::Symbol;
use crate::hir::{Expr, ModuleId, RecordId};
use bp_builtins::signature;
use bp_syntax::name::Name;

/// Searches per check: each scans every name in scope, and nobody reads a hundred suggestions.
const MAX_SEARCHES: u32 = 100;

impl Checker<'_> {
    /// Names among the candidates that are near `name`, nearest first.
    pub fn similar(&self, name: Name, candidates: impl Iterator<Item = Name>) -> Vec<String> {
        let names = self.names;
        self.nearest(name, candidates.map(|candidate| names.text(candidate)))
    }

    /// Variables, declarations and built-ins near `name`.
    pub fn similar_names(&self, name: Name) -> Vec<String> {
        let names = self.names;
        let module = &self.decls.modules[self.module().index()];
        let visible: Vec<Name> = self.scopes.names().chain(module.keys().copied()).collect();
        let types = ["int", "float", "str", "bool", "range", "enumerate", "zip", "reversed"];
        let mut all: Vec<&str> = visible.iter().map(|&name| names.text(name)).collect();
        for predeclared in signature::free_names().chain(types) {
            all.push(predeclared);
        }
        self.nearest(name, all.into_iter())
    }

    /// Variables near `name`, local and global.
    pub fn similar_variables(&self, name: Name) -> Vec<String> {
        let names = self.names;
        let module = &self.decls.modules[self.module().index()];
        let globals = module.iter().filter(|(_, declared)| matches!(declared.symbol, Symbol::Global(_)));
        let visible: Vec<Name> = self.scopes.names().chain(globals.map(|(name, _)| *name)).collect();
        self.nearest(name, visible.iter().map(|&name| names.text(name)))
    }

    /// Types near `name`, with the spellings of other languages.
    pub fn similar_types(&self, module: ModuleId, name: Name) -> Vec<String> {
        let foreign = match self.text(name) {
            "string" | "String" | "Str" => Some("str"),
            "integer" | "Integer" | "i64" | "Int" | "long" | "u64" => Some("int"),
            "double" | "f64" | "Float" | "real" | "Double" => Some("float"),
            "boolean" | "Boolean" | "Bool" => Some("bool"),
            "None" | "NoneType" | "unit" => Some("void"),
            "byte" | "uint8" => Some("u8"),
            _ => None,
        };
        if let Some(foreign) = foreign {
            return vec![foreign.to_owned()];
        }
        let names = self.names;
        let is_type = |symbol: &Symbol| {
            matches!(symbol, Symbol::Record(_) | Symbol::Enum(_) | Symbol::Alias(_) | Symbol::Generic(_))
        };
        let declared = self.decls.modules[module.index()].iter().filter(|(_, declared)| is_type(&declared.symbol));
        let visible: Vec<Name> = declared.map(|(name, _)| *name).collect();
        let plain = ["int", "float", "str", "bool", "void", "u8", "i32", "f32", "ptr"];
        let mut all: Vec<&str> = visible.iter().map(|&name| names.text(name)).collect();
        for plain in plain {
            all.push(plain);
        }
        self.nearest(name, all.into_iter())
    }

    /// Built-in methods near `name` that the value has.
    pub fn similar_methods(&self, name: Name, value: &Expr) -> Vec<String> {
        let near = self.nearest(name, signature::method_names());
        let has = |method: &String| {
            let rows = signature::methods(method);
            rows.iter().any(|&builtin| self.takes_receiver(builtin, value))
        };
        near.into_iter().filter(has).collect()
    }

    /// Error classes near `name`.
    pub fn similar_error_classes(&self, name: Name) -> Vec<String> {
        let names = self.names;
        let classes = self.decls.records.iter().enumerate();
        let is_error = |(id, _): &(usize, &crate::decl::Record<'_>)| self.derives(RecordId(*id as u32), RecordId(0));
        let classes: Vec<Name> = classes.filter(is_error).map(|(_, record)| record.name).collect();
        self.nearest(name, classes.iter().map(|&name| names.text(name)))
    }

    fn nearest<'t>(&self, name: Name, candidates: impl Iterator<Item = &'t str>) -> Vec<String> {
        self.searches.set(self.searches.get() + 1);
        if self.searches.get() > MAX_SEARCHES {
            return Vec::new();
        }
        let text = self.names.text(name);
        let length = text.chars().count();
        let allowed = match length {
            0..=2 => 0,
            3..=4 => 1,
            _ => 2,
        };
        let distance = |candidate: &str| {
            if candidate.eq_ignore_ascii_case(text) {
                return Some(0);
            }
            // `map_has` for `map_has_key`
            if length > 4 && candidate.strip_prefix(text).is_some_and(|rest| rest.starts_with('_')) {
                return Some(1);
            }
            if candidate.chars().count().abs_diff(length) > allowed {
                return None;
            }
            Some(strsim::osa_distance(text, candidate)).filter(|&distance| distance <= allowed)
        };
        let mut near: Vec<(usize, &str)> = candidates
            .filter(|candidate| *candidate != text && !candidate.is_empty() && !candidate.starts_with('<'))
            .filter_map(|candidate| Some((distance(candidate)?, candidate)))
            .collect();
        near.sort_unstable();
        near.dedup();
        near.truncate(3);
        near.into_iter().map(|(_, candidate)| candidate.to_owned()).collect()
    }
}
