//! Names that mean nothing here, or not what the place needs.

use super::{did_you_mean, foreign};
use crate::checker::Checker;
use crate::decl::Member;
use crate::error::NotValue;
use crate::hir::{EnumId, FuncId, RecordId};
use crate::types::{Ty, TyKind};
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn unknown_name_text(
        &self,
        name: Ident,
        root: FuncId,
        similar: &[String],
        member_of: bool,
    ) -> Diagnostic {
        let (span, text) = (name.span, self.text(name.name));
        let error = Diagnostic::error(Code::UnknownName, span, format!("there is no `{text}` here"));
        if member_of {
            return error.note("inside a method, fields and methods need their `self`").fix(
                format!("write `self.{text}`"),
                span,
                format!("self.{text}"),
            );
        }
        let is_it = |(within, nested): &&(FuncId, Ident)| *within == root && nested.name == name.name;
        if let Some((_, nested)) = self.nested_names.iter().find(is_it) {
            return error.also(nested.span, "declared here").help(
                "functions within a function see each other where they stand one behind the other: move it there",
            );
        }
        match text {
            "self" => error.help("a method that uses `self` declares it: `def name(self):`"),
            "this" => error.fix("write `self`", span, "self"),
            "math" | "Math" => error.help("its functions need no module: `sqrt(x)`, `floor(x)`, `PI`"),
            "os" | "sys" | "System" | "console" | "Console" => error.help(
                "what programs need of the system are plain functions, such as `print`, `argv`, `exit` and `read_file`",
            ),
            _ => did_you_mean(error, span, similar),
        }
    }

    pub(super) fn assign_undeclared_text(
        &self,
        name: Ident,
        span: Span,
        similar: &[String],
        is_field: bool,
    ) -> Diagnostic {
        let text = self.text(name.name);
        let error =
            Diagnostic::error(Code::UnknownName, name.span, format!("there is no variable `{text}` to assign to"));
        if is_field {
            return error.fix(format!("write `self.{text}` for the field"), name.span, format!("self.{text}"));
        }
        let error = did_you_mean(error, name.span, similar);
        if span == name.span {
            return error.help("declare it first with `let`");
        }
        error.fix("declare it with `let`", name.span.before(), "let ")
    }

    pub(super) fn unknown_member_text(&self, name: Ident, ty: Ty, similar: &[String], is_call: bool) -> Diagnostic {
        let text = self.text(name.name);
        let what = match (self.kind(ty), is_call) {
            (_, true) => "method",
            (TyKind::Record(_), false) => "field",
            _ => "field or method",
        };
        let message = format!("{} has no {what} `{text}`", self.a(ty));
        let error = Diagnostic::error(Code::UnknownMember, name.span, message);
        match (self.kind(ty), text) {
            (_, "length" | "size" | "count") if !is_call && self.has_length(ty) => {
                return error.fix("write `len()`", name.span, "len()");
            }
            (TyKind::Map(..) | TyKind::Set(_), "has" | "has_key" | "contains_key" | "contains" | "includes")
                if is_call =>
            {
                return error.help("`key in m` asks whether it holds a key");
            }
            (TyKind::Str, "substring" | "substr" | "slice" | "sub") if is_call => {
                return error.help("a slice is a part of a string: `s[start:end]`");
            }
            (kind, text) if is_call && let Some(ours) = foreign::method(kind, text) => {
                return error.fix(format!("write `{ours}`"), name.span, ours);
            }
            _ => {}
        }
        did_you_mean(self.fields_note(error, ty, is_call || !similar.is_empty()), name.span, similar)
    }

    /// Lists the fields of a struct, unless something better is said.
    fn fields_note(&self, error: Diagnostic, ty: Ty, skip: bool) -> Diagnostic {
        match self.kind(ty) {
            TyKind::Record(id) if !skip => {
                let fields = &self.decls.records[id.index()].fields;
                error.note(self.its_fields(fields.iter().map(|field| field.name)))
            }
            _ => error,
        }
    }

    fn has_length(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Array(_) | TyKind::Str | TyKind::Map(..) | TyKind::Set(_))
    }

    pub(super) fn unknown_enum_member(&self, of: EnumId, name: Ident, similar: &[String]) -> Diagnostic {
        let declared = &self.decls.enums[of.index()];
        let message = format!("the enum `{}` has no member `{}`", self.text(declared.name), self.text(name.name));
        let error = Diagnostic::error(Code::UnknownMember, name.span, message).also(declared.span, "declared here");
        if similar.is_empty() {
            let members = self.listed(declared.members.iter().map(|member| member.0));
            return if members.is_empty() { error } else { error.note(format!("its members are {members}")) };
        }
        did_you_mean(error, name.span, similar)
    }

    pub(super) fn method_not_called(&self, name: Ident) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::UnknownMember, name.span, format!("`{text}` is a method: it has to be called")).fix(
            "call it",
            name.span.after(),
            "()",
        )
    }

    pub(super) fn unknown_type(&self, name: Ident, similar: &[String]) -> Diagnostic {
        let text = self.text(name.name);
        let error = Diagnostic::error(Code::UnknownType, name.span, format!("there is no type `{text}`"));
        match text {
            "list" | "List" | "Array" | "Vec" | "vector" => {
                error.help("an array type is written `[T]`, such as `[int]`")
            }
            "dict" | "Dict" | "Map" | "map" | "HashMap" => {
                error.help("a map type is written `{K: V}`, such as `{str: int}`")
            }
            "set" | "Set" => error.help("a set type is written `{T}`, such as `{str}`"),
            "tuple" | "Tuple" => error.help("a tuple type is written `(A, B)`, such as `(int, str)`"),
            "Optional" => error.help("an optional type is written `T?`, such as `int?`"),
            "Callable" | "function" | "Function" => {
                error.help("a function type is written `fn(A) -> R`, such as `fn(int) -> int`")
            }
            "any" | "Any" | "object" | "Object" => {
                error.note("every value has one type that is known before the program runs")
            }
            _ => did_you_mean(error, name.span, similar),
        }
    }

    pub(super) fn not_a_struct(&self, name: Ident, similar: &[String]) -> Diagnostic {
        let error =
            Diagnostic::error(Code::UnknownType, name.span, format!("there is no struct `{}`", self.text(name.name)));
        did_you_mean(error, name.span, similar)
    }

    pub(super) fn not_a_value_text(&self, name: Ident, what: NotValue) -> Diagnostic {
        let text = self.text(name.name);
        let (noun, help) = match what {
            NotValue::Struct => ("a struct", format!("`{text}{{…}}` makes a value of it")),
            NotValue::Enum => ("an enum", format!("a value of it is written `{text}.MEMBER`")),
            NotValue::Type => ("a type", "types stand behind `:` and `->`".to_owned()),
            NotValue::Generic => ("generic", format!("with its type arguments it is: `{text}[int]`")),
            NotValue::Module => ("a module", format!("what it exports is written `{text}.name`")),
            NotValue::Builtin => {
                let help = format!("call it; as a value it needs a type, as in `let f: fn(int) -> int = {text}`");
                ("a built-in function", help)
            }
        };
        Diagnostic::error(Code::NotAValue, name.span, format!("`{text}` is {noun}, not a value")).help(help)
    }

    pub(super) fn only_in_for(&self, name: Ident) -> Diagnostic {
        let text = self.text(name.name);
        let error =
            Diagnostic::error(Code::NotAValue, name.span, format!("`{text}` stands behind the `in` of a `for` only"));
        match text {
            "range" => error.help("fill an array in a loop: `for i in range(n): xs.push(i)`"),
            "enumerate" | "zip" => error.help(format!("the method `xs.{text}()` gives an array of tuples")),
            _ => error.help("`xs.reverse()` turns an array round"),
        }
    }

    pub(super) fn used_early(&self, name: Ident, declared: Span) -> Diagnostic {
        let text = self.text(name.name);
        Diagnostic::error(Code::UsedEarly, name.span, format!("`{text}` is used before its `let`"))
            .also(declared, "declared here")
            .help("move the `let` up: top-level statements run in order; or write its type if only a function uses it")
    }

    pub(super) fn static_through_value(&self, record: RecordId, name: Ident) -> Diagnostic {
        let (record_text, text) = (self.record_name(record), self.text(name.name));
        let error = Diagnostic::error(
            Code::MissingSelf,
            name.span,
            format!("the method `{text}` of `{record_text}` has no `self`"),
        );
        let error = match self.decls.members.get(&(record, name.name)) {
            Some(Member::Static(func)) => error.also(self.decls.functions[func.index()].span, "declared here"),
            _ => error,
        };
        error.help(format!("call it as `{record_text}.{text}(…)`, or give it a first parameter `self`"))
    }

    pub(super) fn instance_through_type(&self, record: RecordId, name: Ident, at: Span) -> Diagnostic {
        let (record_text, text) = (self.record_name(record), self.text(name.name));
        let what = match self.decls.members.get(&(record, name.name)) {
            Some(Member::Field(_)) => "field",
            _ => "method",
        };
        let message = format!("the {what} `{text}` belongs to a value of `{record_text}`, not to the type");
        Diagnostic::error(Code::MissingSelf, name.span, message)
            .also(at, "this is the type")
            .help(format!("write a value in front of the dot: `x.{text}`"))
    }

    pub(super) fn foreign_call_text(
        &self,
        at: Span,
        name: Name,
        instead: &str,
        edit: Option<(Span, &str)>,
    ) -> Diagnostic {
        let text = self.text(name);
        let error = Diagnostic::error(Code::ForeignSpelling, at, format!("there is no function `{text}`"));
        match edit {
            Some((span, ours)) => error.note(instead).fix(format!("write `{ours}`"), span, ours),
            None => error.help(instead),
        }
    }
}

pub(super) fn type_as_value(at: Span) -> Diagnostic {
    Diagnostic::error(Code::NotAValue, at, "this is a type, not a value").help("types stand behind `:` and `->`")
}
