//! Machine code beside the bytecode and the source lines it came from.
//!
//! The straight path of each instruction stands beneath it; error exits and slow paths follow behind
//! [`COLD`], then the entries of handlers and of on-stack replacement. Labels are `@` and the
//! instruction they belong to; fields of the context, slots of the frame and immediates that stand
//! for something have names, so that a listing depends on no address.
//!
//! Absence: no compiler here, and no executable memory.

mod labels;
mod symbols;

use bp_baseline::Listed;
use bp_isa::abi::machine::Machine;
use bp_isa::disasm::{Place, disassemble_with};
use iced_x86::{Decoder, DecoderOptions, Formatter, Instruction, IntelFormatter, NumberBase};
use iced_x86::{FormatterTextKind, SymbolFlags, SymbolResolver, SymbolResult};
use labels::Labels;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// What separates the straight path from what is out of line.
pub const COLD: &str = "   ---- out of line";

/// Stands before names in the formatter's output; no name has it.
const MARK: char = '\u{1}';

/// Homes shown in a line.
const HOMES_PER_LINE: usize = 8;

/// A function's machine code as text. `source` gives the text of a line of a file, both by number.
pub(crate) fn machine_code(
    machine: &Machine<'_>,
    function: u32,
    listed: &Listed,
    source: &mut dyn FnMut(u32, u32) -> Option<String>,
) -> String {
    let mut listing = Listing::new(machine, function, listed);
    let mut text = disassemble_with(machine.program, function as usize, source, &mut |place| match place {
        Place::Head => listing.head(machine, function),
        Place::Instruction(pc) => listing.straight(pc),
    });
    let cold = listing.between(listed.code.cold_offset, listed.code.bytes.len() as u32);
    if !cold.is_empty() {
        let _ = write!(text, "{COLD}\n{cold}");
    }
    text
}

/// A function's code, taken apart.
struct Listing<'a> {
    listed: &'a Listed,
    instructions: Vec<Instruction>,
    labels: Labels,
    /// Labels that have been printed.
    printed: HashSet<u64>,
    formatter: IntelFormatter,
}

impl<'a> Listing<'a> {
    fn new(machine: &Machine<'_>, function: u32, listed: &'a Listed) -> Self {
        let bytes = &listed.code.bytes;
        let instructions: Vec<Instruction> = Decoder::new(64, bytes, DecoderOptions::NONE).into_iter().collect();
        let labels = Labels::new(listed, &instructions);
        let names = symbols::names(machine, function, &instructions, &labels);
        let mut formatter = IntelFormatter::with_options(Some(Box::new(Names { names, labels: labels.clone() })), None);
        let options = formatter.options_mut();
        options.set_space_after_operand_separator(true);
        options.set_number_base(NumberBase::Decimal);
        options.set_signed_immediate_operands(true);
        options.set_show_branch_size(false);
        Self { listed, instructions, labels, printed: HashSet::new(), formatter }
    }

    /// Where registers live, and the code before the first instruction.
    fn head(&mut self, machine: &Machine<'_>, function: u32) -> String {
        let mut text = String::new();
        let homes = bp_baseline::homes(&machine.program.functions[function as usize]);
        for row in homes.chunks(HOMES_PER_LINE) {
            let row: Vec<String> = row.iter().map(|(reg, home)| format!("r{} in {home}", reg.0)).collect();
            let _ = writeln!(text, "   homes: {}", row.join(", "));
        }
        let first = self.listed.positions.first().map_or(self.listed.code.cold_offset, |(offset, _)| *offset);
        text + "   entry:\n" + &self.between(0, first)
    }

    /// The straight path of the instruction at a word position; empty if it is never reached.
    fn straight(&mut self, pc: u32) -> String {
        let positions = &self.listed.positions;
        let is_its = |(offset, of): &(u32, u32)| *of == pc && *offset < self.listed.code.cold_offset;
        let Some(row) = positions.iter().position(is_its) else { return String::new() };
        let start = positions[row].0;
        let end = positions.get(row + 1).map_or(self.listed.code.cold_offset, |(offset, _)| *offset);
        self.label(start.into()) + &self.between(start, end.min(self.listed.code.cold_offset))
    }

    /// The line of a label, the first time.
    fn label(&mut self, offset: u64) -> String {
        match self.labels.at(offset) {
            Some(name) if self.printed.insert(offset) => format!("       @{name}:\n"),
            _ => String::new(),
        }
    }

    /// The instructions from one offset to another, with labels.
    fn between(&mut self, start: u32, end: u32) -> String {
        let mut text = String::new();
        let first = self.instructions.partition_point(|instruction| instruction.ip() < start.into());
        let last = self.instructions.partition_point(|instruction| instruction.ip() < end.into());
        for index in first..last {
            let instruction = self.instructions[index];
            text += &self.label(instruction.ip());
            let mut shown = String::new();
            self.formatter.format(&instruction, &mut shown);
            let _ = writeln!(text, "           {}", plain(&shown));
        }
        text
    }
}

/// An instruction with names as listings write them: `[r15.limit]` for `[r15+limit]`.
fn plain(shown: &str) -> String {
    shown.replace(&format!("+{MARK}"), ".").replace(MARK, "")
}

/// What the formatter asks for names.
struct Names {
    /// Names of the operands that stand for something, by the instruction's offset and the operand.
    names: HashMap<(u64, u32), String>,
    labels: Labels,
}

impl SymbolResolver for Names {
    fn symbol(
        &mut self,
        instruction: &Instruction,
        operand: u32,
        _instruction_operand: Option<u32>,
        address: u64,
        _address_size: u32,
    ) -> Option<SymbolResult<'_>> {
        let is_branch = instruction.near_branch_target() != 0 && instruction.op_count() == 1;
        let name = match self.names.get(&(instruction.ip(), operand)) {
            Some(name) => format!("{MARK}{name}"),
            None if is_branch => format!("@{}", self.labels.at(address)?),
            None => return None,
        };
        Some(SymbolResult::with_string_kind_flags(address, name, FormatterTextKind::Label, SymbolFlags::RELATIVE))
    }
}
