//! Positions in source text.
//!
//! Every file of a program occupies its own range of one position space, so a [`Span`] alone
//! names file, start and end; [`crate::source::SourceMap`] translates it back.

/// A half-open range of byte positions in the position space of a `SourceMap`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug)]
pub struct Span {
    /// Position of the first byte.
    pub start: u32,
    /// Position one past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to but excluding `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    pub const fn to(self, other: Span) -> Span {
        Span {
            start: if self.start < other.start { self.start } else { other.start },
            end: if self.end > other.end { self.end } else { other.end },
        }
    }

    /// The empty span just behind this one: where a missing token would stand.
    pub const fn after(self) -> Span {
        Span { start: self.end, end: self.end }
    }

    /// The empty span at the start of this one.
    pub const fn before(self) -> Span {
        Span { start: self.start, end: self.start }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}
