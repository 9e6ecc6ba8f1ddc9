//! No program may be slower with the compiler than without.

use crate::build::Workshop;
use crate::catalogue::{PROGRAMS, peer_named};
use crate::compare::size_of;
use crate::options::Options;
use crate::race;
use crate::report::{NAME_WIDTH, of_peer, ratio};

/// What compilation may cost, as a ratio.
const TOLERANCE: f64 = 1.05;

/// Measures what the options ask for. Answers whether all ran and none is slower.
pub fn run(options: &Options) -> Result<bool, String> {
    let peers: Vec<_> = ["bp-off", "bp"].into_iter().filter_map(peer_named).collect();
    let workshop = Workshop::new(options, true)?;
    println!("median {} of whole processes", options.clock.unit());
    println!("{:<NAME_WIDTH$}{:>12}{:>12}{:>10}", "", "interpreted", "compiled", "speed-up");
    let mut sound = true;
    for program in PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let outcome = race::run(&workshop, program, &peers, size_of(program, options.sizes), options)?;
        sound &= outcome.sound;
        let (Some(off), Some(on)) = (of_peer(&outcome.entries, "bp-off"), of_peer(&outcome.entries, "bp")) else {
            continue;
        };
        // The quickest runs must say the same as the medians: noise only ever slows down.
        let slower = ratio(on, off) > TOLERANCE && on.ms.min > off.ms.min * TOLERANCE;
        sound &= !slower;
        println!(
            "{:<NAME_WIDTH$}{:>12.1}{:>12.1}{:>9.2}x{}",
            program.name,
            off.ms.median,
            on.ms.median,
            1.0 / ratio(on, off),
            if slower { "  SLOWER" } else { "" }
        );
    }
    Ok(sound)
}
