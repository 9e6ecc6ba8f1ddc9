//! Basic blocks of a function and the edges between them.
//!
//! A block is protected as a whole or not at all, and is short, so that working through one again
//! is cheap. An output of a branch (`array_next`) is written on the way to the next instruction
//! only; a block without instructions on that edge stands for the write.

use crate::instr::Effects;
use crate::operand::{Operand, Reg};
use crate::program::Function;
use crate::{Instr, Opcode};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The most instructions in a block.
pub(crate) const BLOCK_INSTRUCTIONS: usize = 64;

/// Instructions that are entered at the first and left at the last only, but for throws.
pub(crate) struct Block {
    /// First word.
    pub(crate) start: u32,
    /// One past the last word.
    pub(crate) end: u32,
    /// The block behind, if control can get there.
    pub(crate) fall: Option<u32>,
    /// The block that the last instruction jumps to.
    pub(crate) jump: Option<u32>,
    /// Number of the handler that protects it and the handler's block.
    pub(crate) handler: Option<(u32, u32)>,
    /// Whether one of its instructions throws.
    pub(crate) throws: bool,
    /// The register that is written on entry.
    pub(crate) writes: Option<Reg>,
}

/// The blocks of a function in the order of their words.
pub(crate) struct Blocks {
    pub(crate) rows: Vec<Block>,
    before: Edges,
    throwing: Edges,
}

/// For each block a list of others.
#[derive(Default)]
struct Edges {
    offsets: Vec<u32>,
    from: Vec<u32>,
}

impl Edges {
    fn new(blocks: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Edges {
        let mut offsets = vec![0u32; blocks + 1];
        pairs.clone().for_each(|(_, to)| offsets[to as usize + 1] += 1);
        for index in 0..blocks {
            offsets[index + 1] += offsets[index];
        }
        let mut next = offsets.clone();
        let mut from = vec![0; offsets[blocks] as usize];
        for (source, to) in pairs {
            from[next[to as usize] as usize] = source;
            next[to as usize] += 1;
        }
        Edges { offsets, from }
    }

    fn of(&self, block: usize) -> &[u32] {
        &self.from[self.offsets[block] as usize..self.offsets[block + 1] as usize]
    }
}

impl Blocks {
    /// The blocks of a function whose instructions, branch targets and handlers are in order.
    pub(crate) fn new(function: &Function) -> Blocks {
        let mut rows = cut(function);
        let starts: Vec<u32> = rows.iter().map(|block| block.start).collect();
        let handlers = innermost(function, &starts);
        // Of blocks that begin at one word the last is the one with instructions.
        let at = |pc: u32| starts.partition_point(|start| *start <= pc) as u32 - 1;
        for (index, block) in rows.iter_mut().enumerate() {
            block.fall = block.fall.map(|_| index as u32 + 1);
            block.jump = block.jump.map(at);
            block.handler = handlers[index].map(|number| (number, at(function.handlers[number as usize].target)));
        }
        let pairs = rows
            .iter()
            .enumerate()
            .flat_map(|(index, block)| block.fall.into_iter().chain(block.jump).map(move |to| (index as u32, to)));
        let before = Edges::new(rows.len(), pairs);
        let thrown = rows.iter().enumerate().filter(|(_, block)| block.throws);
        let pairs = thrown.filter_map(|(index, block)| block.handler.map(|(_, to)| (index as u32, to)));
        let throwing = Edges::new(rows.len(), pairs);
        Blocks { rows, before, throwing }
    }

    /// The block that the instruction at `pc` is in.
    pub(crate) fn at(&self, pc: u32) -> usize {
        self.rows.partition_point(|block| block.start <= pc) - 1
    }

    /// The blocks that fall or jump into a block.
    pub(crate) fn before(&self, block: usize) -> &[u32] {
        self.before.of(block)
    }

    /// The blocks whose exceptions a block handles.
    pub(crate) fn throwing_to(&self, block: usize) -> &[u32] {
        self.throwing.of(block)
    }
}

/// The instructions from word `start` to word `end` with their positions.
pub(crate) fn instructions(code: &[u64], start: u32, end: u32) -> impl Iterator<Item = (u32, Instr)> {
    let mut pc = start as usize;
    std::iter::from_fn(move || {
        if pc >= end as usize {
            return None;
        }
        let (instr, next) = Instr::decode(code, pc)?;
        Some((std::mem::replace(&mut pc, next) as u32, instr))
    })
}

/// Where the instruction behind `pc` begins.
pub(crate) fn next_pc(pc: u32, instr: &Instr) -> u32 {
    pc + instr.opcode().info().words as u32
}

/// The word that the instruction at `pc` jumps to.
pub(crate) fn target(pc: u32, instr: &Instr) -> Option<i64> {
    let mut found = None;
    instr.operands(|operand| {
        if let Operand::Rel(distance) = operand {
            found = Some(i64::from(next_pc(pc, instr)) + i64::from(distance));
        }
    });
    found
}

/// The output of a branch, which is written only when control goes on behind it.
pub(crate) fn written_behind(instr: &Instr) -> Option<Reg> {
    if !is(instr.opcode(), Effects::Branch) {
        return None;
    }
    let mut found = None;
    instr.operands(|operand| {
        if let Operand::Out(reg, _) = operand {
            found = Some(reg);
        }
    });
    found
}

fn is(opcode: Opcode, effect: Effects) -> bool {
    opcode.info().effects.has(effect)
}

/// Cuts the code into blocks; `fall` and `jump` hold words still.
fn cut(function: &Function) -> Vec<Block> {
    let code = &function.code;
    let leaders = leaders(function);
    let mut rows: Vec<Block> = Vec::new();
    let mut length = BLOCK_INSTRUCTIONS;
    for (pc, instr) in instructions(code, 0, code.len() as u32) {
        if leaders[pc as usize] || length >= BLOCK_INSTRUCTIONS {
            rows.push(Block { start: pc, end: pc, fall: None, jump: None, handler: None, throws: false, writes: None });
            length = 0;
        }
        length += 1;
        let next = next_pc(pc, &instr);
        let block = rows.last_mut().expect("the first instruction opens a block");
        block.end = next;
        block.throws |= is(instr.opcode(), Effects::Throws);
        block.fall = (!is(instr.opcode(), Effects::Ends)).then_some(next);
        block.jump = target(pc, &instr).map(|word| word as u32);
        if let Some(reg) = written_behind(&instr) {
            let writes = Some(reg);
            rows.push(Block {
                start: next,
                end: next,
                fall: Some(next),
                jump: None,
                handler: None,
                throws: false,
                writes,
            });
        }
    }
    rows
}

/// For each word whether a block begins there.
fn leaders(function: &Function) -> Vec<bool> {
    let code = &function.code;
    let mut leaders = vec![false; code.len() + 1];
    for (pc, instr) in instructions(code, 0, code.len() as u32) {
        if let Some(word) = target(pc, &instr) {
            leaders[word as usize] = true;
        }
        if is(instr.opcode(), Effects::Branch) || is(instr.opcode(), Effects::Ends) {
            leaders[next_pc(pc, &instr) as usize] = true;
        }
    }
    for handler in &function.handlers {
        [handler.start, handler.end, handler.target].iter().for_each(|word| leaders[*word as usize] = true);
    }
    leaders
}

/// For each block the number of the handler that protects it: the first in the table that does.
fn innermost(function: &Function, starts: &[u32]) -> Vec<Option<u32>> {
    let handlers = &function.handlers;
    let mut opening: Vec<u32> = (0..handlers.len() as u32).collect();
    opening.sort_by_key(|number| handlers[*number as usize].start);
    let mut opening = opening.into_iter().peekable();
    let mut open = BinaryHeap::new();
    let protecting = starts.iter().map(|start| {
        while let Some(number) = opening.next_if(|number| handlers[*number as usize].start <= *start) {
            open.push(Reverse(number));
        }
        while open.peek().is_some_and(|Reverse(number)| handlers[*number as usize].end <= *start) {
            open.pop();
        }
        open.peek().map(|Reverse(number)| *number)
    });
    protecting.collect()
}
