//! Damaged programs are refused or harmless: no reader of bytecode panics, loops or overflows.
//!
//! Random changes are made to real programs, in the bytes of a `.bpc` file and in the decoded
//! program. Whatever the verifier accepts must be fit for every reader of verified code.

mod support;

use bp_isa::disasm::disassemble;
use bp_isa::liveness::Liveness;
use bp_isa::program::{Handler, LoopInfo};
use bp_isa::{Instr, Kind, Opcode, Program, bpc, verify::verify};

/// Bytes in front of a `.bpc` file's payload; its checksum is in the last four.
const HEADER_BYTES: usize = 20;
/// Damaged copies of each program.
const ROUNDS: usize = 60;

/// A stream of well mixed words (splitmix64).
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Every few programs of the suite.
fn programs() -> Vec<Program> {
    let files = support::sources_below(&support::test_root().join("run"));
    let every_few = files.iter().step_by(9);
    let texts = every_few.map(|path| std::fs::read_to_string(path).expect("a readable file"));
    texts.filter_map(|text| support::compile("a.bp", &text).ok()).collect()
}

/// Everything that is done with a program before it runs.
fn read_everything(program: &Program) -> bool {
    let accepted = verify(program).is_ok();
    for (number, function) in program.functions.iter().enumerate() {
        let listing = disassemble(program, number, &mut |_, line| Some(format!("line {line}")));
        assert!(listing.lines().count() > function.code.len() / 2);
        if !accepted {
            continue;
        }
        let mut liveness = Liveness::new(function);
        let mut pc = 0;
        while let Some((instr, next)) = Instr::decode(&function.code, pc) {
            if instr.opcode().info().effects.is_safepoint() {
                liveness.live_refs_executing(pc);
                liveness.live_refs_suspended(pc);
            }
            pc = next;
        }
    }
    accepted
}

#[test]
fn damaged_files_are_refused_or_harmless() {
    let mut random = Words(1);
    let (mut readable, mut accepted) = (0, 0);
    for program in programs() {
        let file = bpc::write(&program);
        for _ in 0..ROUNDS {
            let mut damaged = file.clone();
            for _ in 0..=random.below(3) {
                let at = HEADER_BYTES + random.below(file.len() - HEADER_BYTES);
                damaged[at] = random.next() as u8;
            }
            let checksum = crc32fast::hash(&damaged[HEADER_BYTES..]);
            damaged[HEADER_BYTES - 4..HEADER_BYTES].copy_from_slice(&checksum.to_le_bytes());
            if let Ok(program) = bpc::read(&damaged) {
                readable += 1;
                accepted += usize::from(read_everything(&program));
            }
        }
    }
    assert!(readable > 100 && accepted > 10, "{readable} files could be read, {accepted} were accepted");
}

#[test]
fn damaged_programs_are_refused_or_harmless() {
    let mut random = Words(2);
    let (mut refused, mut accepted) = (0, 0);
    for program in programs() {
        for _ in 0..ROUNDS {
            let mut damaged = program.clone();
            for _ in 0..=random.below(3) {
                damage(&mut damaged, &mut random);
            }
            if read_everything(&damaged) {
                accepted += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(refused > 100 && accepted > 10, "{refused} programs were refused, {accepted} accepted");
}

/// Changes one thing.
fn damage(program: &mut Program, random: &mut Words) {
    let (types, functions) = (program.types.len(), program.functions.len());
    if functions == 0 {
        return;
    }
    let number = random.below(functions);
    let function = &mut program.functions[number];
    let words = function.code.len();
    if words == 0 {
        return;
    }
    let at = random.below(words);
    match random.below(12) {
        0 => function.code[at] ^= 1 << random.below(64),
        1 => function.code[at] = function.code[at] & !0xFFFF | random.below(Opcode::ALL.len()) as u64,
        2 => {
            // Small operands are more often in range.
            let shift = 16 * (1 + random.below(3));
            function.code[at] = function.code[at] & !(0xFFFF << shift) | (random.below(12) as u64) << shift;
        }
        3 => {
            function.code.remove(at);
        }
        4 => function.code.insert(at, random.next()),
        5 => function.code.truncate(at),
        6 => {
            let register = random.below(function.registers.len());
            if let Some(kind) = function.registers.get_mut(register) {
                *kind = [Kind::Int, Kind::Float, Kind::Ref][random.below(3)];
            }
        }
        7 => {
            let place = |random: &mut Words| random.below(words + 2) as u32;
            let (start, end, target) = (place(random), place(random), place(random));
            let register = random.below(function.registers.len() + 1) as u16;
            function.handlers.push(Handler { start, end, target, register });
        }
        8 => function.loops.push(LoopInfo { header: at as u32 }),
        9 => function.params = function.params.wrapping_add(random.below(3) as u16).wrapping_sub(1),
        10 => function.takes_closure ^= true,
        _ => {
            let other = random.below(types);
            if let Some(row) = program.types.get(other).cloned() {
                program.types.push(row);
                program.types.swap_remove(random.below(types));
            }
        }
    }
}
