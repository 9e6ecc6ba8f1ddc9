//! Names and types: AST in, typed HIR and diagnostics out.
//!
//! Checking never fails: it returns what it understood plus what was wrong. An erroneous
//! expression gets `Ty::ERROR`, which is assignable to everything: one mistake, one report.
//!
//! Absence: no I/O, no clock, no global state; nothing here depends on bytecode or the VM.
#![forbid(unsafe_code)]

mod checker;
mod coerce;
mod decl;
mod declare;
mod error;
mod finish;
mod functions;
mod generic;
mod globals;
pub mod hir;
mod infer;
mod init;
mod known;
mod module;
mod narrow;
mod nested;
mod render;
mod resolve;
mod scope;
mod similar;
mod stmt;
pub mod types;
mod vars;
mod zonk;

use bp_syntax::ast;
use bp_syntax::diagnostic::Diagnostic;
use bp_syntax::name::Names;

/// A module as the parser left it.
#[derive(Clone, Copy, Debug)]
pub struct ParsedModule<'a> {
    /// Its tree.
    pub ast: &'a ast::Module,
    /// The module that each of its imports leads to, in the order of the text: one that stands before
    /// it. None where there is no such module, which has been reported.
    pub imports: &'a [Option<hir::ModuleId>],
}

impl<'a> ParsedModule<'a> {
    /// A module that imports nothing.
    pub const fn alone(ast: &'a ast::Module) -> Self {
        Self { ast, imports: &[] }
    }
}

/// Checks a program. The modules stand in the order in which they run, the main one last.
///
/// The program is there exactly if no diagnostic is an error. After errors of the parser it may be
/// missing without one: what only follows from those is not reported again.
pub fn check(modules: &[ParsedModule<'_>], names: &mut Names) -> (Option<hir::Program>, Vec<Diagnostic>) {
    finish::check(modules, names)
}
