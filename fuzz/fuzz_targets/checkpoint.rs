//! `cargo fuzz run checkpoint`: see `entente_fuzzing::checkpoint`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::checkpoint(data));
