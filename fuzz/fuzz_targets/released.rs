//! `cargo fuzz run released`: see `entente_fuzzing::released`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::released(data));
