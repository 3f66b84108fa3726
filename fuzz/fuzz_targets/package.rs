//! `cargo fuzz run package`: see `entente_fuzzing::package`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::package(data));
