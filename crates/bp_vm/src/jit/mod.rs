//! Compiled code in a machine: where it is, who may enter it, when it is made.
//!
//! The machine is handed a compiler as a function ([`CompileFn`]) and knows nothing else of it. What
//! compiled code needs at run time lies in [`Context`], at fixed offsets from the machine's address,
//! which is in R15 while compiled code runs.
//!
//! Invariant: `entries[f]` is callable by the native convention for every function `f`: compiled code,
//! or a stub that enters the interpreter. Frames in compiled code are found through
//! [`Jit::activations`].

mod blocks;
mod cache;
mod enter;
mod frames;
mod helpers;
mod profile;
mod stubs;
mod tier;

pub use cache::CodeFaults;
pub use profile::{Profile, ProfileState};
pub use tier::{CodeInfo, Event, JitStats};

use crate::types::Types;
use crate::vm::Vm;
use blocks::Blocks;
use bp_isa::abi::machine::{Bail, CompiledCode, ContextLayout, Features, Machine};
use bp_isa::types::TypeDesc;
use cache::{CodeCache, System};
use std::collections::HashMap;
use std::mem::offset_of;
use std::time::Instant;

pub(crate) use enter::Prepared;
pub(crate) use frames::Site;

/// A compiler: machine code of one function.
pub type CompileFn = fn(&Machine<'_>, u32) -> Result<CompiledCode, Bail>;

/// When functions are compiled, and by what.
#[derive(Clone, Copy, Debug)]
pub struct JitConfig {
    /// The compiler.
    pub compile: CompileFn,
    /// Calls after which a function is compiled.
    pub call_threshold: u32,
    /// Iterations of one loop after which its function is compiled and entered at the loop.
    pub loop_threshold: u32,
    /// Most bytes of machine code.
    pub cache_bytes: usize,
    /// Keep a record of what happened, for [`Vm::take_jit_events`].
    pub log: bool,
}

/// What the stubs and compiled code find at fixed places.
#[derive(Debug, Default)]
#[repr(C)]
pub(crate) struct Context {
    shared: u64,
    entries: u64,
    exit_stub: u64,
    overflow_stub: u64,
    interpreter_stub: u64,
    helpers: u64,
    word_globals: u64,
    ref_globals: u64,
    byte_strings: u64,
    vtables: u64,
    /// Frame pointer and return address of the frame that has left compiled code last.
    exit_fp: u64,
    exit_pc: u64,
    /// Where a throw goes on.
    resume_pc: u64,
    resume_fp: u64,
    resume_sp: u64,
}

/// An entry into compiled code that has not returned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activation {
    /// The trampoline's frame pointer: where its compiled frames end.
    entry_fp: u64,
    /// Number of interpreter frames below it.
    depth: usize,
    /// The exit of the activation before, which this one's would overwrite.
    saved_exit: (u64, u64),
}

/// A compiled function.
#[derive(Debug)]
pub(crate) struct Block {
    function: u32,
    code: CompiledCode,
}

/// Arguments of a library call from compiled code: a copy on the register stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    start: usize,
    count: usize,
    /// Bit per argument: whether it is a reference.
    refs: u64,
}

/// What a compiler is told of a program's types and constants.
#[derive(Debug, Default)]
struct Tables {
    /// Headers of new objects by type number.
    headers: Vec<u64>,
    /// Headers of empty storages by the array's type number.
    storages: Vec<u64>,
    /// Places of classes by type number.
    classes: Vec<(u32, u32)>,
    /// Addresses of the constants.
    constants: Vec<u64>,
}

/// Where compiled code finds virtual methods; nothing changes once it is made.
#[derive(Debug, Default)]
struct Vtables {
    /// The function numbers of all classes, one class after the other; read by address.
    _slots: Box<[u32]>,
    /// The address of a class's first slot by type number.
    starts: Box<[u64]>,
}

impl Vtables {
    fn new(types: &Types) -> Vtables {
        let rows = (0..types.count()).map(|ty| match types.desc(ty) {
            Some(TypeDesc::Record { vtable, .. }) => vtable.as_slice(),
            _ => &[],
        });
        let slots: Box<[u32]> = rows.clone().flatten().copied().collect();
        let base = slots.as_ptr().expose_provenance() as u64;
        let mut position = 0;
        let starts = rows.map(|row| {
            let start = base + position * size_of::<u32>() as u64;
            position += row.len() as u64;
            start
        });
        let starts = starts.collect();
        Vtables { _slots: slots, starts }
    }
}

/// The compiled side of a machine.
pub(crate) struct Jit {
    config: Option<JitConfig>,
    features: Features,
    system: System,
    cache: Option<CodeCache>,
    blocks: Blocks,
    /// How many of the blocks serve no calls any more.
    retired: usize,
    /// Address of the code by function number, 0 if there is none.
    code_of: Vec<u64>,
    /// Entry addresses by function number; compiled code reads this table.
    entries: Box<[u64]>,
    /// The stubs by function number.
    stubs: Box<[u64]>,
    tables: Tables,
    vtables: Vtables,
    pub(crate) activations: Vec<Activation>,
    pub(crate) regions: Vec<Region>,
    /// When the machine was made.
    start: Instant,
    stats: JitStats,
    events: Vec<Event>,
    /// Why functions could not be compiled when that was last tried.
    failures: HashMap<u32, &'static str>,
    /// State of the coin that chooses each call's tier; 0: code is entered whenever there is any.
    coin: u64,
}

impl Jit {
    pub(crate) fn new(config: Option<JitConfig>, faults: CodeFaults, functions: usize) -> Jit {
        Jit {
            config,
            features: detect_features(),
            system: System::new(faults),
            cache: None,
            blocks: Blocks::default(),
            retired: 0,
            code_of: vec![0; functions],
            entries: vec![0; if config.is_some() { functions } else { 0 }].into(),
            stubs: Box::default(),
            tables: Tables::default(),
            vtables: Vtables::default(),
            activations: Vec::new(),
            regions: Vec::new(),
            start: Instant::now(),
            stats: JitStats::default(),
            events: Vec::new(),
            failures: HashMap::new(),
            coin: 0,
        }
    }

    /// Whether a call or loop that could enter compiled code shall do so: always, but for tests.
    fn coin_allows(&mut self) -> bool {
        if self.coin == 0 {
            return true;
        }
        // Xorshift: never 0.
        self.coin ^= self.coin << 13;
        self.coin ^= self.coin >> 7;
        self.coin ^= self.coin << 17;
        self.coin & 3 != 0
    }

    /// Whether interpreter frame number `depth` has called compiled code that has not returned.
    pub(crate) fn is_left_at(&self, depth: usize) -> bool {
        let newest_above = self.activations.partition_point(|activation| activation.depth < depth);
        self.activations.get(newest_above).is_some_and(|activation| activation.depth == depth)
    }

    /// The call and loop counts at which functions get attention; none without a compiler.
    pub(crate) fn thresholds(&self) -> (u32, u32) {
        self.config.map_or((u32::MAX, u32::MAX), |config| (config.call_threshold.max(1), config.loop_threshold.max(1)))
    }
}

impl Vm {
    /// Fills in the addresses that never change; the machine must have its final parts.
    pub(crate) fn connect_context(&mut self) {
        let state = &mut self.state;
        state.jit.vtables = Vtables::new(&state.types);
        state.context = Context {
            shared: state.poll.address(),
            entries: state.jit.entries.as_ptr().expose_provenance() as u64,
            exit_stub: stubs::exit_address(),
            overflow_stub: stubs::overflow_address(),
            interpreter_stub: stubs::interpreter_address(),
            helpers: helpers::table_address(),
            vtables: state.jit.vtables.starts.as_ptr().expose_provenance() as u64,
            word_globals: state.word_globals.as_mut_ptr().expose_provenance() as u64,
            ref_globals: state.ref_globals.as_mut_ptr().expose_provenance() as u64,
            byte_strings: state.byte_strings.as_ptr().expose_provenance() as u64,
            ..Context::default()
        };
    }
}

/// The offset of something from the machine's address, as machine code wants it.
macro_rules! vm_offset {
    ($($path:tt)*) => { offset_of!(Vm, $($path)*) as i32 };
}

/// Where compiled code finds things.
pub(crate) const LAYOUT: ContextLayout = ContextLayout {
    cursor: vm_offset!(heap.fast.cursor),
    limit: vm_offset!(heap.fast.limit),
    win_base: vm_offset!(heap.fast.win_base),
    win_size: vm_offset!(heap.fast.win_size),
    shared: vm_offset!(state.context.shared),
    entries: vm_offset!(state.context.entries),
    exit_stub: vm_offset!(state.context.exit_stub),
    overflow_stub: vm_offset!(state.context.overflow_stub),
    vtables: vm_offset!(state.context.vtables),
    exception: vm_offset!(state.pending.exception),
    word_globals: vm_offset!(state.context.word_globals),
    ref_globals: vm_offset!(state.context.ref_globals),
    byte_strings: vm_offset!(state.context.byte_strings),
};

#[cfg(target_arch = "x86_64")]
fn detect_features() -> Features {
    Features {
        sse41: std::arch::is_x86_feature_detected!("sse4.1"),
        popcnt: std::arch::is_x86_feature_detected!("popcnt"),
    }
}
