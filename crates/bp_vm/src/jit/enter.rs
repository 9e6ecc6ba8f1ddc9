//! Calls across the border: interpreter to compiled code and back, and throwing through both.
#![allow(unsafe_code, reason = "jumps into compiled code and is called from it")]

use super::stubs::{self, FIRST_FLOAT, REGISTERS, Transfer};
use super::{Activation, frames};
use crate::heap::Ref;
use crate::native::Thrown;
use crate::vm::Vm;
use bp_isa::coverage::Event;
use bp_isa::fault::{Fault, seeded};
use bp_isa::program::Function;
use bp_isa::{Instr, Kind, Trap};

/// What helpers answer: a word, and whether an exception is pending instead.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(super) struct Answer {
    pub(super) word: u64,
    pub(super) thrown: u64,
}

impl From<Result<u64, Thrown>> for Answer {
    #[inline(always)]
    fn from(result: Result<u64, Thrown>) -> Answer {
        match result {
            Ok(word) => Answer { word, thrown: 0 },
            Err(_) => Answer { word: 0, thrown: 1 },
        }
    }
}

/// Puts arguments of these kinds where the native convention passes them; what it passes on the stack is
/// the result, an even number of words. `word` is asked for each argument in turn.
fn sort_arguments(kinds: &[Kind], registers: &mut [u64; REGISTERS], mut word: impl FnMut(usize) -> u64) -> Vec<u64> {
    let (ints, floats) = registers.split_at_mut(FIRST_FLOAT);
    let (mut ints, mut floats) = (ints.iter_mut(), floats.iter_mut());
    let mut stack = Vec::new();
    for (position, kind) in kinds.iter().enumerate() {
        let place = if *kind == Kind::Float { floats.next() } else { ints.next() };
        match place {
            Some(place) => *place = word(position),
            None => stack.push(word(position)),
        }
    }
    if !stack.len().is_multiple_of(2) {
        stack.push(0);
    }
    stack
}

/// A function that native code calls again and again.
///
/// Where its arguments go never changes and is found once. Whether it is compiled is looked up for each
/// call: it may become so, or be given up, at any time.
pub(crate) struct Prepared {
    function: u32,
    transfer: Transfer,
    /// Which of the transfer's registers takes each argument.
    places: [usize; Prepared::MOST],
}

impl Prepared {
    /// Most arguments: so many are always passed in registers.
    pub(crate) const MOST: usize = 4;
}

const _: () = assert!(Prepared::MOST <= FIRST_FLOAT && Prepared::MOST <= REGISTERS - FIRST_FLOAT);

impl Vm {
    /// The address of a function's compiled code, 0 if there is none.
    #[inline(always)]
    pub(crate) fn code_of(&self, function: u32) -> u64 {
        self.state.jit.code_of[function as usize]
    }

    /// Calls a compiled function whose arguments are registers from stack position `args` on.
    pub(crate) fn call_compiled(&mut self, function: u32, args: usize, closure: u64) -> Result<u64, Thrown> {
        let described = &self.state.program.functions[function as usize];
        let kinds = &described.registers[..usize::from(described.params)];
        let mut transfer = Transfer::new(described.result, self.code_of(function), closure);
        let stack = sort_arguments(kinds, &mut transfer.registers, |position| self.state.stack.get(args + position));
        transfer.pass_on_stack(&stack);
        self.enter_compiled(&mut transfer)
    }

    /// Calls a compiled function with argument words.
    pub(crate) fn call_compiled_with(&mut self, function: u32, args: &[u64], closure: Ref) -> Result<u64, Thrown> {
        let described = &self.state.program.functions[function as usize];
        let kinds = &described.registers[..usize::from(described.params)];
        let mut transfer = Transfer::new(described.result, self.code_of(function), closure.word());
        let stack = sort_arguments(kinds, &mut transfer.registers, |position| args[position]);
        transfer.pass_on_stack(&stack);
        self.enter_compiled(&mut transfer)
    }

    /// Prepares calls of a function.
    ///
    /// # Panics
    /// If it has more than [`Prepared::MOST`] parameters.
    pub(crate) fn prepare(&self, function: u32) -> Prepared {
        let described = &self.state.program.functions[function as usize];
        let params = usize::from(described.params);
        assert!(params <= Prepared::MOST, "a function of few parameters");
        let (mut next_int, mut next_float) = (0, FIRST_FLOAT);
        let mut places = [0; Prepared::MOST];
        for (place, kind) in places.iter_mut().zip(&described.registers[..params]) {
            let next = if *kind == Kind::Float { &mut next_float } else { &mut next_int };
            *place = *next;
            *next += 1;
        }
        Prepared { function, transfer: Transfer::new(described.result, 0, 0), places }
    }

    /// Calls a prepared function with as many words as it has parameters.
    #[inline]
    pub(crate) fn call_prepared(&mut self, prepared: &mut Prepared, args: &[u64], closure: Ref) -> Result<u64, Thrown> {
        let code = self.code_of(prepared.function);
        if code == 0 || self.state.jit.coin != 0 {
            return self.call_function(prepared.function, args, closure);
        }
        let transfer = &mut prepared.transfer;
        for (&place, &word) in prepared.places.iter().zip(args) {
            transfer.registers[place] = word;
        }
        transfer.entry = code;
        transfer.closure = closure.word();
        self.enter_compiled(transfer)
    }

    /// Continues the innermost interpreter frame in compiled code, at a loop's header; the frame is
    /// gone afterwards. The result is the function's.
    pub(crate) fn replace_frame(&mut self, loop_id: u32) -> Result<u64, Thrown> {
        let depth = self.state.stack.depth();
        let frame = self.state.stack.frame(depth);
        let function = frame.function().index;
        let window = self.state.stack.index_of(frame.window);
        let count = frame.function().registers as usize;
        let copy: Vec<u64> = (0..count).map(|register| self.state.stack.get(window + register)).collect();
        self.state.stack.pop_to(depth - 1);
        let loop_id = if seeded(Fault::OsrLoop) { loop_id.saturating_sub(1) } else { loop_id };
        let code = self.code_of(function);
        let entry = code + u64::from(self.state.jit.blocks[&code].code.osr_entries[loop_id as usize]);
        let mut transfer = Transfer::new(self.state.program.functions[function as usize].result, entry, 0);
        // The code reads the copy before anything can collect.
        transfer.registers[0] = copy.as_ptr().expose_provenance() as u64;
        self.enter_compiled(&mut transfer)
    }

    /// Enters compiled code.
    fn enter_compiled(&mut self, transfer: &mut Transfer) -> Result<u64, Thrown> {
        let here = 0_u8;
        if (&raw const here).addr() < self.state.native_limit {
            return Err(self.trap(Trap::StackOverflow));
        }
        let context = &self.state.context;
        let activation =
            Activation { entry_fp: 0, depth: self.state.stack.depth(), saved_exit: (context.exit_fp, context.exit_pc) };
        self.state.jit.activations.push(activation);
        let activations = &mut self.state.jit.activations;
        let last = activations.len() - 1;
        // The trampoline writes its frame pointer here; nothing is pushed before it has.
        transfer.frame = &raw mut activations[last].entry_fp;
        transfer.context = self;
        // SAFETY: `entry` is an entry of published code of this machine, which the verifier and the
        // compiler have made for these arguments; the pointers are into live locals and the machine.
        let thrown = unsafe { stubs::enter(transfer) };
        let ended = self.state.jit.activations.pop().expect("pushed above");
        (self.state.context.exit_fp, self.state.context.exit_pc) = ended.saved_exit;
        if self.state.jit.retired != 0 && self.state.jit.activations.is_empty() {
            // What was given up while it ran.
            self.sweep_retired();
        }
        if thrown != 0 {
            return Err(Thrown::new());
        }
        Ok(transfer.results[transfer.result])
    }
}

/// Runs a function that compiled code has called and that is not compiled.
///
/// # Safety
/// Called by the interpreter stub: `vm` is the machine, `registers` points at 15 words (six ints, eight
/// floats, the closure), `stack` at the caller's stack arguments.
pub(super) unsafe extern "sysv64" fn run_interpreted(
    vm: *mut Vm,
    function: u64,
    registers: *const u64,
    stack: *const u64,
) -> Answer {
    // SAFETY: the machine was borrowed mutably by whoever entered compiled code, which is suspended.
    let vm = unsafe { &mut *vm };
    let function = function as u32;
    let described = &vm.state.program.functions[function as usize];
    let kinds = &described.registers[..usize::from(described.params)];
    let (mut ints, mut floats, mut spilled) = (0, 6, 0);
    let mut next = |kind: Kind| {
        let (index, end) = if kind == Kind::Float { (&mut floats, 14) } else { (&mut ints, 6) };
        if *index < end {
            *index += 1;
            let place = registers.wrapping_add(*index - 1);
            // SAFETY: below 15, by the bounds above.
            return unsafe { place.read() };
        }
        spilled += 1;
        let place = stack.wrapping_add(spilled - 1);
        // SAFETY: the caller passes as many arguments as the function has parameters.
        unsafe { place.read() }
    };
    let words: Vec<u64> = kinds.iter().map(|kind| next(*kind)).collect();
    let closure = registers.wrapping_add(14);
    // SAFETY: the last of the 15 words.
    let closure = Ref::from_word(unsafe { closure.read() });
    vm.call_function(function, &words, closure).into()
}

/// The handler that protects an instruction: position in the function's table.
fn handler_number(function: &Function, pc: usize) -> Option<usize> {
    if seeded(Fault::HandlerRange) {
        let (_, next) = Instr::decode(&function.code, pc)?;
        return function.handlers.iter().position(|h| h.start as usize <= pc && next < h.end as usize);
    }
    if seeded(Fault::OuterHandler) {
        let covers = |h: &bp_isa::program::Handler| (h.start as usize..h.end as usize).contains(&pc);
        return function.handlers.iter().rposition(covers);
    }
    function.handler_number_at(pc)
}

/// Finds where the pending exception is caught among the compiled frames above the trampoline, and
/// writes down where to go on.
///
/// # Safety
/// Called by the stubs, with the machine whose code has been left.
pub(super) unsafe extern "sysv64" fn unwind_compiled(vm: *mut Vm) {
    // SAFETY: as in `run_interpreted`.
    let vm = unsafe { &mut *vm };
    let (mut fp, mut pc) = (vm.state.context.exit_fp, vm.state.context.exit_pc);
    let entry_fp = vm.state.jit.activations.last().expect("compiled code is running").entry_fp;
    while fp != entry_fp {
        vm.state.count_compiled(Event::Threw, fp, pc);
        if let Some((target, frame_bytes)) = vm.compiled_handler(pc) {
            vm.state.context.resume_pc = target;
            vm.state.context.resume_fp = fp;
            vm.state.context.resume_sp = fp - u64::from(frame_bytes);
            return;
        }
        (fp, pc) = frames::caller(fp);
    }
    vm.state.context.resume_pc = stubs::landing_address();
    vm.state.context.resume_fp = fp;
    vm.state.context.resume_sp = fp;
}

impl Vm {
    /// Where the handler begins that protects the call which returns to `pc`, and its frame's size.
    fn compiled_handler(&self, pc: u64) -> Option<(u64, u32)> {
        if self.exit_is_pending() {
            return None;
        }
        let (start, block, site) = self.state.jit.site_at(pc);
        let function = &self.state.program.functions[block.function as usize];
        let number = handler_number(function, site.pc as usize)?;
        Some((start + u64::from(block.code.handler_entries[number]), block.code.frame_bytes))
    }

    /// Makes the top compiled frame's caller the one that throws: the frame has not begun to run.
    pub(super) fn leave_entered_frame(&mut self) {
        let (fp, pc) = frames::caller(self.state.context.exit_fp);
        (self.state.context.exit_fp, self.state.context.exit_pc) = (fp, pc);
    }
}
