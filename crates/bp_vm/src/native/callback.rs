//! Calls from library functions into the program.
//!
//! A library function that calls the same closure for one element after another prepares the call
//! once: which function it is, where its arguments go, what its result is. Each call then only looks
//! whether the function is compiled, which may change from one to the next, and enters it.

use super::{Elements, NativeCx, Thrown, Value};
use crate::handle::Handle;
use crate::jit::Prepared;
use bp_isa::Kind;
use bp_isa::abi::layout::closure;

/// A closure of the program that is called again and again.
pub struct Callback {
    closure: Handle,
    prepared: Prepared,
    answers_reference: bool,
}

/// An argument of a call into the program.
#[derive(Clone, Copy, Debug)]
pub enum Argument {
    /// A value.
    Value(Value),
    /// An element at an index, which is inside: it needs no handle.
    Element(Elements, usize),
}

impl NativeCx<'_> {
    /// Prepares calls of a closure with at most four parameters.
    pub fn callback(&mut self, closure: Handle) -> Callback {
        let function = self.vm.heap.load(self.object(closure), closure::FUNCTION) as u32;
        let answers_reference = self.vm.state.program.functions[function as usize].result == Some(Kind::Ref);
        Callback { closure, prepared: self.vm.prepare(function), answers_reference }
    }

    /// Calls the closure; a reference that it answers gets a handle. Throws if somebody interrupts the program.
    #[inline]
    pub fn call(&mut self, callback: &mut Callback, args: &[Argument]) -> Result<Value, Thrown> {
        let word = self.call_for_word(callback, args)?;
        Ok(self.value(word, callback.answers_reference))
    }

    /// Calls the closure. What it answers is the word of its result, and of a reference the word is good
    /// until the next allocation or call. Throws if somebody interrupts the program.
    #[inline]
    pub fn call_for_word(&mut self, callback: &mut Callback, args: &[Argument]) -> Result<u64, Thrown> {
        self.poll()?;
        let mut words = [0; Prepared::MOST];
        for (word, &arg) in words.iter_mut().zip(args) {
            *word = match arg {
                Argument::Value(value) => self.value_word(value),
                Argument::Element(elements, index) => self.element_word(elements, index),
            };
        }
        let closure = self.object(callback.closure);
        self.vm.call_prepared(&mut callback.prepared, &words[..args.len()], closure)
    }
}
