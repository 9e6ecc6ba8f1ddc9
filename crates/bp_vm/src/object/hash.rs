//! Hashes of keys: one word, never [`entries::REMOVED`].
//!
//! Strings are hashed with a keyed function whose results an attacker cannot foresee, numbers with a
//! single multiplication. Equal keys have equal hashes within one machine, nothing more is promised.

use bp_isa::abi::layout::entries;
use siphasher::sip::SipHasher13;

/// An odd number without pattern: the fractional part of the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Keeps 0 and small numbers from being multiplied to small numbers.
const PATTERN: u64 = 0xA076_1D64_78BD_642F;

/// Spreads the bits of a word over all of the result.
#[inline(always)]
pub(crate) fn mix(word: u64) -> u64 {
    let product = u128::from(word) * u128::from(MULTIPLIER);
    product as u64 ^ (product >> 64) as u64
}

#[inline(always)]
fn not_removed(hash: u64) -> u64 {
    const { assert!(entries::REMOVED == 0) };
    hash | u64::from(hash == entries::REMOVED)
}

/// The hash of an int, bool or enum key.
#[inline(always)]
pub(crate) fn hash_word(word: u64) -> u64 {
    not_removed(mix(word ^ PATTERN))
}

/// The hash of a float key that is not nan: both zeros are one key.
#[inline]
pub(crate) fn hash_float(value: f64) -> u64 {
    hash_word((value + 0.0).to_bits())
}

/// The hash of a string.
pub(crate) fn hash_bytes(key: (u64, u64), bytes: &[u8]) -> u64 {
    not_removed(SipHasher13::new_with_keys(key.0, key.1).hash(bytes))
}

/// The hash of what was hashed as `so_far` followed by something hashed as `next`.
#[inline]
pub(crate) fn combine(so_far: u64, next: u64) -> u64 {
    not_removed(mix(so_far.rotate_left(23) ^ next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_one_key() {
        assert_eq!(hash_float(0.0), hash_float(-0.0));
        assert_ne!(hash_float(1.0), hash_float(-1.0));
    }

    /// Most keys in one of `1 << bits` places chosen by the low bits.
    fn fullest(keys: impl Iterator<Item = u64>, bits: u32, shift: u32) -> u32 {
        let mut counts = vec![0; 1 << bits];
        for key in keys {
            counts[(hash_word(key) >> shift) as usize & ((1 << bits) - 1)] += 1;
        }
        counts.into_iter().max().unwrap_or(0)
    }

    #[test]
    fn regular_keys_are_spread() {
        for stride in [0, 3, 8, 16, 20, 32, 40, 50] {
            for shift in [0, 32] {
                let worst = fullest((0_u64..4096).map(|n| n << stride), 12, shift);
                assert!(worst <= 12, "stride {stride}, bits from {shift}: {worst} keys in one of 4096 places");
            }
        }
    }
}
