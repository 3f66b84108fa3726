//! `cargo fuzz run compromise`: see `entente_fuzzing::compromise`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::compromise(data));
