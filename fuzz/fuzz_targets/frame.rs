//! `cargo fuzz run frame`: see `entente_fuzzing::frame`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::frame(data));
