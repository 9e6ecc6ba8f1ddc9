//! Shortcuts between jumps, made when a function is complete.
//!
//! A branch to a jump goes where the jump goes. A branch over a jump becomes the opposite branch to
//! where the jump goes. What nothing reaches any more, and jumps to the next instruction, are removed.

use crate::assembler::{Assembler, Label};
use bp_isa::{Effects, Instr};

/// The most jumps that a branch is led through.
const MAX_HOPS: usize = 8;

impl Assembler {
    /// Makes the shortcuts; positions of labels and protected ranges follow.
    pub(crate) fn shorten_jumps(&mut self) {
        self.lead_through();
        let mut kept = self.reached();
        self.turn_around(&mut kept);
        self.drop_jumps_to_next(&mut kept);
        self.keep_only(&kept);
    }

    fn jump_at(&self, position: usize) -> Option<Label> {
        match self.instrs.get(position)?.0 {
            Instr::Jump { target } => Some(Label::from_rel(target)),
            _ => None,
        }
    }

    fn target(instr: &Instr) -> Option<Label> {
        let found = std::cell::Cell::new(None);
        let _ = instr.map_target(|label| {
            found.set(Some(Label::from_rel(label)));
            label
        });
        found.get()
    }

    /// Where a jump to `label` ends up.
    fn destination(&self, mut label: Label) -> Label {
        for _ in 0..MAX_HOPS {
            match self.jump_at(self.position(label)) {
                Some(next) => label = next,
                None => break,
            }
        }
        label
    }

    fn lead_through(&mut self) {
        for index in 0..self.instrs.len() {
            let instr = self.instrs[index].0;
            // A back edge goes to its loop's header, whatever is there.
            if instr.opcode().info().effects.has(Effects::Throws) {
                continue;
            }
            let Some(label) = Self::target(&instr) else { continue };
            let end = self.destination(label);
            if self.position(end) > index {
                self.instrs[index].0 = instr.map_target(|_| end.rel());
            }
            self.become_back_edge(index, end);
        }
    }

    /// A jump to the back edge of a loop around it becomes that back edge. Not under handlers:
    /// a back edge may throw.
    fn become_back_edge(&mut self, index: usize, end: Label) {
        let is_jump = self.jump_at(index).is_some();
        let Some((back @ Instr::JumpLoop { target, .. }, span)) = self.instrs.get(self.position(end)).copied() else {
            return;
        };
        if is_jump && self.handlers.is_empty() && self.position(Label::from_rel(target)) <= index {
            self.instrs[index] = (back, span);
        }
    }

    /// Which instructions some path reaches; handlers count as reached.
    fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.instrs.len()];
        let mut work = vec![0];
        work.extend(self.handlers.iter().map(|(_, _, handler, _)| self.position(*handler)));
        while let Some(mut position) = work.pop() {
            while position < reached.len() && !std::mem::replace(&mut reached[position], true) {
                let instr = &self.instrs[position].0;
                work.extend(Self::target(instr).map(|label| self.position(label)));
                if instr.opcode().info().effects.has(Effects::Ends) {
                    break;
                }
                position += 1;
            }
        }
        reached
    }

    /// Branches over a jump.
    fn turn_around(&mut self, kept: &mut [bool]) {
        let mut entered = vec![false; self.instrs.len() + 1];
        let live = self.instrs.iter().zip(&*kept).filter(|(_, kept)| **kept);
        let targets = live.filter_map(|((instr, _), _)| Self::target(instr));
        let handlers = self.handlers.iter().map(|(_, _, handler, _)| *handler);
        targets.chain(handlers).for_each(|label| entered[self.position(label)] = true);
        for index in 0..self.instrs.len().saturating_sub(1) {
            let over = index + 1;
            let (Some(jump), Some(opposite)) = (self.jump_at(over), opposite(&self.instrs[index].0)) else { continue };
            let target = Self::target(&self.instrs[index].0).expect("a branch has a target");
            let behind = (over + 1..self.instrs.len()).find(|position| kept[*position]);
            if kept[index] && kept[over] && !entered[over] && behind == Some(self.position(target)) {
                self.instrs[index].0 = opposite.map_target(|_| jump.rel());
                kept[over] = false;
            }
        }
    }

    fn drop_jumps_to_next(&self, kept: &mut [bool]) {
        let mut next = self.instrs.len();
        for index in (0..self.instrs.len()).rev() {
            let target = self.jump_at(index).map(|label| self.position(label));
            if kept[index] && target.is_some_and(|target| target > index && target <= next) {
                kept[index] = false;
            }
            if kept[index] {
                next = index;
            }
        }
    }

    fn keep_only(&mut self, kept: &[bool]) {
        let mut moved = Vec::with_capacity(kept.len() + 1);
        let mut count = 0;
        for kept in kept {
            moved.push(count);
            count += usize::from(*kept);
        }
        moved.push(count);
        let mut position = 0;
        self.instrs.retain(|_| {
            position += 1;
            kept[position - 1]
        });
        self.move_positions(|position| moved[position]);
    }
}

/// The branch with the opposite condition, if there is one.
fn opposite(instr: &Instr) -> Option<Instr> {
    Some(match *instr {
        Instr::BrTrue { cond, target } => Instr::BrFalse { cond, target },
        Instr::BrFalse { cond, target } => Instr::BrTrue { cond, target },
        Instr::BrEqInt { lhs, rhs, target } => Instr::BrNeInt { lhs, rhs, target },
        Instr::BrNeInt { lhs, rhs, target } => Instr::BrEqInt { lhs, rhs, target },
        Instr::BrLtInt { lhs, rhs, target } => Instr::BrLeInt { lhs: rhs, rhs: lhs, target },
        Instr::BrLeInt { lhs, rhs, target } => Instr::BrLtInt { lhs: rhs, rhs: lhs, target },
        Instr::BrEqIntImm { lhs, imm, target } => Instr::BrNeIntImm { lhs, imm, target },
        Instr::BrNeIntImm { lhs, imm, target } => Instr::BrEqIntImm { lhs, imm, target },
        Instr::BrLtIntImm { lhs, imm, target } => Instr::BrGeIntImm { lhs, imm, target },
        Instr::BrGeIntImm { lhs, imm, target } => Instr::BrLtIntImm { lhs, imm, target },
        Instr::BrLeIntImm { lhs, imm, target } => Instr::BrGtIntImm { lhs, imm, target },
        Instr::BrGtIntImm { lhs, imm, target } => Instr::BrLeIntImm { lhs, imm, target },
        Instr::BrEqFloat { lhs, rhs, target } => Instr::BrNeFloat { lhs, rhs, target },
        Instr::BrNeFloat { lhs, rhs, target } => Instr::BrEqFloat { lhs, rhs, target },
        Instr::BrLtFloat { lhs, rhs, target } => Instr::BrNltFloat { lhs, rhs, target },
        Instr::BrNltFloat { lhs, rhs, target } => Instr::BrLtFloat { lhs, rhs, target },
        Instr::BrLeFloat { lhs, rhs, target } => Instr::BrNleFloat { lhs, rhs, target },
        Instr::BrNleFloat { lhs, rhs, target } => Instr::BrLeFloat { lhs, rhs, target },
        Instr::BrNull { src, target } => Instr::BrNotNull { src, target },
        Instr::BrNotNull { src, target } => Instr::BrNull { src, target },
        _ => return None,
    })
}
