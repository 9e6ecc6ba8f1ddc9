//! Bytes through the reader of `.bpc` files, the verifier and the compiler: `cargo +nightly fuzz run bpc`.
#![no_main]

#[path = "../src/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|payload: &[u8]| checks::bpc(payload));
