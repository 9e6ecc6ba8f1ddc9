//! The command line.

use crate::catalogue::{PEERS, Peer};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Measures BetterPython against other implementations on the same programs.
#[derive(Parser, Debug)]
#[command(max_term_width = 100)]
pub struct Options {
    /// Only programs whose name contains this; several are separated by commas.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub filter: Vec<String>,
    /// Sizes at which slow interpreters stay below a second, or those at which C needs 0.1 to 0.2 s.
    #[arg(long, value_enum, default_value_t = Sizes::Small)]
    pub sizes: Sizes,
    /// The peers to run, separated by commas; those not on this machine are left out.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub peers: Vec<String>,
    /// What counts as time: `cpu`, user and system together, is steadier on a busy machine.
    #[arg(long, value_enum, default_value_t = Clock::Wall)]
    pub clock: Clock,
    /// How often each program runs on each peer.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Measure time and peak memory of BetterPython at growing sizes instead.
    #[arg(long, group = "mode")]
    pub growth: bool,
    /// The sizes of `--growth`, as multiples of the smallest.
    #[arg(long, value_name = "FACTORS", value_delimiter = ',', default_values_t = [1, 2, 4, 8])]
    pub factors: Vec<u64>,
    /// Count instructions with callgrind instead: slow, but free of noise.
    #[arg(long, group = "mode")]
    pub instructions: bool,
    /// Print the table of the founding design instead, measured.
    #[arg(long, group = "mode")]
    pub seed_table: bool,
    /// Check instead that no program is slower with the compiler than without.
    #[arg(long, group = "mode")]
    pub jit_check: bool,
    /// Where the results go as JSON, instead of `bench/results.json` in the target folder.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Where the page with plots goes, instead of `bench/results.html` in the target folder.
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Keep the results to compare with, in `bench/baseline.json` in the target folder or in FILE.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub save_baseline: Option<Option<PathBuf>>,
    /// Compare with the results that `--save-baseline` or `--json` has kept.
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub baseline: Option<Option<PathBuf>>,
    /// Exit with 1 if a program has become slower than in the baseline.
    #[arg(long, requires = "baseline")]
    pub fail_if_slower: bool,
    /// The `bp` to measure, instead of building the one of this repository.
    #[arg(long, value_name = "FILE")]
    pub bp: Option<PathBuf>,
}

/// Which column of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Sizes {
    /// For everyday comparisons.
    Small,
    /// For comparisons with C.
    Full,
}

/// Which time of a process.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Clock {
    /// What somebody waits.
    Wall,
    /// What the processors work.
    Cpu,
}

impl Clock {
    /// What its times are called in reports.
    pub fn unit(self) -> &'static str {
        match self {
            Clock::Wall => "ms",
            Clock::Cpu => "ms of processor time",
        }
    }
}

/// What to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Peers against each other.
    Compare,
    /// One implementation against itself at growing sizes.
    Growth,
    /// Instruction counts.
    Instructions,
    /// The founding design's table.
    SeedTable,
    /// The compiler against the interpreter.
    JitCheck,
}

impl Options {
    /// What the switches ask for.
    pub fn mode(&self) -> Mode {
        let modes = [
            (self.growth, Mode::Growth),
            (self.instructions, Mode::Instructions),
            (self.seed_table, Mode::SeedTable),
            (self.jit_check, Mode::JitCheck),
        ];
        modes.into_iter().find_map(|(asked, mode)| asked.then_some(mode)).unwrap_or(Mode::Compare)
    }

    /// Whether a program is wanted.
    pub fn wants(&self, program: &str) -> bool {
        self.filter.is_empty() || self.filter.iter().any(|part| program.contains(part.as_str()))
    }

    /// The peers that are wanted, in the catalogue's order, or the name of one that does not exist.
    pub fn wanted_peers(&self) -> Result<Vec<&'static Peer>, String> {
        if let Some(unknown) = self.peers.iter().find(|name| PEERS.iter().all(|peer| peer.name != name.as_str())) {
            let known: Vec<&str> = PEERS.iter().map(|peer| peer.name).collect();
            return Err(format!("there is no peer `{unknown}`; known are {}", known.join(", ")));
        }
        let wanted = |peer: &&Peer| match self.peers.is_empty() {
            true => peer.usual,
            false => self.peers.iter().any(|name| name == peer.name),
        };
        Ok(PEERS.iter().filter(wanted).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Options {
        Options::try_parse_from(line.split(' ')).expect("the line is valid")
    }

    #[test]
    fn baselines_have_optional_names() {
        let options = parse("bp_bench --save-baseline --baseline old.json --fail-if-slower");
        assert_eq!(options.save_baseline, Some(None));
        assert_eq!(options.baseline, Some(Some(PathBuf::from("old.json"))));
        assert!(Options::try_parse_from(["bp_bench", "--fail-if-slower"]).is_err());
    }

    #[test]
    fn one_mode_at_a_time() {
        assert_eq!(parse("bp_bench").mode(), Mode::Compare);
        assert_eq!(parse("bp_bench --seed-table").mode(), Mode::SeedTable);
        assert!(Options::try_parse_from(["bp_bench", "--growth", "--jit-check"]).is_err());
    }

    #[test]
    fn unusual_peers_take_part_when_named() {
        let names = |options: Options| -> Vec<&str> {
            options.wanted_peers().expect("all exist").iter().map(|peer| peer.name).collect()
        };
        assert!(!names(parse("bp_bench")).contains(&"bp-off"));
        assert_eq!(names(parse("bp_bench --peers bp-off,c")), ["c", "bp-off"]);
    }
}
