//! Peers against each other on the whole suite: medians, ratios, a page, changes since a baseline.

use crate::baseline::{self, Results};
use crate::build::{Workshop, present_of};
use crate::catalogue::{PROGRAMS, Peer, Program};
use crate::options::{Options, Sizes};
use crate::{page, race, report};
use std::path::{Path, PathBuf};

/// Measures what the options ask for. Answers whether every program ran, all outputs agreed, and,
/// if that was asked for, nothing has become slower.
pub fn run(options: &Options) -> Result<bool, String> {
    let peers: Vec<&Peer> = present_of(&options.wanted_peers()?);
    let workshop = Workshop::new(options, peers.iter().any(|peer| peer.name.starts_with("bp")))?;
    let kept = workshop.scratch.join("baseline.json");
    let earlier = options.baseline.as_ref().map(|path| baseline::read(path.as_ref().unwrap_or(&kept))).transpose()?;
    let mut results = Results::new(options);
    let mut sound = true;
    report::header(&peers, options.clock);
    for program in PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let outcome = race::run(&workshop, program, &peers, size_of(program, options.sizes), options)?;
        sound &= outcome.sound;
        report::program(program.name, &peers, &outcome.entries);
        results.entries.extend(outcome.entries);
    }
    report::summary(&peers, &results.entries);
    report::builds(&peers, &results.entries);
    if let Some(earlier) = earlier {
        sound &= acceptable(report::changes(&earlier, &results), options);
    }
    keep(options, &workshop.scratch, &results, &peers)?;
    if let Some(path) = &options.save_baseline {
        baseline::write(path.as_ref().unwrap_or(&kept), &results)?;
    }
    Ok(sound)
}

/// Whether the exit code stays 0 when so many entries are slower than the baseline.
fn acceptable(slower: usize, options: &Options) -> bool {
    slower == 0 || !options.fail_if_slower
}

/// Writes the results for other tools and for eyes.
fn keep(options: &Options, scratch: &Path, results: &Results, peers: &[&Peer]) -> Result<(), String> {
    let place = |given: &Option<PathBuf>, name: &str| given.clone().unwrap_or_else(|| scratch.join(name));
    let json = place(&options.json, "results.json");
    let html = place(&options.page, "results.html");
    baseline::write(&json, results)?;
    std::fs::write(&html, page::of(results, peers)).map_err(|error| format!("{}: {error}", html.display()))?;
    println!("\nresults: {}\npage:    {}", json.display(), html.display());
    Ok(())
}

/// The argument of a program.
pub fn size_of(program: &Program, sizes: Sizes) -> u64 {
    match sizes {
        Sizes::Small => program.small,
        Sizes::Full => program.full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[test]
    fn slower_programs_fail_only_on_request() {
        let strict = Options::parse_from(["bp_bench", "--baseline", "--fail-if-slower"]);
        let informed = Options::parse_from(["bp_bench", "--baseline"]);
        assert!(acceptable(0, &strict) && acceptable(0, &informed));
        assert!(!acceptable(1, &strict));
        assert!(acceptable(1, &informed));
    }
}
