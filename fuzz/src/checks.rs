//! What the coverage-guided fuzzers do with their bytes; the replay of their corpora does the same.
//!
//! Each check panics where the project breaks a promise. Absence: nothing is executed. A program that
//! the verifier accepts need not be safe to run: what objects hold is the compiler's word, and a file
//! is trusted as an executable is. Running is the business of the differential fuzzer.
#![allow(dead_code, reason = "each target uses one of the checks")]

use betterpython::{Executable, Style, Until, emit, emit_json};
use bp_isa::Program;
use bp_isa::bpc;
use bp_vm::config::VmConfig;
use bp_vm::jit::JitConfig;
use bp_vm::output::{Captured, Output};
use bp_vm::vm::Vm;
use std::sync::Arc;

/// Longer inputs find nothing that shorter ones do not.
const MOST_BYTES: usize = 64 << 10;

/// Any bytes are source text: they are parsed, checked and, where nothing is wrong, compiled to
/// bytecode that the verifier accepts and that survives being written and read. What is wrong can be
/// shown in every form.
pub fn front(text: &[u8]) {
    if text.len() > MOST_BYTES {
        return;
    }
    let compilation = betterpython::compile("fuzz.bp", text, Until::Compiled);
    let shown = emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 80);
    assert_eq!(shown.is_empty(), compilation.diagnostics.is_empty());
    let lines = emit_json(&compilation.diagnostics, &compilation.sources);
    assert_eq!(lines.lines().count(), compilation.diagnostics.len());
    let Some(executable) = Executable::from_compilation(&compilation) else {
        assert!(compilation.has_errors(), "no program, and nothing is wrong");
        return;
    };
    let program = executable.program();
    if let Err(error) = bp_isa::verify::verify(program) {
        panic!("the compiler produced invalid bytecode: {error}");
    }
    let read = bpc::read(&bpc::write(program)).expect("what is written can be read");
    // Compared as bytes: a constant may be nan.
    assert_eq!(bpc::write(&read), bpc::write(program));
}

/// Any bytes are the content of a `.bpc` file: they are refused, or they are a program that survives
/// being written and read. If the verifier accepts it, it can be listed and each of its functions
/// compiled to machine code.
pub fn bpc(payload: &[u8]) {
    if payload.len() > MOST_BYTES {
        return;
    }
    // As it is: most likely it is foreign.
    assert!(Executable::from_bpc(payload).is_err() || Executable::is_bpc(payload));
    let file = bpc::seal(payload);
    let Ok(program) = bpc::read(&file) else { return };
    let written = bpc::write(&program);
    let read = bpc::read(&written).expect("what is written can be read");
    assert_eq!(bpc::write(&read), written);
    if bp_isa::verify::verify(&program).is_err() {
        return;
    }
    let executable = Executable::from_bpc(&file).expect("it is sound");
    compile_all(&executable);
}

/// Lists every function and makes machine code of it, with everything that a machine needs for that.
fn compile_all(executable: &Executable) {
    let program: &Arc<Program> = executable.program();
    let jit = JitConfig {
        compile: bp_baseline::compile,
        call_threshold: 1,
        loop_threshold: 1,
        cache_bytes: 1 << 20,
        log: false,
    };
    let output = Output::captured(Captured::default());
    let config =
        VmConfig { jit: Some(jit), output, heap_limit: Some(64 << 20), max_frames: 100, ..VmConfig::default() };
    // Host functions that nobody offers are no fault of the file.
    let Ok(mut vm) = Vm::new(program.clone(), bp_std::library(), config) else { return };
    for function in 0..program.functions.len() as u32 {
        let _listing = executable.disassemble(function);
        let is_compiled = vm.compile(function);
        assert_eq!(is_compiled, vm.code_info(function).is_some());
        assert!(vm.profile(function).is_some());
    }
}
