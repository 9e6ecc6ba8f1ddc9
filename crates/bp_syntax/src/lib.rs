//! bp_syntax
