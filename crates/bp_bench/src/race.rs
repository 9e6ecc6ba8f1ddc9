//! Peers on one program: interleaved runs and equal outputs.

use crate::baseline::Entry;
use crate::build::{Prepared, Workshop};
use crate::catalogue::{Peer, Program};
use crate::options::{Clock, Options};
use crate::statistics::Spread;

/// A peer on one program, with what it has cost so far.
struct Contestant {
    peer: &'static Peer,
    prepared: Prepared,
    ms: Vec<f64>,
    peak_bytes: u64,
    output: Option<Vec<u8>>,
    failure: Option<String>,
}

/// What a race has shown.
pub struct Outcome {
    /// One per peer that did not fail, in the order of the peers.
    pub entries: Vec<Entry>,
    /// Whether every peer ran and all printed the same. Otherwise it has been said what is wrong.
    pub sound: bool,
}

/// Builds a program for all peers that have a version of it, and runs each once, then each again.
pub fn run(
    workshop: &Workshop,
    program: &Program,
    peers: &[&'static Peer],
    size: u64,
    options: &Options,
) -> Result<Outcome, String> {
    let mut contestants = Vec::new();
    for peer in peers {
        if let Some(prepared) = workshop.prepare(program, peer, size)? {
            contestants.push(Contestant::new(peer, prepared));
        }
    }
    for _ in 0..options.rounds {
        contestants.iter_mut().for_each(|contestant| contestant.run_once(options.clock));
    }
    let sound = agree(program, &contestants);
    let entries = contestants.iter().filter_map(|contestant| contestant.entry(program, size)).collect();
    Ok(Outcome { entries, sound })
}

impl Contestant {
    fn new(peer: &'static Peer, prepared: Prepared) -> Contestant {
        Contestant { peer, prepared, ms: Vec::new(), peak_bytes: 0, output: None, failure: None }
    }

    /// Runs once more, unless an earlier run has failed.
    fn run_once(&mut self, clock: Clock) {
        if self.failure.is_some() {
            return;
        }
        match self.prepared.invocation.run() {
            Err(message) => self.failure = Some(message),
            Ok(run) => {
                self.ms.push(run.ms(clock));
                self.peak_bytes = self.peak_bytes.max(run.peak_bytes);
                match &self.output {
                    Some(before) if *before != run.output => {
                        self.failure = Some("two runs gave different outputs".to_owned());
                    }
                    _ => self.output = Some(run.output),
                }
            }
        }
    }

    fn entry(&self, program: &Program, size: u64) -> Option<Entry> {
        if self.failure.is_some() {
            return None;
        }
        Some(Entry {
            program: program.name.to_owned(),
            size,
            peer: self.peer.name.to_owned(),
            build_ms: self.prepared.build_ms,
            ms: Spread::of(&self.ms),
            peak_bytes: self.peak_bytes,
            output: String::from_utf8_lossy(self.output.as_ref()?).into_owned(),
        })
    }
}

/// Whether all ran and printed what the first one printed. Says what is wrong.
fn agree(program: &Program, contestants: &[Contestant]) -> bool {
    let mut sound = true;
    let reference = contestants.iter().find(|contestant| contestant.failure.is_none());
    for contestant in contestants {
        let name = contestant.peer.name;
        if let Some(failure) = &contestant.failure {
            eprintln!("{}: {name} failed: {failure}", program.name);
            sound = false;
        } else if let Some(reference) = reference
            && contestant.output != reference.output
        {
            let text =
                |output: &Option<Vec<u8>>| String::from_utf8_lossy(output.as_deref().unwrap_or_default()).into_owned();
            eprintln!(
                "{}: {name} prints {:?}, {} prints {:?}",
                program.name,
                text(&contestant.output),
                reference.peer.name,
                text(&reference.output)
            );
            sound = false;
        }
    }
    sound
}
