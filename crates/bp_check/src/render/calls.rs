//! Calls whose arguments do not fit.

use super::{did_you_mean, enumeration, plural, types::written, wrap};
use crate::checker::Checker;
use crate::infer::args::Callee;
use crate::types::{Ty, TyKind};
use bp_builtins::Builtin;
use bp_builtins::signature::{self, Default, Signature};
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn not_callable(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::NotCallable, at, format!("this is {}, which cannot be called", self.a(ty)));
        match self.kind(ty) {
            TyKind::Array(_) | TyKind::Map(..) | TyKind::Str => error.help("an element is written `x[i]`"),
            TyKind::Optional(_) => error.help("it may be `null`: test it first with `if f != null:`"),
            _ => error,
        }
    }

    /// "`f` takes 2 arguments" or "`Point` has 2 fields".
    fn arity(&self, callee: Callee, wanted: usize) -> String {
        let name = self.text(callee.name);
        match callee.is_record {
            true => format!("`{name}` has {}", plural(wanted, "field")),
            false => format!("`{name}` takes {}", plural(wanted, "argument")),
        }
    }

    fn declared_at(error: Diagnostic, callee: Callee) -> Diagnostic {
        if callee.declared.is_empty() { error } else { error.also(callee.declared, "declared here") }
    }

    pub(super) fn too_many_arguments(&self, at: Span, callee: Callee, wanted: usize, given: usize) -> Diagnostic {
        let was = if given == 1 { "was" } else { "were" };
        let message = format!("{}, but {given} {was} given", self.arity(callee, wanted));
        Self::declared_at(Diagnostic::error(Code::ArgumentCount, at, message).at("one too many"), callee)
    }

    pub(super) fn missing_arguments(&self, at: Span, callee: Callee, missing: &[(Name, Ty)]) -> Diagnostic {
        let what = if callee.is_record { "field" } else { "argument" };
        let what = if missing.len() == 1 { format!("the {what}") } else { format!("the {what}s") };
        let names = self.listed(missing.iter().map(|(name, _)| *name));
        let message = format!("`{}` needs {what} {names}", self.text(callee.name));
        let error = Self::declared_at(Diagnostic::error(Code::ArgumentCount, at, message), callee);
        let types: Vec<String> =
            missing.iter().map(|(name, ty)| format!("`{}: {}`", self.text(*name), self.type_text(*ty))).collect();
        error.note(format!("missing: {}", enumeration(&types)))
    }

    pub(super) fn value_argument_count(&self, at: Span, ty: Ty, wanted: usize, given: usize) -> Diagnostic {
        let were = if given == 1 { "was" } else { "were" };
        let message =
            format!("this `{}` takes {}, but {given} {were} given", self.type_text(ty), plural(wanted, "argument"));
        Diagnostic::error(Code::ArgumentCount, at, message)
    }

    pub(super) fn builtin_arguments(&self, name: Ident, rows: &[Builtin], at: Span, is_method: bool) -> Diagnostic {
        let text = self.text(name.name);
        let message = format!("these are not the arguments of `{text}`");
        forms(Diagnostic::error(Code::ArgumentCount, at, message), text, rows, is_method)
    }

    pub(super) fn no_overload(
        &self,
        name: Ident,
        at: Span,
        rows: &[Builtin],
        types: &[(Span, Ty)],
        is_method: bool,
    ) -> Diagnostic {
        let text = self.text(name.name);
        let given: Vec<String> = types.iter().skip(usize::from(is_method)).map(|(_, ty)| self.a(*ty)).collect();
        let message = match (given.is_empty(), is_method) {
            (true, _) => format!("no form of `{text}` fits here"),
            (false, true) => format!("no form of `.{text}` takes {}", enumeration(&given)),
            (false, false) => format!("no form of `{text}` takes {}", enumeration(&given)),
        };
        let error = Diagnostic::error(Code::NoOverload, at, message);
        let error = match types.iter().find(|(_, ty)| self.is_optional(*ty)) {
            Some((span, _)) => error.also(*span, "this may be `null`"),
            None => error,
        };
        let ints_and_floats = types.iter().all(|(_, ty)| matches!(self.shallow(*ty), Ty::INT | Ty::FLOAT));
        let error = match types.iter().find(|(_, ty)| self.shallow(*ty) == Ty::INT) {
            Some((span, _)) if ints_and_floats && types.len() > 1 => {
                wrap(error, "convert the `int` with `float`", *span, "float(", ")")
            }
            _ => error,
        };
        forms(error, text, rows, is_method)
    }

    pub(super) fn unknown_parameter(&self, name: Ident, callee: Callee, similar: &[String]) -> Diagnostic {
        let what = if callee.is_record { "field" } else { "parameter" };
        let message = format!("`{}` has no {what} `{}`", self.text(callee.name), self.text(name.name));
        let error = Self::declared_at(Diagnostic::error(Code::ArgumentName, name.span, message), callee);
        did_you_mean(error, name.span, similar)
    }

    pub(super) fn argument_twice(&self, name: Ident, first: Span) -> Diagnostic {
        let message = format!("the argument `{}` is given twice", self.text(name.name));
        Diagnostic::error(Code::ArgumentName, name.span, message).also(first, "given here first")
    }

    pub(super) fn named_in_value_call(&self, name: Ident) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(
            Code::ArgumentName,
            name.span,
            format!("the argument `{text}` cannot be named: a function value has no parameter names"),
        )
        .help("give the arguments of a function value by position")
    }
}

pub(super) fn lambda_count(at: Span, wanted: usize, given: usize) -> Diagnostic {
    let message = format!("this lambda takes {}, but is called with {wanted}", plural(given, "argument"));
    Diagnostic::error(Code::ArgumentCount, at, message)
}

/// Notes how the built-in may be called.
fn forms(mut error: Diagnostic, name: &str, rows: &[Builtin], is_method: bool) -> Diagnostic {
    const SHOWN: usize = 4;
    for (position, &row) in rows.iter().take(SHOWN).enumerate() {
        let form = form(name, signature::signature(row), is_method);
        error = error.note(if position == 0 { format!("it is called as `{form}`") } else { format!("or as `{form}`") });
    }
    error
}

/// `clamp(x: int, low: int, high: int) -> int`
fn form(name: &str, signature: &Signature, is_method: bool) -> String {
    let params = signature.params.iter().skip(usize::from(is_method));
    let params: Vec<String> = params
        .map(|param| {
            let ty = written(&param.ty, signature);
            let dots = if param.rest { "..." } else { "" };
            let default =
                param.default.as_ref().map_or(String::new(), |default| format!(" = {}", default_text(default)));
            format!("{}: {ty}{dots}{default}", param.name)
        })
        .collect();
    let receiver = match signature.params.first() {
        Some(first) if is_method => format!("{}.", first.name),
        _ => String::new(),
    };
    let result = match &signature.result {
        signature::Type::Void => String::new(),
        other => format!(" -> {}", written(other, signature)),
    };
    format!("{receiver}{name}({}){result}", params.join(", "))
}

fn default_text(default: &Default) -> String {
    match default {
        Default::Int(i64::MAX) => "INT_MAX".into(),
        Default::Int(value) => value.to_string(),
        Default::Float(value) => format!("{value:?}"),
        Default::Bool(value) => value.to_string(),
        Default::Str(value) => format!("{value:?}"),
        Default::Null => "null".into(),
    }
}
