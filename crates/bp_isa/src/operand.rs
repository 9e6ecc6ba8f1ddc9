//! Operand kinds of the instruction table and the registers they name.

use std::fmt;

/// A virtual register of the running function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reg(pub u16);

impl Reg {
    /// No register: the destination of a call without result.
    pub const NONE: Reg = Reg(u16::MAX);

    /// As a position in the window.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Whether this is a register at all.
    pub const fn is_some(self) -> bool {
        self.0 != u16::MAX
    }
}

impl fmt::Debug for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_some() { write!(f, "r{}", self.0) } else { f.write_str("-") }
    }
}

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What a virtual register holds, for the whole function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// int, bool, enum, ptr.
    Int,
    /// float.
    Float,
    /// A reference or null.
    Ref,
}

/// How an operand is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// 16 bits: one of the three slots of the first word.
    Narrow,
    /// 32 bits: the upper half of the first word if at most one narrow operand precedes it, else a
    /// half of the second word.
    Wide,
    /// The whole second word.
    Full,
}

/// A decoded operand, for readers that treat all instructions alike.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Operand {
    /// A register that is read.
    In(Reg, Class),
    /// A register that is written.
    Out(Reg, Class),
    /// A register that is read and written; an int.
    InOut(Reg),
    /// First of the registers read as arguments; a count follows.
    Args(Reg),
    /// Number of argument registers.
    Count(u16),
    /// A signed number.
    Imm(i64),
    /// A branch target, in words from the start of the next instruction.
    Rel(i32),
    /// Number of something: a function, constant, type, field …
    Number(Numbering, u32),
}

/// Which registers an operand accepts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Exactly this kind.
    Exact(Kind),
    /// Int or float.
    Word,
    /// Any kind.
    Any,
    /// Any kind, or none.
    AnyOrNone,
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbering {
    /// Functions of the program.
    Func,
    /// Constants of the program.
    Const,
    /// Types of the program.
    Type,
    /// Built-ins.
    Builtin,
    /// Traps.
    Trap,
    /// Loops of the function.
    Loop,
    /// Globals (word or reference, by instruction).
    Global,
    /// Fields of the object.
    Field,
}

/// What an operand is to a reader that looks at registers and branches only; see [`crate::shape`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A register that is read.
    Read,
    /// A register that is written.
    Write,
    /// A register that is read and written.
    ReadWrite,
    /// First of the registers read as arguments; their count follows.
    Window,
    /// A branch target.
    Target,
    /// None of these.
    Other,
}

/// A way to encode an operand and to show it; implemented by the kinds named in the table.
pub trait OperandKind {
    /// The Rust type in [`crate::Instr`].
    type Value: Copy + PartialEq + fmt::Debug;
    /// Its width.
    const WIDTH: Width;
    /// Its role.
    const ROLE: Role = Role::Other;
    /// Its bits, zero-extended.
    fn to_bits(value: Self::Value) -> u64;
    /// The value of `bits`, whose unused high part is zero.
    fn from_bits(bits: u64) -> Self::Value;
    /// For generic readers.
    fn operand(value: Self::Value) -> Operand;
    /// The value with `change` applied if it is a branch target.
    #[inline(always)]
    fn map_target(value: Self::Value, change: impl FnOnce(i32) -> i32) -> Self::Value {
        let _ = change;
        value
    }
    /// The value with `change` applied if it is a register.
    #[inline(always)]
    fn map_register(value: Self::Value, change: impl FnOnce(Reg) -> Reg) -> Self::Value {
        let _ = change;
        value
    }
}

/// A branch target, in words from the start of the next instruction.
pub enum Rel {}

impl OperandKind for Rel {
    type Value = i32;
    const WIDTH: Width = Width::Wide;
    const ROLE: Role = Role::Target;
    fn to_bits(value: i32) -> u64 {
        u64::from(value.cast_unsigned())
    }
    #[inline(always)]
    fn from_bits(bits: u64) -> i32 {
        bits as u32 as i32
    }
    fn operand(value: i32) -> Operand {
        Operand::Rel(value)
    }
    fn map_target(value: i32, change: impl FnOnce(i32) -> i32) -> i32 {
        change(value)
    }
}

macro_rules! register_kinds {
    ($($(#[$doc:meta])* $name:ident $width:ident $role:ident |$reg:ident| $operand:expr;)*) => { $(
        $(#[$doc])*
        pub enum $name {}
        impl OperandKind for $name {
            type Value = Reg;
            const WIDTH: Width = Width::$width;
            const ROLE: Role = Role::$role;
            fn to_bits(value: Reg) -> u64 { u64::from(value.0) }
            #[inline(always)]
            fn from_bits(bits: u64) -> Reg { Reg(bits as u16) }
            fn operand($reg: Reg) -> Operand { $operand }
            fn map_register(value: Reg, change: impl FnOnce(Reg) -> Reg) -> Reg {
                if value.is_some() { change(value) } else { value }
            }
        }
    )* };
}

register_kinds! {
    /// An int register that is read.
    InInt Narrow Read |r| Operand::In(r, Class::Exact(Kind::Int));
    /// A float register that is read.
    InFloat Narrow Read |r| Operand::In(r, Class::Exact(Kind::Float));
    /// A reference register that is read.
    InRef Narrow Read |r| Operand::In(r, Class::Exact(Kind::Ref));
    /// A reference register that is read, in a wide slot.
    InRefWide Wide Read |r| Operand::In(r, Class::Exact(Kind::Ref));
    /// An int or float register that is read.
    InWord Narrow Read |r| Operand::In(r, Class::Word);
    /// Any register that is read.
    InAny Narrow Read |r| Operand::In(r, Class::Any);
    /// An int register that is written.
    OutInt Narrow Write |r| Operand::Out(r, Class::Exact(Kind::Int));
    /// A float register that is written.
    OutFloat Narrow Write |r| Operand::Out(r, Class::Exact(Kind::Float));
    /// A reference register that is written.
    OutRef Narrow Write |r| Operand::Out(r, Class::Exact(Kind::Ref));
    /// An int or float register that is written.
    OutWord Narrow Write |r| Operand::Out(r, Class::Word);
    /// Any register that is written.
    OutAny Narrow Write |r| Operand::Out(r, Class::Any);
    /// Any register that is written, or [`Reg::NONE`].
    OutAnyOrNone Narrow Write |r| Operand::Out(r, Class::AnyOrNone);
    /// An int register that is read and written.
    InOutInt Narrow ReadWrite |r| Operand::InOut(r);
    /// First of consecutive argument registers.
    Args Narrow Window |r| Operand::Args(r);
}

macro_rules! number_kinds {
    ($($(#[$doc:meta])* $name:ident($ty:ty, $bits:ty) $width:ident |$value:ident| $operand:expr;)*) => { $(
        $(#[$doc])*
        pub enum $name {}
        impl OperandKind for $name {
            type Value = $ty;
            const WIDTH: Width = Width::$width;
            fn to_bits(value: $ty) -> u64 { value as $bits as u64 }
            #[inline(always)]
            fn from_bits(bits: u64) -> $ty { bits as $bits as $ty }
            fn operand($value: $ty) -> Operand { $operand }
        }
    )* };
}

number_kinds! {
    /// A 16-bit signed immediate.
    Imm16(i16, u16) Narrow |v| Operand::Imm(v.into());
    /// A 32-bit signed immediate.
    Imm32(i32, u32) Wide |v| Operand::Imm(v.into());
    /// 64 bits.
    Imm64(u64, u64) Full |v| Operand::Imm(v as i64);
    /// A number of argument registers.
    Count(u16, u16) Narrow |v| Operand::Count(v);
    /// A function.
    FuncNum(u32, u32) Wide |v| Operand::Number(Numbering::Func, v);
    /// A constant.
    ConstId(u32, u32) Wide |v| Operand::Number(Numbering::Const, v);
    /// A type.
    TypeNum(u32, u32) Wide |v| Operand::Number(Numbering::Type, v);
    /// A built-in.
    BuiltinNum(u32, u32) Wide |v| Operand::Number(Numbering::Builtin, v);
    /// A trap.
    TrapNum(u32, u32) Wide |v| Operand::Number(Numbering::Trap, v);
    /// A loop of the function.
    LoopId(u32, u32) Wide |v| Operand::Number(Numbering::Loop, v);
    /// A global.
    GlobalSlot(u32, u32) Wide |v| Operand::Number(Numbering::Global, v);
    /// A field.
    FieldNum(u16, u16) Narrow |v| Operand::Number(Numbering::Field, v.into());
}
