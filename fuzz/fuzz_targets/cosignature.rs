//! `cargo fuzz run cosignature`: see `entente_fuzzing::cosignature`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::cosignature(data));
