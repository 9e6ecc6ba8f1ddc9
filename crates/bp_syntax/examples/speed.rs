//! Measures lexing and parsing of a generated program: `cargo run --release --example speed [lines]`.

use bp_syntax::lexer::lex;
use bp_syntax::name::Names;
use bp_syntax::source::SourceMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

const RUNS: usize = 7;

/// A program of at least `lines` lines with the mix of a typical one.
fn program(lines: usize) -> String {
    let mut text = String::new();
    let mut count = 0;
    let mut n = 0;
    while count < lines {
        let unit = format!(
            "## Number {n}.\nstruct Item{n}:\n    name: str\n    price: float = 1.5\n    tags: [str]\n\n\
             # What a basket costs, with {{discount}}.\ndef total_{n}(items: [Item{n}], discount: float = 0.0) -> float:\n    \
             let sum: float = 0.0\n    for i in range(len(items)):\n        let item = items[i]\n        \
             if item.price > 10.0 and not (item.name == \"free\"):\n            sum += item.price * (1.0 - discount)\n        \
             elif len(item.tags) > 0:\n            sum += item.price\n        else:\n            continue\n    \
             while sum > 1000.0:\n        sum = sum / 2.0 + float(i % {n})\n    \
             print(f\"item {{sum:.2f}} of {{len(items)}}\")\n    let m = {{\"a\": 1, \"b\": [x * x for x in range(10)]}}\n    \
             return max(sum, total_{n}(items[1:], discount + 0.1))\n\n"
        );
        count += unit.lines().count();
        write!(text, "{unit}").expect("writing to a string cannot fail");
        n += 1;
    }
    text
}

fn best(mut run: impl FnMut() -> usize) -> (Duration, usize) {
    let mut result = 0;
    let time = (0..RUNS).map(|_| {
        let start = Instant::now();
        result = run();
        start.elapsed()
    });
    (time.min().expect("there is at least one run"), result)
}

fn main() {
    let wanted = std::env::args().nth(1).and_then(|argument| argument.parse().ok()).unwrap_or(100_000);
    let text = program(wanted);
    let mut map = SourceMap::new();
    let lines = text.lines().count();
    let bytes = text.len();
    let file = map.add("generated.bp", text);
    let (lexing, tokens) = best(|| lex(map.file(file)).tokens.len());
    let (both, errors) = best(|| bp_syntax::parse(&map, file, &mut Names::new()).1.len());
    assert_eq!(errors, 0, "the generated program is correct");
    let rate = |time: Duration| lines as f64 / time.as_secs_f64();
    println!("{lines} lines, {bytes} bytes, {tokens} tokens");
    println!("lex        {lexing:>10.2?}  {:>12.0} lines/s", rate(lexing));
    println!("lex+parse  {both:>10.2?}  {:>12.0} lines/s (drop of the tree included)", rate(both));
}
