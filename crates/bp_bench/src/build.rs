//! From the catalogue to command lines: finds the peers on this machine and builds what needs it.

use crate::catalogue::{Execution, Peer, Program};
use crate::measure::Invocation;
use crate::options::Options;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The places that the tool works with.
#[derive(Clone, Debug)]
pub struct Workshop {
    /// `benches/` of the repository.
    pub benches: PathBuf,
    /// Where executables, generated sources and results go.
    pub scratch: PathBuf,
    /// The `bp` to measure, if it was asked for.
    pub bp: Option<PathBuf>,
}

/// A program that is ready to run on a peer.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// How it is run.
    pub invocation: Invocation,
    /// Milliseconds of compilation beforehand, which no run repeats.
    pub build_ms: f64,
}

impl Workshop {
    /// Finds the places and, if `bp` takes part and was not given, builds it.
    pub fn new(options: &Options, with_bp: bool) -> Result<Workshop, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let target = own.ancestors().nth(2).ok_or("this executable lies in no target folder")?.to_path_buf();
        let scratch = target.join("bench");
        make_folder(&scratch)?;
        let bp = match (&options.bp, with_bp) {
            (Some(given), _) => Some(given.clone()),
            (None, true) => Some(build_bp(&root, &target)?),
            (None, false) => None,
        };
        Ok(Workshop { benches: root.join("benches"), scratch, bp })
    }

    /// The file that a program is for a peer, if there is one.
    pub fn source(&self, program: &str, peer: &Peer) -> Option<PathBuf> {
        let folder = self.benches.join("programs").join(program);
        peer.endings.iter().map(|ending| folder.join(format!("{program}.{ending}"))).find(|source| source.exists())
    }

    /// Builds `program` for `peer`; `None` where the peer has no version of it.
    pub fn prepare(&self, program: &Program, peer: &Peer, size: u64) -> Result<Option<Prepared>, String> {
        let Some(source) = self.source(program.name, peer) else { return Ok(None) };
        let mut arguments = vec![size.to_string()];
        let start = Instant::now();
        let command = match peer.execution {
            Execution::Gcc(level) => self.compile_c(program.name, &source, level)?,
            Execution::Go => self.compile_go(program.name, &source)?,
            Execution::Java => {
                let classes = self.compile_java(program.name, &source)?;
                arguments.splice(0..0, ["-cp".to_owned(), classes.display().to_string(), "Main".to_owned()]);
                PathBuf::from("java")
            }
            Execution::Interpreted(command) => {
                arguments.insert(0, source.display().to_string());
                interpreter(command)
            }
            Execution::OurOwn(switches) => {
                let invocation = self.bp_run(switches, &source, &arguments)?;
                return Ok(Some(Prepared { invocation, build_ms: 0.0 }));
            }
        };
        let build_ms = match peer.execution {
            Execution::Interpreted(_) => 0.0,
            _ => start.elapsed().as_secs_f64() * 1e3,
        };
        Ok(Some(Prepared { invocation: Invocation { program: command, arguments }, build_ms }))
    }

    /// The command that runs a BetterPython source.
    pub fn bp_run(&self, switches: &[&str], source: &Path, arguments: &[String]) -> Result<Invocation, String> {
        let bp = self.bp.clone().ok_or("there is no `bp` to measure")?;
        let mut all = vec!["run".to_owned()];
        all.extend(switches.iter().map(|switch| (*switch).to_owned()));
        all.push(source.display().to_string());
        all.extend_from_slice(arguments);
        Ok(Invocation { program: bp, arguments: all })
    }

    fn compile_c(&self, name: &str, source: &Path, level: &str) -> Result<PathBuf, String> {
        let executable = self.scratch.join(format!("{name}{level}"));
        compile(Command::new("gcc").args([level, "-o"]).arg(&executable).arg(source).arg("-lm"))?;
        Ok(executable)
    }

    fn compile_go(&self, name: &str, source: &Path) -> Result<PathBuf, String> {
        let executable = self.scratch.join(format!("{name}-go"));
        compile(Command::new("go").args(["build", "-o"]).arg(&executable).arg(source))?;
        Ok(executable)
    }

    fn compile_java(&self, name: &str, source: &Path) -> Result<PathBuf, String> {
        let folder = self.scratch.join("java").join(name);
        make_folder(&folder)?;
        compile(Command::new("javac").arg("-d").arg(&folder).arg(source))?;
        Ok(folder)
    }
}

fn make_folder(path: &Path) -> Result<(), String> {
    std::fs::create_dir_all(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn compile(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

fn build_bp(root: &Path, target: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--quiet", "-p", "bp_cli", "--target-dir"]).arg(target).current_dir(root);
    compile(&mut command)?;
    Ok(target.join("release").join("bp"))
}

/// The executable behind a command. `python3` may be a script that looks for a Python first, and
/// its time must not count.
fn interpreter(command: &str) -> PathBuf {
    let asked = match command {
        "python3" | "pypy3" => Command::new(command).args(["-c", "import sys; print(sys.executable)"]).output().ok(),
        _ => None,
    };
    let found = asked.filter(|output| output.status.success());
    let path = found.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    PathBuf::from(path.filter(|path| !path.is_empty()).unwrap_or_else(|| command.to_owned()))
}

/// Leaves out the peers that this machine does not have, and says so.
pub fn present_of(peers: &[&'static Peer]) -> Vec<&'static Peer> {
    let mut present = Vec::new();
    for peer in peers {
        match missing(peer) {
            None => present.push(*peer),
            Some(command) => println!("without {}: there is no `{command}` here", peer.name),
        }
    }
    present
}

/// A command that the peer needs and that does not answer.
fn missing(peer: &Peer) -> Option<&'static str> {
    let needed: &[(&str, &str)] = match peer.execution {
        Execution::Gcc(_) => &[("gcc", "--version")],
        Execution::Go => &[("go", "version")],
        Execution::Java => &[("javac", "-version"), ("java", "-version")],
        Execution::Interpreted("lua5.4") => &[("lua5.4", "-v")],
        Execution::Interpreted("luajit") => &[("luajit", "-v")],
        Execution::Interpreted(command) => return (!answers(command, "--version")).then_some(command),
        Execution::OurOwn(_) => &[],
    };
    needed.iter().find(|(command, argument)| !answers(command, argument)).map(|(command, _)| *command)
}

fn answers(command: &str, argument: &str) -> bool {
    let status = Command::new(command).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
