//! Which registers are live at the borders of blocks.
//!
//! Only registers that some block reads before it writes them can be live at a border; the others
//! are no matter of this module. The equations are solved for 64 registers at a time, one word per
//! block: time grows with blocks × registers / 64, memory with the code.

use super::blocks::{Blocks, instructions, written_behind};
use crate::Instr;
use crate::instr::Effects;
use crate::operand::{Operand, Reg};
use crate::program::Function;

/// Registers solved for together.
pub(crate) const GROUP: usize = 64;

/// What a block does with a register.
#[derive(Clone, Copy)]
pub(crate) struct Event {
    pub(crate) reg: u16,
    flags: u8,
    pub(crate) block: u32,
}

impl Event {
    /// Reads it before writing it.
    const READ: u8 = 1;
    /// Writes it.
    const WRITTEN: u8 = 2;
    /// Writes it before its first instruction that throws.
    const WRITTEN_FIRST: u8 = 4;
    /// Gives it to a call after having written it last.
    const LOST: u8 = 8;

    pub(crate) fn reads(self) -> bool {
        self.flags & Self::READ != 0
    }
    pub(crate) fn writes(self) -> bool {
        self.flags & Self::WRITTEN != 0
    }
    pub(crate) fn writes_first(self) -> bool {
        self.flags & Self::WRITTEN_FIRST != 0
    }
}

/// A read of a register whose value a call has destroyed.
pub(crate) struct ReadAfterCall {
    pub(crate) pc: u32,
    pub(crate) reg: u16,
}

/// What the blocks do with registers, of those that can be live at a border.
pub(crate) struct Facts {
    /// By register, then by block.
    pub(crate) events: Vec<Event>,
    /// The registers, ascending.
    pub(crate) registers: Vec<u16>,
    /// Per block the first register that a call in it destroys; `u16::MAX` if there is none.
    pub(crate) destroyed: Vec<u16>,
}

/// Calls `see` with each register that an instruction reads.
pub(crate) fn reads(instr: &Instr, mut see: impl FnMut(u16)) {
    let mut window = 0;
    instr.operands(|operand| match operand {
        Operand::In(reg, _) | Operand::InOut(reg) => see(reg.0),
        Operand::Args(reg) => window = reg.0,
        Operand::Count(count) => (0..count).for_each(|index| see(window + index)),
        Operand::Out(..) | Operand::Imm(_) | Operand::Rel(_) | Operand::Number(..) => {}
    });
}

/// Calls `see` with each register that an instruction writes whichever way it is left.
pub(crate) fn writes(instr: &Instr, mut see: impl FnMut(u16)) {
    let conditional = written_behind(instr);
    instr.operands(|operand| match operand {
        Operand::Out(reg, _) if reg.is_some() && Some(reg) != conditional => see(reg.0),
        Operand::InOut(reg) => see(reg.0),
        _ => {}
    });
}

/// The first register that a call destroys.
fn destroys(instr: &Instr) -> Option<Reg> {
    if !instr.opcode().info().effects.has(Effects::Calls) {
        return None;
    }
    let mut first = None;
    instr.operands(|operand| {
        if let Operand::Args(reg) = operand {
            first = Some(reg);
        }
    });
    first
}

/// Collects events block by block.
struct Collector<'f, W> {
    wanted: W,
    function: &'f Function,
    events: Vec<Event>,
    destroyed: Vec<u16>,
    /// Per register one more than its latest event.
    latest: Vec<u32>,
    /// Per register the time of the latest write.
    written_at: Vec<u32>,
    /// Calls of this block by ascending window and time; each hides those with a higher window before it.
    calls: Vec<(u16, u32)>,
    time: u32,
    /// The first event of this block.
    first: usize,
}

impl Facts {
    /// Looks at every instruction for the registers that are `wanted`.
    pub(crate) fn collect(
        function: &Function,
        blocks: &Blocks,
        wanted: impl Fn(u16) -> bool,
    ) -> Result<Facts, ReadAfterCall> {
        let count = function.registers.len();
        let mut collector = Collector {
            wanted,
            function,
            events: Vec::new(),
            destroyed: vec![u16::MAX; blocks.rows.len()],
            latest: vec![0; count],
            written_at: vec![0; count],
            calls: Vec::new(),
            time: 0,
            first: 0,
        };
        for number in 0..blocks.rows.len() {
            collector.block(blocks, number)?;
        }
        let Collector { mut events, destroyed, .. } = collector;
        let mut crosses = vec![false; count];
        events.iter().filter(|event| event.reads()).for_each(|event| crosses[usize::from(event.reg)] = true);
        events.retain(|event| crosses[usize::from(event.reg)]);
        events.sort_unstable_by_key(|event| (event.reg, event.block));
        let registers = (0..count as u16).filter(|reg| crosses[usize::from(*reg)]).collect();
        Ok(Facts { events, registers, destroyed })
    }

    /// Number of groups.
    pub(crate) fn groups(&self) -> usize {
        self.registers.len().div_ceil(GROUP)
    }

    /// What `block` does with a register.
    pub(crate) fn event(&self, reg: u16, block: u32) -> Option<Event> {
        let found = self.events.binary_search_by_key(&(reg, block), |event| (event.reg, event.block));
        found.ok().map(|index| self.events[index])
    }
}

impl<W: Fn(u16) -> bool> Collector<'_, W> {
    fn block(&mut self, blocks: &Blocks, number: usize) -> Result<(), ReadAfterCall> {
        let block = &blocks.rows[number];
        self.first = self.events.len();
        self.calls.clear();
        let mut thrown = false;
        if let Some(reg) = block.writes {
            self.time += 1;
            self.write(reg.0, number, true);
        }
        for (pc, instr) in instructions(&self.function.code, block.start, block.end) {
            self.time += 1;
            let mut lost = None;
            reads(&instr, |reg| {
                if (self.wanted)(reg) && !self.read(reg, number) {
                    lost = Some(reg);
                }
            });
            if let Some(reg) = lost {
                return Err(ReadAfterCall { pc, reg });
            }
            thrown |= instr.opcode().info().effects.has(Effects::Throws);
            if let Some(window) = destroys(&instr) {
                self.destroyed[number] = self.destroyed[number].min(window.0);
                while self.calls.last().is_some_and(|(earlier, _)| *earlier >= window.0) {
                    self.calls.pop();
                }
                self.calls.push((window.0, self.time));
            }
            writes(&instr, |reg| self.write(reg, number, !thrown));
        }
        for index in self.first..self.events.len() {
            let event = self.events[index];
            if event.writes() && self.destroyed_at(event.reg) > self.written_at[usize::from(event.reg)] {
                self.events[index].flags |= Event::LOST;
            }
        }
        Ok(())
    }

    /// When the latest call of the block destroyed a register; 0 if none has.
    fn destroyed_at(&self, reg: u16) -> u32 {
        let below = self.calls.partition_point(|(window, _)| *window <= reg);
        below.checked_sub(1).map_or(0, |index| self.calls[index].1)
    }

    /// Notes a read; false if a call has destroyed the value.
    fn read(&mut self, reg: u16, block: usize) -> bool {
        let written = self.event(reg).is_some_and(|event| event.writes());
        let since = if written { self.written_at[usize::from(reg)] } else { 0 };
        if self.destroyed_at(reg) > since {
            return false;
        }
        if !written {
            self.note(reg, block, Event::READ);
        }
        true
    }

    fn write(&mut self, reg: u16, block: usize, first: bool) {
        if (self.wanted)(reg) {
            self.written_at[usize::from(reg)] = self.time;
            self.note(reg, block, Event::WRITTEN | if first { Event::WRITTEN_FIRST } else { 0 });
        }
    }

    /// The event of this block for a register.
    fn event(&mut self, reg: u16) -> Option<&mut Event> {
        let index = (self.latest[usize::from(reg)] as usize).checked_sub(1)?;
        if index < self.first { None } else { self.events.get_mut(index) }
    }

    fn note(&mut self, reg: u16, block: usize, flags: u8) {
        match self.event(reg) {
            Some(event) => event.flags |= flags,
            None => {
                self.events.push(Event { reg, flags, block: block as u32 });
                self.latest[usize::from(reg)] = self.events.len() as u32;
            }
        }
    }
}

/// A block's sets, one bit per register of the group.
#[derive(Clone, Copy, Default)]
pub(crate) struct Row {
    read: u64,
    written: u64,
    written_first: u64,
    lost: u64,
    /// Live at its start.
    pub(crate) live_in: u64,
    /// Live at its end.
    pub(crate) live_out: u64,
    /// Live in its handler, the handler's own register left out.
    pub(crate) live_thrown: u64,
}

/// Solves one group of registers after the other.
pub(crate) struct Solver<'a> {
    function: &'a Function,
    blocks: &'a Blocks,
    facts: &'a Facts,
    rows: Vec<Row>,
    waiting: Vec<bool>,
}

impl<'a> Solver<'a> {
    pub(crate) fn new(function: &'a Function, blocks: &'a Blocks, facts: &'a Facts) -> Self {
        let count = blocks.rows.len();
        Self { function, blocks, facts, rows: vec![Row::default(); count], waiting: vec![false; count] }
    }

    /// The registers of a group.
    pub(crate) fn registers(&self, group: usize) -> &'a [u16] {
        let all = &self.facts.registers;
        &all[group * GROUP..all.len().min((group + 1) * GROUP)]
    }

    /// The sets of every block for a group of registers.
    pub(crate) fn solve(&mut self, group: usize) -> &[Row] {
        let registers = self.registers(group);
        self.rows.fill(Row::default());
        let events = &self.facts.events;
        let mut index = events.partition_point(|event| event.reg < registers[0]);
        for (bit, reg) in registers.iter().enumerate() {
            while let Some(event) = events.get(index).filter(|event| event.reg == *reg) {
                let row = &mut self.rows[event.block as usize];
                row.read |= u64::from(event.flags & Event::READ != 0) << bit;
                row.written |= u64::from(event.flags & Event::WRITTEN != 0) << bit;
                row.written_first |= u64::from(event.flags & Event::WRITTEN_FIRST != 0) << bit;
                row.lost |= u64::from(event.flags & Event::LOST != 0) << bit;
                index += 1;
            }
        }
        let mut work: Vec<u32> = (0..self.rows.len() as u32).filter(|b| self.rows[*b as usize].read != 0).collect();
        work.iter().for_each(|block| self.waiting[*block as usize] = true);
        while let Some(block) = work.pop() {
            self.waiting[block as usize] = false;
            self.step(block as usize, registers, &mut work);
        }
        &self.rows
    }

    /// Brings a block's start up to date and passes on what is new.
    fn step(&mut self, block: usize, registers: &[u16], work: &mut Vec<u32>) {
        let row = &mut self.rows[block];
        let live = row.read | row.live_out & !row.written | row.live_thrown & !row.written_first;
        if live == row.live_in {
            return;
        }
        row.live_in = live;
        for &earlier in self.blocks.before(block) {
            let row = &mut self.rows[earlier as usize];
            if row.live_out | live != row.live_out {
                row.live_out |= live;
                if !std::mem::replace(&mut self.waiting[earlier as usize], true) {
                    work.push(earlier);
                }
            }
        }
        for &thrower in self.blocks.throwing_to(block) {
            let (number, _) = self.blocks.rows[thrower as usize].handler.expect("it throws to a handler");
            let caught = registers.binary_search(&self.function.handlers[number as usize].register);
            let passed = live & !caught.map_or(0, |bit| 1 << bit);
            let row = &mut self.rows[thrower as usize];
            if row.live_thrown | passed != row.live_thrown {
                row.live_thrown |= passed;
                if !std::mem::replace(&mut self.waiting[thrower as usize], true) {
                    work.push(thrower);
                }
            }
        }
    }

    /// The registers of the group that are live although a call in the block has destroyed them.
    pub(crate) fn live_but_destroyed(&self, group: usize, block: usize) -> u64 {
        let row = &self.rows[block];
        let below = self.registers(group).partition_point(|reg| *reg < self.facts.destroyed[block]);
        let destroyed = if below < GROUP { u64::MAX << below } else { 0 };
        row.live_out & (destroyed & !row.written | row.lost) | row.live_thrown & destroyed
    }
}
