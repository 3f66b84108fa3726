//! `cargo fuzz run session`: see `entente_fuzzing::session`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::session(data));
