//! Chores of the repository: `cargo run -p xtask -- tidy`.
//!
//! Absence: nothing here is part of the product, and nothing is downloaded.
#![forbid(unsafe_code)]

mod tidy;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- tidy
  tidy    check what the compiler does not: crate edges, files with unsafe, file lengths, white space,
          the index of sentences, generated pages (BLESS=1 rewrites them)";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the root folder");
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => tidy::tidy(root),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
