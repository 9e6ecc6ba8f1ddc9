//! The command line.

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// BetterPython: Python's syntax, static types, machine speed.
#[derive(Parser, Debug)]
#[command(
    name = "bp",
    version,
    about = "BetterPython: Python's syntax, static types, machine speed",
    after_help = "`bp FILE …` is short for `bp run FILE …`; `bp run --help` shows its options.\n\
                  Exit status: what `main` returns; 1 after an uncaught exception or if a file\n\
                  cannot be read or written; 2 after a compile or usage error.",
    disable_help_subcommand = true,
    disable_help_flag = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 80
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print help
    #[arg(short, long, global = true, display_order = 100, action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
}

/// The subcommands.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Run a program
    Run(RunArgs),
    /// Report errors and warnings without running
    Check(CheckArgs),
    /// Compile to a .bpc file
    Build(BuildArgs),
    /// Show bytecode or machine code beside source lines
    Disasm(DisasmArgs),
}

/// How diagnostics are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum MessageFormat {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

/// Options of every command that compiles.
#[derive(Args, Debug)]
pub(crate) struct MessageArgs {
    /// `human` or `json` [default: human]
    #[arg(
        long,
        value_enum,
        default_value = "human",
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) message_format: MessageFormat,
}

/// `bp run`
#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    /// Print what the garbage collector did
    #[arg(long)]
    pub(crate) gc_stats: bool,
    /// Collect at each `alloc` or `safepoint`
    #[arg(long, value_enum, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) gc_stress: Option<GcStress>,
    /// Check the heap around each collection
    #[arg(long)]
    pub(crate) gc_verify: bool,
    /// Limit, e.g. 2G [default: half of the RAM]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub(crate) heap_limit: Option<usize>,
    /// Do not start a program with foreign functions
    #[arg(long)]
    pub(crate) no_ffi: bool,
    #[command(flatten)]
    pub(crate) jit: JitArgs,
    /// Source (.bp) or compiled (.bpc) file; `-` is standard input
    pub(crate) file: PathBuf,
    /// Arguments for the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
    pub(crate) args: Vec<OsString>,
}

/// How hot code becomes machine code.
#[derive(Args, Debug)]
pub(crate) struct JitArgs {
    /// `off` or `baseline` [default: baseline]
    #[arg(long, value_enum, value_name = "TIER", env = "BP_JIT", hide_env = true, hide_possible_values = true)]
    pub(crate) jit: Option<Tier>,
    /// Calls that make a function hot [default: 100]
    #[arg(long, value_name = "N", env = "BP_JIT_CALLS", hide_env = true)]
    pub(crate) jit_calls: Option<u32>,
    /// Rounds that make a loop hot [default: 1000]
    #[arg(long, value_name = "N", env = "BP_JIT_LOOPS", hide_env = true)]
    pub(crate) jit_loops: Option<u32>,
    /// Print what was compiled when
    #[arg(long)]
    pub(crate) jit_stats: bool,
    /// Print what was compiled or dropped, and why
    #[arg(long)]
    pub(crate) jit_log: bool,
    /// Write /tmp/perf-PID.map for `perf`
    #[arg(long)]
    pub(crate) perf_map: bool,
}

/// A way to execute a program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Tier {
    /// Interpret everything
    Off,
    /// One-pass machine code
    Baseline,
}

/// When a stressed collector collects.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum GcStress {
    /// At each allocation
    Alloc,
    /// At each safepoint
    Safepoint,
}

/// `bp check`
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    /// Source files; `-` is standard input
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// `bp build`
#[derive(Args, Debug)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    /// Where to write; default: the source file's name with .bpc
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Source file
    pub(crate) file: PathBuf,
}

/// `bp disasm`
#[derive(Args, Debug)]
pub(crate) struct DisasmArgs {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    /// Source or compiled file
    pub(crate) file: PathBuf,
    /// Only this function
    pub(crate) function: Option<String>,
    /// `bytecode` or `baseline`
    #[arg(long, value_enum, default_value = "bytecode", value_name = "TIER", hide_possible_values = true)]
    pub(crate) tier: Shown,
}

/// What `bp disasm` shows.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Shown {
    /// What the interpreter executes
    Bytecode,
    /// What the one-pass compiler makes of it
    Baseline,
}

/// A number of bytes with an optional unit K, M or G (powers of 1024).
fn parse_size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']);
    let factor: usize = match &text[digits.len()..] {
        "" => 1,
        "k" | "K" => 1 << 10,
        "m" | "M" => 1 << 20,
        "g" | "G" => 1 << 30,
        unit => return Err(format!("unknown unit `{unit}`: write K, M or G")),
    };
    let number: usize = digits.parse().map_err(|_| format!("`{digits}` is not a number of bytes"))?;
    number.checked_mul(factor).ok_or_else(|| format!("{text} is more than this machine can address"))
}

/// Parses the command line; `bp FILE …` means `bp run FILE …`. Leaves the process after `--help`,
/// `--version` and usage errors.
pub(crate) fn parse(args: Vec<OsString>) -> Cli {
    let command = Cli::command();
    let args = with_default_command(args, &command);
    let parsed = command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.unwrap_or_else(|error| error.exit())
}

/// Inserts `run` where the first word is a file and no subcommand.
fn with_default_command(mut args: Vec<OsString>, command: &clap::Command) -> Vec<OsString> {
    const GLOBAL: [&str; 4] = ["-h", "--help", "-V", "--version"];
    let Some(first) = args.get(1) else { return args };
    let is_known = |word: &str| command.find_subcommand(word).is_some() || GLOBAL.contains(&word);
    // A misspelt command is a command: let clap suggest the right one.
    let is_file = first.to_str().is_none_or(|word| {
        word.starts_with('-') || word.contains('.') || word.contains('/') || Path::new(word).exists()
    });
    if is_file && !first.to_str().is_some_and(is_known) {
        args.insert(1, "run".into());
    }
    args
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(args: &[&str]) -> Vec<OsString> {
        with_default_command(args.iter().map(OsString::from).collect(), &Cli::command())
    }

    #[test]
    fn the_declaration_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_file_in_front_is_run() {
        assert_eq!(expanded(&["bp", "a.bp", "-x"]), ["bp", "run", "a.bp", "-x"]);
        assert_eq!(expanded(&["bp", "-"]), ["bp", "run", "-"]);
        assert_eq!(expanded(&["bp", "--gc-stats", "a.bp"]), ["bp", "run", "--gc-stats", "a.bp"]);
        assert_eq!(expanded(&["bp", "check", "a.bp"]), ["bp", "check", "a.bp"]);
        assert_eq!(expanded(&["bp", "chekc"]), ["bp", "chekc"]);
        assert_eq!(expanded(&["bp", "--help"]), ["bp", "--help"]);
        assert_eq!(expanded(&["bp"]), ["bp"]);
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("4096"), Ok(4096));
        assert_eq!(parse_size("2m"), Ok(2 << 20));
        assert_eq!(parse_size("3G"), Ok(3 << 30));
        for wrong in ["", "M", "1.5G", "-1", "1T", "99999999999G"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}
