//! A compiled program: what lowering hands to every tier, and what a `.bpc` file holds.

use crate::instr::Opcode;
use crate::operand::Kind;
use crate::types::{TypeDesc, TypeId};
use serde::{Deserialize, Serialize};

/// A whole program, all modules together.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    /// Functions; numbers in instructions index this.
    pub functions: Vec<Function>,
    /// Types of this program. Number `FIRST_PROGRAM_TYPE + i` in instructions is row `i`.
    pub types: Vec<TypeDesc>,
    /// Constants: immortal objects.
    pub constants: Vec<Constant>,
    /// Names of the word globals by slot.
    pub word_globals: Vec<Box<str>>,
    /// Names of the reference globals by slot.
    pub ref_globals: Vec<Box<str>>,
    /// Top levels of the modules in the order in which they run.
    pub module_bodies: Vec<u32>,
    /// Foreign functions by number.
    pub externs: Vec<Extern>,
    /// The main function.
    pub main: Option<Main>,
    /// Source files by number, for tracebacks.
    pub files: Vec<Box<str>>,
}

/// The types of a function's parameters and of its result, for those who call it from outside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// Parameter types.
    pub params: Vec<TypeId>,
    /// Result type; that of `void` if it has none.
    pub result: TypeId,
}

/// A foreign function, which `call_host` calls by its number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Extern {
    /// Its name in the program.
    pub name: Box<str>,
    /// Its types.
    pub signature: Signature,
    /// The library; none: the program that embeds this one has it.
    pub library: Option<Box<[u8]>>,
    /// The symbol, if it differs from the name.
    pub symbol: Option<Box<[u8]>>,
}

/// What `main` looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Main {
    /// The function.
    pub function: u32,
    /// Whether it takes the program's arguments.
    pub takes_args: bool,
    /// Type number of `[str]`, if it takes the arguments.
    pub args_type: TypeId,
    /// Whether its result is the exit status.
    pub returns_status: bool,
}

/// An immortal object that instructions refer to by number.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Constant {
    /// A string.
    Str(Box<[u8]>),
    /// The closure of a function that captures nothing.
    Function(u32),
}

/// A compiled function.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Function {
    /// Its name as tracebacks show it.
    pub name: Box<str>,
    /// Source file number.
    pub file: u32,
    /// Number of parameters: registers r0….
    pub params: u16,
    /// Whether a closure reference follows the parameters in the window (it captures variables).
    pub takes_closure: bool,
    /// Kind of the result; none for void.
    pub result: Option<Kind>,
    /// Its types, if it can be called by name from outside.
    pub signature: Option<Signature>,
    /// Kind of each register.
    pub registers: Vec<Kind>,
    /// The instructions.
    pub code: Vec<u64>,
    /// Source positions, ascending by `pc`; each holds from its `pc` to the next row's.
    pub lines: Vec<LineEntry>,
    /// Exception handlers, innermost first.
    pub handlers: Vec<Handler>,
    /// Loops by number.
    pub loops: Vec<LoopInfo>,
    /// Names of registers that hold variables, for the debugger and listings.
    pub variables: Vec<(u16, Box<str>)>,
}

/// The source position of the instructions from `pc` on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LineEntry {
    /// First word it holds for.
    pub pc: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// An exception handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handler {
    /// First protected word.
    pub start: u32,
    /// One past the last protected word.
    pub end: u32,
    /// Where control goes.
    pub target: u32,
    /// Reference register that receives the exception object.
    pub register: u16,
}

/// A loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LoopInfo {
    /// The word that back edges jump to.
    pub header: u32,
}

impl Program {
    /// Number of a function of this name that is `wanted`: those of the main file, which is number 0, come
    /// first.
    pub fn function_named(&self, name: &str, wanted: impl Fn(&Function) -> bool) -> Option<u32> {
        let named = |function: &Function| &*function.name == name && wanted(function);
        let in_main = self.functions.iter().position(|function| function.file == 0 && named(function));
        in_main.or_else(|| self.functions.iter().position(named)).map(|index| index as u32)
    }
}

impl Function {
    /// The position that holds for the instruction at `pc`.
    pub fn line_at(&self, pc: usize) -> Option<LineEntry> {
        let after = self.lines.partition_point(|entry| entry.pc as usize <= pc);
        after.checked_sub(1).map(|row| self.lines[row])
    }

    /// The instruction that begins at `pc`.
    ///
    /// # Panics
    /// If none does.
    pub fn opcode_at(&self, pc: usize) -> Opcode {
        Opcode::from_number(self.code[pc] as u16).expect("verified code")
    }

    /// The innermost handler that protects the instruction at `pc`.
    pub fn handler_at(&self, pc: usize) -> Option<&Handler> {
        self.handler_number_at(pc).map(|number| &self.handlers[number])
    }

    /// The position of that handler in the table.
    pub fn handler_number_at(&self, pc: usize) -> Option<usize> {
        self.handlers.iter().position(|h| (h.start as usize..h.end as usize).contains(&pc))
    }
}
