//! Coverage-guided fuzzing of what reads files: see `docs/testing.md`.
//!
//! The targets are the binaries; this library exists so that the package is one.
