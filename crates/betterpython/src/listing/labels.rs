//! Names of places in machine code, after the bytecode that they belong to.

use bp_baseline::Listed;
use iced_x86::{FlowControl, Instruction};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The places that branches name or that are entered from outside.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    names: BTreeMap<u64, String>,
}

impl Labels {
    /// Finds the labels of a function's code.
    pub(super) fn new(listed: &Listed, instructions: &[Instruction]) -> Self {
        let mut outside: BTreeMap<u64, String> = BTreeMap::new();
        for (kind, entries) in [("handler", &listed.code.handler_entries), ("osr", &listed.code.osr_entries)] {
            outside.extend(entries.iter().enumerate().map(|(number, at)| (u64::from(*at), format!("{kind}{number}"))));
        }
        let mut names = outside.clone();
        let mut seen: HashMap<String, u32> = HashMap::new();
        for target in branch_targets(instructions) {
            let (owner, is_start) = match outside.range(..=target).next_back() {
                Some((_, entry)) => (entry.clone(), false),
                None => owner(listed, target as u32),
            };
            if is_start {
                names.insert(target, owner);
                continue;
            }
            let number = seen.entry(owner.clone()).or_insert(0);
            *number += 1;
            names.insert(target, format!("{owner}.{number}"));
        }
        Self { names }
    }

    /// The name of the place at an offset.
    pub(super) fn at(&self, offset: u64) -> Option<&str> {
        self.names.get(&offset).map(String::as_str)
    }
}

/// Where branches lead, ascending.
fn branch_targets(instructions: &[Instruction]) -> BTreeSet<u64> {
    let is_branch = |instruction: &&Instruction| {
        matches!(instruction.flow_control(), FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch)
    };
    instructions.iter().filter(is_branch).map(Instruction::near_branch_target).collect()
}

/// What a place belongs to, and whether it is the start of that.
fn owner(listed: &Listed, offset: u32) -> (String, bool) {
    let behind = listed.positions.partition_point(|(start, _)| *start <= offset);
    let Some((start, pc)) = behind.checked_sub(1).map(|row| listed.positions[row]) else {
        return ("entry".to_owned(), false);
    };
    if offset >= listed.code.cold_offset {
        return (format!("{pc}.cold"), false);
    }
    // Of several instructions at one offset, all but the last are empty: branches lead to the first.
    let first = listed.positions.partition_point(|(at, _)| *at < start);
    (listed.positions[first].1.to_string(), start == offset)
}
