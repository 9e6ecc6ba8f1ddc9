//! Runs one case in every mode.
//!
//! The expressions of a case become functions behind its text, so it is compiled once; each of
//! them then runs in an instance of its own.

use crate::bless;
use crate::case::{Case, Loaded};
use crate::directive::{Check, Expectations, Wanted};
use crate::modes::{MODES, Mode};
use crate::outcome::{Ran, complaint, difference};
use crate::watchdog::Watchdog;
use betterpython::{Captured, End, Executable, FileSystem, Host, Loader, Options, Output, Style, Until};
use std::io;
use std::path::Path;

/// The hash function of strings is the same in every run of a test.
const HASH_SEED: u64 = 1;

/// Runs a case in all modes. The error says what is wrong, with file, line and mode.
///
/// # Errors
/// An expectation does not hold, or the case itself is malformed.
pub fn run(case: &Case) -> Result<(), String> {
    let loaded = case.load()?;
    if !expects_something(&loaded.expectations) {
        return Err("the file expects nothing: add `#! run` or `#! stdout`".to_owned());
    }
    let executable = compile(case, &loaded)?;
    for mode in MODES.iter().filter(|mode| mode.runs_slow || !loaded.expectations.slow) {
        run_in(mode, case, &loaded, &executable).map_err(|error| format!("[{}] {error}", mode.name))?;
    }
    Ok(())
}

fn expects_something(expectations: &Expectations) -> bool {
    !expectations.checks.is_empty() || runs_whole(expectations)
}

/// Whether the program is also run from its beginning to its end.
fn runs_whole(expectations: &Expectations) -> bool {
    expectations.stdout.is_some() || expectations.exit.is_some() || !expectations.stderr.is_empty()
}

/// Compiles the text with a function behind it for each expression.
fn compile(case: &Case, loaded: &Loaded) -> Result<Executable, String> {
    let mut text = loaded.text.clone();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for (number, check) in loaded.expectations.checks.iter().enumerate() {
        text.push_str(&functions_of(number, check));
    }
    let name = case.path.file_name().unwrap_or_default().to_string_lossy();
    let modules = Beside { folder: case.path.parent().unwrap_or(Path::new("")) };
    let compilation = betterpython::compile_with(&name, text, Until::Compiled, &modules);
    Executable::from_compilation(&compilation)
        .ok_or_else(|| betterpython::emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 120))
}

/// The files in the folder of a case, by their names there.
struct Beside<'a> {
    folder: &'a Path,
}

impl Loader for Beside<'_> {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        FileSystem::default().read(&self.folder.join(path))
    }
}

/// `run_check_N` answers whether the expectation holds; `run_text_N` prints the value for reports.
fn functions_of(number: usize, check: &Check) -> String {
    let expression = &check.expression;
    match &check.wanted {
        Wanted::Equal(expected) => format!(
            "def run_check_{number}() -> bool: return ({expression}) == ({expected})\n\
             def run_text_{number}(): print(repr({expression}))\n"
        ),
        Wanted::Throws { .. } => format!("def run_check_{number}(): {expression}\n"),
    }
}

fn run_in(mode: &Mode, case: &Case, loaded: &Loaded, executable: &Executable) -> Result<(), String> {
    let expectations = &loaded.expectations;
    for (number, check) in expectations.checks.iter().enumerate() {
        let ran = start(mode, expectations, executable, Some(&format!("run_check_{number}")))?;
        if let Some(complaint) = complaint(check, &ran) {
            let value = value_of(mode, expectations, executable, number, check)?;
            let place = format!("{}:{}", case.path.display(), check.line);
            return Err(format!("{place}: `{}`: {complaint}{value}", source_line(loaded, check.line)));
        }
    }
    if runs_whole(expectations) {
        let ran = start(mode, expectations, executable, None)?;
        check_whole(case, loaded, &ran)?;
    }
    Ok(())
}

fn source_line(loaded: &Loaded, line: usize) -> &str {
    loaded.text.lines().nth(line - 1).unwrap_or_default()
}

/// What the expression gave instead, for the report.
fn value_of(
    mode: &Mode,
    expectations: &Expectations,
    executable: &Executable,
    number: usize,
    check: &Check,
) -> Result<String, String> {
    if matches!(check.wanted, Wanted::Throws { .. }) {
        return Ok(String::new());
    }
    let ran = start(mode, expectations, executable, Some(&format!("run_text_{number}")))?;
    Ok(match ran.end {
        End::Finished(_) => format!("; the value is {}", String::from_utf8_lossy(&ran.stdout).trim_end()),
        End::Exit(_) | End::Uncaught(_) => String::new(),
    })
}

/// Starts the program afresh: the whole, or its top level and then one function.
fn start(
    mode: &Mode,
    expectations: &Expectations,
    executable: &Executable,
    function: Option<&str>,
) -> Result<Ran, String> {
    let captured = Captured::default();
    let options = Options {
        gc_stress: mode.stress,
        gc_verify: mode.paranoid,
        gc_poison: mode.paranoid,
        max_frames: mode.max_frames,
        args: expectations.args.iter().map(|arg| arg.clone().into_bytes()).collect(),
        native_stack: Some(mode.native_stack),
        hash_seed: Some(HASH_SEED),
        output: Output::captured(captured.clone()),
        jit: mode.jit,
        host: Host::new().foreign_functions(),
        ..Options::default()
    };
    let mut instance = executable.start(options).map_err(|error| error.to_string())?;
    let watchdog = Watchdog::new(instance.interrupt_handle(), mode.patience);
    let end = match function {
        None => instance.run(),
        Some(name) => match instance.run_modules() {
            End::Finished(_) => instance.run_function(name).map_err(|error| error.to_string())?,
            early => early,
        },
    };
    drop(watchdog);
    let mut stderr = String::from_utf8_lossy(&captured.stderr()).into_owned();
    if let End::Uncaught(error) = &end {
        stderr.push_str(&instance.traceback(error, Style::Plain));
    }
    Ok(Ran { end, stdout: captured.stdout(), stderr })
}

/// Compares what a whole run left behind.
fn check_whole(case: &Case, loaded: &Loaded, ran: &Ran) -> Result<(), String> {
    let expectations = &loaded.expectations;
    let stdout = String::from_utf8_lossy(&ran.stdout);
    if ran.end.status() != expectations.exit.unwrap_or(0) {
        let status = ran.end.status();
        return Err(format!("exit status {status}, expected {}\n{}", expectations.exit.unwrap_or(0), ran.stderr));
    }
    // The last newline of a block cannot be written down, so it is not compared.
    if let Some(expected) = &expectations.stdout
        && expected.text.trim_end_matches('\n') != stdout.trim_end_matches('\n')
    {
        if bless::is_wanted() {
            return bless::write(case, loaded, &stdout);
        }
        return Err(format!("standard output differs at {}", difference(&expected.text, &stdout)));
    }
    for text in &expectations.stderr {
        if !ran.stderr.lines().any(|line| line.contains(text.trim_end())) {
            return Err(format!("standard error lacks `{text}`:\n{}", ran.stderr));
        }
    }
    Ok(())
}
