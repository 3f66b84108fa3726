//! `cargo fuzz run ical`: see `entente_fuzzing::ical`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| entente_fuzzing::ical(data));
