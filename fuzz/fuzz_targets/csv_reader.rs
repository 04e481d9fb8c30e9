//! `cargo fuzz run csv_reader`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kularing_fuzz::csv_reader(bytes));
