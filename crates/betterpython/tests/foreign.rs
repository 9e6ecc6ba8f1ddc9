//! Functions of C libraries, in every tier: a library that the test compiles, and that of the system.
//!
//! Without a C compiler the tests say so and end: `CC` names one that is not called `cc`.

use betterpython::{Captured, End, Executable, Host, Jit, Options, Output, StartError, Stress, Style, Tier, Until};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const LIBRARY: &str = r#"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int64_t stored = 7;
static char buffer[64];

int64_t add(int64_t a, int64_t b) { return a + b; }
int32_t negate(int32_t n) { return -n; }
double half(double x) { return x / 2; }
bool both(bool a, bool b) { return a && b; }
void store(int64_t n) { stored = n; }
int64_t stored_value(void) { return stored; }
const char *greet(const char *name) { strcpy(buffer, "hello "); strcat(buffer, name); return buffer; }
const char *nothing(void) { return 0; }
int64_t length(const char *s) { return s ? (int64_t)strlen(s) : -1; }
const char *rest(const char *s) { return s + 1; }
void *make(int64_t n) { int64_t *p = malloc(sizeof n); *p = n; return p; }
int64_t look(void *p) { return *(int64_t *)p; }
void drop(void *p) { free(p); }

/* What the upper bits of a narrow result hold is nobody's business. */
int64_t wide_five(void) { return 0x7700000005; }
int64_t wide_bool(int64_t low) { return 0x7700 + low; }
int64_t same(int64_t n) { return n; }

int64_t words(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h,
              int64_t i, int64_t j, int64_t k, int64_t l, int64_t m, int64_t n, int64_t o, int64_t p)
{ return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j + 11*k + 12*l + 13*m + 14*n + 15*o + 16*p; }

double floats(double a, double b, double c, double d, double e, double f, double g, double h,
              double i, double j, double k, double l, double m, double n, double o, double p)
{ return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j + 11*k + 12*l + 13*m + 14*n + 15*o + 16*p; }

double mixed(int64_t a, double b, int32_t c, bool d, const char *e, double f, int64_t g, int32_t h,
             double i, bool j, const char *k, double l, int64_t m, double n, int32_t o, double p)
{ return a + 2*b + 3*c + 4*d + 5*(e[0] - '0') + 6*f + 7*g + 8*h + 9*i + 10*j + 11*(k[0] - '0') + 12*l + 13*m
         + 14*n + 15*o + 16*p; }
"#;

/// The library; none without a C compiler.
fn library() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("bp-foreign-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the library");
        let (source, library) = (folder.join("lib.c"), folder.join("libtested.so"));
        std::fs::write(&source, LIBRARY).expect("a folder that can be written");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let built = Command::new(compiler).args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).status();
        match built {
            Ok(status) => {
                assert!(status.success(), "the C compiler fails");
                Some(library)
            }
            Err(error) => {
                eprintln!("skipped: no C compiler: {error}");
                None
            }
        }
    });
    built.as_deref()
}

fn compiled(source: &str) -> Executable {
    let compilation = betterpython::compile("foreign.bp", source, Until::Compiled);
    let wrong = betterpython::emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 100);
    Executable::from_compilation(&compilation).unwrap_or_else(|| panic!("{wrong}"))
}

fn options(jit: Jit, stress: Option<Stress>) -> (Options, Captured) {
    let captured = Captured::default();
    let host = Host::new().foreign_functions();
    let output = Output::captured(captured.clone());
    let (gc_verify, gc_poison) = (stress.is_some(), stress.is_some());
    (Options { host, output, jit, gc_stress: stress, gc_verify, gc_poison, ..Options::default() }, captured)
}

/// Runs the program in every tier, with and without collections everywhere; it prints the same in all.
fn prints_everywhere(source: &str, expected: &str) {
    let executable = compiled(source);
    let interpreted = Jit { tier: Tier::Interpreter, ..Jit::default() };
    let first_call = Jit { call_threshold: 1, ..Jit::default() };
    let first_round = Jit { call_threshold: u32::MAX, loop_threshold: 1, ..Jit::default() };
    for jit in [interpreted, Jit::default(), first_call, first_round] {
        for stress in [None, Some(Stress::Alloc), Some(Stress::Safepoint)] {
            let (options, captured) = options(jit, stress);
            let mut instance = executable.start(options).expect("enough memory");
            let end = instance.run();
            if let End::Uncaught(error) = &end {
                panic!("{jit:?} {stress:?}: {}", instance.traceback(error, Style::Plain));
            }
            assert_eq!(String::from_utf8_lossy(&captured.stdout()), expected, "{jit:?} {stress:?}");
        }
    }
}

#[test]
fn every_type_goes_over_in_every_tier() {
    let Some(library) = library() else { return };
    let source = r#"
extern fn add(a: int, b: int) -> int from "LIB"
extern fn negate(n: i32) -> i32 from "LIB"
extern fn half(x: float) -> float from "LIB"
extern fn both(a: bool, b: bool = true) -> bool from "LIB"
extern fn store(n: int) from "LIB"
extern fn value() -> int from "LIB" as "stored_value"
extern fn greet(name: str) -> str from "LIB"
extern fn nothing() -> str? from "LIB"
extern fn no_text() -> str from "LIB" as "nothing"
extern fn length(s: str?) -> int from "LIB"
extern fn rest(s: str) -> str from "LIB"
extern fn maybe_rest(s: str) -> str? from "LIB" as "rest"
extern fn make(n: int) -> ptr from "LIB"
extern fn look(p: ptr) -> int from "LIB"
extern fn drop(p: ptr) from "LIB"
extern fn narrow() -> i32 from "LIB" as "wide_five"
extern fn low_byte(low: int) -> bool from "LIB" as "wide_bool"
extern fn wrapped(n: i32) -> int from "LIB" as "same"

def once(n: int) -> str:
    store(n)
    let p = make(n * 3)
    let looked = look(p)
    drop(p)
    return f"{add(n, -1)} {negate(n)} {half(float(n))} {both(n > 3)} {value()} {greet(str(n))} {looked}"

def all():
    let last = ""
    for n in range(150):
        last = once(n)
    print(last)
    print(nothing(), length(null), length(""), length("abc"), rest("xyz"), rest("x") == "", maybe_rest("ab") ?? "none")
    print(narrow(), low_byte(0), low_byte(1), wrapped(4294967301), wrapped(-1), negate(-2147483648), both(b=false, a=true))
    let f = add
    print(f(40, 2), [1, 2, 3].map(fn(n): negate(n)))

def fails():
    try:
        greet("a\0b")
    catch ValueError as e:
        print(e.message)
    try:
        no_text()
    catch NullError as e:
        print(e.message)

def main():
    all()
    fails()
"#;
    let expected = "\
148 -149 74.5 true 149 hello 149 447
null -1 0 3 yz true b
5 false true 5 -1 -2147483648 false
42 [-1, -2, -3]
a string for `greet` has a zero byte at index 1, where it would end for C
`no_text` answered a null pointer; declare its result `str?`
";
    prints_everywhere(&source.replace("LIB", &library.display().to_string()), expected);
}

#[test]
fn sixteen_arguments_of_any_kinds_go_over() {
    let Some(library) = library() else { return };
    let params = |types: &[&str]| {
        let params = types.iter().enumerate().map(|(index, ty)| format!("p{index}: {ty}"));
        params.collect::<Vec<_>>().join(", ")
    };
    let mixed = [
        "int", "float", "i32", "bool", "str", "float", "int", "i32", "float", "bool", "str", "float", "int", "float",
        "i32", "float",
    ];
    let source = format!(
        r#"
extern fn words({}) -> int from "LIB"
extern fn floats({}) -> float from "LIB"
extern fn mixed({}) -> float from "LIB"

def once(n: int) -> str:
    let x = float(n)
    let w = words(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
    let f = floats(x, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
    let m = mixed(n, 2.0, 3, true, "5", 6.0, 7, 8, 9.0, true, "2", 12.0, 13, 14.0, 15, 16.0)
    return f"{{w}} {{f}} {{m}}"

def main():
    let last = ""
    for n in range(120):
        last = once(n)
    print(last)
"#,
        params(&["int"; 16]),
        params(&["float"; 16]),
        params(&mixed),
    );
    // 119 + 4 + 9 + 16 + 25 + … + 256; `true` for 4 and 10 and `"2"` for 11 make the third less.
    let squares: i64 = (2..=16).map(|n| n * n).sum();
    let less = 4 * 3 + 10 * 9 + 11 * 9;
    let expected = format!("{} {}.0 {}.0\n", 119 + squares, 119 + squares, 119 + squares - less);
    prints_everywhere(&source.replace("LIB", &library.display().to_string()), &expected);
}

#[test]
fn the_process_and_the_system_have_functions() {
    let source = r#"
extern fn strlen(s: str) -> int from "libc"
extern fn malloc(size: int) -> ptr from ""
extern fn free(p: ptr) from "libc"
extern fn print_into(buffer: ptr, size: int, format: str, a: float, b: int) -> i32 from "libc" as "snprintf"
extern fn text_of(buffer: ptr, least: i32 = 0) -> str from "libc" as "strpbrk_or_self"
extern fn cosine(x: float) -> float from "libm" as "cos"
extern fn get(name: str) -> str? from "libc" as "getenv"

def main():
    let buffer = malloc(64)
    print(strlen("four"), print_into(buffer, 64, "%.3f|%ld", 1.5, 42), cosine(0.0))
    print(get("BP_THERE_IS_NO_SUCH_VARIABLE") ?? "unset")
    free(buffer)
    for twice in range(2):
        try:
            text_of(buffer)
        catch RuntimeError as e:
            print(e.message)
"#;
    let missing = "the process has no function `strpbrk_or_self`\n";
    prints_everywhere(source, &format!("4 8 1.0\nunset\n{missing}{missing}"));
}

#[test]
fn a_missing_library_throws_at_the_call() {
    let source = r#"
extern fn gone(n: int) -> int from "./no/such/library.so"

def main():
    print("started")
    try:
        gone(1)
    catch RuntimeError as e:
        print(e.message.starts_with("cannot load the library `./no/such/library.so`: "))
"#;
    prints_everywhere(source, "started\ntrue\n");
}

#[test]
fn nothing_foreign_is_started_without_leave() {
    let executable = compiled("extern fn getpid() -> i32 from \"libc\"\nprint(getpid() > 0)\n");
    let refused = executable.start(Options::default()).map(drop);
    assert_eq!(refused, Err(StartError::Foreign { name: "getpid".to_owned() }));
    let file = Executable::from_bpc(&executable.to_bpc()).expect("a sound file");
    assert_eq!(file.start(Options::default()).map(drop), Err(StartError::Foreign { name: "getpid".to_owned() }));
    let (options, captured) = options(Jit::default(), None);
    assert!(matches!(file.start(options).expect("enough memory").run(), End::Finished(_)));
    assert_eq!(captured.stdout(), b"true\n");
}
