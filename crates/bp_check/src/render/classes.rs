//! Classes: inheritance, overriding, fields that are not set.

use crate::checker::Checker;
use crate::error::{InheritProblem, OverrideProblem, Unset};
use crate::hir::RecordId;
use crate::types::Ty;
use bp_syntax::ast::Ident;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Name;
use bp_syntax::span::Span;

impl Checker<'_> {
    pub(super) fn inherit_text(&self, at: Span, problem: InheritProblem) -> Diagnostic {
        let error = |message: String| Diagnostic::error(Code::Inheritance, at, message);
        match problem {
            InheritProblem::NoClass(ty) => {
                error(format!("`{}` is no class: nothing can derive from it", self.type_text(ty)))
                    .help("a struct has no subclasses; put one into a field, or make it a `class`")
            }
            InheritProblem::Cycle(name) => error(format!("`{}` would be its own superclass", self.text(name))),
        }
    }

    pub(super) fn override_text(&self, name: Ident, at: Span, problem: OverrideProblem) -> Diagnostic {
        let text = self.text(name.name);
        let error = |message: String| Diagnostic::error(Code::MethodSignature, at, message);
        match problem {
            OverrideProblem::Signature { declared, found, wanted } => {
                let (found, wanted) = (self.type_text(found), self.type_text(wanted));
                error(format!("`{text}` overrides a method of another signature"))
                    .also(declared, "the method of the superclass")
                    .note(format!("here it is `{found}`, there `{wanted}`"))
                    .help("whoever calls it knows the signature of the superclass only")
            }
            OverrideProblem::Static { declared, base_is_static } => {
                let message = match base_is_static {
                    true => format!("`{text}` takes `self`, but overrides a method that does not"),
                    false => format!("`{text}` takes no `self`, but overrides a method that does"),
                };
                error(message).also(declared, "the method of the superclass")
            }
            OverrideProblem::Init => error("`__init__` takes `self` and returns nothing".to_owned())
                .help("write `def __init__(self, …):`; what it makes is the object itself"),
            OverrideProblem::Operator(wanted) => {
                error(format!("`{text}` has another signature than its operator needs"))
                    .note(format!("it is `def {text}{wanted}`"))
            }
        }
    }

    pub(super) fn abstract_class(&self, at: Span, record: RecordId, missing: &[Name]) -> Diagnostic {
        let class = self.record_name(record);
        let methods: Vec<String> = missing.iter().map(|&name| format!("`{}`", self.text(name))).collect();
        let message = match missing.len() {
            1 => format!("`{class}` has no body for its method {}", methods[0]),
            _ => format!("`{class}` has no bodies for its methods {}", methods.join(", ")),
        };
        Diagnostic::error(Code::AbstractClass, at, message)
            .also(self.decls.records[record.index()].span, format!("`{class}` is declared here"))
            .help("make an object of a subclass that overrides what is `...` here")
    }

    /// The class that declares the field which the record has or inherits.
    fn field_owner(&self, record: RecordId, field: Name) -> RecordId {
        let mut owner = record;
        while let Some(base) = self.decls.records[owner.index()].base
            && self.decls.records[base.index()].fields.iter().any(|inherited| inherited.name == field)
        {
            owner = base;
        }
        owner
    }

    pub(super) fn field_unset(&self, at: Span, record: RecordId, field: Name, why: Unset) -> Diagnostic {
        let (class, field_name, field) = (self.record_name(record), field, self.text(field));
        let error = |message: String| Diagnostic::error(Code::FieldUnset, at, message);
        let error = match why {
            Unset::Read => error(format!("`self.{field}` may not be set yet")),
            Unset::Escape => error(format!("`self` is used before `self.{field}` is set"))
                .note("methods and other functions may read every field"),
            Unset::SuperEscape => error(format!("`super.__init__` uses `self`, and `self.{field}` is not set yet"))
                .note("the superclass calls methods on it or gives it away, and they may read every field")
                .help(format!("set `self.{field}` before this call")),
            Unset::End => error(format!("`__init__` can end without setting `self.{field}`")),
            Unset::Inherited => error(format!("nothing sets the field `{field}` of `{class}`"))
                .note("without an `__init__` of its own the class takes over that of its superclass"),
        };
        match why {
            Unset::Read | Unset::Escape | Unset::End => match self.field_owner(record, field_name) {
                owner if owner != record => error
                    .help(format!("it is a field of `{}`: call `super.__init__(…)` first", self.record_name(owner))),
                _ => error.help(format!("set it first, or give the field a default in `{class}`")),
            },
            Unset::Inherited => error.help("give it a default, or write an `__init__`"),
            Unset::SuperEscape => error,
        }
    }

    pub(super) fn literal_of_init(&self, at: Span, record: RecordId) -> Diagnostic {
        let class = self.record_name(record);
        Diagnostic::error(Code::FieldList, at, format!("objects of `{class}` are made by its `__init__`"))
            .help(format!("write `{class}(…)` with the arguments that it takes"))
    }

    pub(super) fn never_is(&self, at: Span, ty: Ty, class: RecordId, operator: &str) -> Diagnostic {
        let (text, class) = (self.a(ty), self.record_name(class));
        let message = match operator {
            "as" => format!("{text} cannot be a `{class}`"),
            _ => format!("{text} is never a `{class}`"),
        };
        Diagnostic::error(Code::NeverIs, at, message).note("only objects of related classes are told apart at run time")
    }
}

pub(super) fn super_outside(at: Span, has_base: bool) -> Diagnostic {
    let error = |message| Diagnostic::error(Code::Super, at, message);
    match has_base {
        true => error("`super` stands only in front of a method, in a method of a class")
            .help("`super.method(…)` calls the superclass's method"),
        false => error("this class has no superclass").help("write `class Name(Base):` to derive from one"),
    }
}

pub(super) fn new_without_class(at: Span) -> Diagnostic {
    Diagnostic::error(Code::NotAValue, at, "`new` stands in front of the call of a class")
        .help("write `new Dog(…)`, or `Dog(…)`")
}
