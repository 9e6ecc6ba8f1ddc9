//! How time and memory of BetterPython grow with the size of the work.
//!
//! The time of an empty program is taken off, so that start-up does not hide a steep curve.

use crate::baseline;
use crate::build::Workshop;
use crate::catalogue::GROWTH_PROGRAMS;
use crate::measure::Invocation;
use crate::options::Options;
use crate::report::megabytes;
use crate::statistics::Spread;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The lines of the smallest source that the front end is measured with.
const FRONT_END_BASE_LINES: u64 = 12_500;
/// Growth faster than this power of the size fails: n log n stays below it.
const STEEPEST: f64 = 1.35;
/// Below this many milliseconds the power says nothing.
const SIGNIFICANT_MS: f64 = 20.0;

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
    let start_up = measure("empty", 0, &workshop.bp_run(&empty, &[])?, options)?;
    println!("start-up {:.1} ms, {} MB; taken off below", start_up.ms.median, megabytes(start_up.peak_bytes));
    println!("{:<18}{:>10} {:>11} {:>11} {:>9}", "", "size", "ms", "ns / unit", "peak MB");
    let mut points = Vec::new();
    let mut sound = true;
    for program in GROWTH_PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let source = workshop.benches.join("growth").join(format!("{}.bp", program.name));
        let command = |size: u64| workshop.bp_run(&source, &[size.to_string()]);
        sound &= curve(program.name, program.base, command, &start_up, options, &mut points)?;
    }
    if options.wants("front_end") {
        let command = |lines: u64| {
            let source = write_source(&workshop.scratch, &format!("front_end_{lines}.bp"), &generate(lines))?;
            let mut invocation = workshop.bp_run(&source, &[])?;
            invocation.arguments[0] = "check".to_owned();
            Ok(invocation)
        };
        sound &= curve("front_end", FRONT_END_BASE_LINES, command, &start_up, options, &mut points)?;
    }
    if let Some(path) = &options.json {
        baseline::write(path, &points)?;
    }
    Ok(sound)
}

/// Measures one program at all sizes. A run that fails ends the curve, and makes it unsound.
fn curve(
    name: &str,
    base: u64,
    command: impl Fn(u64) -> Result<Invocation, String>,
    start_up: &Point,
    options: &Options,
    points: &mut Vec<Point>,
) -> Result<bool, String> {
    let mut first: Option<(u64, f64)> = None;
    let mut last: Option<(u64, f64)> = None;
    for factor in &options.factors {
        let size = base * factor;
        let point = match measure(name, size, &command(size)?, options) {
            Ok(point) => point,
            Err(message) => {
                eprintln!("{name} failed at {size}: {message}");
                return Ok(false);
            }
        };
        let ms = (point.ms.median - start_up.ms.median).max(0.01);
        println!("{name:<18}{size:>10} {ms:>11.1} {:>11.1} {:>9}", ms * 1e6 / size as f64, megabytes(point.peak_bytes));
        first = first.or((ms >= SIGNIFICANT_MS).then_some((size, ms)));
        last = Some((size, ms));
        points.push(point);
    }
    let (Some(first), Some(last)) = (first, last) else { return Ok(true) };
    if last.0 <= first.0 {
        return Ok(true);
    }
    let power = (last.1 / first.1).ln() / (last.0 as f64 / first.0 as f64).ln();
    let verdict = if power <= STEEPEST { "" } else { "  TOO STEEP" };
    println!("{name:<18}time grows with size ^ {power:.2}{verdict}");
    Ok(power <= STEEPEST)
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
