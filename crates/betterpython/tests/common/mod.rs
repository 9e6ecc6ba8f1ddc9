//! What the tests of the engine share: engines from source text, and the tiers they run in.
#![allow(dead_code, reason = "each test uses its part")]

use betterpython::{Captured, Executable, Instance, Jit, Options, Output, StartError, Stress, TraceFrame, Until};

/// A compiled program; its diagnostics would be a mistake of the test.
pub fn executable(source: &str) -> Executable {
    let compilation = betterpython::compile("test.bp", source, Until::Compiled);
    assert!(!compilation.has_errors(), "{:#?}", compilation.diagnostics);
    Executable::from_compilation(&compilation).expect("it has no errors")
}

/// An engine whose modules have run.
pub fn start(source: &str, options: Options) -> Instance {
    let mut engine = try_start(source, options).expect("the engine starts");
    let end = engine.run_modules();
    assert!(matches!(end, betterpython::End::Finished(_)), "{end:?}");
    engine
}

/// An engine that may not start.
pub fn try_start(source: &str, options: Options) -> Result<Instance, StartError> {
    executable(source).start(options)
}

/// Options whose output goes to the capture.
pub fn captured() -> (Captured, Options) {
    let captured = Captured::default();
    (captured.clone(), Options { output: Output::captured(captured), ..Options::default() })
}

/// Compiled at the first call and the first iteration.
pub fn at_once() -> Jit {
    Jit { call_threshold: 1, loop_threshold: 1, ..Jit::default() }
}

/// Every way to execute a program.
pub fn tiers() -> Vec<(&'static str, Jit)> {
    vec![
        ("interpreter", Jit::off()),
        ("at once", at_once()),
        ("calls only", Jit { call_threshold: 1, loop_threshold: u32::MAX, ..Jit::default() }),
        ("loops only", Jit { call_threshold: u32::MAX, loop_threshold: 1, ..Jit::default() }),
        ("warm", Jit { call_threshold: 7, loop_threshold: 50, ..Jit::default() }),
        ("default", Jit::default()),
    ]
}

/// Every tier, and the first two again under a collector that moves everything all the time.
pub fn modes() -> Vec<(String, Jit, Option<Stress>)> {
    let plain = tiers().into_iter().map(|(name, jit)| (name.to_owned(), jit, None));
    let stressed = tiers().into_iter().take(2).flat_map(|(name, jit)| {
        [Stress::Alloc, Stress::Safepoint].map(|stress| (format!("{name}, {stress:?}"), jit, Some(stress)))
    });
    plain.chain(stressed).collect()
}

/// Options for a mode.
pub fn in_mode(jit: Jit, stress: Option<Stress>) -> Options {
    Options { jit, gc_stress: stress, gc_verify: stress.is_some(), gc_poison: stress.is_some(), ..Options::default() }
}

/// Runs `test` on a thread with a stack of that size, and hands on its panic.
pub fn on_stack<T: Send + 'static>(bytes: usize, test: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(bytes).spawn(test).expect("the system has a thread");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The functions and lines of a trace, outermost call first, repetitions written out.
pub fn calls(frames: &[TraceFrame]) -> Vec<(String, u32)> {
    let mut calls: Vec<(String, u32)> = Vec::new();
    for frame in frames {
        match frame {
            TraceFrame::Call { function, line, .. } => calls.push((function.clone(), *line)),
            TraceFrame::Repeated(count) => {
                let last = calls.last().expect("a call is repeated").clone();
                calls.extend(std::iter::repeat_n(last, *count));
            }
            TraceFrame::Omitted(_) => {}
        }
    }
    calls
}
