//! How time and memory of BetterPython grow with the size of the work.
//!
//! The time of an empty program is taken off, so that start-up does not hide a steep curve.

use crate::baseline;
use crate::build::Workshop;
use crate::catalogue::{GROWTH_PROGRAMS, PROGRAMS, Scaling, Step, peer_named};
use crate::measure::Invocation;
use crate::options::Options;
use crate::report::{NAME_WIDTH, megabytes};
use crate::statistics::{Spread, slope};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The lines of the sources that the front end is measured with.
const FRONT_END: Scaling = Scaling { base: 12_500, step: Step::Times, time: 1.0, memory: 1.0 };
/// A power this much above the expected one fails. What sorts, and what outgrows a cache, stays below.
const TOLERANCE: f64 = 0.35;
/// Times below this many milliseconds do not enter the power.
const SIGNIFICANT_MS: f64 = 15.0;
/// Nor does memory below this many bytes above that of an empty program.
const SIGNIFICANT_BYTES: u64 = 8_000_000;

/// A program at a size.
#[derive(Clone, Debug, Serialize)]
struct Point {
    program: String,
    size: u64,
    ms: Spread,
    peak_bytes: u64,
}

/// Measures what the options ask for. Answers whether all ran and none grows too fast.
pub fn run(options: &Options) -> Result<bool, String> {
    let workshop = Workshop::new(options, true)?;
    let empty = write_source(&workshop.scratch, "empty.bp", "")?;
    let start_up = measure("empty", 0, &workshop.bp_run(&[], &empty, &[])?, options)?;
    println!("start-up {:.1} ms, {} MB; taken off below", start_up.ms.median, megabytes(start_up.peak_bytes));
    println!("{:<NAME_WIDTH$}{:>12}{:>11}{:>10}", "", "size", "ms", "peak MB");
    let mut points = Vec::new();
    let mut sound = true;
    for program in GROWTH_PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let source = workshop.benches.join("growth").join(format!("{}.bp", program.name));
        let command = |size: u64| workshop.bp_run(&[], &source, &[size.to_string()]);
        sound &= curve(program.name, &program.scaling, command, &start_up, options, &mut points)?;
    }
    let own = peer_named("bp").ok_or("the catalogue has no `bp`")?;
    for program in PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let source = workshop.source(program.name, own).ok_or("a program has no version for `bp`")?;
        let command = |size: u64| workshop.bp_run(&[], &source, &[size.to_string()]);
        sound &= curve(program.name, &program.scaling, command, &start_up, options, &mut points)?;
    }
    if options.wants("front_end") {
        let command = |lines: u64| {
            let source = write_source(&workshop.scratch, &format!("front_end_{lines}.bp"), &generate(lines))?;
            let mut invocation = workshop.bp_run(&[], &source, &[])?;
            invocation.arguments[0] = "check".to_owned();
            Ok(invocation)
        };
        sound &= curve("front_end", &FRONT_END, command, &start_up, options, &mut points)?;
    }
    if let Some(path) = &options.json {
        baseline::write(path, &points)?;
    }
    Ok(sound)
}

/// Measures one program at all sizes. A run that fails ends the curve, and makes it unsound.
fn curve(
    name: &str,
    scaling: &Scaling,
    command: impl Fn(u64) -> Result<Invocation, String>,
    start_up: &Point,
    options: &Options,
    points: &mut Vec<Point>,
) -> Result<bool, String> {
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for factor in &options.factors {
        let size = scaling.size(*factor);
        let point = match measure(name, size, &command(size)?, options) {
            Ok(point) => point,
            Err(message) => {
                eprintln!("{name} failed at {size}: {message}");
                return Ok(false);
            }
        };
        let ms = (point.ms.median - start_up.ms.median).max(0.01);
        println!("{name:<NAME_WIDTH$}{size:>12}{ms:>11.1}{:>10}", megabytes(point.peak_bytes));
        let log_size = scaling.log_measure(size);
        if ms >= SIGNIFICANT_MS {
            times.push((log_size, ms.ln()));
        }
        let bytes = point.peak_bytes.saturating_sub(start_up.peak_bytes);
        if bytes >= SIGNIFICANT_BYTES {
            peaks.push((log_size, (bytes as f64).ln()));
        }
        points.push(point);
    }
    let (time, time_fits) = verdict(slope(&times), scaling.time);
    let (memory, memory_fits) = verdict(slope(&peaks), scaling.memory);
    println!("{name:<NAME_WIDTH$}{:>12} time ^ {time}, memory ^ {memory}", "");
    Ok(time_fits && memory_fits)
}

/// A power beside the expected one in words, and whether it is not above that.
fn verdict(power: Option<f64>, expected: f64) -> (String, bool) {
    match power {
        None => (format!("? (too little to tell; {expected} expected)"), true),
        Some(power) if power > expected + TOLERANCE => (format!("{power:.2} (TOO STEEP, {expected} expected)"), false),
        Some(power) => (format!("{power:.2} ({expected} expected)"), true),
    }
}

impl Scaling {
    /// The argument at a factor.
    fn size(&self, factor: u64) -> u64 {
        match self.step {
            Step::Times => self.base * factor,
            Step::Plus(_) => self.base + u64::from(factor.max(1).ilog2()),
        }
    }

    /// The logarithm of what the powers are powers of.
    fn log_measure(&self, size: u64) -> f64 {
        match self.step {
            Step::Times => (size as f64).ln(),
            Step::Plus(ratio) => size as f64 * ratio.ln(),
        }
    }
}

fn measure(name: &str, size: u64, invocation: &Invocation, options: &Options) -> Result<Point, String> {
    let mut times = Vec::new();
    let mut peak_bytes = 0;
    for _ in 0..options.rounds {
        let run = invocation.run()?;
        times.push(run.ms(options.clock));
        peak_bytes = peak_bytes.max(run.peak_bytes);
    }
    Ok(Point { program: name.to_owned(), size, ms: Spread::of(&times), peak_bytes })
}

fn write_source(folder: &Path, name: &str, text: &str) -> Result<PathBuf, String> {
    let path = folder.join(name);
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// A program of about `lines` lines with structs, loops, branches, calls and strings.
fn generate(lines: u64) -> String {
    const LINES_PER_UNIT: u64 = 20;
    let mut text = String::new();
    for unit in 0..lines / LINES_PER_UNIT {
        let _ = write!(
            text,
            "# Unit {unit}: an account and what happens to it.
struct Account{unit}:
    owner: str
    balance: int = {unit}
    history: [int] = []

def work{unit}(a: Account{unit}, amounts: [int]) -> int:
    let total = 0
    for amount in amounts:
        if amount > 0 and amount < 1000:
            total += amount * 2 + {unit}
        elif amount == -1:
            continue
        else:
            total -= amount % 7
        a.history.push(total)
    a.balance = a.balance + total
    print(f\"{{a.owner}} has {{a.balance:>8}}\", len(a.history))
    return total if total > 0 else work{next}(Account{next}(\"next\"), amounts)

",
            next = unit / 2,
        );
    }
    text
}
