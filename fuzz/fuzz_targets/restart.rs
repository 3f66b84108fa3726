//! `cargo fuzz run restart`: see `entente_fuzzing::restart`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::restart(data));
