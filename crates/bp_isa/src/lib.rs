//! The instruction set and the data that all tiers share.
//!
//! One declaration ([`table`]) yields opcodes, codec, visitor, disassembler and reference. Programs,
//! type descriptors and traps live here too, so that compilers and runtime meet without knowing
//! each other.
//!
//! Absence: nothing is executed, nothing is allocated on the program's heap.
#![forbid(unsafe_code)]

pub mod abi;
pub mod bpc;
pub mod coverage;
pub mod disasm;
pub mod fault;
pub mod instr;
pub mod liveness;
pub mod operand;
pub mod program;
pub mod reference;
pub mod shape;
pub mod table;
pub mod traps;
pub mod types;
pub mod verify;

pub use instr::{Effects, Instr, OpInfo, OpVisitor, Opcode};
pub use operand::{Class, Kind, Numbering, Operand, Reg};
pub use program::Program;
pub use shape::Shape;
pub use traps::Trap;
