//! The part of a source file that a message shows: a few whole lines, long ones cut around what is
//! marked, so that the renderer never sees more than a screenful.

use crate::source::{REPLACED, SourceFile};
use crate::span::Span;
use std::ops::Range;

/// Marked places at most this many lines apart are shown together, with what is between them.
const GAP_LINES: u32 = 6;

/// A place of several lines is shown whole up to this many lines, beyond only its first line.
const SPAN_LINES: u32 = 6;

/// Lines shown of one file.
pub(super) struct Window {
    /// The text of the lines, cut and with control characters replaced.
    pub(super) text: String,
    /// Number of the first line.
    pub(super) line: u32,
    /// For each of the spans asked for, its range in `text`.
    pub(super) ranges: Vec<Range<usize>>,
    /// Whether the beginning of a line was cut off.
    pub(super) is_cut: bool,
}

/// A span with the lines on which it is shown.
#[derive(Clone, Copy)]
pub(super) struct Place {
    span: Span,
    first: u32,
    last: u32,
}

impl Place {
    /// Cuts `span` to what is shown of it.
    pub(super) fn new(file: &SourceFile, span: Span) -> Self {
        let first = file.line_of(span.start);
        let last = file.line_of(span.end.max(span.start));
        if last - first < SPAN_LINES {
            return Self { span, first, last };
        }
        let end = file.line_span(first).end.max(span.start);
        Self { span: Span::new(span.start, end), first, last: first }
    }
}

/// Splits places into groups that are near each other; each group keeps its members' indices.
pub(super) fn clusters(places: &[Place]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|&index| (places[index].first, places[index].span));
    let mut groups: Vec<Vec<usize>> = vec![];
    let mut last_line = 0;
    for index in order {
        let place = places[index];
        match groups.last_mut() {
            Some(group) if place.first <= last_line + GAP_LINES => group.push(index),
            _ => groups.push(vec![index]),
        }
        last_line = last_line.max(place.last);
    }
    groups
}

impl Window {
    /// The lines around `places`, which are near each other. `width` in characters.
    pub(super) fn new(file: &SourceFile, places: &[Place], width: usize) -> Self {
        let first = places.iter().map(|place| place.first).min().unwrap_or(1);
        let last = places.iter().map(|place| place.last).max().unwrap_or(1);
        let mut window = Self { text: String::new(), line: first, ranges: vec![0..0; places.len()], is_cut: false };
        let mut starts = vec![None; places.len()];
        for line in first..=last {
            if line > first {
                window.text.push('\n');
            }
            let span = file.line_span(line);
            let cut = cut(file, line, span, places, width);
            let at = window.text.len();
            window.is_cut |= cut.start > span.start;
            let lead = if cut.start > span.start { "…" } else { "" };
            window.text.push_str(lead);
            push_shown(&mut window.text, file.slice(cut).unwrap_or(""));
            let shown_end = window.text.len();
            if cut.end < span.end {
                window.text.push('…');
            }
            let offset_of = |position: u32| {
                let inside = position.clamp(cut.start, cut.end) - cut.start;
                (at + lead.len() + inside as usize).min(shown_end)
            };
            for (index, place) in places.iter().enumerate() {
                if place.first == line {
                    starts[index] = Some(offset_of(place.span.start));
                }
                if place.last == line {
                    let start = starts[index].unwrap_or(at);
                    // A span that ends with its line's newline marks the place behind the line.
                    let end = offset_of(place.span.end).max(start);
                    window.ranges[index] = start..end;
                }
            }
        }
        window
    }
}

/// The part of a line that is shown.
fn cut(file: &SourceFile, line: u32, span: Span, places: &[Place], width: usize) -> Span {
    // In bytes: characters of several bytes make the shown part narrower, never wider.
    let width = (width as u32).max(40);
    if span.len() <= width * 2 {
        return span;
    }
    let here = places.iter().filter(|place| place.first <= line && line <= place.last);
    let starts = here.filter_map(|place| (place.first == line).then_some(place.span.start));
    let focus = starts.min().unwrap_or(span.start);
    let start = focus.saturating_sub(width / 2).max(span.start);
    let end = focus.saturating_add(width).min(span.end);
    let (mut start, mut end) = (start, end.max(start));
    while start > span.start && file.slice(Span::new(span.start, start)).is_none() {
        start -= 1;
    }
    while end < span.end && file.slice(Span::new(start, end)).is_none() {
        end += 1;
    }
    Span::new(start, end)
}

/// Appends `text`; what a terminal would obey or hide is replaced by something of the same length.
fn push_shown(out: &mut String, text: &str) {
    let harmless = |b: u8| b >= b' ' && b != 0x7f && b < 0x80;
    if text.bytes().all(harmless) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if c as u32 == u32::from(REPLACED) => out.push('?'),
            '\0'..='\u{1f}' | '\u{7f}' => out.push('?'),
            '\u{80}'..='\u{9f}' => out.push('·'),
            // Three bytes in UTF-8, as is the replacement.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => out.push('�'),
            c => out.push(c),
        }
    }
}
