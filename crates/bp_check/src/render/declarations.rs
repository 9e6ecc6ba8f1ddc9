//! Declarations: names given twice, signatures, fields, and what comes in later versions.

use super::did_you_mean;
use crate::checker::Checker;
use crate::error::{FIELD_VALUE, MAX_FOREIGN_PARAMS, ParamProblem};
use crate::hir::RecordId;
use crate::types::Ty;
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn duplicate(&self, name: Ident, first: Span, what: &str) -> Diagnostic {
        let text = self.text(name.name);
        if what == FIELD_VALUE {
            return Diagnostic::error(Code::Duplicate, name.span, format!("the field `{text}` is given twice"))
                .also(first, "given here first");
        }
        let place = match what {
            "variable" => " in this block",
            _ => "",
        };
        let error = Diagnostic::error(
            Code::Duplicate,
            name.span,
            format!("the name `{text}` is taken{place}: this {what} needs another"),
        )
        .also(first, format!("`{text}` is declared here first"));
        match what {
            "variable" => error.help("leave `let` out to assign to the first one"),
            _ => error,
        }
    }

    pub(super) fn recursive_alias(&self, name: Ident, at: Span) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::RecursiveType, at, format!("the type `{text}` needs itself"))
            .also(name.span, "declared here")
            .help("a `struct` may refer to itself, a name for a type may not")
    }

    pub(super) fn enum_value_text(&self, at: Span, name: Name) -> Diagnostic {
        let message = format!("a member of the enum `{}` has a constant `int`, which this is not", self.text(name));
        Diagnostic::error(Code::EnumValue, at, message).note("constants are int literals and arithmetic between them")
    }

    pub(super) fn enum_value_twice(&self, member: Ident, first: Ident, value: i64) -> Diagnostic {
        let (text, first_text) = (self.text(member.name), self.text(first.name));
        Diagnostic::error(
            Code::EnumValue,
            member.span,
            format!("`{text}` and `{first_text}` both have the value {value}"),
        )
        .also(first.span, "has it first")
    }

    pub(super) fn parameter(&self, at: Span, name: Name, problem: ParamProblem) -> Diagnostic {
        let text = self.text(name);
        let error = |message: String| Diagnostic::error(Code::ParameterList, at, message);
        match problem {
            ParamProblem::AfterRest => {
                error(format!("the parameter `{text}` stands behind the one with `*`, which comes last"))
            }
            ParamProblem::AfterDefault => {
                error(format!("the parameter `{text}` has no default, but one before it has"))
                    .help("parameters without default come first")
            }
            ParamProblem::TooManyForeign => error(format!(
                "the parameter `{text}` is one too many: a foreign function takes at most {MAX_FOREIGN_PARAMS}"
            ))
            .help("pass several values as one tuple or array"),
        }
    }

    pub(super) fn foreign_type_text(&self, at: Span, ty: Ty) -> Diagnostic {
        Diagnostic::error(Code::ForeignType, at, format!("a function of C knows no `{}`", self.type_text(ty)))
            .note("it takes and answers `int` (64 bits), `i32`, `float`, `bool`, `str`, `str?` and `ptr`")
    }

    pub(super) fn unknown_field_text(&self, record: RecordId, name: Ident, similar: &[String]) -> Diagnostic {
        let declared = &self.decls.records[record.index()];
        let message = format!("`{}` has no field `{}`", self.record_name(record), self.text(name.name));
        let mut error = Diagnostic::error(Code::FieldList, name.span, message);
        if !declared.span.is_empty() {
            error = error.also(declared.span, "declared here");
        }
        if similar.is_empty() {
            return error.note(self.its_fields(declared.fields.iter().map(|field| field.name)));
        }
        did_you_mean(error, name.span, similar)
    }

    pub(super) fn missing_fields(&self, record: RecordId, at: Span, missing: &[Name]) -> Diagnostic {
        let declared = &self.decls.records[record.index()];
        let fields = if missing.len() == 1 { "the field" } else { "the fields" };
        let message = format!("`{}` needs {fields} {}", self.record_name(record), self.listed(missing.iter().copied()));
        let mut error = Diagnostic::error(Code::FieldList, at, message);
        if !declared.span.is_empty() {
            error = error.also(declared.span, "declared here");
        }
        error.note("every field without a default must be given")
    }
}

pub(super) fn main(at: Span) -> Diagnostic {
    Diagnostic::error(Code::Main, at, "`main` takes nothing or one `[str]`, and returns `int` or nothing")
        .help("write `def main():`, `def main(args: [str]):` or `def main() -> int:`")
}

pub(super) fn lambda_default(at: Span) -> Diagnostic {
    Diagnostic::error(Code::ParameterList, at, "the parameter of a lambda has no default")
        .help("write a `def` for a function with defaults")
}

pub(super) fn abstract_body(at: Span, is_method: bool) -> Diagnostic {
    let message = match is_method {
        true => "only a method of a class can be abstract",
        false => "only a method can be abstract",
    };
    Diagnostic::error(Code::ParameterList, at, message).fix("write `pass` for a body that does nothing", at, "pass")
}
