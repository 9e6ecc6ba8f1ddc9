//! The wording of every mistake: errors are data everywhere else.
//!
//! A message says what is wrong in the program's own words, marks the cause beside the symptom,
//! and offers an edit where one is certain to mend it; advice without an edit otherwise.

mod calls;
mod classes;
mod declarations;
mod flow;
mod foreign;
mod generics;
mod modules;
mod names;
mod operators;
mod patterns;
mod types;

use crate::checker::Checker;
use crate::error::Error;
use crate::types::{Ty, TyKind};
use bp_syntax::diagnostic::{Diagnostic, Severity, in_order};
use bp_syntax::name::Name;
use bp_syntax::span::Span;

/// Everything the check has found, in the order of the text.
pub(crate) fn render(checker: &Checker<'_>) -> Vec<Diagnostic> {
    let diagnostic = |error: &Error| {
        let diagnostic = checker.diagnostic(error);
        debug_assert_eq!(error.is_warning(), diagnostic.severity == Severity::Warning, "{}", diagnostic.message);
        diagnostic
    };
    in_order(checker.errors.iter().map(diagnostic).collect())
}

impl Checker<'_> {
    fn diagnostic(&self, error: &Error) -> Diagnostic {
        use Error as E;
        match error {
            E::Mismatch { at, found, wanted, why, clue } => self.mismatch(*at, *found, *wanted, *why, clue.as_ref()),
            E::BuiltinArgument { at, found, name, wanted, signature } => {
                self.builtin_argument(*at, *found, *name, wanted, signature)
            }
            E::AugmentedResult { at, result, target, why } => self.augmented_result(*at, *result, *target, *why),
            E::UnknownName { name, root, similar, member_of } => {
                self.unknown_name_text(*name, *root, similar, *member_of)
            }
            E::AssignUndeclared { name, span, similar, is_field } => {
                self.assign_undeclared_text(*name, *span, similar, *is_field)
            }
            E::UnknownMember { name, ty, similar, is_call } => self.unknown_member_text(*name, *ty, similar, *is_call),
            E::UnknownEnumMember { of, name, similar } => self.unknown_enum_member(*of, *name, similar),
            E::MethodNotCalled { name } => self.method_not_called(*name),
            E::Binary { op, op_span, left, right } => self.binary_text(*op, *op_span, *left, *right),
            E::Unary { at, op, ty, operand } => self.unary_text(*at, *op, *ty, *operand),
            E::Compare { op, op_span, left, right } => self.compare_text(*op, *op_span, *left, *right),
            E::Identity { op_span, ty, negated } => self.identity(*op_span, *ty, *negated),
            E::NotAContainer { at, ty } => self.not_a_container(*at, *ty),
            E::Membership { at, ty, container, of, op_span } => {
                self.membership_text(*at, *ty, *container, *of, *op_span)
            }
            E::LambdaCount { at, wanted, given } => calls::lambda_count(*at, *wanted, *given),
            E::CastAs { at, value, to } => self.cast_as_text(*at, *value, *to),
            E::NotCallable { at, ty } => self.not_callable(*at, *ty),
            E::TooManyArguments { at, callee, wanted, given } => self.too_many_arguments(*at, *callee, *wanted, *given),
            E::MissingArguments { at, callee, missing } => self.missing_arguments(*at, *callee, missing),
            E::ValueArgumentCount { at, ty, wanted, given } => self.value_argument_count(*at, *ty, *wanted, *given),
            E::BuiltinArguments { name, rows, at, is_method } => self.builtin_arguments(*name, rows, *at, *is_method),
            E::UnknownParameter { name, callee, similar } => self.unknown_parameter(*name, *callee, similar),
            E::ArgumentTwice { name, first } => self.argument_twice(*name, *first),
            E::NamedInValueCall { name } => self.named_in_value_call(*name),
            E::Condition { at, ty, simple } => self.condition_text(*at, *ty, *simple),
            E::NotIterable { at, ty } => self.not_iterable(*at, *ty),
            E::MixedTuple { at, ty } => self.mixed_tuple(*at, *ty),
            E::NotReversible { at } => flow::not_reversible(*at),
            E::Range { at, problem } => flow::range(*at, *problem),
            E::NotIndexable { at, ty } => self.not_indexable(*at, *ty),
            E::NotSliceable { at, ty } => self.not_sliceable(*at, *ty),
            E::NoValue { at } => types::no_value(*at),
            E::Undecided { at, ty } => self.undecided(*at, *ty),
            E::UndecidedLiteral { at, origin } => types::undecided_literal(*at, *origin),
            E::NullAlone { at } => types::null_alone(*at),
            E::LambdaParam { name } => self.lambda_param(*name),
            E::NotAssignable { at, what } => self.not_assignable(*at, *what),
            E::Unpack { at, count, ty, value } => self.unpack_text(*at, *count, *ty, *value),
            E::NotHashable { at, ty } => self.not_hashable(*at, *ty),
            E::NotOrdered { at, ty } => self.not_ordered(*at, *ty),
            E::Cast { at, from, to, whole } => self.cast_text(*at, *from, *to, *whole),
            E::UnknownType { name, similar } => self.unknown_type(*name, similar),
            E::VoidType { at } => types::void_type(*at),
            E::StorageType { at, ty, value } => self.storage_type(*at, *ty, *value),
            E::OptionalType { at, ty } => self.optional_type_text(*at, *ty),
            E::NotAStruct { name, similar } => self.not_a_struct(*name, similar),
            E::NoOverload { name, at, rows, types, is_method } => self.no_overload(*name, *at, rows, types, *is_method),
            E::ForeignCall { at, name, instead, edit } => self.foreign_call_text(*at, *name, instead, *edit),
            E::EmptySet { at } => types::empty_set(*at),
            E::FormatType { at, ty } => self.format_type(*at, *ty),
            E::FormatSpec { at, text, reason } => types::format_spec(*at, text, reason),
            E::NotAValue { name, what } => self.not_a_value_text(*name, *what),
            E::TypeAsValue { at } => names::type_as_value(*at),
            E::OnlyInFor { name } => self.only_in_for(*name),
            E::TupleIndex { at, tuple, index } => self.tuple_index(*at, *tuple, *index),
            E::UsedEarly { name, declared } => self.used_early(*name, *declared),
            E::StaticThroughValue { record, name } => self.static_through_value(*record, *name),
            E::InstanceThroughType { record, name, at } => self.instance_through_type(*record, *name, *at),
            E::UnknownField { record, name, similar } => self.unknown_field_text(*record, *name, similar),
            E::MissingFields { record, at, missing } => self.missing_fields(*record, *at, missing),
            E::NeverNull { at, ty, operator } => self.never_null(*at, *ty, operator),
            E::MaybeNull { at, ty, member } => self.maybe_null(*at, *ty, *member),
            E::NotExported { name, module, declared, export_at } => {
                self.not_exported(*name, module, *declared, *export_at)
            }
            E::UnknownExport { name, module, similar } => self.unknown_export(*name, module, similar),
            E::NotAModule { name, is_known } => self.not_a_module(*name, *is_known),
            E::TypeTooLarge { at } => types::too_large(*at),
            E::Duplicate { name, first, what } => self.duplicate(*name, *first, what),
            E::RecursiveAlias { name, at } => self.recursive_alias(*name, *at),
            E::Main { at } => declarations::main(*at),
            E::EnumValue { at, name } => self.enum_value_text(*at, *name),
            E::EnumValueTwice { member, first, value } => self.enum_value_twice(*member, *first, *value),
            E::Parameter { at, name, problem } => self.parameter(*at, *name, *problem),
            E::ForeignType { at, ty } => self.foreign_type_text(*at, *ty),
            E::LambdaDefault { at } => declarations::lambda_default(*at),
            E::AbstractBody { at, is_method } => declarations::abstract_body(*at, *is_method),
            E::Inherit { at, problem } => self.inherit_text(*at, *problem),
            E::Override { name, at, problem } => self.override_text(*name, *at, *problem),
            E::AbstractClass { at, record, missing } => self.abstract_class(*at, *record, missing),
            E::LiteralOfInit { at, record } => self.literal_of_init(*at, *record),
            E::FieldUnset { at, record, field, why } => self.field_unset(*at, *record, *field, *why),
            E::SuperOutside { at, has_base } => classes::super_outside(*at, *has_base),
            E::NeverIs { at, ty, class, operator } => self.never_is(*at, *ty, *class, operator),
            E::NewWithoutClass { at } => classes::new_without_class(*at),
            E::OpenArgument { at, name, param } => self.open_argument(*at, *name, *param),
            E::Bound { at, name, param, ty, bound } => self.bound_text(*at, *name, *param, *ty, *bound),
            E::NoBound { at, ty } => self.no_bound(*at, *ty),
            E::TypeArgumentCount { at, name, wanted, given } => self.type_argument_count(*at, *name, *wanted, *given),
            E::NotGeneric { at, name } => self.not_generic(*at, *name),
            E::EndlessInstances { at, name } => self.endless_instances(*at, *name),
            E::BadInstance { at, name } => self.bad_instance(*at, *name),
            E::NoType { at } => generics::no_type(*at),
            E::MissingReturn { name, result, result_span, forgotten } => {
                self.missing_return_text(*name, *result, *result_span, *forgotten)
            }
            E::OutsideLoop { at, is_break } => flow::outside_loop(*at, *is_break),
            E::ReturnOutside { at } => flow::return_outside(*at),
            E::ReturnFromVoid { at, ty, name, declared } => self.return_from_void(*at, *ty, *name, *declared),
            E::ReturnNothing { at, name, result, declared } => self.return_nothing(*at, *name, *result, *declared),
            E::NotExhaustive { at, of, missing } => self.not_exhaustive(*at, *of, missing),
            E::Pattern { at, ty, problem } => self.pattern_text(*at, *ty, *problem),
            E::ThrowType { at, ty } => self.throw_type(*at, *ty),
            E::ThrowClass { name } => self.throw_class(*name),
            E::NotAnErrorClass { name, similar } => self.not_an_error_class(*name, similar),
            E::RethrowOutside { at } => flow::rethrow_outside(*at),
            E::ZeroStep { at, what } => flow::zero_step(*at, what),
            E::Unreachable { at, cause } => flow::unreachable(*at, *cause),
            E::UnreachableCase { at, first } => flow::unreachable_case(*at, *first),
            E::UnreachableCatch { at, first } => flow::unreachable_catch(*at, *first),
            E::NoEffect { at, equals, is_function } => flow::no_effect(*at, *equals, *is_function),
        }
    }

    /// A type as a noun: "an `int`", "a `[str]`".
    fn a(&self, ty: Ty) -> String {
        if self.shallow(ty) == Ty::NULL {
            return "`null`".to_owned();
        }
        let text = self.type_text(ty);
        let vowel = text.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
        format!("{} `{text}`", if vowel { "an" } else { "a" })
    }

    /// "its fields are `x` and `y`"
    fn its_fields(&self, names: impl ExactSizeIterator<Item = Name>) -> String {
        match names.len() {
            0 => "it has no fields".to_owned(),
            1 => format!("its only field is {}", self.listed(names)),
            _ => format!("its fields are {}", self.listed(names)),
        }
    }

    fn is_optional(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Optional(_))
    }

    /// Names of things, each in backticks, joined to an enumeration.
    fn listed(&self, names: impl Iterator<Item = Name>) -> String {
        enumeration(&names.map(|name| format!("`{}`", self.text(name))).collect::<Vec<_>>())
    }
}

/// `a`, `a and b`, `a, b and c`; long lists end in a count.
fn enumeration(parts: &[String]) -> String {
    const SHOWN: usize = 8;
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        _ if parts.len() > SHOWN => format!("{} and {} more", parts[..SHOWN].join(", "), parts.len() - SHOWN),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Offers the near names instead of the one at `span`: an edit if there is a single one.
fn did_you_mean(error: Diagnostic, span: Span, similar: &[String]) -> Diagnostic {
    match similar {
        [] => error,
        [only] => error.fix(format!("did you mean `{only}`?"), span, only.as_str()),
        several => {
            let several: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            error.help(format!("did you mean one of {}?", enumeration(&several)))
        }
    }
}

/// A fix that writes text around a place.
fn wrap(error: Diagnostic, message: impl Into<String>, span: Span, before: &str, after: &str) -> Diagnostic {
    let edits = vec![(span.before(), before.to_owned()), (span.after(), after.to_owned())];
    error.fix_with(message, edits.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
