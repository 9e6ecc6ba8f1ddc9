//! The wording of every mistake.
use crate::checker::Checker;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
pub(crate) fn render(checker: &Checker<'_>) -> Vec<Diagnostic> {
    checker.errors.iter().map(|e| Diagnostic::error(Code::Mismatch, Default::default(), format!("{e:?}"))).collect()
}
