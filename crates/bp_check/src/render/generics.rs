//! Generic declarations: type arguments that are open, too many, or not admitted.

use crate::checker::Checker;
use crate::generic::ParamBound;
use crate::types::Ty;
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn open_argument(&self, at: Span, name: Name, param: Name) -> Diagnostic {
        let (name, param) = (self.text(name), self.text(param));
        Diagnostic::error(Code::OpenTypeArgument, at, format!("nothing decides the `{param}` of `{name}` here"))
            .help(format!("write it: `{name}[int](…)`, or give the variable a type"))
    }

    pub(super) fn bound_text(&self, at: Span, name: Ident, param: Ident, ty: Ty, bound: ParamBound) -> Diagnostic {
        let (found, name, text) = (self.a(ty), self.text(name.name), self.text(param.name));
        let wants = match bound {
            ParamBound::Ordered => "values that `<` orders".to_owned(),
            ParamBound::Hashable => "values that can be keys".to_owned(),
            ParamBound::Class(class) => format!("objects of `{}`", self.record_name(class)),
            ParamBound::Any => "any values".to_owned(),
        };
        let error = Diagnostic::error(Code::Bound, at, format!("{found} is no `{text}` for `{name}`"))
            .also(param.span, format!("`{text}` takes {wants}"));
        match bound {
            ParamBound::Ordered => error.note(
                "ordered are `int`, `float`, `str`, `bool`, enums, what has `__lt__`, tuples and arrays of those",
            ),
            ParamBound::Hashable => error.note("keys are `int`, `str`, `bool`, `float`, enums, and tuples of those"),
            ParamBound::Class(_) | ParamBound::Any => error,
        }
    }

    pub(super) fn no_bound(&self, at: Span, ty: Ty) -> Diagnostic {
        Diagnostic::error(Code::Bound, at, format!("{} is no bound for a type parameter", self.a(ty)))
            .help("a bound is `Ordered`, `Hashable` or a class")
    }

    pub(super) fn type_argument_count(&self, at: Span, name: Ident, wanted: usize, given: usize) -> Diagnostic {
        let text = self.text(name.name);
        let arguments = |count: usize| match count {
            0 => "no type argument".to_owned(),
            1 => "1 type argument".to_owned(),
            count => format!("{count} type arguments"),
        };
        let message = format!("`{text}` takes {}, {} given", arguments(wanted), given);
        let example = vec!["int"; wanted].join(", ");
        Diagnostic::error(Code::TypeArguments, at, message)
            .also(name.span, format!("`{text}` is declared here"))
            .help(format!("for example `{text}[{example}]`"))
    }

    pub(super) fn not_generic(&self, at: Span, name: Ident) -> Diagnostic {
        let message = format!("`{}` takes no type arguments", self.text(name.name));
        Diagnostic::error(Code::TypeArguments, at, message)
    }

    pub(super) fn endless_instances(&self, at: Span, name: Ident) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::EndlessInstances, at, format!("`{text}` needs itself with ever larger type arguments"))
            .note("each combination of type arguments has code of its own, and these never end")
            .help(format!("use `{text}` with its own type parameters within its declaration"))
    }

    pub(super) fn bad_instance(&self, at: Span, name: Ident) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::Bound, at, format!("`{text}` does not work for these type arguments"))
            .help("a bound on its type parameter would say what it needs")
    }
}

pub(super) fn no_type(at: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownType, at, "a type argument is a type, which this is not")
}
