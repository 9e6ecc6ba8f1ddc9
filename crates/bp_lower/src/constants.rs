//! Constants in registers, and those that loops use again and again.
//!
//! Inside a loop a constant that no immediate form can hold would be loaded in every iteration.
//! The first few of them per function get a register of their own, loaded once at the entry.

use crate::function::{Lowering, Value};
use bp_isa::{Instr, Kind, Reg};
use rustc_hash::FxHashMap;

/// The most constants that a function keeps in registers: each costs an instruction per call.
const POOL_SIZE: usize = 12;

/// A constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Constant {
    /// An int.
    Int(i64),
    /// A float by its bits.
    Float(u64),
    /// A program constant.
    Ref(u32),
}

impl Constant {
    const fn kind(self) -> Kind {
        match self {
            Constant::Int(_) => Kind::Int,
            Constant::Float(_) => Kind::Float,
            Constant::Ref(_) => Kind::Ref,
        }
    }

    fn load(self, dst: Reg) -> Instr {
        match self {
            Constant::Int(value) => match i32::try_from(value) {
                Ok(value) => Instr::ConstInt { dst, value },
                Err(_) => Instr::ConstWord { dst, bits: value.cast_unsigned() },
            },
            Constant::Float(bits) => Instr::ConstWord { dst, bits },
            Constant::Ref(index) => Instr::ConstRef { dst, index },
        }
    }
}

/// First provisional number of pool registers. They get their final place, right behind the
/// parameters and so below every argument window, when the function is complete.
pub(crate) const FIRST_POOL_REGISTER: u16 = 0xF000;

/// The constants that a function keeps in registers.
#[derive(Default)]
pub(crate) struct Pool {
    registers: FxHashMap<Constant, Reg>,
    order: Vec<Constant>,
}

impl Pool {
    /// The kind of pool register `number`.
    pub(crate) fn kind(&self, number: usize) -> Option<Kind> {
        self.order.get(number).map(|constant| constant.kind())
    }

    /// Kinds of the pool's registers in order.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        self.order.iter().map(|constant| constant.kind()).collect()
    }
}

impl Lowering<'_, '_> {
    /// A register that holds the constant.
    pub(crate) fn constant(&mut self, constant: Constant) -> Value {
        if let Some(&reg) = self.pool.registers.get(&constant) {
            return Value { reg, temporary: false };
        }
        if self.loop_depth > 0 && self.pool.order.len() < POOL_SIZE {
            let reg = Reg(FIRST_POOL_REGISTER + self.pool.order.len() as u16);
            self.pool.registers.insert(constant, reg);
            self.pool.order.push(constant);
            return Value { reg, temporary: false };
        }
        let value = self.temporary(constant.kind());
        self.asm.emit(constant.load(value.reg));
        value
    }

    /// Loads a constant into a given register.
    pub(crate) fn constant_into(&mut self, constant: Constant, dst: Reg) {
        match self.pool.registers.get(&constant) {
            Some(&reg) => self.copy(dst, reg),
            None => self.asm.emit(constant.load(dst)),
        }
    }

    /// Loads the pool at the function's entry.
    pub(crate) fn load_pool(&mut self) {
        for &constant in &self.pool.order {
            let reg = self.pool.registers[&constant];
            self.asm.emit_prologue(constant.load(reg));
        }
    }
}
