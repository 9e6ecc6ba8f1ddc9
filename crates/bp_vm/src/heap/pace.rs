//! When old objects are marked, and how much at a time.
//!
//! A cycle is to be complete when the old generation has grown to a threshold, twice what lived after the
//! last cycle. It begins a little later than half way there, and marks in proportion to what becomes old.

/// The least that the old generation may grow between two cycles, in bytes.
const MIN_GROWTH: usize = 32 << 20;
/// The least that is marked in a pause, in bytes.
const MIN_STEP: usize = 64 << 10;

/// The rhythm of cycles.
pub(super) struct Pace {
    /// Bytes of old objects: alive after the last cycle, or become old since.
    pub(super) old_bytes: usize,
    /// Bytes alive after the last cycle.
    pub(super) live_bytes: usize,
    start: usize,
    threshold: usize,
    /// Bytes to mark for 16 bytes that become old.
    rate: usize,
    /// Whether cycles follow each other at once, in the smallest steps.
    eager: bool,
}

impl Pace {
    /// Nothing is old. `most` is what the old generation may grow to.
    pub(super) fn new(most: usize, eager: bool) -> Pace {
        let mut pace = Pace { old_bytes: 0, live_bytes: 0, start: 0, threshold: 0, rate: 0, eager };
        pace.end_cycle(0, most);
        pace
    }

    /// A cycle found so much alive.
    pub(super) fn end_cycle(&mut self, live_bytes: usize, most: usize) {
        let growth = live_bytes.max(MIN_GROWTH);
        self.threshold = (live_bytes + growth).min(most).max(live_bytes + live_bytes / 8 + MIN_STEP);
        self.start = live_bytes + (self.threshold - live_bytes) / 8 * 5;
        self.old_bytes = live_bytes;
        self.live_bytes = live_bytes;
    }

    /// Whether a cycle should begin.
    pub(super) fn is_due(&self) -> bool {
        self.old_bytes >= self.start || self.eager
    }

    /// A cycle begins.
    pub(super) fn begin_cycle(&mut self) {
        let left = self.threshold.saturating_sub(self.old_bytes).max(MIN_STEP);
        // A quarter more than just enough.
        self.rate = self.old_bytes.saturating_mul(20) / left;
    }

    /// Whether the cycle must be completed now.
    pub(super) fn is_overdue(&self) -> bool {
        self.old_bytes >= self.threshold && !self.eager
    }

    /// Bytes to mark after a collection that made `promoted` bytes old.
    pub(super) fn step(&self, promoted: usize) -> usize {
        if self.eager {
            return 1;
        }
        MIN_STEP + promoted.saturating_mul(self.rate) / 16
    }

    /// Bytes that the old generation may still grow before the next cycle ends.
    pub(super) fn growth(&self) -> usize {
        self.threshold.saturating_sub(self.old_bytes)
    }
}
