//! bp_builtins
