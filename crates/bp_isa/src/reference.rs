//! The reference page of the instruction set, written from the table.

use crate::{OpInfo, Opcode};
use std::fmt::Write;

/// The table as it is written: its section comments head the groups.
const TABLE: &str = include_str!("table.rs");
const SECTION: &str = "// ---- ";

const OPENING: &str = "# Instruction set

Written from the instruction table; do not edit. The bytecode is that of a register machine: `r0…`
hold the parameters, then everything else; each register is of one kind for the whole function: int
(also bool, enum, ptr), float or reference.

An instruction is one or two 64-bit words. The first holds the opcode in its low 16 bits, then
operands: registers, counts and small immediates take 16 bits each; branch targets, numbers of
functions, types and the like take 32. Operands stand in the order in which they are encoded.

A branch target counts words from the start of the next instruction. `args, count` are consecutive
registers that hold arguments. A call makes them the callee's `r0…`: from `args` on all registers of
the caller are undefined behind it.

Effects: *pure*: the result depends on the operands only; *reads*, *writes*: the heap or globals;
*allocates*: may collect; *throws*: may leave for a handler, having written no register; *calls*: runs
code of the program or of the library; *branch*: has a target; *ends*: never goes on to the next
instruction.
";

/// The page, in Markdown.
pub fn reference() -> String {
    let mut page = String::from(OPENING);
    for (heading, opcodes) in sections() {
        let _ = write!(page, "\n## {}{}\n\n", heading[..1].to_uppercase(), &heading[1..]);
        page.push_str("| instruction | words | effects | meaning |\n|---|---|---|---|\n");
        for opcode in opcodes {
            row(&mut page, opcode.info());
        }
    }
    page
}

/// Headings and instructions of the table's sections.
fn sections() -> Vec<(&'static str, Vec<Opcode>)> {
    let mut sections: Vec<(&str, Vec<Opcode>)> = Vec::new();
    for line in TABLE.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix(SECTION) {
            sections.push((heading, Vec::new()));
        } else if let Some((name, _)) = line.split_once(" = ")
            && let Some(opcode) = Opcode::ALL.iter().find(|opcode| opcode.info().name == name)
            && let Some((_, opcodes)) = sections.last_mut()
        {
            opcodes.push(*opcode);
        }
    }
    sections
}

fn row(page: &mut String, info: &OpInfo) {
    let operands: Vec<String> = info.operands.iter().map(|(name, kind)| format!("{name}{}", suffix(kind))).collect();
    let meaning = info.doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let shown = format!("{} {}", info.name, operands.join(", "));
    let _ = writeln!(page, "| `{}` | {} | {} | {meaning} |", shown.trim_end(), info.words, info.effects);
}

/// The kind of a register operand, where the name does not say what it is.
fn suffix(kind: &str) -> &'static str {
    match kind {
        "InInt" | "OutInt" | "InOutInt" => ": int",
        "InFloat" | "OutFloat" => ": float",
        "InRef" | "InRefWide" | "OutRef" => ": ref",
        "InWord" | "OutWord" => ": word",
        "InAny" | "OutAny" => ": any",
        "OutAnyOrNone" => ": any?",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instruction_is_in_a_section_in_table_order() {
        let listed: Vec<Opcode> = sections().into_iter().flat_map(|(_, opcodes)| opcodes).collect();
        assert_eq!(listed, Opcode::ALL);
    }

    /// `BLESS=1` rewrites the page.
    #[test]
    fn the_page_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/isa.md");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, reference()).expect("docs/ is writable");
        }
        let page = std::fs::read_to_string(path).unwrap_or_default();
        assert!(page == reference(), "docs/isa.md is out of date: BLESS=1 cargo test -p bp_isa");
    }
}
