//! The engine as its embedder drives it: typed calls, and the tiers by hand.
//!
//! The founding document's *Public Interface*, with the same meaning. Functions go by the numbers that
//! [`Executable::function_named`](crate::Executable::function_named) gives.
//!
//! | founding document      | here                                                      |
//! |------------------------|-----------------------------------------------------------|
//! | `jit_init(vm)`         | [`Executable::start`](crate::Executable::start)           |
//! | `jit_shutdown(vm)`     | [`Instance::shutdown`], or dropping the instance          |
//! | `jit_record_call`      | [`Instance::record_call`]                                 |
//! | `jit_should_compile`   | [`Instance::should_compile`]                              |
//! | `jit_compile`          | [`Instance::compile`]                                     |
//! | `jit_execute`          | [`Instance::execute`]; by name: [`Instance::call`]        |
//! | `jit_invalidate`       | [`Instance::invalidate`]                                  |
//! | `JitProfile`           | [`Instance::profile`]                                     |

use crate::{Instance, Refusal, Tier, Uncaught, Value};
use bp_vm::config::Outcome;
use bp_vm::jit::ProfileState;
use std::fmt;

/// Why a call from outside gave no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallError {
    /// Nothing was called: there is no such function, or the arguments do not fit it.
    Refused(Refusal),
    /// The program called `exit` with this status.
    Exit(i64),
    /// An exception left the function.
    Uncaught(Uncaught),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Refused(refusal) => refusal.fmt(f),
            CallError::Exit(status) => write!(f, "the program ended with status {status}"),
            CallError::Uncaught(error) => {
                write!(f, "{}: {}", error.class, String::from_utf8_lossy(&error.message))
            }
        }
    }
}

impl std::error::Error for CallError {}

/// How a function has been used, and what that has led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Calls of it that were interpreted; compiled code does not count.
    pub call_count: u32,
    /// Iterations of each of its loops that were interpreted, in the order of the loops in the text.
    pub loop_counts: Vec<u32>,
    /// How far it has come.
    pub jit_state: JitState,
    /// The address of its machine code, if it has any. Good until the engine runs again.
    pub native_code: Option<u64>,
    /// Bytes of its machine code, 0 if it has none.
    pub native_size: usize,
}

/// How far a function has come on its way to machine code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JitState {
    /// Never called.
    Cold,
    /// Called, not often enough to be compiled.
    Warm,
    /// Compiled at its next call or iteration.
    Hot,
    /// In machine code, by this tier.
    Compiled(Tier),
    /// The last attempt to compile it failed; the next comes when it has become hotter.
    Failed(&'static str),
}

impl Instance {
    /// Calls a function of the program by name; [`run_modules`](Self::run_modules) comes first.
    ///
    /// ```
    /// use betterpython::{CallError, Executable, Options, Until, Value};
    ///
    /// let source = "def join(words: [str], times: int) -> str: return \" \".join(words) * times\n";
    /// let compilation = betterpython::compile("join.bp", source, Until::Compiled);
    /// let mut engine = Executable::from_compilation(&compilation).unwrap().start(Options::default()).unwrap();
    /// engine.run_modules();
    ///
    /// let words = Value::from(vec!["a", "b"]);
    /// let joined = engine.call("join", &[words, Value::Int(2)]).unwrap();
    /// assert_eq!(joined.as_str(), Some("a ba b"));
    ///
    /// let error = engine.call("join", &[Value::Int(1), Value::Int(2)]).unwrap_err();
    /// assert_eq!(error.to_string(), "argument 1 of `join`: wanted `[str]`, found `int`");
    /// assert!(matches!(error, CallError::Refused(_)));
    /// ```
    ///
    /// # Errors
    /// See [`CallError`].
    pub fn call(&mut self, name: &str, args: &[Value]) -> Result<Value, CallError> {
        match self.vm.function_named(name) {
            Some(function) => self.execute(function, args),
            None => Err(CallError::Refused(Refusal::Unknown(name.to_owned()))),
        }
    }

    /// Calls a function by number, in whatever tier it has reached.
    ///
    /// # Errors
    /// See [`CallError`].
    pub fn execute(&mut self, function: u32, args: &[Value]) -> Result<Value, CallError> {
        match self.vm.call_values(function, args) {
            Err(refusal) => Err(CallError::Refused(refusal)),
            Ok((Outcome::Finished(_), value)) => Ok(value),
            Ok((Outcome::Exit(status), _)) => Err(CallError::Exit(status)),
            Ok((Outcome::Uncaught(error), _)) => Err(CallError::Uncaught(error)),
        }
    }

    /// Counts a call of a function, as the interpreter does at each.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn record_call(&mut self, function: u32) {
        self.vm.record_call(function);
    }

    /// Whether a function is hot and has no machine code yet. Never with [`Tier::Interpreter`].
    ///
    /// # Panics
    /// If there is no such function.
    pub fn should_compile(&self, function: u32) -> bool {
        self.vm.should_compile(function)
    }

    /// Compiles a function now, hot or not; whether it has machine code. Where it cannot be compiled it
    /// stays with the interpreter, and its profile says why.
    ///
    /// ```
    /// use betterpython::{Executable, JitState, Options, Tier, Until, Value};
    ///
    /// let compilation = betterpython::compile("a.bp", "def twice(n: int) -> int: return n * 2\n", Until::Compiled);
    /// let executable = Executable::from_compilation(&compilation).unwrap();
    /// let mut engine = executable.start(Options::default()).unwrap();
    /// let twice = executable.function_named("twice").unwrap();
    /// assert_eq!(engine.profile(twice).unwrap().jit_state, JitState::Cold);
    ///
    /// assert!(engine.compile(twice));
    /// let profile = engine.profile(twice).unwrap();
    /// assert_eq!(profile.jit_state, JitState::Compiled(Tier::Baseline));
    /// assert!(profile.native_code.is_some() && profile.native_size > 0);
    /// assert_eq!(engine.execute(twice, &[Value::Int(21)]), Ok(Value::Int(42)));
    ///
    /// engine.invalidate(twice);
    /// assert_eq!(engine.profile(twice).unwrap().native_code, None);
    /// assert_eq!(engine.execute(twice, &[Value::Int(21)]), Ok(Value::Int(42)));
    /// ```
    ///
    /// # Panics
    /// If there is no such function.
    pub fn compile(&mut self, function: u32) -> bool {
        self.vm.compile(function)
    }

    /// Gives up the machine code of a function: its next call is interpreted, and it has to become hot
    /// again. Frames that are in the code finish there; its memory goes back when the last has left.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn invalidate(&mut self, function: u32) {
        self.vm.invalidate(function);
    }

    /// How a function has been used; none if there is no such function.
    pub fn profile(&self, function: u32) -> Option<Profile> {
        let bp_vm::jit::Profile { call_count, loop_counts, state, native_code, native_size } =
            self.vm.profile(function)?;
        let jit_state = match state {
            ProfileState::Cold => JitState::Cold,
            ProfileState::Warm => JitState::Warm,
            ProfileState::Hot => JitState::Hot,
            ProfileState::Compiled => JitState::Compiled(Tier::Baseline),
            ProfileState::Failed(reason) => JitState::Failed(reason),
        };
        Some(Profile { call_count, loop_counts, jit_state, native_code, native_size })
    }

    /// Ends the engine: heap, stack and machine code go back to the system, as when it is dropped.
    pub fn shutdown(self) {
        drop(self);
    }
}
