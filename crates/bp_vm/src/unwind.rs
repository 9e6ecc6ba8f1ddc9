//! Throwing and unwinding.
//!
//! A throw stores the exception in [`Pending`] and answers [`Thrown`]; whoever gets that returns it
//! until the interpreter's loop finds the frame with a handler. Entering a handler costs what it
//! costs; leaving and entering protected ranges costs nothing.

use crate::config::Uncaught;
use crate::heap::{Heap, Ref, Visitor};
use crate::native::Thrown;
use crate::types::Types;
use crate::vm::{Vm, immortal_str};
use bp_builtins::errors::{ErrorClass, MESSAGE_FIELD, TRACE_FIELD};
use bp_isa::Trap;
use bp_isa::coverage::{self, Event, Tier};
use bp_isa::types::{TypeId, error_class_type};

/// What is on its way out.
#[derive(Default)]
pub(crate) struct Pending {
    /// The exception object's word; 0 if there is none. Compiled handlers take it from here.
    pub(crate) exception: u64,
    /// The status given to `exit`.
    exit: Option<i64>,
}

impl Pending {
    pub(crate) fn visit(&mut self, visitor: &mut Visitor<'_>) {
        visitor.slot(&mut self.exception);
    }
}

/// The immortal error for the case that there is no memory for another.
pub(crate) fn make_spare_error(heap: &mut Heap, types: &Types) -> Ref {
    let message = immortal_str(heap, Trap::OutOfMemory.text().as_bytes());
    let made = heap.alloc_immortal(types.header(error_class_type(ErrorClass::OutOfMemoryError)));
    heap.store(made, MESSAGE_FIELD as usize, message.word());
    heap.store(made, TRACE_FIELD as usize, 0);
    made
}

impl Vm {
    /// Throws a new error of a built-in class.
    pub(crate) fn throw_new(&mut self, class: ErrorClass, message: impl AsRef<[u8]>) -> Thrown {
        match self.new_error(error_class_type(class), message.as_ref()) {
            Ok(error) => self.throw_object(error),
            Err(thrown) => thrown,
        }
    }

    fn new_error(&mut self, class: TypeId, message: &[u8]) -> Result<Ref, Thrown> {
        let message = self.new_str(message)?;
        let mark = self.state.handles.mark();
        let handle = self.state.handles.push(message);
        let error = self.alloc(self.state.types.header(class))?;
        let message = self.state.handles.get(handle);
        self.state.handles.release(mark);
        self.heap.store(error, MESSAGE_FIELD as usize, message.word());
        self.heap.store(error, TRACE_FIELD as usize, 0);
        Ok(error)
    }

    /// Throws the error of a trap with its general text.
    pub(crate) fn trap(&mut self, trap: Trap) -> Thrown {
        match trap {
            Trap::OutOfMemory => self.out_of_memory(),
            _ => self.throw_new(trap.class(), trap.text()),
        }
    }

    /// Throws the `IndexError` of an index outside a length.
    pub(crate) fn trap_index(&mut self, index: i64, len: usize) -> Thrown {
        self.throw_new(ErrorClass::IndexError, format!("index {index} out of range for length {len}"))
    }

    /// Throws `OutOfMemoryError`: a fresh one would need memory, so it is the spare one.
    #[cold]
    pub(crate) fn out_of_memory(&mut self) -> Thrown {
        self.state.spare_trace = self.capture_trace();
        self.state.pending.exception = self.state.spare_error.word();
        Thrown::new()
    }

    /// Throws an object of a class derived from `Error` with a fresh trace.
    pub(crate) fn throw_object(&mut self, error: Ref) -> Thrown {
        self.state.pending.exception = error.word();
        if error == self.state.spare_error {
            self.state.spare_trace = self.capture_trace();
            return Thrown::new();
        }
        match self.new_trace() {
            Ok(trace) => {
                // The object may have moved: the pending slot knows where it is.
                let error = Ref::from_word(self.state.pending.exception);
                self.heap.store_ref(error, TRACE_FIELD as usize, trace);
                Thrown::new()
            }
            // Then `out_of_memory` is pending instead, with the same trace.
            Err(thrown) => thrown,
        }
    }

    /// Throws an object again, keeping its trace.
    pub(crate) fn rethrow(&mut self, error: Ref) -> Thrown {
        self.state.pending.exception = error.word();
        Thrown::new()
    }

    /// Ends the program: nothing catches this, and no `finally` runs.
    pub(crate) fn throw_exit(&mut self, status: i64) -> Thrown {
        self.state.pending.exit = Some(status);
        Thrown::new()
    }

    /// Whether the program is about to end by `exit`.
    pub(crate) fn exit_is_pending(&self) -> bool {
        self.state.pending.exit.is_some()
    }

    pub(crate) fn take_exit(&mut self) -> Option<i64> {
        self.state.pending.exit.take()
    }

    /// Takes the pending exception apart for whoever is outside.
    pub(crate) fn take_uncaught(&mut self) -> Uncaught {
        let error = Ref::from_word(std::mem::take(&mut self.state.pending.exception));
        assert!(!error.is_null(), "an exception is pending");
        let class = self.state.types.name(self.heap.header(error).ty());
        let message = Ref::from_word(self.heap.load(error, MESSAGE_FIELD as usize));
        let message = if message.is_null() { Vec::new() } else { self.str_bytes(message).to_vec() };
        Uncaught { class, message, frames: self.trace_frames(error) }
    }

    /// Finds the innermost handler above frame number `base` for what is pending, and makes its
    /// frame go on there. `false`: there is none, and the frames down to `base` are gone.
    pub(crate) fn unwind(&mut self, base: usize) -> bool {
        loop {
            let depth = self.state.stack.depth();
            if depth == base {
                return false;
            }
            if self.state.pending.exit.is_none() && self.enter_handler(depth) {
                return true;
            }
            self.state.stack.pop_to(depth - 1);
        }
    }

    /// Makes frame `depth` go on at its handler, if it has one for where it is.
    fn enter_handler(&mut self, depth: usize) -> bool {
        let frame = self.state.stack.frame(depth);
        let function = &self.state.program.functions[frame.function().index as usize];
        if coverage::ON {
            coverage::note(Tier::Interpreter, Event::Threw, function.opcode_at(frame.offset()));
        }
        let Some(&handler) = function.handler_at(frame.offset()) else { return false };
        let register = self.state.stack.index_of(frame.window) + usize::from(handler.register);
        self.state.stack.set(register, std::mem::take(&mut self.state.pending.exception));
        self.state.stack.set_pc(depth, frame.function().code.wrapping_add(handler.target as usize));
        true
    }
}
