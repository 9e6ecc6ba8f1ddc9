//! Arrays, as library functions use them.

use super::{NativeCx, Thrown, Value};
use crate::handle::Handle;
use crate::heap::Ref;
use crate::object::array;
use bp_isa::types::{ElementKind, TypeId};
use std::ops::Range;

/// The elements of an array of which it is known how it stores them: that never changes, whatever
/// becomes of the array otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Elements {
    array: Handle,
    kind: ElementKind,
}

impl NativeCx<'_> {
    /// The elements of an array.
    #[inline]
    pub fn elements(&self, array: Handle) -> Elements {
        Elements { array, kind: self.element_kind(array) }
    }

    /// The word of the element at an index, which is inside.
    #[inline]
    pub(super) fn element_word(&self, elements: Elements, index: usize) -> u64 {
        array::element(&self.vm.heap, elements.kind, self.object(elements.array), index)
    }

    /// The element at an index, which is inside.
    #[inline]
    pub fn element(&mut self, elements: Elements, index: usize) -> Value {
        let word = self.element_word(elements, index);
        self.value(word, elements.kind == ElementKind::Ref)
    }

    /// Appends a value of the elements' type.
    #[inline]
    pub fn append(&mut self, elements: Elements, value: Value) -> Result<(), Thrown> {
        let (object, word) = (self.object(elements.array), self.value_word(value));
        match elements.kind {
            ElementKind::Int | ElementKind::Float => array::push_word(self.vm, object, word),
            ElementKind::Ref => array::push_ref(self.vm, object, Ref::from_word(word)),
            ElementKind::Byte | ElementKind::I32 | ElementKind::F32 => array::push(self.vm, object, word),
        }
    }

    /// An empty array of the type with room for so many elements.
    pub fn new_array(&mut self, ty: TypeId, capacity: usize) -> Result<Handle, Thrown> {
        let made = array::new(self.vm, ty, capacity)?;
        Ok(self.hold(made))
    }

    /// The type of an array.
    pub fn array_type(&self, array: Handle) -> TypeId {
        self.vm.heap.header(self.object(array)).ty()
    }

    /// How an array stores its elements.
    #[inline]
    pub fn element_kind(&self, array: Handle) -> ElementKind {
        array::kind(self.vm, self.object(array))
    }

    /// Number of elements.
    #[inline]
    pub fn len(&self, array: Handle) -> usize {
        array::len(&self.vm.heap, self.object(array))
    }

    /// The element at an index, which is inside, of an array of anything but references.
    #[inline]
    pub fn get(&self, array: Handle, index: usize) -> u64 {
        let object = self.object(array);
        let kind = array::kind(self.vm, object);
        assert_ne!(kind, ElementKind::Ref, "an array of anything but references");
        array::element(&self.vm.heap, kind, object, index)
    }

    /// The element at an index, which is inside, of an array of references.
    #[inline]
    pub fn get_handle(&mut self, array: Handle, index: usize) -> Handle {
        let object = self.object(array);
        assert_eq!(array::kind(self.vm, object), ElementKind::Ref, "an array of references");
        let word = array::words(&self.vm.heap, object)[index];
        self.hold(Ref::from_word(word))
    }

    /// Sets an element of an array of anything but references.
    #[inline]
    pub fn set_word(&mut self, array: Handle, index: usize, word: u64) {
        let object = self.object(array);
        let kind = array::kind(self.vm, object);
        assert_ne!(kind, ElementKind::Ref, "an array of anything but references");
        array::set_element(&mut self.vm.heap, kind, object, index, word);
    }

    /// Sets an element of an array of references.
    #[inline]
    pub fn set_handle(&mut self, array: Handle, index: usize, value: Handle) {
        let object = self.object(array);
        assert_eq!(array::kind(self.vm, object), ElementKind::Ref, "an array of references");
        let word = self.word(value);
        array::set_element(&mut self.vm.heap, ElementKind::Ref, object, index, word);
    }

    /// Appends to an array of anything but references.
    #[inline]
    pub fn push_word(&mut self, array: Handle, word: u64) -> Result<(), Thrown> {
        let object = self.object(array);
        assert_ne!(array::kind(self.vm, object), ElementKind::Ref, "an array of anything but references");
        array::push(self.vm, object, word)
    }

    /// Appends to an array of references.
    #[inline]
    pub fn push_handle(&mut self, array: Handle, value: Handle) -> Result<(), Thrown> {
        let (object, value) = (self.object(array), self.object(value));
        assert_eq!(array::kind(self.vm, object), ElementKind::Ref, "an array of references");
        array::push_ref(self.vm, object, value)
    }

    /// Makes an array so long; new elements are zero or null.
    pub fn resize(&mut self, array: Handle, len: usize) -> Result<(), Thrown> {
        array::resize(self.vm, self.object(array), len)
    }

    /// Removes the elements from `len` on.
    pub fn truncate(&mut self, array: Handle, len: usize) {
        array::truncate(self.vm, self.object(array), len);
    }

    /// Copies elements between arrays of one type, which may be one array; both ranges are inside.
    pub fn copy_range(&mut self, to: Handle, to_at: usize, from: Handle, from_at: usize, count: usize) {
        array::copy_range(self.vm, self.object(to), to_at, self.object(from), from_at, count);
    }

    /// Reverses the elements of a range that is inside.
    pub fn reverse(&mut self, array: Handle, range: Range<usize>) {
        array::reverse(self.vm, self.object(array), range);
    }

    /// Reorders: `order[i]` is the position of what goes to `i`; it names each position once.
    pub fn permute(&mut self, array: Handle, order: &[u32]) {
        array::permute(self.vm, self.object(array), order);
    }

    #[inline]
    fn assert_kind(&self, array: Handle, kind: ElementKind) -> Ref {
        let object = self.object(array);
        assert_eq!(array::kind(self.vm, object), kind, "an array of that kind");
        object
    }

    /// The elements of an array of 8-byte ints.
    pub fn ints(&self, array: Handle) -> &[i64] {
        bytemuck::cast_slice(array::words(&self.vm.heap, self.assert_kind(array, ElementKind::Int)))
    }

    /// The elements of an array of 8-byte ints.
    pub fn ints_mut(&mut self, array: Handle) -> &mut [i64] {
        let object = self.assert_kind(array, ElementKind::Int);
        bytemuck::cast_slice_mut(array::words_mut(&mut self.vm.heap, object))
    }

    /// The elements of an array of 8-byte floats.
    pub fn floats(&self, array: Handle) -> &[f64] {
        bytemuck::cast_slice(array::words(&self.vm.heap, self.assert_kind(array, ElementKind::Float)))
    }

    /// The elements of an array of 8-byte floats.
    pub fn floats_mut(&mut self, array: Handle) -> &mut [f64] {
        let object = self.assert_kind(array, ElementKind::Float);
        bytemuck::cast_slice_mut(array::words_mut(&mut self.vm.heap, object))
    }

    /// The elements of an array of bytes or bools.
    pub fn byte_elements(&self, array: Handle) -> &[u8] {
        array::bytes(&self.vm.heap, self.assert_kind(array, ElementKind::Byte))
    }

    /// The elements of an array of bytes or bools; a bool is 0 or 1.
    pub fn byte_elements_mut(&mut self, array: Handle) -> &mut [u8] {
        let object = self.assert_kind(array, ElementKind::Byte);
        array::bytes_mut(&mut self.vm.heap, object)
    }
}
