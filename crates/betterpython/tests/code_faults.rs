//! Whatever request for code memory fails, at any point: the program runs as if it had not.

mod common;

use betterpython::{CallError, CodeFaults, Executable, Host, Instance, Jit, JitStats, Options, Output, Type, Value};
use common::{at_once, captured, executable, tiers};

/// Calls, loops, exceptions through many frames, callbacks, garbage; much of it compiled, much evicted.
const PROGRAMS: [&str; 5] = [
    "def fib(n: int) -> int: return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(18))\n",
    r#"
def a(n: int) -> float: return 0.5 if n == 0 else b(n - 1) + 1.25
def b(n: int) -> float: return 2.5 if n == 0 else c(n - 1) * 1.5
def c(n: int) -> float: return float(n) if n % 3 == 0 else a(n - 1) - 0.125
for n in range(60): print(n, a(n))
"#,
    r#"
def risky(n: int, depth: int) -> int:
    try:
        if depth == 0:
            if n % 3 == 0: throw ValueError(f"three {n}")
            return [n, 2 * n][n % 4]
        return risky(n, depth - 1) + 1
    catch IndexError:
        if depth > 3: return -n
        throw
    finally:
        finals += 1
let finals = 0
for n in range(100):
    try:
        print(risky(n, n % 7))
    catch ValueError as e:
        print(e.message, finals)
    catch IndexError as e:
        print(e.message, finals)
"#,
    r#"
struct Node:
    value: int
    next: Node?
def chain(n: int) -> Node?:
    let list: Node? = null
    for i in range(n): list = Node(i, list)
    return list
def sum(list: Node?) -> int:
    let total = 0
    let at = list
    while at != null:
        total += at.value
        at = at.next
    return total
def twice(n: int) -> int: return 2 * n
def less(x: int, y: int) -> int: return x - y
let seen: {str: int} = {}
for n in range(80):
    let xs = [n * 7 % 11, n * 5 % 13, n].map(twice)
    xs.sort_by(less)
    seen[f"k{n % 9}"] = sum(chain(n)) + xs[0]
print(seen)
"#,
    r#"
def f0(n: int) -> int: return n + 1
def f1(n: int) -> int: return f0(n) * 3
def f2(n: int) -> int: return f1(n) ^ f0(n)
def f3(n: int) -> int: return f2(n) - f1(n)
def f4(n: int) -> int: return f3(n) + f2(n)
let t = 0
for n in range(200):
    let fs = [f0, f1, f2, f3, f4]
    t += fs[n % 5](n) + f4(n)
    if n % 50 == 0: print(t)
"#,
];

/// Every way to fail that is tried.
fn all_faults() -> impl Iterator<Item = CodeFaults> {
    [1, 2, 3, 5, 7, 40].map(CodeFaults::Every).into_iter().chain((1..6).map(CodeFaults::Random))
}

/// Runs a program to its end; all that it prints, and what was compiled.
fn run(executable: &Executable, jit: Jit, code_faults: CodeFaults) -> (Vec<u8>, JitStats) {
    let (output, options) = captured();
    let mut engine = executable.start(Options { jit, code_faults, ..options }).expect("it starts");
    let end = engine.run();
    assert!(matches!(end, betterpython::End::Finished(_)), "{end:?}");
    (output.stdout(), engine.jit_stats())
}

#[test]
fn programs_run_whatever_request_fails() {
    let mut compiled_and_failed = 0;
    for (number, source) in PROGRAMS.iter().enumerate() {
        let executable = executable(source);
        let expected = run(&executable, Jit::off(), CodeFaults::Never).0;
        assert!(!expected.is_empty());
        for code_faults in all_faults() {
            // With room for all, and with so little that code is evicted and given back all the time.
            for cache_bytes in [64 << 20, 5 << 12, 3 << 12] {
                for (tier, jit) in tiers().into_iter().skip(1).take(4) {
                    let (output, stats) = run(&executable, Jit { cache_bytes, ..jit }, code_faults);
                    assert_eq!(output, expected, "program {number}, {code_faults:?}, {cache_bytes}, {tier}");
                    compiled_and_failed += u32::from(stats.compiled > 0 && stats.failed > 0);
                }
            }
        }
    }
    assert!(compiled_and_failed > 100, "failures before and after something is compiled: {compiled_and_failed}");
}

#[test]
fn where_every_request_fails_nothing_is_compiled() {
    let executable = executable(PROGRAMS[0]);
    let (_, stats) = run(&executable, at_once(), CodeFaults::Every(1));
    assert_eq!((stats.compiled, stats.cache_bytes), (0, 0));
    assert!(stats.failed > 0);
}

#[test]
fn a_refusal_evicts_nothing() {
    let source: String = (0..20).map(|number| format!("def f{number}() -> int: return {number}\n")).collect();
    let executable = executable(&source);
    for code_faults in all_faults() {
        let (_, options) = captured();
        let mut engine = executable.start(Options { jit: at_once(), code_faults, ..options }).expect("it starts");
        for function in 0..20 {
            engine.compile(function);
        }
        let stats = engine.jit_stats();
        assert_eq!(stats.compiled + stats.failed, 20, "{code_faults:?}");
        assert_eq!(stats.evicted, 0, "{code_faults:?}");
    }
}

/// Code is given up and made anew from inside calls while requests, also those to give pages back, fail.
#[test]
fn code_comes_and_goes_while_requests_fail() {
    let source = "extern fn shake(n: int)\n\
        def f(n: int) -> int:\n    shake(n)\n    return 1 if n == 0 else f(n - 1) + 1\n\
        def g(n: int) -> int:\n    let sum = 0\n    for i in range(n):\n        shake(i)\n        sum += f(i % 5)\n    return sum\n";
    let executable = executable(source);
    let (f, g) = (executable.function_named("f").unwrap(), executable.function_named("g").unwrap());
    for code_faults in all_faults().chain([CodeFaults::Never]) {
        for cache_bytes in [64 << 20, 5 << 12] {
            let host = Host::new().function("shake", [Type::Int], Type::Void, move |cx, args| {
                let n = args[0].to::<i64>().ok_or("an int")?;
                match n % 4 {
                    0 => cx.invalidate(f),
                    1 => drop(cx.compile(f)),
                    2 => cx.invalidate(g),
                    _ => drop(cx.compile(g)),
                }
                Ok(Value::Null)
            });
            let jit = Jit { cache_bytes, ..at_once() };
            let output = Output::captured(betterpython::Captured::default());
            let options = Options { jit, code_faults, host, output, ..Options::default() };
            let mut engine: Instance = executable.start(options).expect("it starts");
            let result: Result<Value, CallError> = engine.call("g", &[Value::Int(100)]);
            assert_eq!(result, Ok(Value::Int(300)), "{code_faults:?}");
        }
    }
}
