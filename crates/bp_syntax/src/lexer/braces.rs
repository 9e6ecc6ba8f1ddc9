//! Blocks written in braces, as C and its family do: recognised, reported once, and read as if
//! they had been written with a colon.

use super::Lexer;
use crate::messages::lexical as messages;
use crate::span::Span;
use crate::token::{Token, TokenKind as T};

/// An open brace block.
#[derive(Debug)]
pub(super) struct BraceBlock {
    /// Index of its report in `errors`, if that was within the limit. It gets the edit that deletes
    /// the closing brace.
    error: usize,
}

impl Lexer<'_> {
    pub(super) fn open_brace(&mut self) {
        if !self.frames.is_empty() || !self.is_brace_block() {
            return self.open(T::LBrace);
        }
        let start = self.pos;
        self.pos += 1;
        let brace = self.span_from(start);
        let before = self.bytes[..start].iter().rev().take_while(|&&b| b == b' ').count();
        let colon = Span::new(self.at(start - before), brace.end);
        self.braces.push(BraceBlock { error: self.errors.len() });
        self.error(messages::brace_block(brace, colon));
        self.push(T::Colon, start);
    }

    pub(super) fn close_brace(&mut self) {
        if !self.frames.is_empty() {
            return self.close(T::RBrace);
        }
        let Some(block) = self.braces.pop() else { return self.close(T::RBrace) };
        let start = self.pos;
        self.pos += 1;
        let edit = self.closing_brace_edit(start);
        if let Some(fix) = self.errors.get_mut(block.error).and_then(|error| error.fixes.first_mut()) {
            // Keep the edits in text order even if the blocks are nested oddly.
            if fix.edits.last().is_none_or(|(span, _)| span.end <= edit.start) {
                fix.edits.push((edit, String::new()));
            }
        }
    }

    /// What to delete with a closing brace: its whole line if it stands alone, else it and a space.
    fn closing_brace_edit(&self, start: usize) -> Span {
        let indent = self.bytes[..start].iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let line_start = start - indent;
        let at_line_start = line_start == 0 || self.bytes[line_start - 1] == b'\n';
        let after = self.bytes[start + 1..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let line_end = self.line_end(start);
        let alone = at_line_start && start + 1 + after == line_end;
        if alone && line_start > 0 {
            return Span::new(self.at(line_start - 1), self.at(line_end));
        }
        let from = if at_line_start { start } else { line_start };
        let to = if at_line_start { start + 1 + after } else { start + 1 };
        Span::new(self.at(from), self.at(to))
    }

    /// Whether the `{` at `pos` stands where a block's colon belongs.
    fn is_brace_block(&self) -> bool {
        let line = &self.tokens[self.layout.line_token..];
        let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
        if has_outer_colon(line) {
            return false;
        }
        let first = if first.kind == T::Export { line.get(1).unwrap_or(first) } else { first };
        match last.kind {
            T::Else | T::Try | T::Finally | T::Catch => return true,
            // Nothing may be put in braces behind a call.
            T::RParen => return true,
            kind if !kind.ends_operand() => return false,
            _ => {}
        }
        match first.kind {
            T::Struct | T::Class | T::Enum | T::Def | T::Fn => true,
            T::Case => !self.looks_like_record(b":,}"),
            T::If | T::Elif | T::While | T::For | T::Match | T::Catch | T::Else => !self.looks_like_record(b":"),
            T::Ident => line.len() > 1 && matches!(line[1].kind, T::Ident) && !self.looks_like_record(b":"),
            _ => false,
        }
    }

    /// Whether what follows the `{` at `pos` reads `}` or a name and one of the `signs`.
    fn looks_like_record(&self, signs: &[u8]) -> bool {
        let inside = &self.bytes[self.pos + 1..];
        let inside = &inside[..inside.len().min(400)];
        let first = inside.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(inside.len());
        if inside.get(first) == Some(&b'}') {
            return !inside[..first].contains(&b'\n');
        }
        let word = inside[first..].iter().take_while(|&&b| super::is_ascii_word(b) || b >= 0x80).count();
        let behind = inside[first + word..].trim_ascii_start();
        word > 0 && behind.first().is_some_and(|sign| signs.contains(sign))
    }
}

/// Whether the colon of the line's block has come already: what follows is a statement.
fn has_outer_colon(line: &[Token]) -> bool {
    /// Tokens looked at, so that a line of nothing but braces costs no more than any other.
    const FAR: usize = 256;
    let mut depth = 0_usize;
    line.iter().take(FAR).any(|token| {
        if token.kind.opens() {
            depth += 1;
        } else if token.kind.closes() {
            depth = depth.saturating_sub(1);
        }
        token.kind == T::Colon && depth == 0
    })
}
