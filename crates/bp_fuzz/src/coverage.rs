//! Which instructions programs reach, in which tier, running, throwing, and under a collection.
//!
//! The counters are those of [`bp_isa::coverage`]. What no program can reach is in the tables here, with the
//! reason; everything else that was not reached is missing.

use crate::check::Reference;
use crate::modes;
use bp_isa::coverage::{Event, Tier, count};
use bp_isa::{Effects, Opcode};
use std::fmt;
use std::path::Path;

/// Instructions that cannot be reached at all yet.
const UNREACHABLE: &[(&str, &str)] = &[("trap", "lowering writes it only where an abstract method would be called")];

/// Instructions that cannot throw although their row says so.
const NEVER_THROW: &[(&str, &str)] = &[];

/// Instructions at which no collection finds a frame although their row allows it.
const NEVER_COLLECT: &[(&str, &str)] = &[("rethrow", "the error keeps its trace: nothing is allocated")];

/// What was not reached.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What should have been: instruction, tier, event.
    pub missing: Vec<(&'static str, Tier, Event)>,
    /// What cannot be: instruction, event, reason.
    pub impossible: Vec<(&'static str, Event, &'static str)>,
    /// How many combinations were reached.
    pub reached: usize,
}

/// Why an event cannot happen at an instruction.
fn impossible(opcode: Opcode, event: Event) -> Option<&'static str> {
    let info = opcode.info();
    let listed =
        |table: &[(&str, &'static str)]| table.iter().find(|(name, _)| *name == info.name).map(|(_, reason)| *reason);
    let throws = info.effects.has(Effects::Throws) || info.effects.has(Effects::Calls);
    let by_table = match event {
        Event::Ran => None,
        Event::Threw if !throws => Some("it does not throw"),
        Event::Collected if !throws && !info.effects.has(Effects::Allocates) => Some("it neither allocates nor throws"),
        Event::Threw => listed(NEVER_THROW),
        Event::Collected => listed(NEVER_COLLECT),
    };
    listed(UNREACHABLE).or(by_table)
}

/// What was reached so far.
pub fn table() -> Table {
    let mut table = Table::default();
    for opcode in Opcode::ALL {
        let name = opcode.info().name;
        for event in Event::ALL {
            let reason = impossible(*opcode, event);
            if let Some(reason) = reason {
                table.impossible.push((name, event, reason));
            }
            for tier in Tier::ALL {
                let count = count(tier, event, *opcode);
                // What began and never went on has not run.
                let reached = match event {
                    Event::Ran => count > throws_of(tier, *opcode),
                    Event::Threw | Event::Collected => count > 0,
                };
                if reached {
                    table.reached += 1;
                } else if reason.is_none() {
                    table.missing.push((name, tier, event));
                }
            }
        }
    }
    table
}

/// How often an instruction threw; 0 for those that do nothing else.
fn throws_of(tier: Tier, opcode: Opcode) -> u64 {
    let effects = opcode.info().effects;
    let only_throws = effects.has(Effects::Throws) && effects.has(Effects::Ends) && !effects.has(Effects::Branch);
    if only_throws { 0 } else { count(tier, Event::Threw, opcode) }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: Vec<(&str, Event)> = self.impossible.iter().map(|row| (row.2, row.1)).collect();
        reasons.sort_by_key(|(reason, event)| (*reason, *event as u8));
        reasons.dedup();
        for (reason, event) in reasons {
            let rows = self.impossible.iter().filter(|row| (row.2, row.1) == (reason, event));
            let names: Vec<&str> = rows.map(|row| row.0).collect();
            writeln!(f, "impossible: {event:?} ({reason}): {}", names.join(" "))?;
        }
        for (name, tier, event) in &self.missing {
            writeln!(f, "missing: {name} in {tier:?}: {event:?}")?;
        }
        writeln!(f, "{} reached, {} missing", self.reached, self.missing.len())
    }
}

/// Runs the program of a seed in all its modes.
pub fn run_seed(seed: u64) {
    run(&crate::program(seed), seed);
}

/// Runs the programs of a folder and those below.
pub fn run_files(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            run_files(&path);
        } else if path.extension().is_some_and(|extension| extension == "bp")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            run(&text, 0);
        }
    }
}

/// Runs a program in the modes that a seed draws; one that does not compile reaches nothing.
fn run(text: &str, seed: u64) {
    let Ok(reference) = Reference::new(text, &modes::all(seed)[0]) else { return };
    for mode in &modes::drawn(seed) {
        // Whether they agree is not the question here.
        reference.compare(mode);
    }
}
