//! Source text through the front end: `cargo +nightly fuzz run front`.
#![no_main]

#[path = "../src/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &[u8]| checks::front(text));
