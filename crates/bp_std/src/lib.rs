//! bp_std
