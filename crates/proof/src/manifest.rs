//! The signature under the index of a court bundle: which node put it together, when, and the digest of an index that names every part with
//! its own digest. Whoever alters, adds or takes out a part has to sign anew.
//!
//! In scope: its form, limits and signature. Not in scope: what the index says, whether entries are authentic, which each entry's own proof
//! ([`crate::bundle`]) shows without trusting this node; and whom the key belongs to, which people compare by fingerprint.

use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::blame::Blame;
use crate::card::{Fingerprint, is_node_name};
use crate::cbor::{self, CborError, Limits};
use crate::digest::Digest;
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// The version that this code writes and reads.
pub const MANIFEST_VERSION: u16 = 1;
/// First bytes of what is signed.
pub const MANIFEST_DOMAIN: &[u8] = b"entente/court-bundle/1\n";
/// Most bytes of a manifest.
pub const MAX_MANIFEST: usize = 1024;
/// Armour label of a manifest.
pub const LABEL: &str = "COURT BUNDLE";

const LIMITS: Limits = Limits {
    max_bytes: MAX_MANIFEST,
    max_depth: 4,
    max_items: 32,
};

/// Why a manifest does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The armour around it.
    #[error("manifest: {0}")]
    Armour(#[from] ArmourError),
    /// Not deterministic CBOR of this shape.
    #[error("manifest: {0}")]
    Cbor(#[from] CborError),
    /// It names no node.
    #[error("manifest: a field is outside its limits")]
    Field,
    /// Its signature.
    #[error("manifest: {0}")]
    Signature(#[from] SignError),
    /// Another version.
    #[error("manifest of a version that is not known")]
    Version,
}

impl ManifestError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Armour(_) | Self::Cbor(_) | Self::Field => Blame::Malformed,
            Self::Signature(error) => error.blame(),
            Self::Version => Blame::NoCommonVersion,
        }
    }
}

/// What is signed. Integer CBOR keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Indexed {
    /// Form: [`MANIFEST_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The node that put the bundle together.
    #[n(1)]
    pub node: String,
    /// When, milliseconds since 1970 UTC.
    #[n(2)]
    pub made_ms: i64,
    /// SHA-256 of the index.
    #[n(3)]
    pub index: Digest,
    /// The node's signing key, which signs this.
    #[n(4)]
    pub signer: VerifyingKey,
    /// Its TLS key: both together have the fingerprint that people compare.
    #[n(5)]
    pub tls_key: VerifyingKey,
}

/// A manifest under its signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    /// What is signed.
    #[n(0)]
    pub indexed: Indexed,
    /// Signature of the node's key over [`MANIFEST_DOMAIN`] and the bytes of it.
    #[n(1)]
    pub signature: Signature,
}

impl Indexed {
    fn check(&self) -> Result<(), ManifestError> {
        match (self.version, is_node_name(&self.node)) {
            (MANIFEST_VERSION, true) => Ok(()),
            (MANIFEST_VERSION, false) => Err(ManifestError::Field),
            _ => Err(ManifestError::Version),
        }
    }

    fn message(&self) -> Vec<u8> {
        [MANIFEST_DOMAIN, &cbor::encode(self)].concat()
    }
}

impl Manifest {
    /// Signs it with the key that it names.
    ///
    /// # Errors
    /// [`ManifestError`] if it is one that [`Manifest::verify`] would refuse.
    pub fn sign(indexed: Indexed, key: &SigningKey) -> Result<Self, ManifestError> {
        let signature = key.sign(&indexed.message());
        let manifest = Self { indexed, signature };
        manifest.verify()?;
        Ok(manifest)
    }

    /// Verifies form and signature.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn verify(&self) -> Result<(), ManifestError> {
        self.indexed.check()?;
        let message = self.indexed.message();
        Ok(self.indexed.signer.verify(&message, &self.signature)?)
    }

    /// The fingerprint of the card of the node that signed it.
    #[must_use]
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.indexed.signer, &self.indexed.tls_key)
    }

    /// The manifest as text.
    #[must_use]
    pub fn armour(&self) -> String {
        armour::encode(LABEL, &cbor::encode(self))
    }

    /// Reads [`Manifest::armour`] and verifies it.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn dearmour(text: &str) -> Result<Self, ManifestError> {
        let bytes = armour::decode(LABEL, text, MAX_MANIFEST)?;
        let manifest: Self = cbor::decode_exact(&bytes, &LIMITS)?;
        manifest.verify()?;
        Ok(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    fn indexed(key: &SigningKey) -> Indexed {
        Indexed {
            version: MANIFEST_VERSION,
            node: "ma".to_owned(),
            made_ms: 9,
            index: sha256(b"index"),
            signer: key.verifying_key(),
            tls_key: SigningKey::from_seed([2; 32]).verifying_key(),
        }
    }

    /// A manifest is read as it was signed, and nothing of it can be changed. Take out: in [`Manifest::verify`], either line.
    #[test]
    fn a_manifest_is_read_as_it_was_signed_and_no_otherwise() {
        let key = SigningKey::from_seed([1; 32]);
        let good = Manifest::sign(indexed(&key), &key).unwrap();
        assert_eq!(Manifest::dearmour(&good.armour()), Ok(good.clone()));
        let other = SigningKey::from_seed([3; 32]);
        let signed = Manifest::sign(indexed(&key), &other);
        assert!(matches!(signed, Err(ManifestError::Signature(_))));
        let changed = |change: fn(&mut Indexed)| {
            let mut manifest = good.clone();
            change(&mut manifest.indexed);
            Manifest::dearmour(&manifest.armour())
        };
        let wrong = |change| matches!(changed(change), Err(ManifestError::Signature(_)));
        assert!(wrong(|i| i.index = sha256(b"other")));
        assert!(wrong(|i| i.made_ms += 1));
        assert!(wrong(|i| i.node = "fr".to_owned()));
        assert_eq!(changed(|i| i.version = 2), Err(ManifestError::Version));
        assert_eq!(changed(|i| i.node.clear()), Err(ManifestError::Field));
    }
}
