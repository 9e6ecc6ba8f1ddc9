//! `bp_fuzz`: random programs in every mode.
#![forbid(unsafe_code)]

use bp_fuzz::check::{self, Reference, Verdict};
use bp_fuzz::hunt::{self, Finding, Kind, Plan};
use bp_fuzz::modes;
use bp_fuzz::reduce::{self, status};
use clap::Parser;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Runs random programs in all modes and reports where they differ.
#[derive(Parser, Debug)]
struct Args {
    /// The seeds of the programs.
    #[arg(long, value_parser = range, default_value = "0..1000")]
    seeds: Range<u64>,
    /// End after this time; seeds then go on without end.
    #[arg(long)]
    minutes: Option<f64>,
    /// Processes at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Most findings that are reduced.
    #[arg(long, default_value_t = 4)]
    reduce: usize,
    /// How long reducing one may take, in seconds.
    #[arg(long, default_value_t = 60)]
    patience: u64,
    /// Folder for what is found.
    #[arg(long, default_value = "target/fuzz")]
    out: PathBuf,
    /// Print the program of a seed and end.
    #[arg(long)]
    print: Option<u64>,
    /// Check one file instead, in `--mode`, or in all.
    #[arg(long)]
    check: Option<PathBuf>,
    /// The mode for `--check`.
    #[arg(long)]
    mode: Option<String>,
    /// The seed from which modes are drawn, for `--check`.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Run the programs and print which instructions they did not reach, by tier and event.
    #[cfg(feature = "coverage")]
    #[arg(long)]
    coverage: bool,
    /// Run the programs in this folder instead, for `--coverage`.
    #[cfg(feature = "coverage")]
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Hunt for each seeded fault, or for those named, for at most `--minutes` (10) each.
    #[cfg(feature = "seeded-faults")]
    #[arg(long, num_args = 0..)]
    faults: Option<Vec<String>>,
    /// Compare programs of the common subset with what CPython makes of them.
    #[arg(long)]
    oracle: bool,
    /// Print such a program of a seed, in both languages, and end.
    #[arg(long)]
    print_oracle: Option<u64>,
    /// What child processes do.
    #[arg(long, hide = true, value_parser = range)]
    worker: Option<Range<u64>>,
}

fn range(text: &str) -> Result<Range<u64>, String> {
    let (start, end) = text.split_once("..").ok_or("a range is START..END")?;
    let number = |text: &str| text.parse::<u64>().map_err(|error| error.to_string());
    Ok(number(start)?..number(end)?)
}

fn main() -> ExitCode {
    let args = Args::parse();
    if let Some(seed) = args.print {
        print!("{}", bp_fuzz::program(seed));
        return ExitCode::SUCCESS;
    }
    if let Some(seeds) = args.worker {
        return on_big_stack(move || {
            hunt::work(seeds);
            ExitCode::SUCCESS
        });
    }
    if let Some(file) = args.check.clone() {
        return on_big_stack(move || check_file(&file, args.mode.as_deref(), args.seed));
    }
    if let Some(seed) = args.print_oracle {
        println!("{}\n# in Python:\n{}", bp_fuzz::oracle::program(seed), bp_fuzz::oracle::python_program(seed));
        return ExitCode::SUCCESS;
    }
    if args.oracle {
        return on_big_stack(move || ask_oracle(&args));
    }
    #[cfg(feature = "coverage")]
    if args.coverage {
        return on_big_stack(move || show_coverage(&args));
    }
    #[cfg(feature = "seeded-faults")]
    if let Some(names) = &args.faults {
        return hunt_faults(names, &args);
    }
    run(args)
}

/// Prints where CPython disagrees.
fn ask_oracle(args: &Args) -> ExitCode {
    const BETWEEN_REPORTS: u64 = 250;
    let (start, folder) = (Instant::now(), args.out.join("oracle"));
    let (mut seed, mut disagreements) = (args.seeds.start, 0);
    while seed < args.seeds.end {
        let end = (seed + BETWEEN_REPORTS).min(args.seeds.end);
        match bp_fuzz::oracle::compare(seed..end, &folder) {
            Ok(found) => {
                disagreements += found.len();
                found.iter().for_each(show_disagreement);
            }
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
        seed = end;
        let programs = seed - args.seeds.start;
        println!("{programs} programs in {:.0} s, {disagreements} disagreements", start.elapsed().as_secs_f64());
    }
    if disagreements == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn show_disagreement(disagreement: &bp_fuzz::oracle::Disagreement) {
    println!("seed {}:\n--- CPython\n{}", disagreement.seed, disagreement.python);
    match &disagreement.ours {
        Some(ours) => println!("+++ BetterPython\n{ours}"),
        None => {
            let text = bp_fuzz::oracle::program(disagreement.seed);
            println!("+++ it does not compile, or is slow\n{}", check::diagnostics(&text));
        }
    }
}

/// Runs programs and prints what they did not reach; failure if that was possible.
#[cfg(feature = "coverage")]
fn show_coverage(args: &Args) -> ExitCode {
    use bp_fuzz::coverage;
    match &args.corpus {
        Some(folder) => coverage::run_files(folder),
        None => args.seeds.clone().for_each(coverage::run_seed),
    }
    let table = coverage::table();
    print!("{table}");
    if table.missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One line for each fault; failure if one is not found.
#[cfg(feature = "seeded-faults")]
fn hunt_faults(names: &[String], args: &Args) -> ExitCode {
    use bp_isa::fault::Fault;
    if let Some(unknown) = names.iter().find(|name| Fault::ALL.iter().all(|fault| fault.name() != *name)) {
        eprintln!("there is no fault {unknown}");
        return ExitCode::FAILURE;
    }
    let binary = std::env::current_exe().expect("the fuzzer has a path");
    let patience = Duration::from_secs_f64(args.minutes.unwrap_or(10.0) * 60.0);
    let (mut hunted, mut found) = (0, 0);
    for fault in Fault::ALL {
        if !names.is_empty() && names.iter().all(|name| name != fault.name()) {
            continue;
        }
        let trial = bp_fuzz::faults::hunt(&binary, *fault, args.seeds.start, patience);
        hunted += 1;
        found += usize::from(trial.found.is_some());
        let how = trial.found.as_deref().unwrap_or("NOT FOUND");
        println!("{:18} {:6} programs {:6.1} s  {how}", fault.name(), trial.programs, trial.seconds);
    }
    println!("{found} of {hunted} found");
    if found == hunted { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Programs nest deeply: the main thread's stack is too small.
fn on_big_stack(work: impl FnOnce() -> ExitCode + Send + 'static) -> ExitCode {
    let thread = std::thread::Builder::new().stack_size(check::THREAD_STACK).spawn(work);
    thread.expect("a thread can be started").join().unwrap_or(ExitCode::from(101))
}

fn check_file(file: &Path, mode: Option<&str>, seed: u64) -> ExitCode {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(status::USELESS as u8);
        }
    };
    let modes = modes::all(seed);
    let reference = match Reference::new(&text, &modes[0]) {
        Ok(reference) => reference,
        Err(useless) => {
            println!("{useless:?}\n{}", check::diagnostics(&text));
            return ExitCode::from(status::USELESS as u8);
        }
    };
    let mut worst = status::AGREE;
    for candidate in modes.iter().filter(|candidate| mode.is_none_or(|mode| mode == candidate.name)) {
        match reference.compare(candidate) {
            Verdict::Agree => {}
            Verdict::Differ(outcome) => {
                println!("{} differs:\n--- expected {:#?}\n+++ got {outcome:#?}", candidate.name, reference.outcome);
                worst = status::DIFFER;
            }
            Verdict::Hang => {
                println!("{} does not end", candidate.name);
                worst = status::HANG;
            }
        }
    }
    ExitCode::from(worst as u8)
}

fn run(args: Args) -> ExitCode {
    let start = Instant::now();
    let binary = std::env::current_exe().expect("the fuzzer has a path");
    let mut seeds = args.seeds.clone();
    if args.minutes.is_some() {
        seeds.end = u64::MAX;
    }
    let until = args.minutes.map(|minutes| start + Duration::from_secs_f64(minutes * 60.0));
    let plan = Plan { seeds, until, jobs: args.jobs, first_only: false, fault: None };
    let report = hunt::hunt(&binary, &plan, &|finding| println!("{finding}"));
    println!("{}", report.line(start.elapsed()));
    for finding in report.findings.iter().take(args.reduce) {
        keep(&binary, finding, &args);
    }
    if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reduces a finding and writes it to a file.
fn keep(binary: &Path, finding: &Finding, args: &Args) {
    let Finding { seed, mode, kind } = finding;
    let text = bp_fuzz::program(*seed);
    let text = if *kind == Kind::Rejected {
        text
    } else {
        let patience = Duration::from_secs(args.patience);
        reduce::reduce(&text, patience, &mut |text| reduce::shows(binary, text, *seed, mode, *kind))
    };
    let file = args.out.join(format!("{seed}-{mode}.bp"));
    let written = std::fs::create_dir_all(&args.out).and_then(|()| std::fs::write(&file, text));
    match written {
        Ok(()) => println!("{finding}: {}", file.display()),
        Err(error) => println!("{}: {error}", file.display()),
    }
}
