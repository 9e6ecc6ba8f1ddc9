//! Which words of an object are references, one after the other.

use super::large::CARD_WORDS;
use super::maps::RefMaps;
use bp_isa::abi::Header;
use bp_isa::abi::header::RefKind;
use bp_isa::abi::layout::{entries, offset};

/// Calls with the address of every reference slot of an object.
#[inline(always)]
pub(super) fn slots(maps: &RefMaps, object: u64, header: Header, mut slot: impl FnMut(u64)) {
    debug_assert!(looks_valid(header), "not a header: {:#x} at {object:#x}", header.0);
    match header.kind() {
        RefKind::None => {}
        RefKind::Mapped => {
            let mut bits = maps.first_words(header.ty());
            while bits != 0 {
                let word = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if word < header.payload_words() {
                    slot(object + offset(word) as u64);
                }
            }
            if header.payload_words() > 64 {
                mapped_slots(maps, object, header, &mut slot);
            }
        }
        RefKind::AllButFirst | RefKind::Entries => {
            range_slots(maps, object, header, 1, header.payload_words(), &mut slot);
        }
    }
}

/// Slots behind the first 64 words of an object with a map.
#[inline(never)]
fn mapped_slots(maps: &RefMaps, object: u64, header: Header, slot: &mut impl FnMut(u64)) {
    for (at, &word) in maps.more_words(header.ty()).iter().enumerate() {
        let mut bits = word;
        while bits != 0 {
            let word = (at + 1) * 64 + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            if word < header.payload_words() {
                slot(object + offset(word) as u64);
            }
        }
    }
}

/// Calls with the address of every reference slot among payload words `from..to`.
#[inline(always)]
pub(super) fn range_slots(
    maps: &RefMaps,
    object: u64,
    header: Header,
    from: usize,
    to: usize,
    mut slot: impl FnMut(u64),
) {
    let from = from.max(1);
    if header.kind() == RefKind::AllButFirst {
        for word in from..to {
            slot(object + offset(word) as u64);
        }
    } else if header.kind() == RefKind::Entries {
        let (key, value) = maps.entry_references(header.ty());
        let is_ref = [false, key, value];
        for word in from..to {
            if is_ref[(word - entries::FIRST) % entries::STRIDE] {
                slot(object + offset(word) as u64);
            }
        }
    }
}

/// Calls with the address of every reference slot of a large object's card.
pub(super) fn card_slots(maps: &RefMaps, object: u64, header: Header, first: usize, slot: impl FnMut(u64)) {
    range_slots(maps, object, header, first, (first + CARD_WORDS).min(header.payload_words()), slot);
}

/// Bits that no header has.
const UNUSED: u64 = 7 << 5 | 3 << 10;

/// Whether a word can be a header.
pub(super) const fn looks_valid(header: Header) -> bool {
    header.0 & (UNUSED | Header::TAG) == Header::TAG
}
