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
use crate::best::Best;
use crate::masm::{Gpr, R8, R9, R10, R11, R12, R13, R14, RBX, RCX, RDI, RDX, RSI, Xmm};
use bp_isa::program::Function;
use bp_isa::{Kind, Opcode, Reg, Shape};

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

/// Number of homes.
const HOMES: usize = GPR_HOMES.len() + XMM_HOMES as usize;

/// A set of homes: bits 0–9 are [`GPR_HOMES`], bits 10–23 XMM2–XMM15.
pub(crate) type HomeSet = u32;

/// Names of the homes by bit.
const HOME_NAMES: [&str; HOMES] = [
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

/// Marks a virtual register that no convention passes anywhere.
const NO_HINT: u8 = u8::MAX;

/// The homes of one function.
pub(crate) struct Homes {
    /// The set of each virtual register's home; empty if it has none.
    sets: Vec<HomeSet>,
    /// Virtual register by bit number, [`Reg::NONE`] for a home that is free.
    regs: [Reg; HOMES],
    /// Homes of references.
    refs: HomeSet,
    /// How often each virtual register is used, and the bit of the home that it had best have.
    uses: Vec<(u64, u8)>,
}

impl Default for Homes {
    fn default() -> Self {
        Homes { sets: Vec::new(), regs: [Reg::NONE; HOMES], refs: 0, uses: Vec::new() }
    }
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
        let set = self.set(reg);
        if set == 0 { None } else { Some(set.trailing_zeros() as u8) }
    }

    /// The set of a virtual register's home; empty if it has none, or if there is no such register.
    #[inline]
    pub(crate) fn set(&self, reg: Reg) -> HomeSet {
        self.sets.get(reg.index()).copied().unwrap_or(0)
    }

    /// The homes of consecutive registers.
    pub(crate) fn set_of_window(&self, first: Reg, count: u16) -> HomeSet {
        let window = &self.sets[first.index()..first.index() + usize::from(count)];
        window.iter().fold(0, |all, set| all | set)
    }

    /// The homes of references: a collection looks at their slots.
    pub(crate) fn refs(&self) -> HomeSet {
        self.refs
    }

    /// The virtual register whose home a bit is.
    #[inline]
    pub(crate) fn reg(&self, bit: u8) -> Reg {
        self.regs[usize::from(bit)]
    }

    fn is_free(&self, bit: u8) -> bool {
        !self.regs[usize::from(bit)].is_some()
    }

    fn give(&mut self, reg: Reg, bit: u8) {
        self.sets[reg.index()] = 1 << bit;
        self.regs[usize::from(bit)] = reg;
    }

    // ---- the choice

    /// A function begins: nothing is used but its parameters.
    pub(crate) fn begin(&mut self, function: &Function) {
        self.uses.clear();
        self.uses.resize(function.registers.len(), (0, NO_HINT));
        self.hint_window(function, 0, usize::from(function.params), 1);
    }

    /// Counts the uses in the instruction at `pc`, each `weight` times.
    pub(crate) fn count(&mut self, function: &Function, first: u64, pc: u32, weight: u64) {
        let shape = Shape::of(first);
        for (slot, reg) in Shape::slots(first).into_iter().enumerate() {
            let mask = i64::from(shape.reads[slot] | shape.writes[slot]).cast_unsigned();
            if let Some((uses, _)) = self.uses.get_mut(reg.index()) {
                *uses += weight & mask;
            }
        }
        if shape.has_window && is_native_call(first) {
            let (args, count) = Shape::window(first);
            self.hint_window(function, args.index(), usize::from(count), weight);
            if shape.reads_second {
                let closure = Reg(function.code[pc as usize + 1] as u16);
                self.uses[closure.index()].0 += weight;
            }
        }
    }

    /// Consecutive registers that the calling convention passes.
    fn hint_window(&mut self, function: &Function, first: usize, count: usize, weight: u64) {
        let (mut ints, mut floats) = (0, 0);
        let kinds = &function.registers[first..first + count];
        for ((uses, hint), kind) in self.uses[first..first + count].iter_mut().zip(kinds) {
            *uses += weight;
            let place = if *kind == Kind::Float {
                floats += 1;
                float_hint(floats - 1)
            } else {
                ints += 1;
                int_hint(ints - 1)
            };
            if *hint == NO_HINT {
                *hint = place;
            }
        }
    }

    /// Gives the homes to the registers that are used most.
    pub(crate) fn assign(&mut self, function: &Function) {
        let (mut gprs, mut xmms) = (Best::<{ GPR_HOMES.len() }>::default(), Best::<{ XMM_HOMES as usize }>::default());
        for (index, (&(uses, _), kind)) in self.uses.iter().zip(&function.registers).enumerate() {
            match kind {
                _ if uses == 0 => {}
                Kind::Float => xmms.offer(uses, index as u16),
                Kind::Int | Kind::Ref => gprs.offer(uses, index as u16),
            }
        }
        self.sets.clear();
        self.sets.resize(self.uses.len(), 0);
        self.regs = [Reg::NONE; HOMES];
        self.refs = 0;
        self.house(gprs.items(), 0);
        self.house(xmms.items(), GPR_HOMES.len() as u8);
        for bit in 0..GPR_HOMES.len() {
            let reg = self.regs[bit];
            if reg.is_some() && function.registers[reg.index()] == Kind::Ref {
                self.refs |= 1 << bit;
            }
        }
    }

    /// Gives homes from `next` on to registers of one kind, which come by weight.
    fn house(&mut self, order: impl Iterator<Item = u16> + Clone, mut next: u8) {
        // Hints first, so that no register takes the place that another one is passed in.
        for reg in order.clone().map(Reg) {
            let (_, hint) = self.uses[reg.index()];
            if hint != NO_HINT && self.is_free(hint) {
                self.give(reg, hint);
            }
        }
        for reg in order.map(Reg) {
            if self.set(reg) != 0 {
                continue;
            }
            while !self.is_free(next) {
                next += 1;
            }
            self.give(reg, next);
        }
    }
}

/// Each virtual register of a function that has a home, in order, and the machine register's name.
pub fn homes(function: &Function) -> Vec<(Reg, &'static str)> {
    let mut analysis = Analysis::default();
    analysis.run(function);
    let homes = analysis.homes;
    let named = (0..function.registers.len()).map(|index| Reg(index as u16));
    named.filter_map(|reg| homes.bit(reg).map(|bit| (reg, HOME_NAMES[usize::from(bit)]))).collect()
}

/// The home bit of an int argument's register.
fn int_hint(position: usize) -> u8 {
    const HINTS: [u8; INT_ARGS.len()] = {
        let mut hints = [NO_HINT; INT_ARGS.len()];
        let mut at = 0;
        while at < hints.len() {
            let mut bit = 0;
            while bit < GPR_HOMES.len() {
                if GPR_HOMES[bit].0 == INT_ARGS[at].0 {
                    hints[at] = bit as u8;
                }
                bit += 1;
            }
            at += 1;
        }
        hints
    };
    HINTS.get(position).copied().unwrap_or(NO_HINT)
}

/// The home bit of a float argument's register.
fn float_hint(position: usize) -> u8 {
    if (usize::from(FIRST_XMM_HOME)..FLOAT_ARGS).contains(&position) {
        GPR_HOMES.len() as u8 + position as u8 - FIRST_XMM_HOME
    } else {
        NO_HINT
    }
}

/// Whether an instruction passes its window by the calling convention.
fn is_native_call(first: u64) -> bool {
    [Opcode::Call, Opcode::CallValue, Opcode::CallVirtual].iter().any(|&call| call as u16 == first as u16)
}
