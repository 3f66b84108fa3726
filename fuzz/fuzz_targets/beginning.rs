//! `cargo fuzz run beginning`: see `entente_fuzzing::beginning`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::beginning(data));
