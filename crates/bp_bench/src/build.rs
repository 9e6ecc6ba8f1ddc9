//! From the catalogue to command lines: finds the peers on this machine and builds what needs it.

use crate::catalogue::{Execution, Peer, Program};
use crate::measure::Invocation;
use crate::options::Options;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The places that the tool works with.
#[derive(Clone, Debug)]
pub struct Workshop {
    /// `benches/` of the repository.
    pub benches: PathBuf,
    /// Where executables and generated sources go.
    pub scratch: PathBuf,
    /// The `bp` to measure, if it was asked for.
    pub bp: Option<PathBuf>,
}

impl Workshop {
    /// Finds the places and, if `bp` takes part and was not given, builds it.
    pub fn new(options: &Options, with_bp: bool) -> Result<Workshop, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let target = own.ancestors().nth(2).ok_or("this executable lies in no target folder")?.to_path_buf();
        let scratch = target.join("bench");
        std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
        let bp = match (&options.bp, with_bp) {
            (Some(given), _) => Some(given.clone()),
            (None, true) => Some(build_bp(&root, &target)?),
            (None, false) => None,
        };
        Ok(Workshop { benches: root.join("benches"), scratch, bp })
    }

    /// The command that runs `program` on `peer`, or `None` where the peer has no version of it.
    pub fn prepare(&self, program: &Program, peer: &Peer, size: u64) -> Result<Option<Invocation>, String> {
        let folder = self.benches.join("programs").join(program.name);
        let sources = peer.endings.iter().map(|ending| folder.join(format!("{}.{ending}", program.name)));
        let Some(source) = sources.into_iter().find(|source| source.exists()) else { return Ok(None) };
        let size = size.to_string();
        Ok(Some(match peer.execution {
            Execution::Native => Invocation { program: self.compile_c(program.name, &source)?, arguments: vec![size] },
            Execution::Interpreted(command) => {
                Invocation { program: PathBuf::from(command), arguments: vec![source.display().to_string(), size] }
            }
            Execution::OurOwn => self.bp_run(&source, &[size])?,
        }))
    }

    /// The command that runs a BetterPython source.
    pub fn bp_run(&self, source: &Path, arguments: &[String]) -> Result<Invocation, String> {
        let bp = self.bp.clone().ok_or("there is no `bp` to measure")?;
        let mut all = vec!["run".to_owned(), source.display().to_string()];
        all.extend_from_slice(arguments);
        Ok(Invocation { program: bp, arguments: all })
    }

    fn compile_c(&self, name: &str, source: &Path) -> Result<PathBuf, String> {
        let executable = self.scratch.join(name);
        let status = Command::new("gcc").args(["-O2", "-o"]).arg(&executable).arg(source).arg("-lm").status();
        match status {
            Ok(status) if status.success() => Ok(executable),
            Ok(status) => Err(format!("gcc ended with {status} for {}", source.display())),
            Err(error) => Err(format!("gcc: {error}")),
        }
    }
}

fn build_bp(root: &Path, target: &Path) -> Result<PathBuf, String> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--quiet", "-p", "bp_cli", "--target-dir"])
        .arg(target)
        .current_dir(root)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("`bp` does not build".to_owned());
    }
    Ok(target.join("release").join("bp"))
}

/// Whether the peer can run here.
pub fn is_present(peer: &Peer) -> bool {
    match peer.execution {
        Execution::Native => answers("gcc", "--version"),
        Execution::Interpreted(command @ ("lua5.4" | "luajit")) => answers(command, "-v"),
        Execution::Interpreted(command) => answers(command, "--version"),
        Execution::OurOwn => true,
    }
}

fn answers(command: &str, argument: &str) -> bool {
    let status = Command::new(command).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
