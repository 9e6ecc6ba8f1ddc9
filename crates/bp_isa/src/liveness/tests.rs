//! Live references in small functions, and the time that large ones take.

use super::Liveness;
use crate::Instr;
use crate::operand::{Kind, Reg};
use crate::program::{Function, Handler};
use crate::verify::tests::{assemble, function};
use Kind::{Int, Ref};

const fn r(number: u16) -> Reg {
    Reg(number)
}

/// Word of instruction number `index`.
fn word(code: &[Instr], index: usize) -> usize {
    assemble(&code[..index]).len()
}

fn concat(dst: u16, lhs: u16, rhs: u16) -> Instr {
    Instr::StrConcat { dst: r(dst), lhs: r(lhs), rhs: r(rhs) }
}

#[test]
fn operands_and_later_uses_survive() {
    let code = [concat(2, 0, 1), concat(2, 2, 1), Instr::Ret { src: r(2) }];
    let mut live = Liveness::new(&function("f", 2, &[Ref, Ref, Ref], Some(Ref), &code));
    assert_eq!(live.live_refs_executing(0), [0, 1]);
    assert_eq!(live.live_refs_executing(1), [1, 2]);
    assert_eq!(live.live_refs_executing(2), [2]);
}

#[test]
fn a_suspended_call_keeps_what_is_used_behind_it() {
    let call = Instr::Call { dst: r(2), args: r(4), count: 1, function: 0 };
    let code = [
        Instr::ConstInt { dst: r(3), value: 1 },
        Instr::MoveAny { dst: r(4), src: r(1) },
        call,
        concat(2, 2, 0),
        Instr::Ret { src: r(2) },
    ];
    let mut live = Liveness::new(&function("f", 2, &[Ref, Ref, Ref, Int, Ref], Some(Ref), &code));
    let pc = word(&code, 2);
    assert_eq!(live.live_refs_suspended(pc), [0]);
    assert_eq!(live.live_refs_executing(pc), [0, 4]);
    assert_eq!(live.live_refs_suspended(pc), [0], "the answer is kept");
}

#[test]
fn a_called_closure_is_not_needed_behind_the_call() {
    let call = Instr::CallValue { dst: Reg::NONE, args: r(2), count: 1, closure: r(0) };
    let code = [Instr::MoveAny { dst: r(2), src: r(1) }, call, Instr::Ret { src: r(1) }];
    let mut live = Liveness::new(&function("f", 2, &[Ref, Ref, Ref], Some(Ref), &code));
    assert_eq!(live.live_refs_suspended(1), [1]);
    assert_eq!(live.live_refs_executing(1), [0, 1, 2]);
}

#[test]
fn what_a_handler_reads_survives_what_throws() {
    // r0 is written again, but if the first concatenation throws the handler sees the old value.
    let code = [concat(0, 1, 1), Instr::Ret { src: r(0) }, concat(0, 0, 2), Instr::Ret { src: r(0) }];
    let handlers = vec![Handler { start: 0, end: 1, target: 2, register: 2 }];
    let f = Function { handlers, ..function("f", 2, &[Ref, Ref, Ref], Some(Ref), &code) };
    let mut live = Liveness::new(&f);
    assert_eq!(live.live_refs_executing(0), [0, 1]);
    let free = function("f", 2, &[Ref, Ref, Ref], Some(Ref), &code[..2]);
    assert_eq!(Liveness::new(&free).live_refs_executing(0), [1]);
}

#[test]
fn the_innermost_handler_counts() {
    let code = [
        Instr::TrapNow { trap: 0 },
        Instr::Throw { src: r(0) }, // handler 0
        Instr::Throw { src: r(1) }, // handler 1, around
        Instr::TrapNow { trap: 0 },
    ];
    let handlers = vec![
        Handler { start: 0, end: 1, target: 1, register: 2 },
        Handler { start: 0, end: 2, target: 2, register: 2 },
    ];
    let mut live = Liveness::new(&Function { handlers, ..function("f", 2, &[Ref, Ref, Ref], None, &code) });
    assert_eq!(live.live_refs_executing(0), [0, 1], "the inner handler throws into the outer one");
    assert_eq!(live.live_refs_executing(1), [0, 1]);
    assert_eq!(live.live_refs_executing(2), [1]);
    assert_eq!(live.live_refs_executing(3), [0u16; 0]);
}

#[test]
fn a_loop_keeps_what_its_next_round_reads() {
    let code = [
        Instr::ArrayNext { dst: r(3), array: r(0), index: r(1), target: 3 },
        concat(2, 2, 3),
        Instr::JumpLoop { target: -5, loop_id: 0 },
        Instr::Ret { src: r(2) },
    ];
    let mut live = Liveness::new(&function("f", 3, &[Ref, Int, Ref, Ref], Some(Ref), &code));
    assert_eq!(live.live_refs_executing(word(&code, 1)), [0, 2, 3]);
    assert_eq!(live.live_refs_executing(word(&code, 2)), [0, 2], "the old item is dead");
    assert_eq!(live.live_refs_executing(word(&code, 3)), [2]);
}

#[test]
fn an_item_survives_the_end_of_its_iteration() {
    // The item is read behind the loop: at the end `array_next` leaves the last one alone.
    let code = [
        Instr::ArrayNext { dst: r(2), array: r(0), index: r(1), target: 2 },
        Instr::JumpLoop { target: -4, loop_id: 0 },
        Instr::Ret { src: r(2) },
    ];
    let mut live = Liveness::new(&function("f", 3, &[Ref, Int, Ref], Some(Ref), &code));
    assert_eq!(live.live_refs_executing(0), [0, 2]);
    assert_eq!(live.live_refs_executing(2), [0, 2]);
}

#[test]
fn large_functions_are_analysed_quickly() {
    // Thousands of references live throughout; asked at every instruction, as when each collects.
    let count = 3000u16;
    let mut code: Vec<Instr> = (0..count).map(|n| Instr::ConstNull { dst: r(n) }).collect();
    for n in 0..20_000u32 {
        let reg = (n % u32::from(count)) as u16;
        code.push(Instr::BrNull { src: r(reg), target: 1 });
        code.push(concat(reg, reg, 0));
    }
    code.extend((0..count).map(|n| Instr::ArrayPushRef { array: r(n), src: r(n) }));
    code.push(Instr::RetVoid {});
    let function = function("f", 0, &vec![Ref; usize::from(count)], None, &code);
    let start = std::time::Instant::now();
    let mut live = Liveness::new(&function);
    let middle = word(&code, usize::from(count) + 20_001);
    assert_eq!(live.live_refs_executing(middle).len(), usize::from(count));
    for pc in (0..word(&code, code.len())).step_by(20) {
        assert!(live.live_refs_executing(pc).len() <= usize::from(count), "at {pc}");
    }
    let seconds = start.elapsed().as_secs_f64();
    assert!(seconds < 5.0, "{seconds} s");
}
