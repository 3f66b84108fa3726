//! `cargo fuzz run bundle`: see `entente_fuzzing::bundle`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::bundle(data));
