//! Which crate uses which: as ARCHITECTURE.md lists it, and not otherwise.

use super::{Report, Tree};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

type Edges = BTreeMap<String, BTreeSet<String>>;

/// Compares the list with what cargo says.
pub(super) fn check(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let listed = listed(tree)?;
    let real = real(tree)?;
    let none = BTreeSet::new();
    let crates: BTreeSet<&String> = listed.keys().chain(real.keys()).collect();
    for name in crates {
        let (listed, real) = (listed.get(name).unwrap_or(&none), real.get(name).unwrap_or(&none));
        for target in real.difference(listed) {
            report.complain(format!("`{name} -> {target}` is not in ARCHITECTURE.md: a new edge is a decision"));
        }
        for target in listed.difference(real) {
            report.complain(format!("ARCHITECTURE.md lists `{name} -> {target}`, which is not there"));
        }
    }
    Ok(())
}

/// Lines `crate -> crate, crate`.
fn listed(tree: &Tree) -> Result<Edges, String> {
    let mut edges = Edges::new();
    for line in tree.architecture_list("## Crate edges")? {
        let Some((name, targets)) = line.split_once("->") else { continue };
        let targets = targets.split(',').map(|target| target.trim().to_owned()).filter(|target| target != "-");
        edges.insert(name.trim().to_owned(), targets.collect());
    }
    Ok(edges)
}

/// Edges between members of the workspace; those of tests alone do not count.
fn real(tree: &Tree) -> Result<Edges, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(&tree.root)
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let members: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut edges = Edges::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let used = package["dependencies"].as_array().into_iter().flatten().filter(|used| used["kind"].is_null());
        let used = used.filter_map(|used| used["name"].as_str()).filter(|used| members.contains(used));
        edges.insert(name.to_owned(), used.map(str::to_owned).collect());
    }
    Ok(edges)
}
