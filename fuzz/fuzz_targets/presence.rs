//! `cargo fuzz run presence`: see `entente_fuzzing::presence`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::presence(data));
