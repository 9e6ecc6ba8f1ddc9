//! Tokens: the smallest pieces of text, with layout made explicit.
//!
//! Invariants the lexer keeps and the parser relies on: the last token is `Eof`; brackets and
//! f-string parts are balanced (a missing closer is supplied with an empty span); `Newline`,
//! `Indent` and `Dedent` never stand inside brackets; every `Indent` has its `Dedent`.

use crate::span::Span;

/// One piece of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where.
    pub span: Span,
}

macro_rules! define_tokens {
    (
        symbols { $($symbol:ident $symbol_text:literal;)* }
        keywords { $($keyword:ident $keyword_text:literal;)* }
        others { $($other:ident $other_text:literal;)* }
    ) => {
        /// The kinds of tokens.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum TokenKind {
            $(#[doc = $symbol_text] $symbol,)*
            $(#[doc = $keyword_text] $keyword,)*
            $(#[doc = $other_text] $other,)*
        }

        impl TokenKind {
            /// How messages name it.
            pub const fn describe(self) -> &'static str {
                match self {
                    $(TokenKind::$symbol => concat!("`", $symbol_text, "`"),)*
                    $(TokenKind::$keyword => concat!("`", $keyword_text, "`"),)*
                    $(TokenKind::$other => $other_text,)*
                }
            }

            /// Whether it is a reserved word.
            pub const fn is_keyword(self) -> bool {
                matches!(self, $(TokenKind::$keyword)|*)
            }
        }

        const KEYWORDS: &[(&str, TokenKind)] = &[$(($keyword_text, TokenKind::$keyword)),*];
    };
}

define_tokens! {
    symbols {
        LParen "("; RParen ")"; LBracket "["; RBracket "]"; LBrace "{"; RBrace "}";
        Comma ","; Colon ":"; Semi ";"; Dot "."; DotDot ".."; DotDotEq "..="; Ellipsis "...";
        At "@"; Arrow "->"; FatArrow "=>"; Question "?"; QuestionDot "?."; Coalesce "??"; Bang "!";
        Assign "="; ColonAssign ":=";
        Plus "+"; Minus "-"; Star "*"; StarStar "**"; Slash "/"; SlashSlash "//"; Percent "%";
        Amp "&"; Pipe "|"; Caret "^"; Tilde "~"; Shl "<<"; Shr ">>"; UShr ">>>";
        PlusEq "+="; MinusEq "-="; StarEq "*="; StarStarEq "**="; SlashEq "/="; SlashSlashEq "//=";
        PercentEq "%="; AmpEq "&="; PipeEq "|="; CaretEq "^="; ShlEq "<<="; ShrEq ">>=";
        UShrEq ">>>="; CoalesceEq "??=";
        EqEq "=="; NotEq "!="; Less "<"; LessEq "<="; Greater ">"; GreaterEq ">=";
    }
    keywords {
        And "and"; As "as"; Assert "assert"; Break "break"; Case "case"; Catch "catch";
        Class "class"; Continue "continue"; Def "def"; Default "default"; Elif "elif"; Else "else";
        Enum "enum"; Export "export"; Extern "extern"; False "false"; Finally "finally"; Fn "fn";
        For "for"; If "if"; Import "import"; In "in"; Is "is"; Let "let"; Match "match"; New "new";
        Not "not"; Null "null"; Or "or"; Pass "pass"; Return "return"; Struct "struct";
        Super "super"; Throw "throw"; True "true"; Try "try"; While "while";
    }
    others {
        Ident "a name"; Int "an integer"; Float "a float"; Str "a string";
        FStringStart "an f-string"; FStringText "text of an f-string"; FieldOpen "`{`";
        FieldColon "`:`"; FieldClose "`}`"; FStringEnd "the end of the f-string";
        Newline "the end of the line"; Indent "an indented line";
        Dedent "the end of the block"; Eof "the end of the file";
    }
}

const fn keyword_slot(text: &[u8]) -> usize {
    let (first, second, last) = (text[0] as usize, text[1] as usize, text[text.len() - 1] as usize);
    (first * KEYWORD_FACTORS.0 + last * KEYWORD_FACTORS.1 + second * 3 + text.len()) & 127
}

/// Chosen so that no two keywords share a slot, which the construction of the table asserts.
const KEYWORD_FACTORS: (usize, usize) = (18, 21);

static KEYWORD_TABLE: [Option<(&str, TokenKind)>; 128] = {
    let mut table = [None; 128];
    let mut index = 0;
    while index < KEYWORDS.len() {
        let slot = keyword_slot(KEYWORDS[index].0.as_bytes());
        assert!(table[slot].is_none(), "two keywords share a slot: choose other factors");
        table[slot] = Some(KEYWORDS[index]);
        index += 1;
    }
    table
};

impl TokenKind {
    /// The keyword with this text, else `Ident`.
    pub(crate) fn of_word(text: &[u8]) -> TokenKind {
        if text.len() < 2 || text.len() > 8 {
            return TokenKind::Ident;
        }
        match KEYWORD_TABLE[keyword_slot(text)] {
            Some((word, kind)) if word.as_bytes() == text => kind,
            _ => TokenKind::Ident,
        }
    }

    /// The closing bracket that belongs to an opening one.
    pub(crate) const fn closer(self) -> TokenKind {
        match self {
            TokenKind::LParen => TokenKind::RParen,
            TokenKind::LBracket => TokenKind::RBracket,
            TokenKind::LBrace => TokenKind::RBrace,
            TokenKind::FStringStart => TokenKind::FStringEnd,
            TokenKind::FieldOpen => TokenKind::FieldClose,
            other => other,
        }
    }

    /// Whether it opens something that a closer must end.
    pub(crate) const fn opens(self) -> bool {
        use TokenKind::{FStringStart, FieldOpen, LBrace, LBracket, LParen};
        matches!(self, LParen | LBracket | LBrace | FStringStart | FieldOpen)
    }

    /// Whether it closes what an opener began.
    pub(crate) const fn closes(self) -> bool {
        use TokenKind::{FStringEnd, FieldClose, RBrace, RBracket, RParen};
        matches!(self, RParen | RBracket | RBrace | FStringEnd | FieldClose)
    }

    /// Keywords that stay usable as field and parameter names.
    pub(crate) const fn is_soft_keyword(self) -> bool {
        use TokenKind::{Case, Default, Extern, Match, New};
        matches!(self, Default | Case | Match | New | Extern)
    }

    /// Whether an expression may end with it.
    pub(crate) const fn ends_operand(self) -> bool {
        use TokenKind::{Bang, FStringEnd, False, Float, Ident, Int, Null, RBrace, RBracket, RParen, Str, True};
        matches!(self, Ident | Int | Float | Str | FStringEnd | RParen | RBracket | RBrace | True | False | Null | Bang)
            || self.is_soft_keyword()
    }
}
