//! What the loop does rarely.

use crate::heap::Ref;
use crate::native::Thrown;
use crate::vm::Vm;
use bp_builtins::errors::ErrorClass;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{closure, string};
use bp_isa::types::{FixedType, TypeDesc, TypeId};

/// A closure of the function whose captured cells the caller fills in.
pub(super) fn new_closure(vm: &mut Vm, function: u32, captured: usize) -> Result<Ref, Thrown> {
    let header = Header::new(FixedType::Closure.id(), RefKind::AllButFirst, closure::CAPTURED + captured);
    let object = vm.alloc(header)?;
    vm.heap.store(object, closure::FUNCTION, u64::from(function));
    vm.heap.store(object, closure::UNUSED, 0);
    Ok(object)
}

/// The function in a vtable slot of a class.
pub(crate) fn virtual_target(vm: &Vm, class: TypeId, slot: i32) -> u32 {
    match vm.state.types.desc(class) {
        Some(TypeDesc::Record { vtable, .. }) => vtable[slot as usize],
        other => unreachable!("virtual calls have a class instance, not {other:?}"),
    }
}

/// Throws for an index outside a string.
#[cold]
pub(crate) fn string_index(vm: &mut Vm, object: Ref, index: i64) -> Thrown {
    let len = vm.heap.load(object, string::LEN) as usize;
    vm.trap_index(index, len)
}

/// Throws `KeyError`; the message is the key as a program would write it.
#[cold]
pub(crate) fn missing_key(vm: &mut Vm, map: Ref, key: u64) -> Thrown {
    let ty = match vm.state.types.desc(vm.heap.header(map).ty()) {
        Some(TypeDesc::Map { key, .. } | TypeDesc::Set { key }) => *key,
        other => unreachable!("a map or set, not {other:?}"),
    };
    match vm.text(key, ty, true) {
        Ok(text) => {
            let message = [b"key ".as_slice(), vm.str_bytes(text), b" not found"].concat();
            vm.throw_new(ErrorClass::KeyError, message)
        }
        Err(thrown) => thrown,
    }
}
