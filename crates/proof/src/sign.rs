//! Ed25519 signatures with one acceptance rule for every node.
//!
//! **The rule.** A signature (R, S) of message M by key A is accepted if and only if all hold:
//! 1. S, little-endian, is below the group order L;
//! 2. the encodings of A and R are canonical points (RFC 8032 section 5.1.3: y below p, no negative zero);
//! 3. neither A nor R is of small order (none of the eight torsion points);
//! 4. the cofactorless equation holds: encode(S·B − k·A) = R byte for byte, with
//!    k = SHA-512(R ‖ A ‖ M) mod L.
//!
//! Implementations differ on 2 and 3 and on the cofactor. Two nodes that differ would disagree for
//! ever on what is in a register, so the rule is written out here and tested on all cases of C2SP/CCTV.
//! aws-lc checks 1, 4 and, by comparing bytes, the canonical form of R; [`VerifyingKey::parse`] checks A
//! once; [`VerifyingKey::verify`] checks R. Not in scope: batch verification (it may disagree).

use std::fmt;
use std::sync::LazyLock;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::CompressedEdwardsY;
use minicbor::decode::{Decoder, Error as DecodeError};
use minicbor::encode::{Encoder, Error as EncodeError, Write};
use zeroize::Zeroizing;

use crate::blame::Blame;

/// The canonical encodings of the eight points of small order.
static SMALL_ORDER: LazyLock<[[u8; 32]; 8]> =
    LazyLock::new(|| EIGHT_TORSION.map(|point| point.compress().to_bytes()));

/// p = 2^255 - 19, little-endian.
const FIELD_PRIME: [u8; 32] = {
    let mut p = [0xff; 32];
    p[0] = 0xed;
    p[31] = 0x7f;
    p
};

/// L = 2^252 + 27742317777372353535851937790883648493, little-endian.
const GROUP_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Why a key or signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key is not the canonical encoding of a curve point.
    #[error("public key is not a canonical curve point")]
    KeyEncoding,
    /// The key is a point of small order.
    #[error("public key is of small order")]
    KeySmallOrder,
    /// R is not canonically encoded, or S is not below the group order.
    #[error("signature is not canonically encoded")]
    SignatureEncoding,
    /// R is a point of small order.
    #[error("signature point is of small order")]
    SignatureSmallOrder,
    /// The equation does not hold: another key, another message, or an altered signature.
    #[error("signature does not match")]
    Mismatch,
}

impl SignError {
    /// Encodings are malformed; a signature that does not match is the peer's deviation.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::KeyEncoding | Self::SignatureEncoding => Blame::Malformed,
            Self::KeySmallOrder | Self::SignatureSmallOrder | Self::Mismatch => Blame::PeerDeviates,
        }
    }
}

/// An Ed25519 signing key. The seed is zeroized on drop and never printed.
pub struct SigningKey {
    seed: Zeroizing<[u8; 32]>,
    pair: Ed25519KeyPair,
    public: VerifyingKey,
}

/// An Ed25519 public key that passed the key part of the rule. CBOR form: byte string of 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyingKey([u8; 32]);

/// An Ed25519 signature, R ‖ S. CBOR form: byte string of 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature(pub [u8; 64]);

impl SigningKey {
    /// The key of a 32-byte random seed (RFC 8032 section 5.1.5); the caller brings the randomness.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref())
            .expect("every 32 bytes are an Ed25519 seed");
        let public = pair
            .public_key()
            .as_ref()
            .try_into()
            .map(VerifyingKey)
            .expect("an Ed25519 public key has 32 bytes");
        Self { seed, pair, public }
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        self.public
    }

    /// The seed, for the key store; the caller must wrap it before it leaves memory.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// Signs the message; the same message always gives the same signature (RFC 8032).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        let signature = self.pair.sign(message);
        Signature::from_slice(signature.as_ref()).expect("an Ed25519 signature has 64 bytes")
    }
}

impl Clone for SigningKey {
    fn clone(&self) -> Self {
        Self::from_seed(*self.seed)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(hidden, public {:?})", self.public)
    }
}

impl VerifyingKey {
    /// Checks the key once: canonical, on the curve, not of small order.
    ///
    /// # Errors
    /// [`SignError::KeyEncoding`] or [`SignError::KeySmallOrder`].
    pub fn parse(bytes: [u8; 32]) -> Result<Self, SignError> {
        let point = CompressedEdwardsY(bytes)
            .decompress()
            .ok_or(SignError::KeyEncoding)?;
        if point.compress().to_bytes() != bytes {
            return Err(SignError::KeyEncoding);
        }
        if point.is_small_order() {
            return Err(SignError::KeySmallOrder);
        }
        Ok(Self(bytes))
    }

    /// The 32 bytes of RFC 8032.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Applies the rule of this module.
    ///
    /// # Errors
    /// [`SignError::SignatureEncoding`], [`SignError::SignatureSmallOrder`] or [`SignError::Mismatch`].
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), SignError> {
        let (r, s) = signature.halves();
        let mut y = r;
        y[31] &= 0x7f;
        if !below(&s, &GROUP_ORDER) || !below(&y, &FIELD_PRIME) {
            return Err(SignError::SignatureEncoding);
        }
        // "Negative zero" needs no case of its own: aws-lc compares R with a canonical encoding.
        if SMALL_ORDER.contains(&r) {
            return Err(SignError::SignatureSmallOrder);
        }
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(message, &signature.0)
            .map_err(|_| SignError::Mismatch)
    }
}

impl Signature {
    /// Reads exactly 64 bytes; `None` for any other length.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn halves(&self) -> ([u8; 32], [u8; 32]) {
        let (mut r, mut s) = ([0; 32], [0; 32]);
        let (first, second) = self.0.split_at(32);
        r.copy_from_slice(first);
        s.copy_from_slice(second);
        (r, s)
    }
}

/// Compares two little-endian numbers; both are public.
fn below(number: &[u8; 32], bound: &[u8; 32]) -> bool {
    number.iter().rev().lt(bound.iter().rev())
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", hex::encode(self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({})", hex::encode(self.0))
    }
}

impl<C> minicbor::Encode<C> for VerifyingKey {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for VerifyingKey {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        let bytes = d.bytes()?.try_into();
        bytes
            .ok()
            .and_then(|bytes| Self::parse(bytes).ok())
            .ok_or_else(|| DecodeError::message("not an acceptable Ed25519 key"))
    }
}

impl<C> minicbor::Encode<C> for Signature {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Signature {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        Self::from_slice(d.bytes()?)
            .ok_or_else(|| DecodeError::message("signature of a wrong length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc8032_test_1_signs_and_verifies() {
        let seed = hex::decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let key = SigningKey::from_seed(seed.unwrap().try_into().unwrap());
        assert_eq!(
            hex::encode(key.verifying_key().as_bytes()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        let signature = key.sign(b"");
        assert!(hex::encode(signature.0).starts_with("e5564300c360ac729086e2cc806e828a"));
        assert_eq!(key.verifying_key().verify(b"", &signature), Ok(()));
        assert_eq!(
            key.verifying_key().verify(b"x", &signature),
            Err(SignError::Mismatch)
        );
    }

    #[test]
    fn debug_hides_the_seed() {
        let key = SigningKey::from_seed([7; 32]);
        assert!(!format!("{key:?}").contains("0707"));
        assert_eq!(key.clone().sign(b"m"), key.sign(b"m"));
    }

    #[test]
    fn every_single_bit_of_a_signature_counts() {
        let key = SigningKey::from_seed([7; 32]);
        let signature = key.sign(b"message");
        for bit in 0..512 {
            let mut altered = signature;
            altered.0[bit / 8] ^= 1 << (bit % 8);
            assert!(key.verifying_key().verify(b"message", &altered).is_err());
        }
    }

    #[test]
    fn s_plus_l_is_refused_as_encoding() {
        let key = SigningKey::from_seed([7; 32]);
        let mut signature = key.sign(b"message");
        let mut carry = 0_u16;
        for (byte, order) in signature.0[32..].iter_mut().zip(GROUP_ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            *byte = (sum & 0xff).try_into().unwrap();
            carry = sum >> 8;
        }
        assert_eq!(
            key.verifying_key().verify(b"message", &signature),
            Err(SignError::SignatureEncoding)
        );
    }

    /// The CCTV cases have non-canonical keys of small order only; these are the other ones.
    #[test]
    fn keys_with_y_at_or_above_p_are_refused_as_encoding() {
        let mut points = 0;
        for above in 0..19_u8 {
            let mut wide = FIELD_PRIME;
            wide[0] += above;
            let mut reduced = [0; 32];
            reduced[0] = above;
            assert_eq!(VerifyingKey::parse(wide), Err(SignError::KeyEncoding));
            points += u32::from(VerifyingKey::parse(reduced).is_ok());
        }
        assert!(points > 0, "no point would have been accepted anyway");
    }
}
