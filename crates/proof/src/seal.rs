//! Sealing at rest: AES-256-GCM (NIST SP 800-38D) by aws-lc.
//!
//! In scope: sealing a small content, wrapping a key by a key, sealing a file in chunks that cannot be
//! moved, repeated or cut off (the STREAM construction: the nonce is chunk number and last flag).
//! The additional data binds a ciphertext to its [`cell`], so that rows cannot be exchanged.
//! The caller draws keys and nonces. Under one key a nonce must never repeat: a key that seals a file
//! in chunks seals that one file once and nothing else; other keys take random nonces.
//! Not in scope: sealing to a partner (see `sealing`), key storage.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::blame::Blame;
use crate::commit::CHUNK;

/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of the authentication tag.
pub const TAG: usize = 16;
/// Most bytes sealed at once: 16 MiB.
pub const MAX_PLAINTEXT: usize = 16 * 1024 * 1024;
/// Bytes of a wrapped key: nonce, key, tag.
pub const WRAPPED: usize = NONCE + 32 + TAG;

const SEAL_DOMAIN: &[u8] = b"entente/seal/1\n";
const WRAP_DOMAIN: &[u8] = b"entente/wrap/1\n";
const CHUNK_DOMAIN: &[u8] = b"entente/seal-chunk/1\n";

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Another key, another cell, or altered bytes; which of them is not known.
    #[error("sealed bytes do not open: other key, other place, or altered")]
    Open,
    /// More than [`MAX_PLAINTEXT`], or than a chunk.
    #[error("too large to seal")]
    TooLarge,
    /// The cryptographic library refused a key of the right size.
    #[error("cipher not available")]
    Backend,
}

impl SealError {
    /// What does not open is our store's fault; the rest is ours.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Open => Blame::Storage,
            Self::TooLarge | Self::Backend => Blame::OurBug,
        }
    }
}

/// A 256-bit key of one object, dossier or month. Zeroized on drop, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ObjectKey([u8; 32]);

impl ObjectKey {
    /// A key of 32 random bytes, which the caller brings.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the key store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> Result<LessSafeKey, SealError> {
        UnboundKey::new(&AES_256_GCM, &self.0)
            .map(LessSafeKey::new)
            .map_err(|_| SealError::Backend)
    }
}

impl PartialEq for ObjectKey {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for ObjectKey {}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObjectKey(hidden)")
    }
}

/// Additional data that names a cell: what kind of content, of which dossier and entry, at which index.
#[must_use]
pub fn cell(kind: &str, dossier: &[u8], entry: &[u8], index: u32) -> Vec<u8> {
    let mut aad = Vec::new();
    for part in [kind.as_bytes(), dossier, entry, &index.to_be_bytes()] {
        aad.extend_from_slice(&(part.len() as u64).to_be_bytes());
        aad.extend_from_slice(part);
    }
    aad
}

/// Seals; the result is nonce ‖ ciphertext ‖ tag.
///
/// # Errors
/// [`SealError::TooLarge`], [`SealError::Backend`].
pub fn seal(
    key: &ObjectKey,
    nonce: [u8; NONCE],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    seal_prefixed(key, nonce, &[SEAL_DOMAIN, aad].concat(), plaintext)
}

/// Opens what [`seal`] gave.
///
/// # Errors
/// [`SealError::Open`], [`SealError::TooLarge`], [`SealError::Backend`].
pub fn open(key: &ObjectKey, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    open_prefixed(key, &[SEAL_DOMAIN, aad].concat(), sealed)
}

/// Seals a key by a key-encryption key; the result has [`WRAPPED`] bytes.
///
/// # Errors
/// [`SealError::Backend`].
pub fn wrap(
    kek: &ObjectKey,
    key: &ObjectKey,
    aad: &[u8],
    nonce: [u8; NONCE],
) -> Result<Vec<u8>, SealError> {
    seal_prefixed(kek, nonce, &[WRAP_DOMAIN, aad].concat(), &key.0)
}

/// Opens what [`wrap`] gave.
///
/// # Errors
/// [`SealError::Open`], [`SealError::Backend`].
pub fn unwrap(kek: &ObjectKey, aad: &[u8], wrapped: &[u8]) -> Result<ObjectKey, SealError> {
    if wrapped.len() != WRAPPED {
        return Err(SealError::Open);
    }
    let bytes = Zeroizing::new(open_prefixed(kek, &[WRAP_DOMAIN, aad].concat(), wrapped)?);
    let key = bytes.as_slice().try_into().map_err(|_| SealError::Open)?;
    Ok(ObjectKey(key))
}

/// Seals chunk `index` of a file; `last` marks its end. The result is ciphertext ‖ tag.
///
/// # Errors
/// [`SealError::TooLarge`] beyond [`CHUNK`] bytes, [`SealError::Backend`].
pub fn seal_chunk(
    key: &ObjectKey,
    index: u64,
    last: bool,
    aad: &[u8],
    bytes: &[u8],
) -> Result<Vec<u8>, SealError> {
    if bytes.len() > CHUNK {
        return Err(SealError::TooLarge);
    }
    let aad = [CHUNK_DOMAIN, aad].concat();
    let mut sealed = Vec::with_capacity(bytes.len() + TAG);
    sealed.extend_from_slice(bytes);
    let nonce = Nonce::assume_unique_for_key(chunk_nonce(index, last));
    key.cipher()?
        .seal_in_place_append_tag(nonce, Aad::from(&aad), &mut sealed)
        .map_err(|_| SealError::Backend)?;
    Ok(sealed)
}

/// Opens what [`seal_chunk`] gave for the same index and last flag.
///
/// A reader must go on until a chunk opens as the last one; anything else is a cut file.
///
/// # Errors
/// [`SealError::Open`], [`SealError::TooLarge`], [`SealError::Backend`].
pub fn open_chunk(
    key: &ObjectKey,
    index: u64,
    last: bool,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, SealError> {
    if sealed.len() > CHUNK + TAG {
        return Err(SealError::TooLarge);
    }
    let aad = [CHUNK_DOMAIN, aad].concat();
    open_bytes(key, chunk_nonce(index, last), &aad, sealed)
}

/// Three zero bytes, the index in 8 bytes big-endian, 1 for the last chunk and 0 before.
fn chunk_nonce(index: u64, last: bool) -> [u8; NONCE] {
    let [a, b, c, d, e, f, g, h] = index.to_be_bytes();
    [0, 0, 0, a, b, c, d, e, f, g, h, u8::from(last)]
}

fn seal_prefixed(
    key: &ObjectKey,
    nonce: [u8; NONCE],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    if plaintext.len() > MAX_PLAINTEXT {
        return Err(SealError::TooLarge);
    }
    let mut body = plaintext.to_vec();
    let tag = key
        .cipher()?
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(aad),
            &mut body,
        )
        .map_err(|_| SealError::Backend)?;
    let mut sealed = Vec::with_capacity(NONCE + body.len() + TAG);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&body);
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

fn open_prefixed(key: &ObjectKey, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    if sealed.len() > NONCE + MAX_PLAINTEXT + TAG {
        return Err(SealError::TooLarge);
    }
    let (nonce, rest) = sealed.split_first_chunk().ok_or(SealError::Open)?;
    open_bytes(key, *nonce, aad, rest)
}

fn open_bytes(
    key: &ObjectKey,
    nonce: [u8; NONCE],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, SealError> {
    let mut bytes = sealed.to_vec();
    let nonce = Nonce::assume_unique_for_key(nonce);
    let length = key
        .cipher()?
        .open_in_place(nonce, Aad::from(aad), &mut bytes)
        .map_err(|_| SealError::Open)?
        .len();
    bytes.truncate(length);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> ObjectKey {
        ObjectKey::new([byte; 32])
    }

    /// Test case 14 of the GCM specification: zero key, zero nonce, one zero block, no further data.
    #[test]
    fn the_cipher_is_aes_256_gcm() {
        let sealed = {
            let mut block = vec![0; 16];
            let nonce = Nonce::assume_unique_for_key([0; NONCE]);
            key(0)
                .cipher()
                .unwrap()
                .seal_in_place_append_tag(nonce, Aad::empty(), &mut block)
                .unwrap();
            block
        };
        assert_eq!(
            hex::encode(sealed),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        );
    }

    #[test]
    fn a_ciphertext_opens_only_in_its_own_cell() {
        let aad = cell("body", b"dossier", b"entry", 0);
        let sealed = seal(&key(1), [9; NONCE], &aad, b"content").unwrap();
        assert_eq!(open(&key(1), &aad, &sealed).as_deref(), Ok(&b"content"[..]));
        for other in [
            cell("file", b"dossier", b"entry", 0),
            cell("body", b"dossie", b"rentry", 0),
            cell("body", b"dossier", b"other", 0),
            cell("body", b"dossier", b"entry", 1),
        ] {
            assert_eq!(open(&key(1), &other, &sealed), Err(SealError::Open));
        }
        assert_eq!(open(&key(2), &aad, &sealed), Err(SealError::Open));
        assert_eq!(unwrap(&key(1), &aad, &sealed), Err(SealError::Open));
    }

    #[test]
    fn every_altered_or_missing_byte_is_found() {
        let sealed = seal(&key(1), [9; NONCE], b"aad", b"content").unwrap();
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            assert_eq!(open(&key(1), b"aad", &altered), Err(SealError::Open));
            let cut = open(&key(1), b"aad", &sealed[..position]);
            assert_eq!(cut, Err(SealError::Open));
        }
    }

    #[test]
    fn keys_wrap_and_unwrap() {
        let wrapped = wrap(&key(1), &key(2), b"place", [3; NONCE]).unwrap();
        assert_eq!(wrapped.len(), WRAPPED);
        assert_eq!(unwrap(&key(1), b"place", &wrapped), Ok(key(2)));
        assert_eq!(
            unwrap(&key(1), b"elsewhere", &wrapped),
            Err(SealError::Open)
        );
        assert_eq!(unwrap(&key(3), b"place", &wrapped), Err(SealError::Open));
        assert_eq!(format!("{:?}", key(2)), "ObjectKey(hidden)");
    }

    #[test]
    fn chunks_cannot_be_moved_cut_or_extended() {
        let sealed = |index, last| seal_chunk(&key(1), index, last, b"file", b"chunk").unwrap();
        let middle = sealed(4, false);
        let opened = open_chunk(&key(1), 4, false, b"file", &middle);
        assert_eq!(opened.as_deref(), Ok(&b"chunk"[..]));
        for (index, last) in [(3, false), (5, false), (4, true)] {
            let moved = open_chunk(&key(1), index, last, b"file", &middle);
            assert_eq!(moved, Err(SealError::Open));
        }
        let extended = open_chunk(&key(1), 9, false, b"file", &sealed(9, true));
        assert_eq!(extended, Err(SealError::Open));
        let large = seal_chunk(&key(1), 0, true, b"", &vec![0; CHUNK + 1]);
        assert_eq!(large, Err(SealError::TooLarge));
        let large = open_chunk(&key(1), 0, true, b"", &vec![0; CHUNK + TAG + 1]);
        assert_eq!(large, Err(SealError::TooLarge));
    }

    #[test]
    fn chunk_nonces_all_differ() {
        assert_eq!(chunk_nonce(0, false), [0; NONCE]);
        assert_eq!(
            chunk_nonce(1 << 56 | 2, true),
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 1]
        );
    }

    proptest! {
        #[test]
        fn contents_round_trip(
            content in proptest::collection::vec(any::<u8>(), 0..2000),
            aad in proptest::collection::vec(any::<u8>(), 0..50),
            index in any::<u64>(),
            last in any::<bool>(),
        ) {
            let sealed = seal(&key(1), [5; NONCE], &aad, &content).unwrap();
            prop_assert_eq!(sealed.len(), NONCE + content.len() + TAG);
            prop_assert_eq!(open(&key(1), &aad, &sealed).unwrap(), content.clone());
            let chunk = seal_chunk(&key(1), index, last, &aad, &content).unwrap();
            prop_assert_eq!(open_chunk(&key(1), index, last, &aad, &chunk).unwrap(), content);
        }

        #[test]
        fn random_bytes_never_open(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(open(&key(1), b"", &bytes), Err(SealError::Open));
            prop_assert_eq!(unwrap(&key(1), b"", &bytes), Err(SealError::Open));
            prop_assert_eq!(open_chunk(&key(1), 0, true, b"", &bytes), Err(SealError::Open));
        }
    }
}
