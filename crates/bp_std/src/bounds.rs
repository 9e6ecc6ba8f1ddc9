//! Positions in sequences: indices that count from the end, clamped ranges, Python's slices.

/// Bit of a slice's flags: the low bound is given.
const LOW_GIVEN: i64 = 1;
/// Bit of a slice's flags: the high bound is given.
const HIGH_GIVEN: i64 = 2;

/// The positions a slice selects: `first`, `first + step`, …, `count` of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slice {
    /// The first position; at most the length (of an empty slice: where an insertion would go).
    pub first: usize,
    /// Distance between positions; not 0.
    pub step: i64,
    /// Number of positions.
    pub count: usize,
}

impl Slice {
    /// The positions in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |number| (self.first as i64 + self.step * number as i64) as usize)
    }
}

/// What `[low:high:step]` selects from `len` elements; `None` if `step` is 0. Bits 0 and 1 of
/// `flags` say whether `low` and `high` are given.
pub(crate) fn slice(len: usize, low: i64, high: i64, step: i64, flags: i64) -> Option<Slice> {
    let size = len as i64;
    let (first, end) = if step > 0 {
        let low = if flags & LOW_GIVEN == 0 { 0 } else { from_end(low, size).clamp(0, size) };
        let high = if flags & HIGH_GIVEN == 0 { size } else { from_end(high, size).clamp(0, size) };
        (low, high)
    } else if step < 0 {
        let low = if flags & LOW_GIVEN == 0 { size - 1 } else { from_end(low, size).clamp(-1, size - 1) };
        let high = if flags & HIGH_GIVEN == 0 { -1 } else { from_end(high, size).clamp(-1, size - 1) };
        (low, high)
    } else {
        return None;
    };
    let distance = if step > 0 { end - first } else { first - end };
    let count = if distance <= 0 { 0 } else { (distance as u64).div_ceil(step.unsigned_abs()) as usize };
    // A descending slice of nothing may start before the first element.
    Some(Slice { first: first.max(0) as usize, step, count })
}

fn from_end(index: i64, size: i64) -> i64 {
    if index < 0 { index.saturating_add(size) } else { index }
}

/// The position of an index that counts from the end when negative; `None` outside.
pub(crate) fn index(index: i64, len: usize) -> Option<usize> {
    let at = usize::try_from(from_end(index, len as i64)).ok()?;
    (at < len).then_some(at)
}

/// The position of an index that counts from the end when negative, clamped to 0..=len.
pub(crate) fn clamped(index: i64, len: usize) -> usize {
    from_end(index, len as i64).clamp(0, len as i64) as usize
}

/// `start..end` clamped to the length; negative counts as 0, a crossed range is empty.
pub(crate) fn clipped(start: i64, end: i64, len: usize) -> std::ops::Range<usize> {
    let size = len as i64;
    let start = start.clamp(0, size);
    start as usize..end.clamp(start, size) as usize
}

/// The message of an index outside.
pub(crate) fn out_of_range(index: i64, len: usize) -> String {
    format!("index {index} out of range for length {len}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Positions by walking: what a slice means before any arithmetic.
    fn walk(len: usize, low: Option<i64>, high: Option<i64>, step: i64) -> Vec<usize> {
        let size = len as i64;
        let norm = |index: i64| if index < 0 { index.saturating_add(size) } else { index };
        let mut selected = Vec::new();
        let order: Box<dyn Iterator<Item = i64>> = if step > 0 { Box::new(0..size) } else { Box::new((0..size).rev()) };
        let mut wait = 0;
        for at in order {
            let behind_low = low.is_none_or(|low| if step > 0 { at >= norm(low) } else { at <= norm(low) });
            let before_high = high.is_none_or(|high| if step > 0 { at < norm(high) } else { at > norm(high) });
            if behind_low && before_high {
                if wait == 0 {
                    selected.push(at as usize);
                    wait = step.unsigned_abs();
                }
                wait -= 1;
            }
        }
        selected
    }

    #[test]
    fn slices_select_what_walking_selects() {
        let mut bounds: Vec<Option<i64>> = (-6..=6).map(Some).collect();
        bounds.extend([None, Some(i64::MIN), Some(i64::MAX)]);
        for len in 0..5 {
            for &low in &bounds {
                for &high in &bounds {
                    for step in [1, 2, 3, -1, -2, i64::MAX, i64::MIN] {
                        let flags = i64::from(low.is_some()) | i64::from(high.is_some()) << 1;
                        let slice = slice(len, low.unwrap_or(9), high.unwrap_or(9), step, flags).unwrap();
                        let positions: Vec<usize> = slice.positions().collect();
                        assert_eq!(positions, walk(len, low, high, step), "{len} {low:?} {high:?} {step}");
                        assert!(slice.first <= len);
                    }
                }
            }
        }
        assert_eq!(slice(3, 0, 0, 0, 0), None);
    }

    #[test]
    fn indices() {
        assert_eq!((index(-1, 3), index(2, 3), index(3, 3), index(-4, 3)), (Some(2), Some(2), None, None));
        assert_eq!((index(i64::MIN, 3), index(0, 0)), (None, None));
        assert_eq!((clamped(-1, 3), clamped(-9, 3), clamped(9, 3)), (2, 0, 3));
        assert_eq!((clipped(-5, 2, 3), clipped(2, 1, 3), clipped(1, i64::MAX, 3)), (0..2, 2..2, 1..3));
    }
}
