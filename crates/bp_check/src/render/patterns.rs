//! `match` and its patterns.

use crate::checker::Checker;
use crate::error::PatternProblem;
use crate::hir::EnumId;
use crate::types::{Ty, TyKind};
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn not_exhaustive(&self, at: Span, of: EnumId, missing: &[Name]) -> Diagnostic {
        let declared = &self.decls.enums[of.index()];
        let (name, members) = (self.text(declared.name), self.listed(missing.iter().copied()));
        let message = format!("this `match` forgets {members} of the enum `{name}`");
        Diagnostic::error(Code::NotExhaustive, at, message)
            .also(declared.span, "the enum is declared here")
            .help("add a case for each, or `default: pass` if the others need nothing")
    }

    pub(super) fn pattern_text(&self, at: Span, ty: Ty, problem: PatternProblem) -> Diagnostic {
        let error = |message: String| Diagnostic::error(Code::Pattern, at, message);
        match problem {
            PatternProblem::Type(found) => {
                let message = format!("this pattern fits {}, but the value is {}", self.a(found), self.a(ty));
                match (self.kind(ty), self.kind(found)) {
                    (TyKind::Enum(id), TyKind::Int) => {
                        let name = self.text(self.decls.enums[id.index()].name);
                        error(message).help(format!("name the member: `case {name}.MEMBER:`"))
                    }
                    _ => error(message),
                }
            }
            PatternProblem::TupleSize(count) => {
                let message = match self.kind(ty) {
                    TyKind::Tuple(members) => {
                        format!("a pattern of {count} parts never fits a tuple of {}", members.len())
                    }
                    _ => format!("a tuple pattern never fits {}", self.a(ty)),
                };
                error(message)
            }
            PatternProblem::BindsInOr(name) => {
                let text = self.text(name.name);
                error("alternatives cannot bind names".into())
                    .also(name.span, format!("`{text}` would have no value if another alternative fits"))
                    .help("write a case of its own for what binds, or `_` for what is not needed")
            }
            PatternProblem::EmptyRange => {
                error("no value is in this range".into()).note("`a..b` ends before `b`, `a..=b` includes it")
            }
        }
    }
}
