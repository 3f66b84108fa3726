//! `cargo fuzz run body`: see `entente_fuzzing::body`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::body(data));
