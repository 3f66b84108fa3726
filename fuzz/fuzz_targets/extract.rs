//! `cargo fuzz run extract`: see `entente_fuzzing::extract`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::extract(data));
