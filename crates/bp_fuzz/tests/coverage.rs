//! Which instructions the programs of the fixed seeds reach: in functions that ran in the interpreter,
//! and in functions that were compiled.

use betterpython::{Captured, Executable, Output, Until};
use bp_fuzz::check::THREAD_STACK;
use bp_isa::instr::{Instr, Opcode};
use bp_isa::program::Function;
use bp_vm::config::VmConfig;
use bp_vm::jit::{Event, JitConfig};
use bp_vm::vm::Vm;
use std::collections::BTreeSet;

/// Programs that are looked at.
const PROGRAMS: u64 = 150;

/// Instructions that only later parts of the language need.
const UNREACHED: &[&str] = &["trap"];

type Names = BTreeSet<&'static str>;

#[test]
fn every_instruction_is_interpreted_and_compiled() {
    let thread = std::thread::Builder::new().stack_size(THREAD_STACK).spawn(|| {
        let (mut interpreted, mut compiled) = (Names::new(), Names::new());
        for seed in (0..PROGRAMS).filter(|seed| !bp_fuzz::needs_limits(*seed)) {
            reached(seed, None, &mut interpreted);
            reached(seed, Some(bp_baseline::compile), &mut compiled);
        }
        (interpreted, compiled)
    });
    let (interpreted, compiled) = thread.expect("a thread can be started").join().expect("programs do not panic");
    let missing = |reached: &Names| -> Vec<&str> {
        let all = Opcode::ALL.iter().map(|opcode| opcode.info().name);
        all.filter(|name| !reached.contains(name) && !UNREACHED.contains(name)).collect()
    };
    assert_eq!(missing(&interpreted), Vec::<&str>::new(), "not interpreted");
    assert_eq!(missing(&compiled), Vec::<&str>::new(), "not compiled");
}

/// Adds the instructions of all functions that the program of a seed calls, or has compiled.
fn reached(seed: u64, compile: Option<bp_vm::jit::CompileFn>, names: &mut Names) {
    let compilation = betterpython::compile("fuzz.bp", bp_fuzz::program(seed), Until::Compiled);
    let executable = Executable::from_compilation(&compilation).expect("generated programs compile");
    let jit = compile.map(|compile| JitConfig {
        compile,
        call_threshold: 1,
        loop_threshold: 1,
        cache_bytes: 64 << 20,
        log: true,
    });
    let config = VmConfig { jit, output: Output::captured(Captured::default()), ..VmConfig::default() };
    let program = executable.program();
    let mut vm = Vm::new(program.clone(), bp_std::library(), config).expect("there is memory");
    vm.run();
    let called = (0..program.functions.len() as u32).filter(|function| match vm.profile(*function) {
        Some(profile) => compile.is_none() && profile.call_count > 0,
        None => false,
    });
    let mut functions: Vec<u32> = called.collect();
    functions.extend(vm.take_jit_events().iter().filter_map(|event| match event {
        Event::Compiled { function, .. } => Some(*function),
        _ => None,
    }));
    functions.iter().for_each(|function| add_instructions(&program.functions[*function as usize], names));
}

fn add_instructions(function: &Function, names: &mut Names) {
    let mut pc = 0;
    while let Some((instr, next)) = Instr::decode(&function.code, pc) {
        names.insert(instr.opcode().info().name);
        pc = next;
    }
}
