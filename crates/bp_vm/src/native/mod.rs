//! What library functions see of a machine.
//!
//! A body gets a [`NativeCx`]: its arguments, and everything that can be done with values. It holds
//! objects by [`Handle`]s, which collections keep right; slices of objects borrow the machine, so that
//! none outlives an allocation. Whatever fails because of the program answers [`Thrown`].
//!
//! Absence: no raw reference leaves this module.

mod array;
mod callback;
mod inspect;
mod record;

use crate::handle::{Handle, Mark};
use crate::heap::Ref;
use crate::interrupt::InterruptHandle;
use crate::object::string;
use crate::output::Output;
use crate::types::Types;
use crate::vm::Vm;
use bp_builtins::errors::ErrorClass;
use bp_isa::Trap;
use bp_isa::types::TypeId;
use std::any::Any;

pub use array::Elements;
pub use callback::{Argument, Callback};

/// An exception, or the end of the program, is pending: return at once.
#[derive(Debug)]
#[must_use]
pub struct Thrown(());

impl Thrown {
    pub(crate) fn new() -> Thrown {
        Thrown(())
    }
}

/// A value of the language.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A word that is no reference: int, bool, enum, ptr, or the bits of a float.
    Word(u64),
    /// An object, or null.
    Handle(Handle),
}

/// A library function: its result is a word as a register holds it, 0 for none.
pub type NativeFn = fn(&mut NativeCx<'_>) -> Result<u64, Thrown>;

/// The library of a machine.
pub struct Library {
    /// By built-in number.
    pub bodies: &'static [NativeFn],
    /// What the bodies keep; see [`NativeCx::state`].
    pub state: Box<dyn Any + Send>,
}

/// A call of a library function.
pub struct NativeCx<'a> {
    pub(crate) vm: &'a mut Vm,
    args: usize,
    count: usize,
}

impl<'a> NativeCx<'a> {
    /// The arguments are `count` registers from stack position `args` on, which stay roots during the
    /// call. Handles made by the call stay until the caller releases them.
    #[inline]
    pub(crate) fn new(vm: &'a mut Vm, args: usize, count: usize) -> NativeCx<'a> {
        NativeCx { vm, args, count }
    }

    // ---- arguments

    /// Number of arguments, hidden type numbers included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The word of an argument; of a reference it is good until the next allocation or call.
    #[inline]
    pub fn word_at(&self, position: usize) -> u64 {
        debug_assert!(position < self.count);
        self.vm.state.stack.get(self.args + position)
    }

    /// An int argument.
    #[inline]
    pub fn int(&self, position: usize) -> i64 {
        self.word_at(position) as i64
    }

    /// A float argument.
    #[inline]
    pub fn float(&self, position: usize) -> f64 {
        f64::from_bits(self.word_at(position))
    }

    /// A bool argument.
    #[inline]
    pub fn bool(&self, position: usize) -> bool {
        self.word_at(position) != 0
    }

    /// A reference argument.
    #[inline]
    pub fn handle(&self, position: usize) -> Handle {
        debug_assert!(position < self.count);
        Handle::of_register(self.args + position)
    }

    /// The bytes of a string argument.
    #[inline]
    pub fn str_arg(&self, position: usize) -> &[u8] {
        string::bytes(&self.vm.heap, Ref::from_word(self.word_at(position)))
    }

    // ---- handles

    #[inline]
    pub(crate) fn object(&self, handle: Handle) -> Ref {
        match handle.register() {
            Some(index) => Ref::from_word(self.vm.state.stack.get(index)),
            None => self.vm.state.handles.get(handle),
        }
    }

    #[inline]
    pub(crate) fn hold(&mut self, object: Ref) -> Handle {
        self.vm.state.handles.push(object)
    }

    /// The word of what a handle refers to, good until the next allocation or call.
    #[inline]
    pub fn word(&self, handle: Handle) -> u64 {
        self.object(handle).word()
    }

    #[inline]
    pub(crate) fn value_word(&self, value: Value) -> u64 {
        match value {
            Value::Word(word) => word,
            Value::Handle(handle) => self.word(handle),
        }
    }

    #[inline]
    pub(crate) fn value(&mut self, word: u64, is_reference: bool) -> Value {
        if is_reference { Value::Handle(self.hold(Ref::from_word(word))) } else { Value::Word(word) }
    }

    /// A handle of null.
    pub(crate) fn null(&mut self) -> Handle {
        self.hold(Ref::NULL)
    }

    /// The word in a box of a stored optional.
    pub(crate) fn boxed_word(&self, boxed: Handle) -> u64 {
        self.vm.heap.load(self.object(boxed), 0)
    }

    /// The height of the handle stack.
    #[inline]
    pub fn mark(&self) -> Mark {
        self.vm.state.handles.mark()
    }

    /// Gives up the handles made since a mark.
    #[inline]
    pub fn release(&mut self, mark: Mark) {
        self.vm.state.handles.release(mark);
    }

    /// A handle of its own for the same object, for [`NativeCx::set_slot`].
    pub fn new_slot(&mut self, handle: Handle) -> Handle {
        self.hold(self.object(handle))
    }

    /// Makes a handle from [`NativeCx::new_slot`] refer to another's object.
    pub fn set_slot(&mut self, slot: Handle, handle: Handle) {
        let object = self.object(handle);
        self.vm.state.handles.set(slot, object);
    }

    // ---- types and values

    /// The program's types.
    #[inline]
    pub fn types(&self) -> &Types {
        &self.vm.state.types
    }

    /// Whether two values of the type are equal.
    pub fn equal(&mut self, a: Value, b: Value, ty: TypeId) -> Result<bool, Thrown> {
        self.vm.eq_value(self.value_word(a), self.value_word(b), ty)
    }

    /// -1, 0, 1 as the first value is less, equal, greater; 2 if they are unordered.
    pub fn compare(&mut self, a: Value, b: Value, ty: TypeId) -> Result<i64, Thrown> {
        self.vm.compare_value(self.value_word(a), self.value_word(b), ty)
    }

    /// The text of a value.
    pub fn text(&mut self, value: Value, ty: TypeId) -> Result<Handle, Thrown> {
        let text = self.vm.text(self.value_word(value), ty, false)?;
        Ok(self.hold(text))
    }

    /// The text of a value, strings quoted.
    pub fn repr(&mut self, value: Value, ty: TypeId) -> Result<Handle, Thrown> {
        let text = self.vm.text(self.value_word(value), ty, true)?;
        Ok(self.hold(text))
    }

    // ---- strings

    /// The bytes of a string.
    #[inline]
    pub fn str(&self, string: Handle) -> &[u8] {
        string::bytes(&self.vm.heap, self.object(string))
    }

    /// A string.
    pub fn new_str(&mut self, bytes: &[u8]) -> Result<Handle, Thrown> {
        let made = self.vm.new_str(bytes)?;
        Ok(self.hold(made))
    }

    /// `len` bytes of a string from `start` on, which are inside.
    pub fn substr(&mut self, string: Handle, start: usize, len: usize) -> Result<Handle, Thrown> {
        let made = string::substr(self.vm, self.object(string), start, len)?;
        Ok(self.hold(made))
    }

    /// The string of one byte.
    pub fn byte_str(&mut self, byte: u8) -> Handle {
        self.hold(self.vm.state.byte_strings[usize::from(byte)])
    }

    // ---- leaving

    /// Throws a new error.
    pub fn throw(&mut self, class: ErrorClass, message: impl Into<String>) -> Thrown {
        self.vm.throw_new(class, message.into())
    }

    /// Throws the error of a trap.
    pub fn trap(&mut self, trap: Trap) -> Thrown {
        self.vm.trap(trap)
    }

    /// Ends the program with a status; nothing catches that.
    pub fn exit(&mut self, status: i64) -> Thrown {
        self.vm.throw_exit(status)
    }

    /// Throws if somebody interrupts the program. Long loops ask now and then.
    #[inline]
    pub fn poll(&mut self) -> Result<(), Thrown> {
        self.vm.poll()
    }

    /// What tells of interrupts while a slice of the heap is borrowed.
    pub fn watch(&self) -> InterruptHandle {
        self.vm.interrupt_handle()
    }

    // ---- the machine

    /// The program's output.
    pub fn out(&mut self) -> &mut Output {
        &mut self.vm.state.out
    }

    /// What the library keeps.
    ///
    /// # Panics
    /// If that is no `T`.
    pub fn state<T: 'static>(&mut self) -> &mut T {
        self.vm.state.library.state.downcast_mut().expect("the library's own state")
    }

    /// The program's arguments.
    pub fn program_args(&self) -> &[Vec<u8>] {
        &self.vm.state.program_args
    }

    /// Most bytes that the heap may take.
    #[inline]
    pub fn heap_limit(&self) -> usize {
        self.vm.heap.limit_bytes()
    }

    /// What the collector did, by name.
    pub fn gc_stats(&self) -> Vec<(&'static str, i64)> {
        self.vm.heap.stats().rows()
    }

    /// Collects: the young objects, or all.
    pub fn collect(&mut self, full: bool) {
        self.vm.collect(full);
    }

    /// Where an error was thrown, outermost call first.
    pub fn trace_lines(&self, error: Handle) -> Vec<String> {
        self.vm.trace_lines(self.object(error))
    }
}
