//! What library functions see of a machine.
//!
//! A body gets a [`NativeCx`]: its arguments, and everything that can be done with values. It holds
//! objects by [`Handle`]s, which collections keep right; slices of objects borrow the machine, so that
//! none outlives an allocation. Whatever fails because of the program answers [`Thrown`].
//!
//! Absence: no raw reference leaves this module.

use crate::handle::{Handle, Mark};
use crate::heap::Ref;
use crate::object::{array, map, string};
use crate::output::Output;
use crate::types::Types;
use crate::vm::Vm;
use bp_builtins::errors::ErrorClass;
use bp_isa::types::{ElementKind, TypeDesc, TypeId};
use bp_isa::{Kind, Trap};
use std::any::Any;
use std::ops::Range;

/// An exception, or the end of the program, is pending: return at once.
#[derive(Debug)]
#[must_use]
pub struct Thrown(());

impl Thrown {
    pub(crate) fn new() -> Thrown {
        Thrown(())
    }
}

/// A value of the language.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A word that is no reference: int, bool, enum, ptr, or the bits of a float.
    Word(u64),
    /// An object, or null.
    Handle(Handle),
}

/// A library function: its result is a word as a register holds it, 0 for none.
pub type NativeFn = fn(&mut NativeCx<'_>) -> Result<u64, Thrown>;

/// The library of a machine.
pub struct Library {
    /// By built-in number.
    pub bodies: &'static [NativeFn],
    /// What the bodies keep; see [`NativeCx::state`].
    pub state: Box<dyn Any + Send>,
}

/// A call of a library function.
pub struct NativeCx<'a> {
    vm: &'a mut Vm,
    args: usize,
    count: usize,
}

impl<'a> NativeCx<'a> {
    /// The arguments are `count` registers from stack position `args` on, which stay roots during the
    /// call. Handles made by the call stay until the caller releases them.
    #[inline]
    pub(crate) fn new(vm: &'a mut Vm, args: usize, count: usize) -> NativeCx<'a> {
        NativeCx { vm, args, count }
    }

    // ---- arguments

    /// Number of arguments, hidden type numbers included.
    pub fn count(&self) -> usize {
        self.count
    }

    #[inline]
    fn arg(&self, position: usize) -> u64 {
        debug_assert!(position < self.count);
        self.vm.state.stack.get(self.args + position)
    }

    /// An int argument.
    #[inline]
    pub fn int(&self, position: usize) -> i64 {
        self.arg(position) as i64
    }

    /// A float argument.
    #[inline]
    pub fn float(&self, position: usize) -> f64 {
        f64::from_bits(self.arg(position))
    }

    /// A bool argument.
    #[inline]
    pub fn bool(&self, position: usize) -> bool {
        self.arg(position) != 0
    }

    /// A reference argument.
    #[inline]
    pub fn handle(&self, position: usize) -> Handle {
        debug_assert!(position < self.count);
        Handle::of_register(self.args + position)
    }

    /// The bytes of a string argument.
    #[inline]
    pub fn str_arg(&self, position: usize) -> &[u8] {
        string::bytes(&self.vm.heap, Ref::from_word(self.arg(position)))
    }

    // ---- handles

    #[inline]
    fn object(&self, handle: Handle) -> Ref {
        match handle.register() {
            Some(index) => Ref::from_word(self.vm.state.stack.get(index)),
            None => self.vm.state.handles.get(handle),
        }
    }

    #[inline]
    fn hold(&mut self, object: Ref) -> Handle {
        self.vm.state.handles.push(object)
    }

    /// The word of what a handle refers to, good until the next allocation or call.
    #[inline]
    pub fn word(&self, handle: Handle) -> u64 {
        self.object(handle).word()
    }

    #[inline]
    fn value_word(&self, value: Value) -> u64 {
        match value {
            Value::Word(word) => word,
            Value::Handle(handle) => self.word(handle),
        }
    }

    #[inline]
    fn value(&mut self, word: u64, is_reference: bool) -> Value {
        if is_reference { Value::Handle(self.hold(Ref::from_word(word))) } else { Value::Word(word) }
    }

    /// The height of the handle stack.
    #[inline]
    pub fn mark(&self) -> Mark {
        self.vm.state.handles.mark()
    }

    /// Gives up the handles made since a mark.
    #[inline]
    pub fn release(&mut self, mark: Mark) {
        self.vm.state.handles.release(mark);
    }

    /// A handle of its own for the same object, for [`NativeCx::set_slot`].
    pub fn new_slot(&mut self, handle: Handle) -> Handle {
        self.hold(self.object(handle))
    }

    /// Makes a handle from [`NativeCx::new_slot`] refer to another's object.
    pub fn set_slot(&mut self, slot: Handle, handle: Handle) {
        let object = self.object(handle);
        self.vm.state.handles.set(slot, object);
    }

    // ---- types and values

    /// The program's types.
    #[inline]
    pub fn types(&self) -> &Types {
        &self.vm.state.types
    }

    /// Whether two values of the type are equal.
    pub fn equal(&mut self, a: Value, b: Value, ty: TypeId) -> Result<bool, Thrown> {
        self.vm.eq_value(self.value_word(a), self.value_word(b), ty)
    }

    /// -1, 0, 1 as the first value is less, equal, greater; 2 if they are unordered.
    pub fn compare(&mut self, a: Value, b: Value, ty: TypeId) -> Result<i64, Thrown> {
        self.vm.compare_value(self.value_word(a), self.value_word(b), ty)
    }

    /// The text of a value.
    pub fn text(&mut self, value: Value, ty: TypeId) -> Result<Handle, Thrown> {
        let text = self.vm.text(self.value_word(value), ty, false)?;
        Ok(self.hold(text))
    }

    /// The text of a value, strings quoted.
    pub fn repr(&mut self, value: Value, ty: TypeId) -> Result<Handle, Thrown> {
        let text = self.vm.text(self.value_word(value), ty, true)?;
        Ok(self.hold(text))
    }

    /// Calls a closure.
    pub fn call(&mut self, closure: Handle, args: &[Value]) -> Result<Value, Thrown> {
        use bp_isa::abi::layout::closure;
        /// Most arguments for which no list is made.
        const FEW: usize = 4;
        let object = self.object(closure);
        let function = self.vm.heap.load(object, closure::FUNCTION) as u32;
        let is_reference = self.vm.state.program.functions[function as usize].result == Some(Kind::Ref);
        let word = if args.len() <= FEW {
            let mut words = [0; FEW];
            for (word, &arg) in words.iter_mut().zip(args) {
                *word = self.value_word(arg);
            }
            self.vm.call_function(function, &words[..args.len()], object)?
        } else {
            let words: Vec<u64> = args.iter().map(|&arg| self.value_word(arg)).collect();
            self.vm.call_function(function, &words, object)?
        };
        Ok(self.value(word, is_reference))
    }

    // ---- strings

    /// The bytes of a string.
    #[inline]
    pub fn str(&self, string: Handle) -> &[u8] {
        string::bytes(&self.vm.heap, self.object(string))
    }

    /// A string.
    pub fn new_str(&mut self, bytes: &[u8]) -> Result<Handle, Thrown> {
        let made = self.vm.new_str(bytes)?;
        Ok(self.hold(made))
    }

    /// `len` bytes of a string from `start` on, which are inside.
    pub fn substr(&mut self, string: Handle, start: usize, len: usize) -> Result<Handle, Thrown> {
        let made = string::substr(self.vm, self.object(string), start, len)?;
        Ok(self.hold(made))
    }

    /// The string of one byte.
    pub fn byte_str(&mut self, byte: u8) -> Handle {
        self.hold(self.vm.state.byte_strings[usize::from(byte)])
    }

    // ---- arrays

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

    // ---- records

    /// A tuple, struct, class instance or box with those fields, all of them.
    pub fn new_record(&mut self, ty: TypeId, fields: &[Value]) -> Result<Handle, Thrown> {
        let header = self.vm.state.types.header(ty);
        assert_eq!(header.payload_words(), fields.len(), "a value for each field");
        let made = self.vm.alloc(header)?;
        for (word, &field) in fields.iter().enumerate() {
            let field = self.value_word(field);
            self.vm.heap.store(made, word, field);
        }
        Ok(self.hold(made))
    }

    /// A member of a tuple or field of a record.
    pub fn field(&mut self, record: Handle, index: usize) -> Value {
        let object = self.object(record);
        let types = &self.vm.state.types;
        let ty = match types.desc(self.vm.heap.header(object).ty()) {
            Some(TypeDesc::Tuple { members }) => members[index],
            Some(TypeDesc::Record { fields, .. }) => fields[index].1,
            other => unreachable!("a tuple or record, not {other:?}"),
        };
        let is_reference = types.is_reference(ty);
        let word = self.vm.heap.load(object, index);
        self.value(word, is_reference)
    }

    // ---- maps and sets

    /// An empty map or set of the type.
    pub fn new_map(&mut self, ty: TypeId) -> Result<Handle, Thrown> {
        let made = map::new(self.vm, ty)?;
        Ok(self.hold(made))
    }

    /// Number of keys.
    pub fn map_len(&self, map: Handle) -> usize {
        map::len(&self.vm.heap, self.object(map))
    }

    /// The entry of a key.
    pub fn map_find(&mut self, map: Handle, key: Value) -> Result<Option<usize>, Thrown> {
        let (object, key) = (self.object(map), self.value_word(key));
        Ok(map::find_any(self.vm, object, key))
    }

    /// `map[key] = value`; of a set the value is word 0.
    pub fn map_insert(&mut self, map: Handle, key: Value, value: Value) -> Result<(), Thrown> {
        let (object, key, value) = (self.object(map), self.value_word(key), self.value_word(value));
        map::insert_any(self.vm, object, key, value)
    }

    /// Removes a key; whether it was there.
    pub fn map_remove(&mut self, map: Handle, key: Value) -> Result<bool, Thrown> {
        let (object, key) = (self.object(map), self.value_word(key));
        Ok(map::remove(self.vm, object, key))
    }

    /// Removes all keys.
    pub fn map_clear(&mut self, map: Handle) {
        let object = self.object(map);
        map::clear(&mut self.vm.heap, object);
    }

    /// A new map or set with the same keys and values.
    pub fn map_copy(&mut self, map: Handle) -> Result<Handle, Thrown> {
        let made = map::copy(self.vm, self.object(map))?;
        Ok(self.hold(made))
    }

    /// Number of entries, removed ones included.
    pub fn entry_count(&self, map: Handle) -> usize {
        map::entry_count(&self.vm.heap, self.object(map))
    }

    /// Whether an entry below the count holds a key.
    pub fn entry_live(&self, map: Handle, entry: usize) -> bool {
        map::is_live(&self.vm.heap, self.object(map), entry)
    }

    /// The key of an entry.
    pub fn entry_key(&mut self, map: Handle, entry: usize) -> Value {
        let object = self.object(map);
        let (is_reference, _) = map::reference_parts(self.vm, object);
        self.value(map::entry_key(&self.vm.heap, object, entry), is_reference)
    }

    /// The value of an entry.
    pub fn entry_value(&mut self, map: Handle, entry: usize) -> Value {
        let object = self.object(map);
        let (_, is_reference) = map::reference_parts(self.vm, object);
        self.value(map::entry_value(&self.vm.heap, object, entry), is_reference)
    }

    // ---- leaving

    /// Throws a new error.
    pub fn throw(&mut self, class: ErrorClass, message: impl Into<String>) -> Thrown {
        self.vm.throw_new(class, message.into())
    }

    /// Throws the error of a trap.
    pub fn trap(&mut self, trap: Trap) -> Thrown {
        self.vm.trap(trap)
    }

    /// Ends the program with a status; nothing catches that.
    pub fn exit(&mut self, status: i64) -> Thrown {
        self.vm.throw_exit(status)
    }

    /// Throws if somebody interrupts the program. Long loops ask now and then.
    #[inline]
    pub fn poll(&mut self) -> Result<(), Thrown> {
        self.vm.poll()
    }

    // ---- the machine

    /// The program's output.
    pub fn out(&mut self) -> &mut Output {
        &mut self.vm.state.out
    }

    /// What the library keeps.
    ///
    /// # Panics
    /// If that is no `T`.
    pub fn state<T: 'static>(&mut self) -> &mut T {
        self.vm.state.library.state.downcast_mut().expect("the library's own state")
    }

    /// The program's arguments.
    pub fn program_args(&self) -> &[Vec<u8>] {
        &self.vm.state.program_args
    }

    /// Most bytes that the heap may take.
    #[inline]
    pub fn heap_limit(&self) -> usize {
        self.vm.heap.limit_bytes()
    }

    /// What the collector did, by name.
    pub fn gc_stats(&self) -> Vec<(&'static str, i64)> {
        self.vm.heap.stats().rows()
    }

    /// Collects: the young objects, or all.
    pub fn collect(&mut self, full: bool) {
        self.vm.collect(full);
    }

    /// Where an error was thrown, outermost call first.
    pub fn trace_lines(&self, error: Handle) -> Vec<String> {
        self.vm.trace_lines(self.object(error))
    }
}
