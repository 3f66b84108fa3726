//! A signed extract of access records (invariant 11): what an inspector takes out of a node, checked offline years later.
//!
//! Each lane stands in it without gaps from the first record taken to the last, sealed as it was written; those taken are beside it in the
//! clear. In scope: its form and limits, its signature, and that each lane's records lead to the hash after them. Not in scope: whether a
//! clear text is what was sealed, which only the month's key tells and the node's signature answers for; whom the signing key belongs to,
//! which people compare by fingerprint.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::blame::Blame;
use crate::card::{Fingerprint, is_node_name};
use crate::cbor::{self, CborError, Limits};
use crate::digest::Digest;
use crate::lane::LaneHead;
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// The version that this code writes and reads.
pub const EXTRACT_VERSION: u16 = 1;
/// First bytes of what is signed.
pub const EXTRACT_DOMAIN: &[u8] = b"entente/access-extract/1\n";
/// Most bytes of an extract.
pub const MAX_EXTRACT: usize = 8 << 20;
/// Most records of an extract, those between included.
pub const MAX_RECORDS: usize = 10_000;
/// Armour label of an extract.
pub const LABEL: &str = "ACCESS RECORDS";

const LIMITS: Limits = Limits {
    max_bytes: MAX_EXTRACT,
    max_depth: 8,
    max_items: 16 * MAX_RECORDS,
};

/// Why an extract does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The armour around it.
    #[error("extract: {0}")]
    Armour(#[from] ArmourError),
    /// Not deterministic CBOR of this shape.
    #[error("extract: {0}")]
    Cbor(#[from] CborError),
    /// A name, a lane or a number of records outside its limits.
    #[error("extract: a field is outside its limits")]
    Field,
    /// Its signature.
    #[error("extract: {0}")]
    Signature(#[from] SignError),
    /// Records of a lane do not lead to the hash after them.
    #[error("extract: the records of a lane do not lead to its head")]
    Lane,
    /// Another version.
    #[error("extract of a version that is not known")]
    Version,
}

impl ExtractError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Armour(_) | Self::Cbor(_) | Self::Field => Blame::Malformed,
            Self::Signature(error) => error.blame(),
            Self::Lane => Blame::PeerDeviates,
            Self::Version => Blame::NoCommonVersion,
        }
    }
}

/// A record of a lane. Integer CBOR keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Taken {
    /// When, milliseconds since 1970 UTC.
    #[n(0)]
    pub at_ms: i64,
    /// As it is sealed at the node.
    #[n(1)]
    pub sealed: ByteVec,
    /// What it says, as JSON, if it was asked for; the others only stand between.
    #[n(2)]
    pub plain: Option<String>,
}

/// A stretch of a lane without gaps.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stretch {
    /// The lane.
    #[n(0)]
    pub lane: String,
    /// Number of the record before the first.
    #[n(1)]
    pub before: u64,
    /// Hash of the lane before the first.
    #[n(2)]
    pub from: Digest,
    /// The records.
    #[n(3)]
    pub records: Vec<Taken>,
    /// Hash of the lane after the last.
    #[n(4)]
    pub to: Digest,
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Extracted {
    /// Form: [`EXTRACT_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The node whose records they are.
    #[n(1)]
    pub node: String,
    /// When they were taken out, milliseconds since 1970 UTC.
    #[n(2)]
    pub made_ms: i64,
    /// What was asked for, in the words of the filters.
    #[n(3)]
    pub filter: String,
    /// The node's signing key, which signs this.
    #[n(4)]
    pub signer: VerifyingKey,
    /// Its TLS key: both together have the fingerprint that people compare.
    #[n(5)]
    pub tls_key: VerifyingKey,
    /// The lanes.
    #[n(6)]
    pub lanes: Vec<Stretch>,
    /// Line of the journal that covers them all.
    #[n(7)]
    pub journal_line: u64,
    /// Hash of the journal after that line.
    #[n(8)]
    pub journal: Digest,
}

/// An extract under its signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Extract {
    /// What is signed.
    #[n(0)]
    pub extracted: Extracted,
    /// Signature of the node's key over [`EXTRACT_DOMAIN`] and the bytes of it.
    #[n(1)]
    pub signature: Signature,
}

impl Extracted {
    fn check(&self) -> Result<(), ExtractError> {
        if self.version != EXTRACT_VERSION {
            return Err(ExtractError::Version);
        }
        let names: BTreeSet<&str> = self.lanes.iter().map(|lane| lane.lane.as_str()).collect();
        let records = self.lanes.iter().map(|lane| lane.records.len());
        let valid = is_node_name(&self.node)
            && names.len() == self.lanes.len()
            && self.lanes.iter().all(|lane| !lane.records.is_empty())
            && records.sum::<usize>() <= MAX_RECORDS;
        if !valid {
            return Err(ExtractError::Field);
        }
        match self.lanes.iter().all(Stretch::holds) {
            true => Ok(()),
            false => Err(ExtractError::Lane),
        }
    }

    fn message(&self) -> Vec<u8> {
        [EXTRACT_DOMAIN, &cbor::encode(self)].concat()
    }
}

impl Stretch {
    fn holds(&self) -> bool {
        let start = LaneHead {
            seq: self.before,
            head: self.from,
        };
        let end = LaneHead {
            seq: self.before.saturating_add(self.records.len() as u64),
            head: self.to,
        };
        let records = self.records.iter().map(|record| record.sealed.as_slice());
        start.verify(records, &end).is_ok()
    }
}

impl Extract {
    /// Signs it with the key that it names.
    ///
    /// # Errors
    /// [`ExtractError`] if it is one that [`Extract::verify`] would refuse.
    pub fn sign(extracted: Extracted, key: &SigningKey) -> Result<Self, ExtractError> {
        let signature = key.sign(&extracted.message());
        let extract = Self {
            extracted,
            signature,
        };
        extract.verify()?;
        Ok(extract)
    }

    /// Verifies form, lanes and signature.
    ///
    /// # Errors
    /// [`ExtractError`].
    pub fn verify(&self) -> Result<(), ExtractError> {
        self.extracted.check()?;
        let message = self.extracted.message();
        Ok(self.extracted.signer.verify(&message, &self.signature)?)
    }

    /// The fingerprint of the card of the node that signed it.
    #[must_use]
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.extracted.signer, &self.extracted.tls_key)
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Extract::encode`] and verifies it.
    ///
    /// # Errors
    /// [`ExtractError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, ExtractError> {
        let extract: Self = cbor::decode_exact(bytes, &LIMITS)?;
        extract.verify()?;
        Ok(extract)
    }

    /// The extract as text.
    #[must_use]
    pub fn armour(&self) -> String {
        armour::encode(LABEL, &self.encode())
    }

    /// Reads [`Extract::armour`] and verifies it.
    ///
    /// # Errors
    /// [`ExtractError`].
    pub fn dearmour(text: &str) -> Result<Self, ExtractError> {
        Self::decode(&armour::decode(LABEL, text, MAX_EXTRACT)?)
    }
}

/// Whether a text is an extract, as far as its first mark says.
#[must_use]
pub fn is_extract(text: &str) -> bool {
    text.contains(&format!("-----BEGIN ENTENTE {LABEL}-----"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(key: &SigningKey) -> Extracted {
        let record = |sealed: &[u8], plain: Option<&str>| Taken {
            at_ms: 5,
            sealed: sealed.to_vec().into(),
            plain: plain.map(str::to_owned),
        };
        let start = LaneHead::start().after(b"zero");
        let end = start.after(b"one").after(b"two");
        Extracted {
            version: EXTRACT_VERSION,
            node: "ma".to_owned(),
            made_ms: 9,
            filter: "actor=liaison".to_owned(),
            signer: key.verifying_key(),
            tls_key: SigningKey::from_seed([2; 32]).verifying_key(),
            lanes: vec![Stretch {
                lane: "serve-1".to_owned(),
                before: start.seq,
                from: start.head,
                records: vec![record(b"one", None), record(b"two", Some("{}"))],
                to: end.head,
            }],
            journal_line: 1,
            journal: Digest([7; 32]),
        }
    }

    #[test]
    fn an_extract_is_read_as_it_was_signed() {
        let key = SigningKey::from_seed([1; 32]);
        let extract = Extract::sign(extracted(&key), &key).unwrap();
        let text = extract.armour();
        assert!(is_extract(&text));
        assert_eq!(Extract::dearmour(&text), Ok(extract.clone()));
        assert_eq!(Extract::decode(&extract.encode()), Ok(extract));
    }

    #[test]
    fn what_was_changed_taken_out_or_signed_by_another_does_not_hold() {
        let key = SigningKey::from_seed([1; 32]);
        let good = Extract::sign(extracted(&key), &key).unwrap();
        let other = SigningKey::from_seed([3; 32]);
        assert!(matches!(
            Extract::sign(extracted(&key), &other),
            Err(ExtractError::Signature(_))
        ));
        let changed = |change: fn(&mut Extracted)| {
            let mut extract = good.clone();
            change(&mut extract.extracted);
            extract.verify()
        };
        let lane =
            |change: fn(&mut Extracted)| assert_eq!(changed(change), Err(ExtractError::Lane));
        lane(|e| drop(e.lanes[0].records.remove(0)));
        lane(|e| e.lanes[0].records.swap(0, 1));
        lane(|e| e.lanes[0].records[1].sealed = b"twos".to_vec().into());
        lane(|e| e.lanes[0].before = 0);
        let signed = |change: fn(&mut Extracted)| {
            assert!(matches!(changed(change), Err(ExtractError::Signature(_))));
        };
        signed(|e| e.lanes[0].records[1].plain = Some("{\"actor\":\"x\"}".to_owned()));
        signed(|e| e.lanes[0].records[1].at_ms = 6);
        signed(|e| e.filter.clear());
        assert_eq!(changed(|e| e.version = 2), Err(ExtractError::Version));
        assert_eq!(changed(|e| e.node.clear()), Err(ExtractError::Field));
        let twice = |e: &mut Extracted| e.lanes.push(e.lanes[0].clone());
        assert_eq!(changed(twice), Err(ExtractError::Field));
    }
}
