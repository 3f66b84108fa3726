//! `cargo fuzz run leaf`: see `entente_fuzzing::leaf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::leaf(data));
