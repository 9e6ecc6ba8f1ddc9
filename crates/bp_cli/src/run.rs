//! `bp run`: a program from its first line to its exit status.

use crate::args::{GcStress, JitArgs, RunArgs, Tier};
use crate::console::{self, Console};
use crate::interrupt::Interrupts;
use crate::jit_report::Reports;
use crate::{Failure, input, memory};
use betterpython::{End, Host, Instance, Jit, Options, Stress};
use std::os::unix::ffi::OsStringExt;

/// Runs a program on a stack of which it may use `stack_bytes`, and returns its exit status.
pub(crate) fn run(args: RunArgs, stack_bytes: usize) -> Result<u8, Failure> {
    let interrupts = Interrupts::install();
    let executable = input::executable(&args.file, &args.messages)?;
    let gc_stats = args.gc_stats;
    let reports = reports(&args.jit);
    let mut instance = executable.start(options(args, stack_bytes)).map_err(|error| {
        Console::stderr().error(&format!("cannot start the program: {error}"));
        Failure::Environment
    })?;
    interrupts.watch(instance.interrupt_handle());
    let end = instance.run();
    if let End::Uncaught(error) = &end {
        let console = Console::stderr();
        console.write(&instance.traceback(error, console.style));
    }
    if gc_stats {
        Console::stderr().write(&figures(&instance));
    }
    let (text, written) = reports.make(&mut instance);
    Console::stderr().write(&text);
    if let Err(reason) = written {
        Console::stderr().error(&reason);
    }
    match instance.output_failure() {
        // The traceback has been shown: the exception is the worse news.
        _ if matches!(end, End::Uncaught(_)) => Ok(end.status()),
        Some(error) => Err(console::output_failure(error)),
        None => Ok(end.status()),
    }
}

fn options(args: RunArgs, stack_bytes: usize) -> Options {
    Options {
        heap_limit: args.heap_limit.or_else(memory::default_heap_limit),
        gc_stress: args.gc_stress.map(|when| match when {
            GcStress::Alloc => Stress::Alloc,
            GcStress::Safepoint => Stress::Safepoint,
        }),
        gc_verify: args.gc_verify,
        gc_poison: args.gc_stress.is_some(),
        native_stack: Some(stack_bytes),
        args: args.args.into_iter().map(OsStringExt::into_vec).collect(),
        jit: jit(&args.jit),
        hash_seed: std::env::var("BP_HASH_SEED").ok().and_then(|seed| seed.parse().ok()),
        host: if args.no_ffi { Host::new() } else { Host::new().foreign_functions() },
        ..Options::default()
    }
}

fn jit(args: &JitArgs) -> Jit {
    let default = Jit::default();
    Jit {
        tier: match args.jit {
            Some(Tier::Off) => betterpython::Tier::Interpreter,
            Some(Tier::Baseline) | None => default.tier,
        },
        call_threshold: args.jit_calls.unwrap_or(default.call_threshold),
        loop_threshold: args.jit_loops.unwrap_or(default.loop_threshold),
        cache_bytes: memory::code_bytes(default.cache_bytes),
        log: reports(args).need_events(),
    }
}

fn reports(args: &JitArgs) -> Reports {
    Reports { stats: args.jit_stats, log: args.jit_log, perf_map: args.perf_map }
}

/// The collector's figures, one a line.
fn figures(instance: &Instance) -> String {
    let rows = instance.gc_stats();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    rows.iter().map(|(name, value)| format!("gc: {name:width$} {value:>12}\n")).collect()
}
