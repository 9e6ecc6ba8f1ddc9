//! Formatting against what CPython answered; `tests/data/generate_format.py` wrote the table.

use super::*;
use bp_builtins::format_spec::Target;

const TABLE: &str = include_str!("../../tests/data/format.tsv");

fn unhex(text: &str) -> Vec<u8> {
    let text = if text == "-" { "" } else { text };
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn format_row(target: &str, value: &str, spec: &[u8]) -> Option<Vec<u8>> {
    match target {
        "i" => format_int(value.parse().unwrap(), &FormatSpec::parse(spec, Target::Int).ok()?).ok(),
        "f" => {
            let bits = u64::from_str_radix(value, 16).unwrap();
            Some(format_float(f64::from_bits(bits), &FormatSpec::parse(spec, Target::Float).ok()?))
        }
        "s" => Some(format_str(&unhex(value), &FormatSpec::parse(spec, Target::Str).ok()?)),
        _ => unreachable!("targets are i, f, s"),
    }
}

#[test]
fn agrees_with_cpython() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in TABLE.lines() {
        rows += 1;
        let columns: Vec<&str> = row.split('\t').collect();
        let [target, value, spec, expected] = columns[..] else { panic!("{row}") };
        let spec = unhex(spec);
        let expected = (expected != "!").then(|| unhex(expected));
        let actual = format_row(target, value, &spec);
        if actual != expected {
            let show = |text: &Option<Vec<u8>>| text.as_ref().map(|text| String::from_utf8_lossy(text).into_owned());
            let spec = String::from_utf8_lossy(&spec).into_owned();
            wrong.push(format!("{target} {value} {spec:?}: {:?}, CPython {:?}", show(&actual), show(&expected)));
        }
    }
    assert!(rows > 15_000, "the table is complete");
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn large_precisions_are_zeros() {
    let spec = FormatSpec::parse(b".100000f", Target::Float).unwrap();
    let text = format_float(0.5, &spec);
    assert_eq!(text.len(), 100_002);
    assert!(text[3..].iter().all(|&digit| digit == b'0'));
    let spec = FormatSpec::parse(b".70000e", Target::Float).unwrap();
    assert_eq!(format_float(1.0, &spec).len(), 70_006);
}

#[test]
fn rounding_to_digits() {
    assert_eq!(round_to_digits(2.675, 2), 2.67);
    assert_eq!(round_to_digits(2.5, 0), 2.0);
    assert_eq!(round_to_digits(-1234.5, -2), -1200.0);
    assert_eq!(round_to_digits(1250.0, -2), 1200.0);
    assert_eq!(round_to_digits(1e300, 400), 1e300);
    assert_eq!(round_to_digits(7.0, -400), 0.0);
}
