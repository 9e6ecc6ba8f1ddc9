//! When functions are compiled and when their code goes.
//!
//! States of a function: cold, then, by its counters, hot: compiled, or failed, in which case the next
//! try comes after four times as many calls. Code that no longer serves calls is kept until no frame
//! is in it.

use super::cache::{CodeCache, Refusal};
use super::{Block, JitConfig, LAYOUT, Site, Tables, stubs};
use crate::object::array;
use crate::vm::Vm;
use bp_isa::abi::machine::{Bail, CompiledCode, Machine};
use bp_isa::fault::{Fault, seeded};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// What the compiled tiers did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct JitStats {
    /// Functions compiled.
    pub compiled: u64,
    /// Running loops that moved to compiled code.
    pub replaced: u64,
    /// Compilations that gave no code.
    pub failed: u64,
    /// Functions whose code was given up for want of room.
    pub evicted: u64,
    /// Functions whose code was given up on request.
    pub invalidated: u64,
    /// Bytes of bytecode compiled.
    pub bytecode_bytes: u64,
    /// Bytes of machine code made.
    pub code_bytes: u64,
    /// Bytes of code memory in use.
    pub cache_bytes: u64,
    /// Time spent compiling.
    pub compile_time: Duration,
}

/// Something that happened to a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// It was compiled.
    Compiled {
        /// Its number.
        function: u32,
        /// Whether a loop or the calls made it hot.
        by_loop: bool,
        /// Bytes of its bytecode.
        bytecode_bytes: usize,
        /// Bytes of machine code.
        code_bytes: usize,
        /// How long it took.
        time: Duration,
        /// When it was ready, from the machine's start.
        at: Duration,
        /// Where the code is, or was.
        address: u64,
    },
    /// It could not be compiled.
    Failed {
        /// Its number.
        function: u32,
        /// Why.
        reason: &'static str,
    },
    /// Its code was given up.
    Dropped {
        /// Its number.
        function: u32,
        /// Whether for want of room.
        evicted: bool,
    },
}

/// The code of a function.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo<'a> {
    /// Where it is.
    pub address: u64,
    /// The code and its tables.
    pub code: &'a CompiledCode,
}

/// How much later a failed compilation is tried again.
const BACK_OFF: u32 = 4;

/// Why functions are not compiled where the system refuses.
const NO_MEMORY: &str = "the system has no code memory";

impl Vm {
    /// Whether a function that has reached its call count can be entered as compiled code; compiles it
    /// if it is time.
    #[cold]
    #[inline(never)]
    pub(crate) fn is_ready(&mut self, function: u32) -> bool {
        if !self.state.jit.coin_allows() {
            return false;
        }
        if self.code_of(function) != 0 {
            return true;
        }
        let state = &self.state.functions[function as usize];
        if state.calls < state.hot_calls {
            return false;
        }
        self.try_compile(function, false)
    }

    /// Whether a function whose loop has reached its count can go on in compiled code.
    #[cold]
    #[inline(never)]
    pub(crate) fn loop_is_ready(&mut self, function: u32) -> bool {
        let ready = self.state.jit.coin_allows() && (self.code_of(function) != 0 || self.try_compile(function, true));
        self.state.jit.stats.replaced += u64::from(ready);
        ready
    }

    /// From now on chance decides, anew at each call and each turn of a loop, whether compiled code is
    /// entered: to test that the tiers can meet anywhere. Calls from compiled code are slow then.
    pub fn shuffle_tiers(&mut self, seed: u64) {
        self.state.jit.coin = seed.max(1);
    }

    /// Compiles a function now. `false`: it stays with the interpreter.
    pub fn compile(&mut self, function: u32) -> bool {
        self.code_of(function) != 0 || self.try_compile(function, false)
    }

    fn try_compile(&mut self, function: u32, by_loop: bool) -> bool {
        let Some(config) = self.state.jit.config else { return false };
        let reason = match self.compile_with(&config, function, by_loop) {
            Ok(()) => return true,
            Err(reason) => reason,
        };
        self.state.jit.stats.failed += 1;
        self.state.jit.failures.insert(function, reason);
        self.note(Event::Failed { function, reason });
        let state = &mut self.state.functions[function as usize];
        state.hot_calls = state.hot_calls.saturating_mul(BACK_OFF);
        state.hot_loops = state.hot_loops.saturating_mul(BACK_OFF);
        false
    }

    fn compile_with(&mut self, config: &JitConfig, function: u32, by_loop: bool) -> Result<(), &'static str> {
        self.open_cache(config)?;
        self.sweep_retired();
        let start = Instant::now();
        let machine = self.machine(&self.state.jit.tables);
        let code = (config.compile)(&machine, function).map_err(|Bail::TooLarge| "it is too large")?;
        let time = start.elapsed();
        let at = self.state.jit.start.elapsed();
        let address = self.publish(&code.bytes).map_err(|refusal| match refusal {
            Refusal::Full => "there is no room for its code",
            Refusal::System => NO_MEMORY,
        })?;
        let bytecode_bytes = 8 * self.state.program.functions[function as usize].code.len();
        let code_bytes = code.bytes.len();
        let jit = &mut self.state.jit;
        jit.stats.compiled += 1;
        jit.stats.bytecode_bytes += bytecode_bytes as u64;
        jit.stats.code_bytes += code_bytes as u64;
        jit.stats.compile_time += time;
        jit.failures.remove(&function);
        jit.blocks.insert(address, Block { function, code });
        jit.code_of[function as usize] = address;
        if jit.coin == 0 {
            jit.entries[function as usize] = address;
        }
        let state = &mut self.state.functions[function as usize];
        state.hot_calls = 0;
        state.hot_loops = 0;
        self.note(Event::Compiled { function, by_loop, bytecode_bytes, code_bytes, time, at, address });
        Ok(())
    }

    /// Shows `see` what a compiler is told of this machine.
    pub fn with_machine<R>(&self, see: impl FnOnce(&Machine<'_>) -> R) -> R {
        see(&self.machine(&self.tables()))
    }

    fn machine<'a>(&'a self, tables: &'a Tables) -> Machine<'a> {
        Machine {
            program: &self.state.program,
            context: LAYOUT,
            features: self.state.jit.features,
            headers: &tables.headers,
            storages: &tables.storages,
            classes: &tables.classes,
            constants: &tables.constants,
        }
    }

    fn tables(&self) -> Tables {
        let types = &self.state.types;
        Tables {
            headers: (0..types.count()).map(|ty| types.header(ty).0).collect(),
            storages: (0..types.count()).map(|ty| array::storage_header(types.element_kind(ty)).0).collect(),
            classes: (0..types.count()).map(|ty| types.class_range(ty)).collect(),
            constants: self.state.constants.iter().map(|constant| constant.word()).collect(),
        }
    }

    /// Reserves code memory and makes the stubs of all functions, once.
    fn open_cache(&mut self, config: &JitConfig) -> Result<(), &'static str> {
        if self.state.jit.cache.is_some() {
            return Ok(());
        }
        let system = &mut self.state.jit.system;
        let mut cache = CodeCache::reserve(system, config.cache_bytes).ok_or(NO_MEMORY)?;
        let functions = self.state.program.functions.len() as u32;
        let bytes: Vec<u8> = (0..functions).flat_map(stubs::function_stub).collect();
        let address = cache.publish(system, &bytes).map_err(|_| NO_MEMORY)?;
        let tables = self.tables();
        let stubs = (0..functions).map(|function| address + u64::from(function) * stubs::STUB_BYTES as u64);
        let jit = &mut self.state.jit;
        jit.stubs = stubs.collect();
        jit.tables = tables;
        jit.entries.copy_from_slice(&jit.stubs);
        jit.cache = Some(cache);
        Ok(())
    }

    /// Finds room for code, evicting the coldest functions if need be. Where the system refuses, nothing
    /// is evicted: the code that there is stays.
    fn publish(&mut self, bytes: &[u8]) -> Result<u64, Refusal> {
        loop {
            let jit = &mut self.state.jit;
            jit.system.ask(|| jit.blocks.reserve()).ok_or(Refusal::System)?;
            let cache = jit.cache.as_mut().expect("it is open");
            match cache.publish(&mut jit.system, bytes) {
                Err(Refusal::Full) => {}
                published => return published,
            }
            let active = self.active_code();
            let jit = &self.state.jit;
            let is_evictable = |(address, _): &(u64, &Block)| !active.contains(address) || seeded(Fault::EvictActive);
            let evictable = jit.blocks.iter().filter(is_evictable);
            let weight = |(_, block): &(u64, &Block)| self.state.functions[block.function as usize].weight();
            let Some((coldest, Block { function, .. })) = evictable.min_by_key(weight) else {
                return Err(Refusal::Full);
            };
            let function = *function;
            self.drop_code(function, true);
            self.release(coldest);
        }
    }

    /// Addresses of code in which frames are.
    fn active_code(&self) -> HashSet<u64> {
        let mut active = HashSet::new();
        self.state.each_frame(|site| {
            if let Site::Compiled { code, .. } = site {
                active.insert(code);
            }
            true
        });
        active
    }

    /// Gives up the compiled code of a function: its next call is interpreted, and its memory goes
    /// back when no frame is in it any more.
    pub fn invalidate(&mut self, function: u32) {
        if self.code_of(function) == 0 {
            return;
        }
        self.state.jit.stats.invalidated += 1;
        self.drop_code(function, false);
        self.sweep_retired();
    }

    /// Turns calls of a function back to the interpreter.
    fn drop_code(&mut self, function: u32, evicted: bool) {
        let (calls, loops) = self.state.jit.thresholds();
        let jit = &mut self.state.jit;
        jit.code_of[function as usize] = 0;
        jit.entries[function as usize] = jit.stubs[function as usize];
        jit.retired += 1;
        jit.stats.evicted += u64::from(evicted);
        let state = &mut self.state.functions[function as usize];
        // As hot again as it has to be, counted from now.
        state.hot_calls = state.calls.saturating_add(calls);
        state.hot_loops = loops.saturating_add(state.most_iterations());
        self.note(Event::Dropped { function, evicted });
    }

    /// Releases code that no call enters and no frame is in.
    pub(super) fn sweep_retired(&mut self) {
        let jit = &self.state.jit;
        if jit.retired == 0 {
            return;
        }
        let is_retired = |(address, block): &(u64, &Block)| jit.code_of[block.function as usize] != *address;
        let retired: Vec<u64> = jit.blocks.iter().filter(is_retired).map(|(address, _)| address).collect();
        debug_assert_eq!(retired.len(), jit.retired);
        let active = self.active_code();
        retired.into_iter().filter(|address| !active.contains(address)).for_each(|address| self.release(address));
    }

    fn release(&mut self, address: u64) {
        let jit = &mut self.state.jit;
        if let (Some(block), Some(cache)) = (jit.blocks.remove(address), &mut jit.cache) {
            cache.release(&mut jit.system, address, block.code.bytes.len());
            jit.retired -= 1;
        }
    }

    fn note(&mut self, event: Event) {
        if self.state.jit.config.is_some_and(|config| config.log) {
            self.state.jit.events.push(event);
        }
    }

    /// What the compiled tiers did so far.
    pub fn jit_stats(&self) -> JitStats {
        let cache_bytes = self.state.jit.cache.as_ref().map_or(0, |cache| cache.used() as u64);
        JitStats { cache_bytes, ..self.state.jit.stats }
    }

    /// What happened since the last call, if a log is kept.
    pub fn take_jit_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.state.jit.events)
    }

    /// The compiled code of a function, if it has any.
    pub fn code_info(&self, function: u32) -> Option<CodeInfo<'_>> {
        let address = *self.state.jit.code_of.get(function as usize)?;
        let block = self.state.jit.blocks.get(address)?;
        Some(CodeInfo { address, code: &block.code })
    }
}
