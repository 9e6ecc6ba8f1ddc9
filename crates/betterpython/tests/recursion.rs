//! Recursion of every kind, in every tier: it ends in a `StackOverflowError` that the program can catch,
//! and the process lives on.

mod common;

use betterpython::{CallError, Host, Instance, Options, Type, Value};
use common::{at_once, calls, on_stack, start, tiers};

/// Recursion through plain calls, through function values, through library functions that call back, and
/// through mixtures. Each `…_ends` catches the overflow `times` times and answers how often.
const SOURCE: &str = r#"
struct Node:
    value: int
    next: Node?

let depth = 0
let unwound = 0

def plain(n: int) -> int:
    if n == 0:
        return 0
    return 1 + plain(n - 1)

def even(n: int) -> bool: return true if n == 0 else odd(n - 1)
def odd(n: int) -> bool: return false if n == 0 else even(n - 1)

def endless(n: int) -> int: return 1 + endless(n + 1)

def floats(a: float, b: float, c: float, d: float, e: float, f: float, g: float, h: float, i: float, j: float) -> float:
    if a == 0.0:
        return b + j
    return floats(a - 1.0, b, c, d, e, f, g, h, i, j + 1.0) + 0.0

def wide(n: int, a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> int:
    if n == 0:
        return a + g
    return wide(n - 1, a, b, c, d, e, f, g + 1) + 0

def protected(n: int) -> int:
    try:
        return protected(n + 1)
    finally:
        unwound += 1

def by_value(f: fn(int) -> int, n: int) -> int: return f(n) + 1
def value_step(n: int) -> int: return 0 if n == 0 else by_value(value_step, n - 1)

def sorter(a: int, b: int) -> int:
    let xs = [2, 1]
    xs.sort_by(sorter)
    return a - b

def mapper(n: int) -> int: return [n + 1].map(mapper)[0]

def folder(a: int, b: int) -> int: return [a, b].reduce(folder)

def looping(n: int) -> int:
    let total = 0
    for i in range(3):
        total += looping(n + i)
    return total

def mixed(n: int) -> int:
    if n % 3 == 0:
        return [n + 1].map(mixed)[0]
    if n % 3 == 1:
        return by_value(mixed, n + 1)
    return mixed(n + 1) + 1

def length_of(n: Node) -> int: return len(f"{n.value}") + length_next(n.next)
def length_next(n: Node?) -> int:
    if n == null:
        return 0
    return length_of(n)

def start_of(which: int) -> int:
    if which == 0: return endless(0)
    if which == 1: return protected(0)
    if which == 2: return sorter(1, 2)
    if which == 3: return mapper(0)
    if which == 4: return folder(1, 2)
    if which == 5: return looping(0)
    if which == 6: return mixed(0)
    if which == 7: return int(floats(-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    return wide(-1, 1, 2, 3, 4, 5, 6, 7)

def overflows(which: int, times: int) -> int:
    let caught = 0
    for i in range(times):
        try:
            start_of(which)
        catch StackOverflowError:
            caught += 1
    return caught

def finals() -> int: return unwound

def list_of(n: int) -> int:
    let list: Node? = null
    for i in range(n):
        list = Node(i, list)
    return length_next(list)
"#;

const KINDS: i64 = 9;

fn int(value: i64) -> Value {
    Value::Int(value)
}

fn options(jit: betterpython::Jit, native_stack: usize) -> Options {
    Options { jit, native_stack: Some(native_stack), ..Options::default() }
}

fn overflow_everywhere(engine: &mut Instance, mode: &str) {
    for which in 0..KINDS {
        for _ in 0..2 {
            assert_eq!(engine.call("overflows", &[int(which), int(3)]), Ok(int(3)), "{which}, {mode}");
        }
        let Err(CallError::Uncaught(error)) = engine.call("start_of", &[int(which)]) else { panic!("{which}, {mode}") };
        assert_eq!(error.class, "StackOverflowError", "{which}, {mode}");
        assert!(calls(&error.frames).len() > 100, "{which}, {mode}");
    }
    assert_ne!(engine.call("finals", &[]), Ok(int(0)), "every `finally` has run");
}

#[test]
fn every_overflow_can_be_caught() {
    for (tier, jit) in tiers() {
        on_stack(8 << 20, move || {
            let mut engine = start(SOURCE, options(jit, 7 << 20));
            overflow_everywhere(&mut engine, tier);
        });
    }
}

#[test]
fn the_smallest_stacks_are_enough_to_say_so() {
    for (tier, jit) in tiers() {
        for native_stack in [0, 1 << 10, 16 << 10, 64 << 10] {
            let mode = format!("{tier}, {native_stack} bytes");
            on_stack(1 << 20, move || {
                let mut engine = start_or_overflow(jit, native_stack);
                for which in 0..KINDS {
                    let Err(CallError::Uncaught(error)) = engine.call("start_of", &[int(which)]) else {
                        panic!("{which}, {mode}")
                    };
                    assert_eq!(error.class, "StackOverflowError", "{which}, {mode}");
                }
            });
        }
    }
}

/// An engine whose modules may find no stack at all.
fn start_or_overflow(jit: betterpython::Jit, native_stack: usize) -> Instance {
    let mut engine = common::try_start(SOURCE, options(jit, native_stack)).unwrap();
    engine.run_modules();
    engine
}

#[test]
fn few_frames_are_a_limit_in_every_tier() {
    for (tier, jit) in tiers() {
        on_stack(64 << 20, move || {
            let mut engine = start(SOURCE, Options { max_frames: Some(50), ..options(jit, 60 << 20) });
            for which in 0..KINDS {
                assert_eq!(engine.call("overflows", &[int(which), int(1)]), Ok(int(1)), "{which}, {tier}");
            }
        });
    }
}

#[test]
fn a_hundred_thousand_calls_fit_a_large_stack() {
    const DEEP: i64 = 100_000;
    for (tier, jit) in tiers() {
        on_stack(256 << 20, move || {
            let mut engine = start(SOURCE, options(jit, 255 << 20));
            for _ in 0..2 {
                assert_eq!(engine.call("plain", &[int(DEEP)]), Ok(int(DEEP)), "{tier}");
                assert_eq!(engine.call("even", &[int(DEEP)]), Ok(Value::Bool(true)), "{tier}");
                assert_eq!(engine.call("value_step", &[int(DEEP / 2)]), Ok(int(DEEP / 2)), "{tier}");
                assert_eq!(engine.call("list_of", &[int(DEEP / 2)]), Ok(int(238_890)), "{tier}");
                let ten: Vec<Value> = std::iter::once(1e5).chain([0.0; 9]).map(Value::Float).collect();
                assert_eq!(engine.call("floats", &ten), Ok(Value::Float(1e5)), "{tier}");
                let eight: Vec<Value> = [DEEP, 1, 2, 3, 4, 5, 6, 7].map(int).to_vec();
                assert_eq!(engine.call("wide", &eight), Ok(int(DEEP + 8)), "{tier}");
            }
            // A stack of this size is overflown once for each kind, where the tiers differ most.
            for which in (0..KINDS).filter(|_| ["interpreter", "at once"].contains(&tier)) {
                assert_eq!(engine.call("overflows", &[int(which), int(1)]), Ok(int(1)), "{which}, {tier}");
            }
        });
    }
}

/// Each function is compiled or not by itself, so that calls cross the border at every step.
#[test]
fn a_hundred_thousand_calls_cross_between_the_tiers() {
    const DEEP: i64 = 100_000;
    on_stack(256 << 20, || {
        let executable = common::executable(SOURCE);
        for compiled in [["even", "by_value"], ["odd", "value_step"]] {
            let mut engine = executable
                .start(options(
                    betterpython::Jit { call_threshold: u32::MAX, loop_threshold: u32::MAX, ..at_once() },
                    255 << 20,
                ))
                .unwrap();
            engine.run_modules();
            for name in compiled {
                assert!(engine.compile(executable.function_named(name).unwrap()));
            }
            for _ in 0..3 {
                assert_eq!(engine.call("even", &[int(DEEP)]), Ok(Value::Bool(true)));
                assert_eq!(engine.call("odd", &[int(DEEP)]), Ok(Value::Bool(false)));
                assert_eq!(engine.call("value_step", &[int(DEEP / 2)]), Ok(int(DEEP / 2)));
            }
            for which in 0..KINDS {
                assert_eq!(engine.call("overflows", &[int(which), int(1)]), Ok(int(1)), "{which}, {compiled:?}");
            }
        }
    });
}

#[test]
fn recursion_through_the_host_ends_too() {
    let source = r#"
extern fn again(n: int) -> int
def step(n: int) -> int: return 1 + again(n)
def caught(n: int) -> str:
    try:
        step(n)
    catch StackOverflowError as e:
        return "caught"
    return "returned"
"#;
    for (tier, jit) in tiers() {
        on_stack(64 << 20, move || {
            let host = Host::new().function("again", [Type::Int], Type::Int, |cx, args| match args[0].to::<i64>() {
                Some(0) => Ok(int(0)),
                Some(n) => cx.call("step", &[int(n - 1)]),
                None => Err("an int".into()),
            });
            let mut engine = start(source, Options { host, ..options(jit, 60 << 20) });
            for _ in 0..3 {
                assert_eq!(engine.call("step", &[int(1000)]), Ok(int(1001)), "{tier}");
                assert_eq!(engine.call("caught", &[int(-1)]), Ok(Value::from("caught")), "{tier}");
                let Err(CallError::Uncaught(error)) = engine.call("step", &[int(-1)]) else { panic!("{tier}") };
                assert_eq!(error.class, "StackOverflowError", "{tier}");
            }
        });
    }
}
