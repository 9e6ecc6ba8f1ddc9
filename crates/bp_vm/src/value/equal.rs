//! Equality by content.
//!
//! Class instances are equal by their `__eq__`, without one if they are one object; so are functions.
//! Everything else is equal if its parts are. A pair that is met again while its parts are compared
//! will never be decided: that throws.

use super::{STEPS_PER_POLL, Shape, part_count, part_type, unwrapped};
use crate::handle::{Handle, Mark};
use crate::heap::{Heap, Ref};
use crate::native::Thrown;
use crate::object::{array, map, string};
use crate::vm::Vm;
use bp_isa::Trap;
use bp_isa::types::{ElementKind, TypeDesc, TypeId};

/// Depth from which on pairs are looked for among those around them.
const CHECKED_DEPTH: usize = 64;

/// Two objects whose parts are being compared.
struct Pair {
    a: Handle,
    b: Handle,
    ty: TypeId,
    shape: Shape,
    /// The part to compare next.
    next: usize,
    /// Height of the handle stack without this pair.
    below: Mark,
}

/// What is known after a look at two values.
enum Look {
    Equal,
    Different,
    /// It depends on the parts of what are values of the type.
    Open(TypeId, Shape),
}

/// What comes next in a pair.
enum Next {
    /// All parts are equal.
    End,
    Different,
    /// Two values of a type.
    Values(u64, u64, TypeId),
}

fn known(equal: bool) -> Look {
    if equal { Look::Equal } else { Look::Different }
}

impl Vm {
    /// Whether two values of the type are equal. Throws from `__eq__` and on cycles.
    pub(crate) fn eq_value(&mut self, a: u64, b: u64, ty: TypeId) -> Result<bool, Thrown> {
        let (ty, shape) = match self.look(a, b, ty)? {
            Look::Equal => return Ok(true),
            Look::Different => return Ok(false),
            Look::Open(ty, shape) => (ty, shape),
        };
        let mark = self.state.handles.mark();
        let pair = self.open_pair(a, b, ty, shape);
        let result = self.parts_equal(pair);
        self.state.handles.release(mark);
        result
    }

    /// A pair, which holds its objects by new handles.
    fn open_pair(&mut self, a: u64, b: u64, ty: TypeId, shape: Shape) -> Pair {
        let handles = &mut self.state.handles;
        let below = handles.mark();
        let (a, b) = (handles.push(Ref::from_word(a)), handles.push(Ref::from_word(b)));
        Pair { a, b, ty, shape, next: 0, below }
    }

    fn parts_equal(&mut self, mut innermost: Pair) -> Result<bool, Thrown> {
        let mut around: Vec<Pair> = Vec::new();
        let mut steps = 0_u32;
        loop {
            steps += 1;
            if steps.is_multiple_of(STEPS_PER_POLL) {
                self.poll()?;
            }
            match self.next_parts(&mut innermost) {
                Next::Different => return Ok(false),
                Next::End => {
                    self.state.handles.release(innermost.below);
                    match around.pop() {
                        Some(pair) => innermost = pair,
                        None => return Ok(true),
                    }
                }
                Next::Values(a, b, ty) => match self.look(a, b, ty)? {
                    Look::Equal => {}
                    Look::Different => return Ok(false),
                    Look::Open(ty, shape) => {
                        let pair = self.open_pair(a, b, ty, shape);
                        around.push(std::mem::replace(&mut innermost, pair));
                        if self.is_met_again(&around, &innermost) {
                            return Err(self.trap(Trap::CyclicCompare));
                        }
                    }
                },
            }
        }
    }

    /// Whether the pair stands at a certain place among those around it. In a walk that never ends
    /// pairs repeat with some period; the place moves to each power of two, so once that exceeds
    /// the period, the next repetition is found. (Brent's cycle detection.)
    fn is_met_again(&self, around: &[Pair], pair: &Pair) -> bool {
        if around.len() < CHECKED_DEPTH {
            return false;
        }
        let place = 1 << (around.len() - 1).ilog2();
        let other = &around[place];
        let object = |handle| self.state.handles.get(handle);
        other.ty == pair.ty && object(other.a) == object(pair.a) && object(other.b) == object(pair.b)
    }

    /// Decides what can be decided without looking at parts that may have parts.
    fn look(&mut self, a: u64, b: u64, ty: TypeId) -> Result<Look, Thrown> {
        let shape = Shape::of(&self.state.types, ty);
        match shape {
            Shape::Int | Shape::Bool | Shape::Ptr | Shape::Function => return Ok(known(a == b)),
            Shape::Float => return Ok(known(f64::from_bits(a) == f64::from_bits(b))),
            _ if a == 0 || b == 0 => return Ok(known(a == b)),
            Shape::Optional(inner) => {
                let [a, b] = [a, b].map(|word| unwrapped(&self.heap, &self.state.types, word, inner));
                return self.look(a, b, inner);
            }
            _ => {}
        }
        let (a, b) = (Ref::from_word(a), Ref::from_word(b));
        match shape {
            Shape::Str => Ok(known(string::equal(&self.heap, a, b))),
            Shape::Array(_) => Ok(look_at_arrays(self, a, b, ty, shape)),
            Shape::Map(..) | Shape::Set(_) if map::len(&self.heap, a) != map::len(&self.heap, b) => Ok(Look::Different),
            Shape::Struct | Shape::Class => self.look_at_records(a, b, ty, shape),
            _ => Ok(Look::Open(ty, shape)),
        }
    }

    fn look_at_records(&mut self, a: Ref, b: Ref, ty: TypeId, shape: Shape) -> Result<Look, Thrown> {
        let method = |ty| match self.state.types.desc(ty) {
            Some(TypeDesc::Record { equals, .. }) => *equals,
            _ => None,
        };
        // Whether there is a method is known where the comparison is written; which, by the object.
        if let Some(declared) = method(ty) {
            let function = method(self.heap.header(a).ty()).unwrap_or(declared);
            let answer = self.call_function(function, &[a.word(), b.word()], Ref::NULL)?;
            return Ok(known(answer != 0));
        }
        Ok(if shape == Shape::Class { known(a == b) } else { Look::Open(ty, shape) })
    }

    /// Compares parts without parts of their own, up to the first that has some.
    fn next_parts(&mut self, pair: &mut Pair) -> Next {
        let (a, b) = (self.state.handles.get(pair.a), self.state.handles.get(pair.b));
        match pair.shape {
            Shape::Array(element) => self.next_element(pair, a, b, element),
            Shape::Map(key, value) => self.next_entry(pair, a, b, key, Some(value)),
            Shape::Set(key) => self.next_entry(pair, a, b, key, None),
            _ => {
                let count = part_count(&self.state.types, pair.ty);
                while pair.next < count {
                    let at = pair.next;
                    pair.next += 1;
                    let ty = part_type(&self.state.types, pair.ty, at);
                    let (x, y) = (self.heap.load(a, at), self.heap.load(b, at));
                    match flat(&self.heap, Shape::of(&self.state.types, ty), x, y) {
                        Some(true) => {}
                        Some(false) => return Next::Different,
                        None => return Next::Values(x, y, ty),
                    }
                }
                Next::End
            }
        }
    }

    fn next_element(&self, pair: &mut Pair, a: Ref, b: Ref, element: TypeId) -> Next {
        let (left, right) = (array::words(&self.heap, a), array::words(&self.heap, b));
        // A method that was called may have changed the arrays.
        if left.len() != right.len() {
            return Next::Different;
        }
        let shape = Shape::of(&self.state.types, element);
        while let (Some(&x), Some(&y)) = (left.get(pair.next), right.get(pair.next)) {
            pair.next += 1;
            match flat(&self.heap, shape, x, y) {
                Some(true) => {}
                Some(false) => return Next::Different,
                None => return Next::Values(x, y, element),
            }
        }
        Next::End
    }

    fn next_entry(&mut self, pair: &mut Pair, a: Ref, b: Ref, key_ty: TypeId, value_ty: Option<TypeId>) -> Next {
        let shape = value_ty.map(|ty| Shape::of(&self.state.types, ty));
        while let Some(entry) = map::next_entry(&self.heap, a, pair.next) {
            pair.next = entry + 1;
            let Some(other) = map::find_same(self, b, a, entry, key_ty) else { return Next::Different };
            let (Some(value_ty), Some(shape)) = (value_ty, shape) else { continue };
            let (x, y) = (map::entry_value(&self.heap, a, entry), map::entry_value(&self.heap, b, other));
            match flat(&self.heap, shape, x, y) {
                Some(true) => {}
                Some(false) => return Next::Different,
                None => return Next::Values(x, y, value_ty),
            }
        }
        Next::End
    }
}

/// The answer for values that have no parts.
#[inline]
fn flat(heap: &Heap, shape: Shape, a: u64, b: u64) -> Option<bool> {
    match shape {
        Shape::Int | Shape::Bool | Shape::Ptr | Shape::Function => Some(a == b),
        Shape::Float => Some(f64::from_bits(a) == f64::from_bits(b)),
        Shape::Str => Some(string::equal(heap, Ref::from_word(a), Ref::from_word(b))),
        _ => None,
    }
}

fn look_at_arrays(vm: &Vm, a: Ref, b: Ref, ty: TypeId, shape: Shape) -> Look {
    let heap = &vm.heap;
    if array::len(heap, a) != array::len(heap, b) {
        return Look::Different;
    }
    let floats =
        |words: &[u64], others: &[u64]| words.iter().zip(others).all(|(&x, &y)| f64::from_bits(x) == f64::from_bits(y));
    match array::kind(vm, a) {
        ElementKind::Int => known(array::words(heap, a) == array::words(heap, b)),
        ElementKind::Float => known(floats(array::words(heap, a), array::words(heap, b))),
        ElementKind::Byte => known(array::bytes(heap, a) == array::bytes(heap, b)),
        ElementKind::I32 => known(array::halves(heap, a) == array::halves(heap, b)),
        ElementKind::F32 => {
            let mut pairs = array::halves(heap, a).iter().zip(array::halves(heap, b));
            known(pairs.all(|(&x, &y)| f32::from_bits(x) == f32::from_bits(y)))
        }
        ElementKind::Ref => Look::Open(ty, shape),
    }
}
