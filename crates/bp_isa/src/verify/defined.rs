//! Every register is written before it is read, on every path.
//!
//! The rule is checked backwards: what is live at the entry must be a parameter, and nothing may be
//! live behind a call that was given to it. A register is given to a call if it is in the window or
//! above it.

use super::Check;
use crate::liveness::blocks::{Blocks, instructions, written_behind};
use crate::liveness::solve::{Facts, ReadAfterCall, Solver, reads, writes};
use crate::program::Function;

/// Checks a function whose code is in order.
pub(super) fn check(function: &Function) -> Check {
    let blocks = Blocks::new(function);
    let facts = Facts::collect(function, &blocks, |_| true);
    let facts = facts.map_err(|ReadAfterCall { pc, reg }| (Some(pc), destroyed(reg)))?;
    let given = function.params + u16::from(function.takes_closure);
    let mut solver = Solver::new(function, &blocks, &facts);
    for group in 0..facts.groups() {
        let registers = solver.registers(group);
        let live = solver.solve(group).first().map_or(0, |row| row.live_in);
        let missing = live & bits_from(registers, given);
        let path = Path { function, blocks: &blocks, facts: &facts };
        if missing != 0 {
            let reg = registers[missing.trailing_zeros() as usize];
            let pc = path.first_read(vec![0], reg);
            return Err((pc, format!("r{reg} may be read before it is written")));
        }
        for block in 0..blocks.rows.len() {
            let lost = solver.live_but_destroyed(group, block);
            if lost != 0 {
                let reg = registers[lost.trailing_zeros() as usize];
                return Err((path.first_read(path.behind(block), reg), destroyed(reg)));
            }
        }
    }
    Ok(())
}

fn destroyed(reg: u16) -> String {
    format!("r{reg} may be read after it was given to a call")
}

/// The bits of the registers from number `first` on.
fn bits_from(registers: &[u16], first: u16) -> u64 {
    u64::MAX.checked_shl(registers.partition_point(|reg| *reg < first) as u32).unwrap_or(0)
}

/// Finds the instruction to blame.
struct Path<'a> {
    function: &'a Function,
    blocks: &'a Blocks,
    facts: &'a Facts,
}

impl Path<'_> {
    /// The blocks that control may go to from a block.
    fn behind(&self, block: usize) -> Vec<u32> {
        let row = &self.blocks.rows[block];
        let handler = row.handler.filter(|_| row.throws).map(|(_, block)| block);
        row.fall.into_iter().chain(row.jump).chain(handler).collect()
    }

    /// The first read of `reg` on a path from the start of one of the blocks that does not write it.
    fn first_read(&self, mut work: Vec<u32>, reg: u16) -> Option<u32> {
        let mut seen = vec![false; self.blocks.rows.len()];
        while let Some(block) = work.pop() {
            if std::mem::replace(&mut seen[block as usize], true) {
                continue;
            }
            let event = self.facts.event(reg, block);
            if event.is_some_and(|event| event.reads()) {
                return self.read_in(block, reg);
            }
            let row = &self.blocks.rows[block as usize];
            if !event.is_some_and(|event| event.writes()) {
                work.extend(row.fall.into_iter().chain(row.jump));
            }
            if let Some((number, handler)) = row.handler
                && row.throws
                && self.function.handlers[number as usize].register != reg
                && !event.is_some_and(|event| event.writes_first())
            {
                work.push(handler);
            }
        }
        None
    }

    fn read_in(&self, block: u32, reg: u16) -> Option<u32> {
        let row = &self.blocks.rows[block as usize];
        for (pc, instr) in instructions(&self.function.code, row.start, row.end) {
            let (mut read, mut written) = (false, written_behind(&instr).is_some_and(|written| written.0 == reg));
            reads(&instr, |other| read |= other == reg);
            writes(&instr, |other| written |= other == reg);
            if read {
                return Some(pc);
            }
            if written {
                break;
            }
        }
        None
    }
}
