//! What a compiler is told of the machine that will run its code, and what it answers.

use crate::program::Program;

/// Byte offsets from the context register (R15).
#[derive(Clone, Copy, Default, Debug)]
pub struct ContextLayout {
    /// Next free byte of the nursery.
    pub cursor: i32,
    /// End of what may be allocated without a call.
    pub limit: i32,
    /// Start of the references whose store needs the barrier's slow path.
    pub win_base: i32,
    /// Size of that window.
    pub win_size: i32,
    /// Address of the words that other threads write: [`shared`].
    pub shared: i32,
    /// Address of the table of entry addresses by function number.
    pub entries: i32,
    /// Address of the exit stub.
    pub exit_stub: i32,
    /// Address of the stub that throws `StackOverflowError` at the caller's call.
    pub overflow_stub: i32,
    /// Address of the table of vtables by type number: addresses of function numbers of four bytes.
    pub vtables: i32,
    /// The pending exception's word.
    pub exception: i32,
    /// Address of the word globals.
    pub word_globals: i32,
    /// Address of the reference globals.
    pub ref_globals: i32,
    /// Address of the references to the 256 one-byte strings.
    pub byte_strings: i32,
}

/// Words that other threads write, from [`ContextLayout::shared`].
pub mod shared {
    /// Lowest stack pointer at a function's entry; the maximum asks for attention.
    pub const STACK_LIMIT: i32 = 0;
    /// The same without requests for attention.
    pub const REAL_STACK_LIMIT: i32 = 8;
    /// 32 bits: not zero asks for attention.
    pub const POLL: i32 = 16;
}

/// What the processor offers beyond x86-64's first version.
#[derive(Clone, Copy, Default, Debug)]
pub struct Features {
    /// `roundsd`
    pub sse41: bool,
    /// `popcnt`
    pub popcnt: bool,
}

/// What a compiler needs besides the bytecode.
#[derive(Clone, Copy, Debug)]
pub struct Machine<'a> {
    /// The whole program.
    pub program: &'a Program,
    /// Where things are.
    pub context: ContextLayout,
    /// What the processor can do.
    pub features: Features,
    /// Header of new objects by type number; without a size where that varies.
    pub headers: &'a [u64],
    /// Header of the empty storage of an array by the array's type number.
    pub storages: &'a [u64],
    /// By type number, the class's place among all classes and how many classes derived from it follow it.
    pub classes: &'a [(u32, u32)],
    /// Address of each constant; they never move.
    pub constants: &'a [u64],
}

/// A call in compiled code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallSite {
    /// The return address, in bytes from the start of the code.
    pub return_offset: u32,
    /// Word position of the bytecode instruction it belongs to.
    pub pc: u32,
    /// Whether it calls a function of the program, which then owns the arguments, and not a helper.
    pub suspended: bool,
}

/// The machine code of a function, position-independent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompiledCode {
    /// The bytes; the entry is at the start.
    pub bytes: Vec<u8>,
    /// Where on-stack replacement enters at each loop's header, with the address of the window's
    /// copy in RDI.
    pub osr_entries: Vec<u32>,
    /// Where the code of each handler begins, in the order of the function's table.
    pub handler_entries: Vec<u32>,
    /// All calls by ascending return offset.
    pub calls: Vec<CallSite>,
    /// Bytes from the frame pointer down to the stack pointer, outside of calls with stack arguments.
    pub frame_bytes: u32,
    /// Where the straight path ends; behind it come error exits and slow paths, then the handlers'
    /// entries, then those for on-stack replacement.
    pub cold_offset: u32,
}

/// Why a function stays with the tier it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bail {
    /// Its frame or its code would be beyond what offsets can express.
    TooLarge,
}

/// Where the register `index` of `count` is, in bytes from the frame pointer.
///
/// The slots of a compiled frame lie as in an interpreter's window.
pub const fn slot_offset(index: usize, count: usize) -> i32 {
    8 * index as i32 - 8 * count as i32
}
