//! `cargo fuzz run register`: see `entente_fuzzing::register`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::register(data));
