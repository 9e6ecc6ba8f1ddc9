//! The two random generators.
//!
//! Absence: no system calls; whoever owns a [`Xoshiro`] seeds it.

/// The generator of `rand` and `rand_range`, kept bit for bit for published programs.
#[derive(Debug)]
pub(crate) struct Lcg {
    state: u64,
}

impl Lcg {
    /// In its start state.
    pub const fn new() -> Lcg {
        Lcg { state: 1 }
    }

    /// Sets the state.
    pub fn seed(&mut self, seed: i64) {
        self.state = seed as u64;
    }

    fn advance(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(1_103_515_245).wrapping_add(12345);
        self.state / 65536
    }

    /// The next number, 0–32767.
    pub fn next(&mut self) -> i64 {
        (self.advance() % 32768) as i64
    }

    /// The next number from `low` up to but not `high`; `low`, without advancing, if there is none.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        let width = high.wrapping_sub(low) as u64;
        low.wrapping_add((self.advance() % width) as i64)
    }
}

/// xoshiro256++ (Blackman and Vigna): 256 bits of state that are never all 0.
#[derive(Debug)]
pub(crate) struct Xoshiro {
    state: [u64; 4],
}

impl Xoshiro {
    /// With the state filled from `seed` by SplitMix64, which never gives two equal words in a row of four.
    pub fn seeded(seed: u64) -> Xoshiro {
        let mut mixed = seed;
        let state = std::array::from_fn(|_| {
            mixed = mixed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut word = mixed;
            word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
            word ^ word >> 31
        });
        Xoshiro { state }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// A multiple of 2^-53 from 0.0 up to but not 1.0.
    pub fn float(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `end`, all equally likely; `end` is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high word of a product is spread evenly once the low word avoids the first
        // `2^64 mod end` values.
        let unfair = end.wrapping_neg() % end;
        loop {
            let product = u128::from(self.next()) * u128::from(end);
            if product as u64 >= unfair {
                return (product >> 64) as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compatible_generator_follows_its_formula() {
        let mut lcg = Lcg::new();
        let mut state = 1_u128;
        for _ in 0..100 {
            state = (state * 1_103_515_245 + 12345) % (1 << 64);
            assert_eq!(lcg.next() as u128, state / 65536 % 32768);
        }
        assert_eq!(lcg.range(5, 5), 5);
        assert_eq!(lcg.range(5, 4), 5);
        state = (state * 1_103_515_245 + 12345) % (1 << 64);
        assert_eq!(lcg.range(-10, 90) as i128, -10 + (state / 65536 % 100) as i128);
        assert!((0..100).all(|_| lcg.range(i64::MIN, i64::MAX) < i64::MAX));
    }

    #[test]
    fn xoshiro_from_a_known_state() {
        // Worked by hand from the recurrence: (1 + 4) <<< 23 + 1, then the state is 7, 0, 262146, 3 <<< 45 ….
        let mut generator = Xoshiro { state: [1, 2, 3, 4] };
        assert_eq!(generator.next(), (5 << 23) + 1);
        assert_eq!(generator.state, [7, 0, 2 | 2 << 17, 6 << 45]);
        assert_eq!(generator.next(), 7_u64.wrapping_add(6 << 45).rotate_left(23).wrapping_add(7));
    }

    #[test]
    fn numbers_below_are_below_and_spread() {
        let mut generator = Xoshiro::seeded(42);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[generator.below(7) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        assert!((0..1000).all(|_| generator.below(u64::MAX) < u64::MAX && generator.below(1) == 0));
        assert!((0..1000).all(|_| (0.0..1.0).contains(&generator.float())));
        assert_ne!(Xoshiro::seeded(0).next(), Xoshiro::seeded(1).next());
    }
}
