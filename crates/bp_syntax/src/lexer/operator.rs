//! Operators and punctuation, foreign spellings included.

use super::Lexer;
use crate::messages::lexical as messages;
use crate::token::TokenKind as T;

impl Lexer<'_> {
    pub(super) fn operator(&mut self, byte: u8) {
        let start = self.pos;
        let (second, third, fourth) = (self.peek(1), self.peek(2), self.peek(3));
        let (kind, length) = match (byte, second, third) {
            (b'&', b'&', _) => return self.foreign(T::And, 2, "and"),
            (b'|', b'|', _) => return self.foreign(T::Or, 2, "or"),
            (b'=', b'=', b'=') => return self.foreign(T::EqEq, 3, "=="),
            (b'!', b'=', b'=') => return self.foreign(T::NotEq, 3, "!="),
            (b'<', b'>', _) => return self.foreign(T::NotEq, 2, "!="),
            (b'/', b'*', _) => return self.block_comment(),
            (b'/', b'/', _) if self.comments_here() => return self.slash_comment(),
            (b':', _, _) if self.field_colon() => return,
            (b'>', b'>', b'>') if fourth == b'=' => (T::UShrEq, 4),
            (b'>', b'>', b'>') => (T::UShr, 3),
            (b'>', b'>', b'=') => (T::ShrEq, 3),
            (b'<', b'<', b'=') => (T::ShlEq, 3),
            (b'*', b'*', b'=') => (T::StarStarEq, 3),
            (b'/', b'/', b'=') => (T::SlashSlashEq, 3),
            (b'.', b'.', b'.') => (T::Ellipsis, 3),
            (b'.', b'.', b'=') => (T::DotDotEq, 3),
            (b'?', b'?', b'=') => (T::CoalesceEq, 3),
            _ => match two_bytes(byte, second) {
                Some(kind) => (kind, 2),
                None => match one_byte(byte) {
                    Some(kind) => (kind, 1),
                    None => return self.control_character(byte, start),
                },
            },
        };
        self.pos += length;
        self.push(kind, start);
    }

    /// An operator of another language that has an exact counterpart.
    fn foreign(&mut self, kind: T, length: usize, ours: &str) {
        let start = self.pos;
        self.pos += length;
        let span = self.span_from(start);
        let before = start > 0 && !self.bytes[start - 1].is_ascii_whitespace();
        let after = !self.peek(0).is_ascii_whitespace();
        let theirs = &self.text[start..self.pos];
        self.error(messages::foreign_operator(span, theirs, ours, before, after));
        self.push(kind, start);
    }

    /// Whether `//` here cannot be floor division: no operand stands before it.
    fn comments_here(&self) -> bool {
        !self.last_kind().is_some_and(T::ends_operand)
    }

    fn slash_comment(&mut self) {
        let start = self.pos;
        self.pos += 2;
        let span = self.span_from(start);
        self.error(messages::foreign_comment(span, "//"));
        self.skip_to_line_end();
    }

    fn block_comment(&mut self) {
        let start = self.pos;
        self.pos += 2;
        let span = self.span_from(start);
        self.error(messages::foreign_comment(span, "/*"));
        let end = memchr::memmem::find(&self.bytes[self.pos..], b"*/");
        // An unclosed one swallows its line only: the rest of the file is worth reading.
        self.pos = end.map_or_else(|| self.line_end(self.pos), |offset| self.pos + offset + 2);
    }
}

fn two_bytes(first: u8, second: u8) -> Option<T> {
    Some(match (first, second) {
        (b'=', b'=') => T::EqEq,
        (b'=', b'>') => T::FatArrow,
        (b'!', b'=') => T::NotEq,
        (b'<', b'=') => T::LessEq,
        (b'<', b'<') => T::Shl,
        (b'>', b'=') => T::GreaterEq,
        (b'>', b'>') => T::Shr,
        (b'-', b'>') => T::Arrow,
        (b'+', b'=') => T::PlusEq,
        (b'-', b'=') => T::MinusEq,
        (b'*', b'=') => T::StarEq,
        (b'*', b'*') => T::StarStar,
        (b'/', b'=') => T::SlashEq,
        (b'/', b'/') => T::SlashSlash,
        (b'%', b'=') => T::PercentEq,
        (b'&', b'=') => T::AmpEq,
        (b'|', b'=') => T::PipeEq,
        (b'^', b'=') => T::CaretEq,
        (b':', b'=') => T::ColonAssign,
        (b'.', b'.') => T::DotDot,
        (b'?', b'.') => T::QuestionDot,
        (b'?', b'?') => T::Coalesce,
        _ => return None,
    })
}

fn one_byte(byte: u8) -> Option<T> {
    Some(match byte {
        b',' => T::Comma,
        b':' => T::Colon,
        b';' => T::Semi,
        b'.' => T::Dot,
        b'@' => T::At,
        b'?' => T::Question,
        b'!' => T::Bang,
        b'=' => T::Assign,
        b'+' => T::Plus,
        b'-' => T::Minus,
        b'*' => T::Star,
        b'/' => T::Slash,
        b'%' => T::Percent,
        b'&' => T::Amp,
        b'|' => T::Pipe,
        b'^' => T::Caret,
        b'~' => T::Tilde,
        b'<' => T::Less,
        b'>' => T::Greater,
        _ => return None,
    })
}
