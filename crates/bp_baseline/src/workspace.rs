//! The memory of the compiler, kept from function to function.
//!
//! A function is compiled in a few microseconds: to get fresh memory for it, zeroed and page by page,
//! cost more than any step of the work.
//!
//! Invariant: what is kept says nothing of the function before.

use crate::analysis::Analysis;
use crate::cold::Cold;
use crate::compiler::Compiler;
use crate::masm::Masm;
use bp_isa::abi::machine::{CallSite, Machine};
use bp_isa::program::Function;
use std::cell::Cell;

/// Memory for functions of more words of bytecode than this goes back at once.
const KEPT_WORDS: usize = 1 << 16;

thread_local! {
    static KEPT: Cell<Workspace> = Cell::default();
}

/// What the compiler writes while it works.
#[derive(Default)]
pub(crate) struct Workspace {
    masm: Masm,
    analysis: Analysis,
    cold: Vec<Cold>,
    calls: Vec<CallSite>,
    pub(crate) positions: Vec<(u32, u32)>,
}

impl Workspace {
    /// Lends `work` this thread's workspace.
    pub(crate) fn with<R>(function: &Function, work: impl FnOnce(&mut Workspace) -> R) -> R {
        let mut workspace = KEPT.take();
        let result = work(&mut workspace);
        if function.code.len() <= KEPT_WORDS {
            KEPT.set(workspace);
        }
        result
    }

    /// A compiler for a function, at work in this workspace until it is given back to [`Self::end`].
    pub(crate) fn begin<'a>(&mut self, machine: &'a Machine<'a>, function: &'a Function) -> Compiler<'a> {
        let Workspace { mut masm, mut analysis, mut cold, mut calls, mut positions } = std::mem::take(self);
        analysis.run(function);
        masm.begin(analysis.rows().len());
        cold.clear();
        calls.clear();
        positions.clear();
        Compiler {
            masm,
            function,
            machine,
            analysis,
            index: 0,
            pc: 0,
            valid: 0,
            dirty: 0,
            turned_at: None,
            cold,
            calls,
            positions,
        }
    }

    /// Takes the memory back.
    pub(crate) fn end(&mut self, compiler: Compiler<'_>) {
        let Compiler { masm, analysis, cold, calls, positions, .. } = compiler;
        *self = Workspace { masm, analysis, cold, calls, positions };
    }
}
