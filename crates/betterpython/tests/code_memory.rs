//! Memory for machine code, as the system sees it: never writable and executable, not even by two
//! mappings of the same pages; bounded; given back; and not needed for a program to run.

use betterpython::{Captured, Executable, Output, Until};
use bp_vm::config::{Outcome, VmConfig};
use bp_vm::jit::{JitConfig, JitStats};
use bp_vm::vm::Vm;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

const PAGE: usize = 4096;

/// One test at a time: another would map its code where one looks for what is gone.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line of the process's own memory map.
struct Mapping {
    start: usize,
    end: usize,
    /// As in `r-xp`.
    flags: String,
    /// Device and inode of the file or shared memory behind it; none if it is private memory.
    backing: Option<String>,
}

impl Mapping {
    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

fn memory_map() -> Vec<Mapping> {
    let text = std::fs::read_to_string("/proc/self/maps").expect("the system shows the memory map");
    text.lines().map(parse_mapping).collect()
}

fn parse_mapping(line: &str) -> Mapping {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (start, end) = words[0].split_once('-').expect("a range of addresses");
    let address = |text: &str| usize::from_str_radix(text, 16).expect("a hexadecimal address");
    Mapping {
        start: address(start),
        end: address(end),
        flags: words[1].to_owned(),
        backing: (words[4] != "0").then(|| format!("{} {}", words[3], words[4])),
    }
}

/// Many functions that call each other, more than fit into a small cache.
fn many_functions(count: usize, rounds: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let next = if number + 1 < count { format!("f{}(n + {number}) + ", number + 1) } else { String::new() };
        writeln!(text, "def f{number}(n: int) -> int:").unwrap();
        writeln!(text, "    let sum = 0").unwrap();
        writeln!(text, "    for i in range(3): sum += i * n ^ {number}").unwrap();
        writeln!(text, "    return {next}sum").unwrap();
    }
    writeln!(text, "def main():").unwrap();
    writeln!(text, "    let sum = 0").unwrap();
    writeln!(text, "    for round in range({rounds}):").unwrap();
    for number in 0..count {
        writeln!(text, "        sum = sum * 7 + f{number}(round)").unwrap();
    }
    writeln!(text, "    print(sum)").unwrap();
    text
}

fn executable(text: &str) -> Executable {
    let compilation = betterpython::compile("memory.bp", text, Until::Compiled);
    Executable::from_compilation(&compilation).expect("the program has no errors")
}

/// A machine that compiles at the first call, with so much room for code; without any, it interprets.
fn machine(executable: &Executable, cache_bytes: Option<usize>, output: Output) -> Vm {
    let jit = cache_bytes.map(|cache_bytes| JitConfig {
        compile: bp_baseline::compile,
        call_threshold: 1,
        loop_threshold: 2,
        cache_bytes,
        log: false,
    });
    let config = VmConfig { jit, output, ..VmConfig::default() };
    Vm::new(executable.program().clone(), bp_std::library(), config).expect("there is memory")
}

/// Runs a program to its end.
fn run(executable: &Executable, cache_bytes: Option<usize>) -> (String, JitStats) {
    let captured = Captured::default();
    let mut vm = machine(executable, cache_bytes, Output::captured(captured.clone()));
    assert!(matches!(vm.run(), Outcome::Finished(_)));
    (String::from_utf8(captured.stdout()).expect("it prints numbers"), vm.jit_stats())
}

/// Looks at the memory map until told to stop; how often executable private memory was seen.
fn watch(stop: &AtomicBool) -> usize {
    let mut seen = 0;
    while !stop.load(Ordering::Relaxed) {
        let map = memory_map();
        for mapping in &map {
            assert!(
                !(mapping.has('w') && mapping.has('x')),
                "{:x}-{:x} is writable and executable",
                mapping.start,
                mapping.end
            );
        }
        for code in map.iter().filter(|mapping| mapping.has('x')) {
            assert!(code.backing.is_none() || code.has('p'), "{:x}: code in shared memory", code.start);
            let alias = map.iter().find(|other| {
                code.backing.is_some() && other.backing == code.backing && other.has('w') && other.has('s')
            });
            assert!(alias.is_none(), "{:x}: a writable alias of code", code.start);
            seen += usize::from(code.backing.is_none());
        }
    }
    seen
}

#[test]
fn no_memory_is_writable_and_executable() {
    let _alone = alone();
    let program = executable(&many_functions(40, 30));
    let expected = run(&program, None).0;
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&stop));
        for pages in [12, 24, 4096] {
            let (output, stats) = run(&program, Some(pages * PAGE));
            assert_eq!(output, expected);
            assert!(stats.compiled > 0, "something is compiled");
        }
        stop.store(true, Ordering::Relaxed);
        watcher.join().expect("no mapping breaks the rule")
    });
    assert!(seen > 0, "code is seen");
}

#[test]
fn a_full_cache_evicts_and_the_program_goes_on() {
    let _alone = alone();
    let program = executable(&many_functions(30, 4));
    let expected = run(&program, None).0;
    for pages in 2..12 {
        let cap = pages * PAGE;
        let (output, stats) = run(&program, Some(cap));
        assert_eq!(output, expected, "with {pages} pages");
        assert!(stats.cache_bytes <= cap as u64, "{} bytes are more than {cap}", stats.cache_bytes);
        assert!(stats.compiled + stats.failed > 0, "the compiler was asked");
    }
    let (_, roomy) = run(&program, Some(64 << 20));
    assert_eq!((roomy.evicted, roomy.failed), (0, 0), "with room for all, all stay");
    let (_, stats) = run(&executable(&independent_functions(30)), Some(8 * PAGE));
    assert!(stats.evicted > 0, "the coldest go: {stats:?}");
}

/// Functions that return before the next is called: all may be evicted.
fn independent_functions(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        writeln!(text, "@noinline\ndef f{number}(n: int) -> int: return n * {number} + 1").unwrap();
    }
    writeln!(text, "def main():\n    let sum = 0\n    for round in range(20):").unwrap();
    for number in 0..count {
        writeln!(text, "        sum += f{number}(round)").unwrap();
    }
    writeln!(text, "    print(sum)").unwrap();
    text
}

#[test]
fn pages_go_back_when_code_is_invalidated() {
    let _alone = alone();
    let program = executable("def f() -> int: return 6 * 7\ndef g() -> int: return f() + 1\n");
    let (f, g) = (program.function_named("f").unwrap(), program.function_named("g").unwrap());
    let mut vm = machine(&program, Some(64 * PAGE), Output::captured(Captured::default()));
    assert!(matches!(vm.run_modules(), Outcome::Finished(_)));
    assert!(vm.compile(f) && vm.compile(g));
    assert!(matches!(vm.call_by_index(g), Outcome::Finished(43)));
    let address = vm.code_info(f).expect("it is compiled").address as usize;
    assert!(is_executable(address));
    let before = vm.jit_stats();
    vm.invalidate(f);
    let after = vm.jit_stats();
    assert_eq!(after.invalidated, before.invalidated + 1);
    assert_eq!(after.cache_bytes, before.cache_bytes - PAGE as u64);
    assert!(!is_executable(address), "its page is gone");
    assert!(matches!(vm.call_by_index(g), Outcome::Finished(43)), "compiled code calls the interpreter instead");
    assert!(vm.compile(f), "it can be compiled again");
    assert!(matches!(vm.call_by_index(g), Outcome::Finished(43)));
    let range_end = address + 64 * PAGE;
    drop(vm);
    assert!(!(address..range_end).step_by(PAGE).any(is_executable), "the range goes with the machine");
}

fn is_executable(address: usize) -> bool {
    memory_map().iter().any(|mapping| (mapping.start..mapping.end).contains(&address) && mapping.has('x'))
}

#[test]
fn without_code_memory_programs_are_interpreted() {
    let _alone = alone();
    let program = executable(&many_functions(20, 3));
    let expected = run(&program, None).0;
    // One page holds the stubs at most; the others are more than any system has.
    for bytes in [1, PAGE, 1 << 50, 1 << 62] {
        let (output, stats) = run(&program, Some(bytes));
        assert_eq!(output, expected, "with {bytes} bytes");
        assert!(stats.failed > 0, "with {bytes} bytes compiling fails");
        assert_eq!(stats.compiled, 0, "with {bytes} bytes nothing is compiled");
    }
}
