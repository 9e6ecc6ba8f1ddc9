//! bp_filetest
