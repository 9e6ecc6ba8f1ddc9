//! The benchmark tool: `cargo run --release -p bp_bench`. See `benches/README.md`.
//!
//! It measures whole processes, start-up included, each run in turn with its peers so that a busy
//! moment of the machine hits all of them. Programs must print the same; a difference is an error.
//!
//! Absence: nothing here is part of the product, and no time is taken inside a measured program.
#![forbid(unsafe_code)]

mod baseline;
mod build;
mod catalogue;
mod compare;
mod growth;
mod instructions;
mod jit_check;
mod measure;
mod options;
mod page;
mod plot;
mod race;
mod report;
mod seed_table;
mod statistics;

use clap::Parser;
use options::{Mode, Options};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = Options::parse();
    let outcome = match options.mode() {
        Mode::Compare => compare::run(&options),
        Mode::Growth => growth::run(&options),
        Mode::Instructions => instructions::run(&options),
        Mode::SeedTable => seed_table::run(&options),
        Mode::JitCheck => jit_check::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bp_bench: {error}");
            ExitCode::FAILURE
        }
    }
}
