//! Bodies of the built-in functions.
#![forbid(unsafe_code)]

mod bounds;
mod format;
mod generator;
mod merge;
mod parse;
mod search;
