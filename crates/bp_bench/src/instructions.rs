//! Instruction counts by callgrind: exact where time is noise, for peers whose code it can follow.

use crate::build::{Workshop, present_of};
use crate::catalogue::{PROGRAMS, Peer};
use crate::compare::size_of;
use crate::measure::Invocation;
use crate::options::Options;
use crate::report::NAME_WIDTH;
use std::process::Command;

/// The peers that run well under valgrind.
const FOLLOWED: &[&str] = &["c", "c0", "bp", "bp-off", "lua"];

/// Counts what the options ask for. Answers whether all runs succeeded.
pub fn run(options: &Options) -> Result<bool, String> {
    let wanted = options.wanted_peers()?.into_iter();
    let peers: Vec<&Peer> = present_of(&wanted.filter(|peer| FOLLOWED.contains(&peer.name)).collect::<Vec<_>>());
    let workshop = Workshop::new(options, peers.iter().any(|peer| peer.name.starts_with("bp")))?;
    let columns: Vec<String> = peers.iter().map(|peer| format!("{:>12}", peer.name)).collect();
    println!("millions of instructions\n{:<NAME_WIDTH$}{}   bp/lua", "", columns.join(" "));
    let mut sound = true;
    for program in PROGRAMS.iter().filter(|program| options.wants(program.name)) {
        let mut line = format!("{:<NAME_WIDTH$}", program.name);
        let (mut ours, mut lua) = (None, None);
        for peer in &peers {
            let Some(prepared) = workshop.prepare(program, peer, size_of(program, options.sizes))? else { continue };
            let count = match count(&prepared.invocation) {
                Ok(count) => count,
                Err(message) => {
                    eprintln!("{}: {} failed: {message}", program.name, peer.name);
                    sound = false;
                    continue;
                }
            };
            match peer.name {
                "bp" => ours = Some(count),
                "lua" => lua = Some(count),
                _ => {}
            }
            line += &format!("{:>12.1} ", count as f64 / 1e6);
        }
        let ratio = ours.zip(lua).map(|(ours, lua)| format!("{:.2}", ours as f64 / lua as f64));
        println!("{line} {:>7}", ratio.unwrap_or_else(|| "-".to_owned()));
    }
    Ok(sound)
}

/// The instructions that a command executes in user mode.
fn count(invocation: &Invocation) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(&invocation.program)
        .args(&invocation.arguments)
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{} ended with {}\n{log}", invocation.command_line(), output.status));
    }
    let collected = log.lines().find_map(|line| line.split_once("Collected : "));
    collected.and_then(|(_, count)| count.trim().parse().ok()).ok_or_else(|| format!("no count in:\n{log}"))
}
