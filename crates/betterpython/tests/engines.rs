//! Many engines: side by side in threads, interleaved in one thread, one after another; and the limits of
//! each.

mod common;

use betterpython::{CallError, End, Host, Jit, JitState, Options, Tier, Type, Value};
use common::{at_once, captured, executable, modes, on_stack, start, tiers};

/// Uses much of an engine: numbers, strings, maps, exceptions, callbacks, garbage.
const WORK: &str = r#"
extern fn mix(n: int) -> int
struct Node:
    value: int
    next: Node?
let seen: {str: int} = {}
def step(n: int) -> int:
    let list: Node? = null
    for i in range(50):
        list = Node(i * n, list)
    let sum = 0
    let at = list
    while at != null:
        sum += at.value
        at = at.next
    seen[f"k{n % 17}"] = sum
    return sum
def risky(n: int) -> int:
    if n % 5 == 0:
        throw ValueError(f"five {n}")
    return mix(n)
def work(rounds: int) -> str:
    let total = 0
    let caught = 0
    for n in range(rounds):
        total += step(n)
        try:
            total += risky(n)
        catch ValueError as e:
            caught += len(e.message)
        total += [n, n + 1, n + 2].map(double).reduce(add)
    let keys = seen.keys()
    keys.sort()
    return f"{total} {caught} {keys}"
def double(n: int) -> int: return 2 * n
def add(a: int, b: int) -> int: return a + b
"#;

fn host() -> Host {
    Host::new().function("mix", [Type::Int], Type::Int, |cx, args| {
        let doubled = cx.call("double", args)?;
        Ok(Value::Int(doubled.to::<i64>().ok_or("an int")? ^ 1))
    })
}

fn expected(rounds: i64) -> Value {
    let mut engine = start(WORK, Options { host: host(), jit: Jit::off(), ..Options::default() });
    engine.call("work", &[Value::Int(rounds)]).unwrap()
}

#[test]
fn eight_engines_in_eight_threads() {
    let expected = expected(300);
    let executable = executable(WORK);
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let (executable, expected) = (executable.clone(), expected.clone());
            std::thread::spawn(move || {
                for round in 0..4 {
                    let options =
                        Options { host: host(), jit: at_once(), heap_limit: Some(64 << 20), ..Options::default() };
                    let mut engine = executable.start(options).unwrap();
                    engine.run_modules();
                    assert_eq!(engine.call("work", &[Value::Int(300)]), Ok(expected.clone()), "{number}, {round}");
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn engines_interleave_on_one_thread() {
    let expected: Vec<Value> = (1..30).map(expected).collect();
    let executable = executable(WORK);
    let mut engines: Vec<_> = modes()
        .into_iter()
        .map(|(mode, jit, stress)| {
            let options = Options { host: host(), ..common::in_mode(jit, stress) };
            let mut engine = executable.start(options).unwrap();
            engine.run_modules();
            (mode, engine)
        })
        .collect();
    for (rounds, expected) in (1..).zip(&expected) {
        for (mode, engine) in &mut engines {
            // Each round begins with the keys that it leaves.
            engine.run_modules();
            assert_eq!(engine.call("work", &[Value::Int(rounds)]).as_ref(), Ok(expected), "{mode}");
        }
        if rounds == 15 {
            engines.remove(0).1.shutdown();
        }
    }
}

/// An engine that runs another one from a host function, which calls back.
#[test]
fn engines_nest() {
    let outer = "extern fn inside(n: int) -> int\ndef f(n: int) -> int: return inside(n) + 1\n";
    for (tier, jit) in tiers() {
        let host = Host::new().function("inside", [Type::Int], Type::Int, move |cx, args| {
            let options = Options { jit, ..Options::default() };
            let mut inner = start("def g(n: int) -> int: return 1 // n if n < 3 else n * 10\n", options);
            match inner.call("g", args) {
                Ok(Value::Int(50)) => cx.call("f", &[Value::Int(4)]),
                Ok(value) => Ok(value),
                Err(error) => Err(error.to_string().into()),
            }
        });
        let mut engine = start(outer, Options { host, jit, ..Options::default() });
        for _ in 0..5 {
            assert_eq!(engine.call("f", &[Value::Int(5)]), Ok(Value::Int(42)), "{tier}");
            let error = engine.call("f", &[Value::Int(0)]).unwrap_err();
            assert_eq!(error.to_string(), "RuntimeError: ZeroDivisionError: division by zero", "{tier}");
        }
    }
}

/// Bytes of this process in memory.
fn resident_bytes() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

#[test]
fn engines_give_their_memory_back() {
    let executable = executable(WORK);
    let run = |count: usize| {
        for _ in 0..count {
            let mut engine = executable.start(Options { host: host(), jit: at_once(), ..Options::default() }).unwrap();
            engine.run_modules();
            engine.call("work", &[Value::Int(20)]).unwrap();
        }
    };
    run(100);
    let before = resident_bytes();
    run(1000);
    let grown = resident_bytes().saturating_sub(before);
    assert!(grown < 24 << 20, "{grown} bytes stayed with 1000 engines");
}

#[test]
fn the_heap_limit_is_each_engines_own_and_can_be_caught() {
    let source = r#"
let kept: [[int]] = []
def fill(n: int) -> int:
    let caught = 0
    for i in range(n):
        try:
            while true:
                kept.push(array_fill(1000, i))
        catch OutOfMemoryError:
            caught += 1
            kept = []
    return caught
def big(n: int) -> str:
    try:
        let s = "x"
        while true:
            s = s + s
    catch OutOfMemoryError as e:
        return e.message
    catch ValueError as e:
        return e.message
    return "?"
def fine() -> int: return len("abc" * 1000)
"#;
    for (tier, jit) in tiers() {
        for heap_limit in [16 << 20, 40 << 20] {
            let mut engine = start(source, Options { jit, heap_limit: Some(heap_limit), ..Options::default() });
            let mut other = start(source, Options { jit, ..Options::default() });
            for _ in 0..3 {
                assert_eq!(engine.call("fill", &[Value::Int(3)]), Ok(Value::Int(3)), "{tier}");
                assert!(engine.call("big", &[Value::Int(0)]).is_ok(), "{tier}");
                assert_eq!(engine.call("fine", &[]), Ok(Value::Int(3000)), "{tier}");
                assert_eq!(other.call("fine", &[]), Ok(Value::Int(3000)), "{tier}");
            }
        }
    }
}

#[test]
fn stack_limits_are_each_engines_own() {
    let source = "def down(n: int) -> int: return 0 if n == 0 else 1 + down(n - 1)\n\
        def depth() -> int:\n    let n = 64\n    try:\n        while true:\n            down(n)\n            n = n * 2\n\
            \x20   catch StackOverflowError:\n        return n\n    return 0\n";
    on_stack(64 << 20, move || {
        for (tier, jit) in tiers() {
            let mut small = start(
                source,
                Options { jit, native_stack: Some(256 << 10), max_frames: Some(2000), ..Options::default() },
            );
            let mut large = start(
                source,
                Options { jit, native_stack: Some(48 << 20), max_frames: Some(200_000), ..Options::default() },
            );
            let depth = |engine: &mut betterpython::Instance| engine.call("depth", &[]).unwrap().to::<i64>().unwrap();
            for _ in 0..2 {
                assert!(depth(&mut small) < depth(&mut large), "{tier}");
            }
        }
    });
}

#[test]
fn profiles_tell_all_five_things() {
    let source = "def hot(n: int) -> int:\n    let sum = 0\n    for i in range(n):\n        sum += i\n\
        \x20   let k = 0\n    while k < 3:\n        k += 1\n    return sum\ndef idle(): pass\n";
    let executable = executable(source);
    let (hot, idle) = (executable.function_named("hot").unwrap(), executable.function_named("idle").unwrap());
    let jit = Jit { call_threshold: 5, loop_threshold: 1000, ..Jit::default() };
    let mut engine = executable.start(Options { jit, ..Options::default() }).unwrap();
    engine.run_modules();
    let state = |engine: &betterpython::Instance| engine.profile(hot).unwrap().jit_state;
    assert_eq!(state(&engine), JitState::Cold);
    for _ in 0..4 {
        engine.execute(hot, &[Value::Int(10)]).unwrap();
    }
    let profile = engine.profile(hot).unwrap();
    assert_eq!(profile.jit_state, JitState::Warm);
    assert_eq!((profile.call_count, profile.native_code, profile.native_size), (4, None, 0));
    assert_eq!(profile.loop_counts.len(), 2);
    assert!(profile.loop_counts[0] > profile.loop_counts[1] && profile.loop_counts[1] > 0, "{profile:?}");
    assert!(!engine.should_compile(hot));
    engine.record_call(hot);
    assert!(engine.should_compile(hot));
    assert_eq!(state(&engine), JitState::Hot);
    engine.execute(hot, &[Value::Int(10)]).unwrap();
    let profile = engine.profile(hot).unwrap();
    assert_eq!(profile.jit_state, JitState::Compiled(Tier::Baseline));
    assert!(profile.native_code.is_some() && profile.native_size > 0);
    assert!(!engine.should_compile(hot));
    engine.invalidate(hot);
    assert_eq!(state(&engine), JitState::Warm);
    assert_eq!(engine.execute(hot, &[Value::Int(10)]), Ok(Value::Int(45)));
    // One long loop compiles it while it runs.
    engine.execute(hot, &[Value::Int(100_000)]).unwrap();
    assert_eq!(state(&engine), JitState::Compiled(Tier::Baseline));
    assert_eq!(engine.profile(idle).unwrap().jit_state, JitState::Cold);
    assert_eq!(engine.profile(9999), None);
}

#[test]
fn what_cannot_be_compiled_says_why() {
    let jit = Jit { cache_bytes: 0, ..at_once() };
    let executable = executable("def f() -> int: return 1\n");
    let f = executable.function_named("f").unwrap();
    let mut engine = executable.start(Options { jit, ..Options::default() }).unwrap();
    assert!(!engine.compile(f));
    assert!(matches!(engine.profile(f).unwrap().jit_state, JitState::Failed(reason) if !reason.is_empty()));
    assert_eq!(engine.execute(f, &[]), Ok(Value::Int(1)));
    let mut engine = executable.start(Options { jit: Jit::off(), ..Options::default() }).unwrap();
    engine.record_call(f);
    assert!(!engine.should_compile(f) && !engine.compile(f));
    assert_eq!(engine.profile(f).unwrap().jit_state, JitState::Warm);
}

#[test]
fn code_is_given_up_while_it_runs() {
    let source = "extern fn drop_code()\n\
        def f(n: int) -> int:\n    drop_code()\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f(3))\n";
    let (output, options) = captured();
    let host = Host::new().function("drop_code", [], Type::Void, |_, _| Ok(Value::Null));
    let executable = executable(source);
    let f = executable.function_named("f").unwrap();
    let mut engine = executable.start(Options { host, jit: at_once(), ..options }).unwrap();
    assert!(matches!(engine.run(), End::Finished(_)));
    for round in 0..50 {
        engine.invalidate(f);
        assert_eq!(engine.execute(f, &[Value::Int(round)]), Ok(Value::Int(round)));
    }
    assert_eq!(output.stdout(), b"3\n");
    assert!(matches!(engine.call("f", &[]), Err(CallError::Refused(_))));
}
