//! The reference page of the built-ins, written from the table.

use crate::examples::examples_of;
use crate::table::SECTIONS;
use crate::{Builtin, Row};
use std::fmt::Write;

const OPENING: &str = "# Built-in functions

Written from the table of built-ins; do not edit. A function with a method spelling may be called
either way: the method's receiver is the first parameter. Functions that share a name are overloads:
the first one that fits the arguments is meant. `any` stands for every type, `[T]` in front of the
parameters makes `T` stand for any type, `[T: Ordered]` for one whose values `<` compares,
`[T: Hashable]` for one that may be a map's key. Strings are bytes; positions and lengths count bytes.
Examples give values as `repr` writes them.
";

/// The page, in Markdown. Rows without a name are left out: operators are lowered to them.
pub fn reference() -> String {
    let mut page = String::from(OPENING);
    for (position, &(first, heading)) in SECTIONS.iter().enumerate() {
        let end = SECTIONS.get(position + 1).map_or(Builtin::ALL.len(), |&(next, _)| next.index());
        let rows = Builtin::ALL[first.index()..end].iter().copied();
        let has_name = |builtin: &Builtin| !builtin.row().names.is_empty() || !builtin.row().methods.is_empty();
        let mut named = rows.filter(has_name).peekable();
        if named.peek().is_some() {
            line(&mut page, format_args!("\n## {heading}\n"));
        }
        for builtin in named {
            entry(&mut page, builtin);
        }
    }
    page
}

fn entry(page: &mut String, builtin: Builtin) {
    let row = builtin.row();
    let (type_params, rest) = split_type_params(row.signature);
    line(page, format_args!("- `{}{}`", type_params, headline(row, rest)));
    let others: Vec<String> = spellings(row).skip(1).map(|name| format!("`{name}`")).collect();
    if !others.is_empty() {
        line(page, format_args!("  also {}  ", others.join(", ")));
    }
    for text in row.doc.lines().map(str::trim).filter(|text| !text.is_empty()) {
        line(page, format_args!("  {text}"));
    }
    for example in examples_of(builtin) {
        line(page, format_args!("  `{}` is `{}`.", example.expression, example.value));
    }
}

/// The first spelling with the parameters: a constant has none of them.
fn headline(row: &Row, rest: &str) -> String {
    let name = spellings(row).next().unwrap_or_default();
    match rest.strip_prefix("->") {
        Some(result) => format!("{name}:{result}"),
        None => format!("{name}{rest}"),
    }
}

fn spellings(row: &Row) -> impl Iterator<Item = String> + '_ {
    let free = row.names.iter().map(|name| (*name).to_owned());
    free.chain(row.methods.iter().map(|method| format!(".{method}")))
}

/// `[T](xs: T)` as `[T] ` and `(xs: T)`.
fn split_type_params(signature: &str) -> (String, &str) {
    match signature.find('(') {
        Some(paren) if signature.starts_with('[') => (format!("{} ", &signature[..paren]), &signature[paren..]),
        _ => (String::new(), signature),
    }
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(page, "{text}").expect("a String takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_cover_the_table_in_order() {
        assert_eq!(SECTIONS[0].0.index(), 0);
        assert!(SECTIONS.windows(2).all(|pair| pair[0].0.index() < pair[1].0.index()));
    }

    #[test]
    fn every_spelling_and_text_is_on_the_page() {
        let page = reference();
        for row in Builtin::ALL.iter().map(|builtin| builtin.row()) {
            assert!(row.doc.trim().ends_with(['.', '5', '3', '8', '7']), "{:?}: {:?}", row.names, row.doc);
            for name in spellings(row) {
                assert!(page.contains(&format!("`{name}")) || page.contains(&format!(" {name}(")), "{name}");
            }
        }
        assert!(!page.contains("low is given"), "internal rows stay out");
    }

    #[test]
    fn entries_read_as_written() {
        let page = reference();
        assert!(
            page.contains("- `[T] len(xs: [T]) -> int`\n  also `array_len`, `.len`  \n  The number of elements.\n")
        );
        assert!(page.contains("- `PI: float`\n  3.14"));
        assert!(page.contains("- `.replace(s: str, part: str"));
    }
}
