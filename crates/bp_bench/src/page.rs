//! The results as a page: plots of the ratios to the first peer, and all numbers.
//!
//! One file without scripts and without anything from elsewhere, light or dark as the reader's
//! system is, for windows of any width.

use crate::baseline::{Entry, Results};
use crate::catalogue::{Execution, Peer};
use crate::plot::{Axis, Row, dots, escape};
use crate::report::{megabytes, of_peer, pairs, ratio, short};
use crate::statistics::geometric_mean;
use std::fmt::Write as _;

/// The peer whose numbers stand out.
const ACCENTED: &str = "bp";

/// The whole page. The first of the peers is what the others are measured by.
pub fn of(results: &Results, peers: &[&Peer]) -> String {
    let reference = peers.first().map_or("", |peer| peer.name);
    let others: Vec<&Peer> = peers.iter().copied().skip(1).collect();
    let programs = programs_of(results);
    let axis = axis_of(results, reference);
    let mut html = head(results, peers);
    let _ = write!(
        html,
        "<h2>All programs</h2>\n<p>Geometric mean of the ratios to {}; the line reaches from the best to the worst \
         program.</p>\n<div class=\"wide\">{}</div>\n",
        describe(peers.first()),
        dots("Geometric means", &means(results, reference, &others), axis)
    );
    let _ = write!(
        html,
        "<h2>Each program</h2>\n<p>Ratio of the medians; the line reaches from the quickest to the slowest run. Left is \
         faster. Point at a row for the times.</p>\n<div class=\"panels\">\n"
    );
    for program in &programs {
        let entries = entries_of(results, program);
        let rows = rows_of(&entries, reference, &others);
        let _ = write!(html, "<section><h3>{}</h3>\n{}</section>\n", escape(program), dots(program, &rows, axis));
    }
    html += "</div>\n";
    html += &table(results, &programs, peers);
    html + "</body>\n</html>\n"
}

fn head(results: &Results, peers: &[&Peer]) -> String {
    let name = |peer: &&Peer| match describe(Some(peer)) {
        same if same == peer.name => format!("<b>{same}</b>"),
        description => format!("<b>{}</b>: {description}", peer.name),
    };
    let names: Vec<String> = peers.iter().map(name).collect();
    let time = if results.clock == "cpu" { "User and system time" } else { "Wall time" };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Benchmarks of BetterPython</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n<h1>Benchmarks of BetterPython</h1>\n\
         <p>{time} of whole processes, start-up included, compilation ahead of time not. Interleaved runs of each: {}. \
         Sizes: {}. Machine: {}.</p>\n<p>{}.</p>\n",
        include_str!("page.css"),
        results.rounds,
        results.sizes,
        escape(&results.machine),
        names.join(", ")
    )
}

fn describe(peer: Option<&&Peer>) -> String {
    match peer.map(|peer| peer.execution) {
        None => String::new(),
        Some(Execution::Gcc(level)) => format!("gcc {level}"),
        Some(Execution::Go) => "go".to_owned(),
        Some(Execution::Java) => "java".to_owned(),
        Some(Execution::Interpreted(command)) => command.to_owned(),
        Some(Execution::OurOwn([])) => "BetterPython".to_owned(),
        Some(Execution::OurOwn(switches)) => format!("BetterPython {}", switches.join(" ")),
    }
}

fn programs_of(results: &Results) -> Vec<String> {
    let mut programs: Vec<String> = Vec::new();
    for entry in &results.entries {
        if !programs.contains(&entry.program) {
            programs.push(entry.program.clone());
        }
    }
    programs
}

fn entries_of(results: &Results, program: &str) -> Vec<Entry> {
    results.entries.iter().filter(|entry| entry.program == program).cloned().collect()
}

fn axis_of(results: &Results, reference: &str) -> Axis {
    let ends = |entry: &Entry| {
        let base = results.entries.iter().find(|base| base.peer == reference && base.program == entry.program);
        base.map_or([1.0; 2], |base| [entry.ms.min / base.ms.median, entry.ms.max / base.ms.median])
    };
    Axis::over(results.entries.iter().filter(|entry| entry.peer != reference).flat_map(ends))
}

fn means(results: &Results, reference: &str, others: &[&Peer]) -> Vec<Row> {
    let row = |peer: &&Peer| {
        let ratios: Vec<f64> =
            pairs(&results.entries, peer.name, reference).map(|(entry, base)| ratio(entry, base)).collect();
        Some(Row {
            label: peer.name.to_owned(),
            value: geometric_mean(&ratios)?,
            low: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            high: ratios.iter().copied().fold(0.0, f64::max),
            hint: format!("{} programs", ratios.len()),
            accented: peer.name == ACCENTED,
        })
    };
    others.iter().filter_map(row).collect()
}

fn rows_of(entries: &[Entry], reference: &str, others: &[&Peer]) -> Vec<Row> {
    let Some(base) = of_peer(entries, reference) else { return Vec::new() };
    let row = |peer: &&Peer| {
        let entry = of_peer(entries, peer.name)?;
        let time = entry.ms;
        Some(Row {
            label: peer.name.to_owned(),
            value: ratio(entry, base),
            low: time.min / base.ms.median,
            high: time.max / base.ms.median,
            hint: format!(
                "{}: {:.1} ms ({:.1} to {:.1}), {} MB; {reference}: {:.1} ms",
                peer.name,
                time.median,
                time.min,
                time.max,
                megabytes(entry.peak_bytes),
                base.ms.median
            ),
            accented: peer.name == ACCENTED,
        })
    };
    others.iter().filter_map(row).collect()
}

/// Milliseconds of the reference, ratios of the others, megabytes of BetterPython.
fn table(results: &Results, programs: &[String], peers: &[&Peer]) -> String {
    let Some((reference, others)) = peers.split_first() else { return String::new() };
    let class = |peer: &&Peer| if peer.name == ACCENTED { " class=\"accented\"" } else { "" };
    let mut html = format!(
        "<h2>Numbers</h2>\n<p>Milliseconds of {0}, ratios of the others to it, peak memory of {ACCENTED}.</p>\n\
         <div class=\"scroll\"><table>\n<tr><th>program</th><th>argument</th><th>{0}, ms</th>",
        reference.name
    );
    for peer in others {
        let _ = write!(html, "<th{}>{}</th>", class(peer), peer.name);
    }
    html += "<th>MB</th></tr>\n";
    for program in programs {
        let entries = entries_of(results, program);
        let base = of_peer(&entries, reference.name);
        let size = entries.first().map_or(0, |entry| entry.size);
        let _ = write!(html, "<tr><th>{}</th><td>{size}</td>", escape(program));
        let _ = write!(html, "<td>{}</td>", base.map_or_else(dash, |base| format!("{:.1}", base.ms.median)));
        for peer in others {
            let cell = base.zip(of_peer(&entries, peer.name)).map(|(base, entry)| short(ratio(entry, base)));
            let _ = write!(html, "<td{}>{}</td>", class(peer), cell.unwrap_or_else(dash));
        }
        let memory = of_peer(&entries, ACCENTED).map(|entry| megabytes(entry.peak_bytes));
        let _ = writeln!(html, "<td>{}</td></tr>", memory.unwrap_or_else(dash));
    }
    html + "</table></div>\n"
}

fn dash() -> String {
    "–".to_owned()
}
