//! What the compiler learns of a function before it emits code: instructions, branch targets, loop
//! depths, homes, and which homes are live before each instruction.
//!
//! Sets of homes fit a word, and the shapes of instructions say where their registers are, so that going
//! over a function costs a few steps per instruction. Everything is kept from function to function for
//! the sake of its memory.

use crate::homes::{HomeSet, Homes};
use bp_isa::instr::ops;
use bp_isa::program::Function;
use bp_isa::{Effects, Opcode, Reg, Shape};

/// A function, taken apart.
#[derive(Default)]
pub(crate) struct Analysis {
    /// The instructions, and one row behind them, before which nothing is live: what does not branch
    /// leads there.
    rows: Vec<Row>,
    /// Number of the instruction at each word position where one begins; elsewhere anything.
    index_of: Vec<u32>,
    /// The homes.
    pub(crate) homes: Homes,
    /// Innermost handler of each instruction, if it may throw: position in the function's table. Empty
    /// if the function has none.
    handler: Vec<Option<u32>>,
    /// Where ways back lead to, and what the last round of the data flow has found there.
    back: Vec<(u32, HomeSet)>,
    /// Behind the last back edge of each loop.
    loop_ends: Vec<u32>,
}

/// An instruction.
#[derive(Clone, Copy, Default)]
pub(crate) struct Row {
    /// Its word position.
    pub(crate) pc: u32,
    /// Number of the instruction that it branches to.
    target: u32,
    /// Homes that it reads.
    reads: HomeSet,
    /// Homes that it does not write.
    keeps: HomeSet,
    /// All homes if control may go on behind it, else none.
    falls: HomeSet,
    /// Homes live before it.
    pub(crate) live: HomeSet,
    /// How many more loops surround it than the one before.
    deeper: i32,
    /// Whether a branch or handler leads to it.
    pub(crate) is_target: bool,
}

impl Row {
    /// Whether control may go on behind it.
    pub(crate) fn falls(&self) -> bool {
        self.falls != 0
    }
}

impl Analysis {
    /// Takes a verified function apart.
    pub(crate) fn run(&mut self, function: &Function) {
        self.decode(function);
        self.find_targets(function);
        self.find_loops(function);
        self.choose_homes(function);
        self.find_handlers(function);
        self.find_live(function);
    }

    /// The instructions.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows[..self.count()]
    }

    /// How many instructions there are.
    fn count(&self) -> usize {
        self.rows.len() - 1
    }

    /// Number of the instruction at a word position.
    pub(crate) fn index_at(&self, pc: u32) -> usize {
        self.index_of[pc as usize] as usize
    }

    /// Word position of instruction `index`.
    pub(crate) fn pc(&self, index: usize) -> usize {
        self.rows[index].pc as usize
    }

    /// Number of the instruction that instruction `index` branches to.
    pub(crate) fn target(&self, index: usize) -> Option<usize> {
        let target = self.rows[index].target as usize;
        if target == self.count() { None } else { Some(target) }
    }

    /// Finds the instructions. Targets are word positions yet.
    fn decode(&mut self, function: &Function) {
        let code = &function.code;
        let end = code.len();
        self.rows.clear();
        self.rows.reserve(end + 1);
        if self.index_of.len() <= end {
            self.index_of.resize(end + 1, 0);
        }
        let mut pc = 0;
        while pc < end {
            let shape = Shape::of(code[pc]);
            let target = shape.target(code, pc).unwrap_or(end as u32);
            let falls = if shape.effects.has(Effects::Ends) { 0 } else { HomeSet::MAX };
            self.index_of[pc] = self.rows.len() as u32;
            self.rows.push(Row { pc: pc as u32, target, falls, ..Row::default() });
            pc += usize::from(shape.words);
        }
        self.index_of[end] = self.rows.len() as u32;
        self.rows.push(Row { pc: end as u32, target: end as u32, ..Row::default() });
    }

    /// Where each instruction branches to, and so which ones are branched to; the back edges of loops.
    fn find_targets(&mut self, function: &Function) {
        self.back.clear();
        self.loop_ends.clear();
        self.loop_ends.resize(function.loops.len(), 0);
        for index in 0..self.rows.len() {
            let target = self.index_of[self.rows[index].target as usize];
            self.rows[index].target = target;
            self.rows[target as usize].is_target = true;
            if target as usize <= index && index < self.count() {
                self.back.push((target, 0));
                self.find_back_edge(function, index);
            }
        }
        for handler in &function.handlers {
            let target = self.index_at(handler.target);
            self.rows[target].is_target = true;
            self.back.push((target as u32, 0));
        }
        for info in &function.loops {
            let header = self.index_at(info.header);
            self.rows[header].is_target = true;
        }
    }

    /// What is to know of instruction `index`, which branches back.
    fn find_back_edge(&mut self, function: &Function, index: usize) {
        let pc = self.pc(index);
        let second = || function.code[pc + 1];
        let first = function.code[pc];
        let id = match function.opcode_at(pc) {
            Opcode::JumpLoop => ops::JumpLoop::decode(first, second).loop_id,
            Opcode::LoopUp => ops::LoopUp::decode(first, second).loop_id,
            Opcode::LoopStep => ops::LoopStep::decode(first, second).loop_id,
            _ => return,
        };
        self.loop_ends[id as usize] = index as u32 + 1;
        if self.is_turned(function, index) {
            let header = self.rows[index].target as usize;
            self.rows[header + 1].is_target = true;
        }
    }

    /// Whether instruction `index` is the back edge of a loop that begins with its condition, one
    /// comparison: the comparison is then made at the loop's end as well.
    pub(crate) fn is_turned(&self, function: &Function, index: usize) -> bool {
        let header = self.rows[index].target as usize;
        let is_back_edge = header <= index && function.opcode_at(self.pc(index)) == Opcode::JumpLoop;
        is_back_edge && is_comparison(function.opcode_at(self.pc(header)))
    }

    /// Where loops begin and end: the span from a header to its last back edge counts.
    fn find_loops(&mut self, function: &Function) {
        for (info, &end) in function.loops.iter().zip(&self.loop_ends) {
            let start = self.index_of[info.header as usize];
            if start < end {
                self.rows[start as usize].deeper += 1;
                self.rows[end as usize].deeper -= 1;
            }
        }
    }

    /// Chooses homes by weighted use: a use in a loop counts eight times one outside.
    fn choose_homes(&mut self, function: &Function) {
        self.homes.begin(function);
        let mut depth = 0;
        for row in &self.rows[..self.rows.len() - 1] {
            depth += row.deeper;
            self.homes.count(function, function.code[row.pc as usize], row.pc, 1 << (3 * depth.clamp(0, 6)));
        }
        self.homes.assign(function);
    }

    /// Backward data flow to a fixed point; loops settle after a few rounds.
    fn find_live(&mut self, function: &Function) {
        self.find_flows(function);
        self.find_live_once(function);
        // What a round has assumed of ways back must be what it found.
        loop {
            let mut is_settled = true;
            for (target, assumed) in &mut self.back {
                let found = self.rows[*target as usize].live;
                is_settled &= *assumed == found;
                *assumed = found;
            }
            if is_settled {
                return;
            }
            self.find_live_once(function);
        }
    }

    /// What each instruction does to the homes.
    fn find_flows(&mut self, function: &Function) {
        let code = &function.code;
        let count = self.count();
        for row in &mut self.rows[..count] {
            let first = code[row.pc as usize];
            let shape = Shape::of(first);
            let sets = Shape::slots(first).map(|reg| self.homes.set(reg));
            let masked =
                |mask: [i8; 3]| (0..3).fold(0, |set, slot| set | sets[slot] & i32::from(mask[slot]).cast_unsigned());
            row.reads = masked(shape.reads);
            row.keeps = !masked(shape.writes);
            if shape.has_window {
                let (args, count) = Shape::window(first);
                row.reads |= self.homes.set_of_window(args, count);
                if shape.reads_second {
                    row.reads |= self.homes.set(Reg(code[row.pc as usize + 1] as u16));
                }
            }
        }
    }

    fn find_live_once(&mut self, function: &Function) {
        let mut next = 0;
        for index in (0..self.count()).rev() {
            let row = self.rows[index];
            let after = next & row.falls | self.rows[row.target as usize].live;
            next = after & row.keeps | row.reads | self.live_in_handler(function, index);
            self.rows[index].live = next;
        }
    }

    /// Homes live behind instruction `index`.
    pub(crate) fn live_after(&self, index: usize) -> HomeSet {
        let row = &self.rows[index];
        self.rows[index + 1].live & row.falls | self.rows[row.target as usize].live
    }

    /// Homes that the handler of an instruction needs, if it can get there.
    #[inline]
    pub(crate) fn live_in_handler(&self, function: &Function, index: usize) -> HomeSet {
        let Some(&Some(number)) = self.handler.get(index) else { return 0 };
        let handler = &function.handlers[number as usize];
        self.rows[self.index_at(handler.target)].live & !self.homes.set(Reg(handler.register))
    }

    /// Homes that instruction `index` reads.
    pub(crate) fn reads(&self, index: usize) -> HomeSet {
        self.rows[index].reads
    }

    /// The innermost handler of each instruction that may throw. Ranges come innermost first, so the
    /// outer ones are written first and overwritten.
    fn find_handlers(&mut self, function: &Function) {
        self.handler.clear();
        if function.handlers.is_empty() {
            return;
        }
        let rows = &self.rows[..self.rows.len() - 1];
        self.handler.resize(rows.len(), None);
        for (number, handler) in function.handlers.iter().enumerate().rev() {
            let start = rows.partition_point(|row| row.pc < handler.start);
            let end = rows.partition_point(|row| row.pc < handler.end);
            self.handler[start..end].fill(Some(number as u32));
        }
        for (handler, row) in self.handler.iter_mut().zip(rows) {
            if !Shape::of(function.code[row.pc as usize]).effects.has(Effects::Throws) {
                *handler = None;
            }
        }
    }
}

/// Whether an instruction only compares ints or references and branches.
fn is_comparison(opcode: Opcode) -> bool {
    use Opcode::{BrEqInt, BrEqIntImm, BrFalse, BrGeIntImm, BrGtIntImm, BrLeInt, BrLeIntImm};
    use Opcode::{BrLtInt, BrLtIntImm, BrNeInt, BrNeIntImm, BrNotNull, BrNull, BrTrue};
    matches!(opcode, BrTrue | BrFalse | BrNull | BrNotNull | BrEqInt | BrNeInt | BrLtInt | BrLeInt)
        || matches!(opcode, BrEqIntImm | BrNeIntImm | BrLtIntImm | BrLeIntImm | BrGtIntImm | BrGeIntImm)
}
