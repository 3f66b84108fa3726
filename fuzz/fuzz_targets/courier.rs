//! `cargo fuzz run courier`: see `entente_fuzzing::courier`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::courier(data));
