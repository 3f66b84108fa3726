//! `cargo fuzz run header`: see `entente_fuzzing::header`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::header(data));
