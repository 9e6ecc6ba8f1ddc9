//! The interpreter: tier 0, and the reference for every question of meaning.
//!
//! [`run`] executes frames until the one it was entered with returns. Calls between functions of
//! the program push frames and do not recurse natively; library functions that call back enter
//! [`run`] anew through [`Vm::call_function`], which is bounded by the native stack.
//!
//! Absence: no type tests, no tags: the instructions know what their registers hold.

pub(crate) mod arith;
pub(crate) mod element;
mod run;
mod slow;
mod unchecked;

use crate::heap::Ref;
use crate::native::{NativeCx, Thrown};
use crate::vm::Vm;
pub(crate) use slow::{missing_key, string_index};

use bp_isa::Trap;
use unchecked::{Callee, Top, enter};

impl Vm {
    /// Runs a function of the program on behalf of native code. `closure` goes behind the arguments
    /// if the function takes one. References that the caller holds are stale afterwards.
    pub(crate) fn call_function(&mut self, function: u32, args: &[u64], closure: Ref) -> Result<u64, Thrown> {
        let here = 0_u8;
        if (&raw const here).addr() < self.state.native_limit {
            return Err(self.trap(Trap::StackOverflow));
        }
        let state = &self.state.functions[function as usize];
        if state.calls >= state.hot_calls && self.is_ready(function) {
            return self.call_compiled_with(function, args, closure);
        }
        let base = self.state.stack.depth();
        let window = self.free_window();
        let callee = Callee::new(self.state.functions.as_mut_ptr(), function);
        let caller = Top(self.state.stack.top());
        let Some((top, _)) = enter(&self.state.stack, caller, callee, self.state.stack.address(window)) else {
            return Err(self.trap(Trap::StackOverflow));
        };
        for (position, &word) in args.iter().enumerate() {
            self.state.stack.set(window + position, word);
        }
        if let Some(register) = callee.closure_register() {
            self.state.stack.set(window + register.index(), closure.word());
        }
        self.state.stack.set_top(top.0);
        run::run(self, base)
    }

    /// The position of the first register above all windows and copied arguments.
    pub(crate) fn free_window(&self) -> usize {
        let depth = self.state.stack.depth();
        let regions = self.state.jit.regions.last().map_or(0, |region| region.end());
        if depth == 0 {
            return regions;
        }
        let frame = self.state.stack.frame(depth);
        regions.max(self.state.stack.index_of(frame.window) + frame.function().registers as usize)
    }

    /// Calls a library function whose arguments are the `count` registers from position `args` on.
    #[inline]
    pub(crate) fn call_builtin(&mut self, builtin: u32, args: usize, count: usize) -> Result<u64, Thrown> {
        let mark = self.state.handles.mark();
        let body = self.state.library.bodies[builtin as usize];
        let result = body(&mut NativeCx::new(self, args, count));
        self.state.handles.release(mark);
        result
    }
}
