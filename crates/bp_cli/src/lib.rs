//! bp_cli
