//! What built-in types' methods are called elsewhere.

use crate::types::TyKind;

/// Receivers of methods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum On {
    Str,
    Array,
    Map,
    Set,
    /// Whatever has a length.
    Any,
}

/// Receiver, names elsewhere, the name here.
const METHODS: &[(On, &[&str], &str)] = &[
    (On::Any, &["length", "size", "__len__"], "len"),
    (On::Array, &["add", "push_back", "emplace_back"], "push"),
    (On::Array, &["index", "indexOf", "find_index"], "index_of"),
    (On::Array, &["includes", "has"], "contains"),
    (On::Array, &["concat", "addAll", "push_all"], "extend"),
    (On::Array, &["forEach", "for_each"], "each"),
    (On::Array, &["some"], "any"),
    (On::Array, &["every"], "all"),
    (On::Array, &["fold", "inject"], "reduce"),
    (On::Array, &["clone"], "copy"),
    (On::Map, &["delete", "erase", "pop"], "remove"),
    (On::Map, &["setdefault", "entry"], "get_or_insert"),
    (On::Map, &["entries"], "items"),
    (On::Map, &["clone"], "copy"),
    (On::Set, &["insert", "push"], "add"),
    (On::Set, &["delete", "discard", "erase"], "remove"),
    (On::Str, &["strip"], "trim"),
    (On::Str, &["lstrip", "trimStart", "trim_left"], "trim_start"),
    (On::Str, &["rstrip", "trimEnd", "trim_right"], "trim_end"),
    (On::Str, &["startswith", "startsWith", "has_prefix"], "starts_with"),
    (On::Str, &["endswith", "endsWith", "has_suffix"], "ends_with"),
    (On::Str, &["toUpperCase", "to_upper", "to_uppercase", "toupper"], "upper"),
    (On::Str, &["toLowerCase", "to_lower", "to_lowercase", "tolower"], "lower"),
    (On::Str, &["index", "indexOf"], "find"),
    (On::Str, &["lastIndexOf", "rindex"], "rfind"),
    (On::Str, &["replaceAll", "replace_all", "gsub"], "replace"),
    (On::Str, &["splitlines", "split_lines"], "lines"),
    (On::Str, &["includes"], "contains"),
];

/// The method here that is called `name` elsewhere.
pub(super) fn method(kind: &TyKind, name: &str) -> Option<&'static str> {
    let is_on = |on: On| match kind {
        TyKind::Str => matches!(on, On::Str | On::Any),
        TyKind::Array(_) => matches!(on, On::Array | On::Any),
        TyKind::Map(..) => matches!(on, On::Map | On::Any),
        TyKind::Set(_) => matches!(on, On::Set | On::Any),
        _ => false,
    };
    METHODS.iter().find(|(on, theirs, _)| is_on(*on) && theirs.contains(&name)).map(|(.., ours)| *ours)
}

#[cfg(test)]
mod tests {
    use super::METHODS;

    #[test]
    fn every_answer_is_a_method_and_no_question_is() {
        let methods: Vec<&str> = bp_builtins::signature::method_names().collect();
        for (on, theirs, ours) in METHODS {
            assert!(methods.contains(ours), "`{ours}` of {on:?} is no method");
            assert!(!theirs.contains(ours), "`{ours}` of {on:?} stands for itself");
        }
    }
}
