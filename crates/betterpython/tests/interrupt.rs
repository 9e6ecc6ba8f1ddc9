//! The interrupt handle stops whatever runs: compiled loops, a sleep, and single calls of library
//! functions that take long. Each program says what it has finished, so that a call that was not
//! interrupted in its midst is told from one that was.

mod common;

use betterpython::{CallError, Options, Value};
use common::{calls, start, tiers};
use std::time::Duration;

/// How long after the start of the work the interrupt comes.
const DELAY: Duration = Duration::from_millis(50);

/// Runs `work` of the program, interrupts it, and answers the functions and lines of the trace.
fn interrupted(source: &str, options: Options, name: &str) -> Vec<(String, u32)> {
    let mut engine = start(source, options);
    let handle = engine.interrupt_handle();
    let interrupter = std::thread::spawn(move || {
        std::thread::sleep(DELAY);
        handle.interrupt();
    });
    let result = engine.call("work", &[]);
    interrupter.join().unwrap();
    let Err(CallError::Uncaught(error)) = result else { panic!("{name}: {result:?}") };
    assert_eq!(error.class, "InterruptError", "{name}");
    assert_eq!(engine.call("done", &[]), Ok(Value::Int(0)), "{name} went on to its end");
    // The interrupt is taken: the engine works as before.
    assert_eq!(engine.call("alive", &[]), Ok(Value::Int(4950)), "{name}");
    calls(&error.frames)
}

/// A program whose work is `body`, on what `setup` has made.
fn program(setup: &str, body: &str) -> String {
    format!(
        "{setup}\nlet finished = 0\ndef work():\n    {body}\n    finished = 1\ndef done() -> int: return finished\n\
         def alive() -> int:\n    let sum = 0\n    for i in range(100):\n        sum += i\n    return sum\n"
    )
}

#[test]
fn loops_and_recursion_stop_in_every_tier() {
    let bodies = [
        ("while", "let n = 0\n    while true:\n        n += 1"),
        ("empty loop", "while true:\n        pass"),
        ("for", "for i in range(9223372036854775807):\n        pass"),
        ("nested", "while true:\n        for i in range(10):\n            for j in range(10):\n                pass"),
        ("allocation", "while true:\n        let xs = [1, 2, 3]"),
        ("calls", "while true:\n        down(50)"),
        ("recursion", "fib(90)"),
        ("function values", "while true:\n        let f = down\n        f(3)"),
        ("callbacks", "while true:\n        [3, 1, 2].sort_by(order)"),
        (
            "handlers",
            "while true:\n        try:\n            throw ValueError(\"x\")\n        catch ValueError:\n            pass",
        ),
        ("strings", "let s = \"\"\n    while true:\n        s = f\"{len(s)}\""),
    ];
    let setup = "def down(n: int):\n    if n > 0: down(n - 1)\n\
                 def fib(n: int) -> int: return n if n < 2 else fib(n - 1) + fib(n - 2)\n\
                 def order(a: int, b: int) -> int: return a - b";
    for (tier, jit) in tiers() {
        for (name, body) in bodies {
            let trace =
                interrupted(&program(setup, body), Options { jit, ..Options::default() }, &format!("{name}, {tier}"));
            assert_eq!(trace[0].0, "work", "{name}, {tier}");
        }
    }
}

#[test]
fn a_program_can_catch_an_interrupt_and_its_finally_runs() {
    let source = "let finals = 0\n\
        def spin():\n    try:\n        while true:\n            pass\n    finally:\n        finals += 1\n\
        def work() -> str:\n    try:\n        spin()\n    catch InterruptError as e:\n        return f\"caught {finals}\"\n    return \"?\"\n";
    for (tier, jit) in tiers() {
        let mut engine = start(source, Options { jit, ..Options::default() });
        for round in 1..=3 {
            let handle = engine.interrupt_handle();
            let interrupter = std::thread::spawn(move || {
                std::thread::sleep(DELAY);
                handle.interrupt();
            });
            assert_eq!(engine.call("work", &[]), Ok(Value::from(&*format!("caught {round}"))), "{tier}");
            interrupter.join().unwrap();
        }
    }
}

#[test]
fn a_sleep_stops() {
    for (tier, jit) in tiers() {
        let trace = interrupted(&program("", "sleep(3600000)"), Options { jit, ..Options::default() }, tier);
        assert_eq!(trace, [("work".to_owned(), 4)]);
    }
}

/// Library functions that work for long, over and over. Whoever polls at their calls only would never
/// be interrupted in the midst of one.
const LONG_CALLS: [(&str, &str, &str); 23] = [
    ("sort of ints", NUMBERS, "xs.copy().sort()"),
    ("sort of ints by their opposites", NUMBERS, "xs.copy().sort(reverse=true)"),
    ("sorted floats", FLOATS, "let ys = sorted(xs)"),
    ("sort of strings", TEXTS, "xs.copy().sort()"),
    ("sort of tuples", PAIRS, "xs.copy().sort()"),
    ("sort by a key", NUMBERS, "xs.copy().sort_by(order)"),
    ("shuffle", NUMBERS, "shuffle(xs)"),
    ("join", TEXTS, "let s = \",\".join(xs)"),
    ("copy of a map", MAP, "let c = m.copy()"),
    ("keys of a map", MAP, "let k = m.keys()"),
    ("update of a map", MAP, "empty().update(m)"),
    ("repeated string", "", "let s = \"abcdefg\" * 50000000"),
    ("padding", "", "let s = \"a\".pad_left(300000000, \"xyz\")"),
    ("replace", "let s = \"ab\" * 10000000", "let t = s.replace(\"a\", \"cc\")"),
    ("upper case", "let s = \"stra\u{df}e \" * 4000000", "let t = s.upper()"),
    ("split", "let s = \"a,\" * 2000000", "let t = s.split(\",\")"),
    ("characters", "let s = \"abcd\" * 1000000", "let t = s.chars()"),
    ("text of an array", NUMBERS, "let t = to_str(xs)"),
    ("index of a value", TEXTS, "let at = xs.index_of(\"absent\")"),
    ("count of a value", TEXTS, "let n = xs.count(\"absent\")"),
    ("maximum", TEXTS, "let n = max(xs)"),
    ("slice with a step", NUMBERS, "let ys = xs[::2]"),
    ("map", NUMBERS, "let ys = xs.map(next)"),
];

const NUMBERS: &str = "let xs: [int] = []\nfor i in range(10000000): xs.push(i * 7919 % 10000019)";
const FLOATS: &str = "let xs: [float] = []\nfor i in range(10000000): xs.push(float(i * 7919 % 10000019))";
const TEXTS: &str = "let xs: [str] = []\nfor i in range(1000000): xs.push(f\"{i * 7919 % 1000003}\")";
const PAIRS: &str = "let xs: [(int, int)] = []\nfor i in range(500000): xs.push((i % 2, i * 7919 % 500009))";
const MAP: &str =
    "let m: {int: int} = {}\nfor i in range(2000000): m[i * 7919] = i\ndef empty() -> {int: int}: return {}";
const HELP: &str = "def next(x: int) -> int: return x + 1\ndef order(a: int, b: int) -> int: return a - b\n";

#[test]
fn long_library_calls_stop_in_their_midst() {
    /// Interrupts that may find a call in a part that is too short to poll.
    const ATTEMPTS: u64 = 20;
    for (name, setup, call) in LONG_CALLS {
        let source = format!(
            "{HELP}{setup}\nlet begun = 0\nlet ended = 0\n\
             def work():\n    while true:\n        begun += 1\n        {call}\n        ended += 1\n\
             def is_inside() -> bool:\n    let inside = begun != ended\n    ended = begun\n    return inside\n"
        );
        let mut engine = start(&source, Options { heap_limit: Some(4 << 30), ..Options::default() });
        let is_stopped_inside = (0..ATTEMPTS).any(|attempt| {
            let handle = engine.interrupt_handle();
            let delay = DELAY + Duration::from_millis(7 * attempt);
            let interrupter = std::thread::spawn(move || {
                std::thread::sleep(delay);
                handle.interrupt();
            });
            let result = engine.call("work", &[]);
            interrupter.join().unwrap();
            assert!(matches!(&result, Err(CallError::Uncaught(error)) if error.class == "InterruptError"), "{name}");
            engine.call("is_inside", &[]) == Ok(Value::Bool(true))
        });
        assert!(is_stopped_inside, "{name} never stopped in its midst");
    }
}
