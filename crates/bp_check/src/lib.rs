//! bp_check
