//! The compiled tiers, as library functions see them.

use super::NativeCx;
use crate::handle::Handle;
use bp_isa::abi::layout::closure;

impl NativeCx<'_> {
    /// What the compiled tiers did, by name.
    pub fn jit_stats(&self) -> Vec<(&'static str, i64)> {
        let stats = self.vm.jit_stats();
        vec![
            ("compiled", stats.compiled as i64),
            ("replaced", stats.replaced as i64),
            ("failed", stats.failed as i64),
            ("evicted", stats.evicted as i64),
            ("invalidated", stats.invalidated as i64),
            ("bytecode_bytes", stats.bytecode_bytes as i64),
            ("code_bytes", stats.code_bytes as i64),
            ("cache_bytes", stats.cache_bytes as i64),
            ("compile_ns", i64::try_from(stats.compile_time.as_nanos()).unwrap_or(i64::MAX)),
        ]
    }

    /// The number of a closure's function.
    pub fn function_number(&self, closure: Handle) -> u32 {
        self.vm.heap.load(self.object(closure), closure::FUNCTION) as u32
    }

    /// Whether a function has compiled code.
    pub fn is_compiled(&self, function: u32) -> bool {
        self.vm.code_info(function).is_some()
    }

    /// Compiles a function now; whether it has compiled code then.
    pub fn compile(&mut self, function: u32) -> bool {
        self.vm.compile(function)
    }

    /// Gives up a function's compiled code.
    pub fn invalidate(&mut self, function: u32) {
        self.vm.invalidate(function);
    }
}
