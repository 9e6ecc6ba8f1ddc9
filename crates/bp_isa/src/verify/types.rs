//! The type table: known numbers, sound inheritance, methods that fit their use.

use super::{Check, ensure};
use crate::Program;
use crate::operand::Kind;
use crate::program::Function;
use crate::types::{FIRST_ERROR_CLASS, FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId};
use bp_builtins::errors::ErrorClass;
use rustc_hash::{FxHashMap, FxHashSet};

/// The most types of a program: numbers fit 20 bits in headers.
const MAX_TYPES: usize = (1 << 20) - FIRST_PROGRAM_TYPE as usize;

/// What a type number stands for.
#[derive(Clone, Copy)]
pub(super) enum TypeRow<'p> {
    /// A type that every program has.
    Fixed(FixedType),
    /// A built-in error class.
    Error,
    /// A type that the program declares.
    Declared(&'p TypeDesc),
}

/// Parameter kinds and result of a function.
type Shape<'p> = (&'p [Kind], Option<Kind>);

/// The checked type table and what can be called through it.
pub(super) struct Types<'p> {
    program: &'p Program,
    shapes: FxHashMap<Shape<'p>, u32>,
    methods: FxHashSet<(u32, u32)>,
}

impl<'p> Types<'p> {
    /// Checks the table.
    pub(super) fn new(program: &'p Program) -> Check<Types<'p>> {
        ensure!(program.types.len() <= MAX_TYPES, "{} types are too many", program.types.len());
        let mut types = Types { program, shapes: FxHashMap::default(), methods: FxHashSet::default() };
        let shape_of: Vec<u32> = program.functions.iter().map(|function| types.intern(function)).collect();
        for (index, row) in program.types.iter().enumerate() {
            types.row(row, &shape_of).map_err(|(pc, what)| (pc, format!("type {}: {what}", number(index))))?;
        }
        types.inheritance_ends()?;
        Ok(types)
    }

    /// The number of a function's shape; functions that no vtable may hold get one nobody calls.
    fn intern(&mut self, function: &'p Function) -> u32 {
        let params = function.registers.get(..usize::from(function.params)).unwrap_or(&[]);
        let next = self.shapes.len() as u32;
        *self.shapes.entry((params, function.result)).or_insert(next)
    }

    /// What a number stands for.
    pub(super) fn get(&self, ty: TypeId) -> Option<TypeRow<'p>> {
        if let Some(row) = ty.checked_sub(FIRST_PROGRAM_TYPE) {
            return self.program.types.get(row as usize).map(TypeRow::Declared);
        }
        match ty.checked_sub(FIRST_ERROR_CLASS) {
            Some(class) => ((class as usize) < ErrorClass::ALL.len()).then_some(TypeRow::Error),
            None => FixedType::ALL.get(ty as usize).map(|fixed| TypeRow::Fixed(*fixed)),
        }
    }

    /// The kind of registers that hold values of a type; none if the type does not tell.
    pub(super) fn kind(&self, ty: TypeId) -> Option<Kind> {
        match self.get(ty)? {
            TypeRow::Fixed(fixed) => match fixed {
                FixedType::None | FixedType::Void => None,
                FixedType::Int | FixedType::Bool | FixedType::Ptr | FixedType::U8 | FixedType::I32 => Some(Kind::Int),
                FixedType::Float | FixedType::F32 => Some(Kind::Float),
                _ => Some(Kind::Ref),
            },
            TypeRow::Error => Some(Kind::Ref),
            TypeRow::Declared(TypeDesc::Enum { .. }) => Some(Kind::Int),
            TypeRow::Declared(_) => Some(Kind::Ref),
        }
    }

    /// Whether some class has a method in `slot` that takes and returns these kinds.
    pub(super) fn has_method(&self, slot: u32, params: &[Kind], result: Option<Kind>) -> bool {
        self.shapes.get(&(params, result)).is_some_and(|shape| self.methods.contains(&(slot, *shape)))
    }

    fn row(&mut self, row: &TypeDesc, shape_of: &[u32]) -> Check {
        match row {
            TypeDesc::Enum { .. } => Ok(()),
            TypeDesc::Array { element } => self.known(*element),
            TypeDesc::Map { key, value } => self.known(*key).and_then(|()| self.known(*value)),
            TypeDesc::Set { key } => self.known(*key),
            TypeDesc::Tuple { members } => members.iter().try_for_each(|member| self.known(*member)),
            TypeDesc::Function { params, result } => {
                params.iter().try_for_each(|param| self.known(*param))?;
                self.known(*result)
            }
            TypeDesc::Optional { inner } => {
                let nested = matches!(self.get(*inner), Some(TypeRow::Declared(TypeDesc::Optional { .. })));
                ensure!(!nested, "an optional of an optional");
                self.known(*inner)
            }
            TypeDesc::Record { base, fields, vtable, to_str, equals, less, .. } => {
                fields.iter().try_for_each(|(_, ty)| self.known(*ty))?;
                self.inherits(*base, fields, vtable)?;
                for (slot, method) in vtable.iter().enumerate() {
                    self.method(*method)?;
                    self.methods.insert((slot as u32, shape_of[*method as usize]));
                }
                self.special(*to_str, "__str__", &[Kind::Ref], Kind::Ref)?;
                self.special(*equals, "__eq__", &[Kind::Ref, Kind::Ref], Kind::Int)?;
                self.special(*less, "__lt__", &[Kind::Ref, Kind::Ref], Kind::Int)
            }
        }
    }

    fn known(&self, ty: TypeId) -> Check {
        ensure!(ty != FixedType::None.id() && self.get(ty).is_some(), "type {ty} does not exist");
        Ok(())
    }

    /// The base's fields and slots come first.
    fn inherits(&self, base: Option<TypeId>, fields: &[(Box<str>, TypeId)], vtable: &[u32]) -> Check {
        let Some(base) = base else { return Ok(()) };
        match self.get(base) {
            Some(TypeRow::Error) => {
                let start: Vec<_> = fields.iter().take(ERROR_FIELDS.len()).map(|(_, ty)| self.kind(*ty)).collect();
                ensure!(start == ERROR_FIELDS.map(Some), "an error class without message and trace");
                Ok(())
            }
            Some(TypeRow::Declared(TypeDesc::Record { fields: inherited, vtable: slots, is_class: true, .. })) => {
                let first = fields.get(..inherited.len());
                let same = first.is_some_and(|first| first.iter().zip(inherited).all(|(a, b)| a.1 == b.1));
                ensure!(same, "the fields of base {base} do not come first");
                ensure!(slots.len() <= vtable.len(), "the methods of base {base} are missing");
                Ok(())
            }
            _ => Err((None, format!("base {base} is not a class"))),
        }
    }

    fn method(&self, number: u32) -> Check<&'p Function> {
        let function = self.program.functions.get(number as usize);
        let Some(function) = function else { return Err((None, format!("function {number} does not exist"))) };
        ensure!(!function.takes_closure, "method `{}` captures variables", function.name);
        Ok(function)
    }

    fn special(&self, number: Option<u32>, name: &str, params: &[Kind], result: Kind) -> Check {
        let Some(number) = number else { return Ok(()) };
        let function = self.method(number)?;
        let fits =
            function.registers.get(..usize::from(function.params)) == Some(params) && function.result == Some(result);
        ensure!(fits, "`{}` cannot serve as `{name}`", function.name);
        Ok(())
    }

    /// No class is its own ancestor.
    fn inheritance_ends(&self) -> Check {
        let rows = &self.program.types;
        let base = |row: usize| match &rows[row] {
            TypeDesc::Record { base: Some(base), .. } => base.checked_sub(FIRST_PROGRAM_TYPE).map(|row| row as usize),
            _ => None,
        };
        // Per row the walk that has reached it first; a walk that meets itself is a cycle.
        let mut reached_by = vec![usize::MAX; rows.len()];
        for start in 0..rows.len() {
            let mut row = start;
            while reached_by[row] == usize::MAX {
                reached_by[row] = start;
                match base(row) {
                    Some(next) => row = next,
                    None => break,
                }
                ensure!(reached_by[row] != start, "type {} is its own ancestor", number(row));
            }
        }
        Ok(())
    }
}

/// Kinds of the fields that every error has: message and trace.
pub(super) const ERROR_FIELDS: [Kind; 2] = [Kind::Ref, Kind::Ref];

fn number(row: usize) -> usize {
    FIRST_PROGRAM_TYPE as usize + row
}
