//! The order of values: numbers by value, strings by bytes, tuples and arrays by their first
//! difference, objects by their `__lt__`.
//!
//! The nesting of what is walked is that of the type: walks end. Objects are held by handles while a part is
//! compared, for `__lt__` may do anything.

use super::{Shape, part_count, part_type};
use crate::heap::Ref;
use crate::native::Thrown;
use crate::object::{array, string};
use crate::vm::Vm;
use bp_isa::types::{ElementKind, TypeDesc, TypeId};
use std::cmp::Ordering;

/// Neither less nor equal nor greater: one side is nan.
const UNORDERED: i64 = 2;

fn number(order: Option<Ordering>) -> i64 {
    order.map_or(UNORDERED, |order| order as i64)
}

impl Vm {
    /// -1, 0, 1 as the first value is less, equal, greater; 2 if they are unordered. Throws from `__lt__`.
    pub(crate) fn compare_value(&mut self, a: u64, b: u64, ty: TypeId) -> Result<i64, Thrown> {
        let shape = Shape::of(&self.state.types, ty);
        if let Some(order) = self.order_of_parts(shape, a, b) {
            return Ok(order);
        }
        match shape {
            Shape::Tuple => {
                let count = part_count(&self.state.types, ty);
                self.first_difference(a, b, |vm, a, b, at| {
                    (at < count).then(|| (vm.heap.load(a, at), vm.heap.load(b, at), part_type(&vm.state.types, ty, at)))
                })
            }
            Shape::Array(element) => self.order_of_arrays(a, b, element),
            Shape::Struct | Shape::Class => self.order_of_records(Ref::from_word(a), Ref::from_word(b), ty),
            other => unreachable!("values of shape {other:?} have no order"),
        }
    }

    /// The order of what has no parts.
    #[inline]
    fn order_of_parts(&self, shape: Shape, a: u64, b: u64) -> Option<i64> {
        match shape {
            Shape::Int | Shape::Bool => Some((a as i64).cmp(&(b as i64)) as i64),
            Shape::Float => Some(number(f64::from_bits(a).partial_cmp(&f64::from_bits(b)))),
            Shape::Str => Some(string::compare(&self.heap, Ref::from_word(a), Ref::from_word(b)) as i64),
            _ => None,
        }
    }

    /// The order of the first parts that differ; 0 if none does. `part` gives the two parts with a number and their
    /// type.
    fn first_difference(
        &mut self,
        a: u64,
        b: u64,
        part: impl Fn(&Vm, Ref, Ref, usize) -> Option<(u64, u64, TypeId)>,
    ) -> Result<i64, Thrown> {
        let (mut a, mut b) = (Ref::from_word(a), Ref::from_word(b));
        let mut at = 0;
        while let Some((x, y, ty)) = part(self, a, b, at) {
            let order = match self.order_of_parts(Shape::of(&self.state.types, ty), x, y) {
                Some(order) => order,
                None => {
                    let mark = self.state.handles.mark();
                    let held = [a, b].map(|object| self.state.handles.push(object));
                    let order = self.compare_value(x, y, ty);
                    [a, b] = held.map(|handle| self.state.handles.get(handle));
                    self.state.handles.release(mark);
                    order?
                }
            };
            if order != 0 {
                return Ok(order);
            }
            at += 1;
        }
        Ok(0)
    }

    fn order_of_arrays(&mut self, a: u64, b: u64, element: TypeId) -> Result<i64, Thrown> {
        let (left, right) = (Ref::from_word(a), Ref::from_word(b));
        let heap = &self.heap;
        let lengths = array::len(heap, left).cmp(&array::len(heap, right)) as i64;
        let kind = array::kind(self, left);
        let difference = match kind {
            ElementKind::Int => {
                let mut pairs = array::words(heap, left).iter().zip(array::words(heap, right));
                pairs.find(|(a, b)| a != b).map_or(0, |(&a, &b)| (a as i64).cmp(&(b as i64)) as i64)
            }
            ElementKind::Byte => {
                let mut pairs = array::bytes(heap, left).iter().zip(array::bytes(heap, right));
                pairs.find(|(a, b)| a != b).map_or(0, |(a, b)| a.cmp(b) as i64)
            }
            ElementKind::Float | ElementKind::Ref | ElementKind::I32 | ElementKind::F32 => {
                self.first_difference(a, b, |vm, a, b, at| {
                    let (heap, shorter) = (&vm.heap, array::len(&vm.heap, a).min(array::len(&vm.heap, b)));
                    let of = |array| array::element(heap, kind, array, at);
                    (at < shorter).then(|| (of(a), of(b), element))
                })?
            }
        };
        Ok(if difference == 0 { lengths } else { difference })
    }

    /// By `__lt__` of the first object, then of the second.
    fn order_of_records(&mut self, a: Ref, b: Ref, ty: TypeId) -> Result<i64, Thrown> {
        let mark = self.state.handles.mark();
        let held = [a, b].map(|object| self.state.handles.push(object));
        let order = self.is_less(a, b, ty).and_then(|less| {
            let [a, b] = held.map(|handle| self.state.handles.get(handle));
            Ok(if less { -1 } else { i64::from(self.is_less(b, a, ty)?) })
        });
        self.state.handles.release(mark);
        order
    }

    fn is_less(&mut self, a: Ref, b: Ref, ty: TypeId) -> Result<bool, Thrown> {
        let method = |ty| match self.state.types.desc(ty) {
            Some(TypeDesc::Record { less, .. }) => *less,
            _ => None,
        };
        // Whether there is a method is known where the comparison is written; which, by the object.
        let function = method(self.heap.header(a).ty()).or_else(|| method(ty)).expect("ordered objects have `__lt__`");
        Ok(self.call_function(function, &[a.word(), b.word()], Ref::NULL)? != 0)
    }
}
