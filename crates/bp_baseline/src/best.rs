//! The few that are used most, in order.

/// Up to `N` numbers with the greatest weights; of equal ones, the lower numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Best<const N: usize> {
    /// Weight, then the number's complement, so that greater keys come first.
    keys: [u64; N],
    len: usize,
}

impl<const N: usize> Default for Best<N> {
    fn default() -> Self {
        Best { keys: [0; N], len: 0 }
    }
}

impl<const N: usize> Best<N> {
    /// Adds a number, if it is among the best. Weights have 48 bits.
    pub(crate) fn offer(&mut self, weight: u64, number: u16) {
        let key = weight << 16 | u64::from(!number);
        let mut at = if self.len < N {
            self.len += 1;
            self.len - 1
        } else if key > self.keys[N - 1] {
            N - 1
        } else {
            return;
        };
        while at > 0 && self.keys[at - 1] < key {
            self.keys[at] = self.keys[at - 1];
            at -= 1;
        }
        self.keys[at] = key;
    }

    /// The numbers, best first.
    pub(crate) fn items(&self) -> impl Iterator<Item = u16> + Clone {
        self.keys[..self.len].iter().map(|&key| !(key as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::Best;

    #[test]
    fn sorting_finds_the_same() {
        let mut seed = 1_u64;
        for count in 0..60_u16 {
            let mut best = Best::<10>::default();
            let mut all: Vec<(u64, u16)> = Vec::new();
            for number in 0..count {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                all.push((seed >> 60, number));
                best.offer(seed >> 60, number);
            }
            all.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
            all.truncate(10);
            assert_eq!(best.items().collect::<Vec<_>>(), all.iter().map(|&(_, number)| number).collect::<Vec<_>>());
        }
    }
}
