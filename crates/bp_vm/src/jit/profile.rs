//! What the machine knows of how a function is used: the seed's `JitProfile`.

use crate::vm::Vm;

/// How a function has been used, and what that has led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Calls of it that were interpreted; compiled code does not count.
    pub call_count: u32,
    /// Iterations of each of its loops that were interpreted, in the order of the loops in the text.
    pub loop_counts: Vec<u32>,
    /// How far it has come.
    pub state: ProfileState,
    /// The address of its machine code.
    pub native_code: Option<u64>,
    /// Bytes of its machine code.
    pub native_size: usize,
}

/// How far a function has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProfileState {
    /// Never called.
    Cold,
    /// Called, not often enough to be compiled.
    Warm,
    /// Compiled at its next call or iteration.
    Hot,
    /// In machine code.
    Compiled,
    /// The last attempt to compile it failed; it is tried again when it has become hotter.
    Failed(&'static str),
}

impl Vm {
    /// How a function has been used; none if there is no such function.
    pub fn profile(&self, function: u32) -> Option<Profile> {
        let described = self.state.program.functions.get(function as usize)?;
        let state = &self.state.functions[function as usize];
        let loop_counts = self.state.loop_counts_of(function, described.loops.len());
        let code = self.code_info(function);
        let is_touched = state.calls > 0 || loop_counts.iter().any(|&count| count > 0);
        let progress = match self.state.jit.failures.get(&function) {
            _ if code.is_some() => ProfileState::Compiled,
            _ if self.should_compile(function) => ProfileState::Hot,
            Some(reason) => ProfileState::Failed(reason),
            None if is_touched => ProfileState::Warm,
            None => ProfileState::Cold,
        };
        Some(Profile {
            call_count: state.calls,
            loop_counts,
            state: progress,
            native_code: code.map(|code| code.address),
            native_size: code.map_or(0, |code| code.code.bytes.len()),
        })
    }

    /// Counts a call of a function that the interpreter does not see.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn record_call(&mut self, function: u32) {
        let state = &mut self.state.functions[function as usize];
        state.calls = state.calls.saturating_add(1);
    }

    /// Whether a function is hot and has no machine code.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn should_compile(&self, function: u32) -> bool {
        let state = &self.state.functions[function as usize];
        let is_hot = state.calls >= state.hot_calls || state.most_iterations() >= state.hot_loops;
        self.state.jit.config.is_some() && self.code_of(function) == 0 && is_hot
    }
}
