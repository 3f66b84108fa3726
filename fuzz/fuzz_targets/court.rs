//! `cargo fuzz run court`: see `entente_fuzzing::court`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::court(data));
