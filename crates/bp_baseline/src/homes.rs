//! Homes: which virtual registers live in machine registers.
//!
//! The founding design gives r0–r15 the machine registers in a fixed order. Three of those are
//! taken by x86-64 (RAX, RCX, RDX: division, shifts, results) and one by the context (R15); the
//! other ten, and XMM2–XMM15 for floats, go to the virtual registers that are used most, loops
//! counting eightfold per level. A parameter's and an argument's home is, where it is free, the
//! register in which the calling convention passes it.
//!
//! Every home also has its slot in the frame, where it is spilled.

use crate::analysis::Analysis;
use crate::masm::{Gpr, R8, R9, R10, R11, R12, R13, R14, RBX, RCX, RDI, RDX, RSI, Xmm};
use bp_isa::program::Function;
use bp_isa::{Instr, Kind, Operand, Reg};

/// Homes of ints and references, in the order in which they are given.
pub(crate) const GPR_HOMES: [Gpr; 10] = [RBX, RSI, RDI, R8, R9, R10, R11, R12, R13, R14];
/// First float home.
const FIRST_XMM_HOME: u8 = 2;
/// Number of float homes.
const XMM_HOMES: u8 = 14;
/// Where the calling convention passes ints and references.
pub(crate) const INT_ARGS: [Gpr; 6] = [RDI, RSI, RDX, RCX, R8, R9];
/// How many floats it passes in XMM0….
pub(crate) const FLOAT_ARGS: usize = 8;

/// A set of homes: bits 0–9 are [`GPR_HOMES`], bits 10–23 XMM2–XMM15.
pub(crate) type HomeSet = u32;

/// Names of the homes by bit.
const HOME_NAMES: [&str; GPR_HOMES.len() + XMM_HOMES as usize] = [
    "rbx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
    "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
];

/// A machine register that is a home.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Home {
    /// Of an int or a reference.
    Gpr(Gpr),
    /// Of a float.
    Xmm(Xmm),
}

/// Marks a virtual register without a home.
const NO_HOME: u8 = u8::MAX;

/// The homes of one function.
pub(crate) struct Homes {
    /// Bit number by virtual register.
    bits: Vec<u8>,
    /// Virtual register by bit number.
    regs: Vec<Option<Reg>>,
    /// Homes of references.
    refs: HomeSet,
}

/// The machine register of a bit.
pub(crate) fn home_of_bit(bit: u8) -> Home {
    match bit.checked_sub(GPR_HOMES.len() as u8) {
        None => Home::Gpr(GPR_HOMES[usize::from(bit)]),
        Some(number) => Home::Xmm(Xmm(FIRST_XMM_HOME + number)),
    }
}

impl Homes {
    /// The bit number of a virtual register's home.
    #[inline]
    pub(crate) fn bit(&self, reg: Reg) -> Option<u8> {
        let bit = *self.bits.get(reg.index())?;
        if bit == NO_HOME { None } else { Some(bit) }
    }

    /// The set of a virtual register's home; empty if it has none.
    #[inline]
    pub(crate) fn set(&self, reg: Reg) -> HomeSet {
        self.bit(reg).map_or(0, |bit| 1 << bit)
    }

    /// The homes of references: a collection looks at their slots.
    pub(crate) fn refs(&self) -> HomeSet {
        self.refs
    }

    /// The virtual register whose home a bit is.
    pub(crate) fn reg(&self, bit: u8) -> Reg {
        self.regs[usize::from(bit)].expect("a bit in a set belongs to a register")
    }

    fn is_free(&self, bit: u8) -> bool {
        self.regs[usize::from(bit)].is_none()
    }

    fn give(&mut self, reg: u16, bit: u8) {
        self.bits[usize::from(reg)] = bit;
        self.regs[usize::from(bit)] = Some(Reg(reg));
    }

    /// Chooses homes by weighted use.
    pub(crate) fn choose(function: &Function, instrs: &[(Instr, u32)], depths: &[u8]) -> Homes {
        let count = function.registers.len();
        let mut uses = Uses { weights: vec![0_u64; count], hints: vec![NO_HOME; count] };
        uses.hint_params(function);
        for (index, (instr, _)) in instrs.iter().enumerate() {
            let depth = depths.get(index).copied().unwrap_or(0);
            uses.count(function, instr, 1 << (3 * u32::from(depth.min(6))));
        }
        uses.assign(function)
    }
}

/// Each virtual register of a function that has a home, in order, and the machine register's name.
pub fn homes(function: &Function) -> Vec<(Reg, &'static str)> {
    let homes = Analysis::new(function).homes;
    let named = (0..function.registers.len()).map(|index| Reg(index as u16));
    named.filter_map(|reg| homes.bit(reg).map(|bit| (reg, HOME_NAMES[usize::from(bit)]))).collect()
}

struct Uses {
    weights: Vec<u64>,
    hints: Vec<u8>,
}

/// The home bit of an int argument's register.
fn int_hint(position: usize) -> u8 {
    let Some(gpr) = INT_ARGS.get(position) else { return NO_HOME };
    GPR_HOMES.iter().position(|home| home == gpr).map_or(NO_HOME, |bit| bit as u8)
}

/// The home bit of a float argument's register.
fn float_hint(position: usize) -> u8 {
    if (usize::from(FIRST_XMM_HOME)..FLOAT_ARGS).contains(&position) {
        GPR_HOMES.len() as u8 + position as u8 - FIRST_XMM_HOME
    } else {
        NO_HOME
    }
}

impl Uses {
    fn hint_params(&mut self, function: &Function) {
        self.hint_window(function, 0, usize::from(function.params), 1);
    }

    /// Consecutive registers that the calling convention passes.
    fn hint_window(&mut self, function: &Function, first: usize, count: usize, weight: u64) {
        let (mut ints, mut floats) = (0, 0);
        for index in first..first + count {
            self.weights[index] += weight;
            let hint = if function.registers[index] == Kind::Float {
                floats += 1;
                float_hint(floats - 1)
            } else {
                ints += 1;
                int_hint(ints - 1)
            };
            if self.hints[index] == NO_HOME {
                self.hints[index] = hint;
            }
        }
    }

    fn count(&mut self, function: &Function, instr: &Instr, weight: u64) {
        let mut window = None;
        instr.operands(|operand| match operand {
            Operand::In(reg, _) | Operand::Out(reg, _) | Operand::InOut(reg) if reg.is_some() => {
                self.weights[reg.index()] += weight;
            }
            Operand::Args(first) => window = Some(first),
            Operand::Count(count) => {
                let first = window.take().expect("a count follows its window");
                if is_native_call(instr) {
                    self.hint_window(function, first.index(), usize::from(count), weight);
                }
            }
            _ => {}
        });
    }

    fn assign(self, function: &Function) -> Homes {
        let mut order: Vec<u16> =
            (0..self.weights.len() as u16).filter(|&reg| self.weights[usize::from(reg)] > 0).collect();
        order.sort_by_key(|&reg| std::cmp::Reverse(self.weights[usize::from(reg)]));
        let is_float = |reg: u16| function.registers[usize::from(reg)] == Kind::Float;
        let mut room = [GPR_HOMES.len(), usize::from(XMM_HOMES)];
        order.retain(|&reg| {
            let room = &mut room[usize::from(is_float(reg))];
            let fits = *room > 0;
            *room -= usize::from(fits);
            fits
        });
        let mut homes = Homes { bits: vec![NO_HOME; self.weights.len()], regs: vec![None; 24], refs: 0 };
        // Hints first, so that no register takes the place that another one is passed in.
        for &reg in &order {
            let hint = self.hints[usize::from(reg)];
            if hint != NO_HOME && homes.is_free(hint) {
                homes.give(reg, hint);
            }
        }
        let (mut next_gpr, mut next_xmm) = (0, GPR_HOMES.len() as u8);
        for &reg in &order {
            if homes.bits[usize::from(reg)] != NO_HOME {
                continue;
            }
            let next = if is_float(reg) { &mut next_xmm } else { &mut next_gpr };
            while !homes.is_free(*next) {
                *next += 1;
            }
            homes.give(reg, *next);
        }
        let is_ref = |reg: &Reg| function.registers[reg.index()] == Kind::Ref;
        let refs = homes.regs.iter().enumerate().filter(|(_, reg)| reg.as_ref().is_some_and(is_ref));
        homes.refs = refs.fold(0, |refs, (bit, _)| refs | 1 << bit);
        homes
    }
}

/// Whether the instruction passes its window by the calling convention.
pub(crate) fn is_native_call(instr: &Instr) -> bool {
    matches!(instr, Instr::Call { .. } | Instr::CallValue { .. } | Instr::CallVirtual { .. })
}
