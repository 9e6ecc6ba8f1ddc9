//! The order of values: numbers by value, strings by bytes, tuples and arrays by their first
//! difference.
//!
//! Ordered types contain no records, so the nesting is that of the type and walks end. Absence:
//! nothing here allocates, throws or calls.

use super::{Shape, part_count, part_type};
use crate::heap::Ref;
use crate::native::Thrown;
use crate::object::{array, string};
use crate::vm::Vm;
use bp_isa::types::{ElementKind, TypeId};
use std::cmp::Ordering;

/// Neither less nor equal nor greater: one side is nan.
const UNORDERED: i64 = 2;

fn number(order: Option<Ordering>) -> i64 {
    order.map_or(UNORDERED, |order| order as i64)
}

impl Vm {
    /// -1, 0, 1 as the first value is less, equal, greater; 2 if they are unordered.
    pub(crate) fn compare_value(&mut self, a: u64, b: u64, ty: TypeId) -> Result<i64, Thrown> {
        Ok(self.order(a, b, ty))
    }

    fn order(&self, a: u64, b: u64, ty: TypeId) -> i64 {
        match Shape::of(&self.state.types, ty) {
            Shape::Int | Shape::Bool => (a as i64).cmp(&(b as i64)) as i64,
            Shape::Float => number(f64::from_bits(a).partial_cmp(&f64::from_bits(b))),
            Shape::Str => string::compare(&self.heap, Ref::from_word(a), Ref::from_word(b)) as i64,
            Shape::Tuple => {
                let member = |tuple, at| self.heap.load(Ref::from_word(tuple), at);
                let orders = (0..part_count(&self.state.types, ty))
                    .map(|at| self.order(member(a, at), member(b, at), part_type(&self.state.types, ty, at)));
                first_difference(orders).unwrap_or(0)
            }
            Shape::Array(element) => self.order_of_arrays(Ref::from_word(a), Ref::from_word(b), element),
            other => unreachable!("values of shape {other:?} have no order"),
        }
    }

    fn order_of_arrays(&self, a: Ref, b: Ref, element: TypeId) -> i64 {
        let heap = &self.heap;
        let (a_len, b_len) = (array::len(heap, a), array::len(heap, b));
        let kind = array::kind(self, a);
        let difference = match kind {
            ElementKind::Int => {
                let mut pairs = array::words(heap, a).iter().zip(array::words(heap, b));
                pairs.find(|(a, b)| a != b).map(|(&a, &b)| (a as i64).cmp(&(b as i64)) as i64)
            }
            ElementKind::Byte => {
                let mut pairs = array::bytes(heap, a).iter().zip(array::bytes(heap, b));
                pairs.find(|(a, b)| a != b).map(|(a, b)| a.cmp(b) as i64)
            }
            ElementKind::Float | ElementKind::Ref | ElementKind::I32 | ElementKind::F32 => {
                let at = |array, index| array::element(heap, kind, array, index);
                first_difference((0..a_len.min(b_len)).map(|index| self.order(at(a, index), at(b, index), element)))
            }
        };
        difference.unwrap_or(a_len.cmp(&b_len) as i64)
    }
}

fn first_difference(mut orders: impl Iterator<Item = i64>) -> Option<i64> {
    orders.find(|&order| order != 0)
}
