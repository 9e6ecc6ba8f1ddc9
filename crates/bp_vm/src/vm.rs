//! The machine: heap, stack and everything else that a running program needs.
//!
//! Invariant: a reference lives in a slot that [`State::visit`] shows, or in a local of native code
//! between two points where a collection may happen, never across one.
//!
//! Absence: nothing here is shared between machines but the program itself.

use crate::config::{Outcome, StartError, Uncaught, VmConfig};
use crate::handle::Handles;
use crate::heap::{Collection, Heap, HeapConfig, Ref, Roots, Visitor};
use crate::host::HostState;
use crate::interrupt::{InterruptHandle, Poll};
use crate::jit::{Context, Jit, Site};
use crate::native::{Library, Thrown};
use crate::output::Output;
use crate::stack::{FunctionState, Stack};
use crate::types::Types;
use crate::unwind::Pending;
use bp_isa::abi::Header;
use bp_isa::abi::layout::{MAX_SMALL_BYTES, WORD, closure, string};
use bp_isa::coverage::{self, Event, Tier};
use bp_isa::fault::{Fault, seeded};
use bp_isa::liveness::Liveness;
use bp_isa::program::Constant;
use bp_isa::types::FixedType;
use bp_isa::{Program, Trap};
use std::sync::Arc;

/// A machine with one program.
pub struct Vm {
    /// Its objects.
    pub(crate) heap: Heap,
    /// Everything else.
    pub(crate) state: State,
}

/// All of a machine but its heap: what refers to objects.
pub(crate) struct State {
    pub(crate) program: Arc<Program>,
    pub(crate) types: Types,
    /// By function number. Never resized: frames hold addresses of its elements.
    pub(crate) functions: Box<[FunctionState]>,
    /// Counters of all loops; functions hold addresses of its elements.
    _loop_counts: Box<[u32]>,
    /// By function number, made when a collection first finds the function on the stack.
    liveness: Vec<Option<Box<Liveness>>>,
    pub(crate) stack: Stack,
    pub(crate) handles: Handles,
    pub(crate) word_globals: Box<[u64]>,
    pub(crate) ref_globals: Box<[u64]>,
    /// By constant number: immortal objects.
    pub(crate) constants: Box<[Ref]>,
    /// The one-byte strings, immortal.
    pub(crate) byte_strings: Box<[Ref; 256]>,
    /// `""`, immortal.
    pub(crate) empty_string: Ref,
    /// The error that is thrown when there is no memory for an error: immortal, without a trace.
    pub(crate) spare_error: Ref,
    /// The trace of [`State::spare_error`], when it was thrown last.
    pub(crate) spare_trace: Vec<u64>,
    pub(crate) pending: Pending,
    pub(crate) poll: Poll,
    pub(crate) library: Library,
    pub(crate) out: Output,
    pub(crate) program_args: Vec<Vec<u8>>,
    pub(crate) hash_key: (u64, u64),
    pub(crate) jit: Jit,
    /// What compiled code finds at fixed offsets.
    pub(crate) context: Context,
    pub(crate) host: HostState,
    native_stack: usize,
    /// Lowest address that the native stack may reach in calls back from native code.
    pub(crate) native_limit: usize,
}

impl Vm {
    /// A machine at the start of `program`, which has been verified.
    ///
    /// # Errors
    /// If the system has no memory for stack and heap, or the host lacks what the program declares.
    pub fn new(program: Arc<Program>, library: Library, config: VmConfig) -> Result<Vm, StartError> {
        let types = Types::new(&program);
        let defaults = HeapConfig::default();
        let heap_config = HeapConfig {
            limit_bytes: config.heap_limit.unwrap_or(defaults.limit_bytes),
            stress: config.gc_stress,
            verify: config.gc_verify,
            poison: config.gc_poison,
            ..defaults
        };
        let imports = config.host.resolve(&program, &types)?;
        let mut heap = Heap::new(heap_config, types.ref_maps()).map_err(|_| StartError::OutOfMemory)?;
        let stack = Stack::new(config.max_frames).ok_or(StartError::OutOfMemory)?;
        let byte_strings = Box::new(std::array::from_fn(|byte| immortal_str(&mut heap, &[byte as u8])));
        let empty_string = immortal_str(&mut heap, b"");
        let constants = program.constants.iter().map(|constant| immortal_constant(&mut heap, constant, &byte_strings));
        let constants = constants.collect();
        let spare_error = crate::unwind::make_spare_error(&mut heap, &types);
        let jit = Jit::new(config.jit, config.code_faults, program.functions.len());
        let (functions, loop_counts) = function_states(&program, jit.thresholds());
        let poll = Poll::default();
        if config.gc_stress == Some(crate::heap::Stress::Safepoint) {
            poll.set_stress();
        }
        let mut out = config.output;
        out.set_owner(poll.handle());
        let state = State {
            types,
            liveness: (0..program.functions.len()).map(|_| None).collect(),
            functions,
            _loop_counts: loop_counts,
            stack,
            handles: Handles::default(),
            word_globals: vec![0; program.word_globals.len()].into(),
            ref_globals: vec![0; program.ref_globals.len()].into(),
            constants,
            byte_strings,
            empty_string,
            spare_error,
            spare_trace: Vec::new(),
            pending: Pending::default(),
            poll,
            library,
            out,
            program_args: config.args,
            hash_key: hash_key(config.hash_seed),
            jit,
            context: Context::default(),
            host: HostState { imports, panic: None, last_thrown: 0 },
            native_stack: config.native_stack,
            native_limit: 0,
            program,
        };
        let mut vm = Vm { heap, state };
        vm.connect_context();
        Ok(vm)
    }

    /// Runs the top levels of all modules, then `main`.
    pub fn run(&mut self) -> Outcome {
        match self.run_modules() {
            Outcome::Finished(_) => {}
            other => return other,
        }
        let Some(main) = self.state.program.main else { return self.finish(Ok(0)) };
        self.enter_native();
        let result = self.main_args(main.takes_args, main.args_type).and_then(|args| {
            let word = args.map(|handle| self.state.handles.get(handle).word());
            self.call_function(main.function, word.as_slice(), Ref::NULL)
        });
        self.finish(result.map(|word| if main.returns_status { word } else { 0 }))
    }

    fn main_args(&mut self, takes_args: bool, ty: u32) -> Result<Option<crate::handle::Handle>, Thrown> {
        if !takes_args {
            return Ok(None);
        }
        let args = self.state.program_args.clone();
        let mut cx = crate::native::NativeCx::new(self, 0, 0);
        let array = cx.new_array(ty, args.len())?;
        for arg in args {
            let text = cx.new_str(&arg)?;
            cx.push_handle(array, text)?;
        }
        Ok(Some(array))
    }

    /// Runs the top levels of all modules.
    pub fn run_modules(&mut self) -> Outcome {
        self.enter_native();
        let bodies = self.state.program.module_bodies.clone();
        let result = bodies.into_iter().try_for_each(|body| self.call_function(body, &[], Ref::NULL).map(drop));
        self.finish(result.map(|()| 0))
    }

    /// Calls a function that takes nothing.
    ///
    /// # Panics
    /// If there is no such function or it has parameters.
    pub fn call_by_index(&mut self, function: u32) -> Outcome {
        assert_eq!(self.state.program.functions[function as usize].params, 0, "a function without parameters");
        self.enter_native();
        let result = self.call_function(function, &[], Ref::NULL);
        self.finish(result)
    }

    /// Notes how deep native code may go from here.
    pub(crate) fn enter_native(&mut self) {
        let here = 0_u8;
        self.state.native_limit = (&raw const here).addr().saturating_sub(self.state.native_stack);
        self.state.poll.set_stack_limit(self.state.native_limit);
    }

    /// Ends a call from outside.
    pub(crate) fn finish(&mut self, result: Result<u64, Thrown>) -> Outcome {
        let outcome = match result {
            Ok(word) => Outcome::Finished(word),
            Err(Thrown { .. }) => match self.take_exit() {
                Some(status) => Outcome::Exit(status),
                None => Outcome::Uncaught(self.take_uncaught()),
            },
        };
        self.state.handles.clear();
        self.state.out.flush();
        if let Some(panic) = self.state.host.panic.take() {
            std::panic::resume_unwind(panic);
        }
        outcome
    }

    /// Interrupts the program from another thread or a signal handler.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        self.state.poll.handle()
    }

    /// Why output of the program was lost; none if all of it was written.
    pub fn output_failure(&self) -> Option<&std::io::Error> {
        self.state.out.failure()
    }

    /// What the collector did, by name.
    pub fn gc_stats(&self) -> Vec<(&'static str, i64)> {
        self.heap.stats().rows()
    }

    /// A new object whose payload is not initialised: the caller writes all of it before anything
    /// can collect. Large ones come zeroed.
    #[inline]
    pub(crate) fn alloc(&mut self, header: Header) -> Result<Ref, Thrown> {
        match self.alloc_fast(header) {
            Some(object) => Ok(object),
            None => self.alloc_slow(header),
        }
    }

    /// A new object if the nursery has room for it; see [`Vm::alloc`].
    #[inline(always)]
    pub(crate) fn alloc_fast(&mut self, header: Header) -> Option<Ref> {
        if header.payload_words() <= MAX_SMALL_BYTES / WORD { self.heap.try_alloc(header) } else { None }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn alloc_slow(&mut self, header: Header) -> Result<Ref, Thrown> {
        // Library functions that make many objects notice interrupts here.
        self.poll()?;
        let Vm { heap, state } = self;
        heap.alloc_slow(header, state).map_err(|_| self.out_of_memory())
    }

    /// Collects: the young objects, or all.
    pub(crate) fn collect(&mut self, full: bool) {
        let Vm { heap, state } = self;
        heap.collect(if full { Collection::Full } else { Collection::Minor }, state);
    }

    /// What a poll that wants attention does.
    pub(crate) fn attention(&mut self) -> Result<(), Thrown> {
        let Vm { heap, state } = self;
        heap.safepoint(state);
        if self.state.poll.has_output_failed() {
            return Err(self.throw_exit(OUTPUT_FAILED_STATUS));
        }
        self.poll()
    }

    /// Throws `InterruptError` if somebody asked for it.
    pub(crate) fn poll(&mut self) -> Result<(), Thrown> {
        if self.state.poll.wants_attention() && self.state.poll.take_interrupt() {
            return Err(self.trap(Trap::Interrupt));
        }
        Ok(())
    }
}

/// Exit status of a program that was ended because its output failed: as if SIGPIPE had done it.
const OUTPUT_FAILED_STATUS: i64 = 141;

impl Roots for State {
    fn visit(&mut self, visitor: &mut Visitor<'_>) {
        let globals = self.ref_globals.len() - usize::from(seeded(Fault::GlobalRoot) && !self.ref_globals.is_empty());
        visitor.slots(&mut self.ref_globals[..globals]);
        for region in &self.jit.regions {
            region.refs().for_each(|index| visitor.slot(self.stack.slot(index)));
        }
        self.handles.visit(visitor);
        self.pending.visit(visitor);
        self.visit_frames(visitor);
    }
}

impl State {
    /// The counters of a function's loops.
    pub(crate) fn loop_counts_of(&self, function: u32, loops: usize) -> Vec<u32> {
        let first: usize = self.program.functions[..function as usize].iter().map(|before| before.loops.len()).sum();
        self._loop_counts[first..first + loops].to_vec()
    }

    /// Visits the live reference registers of all frames. Recursion repeats the same few
    /// instructions, so the last answer is kept.
    fn visit_frames(&mut self, visitor: &mut Visitor<'_>) {
        let depth = self.stack.depth();
        self.visit_compiled_frames(visitor);
        for index in 1..=depth {
            let frame = self.stack.frame(index);
            let number = frame.function().index as usize;
            let program = &self.program;
            let liveness =
                self.liveness[number].get_or_insert_with(|| Box::new(Liveness::new(&program.functions[number])));
            let at = frame.offset();
            if coverage::ON {
                coverage::note(Tier::Interpreter, Event::Collected, program.functions[number].opcode_at(at));
            }
            let calls = index < depth || self.jit.is_left_at(index);
            let suspended = calls && is_interpreted_call(program.functions[number].code[at]);
            let live = if suspended { liveness.live_refs_suspended(at) } else { liveness.live_refs_executing(at) };
            let window = self.stack.index_of(frame.window);
            for &register in live {
                visitor.slot(self.stack.slot(window + usize::from(register)));
            }
        }
    }
}

impl State {
    /// Visits the live reference slots of all frames in compiled code.
    fn visit_compiled_frames(&mut self, visitor: &mut Visitor<'_>) {
        if self.jit.activations.is_empty() {
            return;
        }
        let mut frames = Vec::new();
        self.each_frame(|site| {
            if let Site::Compiled { function, pc, fp, suspended, .. } = site {
                frames.push((function, pc, fp, suspended));
            }
            true
        });
        for (function, pc, fp, suspended) in frames {
            self.count_frame(Event::Collected, function, pc, fp);
            let described = &self.program.functions[function as usize];
            let liveness = self.liveness[function as usize].get_or_insert_with(|| Box::new(Liveness::new(described)));
            let live = if suspended {
                liveness.live_refs_suspended(pc as usize)
            } else {
                liveness.live_refs_executing(pc as usize)
            };
            let live = if seeded(Fault::StaleMap) { live.split_last().map_or(live, |(_, most)| most) } else { live };
            State::visit_slots(fp, described.registers.len(), live, visitor);
        }
    }
}

/// Whether the callee's window covers the arguments of the instruction that begins with `word`.
fn is_interpreted_call(word: u64) -> bool {
    use bp_isa::Opcode;
    [Opcode::Call, Opcode::CallValue, Opcode::CallVirtual].iter().any(|call| *call as u64 == word & 0xFFFF)
}

fn hash_key(seed: Option<u64>) -> (u64, u64) {
    use std::hash::{BuildHasher, RandomState};
    match seed {
        Some(seed) => (seed, !seed),
        None => {
            let random = RandomState::new();
            (random.hash_one(0), random.hash_one(1))
        }
    }
}

/// An immortal string.
pub(crate) fn immortal_str(heap: &mut Heap, bytes: &[u8]) -> Ref {
    let words = string::BYTES + bytes.len().div_ceil(8);
    let made = heap.alloc_immortal(Header::new(FixedType::Str.id(), bp_isa::abi::header::RefKind::None, words));
    heap.store(made, string::LEN, bytes.len() as u64);
    heap.bytes_mut(made, string::BYTES, bytes.len()).copy_from_slice(bytes);
    made
}

fn immortal_constant(heap: &mut Heap, constant: &Constant, byte_strings: &[Ref; 256]) -> Ref {
    match constant {
        Constant::Str(bytes) => match **bytes {
            [byte] => byte_strings[usize::from(byte)],
            _ => immortal_str(heap, bytes),
        },
        Constant::Function(number) => {
            let kind = bp_isa::abi::header::RefKind::AllButFirst;
            let made = heap.alloc_immortal(Header::new(FixedType::Closure.id(), kind, closure::CAPTURED));
            heap.store(made, closure::FUNCTION, u64::from(*number));
            heap.store(made, closure::UNUSED, 0);
            made
        }
    }
}

/// The functions' states and the counters of all loops.
fn function_states(program: &Program, (hot_calls, hot_loops): (u32, u32)) -> (Box<[FunctionState]>, Box<[u32]>) {
    let count = program.functions.iter().map(|function| function.loops.len()).sum();
    let mut counts = vec![0; count].into_boxed_slice();
    let first_count = counts.as_mut_ptr();
    let mut next = 0;
    let state = |(index, function): (usize, &bp_isa::program::Function)| {
        let loops = first_count.wrapping_add(next);
        next += function.loops.len();
        FunctionState {
            code: function.code.as_ptr(),
            registers: function.registers.len() as u32,
            params: function.params,
            takes_closure: function.takes_closure,
            calls: 0,
            hot_calls,
            hot_loops,
            loop_count: function.loops.len() as u32,
            index: index as u32,
            loops,
        }
    };
    (program.functions.iter().enumerate().map(state).collect(), counts)
}

impl From<Uncaught> for Outcome {
    fn from(uncaught: Uncaught) -> Outcome {
        Outcome::Uncaught(uncaught)
    }
}
