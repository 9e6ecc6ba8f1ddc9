//! What a heap has done and how large it is.

use std::time::Duration;

/// Counters of a heap.
#[derive(Clone, Default, Debug)]
pub struct GcStats {
    /// Minor collections.
    pub minor: u64,
    /// Full collections, compacting ones included.
    pub full: u64,
    /// Compacting collections.
    pub compacting: u64,
    /// Bytes allocated, up to the last collection.
    pub allocated_bytes: u64,
    /// Bytes that left the nursery alive.
    pub promoted_bytes: u64,
    /// Bytes alive after the last full collection.
    pub live_bytes: u64,
    /// Size of the nursery now, in bytes.
    pub nursery_bytes: u64,
    /// Bytes of large objects now.
    pub large_bytes: u64,
    /// Bytes taken from the system now.
    pub heap_bytes: u64,
    /// Most bytes ever taken from the system.
    pub peak_bytes: u64,
    /// Longest time the program stood still.
    pub longest_pause: Duration,
    /// Time the program stood still in all.
    pub total_pause: Duration,
}

impl GcStats {
    /// Names and values, for reports; times are in microseconds.
    pub fn rows(&self) -> Vec<(&'static str, i64)> {
        vec![
            ("minor", self.minor as i64),
            ("full", self.full as i64),
            ("compacting", self.compacting as i64),
            ("allocated_bytes", self.allocated_bytes as i64),
            ("promoted_bytes", self.promoted_bytes as i64),
            ("live_bytes", self.live_bytes as i64),
            ("nursery_bytes", self.nursery_bytes as i64),
            ("large_bytes", self.large_bytes as i64),
            ("heap_bytes", self.heap_bytes as i64),
            ("peak_bytes", self.peak_bytes as i64),
            ("longest_pause_us", self.longest_pause.as_micros() as i64),
            ("total_pause_us", self.total_pause.as_micros() as i64),
        ]
    }
}
