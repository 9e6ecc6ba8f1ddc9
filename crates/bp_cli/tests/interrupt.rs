//! Ctrl-C, sent to a running `bp` as the terminal would.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts `bp run -` with a program that says "ready" first.
fn start(program: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bp"))
        .args(["run", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bp starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(format!("eprint(\"ready\")\n{program}").as_bytes()).expect("bp reads");
    child
}

fn press_ctrl_c(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
}

/// Waits for the program to run, then hands over what it writes to standard error from then on.
fn wait_until_ready(child: &mut Child) -> BufReader<std::process::ChildStderr> {
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    stderr.read_line(&mut line).expect("readable");
    assert_eq!(line, "ready\n");
    stderr
}

#[test]
fn the_first_one_shows_where_the_program_was() {
    let mut child = start("def spin():\n    let n = 0\n    while true:\n        n += 1\nspin()\n");
    let mut stderr = wait_until_ready(&mut child);
    let pressed = Instant::now();
    press_ctrl_c(&child);
    let status = child.wait().expect("it ends");
    assert!(pressed.elapsed() < Duration::from_secs(2));
    let mut shown = String::new();
    stderr.read_to_string(&mut shown).expect("readable");
    assert_eq!(status.code(), Some(130), "{shown}");
    assert!(shown.contains("in spin"), "{shown}");
    assert!(shown.lines().last().is_some_and(|line| line.starts_with("InterruptError")), "{shown}");
}

#[test]
fn a_sleeping_program_wakes_up() {
    let mut child = start("sleep(60000)\n");
    let mut stderr = wait_until_ready(&mut child);
    let pressed = Instant::now();
    press_ctrl_c(&child);
    let status = child.wait().expect("it ends");
    assert!(pressed.elapsed() < Duration::from_secs(2));
    let mut shown = String::new();
    stderr.read_to_string(&mut shown).expect("readable");
    assert_eq!(status.code(), Some(130), "{shown}");
}

#[test]
fn the_second_one_ends_a_program_that_goes_on() {
    let program = "while true:\n    try:\n        while true:\n            pass\n    catch InterruptError:\n        eprint(\"no\")\n";
    let mut child = start(program);
    let mut stderr = wait_until_ready(&mut child);
    press_ctrl_c(&child);
    let mut line = String::new();
    stderr.read_line(&mut line).expect("readable");
    assert_eq!(line, "no\n");
    press_ctrl_c(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
}

#[test]
fn a_program_that_waits_for_input_wakes_up() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("waits.bp");
    std::fs::write(&path, "eprint(\"ready\")\nprint(read_line())\n").expect("writable");
    let child = Command::new(env!("CARGO_BIN_EXE_bp"))
        .args(["run".as_ref(), path.as_os_str()])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("bp starts");
    // Held open: the program waits.
    let stdin = child.stdin.take();
    let mut stderr = wait_until_ready(&mut child);
    let pressed = Instant::now();
    press_ctrl_c(&child);
    let status = child.wait().expect("it ends");
    assert!(pressed.elapsed() < Duration::from_secs(2));
    drop(stdin);
    let mut shown = String::new();
    stderr.read_to_string(&mut shown).expect("readable");
    assert_eq!(status.code(), Some(130), "{shown}");
    assert!(shown.contains("line 2"), "{shown}");
}
