//! What can run: a program, and its sources as far as they are known.

use crate::{Compilation, Instance, Options, StartError};
use bp_isa::Program;
use bp_isa::bpc::{self, BpcError};
use bp_syntax::source::SourceMap;
use std::fmt;
use std::sync::Arc;

/// A compiled program.
///
/// Invariant: its bytecode keeps the rules of the verifier. Cloning shares everything.
#[derive(Clone, Debug)]
pub struct Executable {
    program: Arc<Program>,
    /// None for a program that came from a `.bpc` file.
    sources: Option<Arc<SourceMap>>,
}

/// Why a `.bpc` file cannot run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LoadError {
    /// It is foreign, outdated or damaged.
    Format(BpcError),
    /// It is intact and yet no valid bytecode: made by something else than `bp build`.
    Invalid(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Format(error) => error.fmt(f),
            LoadError::Invalid(reason) => write!(f, "the file holds invalid bytecode: {reason}"),
        }
    }
}

impl std::error::Error for LoadError {}

impl Executable {
    /// The program of a compilation; none if it has errors or was only checked.
    pub fn from_compilation(compilation: &Compilation) -> Option<Self> {
        let program = compilation.program.clone()?;
        Some(Self { program, sources: Some(compilation.sources.clone()) })
    }

    /// The program in a `.bpc` file, verified.
    ///
    /// ```
    /// use betterpython::{Executable, Until};
    /// let compilation = betterpython::compile("a.bp", "print(1)\n", Until::Compiled);
    /// let file = Executable::from_compilation(&compilation).unwrap().to_bpc();
    /// assert!(Executable::is_bpc(&file));
    /// assert!(Executable::from_bpc(&file).is_ok());
    /// assert!(Executable::from_bpc(&file[1..]).is_err());
    /// ```
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn from_bpc(file: &[u8]) -> Result<Self, LoadError> {
        let program = bpc::read(file).map_err(LoadError::Format)?;
        bp_isa::verify::verify(&program).map_err(|error| LoadError::Invalid(error.to_string()))?;
        Ok(Self { program: Arc::new(program), sources: None })
    }

    /// Whether bytes are meant to be a `.bpc` file, sound or not.
    pub fn is_bpc(bytes: &[u8]) -> bool {
        bpc::is_bpc(bytes)
    }

    /// The `.bpc` file of the program.
    pub fn to_bpc(&self) -> Vec<u8> {
        bpc::write(&self.program)
    }

    /// A new run of the program, with a heap of its own. Nothing is executed yet.
    ///
    /// # Errors
    /// The memory for the heap is not to be had.
    pub fn start(&self, options: Options) -> Result<Instance, StartError> {
        Instance::new(self.clone(), options)
    }

    /// The bytecode.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// Number of the function that tracebacks call `name`: the first one of the main file, else of the
    /// modules in the order in which they run.
    pub fn function_named(&self, name: &str) -> Option<u32> {
        self.program.function_named(name, |_| true)
    }

    /// Bytecode of function number `function` as text, with the source lines it came from.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn disassemble(&self, function: u32) -> String {
        let mut lines = self.source_lines();
        bp_isa::disasm::disassemble(&self.program, function as usize, &mut |file, line| lines.line(file, line))
    }

    /// A reader of source lines for messages.
    pub(crate) fn source_lines(&self) -> SourceLines<'_> {
        SourceLines { executable: self, read: vec![] }
    }
}

/// Looks up source lines: from the sources that were compiled, else from the files by their
/// names, which may be gone or changed since.
pub(crate) struct SourceLines<'a> {
    executable: &'a Executable,
    /// Files read so far, by number; `None` where reading failed.
    read: Vec<(u32, Option<SourceMap>)>,
}

impl SourceLines<'_> {
    /// Line `line` (from 1) of file number `file`, if it can be had.
    pub(crate) fn line(&mut self, file: u32, line: u32) -> Option<String> {
        if let Some(sources) = &self.executable.sources {
            return line_of(sources, file as usize, line);
        }
        if !self.read.iter().any(|(known, _)| *known == file) {
            let contents = self.read_file(file);
            self.read.push((file, contents));
        }
        let (_, sources) = self.read.iter().find(|(known, _)| *known == file)?;
        line_of(sources.as_ref()?, 0, line)
    }

    fn read_file(&self, file: u32) -> Option<SourceMap> {
        let name = self.executable.program.files.get(file as usize)?;
        // Opening a pipe or a device could block.
        let is_file = std::fs::metadata(&**name).is_ok_and(|metadata| metadata.is_file());
        let text = if is_file { std::fs::read(&**name).ok()? } else { return None };
        let mut sources = SourceMap::new();
        sources.add(&**name, text);
        Some(sources)
    }
}

fn line_of(sources: &SourceMap, file: usize, line: u32) -> Option<String> {
    let (_, source) = sources.files().nth(file)?;
    (1..=source.line_count()).contains(&line).then(|| source.line_text(line).to_owned())
}
