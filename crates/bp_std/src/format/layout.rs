//! Grouping digits and padding texts.

use super::zero_filled;
use bp_builtins::format_spec::{Align, FormatSpec};

/// A number's text in parts.
pub(super) struct Numeral {
    /// Sign and base prefix.
    pub lead: String,
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
            let others = self.lead.len() + self.rest.len();
            let least = if zero_filled(spec) { spec.width.saturating_sub(others) } else { 0 };
            self.whole = grouped(&self.whole, self.group, separator, least);
        }
        let body = format!("{}{}", self.whole, self.rest);
        if spec.align != Align::AfterSign {
            let text = self.lead + &body;
            return pad(text.as_bytes(), text.len(), spec.width, spec.fill, spec.align);
        }
        let room = spec.width.saturating_sub(self.lead.len());
        let mut text = self.lead.into_bytes();
        text.extend(pad(body.as_bytes(), body.len(), room, spec.fill, Align::Right));
        text
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

/// `text`, which is `len` characters long, with `fill` up to `width` characters.
pub(super) fn pad(text: &[u8], len: usize, width: usize, fill: char, align: Align) -> Vec<u8> {
    let missing = width.saturating_sub(len);
    let before = match align {
        Align::Left => 0,
        Align::Right | Align::AfterSign => missing,
        Align::Center => missing / 2,
    };
    let mut buffer = [0; 4];
    let fill = fill.encode_utf8(&mut buffer).as_bytes();
    let mut padded = Vec::with_capacity(text.len() + missing * fill.len());
    padded.extend(fill.repeat(before));
    padded.extend_from_slice(text);
    padded.extend(fill.repeat(missing - before));
    padded
}
