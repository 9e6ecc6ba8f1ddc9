//! What compiled code, interpreter and collector agree on: headers and layouts of objects.
//!
//! Absence: no code, no memory; numbers only.

pub mod header;
pub mod layout;

pub use header::Header;
