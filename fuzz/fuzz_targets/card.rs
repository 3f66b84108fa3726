//! `cargo fuzz run card`: see `entente_fuzzing::card`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::card(data));
