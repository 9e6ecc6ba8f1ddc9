//! A stable sort by a comparison that may fail.
//!
//! At most `n log2 n` comparisons whatever they answer: a comparison that contradicts itself gives
//! some order, never a hang, a panic or a lost element.

/// Runs of so many elements are sorted by insertion.
const RUN: usize = 8;

/// Sorts `order`; `is_less(b, a)` says whether `b` belongs before `a`, which stands before it.
///
/// # Errors
/// What `is_less` fails with; `order` is then some permutation of what it was.
pub(crate) fn sort<T: Copy, E>(order: &mut [T], is_less: &mut impl FnMut(T, T) -> Result<bool, E>) -> Result<(), E> {
    for run in order.chunks_mut(RUN) {
        insertion_sort(run, is_less)?;
    }
    merge_runs(order, RUN, is_less)
}

/// Sorts elements of which each `width` from the start on are in order among themselves.
///
/// # Errors
/// See [`sort`].
pub(crate) fn merge_runs<T: Copy, E>(
    order: &mut [T],
    mut width: usize,
    is_less: &mut impl FnMut(T, T) -> Result<bool, E>,
) -> Result<(), E> {
    let mut merged = Vec::with_capacity(if width < order.len() { order.len() } else { 0 });
    while width < order.len() {
        for pair in order.chunks_mut(2 * width) {
            if pair.len() > width {
                merge(pair, width, &mut merged, is_less)?;
            }
        }
        width *= 2;
    }
    Ok(())
}

fn insertion_sort<T: Copy, E>(run: &mut [T], is_less: &mut impl FnMut(T, T) -> Result<bool, E>) -> Result<(), E> {
    for end in 1..run.len() {
        let mut at = end;
        while at > 0 && is_less(run[at], run[at - 1])? {
            run.swap(at, at - 1);
            at -= 1;
        }
    }
    Ok(())
}

/// Merges `pair[..middle]` and `pair[middle..]` by way of `merged`.
fn merge<T: Copy, E>(
    pair: &mut [T],
    middle: usize,
    merged: &mut Vec<T>,
    is_less: &mut impl FnMut(T, T) -> Result<bool, E>,
) -> Result<(), E> {
    if !is_less(pair[middle], pair[middle - 1])? {
        return Ok(());
    }
    merged.clear();
    let (mut left, mut right) = (0, middle);
    while left < middle && right < pair.len() {
        if is_less(pair[right], pair[left])? {
            merged.push(pair[right]);
            right += 1;
        } else {
            merged.push(pair[left]);
            left += 1;
        }
    }
    merged.extend_from_slice(&pair[left..middle]);
    pair[..merged.len()].copy_from_slice(merged);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stable_and_sorted(keys in proptest::collection::vec(0_u8..10, 0..200)) {
            let mut order: Vec<usize> = (0..keys.len()).collect();
            sort(&mut order, &mut |b, a| Ok::<bool, ()>(keys[b] < keys[a])).unwrap();
            let mut expected: Vec<usize> = (0..keys.len()).collect();
            expected.sort_by_key(|&at| keys[at]);
            prop_assert_eq!(order, expected);
        }

        #[test]
        fn nonsense_loses_nothing(answers in proptest::collection::vec(any::<bool>(), 1..50), len in 0_usize..300, stop in 0_usize..3000) {
            let mut order: Vec<usize> = (0..len).collect();
            let mut asked = 0;
            let result = sort(&mut order, &mut |_, _| {
                asked += 1;
                if asked > stop { Err(()) } else { Ok(answers[asked % answers.len()]) }
            });
            prop_assert!(result.is_err() == (asked > stop));
            order.sort_unstable();
            prop_assert_eq!(order, (0..len).collect::<Vec<_>>());
        }
    }

    #[test]
    fn comparisons_are_bounded() {
        let len = 1 << 14;
        let mut order: Vec<u64> = (0..len).map(|at: u64| at.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let mut asked = 0_u64;
        sort(&mut order, &mut |b, a| {
            asked += 1;
            Ok::<bool, ()>(b < a)
        })
        .unwrap();
        assert!(order.is_sorted());
        assert!(asked <= len * 16, "{asked}");
    }
}
