//! An authenticator app, as an officer has it on a phone: takes a secret as text and shows codes.

use entente_core::instant::Instant;
use entente_proof::totp;

/// The app, with one account in it.
#[derive(Clone, Debug)]
pub struct Authenticator {
    secret: Vec<u8>,
}

impl Authenticator {
    /// Takes a secret as it is typed: base32 (RFC 4648), without padding.
    ///
    /// # Panics
    /// If it is no secret that a node gives.
    #[must_use]
    pub fn with(base32: &str) -> Self {
        let value = |c: char| match c {
            'A'..='Z' => u32::from(c) - u32::from('A'),
            '2'..='7' => u32::from(c) - u32::from('2') + 26,
            other => panic!("{other} is not of base32"),
        };
        let bits: Vec<u32> = base32
            .chars()
            .flat_map(|c| (0..5).rev().map(move |n| value(c) >> n & 1))
            .collect();
        let byte = |bits: &[u32]| bits.iter().fold(0, |acc, bit| acc << 1 | bit);
        let secret: Vec<u8> = bits
            .chunks_exact(8)
            .filter_map(|bits| u8::try_from(byte(bits)).ok())
            .collect();
        assert_eq!(secret.len(), totp::SECRET, "bytes of a secret");
        Self { secret }
    }

    /// What it shows at this time.
    #[must_use]
    pub fn code(&self, now: Instant) -> String {
        self.code_after(now, 0)
    }

    /// What it shows so many steps later, or earlier.
    #[must_use]
    pub fn code_after(&self, now: Instant, steps: i64) -> String {
        totp::code(&self.secret, totp::step(now.0) + steps)
    }

    /// The secret.
    #[must_use]
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }
}
