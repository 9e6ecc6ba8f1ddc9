//! Objects against models, with a collection at every allocation and without.

mod array;
mod barrier;
mod map;
mod string;

use super::{array as arrays, map as maps, string as strings};
use crate::config::VmConfig;
use crate::handle::Handle;
use crate::heap::{Ref, Stress};
use crate::native::{Library, NativeCx, Value};
use crate::vm::Vm;
use bp_isa::Program;
use bp_isa::types::{FIRST_PROGRAM_TYPE, FixedType, TypeDesc, TypeId};
use proptest::prelude::*;
use std::sync::Arc;

/// A machine with those types and no code.
pub(crate) fn machine(types: Vec<TypeDesc>, stress: Option<Stress>) -> Vm {
    let program = Program { types, ..Program::default() };
    let library = Library { bodies: &[], state: Box::new(()) };
    let config = VmConfig {
        gc_stress: stress,
        gc_verify: stress.is_some(),
        gc_poison: true,
        hash_seed: Some(1),
        ..VmConfig::default()
    };
    Vm::new(Arc::new(program), library, config).expect("memory for a machine")
}

const INT: TypeId = FixedType::Int.id();
const FLOAT: TypeId = FixedType::Float.id();
const STR: TypeId = FixedType::Str.id();
const MODES: [Option<Stress>; 2] = [None, Some(Stress::Alloc)];

const fn row(row: u32) -> TypeId {
    FIRST_PROGRAM_TYPE + row
}
