//! Results as JSON, to be kept and compared with.

use crate::options::{Clock, Options, Sizes};
use crate::statistics::Spread;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Everything that one call measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Results {
    /// The processor, as the system names it.
    pub machine: String,
    /// `small` or `full`.
    pub sizes: String,
    /// `wall` or `cpu`.
    pub clock: String,
    /// Runs per program and peer.
    pub rounds: u32,
    /// One per program and peer.
    pub entries: Vec<Entry>,
}

/// A program on a peer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The program's name.
    pub program: String,
    /// Its argument.
    pub size: u64,
    /// The peer's name.
    pub peer: String,
    /// Milliseconds of compilation beforehand, by the wall; zero where there is none.
    #[serde(default)]
    pub build_ms: f64,
    /// Milliseconds of whole processes, by the clock of the results.
    pub ms: Spread,
    /// The largest resident size of any run.
    pub peak_bytes: u64,
    /// What it printed.
    pub output: String,
}

impl Results {
    /// Without entries yet.
    pub fn new(options: &Options) -> Results {
        let sizes = match options.sizes {
            Sizes::Small => "small",
            Sizes::Full => "full",
        };
        let clock = match options.clock {
            Clock::Wall => "wall",
            Clock::Cpu => "cpu",
        };
        Results {
            clock: clock.to_owned(),
            machine: machine(),
            sizes: sizes.to_owned(),
            rounds: options.rounds,
            entries: Vec::new(),
        }
    }
}

fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// Reads results that [`write`] has written.
pub fn read(path: &Path) -> Result<Results, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes any results for [`read`] or other tools.
pub fn write(path: &Path, results: &impl Serialize) -> Result<(), String> {
    let text = serde_json::to_string_pretty(results).map_err(|error| error.to_string())?;
    std::fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
}
