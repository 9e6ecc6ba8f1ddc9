//! Where the references are in objects of a type.

use bp_isa::types::TypeId;

/// Reference maps by type, for the kinds of header that leave it to the type.
#[derive(Clone, Default, Debug)]
pub struct RefMaps {
    /// By type: bit `i` says whether payload word `i` is a reference.
    first: Vec<u64>,
    /// By type: the words behind the first 64.
    more: Vec<Vec<u64>>,
    /// By type: whether keys and values of entries are references.
    entries: Vec<(bool, bool)>,
}

impl RefMaps {
    /// No type has references.
    pub fn new() -> RefMaps {
        RefMaps::default()
    }

    /// States which payload words of a type's objects are references.
    pub fn set_mapped(&mut self, ty: TypeId, references: impl Iterator<Item = usize>) {
        self.reach(ty);
        for word in references {
            if word < 64 {
                self.first[ty as usize] |= 1 << word;
                continue;
            }
            let more = &mut self.more[ty as usize];
            if more.len() < word / 64 {
                more.resize(word / 64, 0);
            }
            more[word / 64 - 1] |= 1 << (word % 64);
        }
    }

    /// States what an entry storage's keys and values are.
    pub fn set_entries(&mut self, ty: TypeId, key_is_ref: bool, value_is_ref: bool) {
        self.reach(ty);
        self.entries[ty as usize] = (key_is_ref, value_is_ref);
    }

    fn reach(&mut self, ty: TypeId) {
        let types = self.first.len().max(ty as usize + 1);
        self.first.resize(types, 0);
        self.more.resize(types, Vec::new());
        self.entries.resize(types, (false, false));
    }

    /// Which of the first 64 payload words are references.
    #[inline(always)]
    pub(super) fn first_words(&self, ty: TypeId) -> u64 {
        self.first.get(ty as usize).copied().unwrap_or(0)
    }

    /// Which of the payload words from 64 on are references.
    pub(super) fn more_words(&self, ty: TypeId) -> &[u64] {
        self.more.get(ty as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether keys and whether values are references.
    pub(super) fn entry_references(&self, ty: TypeId) -> (bool, bool) {
        self.entries.get(ty as usize).copied().unwrap_or((false, false))
    }
}
