//! The border to the program that embeds the machine: values, host functions, calls from outside.
//!
//! A [`Value`] is plain data that outlives every collection; what crosses is copied. A program declares
//! the host functions it wants with `extern fn`, the embedder registers them in a [`Host`], and
//! [`Vm::new`](crate::vm::Vm::new) joins them by name after comparing their types.
//!
//! Invariant: an exception that leaves a host function is one that it was given by a call of its own,
//! or a new one; what it ignores is gone. A panic in a host function passes no frame of the program:
//! it ends the program like `exit` and goes on where the embedder called.
//!
//! Absence: no reference and no handle leaves this module.

mod call;
mod convert;
mod ffi;
mod foreign;
mod types;
mod value;

pub use call::{CallError, HostCx, HostError};
pub use types::Type;
pub use value::{FromValue, IntoValue, Value};

use crate::config::StartError;
use crate::types::Types;
use bp_isa::program::{Extern, Program, Signature};
use foreign::Foreign;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// The code of a host function.
pub type HostFn = dyn Fn(&mut HostCx<'_>, &[Value]) -> Result<Value, HostError> + Send + Sync;

/// The functions that an embedder offers to programs.
#[derive(Clone, Default)]
pub struct Host {
    functions: Vec<HostFunction>,
    allows_foreign: bool,
}

#[derive(Clone)]
struct HostFunction {
    name: Box<str>,
    params: Box<[Type]>,
    result: Type,
    body: Arc<HostFn>,
}

impl Host {
    /// No functions.
    pub fn new() -> Host {
        Host::default()
    }

    /// Offers a function under a name; an earlier one of that name is replaced.
    ///
    /// The body gets as many arguments as there are parameter types, each a value of its type. What it
    /// answers must be of the result type, [`Value::Null`] for [`Type::Void`].
    #[must_use]
    pub fn function(
        mut self,
        name: &str,
        params: impl IntoIterator<Item = Type>,
        result: Type,
        body: impl Fn(&mut HostCx<'_>, &[Value]) -> Result<Value, HostError> + Send + Sync + 'static,
    ) -> Host {
        self.functions.retain(|function| &*function.name != name);
        let params = params.into_iter().collect();
        self.functions.push(HostFunction { name: name.into(), params, result, body: Arc::new(body) });
        self
    }

    /// Lets programs call functions of C libraries: `extern fn … from "lib"`. Without it a program that
    /// declares one is not started.
    ///
    /// A library runs with all rights of the process, and nothing checks that a declaration fits the
    /// function it names: this gives up memory safety for programs that are wrong or hostile.
    #[must_use]
    pub fn foreign_functions(mut self) -> Host {
        self.allows_foreign = true;
        self
    }

    /// Joins what a program declares with what is offered.
    pub(crate) fn resolve(&self, program: &Program, types: &Types) -> Result<Box<[Arc<Import>]>, StartError> {
        let import = |declared: &Extern| match &declared.library {
            Some(library) => self.foreign(declared, library, types).map(Arc::new),
            None => self.import(&declared.name, &declared.signature, types).map(Arc::new),
        };
        program.externs.iter().map(import).collect()
    }

    fn foreign(&self, declared: &Extern, library: &[u8], types: &Types) -> Result<Import, StartError> {
        let name = || declared.name.to_string();
        if !self.allows_foreign {
            return Err(StartError::Foreign { name: name() });
        }
        let Some(foreign) = Foreign::new(declared, library, types) else {
            let declared = signature_text(types, &declared.signature);
            return Err(StartError::HostTypes { name: name(), declared, offered: "a function of C".to_owned() });
        };
        let (name, signature) = (declared.name.clone(), declared.signature.clone());
        Ok(Import { name, signature, body: Body::Foreign(foreign) })
    }

    fn import(&self, name: &str, signature: &Signature, types: &Types) -> Result<Import, StartError> {
        let declared = || signature_text(types, signature);
        let Some(function) = self.functions.iter().find(|function| &*function.name == name) else {
            return Err(StartError::NoHostFunction { name: name.into(), declared: declared() });
        };
        let wanted: Option<Vec<Type>> = signature.params.iter().map(|ty| Type::of(types, *ty)).collect();
        let result = Type::of(types, signature.result);
        if wanted.as_deref() != Some(&*function.params) || result.as_ref() != Some(&function.result) {
            return Err(StartError::HostTypes { name: name.into(), declared: declared(), offered: function.text() });
        }
        Ok(Import { name: name.into(), signature: signature.clone(), body: Body::Host(Arc::clone(&function.body)) })
    }
}

impl HostFunction {
    fn text(&self) -> String {
        let params: Vec<String> = self.params.iter().map(Type::to_string).collect();
        format!("fn({}) -> {}", params.join(", "), self.result)
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.functions.iter().map(|function| (&function.name, function.text()))).finish()
    }
}

/// The types of a function as messages show them.
pub(crate) fn signature_text(types: &Types, signature: &Signature) -> String {
    let params: Vec<String> = signature.params.iter().map(|ty| types.name(*ty)).collect();
    format!("fn({}) -> {}", params.join(", "), types.name(signature.result))
}

/// A function from outside as a program declares it.
pub(crate) struct Import {
    name: Box<str>,
    signature: Signature,
    body: Body,
}

/// Who has the code of a function from outside.
enum Body {
    /// The embedder.
    Host(Arc<HostFn>),
    /// A library.
    Foreign(Foreign),
}

/// What a machine knows of its embedder.
pub(crate) struct HostState {
    /// By number of the program's `extern fn`.
    pub(crate) imports: Box<[Arc<Import>]>,
    /// The panic of a host function that is on its way out.
    pub(crate) panic: Option<Box<dyn Any + Send>>,
    /// Number of the last exception that was handed to a host function.
    pub(crate) last_thrown: u64,
}
