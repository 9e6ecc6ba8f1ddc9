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
}

/// A program under `benches/growth/`, for BetterPython alone.
#[derive(Clone, Copy, Debug)]
pub struct GrowthProgram {
    /// The stem of its file.
    pub name: &'static str,
    /// The smallest argument.
    pub base: u64,
}

/// How a peer gets from source to process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Execution {
    /// Built by `gcc -O2` beforehand.
    Native,
    /// Run from source by the program of this name, found on the search path.
    Interpreted(&'static str),
    /// Run from source by the `bp` that is measured.
    OurOwn,
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
}

const fn program(name: &'static str, small: u64, full: u64) -> Program {
    Program { name, small, full }
}

/// All programs, in the order of the report.
pub const PROGRAMS: &[Program] = &[
    program("fib", 32, 40),
    program("sum_loop", 10_000_000, 100_000_000),
    program("matmul", 200, 600),
    program("string_concat", 2_000_000, 6_000_000),
    program("nbody", 100_000, 2_500_000),
    program("spectral_norm", 250, 1600),
    program("fannkuch", 9, 10),
    program("mandelbrot", 300, 1300),
    program("sieve", 3_000_000, 20_000_000),
    program("quicksort", 300_000, 2_000_000),
    program("map_int", 300_000, 1_000_000),
    program("word_count", 400_000, 1_500_000),
    program("levenshtein", 1500, 8000),
    program("sha256", 3000, 300_000),
    program("nqueens", 11, 13),
    program("heapsort", 150_000, 1_000_000),
    program("life", 100, 500),
    program("collatz", 30_000, 500_000),
    program("json_tokenizer", 15_000, 200_000),
    program("exceptions", 1_000_000, 6_000_000),
    program("binary_trees", 12, 16),
];

const fn growth(name: &'static str, base: u64) -> GrowthProgram {
    GrowthProgram { name, base }
}

/// All growth programs, in the order of the report.
pub const GROWTH_PROGRAMS: &[GrowthProgram] = &[
    growth("append_string", 1_000_000),
    growth("grow_array", 1_000_000),
    growth("grow_map", 200_000),
    growth("sort", 200_000),
    growth("deep_recursion", 25_000),
    growth("small_objects", 600_000),
    growth("linked_objects", 600_000),
];

const fn peer(name: &'static str, execution: Execution, endings: &'static [&'static str]) -> Peer {
    Peer { name, execution, endings }
}

/// All peers, in the order of the report. The first that is there is the reference for checksums
/// and ratios.
pub const PEERS: &[Peer] = &[
    peer("c", Execution::Native, &["c"]),
    peer("bp", Execution::OurOwn, &["bp"]),
    peer("lua", Execution::Interpreted("lua5.4"), &["lua"]),
    peer("luajit", Execution::Interpreted("luajit"), &["luajit.lua", "lua"]),
    peer("node", Execution::Interpreted("node"), &["js"]),
    peer("python", Execution::Interpreted("python3"), &["py"]),
    peer("pypy", Execution::Interpreted("pypy3"), &["py"]),
];
