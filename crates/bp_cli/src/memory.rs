//! How much memory a program may take when nobody says.
//!
//! A heap that outgrows the machine's memory is ended by the system, without a word and with all that
//! the program had not written yet. A limit below that makes it an exception that can be caught.

use std::path::Path;

/// What of the memory a heap may take: it needs room for its own tables, and so does everybody else.
const SHARE: usize = 2;
/// No heap is allowed more than this unasked.
const MAX_BYTES: usize = 16 << 30;

/// The limit of a heap, in bytes; none if the system does not tell its memory.
pub(crate) fn default_heap_limit() -> Option<usize> {
    let machine = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| total_bytes(&text));
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let group = limits.iter().filter_map(|path| group_bytes(Path::new(path)));
    group.chain(machine).min().map(|bytes| (bytes / SHARE).min(MAX_BYTES))
}

/// The limit of the control group; none if there is none.
fn group_bytes(path: &Path) -> Option<usize> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// The row `MemTotal:  24684084 kB`.
fn total_bytes(meminfo: &str) -> Option<usize> {
    let row = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: usize = row.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1 << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read() {
        assert_eq!(total_bytes("MemTotal:       24684084 kB\nMemFree: 1 kB\n"), Some(24_684_084 << 10));
        assert_eq!(total_bytes("MemFree: 1 kB\n"), None);
        assert_eq!(total_bytes("MemTotal: many\n"), None);
    }

    #[test]
    fn the_limit_is_less_than_the_machine_has() {
        let total = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| total_bytes(&text));
        if let (Some(limit), Some(total)) = (default_heap_limit(), total) {
            assert!(limit <= total / SHARE && limit <= MAX_BYTES);
        }
    }
}
