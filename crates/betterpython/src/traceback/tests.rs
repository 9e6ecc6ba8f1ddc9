use super::{LINE_WIDTH, Piece, Row, cut, pieces};

impl Row for char {
    fn same_as(&self, other: &char) -> bool {
        self.is_alphabetic() && self == other
    }

    fn repetitions(&self) -> Option<usize> {
        self.to_digit(10).map(|times| times as usize)
    }
}

/// Frames as letters; a repetition of `frames` frames as `(frames*times)`.
fn shown(frames: &str) -> String {
    let frames: Vec<char> = frames.chars().collect();
    let piece = |piece: &Piece<'_, char>| match piece {
        Piece::Frame(frame) => frame.to_string(),
        Piece::Repeated { frames, times } => format!("({frames}*{times})"),
    };
    pieces(&frames).iter().map(piece).collect()
}

#[test]
fn frames_that_differ_are_all_shown() {
    assert_eq!(shown(""), "");
    assert_eq!(shown("abc"), "abc");
    assert_eq!(shown("aaabbb"), "aaabbb");
}

#[test]
fn repetitions_beyond_three_are_counted() {
    assert_eq!(shown("aaaa"), "aaa(1*1)");
    assert_eq!(shown("mffffffx"), "mfff(1*3)x");
    assert_eq!(shown("mababababz"), "mababab(2*1)z");
    assert_eq!(shown("abcabcabcabcab"), "abcabcabc(3*1)ab");
}

#[test]
fn counted_repetitions_look_like_listed_ones() {
    assert_eq!(shown("mf1x"), "mffx");
    assert_eq!(shown("mf2x"), "mfffx");
    assert_eq!(shown("mf9x"), "mfff(1*7)x");
}

#[test]
fn a_short_line_loses_only_its_indentation() {
    assert_eq!(cut("        f(x)  ", 11), ("f(x)".to_owned(), 2));
    assert_eq!(cut("\tf(x)", 2), ("f(x)".to_owned(), 0));
    assert_eq!(cut("é(x)", 2), ("é(x)".to_owned(), 1));
    assert_eq!(cut("", 5), (String::new(), 0));
}

#[test]
fn a_long_line_is_cut_around_the_column() {
    let line = format!("{}x{}", "a".repeat(1_000), "b".repeat(1_000));
    let (text, caret) = cut(&line, 1_001);
    assert_eq!(text.chars().nth(caret), Some('x'), "{text}");
    assert!(text.chars().count() <= LINE_WIDTH + 2);
}
