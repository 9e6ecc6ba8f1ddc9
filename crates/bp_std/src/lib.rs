//! Bodies of the built-in functions.
#![forbid(unsafe_code)]

mod format;
