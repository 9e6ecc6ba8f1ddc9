//! What the compiler learns of a function before it emits code: instructions, branch targets, loop
//! depths, homes, and which homes are live behind each instruction.
//!
//! Sets of homes fit a word, so that data flow over a function costs little more than decoding it.

use crate::homes::{HomeSet, Homes};
use bp_isa::program::Function;
use bp_isa::{Effects, Instr, Operand, Reg};

/// A function, taken apart.
pub(crate) struct Analysis {
    /// The instructions with their word positions.
    pub(crate) instrs: Vec<(Instr, u32)>,
    /// Number of the instruction at each word position, [`NOT_A_START`] inside one.
    index_of: Vec<u32>,
    /// Number of the instruction that each one branches to, [`NOT_A_START`] for none.
    targets: Vec<u32>,
    /// Whether a branch or handler leads to the instruction.
    pub(crate) is_target: Vec<bool>,
    /// The homes.
    pub(crate) homes: Homes,
    /// Homes live before each instruction.
    pub(crate) live_before: Vec<HomeSet>,
    /// Homes live behind each instruction.
    pub(crate) live_after: Vec<HomeSet>,
    /// What each instruction does to the homes.
    flows: Vec<Flow>,
    /// Innermost handler of each instruction, if it may throw: position in the function's table. Empty
    /// if the function has none.
    handler: Vec<Option<u32>>,
}

/// What an instruction does to the homes.
#[derive(Clone, Copy)]
struct Flow {
    reads: HomeSet,
    writes: HomeSet,
    /// Whether control may go on behind it.
    falls: bool,
}

/// Marks words that are no instruction's first.
const NOT_A_START: u32 = u32::MAX;

impl Analysis {
    /// Takes a verified function apart.
    pub(crate) fn new(function: &Function) -> Analysis {
        let (instrs, index_of) = decode(function);
        let depths = loop_depths(function, &instrs, &index_of);
        let homes = Homes::choose(function, &instrs, &depths);
        let count = instrs.len();
        let mut analysis = Analysis {
            targets: vec![NOT_A_START; count],
            is_target: vec![false; count],
            live_before: vec![0; count],
            live_after: vec![0; count],
            flows: Vec::with_capacity(count),
            handler: handlers(function, &instrs),
            instrs,
            index_of,
            homes,
        };
        analysis.find_targets(function);
        analysis.find_live(function);
        analysis
    }

    /// Number of the instruction at a word position.
    pub(crate) fn index_at(&self, pc: u32) -> usize {
        self.index_of[pc as usize] as usize
    }

    /// Number of the instruction that instruction `index` branches to.
    pub(crate) fn target(&self, index: usize) -> Option<usize> {
        let target = self.targets[index];
        if target == NOT_A_START { None } else { Some(target as usize) }
    }

    /// Where each instruction branches to, and so which ones are branched to.
    fn find_targets(&mut self, function: &Function) {
        for index in 0..self.instrs.len() {
            let (instr, pc) = &self.instrs[index];
            let info = instr.opcode().info();
            if !info.effects.has(Effects::Branch) {
                continue;
            }
            let next = pc + info.words as u32;
            instr.operands(|operand| {
                if let Operand::Rel(distance) = operand {
                    self.targets[index] = self.index_of[next.wrapping_add_signed(distance) as usize];
                }
            });
            let target = self.targets[index] as usize;
            self.is_target[target] = true;
            if self.is_turned(index) {
                self.is_target[target + 1] = true;
            }
        }
        for handler in &function.handlers {
            let target = self.index_at(handler.target);
            self.is_target[target] = true;
        }
        for info in &function.loops {
            let header = self.index_at(info.header);
            self.is_target[header] = true;
        }
    }

    /// Whether instruction `index` is the back edge of a loop that begins with its condition, one
    /// comparison: the comparison is then made at the loop's end as well.
    pub(crate) fn is_turned(&self, index: usize) -> bool {
        let is_back_edge = matches!(self.instrs[index].0, Instr::JumpLoop { .. });
        is_back_edge && self.target(index).is_some_and(|header| is_comparison(&self.instrs[header].0))
    }

    /// Backward data flow to a fixed point; loops settle after a few rounds.
    fn find_live(&mut self, function: &Function) {
        // Where ways back lead to: what a round has assumed of them must be what it found.
        let mut back: Vec<usize> = function.handlers.iter().map(|handler| self.index_at(handler.target)).collect();
        for index in 0..self.instrs.len() {
            let flow = self.flow(&self.instrs[index].0);
            self.flows.push(flow);
            back.extend(self.target(index).filter(|&target| target <= index));
        }
        let mut assumed = vec![0; back.len()];
        loop {
            self.find_live_once(function);
            let found = back.iter().map(|&index| self.live_before[index]);
            if found.clone().eq(assumed.iter().copied()) {
                return;
            }
            assumed.clear();
            assumed.extend(found);
        }
    }

    fn find_live_once(&mut self, function: &Function) {
        let mut next = 0;
        for index in (0..self.flows.len()).rev() {
            let flow = self.flows[index];
            let mut after = if flow.falls { next } else { 0 };
            if let Some(target) = self.target(index) {
                after |= self.live_before[target];
            }
            next = after & !flow.writes | flow.reads | self.live_in_handler(function, index);
            self.live_before[index] = next;
            self.live_after[index] = after;
        }
    }

    fn flow(&self, instr: &Instr) -> Flow {
        let (reads, writes) = self.reads_and_writes(instr);
        Flow { reads, writes, falls: !instr.opcode().info().effects.has(Effects::Ends) }
    }

    /// Homes that the handler of an instruction needs, if it can get there.
    pub(crate) fn live_in_handler(&self, function: &Function, index: usize) -> HomeSet {
        let Some(&Some(number)) = self.handler.get(index) else { return 0 };
        let handler = &function.handlers[number as usize];
        self.live_before[self.index_at(handler.target)] & !self.homes.set(Reg(handler.register))
    }

    /// Homes that instruction `index` reads.
    pub(crate) fn reads(&self, index: usize) -> HomeSet {
        self.flows[index].reads
    }

    /// Homes that an instruction reads and writes.
    fn reads_and_writes(&self, instr: &Instr) -> (HomeSet, HomeSet) {
        let (mut reads, mut writes) = (0, 0);
        let mut window = Reg(0);
        instr.operands(|operand| match operand {
            Operand::In(reg, _) => reads |= self.homes.set(reg),
            Operand::Out(reg, _) => writes |= self.homes.set(reg),
            Operand::InOut(reg) => {
                reads |= self.homes.set(reg);
                writes |= self.homes.set(reg);
            }
            Operand::Args(first) => window = first,
            Operand::Count(count) => {
                for position in 0..count {
                    reads |= self.homes.set(Reg(window.0 + position));
                }
            }
            _ => {}
        });
        (reads, writes)
    }
}

fn decode(function: &Function) -> (Vec<(Instr, u32)>, Vec<u32>) {
    let mut instrs = Vec::with_capacity(function.code.len());
    let mut index_of = vec![NOT_A_START; function.code.len()];
    let mut pc = 0;
    while pc < function.code.len() {
        let (instr, next) = Instr::decode(&function.code, pc).expect("verified code decodes");
        index_of[pc] = instrs.len() as u32;
        instrs.push((instr, pc as u32));
        pc = next;
    }
    (instrs, index_of)
}

/// How many loops surround each instruction: the span from a header to its last back edge counts. Empty
/// if there are no loops.
fn loop_depths(function: &Function, instrs: &[(Instr, u32)], index_of: &[u32]) -> Vec<u8> {
    if function.loops.is_empty() {
        return Vec::new();
    }
    let mut ends = vec![0_usize; function.loops.len()];
    for (index, (instr, _)) in instrs.iter().enumerate() {
        if let Some(id) = back_edge(instr) {
            ends[id as usize] = index + 1;
        }
    }
    let mut changes = vec![0_i32; instrs.len() + 1];
    for (info, &end) in function.loops.iter().zip(&ends) {
        let start = index_of[info.header as usize] as usize;
        if start < end {
            changes[start] += 1;
            changes[end] -= 1;
        }
    }
    let mut depth = 0;
    changes[..instrs.len()]
        .iter()
        .map(|change| {
            depth += change;
            depth.clamp(0, 255) as u8
        })
        .collect()
}

/// Whether an instruction only compares ints or references and branches.
fn is_comparison(instr: &Instr) -> bool {
    use Instr::{BrEqInt, BrEqIntImm, BrFalse, BrGeIntImm, BrGtIntImm, BrLeInt, BrLeIntImm};
    use Instr::{BrLtInt, BrLtIntImm, BrNeInt, BrNeIntImm, BrNotNull, BrNull, BrTrue};
    matches!(instr, BrTrue { .. } | BrFalse { .. } | BrNull { .. } | BrNotNull { .. })
        || matches!(instr, BrEqInt { .. } | BrNeInt { .. } | BrLtInt { .. } | BrLeInt { .. })
        || matches!(instr, BrEqIntImm { .. } | BrNeIntImm { .. } | BrLtIntImm { .. } | BrLeIntImm { .. })
        || matches!(instr, BrGtIntImm { .. } | BrGeIntImm { .. })
}

/// The loop whose back edge an instruction is.
pub(crate) fn back_edge(instr: &Instr) -> Option<u32> {
    match *instr {
        Instr::JumpLoop { loop_id, .. } | Instr::LoopUp { loop_id, .. } | Instr::LoopStep { loop_id, .. } => {
            Some(loop_id)
        }
        _ => None,
    }
}

/// The innermost handler of each instruction that may throw. Ranges come innermost first, so the
/// outer ones are written first and overwritten.
fn handlers(function: &Function, instrs: &[(Instr, u32)]) -> Vec<Option<u32>> {
    if function.handlers.is_empty() {
        return Vec::new();
    }
    let mut found = vec![None; instrs.len()];
    for (number, handler) in function.handlers.iter().enumerate().rev() {
        let start = instrs.partition_point(|(_, pc)| *pc < handler.start);
        let end = instrs.partition_point(|(_, pc)| *pc < handler.end);
        found[start..end].fill(Some(number as u32));
    }
    for (handler, (instr, _)) in found.iter_mut().zip(instrs) {
        if !instr.opcode().info().effects.has(Effects::Throws) {
            *handler = None;
        }
    }
    found
}
