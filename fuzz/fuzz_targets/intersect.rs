//! `cargo fuzz run intersect`: see `entente_fuzzing::intersect`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::intersect(data));
