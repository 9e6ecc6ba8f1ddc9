//! One run of one process: time, peak memory, output.

use crate::options::Clock;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// A command line that can be run again and again.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// What a run cost.
#[derive(Clone, Debug)]
pub struct Run {
    /// From before the process was started until it was waited for.
    pub wall: Duration,
    /// User and system time of all its threads.
    pub cpu: Duration,
    /// The largest resident size. Never below this tool's own size, from which the process came.
    pub peak_bytes: u64,
    /// What it wrote to standard output.
    pub output: Vec<u8>,
}

impl Invocation {
    /// Runs it once. A failure's message holds what the process wrote to standard error.
    pub fn run(&self) -> Result<Run, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.program.display());
        let start = Instant::now();
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut output = Vec::new();
        let mut stdout = child.stdout.take().expect("standard output is a pipe");
        let mut stderr = child.stderr.take().expect("standard error is a pipe");
        // Standard error is read by its own thread, lest a full pipe stops the process.
        let errors = std::thread::spawn(move || {
            let mut errors = Vec::new();
            stderr.read_to_end(&mut errors).map(|_| errors)
        });
        stdout.read_to_end(&mut output).map_err(failed)?;
        let used = child.wait4().map_err(failed)?;
        let wall = start.elapsed();
        let errors = errors.join().expect("reading a pipe does not panic").map_err(failed)?;
        if !used.status.success() {
            return Err(format!(
                "{} ended with {}\n{}",
                self.command_line(),
                used.status,
                String::from_utf8_lossy(&errors)
            ));
        }
        let cpu = used.rusage.utime + used.rusage.stime;
        Ok(Run { wall, cpu, peak_bytes: used.rusage.maxrss, output })
    }

    /// The command as a person would type it.
    pub fn command_line(&self) -> String {
        format!("{} {}", self.program.display(), self.arguments.join(" "))
    }
}

impl Run {
    /// Its time by the clock, in milliseconds.
    pub fn ms(&self, clock: Clock) -> f64 {
        let time = match clock {
            Clock::Wall => self.wall,
            Clock::Cpu => self.cpu,
        };
        time.as_secs_f64() * 1e3
    }
}
