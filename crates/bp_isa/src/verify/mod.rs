//! Proves that a program keeps the rules that the tiers rely on.
//!
//! After [`verify`] has accepted a program, every instruction decodes, every operand is in range and
//! of its kind, every branch leads to an instruction, every register is written before it is read on
//! every path, and calls fit their callees. Readers may then decode unchecked.
//!
//! The program may hold anything: nothing here panics, recurses without bound or takes much longer
//! than reading the program does. Absence: no guess at what objects hold at run time; the field
//! numbers of objects whose type only the compiler knows are trusted.

mod code;
mod defined;
mod operands;
#[cfg(test)]
pub(crate) mod tests;
mod types;

use crate::Program;
use crate::operand::Kind;
use crate::program::{Constant, Function, Signature};
use crate::types::{FIRST_PROGRAM_TYPE, FixedType, TypeDesc};
use std::fmt;
use types::Types;

/// A broken rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// The function's name; none for a rule about the program.
    pub function: Option<Box<str>>,
    /// The word of the instruction, if the rule is about one.
    pub pc: Option<u32>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.function, self.pc) {
            (Some(function), Some(pc)) => write!(f, "in `{function}` at {pc}: {}", self.what),
            (Some(function), None) => write!(f, "in `{function}`: {}", self.what),
            (None, _) => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for VerifyError {}

/// The outcome of a check: what is wrong, and at which word.
type Check<T = ()> = Result<T, (Option<u32>, String)>;

/// Fails with a formatted message unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err((None, format!($($message)+)));
        }
    };
}
use ensure;

/// The most registers of a function: the last number means none.
const MAX_REGISTERS: usize = u16::MAX as usize;
/// The most words of a function; positions and distances fit 32 bits with room to add.
const MAX_WORDS: usize = 1 << 30;

/// Checks a whole program.
///
/// # Errors
/// The first broken rule found.
pub fn verify(program: &Program) -> Result<(), VerifyError> {
    let whole = |(pc, what)| VerifyError { function: None, pc, what };
    let types = Types::new(program).map_err(whole)?;
    constants(program).map_err(whole)?;
    entry_points(program).map_err(whole)?;
    externs(program, &types).map_err(whole)?;
    for function in &program.functions {
        let inside = |(pc, what)| VerifyError { function: Some(function.name.clone()), pc, what };
        shape(program, function).map_err(inside)?;
        if let Some(signature) = &function.signature {
            self::signature(&types, function, signature).map_err(inside)?;
        }
    }
    for function in &program.functions {
        let inside = |(pc, what)| VerifyError { function: Some(function.name.clone()), pc, what };
        code::check(program, &types, function).map_err(inside)?;
        defined::check(function).map_err(inside)?;
    }
    Ok(())
}

/// The part of a function that its callers rely on.
fn shape(program: &Program, function: &Function) -> Check {
    let count = function.registers.len();
    ensure!(count <= MAX_REGISTERS, "{count} registers are too many");
    ensure!(function.code.len() <= MAX_WORDS, "{} words of code are too many", function.code.len());
    let params = usize::from(function.params);
    let given = params + usize::from(function.takes_closure);
    ensure!(given <= count, "{given} parameters do not fit {count} registers");
    if function.takes_closure {
        ensure!(function.registers[params] == Kind::Ref, "the closure is not in a reference register");
    }
    ensure!((function.file as usize) < program.files.len(), "file {} does not exist", function.file);
    Ok(())
}

/// What callers from outside are told of a function.
fn signature(types: &Types<'_>, function: &Function, signature: &Signature) -> Check {
    let params: Vec<_> = signature.params.iter().map(|ty| types.kind(*ty)).collect();
    let kinds = &function.registers[..usize::from(function.params)];
    ensure!(
        params.iter().copied().eq(kinds.iter().map(|kind| Some(*kind))),
        "the signature does not fit the parameters"
    );
    ensure!(types.get(signature.result).is_some(), "type {} of the result does not exist", signature.result);
    ensure!(types.kind(signature.result) == function.result, "the signature does not fit the result");
    Ok(())
}

fn constants(program: &Program) -> Check {
    for (index, constant) in program.constants.iter().enumerate() {
        if let Constant::Function(number) = constant {
            let Some(function) = program.functions.get(*number as usize) else {
                return Err((None, format!("constant {index} is function {number}, which does not exist")));
            };
            ensure!(!function.takes_closure, "constant {index} is a function that captures variables");
        }
    }
    Ok(())
}

/// The main function and the modules' bodies.
fn entry_points(program: &Program) -> Check {
    for number in &program.module_bodies {
        let Some(body) = program.functions.get(*number as usize) else {
            return Err((None, format!("module body {number} does not exist")));
        };
        let plain = body.params == 0 && !body.takes_closure && body.result.is_none();
        ensure!(plain, "module body `{}` takes or returns something", body.name);
    }
    let Some(main) = program.main else { return Ok(()) };
    let Some(function) = program.functions.get(main.function as usize) else {
        return Err((None, format!("main function {} does not exist", main.function)));
    };
    ensure!(!function.takes_closure, "the main function captures variables");
    ensure!(function.params == u16::from(main.takes_args), "the main function's parameters do not fit its description");
    if main.takes_args {
        ensure!(function.registers.first() == Some(&Kind::Ref), "the main function does not take an array");
        let row = main.args_type.checked_sub(FIRST_PROGRAM_TYPE).and_then(|row| program.types.get(row as usize));
        let strings = matches!(row, Some(TypeDesc::Array { element }) if *element == FixedType::Str.id());
        ensure!(strings, "type {} of the main function's arguments is not `[str]`", main.args_type);
    }
    let status = if main.returns_status { Some(Kind::Int) } else { None };
    ensure!(function.result == status, "the main function's result does not fit its description");
    Ok(())
}

/// Foreign functions have types that exist.
fn externs(program: &Program, types: &Types<'_>) -> Check {
    for declared in &program.externs {
        let Signature { params, result } = &declared.signature;
        for ty in params.iter().chain([result]) {
            ensure!(types.get(*ty).is_some(), "type {ty} of the foreign function `{}` does not exist", declared.name);
        }
    }
    Ok(())
}

/// A kind as messages call it.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Ref => "reference",
    }
}
