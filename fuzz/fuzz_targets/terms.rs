//! `cargo fuzz run terms`: see `entente_fuzzing::terms`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::terms(data));
