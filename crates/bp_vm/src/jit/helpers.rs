//! The helpers, one function per row of the table of helpers.
//!
//! Each gets the machine and its arguments as words and answers a word or the sign of an exception.
//! References among the arguments are rooted by the caller's frame, not by the words here.
#![allow(unsafe_code, reason = "called from compiled code with the machine's address")]

use super::Region;
use super::enter::Answer;
use crate::heap::Ref;
use crate::interp::{arith, missing_key, string_index};
use crate::native::Thrown;
use crate::object::{array, map, string};
use crate::vm::Vm;
use bp_isa::Trap;
use bp_isa::abi::Header;
use bp_isa::abi::helper::MathOp;
use bp_isa::fault::{Fault, seeded};
use bp_isa::for_each_helper;

/// A helper as the exit stub calls it.
type HelperFn = unsafe extern "sysv64" fn(*mut Vm, u64, u64, u64) -> Answer;

macro_rules! define_table {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:ident($($arg:ident),*);)*) => {
        /// Addresses of the helpers by number.
        static TABLE: &[HelperFn] = &[$(entry::$name),*];

        mod entry {
            use super::*;

            $($(#[doc = $doc])*
            ///
            /// # Safety
            /// Called by the exit stub with the machine whose code is running.
            pub(super) unsafe extern "sysv64" fn $name(vm: *mut Vm, a: u64, b: u64, c: u64) -> Answer {
                // SAFETY: by contract; whoever entered compiled code has lent the machine to it.
                let vm = unsafe { &mut *vm };
                let [$($arg,)* ..] = [a, b, c, 0];
                super::$name(vm $(, $arg)*).into()
            })*
        }
    };
}
for_each_helper!(define_table);

/// The address of the table.
pub(super) fn table_address() -> u64 {
    TABLE.as_ptr().expose_provenance() as u64
}

type Word = Result<u64, Thrown>;

fn alloc(vm: &mut Vm, header: u64) -> Word {
    vm.alloc(Header(header)).map(Ref::word)
}

fn new_array(vm: &mut Vm, ty: u64, capacity: u64) -> Word {
    array::new(vm, ty as u32, capacity as usize).map(Ref::word)
}

fn new_map(vm: &mut Vm, ty: u64) -> Word {
    map::new(vm, ty as u32).map(Ref::word)
}

fn array_grow(vm: &mut Vm, array: u64) -> Word {
    array::grow(vm, Ref::from_word(array)).map(|()| 0)
}

fn array_pop(vm: &mut Vm, array: u64) -> Word {
    array::pop(vm, Ref::from_word(array)).ok_or_else(|| vm.trap(Trap::EmptyPop))
}

fn array_element(vm: &mut Vm, array: u64, index: u64) -> Word {
    Ok(array::element_at(vm, Ref::from_word(array), index).expect("the index is inside"))
}

fn str_byte(vm: &mut Vm, string: u64, index: u64) -> Word {
    let object = Ref::from_word(string);
    match string::byte_at(&vm.heap, object, index as i64) {
        Some(byte) => Ok(byte.into()),
        None => Err(string_index(vm, object, index as i64)),
    }
}

fn str_concat(vm: &mut Vm, lhs: u64, rhs: u64) -> Word {
    string::concat(vm, Ref::from_word(lhs), Ref::from_word(rhs)).map(Ref::word)
}

fn str_concat_all(vm: &mut Vm, address: u64, count: u64) -> Word {
    let count = count as usize;
    let start = vm.open_region(address, count, u64::MAX)?;
    let result = string::concat_all(vm, start, count).map(Ref::word);
    vm.close_region();
    result
}

fn eq_str(vm: &mut Vm, lhs: u64, rhs: u64) -> Word {
    Ok(string::equal(&vm.heap, Ref::from_word(lhs), Ref::from_word(rhs)).into())
}

fn eq_value(vm: &mut Vm, lhs: u64, rhs: u64, ty: u64) -> Word {
    vm.eq_value(lhs, rhs, ty as u32).map(u64::from)
}

fn compare_value(vm: &mut Vm, lhs: u64, rhs: u64, ty: u64) -> Word {
    vm.compare_value(lhs, rhs, ty as u32).map(|order| order as u64)
}

fn to_str(vm: &mut Vm, word: u64, ty: u64) -> Word {
    vm.text(word, ty as u32, false).map(Ref::word)
}

fn found(vm: &mut Vm, map: u64, key: u64, entry: Option<usize>) -> Word {
    let object = Ref::from_word(map);
    match entry {
        Some(entry) => Ok(map::entry_value(&vm.heap, object, entry)),
        None => Err(missing_key(vm, object, key)),
    }
}

fn map_get_int(vm: &mut Vm, map: u64, key: u64) -> Word {
    let entry = map::find_int(&vm.heap, Ref::from_word(map), key);
    found(vm, map, key, entry)
}

fn map_get_str(vm: &mut Vm, map: u64, key: u64) -> Word {
    let entry = map::find_str(vm, Ref::from_word(map), Ref::from_word(key));
    found(vm, map, key, entry)
}

fn map_get_any(vm: &mut Vm, map: u64, key: u64) -> Word {
    let entry = map::find_any(vm, Ref::from_word(map), key);
    found(vm, map, key, entry)
}

fn map_set_int(vm: &mut Vm, map: u64, key: u64, word: u64) -> Word {
    map::insert_int(vm, Ref::from_word(map), key, word).map(|()| 0)
}

fn map_set_str(vm: &mut Vm, map: u64, key: u64, word: u64) -> Word {
    map::insert_str(vm, Ref::from_word(map), Ref::from_word(key), word).map(|()| 0)
}

fn map_set_any(vm: &mut Vm, map: u64, key: u64, word: u64) -> Word {
    map::insert_any(vm, Ref::from_word(map), key, word).map(|()| 0)
}

fn map_has_int(vm: &mut Vm, map: u64, key: u64) -> Word {
    Ok(map::find_int(&vm.heap, Ref::from_word(map), key).is_some().into())
}

fn map_has_str(vm: &mut Vm, map: u64, key: u64) -> Word {
    Ok(map::find_str(vm, Ref::from_word(map), Ref::from_word(key)).is_some().into())
}

fn map_has_any(vm: &mut Vm, map: u64, key: u64) -> Word {
    Ok(map::find_any(vm, Ref::from_word(map), key).is_some().into())
}

fn map_next(vm: &mut Vm, map: u64, index: u64) -> Word {
    Ok(map::next_entry(&vm.heap, Ref::from_word(map), index as usize).map_or(u64::MAX, |entry| entry as u64))
}

fn builtin(vm: &mut Vm, address: u64, count_and_number: u64, refs: u64) -> Word {
    let (count, number) = ((count_and_number >> 32) as usize, count_and_number as u32);
    let start = vm.open_region(address, count, refs)?;
    let result = vm.call_builtin(number, start, count);
    vm.close_region();
    result
}

fn barrier(vm: &mut Vm, object: u64, value: u64, word: u64) -> Word {
    vm.heap.barrier_slow(Ref::from_word(object), word as usize, Ref::from_word(value));
    Ok(0)
}

fn pow_int(vm: &mut Vm, base: u64, exponent: u64) -> Word {
    if (exponent as i64) < 0 {
        return Err(vm.trap(Trap::NegativeExponent));
    }
    Ok(arith::pow(base as i64, exponent) as u64)
}

fn math(_vm: &mut Vm, operation: u64, lhs: u64, rhs: u64) -> Word {
    let (lhs, rhs) = (f64::from_bits(lhs), f64::from_bits(rhs));
    let result = match MathOp::ALL[operation as usize] {
        MathOp::Rem => lhs % rhs,
        MathOp::Pow => lhs.powf(rhs),
        MathOp::Floor => lhs.floor(),
        MathOp::Ceil => lhs.ceil(),
        MathOp::Trunc => lhs.trunc(),
        MathOp::Round => lhs.round(),
    };
    Ok(result.to_bits())
}

fn attention(vm: &mut Vm) -> Word {
    vm.state.poll.lower_stack_limit();
    vm.attention().map(|()| 0)
}

fn enter(vm: &mut Vm) -> Word {
    // The frame pointer stands for the stack pointer at the entry: the frame is smaller than what is
    // kept below the limit.
    if (vm.state.context.exit_fp as usize) < vm.state.poll.real_stack_limit() {
        vm.leave_entered_frame();
        return Err(vm.trap(Trap::StackOverflow));
    }
    attention(vm)
}

fn throw(vm: &mut Vm, object: u64) -> Word {
    Err(vm.throw_object(Ref::from_word(object)))
}

fn rethrow(vm: &mut Vm, object: u64) -> Word {
    Err(vm.rethrow(Ref::from_word(object)))
}

fn trap(vm: &mut Vm, trap: u64) -> Word {
    Err(vm.trap(Trap::from_number(trap as u32).expect("compiled from verified code")))
}

fn trap_index(vm: &mut Vm, index: u64, length: u64) -> Word {
    Err(vm.trap_index(index as i64, length as usize))
}

impl Vm {
    /// Copies arguments from compiled code's stack to the register stack, where library functions
    /// expect them and collections find them.
    fn open_region(&mut self, address: u64, count: usize, refs: u64) -> Result<usize, Thrown> {
        let start = self.free_window();
        if !self.state.stack.has_room(start, count) {
            return Err(self.trap(Trap::StackOverflow));
        }
        self.state.copy_words_in(start, address, count);
        self.state.jit.regions.push(Region { start, count, refs });
        Ok(start)
    }

    fn close_region(&mut self) {
        self.state.jit.regions.pop();
    }
}

impl Region {
    /// One past its last word.
    pub(crate) fn end(&self) -> usize {
        self.start + self.count
    }

    /// Whether argument `position` is a reference. Calls with more arguments than the word has bits
    /// pass strings and type numbers only behind the last bit: see the compiler.
    pub(crate) fn is_ref(&self, position: usize) -> bool {
        if seeded(Fault::ArgumentRoots) && position > 0 {
            return false;
        }
        position >= 64 || self.refs >> position & 1 == 1
    }

    /// Positions on the register stack that hold references.
    pub(crate) fn refs(self) -> impl Iterator<Item = usize> {
        (0..self.count).filter(move |&position| self.is_ref(position)).map(move |position| self.start + position)
    }
}
