//! The wording of everything the lexer and the parser have to say, apart from what finds it.

pub(crate) mod foreign;
pub(crate) mod lexical;
pub(crate) mod literal;
pub(crate) mod syntax;
