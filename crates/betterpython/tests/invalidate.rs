//! Machine code that is given up while frames are in it: they finish there, whatever way they leave, and
//! its pages go back afterwards and not before.

mod common;

use betterpython::{CallError, Host, HostError, Instance, Jit, Options, Type, Value};
use common::{at_once, calls, executable, in_mode, modes};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One test at a time: another would map its code where one looks for what is gone.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether code can run at an address.
fn is_executable(address: usize) -> bool {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("the system shows the memory map");
    maps.lines().any(|line| {
        let mut words = line.split_whitespace();
        let (start, end) = words.next().and_then(|range| range.split_once('-')).expect("a range");
        let parse = |text| usize::from_str_radix(text, 16).expect("hexadecimal");
        (parse(start)..parse(end)).contains(&address) && words.next().is_some_and(|flags| flags.contains('x'))
    })
}

/// An engine whose `drop_code(n)` gives up the code of function `victim` if `n` is 0, and throws if it is
/// negative; `look` counts how often code could still run at the address.
struct Subject {
    engine: Instance,
    victim: u32,
    address: Arc<AtomicUsize>,
    seen: Arc<AtomicUsize>,
}

fn subject(source: &str, victim: &str, options: Options) -> Subject {
    let source = format!("extern fn drop_code(n: int)\nextern fn look()\n{source}");
    let executable = executable(&source);
    let victim = executable.function_named(victim).expect("there is the victim");
    let (address, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (at, count) = (address.clone(), seen.clone());
    let host = Host::new()
        .function("drop_code", [Type::Int], Type::Void, move |cx, args| {
            let n = args[0].to::<i64>().ok_or("an int")?;
            if n <= 0 {
                cx.invalidate(victim);
            }
            if n < 0 { Err(HostError::from("dropped")) } else { Ok(Value::Null) }
        })
        .function("look", [], Type::Void, move |_, _| {
            count.fetch_add(usize::from(is_executable(at.load(Ordering::Relaxed))), Ordering::Relaxed);
            Ok(Value::Null)
        });
    let mut engine = executable.start(Options { host, ..options }).expect("it starts");
    engine.run_modules();
    Subject { engine, victim, address, seen }
}

impl Subject {
    /// Compiles the victim; tests whose engine does not compile end here.
    fn compile(&mut self) -> bool {
        let is_compiled = self.engine.compile(self.victim);
        if let Some(address) = self.engine.profile(self.victim).expect("it exists").native_code {
            self.address.store(address as usize, Ordering::Relaxed);
        }
        is_compiled
    }

    fn address(&self) -> usize {
        self.address.load(Ordering::Relaxed)
    }

    fn call(&mut self, name: &str, n: i64) -> Result<Value, CallError> {
        self.engine.call(name, &[Value::Int(n)])
    }
}

#[test]
fn a_frame_finishes_in_code_that_was_given_up() {
    let _alone = alone();
    let source = "def f(n: int) -> int:\n    let a = n * 3\n    let s = f\"<{n}>\"\n    drop_code(0)\n    look()\n\
        \x20   let t = s + s\n    return a + len(t)\n";
    for (mode, jit, stress) in modes() {
        let mut subject = subject(source, "f", in_mode(jit, stress));
        if !subject.compile() {
            continue;
        }
        let before = subject.engine.jit_stats();
        assert!(is_executable(subject.address()), "{mode}");
        assert_eq!(subject.call("f", 5), Ok(Value::Int(15 + 6)), "{mode}");
        assert_eq!(subject.seen.load(Ordering::Relaxed), 1, "{mode}: its page was there while it ran");
        assert!(!is_executable(subject.address()), "{mode}: its page is gone");
        let after = subject.engine.jit_stats();
        assert_eq!(after.invalidated, before.invalidated + 1, "{mode}");
        assert!(after.cache_bytes < before.cache_bytes, "{mode}");
    }
}

#[test]
fn generations_of_a_recursive_function_are_on_the_stack_at_once() {
    let _alone = alone();
    let source = "def f(n: int) -> int:\n    let s = f\"{n}\"\n    drop_code(n % 3)\n    look()\n\
        \x20   let below = 0 if n == 0 else f(n - 1)\n    return below + len(s) * n\n";
    for (mode, jit, stress) in modes() {
        let mut subject = subject(source, "f", in_mode(Jit { call_threshold: 1, ..jit }, stress));
        if !subject.compile() {
            continue;
        }
        let expected: i64 = (0..=40).map(|n: i64| n.to_string().len() as i64 * n).sum();
        for round in 0..3 {
            assert_eq!(subject.call("f", 40), Ok(Value::Int(expected)), "{mode}, {round}");
        }
        let stats = subject.engine.jit_stats();
        assert!(stats.invalidated > 30, "{mode}: {stats:?}");
        assert!(stats.compiled > 30, "{mode}: many generations: {stats:?}");
        let seen = subject.seen.load(Ordering::Relaxed);
        assert!(seen >= 41, "{mode}: the first generation stays while its frames do: {seen}");
        subject.engine.invalidate(subject.victim);
        // What is left are the stubs, which no function owns, and other functions.
        let functions = subject.engine.jit_stats().cache_bytes / 4096;
        assert!(functions < 8, "{mode}: {functions} pages");
    }
}

#[test]
fn exceptions_leave_and_are_caught_in_code_that_was_given_up() {
    let _alone = alone();
    let source = "let finals = 0\n\
        def inner(n: int) -> int:\n    try:\n        let s = f\"{n}\"\n        drop_code(-1)\n        return len(s)\n\
        \x20   finally:\n        finals += 1\n        look()\n\
        def f(n: int) -> int:\n    if n > 0:\n        return f(n - 1)\n    return inner(n)\n\
        def catches(n: int) -> str:\n    try:\n        return f\"{f(n)}\"\n    catch RuntimeError as e:\n        return f\"{e.message} {finals}\"\n";
    let traces: Vec<_> = modes()
        .into_iter()
        .map(|(mode, jit, stress)| {
            let mut subject = subject(source, "inner", in_mode(jit, stress));
            let is_compiled = subject.compile();
            let expected = Value::from("dropped 1");
            assert_eq!(subject.call("catches", 3), Ok(expected), "{mode}");
            if is_compiled {
                assert_eq!(subject.seen.load(Ordering::Relaxed), 1, "{mode}: its page was there in the handler");
                assert!(!is_executable(subject.address()), "{mode}");
            }
            subject.compile();
            let Err(CallError::Uncaught(error)) = subject.call("f", 2) else { panic!("{mode}: it throws") };
            calls(&error.frames)
        })
        .collect();
    // Three of `f`, `inner`, and the host function.
    assert_eq!(traces[0].len(), 5);
    assert!(traces.iter().all(|trace| *trace == traces[0]), "{traces:#?}");
}

#[test]
fn a_loop_that_moved_to_machine_code_goes_on_when_that_is_given_up() {
    let _alone = alone();
    let source = "def f(n: int) -> int:\n    let sum = 0\n    let s = \"\"\n    for i in range(n):\n        s = f\"{i}\"\n\
        \x20       drop_code(0 if i % 10 == 5 else 1)\n        sum += len(s) * i\n    return sum\n";
    for (mode, jit, stress) in modes() {
        let mut subject = subject(source, "f", in_mode(jit, stress));
        let expected: i64 = (0..120).map(|n: i64| n.to_string().len() as i64 * n).sum();
        for round in 0..4 {
            assert_eq!(subject.call("f", 120), Ok(Value::Int(expected)), "{mode}, {round}");
        }
        if jit.tier != betterpython::Tier::Interpreter && jit.loop_threshold < 100 {
            let stats = subject.engine.jit_stats();
            assert!(stats.replaced > 0 && stats.invalidated > 0, "{mode}: {stats:?}");
        }
    }
}

#[test]
fn pages_stay_as_long_as_any_frame_is_in_them() {
    let _alone = alone();
    // The outermost frame of `f` waits in its code while inner calls give it up again and again.
    let source = "def f(n: int) -> int:\n    if n == 0:\n        return 0\n    drop_code(0)\n    let r = g(n - 1)\n    look()\n    return r + 1\n\
        def g(n: int) -> int: return f(n)\n";
    let mut subject = subject(source, "f", Options { jit: at_once(), ..Options::default() });
    assert!(subject.compile());
    assert_eq!(subject.call("f", 10), Ok(Value::Int(10)));
    assert_eq!(subject.seen.load(Ordering::Relaxed), 10, "at each return into it or before");
    assert!(!is_executable(subject.address()));
}
