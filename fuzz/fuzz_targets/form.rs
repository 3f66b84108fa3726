//! `cargo fuzz run form`: see `entente_fuzzing::form`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::form(data));
