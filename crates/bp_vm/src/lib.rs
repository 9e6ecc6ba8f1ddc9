//! bp_vm
