//! A program as configuration: the host asks functions for decisions, with a limit on what they may take.
//!
//! `cargo run -p betterpython --example rules`

use betterpython::{CallError, Executable, Instance, Options, Style, Until, Value, emit};
use std::error::Error;
use std::time::Duration;

/// What somebody else has written.
const RULES: &str = r#"
let free_from = 50.0

def shipping(weights: [float], country: str) -> float:
    if weights.sum() >= free_from:
        return 0.0
    return base(country) + 0.5 * float(len(weights))

def base(country: str) -> float:
    match country:
        case "FR": return 3.0
        case "JP": return 9.0
        default: throw ValueError(f"no rule for {country}")

def endless() -> int:
    let n = 0
    while true: n += 1
    return n
"#;

fn load(rules: &str) -> Result<Instance, Box<dyn Error>> {
    let compilation = betterpython::compile("rules.bp", rules, Until::Compiled);
    let Some(executable) = Executable::from_compilation(&compilation) else {
        return Err(emit(&compilation.diagnostics, &compilation.sources, Style::Plain, 100).into());
    };
    let mut engine = executable.start(Options { heap_limit: Some(16 << 20), ..Options::default() })?;
    engine.run_modules();
    Ok(engine)
}

fn shipping(engine: &mut Instance, weights: &[f64], country: &str) -> Result<f64, String> {
    let args = [Value::from(weights.to_vec()), Value::from(country)];
    match engine.call("shipping", &args) {
        Ok(value) => value.to().ok_or_else(|| "not a number".to_owned()),
        Err(CallError::Uncaught(error)) => Err(engine.traceback(&error, Style::Plain)),
        Err(other) => Err(other.to_string()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut engine = load(RULES)?;
    println!("to France: {}", shipping(&mut engine, &[1.0, 2.5], "FR")?);
    println!("a heavy one: {}", shipping(&mut engine, &[60.0], "JP")?);
    println!("to nowhere: {}", shipping(&mut engine, &[1.0], "XX").unwrap_err());

    // A rule that does not end is ended.
    let handle = engine.interrupt_handle();
    let watch = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        handle.interrupt();
    });
    println!("endless: {}", engine.call("endless", &[]).unwrap_err());
    watch.join().expect("it only sleeps");
    Ok(())
}

#[test]
fn the_rules_decide() {
    let mut engine = load(RULES).unwrap();
    assert_eq!(shipping(&mut engine, &[1.0, 2.5], "FR"), Ok(4.0));
    assert_eq!(shipping(&mut engine, &[60.0], "JP"), Ok(0.0));
    assert!(shipping(&mut engine, &[1.0], "XX").unwrap_err().contains("ValueError: no rule for XX"));
    assert!(load("def f() -> int: return \"1\"\n").err().unwrap().to_string().contains("rules.bp:1"));
    main().unwrap();
}
