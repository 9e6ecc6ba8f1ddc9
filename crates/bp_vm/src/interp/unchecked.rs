//! Unchecked access to code, registers and frames for the interpreter's loop.
//!
//! Contract, which the verifier establishes for every program before a machine is made: code ends
//! with an instruction that does not fall through, branch targets and handlers are instruction
//! starts, register numbers are below the function's count, and calls pass what the callee takes.
//! A window inside the stack's block is what [`enter`] checks.
#![allow(unsafe_code, reason = "the interpreter's loop works without bounds checks on verified code")]

use crate::heap::Ref;
use crate::stack::{Frame, FunctionState, Stack};
use bp_isa::{Opcode, Reg};

/// A position in verified code.
#[derive(Clone, Copy)]
pub(super) struct Code(pub(super) *const u64);

impl Code {
    /// The word here.
    #[inline(always)]
    pub(super) fn word(self) -> u64 {
        // SAFETY: by the contract every position that the loop reaches is inside the code.
        unsafe { self.0.read() }
    }

    /// The word behind.
    #[inline(always)]
    pub(super) fn second(self) -> u64 {
        self.forward(1).word()
    }

    /// `words` further on.
    #[inline(always)]
    pub(super) fn forward(self, words: usize) -> Code {
        Code(self.0.wrapping_add(words))
    }

    /// Where a branch of the instruction before goes.
    #[inline(always)]
    pub(super) fn jump(self, words: i32) -> Code {
        Code(self.0.wrapping_offset(words as isize))
    }
}

/// The opcode of a first word of verified code.
#[inline(always)]
pub(super) fn opcode(word: u64) -> Opcode {
    debug_assert!(Opcode::from_number(word as u16).is_some());
    // SAFETY: the verifier has decoded the word, so that its low half is the number of an opcode.
    unsafe { std::mem::transmute(word as u16) }
}

/// The registers of the running function.
#[derive(Clone, Copy)]
pub(super) struct Window(pub(super) *mut u64);

impl Window {
    /// The address of a register.
    #[inline(always)]
    pub(super) fn at(self, reg: Reg) -> *mut u64 {
        self.0.wrapping_add(reg.index())
    }

    /// A register's word.
    #[inline(always)]
    pub(super) fn word(self, reg: Reg) -> u64 {
        // SAFETY: register numbers of verified code are inside the window.
        unsafe { self.at(reg).read() }
    }

    /// Sets a register's word.
    #[inline(always)]
    pub(super) fn set(self, reg: Reg, word: u64) {
        // SAFETY: register numbers of verified code are inside the window.
        unsafe { self.at(reg).write(word) }
    }

    /// An int register.
    #[inline(always)]
    pub(super) fn int(self, reg: Reg) -> i64 {
        self.word(reg) as i64
    }

    /// Sets an int register.
    #[inline(always)]
    pub(super) fn set_int(self, reg: Reg, value: i64) {
        self.set(reg, value as u64);
    }

    /// Sets an int register to a bool.
    #[inline(always)]
    pub(super) fn set_bool(self, reg: Reg, value: bool) {
        self.set(reg, u64::from(value));
    }

    /// A float register.
    #[inline(always)]
    pub(super) fn float(self, reg: Reg) -> f64 {
        f64::from_bits(self.word(reg))
    }

    /// Sets a float register.
    #[inline(always)]
    pub(super) fn set_float(self, reg: Reg, value: f64) {
        self.set(reg, value.to_bits());
    }

    /// A reference register.
    #[inline(always)]
    pub(super) fn reference(self, reg: Reg) -> Ref {
        Ref::from_word(self.word(reg))
    }

    /// Sets a register if there is one.
    #[inline(always)]
    pub(super) fn set_if_any(self, reg: Reg, word: u64) {
        if reg.is_some() {
            self.set(reg, word);
        }
    }
}

/// The innermost frame, as the loop holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Top(pub(super) *mut Frame);

impl Top {
    /// Notes where the frame is.
    #[inline(always)]
    pub(super) fn set_pc(self, pc: Code) {
        // SAFETY: the loop's frame is one that was pushed and not popped.
        unsafe { (*self.0).pc = pc.0 }
    }

    /// Where the frame is.
    #[inline(always)]
    pub(super) fn pc(self) -> Code {
        // SAFETY: the loop's frame is one that was pushed and not popped.
        Code(unsafe { (*self.0).pc })
    }

    /// Its registers.
    #[inline(always)]
    pub(super) fn window(self) -> Window {
        // SAFETY: the loop's frame is one that was pushed and not popped.
        Window(unsafe { (*self.0).window })
    }

    /// The frame of the caller.
    #[inline(always)]
    pub(super) fn caller(self) -> Top {
        Top(self.0.wrapping_sub(1))
    }

    /// Counts a back edge of the running function; answers whether it is hot.
    #[inline(always)]
    pub(super) fn count_loop(self, loop_id: u32) -> bool {
        // SAFETY: the loop's frame is one that was pushed and not popped.
        let function = unsafe { (*self.0).function };
        // SAFETY: a frame's function is one of the machine's, which outlive its frames.
        let loops = unsafe { (*function).loops };
        let count = loops.wrapping_add(loop_id as usize);
        // SAFETY: verified code names loops of its function only, and each has a counter.
        let before = unsafe { count.read() };
        // SAFETY: as above.
        unsafe { count.write(before.wrapping_add(1)) }
        // SAFETY: a frame's function is one of the machine's, which outlive its frames.
        let hot_loops = unsafe { (*function).hot_loops };
        before >= hot_loops
    }

    /// Number of the running function.
    pub(super) fn function(self) -> u32 {
        // SAFETY: the loop's frame is one that was pushed and not popped.
        let function = unsafe { (*self.0).function };
        // SAFETY: a frame's function is one of the machine's, which outlive its frames.
        unsafe { (*function).index }
    }
}

/// A function of the machine.
#[derive(Clone, Copy)]
pub(super) struct Callee(pub(super) *mut FunctionState);

impl Callee {
    /// Function number `index` of all that start at `functions`.
    #[inline(always)]
    pub(super) fn new(functions: *mut FunctionState, index: u32) -> Callee {
        Callee(functions.wrapping_add(index as usize))
    }

    /// Whether it is compiled, or called so often that it should be.
    #[inline(always)]
    pub(super) fn is_hot(self) -> bool {
        // SAFETY: verified code names functions of the program only.
        let calls = unsafe { (*self.0).calls };
        // SAFETY: as above.
        let hot_calls = unsafe { (*self.0).hot_calls };
        calls >= hot_calls
    }

    /// Its number.
    pub(super) fn index(self) -> u32 {
        // SAFETY: verified code names functions of the program only.
        unsafe { (*self.0).index }
    }

    /// Whether the closure follows the parameters, and how many those are.
    #[inline(always)]
    pub(super) fn closure_register(self) -> Option<Reg> {
        // SAFETY: verified code names functions of the program only.
        let takes_closure = unsafe { (*self.0).takes_closure };
        // SAFETY: as above.
        let params = unsafe { (*self.0).params };
        if takes_closure { Some(Reg(params)) } else { None }
    }
}

/// Pushes a frame for `callee` whose r0 is at `window`, and counts the call; `None` if the stack is full.
#[inline(always)]
pub(super) fn enter(stack: &Stack, caller: Top, callee: Callee, window: *mut u64) -> Option<(Top, Code)> {
    let function = callee.0;
    // SAFETY: verified code names functions of the program only.
    let registers = unsafe { (*function).registers };
    if caller.0 >= stack.last_frame() || window.wrapping_add(registers as usize) > stack.end() {
        return None;
    }
    // SAFETY: as above.
    let code = unsafe { (*function).code };
    // SAFETY: as above; the count is read and written by this loop only.
    let calls = unsafe { (*function).calls };
    // SAFETY: as above.
    unsafe { (*function).calls = calls.wrapping_add(1) }
    let top = caller.0.wrapping_add(1);
    // SAFETY: `caller` is below the last frame of the block.
    unsafe { top.write(Frame { pc: code, window, function }) }
    Some((Top(top), Code(code)))
}
