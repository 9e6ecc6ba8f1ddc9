//! Types that do not fit, and types that nothing decides.

use super::wrap;
use crate::checker::Checker;
use crate::coerce::{Clue, Why};
use crate::types::{MAX_TYPE_DEPTH, MAX_TYPE_SIZE, Ty, TyKind};
use crate::vars::Origin;
use bp_builtins::signature::{Signature, Type};
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn mismatch(&self, at: Span, found: Ty, wanted: Ty, why: Why, clue: Option<&Clue>) -> Diagnostic {
        let (promise, declared) = self.promise(wanted, why);
        let message = format!("{promise}, but this is {}", self.a(found));
        let mut error = Diagnostic::error(Code::Mismatch, at, message);
        if let Some((span, label)) = declared.filter(|(span, _)| !span.is_empty()) {
            error = error.also(span, label);
        }
        self.conversion(error, at, found, wanted, clue)
    }

    /// What was promised, and where: "`total` is declared `int`".
    fn promise(&self, wanted: Ty, why: Why) -> (String, Option<(Span, String)>) {
        let ty = self.type_text(wanted);
        let a = self.a(wanted);
        let name_text = |name| self.text(name);
        match why {
            Why::Variable(name, span) => {
                let name = name_text(name);
                (format!("`{name}` is declared `{ty}`"), Some((span, format!("`{name}` is declared here"))))
            }
            Why::Param(function, param, span) => {
                let (function, param) = (name_text(function), name_text(param));
                (format!("`{function}` takes {a} as `{param}`"), Some((span, "the parameter is declared here".into())))
            }
            Why::Builtin(param) => (format!("the parameter `{param}` takes {a}"), None),
            Why::Value => (format!("{a} is needed here"), None),
            Why::Field(name, span) => (
                format!("the field `{}` is declared `{ty}`", name_text(name)),
                Some((span, "the field is declared here".into())),
            ),
            Why::Result(name, span) => {
                (format!("`{}` returns {a}", name_text(name)), Some((span, "the result is declared here".into())))
            }
            Why::Element(first) => (
                format!("the elements here are of type `{ty}`"),
                first.map(|first| (first, "the first element".into())),
            ),
            Why::Key => (format!("the keys here are of type `{ty}`"), None),
            Why::MapValue => (format!("the values here are of type `{ty}`"), None),
            Why::Index => (format!("{a} is needed here"), None),
            Why::Condition => (format!("a condition is {a}"), None),
            Why::Branch(first) => {
                (format!("the first value is {a}"), Some((first, "both values must be of one type".into())))
            }
            Why::Text => (format!("the message is {a}"), None),
            Why::Augmented => (format!("the variable is {a}"), None),
            Why::Default(name) => (format!("`{}` is declared `{ty}`", name_text(name)), None),
            Why::Lambda => (format!("this function returns {a}"), None),
        }
    }

    /// Offers the conversion from `found` to `wanted`, if there is one.
    pub(super) fn conversion(
        &self,
        error: Diagnostic,
        at: Span,
        found: Ty,
        wanted: Ty,
        clue: Option<&Clue>,
    ) -> Diagnostic {
        let (from, to) = (self.kind(found), self.kind(wanted));
        let literal = match clue {
            Some(Clue::Text(text)) => Some(&**text),
            _ => None,
        };
        match (from, to) {
            (TyKind::Int, TyKind::Float) if let Some(Clue::Quotient(operands)) = clue => {
                let around = |at: &Span| [(at.before(), "float(".to_owned()), (at.after(), ")".to_owned())];
                let edits = operands.iter().flat_map(around).collect();
                error.note("between ints, `/` drops the fraction").fix_with("divide floats", edits)
            }
            (TyKind::Null, _) => error.note(format!("only `{}?` admits `null`", self.type_text(wanted))),
            (TyKind::Str, TyKind::Int | TyKind::Float) if literal.is_some_and(|text| is_number(text, wanted)) => {
                let number = literal.unwrap_or_default();
                error.fix("write the number without quotes", at, number)
            }
            // A literal that is no number would be no number at run time either.
            (TyKind::Str, TyKind::Int | TyKind::Float) if literal.is_some() => error,
            (TyKind::Int | TyKind::Bool | TyKind::Str, TyKind::Float) => {
                wrap(error, "convert it with `float`", at, "float(", ")")
            }
            (TyKind::Float | TyKind::Bool | TyKind::Str, TyKind::Int) => {
                wrap(error, "convert it with `int`", at, "int(", ")")
            }
            (TyKind::Optional(inner), _) if self.type_fits(*inner, wanted) => error
                .note("it may be `null`")
                .help("`x ?? default` supplies a default, `x!` asserts that it is not null"),
            (TyKind::Function(params, result), _) if params.is_empty() && self.type_fits(*result, wanted) => {
                error.fix("call it", at.after(), "()")
            }
            (_, TyKind::Array(element)) if self.type_fits(found, *element) && !matches!(from, TyKind::Array(_)) => {
                wrap(error, "write an array", at, "[", "]")
            }
            (TyKind::Array(_), TyKind::Str) => error.help("`str(xs)` is its text, `\", \".join(xs)` joins strings"),
            (TyKind::Void | TyKind::Never | TyKind::Error, _) => error,
            (_, TyKind::Str) => wrap(error, "convert it with `str`", at, "str(", ")"),
            (TyKind::Int, TyKind::Enum(_)) => error.note("an enum converts to `int`, but an `int` not to an enum"),
            _ => error,
        }
    }

    pub(super) fn builtin_argument(
        &self,
        at: Span,
        found: Ty,
        name: Ident,
        wanted: &Type,
        signature: &Signature,
    ) -> Diagnostic {
        let wanted = written(wanted, signature);
        let message = format!("`{}` takes a `{wanted}` here, but this is {}", self.text(name.name), self.a(found));
        Diagnostic::error(Code::Mismatch, at, message)
    }

    pub(super) fn augmented_result(&self, at: Span, result: Ty, target: Ty, why: Why) -> Diagnostic {
        let (promise, declared) = self.promise(target, why);
        let message = format!("{promise}, but the result of this operation is {}", self.a(result));
        let error = Diagnostic::error(Code::Mismatch, at, message);
        match declared.filter(|(span, _)| !span.is_empty()) {
            Some((span, label)) => error.also(span, label),
            None => error,
        }
    }

    pub(super) fn undecided(&self, at: Span, ty: Ty) -> Diagnostic {
        let message = match self.kind(ty) {
            TyKind::Var(_) => "nothing has decided the type of this value yet".to_owned(),
            _ => format!("the type `{}` of this value is not decided yet", self.type_text(ty)),
        };
        Diagnostic::error(Code::Undecided, at, message)
            .help("write the type where the value is declared: `let xs: [int] = []`")
    }

    pub(super) fn lambda_param(&self, name: Ident) -> Diagnostic {
        let name_text = self.text(name.name);
        Diagnostic::error(
            Code::Undecided,
            name.span,
            format!("nothing decides the type of the parameter `{name_text}`"),
        )
        .at("expected `: type`")
        .help(format!("write its type, such as `fn({name_text}: int): …`"))
    }

    pub(super) fn not_hashable(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::NotHashable, at, format!("{} cannot be a key", self.a(ty)));
        error.note("keys are `int`, `str`, `bool`, `float`, enums, and tuples of those")
    }

    pub(super) fn not_ordered(&self, at: Span, ty: Ty) -> Diagnostic {
        let message = format!("values of type `{}` have no order", self.type_text(ty));
        let error = Diagnostic::error(Code::NotOrdered, at, message);
        match self.kind(ty) {
            TyKind::Record(_) => error.help(
                "`xs.sort(key=fn(x): x.field)` sorts by something that has one; a method `__lt__` gives them one",
            ),
            TyKind::Array(element) if !self.is_ordered(*element) => {
                error.note(format!("because its elements, of type `{}`, have none", self.type_text(*element)))
            }
            _ => error.note(
                "ordered are `int`, `float`, `str`, `bool`, enums, what has `__lt__`, and tuples and arrays of those",
            ),
        }
    }

    pub(super) fn cast_text(&self, at: Span, from: Ty, to: Ty, whole: Span) -> Diagnostic {
        let (from_text, to_text) = (self.type_text(from), self.type_text(to));
        let error = Diagnostic::error(Code::Cast, whole, format!("`{to_text}(…)` does not convert {}", self.a(from)));
        let error = if at == whole { error } else { error.also(at, format!("this is a `{from_text}`")) };
        match (self.kind(from), to) {
            (TyKind::Array(_) | TyKind::Map(..) | TyKind::Set(_), Ty::BOOL) => error.fix_with(
                "compare its length",
                vec![(Span::new(whole.start, at.start), "len(".into()), (Span::new(at.end, whole.end), ") > 0".into())],
            ),
            (TyKind::Array(_) | TyKind::Map(..) | TyKind::Set(_), _) => {
                error.help("`len(x)` is the number of its elements")
            }
            (TyKind::Optional(_), _) => error.help("make it a value first: `x ?? default` or `x!`"),
            _ => error.note(format!("`{to_text}` converts int, float, bool, str and enums")),
        }
    }

    pub(super) fn cast_as_text(&self, at: Span, value: Span, to: Ty) -> Diagnostic {
        let to = self.type_text(to);
        let edits =
            vec![(Span::new(at.start, value.start), format!("{to}(")), (Span::new(value.end, at.end), ")".into())];
        Diagnostic::error(Code::ForeignSpelling, at, format!("a conversion to `{to}` is a call, `as` is for classes"))
            .fix_with(format!("write `{to}(…)`"), edits)
    }

    pub(super) fn storage_type(&self, at: Span, ty: Ty, value: Ty) -> Diagnostic {
        let (ty, value) = (self.type_text(ty), self.type_text(value));
        Diagnostic::error(Code::UnknownType, at, format!("`{ty}` is a type of array elements only"))
            .note(format!("an element of `[{ty}]` reads as `{value}`"))
            .fix(format!("write `{value}`"), at, value)
    }

    pub(super) fn optional_type_text(&self, at: Span, ty: Ty) -> Diagnostic {
        let ty = self.type_text(ty);
        Diagnostic::error(Code::UnknownType, at, format!("there is no optional `{ty}`"))
    }

    pub(super) fn format_type(&self, at: Span, ty: Ty) -> Diagnostic {
        let error = Diagnostic::error(Code::FormatSpec, at, format!("{} has no format specification", self.a(ty)));
        let error = error.note("formats are for `int`, `float`, `bool`, `str` and enums");
        match self.kind(ty) {
            TyKind::Void | TyKind::Never => error,
            _ => wrap(error, "format its text", at, "str(", ")"),
        }
    }

    pub(super) fn never_null(&self, at: Span, ty: Ty, operator: &str) -> Diagnostic {
        let what = match operator {
            "if let" => "`if let` would always hold".to_owned(),
            "== null" => "it is never equal to `null`".to_owned(),
            "!= null" => "it always differs from `null`".to_owned(),
            other => format!("`{other}` has nothing to do"),
        };
        Diagnostic::error(Code::NeverNull, at, format!("{} is never `null`: {what}", self.a(ty)))
            .note("only `T?` admits `null`")
    }

    pub(super) fn maybe_null(&self, at: Span, ty: Ty, member: Option<Ident>) -> Diagnostic {
        let error = Diagnostic::error(Code::MaybeNull, at, format!("this is {}, so it may be `null`", self.a(ty)));
        match member {
            Some(member) => {
                let name = self.text(member.name);
                error.help(format!(
                    "test it first with `if x != null:`, or write `x?.{name}` (null if it is) or `x!.{name}`"
                ))
            }
            None => error.help("test it first with `if x != null:`, or assert with `x!`"),
        }
    }
}

/// Whether the text is a literal of the type.
fn is_number(text: &str, ty: Ty) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let plain =
        plain && !digits.ends_with('.') && (digits == "0" || !digits.starts_with('0') || digits.starts_with("0."));
    plain && if ty == Ty::INT { text.parse::<i64>().is_ok() } else { text.parse::<f64>().is_ok() }
}

/// A type of a signature as the reference writes it.
pub(super) fn written(ty: &Type, signature: &Signature) -> String {
    let list = |types: &[Type]| types.iter().map(|ty| written(ty, signature)).collect::<Vec<_>>().join(", ");
    match ty {
        Type::Void => "void".into(),
        Type::Never => "never".into(),
        Type::Int => "int".into(),
        Type::Float => "float".into(),
        Type::Bool => "bool".into(),
        Type::Str => "str".into(),
        Type::Ptr => "ptr".into(),
        Type::U8 => "u8".into(),
        Type::I32 => "i32".into(),
        Type::F32 => "f32".into(),
        Type::Any => "any".into(),
        Type::Param(param) => signature.type_params[*param].name.into(),
        Type::Array(element) => format!("[{}]", written(element, signature)),
        Type::Map(key, value) => format!("{{{}: {}}}", written(key, signature), written(value, signature)),
        Type::Set(element) => format!("{{{}}}", written(element, signature)),
        Type::Tuple(members) => format!("({})", list(members)),
        Type::Function(params, result) if **result == Type::Void => format!("fn({})", list(params)),
        Type::Function(params, result) => format!("fn({}) -> {}", list(params), written(result, signature)),
        Type::Optional(inner) => format!("{}?", written(inner, signature)),
        Type::Named(name) => (*name).into(),
    }
}

pub(super) fn no_value(at: Span) -> Diagnostic {
    Diagnostic::error(Code::NoValue, at, "this call has no value")
        .at("a value is needed here")
        .note("the function declares no result with `->`")
}

pub(super) fn undecided_literal(at: Span, origin: Origin) -> Diagnostic {
    let (what, help) = match origin {
        Origin::Array => ("the type of this empty array's elements", "write the type: `let xs: [int] = []`"),
        Origin::MapKey | Origin::MapValue => {
            ("the types of this empty map's keys and values", "write the type: `let m: {str: int} = {}`")
        }
        Origin::Call => ("the type of this call's result", "write the type where the result is stored: `let x: T = …`"),
    };
    Diagnostic::error(Code::Undecided, at, format!("nothing decides {what}")).help(help)
}

pub(super) fn null_alone(at: Span) -> Diagnostic {
    Diagnostic::error(Code::Undecided, at, "nothing decides which type this `null` belongs to")
        .help("write the type where the value is declared: `let x: int? = null`")
}

pub(super) fn void_type(at: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownType, at, "`void` is the absence of a value: nothing can have this type")
        .note("a function without result has no `->`")
}

pub(super) fn too_large(at: Span) -> Diagnostic {
    Diagnostic::error(Code::NestingTooDeep, at, "this has a type of too many types within types")
        .note(format!("a type has at most {MAX_TYPE_SIZE} parts and {MAX_TYPE_DEPTH} levels"))
        .help("a `struct` gives a name to a part of it")
}

pub(super) fn empty_set(at: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignSpelling, at, "`{}` is an empty map").fix(
        "write `set()` for an empty set",
        at,
        "set()",
    )
}

pub(super) fn format_spec(at: Span, text: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::FormatSpec, at, format!("the format `{text}` does not fit: {reason}"))
}
