//! Statements, declarations and expressions that are not what they should be.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Fix};
use crate::limits::{MAX_EXPR_HEIGHT, MAX_NESTING};
use crate::span::Span;

pub(crate) fn expected(span: Span, what: &str, found: &str) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, format!("expected {what}, found {found}")).at(format!("expected {what}"))
}

/// Something is missing in front of `span`, behind the text that ends at `gap`.
pub(crate) fn missing(gap: Span, what: &str, found: &str) -> Diagnostic {
    Diagnostic::error(Code::Expected, gap, format!("expected {what}, found {found}")).at(format!("expected {what}"))
}

pub(crate) fn missing_comma(gap: Span, next: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, next, "two elements stand side by side without a comma").fix(
        "write `,` between them",
        gap,
        ",",
    )
}

pub(crate) fn missing_colon(gap: Span, after: &str) -> Diagnostic {
    Diagnostic::error(Code::MissingColon, gap, format!("`:` is missing at the end of {after}")).at("expected `:`").fix(
        "write `:`",
        gap,
        ":",
    )
}

pub(crate) fn unexpected_indent(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnexpectedIndent, span, "this line is indented, but the line above begins no block")
        .help("indent it like the statement above; only a line ending in `:` begins a block")
}

pub(crate) fn missing_block(at: Span, head: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::MissingBlock, at, format!("expected an indented block after {what}"))
        .also(head, "its block belongs to this")
        .help("indent the statements that belong to it, or write `pass` if there are none")
}

pub(crate) fn semicolon(span: Span, at_line_end: bool) -> Diagnostic {
    if at_line_end {
        return Diagnostic::error(Code::Semicolon, span, "a statement ends with its line, not with `;`").fix(
            "delete it",
            span,
            "",
        );
    }
    Diagnostic::error(Code::Semicolon, span, "`;` does not separate statements")
        .help("put each statement on its own line")
}

pub(crate) fn assign_in_condition(span: Span) -> Diagnostic {
    Diagnostic::error(Code::AssignInCondition, span, "`=` assigns; a condition compares with `==`").fix(
        "write `==`",
        span,
        "==",
    )
}

pub(crate) fn bad_target(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::BadTarget, span, format!("{what} cannot be assigned to"))
        .at("this is not a place for a value")
        .note(
            "the left side of an assignment is a name, an element `a[i]`, a slice, a field `o.f`, or a tuple of those",
        )
}

pub(crate) fn chained_assignment(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTarget, span, "an assignment has one target: `a = b = c` is not allowed")
        .at("second `=`")
        .help("assign in two statements: the last target first, then the others from it")
}

pub(crate) fn aug_tuple(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTarget, span, "an augmented assignment has a single place on its left side")
}

pub(crate) fn coalesce_assign(op: Span, target: Span, text: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::Absent, op, "there is no `??=`");
    if text.len() > 60 || text.contains('\n') {
        return error.help("write `x = x ?? value`");
    }
    error.also(target, "").fix("spell it out", op, format!("= {text} ??"))
}

pub(crate) fn reserved_word(span: Span, word: &str, role: &str) -> Diagnostic {
    Diagnostic::error(Code::ReservedWord, span, format!("`{word}` is a reserved word and cannot name {role}")).fix(
        format!("name it `{word}_`"),
        span,
        format!("{word}_"),
    )
}

pub(crate) fn let_without_value(gap: Span, default: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(Code::Expected, gap, "`let` needs a value: every variable is initialised")
        .at("expected `= value`");
    match default {
        Some(default) => error.fix(format!("begin with `{default}`"), gap, format!(" = {default}")),
        None => error,
    }
}

pub(crate) fn let_compares(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "`==` compares; `let` gives a value with `=`").fix("write `=`", span, "=")
}

pub(crate) fn typed_tuple_let(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadPattern, span, "a `let` of several names takes no type")
        .help("leave the type out: it follows from the value")
}

pub(crate) fn misplaced(span: Span, what: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::Misplaced, span, format!("{what} {why}"))
}

pub(crate) fn compound_on_line(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Misplaced, span, "a statement with a block of its own begins on a new line")
        .help("only simple statements may follow `:` on the same line")
}

pub(crate) fn try_alone(head: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTry, head, "`try` needs a `catch` or a `finally`")
        .help("write `catch e:` below the block to handle every error")
}

pub(crate) fn parameter_colon(gap: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadParameter, gap, format!("expected `:` between the parameter `{name}` and its type")).fix(
        "write `:`",
        gap,
        ":",
    )
}

pub(crate) fn untyped_parameter(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadParameter, span, format!("the parameter `{name}` needs a type"))
        .at("expected `: type`")
        .help(format!("write it as `{name}: int`, with the type you mean"))
}

pub(crate) fn typed_self(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadParameter, span, "`self` has no written type").fix("delete the type", span, "")
}

pub(crate) fn rest_with_default(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadParameter, span, "a `*` parameter has no default: without arguments it is empty")
}

pub(crate) fn self_not_first(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadParameter, span, "`self` is the first parameter of a method, and of nothing else")
}

pub(crate) fn keyword_rest(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "there are no `**` parameters or arguments")
        .help("pass a map `{str: T}` or a struct")
}

pub(crate) fn positional_after_named(span: Span, named: Span) -> Diagnostic {
    Diagnostic::error(Code::BadArgument, span, "a positional argument cannot follow a named one")
        .also(named, "named here")
}

pub(crate) fn spread(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "there is no `*` that spreads an array")
        .help("pass the elements one by one, or concatenate arrays with `+`")
}

pub(crate) fn generator(span: Span, open: Span, close: Span, in_call: bool) -> Diagnostic {
    let edits = if in_call {
        vec![(open.after(), "[".to_owned()), (close.before(), "]".to_owned())]
    } else {
        vec![(open, "[".to_owned()), (close, "]".to_owned())]
    };
    let mut error = Diagnostic::error(Code::Absent, span, "there are no generator expressions")
        .note("a comprehension in brackets builds an array");
    error.fixes.push(Fix { message: "write `[…]`".into(), edits });
    error
}

pub(crate) fn adjacent_strings(gap: Span, second: Span) -> Diagnostic {
    Diagnostic::error(Code::AdjacentStrings, second, "strings side by side are not joined").fix(
        "join them with `+`",
        gap,
        " + ",
    )
}

pub(crate) fn not_needs_parentheses(span: Span) -> Diagnostic {
    let mut error =
        Diagnostic::error(Code::Expected, span, "`not` binds weaker than this operator: it needs parentheses");
    let edits = vec![(span.before(), "(".to_owned()), (span.after(), ")".to_owned())];
    error.fixes.push(Fix { message: "write parentheses".into(), edits });
    error
}

pub(crate) fn missing_else(gap: Span, head: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, gap, "`a if c else b` needs its `else`")
        .at("expected `else`")
        .also(head, "for this `if`")
}

pub(crate) fn missing_operand(span: Span, operator: Span, text: &str, found: &str) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, format!("expected an operand for `{text}`, found {found}"))
        .at("expected an expression")
        .also(operator, "this operator needs a right side")
}

pub(crate) fn bad_pattern(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code::BadPattern, span, format!("expected a pattern, found {found}"))
        .at("expected a pattern")
        .note("patterns are literals, ranges `1..5`, names, members `Color.RED`, tuples, `Point{x: 0, y}` and `a | b`")
}

pub(crate) fn call_pattern(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadPattern, span, "a pattern for a struct or class is written in braces")
        .help(format!("write `{name}{{field: pattern, …}}`; enums with payload come later"))
}

pub(crate) fn bad_type(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code::BadType, span, format!("expected a type, found {found}"))
        .at("expected a type")
        .note("types are `int`, `str`, names, `[T]`, `{K: V}`, `{T}`, `(A, B)`, `fn(A) -> B`, each optional with `?`")
}

pub(crate) fn double_optional(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadType, span, "a type is optional once").fix("write one `?`", span, "?")
}

pub(crate) fn not_a_type(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadType, span, "`?` makes a type optional, but this is not a type")
        .help("`x ?? default` supplies a default, `x!` asserts, and a choice is written `a if c else b`")
}

pub(crate) fn unknown_annotation(span: Span, name: &str, similar: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(Code::BadAnnotation, span, format!("there is no annotation `@{name}`"));
    let known = "the annotations are @inline, @noinline, @native, @noalloc and @nobounds";
    match (name, similar) {
        (_, Some(similar)) => error.fix(format!("write `{similar}`"), span, similar),
        ("staticmethod" | "classmethod", _) => error.note("a method without `self` is static, no annotation is needed"),
        ("property", _) => error.note("fields are read directly, computed values are methods"),
        ("override" | "abstractmethod", _) => {
            error.note("methods are virtual; a method whose body is `...` is abstract")
        }
        _ => error.note(known),
    }
}

pub(crate) fn annotation_arguments(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadAnnotation, span, "an annotation takes no arguments").fix("delete them", span, "")
}

pub(crate) fn annotation_on(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadAnnotation, span, "an annotation belongs above a `def`, and this is none")
}

pub(crate) fn struct_base(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "a struct has no base").help("write `class` for inheritance")
}

pub(crate) fn several_bases(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "a class has one base")
}

pub(crate) fn empty_base(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "expected a base class between these parentheses").fix(
        "delete them",
        span,
        "",
    )
}

pub(crate) fn field_type(gap: Span, name: &str, default: bool) -> Diagnostic {
    let error =
        Diagnostic::error(Code::Expected, gap, format!("the field `{name}` needs a type")).at("expected `: type`");
    if default { error.help(format!("write it as `{name}: int = …`, with the type you mean")) } else { error }
}

pub(crate) fn field_let(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "fields are declared without `let`").fix("delete it", span, "")
}

pub(crate) fn payload(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Reserved, span, "enum members with payload come in a later version")
        .help("use one struct or class per case until then")
}

/// `ends` if a comma or the brace follows: the field was meant to take the variable of its name.
pub(crate) fn record_field_value(gap: Span, name: &str, found: &str, ends: bool) -> Diagnostic {
    let error =
        Diagnostic::error(Code::Expected, gap, format!("expected `: value` for the field `{name}`, found {found}"))
            .at("expected `: value`");
    if ends { error.fix(format!("give it the value of `{name}`"), gap, format!(": {name}")) } else { error }
}

pub(crate) fn record_assign(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "a field gets its value with `:` here").fix("write `:`", span, ":")
}

pub(crate) fn mixed_map(span: Span, map: bool) -> Diagnostic {
    let message = if map { "this element of a map has no value" } else { "this element of a set has a value" };
    let help = if map { "write it as `key: value`" } else { "a map has a value for every key" };
    Diagnostic::error(Code::Expected, span, message).help(help)
}

pub(crate) fn assert_tuple(tuple: Span, open: Span, close: Span) -> Diagnostic {
    let mut error =
        Diagnostic::error(Code::ForeignStatement, tuple, "`assert` is not a function: these parentheses make a tuple");
    let edits = vec![(open, " ".to_owned()), (close, String::new())];
    error.fixes.push(Fix { message: "write `assert condition, message`".into(), edits });
    error
}

pub(crate) fn fstring_field(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(Code::BadFString, span, format!("expected `}}` after this expression, found {found}"))
        .at("expected `}`")
        .note("a field is `{expression}`, `{expression:format}` or `{expression=}`")
}

pub(crate) fn fstring_empty(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadFString, span, "this `{}` of an f-string holds no expression").fix(
        "write `{{}}` for a pair of braces",
        span,
        "{{}}",
    )
}

pub(crate) fn fstring_conversion(span: Span, letter: &str, value: &str, field: Span) -> Diagnostic {
    let function = if letter == "s" { "str" } else { "repr" };
    Diagnostic::error(Code::BadFString, span, format!("`!{letter}` does not convert in an f-string")).fix(
        format!("call `{function}`"),
        field,
        format!("{function}({value})"),
    )
}

pub(crate) fn nesting(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NestingTooDeep, span, "this is nested too deeply")
        .note(format!("blocks, brackets and prefix operators nest at most {MAX_NESTING} levels together"))
        .help("split it up with variables or functions")
}

pub(crate) fn too_many_operators(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ExpressionTooLarge, span, "this expression is too long")
        .note(format!("operators and calls chain at most {MAX_EXPR_HEIGHT} times in one expression"))
        .help("split it up with variables, or build the value in a loop")
}

pub(crate) fn too_many_errors(span: Span, hidden: usize) -> Diagnostic {
    let plural = if hidden == 1 { "error is" } else { "errors are" };
    Diagnostic::error(Code::TooManyErrors, span, format!("{hidden} more {plural} not shown"))
}
