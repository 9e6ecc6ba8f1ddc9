//! How a machine is set up, and how its program can end.

use crate::heap::Stress;
use crate::host::Host;
use crate::jit::{CodeFaults, JitConfig};
use crate::output::Output;
use crate::trace::TraceFrame;
use std::fmt;

/// Set-up of a machine.
#[derive(Debug)]
pub struct VmConfig {
    /// Most bytes that the heap may take; none: the default of [`crate::heap::HeapConfig`].
    pub heap_limit: Option<usize>,
    /// When the collector is to be provoked.
    pub gc_stress: Option<Stress>,
    /// Check the whole heap before and after each collection.
    pub gc_verify: bool,
    /// Fill freed memory with 0xDB.
    pub gc_poison: bool,
    /// Most calls that may be active at once.
    pub max_frames: usize,
    /// Bytes of native stack that library functions which call back may use, counted from where the
    /// program is started.
    pub native_stack: usize,
    /// The program's arguments.
    pub args: Vec<Vec<u8>>,
    /// Key of the string hash; none: drawn from the system.
    pub hash_seed: Option<u64>,
    /// Where output goes.
    pub output: Output,
    /// How hot code is compiled; none: everything is interpreted.
    pub jit: Option<JitConfig>,
    /// Requests for code memory that are to fail: for tests.
    pub code_faults: CodeFaults,
    /// What the embedder offers to the program.
    pub host: Host,
}

impl Default for VmConfig {
    fn default() -> VmConfig {
        VmConfig {
            heap_limit: None,
            gc_stress: None,
            gc_verify: false,
            gc_poison: false,
            max_frames: 600_000,
            native_stack: 512 << 10,
            args: Vec::new(),
            hash_seed: None,
            output: Output::stdout(),
            jit: None,
            code_faults: CodeFaults::Never,
            host: Host::new(),
        }
    }
}

/// Why a machine could not be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StartError {
    /// The system gave no memory.
    OutOfMemory,
    /// The program declares a host function that nobody offers.
    NoHostFunction {
        /// Its name.
        name: String,
        /// Its type as declared.
        declared: String,
    },
    /// A host function has other types than the program declares.
    HostTypes {
        /// Its name.
        name: String,
        /// Its type as declared.
        declared: String,
        /// Its type as offered.
        offered: String,
    },
    /// The program declares a function of a library, and nobody has allowed that.
    Foreign {
        /// Its name.
        name: String,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::OutOfMemory => f.write_str("the system has no memory for the program's stack and heap"),
            StartError::NoHostFunction { name, declared } => {
                write!(f, "the program needs the host function `{name}`, `{declared}`, which is not there")
            }
            StartError::HostTypes { name, declared, offered } => {
                write!(f, "the host function `{name}` is `{offered}`, the program declares it `{declared}`")
            }
            StartError::Foreign { name } => {
                write!(f, "it calls the foreign function `{name}`, which is not allowed here")
            }
        }
    }
}

impl std::error::Error for StartError {}

/// How a call from outside ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It returned; the result's word, 0 if there is none.
    Finished(u64),
    /// `exit(status)` was called.
    Exit(i64),
    /// An exception left it.
    Uncaught(Uncaught),
}

/// An exception that nothing has caught.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uncaught {
    /// Name of its class.
    pub class: String,
    /// Its message.
    pub message: Vec<u8>,
    /// Where it was thrown, outermost call first.
    pub frames: Vec<TraceFrame>,
}
