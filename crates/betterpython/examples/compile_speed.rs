//! How fast the baseline compiler is: all functions of the given programs, compiled again and again.
//!
//! `cargo run --release -p betterpython --example compile_speed -- examples/*.bp`

use betterpython::{Executable, Until, compile};
use bp_vm::config::VmConfig;
use bp_vm::jit::JitConfig;
use bp_vm::vm::Vm;
use std::time::Duration;

/// The allocator of `bp`: the compiler allocates for each function.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Compilations of each program; the fastest counts.
const ROUNDS: usize = 20;

fn main() {
    let (mut bytes, mut code, mut time) = (0, 0, Duration::ZERO);
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path).expect("a readable file");
        let compilation = compile(&path, text, Until::Compiled);
        let Some(executable) = Executable::from_compilation(&compilation) else { continue };
        let functions = executable.program().functions.len() as u32;
        let rounds = (0..ROUNDS).map(|_| {
            let jit = JitConfig {
                compile: bp_baseline::compile,
                call_threshold: u32::MAX,
                loop_threshold: u32::MAX,
                cache_bytes: 64 << 20,
                log: false,
            };
            let config = VmConfig { jit: Some(jit), ..VmConfig::default() };
            let mut vm = Vm::new(executable.program().clone(), bp_std::library(), config).expect("memory");
            (0..functions).for_each(|function| assert!(vm.compile(function)));
            vm.jit_stats()
        });
        let best = rounds.min_by_key(|stats| stats.compile_time).expect("a round");
        bytes += best.bytecode_bytes;
        code += best.code_bytes;
        time += best.compile_time;
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{megabytes:.3} MB of bytecode to {:.3} MB of machine code", code as f64 / 1e6);
    println!("{:.1} MB of bytecode per second", megabytes / time.as_secs_f64());
}
