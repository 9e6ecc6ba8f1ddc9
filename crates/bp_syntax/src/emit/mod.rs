//! Diagnostics as text: for people, and as JSON for tools.
//!
//! Absence: nothing is printed here, and nothing asks for the terminal: the caller knows whether
//! colour is wanted and how wide a line may be.

mod human;
mod json;
mod window;

pub use json::emit_json;

use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

/// How the human form looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI colours.
    Colour,
}

/// Renders diagnostics for people, each followed by an empty line. `width` is that of the
/// terminal in columns; longer source lines are cut around what is marked.
pub fn emit(diagnostics: &[Diagnostic], map: &SourceMap, style: Style, width: usize) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        human::render(diagnostic, map, style, width, &mut out);
        out.push('\n');
    }
    out
}

/// `text` on one line, with control characters made visible: character for character.
pub fn visible(text: &str) -> String {
    let picture = |c: char| match c {
        '\n' => '⏎',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{80}'..='\u{9f}' => '�',
        _ => c,
    };
    text.chars().map(picture).collect()
}

#[cfg(test)]
mod tests;
