//! `cargo fuzz run told`: see `entente_fuzzing::told`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::told(data));
