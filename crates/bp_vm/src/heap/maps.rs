//! Where the references are in objects of a type.

use bp_isa::types::TypeId;

/// Reference maps by type, for the kinds of header that leave it to the type.
#[derive(Clone, Default, Debug)]
pub struct RefMaps {
    maps: Vec<RefMap>,
}

/// The references of one type's objects.
#[derive(Clone, Default, Debug)]
pub(super) struct RefMap {
    /// Bit `i % 64` of element `i / 64`: whether payload word `i` is a reference.
    pub(super) words: Vec<u64>,
    /// Whether the key of an entry is a reference.
    pub(super) key: bool,
    /// Whether the value of an entry is a reference.
    pub(super) value: bool,
}

impl RefMaps {
    /// No type has references.
    pub fn new() -> RefMaps {
        RefMaps::default()
    }

    /// States which payload words of a type's objects are references.
    pub fn set_mapped(&mut self, ty: TypeId, references: impl Iterator<Item = usize>) {
        let map = self.entry(ty);
        for word in references {
            if map.words.len() <= word / 64 {
                map.words.resize(word / 64 + 1, 0);
            }
            map.words[word / 64] |= 1 << (word % 64);
        }
    }

    /// States what an entry storage's keys and values are.
    pub fn set_entries(&mut self, ty: TypeId, key_is_ref: bool, value_is_ref: bool) {
        let map = self.entry(ty);
        map.key = key_is_ref;
        map.value = value_is_ref;
    }

    fn entry(&mut self, ty: TypeId) -> &mut RefMap {
        let at = ty as usize;
        if self.maps.len() <= at {
            self.maps.resize(at + 1, RefMap::default());
        }
        &mut self.maps[at]
    }
}
