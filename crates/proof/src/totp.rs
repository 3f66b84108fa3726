//! One-time codes of an authenticator app: HMAC-SHA-1 over 30-second steps, six digits (RFC 4226, RFC 6238), as every such app makes them.
//!
//! SHA-1 is what the apps speak; HMAC does not rest on what was broken of it. In scope: the code of a step, which step a code is of, the
//! secret as people type it. Not in scope: remembering which steps were used, so that a code opens once.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{self, HMAC_SHA1_FOR_LEGACY_USE_ONLY};

/// Length of a step, in milliseconds.
pub const STEP_MS: i64 = 30_000;
/// Bytes of a secret: as many as the digest has (RFC 4226 section 4, R6).
pub const SECRET: usize = 20;
/// Digits of a code.
pub const DIGITS: usize = 6;
/// How many steps a clock may be off, either way (RFC 6238 section 5.2).
const DRIFT: i64 = 1;
/// Ten to the power of [`DIGITS`].
const CODES: u32 = 1_000_000;

/// The step of an instant, in milliseconds since 1970, UTC.
#[must_use]
pub fn step(at_ms: i64) -> i64 {
    at_ms.div_euclid(STEP_MS)
}

/// The code of a step.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    format!("{:06}", truncated(secret, step) % CODES)
}

/// The step that a code is of, among the present one and its neighbours, if it is later than the last one used.
#[must_use]
pub fn fitting(secret: &[u8], typed: &str, at_ms: i64, last: i64) -> Option<i64> {
    let now = step(at_ms);
    let fits = |step: &i64| {
        let ours = code(secret, *step);
        verify_slices_are_equal(ours.as_bytes(), typed.as_bytes()).is_ok()
    };
    (now - DRIFT..=now + DRIFT)
        .filter(|step| *step > last)
        .find(fits)
}

/// Dynamic truncation (RFC 4226 section 5.3): 31 bits from where the last four bits of the digest point.
fn truncated(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let digest = tag.as_ref();
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0xf);
    let four = digest.get(offset..).and_then(|rest| rest.first_chunk());
    u32::from_be_bytes(four.copied().unwrap_or_default()) & 0x7fff_ffff
}

/// Bytes in base32 without padding (RFC 4648 section 6), as apps take a secret that is typed.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |n: usize| {
        let byte = bytes.get(n / 8).copied().unwrap_or_default();
        byte >> (7 - n % 8) & 1
    };
    let letter = |group: usize| {
        let value = (0..5).fold(0, |acc, n| acc << 1 | bit(group * 5 + n));
        LETTERS.get(usize::from(value)).copied().map(char::from)
    };
    (0..(bytes.len() * 8).div_ceil(5))
        .filter_map(letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET_OF_THE_RFCS: &[u8] = b"12345678901234567890";

    /// RFC 4226, appendix D.
    #[test]
    fn counters_of_rfc_4226() {
        let wanted = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (counter, wanted) in (0..).zip(wanted) {
            assert_eq!(code(SECRET_OF_THE_RFCS, counter), wanted, "{counter}");
        }
    }

    /// RFC 6238, appendix B, whose codes have eight digits.
    #[test]
    fn instants_of_rfc_6238() {
        for (seconds, wanted) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let truncated = truncated(SECRET_OF_THE_RFCS, step(seconds * 1_000));
            assert_eq!(truncated % 100_000_000, wanted, "{seconds}");
        }
    }

    #[test]
    fn a_code_fits_its_step_and_its_neighbours_and_no_step_that_was_used() {
        let at = 1_800_000_000_000;
        let now = step(at);
        for off in -3..=3 {
            let typed = code(SECRET_OF_THE_RFCS, now + off);
            let found = fitting(SECRET_OF_THE_RFCS, &typed, at, i64::MIN);
            assert_eq!(found, (off.abs() <= 1).then_some(now + off), "{off}");
        }
        let typed = code(SECRET_OF_THE_RFCS, now);
        for (last, fits) in [(now - 1, true), (now, false), (now + 1, false)] {
            let found = fitting(SECRET_OF_THE_RFCS, &typed, at, last);
            assert_eq!(found.is_some(), fits, "{last}");
        }
        for wrong in ["", "00000", "0000000", "abcdef", "٠٠٠٠٠٠"] {
            assert_eq!(fitting(SECRET_OF_THE_RFCS, wrong, at, 0), None, "{wrong}");
        }
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_of_rfc_4648() {
        for (bytes, wanted) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), wanted);
        }
    }
}
