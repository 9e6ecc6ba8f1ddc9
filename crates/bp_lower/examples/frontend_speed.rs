//! Measures the front end on a generated program of n, 4n and 16n lines, stage by stage:
//! `cargo run --release -p bp_lower --example frontend_speed [n]`. A linear stage shows the same
//! lines per second in every column.

use bp_check::ParsedModule;
use bp_syntax::lexer::lex;
use bp_syntax::name::Names;
use bp_syntax::source::{FileId, SourceMap};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Runs per stage; the fastest counts.
const RUNS: usize = 5;

/// Lines of the smallest program if none are asked for.
const LINES: usize = 100_000;

/// A program of at least `lines` lines with the mix of a typical one.
fn program(lines: usize) -> String {
    let mut text = String::from("let total_runs = 0\nlet labels: {str: int} = {}\n\n");
    let (mut count, mut n) = (3, 0);
    while count < lines {
        let before = text.len();
        unit(&mut text, n);
        count += text[before..].lines().count();
        n += 1;
    }
    text.push_str("def main():\n    print(run_0(10), total_runs)\n");
    text
}

/// A struct with methods, an enum, and functions that use them and each other.
fn unit(text: &mut String, n: usize) {
    let next = if n == 0 { 0 } else { n - 1 };
    let unit = format!(
        r#"## A thing that can be bought, number {n}.
struct Item{n}:
    name: str
    price: float = 1.5
    count: int = 0
    tags: [str] = []

    def total(self) -> float:
        return self.price * float(self.count)

    def label(self, width: int = 10) -> str:
        return f"{{self.name:<{{width}}}} {{self.total():>8.2f}}"

enum State{n}:
    NEW
    PAID
    SENT = 5

# What a basket costs, with the discount taken off.
def basket_{n}(items: [Item{n}], discount: float = 0.0) -> float:
    let sum = 0.0
    for i, item in enumerate(items):
        if item.price > 10.0 and not (item.name == "free"):
            sum += item.total() * (1.0 - discount)
        elif len(item.tags) > 0 or i % 3 == 1:
            sum += item.price
        else:
            continue
    while sum > 1000.0:
        sum = sum / 2.0 + float(len(items) % 7)
    return sum

def sieve_{n}(limit: int) -> int:
    let marks = array_fill(limit + 1, true)
    let found = 0
    for p in range(2, limit + 1):
        if not marks[p]: continue
        found += 1
        let k = p * p
        while k <= limit:
            marks[k] = false
            k += p
    return found

def words_{n}(line: str) -> {{str: int}}:
    let counts: {{str: int}} = {{}}
    for word in line.lower().split(" "):
        let clean = word.trim()
        if clean == "" or clean.starts_with("//"):
            continue
        if clean in counts:
            counts[clean] += 1
        else:
            counts[clean] = 1
    return counts

def step_{n}(state: State{n}, amount: int) -> State{n}:
    match state:
        case State{n}.NEW:
            return State{n}.PAID if amount > 0 else state
        case State{n}.PAID: return State{n}.SENT
        case State{n}.SENT:
            return state

def run_{n}(size: int) -> int:
    let items: [Item{n}] = []
    let i = 0
    for i in range(size):
        items.push(Item{n}{{name: "item " + str(i), price: 0.5 * float(i), count: i & 15}})
    let best = items.map(fn(item): item.total()).max()
    let sizes = {{"small": 1, "large": 1 << 10, "huge": 0xffff}}
    try:
        let (low, high) = (sizes["small"], sizes["large"] - 1)
        i = (low + high) / 2 * (size // 3) % 97
        if best < 0.0: throw ValueError(f"no item of {{size}} is worth {{best}}")
    catch KeyError as e:
        print("missing", e.message, sep=": ")
    catch message:
        labels[message] = len(message)
    finally:
        total_runs += 1
    let text = items[0].label(width=12) + items[-1].label()
    let pairs = [(1, "one"), (2, "two"), (size, text[:5])]
    for number, name in pairs:
        if number >= 2 and name != "":
            i += number ** 2 - len(name)
    let state = step_{n}(State{n}.NEW, i)
    if state == State{n}.SENT or sieve_{n}(size) > 100 or basket_{n}(items, discount=0.25) > 1e6:
        return run_{next}(size - 1)
    return i + len(words_{n}(text)) + sieve_{n}(i)

"#
    );
    text.push_str(&unit);
}

/// What the stages took, in the order in which they run.
struct Times {
    lines: usize,
    stages: [Duration; 4],
}

const STAGES: [&str; 4] = ["lex", "parse", "check", "lower"];

fn measure(lines: usize) -> Times {
    let mut map = SourceMap::new();
    let text = program(lines);
    let lines = text.lines().count();
    let file = map.add("generated.bp", text);
    let mut best = [Duration::MAX; 4];
    for _ in 0..RUNS {
        for (best, time) in best.iter_mut().zip(run(&map, file)) {
            *best = time.min(*best);
        }
    }
    Times { lines, stages: best }
}

/// One run of every stage. Lexing alone is timed for itself; parsing includes it.
fn run(map: &SourceMap, file: FileId) -> [Duration; 4] {
    let mut names = Names::new();
    let start = Instant::now();
    let tokens = lex(map.file(file)).tokens.len();
    let lexed = start.elapsed();
    assert!(tokens > 0);
    let start = Instant::now();
    let (module, errors) = bp_syntax::parse(map, file, &mut names);
    let parsed = start.elapsed();
    assert!(errors.is_empty(), "the generated program has errors: {:?}", errors.first());
    let start = Instant::now();
    let (program, errors) = bp_check::check(&[ParsedModule::alone(&module)], &mut names);
    let checked = start.elapsed();
    let program = program.unwrap_or_else(|| panic!("the generated program has errors: {:?}", errors.first()));
    let start = Instant::now();
    let lowered = bp_lower::lower(&program, map);
    let lowering = start.elapsed();
    assert!(lowered.is_ok(), "the generated program can be lowered");
    [lexed, parsed, checked, lowering]
}

fn main() {
    let wanted = std::env::args().nth(1).and_then(|argument| argument.parse().ok()).unwrap_or(LINES);
    let all = [wanted, 4 * wanted, 16 * wanted].map(measure);
    let mut head = String::from("lines per second");
    for times in &all {
        write!(head, "{:>14}", format!("{} lines", times.lines)).expect("a String takes everything");
    }
    println!("{head}");
    let rate = |times: &Times, time: Duration| times.lines as f64 / time.as_secs_f64();
    let row = |name: &str, time: &dyn Fn(&Times) -> Duration| {
        let cells: Vec<String> = all.iter().map(|times| format!("{:>14.0}", rate(times, time(times)))).collect();
        println!("{name:<16}{}", cells.concat());
    };
    for (position, name) in STAGES.iter().enumerate() {
        row(name, &|times| times.stages[position]);
    }
    row("parse and check", &|times| times.stages[1] + times.stages[2]);
    row("all", &|times| times.stages[1] + times.stages[2] + times.stages[3]);
}
