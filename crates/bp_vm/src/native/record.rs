//! Records, maps and sets, as library functions use them.

use super::{NativeCx, Thrown, Value};
use crate::handle::Handle;
use crate::object::map;
use bp_isa::types::{TypeDesc, TypeId};

impl NativeCx<'_> {
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

    /// The type of an object, which is not null.
    pub fn object_type(&self, object: Handle) -> TypeId {
        self.vm.heap.header(self.object(object)).ty()
    }

    /// Whether a handle is of null.
    pub fn is_null(&self, handle: Handle) -> bool {
        self.object(handle).is_null()
    }

    /// The value of a `T?` that is not null; `inner` is the type `T`.
    pub fn unwrapped(&self, handle: Handle, inner: TypeId) -> Value {
        if self.types().is_reference(inner) { Value::Handle(handle) } else { Value::Word(self.boxed_word(handle)) }
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

    /// The word of the value of a key, which is given as a word too; of a reference it is good until the
    /// next allocation or call.
    pub fn map_get(&mut self, map: Handle, key: u64) -> Option<u64> {
        let object = self.object(map);
        map::find_any(self.vm, object, key).map(|entry| map::entry_value(&self.vm.heap, object, entry))
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
}
