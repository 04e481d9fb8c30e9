//! `cargo fuzz run verifier`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kularing_fuzz::verifier(bytes));
