//! Operands of one instruction: in range, of their kind, fitting each other.

use super::types::{ERROR_FIELDS, TypeRow, Types};
use super::{Check, ensure, kind_name};
use crate::operand::{Class, Kind, Numbering, Operand, Reg};
use crate::program::Function;
use crate::traps::Trap;
use crate::types::{FixedType, TypeDesc, TypeId};
use crate::{Instr, Program};
use bp_builtins::Builtin;

/// Arguments that a function may pass in all, per word of code and in addition; each argument takes
/// an instruction to put it in its place, so compilers stay far below.
const ARGUMENTS_PER_WORD: usize = 4;
const ARGUMENTS_FREE: usize = 1 << 16;

/// Checks the instructions of one function.
pub(super) struct Operands<'p> {
    program: &'p Program,
    types: &'p Types<'p>,
    function: &'p Function,
    /// Arguments that may still be passed.
    arguments_left: usize,
}

impl<'p> Operands<'p> {
    pub(super) fn new(program: &'p Program, types: &'p Types<'p>, function: &'p Function) -> Self {
        let arguments_left = function.code.len() * ARGUMENTS_PER_WORD + ARGUMENTS_FREE;
        Self { program, types, function, arguments_left }
    }

    /// Checks an instruction.
    pub(super) fn check(&mut self, instr: &Instr) -> Check {
        self.each(instr)?;
        self.together(instr)
    }

    /// Each operand by itself.
    fn each(&mut self, instr: &Instr) -> Check {
        let mut result = Ok(());
        let mut window = Reg(0);
        instr.operands(|operand| {
            if let Operand::Args(first) = operand {
                window = first;
            }
            if result.is_ok() {
                result = self.one(operand, window, instr);
            }
        });
        result
    }

    fn one(&mut self, operand: Operand, window: Reg, instr: &Instr) -> Check {
        match operand {
            Operand::In(reg, class) | Operand::Out(reg, class) => self.register(reg, class),
            Operand::InOut(reg) => self.register(reg, Class::Exact(Kind::Int)),
            Operand::Count(count) => self.window(window, count),
            Operand::Number(numbering, number) => self.number(numbering, number, instr),
            Operand::Args(_) | Operand::Imm(_) | Operand::Rel(_) => Ok(()),
        }
    }

    fn register(&self, reg: Reg, class: Class) -> Check {
        if !reg.is_some() && class == Class::AnyOrNone {
            return Ok(());
        }
        let Some(kind) = self.function.registers.get(reg.index()) else {
            return Err((None, format!("register r{} does not exist", reg.0)));
        };
        let fits = match class {
            Class::Exact(wanted) => *kind == wanted,
            Class::Word => *kind != Kind::Ref,
            Class::Any | Class::AnyOrNone => true,
        };
        ensure!(fits, "{reg} is a register for {}s", kind_name(*kind));
        Ok(())
    }

    fn window(&mut self, first: Reg, count: u16) -> Check {
        let end = first.index() + usize::from(count);
        ensure!(end <= self.function.registers.len(), "arguments {first}… reach beyond the last register");
        let left = self.arguments_left.checked_sub(usize::from(count));
        ensure!(left.is_some(), "more arguments than instructions could have prepared");
        self.arguments_left = left.unwrap_or(0);
        Ok(())
    }

    fn number(&self, numbering: Numbering, number: u32, instr: &Instr) -> Check {
        let (name, count) = match numbering {
            Numbering::Func => ("function", self.program.functions.len()),
            Numbering::Const => ("constant", self.program.constants.len()),
            Numbering::Builtin => ("built-in", Builtin::ALL.len()),
            Numbering::Trap => ("trap", Trap::ALL.len()),
            Numbering::Loop => ("loop", self.function.loops.len()),
            Numbering::Global => match instr {
                Instr::GetGlobalRef { .. } | Instr::SetGlobalRef { .. } => {
                    ("reference global", self.program.ref_globals.len())
                }
                _ => ("word global", self.program.word_globals.len()),
            },
            Numbering::Type => {
                let known = number != FixedType::None.id() && self.types.get(number).is_some();
                ensure!(known, "type {number} does not exist");
                return Ok(());
            }
            Numbering::Field => return Ok(()),
        };
        ensure!((number as usize) < count, "{name} {number} does not exist");
        Ok(())
    }

    fn kind(&self, reg: Reg) -> Kind {
        self.function.registers[reg.index()]
    }

    fn kinds(&self, first: Reg, count: u16) -> &'p [Kind] {
        &self.function.registers[first.index()..first.index() + usize::from(count)]
    }

    fn result_kind(&self, dst: Reg) -> Option<Kind> {
        dst.is_some().then(|| self.kind(dst))
    }

    /// What the operands must be to each other. Instructions whose operands are independent are not named.
    fn together(&self, instr: &Instr) -> Check {
        match *instr {
            Instr::MoveAny { dst, src } => {
                ensure!(self.kind(dst) == self.kind(src), "{dst} and {src} are of different kinds");
                Ok(())
            }
            Instr::DivIntImm { imm, .. } | Instr::RemIntImm { imm, .. } => {
                ensure!(imm != 0 && imm != -1, "division by the immediate {imm}");
                Ok(())
            }
            Instr::ShlIntImm { imm, .. } | Instr::ShrIntImm { imm, .. } => {
                ensure!((0..64).contains(&imm), "shift by the immediate {imm}");
                Ok(())
            }
            Instr::LoopUp { step, .. } => {
                ensure!(step >= 1, "a loop upwards by {step}");
                Ok(())
            }
            Instr::Call { dst, args, count, function } => self.call(dst, args, count, function),
            Instr::CallVirtual { dst, args, count, slot } => {
                let (kinds, result) = (self.kinds(args, count), self.result_kind(dst));
                ensure!(kinds.first() == Some(&Kind::Ref), "a method call without an object");
                let found = self.types.has_method(slot.cast_unsigned(), kinds, result);
                ensure!(found, "no class has a method in slot {slot} that fits the registers");
                Ok(())
            }
            Instr::NewClosure { args, count, function, .. } => {
                let callee = &self.program.functions[function as usize];
                ensure!(callee.takes_closure, "`{}` captures nothing", callee.name);
                let cells = self.kinds(args, count).iter().all(|kind| *kind == Kind::Ref);
                ensure!(cells, "a captured value is not a reference");
                Ok(())
            }
            Instr::StrConcatAll { args, count, .. } => {
                let strings = self.kinds(args, count).iter().all(|kind| *kind == Kind::Ref);
                ensure!(strings, "a string to join is not a reference");
                Ok(())
            }
            Instr::Ret { src } => {
                let result = self.function.result;
                ensure!(result == Some(self.kind(src)), "{src} is not of the kind that the function returns");
                Ok(())
            }
            Instr::RetVoid {} => {
                ensure!(self.function.result.is_none(), "the function returns without its result");
                Ok(())
            }
            Instr::NewRecord { args, count, ty, .. } => self.new_record(self.kinds(args, count), ty),
            Instr::NewArray { capacity, ty, .. } => {
                ensure!(capacity >= 0, "an array with room for {capacity} elements");
                let is_array = matches!(self.types.get(ty), Some(TypeRow::Declared(TypeDesc::Array { .. })));
                ensure!(is_array, "type {ty} is not an array");
                Ok(())
            }
            Instr::NewMap { ty, .. } => {
                let row = self.types.get(ty);
                let is_map = matches!(row, Some(TypeRow::Declared(TypeDesc::Map { .. } | TypeDesc::Set { .. })));
                ensure!(is_map, "type {ty} is neither a map nor a set");
                Ok(())
            }
            Instr::IsClass { ty, .. } => {
                let row = self.types.get(ty);
                let is_record = matches!(row, Some(TypeRow::Error | TypeRow::Declared(TypeDesc::Record { .. })));
                ensure!(is_record, "type {ty} is not a class");
                Ok(())
            }
            Instr::EqValue { lhs, rhs, ty, .. } | Instr::CompareValue { lhs, rhs, ty, .. } => {
                self.of_type(lhs, ty)?;
                self.of_type(rhs, ty)
            }
            Instr::ToStr { src, ty, .. } => self.of_type(src, ty),
            _ => Ok(()),
        }
    }

    fn call(&self, dst: Reg, args: Reg, count: u16, function: u32) -> Check {
        let callee = &self.program.functions[function as usize];
        let name = &callee.name;
        ensure!(!callee.takes_closure, "`{name}` needs its closure");
        ensure!(count == callee.params, "`{name}` takes {} arguments, not {count}", callee.params);
        let params = &callee.registers[..usize::from(callee.params)];
        let wrong = self.kinds(args, count).iter().zip(params).position(|(given, taken)| given != taken);
        if let Some(index) = wrong {
            return Err((None, format!("argument {index} of `{name}` is not of kind {}", kind_name(params[index]))));
        }
        ensure!(self.result_kind(dst) == callee.result, "{dst} does not fit the result of `{name}`");
        Ok(())
    }

    fn new_record(&self, given: &[Kind], ty: TypeId) -> Check {
        let fits = |fields: &mut dyn ExactSizeIterator<Item = Option<Kind>>| {
            ensure!(fields.len() == given.len(), "type {ty} has {} fields, not {}", fields.len(), given.len());
            let wrong = fields.zip(given).position(|(field, given)| field.is_some_and(|field| field != *given));
            ensure!(wrong.is_none(), "field {} of type {ty} is of another kind", wrong.unwrap_or(0));
            Ok(())
        };
        match self.types.get(ty) {
            Some(TypeRow::Error) => fits(&mut ERROR_FIELDS.map(Some).into_iter()),
            Some(TypeRow::Declared(TypeDesc::Record { fields, .. })) => {
                fits(&mut fields.iter().map(|(_, field)| self.types.kind(*field)))
            }
            Some(TypeRow::Declared(TypeDesc::Tuple { members })) => {
                fits(&mut members.iter().map(|member| self.types.kind(*member)))
            }
            Some(TypeRow::Fixed(FixedType::WordCell)) if given == [Kind::Float] => Ok(()),
            Some(TypeRow::Fixed(FixedType::WordCell | FixedType::BoxedWord)) => {
                fits(&mut [Some(Kind::Int)].into_iter())
            }
            Some(TypeRow::Fixed(FixedType::BoxedFloat)) => fits(&mut [Some(Kind::Float)].into_iter()),
            Some(TypeRow::Fixed(FixedType::RefCell)) => fits(&mut [Some(Kind::Ref)].into_iter()),
            _ => Err((None, format!("type {ty} has no fields"))),
        }
    }

    fn of_type(&self, reg: Reg, ty: TypeId) -> Check {
        let kind = self.types.kind(ty);
        ensure!(kind.is_none_or(|kind| kind == self.kind(reg)), "{reg} cannot hold a value of type {ty}");
        Ok(())
    }
}
