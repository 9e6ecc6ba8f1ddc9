//! Spellings of other languages, and what they are here.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Fix};
use crate::span::Span;

fn edits(mut error: Diagnostic, message: impl Into<String>, edits: Vec<(Span, String)>) -> Diagnostic {
    error.fixes.push(Fix { message: message.into(), edits });
    error
}

pub(crate) fn keyword(span: Span, theirs: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignKeyword, span, format!("`{theirs}` is spelled `{ours}`")).fix(
        format!("write `{ours}`"),
        span,
        ours,
    )
}

pub(crate) fn operator_spelling(span: Span, theirs: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, format!("`{theirs}` is spelled `{ours}` here")).fix(
        format!("write `{ours}`"),
        span,
        ours,
    )
}

pub(crate) fn constant(span: Span, theirs: &str, ours: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignLiteral, span, format!("`{theirs}` is spelled `{ours}`")).fix(
        format!("write `{ours}`"),
        span,
        ours,
    )
}

pub(crate) fn null_type(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadType, span, "`null` is a value, not a type")
        .help("a function without result has no `->`; a type that admits `null` is written `T?`")
}

/// `gap` is what follows the type.
pub(crate) fn null_alternative(gap: Span, ty: &str, is_optional: bool) -> Diagnostic {
    let ours = if is_optional { "" } else { "?" };
    Diagnostic::error(Code::BadType, gap, "a type that admits `null` is written with `?`").fix(
        format!("write `{ty}{ours}`"),
        gap,
        ours,
    )
}

/// `call` are the parentheses.
pub(crate) fn called_super(call: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignKeyword, call, "`super` is written without parentheses").fix("delete them", call, "")
}

pub(crate) fn c_cast(whole: Span, ty: &str, operand: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, whole, format!("a conversion to `{ty}` is a call")).fix(
        format!("write `{ty}(…)`"),
        whole,
        format!("{ty}({operand})"),
    )
}

pub(crate) fn bang(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, "the operator `!` in front of a value is spelled `not`").fix(
        "write `not`",
        span,
        "not ",
    )
}

pub(crate) fn else_if(span: Span, theirs: &str) -> Diagnostic {
    keyword(span, theirs, "elif")
}

/// `gap` reaches from the condition's end to behind the word.
pub(crate) fn then(span: Span, gap: Span, has_colon: bool) -> Diagnostic {
    let error = Diagnostic::error(Code::ForeignKeyword, span, "a condition ends with `:`, without `then`");
    if has_colon { error.fix("delete it", gap, "") } else { error.fix("write `:`", gap, ":") }
}

pub(crate) fn angle_brackets(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadType, span, "type arguments and parameters stand in `[…]`, not in `<…>`")
        .help(format!("write `{name}[T]`"))
}

pub(crate) fn suffixed_array(span: Span, element: &str, levels: usize) -> Diagnostic {
    let ours = format!("{}{element}{}", "[".repeat(levels), "]".repeat(levels));
    Diagnostic::error(Code::BadType, span, format!("the type of an array of `{element}` is written `[{element}]`")).fix(
        format!("write `{ours}`"),
        span,
        ours,
    )
}

pub(crate) fn result_arrow(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "the type of a function's result follows `->`").fix(
        "write ` ->`",
        span,
        " ->",
    )
}

pub(crate) fn c_parameter(span: Span, ty: &str, name: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "the name comes first, its type behind a colon").fix(
        format!("write `{name}: {ty}`"),
        span,
        format!("{name}: {ty}"),
    )
}

pub(crate) fn c_function(span: Span, ty: &str, name: &str) -> Diagnostic {
    let result = if ty == "void" { String::new() } else { format!(" -> {ty}") };
    Diagnostic::error(Code::ForeignDeclaration, span, "a function begins with `def`; its result type comes last")
        .help(format!("write `def {name}(…){result}:`"))
}

pub(crate) fn c_variable(span: Span, ty: &str, name: &str) -> Diagnostic {
    let replacement = format!("let {name}: {ty}");
    Diagnostic::error(Code::ForeignDeclaration, span, "a variable is declared with `let`, its type behind a colon").fix(
        format!("write `{replacement}`"),
        span,
        replacement,
    )
}

pub(crate) fn declare(span: Span, theirs: &str, ours: &str) -> Diagnostic {
    let what = if ours == "let" { "variable" } else { "function" };
    Diagnostic::error(
        Code::ForeignDeclaration,
        span,
        format!("a {what} is declared with `{ours}`, not with `{theirs}`"),
    )
    .fix(format!("write `{ours}`"), span, ours)
}

pub(crate) fn let_modifier(span: Span, gap: Span, word: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ForeignDeclaration,
        span,
        format!("`let` needs no `{word}`: every variable can be assigned to"),
    )
    .fix("delete it", gap, "")
}

pub(crate) fn missing_let(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::MissingLet, span, format!("the declaration of `{name}` begins with `let`")).fix(
        "write `let`",
        span.before(),
        "let ",
    )
}

pub(crate) fn walrus(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, "`:=` does not assign inside an expression")
        .help("assign in a statement of its own; `if let x = value:` binds what is not null")
}

pub(crate) fn walrus_statement(target: Span, operator: Span) -> Diagnostic {
    let error =
        Diagnostic::error(Code::ForeignOperator, operator, "a variable is declared with `let` and `=`, not with `:=`");
    edits(error, "write `let`", vec![(target.before(), "let ".into()), (operator, "=".into())])
}

pub(crate) fn loop_variable(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "a loop variable is declared by its name alone").fix(
        format!("write `{name}`"),
        span,
        name,
    )
}

pub(crate) fn c_for(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignStatement, span, "there is no `for` of three parts")
        .help("write `for i in range(start, end, step):`, or a `while` loop")
}

pub(crate) fn dotted_range(dots: Span, whole: Span, low: &str, high: &str, inclusive: bool) -> Diagnostic {
    let error =
        Diagnostic::error(Code::ForeignOperator, dots, "dots make a range in a pattern only; elsewhere it is `range`");
    let high = if inclusive { format!("{high} + 1") } else { high.to_owned() };
    let replacement = format!("range({low}, {high})");
    error.fix(format!("write `{replacement}`"), whole, replacement)
}

pub(crate) fn unindented_cases(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingBlock, span, "the cases of a `match` are indented below it")
        .help("indent every `case` and its block one step further")
}

pub(crate) fn match_else(span: Span) -> Diagnostic {
    keyword(span, "else", "default")
}

pub(crate) fn bare_case(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "a case begins with `case`").fix("write `case _`", span, "case _")
}

pub(crate) fn case_arrow(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingColon, span, "a case's pattern ends with `:`").fix("write `:`", span, ":")
}

pub(crate) fn try_else(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "a `try` has no `else`")
        .help("put what should run after success at the end of the `try` block")
}

pub(crate) fn several_classes(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "a `catch` names one class")
        .help("write one `catch` per class, or catch their common base")
}

pub(crate) fn catch_binding(gap: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignStatement, gap, "the name of a caught error follows `as`").fix(
        "write `as`",
        gap,
        " as ",
    )
}

pub(crate) fn catch_parentheses(open: Span, close: Span) -> Diagnostic {
    let error = Diagnostic::error(Code::ForeignStatement, open, "what is caught stands without parentheses");
    edits(error, "delete them", vec![(open, String::new()), (close, String::new())])
}

pub(crate) fn new_without_call(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "`new` needs the arguments of the constructor").fix(
        "write `()`",
        span.after(),
        "()",
    )
}

pub(crate) fn arrow_body(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, "the value of a lambda follows `:`").fix("write `:`", span, ":")
}

pub(crate) fn multi_line_lambda(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "a lambda is a single expression")
        .help("write a nested `def` for a function with statements, and use its name")
}

pub(crate) fn arrow_function(whole: Span, fix: Option<String>) -> Diagnostic {
    let error = Diagnostic::error(Code::ForeignOperator, whole, "a lambda is written `fn(x): value`");
    match fix {
        Some(fix) => error.fix(format!("write `{fix}`"), whole, fix),
        None => error,
    }
}

pub(crate) fn lambda(head: Span, ours: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignKeyword, head, "`lambda` is spelled `fn`, with its parameters in parentheses").fix(
        format!("write `{ours}`"),
        head,
        ours,
    )
}

pub(crate) fn choice(span: Span, whole: Span, fix: Option<String>) -> Diagnostic {
    let error =
        Diagnostic::error(Code::ForeignOperator, span, "a choice between values is written `a if condition else b`");
    match fix {
        Some(fix) => error.fix(format!("write `{fix}`"), whole, fix),
        None => error,
    }
}

pub(crate) fn increment(whole: Span, operator: &str, target: &str) -> Diagnostic {
    let ours = if operator == "++" { "+= 1" } else { "-= 1" };
    Diagnostic::error(Code::ForeignOperator, whole, format!("there is no `{operator}`")).fix(
        format!("write `{target} {ours}`"),
        whole,
        format!("{target} {ours}"),
    )
}

pub(crate) fn increment_inside(span: Span, operator: &str) -> Diagnostic {
    let ours = if operator == "++" { "+= 1" } else { "-= 1" };
    Diagnostic::error(Code::ForeignOperator, span, format!("there is no `{operator}`"))
        .help(format!("write `x {ours}` as a statement of its own"))
}

pub(crate) fn matrix_operator(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, "there is no operator `@`")
        .help("call a function; `@` begins an annotation above a `def`")
}

pub(crate) fn not_null(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignOperator, span, "`not` does not compare").fix("write `is not`", span, "is not")
}

pub(crate) fn ellipsis(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignStatement, span, "`...` stands alone as the body of an abstract method").fix(
        "write `pass`",
        span,
        "pass",
    )
}

pub(crate) fn print_statement(gap: Span, end: Span, word: &str) -> Diagnostic {
    let span = Span::new(gap.start - word.len() as u32, gap.start);
    let error =
        Diagnostic::error(Code::ForeignStatement, span, "`print` is a function: its arguments stand in parentheses");
    let opening = if word == "print" { (gap, "(".to_owned()) } else { (span.to(gap), "print(".to_owned()) };
    edits(error, "write `print(…)`", vec![opening, (end.after(), ")".to_owned())])
}

pub(crate) fn switch(span: Span) -> Diagnostic {
    keyword(span, "switch", "match")
}

pub(crate) fn import_string(span: Span, text: &str) -> Diagnostic {
    let name = text.trim_matches(['"', '\'']).trim_end_matches(".bp").replace('/', ".");
    Diagnostic::error(Code::ForeignImport, span, "a module is named without quotes").fix(
        format!("write `{name}`"),
        span,
        name,
    )
}

pub(crate) fn import_from(whole: Span, module: &str, names: &str) -> Diagnostic {
    let ours = format!("{module} ({names})");
    Diagnostic::error(Code::ForeignImport, whole, "the module comes first, the names behind it in parentheses").fix(
        format!("write `import {ours}`"),
        whole,
        ours,
    )
}

pub(crate) fn from_import(whole: Span, module: &str, names: &str) -> Diagnostic {
    let error =
        Diagnostic::error(Code::ForeignImport, whole, "an import begins with `import`, and names come in parentheses");
    if names.contains('*') {
        return error.help(format!("write `import {module}` and `{module}.name`, or list the names in parentheses"));
    }
    let ours = format!("import {module} ({})", names.trim_matches(['(', ')']));
    error.fix(format!("write `{ours}`"), whole, ours)
}

pub(crate) fn import_several(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignImport, span, "an `import` names one module").help("write one `import` per module")
}

pub(crate) fn extern_fn(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "a foreign function is declared with `extern fn`")
        .help("write `extern fn name(p: int) -> int from \"library\"`")
}

pub(crate) fn extends(span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ForeignDeclaration,
        span,
        format!("there is no `{word}`: the base class stands in parentheses"),
    )
    .help("write `class Name(Base):`")
}

pub(crate) fn statement_in_body(span: Span, body: &str) -> Diagnostic {
    Diagnostic::error(Code::Misplaced, span, format!("{body} holds fields and methods, not statements"))
        .help("put statements into a method: `__init__` runs when an object is made")
}

pub(crate) fn comma_line_end(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, "a field ends with its line, not with a comma").fix("delete it", span, "")
}

pub(crate) fn method_without_def(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "a method begins with `def`")
        .help(format!("write `def {name}(self, …):`"))
}

/// Words that other languages put in front of a member.
pub(crate) fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "public"
            | "private"
            | "protected"
            | "static"
            | "final"
            | "readonly"
            | "var"
            | "const"
            | "val"
            | "mut"
            | "pub"
            | "virtual"
            | "override"
            | "abstract"
            | "internal"
    )
}

pub(crate) fn modifier(gap: Span, word_span: Span, word: &str, of: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::ForeignDeclaration, word_span, format!("there is no `{word}` for {of}"));
    let error = match word {
        "public" | "pub" if of == "declarations" => {
            return error.fix("write `export` if other modules use it", gap, "export ");
        }
        "static" => error.note("a method without `self` is static"),
        "override" | "virtual" => error.note("every method is virtual, and an override needs no mark"),
        "abstract" => error.note("a method whose body is `...` is abstract"),
        _ => error,
    };
    error.fix("delete it", gap, "")
}

pub(crate) fn enum_class(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "an enum is declared with `enum` alone").fix(
        "delete it",
        span,
        "",
    )
}

pub(crate) fn enum_case(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ForeignDeclaration, span, "an enum member is its name alone").fix("delete it", span, "")
}

/// The answer to a word that begins a statement in another language and nothing here.
pub(crate) fn absent_statement(span: Span, word: &str) -> Option<Diagnostic> {
    let (what, help) = match word {
        "yield" => (
            "generators",
            "collect the values in an array and return it, or write a class with `__iter__` and `__next__`",
        ),
        "async" | "await" => ("`async` functions", "call the function directly: it returns when it is done"),
        "global" | "nonlocal" => {
            ("such declarations", "a function may assign to the variables around it: only `let` makes a new one")
        }
        "del" => ("`del`", "call `m.remove(key)` or `xs.remove_at(i)`; variables end with their block"),
        "with" | "using" => ("`with`", "use `try:` … `finally:`"),
        "goto" => ("`goto`", "use a loop with `break` and `continue`, or a function with `return`"),
        "do" | "repeat" => ("loops that test at the end", "write `while true:` and leave it with `if done: break`"),
        "loop" => ("`loop`", "write `while true:`"),
        "until" => ("`until`", "write `while not condition:`"),
        "unless" => ("`unless`", "write `if not condition:`"),
        "interface" | "trait" | "protocol" => ("interfaces yet", "write a class whose methods have the body `...`"),
        "impl" => ("`impl`", "write the methods into the class or struct"),
        "namespace" | "package" | "module" => ("such declarations", "a file is a module; its name is the file's"),
        "typedef" => ("`typedef`", "write `type Name = T`"),
        "template" => ("`template`", "write type parameters behind the name: `def first[T](xs: [T]) -> T:`"),
        "exec" | "eval" => ("`exec`", "code cannot be made from text at run time"),
        "use" | "using_namespace" | "include" | "require" => {
            ("such imports", "write `import name` or `import name (a, b)`")
        }
        _ => return None,
    };
    let error = Diagnostic::error(Code::Absent, span, format!("there are no {what}: `{word}` has no meaning here"));
    let error = match word {
        "del" | "with" | "global" | "nonlocal" | "using" | "goto" | "loop" | "until" | "unless" | "impl"
        | "typedef" | "template" | "exec" | "eval" => Diagnostic { message: format!("there is no `{word}`"), ..error },
        _ => error,
    };
    Some(error.help(help))
}

/// A word directly in front of an operand, where no name can stand.
pub(crate) fn word_in_expression(word: &str, span: Span) -> Option<Diagnostic> {
    match word {
        "await" | "yield" => absent_statement(span, word),
        "typeof" => {
            Some(Diagnostic::error(Code::ForeignOperator, span, "`typeof` is a function").help("write `typeof(value)`"))
        }
        "sizeof" | "instanceof" => None,
        _ => None,
    }
}

pub(crate) fn instance_of(span: Span) -> Diagnostic {
    keyword(span, "instanceof", "is")
}

pub(crate) fn unknown_block(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(Code::Expected, span, format!("`{text}` begins no block"))
        .help("blocks begin with if, while, for, match, try, def, struct, class or enum")
}

pub(crate) fn raise_from(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Absent, span, "an exception has no cause: there is no `from` here")
        .help("put what matters of the first error into the message of the second")
}
