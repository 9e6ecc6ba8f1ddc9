//! Expected output with gaps: `[..]` within a line, a line `...` for any lines.

/// Whether `got` is what `expected` describes.
pub(super) fn fits(expected: &[&str], got: &str) -> bool {
    let got: Vec<&str> = got.lines().collect();
    lines_fit(expected, &got)
}

fn lines_fit(expected: &[&str], got: &[&str]) -> bool {
    match (expected, got) {
        ([], _) => got.is_empty(),
        (["...", rest @ ..], _) => (0..=got.len()).any(|skipped| lines_fit(rest, &got[skipped..])),
        ([line, rest @ ..], [found, others @ ..]) => line_fits(line, found) && lines_fit(rest, others),
        ([..], []) => false,
    }
}

fn line_fits(expected: &str, got: &str) -> bool {
    let Some((head, tail)) = expected.split_once("[..]") else { return expected == got };
    let Some(rest) = got.strip_prefix(head) else { return false };
    (0..=rest.len()).filter(|&at| rest.is_char_boundary(at)).any(|at| line_fits(tail, &rest[at..]))
}
