//! Ctrl-C, sent to a running `bp` as the terminal would.
//!
//! No test measures time: a `bp` that does not stop is killed by a watchdog after a time that no working one
//! needs, and then the status is wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

/// When the watchdog kills.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running `bp`.
struct Running {
    child: Child,
    /// Held open: a program that reads waits.
    _stdin: Option<ChildStdin>,
    stderr: BufReader<ChildStderr>,
    /// Dropped when it has ended.
    ended: Sender<()>,
}

/// Starts `bp run` with a program that says "ready" between its two parts, and waits for that.
fn start(name: &str, setup: &str, program: &str) -> Running {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.bp"));
    std::fs::write(&path, format!("{setup}eprint(\"ready\")\n{program}")).expect("writable");
    let child = Command::new(env!("CARGO_BIN_EXE_bp"))
        .args(["run".as_ref(), path.as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("bp starts");
    let ended = watch(&child);
    let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let _stdin = child.stdin.take();
    let mut running = Running { child, _stdin, stderr, ended };
    assert_eq!(running.line(), "ready\n", "{name}");
    running
}

/// Kills a child that has not ended in time; the sender is to be dropped when it has.
fn watch(child: &Child) -> Sender<()> {
    let (ended, news) = channel();
    let id = child.id();
    std::thread::spawn(move || {
        if news.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            send("-KILL", id);
        }
    });
    ended
}

fn send(signal: &str, id: u32) {
    let sent = Command::new("kill").args([signal, &id.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
}

impl Running {
    fn press_ctrl_c(&self) {
        send("-INT", self.child.id());
    }

    /// The next line of standard error.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).expect("readable");
        line
    }

    /// Waits for the end: the status, and what was still written to standard error.
    fn end(mut self) -> (ExitStatus, String) {
        let mut shown = String::new();
        self.stderr.read_to_string(&mut shown).expect("readable");
        let status = self.child.wait().expect("it ends");
        drop(self.ended);
        assert_ne!(status.signal(), Some(9), "it had to be killed: {shown}");
        (status, shown)
    }
}

#[test]
fn the_first_one_stops_the_program_and_shows_where_it_was() {
    const CASES: [(&str, &str, &str, &str); 7] = [
        ("loop", "def spin():\n    let n = 0\n    while true:\n        n += 1\n", "spin()\n", "in spin"),
        (
            "recursion",
            "def fib(n: int) -> int: return n if n < 2 else fib(n - 1) + fib(n - 2)\n",
            "fib(90)\n",
            "in fib",
        ),
        ("sleep", "", "sleep(3600000)\n", "line 2"),
        ("input", "", "print(read_line())\n", "line 2"),
        ("sort", "let xs = [3, 1, 2] * 1000\n", "while true: xs.copy().sort()\n", "line 3"),
        ("repeat", "", "while true:\n    let s = \"abcdefg\" * 50000000\n", "in <module>"),
        ("sort_by", "let xs = [3, 1, 2]\n", "while true:\n    xs.sort_by(fn(a, b): a - b)\n", "in <module>"),
    ];
    for (name, setup, program, place) in CASES {
        let running = start(name, setup, program);
        running.press_ctrl_c();
        let (status, shown) = running.end();
        assert_eq!(status.code(), Some(130), "{name}: {shown}");
        assert!(shown.contains(place), "{name}: {shown}");
        assert!(shown.lines().last().is_some_and(|line| line.starts_with("InterruptError")), "{name}: {shown}");
    }
}

#[test]
fn the_second_one_ends_a_program_that_goes_on() {
    let program = "while true:\n    try:\n        while true:\n            pass\n    catch InterruptError:\n        eprint(\"no\")\n";
    let mut running = start("stubborn", "", program);
    running.press_ctrl_c();
    assert_eq!(running.line(), "no\n");
    running.press_ctrl_c();
    assert_eq!(running.end().0.code(), Some(130));
}

/// A program that comes through standard input is interrupted like any other.
#[test]
fn a_program_from_standard_input_stops() {
    let child =
        Command::new(env!("CARGO_BIN_EXE_bp")).args(["run", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("bp starts");
    let ended = watch(&child);
    let program = b"eprint(\"ready\")\nwhile true:\n    pass\n";
    child.stdin.take().expect("a pipe").write_all(program).expect("bp reads");
    let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut running = Running { child, _stdin: None, stderr, ended };
    assert_eq!(running.line(), "ready\n");
    running.press_ctrl_c();
    let (status, shown) = running.end();
    assert_eq!(status.code(), Some(130), "{shown}");
    assert!(shown.contains("File \"<stdin>\", line 2"), "{shown}");
}
