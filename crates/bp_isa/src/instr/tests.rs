//! The codec: what is encoded is decoded, by every decoder; shapes and visitors see the same.

use super::{Instr, OpVisitor, Opcode, kinds, ops};
use crate::for_each_op;
use crate::operand::{Operand, OperandKind, Reg};
use crate::shape::Shape;

/// A stream of well mixed words (splitmix64).
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }
}

const ROUNDS: usize = 200;

macro_rules! compare_decoders {
    ($($(#[doc = $doc:literal])* $name:ident = $variant:ident($($arg:ident: $kind:ident),*) $($effect:ident),+;)*) => {
        /// The instruction of opcode `opcode` in `words`, by the decoder of its struct.
        fn by_struct(opcode: Opcode, words: [u64; 2]) -> Instr {
            match opcode {
                $(Opcode::$variant => {
                    let read_second = || {
                        assert_eq!(ops::$variant::WORDS, 2, "only the second of two words is read");
                        words[1]
                    };
                    let op = ops::$variant::decode(words[0], read_second);
                    let ops::$variant { $($arg),* } = op;
                    Instr::$variant { $($arg),* }
                })*
            }
        }
    };
}
for_each_op!(compare_decoders);

/// Shows `check` every instruction many times, its operands at random: opcode, words, the decoded instruction and
/// where the next one begins.
fn for_random_words(seed: u64, mut check: impl FnMut(Opcode, [u64; 2], Instr, usize)) {
    let mut random = Words(seed);
    for &opcode in Opcode::ALL {
        for _ in 0..ROUNDS {
            let words = [random.next() & !0xFFFF | opcode as u64, random.next()];
            let (instr, next) = Instr::decode(&words, 0).expect("a known opcode");
            check(opcode, words, instr, next);
        }
    }
}

#[test]
fn decoders_agree_and_invert_the_encoder() {
    for_random_words(1, |opcode, words, instr, next| {
        assert_eq!(next, opcode.info().words);
        assert_eq!(instr, by_struct(opcode, words));
        let (encoded, count) = instr.encode();
        assert_eq!(count, next);
        assert_eq!(Instr::decode(&encoded[..count], 0), Some((instr, next)));
        assert_eq!(Instr::decode(&encoded[..count - 1], 0), None, "{opcode:?} is cut off");
    });
}

/// What a shape says of an instruction's words.
#[derive(PartialEq, Debug, Default)]
struct Seen {
    reads: Vec<Reg>,
    writes: Vec<Reg>,
    window: Option<(Reg, u16)>,
    target: Option<u32>,
}

fn seen_by_shape(words: [u64; 2]) -> Seen {
    let shape = Shape::of(words[0]);
    let slots = Shape::slots(words[0]);
    let of = |mask: [i8; 3]| slots.into_iter().zip(mask).filter(|(_, mask)| *mask == -1).map(|(reg, _)| reg);
    Seen {
        reads: of(shape.reads).chain(shape.reads_second.then_some(Reg(words[1] as u16))).collect(),
        writes: of(shape.writes).collect(),
        window: shape.has_window.then(|| Shape::window(words[0])),
        target: shape.target(&words, 0),
    }
}

fn seen_by_operands(instr: &Instr) -> Seen {
    let mut seen = Seen::default();
    instr.operands(|operand| match operand {
        Operand::In(reg, _) => seen.reads.push(reg),
        Operand::Out(reg, _) => seen.writes.push(reg),
        Operand::InOut(reg) => {
            seen.reads.push(reg);
            seen.writes.push(reg);
        }
        Operand::Args(first) => seen.window = Some((first, 0)),
        Operand::Count(count) => seen.window.as_mut().expect("a count follows its window").1 = count,
        Operand::Rel(distance) => {
            seen.target = Some((instr.opcode().info().words as u32).wrapping_add_signed(distance));
        }
        Operand::Imm(_) | Operand::Number(..) => {}
    });
    seen
}

#[test]
fn shapes_say_what_the_operands_say() {
    for_random_words(2, |opcode, words, instr, next| {
        assert_eq!(seen_by_shape(words), seen_by_operands(&instr), "{instr:?}");
        assert_eq!(usize::from(Shape::of(words[0]).words), next);
        assert!(Shape::of(words[0]).effects == opcode.info().effects);
    });
}

macro_rules! define_rebuilder {
    ($($(#[doc = $doc:literal])* $name:ident = $variant:ident($($arg:ident: $kind:ident),*) $($effect:ident),+;)*) => {
        impl OpVisitor for Rebuilder {
            type Out = Instr;
            $(fn $name(&mut self $(, $arg: <kinds::$kind as OperandKind>::Value)*) -> Instr { Instr::$variant { $($arg),* } })*
        }
    };
}

/// Answers the instruction that it is shown.
struct Rebuilder;

for_each_op!(define_rebuilder);

#[test]
fn visiting_words_is_visiting_the_instruction() {
    for_random_words(3, |_, words, instr, _| {
        assert_eq!(Instr::visit_at(&words, 0, &mut Rebuilder), instr);
        assert_eq!(instr.visit(&mut Rebuilder), instr);
    });
}

#[test]
fn every_operand_has_bits_of_its_own() {
    // A bit belongs to an operand if setting it changes the decoded instruction.
    for &opcode in Opcode::ALL {
        let used = (0..64 * opcode.info().words).filter(|bit| *bit >= 16).map(|bit| {
            let mut words = [opcode as u64, 0];
            words[bit / 64] |= 1 << (bit % 64);
            let instr = Instr::decode(&words, 0).expect("a known opcode").0;
            usize::from(instr != Instr::decode(&[opcode as u64, 0], 0).expect("a known opcode").0)
        });
        let expected: usize = opcode.info().operands.iter().map(|(_, kind)| operand_bits(kind)).sum();
        assert_eq!(used.sum::<usize>(), expected, "{opcode:?}");
    }
}

fn operand_bits(kind: &str) -> usize {
    match kind {
        "Imm64" => 64,
        "InRefWide" => 16, // a register number in a wide slot
        "Imm32" | "FuncNum" | "ConstId" | "TypeNum" | "BuiltinNum" | "TrapNum" | "LoopId" | "GlobalSlot" | "Rel" => 32,
        _ => 16,
    }
}
