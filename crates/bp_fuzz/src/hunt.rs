//! Many seeds in child processes.
//!
//! A child says on its standard output what it is about to do ([`work`]); when it dies, its last words
//! name the program and the mode, and another child goes on behind it.

use crate::check::{self, Reference, STUCK, Useless, Verdict};
use crate::modes;
use bp_isa::fault::{self, Fault};
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Seeds for one child.
const BATCH: u64 = 40;
/// Time between two lines about the progress.
const BETWEEN_REPORTS: Duration = Duration::from_secs(60);
/// How long a child may be silent, by the clock: it may have little of the machine.
const SILENCE: Duration = Duration::from_secs(900);

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The generator wrote a program that does not compile.
    Rejected,
    /// A mode gave something else than the reference.
    Differ,
    /// The process died.
    Crash,
    /// The program did not come to its end, and could not be interrupted if the process was killed.
    Hang,
}

/// A program that shows an error.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Names the program.
    pub seed: u64,
    /// The mode in which it happens.
    pub mode: String,
    /// What happens.
    pub kind: Kind,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}: {:?} in mode {}", self.seed, self.kind, self.mode)
    }
}

/// What a hunt did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Programs that ran in all modes.
    pub programs: u64,
    /// Programs left out because the reference took too long.
    pub slow: u64,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Report {
    /// What was done in some time, in a line.
    pub fn line(&self, time: Duration) -> String {
        let (programs, seconds) = (self.programs, time.as_secs_f64());
        let processor = check::processor_time_of_children().as_secs_f64();
        format!(
            "{programs} programs in {seconds:.0} s ({:.1} a second; {processor:.0} s of processor time), \
             {} left out as slow, {} findings",
            programs as f64 / seconds,
            self.slow,
            self.findings.len()
        )
    }
}

/// Where a hunt goes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The seeds.
    pub seeds: Range<u64>,
    /// When to end before all seeds are done.
    pub until: Option<Instant>,
    /// Children at a time.
    pub jobs: usize,
    /// End with the first finding.
    pub first_only: bool,
    /// The seeded fault that is on in the children.
    pub fault: Option<Fault>,
}

/// The work of a child: all modes of all seeds.
pub fn work(seeds: Range<u64>) {
    for seed in seeds {
        let modes = modes::all(seed);
        say(&format!("begin {seed} {}", modes[0].name));
        match Reference::new(&crate::program(seed), &modes[0]) {
            Err(Useless::Rejected) => say(&format!("rejected {seed} {}", modes[0].name)),
            Err(Useless::Slow) => say(&format!("slow {seed} -")),
            Ok(reference) => {
                for mode in &modes::drawn(seed) {
                    say(&format!("begin {seed} {}", mode.name));
                    match reference.compare(mode) {
                        Verdict::Agree => {}
                        Verdict::Differ(_) => say(&format!("differ {seed} {}", mode.name)),
                        Verdict::Hang => say(&format!("hang {seed} {}", mode.name)),
                    }
                }
                say(&format!("done {seed} -"));
            }
        }
    }
    say("end 0 -");
}

/// Tells the parent something at once. A parent that is gone needs no more work.
fn say(line: &str) {
    let mut out = std::io::stdout();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// A hunt that is under way.
struct Hunt<'a> {
    binary: &'a Path,
    plan: &'a Plan,
    found: &'a (dyn Fn(&Finding) + Sync),
    next: Mutex<u64>,
    report: Mutex<Report>,
    over: AtomicBool,
    start: Instant,
    told: Mutex<Instant>,
}

/// Runs the programs of all seeds; `binary` is a program that calls [`work`] for `--worker A..B`.
pub fn hunt(binary: &Path, plan: &Plan, found: &(dyn Fn(&Finding) + Sync)) -> Report {
    let (next, report) = (Mutex::new(plan.seeds.start), Mutex::new(Report::default()));
    let start = Instant::now();
    let told = Mutex::new(start);
    let hunt = Hunt { binary, plan, found, next, report, over: AtomicBool::new(false), start, told };
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.max(1) {
            scope.spawn(|| {
                while let Some(batch) = hunt.take_batch() {
                    hunt.run_batch(batch);
                }
            });
        }
    });
    hunt.report.into_inner().expect("no thread panicked")
}

impl Hunt<'_> {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed) || self.plan.until.is_some_and(|until| Instant::now() >= until)
    }

    fn take_batch(&self) -> Option<Range<u64>> {
        let mut next = self.next.lock().expect("no thread panicked");
        if *next >= self.plan.seeds.end || self.is_over() {
            return None;
        }
        let start = *next;
        *next = start.saturating_add(BATCH).min(self.plan.seeds.end);
        Some(start..*next)
    }

    /// Says from time to time how far the hunt is.
    fn tell_progress(&self) {
        let mut told = self.told.lock().expect("no thread panicked");
        if self.plan.first_only || told.elapsed() < BETWEEN_REPORTS {
            return;
        }
        *told = Instant::now();
        self.count(|report| println!("{}", report.line(self.start.elapsed())));
    }

    fn add(&self, seed: u64, mode: &str, kind: Kind) {
        let finding = Finding { seed, mode: mode.to_owned(), kind };
        (self.found)(&finding);
        self.count(|report| report.findings.push(finding));
        self.over.fetch_or(self.plan.first_only, Ordering::Relaxed);
    }

    fn count(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.report.lock().expect("no thread panicked"));
    }

    /// One batch, in as many children as it takes.
    fn run_batch(&self, batch: Range<u64>) {
        self.tell_progress();
        let mut start = batch.start;
        while start < batch.end && !self.is_over() {
            let mut current = (start, String::from("start"));
            let ended = self.listen(start..batch.end, &mut |word, seed, mode| {
                current = (seed, mode.to_owned());
                match word {
                    "rejected" => self.add(seed, mode, Kind::Rejected),
                    "differ" => self.add(seed, mode, Kind::Differ),
                    "hang" => self.add(seed, mode, Kind::Hang),
                    "slow" => self.count(|report| report.slow += 1),
                    "done" => self.count(|report| report.programs += 1),
                    _ => {}
                }
            });
            match ended {
                Ended::Well => return,
                Ended::Died => self.add(current.0, &current.1, Kind::Crash),
                Ended::Stuck => self.add(current.0, &current.1, Kind::Hang),
            }
            start = current.0 + 1;
        }
    }

    /// Starts a child and hears what it says, to its end.
    fn listen(&self, seeds: Range<u64>, heard: &mut dyn FnMut(&str, u64, &str)) -> Ended {
        let mut command = Command::new(self.binary);
        command.args(["--worker", &format!("{}..{}", seeds.start, seeds.end)]);
        if let Some(fault) = self.plan.fault {
            command.env(fault::VARIABLE, fault.name());
        }
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the fuzzer can start itself");
        let lines = lines_of(&mut child);
        let mut last = String::new();
        let silent = loop {
            if self.over.load(Ordering::Relaxed) {
                last = "end".to_owned();
                break false;
            }
            match lines.recv_timeout(SILENCE) {
                Ok(line) => {
                    let mut words = line.split(' ');
                    let (word, seed, mode) = (words.next(), words.next(), words.next());
                    if let (Some(word), Some(Ok(seed)), Some(mode)) = (word, seed.map(str::parse), mode) {
                        last = word.to_owned();
                        if word != "end" {
                            heard(word, seed, mode);
                        }
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break false,
                Err(RecvTimeoutError::Timeout) => break true,
            }
        };
        if silent || self.over.load(Ordering::Relaxed) {
            // A child that has ended already cannot be killed, which is just as well.
            let _ = child.kill();
        }
        let stuck = child.wait().is_ok_and(|status| status.code() == Some(STUCK));
        match (last.as_str(), silent || stuck) {
            ("end", _) => Ended::Well,
            (_, true) => Ended::Stuck,
            (_, false) => Ended::Died,
        }
    }
}

/// How a child ended.
enum Ended {
    Well,
    Died,
    Stuck,
}

/// The lines that a child writes, as they come.
fn lines_of(child: &mut Child) -> std::sync::mpsc::Receiver<String> {
    let stdout: ChildStdout = child.stdout.take().expect("it was asked for");
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
