//! Names that modules do not give away, or do not have.

use super::did_you_mean;
use crate::checker::Checker;
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn not_exported(&self, name: Ident, module: &str, declared: Span, export_at: Span) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::NotExported, name.span, format!("the module `{module}` does not export `{text}`"))
            .also(declared, "declared here, without `export`")
            .fix(format!("export `{text}`"), export_at, "export ")
    }

    pub(super) fn unknown_export(&self, name: Ident, module: &str, similar: &[String]) -> Diagnostic {
        let text = self.text(name.name);
        let error = Diagnostic::error(Code::UnknownExport, name.span, format!("the module `{module}` has no `{text}`"));
        did_you_mean(error, name.span, similar)
    }

    pub(super) fn not_a_module(&self, name: Ident, is_known: bool) -> Diagnostic {
        let text = self.text(name.name);
        if is_known {
            return Diagnostic::error(Code::NotAModule, name.span, format!("`{text}` is not a module"));
        }
        Diagnostic::error(Code::NotAModule, name.span, format!("there is no module `{text}` here"))
            .help(format!("a module is imported at the top of the file: `import {text}`"))
    }
}
