//! The bytes of `node.keys` in its three forms: the secrets in clear, or sealed under a key that a passphrase or a token gives.
//!
//! Pure: bytes in, bytes out. In scope: what a wrapped file says of how it is opened, its seal, and stretching a passphrase (Argon2id, by
//! the parameters that the file states). The head of a wrapped file is authenticated with the seal, so that an altered one opens to nothing.
//! Not in scope: where passphrases come from, tokens, and putting a file in the place of another (`entente_node::keys`).
//!
//! A passphrase that is wrong and a file that is altered are told apart by a digest of the key in the head. It helps a guesser nothing: the
//! seal itself tells as much.

use crate::env::NodeKeys;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use entente_proof::digest::tagged;
use entente_proof::seal::{self, NONCE, ObjectKey};
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, Zeroizing};

/// How a wrapped file begins; the number grows with the form.
const WRAPPED: &str = "entente-wrapped-keys/1";
/// What the forms of key files begin with, up to their number, and the newest number that this version reads.
const FAMILIES: [(&str, u32); 2] = [
    ("entente-keys/", crate::env::NEWEST_SEED_FILE),
    ("entente-wrapped-keys/", 1),
];
/// Largest key file, in bytes: checked before anything is decoded.
pub const MAX_KEY_FILE: usize = 64 * 1_024;
/// Largest memory that a file may ask for to stretch a passphrase: 1 GiB, in KiB.
pub const MOST_MEMORY_KIB: u32 = 1 << 20;
/// Most passes over it, and most lanes.
pub const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 16;
/// Longest text of a token's description, and longest wrapped key (RSA of 16,384 bits), in bytes.
const MOST_TEXT: usize = 4_096;
/// Domain of [`Wrapped::check`].
const CHECK_DOMAIN: &str = "entente/key-check/1";

/// Why a key file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Not the bytes of a key file, or cut off.
    #[error("this is no key file, or only a part of one")]
    Damaged,
    /// A form that this version does not know.
    #[error("this key file was written by a newer version")]
    Newer,
    /// Another passphrase or token key than the one it was sealed with.
    #[error("another passphrase, or another key of the token")]
    Secret,
    /// The right key, and bytes that were changed.
    #[error("this key file was altered")]
    Altered,
    /// More work than any file of ours asks for.
    #[error("this key file asks for more memory or time than any of ours does")]
    Greedy,
    /// This machine has not as much memory as the file asks for.
    #[error("there is not enough memory to stretch the passphrase")]
    Memory,
    /// A library refused what it never refuses.
    #[error("internal error in sealing a key file")]
    Backend,
}

/// How a passphrase becomes a key: Argon2id (RFC 9106).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stretch {
    /// Random, 16 bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub salt: [u8; 16],
    /// Memory, in KiB.
    #[n(1)]
    pub memory_kib: u32,
    /// Passes over it.
    #[n(2)]
    pub passes: u32,
    /// Lanes.
    #[n(3)]
    pub lanes: u32,
}

impl Stretch {
    /// The key of a passphrase. Takes as long as the parameters say.
    ///
    /// # Errors
    /// [`KeyFileError::Greedy`] before anything is reserved, [`KeyFileError::Memory`], [`KeyFileError::Damaged`] for parameters that Argon2
    /// does not have.
    pub fn key(&self, passphrase: &str) -> Result<ObjectKey, KeyFileError> {
        let greedy = self.memory_kib > MOST_MEMORY_KIB
            || self.passes > MOST_PASSES
            || self.lanes > MOST_LANES;
        if greedy {
            return Err(KeyFileError::Greedy);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let argon2 = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            params.map_err(|_| KeyFileError::Damaged)?,
        );
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(argon2.params().block_count())
            .map_err(|_| KeyFileError::Memory)?;
        memory.resize(argon2.params().block_count(), Block::new());
        let mut out = Zeroizing::new([0; 32]);
        argon2
            .hash_password_into_with_memory(
                passphrase.as_bytes(),
                &self.salt,
                &mut out[..],
                &mut memory,
            )
            .map_err(|_| KeyFileError::Backend)?;
        // The last block is what the key was read from.
        if let Some(last) = memory.last_mut() {
            *last = Block::new();
        }
        Ok(ObjectKey::new(*out))
    }
}

/// What a token does with the key of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum TokenCipher {
    /// AES-GCM by a secret key of the token: nonce of 12 bytes, then what the token gave.
    #[n(0)]
    AesGcm,
    /// RSA-OAEP with SHA-1 and MGF1-SHA-1, the one form that every token has: OAEP needs no resistance to collisions.
    #[n(1)]
    RsaOaep,
}

/// Which key of which token opens a file.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TokenKey {
    /// Path of the module, the token's library.
    #[n(0)]
    pub module: String,
    /// Label of the token.
    #[n(1)]
    pub token: String,
    /// Label of the key.
    #[n(2)]
    pub object: String,
    /// Identifier of the key (CKA_ID); empty: the label says enough.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub id: Vec<u8>,
    /// What the token does.
    #[n(4)]
    pub cipher: TokenCipher,
    /// The key of the file as the token wrapped it.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub wrapped: Vec<u8>,
}

impl TokenKey {
    fn is_bounded(&self) -> bool {
        let texts = [&self.module, &self.token, &self.object];
        texts.iter().all(|text| text.len() <= MOST_TEXT)
            && self.id.len() <= MOST_TEXT
            && self.wrapped.len() <= MOST_TEXT
    }
}

/// What a file is wrapped by.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum WrappedBy {
    /// A passphrase.
    #[n(0)]
    Passphrase(#[n(0)] Stretch),
    /// A key in a PKCS#11 token.
    #[n(1)]
    Token(#[n(0)] TokenKey),
}

/// The secrets of a node, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Wrapped {
    #[n(0)]
    form: String,
    /// What opens it.
    #[n(1)]
    pub by: WrappedBy,
    /// Names the key without telling it.
    #[cbor(n(2), with = "minicbor::bytes")]
    check: [u8; 16],
    #[cbor(n(3), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

impl Wrapped {
    /// Seals a node's secrets. `nonce` is random.
    ///
    /// # Errors
    /// [`KeyFileError::Backend`].
    pub fn seal(
        keys: &NodeKeys,
        by: WrappedBy,
        key: &ObjectKey,
        nonce: [u8; NONCE],
    ) -> Result<Self, KeyFileError> {
        let plain = keys.to_seed_file_bytes();
        let check = check(key);
        let sealed = seal::seal(key, nonce, &head(&by, &check), &plain);
        Ok(Self {
            form: WRAPPED.to_owned(),
            by,
            check,
            sealed: sealed.map_err(|_| KeyFileError::Backend)?,
        })
    }

    /// The secrets, by the key that they were sealed with.
    ///
    /// # Errors
    /// [`KeyFileError::Secret`], [`KeyFileError::Altered`].
    pub fn open(&self, key: &ObjectKey) -> Result<NodeKeys, KeyFileError> {
        if check(key) != self.check {
            return Err(KeyFileError::Secret);
        }
        let plain = seal::open(key, &head(&self.by, &self.check), &self.sealed);
        let plain = Zeroizing::new(plain.map_err(|_| KeyFileError::Altered)?);
        NodeKeys::from_seed_file_bytes(&plain).map_err(|_| KeyFileError::Newer)
    }

    /// The bytes of the file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap_or_default()
    }
}

/// A key file as it was read.
#[derive(Debug)]
pub enum KeyFile {
    /// In clear.
    Open(Box<NodeKeys>),
    /// To be opened by a passphrase or a token.
    Wrapped(Box<Wrapped>),
}

impl KeyFile {
    /// Reads a key file of any form.
    ///
    /// # Errors
    /// [`KeyFileError::Damaged`], [`KeyFileError::Newer`].
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyFileError> {
        if bytes.len() > MAX_KEY_FILE {
            return Err(KeyFileError::Damaged);
        }
        let form = form(bytes).ok_or(KeyFileError::Damaged)?;
        if form == WRAPPED {
            let wrapped: Wrapped = whole(bytes)?;
            let bounded = match &wrapped.by {
                WrappedBy::Passphrase(_) => true,
                WrappedBy::Token(token) => token.is_bounded(),
            };
            return bounded
                .then(|| Self::Wrapped(Box::new(wrapped)))
                .ok_or(KeyFileError::Damaged);
        }
        if let Ok(keys) = NodeKeys::from_seed_file_bytes(bytes) {
            return Ok(Self::Open(Box::new(keys)));
        }
        match is_newer(form) {
            true => Err(KeyFileError::Newer),
            false => Err(KeyFileError::Damaged),
        }
    }
}

/// The text at the first place of the map, which names the form.
fn form(bytes: &[u8]) -> Option<&str> {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.map().ok()?;
    (decoder.u8().ok()? == 0).then(|| decoder.str().ok())?
}

/// Whether a form has one of our names and a number that this version does not have.
fn is_newer(form: &str) -> bool {
    FAMILIES.iter().any(|(name, newest)| {
        let number = form.strip_prefix(name);
        let number = number.and_then(|digits| digits.parse::<u32>().ok());
        number.is_some_and(|number| number > *newest)
    })
}

fn whole(bytes: &[u8]) -> Result<Wrapped, KeyFileError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let wrapped = decoder.decode().map_err(|_| KeyFileError::Damaged)?;
    match decoder.position() == bytes.len() {
        true => Ok(wrapped),
        false => Err(KeyFileError::Damaged),
    }
}

fn check(key: &ObjectKey) -> [u8; 16] {
    let mut digest = tagged(CHECK_DOMAIN, &[key.as_bytes()]).0;
    let mut out = [0; 16];
    out.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    digest.zeroize();
    out
}

/// What the seal is bound to: all that is outside of it.
fn head(by: &WrappedBy, check: &[u8; 16]) -> Vec<u8> {
    let by = minicbor::to_vec(by).unwrap_or_default();
    seal::cell(WRAPPED, &by, check, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Random;

    struct Counting;

    impl Random for Counting {
        fn fill(&self, out: &mut [u8]) {
            for (place, byte) in out.iter_mut().enumerate() {
                *byte = u8::try_from(place % 251).unwrap();
            }
        }
    }

    fn stretch() -> Stretch {
        Stretch {
            salt: [7; 16],
            memory_kib: 64,
            passes: 2,
            lanes: 1,
        }
    }

    fn keys() -> NodeKeys {
        NodeKeys::from_seed_file_bytes(&NodeKeys::generate(&Counting)).unwrap()
    }

    fn wrapped() -> Wrapped {
        let key = stretch().key("a passphrase of six words").unwrap();
        let by = WrappedBy::Passphrase(stretch());
        Wrapped::seal(&keys(), by, &key, [3; NONCE]).unwrap()
    }

    fn read(bytes: &[u8]) -> Wrapped {
        match KeyFile::decode(bytes).unwrap() {
            KeyFile::Wrapped(wrapped) => *wrapped,
            KeyFile::Open(_) => panic!("in clear"),
        }
    }

    #[test]
    fn what_was_wrapped_opens_to_the_same_secrets_and_to_another_passphrase_not() {
        let bytes = wrapped().encode();
        let file = read(&bytes);
        let key = stretch().key("a passphrase of six words").unwrap();
        let opened = file.open(&key).unwrap();
        assert_eq!(opened.to_seed_file_bytes(), keys().to_seed_file_bytes());
        let other = stretch().key("a passphrase of six word").unwrap();
        assert_eq!(file.open(&other).unwrap_err(), KeyFileError::Secret);
        let seed = *keys().signing.seed();
        let seen = bytes.windows(8).any(|eight| seed.starts_with(eight));
        assert!(!seen, "the secret is in clear");
    }

    /// The same as a stored password's hash, which was made otherwise: `app/src/password.rs`.
    #[test]
    fn a_passphrase_is_stretched_by_argon2id() {
        let stretch = Stretch {
            salt: *b"sixteen bytes 16",
            memory_kib: 19_456,
            passes: 2,
            lanes: 1,
        };
        let key = stretch.key("a fictional password").unwrap();
        let expected = base64::Engine::decode(
            &base64::engine::general_purpose::STANDARD_NO_PAD,
            "UCkswe1LTqCc5SuJOVzzCTieuvtQJ0UV0ermRvHqa8E",
        );
        assert_eq!(key.as_bytes().to_vec(), expected.unwrap());
    }

    #[test]
    fn every_altered_or_missing_byte_is_found() {
        let bytes = wrapped().encode();
        let key = stretch().key("a passphrase of six words").unwrap();
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 1;
            let opened = KeyFile::decode(&altered).and_then(|file| match file {
                KeyFile::Wrapped(wrapped) => wrapped.open(&key),
                KeyFile::Open(keys) => Ok(*keys),
            });
            assert!(opened.is_err(), "byte {place}");
            let cut = KeyFile::decode(&bytes[..place]).unwrap_err();
            assert_eq!(cut, KeyFileError::Damaged, "cut at {place}");
        }
        let longer = [&bytes[..], b"x"].concat();
        assert_eq!(KeyFile::decode(&longer).unwrap_err(), KeyFileError::Damaged);
    }

    #[test]
    fn a_newer_form_is_told_from_damage() {
        let newer = |name: &str| {
            let mut out = minicbor::Encoder::new(Vec::new());
            out.map(1).unwrap().u8(0).unwrap().str(name).unwrap();
            KeyFile::decode(&out.into_writer()).unwrap_err()
        };
        assert_eq!(newer("entente-wrapped-keys/9"), KeyFileError::Newer);
        assert_eq!(newer("entente-keys/9"), KeyFileError::Newer);
        assert_eq!(newer("entente-keys/1"), KeyFileError::Damaged);
        assert_eq!(newer("another-keys/9"), KeyFileError::Damaged);
        let large = vec![0xa0; MAX_KEY_FILE + 1];
        assert_eq!(KeyFile::decode(&large).unwrap_err(), KeyFileError::Damaged);
    }

    #[test]
    fn a_file_that_asks_for_too_much_is_refused_before_it_gets_it() {
        for greedy in [
            Stretch {
                memory_kib: u32::MAX,
                ..stretch()
            },
            Stretch {
                passes: u32::MAX,
                ..stretch()
            },
            Stretch {
                lanes: 17,
                ..stretch()
            },
        ] {
            assert_eq!(greedy.key("x").unwrap_err(), KeyFileError::Greedy);
        }
        let none = Stretch {
            memory_kib: 0,
            ..stretch()
        };
        assert_eq!(none.key("x").unwrap_err(), KeyFileError::Damaged);
    }

    #[test]
    fn a_file_in_clear_opens_as_ever() {
        let bytes = NodeKeys::generate(&Counting);
        let KeyFile::Open(read) = KeyFile::decode(&bytes).unwrap() else {
            panic!("wrapped");
        };
        assert_eq!(read.to_seed_file_bytes(), bytes);
        assert_eq!(format!("{read:?}"), "NodeKeys(hidden)");
    }
}
