//! bp_isa
