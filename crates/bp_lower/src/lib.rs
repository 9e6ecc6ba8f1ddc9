//! bp_lower
