//! Runs one program in one mode, and compares two runs.

use crate::marks;
use crate::modes::Mode;
use betterpython::{Captured, End, Executable, InterruptHandle, Options, Output, Style, Until};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Processor time that the reference may take; slower programs are left out.
const REFERENCE_TIME: Duration = Duration::from_secs(2);
/// Processor time that any other mode may take: it collects at every step, perhaps. Not time by the
/// clock, of which a busy machine takes any amount.
const PATIENCE: Duration = Duration::from_secs(20);
/// Processor time for a program to end after it was interrupted; then the process is beyond help.
const LAST_PATIENCE: Duration = Duration::from_secs(6);
/// Status of a process that gave up on itself.
pub const STUCK: i32 = 86;
/// Heap of programs that use up their memory.
const SCARCE_BYTES: usize = 3 << 20;
/// How often the time is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Native stack for compiled code; threads that run programs have more.
const NATIVE_STACK: usize = 192 << 20;
/// The same where every step walks the stack.
const STRESSED_STACK: usize = 96 << 10;
/// Frames where every step walks the stack.
const STRESSED_FRAMES: usize = 400;
/// What a thread that runs programs needs.
pub const THREAD_STACK: usize = 256 << 20;

/// Everything that a run shows to the outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The exit status.
    pub status: u8,
    /// Standard output.
    pub stdout: String,
    /// Standard error with the traceback.
    pub stderr: String,
}

impl Outcome {
    /// Whether a stack overflow shows that the program did not make on purpose.
    fn shows_stack_overflow(&self) -> bool {
        [&self.stdout, &self.stderr].iter().any(|text| text.contains(marks::STACK_OVERFLOW))
    }
}

/// Why a program says nothing about the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Useless {
    /// It does not compile.
    Rejected,
    /// The reference takes too long.
    Slow,
}

/// What comparing a mode with the reference gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Both are the same.
    Agree,
    /// The mode gave something else.
    Differ(Outcome),
    /// The mode did not come to its end.
    Hang,
}

/// A program and what the reference makes of it.
pub struct Reference {
    executable: Executable,
    /// Whether it uses up its memory.
    scarce: bool,
    /// What is right.
    pub outcome: Outcome,
}

impl Reference {
    /// Compiles a program and runs it in the first mode.
    ///
    /// # Errors
    /// The program is of no use.
    pub fn new(text: &str, mode: &Mode) -> Result<Reference, Useless> {
        let compilation = betterpython::compile("fuzz.bp", text, Until::Compiled);
        let executable = Executable::from_compilation(&compilation).ok_or(Useless::Rejected)?;
        let scarce = text.contains(marks::SCARCE);
        let called = text.replace(marks::IN_PLACE, marks::CALLED);
        let compilation = betterpython::compile("fuzz.bp", called, Until::Compiled);
        let called = Executable::from_compilation(&compilation).ok_or(Useless::Rejected)?;
        let mut outcome = run(&called, mode, scarce, REFERENCE_TIME).ok_or(Useless::Slow)?;
        // Tracebacks quote the program.
        outcome.stderr = outcome.stderr.replace(marks::CALLED, marks::IN_PLACE);
        Ok(Reference { executable, scarce, outcome })
    }

    /// Runs the program in another mode.
    pub fn compare(&self, mode: &Mode) -> Verdict {
        if self.scarce && mode.stress.is_some() {
            // Collecting a full heap all the time would take for ever.
            return Verdict::Agree;
        }
        match run(&self.executable, mode, self.scarce, PATIENCE) {
            None => Verdict::Hang,
            Some(outcome) if outcome == self.outcome => Verdict::Agree,
            // Stacks are shorter where every step walks them: some programs then reach the end of theirs.
            Some(outcome)
                if mode.stress.is_some() && outcome.shows_stack_overflow() && !self.outcome.shows_stack_overflow() =>
            {
                Verdict::Agree
            }
            Some(outcome) => Verdict::Differ(outcome),
        }
    }
}

/// The messages of the compiler for a program.
pub fn diagnostics(text: &str) -> String {
    let compilation = betterpython::compile("fuzz.bp", text, Until::Compiled);
    betterpython::emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 120)
}

/// Runs a program; none if its time is up.
fn run(executable: &Executable, mode: &Mode, scarce: bool, patience: Duration) -> Option<Outcome> {
    let captured = Captured::default();
    let stressed = mode.stress.is_some();
    let options = Options {
        heap_limit: scarce.then_some(SCARCE_BYTES),
        gc_stress: mode.stress,
        gc_verify: stressed,
        gc_poison: stressed,
        max_frames: stressed.then_some(STRESSED_FRAMES),
        native_stack: Some(if stressed { STRESSED_STACK } else { NATIVE_STACK }),
        hash_seed: Some(1),
        output: Output::captured(captured.clone()),
        jit: mode.jit,
        ..Options::default()
    };
    let mut instance = executable.start(options).expect("there is memory for a heap");
    if let Some(seed) = mode.coin {
        instance.shuffle_tiers(seed);
    }
    let watchdog = Watchdog::new(instance.interrupt_handle(), captured.clone(), patience);
    let end = instance.run();
    if watchdog.has_fired() {
        return None;
    }
    let mut stderr = String::from_utf8_lossy(&captured.stderr()).into_owned();
    if let End::Uncaught(error) = &end {
        stderr.push_str(&instance.traceback(error, Style::Plain));
    }
    let stdout = String::from_utf8_lossy(&captured.stdout()).into_owned();
    Some(Outcome { status: end.status(), stdout, stderr })
}

/// Interrupts a program when its time is up.
struct Watchdog {
    alive: Sender<()>,
    thread: std::thread::JoinHandle<bool>,
}

impl Watchdog {
    fn new(handle: InterruptHandle, output: Captured, patience: Duration) -> Watchdog {
        let (alive, done) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let (mut fired, mut awaited) = (false, false);
            let mut start = processor_time();
            let mut patience = patience;
            while done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let now = processor_time();
                if !awaited && output.stderr().ends_with(marks::WAITING.as_bytes()) {
                    // It loops for ever, and says so.
                    awaited = true;
                    (start, patience) = (now, LAST_PATIENCE);
                    handle.interrupt();
                }
                let used = now.saturating_sub(start);
                if used >= patience {
                    fired = true;
                    // A program may catch the interrupt: it is repeated.
                    handle.interrupt();
                }
                if used >= patience + LAST_PATIENCE {
                    std::process::exit(STUCK);
                }
            }
            fired
        });
        Watchdog { alive, thread }
    }

    /// Ends the watch; whether it had to interrupt.
    fn has_fired(self) -> bool {
        drop(self.alive);
        self.thread.join().expect("the watchdog does not panic")
    }
}

/// Processor time of this process so far.
fn processor_time() -> Duration {
    processor_time_from(UTIME)
}

/// Processor time of the processes that this one has started and that have ended.
pub fn processor_time_of_children() -> Duration {
    processor_time_from(UTIME + 2)
}

/// Position of the time in user mode in `/proc/self/stat`, from behind the name; system mode follows, then the
/// same of children.
const UTIME: usize = 11;

/// Two neighbouring times; none if the system does not tell.
fn processor_time_from(position: usize) -> Duration {
    /// Clock ticks per second, on every Linux.
    const TICKS: u64 = 100;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold anything.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(position).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}
