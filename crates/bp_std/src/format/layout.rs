//! Grouping digits and padding texts.

use super::zero_filled;
use bp_builtins::format_spec::{Align, FormatSpec};

/// A number's text in parts.
pub(super) struct Numeral {
    /// Sign, or nothing.
    pub sign: &'static str,
    /// Base prefix, or nothing.
    pub prefix: &'static str,
    /// Digits before the point; empty for `inf` and `nan`.
    pub whole: String,
    /// What follows: point, fraction, exponent, percent sign.
    pub rest: String,
    /// Digits per group.
    pub group: usize,
}

impl Numeral {
    /// Puts the parts together with grouping and padding. All parts are ASCII.
    pub fn lay_out(mut self, spec: &FormatSpec) -> Vec<u8> {
        if let Some(separator) = spec.grouping
            && !self.whole.is_empty()
        {
            let others = self.sign.len() + self.prefix.len() + self.rest.len();
            let least = if zero_filled(spec) { spec.width.saturating_sub(others) } else { 0 };
            self.whole = grouped(&self.whole, self.group, separator, least);
        }
        let parts = [self.sign, self.prefix, &self.whole, &self.rest];
        let len = parts.iter().map(|part| part.len()).sum();
        let padding = Padding::new(len, spec.width, spec.fill, spec.align);
        let (lead, body) = parts.split_at(2);
        padding.around(len, |text, between| {
            lead.iter().for_each(|part| text.extend_from_slice(part.as_bytes()));
            between(text);
            body.iter().for_each(|part| text.extend_from_slice(part.as_bytes()));
        })
    }
}

/// `digits` with a separator between groups, counted from the right, and zeros in front until the
/// text has at least `least` characters; it never begins with a separator.
fn grouped(digits: &str, group: usize, separator: char, least: usize) -> String {
    // `least` characters hold one separator in every `group + 1`, but not as the first character.
    let by_width = least - least / (group + 1) + usize::from(least > 0 && least.is_multiple_of(group + 1));
    let total = digits.len().max(by_width);
    let zeros = std::iter::repeat_n('0', total - digits.len());
    let mut text = String::with_capacity(total + total / group);
    for (position, digit) in zeros.chain(digits.chars()).enumerate() {
        if position > 0 && (total - position).is_multiple_of(group) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Fill characters before a text, behind its sign, and behind it.
struct Padding {
    fill: char,
    before: usize,
    between: usize,
    after: usize,
}

impl Padding {
    /// What brings a text of `len` characters to `width`.
    fn new(len: usize, width: usize, fill: char, align: Align) -> Padding {
        let missing = width.saturating_sub(len);
        let (before, between, after) = match align {
            Align::Left => (0, 0, missing),
            Align::Right => (missing, 0, 0),
            Align::AfterSign => (0, missing, 0),
            Align::Center => (missing / 2, 0, missing - missing / 2),
        };
        Padding { fill, before, between, after }
    }

    /// The text of `bytes` bytes that `write` writes, padded; `write` is given what pads it inside.
    fn around(&self, bytes: usize, write: impl FnOnce(&mut Vec<u8>, &dyn Fn(&mut Vec<u8>))) -> Vec<u8> {
        let mut buffer = [0; 4];
        let fill = self.fill.encode_utf8(&mut buffer).as_bytes();
        let mut text = Vec::with_capacity(bytes + (self.before + self.between + self.after) * fill.len());
        let push = |text: &mut Vec<u8>, count| (0..count).for_each(|_| text.extend_from_slice(fill));
        push(&mut text, self.before);
        write(&mut text, &|text| push(text, self.between));
        push(&mut text, self.after);
        text
    }
}

/// `text`, which is `len` characters long, with `fill` up to `width` characters.
pub(super) fn pad(text: &[u8], len: usize, width: usize, fill: char, align: Align) -> Vec<u8> {
    Padding::new(len, width, fill, align).around(text.len(), |padded, between| {
        between(padded);
        padded.extend_from_slice(text);
    })
}
