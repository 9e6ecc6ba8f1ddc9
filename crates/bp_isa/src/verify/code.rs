//! One function's code: decodable, targets and handlers in order, operands in range.

use super::operands::Operands;
use super::types::Types;
use super::{Check, ensure};
use crate::instr::Effects;
use crate::liveness::blocks::target;
use crate::operand::Kind;
use crate::program::Function;
use crate::{Instr, Opcode, Program};

/// Words where instructions begin.
pub(super) struct Starts(Vec<bool>);

impl Starts {
    /// Decodes the whole function.
    fn new(function: &Function) -> Check<Starts> {
        let code = &function.code;
        ensure!(!code.is_empty(), "there is no code");
        let mut starts = vec![false; code.len()];
        let (mut pc, mut last) = (0, None);
        while pc < code.len() {
            starts[pc] = true;
            let Some((instr, next)) = Instr::decode(code, pc) else {
                let what = match Opcode::from_number(code[pc] as u16) {
                    Some(opcode) => format!("the code ends within `{}`", opcode.info().name),
                    None => format!("opcode {} does not exist", code[pc] as u16),
                };
                return Err((Some(pc as u32), what));
            };
            last = Some((pc, instr));
            pc = next;
        }
        if let Some((pc, instr)) = last
            && !instr.opcode().info().effects.has(Effects::Ends)
        {
            let what = format!("control runs off the end behind `{}`", instr.opcode().info().name);
            return Err((Some(pc as u32), what));
        }
        Ok(Starts(starts))
    }

    /// Whether an instruction begins at `word`.
    pub(super) fn has(&self, word: i64) -> bool {
        usize::try_from(word).is_ok_and(|word| self.0.get(word) == Some(&true))
    }
}

/// Checks everything about a function but the order of writes and reads.
pub(super) fn check(program: &Program, types: &Types<'_>, function: &Function) -> Check {
    let starts = Starts::new(function)?;
    handlers(function, &starts)?;
    tables(function, &starts)?;
    let mut operands = Operands::new(program, types, function);
    let mut pc = 0;
    while let Some((instr, next)) = Instr::decode(&function.code, pc) {
        let here = |(at, what): (Option<u32>, String)| (at.or(Some(pc as u32)), what);
        branch(function, &starts, pc as u32, &instr).map_err(here)?;
        operands.check(&instr).map_err(here)?;
        pc = next;
    }
    Ok(())
}

fn handlers(function: &Function, starts: &Starts) -> Check {
    let end = function.code.len() as u32;
    for (number, handler) in function.handlers.iter().enumerate() {
        let range = handler.start < handler.end && handler.end <= end;
        ensure!(range, "handler {number} protects {}..{} of {end} words", handler.start, handler.end);
        let cuts = starts.has(handler.start.into()) && (handler.end == end || starts.has(handler.end.into()));
        ensure!(cuts, "handler {number} protects a part of an instruction");
        ensure!(starts.has(handler.target.into()), "handler {number} leads into an instruction");
        let outside = !(handler.start..handler.end).contains(&handler.target);
        ensure!(outside, "handler {number} protects itself");
        let kind = function.registers.get(usize::from(handler.register));
        ensure!(kind == Some(&Kind::Ref), "handler {number} has no reference register");
    }
    Ok(())
}

/// Lines, loops and variables.
fn tables(function: &Function, starts: &Starts) -> Check {
    for pair in function.lines.windows(2) {
        ensure!(pair[0].pc < pair[1].pc, "the line table does not ascend at {}", pair[1].pc);
    }
    if let Some(last) = function.lines.last() {
        ensure!((last.pc as usize) < function.code.len(), "the line table ends behind the code");
    }
    for (number, info) in function.loops.iter().enumerate() {
        ensure!(starts.has(info.header.into()), "loop {number} has no header");
    }
    for (register, name) in &function.variables {
        let exists = usize::from(*register) < function.registers.len();
        ensure!(exists, "variable `{name}` is in r{register}, which does not exist");
    }
    Ok(())
}

/// Branches lead to instructions; loops, and only they, lead back.
fn branch(function: &Function, starts: &Starts, pc: u32, instr: &Instr) -> Check {
    let Some(target) = target(pc, instr) else { return Ok(()) };
    ensure!(starts.has(target), "the target {target} is no instruction");
    let loop_id = match *instr {
        Instr::JumpLoop { loop_id, .. } | Instr::LoopUp { loop_id, .. } | Instr::LoopStep { loop_id, .. } => loop_id,
        _ => {
            ensure!(target > i64::from(pc), "a jump back that is no loop");
            return Ok(());
        }
    };
    let Some(info) = function.loops.get(loop_id as usize) else {
        return Err((None, format!("loop {loop_id} does not exist")));
    };
    ensure!(target == i64::from(info.header), "loop {loop_id} has its header at {}, not at {target}", info.header);
    ensure!(target <= i64::from(pc), "loop {loop_id} leads forwards");
    Ok(())
}
