//! `cargo fuzz run declaration`: see `entente_fuzzing::declaration`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::declaration(data));
