//! One run of a program: its heap, its output, how it ends.

use crate::{
    CodeFaults, Executable, Host, InterruptHandle, JitEvent, JitStats, Output, Refusal, StartError, Stress, Style,
    Uncaught,
};
use crate::{listing, traceback};
use bp_isa::Program;
use bp_isa::abi::machine::{Features, Machine};
use bp_vm::config::{Outcome, VmConfig};
use bp_vm::jit::JitConfig;
use bp_vm::vm::Vm;
use std::io;
use std::sync::Arc;

/// The exit status after an uncaught exception.
const STATUS_UNCAUGHT: i64 = 1;
/// The exit status after an uncaught `InterruptError`, as shells report a Ctrl-C.
const STATUS_INTERRUPTED: i64 = 130;
/// The class of the exception that an interrupt throws.
const INTERRUPT_CLASS: &str = "InterruptError";

/// How a program is to run.
#[derive(Debug, Default)]
pub struct Options {
    /// Most bytes the heap may take; the machine's default if none.
    pub heap_limit: Option<usize>,
    /// Collect all the time and move everything, to find errors of the implementation.
    pub gc_stress: Option<Stress>,
    /// Check the whole heap around each collection.
    pub gc_verify: bool,
    /// Overwrite freed memory.
    pub gc_poison: bool,
    /// Most frames on the stack; the machine's default if none.
    pub max_frames: Option<usize>,
    /// Bytes of native stack, from where the program is started, for library functions that call
    /// back into the program; the machine's default if none.
    pub native_stack: Option<usize>,
    /// What the program gets as its arguments.
    pub args: Vec<Vec<u8>>,
    /// Fixes the hash function of strings, which otherwise differs from run to run.
    pub hash_seed: Option<u64>,
    /// Where output goes; the process's own streams if not set.
    pub output: Output,
    /// How hot code becomes machine code.
    pub jit: Jit,
    /// Functions for the program's `extern fn` declarations.
    pub host: Host,
    /// Requests for code memory that are to fail, to test that programs go on without.
    pub code_faults: CodeFaults,
}

/// How hot code becomes machine code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Jit {
    /// The highest tier.
    pub tier: Tier,
    /// Calls after which a function is compiled; 1 compiles it at its first call.
    pub call_threshold: u32,
    /// Iterations of one loop after which a running function goes on in machine code.
    pub loop_threshold: u32,
    /// Most bytes of machine code.
    pub cache_bytes: usize,
    /// Keep a record of what is compiled when.
    pub log: bool,
}

/// A way to execute a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tier {
    /// The interpreter.
    Interpreter,
    /// One-pass machine code.
    Baseline,
}

impl Default for Jit {
    fn default() -> Self {
        Self { tier: Tier::Baseline, call_threshold: 100, loop_threshold: 1000, cache_bytes: 64 << 20, log: false }
    }
}

impl Jit {
    /// No machine code at all.
    pub fn off() -> Self {
        Self { tier: Tier::Interpreter, ..Self::default() }
    }

    fn into_config(self) -> Option<JitConfig> {
        let compile = match self.tier {
            Tier::Interpreter => return None,
            Tier::Baseline => bp_baseline::compile,
        };
        let Self { call_threshold, loop_threshold, cache_bytes, log, .. } = self;
        Some(JitConfig { compile, call_threshold, loop_threshold, cache_bytes, log })
    }
}

impl Options {
    fn into_config(self) -> VmConfig {
        let mut config = VmConfig {
            heap_limit: self.heap_limit,
            gc_stress: self.gc_stress,
            gc_verify: self.gc_verify,
            gc_poison: self.gc_poison,
            args: self.args,
            hash_seed: self.hash_seed,
            output: self.output,
            jit: self.jit.into_config(),
            host: self.host,
            code_faults: self.code_faults,
            ..VmConfig::default()
        };
        if let Some(frames) = self.max_frames {
            config.max_frames = frames;
        }
        if let Some(bytes) = self.native_stack {
            config.native_stack = bytes;
        }
        config
    }
}

/// How a run ended.
#[derive(Debug)]
pub enum End {
    /// It came to its end, with this result as a machine word (0 if there is none).
    Finished(u64),
    /// The program called `exit`.
    Exit(i64),
    /// An exception that nobody caught.
    Uncaught(Uncaught),
}

impl End {
    /// The exit status for the process: 0 to 255.
    pub fn status(&self) -> u8 {
        let status = match self {
            End::Finished(word) => *word as i64,
            End::Exit(status) => *status,
            End::Uncaught(error) if error.class == INTERRUPT_CLASS => STATUS_INTERRUPTED,
            End::Uncaught(_) => STATUS_UNCAUGHT,
        };
        status.rem_euclid(256) as u8
    }
}

impl From<Outcome> for End {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Finished(word) => End::Finished(word),
            Outcome::Exit(status) => End::Exit(status),
            Outcome::Uncaught(error) => End::Uncaught(error),
        }
    }
}

/// A program with a heap of its own: the engine.
///
/// Everything belongs to one thread; only an [`InterruptHandle`] goes to others. Any number of engines
/// live side by side, in one thread or many, and share nothing but the program.
pub struct Instance {
    executable: Executable,
    pub(crate) vm: Vm,
}

impl Instance {
    pub(crate) fn new(executable: Executable, options: Options) -> Result<Self, StartError> {
        let vm = Vm::new(executable.program().clone(), bp_std::library(), options.into_config())?;
        Ok(Self { executable, vm })
    }

    /// Runs the program: the top level of each module, then `main`.
    pub fn run(&mut self) -> End {
        self.vm.run().into()
    }

    /// Runs the top levels only, so that functions can be called.
    pub fn run_modules(&mut self) -> End {
        self.vm.run_modules().into()
    }

    /// Runs a function without parameters as if it were the program, whatever its result is;
    /// [`run_modules`](Self::run_modules) comes first. For arguments and results see
    /// [`call`](Self::call).
    ///
    /// ```
    /// # use betterpython::{End, Executable, Options, Until};
    /// let compilation = betterpython::compile("a.bp", "let n = 40\ndef f() -> int: return n + 2\n", Until::Compiled);
    /// let mut instance = Executable::from_compilation(&compilation).unwrap().start(Options::default()).unwrap();
    /// instance.run_modules();
    /// assert!(matches!(instance.run_function("f"), Ok(End::Finished(42))));
    /// assert!(instance.run_function("g").is_err());
    /// ```
    ///
    /// # Errors
    /// There is no such function, or it has parameters.
    pub fn run_function(&mut self, name: &str) -> Result<End, Refusal> {
        let index = self.executable.function_named(name).ok_or_else(|| Refusal::Unknown(name.to_owned()))?;
        let function = &self.executable.program().functions[index as usize];
        let params = usize::from(function.params) + usize::from(function.takes_closure);
        if params > 0 {
            return Err(Refusal::Count { name: name.to_owned(), wanted: params, given: 0 });
        }
        Ok(self.vm.call_by_index(index).into())
    }

    /// The bytecode.
    pub fn program(&self) -> &Arc<Program> {
        self.executable.program()
    }

    /// What stops the program from another thread: it throws `InterruptError` at once.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        self.vm.interrupt_handle()
    }

    /// From now on chance decides at each call and each turn of a loop whether machine code is entered: to
    /// test that the tiers can meet anywhere.
    pub fn shuffle_tiers(&mut self, seed: u64) {
        self.vm.shuffle_tiers(seed);
    }

    /// Why output of the program was lost, which also ends it; none if all of it was written.
    pub fn output_failure(&self) -> Option<&io::Error> {
        self.vm.output_failure()
    }

    /// Figures of the garbage collector by name.
    pub fn gc_stats(&self) -> Vec<(&'static str, i64)> {
        self.vm.gc_stats()
    }

    /// What the compiled tiers did so far.
    pub fn jit_stats(&self) -> JitStats {
        self.vm.jit_stats()
    }

    /// What happened to functions since the last call, if [`Jit::log`] is set.
    pub fn take_jit_events(&mut self) -> Vec<JitEvent> {
        self.vm.take_jit_events()
    }

    /// The machine code that a compiling tier makes of function number `function`, as text beside its
    /// bytecode and its source lines; none if the tier cannot compile it. Nothing is executed.
    ///
    /// ```
    /// # use betterpython::{Executable, Options, Until};
    /// let compilation = betterpython::compile("a.bp", "def f(n: int) -> int: return n + 1\n", Until::Compiled);
    /// let executable = Executable::from_compilation(&compilation).unwrap();
    /// let instance = executable.start(Options::default()).unwrap();
    /// let listing = instance.machine_code(executable.function_named("f").unwrap()).unwrap();
    /// assert!(listing.contains("add_int_imm"));
    /// assert!(listing.contains("ret"));
    /// ```
    ///
    /// # Panics
    /// If there is no such function.
    pub fn machine_code(&self, function: u32) -> Option<String> {
        self.vm.with_machine(|machine| self.listing(machine, function))
    }

    /// The same for a processor that offers just these features: does not depend on this one's.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn machine_code_for(&self, function: u32, features: Features) -> Option<String> {
        self.vm.with_machine(|machine| self.listing(&Machine { features, ..*machine }, function))
    }

    fn listing(&self, machine: &Machine<'_>, function: u32) -> Option<String> {
        let mut lines = self.executable.source_lines();
        let code = bp_baseline::compile_listed(machine, function).ok()?;
        Some(listing::machine_code(machine, function, &code, &mut |file, line| lines.line(file, line)))
    }

    /// The text that shows an uncaught exception: where it came from, innermost last, then its
    /// class and message.
    pub fn traceback(&self, error: &Uncaught, style: Style) -> String {
        traceback::render(error, &self.executable, style)
    }
}
