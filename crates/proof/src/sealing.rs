//! Sealing to a partner's key: HPKE (RFC 9180, base mode) with the hybrid post-quantum KEM X-Wing (ML-KEM-768 and X25519),
//! HKDF-SHA256 and ChaCha20-Poly1305, by the crate `hpke`.
//!
//! In scope: key pairs and their ids, a context that seals a sequence of segments and one that opens it in the same order. A
//! segment that was altered, moved, left out or taken from another sequence does not open. Whoever reads the traffic today and
//! owns a quantum computer later must break X25519 **and** ML-KEM. Not in scope: who sealed (courier bundles are signed, see
//! `link::courier`), how long a key is used (`app`).

use std::convert::Infallible;
use std::fmt;

use hpke::aead::{AeadCtxR, AeadCtxS, ChaCha20Poly1305};
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::blame::Blame;
use crate::digest::tagged;

/// Bytes of a public sealing key: ML-KEM-768 (1184) and X25519 (32).
pub const PUBLIC: usize = 1216;
/// Bytes of an encapsulated key.
pub const ENCAPPED: usize = 1120;
/// Bytes of the secret half: a seed.
pub const SEED: usize = 32;
/// Random bytes that one encapsulation takes.
pub const ENCAP_RANDOM: usize = 64;
/// Bytes that sealing adds to each segment.
pub const TAG: usize = 16;
/// Domain of [`SealingPublic::id`].
pub const KEY_ID_DOMAIN: &str = "entente/sealing-key/1";

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// Not a public key of this suite.
    #[error("this is no sealing key")]
    Key,
    /// Not an encapsulated key of this suite.
    #[error("this is no encapsulated key")]
    Encapsulated,
    /// Another key, another place in the sequence, another context, or altered bytes; which of them is not known.
    #[error("sealed bytes do not open: other key, other place, or altered")]
    Open,
    /// The library refused to seal.
    #[error("sealing failed")]
    Backend,
}

impl SealingError {
    /// Malformed bytes, but for a refusal of the library.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Key | Self::Encapsulated | Self::Open => Blame::Malformed,
            Self::Backend => Blame::OurBug,
        }
    }
}

/// Names a sealing key: the first 16 bytes of the tagged hash of its public half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 16]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The secret half of a sealing key. Zeroized on drop, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SealingKey([u8; SEED]);

impl SealingKey {
    /// The key of a seed of random bytes, which the caller brings.
    #[must_use]
    pub fn from_seed(seed: [u8; SEED]) -> Self {
        Self(seed)
    }

    /// The public half.
    ///
    /// # Errors
    /// [`SealingError::Backend`]: not for a seed of the right length.
    pub fn public(&self) -> Result<SealingPublic, SealingError> {
        let public = XWing::sk_to_pk(&self.secret()?);
        Ok(SealingPublic(public.to_bytes().to_vec()))
    }

    fn secret(&self) -> Result<<XWing as Kem>::PrivateKey, SealingError> {
        <XWing as Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| SealingError::Backend)
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(hidden)")
    }
}

/// The public half of a sealing key.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingPublic(Vec<u8>);

impl SealingPublic {
    /// Reads a public key; one whose ML-KEM part is not reduced is refused (FIPS 203 section 7.2).
    ///
    /// # Errors
    /// [`SealingError::Key`].
    pub fn parse(bytes: &[u8]) -> Result<Self, SealingError> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).map_err(|_| SealingError::Key)?;
        Ok(Self(bytes.to_vec()))
    }

    /// The [`PUBLIC`] bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key's id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let digest = tagged(KEY_ID_DOMAIN, &[&self.0]);
        let mut id = [0; 16];
        id.iter_mut()
            .zip(digest.0)
            .for_each(|(to, from)| *to = from);
        KeyId(id)
    }
}

impl fmt::Debug for SealingPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingPublic({})", self.id())
    }
}

/// Seals segments in order.
pub struct Sealer(AeadCtxS<ChaCha20Poly1305, HkdfSha256, XWing>);

impl Sealer {
    /// A context towards a public key, and the encapsulated key that its owner needs. `info` binds what both sides know of the
    /// sequence; `random` is used for this one context and never again.
    ///
    /// # Errors
    /// [`SealingError::Key`].
    pub fn new(
        to: &SealingPublic,
        info: &[u8],
        random: [u8; ENCAP_RANDOM],
    ) -> Result<(Self, Vec<u8>), SealingError> {
        let key = <XWing as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| SealingError::Key)?;
        let (encapped, context) = hpke::setup_sender_with_rng::<_, _, XWing>(
            &OpModeS::Base,
            &key,
            info,
            &mut Given::new(random),
        )
        .map_err(|_| SealingError::Backend)?;
        Ok((Self(context), encapped.to_bytes().to_vec()))
    }

    /// Seals the next segment; `aad` is authenticated with it.
    ///
    /// # Errors
    /// [`SealingError::Backend`].
    pub fn seal(&mut self, aad: &[u8], segment: &[u8]) -> Result<Vec<u8>, SealingError> {
        self.0.seal(segment, aad).map_err(|_| SealingError::Backend)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(hidden)")
    }
}

/// Opens segments in the order in which they were sealed.
pub struct Opener(AeadCtxR<ChaCha20Poly1305, HkdfSha256, XWing>);

impl Opener {
    /// The context of an encapsulated key. A wrong key is found at the first segment.
    ///
    /// # Errors
    /// [`SealingError::Encapsulated`], [`SealingError::Backend`].
    pub fn new(key: &SealingKey, encapped: &[u8], info: &[u8]) -> Result<Self, SealingError> {
        if encapped.len() != ENCAPPED {
            return Err(SealingError::Encapsulated);
        }
        let encapped = <XWing as Kem>::EncappedKey::from_bytes(encapped)
            .map_err(|_| SealingError::Encapsulated)?;
        hpke::setup_receiver(&OpModeR::Base, &key.secret()?, &encapped, info)
            .map(Self)
            .map_err(|_| SealingError::Encapsulated)
    }

    /// Opens the next segment. After a failure the next attempt is for the same place.
    ///
    /// # Errors
    /// [`SealingError::Open`].
    pub fn open(&mut self, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealingError> {
        self.0.open(sealed, aad).map_err(|_| SealingError::Open)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener(hidden)")
    }
}

/// The caller's random bytes as the generator that the library wants. X-Wing draws exactly [`ENCAP_RANDOM`] bytes once; whatever
/// more another version drew would be derived from them, never repeated.
struct Given {
    bytes: [u8; ENCAP_RANDOM],
    used: usize,
    blocks: u64,
}

impl Given {
    fn new(bytes: [u8; ENCAP_RANDOM]) -> Self {
        Self {
            bytes,
            used: 0,
            blocks: 0,
        }
    }

    fn byte(&mut self) -> u8 {
        if self.used == ENCAP_RANDOM {
            self.blocks += 1;
            let next = |half: u8| {
                tagged(
                    "entente/sealing-random/1",
                    &[&self.bytes, &self.blocks.to_be_bytes(), &[half]],
                )
            };
            let block: Vec<u8> = [next(0).0, next(1).0].concat();
            self.bytes
                .iter_mut()
                .zip(block)
                .for_each(|(to, from)| *to = from);
            self.used = 0;
        }
        let byte = self.bytes.get(self.used).copied().unwrap_or_default();
        self.used += 1;
        byte
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.iter_mut().for_each(|byte| *byte = self.byte());
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &[u8] = b"test";

    fn pair(info: &[u8]) -> (Sealer, Opener) {
        let key = SealingKey::from_seed([7; SEED]);
        let public = key.public().unwrap();
        let (sealer, encapped) = Sealer::new(&public, INFO, [9; ENCAP_RANDOM]).unwrap();
        assert_eq!(encapped.len(), ENCAPPED);
        (sealer, Opener::new(&key, &encapped, info).unwrap())
    }

    #[test]
    fn segments_open_in_their_order_only() {
        let (mut sealer, mut opener) = pair(INFO);
        let sealed: Vec<Vec<u8>> = (0..3u8)
            .map(|n| sealer.seal(&[n], &[n; 100]).unwrap())
            .collect();
        assert_eq!(sealed[0].len(), 100 + TAG);
        assert_eq!(opener.open(&[1], &sealed[1]), Err(SealingError::Open));
        assert_eq!(opener.open(&[0], &sealed[0]), Ok(vec![0; 100]));
        assert_eq!(opener.open(&[0], &sealed[0]), Err(SealingError::Open));
        assert_eq!(
            opener.open(&[0], &sealed[1]),
            Err(SealingError::Open),
            "other aad"
        );
        assert_eq!(opener.open(&[1], &sealed[1]), Ok(vec![1; 100]));
        for position in 0..sealed[2].len() {
            let mut altered = sealed[2].clone();
            altered[position] ^= 1;
            assert_eq!(opener.open(&[2], &altered), Err(SealingError::Open));
        }
        assert_eq!(opener.open(&[2], &sealed[2]), Ok(vec![2; 100]));
    }

    #[test]
    fn another_context_another_key_and_malformed_keys_are_refused() {
        let (mut sealer, mut opener) = pair(b"other");
        let sealed = sealer.seal(b"", b"content").unwrap();
        assert_eq!(opener.open(b"", &sealed), Err(SealingError::Open));
        let key = SealingKey::from_seed([7; SEED]);
        let (mut sealer, encapped) =
            Sealer::new(&key.public().unwrap(), INFO, [9; ENCAP_RANDOM]).unwrap();
        let sealed = sealer.seal(b"", b"content").unwrap();
        let stranger = SealingKey::from_seed([8; SEED]);
        let mut opener = Opener::new(&stranger, &encapped, INFO).unwrap();
        assert_eq!(opener.open(b"", &sealed), Err(SealingError::Open));
        for cut in [0, 1, ENCAPPED - 1] {
            let refused = Opener::new(&key, &encapped[..cut], INFO);
            assert!(matches!(refused, Err(SealingError::Encapsulated)), "{cut}");
        }
        assert_eq!(
            SealingPublic::parse(&[0; PUBLIC - 1]),
            Err(SealingError::Key)
        );
        // Not reduced modulo q: refused, so that a key names one set of bytes only.
        assert_eq!(
            SealingPublic::parse(&[0xff; PUBLIC]),
            Err(SealingError::Key)
        );
        let public = key.public().unwrap();
        assert_eq!(SealingPublic::parse(public.as_bytes()), Ok(public.clone()));
        assert_ne!(public.id(), stranger.public().unwrap().id());
        assert_eq!(format!("{key:?}"), "SealingKey(hidden)");
    }

    #[test]
    fn randomness_comes_from_the_caller_and_never_repeats() {
        let public = SealingKey::from_seed([7; SEED]).public().unwrap();
        let encapped = |random| Sealer::new(&public, INFO, random).unwrap().1;
        assert_eq!(encapped([1; ENCAP_RANDOM]), encapped([1; ENCAP_RANDOM]));
        assert_ne!(encapped([1; ENCAP_RANDOM]), encapped([2; ENCAP_RANDOM]));
        let mut given = Given::new([5; ENCAP_RANDOM]);
        let mut drawn = vec![0; ENCAP_RANDOM * 3];
        given.try_fill_bytes(&mut drawn).unwrap();
        assert_eq!(drawn[..ENCAP_RANDOM], [5; ENCAP_RANDOM]);
        assert_ne!(
            drawn[ENCAP_RANDOM..ENCAP_RANDOM * 2],
            drawn[ENCAP_RANDOM * 2..]
        );
        assert_ne!(drawn[..ENCAP_RANDOM], drawn[ENCAP_RANDOM..ENCAP_RANDOM * 2]);
    }
}
