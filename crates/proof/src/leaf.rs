//! Leaves of a register: what a node may append towards a partner.
//!
//! The first byte is the type. In scope: exact encoding, and a decoding that keeps whatever it does not
//! know byte for byte (invariant 14, DESIGN section 5 rule 12: nothing blocks a register).
//! `Leaf::decode(b).encode() == b` for every b within [`MAX_LEAF`]. Not in scope: what leaves cause.

use minicbor::{Decode, Encode};

use crate::blame::Blame;
use crate::card::is_node_name;
use crate::cbor::{self, Limits};
use crate::digest::Digest;
use crate::merkle;
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};
use crate::tls_change::TlsChange;

/// Most bytes of a leaf.
pub const MAX_LEAF: usize = 1024;
/// Most bytes of [`Receipt::register_of`].
pub const MAX_REGISTER_OF: usize = 128;
/// First bytes of the message that both keys of a key change sign.
pub const KEY_CHANGE_DOMAIN: &[u8] = b"entente/key-change/1\n";

const ENTRY: u8 = 1;
const RECEIPT: u8 = 2;
const KEY_CHANGE: u8 = 3;
const HELD: u8 = 4;
const WITNESS: u8 = 5;
// 6 is what recipients tell each other of a third's entries: written and read by whoever folds it, unknown here.
const BEGINNING: u8 = 7;
const TLS_CHANGE: u8 = 8;

const LIMITS: Limits = Limits {
    max_bytes: MAX_LEAF,
    max_depth: 1,
    max_items: 32,
};

/// Why bytes cannot be a leaf, or a key change does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// A key change between equal keys, or of a malformed node name.
    #[error("key change changes nothing or names no node")]
    KeyChange,
    /// A signature of a key change fails.
    #[error("key change: {0}")]
    Signature(#[from] SignError),
    /// More than [`MAX_LEAF`] bytes.
    #[error("leaf too large")]
    TooLarge,
}

impl LeafError {
    /// Too large is malformed, the rest the peer's deviation.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::TooLarge => Blame::Malformed,
            Self::KeyChange | Self::Signature(_) => Blame::PeerDeviates,
        }
    }
}

/// One leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// An entry, by its id.
    Entry(Digest),
    /// "I durably hold your register up to here, since this time."
    Receipt(Receipt),
    /// The owner of this register signs with another key from here on.
    KeyChange(KeyChange),
    /// All chunks of one attachment of an entry are durably held.
    Held {
        /// The entry.
        entry: Digest,
        /// Position among its attachments, from 0.
        index: u32,
    },
    /// Salted hash of the head of the owner's journal (rule 13).
    Witness(Digest),
    /// The first leaf of a generation after the first: digest of what both nodes signed (see `beginning`).
    Beginning(Digest),
    /// The owner of this register opens connections with another TLS key (see `tls_change`).
    TlsChange(Box<TlsChange>),
    /// Anything else: another type, or bytes that our encoder would not write. Kept whole, with the type byte.
    Unknown(Vec<u8>),
}

/// A receipt, written into the recipient's own outgoing register.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Name of the node whose register towards us is held.
    #[n(0)]
    pub register_of: String,
    /// Generation of that register.
    #[n(1)]
    pub generation: u32,
    /// Number of its leaves held.
    #[n(2)]
    pub size: u64,
    /// Its root at that size.
    #[n(3)]
    pub root: Digest,
    /// When it became durable, milliseconds since 1970 UTC.
    #[n(4)]
    pub time_ms: i64,
}

/// A change of signing key, signed by both keys (rule 15).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeyChange {
    /// The node that changes its key.
    #[n(0)]
    pub node: String,
    /// The key until now.
    #[n(1)]
    pub old_key: VerifyingKey,
    /// The key from now on.
    #[n(2)]
    pub new_key: VerifyingKey,
    /// When, milliseconds since 1970 UTC.
    #[n(3)]
    pub time_ms: i64,
    /// Signature by the old key over [`KeyChange::message`].
    #[n(4)]
    pub old_signature: Signature,
    /// Signature by the new key over [`KeyChange::message`].
    #[n(5)]
    pub new_signature: Signature,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Held {
    #[n(0)]
    entry: Digest,
    #[n(1)]
    index: u32,
}

#[derive(Encode)]
#[cbor(map)]
struct KeyChangeTerms<'a> {
    #[n(0)]
    node: &'a str,
    #[n(1)]
    old_key: VerifyingKey,
    #[n(2)]
    new_key: VerifyingKey,
    #[n(3)]
    time_ms: i64,
}

impl Leaf {
    /// Type byte and content.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Entry(id) => typed(ENTRY, &id.0),
            Self::Receipt(receipt) => typed(RECEIPT, &cbor::encode(receipt)),
            Self::KeyChange(change) => typed(KEY_CHANGE, &cbor::encode(change)),
            Self::Held { entry, index } => {
                let held = Held {
                    entry: *entry,
                    index: *index,
                };
                typed(HELD, &cbor::encode(&held))
            }
            Self::Witness(hash) => typed(WITNESS, &hash.0),
            Self::Beginning(digest) => typed(BEGINNING, &digest.0),
            Self::TlsChange(change) => typed(TLS_CHANGE, &cbor::encode(change.as_ref())),
            Self::Unknown(bytes) => bytes.clone(),
        }
    }

    /// Reads a leaf; whatever is not exactly one of ours becomes [`Leaf::Unknown`].
    ///
    /// # Errors
    /// [`LeafError::TooLarge`] only.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        if bytes.len() > MAX_LEAF {
            return Err(LeafError::TooLarge);
        }
        Ok(decode_known(bytes).unwrap_or_else(|| Self::Unknown(bytes.to_vec())))
    }

    /// Hash of the leaf in the register's tree.
    #[must_use]
    pub fn hash(&self) -> Digest {
        merkle::leaf_hash(&self.encode())
    }
}

impl KeyChange {
    /// Signs a change with both keys.
    ///
    /// # Errors
    /// [`LeafError::KeyChange`] if the keys are equal or the name is not a node name.
    pub fn sign(
        node: &str,
        old: &SigningKey,
        new: &SigningKey,
        time_ms: i64,
    ) -> Result<Self, LeafError> {
        let terms = KeyChangeTerms {
            node,
            old_key: old.verifying_key(),
            new_key: new.verifying_key(),
            time_ms,
        };
        let message = terms.message();
        let change = Self {
            node: node.to_owned(),
            old_key: terms.old_key,
            new_key: terms.new_key,
            time_ms,
            old_signature: old.sign(&message),
            new_signature: new.sign(&message),
        };
        change.verify()?;
        Ok(change)
    }

    /// Verifies both signatures.
    ///
    /// # Errors
    /// [`LeafError::KeyChange`], [`LeafError::Signature`].
    pub fn verify(&self) -> Result<(), LeafError> {
        if self.old_key == self.new_key || !is_node_name(&self.node) {
            return Err(LeafError::KeyChange);
        }
        let message = self.message();
        self.old_key.verify(&message, &self.old_signature)?;
        self.new_key.verify(&message, &self.new_signature)?;
        Ok(())
    }

    /// [`KEY_CHANGE_DOMAIN`] and the deterministic CBOR of the first four fields.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        KeyChangeTerms {
            node: &self.node,
            old_key: self.old_key,
            new_key: self.new_key,
            time_ms: self.time_ms,
        }
        .message()
    }
}

impl KeyChangeTerms<'_> {
    fn message(&self) -> Vec<u8> {
        [KEY_CHANGE_DOMAIN, &cbor::encode(self)].concat()
    }
}

fn typed(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut leaf = Vec::with_capacity(1 + content.len());
    leaf.push(kind);
    leaf.extend_from_slice(content);
    leaf
}

fn decode_known(bytes: &[u8]) -> Option<Leaf> {
    let (kind, content) = bytes.split_first()?;
    match *kind {
        ENTRY => Digest::from_slice(content).map(Leaf::Entry),
        RECEIPT => cbor::decode_exact(content, &LIMITS)
            .ok()
            .filter(|receipt: &Receipt| receipt.register_of.len() <= MAX_REGISTER_OF)
            .map(Leaf::Receipt),
        KEY_CHANGE => cbor::decode_exact(content, &LIMITS)
            .ok()
            .map(Leaf::KeyChange),
        HELD => cbor::decode_exact(content, &LIMITS)
            .ok()
            .map(|held: Held| Leaf::Held {
                entry: held.entry,
                index: held.index,
            }),
        WITNESS => Digest::from_slice(content).map(Leaf::Witness),
        BEGINNING => Digest::from_slice(content).map(Leaf::Beginning),
        TLS_CHANGE => cbor::decode_exact(content, &LIMITS)
            .ok()
            .map(|change| Leaf::TlsChange(Box::new(change))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;
    use proptest::prelude::*;

    fn tls_change() -> TlsChange {
        let key = |seed| SigningKey::from_seed([seed; 32]);
        TlsChange::sign("ma", (&key(3), &key(4)), &key(1), (5, 9)).unwrap()
    }

    fn samples() -> Vec<Leaf> {
        let change = KeyChange::sign(
            "ma",
            &SigningKey::from_seed([1; 32]),
            &SigningKey::from_seed([2; 32]),
            1_432_771_200_000,
        );
        vec![
            Leaf::Entry(sha256(b"e")),
            Leaf::Receipt(Receipt {
                register_of: "fr".to_owned(),
                generation: 1,
                size: 1_000_000,
                root: sha256(b"r"),
                time_ms: -1,
            }),
            Leaf::KeyChange(change.unwrap()),
            Leaf::Held {
                entry: sha256(b"e"),
                index: 3,
            },
            Leaf::Witness(sha256(b"w")),
            Leaf::Beginning(sha256(b"b")),
            Leaf::TlsChange(Box::new(tls_change())),
            Leaf::Unknown(vec![200, 1, 2]),
            Leaf::Unknown(Vec::new()),
        ]
    }

    #[test]
    fn every_type_round_trips_and_names_its_type() {
        for (leaf, kind) in samples().into_iter().zip([1, 2, 3, 4, 5, 7, 8, 0, 0]) {
            let bytes = leaf.encode();
            assert!(bytes.len() <= MAX_LEAF);
            assert_eq!(Leaf::decode(&bytes), Ok(leaf));
            if kind > 0 {
                assert_eq!(bytes.first(), Some(&kind));
            }
        }
        let entry = Leaf::Entry(sha256(b"e"));
        assert_eq!(entry.encode().len(), 33);
        assert_eq!(entry.hash(), merkle::leaf_hash(&entry.encode()));
    }

    #[test]
    fn malformed_content_of_a_known_type_is_kept_as_unknown() {
        let mut receipt = samples()[1].encode();
        receipt.push(0);
        let mut wide = vec![HELD];
        wide.extend_from_slice(&hex::decode("a2005820").unwrap());
        wide.extend_from_slice(&[0; 32]);
        wide.extend_from_slice(&[0x01, 0x18, 0x03]);
        let long = Leaf::Receipt(Receipt {
            register_of: "x".repeat(MAX_REGISTER_OF + 1),
            generation: 0,
            size: 0,
            root: sha256(b""),
            time_ms: 0,
        });
        for bytes in [
            vec![ENTRY; 32],
            vec![WITNESS; 34],
            receipt,
            wide,
            long.encode(),
        ] {
            assert_eq!(Leaf::decode(&bytes), Ok(Leaf::Unknown(bytes)));
        }
        assert_eq!(Leaf::decode(&[9; MAX_LEAF + 1]), Err(LeafError::TooLarge));
    }

    #[test]
    fn a_key_change_holds_only_as_signed() {
        let (old, new) = (
            SigningKey::from_seed([1; 32]),
            SigningKey::from_seed([2; 32]),
        );
        let change = KeyChange::sign("ma", &old, &new, 5).unwrap();
        assert_eq!(change.verify(), Ok(()));
        let mut later = change.clone();
        later.time_ms = 6;
        assert_eq!(
            later.verify(),
            Err(LeafError::Signature(SignError::Mismatch))
        );
        let mut by_old_only = change.clone();
        by_old_only.new_signature = by_old_only.old_signature;
        assert!(by_old_only.verify().is_err());
        let same = KeyChange::sign("ma", &old, &old, 5);
        assert_eq!(same, Err(LeafError::KeyChange));
        assert_eq!(
            KeyChange::sign("MA", &old, &new, 5),
            Err(LeafError::KeyChange)
        );
    }

    proptest! {
        #[test]
        fn decoding_keeps_every_byte(kind in 0_u8..10, content in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = vec![kind];
            bytes.extend_from_slice(&content);
            prop_assert_eq!(Leaf::decode(&bytes).unwrap().encode(), bytes);
        }

        #[test]
        fn altered_leaves_keep_every_byte(which in 0_usize..7, position in any::<prop::sample::Index>(), flip in 1_u8..) {
            let mut bytes = samples()[which].encode();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            prop_assert_eq!(Leaf::decode(&bytes).unwrap().encode(), bytes);
        }
    }
}
