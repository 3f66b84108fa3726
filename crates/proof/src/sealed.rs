//! Access records taken out, sealed to a key that only an inspector has: neither who carries the file nor who stores it reads it.
//!
//! In scope: the inspector's key pair as text, and the form of a sealed [`Extract`] with its limits. The extract inside is signed by its
//! node, so who sealed it need not be told. Not in scope: who may take records out (`app`), where the secret half is kept.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::blame::Blame;
use crate::cbor::{self, CborError, Limits};
use crate::extract::{Extract, ExtractError, MAX_EXTRACT};
use crate::sealing::{
    ENCAP_RANDOM, ENCAPPED, KeyId, Opener, PUBLIC, SEED, Sealer, SealingError, SealingKey,
    SealingPublic, TAG,
};

/// The version that this code writes and reads.
pub const SEALED_VERSION: u16 = 1;
/// What both ends know of the sealing.
pub const SEALED_INFO: &[u8] = b"entente/sealed-extract/1\n";
/// Most bytes of a sealed extract.
pub const MAX_SEALED: usize = MAX_EXTRACT + ENCAPPED + TAG + 64;
/// Armour label of a sealed extract.
pub const LABEL: &str = "SEALED ACCESS RECORDS";
/// Armour label of the public half of an inspector's key.
const KEY_LABEL: &str = "INSPECTOR KEY";
/// Armour label of its secret half.
const SECRET_LABEL: &str = "INSPECTOR SECRET KEY";

const LIMITS: Limits = Limits {
    max_bytes: MAX_SEALED,
    max_depth: 4,
    max_items: 16,
};

/// Why a sealed extract or an inspector's key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// The armour around it.
    #[error("sealed records: {0}")]
    Armour(#[from] ArmourError),
    /// Not deterministic CBOR of this shape.
    #[error("sealed records: {0}")]
    Cbor(#[from] CborError),
    /// A part of another length.
    #[error("sealed records: a field is outside its limits")]
    Field,
    /// Another version.
    #[error("sealed records of a version that is not known")]
    Version,
    /// Another key, or altered.
    #[error("sealed records: {0}")]
    Sealing(#[from] SealingError),
    /// What was sealed does not hold.
    #[error("sealed records: {0}")]
    Extract(#[from] ExtractError),
}

impl SealedError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Armour(_) | Self::Cbor(_) | Self::Field => Blame::Malformed,
            Self::Version => Blame::NoCommonVersion,
            Self::Sealing(error) => error.blame(),
            Self::Extract(error) => error.blame(),
        }
    }
}

/// A sealed extract. Integer CBOR keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SealedExtract {
    /// Form: [`SEALED_VERSION`].
    #[n(0)]
    pub version: u16,
    /// To which key: its id.
    #[n(1)]
    pub to: ByteVec,
    /// The key that its owner needs.
    #[n(2)]
    pub encapped: ByteVec,
    /// The bytes of the extract, sealed.
    #[n(3)]
    pub sealed: ByteVec,
}

impl SealedExtract {
    /// Seals an extract; `random` is used for this one and never again.
    ///
    /// # Errors
    /// [`SealedError::Sealing`].
    pub fn seal(
        extract: &Extract,
        to: &SealingPublic,
        random: [u8; ENCAP_RANDOM],
    ) -> Result<Self, SealedError> {
        let (mut sealer, encapped) = Sealer::new(to, SEALED_INFO, random)?;
        let id = to.id().0;
        let sealed = sealer.seal(&id, &extract.encode())?;
        Ok(Self {
            version: SEALED_VERSION,
            to: id.to_vec().into(),
            encapped: encapped.into(),
            sealed: sealed.into(),
        })
    }

    /// Opens it and verifies what was sealed.
    ///
    /// # Errors
    /// [`SealedError`].
    pub fn open(&self, key: &SealingKey) -> Result<Extract, SealedError> {
        let mut opener = Opener::new(key, &self.encapped, SEALED_INFO)?;
        let bytes = opener.open(&self.to, &self.sealed)?;
        Ok(Extract::decode(&bytes)?)
    }

    /// The id of the key that it is sealed to.
    ///
    /// # Errors
    /// [`SealedError::Field`]: not of one that was decoded.
    pub fn key(&self) -> Result<KeyId, SealedError> {
        let id = self.to.as_slice().try_into();
        id.map(KeyId).map_err(|_| SealedError::Field)
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`SealedExtract::encode`]; what is sealed is read by who opens it.
    ///
    /// # Errors
    /// [`SealedError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealedError> {
        let sealed: Self = cbor::decode_exact(bytes, &LIMITS)?;
        if sealed.version != SEALED_VERSION {
            return Err(SealedError::Version);
        }
        sealed.key()?;
        match sealed.encapped.len() == ENCAPPED && sealed.sealed.len() > TAG {
            true => Ok(sealed),
            false => Err(SealedError::Field),
        }
    }

    /// The file as text.
    #[must_use]
    pub fn armour(&self) -> String {
        armour::encode(LABEL, &self.encode())
    }

    /// Reads [`SealedExtract::armour`].
    ///
    /// # Errors
    /// [`SealedError`].
    pub fn dearmour(text: &str) -> Result<Self, SealedError> {
        Self::decode(&armour::decode(LABEL, text, MAX_SEALED)?)
    }
}

/// Whether a text is a sealed extract, as far as its first mark says.
#[must_use]
pub fn is_sealed(text: &str) -> bool {
    text.contains(&format!("-----BEGIN ENTENTE {LABEL}-----"))
}

/// The public half of an inspector's key as text.
#[must_use]
pub fn armour_key(key: &SealingPublic) -> String {
    armour::encode(KEY_LABEL, key.as_bytes())
}

/// Reads [`armour_key`].
///
/// # Errors
/// [`SealedError`].
pub fn dearmour_key(text: &str) -> Result<SealingPublic, SealedError> {
    let bytes = armour::decode(KEY_LABEL, text, PUBLIC)?;
    Ok(SealingPublic::parse(&bytes)?)
}

/// The secret half as text, made of the seed that the key was made of.
#[must_use]
pub fn armour_secret(seed: &[u8; SEED]) -> String {
    armour::encode(SECRET_LABEL, seed)
}

/// Reads [`armour_secret`].
///
/// # Errors
/// [`SealedError`].
pub fn dearmour_secret(text: &str) -> Result<SealingKey, SealedError> {
    let bytes = armour::decode(SECRET_LABEL, text, SEED)?;
    let seed = bytes.try_into().map_err(|_| SealedError::Field)?;
    Ok(SealingKey::from_seed(seed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::extract::{EXTRACT_VERSION, Extracted, Stretch, Taken};
    use crate::lane::LaneHead;
    use crate::sign::SigningKey;

    fn extract() -> Extract {
        let key = SigningKey::from_seed([1; 32]);
        let start = LaneHead::start();
        let record = Taken {
            at_ms: 5,
            sealed: b"one".to_vec().into(),
            plain: Some("{}".to_owned()),
        };
        let extracted = Extracted {
            version: EXTRACT_VERSION,
            node: "ma".to_owned(),
            made_ms: 9,
            filter: String::new(),
            signer: key.verifying_key(),
            tls_key: SigningKey::from_seed([2; 32]).verifying_key(),
            lanes: vec![Stretch {
                lane: "serve-1".to_owned(),
                before: start.seq,
                from: start.head,
                to: start.after(b"one").head,
                records: vec![record],
            }],
            journal_line: 1,
            journal: Digest([7; 32]),
        };
        Extract::sign(extracted, &key).unwrap()
    }

    #[test]
    fn only_the_key_it_was_sealed_to_opens_it() {
        let seed = [5; SEED];
        let key = dearmour_secret(&armour_secret(&seed)).unwrap();
        let public = dearmour_key(&armour_key(&key.public().unwrap())).unwrap();
        let sealed = SealedExtract::seal(&extract(), &public, [9; ENCAP_RANDOM]).unwrap();
        let text = sealed.armour();
        assert!(is_sealed(&text) && !crate::extract::is_extract(&text));
        let read = SealedExtract::dearmour(&text).unwrap();
        assert_eq!(
            (read.key(), read.open(&key)),
            (Ok(public.id()), Ok(extract()))
        );
        let other = SealingKey::from_seed([6; SEED]);
        assert_eq!(
            read.open(&other),
            Err(SealedError::Sealing(SealingError::Open))
        );
    }

    #[test]
    fn what_was_altered_or_is_of_another_form_is_refused() {
        let key = SealingKey::from_seed([5; SEED]);
        let public = key.public().unwrap();
        let good = SealedExtract::seal(&extract(), &public, [9; ENCAP_RANDOM]).unwrap();
        let opened = |change: fn(&mut SealedExtract)| {
            let mut sealed = good.clone();
            change(&mut sealed);
            SealedExtract::decode(&sealed.encode()).and_then(|read| read.open(&key))
        };
        let flip = |bytes: &mut ByteVec| bytes[0] ^= 1;
        assert_eq!(opened(|_| ()), Ok(extract()));
        let altered = Err(SealedError::Sealing(SealingError::Open));
        assert_eq!(opened(|s| s.sealed[20] ^= 1), altered);
        assert_eq!(opened(|s| s.to[0] ^= 1), altered);
        let mut other = good.clone();
        flip(&mut other.encapped);
        assert!(other.open(&key).is_err());
        assert_eq!(opened(|s| s.version = 2), Err(SealedError::Version));
        let field = Err(SealedError::Field);
        assert_eq!(opened(|s| s.to.truncate(15)), field);
        assert_eq!(opened(|s| s.encapped.truncate(9)), field);
        assert_eq!(opened(|s| s.sealed.truncate(TAG)), field);
        assert!(dearmour_key(&armour_secret(&[5; SEED])).is_err());
        assert!(dearmour_secret(&armour_key(&public)).is_err());
    }
}
