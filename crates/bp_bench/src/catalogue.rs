//! What is measured: the programs with their sizes, and the peers that run them.

/// A program under `benches/programs/`, there in one version per language.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its folder and the stem of its files.
    pub name: &'static str,
    /// The argument at which CPython and Lua need from a tenth of a second to one second.
    pub small: u64,
    /// The argument at which C needs 0.1 to 0.2 s; also each version's default.
    pub full: u64,
    /// What `--growth` expects.
    pub scaling: Scaling,
}

/// A program under `benches/growth/`, for BetterPython alone.
#[derive(Clone, Copy, Debug)]
pub struct GrowthProgram {
    /// The stem of its file.
    pub name: &'static str,
    /// What `--growth` expects.
    pub scaling: Scaling,
}

/// How the cost of a program should grow with its argument.
#[derive(Clone, Copy, Debug)]
pub struct Scaling {
    /// The smallest argument.
    pub base: u64,
    /// What the argument has to do with the work.
    pub step: Step,
    /// The power of the step's measure with which the time grows.
    pub time: f64,
    /// The power with which the peak memory above that of an empty program grows.
    pub memory: f64,
}

/// How an argument becomes larger.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    /// It is multiplied: n, 2n, 4n, 8n. The measure is the argument.
    Times,
    /// One is added where others double. The measure is this number to the power of the argument.
    Plus(f64),
}

/// How a peer gets from source to process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Execution {
    /// Compiled by `gcc` with this level of optimization.
    Gcc(&'static str),
    /// Compiled by `go build`.
    Go,
    /// Compiled by `javac`, run by `java`.
    Java,
    /// Run from source by the program of this name, found on the search path.
    Interpreted(&'static str),
    /// Run from source by the `bp` that is measured, with these options.
    OurOwn(&'static [&'static str]),
}

/// An implementation that runs the programs.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Its name in options and reports.
    pub name: &'static str,
    /// How it runs a program.
    pub execution: Execution,
    /// The endings of its source files; the first that exists is taken.
    pub endings: &'static [&'static str],
    /// Whether it takes part without being asked for by name.
    pub usual: bool,
}

/// A row of the founding design's table of expected times.
#[derive(Clone, Copy, Debug)]
pub struct SeedRow {
    /// The benchmark's name there.
    pub name: &'static str,
    /// The program that stands for it.
    pub program: &'static str,
    /// Its argument here.
    pub size: u64,
    /// How many times the work of the founding design's row this is.
    pub scale: f64,
    /// The expected milliseconds of the interpreter.
    pub interpreted_ms: f64,
    /// The expected milliseconds with the compiler.
    pub compiled_ms: f64,
}

const fn program(name: &'static str, small: u64, full: u64, scaling: Scaling) -> Program {
    Program { name, small, full, scaling }
}

/// Arguments that double.
const fn times(base: u64, time: f64, memory: f64) -> Scaling {
    Scaling { base, step: Step::Times, time, memory }
}

/// Arguments that grow by one, each time with `ratio` times the work.
const fn plus(base: u64, ratio: f64, memory: f64) -> Scaling {
    Scaling { base, step: Step::Plus(ratio), time: 1.0, memory }
}

/// The work of `fib(n + 1)` over that of `fib(n)`.
const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;

/// All programs, in the order of the report.
///
/// The powers of matmul, sieve and map_int are above those of the textbook: at these sizes they leave
/// one cache after the other, and C grows as steeply. closures_sort is expected to grow like its C version,
/// which has n log n comparisons and the same caches.
pub const PROGRAMS: &[Program] = &[
    program("fib", 32, 40, plus(34, GOLDEN_RATIO, 0.0)),
    program("sum_loop", 10_000_000, 100_000_000, times(20_000_000, 1.0, 0.0)),
    program("matmul", 200, 600, times(100, 3.3, 2.0)),
    program("string_concat", 2_000_000, 6_000_000, times(4_000_000, 1.0, 1.0)),
    program("nbody", 100_000, 2_500_000, times(200_000, 1.0, 0.0)),
    program("spectral_norm", 250, 1600, times(250, 2.0, 1.0)),
    program("fannkuch", 9, 10, plus(7, 10.0, 0.0)),
    program("mandelbrot", 300, 1300, times(200, 2.0, 0.0)),
    program("sieve", 3_000_000, 20_000_000, times(4_000_000, 1.3, 1.0)),
    program("quicksort", 300_000, 2_000_000, times(400_000, 1.0, 1.0)),
    program("map_int", 300_000, 1_000_000, times(300_000, 1.3, 1.0)),
    program("word_count", 400_000, 1_500_000, times(300_000, 1.0, 1.0)),
    program("levenshtein", 1500, 8000, times(1500, 2.0, 1.0)),
    program("sha256", 3000, 300_000, times(20_000, 1.0, 0.0)),
    program("nqueens", 11, 13, plus(11, 5.5, 0.0)),
    program("heapsort", 150_000, 1_000_000, times(300_000, 1.0, 1.0)),
    program("life", 100, 500, times(200, 2.0, 2.0)),
    program("collatz", 30_000, 500_000, times(100_000, 1.0, 0.0)),
    program("json_tokenizer", 15_000, 200_000, times(40_000, 1.0, 1.0)),
    program("exceptions", 1_000_000, 6_000_000, times(500_000, 1.0, 0.0)),
    program("binary_trees", 12, 16, plus(16, 2.0, 1.0)),
    program("binary_trees_classes", 11, 16, plus(15, 2.0, 1.0)),
    program("richards", 50_000, 4_000_000, times(500_000, 1.0, 0.0)),
    program("closures_sort", 20_000, 80_000, times(10_000, 1.2, 1.0)),
    program("dijkstra", 20_000, 200_000, times(25_000, 1.0, 1.0)),
];

/// Programs outside of the suite, for the founding design's table. An optimizer may fold the loop.
pub const SEED_PROGRAMS: &[Program] = &[program("sum_range", 20, 300, times(100, 1.0, 0.0))];

/// The founding design's table.
pub const SEED_TABLE: &[SeedRow] = &[
    SeedRow { name: "fib(35)", program: "fib", size: 35, scale: 1.0, interpreted_ms: 2500.0, compiled_ms: 300.0 },
    SeedRow {
        name: "sum(1..1M)",
        program: "sum_range",
        size: 300,
        scale: 300.0,
        interpreted_ms: 150.0,
        compiled_ms: 15.0,
    },
    SeedRow {
        name: "matrix_mult",
        program: "matmul",
        size: 300,
        scale: 1.0,
        interpreted_ms: 800.0,
        compiled_ms: 100.0,
    },
    SeedRow {
        name: "string_concat",
        program: "string_concat",
        size: 6_000_000,
        scale: 1.0,
        interpreted_ms: 200.0,
        compiled_ms: 180.0,
    },
];

/// The peers beside the founding design's table.
pub const SEED_PEERS: &[&str] = &["bp-off", "bp", "c0", "c", "python", "lua", "luajit"];

const fn growth(name: &'static str, scaling: Scaling) -> GrowthProgram {
    GrowthProgram { name, scaling }
}

/// All growth programs, in the order of the report.
pub const GROWTH_PROGRAMS: &[GrowthProgram] = &[
    growth("append_string", times(1_000_000, 1.0, 1.0)),
    growth("grow_array", times(1_000_000, 1.0, 1.0)),
    growth("grow_map", times(200_000, 1.0, 1.0)),
    growth("sort", times(200_000, 1.0, 1.0)),
    growth("deep_recursion", times(200_000, 1.0, 1.0)),
    growth("small_objects", times(600_000, 1.0, 1.0)),
    growth("linked_objects", times(1_200_000, 1.0, 1.0)),
];

const fn peer(name: &'static str, execution: Execution, endings: &'static [&'static str]) -> Peer {
    Peer { name, execution, endings, usual: true }
}

const fn on_request(peer: Peer) -> Peer {
    Peer { usual: false, ..peer }
}

/// All peers, in the order of the report. The first that is there is the reference for checksums
/// and ratios.
pub const PEERS: &[Peer] = &[
    peer("c", Execution::Gcc("-O2"), &["c"]),
    peer("c0", Execution::Gcc("-O0"), &["c"]),
    peer("bp", Execution::OurOwn(&[]), &["bp"]),
    on_request(peer("bp-off", Execution::OurOwn(&["--jit=off"]), &["bp"])),
    peer("go", Execution::Go, &["go"]),
    peer("java", Execution::Java, &["java"]),
    peer("node", Execution::Interpreted("node"), &["js"]),
    peer("luajit", Execution::Interpreted("luajit"), &["luajit.lua", "lua"]),
    peer("lua", Execution::Interpreted("lua5.4"), &["lua"]),
    peer("python", Execution::Interpreted("python3"), &["py"]),
    peer("pypy", Execution::Interpreted("pypy3"), &["py"]),
];

/// The peer of this name.
pub fn peer_named(name: &str) -> Option<&'static Peer> {
    PEERS.iter().find(|peer| peer.name == name)
}

/// The program of this name, in the suite or beside it.
pub fn program_named(name: &str) -> Option<&'static Program> {
    PROGRAMS.iter().chain(SEED_PROGRAMS).find(|program| program.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_program_has_a_version_for_every_peer() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/programs");
        for program in PROGRAMS.iter().chain(SEED_PROGRAMS) {
            for peer in PEERS {
                let exists =
                    |ending: &&str| folder.join(program.name).join(format!("{}.{ending}", program.name)).exists();
                assert!(peer.endings.iter().any(exists), "{} has no version for {}", program.name, peer.name);
            }
        }
    }

    #[test]
    fn the_tables_name_what_exists() {
        for row in SEED_TABLE {
            assert!(program_named(row.program).is_some(), "{}", row.program);
        }
        for name in SEED_PEERS {
            assert!(peer_named(name).is_some(), "{name}");
        }
    }
}
