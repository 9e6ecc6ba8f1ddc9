//! What compiled code, interpreter and collector agree on: headers and layouts of objects.
//!
//! Absence: no code, no memory; numbers only.

pub mod header;
pub mod helper;
pub mod layout;
pub mod machine;

pub use header::Header;
