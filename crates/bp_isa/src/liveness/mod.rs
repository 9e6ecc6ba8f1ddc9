//! Which reference registers are live where: what a collection must see of a frame.
//!
//! A register is live if some path from there reads it before writing it. Every instruction that
//! throws has an edge to the handler that protects it, on which the throw writes the handler's
//! register. Answers are kept per instruction: deep recursion asks for the same few again and again.
//!
//! The function must be verified. Absence: no registers but references.

pub(crate) mod blocks;
pub(crate) mod solve;
#[cfg(test)]
mod tests;

use crate::instr::Effects;
use crate::operand::Kind;
use crate::program::Function;
use blocks::{BLOCK_INSTRUCTIONS, Blocks, instructions};
use rustc_hash::FxHashMap;
use solve::{Facts, GROUP, Row, Solver, reads, writes};
use std::ops::Range;

/// The live reference registers of one function.
pub struct Liveness {
    code: Box<[u64]>,
    is_ref: Box<[bool]>,
    blocks: Blocks,
    /// Registers of handlers by number.
    caught: Box<[u16]>,
    live_out: Spans,
    live_in: Spans,
    answers: FxHashMap<(u32, Moment), Range<u32>>,
    registers: Vec<u16>,
    set: Set,
}

/// What a frame is doing with its instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Moment {
    Executing,
    Suspended,
}

/// For each register the ranges of blocks in which something holds.
#[derive(Default)]
struct Spans {
    registers: Vec<u16>,
    /// Per register one past its last range.
    ends: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

/// A set of registers that can be listed and emptied quickly.
struct Set {
    member: Vec<bool>,
    /// Every member, and some that have left.
    touched: Vec<u16>,
}

impl Liveness {
    /// Analyses a verified function.
    pub fn new(function: &Function) -> Liveness {
        let is_ref: Box<[bool]> = function.registers.iter().map(|kind| *kind == Kind::Ref).collect();
        let blocks = Blocks::new(function);
        let facts = Facts::collect(function, &blocks, |reg| is_ref[usize::from(reg)]);
        let Ok(facts) = facts else { unreachable!("{} is verified", function.name) };
        let mut solver = Solver::new(function, &blocks, &facts);
        let (mut live_out, mut live_in) = (Spans::default(), Spans::default());
        for group in 0..facts.groups() {
            let registers = solver.registers(group);
            let rows = solver.solve(group);
            live_out.add(registers, rows, |row| row.live_out);
            live_in.add(registers, rows, |row| row.live_in);
        }
        Liveness {
            code: function.code.clone().into(),
            caught: function.handlers.iter().map(|handler| handler.register).collect(),
            set: Set { member: vec![false; is_ref.len()], touched: Vec::new() },
            is_ref,
            blocks,
            live_out,
            live_in,
            answers: FxHashMap::default(),
            registers: Vec::new(),
        }
    }

    /// The registers that must survive while the instruction at word `pc` executes and allocates
    /// or runs a built-in: its operands and what is live behind it or in its handler, ascending.
    pub fn live_refs_executing(&mut self, pc: usize) -> &[u16] {
        self.answer(pc as u32, Moment::Executing)
    }

    /// The registers that must survive while the frame is suspended in the call at word `pc`:
    /// what is live behind it or in its handler, ascending. The arguments are the callee's.
    pub fn live_refs_suspended(&mut self, pc: usize) -> &[u16] {
        self.answer(pc as u32, Moment::Suspended)
    }

    fn answer(&mut self, pc: u32, moment: Moment) -> &[u16] {
        let range = match self.answers.get(&(pc, moment)) {
            Some(range) => range.clone(),
            None => {
                let range = self.compute(pc, moment);
                self.answers.insert((pc, moment), range.clone());
                range
            }
        };
        &self.registers[range.start as usize..range.end as usize]
    }

    fn compute(&mut self, pc: u32, moment: Moment) -> Range<u32> {
        let Self { code, is_ref, blocks, set, .. } = self;
        let number = blocks.at(pc);
        let block = &blocks.rows[number];
        self.live_out.of(number, |reg| set.add(reg));
        let mut instrs = [None; BLOCK_INSTRUCTIONS];
        let mut count = 0;
        for (at, instr) in instructions(code, pc, block.end) {
            instrs[count] = Some((at, instr));
            count += 1;
        }
        for (at, instr) in instrs[..count].iter().rev().flatten() {
            writes(instr, |reg| set.remove(reg));
            if instr.opcode().info().effects.has(Effects::Throws)
                && let Some((handler, target)) = block.handler
            {
                let caught = self.caught[handler as usize];
                self.live_in.of(target as usize, |reg| {
                    if reg != caught {
                        set.add(reg);
                    }
                });
            }
            if *at != pc || moment == Moment::Executing {
                reads(instr, |reg| {
                    if is_ref[usize::from(reg)] {
                        set.add(reg);
                    }
                });
            }
        }
        let start = self.registers.len() as u32;
        set.drain_into(&mut self.registers);
        start..self.registers.len() as u32
    }
}

impl Spans {
    /// Appends the ranges of a group of registers in whose rows the bits are set.
    fn add(&mut self, registers: &[u16], rows: &[Row], bits: impl Fn(&Row) -> u64) {
        let mut open = [0u32; GROUP];
        let mut found: [Vec<Range<u32>>; GROUP] = std::array::from_fn(|_| Vec::new());
        let mut before = 0;
        let ends = std::iter::once(0);
        for (block, now) in rows.iter().map(bits).chain(ends).enumerate() {
            let mut changed = now ^ before;
            while changed != 0 {
                let bit = changed.trailing_zeros() as usize;
                changed &= changed - 1;
                if now >> bit & 1 != 0 {
                    open[bit] = block as u32;
                } else {
                    found[bit].push(open[bit]..block as u32);
                }
            }
            before = now;
        }
        for (reg, ranges) in registers.iter().zip(&mut found).filter(|(_, ranges)| !ranges.is_empty()) {
            self.registers.push(*reg);
            self.ranges.append(ranges);
            self.ends.push(self.ranges.len() as u32);
        }
    }

    /// Calls `see` with the registers that have a range over `block`.
    fn of(&self, block: usize, mut see: impl FnMut(u16)) {
        let mut start = 0;
        for (reg, end) in self.registers.iter().zip(&self.ends) {
            let ranges = &self.ranges[start as usize..*end as usize];
            let begun = ranges.partition_point(|range| range.start as usize <= block);
            if begun > 0 && (ranges[begun - 1].end as usize) > block {
                see(*reg);
            }
            start = *end;
        }
    }
}

impl Set {
    fn add(&mut self, reg: u16) {
        if !std::mem::replace(&mut self.member[usize::from(reg)], true) {
            self.touched.push(reg);
        }
    }

    fn remove(&mut self, reg: u16) {
        self.member[usize::from(reg)] = false;
    }

    /// Moves the members to the end of a list, ascending.
    fn drain_into(&mut self, list: &mut Vec<u16>) {
        let start = list.len();
        for reg in self.touched.drain(..) {
            if std::mem::replace(&mut self.member[usize::from(reg)], false) {
                list.push(reg);
            }
        }
        list[start..].sort_unstable();
    }
}
