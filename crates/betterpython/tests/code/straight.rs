//! What straight paths may do.

use betterpython::COLD;
use bp_isa::Opcode;
use std::collections::BTreeSet;

/// Instructions that call something on their straight path: code of the program or of the library,
/// or a helper.
const CALLERS: &[&str] = &[
    // Functions.
    "call",
    "call_value",
    "call_virtual",
    "call_builtin",
    // Ways out.
    "throw",
    "rethrow",
    "trap",
    // Loops over bits and digits, and mathematics.
    "pow_int",
    "rem_float",
    "pow_float",
    "round_float",
    // Content of objects.
    "eq_value",
    "compare_value",
    "to_str",
    "str_concat",
    "str_concat_all",
    // Containers.
    "new_map",
    "map_next",
    "map_get_int",
    "map_get_str",
    "map_get_any",
    "map_set_int",
    "map_set_str",
    "map_set_any",
    "map_has_int",
    "map_has_str",
    "map_has_any",
];

/// Each bytecode instruction of the listings with the machine code beneath it.
fn instructions(listings: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut straight = false;
    for line in listings.lines() {
        if let Some(code) = line.strip_prefix("           ") {
            if straight && let Some((_, beneath)) = found.last_mut() {
                beneath.push(code);
            }
        } else if line == COLD {
            straight = false;
        } else if let Some((name, _)) = bytecode(line) {
            found.push((name, Vec::new()));
            straight = true;
        } else if !line.starts_with(' ') {
            straight = false;
        }
    }
    found
}

/// Name and operands of a line that shows a bytecode instruction.
fn bytecode(line: &str) -> Option<(&str, &str)> {
    let (position, text) = line.trim_start().split_once("  ")?;
    position.parse::<u32>().ok()?;
    Some(text.split_once(' ').unwrap_or((text, "")))
}

/// Every instruction is in some listing.
pub(crate) fn every_instruction_occurs(listings: &str) -> Result<(), String> {
    let present: BTreeSet<&str> = instructions(listings).into_iter().map(|(name, _)| name).collect();
    let all = Opcode::ALL.iter().map(|opcode| opcode.info().name);
    let missing: Vec<&str> = all.filter(|name| !present.contains(name)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no listing contains {}", missing.join(", "))) }
}

/// Exactly the instructions in [`CALLERS`] have a call beneath them.
pub(crate) fn straight_paths_call_nothing(listings: &str) -> Result<(), String> {
    let calls = |code: &[&str]| code.iter().any(|line| line.starts_with("call"));
    let callers: BTreeSet<&str> =
        instructions(listings).into_iter().filter(|(_, code)| calls(code)).map(|(name, _)| name).collect();
    let expected: BTreeSet<&str> = CALLERS.iter().copied().collect();
    let surprising: Vec<&&str> = callers.difference(&expected).collect();
    let outdated: Vec<&&str> = expected.difference(&callers).collect();
    if surprising.is_empty() && outdated.is_empty() {
        return Ok(());
    }
    Err(format!("calls on the straight path of {surprising:?}; none any more in {outdated:?}"))
}
