use bp_syntax::{emit::{Style, emit}, name::Names, source::SourceMap};
fn main() {
    let mut bad = 0;
    let quiet = std::env::args().nth(1).is_some_and(|a| a == "-q");
    for path in std::env::args().skip(1).filter(|a| a != "-q") {
        let mut map = SourceMap::new();
        let file = map.add(path.as_str(), std::fs::read(&path).unwrap());
        let mut names = Names::new();
        let t = std::time::Instant::now();
        let (module, mut d) = bp_syntax::parse(&map, file, &mut names);
        let parsed = t.elapsed();
        let t = std::time::Instant::now();
        let (program, d2) = bp_check::check(&[bp_check::ParsedModule { ast: &module }], &mut names);
        let checked = t.elapsed();
        if std::env::var("TIME").is_ok() { eprintln!("parse {parsed:?} check {checked:?}"); }
        d.extend(d2);
        if !d.is_empty() || program.is_none() { bad += 1; print!("{}", emit(&d, &map, Style::Plain, 110)); }
        if std::env::var("HIR").is_ok() { println!("{program:#?}"); }
    }
    if !quiet || bad > 0 { println!("{bad} files with diagnostics"); }
}
