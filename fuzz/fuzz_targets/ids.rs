//! `cargo fuzz run ids`: see `entente_fuzzing::ids`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::ids(data));
