//! No input panics, hangs or overflows the stack of the checker.

mod common;

use bp_syntax::codes::Code;
use bp_syntax::limits::MAX_ERRORS;
use common::{Checked, front_end, programs, tests_folder};
use proptest::prelude::*;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

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
    "false",
    "finally",
    "fn",
    "for",
    "if",
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
    ".",
    "..",
    "?",
    "?.",
    "??",
    "!",
    "=",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "&",
    "<<",
    "+=",
    "==",
    "<",
    "\n",
    "\n    ",
    "\n        ",
    "x",
    "y",
    "f",
    "self",
    "int",
    "str",
    "float",
    "1",
    "1.5",
    "\"a\"",
    "f\"{x}\"",
    "[]",
    "{}",
    "[x]",
    "(x, y)",
    "x.len()",
    "f(x)",
    "x[0]",
    "range(3)",
    "_",
    "-> int",
    "let x = ",
    "def f(x: int) -> int:\n    ",
    "for x in ",
    "match x:\n    case ",
    "if x:\n    ",
    "struct P:\n    x: int\n",
    "P{x: 1}",
    "enum E:\n    A\n    B\n",
    "E.A",
    "print(",
    "throw ",
    "u8",
    "[u8]",
    "void",
    "x = ",
    "fn(x): ",
    "int?",
    "null",
];

/// Every correct program of the tests.
fn corpus() -> &'static [String] {
    static CORPUS: OnceLock<Vec<String>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let paths = programs(&tests_folder("run")).into_iter().chain(programs(&tests_folder("check")));
        paths
            .map(|path| String::from_utf8_lossy(&std::fs::read(path).expect("a readable program")).into_owned())
            .collect()
    })
}

fn check(text: impl Into<Vec<u8>>) -> Checked {
    let checked = front_end("t.bp", text);
    let (_, source) = checked.map.files().next().expect("there is a file");
    let whole = source.span();
    for diagnostic in &checked.diagnostics {
        let edits = diagnostic.fixes.iter().flat_map(|fix| fix.edits.iter().map(|(span, _)| *span));
        for span in diagnostic.labels.iter().map(|label| label.span).chain(edits) {
            assert!(span.start <= span.end && whole.start <= span.start && span.end <= whole.end, "{diagnostic:?}");
            assert!(source.slice(span).is_some(), "{diagnostic:?} cuts a character");
        }
    }
    // What an import does not find is reported by whoever looks for the file.
    let has_import = source.text().contains("import");
    assert!(checked.program.is_some() || checked.has_errors() || has_import, "what is refused is refused for a reason");
    checked.rendered();
    checked
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn token_soup(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        check(pieces.join(" "));
    }

    #[test]
    fn mutations(
        which in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..6, proptest::sample::select(PIECES)), 1..6),
    ) {
        let mut text = which.get(corpus()).clone().into_bytes();
        for (index, length, piece) in edits {
            let at = index.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.bytes());
        }
        check(text);
    }

    #[test]
    fn swapped_lines(which in any::<prop::sample::Index>(), swaps in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..5)) {
        let mut lines: Vec<&str> = which.get(corpus()).lines().collect();
        for (a, b) in swaps {
            if !lines.is_empty() {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
            }
        }
        check(lines.join("\n"));
    }

    #[test]
    fn spliced_programs(first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>()) {
        check(format!("{}\n{}", first.get(corpus()), second.get(corpus())));
    }
}

/// Runs on a small stack: whatever recurses must ask for more itself.
fn on_small_stack(name: &'static str, text: String, expect: Option<Code>) {
    let run = move || {
        let start = Instant::now();
        let length = text.len();
        let checked = check(text);
        let found = checked.diagnostics.first();
        match expect {
            Some(code) => assert!(checked.diagnostics.iter().any(|d| d.code == code), "{name}: {found:?}"),
            None => assert!(!checked.has_errors(), "{name}: {found:?}"),
        }
        assert!(checked.diagnostics.len() <= 2 * (MAX_ERRORS + 1), "{name}");
        drop(checked);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(10), "{name}: {time:?} for {length} bytes");
    };
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).expect("a thread starts");
    thread.join().unwrap_or_else(|_| panic!("{name} failed"));
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|n| line(n) + "\n").collect()
}

#[test]
fn deep_expressions_within_the_limits_are_checked() {
    let nest = |open: &str, inside: &str, close: &str, count: usize| {
        format!("{}{inside}{}", open.repeat(count), close.repeat(count))
    };
    on_small_stack("sums", format!("let x = 1{}\n", " + 1".repeat(3_900)), None);
    on_small_stack("concatenations", format!("let x = \"a\"{}\n", " + \"b\"".repeat(3_900)), None);
    on_small_stack("wrong sums", format!("let x = 1{} + \"a\"\n", " + 1".repeat(3_900)), Some(Code::Operator));
    on_small_stack("and", format!("let x = true{}\n", " and true".repeat(3_900)), None);
    on_small_stack(
        "narrowing and",
        format!("def f(a: int?) -> bool: return a != null{}\n", " and a != null".repeat(1_900)),
        None,
    );
    on_small_stack("calls", format!("let x = \"a\"{}\n", ".upper()".repeat(1_900)), None);
    on_small_stack("indices", format!("let x = \"a\"{}\n", "[0]".repeat(3_900)), None);
    on_small_stack("comparisons", format!("let x = 1{}\n", " < 1".repeat(50_000)), None);
    on_small_stack("parentheses", format!("let x = {}\n", nest("(", "1", ")", 250)), None);
    on_small_stack("arrays", format!("let x = {}\n", nest("[", "1", "]", 250)), None);
    on_small_stack("not", format!("let x = {}true\n", "not ".repeat(250)), None);
    on_small_stack("minus", format!("let x = {}1\n", "-".repeat(250)), None);
    on_small_stack("choices", format!("let x = {}3\n", "1 if true else ".repeat(250)), None);
    on_small_stack("powers", format!("let x = {}2\n", "2 ** ".repeat(250)), None);
    on_small_stack("f-strings", format!("let x = {}\n", nest("f\"{", "1", "}\"", 120)), None);
    on_small_stack("lambdas", format!("let x = {}1\n", "fn(): ".repeat(250)), None);
    on_small_stack("types", format!("let x: {} = []\n", nest("[", "int", "]", 250)), None);
    on_small_stack("tuple patterns", format!("match {0}:\n    case {0}: pass\n", nest("(", "1", ",)", 120)), None);
    let blocks = lines(120, |n| format!("{}if true:", " ".repeat(2 * n)));
    on_small_stack("blocks", format!("{blocks}{}print(1)\n", " ".repeat(240)), None);
}

#[test]
fn long_programs_take_linear_time() {
    on_small_stack(
        "elif",
        format!("let a = 1\nif a == 0: pass\n{}", lines(100_000, |n| format!("elif a == {n}: pass"))),
        None,
    );
    on_small_stack("cases", format!("match 5:\n{}", lines(50_000, |n| format!("    case {n}: pass"))), None);
    on_small_stack("globals", lines(50_000, |n| format!("let a{n} = {n}")), None);
    on_small_stack("functions", lines(30_000, |n| format!("def f{n}() -> int: return f{}()", (n + 1) % 30_000)), None);
    on_small_stack("lets", format!("def f():\n{}", lines(50_000, |n| format!("    let a{n} = {n}"))), None);
    on_small_stack("unknown names", lines(50_000, |n| format!("print(a{n})")), Some(Code::TooManyErrors));
    on_small_stack("elements", format!("let x = [{}]\n", "1, ".repeat(100_000)), None);
    on_small_stack("entries", format!("let x = {{{}}}\n", lines(50_000, |n| format!("{n}: {n},"))), None);
    on_small_stack("mixed elements", format!("let x = [{}\"a\"]\n", "1, ".repeat(50_000)), Some(Code::Mismatch));
    on_small_stack("enum members", format!("enum E:\n{}", lines(50_000, |n| format!("    M{n}"))), None);
    on_small_stack("fields", format!("struct S:\n{}", lines(20_000, |n| format!("    f{n}: int = 0"))), None);
    on_small_stack("parameters", format!("def f({}): pass\n", lines(5_000, |n| format!("p{n}: int,"))), None);
    on_small_stack("empty arrays", lines(20_000, |n| format!("let a{n} = []\na{n}.push({n})")), None);
    on_small_stack(
        "defaults",
        lines(20_000, |n| format!("def f{n}(a: int = g()): pass")) + "def g() -> int: return 1\n",
        None,
    );
}

#[test]
fn types_that_grow_without_end_are_refused() {
    on_small_stack(
        "pairs",
        "let a0 = 1\n".to_owned() + &lines(100, |n| format!("let a{} = (a{n}, a{n})", n + 1)),
        Some(Code::NestingTooDeep),
    );
    on_small_stack(
        "arrays",
        "let a0 = 1\n".to_owned() + &lines(1_000, |n| format!("let a{} = [a{n}]", n + 1)),
        Some(Code::NestingTooDeep),
    );
    on_small_stack(
        "names",
        "type A0 = int\n".to_owned() + &lines(2_000, |n| format!("type A{} = [A{n}]", n + 1)),
        Some(Code::NestingTooDeep),
    );
    on_small_stack(
        "names backwards",
        lines(50_000, |n| format!("type A{n} = [A{}]", n + 1)),
        Some(Code::NestingTooDeep),
    );
    on_small_stack(
        "names of names",
        lines(50_000, |n| format!("type A{n} = A{}", n + 1)) + "type A50000 = int\n",
        None,
    );
    let later = |count: usize, push: fn(usize) -> String| {
        "let a0 = []\n".to_owned() + &lines(count, |n| format!("let a{} = []\n{}", n + 1, push(n)))
    };
    on_small_stack(
        "pairs inferred later",
        later(60, |n| format!("a{n}.push((a{0}, a{0}))", n + 1)),
        Some(Code::Mismatch),
    );
    on_small_stack("arrays inferred later", later(1_000, |n| format!("a{n}.push(a{})", n + 1)), Some(Code::Mismatch));
    on_small_stack("a type within itself", "let a = []\na.push(a)\n".into(), Some(Code::Mismatch));
}

#[test]
fn odd_text_reaches_no_panic() {
    check(b"let s = \"\xff\"\n\0\r# \xe9\nprint(s.\xf0)\n".to_vec());
    check("\u{feff}let x = 1\r\nprint(x)\r\n");
    check("let x = 99999999999999999999\nprint(x + 1)\n");
    check("let \u{e9}t\u{e9} = 1\nprint(\u{e9}t\u{e9}, ete)\n");
    on_small_stack("a line of a megabyte", format!("print(\"{}\")\n", "a".repeat(1_000_000)), None);
    on_small_stack("a name of a megabyte", format!("print({})\n", "a".repeat(1_000_000)), Some(Code::UnknownName));
}
