//! Parses files and shows what is wrong with them; with `--tree`, the tree too.

use bp_syntax::emit::{Style, emit};
use bp_syntax::name::Names;
use bp_syntax::source::SourceMap;

fn main() {
    let mut map = SourceMap::new();
    let mut names = Names::new();
    let tree = std::env::args().any(|argument| argument == "--tree");
    for path in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file = map.add(path, text);
        let (module, errors) = bp_syntax::parse(&map, file, &mut names);
        if tree {
            println!("{module:#?}");
        }
        print!("{}", emit(&errors, &map, Style::Plain, 100));
    }
}
