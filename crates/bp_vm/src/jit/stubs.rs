//! Fixed pieces of machine code at the borders of compiled code.
//!
//! The trampoline enters it from Rust, saving every register that Rust relies on; the exit stub calls
//! helpers; the interpreter stub runs functions that are not compiled. All record where the compiled
//! frames end, so that collector, unwinder and traces find them, and none lets an exception pass
//! through a frame of Rust.
#![allow(unsafe_code, reason = "machine code at the borders of compiled code")]

use super::Context;
use crate::vm::Vm;
use bp_isa::Kind;
use std::arch::naked_asm;
use std::mem::offset_of;

/// Registers that take arguments: six for ints, then eight for floats.
pub(super) const REGISTERS: usize = 14;
/// Position of the first register for floats among them.
pub(super) const FIRST_FLOAT: usize = 6;

/// What the trampoline needs and what it answers.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Transfer {
    pub(super) context: *mut Vm,
    pub(super) entry: u64,
    /// The trampoline's frame pointer, for whoever walks the stack.
    pub(super) frame: *mut u64,
    pub(super) registers: [u64; REGISTERS],
    pub(super) closure: u64,
    /// Arguments on the stack: an even number of words.
    stack: *const u64,
    stack_words: u64,
    /// An int and a float, of which one is the function's result.
    pub(super) results: [u64; 2],
    /// Which of them; the trampoline does not look at it.
    pub(super) result: usize,
}

impl Transfer {
    /// A call without arguments of a function with that result, from no machine yet.
    pub(super) fn new(result: Option<Kind>, entry: u64, closure: u64) -> Transfer {
        Transfer {
            context: std::ptr::null_mut(),
            entry,
            frame: std::ptr::null_mut(),
            registers: [0; REGISTERS],
            closure,
            stack: std::ptr::null(),
            stack_words: 0,
            results: [0; 2],
            result: usize::from(result == Some(Kind::Float)),
        }
    }

    /// Passes an even number of words on the stack; they must live until the call.
    pub(super) fn pass_on_stack(&mut self, words: &[u64]) {
        (self.stack, self.stack_words) = (words.as_ptr(), words.len() as u64);
    }
}

/// Enters compiled code. 0: it returned; 1: an exception is pending.
///
/// # Safety
/// `entry` is code for the machine's context, called by the native convention with these arguments;
/// `frame` is a valid address.
#[unsafe(naked)]
pub(super) unsafe extern "sysv64" fn enter(transfer: *mut Transfer) -> u64 {
    naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "push rdi",
        "mov r15, [rdi + {context}]",
        "mov rax, [rdi + {frame}]",
        "mov [rax], rbp",
        "mov rcx, [rdi + {stack_words}]",
        "mov rsi, [rdi + {stack}]",
        "lea rax, [rcx * 8]",
        "sub rsp, rax",
        "2:",
        "test rcx, rcx",
        "je 3f",
        "mov rax, [rsi + rcx * 8 - 8]",
        "mov [rsp + rcx * 8 - 8], rax",
        "dec rcx",
        "jmp 2b",
        "3:",
        "movsd xmm0, [rdi + {registers} + 48]",
        "movsd xmm1, [rdi + {registers} + 56]",
        "movsd xmm2, [rdi + {registers} + 64]",
        "movsd xmm3, [rdi + {registers} + 72]",
        "movsd xmm4, [rdi + {registers} + 80]",
        "movsd xmm5, [rdi + {registers} + 88]",
        "movsd xmm6, [rdi + {registers} + 96]",
        "movsd xmm7, [rdi + {registers} + 104]",
        "mov r10, [rdi + {closure}]",
        "mov rax, [rdi + {entry}]",
        "mov rsi, [rdi + {registers} + 8]",
        "mov rdx, [rdi + {registers} + 16]",
        "mov rcx, [rdi + {registers} + 24]",
        "mov r8, [rdi + {registers} + 32]",
        "mov r9, [rdi + {registers} + 40]",
        "mov rdi, [rdi + {registers}]",
        "call rax",
        "mov rdi, [rbp - 48]",
        "mov [rdi + {results}], rax",
        "movsd [rdi + {results} + 8], xmm0",
        "xor eax, eax",
        "lea rsp, [rbp - 40]",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        context = const offset_of!(Transfer, context),
        entry = const offset_of!(Transfer, entry),
        frame = const offset_of!(Transfer, frame),
        registers = const offset_of!(Transfer, registers),
        closure = const offset_of!(Transfer, closure),
        stack = const offset_of!(Transfer, stack),
        stack_words = const offset_of!(Transfer, stack_words),
        results = const offset_of!(Transfer, results),
    )
}

/// Where an exception that no compiled frame catches arrives: in the trampoline's frame, RBP being its
/// frame pointer. Leaves it with 1.
#[unsafe(naked)]
unsafe extern "sysv64" fn landing() {
    naked_asm!(
        "mov eax, 1",
        "lea rsp, [rbp - 40]",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Calls helper number EAX with RSI, RDX, RCX. The helper answers a word and whether it threw.
#[unsafe(naked)]
unsafe extern "sysv64" fn exit() {
    naked_asm!(
        "mov rdi, [rsp]",
        "mov [r15 + {exit_pc}], rdi",
        "mov [r15 + {exit_fp}], rbp",
        "mov rdi, r15",
        "mov r11, [r15 + {helpers}]",
        "sub rsp, 8",
        "call [r11 + rax * 8]",
        "add rsp, 8",
        "test rdx, rdx",
        "jne 2f",
        "ret",
        "2:",
        "jmp {throw}",
        exit_pc = const offset_of!(Vm, state.context) + offset_of!(Context, exit_pc),
        exit_fp = const offset_of!(Vm, state.context) + offset_of!(Context, exit_fp),
        helpers = const offset_of!(Vm, state.context) + offset_of!(Context, helpers),
        throw = sym throw,
    )
}

/// Goes on where the pending exception is caught, at the latest in the trampoline.
#[unsafe(naked)]
unsafe extern "sysv64" fn throw() {
    naked_asm!(
        "mov rdi, r15",
        "and rsp, -16",
        "call {unwind}",
        "mov rsp, [r15 + {resume_sp}]",
        "mov rbp, [r15 + {resume_fp}]",
        "jmp [r15 + {resume_pc}]",
        unwind = sym super::enter::unwind_compiled,
        resume_sp = const offset_of!(Vm, state.context) + offset_of!(Context, resume_sp),
        resume_fp = const offset_of!(Vm, state.context) + offset_of!(Context, resume_fp),
        resume_pc = const offset_of!(Vm, state.context) + offset_of!(Context, resume_pc),
    )
}

/// Throws `StackOverflowError` at the call whose return address is on top of the stack.
#[unsafe(naked)]
unsafe extern "sysv64" fn overflow() {
    naked_asm!(
        "mov eax, {helper}",
        "mov esi, {trap}",
        "jmp {exit}",
        helper = const bp_isa::abi::helper::Helper::Trap as u32,
        trap = const bp_isa::Trap::StackOverflow as u32,
        exit = sym exit,
    )
}

/// Runs function number EAX, called by the native convention, in the interpreter.
#[unsafe(naked)]
unsafe extern "sysv64" fn interpreter() {
    naked_asm!(
        "mov r11, [rsp]",
        "mov [r15 + {exit_pc}], r11",
        "mov [r15 + {exit_fp}], rbp",
        // Ints, floats and the closure: 15 words, and the stack stays aligned.
        "sub rsp, 120",
        "mov [rsp], rdi",
        "mov [rsp + 8], rsi",
        "mov [rsp + 16], rdx",
        "mov [rsp + 24], rcx",
        "mov [rsp + 32], r8",
        "mov [rsp + 40], r9",
        "movsd [rsp + 48], xmm0",
        "movsd [rsp + 56], xmm1",
        "movsd [rsp + 64], xmm2",
        "movsd [rsp + 72], xmm3",
        "movsd [rsp + 80], xmm4",
        "movsd [rsp + 88], xmm5",
        "movsd [rsp + 96], xmm6",
        "movsd [rsp + 104], xmm7",
        "mov [rsp + 112], r10",
        "mov rdi, r15",
        "mov esi, eax",
        "mov rdx, rsp",
        "lea rcx, [rsp + 128]",
        "call {run}",
        "add rsp, 120",
        "test rdx, rdx",
        "jne 2f",
        "movq xmm0, rax",
        "ret",
        "2:",
        "jmp {throw}",
        exit_pc = const offset_of!(Vm, state.context) + offset_of!(Context, exit_pc),
        exit_fp = const offset_of!(Vm, state.context) + offset_of!(Context, exit_fp),
        run = sym super::enter::run_interpreted,
        throw = sym throw,
    )
}

/// The address of the exit stub.
pub(super) fn exit_address() -> u64 {
    (exit as *const ()).expose_provenance() as u64
}

/// The address of the overflow stub.
pub(super) fn overflow_address() -> u64 {
    (overflow as *const ()).expose_provenance() as u64
}

/// The address of the interpreter stub.
pub(super) fn interpreter_address() -> u64 {
    (interpreter as *const ()).expose_provenance() as u64
}

/// The address of the landing.
pub(super) fn landing_address() -> u64 {
    (landing as *const ()).expose_provenance() as u64
}

/// Bytes of a function's stub.
pub(super) const STUB_BYTES: usize = 12;

/// The stub of a function: `mov eax, function; jmp [r15 + interpreter stub]`.
pub(super) fn function_stub(function: u32) -> [u8; STUB_BYTES] {
    let offset = (offset_of!(Vm, state.context) + offset_of!(Context, interpreter_stub)) as i32;
    let mut stub = [0; STUB_BYTES];
    stub[0] = 0xB8;
    stub[1..5].copy_from_slice(&function.to_le_bytes());
    stub[5..8].copy_from_slice(&[0x41, 0xFF, 0xA7]);
    stub[8..12].copy_from_slice(&offset.to_le_bytes());
    stub
}
