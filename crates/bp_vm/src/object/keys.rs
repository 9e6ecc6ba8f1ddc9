//! Keys of maps by their type: hash and equality.
//!
//! Keys are ints, bools, enums, floats, strings, and tuples of keys; nothing else has a hash. Equality
//! is that of `==`: both zeros are one key, and nan, equal to nothing, is found by nobody.

use super::hash::{combine, hash_float, hash_word, mix};
use super::string;
use crate::heap::Ref;
use crate::types::Types;
use crate::vm::Vm;
use bp_isa::types::{FixedType, TypeDesc, TypeId};

/// The kinds of key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Key {
    /// int, bool, enum.
    Word,
    Float,
    Str,
    Tuple,
}

/// The kind of keys of a type.
#[inline]
pub(crate) fn kind(types: &Types, ty: TypeId) -> Key {
    if ty == FixedType::Str.id() {
        Key::Str
    } else if ty == FixedType::Float.id() {
        Key::Float
    } else if types.is_reference(ty) {
        Key::Tuple
    } else {
        Key::Word
    }
}

fn members(types: &Types, ty: TypeId) -> &[TypeId] {
    match types.desc(ty) {
        Some(TypeDesc::Tuple { members }) => members,
        other => unreachable!("the checker lets only tuples through, not {other:?}"),
    }
}

/// The hash of a key. What contains nan is equal to nothing and gets a hash that depends on `salt`, so
/// that many of them in one map do not crowd together.
pub(crate) fn hash(vm: &mut Vm, key: u64, ty: TypeId, salt: u64) -> u64 {
    match kind(&vm.state.types, ty) {
        Key::Word => hash_word(key),
        Key::Str => string::hash(&mut vm.heap, vm.state.hash_key, Ref::from_word(key)),
        Key::Float => match f64::from_bits(key) {
            nan if nan.is_nan() => hash_word(mix(salt)),
            number => hash_float(number),
        },
        Key::Tuple => {
            let count = members(&vm.state.types, ty).len();
            let mut so_far = hash_word(count as u64);
            for member in 0..count {
                let member_ty = members(&vm.state.types, ty)[member];
                let word = vm.heap.load(Ref::from_word(key), member);
                so_far = combine(so_far, hash(vm, word, member_ty, salt));
            }
            so_far
        }
    }
}

/// Whether two keys of a type are equal.
pub(crate) fn equal(vm: &Vm, a: u64, b: u64, ty: TypeId) -> bool {
    match kind(&vm.state.types, ty) {
        Key::Word => a == b,
        Key::Str => string::equal(&vm.heap, Ref::from_word(a), Ref::from_word(b)),
        Key::Float => f64::from_bits(a) == f64::from_bits(b),
        Key::Tuple => members(&vm.state.types, ty).iter().enumerate().all(|(member, &ty)| {
            let word = |tuple| vm.heap.load(Ref::from_word(tuple), member);
            equal(vm, word(a), word(b), ty)
        }),
    }
}
