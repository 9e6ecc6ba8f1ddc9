//! Tables for people, one line per program as soon as it is measured.

use crate::baseline::{Entry, Results};
use crate::catalogue::Peer;
use crate::options::Clock;
use crate::statistics::geometric_mean;

/// The width of a program's name.
pub const NAME_WIDTH: usize = 21;
/// The width of a peer's column.
const COLUMN_WIDTH: usize = 16;

/// Prints the heading of the table.
pub fn header(peers: &[&Peer], clock: Clock) {
    println!("median {} of whole processes (half the spread in %), ratio to the first column", clock.unit());
    let columns: Vec<String> = peers.iter().map(|peer| format!("{:>COLUMN_WIDTH$}", peer.name)).collect();
    println!("{:<NAME_WIDTH$}{}   bp/lua   bp MB", "", columns.join(" "));
}

/// Prints the line of one program.
pub fn program(name: &str, peers: &[&Peer], entries: &[Entry]) {
    let reference = peers.first().and_then(|peer| of_peer(entries, peer.name));
    let mut line = format!("{name:<NAME_WIDTH$}");
    for (index, peer) in peers.iter().enumerate() {
        let cell = match of_peer(entries, peer.name) {
            None => "-".to_owned(),
            Some(entry) => {
                let time = entry.ms;
                let spread = (time.max - time.min) / time.median * 50.0;
                let ratio = reference.filter(|_| index > 0).map(|base| ratio(entry, base));
                let ratio = ratio.map_or_else(String::new, |ratio| format!(" {}x", short(ratio)));
                format!("{:.1} ({spread:.0}){ratio}", time.median)
            }
        };
        line += &format!("{cell:>COLUMN_WIDTH$} ");
    }
    let versus_lua = match (of_peer(entries, "bp"), of_peer(entries, "lua")) {
        (Some(ours), Some(lua)) => format!("{:.2}", ratio(ours, lua)),
        _ => "-".to_owned(),
    };
    let memory = of_peer(entries, "bp").map_or_else(|| "-".to_owned(), |entry| megabytes(entry.peak_bytes));
    println!("{line} {versus_lua:>7} {memory:>7}");
}

/// Prints the geometric means over all programs.
pub fn summary(peers: &[&Peer], entries: &[Entry]) {
    let Some(reference) = peers.first() else { return };
    println!();
    for peer in &peers[1..] {
        print_mean(entries, peer.name, reference.name);
    }
    if reference.name != "lua" {
        print_mean(entries, "bp", "lua");
    }
}

fn print_mean(entries: &[Entry], peer: &str, base: &str) {
    let ratios: Vec<f64> = pairs(entries, peer, base).map(|(entry, base)| ratio(entry, base)).collect();
    if let Some(mean) = geometric_mean(&ratios) {
        println!("{peer} / {base}: geometric mean of {} programs {mean:.2}", ratios.len());
    }
}

/// The entries of a peer, each beside that of another peer on the same program.
pub fn pairs<'a>(entries: &'a [Entry], peer: &'a str, base: &'a str) -> impl Iterator<Item = (&'a Entry, &'a Entry)> {
    entries.iter().filter(move |entry| entry.peer == peer).filter_map(move |entry| {
        let other = entries.iter().find(|other| other.peer == base && other.program == entry.program)?;
        Some((entry, other))
    })
}

/// Prints how long the compilers took for all programs together. That is not part of any ratio.
pub fn builds(peers: &[&Peer], entries: &[Entry]) {
    let total =
        |peer: &&&Peer| entries.iter().filter(|entry| entry.peer == peer.name).map(|entry| entry.build_ms).sum();
    let totals: Vec<(&str, f64)> = peers.iter().map(|peer| (peer.name, total(&peer))).collect();
    let compiled: Vec<String> =
        totals.iter().filter(|(_, ms)| *ms > 0.0).map(|(name, ms)| format!("{name} {:.1} s", ms / 1e3)).collect();
    if !compiled.is_empty() {
        println!("compiled beforehand: {}", compiled.join(", "));
    }
}

/// Prints what is clearly faster or slower than before: where no run of one measurement is within
/// the spread of the other. Answers how many are slower.
pub fn changes(before: &Results, now: &Results) -> usize {
    println!("\nagainst the baseline (only where the spreads do not overlap):");
    if (&before.machine, &before.clock) != (&now.machine, &now.clock) {
        println!("  beware: it was measured on another machine or by another clock");
    }
    let (mut changed, mut slower) = (0, 0);
    for entry in &now.entries {
        let same = |old: &&Entry| old.program == entry.program && old.peer == entry.peer && old.size == entry.size;
        let Some(old) = before.entries.iter().find(same) else { continue };
        let word = match (entry.ms.is_above(&old.ms), old.ms.is_above(&entry.ms)) {
            (true, _) => "slower",
            (_, true) => "faster",
            _ => continue,
        };
        changed += 1;
        slower += usize::from(word == "slower");
        let (from, to) = (old.ms.median, entry.ms.median);
        println!(
            "  {:<NAME_WIDTH$}{:<8}{from:>9.1} -> {to:>9.1} ms  {word} ({:.2}x)",
            entry.program,
            entry.peer,
            to / from
        );
    }
    if changed == 0 {
        println!("  nothing");
    }
    slower
}

/// What a peer has measured, among the entries of one program.
pub fn of_peer<'a>(entries: &'a [Entry], peer: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.peer == peer)
}

/// The ratio of the medians.
pub fn ratio(entry: &Entry, base: &Entry) -> f64 {
    entry.ms.median / base.ms.median
}

/// A ratio in at most four characters.
pub fn short(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 10.0 => format!("{ratio:.2}"),
        ratio if ratio < 100.0 => format!("{ratio:.1}"),
        ratio => format!("{ratio:.0}"),
    }
}

/// Bytes as MB with one digit.
pub fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::statistics::Spread;
    use clap::Parser;

    /// Results of `bp` on programs with these sizes and times.
    fn results(rows: &[(&str, u64, [f64; 3])]) -> Results {
        let entry = |(program, size, times): &(&str, u64, [f64; 3])| Entry {
            program: (*program).to_owned(),
            size: *size,
            peer: "bp".to_owned(),
            build_ms: 0.0,
            ms: Spread::of(times),
            peak_bytes: 0,
            output: String::new(),
        };
        let mut results = Results::new(&Options::parse_from(["bp_bench"]));
        results.entries.extend(rows.iter().map(entry));
        results
    }

    #[test]
    fn only_what_lies_above_the_spread_of_the_same_measurement_is_slower() {
        let before = results(&[("fib", 32, [9.0, 10.0, 11.0]), ("sieve", 100, [9.0, 10.0, 11.0])]);
        let slower = |rows| changes(&before, &results(rows));
        assert_eq!(slower(&[("fib", 32, [12.0, 13.0, 14.0]), ("sieve", 100, [12.0, 12.0, 12.0])]), 2);
        assert_eq!(slower(&[("fib", 32, [11.0, 13.0, 14.0])]), 0, "the spreads overlap");
        assert_eq!(slower(&[("fib", 32, [7.0, 8.0, 8.5])]), 0, "faster");
        assert_eq!(slower(&[("fib", 33, [12.0, 13.0, 14.0])]), 0, "another size");
        assert_eq!(slower(&[("life", 32, [12.0, 13.0, 14.0])]), 0, "not in the baseline");
    }
}
