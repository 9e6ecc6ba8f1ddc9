//! How much memory a program may take when nobody says.
//!
//! A heap that outgrows the machine's memory is ended by the system, without a word and with all that
//! the program had not written yet. A limit below that makes it an exception that can be caught.
//!
//! Likewise where addresses are limited (`ulimit -v`): the heap's share is so small that the heap is what runs
//! out first. Results are made outside the heap before they become objects of it, and that memory cannot be
//! refused with an exception.

use std::path::Path;

/// What of the memory a heap may take: it needs room for its own tables, and so does everybody else.
const SHARE: usize = 2;
/// No heap is allowed more than this unasked.
const MAX_BYTES: usize = 16 << 30;
/// What of the addresses a heap may take: a result may be three times outside it while it grows.
const ADDRESS_SHARE: usize = 4;
/// What of the addresses machine code may take.
const CODE_SHARE: usize = 32;
/// Addresses that are reserved apart from the heap: stacks, code, the allocator's own.
const RESERVED_BYTES: usize = 640 << 20;

/// The limit of a heap, in bytes; none if the system does not tell its memory.
pub(crate) fn default_heap_limit() -> Option<usize> {
    let machine = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| total_bytes(&text));
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let group = limits.iter().filter_map(|path| group_bytes(Path::new(path)));
    let memory = group.chain(machine).min().map(|bytes| bytes / SHARE);
    let addresses = address_limit().map(share_of_addresses);
    memory.into_iter().chain(addresses).min().map(|bytes| bytes.min(MAX_BYTES))
}

/// Most bytes of addresses that this process may have; none if they are unlimited.
pub(crate) fn address_limit() -> Option<usize> {
    address_bytes(&std::fs::read_to_string("/proc/self/limits").ok()?)
}

/// Room for machine code where addresses are limited.
pub(crate) fn code_bytes(unlimited: usize) -> usize {
    address_limit().map_or(unlimited, |bytes| unlimited.min(bytes / CODE_SHARE))
}

/// The row `Max address space  716800000  716800000  bytes`; none if they are unlimited.
fn address_bytes(limits: &str) -> Option<usize> {
    let row = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    row.split_whitespace().next()?.parse().ok()
}

/// The limit of a heap where a process may have so many addresses. Below twice what is reserved, less is
/// reserved.
fn share_of_addresses(bytes: usize) -> usize {
    (bytes.saturating_sub(RESERVED_BYTES)).max(bytes / 2) / ADDRESS_SHARE
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
    fn limited_addresses_are_read_and_shared() {
        let row =
            |soft: &str| format!("Limit  Soft Limit  Hard Limit  Units\nMax address space  {soft}  unlimited  bytes\n");
        assert_eq!(address_bytes(&row("716800000")), Some(716_800_000));
        assert_eq!(address_bytes(&row("unlimited")), None);
        assert_eq!(address_bytes(""), None);
        for bytes in [0, 1 << 20, 512 << 20, 4 << 30] {
            assert!(share_of_addresses(bytes) <= bytes / ADDRESS_SHARE);
        }
    }

    #[test]
    fn the_limit_is_less_than_the_machine_has() {
        let total = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| total_bytes(&text));
        if let (Some(limit), Some(total)) = (default_heap_limit(), total) {
            assert!(limit <= total / SHARE && limit <= MAX_BYTES);
        }
    }
}
