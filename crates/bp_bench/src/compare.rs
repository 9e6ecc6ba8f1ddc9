//! Peers against each other: interleaved runs, equal checksums, medians and ratios.

use crate::baseline::{self, Entry, Results};
use crate::build::{Workshop, is_present};
use crate::catalogue::{PROGRAMS, Peer, Program};
use crate::measure::Invocation;
use crate::options::{Clock, Options, Sizes};
use crate::report;
use crate::statistics::Spread;

/// A peer on one program, with what it has cost so far.
struct Contestant {
    peer: &'static Peer,
    invocation: Invocation,
    ms: Vec<f64>,
    peak_bytes: u64,
    output: Option<Vec<u8>>,
    failure: Option<String>,
}

/// Measures what the options ask for. Answers whether every program ran and all outputs agreed.
pub fn run(options: &Options) -> Result<bool, String> {
    let peers: Vec<&Peer> = options.wanted_peers()?.into_iter().filter(|peer| is_present(peer)).collect();
    let workshop = Workshop::new(options, peers.iter().any(|peer| peer.name == "bp"))?;
    let earlier = options.baseline.as_deref().map(baseline::read).transpose()?;
    let mut results = Results::new(options);
    let mut sound = true;
    report::header(&peers, options.clock);
    for program in PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let size = size_of(program, options.sizes);
        let mut contestants = enter(&workshop, program, &peers, size)?;
        for _ in 0..options.rounds {
            contestants.iter_mut().for_each(|contestant| contestant.run_once(options.clock));
        }
        sound &= agree(program, &contestants);
        let entries: Vec<Entry> = contestants.iter().filter_map(|contestant| contestant.entry(program, size)).collect();
        report::program(program.name, &peers, &entries);
        results.entries.extend(entries);
    }
    report::summary(&peers, &results.entries);
    if let Some(earlier) = earlier {
        report::changes(&earlier.entries, &results.entries);
    }
    if let Some(path) = &options.json {
        baseline::write(path, &results)?;
    }
    Ok(sound)
}

/// The argument of a program.
pub fn size_of(program: &Program, sizes: Sizes) -> u64 {
    match sizes {
        Sizes::Small => program.small,
        Sizes::Full => program.full,
    }
}

fn enter(
    workshop: &Workshop,
    program: &Program,
    peers: &[&'static Peer],
    size: u64,
) -> Result<Vec<Contestant>, String> {
    let mut contestants = Vec::new();
    for peer in peers {
        if let Some(invocation) = workshop.prepare(program, peer, size)? {
            contestants.push(Contestant {
                peer,
                invocation,
                ms: Vec::new(),
                peak_bytes: 0,
                output: None,
                failure: None,
            });
        }
    }
    Ok(contestants)
}

impl Contestant {
    /// Runs once more, unless an earlier run has failed.
    fn run_once(&mut self, clock: Clock) {
        if self.failure.is_some() {
            return;
        }
        match self.invocation.run() {
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
