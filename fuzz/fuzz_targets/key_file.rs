//! `cargo fuzz run key_file`: see `entente_fuzzing::key_file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::key_file(data));
