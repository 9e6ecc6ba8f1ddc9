//! Names for what operands stand for: fields of the context, slots, tables, helpers, constants.

use super::labels::Labels;
use bp_isa::abi::Header;
use bp_isa::abi::helper::{Helper, MathOp};
use bp_isa::abi::machine::{ContextLayout, Machine, shared, slot_offset};
use bp_isa::disasm::{builtin_text, constant_text, type_name};
use bp_isa::{Program, Trap};
use iced_x86::{FlowControl, Instruction, OpKind, Register};
use std::collections::HashMap;

/// Levels of a type that are written out.
const TYPE_DEPTH: u32 = 4;
/// Most instructions that load a helper's arguments.
const HELPER_SETUP: usize = 8;

/// Names by the instruction's offset and its operand.
pub(super) type OperandNames = HashMap<(u64, u32), String>;

/// Finds the names in a function's code.
pub(super) fn names(machine: &Machine<'_>, function: u32, code: &[Instruction], labels: &Labels) -> OperandNames {
    let registers = machine.program.functions[function as usize].registers.len();
    let mut namer = Namer { machine, code, registers, tables: HashMap::new(), names: HashMap::new() };
    for (index, instruction) in code.iter().enumerate() {
        if labels.at(instruction.ip()).is_some() {
            namer.tables.clear();
        }
        namer.memory(index);
        namer.immediate(index);
        namer.helper_call(index, labels);
        namer.follow(index);
    }
    namer.names
}

/// A table whose address the context holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Table {
    Shared,
    Entries,
    WordGlobals,
    RefGlobals,
    ByteStrings,
}

struct Namer<'a> {
    machine: &'a Machine<'a>,
    code: &'a [Instruction],
    /// Number of virtual registers.
    registers: usize,
    /// Registers that hold the address of a table.
    tables: HashMap<Register, Table>,
    names: OperandNames,
}

impl Namer<'_> {
    fn name(&mut self, index: usize, operand: u32, name: String) {
        self.names.insert((self.code[index].ip(), operand), name);
    }

    /// Names what a memory operand addresses.
    fn memory(&mut self, index: usize) {
        let instruction = &self.code[index];
        let Some(operand) = (0..instruction.op_count()).find(|&at| instruction.op_kind(at) == OpKind::Memory) else {
            return;
        };
        let displacement = instruction.memory_displacement64() as i64 as i32;
        let name = match instruction.memory_base() {
            Register::R15 => field(&self.machine.context, displacement).map(|(name, _)| name.to_owned()),
            Register::RBP => Some(self.slot(displacement)),
            base if instruction.memory_index() == Register::None => {
                self.tables.get(&base).and_then(|table| self.entry(*table, displacement))
            }
            _ => None,
        };
        if let Some(name) = name {
            self.name(index, operand, name);
        }
    }

    /// A word of the frame: a virtual register's slot, or a stack argument.
    fn slot(&self, displacement: i32) -> String {
        let from_first = displacement - slot_offset(0, self.registers);
        if displacement < 0 { format!("r{}", from_first / 8) } else { format!("arg{}", displacement / 8 - 2) }
    }

    /// A row of a table.
    fn entry(&self, table: Table, displacement: i32) -> Option<String> {
        let row = (displacement / 8) as usize;
        let program = self.machine.program;
        match table {
            Table::Shared => match displacement {
                shared::STACK_LIMIT => Some("stack_limit".to_owned()),
                shared::REAL_STACK_LIMIT => Some("real_stack_limit".to_owned()),
                shared::POLL => Some("poll".to_owned()),
                _ => None,
            },
            Table::Entries => program.functions.get(row).map(|function| function.name.to_string()),
            Table::WordGlobals => program.word_globals.get(row).map(|name| name.to_string()),
            Table::RefGlobals => program.ref_globals.get(row).map(|name| name.to_string()),
            Table::ByteStrings => None,
        }
    }

    /// Names a constant's address, a header, or a float by its bits.
    fn immediate(&mut self, index: usize) {
        let instruction = &self.code[index];
        if instruction.op_count() != 2 || instruction.op1_kind() != OpKind::Immediate64 {
            return;
        }
        let (value, program) = (instruction.immediate64(), self.machine.program);
        let constant = self.machine.constants.iter().position(|address| *address == value);
        let name = constant.map(|number| constant_text(program, &program.constants[number]));
        let name = name.or_else(|| self.header(index, value)).or_else(|| {
            let into_float = self.code.get(index + 1).is_some_and(|next| {
                next.op_count() == 2
                    && next.op0_register().is_xmm()
                    && next.op1_register() == instruction.op0_register()
            });
            let float = f64::from_bits(value);
            // What is no number is a mask.
            into_float.then(|| if float.is_nan() { format!("{value:#x}") } else { format!("{float:?}") })
        });
        if let Some(name) = name {
            self.name(index, 1, name);
        }
    }

    /// The header of a new object: stored at once where RAX points.
    fn header(&self, index: usize, value: u64) -> Option<String> {
        let (instruction, next) = (&self.code[index], self.code.get(index + 1)?);
        let is_store = next.op0_kind() == OpKind::Memory
            && next.memory_base() == Register::RAX
            && next.memory_displacement64() == 0
            && next.op1_register() == instruction.op0_register();
        is_store.then(|| header_text(self.machine.program, value))
    }

    /// Names a helper's number and the arguments that are numbers of something.
    fn helper_call(&mut self, index: usize, labels: &Labels) {
        let is_exit = |instruction: &Instruction| {
            instruction.flow_control() == FlowControl::IndirectCall
                && instruction.memory_base() == Register::R15
                && instruction.memory_displacement64() as i32 == self.machine.context.exit_stub
        };
        let Some(before) = index.checked_sub(1).filter(|_| is_exit(&self.code[index])) else { return };
        let Some(helper) = Helper::ALL.get(self.code[before].immediate32() as usize).copied() else { return };
        self.name(before, 1, format!("helper {}", helper.name()));
        for setup in (before.saturating_sub(HELPER_SETUP)..before).rev() {
            let instruction = &self.code[setup];
            if instruction.flow_control() != FlowControl::Next {
                break;
            }
            let is_imm = instruction.op_count() == 2
                && instruction.op0_kind() == OpKind::Register
                && is_immediate(instruction.op1_kind());
            if is_imm && let Some(name) = self.argument(helper, instruction) {
                self.name(setup, 1, name);
            }
            if labels.at(instruction.ip()).is_some() {
                break;
            }
        }
    }

    /// What an immediate argument of a helper stands for.
    fn argument(&self, helper: Helper, instruction: &Instruction) -> Option<String> {
        let value = instruction.immediate(1);
        let number = value as u32;
        let ty = || Some(format!("type {}", type_name(self.machine.program, number, TYPE_DEPTH)));
        match (helper, instruction.op0_register().full_register()) {
            (Helper::Trap, Register::RSI) => Trap::from_number(number).map(|trap| format!("trap {trap:?}")),
            (Helper::Math, Register::RSI) => MathOp::ALL.get(number as usize).map(|op| format!("math {op:?}")),
            (Helper::Alloc, Register::RSI) => Some(header_text(self.machine.program, value)),
            (Helper::Builtin, Register::RDX) => {
                builtin_text(number).map(|name| format!("builtin {name}/{}", value >> 32))
            }
            (Helper::NewArray | Helper::NewMap, Register::RSI) => ty(),
            (Helper::ToStr, Register::RDX) => ty(),
            (Helper::EqValue | Helper::CompareValue, Register::RCX) => ty(),
            _ => None,
        }
    }

    /// Keeps track of which registers hold the address of a table.
    fn follow(&mut self, index: usize) {
        let instruction = &self.code[index];
        if instruction.flow_control() == FlowControl::IndirectCall {
            self.tables.clear();
            return;
        }
        if instruction.op_count() == 0 || instruction.op0_kind() != OpKind::Register {
            return;
        }
        let written = instruction.op0_register().full_register();
        self.tables.remove(&written);
        let from_context = instruction.op_count() == 2
            && instruction.op1_kind() == OpKind::Memory
            && instruction.memory_base() == Register::R15;
        if from_context
            && let Some((_, Some(table))) = field(&self.machine.context, instruction.memory_displacement64() as i32)
        {
            self.tables.insert(written, table);
        }
    }
}

fn is_immediate(kind: OpKind) -> bool {
    matches!(kind, OpKind::Immediate32 | OpKind::Immediate64 | OpKind::Immediate32to64)
}

/// A header's type and size.
fn header_text(program: &Program, value: u64) -> String {
    let header = Header(value);
    format!("header {}/{}", type_name(program, header.ty(), TYPE_DEPTH), header.payload_words())
}

/// The name of a field of the context, and the table whose address it is.
fn field(context: &ContextLayout, displacement: i32) -> Option<(&'static str, Option<Table>)> {
    // Taken apart, so that a new field is missed by the compiler.
    let ContextLayout {
        cursor,
        limit,
        win_base,
        win_size,
        shared,
        entries,
        exit_stub,
        overflow_stub,
        vtables,
        exception,
        word_globals,
        ref_globals,
        byte_strings,
    } = *context;
    let rows = [
        (cursor, "cursor", None),
        (limit, "limit", None),
        (win_base, "win_base", None),
        (win_size, "win_size", None),
        (shared, "shared", Some(Table::Shared)),
        (entries, "entries", Some(Table::Entries)),
        (exit_stub, "exit_stub", None),
        (overflow_stub, "overflow_stub", None),
        (vtables, "vtables", None),
        (exception, "exception", None),
        (word_globals, "word_globals", Some(Table::WordGlobals)),
        (ref_globals, "ref_globals", Some(Table::RefGlobals)),
        (byte_strings, "byte_strings", Some(Table::ByteStrings)),
    ];
    rows.into_iter().find(|(offset, ..)| *offset == displacement).map(|(_, name, table)| (name, table))
}
