//! What the JIT did: `--jit-stats`, `--jit-log`, `--perf-map`.

use betterpython::{Instance, JitEvent, JitStats, Program};
use std::fmt::Write;
use std::time::Duration;

/// What is to be reported at the end of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reports {
    /// What was compiled, and totals.
    pub(crate) stats: bool,
    /// Each event.
    pub(crate) log: bool,
    /// A map of the code for `perf`.
    pub(crate) perf_map: bool,
}

impl Reports {
    /// Whether the machine has to keep a record.
    pub(crate) fn need_events(self) -> bool {
        self.stats || self.log || self.perf_map
    }

    /// The reports for standard error; writes the map. An error is for the user.
    pub(crate) fn make(self, instance: &mut Instance) -> (String, Result<(), String>) {
        let events = instance.take_jit_events();
        let program = instance.program();
        let mut text = String::new();
        if self.log {
            events.iter().for_each(|event| text += &log_line(program, event));
        }
        if self.stats {
            text += &table(program, &events);
            text += &totals(&instance.jit_stats());
        }
        let written = if self.perf_map { write_perf_map(program, &events) } else { Ok(()) };
        (text, written)
    }
}

fn name(program: &Program, function: u32) -> &str {
    &program.functions[function as usize].name
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// An event in a line.
fn log_line(program: &Program, event: &JitEvent) -> String {
    match *event {
        JitEvent::Compiled { function, by_loop, bytecode_bytes, code_bytes, time, at, .. } => {
            let why = if by_loop { "a loop" } else { "calls" };
            let name = name(program, function);
            let (at, time) = (millis(at), time.as_micros());
            format!(
                "jit: {at:9.3} ms  compiled {name}, hot by {why}: {bytecode_bytes} -> {code_bytes} bytes in {time} us\n"
            )
        }
        JitEvent::Failed { function, reason } => {
            format!("jit:               failed   {}: {reason}\n", name(program, function))
        }
        JitEvent::Dropped { function, evicted } => {
            let why = if evicted { "evicted for want of room" } else { "invalidated" };
            format!("jit:               dropped  {}: {why}\n", name(program, function))
        }
    }
}

/// Each compilation in a row.
fn table(program: &Program, events: &[JitEvent]) -> String {
    let mut text = String::from("jit:     at ms  hot by  bytecode      code  time us  function\n");
    for event in events {
        if let JitEvent::Compiled { function, by_loop, bytecode_bytes, code_bytes, time, at, .. } = *event {
            let why = if by_loop { "loop" } else { "calls" };
            let (at, time, name) = (millis(at), time.as_micros(), name(program, function));
            let _ = writeln!(text, "jit: {at:9.3}  {why:6}  {bytecode_bytes:8}  {code_bytes:8}  {time:7}  {name}");
        }
    }
    text
}

/// Totals, one a line.
fn totals(stats: &JitStats) -> String {
    let seconds = stats.compile_time.as_secs_f64();
    let speed = if seconds > 0.0 { stats.bytecode_bytes as f64 / seconds / 1e6 } else { 0.0 };
    let rows = [
        ("functions compiled", stats.compiled.to_string()),
        ("running loops replaced", stats.replaced.to_string()),
        ("compilations failed", stats.failed.to_string()),
        ("functions evicted", stats.evicted.to_string()),
        ("functions invalidated", stats.invalidated.to_string()),
        ("bytecode bytes", stats.bytecode_bytes.to_string()),
        ("code bytes", stats.code_bytes.to_string()),
        ("cache bytes in use", stats.cache_bytes.to_string()),
        ("compile time, ms", format!("{:.3}", millis(stats.compile_time))),
        ("bytecode, MB per s", format!("{speed:.1}")),
    ];
    rows.iter().map(|(name, value)| format!("jit: {name:22} {value:>12}\n")).collect()
}

/// Writes `/tmp/perf-PID.map`: where the code of each compiled function is or was.
fn write_perf_map(program: &Program, events: &[JitEvent]) -> Result<(), String> {
    let path = format!("/tmp/perf-{}.map", std::process::id());
    std::fs::write(&path, perf_map(program, events))
        .map_err(|error| format!("cannot write `{path}`: {}", crate::input::reason(&error)))
}

/// Lines `START SIZE NAME`, numbers in hexadecimal.
fn perf_map(program: &Program, events: &[JitEvent]) -> String {
    let mut text = String::new();
    for event in events {
        if let JitEvent::Compiled { function, code_bytes, address, .. } = *event {
            let described = &program.functions[function as usize];
            let file = program.files.get(described.file as usize).map_or("?", |file| file);
            let line = described.line_at(0).map_or(0, |entry| entry.line);
            let _ = writeln!(text, "{address:x} {code_bytes:x} {} ({file}:{line})", described.name);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use betterpython::{Executable, Jit, Options, Until};

    const SOURCE: &str = "@noinline\ndef f(n: int) -> int: return n + 1\n\nfor i in range(3):\n    f(i)\n";

    fn run(jit: Jit) -> Instance {
        let compilation = betterpython::compile("a.bp", SOURCE, Until::Compiled);
        let executable = Executable::from_compilation(&compilation).expect("the program has no errors");
        let mut instance = executable.start(Options { jit, ..Options::default() }).expect("memory");
        instance.run();
        instance
    }

    #[test]
    fn reports_name_functions() {
        let mut instance = run(Jit { call_threshold: 2, log: true, ..Jit::default() });
        let (text, written) = Reports { stats: true, log: true, perf_map: false }.make(&mut instance);
        assert_eq!(written, Ok(()));
        assert!(text.contains("compiled f, hot by calls: "), "{text}");
        assert!(text.contains("functions compiled                1\n"), "{text}");
    }

    #[test]
    fn the_map_has_three_columns() {
        let mut instance = run(Jit { call_threshold: 1, log: true, ..Jit::default() });
        let events = instance.take_jit_events();
        let map = perf_map(instance.program(), &events);
        let row: Vec<&str> = map.lines().find(|line| line.contains(" f (a.bp:2)")).expect("a row").split(' ').collect();
        assert!(u64::from_str_radix(row[0], 16).is_ok_and(|address| address > 0), "{row:?}");
        assert!(u64::from_str_radix(row[1], 16).is_ok_and(|bytes| bytes > 0), "{row:?}");
    }
}
