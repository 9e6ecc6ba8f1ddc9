//! No input panics, hangs or overflows the stack; spans lie within the file and the tree nests.

mod common;

use bp_syntax::ast::Module;
use bp_syntax::codes::Code;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::emit::{Style, emit, emit_json};
use bp_syntax::lexer::lex;
use bp_syntax::name::Names;
use bp_syntax::source::SourceMap;
use bp_syntax::token::TokenKind as T;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Valid programs to mutate; together they use the whole grammar.
const CORPUS: &[&str] = &[
    include_str!("../../../tests/syntax/valid_statements.bp"),
    include_str!("../../../tests/syntax/valid_declarations.bp"),
    include_str!("../../../tests/syntax/valid_expressions.bp"),
];

const PIECES: &[&str] = &[
    "and",
    "as",
    "assert",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "def",
    "default",
    "elif",
    "else",
    "enum",
    "export",
    "extern",
    "false",
    "finally",
    "fn",
    "for",
    "if",
    "import",
    "in",
    "is",
    "let",
    "match",
    "new",
    "not",
    "null",
    "or",
    "pass",
    "return",
    "struct",
    "super",
    "throw",
    "true",
    "try",
    "while",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    ".",
    "..",
    "..=",
    "...",
    "@",
    "->",
    "=>",
    "?",
    "?.",
    "??",
    "!",
    "=",
    ":=",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "&",
    "|",
    "^",
    "~",
    "<<",
    ">>>",
    "+=",
    "==",
    "!=",
    "<",
    "\n",
    "\n    ",
    "\n        ",
    "\n\t",
    "\\\n",
    "#",
    "##",
    "\"",
    "'",
    "\"\"\"",
    "f\"",
    "f'{",
    "\"}",
    "{x}",
    "r'",
    "x",
    "int",
    "str",
    "self",
    "True",
    "None",
    "lambda",
    "raise",
    "except",
    "print",
    "from",
    "type",
    "1",
    "1.",
    "0x",
    "1.5",
    "9223372036854775808",
    "é",
    "\u{a0}",
    "“",
    "”",
    "&&",
    "||",
    "++",
    "/*",
    "\r",
    "\0",
    " ",
];

fn parse(bytes: Vec<u8>) -> (SourceMap, Module, Vec<Diagnostic>) {
    let mut map = SourceMap::new();
    map.add("before", "x\n");
    let file = map.add("t.bp", bytes);
    let (module, errors) = bp_syntax::parse(&map, file, &mut Names::new());
    let source = map.file(file);
    let whole = source.span();
    for error in &errors {
        let edits = error.fixes.iter().flat_map(|fix| fix.edits.iter().map(|(span, _)| *span));
        for span in error.labels.iter().map(|label| label.span).chain(edits) {
            assert!(
                span.start <= span.end && whole.start <= span.start && span.end <= whole.end,
                "{error:?} in {whole:?}"
            );
            assert!(source.slice(span).is_some(), "{error:?} cuts a character");
        }
    }
    check_tokens(source);
    common::check_spans(&module);
    (map, module, errors)
}

/// The invariants that `token.rs` promises.
fn check_tokens(source: &bp_syntax::source::SourceFile) {
    let tokens = lex(source).tokens;
    let (mut open, mut indents) = (vec![], 0_u32);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            T::LParen | T::LBracket | T::LBrace | T::FStringStart | T::FieldOpen => open.push(token.kind),
            T::RParen => assert_eq!(open.pop(), Some(T::LParen)),
            T::RBracket => assert_eq!(open.pop(), Some(T::LBracket)),
            T::RBrace => assert_eq!(open.pop(), Some(T::LBrace)),
            T::FStringEnd => assert_eq!(open.pop(), Some(T::FStringStart)),
            T::FieldClose => assert_eq!(open.pop(), Some(T::FieldOpen)),
            T::Newline => assert!(open.is_empty()),
            T::Indent => indents += 1,
            T::Dedent => indents -= 1,
            T::Eof => assert_eq!(index + 1, tokens.len()),
            _ => {}
        }
    }
    assert!(open.is_empty() && indents == 0);
    assert_eq!(tokens.last().map(|token| token.kind), Some(T::Eof));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let (map, _, errors) = parse(bytes);
        emit(&errors, &map, Style::Plain, 80);
        emit_json(&errors, &map);
    }

    #[test]
    fn token_soup(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..80), spaced in any::<bool>()) {
        let (map, _, errors) = parse(pieces.join(if spaced { " " } else { "" }).into_bytes());
        emit(&errors, &map, Style::Plain, 80);
    }

    #[test]
    fn mutations(which in 0..CORPUS.len(), edits in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..6, proptest::sample::select(PIECES)), 1..6)) {
        let mut text = CORPUS[which].as_bytes().to_vec();
        for (index, length, piece) in edits {
            let at = index.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.bytes());
        }
        parse(text);
    }

    #[test]
    fn truncations(which in 0..CORPUS.len(), at in any::<prop::sample::Index>()) {
        let text = CORPUS[which].as_bytes();
        parse(text[..at.index(text.len())].to_vec());
    }
}

fn has(errors: &[Diagnostic], code: Code) -> bool {
    errors.iter().any(|error| error.code == code)
}

/// Runs on a small stack: whatever recurses must ask for more itself.
fn on_small_stack(name: &'static str, text: String, expect: Option<Code>) {
    let run = move || {
        let start = Instant::now();
        let length = text.len();
        let (map, module, errors) = parse(text.into_bytes());
        match expect {
            Some(code) => assert!(has(&errors, code), "{name}: {:?}", errors.first()),
            None => assert!(errors.is_empty(), "{name}: {:?}", errors.first()),
        }
        emit(&errors, &map, Style::Plain, 100);
        drop(module);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(10), "{name}: {time:?} for {length} bytes");
        assert!(errors.len() <= bp_syntax::limits::MAX_ERRORS + 1, "{name}");
    };
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).expect("a thread starts");
    thread.join().unwrap_or_else(|_| panic!("{name} failed"));
}

#[test]
fn deep_and_long_inputs_are_refused_clearly() {
    let many = 100_000;
    let nest = Some(Code::NestingTooDeep);
    let unclosed = Some(Code::UnclosedBracket);
    for (opener, closer) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("{1: ", "}"), ("P{x: ", "}")]
    {
        on_small_stack("unclosed", format!("let x = {}", opener.repeat(many)), unclosed);
        on_small_stack("nested", format!("let x = {}1{}\n", opener.repeat(many), closer.repeat(many)), nest);
    }
    for prefix in ["-", "~", "+", "not ", "fn(): ", "a if b else ", "2 ** ", "2 ** -"] {
        on_small_stack("prefix", format!("let x = {}1\n", prefix.repeat(many)), nest);
    }
    for prefix in ["!", "lambda: "] {
        on_small_stack("foreign", format!("let x = {}1\n", prefix.repeat(many)), Some(Code::TooManyErrors));
    }
    on_small_stack("arrows", format!("let x = {}1\n", "x => ".repeat(many)), nest);
    on_small_stack("f-strings", format!("let x = {}1{}\n", "f\"{".repeat(many), "}\"".repeat(many)), nest);
    on_small_stack("unclosed f-strings", format!("let x = {}", "f\"{".repeat(many)), unclosed);
    for (opener, closer) in
        [("[", "]"), ("{", "}"), ("(int, ", ")"), ("{int: ", "}"), ("fn(", ")"), ("fn() -> ", ""), ("A[", "]")]
    {
        let nested = format!("let x: {}int{} = 1\n", opener.repeat(many), closer.repeat(many));
        on_small_stack("types", nested, nest);
    }
    on_small_stack("unclosed types", format!("let x: {}int = 1", "[".repeat(many)), unclosed);
    on_small_stack("optional types", format!("let x: int{} = 1\n", "?".repeat(many)), Some(Code::BadType));
    on_small_stack("patterns", format!("match x:\n    case {}1{}: pass\n", "(".repeat(many), ")".repeat(many)), nest);
    let blocks: String = (0..400).map(|depth| format!("{}if a:\n", " ".repeat(depth))).collect();
    on_small_stack("blocks", blocks + &" ".repeat(400) + "pass\n", nest);
    let tabs: String = (0..2_000).map(|depth| format!("{}while a:\n", "\t".repeat(depth))).collect();
    on_small_stack("2,000 blocks", tabs + &"\t".repeat(2_000) + "pass\n", nest);
    on_small_stack("one-line blocks", format!("{}pass\n", "if a: ".repeat(many)), Some(Code::Misplaced));
    on_small_stack("else if", format!("if a: pass\n{}", "else if b: pass\n".repeat(many)), Some(Code::ForeignKeyword));
}

#[test]
fn long_chains_are_accepted_up_to_the_limit() {
    let chain = |count: usize| format!("let x = a{}\n", " + a".repeat(count));
    on_small_stack("3,000 operators", chain(3_000), None);
    on_small_stack(
        "100,000 concatenations",
        format!("let x = \"a\"{}\n", " + \"b\"".repeat(100_000)),
        Some(Code::ExpressionTooLarge),
    );
    on_small_stack("and", format!("let x = a{}\n", " and a".repeat(100_000)), Some(Code::ExpressionTooLarge));
    on_small_stack("indices", format!("let x = a{}\n", "[0]".repeat(100_000)), Some(Code::ExpressionTooLarge));
    on_small_stack("100,000 operators", chain(100_000), Some(Code::ExpressionTooLarge));
    on_small_stack("3,000 calls", format!("let x = a{}\n", ".f()".repeat(1_500)), None);
    on_small_stack("100,000 calls", format!("let x = a{}\n", ".f()".repeat(100_000)), Some(Code::ExpressionTooLarge));
    on_small_stack("comparisons", format!("let x = a{}\n", " < a".repeat(50_000)), None);
    on_small_stack("elements", format!("let x = [{}]\n", "1, ".repeat(200_000)), None);
    on_small_stack("elif", format!("if a: pass\n{}", "elif b: pass\n".repeat(100_000)), None);
}

#[test]
fn odd_bytes_are_reported() {
    on_small_stack("NUL", "let x = 1\0\n".into(), Some(Code::OddCharacter));
    on_small_stack("a megabyte of NUL", "\0".repeat(1_000_000), Some(Code::OddCharacter));
    on_small_stack("carriage returns", "let x = 1\r".repeat(10_000), Some(Code::OddCharacter));
    on_small_stack("byte order marks", "\u{feff}".repeat(10_000), Some(Code::OddCharacter));
    on_small_stack("a byte order mark at the start", "\u{feff}let x = 1\n".into(), None);
    let (_, _, errors) = parse(vec![0xff; 1_000_000]);
    assert!(has(&errors, Code::InvalidUtf8));
    let (_, _, errors) = parse(b"let s = \"\xe9\xe9\"\n# \xc3\n".to_vec());
    assert_eq!(errors.iter().filter(|error| error.code == Code::InvalidUtf8).count(), 2);
}

#[test]
fn a_source_beyond_the_position_space_is_refused() {
    let mut map = SourceMap::new();
    // The pages of zeroes are never touched.
    let file = map.add("huge.bp", vec![0; bp_syntax::limits::MAX_SOURCE_BYTES + 1]);
    let (_, errors) = bp_syntax::parse(&map, file, &mut Names::new());
    assert!(has(&errors, Code::TooMuchSource));
}

#[test]
fn large_inputs_take_linear_time() {
    let million = 1_000_000;
    on_small_stack("a line of a megabyte", format!("let x = \"{}\"\n", "a".repeat(million)), None);
    on_small_stack("a name of a megabyte", format!("let {} = 1\n", "a".repeat(million)), None);
    on_small_stack("digits", format!("let x = {}\n", "1".repeat(million)), Some(Code::NumberOutOfRange));
    on_small_stack("stray closers", ")".repeat(million), Some(Code::StrayCloser));
    on_small_stack("openers on lines", "f(a\n".repeat(million / 8), Some(Code::UnclosedBracket));
    on_small_stack(
        "unclosed then statements",
        "x = f(a\nlet y = 1\n".repeat(million / 20),
        Some(Code::UnclosedBracket),
    );
    on_small_stack("mismatches", "(]".repeat(million / 2), Some(Code::MismatchedCloser));
    on_small_stack("errors on a line", "x y; ".repeat(million / 5), Some(Code::Expected));
    on_small_stack("errors on lines", "x y\n".repeat(million / 4), Some(Code::TooManyErrors));
    on_small_stack("matches on a line", "match (x); ".repeat(million / 10), Some(Code::Semicolon));
    on_small_stack("unterminated strings", "f(\"a\n".repeat(million / 6), Some(Code::UnterminatedString));
    on_small_stack("f-strings", "f\"{a\n".repeat(million / 6), Some(Code::BadFString));
    on_small_stack("dedents", "if a:\n  if b:\n    x\n   y\n".repeat(million / 24), Some(Code::InconsistentDedent));
    on_small_stack("nil", "let x = nil\n".repeat(million / 12), Some(Code::ForeignLiteral));
    on_small_stack("brace blocks", "if x {\n}\n".repeat(million / 10), Some(Code::BraceBlock));
    on_small_stack("annotations", "@inline\n".repeat(million / 8), Some(Code::BadAnnotation));
    on_small_stack("question marks", format!("let x = a{}\n", " ? a".repeat(million / 4)), Some(Code::NestingTooDeep));
}
