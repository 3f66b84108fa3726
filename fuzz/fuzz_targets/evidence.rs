//! `cargo fuzz run evidence`: see `entente_fuzzing::evidence`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::evidence(data));
