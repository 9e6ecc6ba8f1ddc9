//! The founding design's table of expected times, beside what is measured.

use crate::baseline::{self, Entry, Results};
use crate::build::{Workshop, present_of};
use crate::catalogue::{Peer, SEED_PEERS, SEED_TABLE, SeedRow, peer_named, program_named};
use crate::options::Options;
use crate::race;
use crate::report::{of_peer, ratio, short};

/// Measures what the options ask for. Answers whether every program ran and all outputs agreed.
pub fn run(options: &Options) -> Result<bool, String> {
    let peers = match options.peers.is_empty() {
        true => SEED_PEERS.iter().filter_map(|name| peer_named(name)).collect(),
        false => options.wanted_peers()?,
    };
    let peers = present_of(&peers);
    let workshop = Workshop::new(options, true)?;
    let others: Vec<&Peer> = peers.iter().copied().filter(|peer| !peer.name.starts_with("bp")).collect();
    let mut results = Results::new(options);
    let mut sound = true;
    header(options, &others);
    for row in SEED_TABLE.iter().filter(|row| options.wants(row.program)) {
        let program = program_named(row.program).ok_or("the table names a program that does not exist")?;
        let outcome = race::run(&workshop, program, &peers, row.size, options)?;
        sound &= outcome.sound;
        print_row(row, &others, &outcome.entries);
        results.entries.extend(outcome.entries);
    }
    if let Some(path) = &options.json {
        baseline::write(path, &results)?;
    }
    Ok(sound)
}

fn header(options: &Options, others: &[&Peer]) {
    println!("median {} of whole processes; of the others their ratio to bp", options.clock.unit());
    println!("{:<16}{:^32}   {:^32}", "", "founding design", "measured");
    let columns: Vec<String> = others.iter().map(|peer| format!("{:>8}", format!("{}/bp", peer.name))).collect();
    let triple = format!("{:>12}{:>10}{:>10}", "interpreted", "compiled", "speed-up");
    println!("{:<16}{triple}   {triple}   {}", "", columns.join(" "));
}

fn print_row(row: &SeedRow, others: &[&Peer], entries: &[Entry]) {
    let (Some(off), Some(on)) = (of_peer(entries, "bp-off"), of_peer(entries, "bp")) else { return };
    let triple = |off: f64, on: f64| format!("{off:>12.1}{on:>10.1}{:>9.1}x", off / on);
    let ratios: Vec<String> = others
        .iter()
        .map(|peer| match of_peer(entries, peer.name) {
            Some(entry) => format!("{:>8}", short(ratio(entry, on))),
            None => format!("{:>8}", "-"),
        })
        .collect();
    println!(
        "{:<16}{}   {}   {}",
        row.name,
        triple(row.interpreted_ms * row.scale, row.compiled_ms * row.scale),
        triple(off.ms.median, on.ms.median),
        ratios.join(" ")
    );
    if row.scale != 1.0 {
        println!("{:<16}(both with {} times the work of the design's row)", "", row.scale);
    }
}
