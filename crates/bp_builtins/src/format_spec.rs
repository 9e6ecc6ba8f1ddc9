//! Python's format mini-language for int, float, str and bool: `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
//!
//! The checker parses constant specifications, the bodies of `format` all of them: what parses for
//! a target can be formatted for every value of it, but for `c`, which not every int can take.
//!
//! Absence: no formatting, no values. Python's `z` option and locales are not offered: `n` means the
//! type without grouping.

use std::fmt;

/// The largest width and precision, in characters. Beyond it a specification is an error.
pub const MAX_WIDTH: usize = 100_000;

/// What is to be formatted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// An int.
    Int,
    /// A float.
    Float,
    /// A string.
    Str,
    /// A bool: its word for the empty specification, else the int 1 or 0.
    Bool,
}

impl Target {
    const fn name(self) -> &'static str {
        match self {
            Target::Int => "int",
            Target::Float => "float",
            Target::Str => "str",
            Target::Bool => "bool",
        }
    }
}

/// Where padding goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// `<`: behind the text.
    Left,
    /// `>`: before the text.
    Right,
    /// `^`: half and half, the odd one behind.
    Center,
    /// `=`: between sign or prefix and digits.
    AfterSign,
}

/// How numbers that are not negative show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// `-` or nothing: not at all.
    Minus,
    /// `+`
    Plus,
    /// A space.
    Space,
}

/// The type of presentation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presentation {
    /// None given.
    Default,
    /// `d`
    Decimal,
    /// `b`
    Binary,
    /// `o`
    Octal,
    /// `x`
    LowerHex,
    /// `X`
    UpperHex,
    /// `c`
    Char,
    /// `e`, or `E` if upper-case.
    Exponent {
        /// Whether written as a capital.
        upper: bool,
    },
    /// `f`, or `F` if upper-case (which shows in `INF` and `NAN`).
    Fixed {
        /// Whether written as a capital.
        upper: bool,
    },
    /// `g`, or `G` if upper-case.
    General {
        /// Whether written as a capital.
        upper: bool,
    },
    /// `n`: as `d` for ints, as `g` for floats.
    Number,
    /// `%`
    Percent,
    /// `s`
    Str,
}

/// A parsed specification; fill and alignment are those that hold for its target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormatSpec {
    /// What padding consists of.
    pub fill: char,
    /// Where it goes.
    pub align: Align,
    /// The sign of what is not negative.
    pub sign: Sign,
    /// `#`
    pub alternate: bool,
    /// At least so many characters.
    pub width: usize,
    /// Between groups of digits: `,` or `_`.
    pub grouping: Option<char>,
    /// Digits, or the most characters of a string.
    pub precision: Option<usize>,
    /// The type.
    pub presentation: Presentation,
}

/// Why a specification is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormatError {
    /// The byte in the specification at which the mistake is.
    pub at: usize,
    /// What is wrong, as a sentence without a capital and a full stop.
    pub message: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at position {} of the format specification)", self.message, self.at)
    }
}

impl std::error::Error for FormatError {}

impl FormatSpec {
    /// Parses `spec` for values of `target`.
    ///
    /// # Errors
    /// If it is no specification, or one that `target` does not have.
    pub fn parse(spec: &[u8], target: Target) -> Result<FormatSpec, FormatError> {
        let text = std::str::from_utf8(spec).map_err(|error| FormatError {
            at: error.valid_up_to(),
            message: "format specification is not UTF-8".into(),
        })?;
        Parser { text, at: 0, target }.spec()
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    target: Target,
}

impl Parser<'_> {
    fn spec(mut self) -> Result<FormatSpec, FormatError> {
        let (fill, align) = self.fill_and_align();
        let align_at = self.at.saturating_sub(1);
        let sign = self.sign()?;
        let alternate = self.alternate()?;
        let zero = fill.is_none() && self.eat('0');
        let width = self.number("width")?.unwrap_or(0);
        let grouping_at = self.at;
        let grouping = self.grouping()?;
        let precision_at = self.at;
        let precision = self.precision()?;
        let type_at = self.at;
        let presentation = self.presentation()?;
        let spec = FormatSpec {
            fill: fill.unwrap_or(if zero { '0' } else { ' ' }),
            align: align.unwrap_or(self.default_align(zero)),
            sign: sign.unwrap_or(Sign::Minus),
            alternate,
            width,
            grouping,
            precision,
            presentation,
        };
        self.check_type(&spec, type_at)?;
        self.check_grouping(&spec, grouping_at)?;
        if precision.is_some() && self.is_whole(presentation) {
            return Err(self.error(precision_at, "precision is not allowed for an int type"));
        }
        if spec.align == Align::AfterSign && self.target == Target::Str {
            return Err(self.error(align_at, "alignment `=` is not allowed for str"));
        }
        if presentation == Presentation::Char {
            self.check_char(sign, alternate, type_at)?;
        }
        Ok(spec)
    }

    fn default_align(&self, zero: bool) -> Align {
        match self.target {
            Target::Str => Align::Left,
            Target::Int | Target::Float | Target::Bool if zero => Align::AfterSign,
            Target::Int | Target::Float | Target::Bool => Align::Right,
        }
    }

    fn fill_and_align(&mut self) -> (Option<char>, Option<Align>) {
        let mut chars = self.text.chars();
        let (first, second) = (chars.next(), chars.next());
        if let (Some(fill), Some(align)) = (first, second.and_then(align_of)) {
            self.at = fill.len_utf8() + 1;
            return (Some(fill), Some(align));
        }
        let align = first.and_then(align_of);
        self.at = usize::from(align.is_some());
        (None, align)
    }

    fn sign(&mut self) -> Result<Option<Sign>, FormatError> {
        let start = self.at;
        let sign = match self.peek() {
            Some('+') => Sign::Plus,
            Some('-') => Sign::Minus,
            Some(' ') => Sign::Space,
            _ => return Ok(None),
        };
        self.at += 1;
        if self.target == Target::Str {
            return Err(self.error(start, "a sign is not allowed for str"));
        }
        Ok(Some(sign))
    }

    fn alternate(&mut self) -> Result<bool, FormatError> {
        let start = self.at;
        let alternate = self.eat('#');
        if alternate && self.target == Target::Str {
            return Err(self.error(start, "`#` is not allowed for str"));
        }
        Ok(alternate)
    }

    fn grouping(&mut self) -> Result<Option<char>, FormatError> {
        let mut grouping = None;
        while let Some(separator @ (',' | '_')) = self.peek() {
            if grouping.is_some() {
                return Err(self.error(self.at, "more than one grouping"));
            }
            grouping = Some(separator);
            self.at += 1;
        }
        Ok(grouping)
    }

    fn precision(&mut self) -> Result<Option<usize>, FormatError> {
        if !self.eat('.') {
            return Ok(None);
        }
        match self.number("precision")? {
            Some(precision) => Ok(Some(precision)),
            None => Err(self.error(self.at, "the precision is missing behind `.`")),
        }
    }

    /// Digits, if there are some; `what` names them in the error.
    fn number(&mut self, what: &str) -> Result<Option<usize>, FormatError> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            return Ok(None);
        }
        match rest[..end].parse() {
            Ok(number) if number <= MAX_WIDTH => {
                self.at += end;
                Ok(Some(number))
            }
            _ => Err(self.error(self.at, &format!("{what} is larger than {MAX_WIDTH}"))),
        }
    }

    fn presentation(&mut self) -> Result<Presentation, FormatError> {
        let rest = &self.text[self.at..];
        let mut chars = rest.chars();
        let Some(first) = chars.next() else { return Ok(Presentation::Default) };
        match (presentation_of(first), chars.next()) {
            (Some(presentation), None) => Ok(presentation),
            (Some(_), Some(stray)) => {
                Err(self.error(self.at + first.len_utf8(), &format!("`{stray}` is not expected here")))
            }
            (None, None) if first.is_ascii_alphabetic() => Err(self.unknown_type(self.at)),
            (None, _) => Err(self.error(self.at, &format!("`{first}` is not expected here"))),
        }
    }

    fn check_type(&self, spec: &FormatSpec, at: usize) -> Result<(), FormatError> {
        use Presentation as P;
        let fits = match spec.presentation {
            P::Default => true,
            P::Str => self.target == Target::Str,
            P::Decimal | P::Binary | P::Octal | P::LowerHex | P::UpperHex | P::Char => {
                matches!(self.target, Target::Int | Target::Bool)
            }
            P::Exponent { .. } | P::Fixed { .. } | P::General { .. } | P::Number | P::Percent => {
                self.target != Target::Str
            }
        };
        if fits { Ok(()) } else { Err(self.unknown_type(at)) }
    }

    fn unknown_type(&self, at: usize) -> FormatError {
        let message = format!("{} has no format type `{}`", self.target.name(), &self.text[at..]);
        self.error(at, &message)
    }

    fn check_grouping(&self, spec: &FormatSpec, at: usize) -> Result<(), FormatError> {
        use Presentation as P;
        let Some(separator) = spec.grouping else { return Ok(()) };
        let fits = match spec.presentation {
            P::Default => self.target != Target::Str,
            P::Decimal | P::Exponent { .. } | P::Fixed { .. } | P::General { .. } | P::Percent => true,
            P::Binary | P::Octal | P::LowerHex | P::UpperHex => separator == '_',
            P::Char | P::Number | P::Str => false,
        };
        if fits { Ok(()) } else { Err(self.error(at, &format!("grouping `{separator}` does not go with this type"))) }
    }

    fn check_char(&self, sign: Option<Sign>, alternate: bool, at: usize) -> Result<(), FormatError> {
        if sign.is_some() {
            return Err(self.error(at, "type `c` takes no sign"));
        }
        if alternate {
            return Err(self.error(at, "type `c` takes no `#`"));
        }
        Ok(())
    }

    /// Whether the value is shown as an int, without a fraction.
    fn is_whole(&self, presentation: Presentation) -> bool {
        use Presentation as P;
        match presentation {
            P::Default | P::Number => matches!(self.target, Target::Int | Target::Bool),
            P::Decimal | P::Binary | P::Octal | P::LowerHex | P::UpperHex | P::Char => true,
            P::Exponent { .. } | P::Fixed { .. } | P::General { .. } | P::Percent | P::Str => false,
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    fn error(&self, at: usize, message: &str) -> FormatError {
        FormatError { at, message: message.to_owned() }
    }
}

fn align_of(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

fn presentation_of(c: char) -> Option<Presentation> {
    Some(match c {
        'd' => Presentation::Decimal,
        'b' => Presentation::Binary,
        'o' => Presentation::Octal,
        'x' => Presentation::LowerHex,
        'X' => Presentation::UpperHex,
        'c' => Presentation::Char,
        'e' | 'E' => Presentation::Exponent { upper: c == 'E' },
        'f' | 'F' => Presentation::Fixed { upper: c == 'F' },
        'g' | 'G' => Presentation::General { upper: c == 'G' },
        'n' => Presentation::Number,
        '%' => Presentation::Percent,
        's' => Presentation::Str,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_at(spec: &str, target: Target) -> usize {
        FormatSpec::parse(spec.as_bytes(), target).expect_err(spec).at
    }

    #[test]
    fn all_parts() {
        let spec = FormatSpec::parse("·^+#012_.3f".as_bytes(), Target::Float).unwrap();
        assert_eq!((spec.fill, spec.align, spec.sign, spec.alternate), ('·', Align::Center, Sign::Plus, true));
        assert_eq!((spec.width, spec.grouping, spec.precision), (12, Some('_'), Some(3)));
        assert_eq!(spec.presentation, Presentation::Fixed { upper: false });
    }

    #[test]
    fn defaults_depend_on_the_target() {
        let of = |spec: &str, target| FormatSpec::parse(spec.as_bytes(), target).unwrap();
        assert_eq!(of("", Target::Int).align, Align::Right);
        assert_eq!(of("", Target::Str).align, Align::Left);
        assert_eq!((of("05", Target::Int).fill, of("05", Target::Int).align), ('0', Align::AfterSign));
        assert_eq!((of("05", Target::Str).fill, of("05", Target::Str).align), ('0', Align::Left));
        assert_eq!((of("<05", Target::Int).fill, of("<05", Target::Int).align), ('0', Align::Left));
        assert_eq!((of("x<05", Target::Int).fill, of("x<05", Target::Int).width), ('x', 5));
        assert_eq!((of("<<", Target::Int).fill, of("<<", Target::Int).align), ('<', Align::Left));
    }

    #[test]
    fn errors_point_at_the_mistake() {
        assert_eq!(error_at("5.", Target::Float), 2);
        assert_eq!(error_at("5.2", Target::Int), 1);
        assert_eq!(error_at("+5", Target::Str), 0);
        assert_eq!(error_at("#5", Target::Str), 0);
        assert_eq!(error_at("=5", Target::Str), 0);
        assert_eq!(error_at("5,", Target::Str), 1);
        assert_eq!(error_at("5,_", Target::Int), 2);
        assert_eq!(error_at("5,x", Target::Int), 1);
        assert_eq!(error_at("5s", Target::Int), 1);
        assert_eq!(error_at("5d", Target::Float), 1);
        assert_eq!(error_at("5dd", Target::Int), 2);
        assert_eq!(error_at("5 d", Target::Int), 1);
        assert_eq!(error_at("+c", Target::Int), 1);
        assert_eq!(error_at("100001", Target::Int), 0);
        assert_eq!(error_at(".99999999999999999999999f", Target::Float), 1);
        assert_eq!(FormatSpec::parse(b"5\xff", Target::Int).expect_err("bytes").at, 1);
    }

    #[test]
    fn every_short_text_gives_an_answer() {
        let alphabet = ['<', '=', '^', '+', ' ', '#', '0', '7', ',', '_', '.', 'd', 'f', 's', 'c', 'é'];
        for a in alphabet {
            for b in alphabet {
                for c in alphabet {
                    let text: String = [a, b, c].iter().collect();
                    for target in [Target::Int, Target::Float, Target::Str, Target::Bool] {
                        if let Err(error) = FormatSpec::parse(text.as_bytes(), target) {
                            assert!(error.at <= text.len() && text.is_char_boundary(error.at), "{text}");
                        }
                    }
                }
            }
        }
    }
}
