//! Which instruction did what in which tier: counters for whoever tests the machine.
//!
//! Without the feature `coverage` [`ON`] is `false`, and nothing is left of the questions and counters. With it
//! the counters are those of the whole process.

use crate::instr::Opcode;

/// Whether anything is counted.
pub const ON: bool = cfg!(feature = "coverage");

/// Where a frame runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tier {
    /// In the interpreter.
    Interpreter,
    /// In code of the baseline compiler that was called.
    Baseline,
    /// In such code that was entered in the middle of a loop.
    Osr,
}

/// What happened at an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// It began.
    Ran,
    /// An exception arose at it, or came out of what it called.
    Threw,
    /// A collection ran while a frame stood at it.
    Collected,
}

impl Tier {
    /// All of them.
    pub const ALL: [Tier; 3] = [Tier::Interpreter, Tier::Baseline, Tier::Osr];
}

impl Event {
    /// All of them.
    pub const ALL: [Event; 3] = [Event::Ran, Event::Threw, Event::Collected];
}

#[cfg(feature = "coverage")]
mod counters {
    use super::{Event, Tier};
    use crate::instr::Opcode;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// By event, tier, and opcode.
    static COUNTS: [[[AtomicU64; Opcode::ALL.len()]; 3]; 3] =
        [const { [const { [const { AtomicU64::new(0) }; Opcode::ALL.len()] }; 3] }; 3];

    pub fn note(tier: Tier, event: Event, opcode: Opcode) {
        COUNTS[event as usize][tier as usize][opcode as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub fn count(tier: Tier, event: Event, opcode: Opcode) -> u64 {
        COUNTS[event as usize][tier as usize][opcode as usize].load(Ordering::Relaxed)
    }

    pub fn address(tier: Tier) -> u64 {
        COUNTS[Event::Ran as usize][tier as usize].as_ptr().expose_provenance() as u64
    }
}

#[cfg(not(feature = "coverage"))]
mod counters {
    use super::{Event, Tier};
    use crate::instr::Opcode;

    #[inline(always)]
    pub fn note(_: Tier, _: Event, _: Opcode) {}

    pub fn count(_: Tier, _: Event, _: Opcode) -> u64 {
        0
    }

    #[inline(always)]
    pub fn address(_: Tier) -> u64 {
        0
    }
}

/// Counts an event.
#[inline(always)]
pub fn note(tier: Tier, event: Event, opcode: Opcode) {
    counters::note(tier, event, opcode);
}

/// How often something happened so far; 0 if nothing is counted.
pub fn count(tier: Tier, event: Event, opcode: Opcode) -> u64 {
    counters::count(tier, event, opcode)
}

/// Address of a tier's counters of [`Event::Ran`], by opcode, for machine code that counts itself.
#[inline(always)]
pub fn address(tier: Tier) -> u64 {
    counters::address(tier)
}
