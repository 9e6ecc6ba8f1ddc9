//! Source text to bytecode: the front end in one call, all modules of a program together.

use crate::loader::{Files, Loader};
use crate::modules::Load;
use bp_isa::Program;
use bp_syntax::diagnostic::{Diagnostic, Severity};
use bp_syntax::source::SourceMap;
use std::sync::Arc;

/// How far to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Parse and check only.
    Checked,
    /// Down to bytecode.
    Compiled,
}

/// What compiling a program gave.
#[derive(Debug)]
pub struct Compilation {
    /// The sources, for showing the diagnostics and tracebacks.
    pub sources: Arc<SourceMap>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The program, if it has no errors and was to be compiled.
    pub program: Option<Arc<Program>>,
}

impl Compilation {
    /// Whether some diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Compiles a program of one file. `name` is what messages and tracebacks show.
pub fn compile(name: &str, text: impl Into<Vec<u8>>, until: Until) -> Compilation {
    compile_with(name, text, until, &Files::default())
}

/// Compiles a program from its main file; `loader` has the modules that it imports.
pub fn compile_with(name: &str, text: impl Into<Vec<u8>>, until: Until, loader: &dyn Loader) -> Compilation {
    let Load { sources, mut names, mut diagnostics, modules, .. } = Load::run(name, text.into(), loader);
    let is_sound = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    let (checked, found) = modules.with_parsed(|parsed| bp_check::check(parsed, &mut names));
    diagnostics.extend(found);
    let mut program = None;
    if let (true, Some(checked), Until::Compiled) = (is_sound, checked, until) {
        match bp_lower::lower(&checked, &sources) {
            Ok(lowered) => program = Some(Arc::new(lowered)),
            Err(errors) => diagnostics.extend(errors.iter().map(|error| error.diagnostic())),
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span());
    if let Some(program) = &program {
        debug_verify(program);
    }
    Compilation { sources: Arc::new(sources), diagnostics, program }
}

/// Proves that the compiler kept the bytecode's rules: in tests and debug builds.
fn debug_verify(program: &Program) {
    if cfg!(debug_assertions)
        && let Err(error) = bp_isa::verify::verify(program)
    {
        panic!("the compiler produced invalid bytecode: {error}");
    }
}
