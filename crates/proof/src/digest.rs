//! SHA-256 digests and domain-separated hashing.
//!
//! In scope: the [`Digest`] type, plain SHA-256 (FIPS 180-4), [`tagged`] hashing whose input can be
//! read in one way only, and the entry id. Not in scope: keyed hashing, Merkle nodes (see `merkle`).

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{self as backend, Context, SHA256};
use minicbor::decode::{Decoder, Error as DecodeError};
use minicbor::encode::{Encoder, Error as EncodeError, Write};

/// Domain of [`entry_id`].
pub const ENTRY_DOMAIN: &str = "entente/entry/1";

/// A SHA-256 digest, 32 bytes. CBOR form: byte string of 32 bytes. Text form: 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// A text that is not 64 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 hexadecimal digits")]
pub struct DigestParseError;

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest::from_backend(&backend::digest(&SHA256, bytes))
}

/// SHA-256 of bytes that come piece by piece.
#[derive(Clone)]
pub struct Running(Context);

impl Default for Running {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl Running {
    /// Goes on with these bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes together, equal to [`sha256`] of them.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest::from_backend(&self.0.finish())
    }
}

/// SHA-256 of length(domain) ‖ domain ‖ (length(part) ‖ part)*, lengths as 8 bytes big-endian.
///
/// Two different (domain, parts) never give the same input bytes.
#[must_use]
pub fn tagged(domain: &str, parts: &[&[u8]]) -> Digest {
    let mut context = Context::new(&SHA256);
    update_prefixed(&mut context, domain.as_bytes());
    for part in parts {
        update_prefixed(&mut context, part);
    }
    Digest::from_backend(&context.finish())
}

/// The id of an entry: tagged hash of its header bytes exactly as its author wrote them.
#[must_use]
pub fn entry_id(header_bytes: &[u8]) -> Digest {
    tagged(ENTRY_DOMAIN, &[header_bytes])
}

fn update_prefixed(context: &mut Context, bytes: &[u8]) {
    context.update(&(bytes.len() as u64).to_be_bytes());
    context.update(bytes);
}

impl Digest {
    /// Reads exactly 32 bytes; `None` for any other length.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn from_backend(digest: &backend::Digest) -> Self {
        Self::from_slice(digest.as_ref()).expect("SHA-256 gives 32 bytes")
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = DigestParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| DigestParseError)?;
        Ok(Self(bytes))
    }
}

impl<C> minicbor::Encode<C> for Digest {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Digest {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        Self::from_slice(d.bytes()?).ok_or_else(|| DecodeError::message("digest of a wrong length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sha256_of_abc_is_the_fips_example() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc").to_string(), expected);
        assert_eq!(expected.parse::<Digest>().unwrap(), sha256(b"abc"));
        assert_eq!("ba78".parse::<Digest>(), Err(DigestParseError));
    }

    #[test]
    fn tagged_is_the_documented_byte_string() {
        let mut input = Vec::new();
        for part in [&b"d"[..], b"ab", b""] {
            input.extend_from_slice(&(part.len() as u64).to_be_bytes());
            input.extend_from_slice(part);
        }
        assert_eq!(tagged("d", &[b"ab", b""]), sha256(&input));
        assert_ne!(tagged("d", &[b"a", b"b"]), tagged("d", &[b"ab", b""]));
        assert_ne!(tagged("d", &[b"ab"]), tagged("da", &[b"b"]));
    }

    #[test]
    fn entry_id_is_frozen() {
        // Computed apart, with another SHA-256.
        let expected = "864c60d8cf15c4acc7d92e40179ec17de08efb0134c716b55ec8494584692a8c";
        assert_eq!(entry_id(b"header").to_string(), expected);
        assert_ne!(entry_id(b"header"), sha256(b"header"));
    }

    proptest! {
        #[test]
        fn cbor_and_text_round_trip(bytes in any::<[u8; 32]>()) {
            let digest = Digest(bytes);
            let encoded = minicbor::to_vec(digest).unwrap();
            prop_assert_eq!(encoded.len(), 34);
            prop_assert_eq!(minicbor::decode::<Digest>(&encoded).unwrap(), digest);
            prop_assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
        }
    }
}
