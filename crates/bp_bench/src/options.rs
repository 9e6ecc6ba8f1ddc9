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
    #[arg(long)]
    pub growth: bool,
    /// The sizes of `--growth`, as multiples of the smallest.
    #[arg(long, value_name = "FACTORS", value_delimiter = ',', default_values_t = [1, 2, 4, 8])]
    pub factors: Vec<u64>,
    /// Count instructions with callgrind instead: slow, but free of noise.
    #[arg(long)]
    pub instructions: bool,
    /// Write the results as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Compare with the results of an earlier `--json`.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
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

/// What to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Peers against each other.
    Compare,
    /// One implementation against itself at growing sizes.
    Growth,
    /// Instruction counts.
    Instructions,
}

impl Options {
    /// What the switches ask for.
    pub fn mode(&self) -> Mode {
        match (self.growth, self.instructions) {
            (true, _) => Mode::Growth,
            (false, true) => Mode::Instructions,
            (false, false) => Mode::Compare,
        }
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
        let wanted = |peer: &&Peer| self.peers.is_empty() || self.peers.iter().any(|name| name == peer.name);
        Ok(PEERS.iter().filter(wanted).collect())
    }
}
