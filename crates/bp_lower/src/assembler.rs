//! The instructions of one function under construction: labels, positions, handlers.
//!
//! Code that no path reaches is not emitted: after an instruction that never falls through,
//! emission is off until a label that something jumps to is bound.

use crate::constants::FIRST_POOL_REGISTER;
use bp_isa::program::{Function, Handler, LineEntry, LoopInfo};
use bp_isa::{Effects, Instr, Reg};
use bp_syntax::span::Span;

/// A place in the code that branches name before or after it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Label(i32);

impl Label {
    /// As the operand of a branch under construction.
    pub(crate) fn rel(self) -> i32 {
        self.0
    }

    /// The label in the operand of a branch under construction.
    pub(crate) fn from_rel(rel: i32) -> Label {
        Label(rel)
    }
}

/// A range of instructions protected by a handler that is being emitted.
pub(crate) struct Region {
    handler: Label,
    register: Reg,
    start: Option<usize>,
}

/// The most instructions one function may have; nested `finally` blocks are copied for each way
/// out, which grows exponentially with their depth.
pub(crate) const MAX_INSTRUCTIONS: usize = 1 << 21;

/// What is known about a label.
#[derive(Clone, Copy, Default)]
struct LabelState {
    position: Option<usize>,
    used: bool,
}

/// Collects instructions, then encodes them.
#[derive(Default)]
pub(crate) struct Assembler {
    pub(crate) instrs: Vec<(Instr, Span)>,
    prologue: Vec<Instr>,
    labels: Vec<LabelState>,
    loops: Vec<Label>,
    pub(crate) handlers: Vec<(usize, usize, Label, Reg)>,
    unreachable: bool,
    /// Where the instructions emitted next come from.
    pub(crate) span: Span,
}

impl Assembler {
    /// A label to be bound later.
    pub(crate) fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() as i32 - 1)
    }

    /// Binds a label to the next instruction.
    pub(crate) fn bind(&mut self, label: Label) {
        let position = self.instrs.len();
        let state = &mut self.labels[label.0 as usize];
        state.position = Some(position);
        if state.used {
            self.unreachable = false;
        }
    }

    /// A bound label here.
    pub(crate) fn here(&mut self) -> Label {
        let label = self.label();
        self.bind(label);
        label
    }

    /// Whether the next instruction can be reached.
    pub(crate) fn reachable(&self) -> bool {
        !self.unreachable
    }

    /// Whether the function has grown beyond all bounds.
    pub(crate) fn too_large(&self) -> bool {
        self.instrs.len() > MAX_INSTRUCTIONS
    }

    /// Appends an instruction; branch targets are labels ([`Label::rel`]).
    pub(crate) fn emit(&mut self, instr: Instr) {
        if self.unreachable || self.too_large() {
            return;
        }
        let effects = instr.opcode().info().effects;
        if effects.has(Effects::Branch) {
            let labels = std::cell::RefCell::new(&mut self.labels);
            let _ = instr.map_target(|label| {
                labels.borrow_mut()[label as usize].used = true;
                label
            });
        }
        self.instrs.push((instr, self.span));
        self.unreachable = effects.has(Effects::Ends);
    }

    /// Puts an instruction in front of the whole function.
    pub(crate) fn emit_prologue(&mut self, instr: Instr) {
        self.prologue.push(instr);
    }

    /// Declares a loop whose back edges jump to `header`.
    pub(crate) fn declare_loop(&mut self, header: Label) -> u32 {
        self.loops.push(header);
        self.loops.len() as u32 - 1
    }

    /// Starts a protected range.
    pub(crate) fn open_region(&mut self, handler: Label, register: Reg) -> Region {
        Region { handler, register, start: Some(self.instrs.len()) }
    }

    /// Interrupts a protected range: what follows is outside until [`Self::resume_region`].
    pub(crate) fn suspend_region(&mut self, region: &mut Region) {
        let end = self.instrs.len();
        if let Some(start) = region.start.take()
            && start < end
        {
            self.handlers.push((start, end, region.handler, region.register));
            self.labels[region.handler.0 as usize].used = true;
        }
    }

    /// Goes on with an interrupted range.
    pub(crate) fn resume_region(&mut self, region: &mut Region) {
        region.start = Some(self.instrs.len());
    }

    /// The final place of a register: `count` pool registers begin at `fixed`.
    pub(crate) fn placed(reg: Reg, fixed: u16, count: u16) -> Reg {
        match reg.0.checked_sub(FIRST_POOL_REGISTER) {
            Some(number) => Reg(fixed + number),
            None if reg.0 >= fixed => Reg(reg.0 + count),
            None => reg,
        }
    }

    /// Gives `count` pool registers their place from `fixed` on and moves the others up.
    pub(crate) fn place_pool(&mut self, fixed: u16, count: u16) {
        let place = |reg: Reg| Self::placed(reg, fixed, count);
        if count == 0 {
            return;
        }
        self.prologue.iter_mut().for_each(|instr| *instr = instr.map_registers(place));
        self.instrs.iter_mut().for_each(|(instr, _)| *instr = instr.map_registers(place));
        self.handlers.iter_mut().for_each(|(_, _, _, register)| *register = place(*register));
    }

    /// Number of the instruction that a label in use is bound to.
    pub(crate) fn position(&self, label: Label) -> usize {
        self.labels[label.0 as usize].position.expect("a label in use is bound")
    }

    /// Tells labels and protected ranges where instructions are now; ranges left empty vanish.
    pub(crate) fn move_positions(&mut self, moved: impl Fn(usize) -> usize) {
        for position in self.labels.iter_mut().filter_map(|label| label.position.as_mut()) {
            *position = moved(*position);
        }
        self.handlers.iter_mut().for_each(|(start, end, ..)| (*start, *end) = (moved(*start), moved(*end)));
        self.handlers.retain(|(start, end, ..)| start < end);
    }

    /// Word position of each instruction, and of the end.
    fn positions(&self) -> Vec<u32> {
        let mut at: u32 = self.prologue.iter().map(|i| i.opcode().info().words as u32).sum();
        let mut positions = Vec::with_capacity(self.instrs.len() + 1);
        for (instr, _) in &self.instrs {
            positions.push(at);
            at += instr.opcode().info().words as u32;
        }
        positions.push(at);
        positions
    }

    /// Encodes everything into `function`; `locate` gives line and column of a span's start.
    pub(crate) fn finish(mut self, function: &mut Function, mut locate: impl FnMut(Span) -> (u32, u32)) {
        self.shorten_jumps();
        let positions = self.positions();
        let target = |label: Label| positions[self.position(label)];
        function.code = Vec::with_capacity(positions[self.instrs.len()] as usize);
        let mut push = |instr: Instr| {
            let (words, count) = instr.encode();
            function.code.extend_from_slice(&words[..count]);
        };
        self.prologue.iter().for_each(|instr| push(*instr));
        let mut last_span = None;
        for (index, (instr, span)) in self.instrs.iter().enumerate() {
            let next = i64::from(positions[index + 1]);
            push(instr.map_target(|label| (i64::from(target(Label(label))) - next) as i32));
            if last_span != Some(*span) {
                last_span = Some(*span);
                let (line, column) = locate(*span);
                let pc = if function.lines.is_empty() { 0 } else { positions[index] };
                function.lines.push(LineEntry { pc, line, column });
            }
        }
        function.loops = self.loops.iter().map(|header| LoopInfo { header: self.bound(*header, &positions) }).collect();
        function.handlers = self
            .handlers
            .iter()
            .map(|&(start, end, handler, register)| Handler {
                start: positions[start],
                end: positions[end],
                target: target(handler),
                register: register.0,
            })
            .collect();
    }

    /// Where a label lies; the end of the function for one that dead code left unbound.
    fn bound(&self, label: Label, positions: &[u32]) -> u32 {
        let position = self.labels[label.0 as usize].position.unwrap_or(self.instrs.len());
        positions[position.min(self.instrs.len().saturating_sub(1))]
    }
}
