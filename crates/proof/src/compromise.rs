//! A declaration that a signing key is known to others (DESIGN section 5, rule 15): which key of which node, and since when it proves nothing.
//!
//! The node itself declares it, with a key that came after; or, where it has none that its partner knows, the partner does in its own name,
//! after people compared fingerprints. It only ever takes trust away: in scope are its form, its limits and its signature. Not in scope:
//! whether the signer may declare it, which readers compare with the keys they know, and what follows for a proof (see `bundle`).

use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::blame::Blame;
use crate::card::{Fingerprint, is_node_name};
use crate::cbor::{self, CborError, Limits};
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// The version that this code writes and reads.
pub const COMPROMISE_VERSION: u16 = 1;
/// First bytes of what is signed.
pub const COMPROMISE_DOMAIN: &[u8] = b"entente/compromise/1\n";
/// Most bytes of a declaration.
pub const MAX_DECLARATION: usize = 1024;
/// Armour label of a declaration.
pub const LABEL: &str = "COMPROMISE";

const LIMITS: Limits = Limits {
    max_bytes: MAX_DECLARATION,
    max_depth: 4,
    max_items: 64,
};

/// Why a declaration does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompromiseError {
    /// The armour around it.
    #[error("declaration: {0}")]
    Armour(#[from] ArmourError),
    /// Not deterministic CBOR of this shape.
    #[error("declaration: {0}")]
    Cbor(#[from] CborError),
    /// A name, key or time outside its limits.
    #[error("declaration: a field is outside its limits")]
    Field,
    /// Its signature.
    #[error("declaration: {0}")]
    Signature(#[from] SignError),
    /// Another version.
    #[error("declaration of a version that is not known")]
    Version,
}

impl CompromiseError {
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

/// What is declared. Integer CBOR keys 0 to 7 in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Declared {
    /// Form: [`COMPROMISE_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The node whose key it is.
    #[n(1)]
    pub node: String,
    /// The signing key that is known to others.
    #[n(2)]
    pub key: VerifyingKey,
    /// The TLS key beside it on that node's card: both together have the fingerprint that people compare.
    #[n(3)]
    pub tls_key: VerifyingKey,
    /// Since when it counts for nothing, seconds since 1970 UTC.
    #[n(4)]
    pub since_s: u64,
    /// The node that declares it: the same one, or its partner.
    #[n(5)]
    pub by: String,
    /// The key of that node which signs this.
    #[n(6)]
    pub signer: VerifyingKey,
    /// When it was declared, by the clock of the node that declares it, milliseconds since 1970 UTC.
    #[n(7)]
    pub time_ms: i64,
}

impl Declared {
    fn check(&self) -> Result<(), CompromiseError> {
        if self.version != COMPROMISE_VERSION {
            return Err(CompromiseError::Version);
        }
        let since_ms = i64::try_from(self.since_s).ok();
        let since_ms = since_ms.and_then(|seconds| seconds.checked_mul(1_000));
        let valid = is_node_name(&self.node)
            && is_node_name(&self.by)
            && self.key != self.signer
            && since_ms.is_some_and(|since| since <= self.time_ms);
        valid.then_some(()).ok_or(CompromiseError::Field)
    }

    fn message(&self) -> Vec<u8> {
        [COMPROMISE_DOMAIN, &cbor::encode(self)].concat()
    }
}

/// A declaration under its signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Declaration {
    /// What is declared.
    #[n(0)]
    pub declared: Declared,
    /// Signature of its signer over [`COMPROMISE_DOMAIN`] and the bytes of what is declared.
    #[n(1)]
    pub signature: Signature,
}

impl Declaration {
    /// Declares it under the key that it names as its signer.
    ///
    /// # Errors
    /// [`CompromiseError`] if it is one that [`Declaration::verify`] would refuse.
    pub fn sign(declared: Declared, key: &SigningKey) -> Result<Self, CompromiseError> {
        let signature = key.sign(&declared.message());
        let declaration = Self {
            declared,
            signature,
        };
        declaration.verify()?;
        Ok(declaration)
    }

    /// Verifies form and signature.
    ///
    /// # Errors
    /// [`CompromiseError`].
    pub fn verify(&self) -> Result<(), CompromiseError> {
        self.declared.check()?;
        let message = self.declared.message();
        Ok(self.declared.signer.verify(&message, &self.signature)?)
    }

    /// The fingerprint of the card with the key that is declared compromised.
    #[must_use]
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.declared.key, &self.declared.tls_key)
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Declaration::encode`] and verifies it.
    ///
    /// # Errors
    /// [`CompromiseError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CompromiseError> {
        let declaration: Self = cbor::decode_exact(bytes, &LIMITS)?;
        declaration.verify()?;
        Ok(declaration)
    }

    /// The declaration as text.
    #[must_use]
    pub fn armour(&self) -> String {
        armour::encode(LABEL, &self.encode())
    }

    /// Reads [`Declaration::armour`] and verifies it.
    ///
    /// # Errors
    /// [`CompromiseError`].
    pub fn dearmour(text: &str) -> Result<Self, CompromiseError> {
        Self::decode(&armour::decode(LABEL, text, MAX_DECLARATION)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn declared() -> Declared {
        Declared {
            version: COMPROMISE_VERSION,
            node: "ma".to_owned(),
            key: key(1).verifying_key(),
            tls_key: key(9).verifying_key(),
            since_s: 1_432_771_200,
            by: "ma".to_owned(),
            signer: key(2).verifying_key(),
            time_ms: 1_432_771_200_000,
        }
    }

    #[test]
    fn it_is_read_back_as_it_was_signed() {
        let signed = Declaration::sign(declared(), &key(2)).unwrap();
        assert_eq!(Declaration::decode(&signed.encode()), Ok(signed.clone()));
        assert_eq!(Declaration::dearmour(&signed.armour()), Ok(signed.clone()));
        let print = Fingerprint::of(&key(1).verifying_key(), &key(9).verifying_key());
        assert_eq!(signed.print(), print);
    }

    #[test]
    fn every_altered_byte_of_it_is_found() {
        let bytes = Declaration::sign(declared(), &key(2)).unwrap().encode();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            assert!(Declaration::decode(&altered).is_err(), "byte {position}");
            assert!(Declaration::decode(&bytes[..position]).is_err());
        }
    }

    #[test]
    fn fields_outside_their_limits_are_refused() {
        let refused = |alter: &dyn Fn(&mut Declared), error| {
            let mut altered = declared();
            alter(&mut altered);
            assert_eq!(Declaration::sign(altered, &key(2)), Err(error));
        };
        refused(&|d| d.node = "MA".to_owned(), CompromiseError::Field);
        refused(&|d| d.by = String::new(), CompromiseError::Field);
        refused(&|d| d.key = d.signer, CompromiseError::Field);
        refused(&|d| d.since_s += 1, CompromiseError::Field);
        refused(&|d| d.since_s = u64::MAX, CompromiseError::Field);
        refused(&|d| d.version = 2, CompromiseError::Version);
        let other = Declaration::sign(declared(), &key(3));
        assert!(matches!(other, Err(CompromiseError::Signature(_))));
    }
}
