//! The table of built-in classes that are no errors: values with methods that rows of the table of
//! built-ins make and take.
//!
//! Their fields are the library's own: their names are no identifiers, so no program reaches them.

use crate::signature::Type;

/// A built-in class; its number is also its position among a program's records, behind those of the
/// error classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BuiltinClass {
    /// A compiled regular expression.
    Regex,
    /// A value of a JSON text.
    Json,
}

/// Field of `Regex`: the pattern.
pub const REGEX_PATTERN: usize = 0;

/// Field of `Json`: an int, one of the `JSON_` kinds.
pub const JSON_KIND: usize = 0;
/// Field of `Json`: an int, 0 or 1 for a bool, or the bits of a float.
pub const JSON_WORD: usize = 1;
/// Field of `Json`: the text of a string, else null.
pub const JSON_TEXT: usize = 2;
/// Field of `Json`: the elements of an array, else null.
pub const JSON_ITEMS: usize = 3;
/// Field of `Json`: the members of an object, else null.
pub const JSON_MEMBERS: usize = 4;

impl BuiltinClass {
    /// Every class in table order.
    pub const ALL: &[BuiltinClass] = &[BuiltinClass::Regex, BuiltinClass::Json];

    /// The class's name.
    pub const fn name(self) -> &'static str {
        match self {
            BuiltinClass::Regex => "Regex",
            BuiltinClass::Json => "Json",
        }
    }

    /// The class of a name.
    pub fn named(name: &str) -> Option<BuiltinClass> {
        Self::ALL.iter().copied().find(|class| class.name() == name)
    }

    /// Names and types of the fields, in order.
    pub fn fields(self) -> Vec<(&'static str, Type)> {
        let json = || Box::new(Type::Named(BuiltinClass::Json.name()));
        match self {
            BuiltinClass::Regex => vec![(".pattern", Type::Str)],
            BuiltinClass::Json => vec![
                (".kind", Type::Int),
                (".word", Type::Int),
                (".text", Type::Str),
                (".items", Type::Array(json())),
                (".members", Type::Map(Box::new(Type::Str), json())),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_where_their_numbers_say() {
        let fields = BuiltinClass::Json.fields();
        let at = |number: usize| fields[number].0;
        assert_eq!((at(JSON_KIND), at(JSON_WORD), at(JSON_TEXT)), (".kind", ".word", ".text"));
        assert_eq!((at(JSON_ITEMS), at(JSON_MEMBERS)), (".items", ".members"));
        assert_eq!(BuiltinClass::Regex.fields()[REGEX_PATTERN].0, ".pattern");
        for (number, &class) in BuiltinClass::ALL.iter().enumerate() {
            assert_eq!((class as usize, BuiltinClass::named(class.name())), (number, Some(class)));
        }
    }
}
