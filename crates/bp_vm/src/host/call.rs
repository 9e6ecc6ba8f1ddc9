//! Calls across the border in both directions.

use super::convert::{self, Mismatch};
use super::{Body, Import, Type, Value, signature_text};
use crate::config::Outcome;
use crate::handle::Handle;
use crate::heap::Ref;
use crate::interrupt::InterruptHandle;
use crate::jit::JitStats;
use crate::native::{self, NativeCx, Thrown};
use crate::vm::Vm;
use bp_builtins::errors::{ErrorClass, MESSAGE_FIELD};
use bp_isa::Kind;
use bp_isa::program::Signature;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Why a function was not called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallError {
    /// The program has no function of this name, or not at its top level.
    Unknown(String),
    /// It takes another number of arguments.
    Count {
        /// The function.
        name: String,
        /// How many it takes.
        wanted: usize,
        /// How many there were.
        given: usize,
    },
    /// An argument is not of the parameter's type.
    Argument {
        /// The function.
        name: String,
        /// Which argument, from 1.
        position: usize,
        /// The parameter's type, or the part of it that does not fit.
        wanted: String,
        /// What was given for it.
        found: &'static str,
    },
    /// It takes or returns something that cannot cross, such as a struct.
    Types {
        /// The function.
        name: String,
        /// Its type.
        signature: String,
    },
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Unknown(name) => write!(f, "the program has no function `{name}`"),
            CallError::Count { name, wanted, given } => {
                let s = if *wanted == 1 { "" } else { "s" };
                write!(f, "`{name}` takes {wanted} argument{s}, {given} given")
            }
            CallError::Argument { name, position, wanted, found } => {
                write!(f, "argument {position} of `{name}`: wanted `{wanted}`, found `{found}`")
            }
            CallError::Types { name, signature } => {
                write!(f, "`{name}` is `{signature}`: values of these types cannot cross to the host")
            }
        }
    }
}

impl std::error::Error for CallError {}

/// What a host function fails with.
///
/// Texts become one by themselves: `Err("no such user".into())` throws a `RuntimeError` with that
/// message. Those that [`HostCx::call`] gave are thrown on as what they are.
#[derive(Clone, Debug)]
pub struct HostError {
    kind: ErrorKind,
}

#[derive(Clone, Debug)]
enum ErrorKind {
    New {
        class: ErrorClass,
        message: String,
    },
    /// An exception of the program, kept under this number as long as the host function runs.
    Thrown {
        number: u64,
        class: String,
        message: String,
    },
    /// The program is ending by `exit`.
    Ending,
}

impl HostError {
    /// An error of a built-in class.
    pub fn new(class: ErrorClass, message: impl Into<String>) -> HostError {
        HostError { kind: ErrorKind::New { class, message: message.into() } }
    }

    /// The name of its class; none if the program is ending by `exit`, which nothing can stop.
    pub fn class(&self) -> Option<&str> {
        match &self.kind {
            ErrorKind::New { class, .. } => Some(class.name()),
            ErrorKind::Thrown { class, .. } => Some(class),
            ErrorKind::Ending => None,
        }
    }

    /// Its message; bytes that are no UTF-8 replaced.
    pub fn message(&self) -> &str {
        match &self.kind {
            ErrorKind::New { message, .. } | ErrorKind::Thrown { message, .. } => message,
            ErrorKind::Ending => "the program is ending",
        }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class() {
            Some(class) => write!(f, "{class}: {}", self.message()),
            None => f.write_str(self.message()),
        }
    }
}

impl std::error::Error for HostError {}

impl From<String> for HostError {
    fn from(message: String) -> HostError {
        HostError::new(ErrorClass::RuntimeError, message)
    }
}

impl From<&str> for HostError {
    fn from(message: &str) -> HostError {
        HostError::from(message.to_owned())
    }
}

impl From<CallError> for HostError {
    fn from(error: CallError) -> HostError {
        HostError::from(error.to_string())
    }
}

/// What a host function can do with the program that called it.
pub struct HostCx<'a> {
    vm: &'a mut Vm,
    /// Exceptions that calls gave to the host function, by number.
    thrown: Vec<(u64, Handle)>,
}

impl HostCx<'_> {
    /// Calls a function of the program.
    ///
    /// # Errors
    /// There is no such function, the arguments do not fit it, or an exception leaves it: whoever
    /// returns that error throws the exception on, whoever ignores it has caught it. `exit` ends the
    /// program all the same.
    pub fn call(&mut self, name: &str, args: &[Value]) -> Result<Value, HostError> {
        if self.vm.exit_is_pending() {
            return Err(HostError { kind: ErrorKind::Ending });
        }
        let function = self.vm.function_named(name).ok_or_else(|| CallError::Unknown(name.to_owned()))?;
        self.vm.check_call(function, args)?;
        let mark = self.vm.state.handles.mark();
        let result = self.vm.call_with_values(function, args);
        self.vm.state.handles.release(mark);
        result.map_err(|thrown| self.caught(thrown))
    }

    /// Throws if somebody interrupts the program. Long work asks now and then.
    ///
    /// # Errors
    /// The `InterruptError`, to be returned.
    pub fn poll(&mut self) -> Result<(), HostError> {
        self.vm.poll().map_err(|thrown| self.caught(thrown))
    }

    /// What interrupts the program, from here or from another thread.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        self.vm.interrupt_handle()
    }

    /// Compiles a function now, by number; whether it has machine code. Frames of it that are active go
    /// on as they are.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn compile(&mut self, function: u32) -> bool {
        self.vm.compile(function)
    }

    /// Gives up the machine code of a function, by number; it may be the one that called the host.
    /// Frames that are in the code finish there.
    ///
    /// # Panics
    /// If there is no such function.
    pub fn invalidate(&mut self, function: u32) {
        self.vm.invalidate(function);
    }

    /// What the compiled tiers did so far.
    pub fn jit_stats(&self) -> JitStats {
        self.vm.jit_stats()
    }

    /// Writes to the program's standard output.
    pub fn write(&mut self, text: &str) {
        self.vm.state.out.write_all(text.as_bytes());
    }

    /// Takes the pending exception for the host function.
    fn caught(&mut self, Thrown { .. }: Thrown) -> HostError {
        if self.vm.exit_is_pending() {
            return HostError { kind: ErrorKind::Ending };
        }
        let vm = &mut *self.vm;
        let error = Ref::from_word(std::mem::take(&mut vm.state.pending.exception));
        let class = vm.state.types.name(vm.heap.header(error).ty());
        let text = Ref::from_word(vm.heap.load(error, MESSAGE_FIELD as usize));
        let message = if text.is_null() { String::new() } else { String::from_utf8_lossy(vm.str_bytes(text)).into() };
        vm.state.host.last_thrown += 1;
        let number = vm.state.host.last_thrown;
        self.thrown.push((number, vm.state.handles.push(error)));
        HostError { kind: ErrorKind::Thrown { number, class, message } }
    }

    fn throw(&mut self, error: HostError) -> Thrown {
        match error.kind {
            _ if self.vm.exit_is_pending() => Thrown::new(),
            ErrorKind::New { class, message } => self.vm.throw_new(class, message),
            ErrorKind::Thrown { number, class, message } => {
                match self.thrown.iter().find(|(known, _)| *known == number) {
                    Some(&(_, handle)) => {
                        let error = self.vm.state.handles.get(handle);
                        self.vm.rethrow(error)
                    }
                    // Kept from an earlier call: the object is gone, what it said is not.
                    None => self.vm.throw_new(ErrorClass::RuntimeError, format!("{class}: {message}")),
                }
            }
            ErrorKind::Ending => self.vm.throw_new(ErrorClass::RuntimeError, "the host ended an earlier program"),
        }
    }

    /// What the host function answered, as a word.
    fn answer(&mut self, import: &Import, result: Result<Value, HostError>) -> Result<u64, Thrown> {
        let value = result.map_err(|error| self.throw(error))?;
        if self.vm.exit_is_pending() {
            return Err(Thrown::new());
        }
        let ty = import.signature.result;
        if let Err(Mismatch { wanted, found }) = convert::check(&self.vm.state.types, &value, ty) {
            let message = format!("the host answered `{found}` where `{}` wants `{wanted}`", import.name);
            return Err(self.vm.throw_new(ErrorClass::RuntimeError, message));
        }
        let mut cx = NativeCx::new(self.vm, 0, 0);
        let entered = convert::enter(&mut cx, &value, ty)?;
        Ok(cx.value_word(entered))
    }
}

impl NativeCx<'_> {
    /// Calls the function from outside whose number is the last argument with the arguments before it.
    ///
    /// # Panics
    /// If the program declares no such function.
    pub fn call_host(&mut self) -> Result<u64, Thrown> {
        let count = self.count() - 1;
        let number = self.int(count) as usize;
        let import = Arc::clone(&self.vm.state.host.imports[number]);
        assert_eq!(import.signature.params.len(), count, "calls fit the declaration");
        let body = match &import.body {
            Body::Host(body) => body,
            Body::Foreign(foreign) => return foreign.call(self),
        };
        let mut args = Vec::with_capacity(count);
        for (position, &ty) in import.signature.params.iter().enumerate() {
            let is_reference = self.types().is_reference(ty);
            let value = match is_reference {
                true => native::Value::Handle(self.handle(position)),
                false => native::Value::Word(self.int(position) as u64),
            };
            args.push(convert::leave(self, value, ty));
        }
        let mut cx = HostCx { vm: self.vm, thrown: Vec::new() };
        let run = AssertUnwindSafe(|| body(&mut cx, &args));
        match catch_unwind(run) {
            Ok(result) => cx.answer(&import, result),
            Err(panic) => {
                let vm = cx.vm;
                vm.state.host.panic = Some(panic);
                Err(vm.throw_exit(0))
            }
        }
    }
}

impl Vm {
    /// The number of a function that can be called by name: of those at the top level and of methods.
    pub fn function_named(&self, name: &str) -> Option<u32> {
        self.state.program.function_named(name, |function| function.signature.is_some())
    }

    /// Whether a function can be called with these arguments.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_call(&self, function: u32, args: &[Value]) -> Result<(), CallError> {
        let Some(described) = self.state.program.functions.get(function as usize) else {
            return Err(CallError::Unknown(format!("number {function}")));
        };
        let name = || described.name.to_string();
        let Some(signature) = &described.signature else { return Err(CallError::Unknown(name())) };
        let types = &self.state.types;
        let Signature { params, result } = signature;
        if params.len() != args.len() {
            return Err(CallError::Count { name: name(), wanted: params.len(), given: args.len() });
        }
        if params.iter().chain([result]).any(|ty| Type::of(types, *ty).is_none()) {
            return Err(CallError::Types { name: name(), signature: signature_text(types, signature) });
        }
        for ((position, value), ty) in (1..).zip(args).zip(params) {
            convert::check(types, value, *ty).map_err(|Mismatch { wanted, found }| CallError::Argument {
                name: name(),
                position,
                wanted,
                found,
            })?;
        }
        Ok(())
    }

    /// Calls a function from outside the program.
    ///
    /// # Errors
    /// The arguments do not fit; nothing was called.
    pub fn call_values(&mut self, function: u32, args: &[Value]) -> Result<(Outcome, Value), CallError> {
        self.check_call(function, args)?;
        self.enter_native();
        let mut value = Value::Null;
        let result = self.call_with_values(function, args).map(|result| {
            value = result;
            0
        });
        Ok((self.finish(result), value))
    }

    /// Calls a function with arguments that have been checked.
    fn call_with_values(&mut self, function: u32, args: &[Value]) -> Result<Value, Thrown> {
        let described = &self.state.program.functions[function as usize];
        let Signature { params, result: ty } = described.signature.clone().expect("checked before");
        let is_reference = described.result == Some(Kind::Ref);
        let mut cx = NativeCx::new(self, 0, 0);
        let mut entered = Vec::with_capacity(args.len());
        for (value, ty) in args.iter().zip(params) {
            entered.push(convert::enter(&mut cx, value, ty)?);
        }
        let words: Vec<u64> = entered.into_iter().map(|value| cx.value_word(value)).collect();
        let word = cx.vm.call_function(function, &words, Ref::NULL)?;
        let value = cx.value(word, is_reference);
        Ok(convert::leave(&mut cx, value, ty))
    }
}
