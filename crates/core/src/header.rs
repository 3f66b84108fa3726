//! The header of an entry: what is signed for ever. Closed types only, nothing personal (rule 7).
//!
//! Bytes are deterministic CBOR (RFC 8949 section 4.2.1): a map with ascending integer keys, absent fields left out. The bytes
//! received are kept as they came; this form is only a reading of them (invariant 14).

use crate::act::Acts;
use crate::codes::{Basis, Necessity, Purpose, Role};
use crate::handling::Handling;
use crate::ids::{Commitment, DossierId, EntryId, NodeName, ObligationId, Pseudonym, ServiceName};
use crate::instant::Instant;
use minicbor::{Decode, Encode};
use serde::Serialize;

/// Version of the header's form that this code writes.
pub const HEADER_VERSION: u16 = 1;
/// Largest header in bytes; checked before decoding.
pub const MAX_HEADER: usize = 16 * 1024;
/// Most parents that an entry names.
pub const MAX_AFTER: usize = 64;
/// Most ledger acts in one entry.
pub const MAX_ACTS: usize = 250;
/// Most nodes that an audience names.
pub const MAX_AUDIENCE: usize = 8;

/// Who wrote an entry, as the partner may know it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Author {
    /// The service (and so the node).
    #[n(0)]
    pub service: ServiceName,
    /// The officer's pseudonym in this dossier.
    #[n(1)]
    pub officer: Pseudonym,
    /// In what role.
    #[n(2)]
    pub role: Role,
}

impl Author {
    /// The author's node.
    #[must_use]
    pub fn node(&self) -> NodeName {
        self.service.node()
    }
}

/// The terms that an entry was written under (rule 9).
#[derive(Clone, Debug, PartialEq, Eq, Default, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Under {
    /// The entry that enacted the charter.
    #[n(0)]
    pub charter: Option<EntryId>,
    /// The entry that set the dossier's configuration.
    #[n(1)]
    pub config: Option<EntryId>,
}

/// The human decision to send (invariant 8).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Release {
    /// Why it is necessary.
    #[n(0)]
    pub necessity: Necessity,
    /// On what legal basis.
    #[n(1)]
    pub basis: Basis,
    /// Who approved.
    #[n(2)]
    pub approver: Pseudonym,
}

/// The kept half of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Header {
    /// Version of this form.
    #[n(0)]
    pub version: u16,
    /// The dossier; absent in the entry that opens it.
    #[n(1)]
    pub dossier: Option<DossierId>,
    /// Type of the entry, such as `request.answer`.
    #[n(2)]
    pub kind: String,
    /// Version of the type.
    #[n(3)]
    pub kind_version: u16,
    /// Author.
    #[n(4)]
    pub author: Author,
    /// The author's time.
    #[n(5)]
    pub at: Instant,
    /// Number of this entry in its lane: the entries of one node with one audience in one dossier, counted from 1.
    #[n(6)]
    pub seq: u64,
    /// The heads that the author's node held at commit, within the audience.
    #[n(7)]
    pub after: Vec<EntryId>,
    /// Terms.
    #[n(8)]
    pub under: Under,
    /// Nodes that may hold it, ascending.
    #[n(9)]
    pub audience: Vec<NodeName>,
    /// Purpose.
    #[n(10)]
    pub purpose: Purpose,
    /// Handling.
    #[n(11)]
    pub handling: Handling,
    /// The decision to send, in what leaves the node.
    #[n(12)]
    pub release: Option<Release>,
    /// Effects.
    #[n(13)]
    pub acts: Acts,
    /// Commitment to the body.
    #[n(14)]
    pub body: Option<Commitment>,
    /// Commitments to the attachments, in order.
    #[n(15)]
    pub attachments: Vec<Commitment>,
}

/// Why header bytes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Larger than [`MAX_HEADER`].
    #[error("header larger than {MAX_HEADER} bytes")]
    TooLarge,
    /// A version that this code does not know: kept, not evaluated.
    #[error("header of a newer version")]
    Newer,
    /// Not the form that a header has.
    #[error("header malformed")]
    Malformed,
    /// Known version, but not the one form that its bytes may have.
    #[error("header not in its deterministic form")]
    NotDeterministic,
}

impl Header {
    /// What an entry of this header asks.
    pub fn asked(&self, entry: EntryId) -> impl Iterator<Item = ObligationId> {
        let asks = self.acts.asks();
        asks.map(move |(index, _)| ObligationId { entry, index })
    }
    /// What this entry builds on: its parents, the charter's terms and the configuration it was written under.
    pub fn ancestors(&self) -> impl Iterator<Item = EntryId> {
        let named = self.after.iter().chain(&self.under.charter);
        named.chain(&self.under.config).copied()
    }

    /// The deterministic bytes of this header.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads header bytes, limits first; bytes of a known version must be in their one deterministic form.
    ///
    /// # Errors
    /// [`HeaderError`] says whether they are too large, of a newer version, malformed or not deterministic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        if bytes.len() > MAX_HEADER {
            return Err(HeaderError::TooLarge);
        }
        if version_of(bytes)? != HEADER_VERSION {
            return Err(HeaderError::Newer);
        }
        let header: Self = minicbor::decode(bytes).map_err(|_| HeaderError::Malformed)?;
        if header.audience.len() > MAX_AUDIENCE {
            return Err(HeaderError::Malformed);
        }
        if header.acts.has_unknown() {
            return Ok(header);
        }
        if header.to_bytes() != bytes {
            Err(HeaderError::NotDeterministic)
        } else {
            Ok(header)
        }
    }

    /// The author's node.
    #[must_use]
    pub fn node(&self) -> NodeName {
        self.author.node()
    }

    /// Whether every node of `nodes` may hold this entry: the scope of State(S) (rule 4).
    #[must_use]
    pub fn audience_contains(&self, nodes: &[NodeName]) -> bool {
        nodes.iter().all(|n| self.audience.contains(n))
    }

    /// The dossier of this entry, given its own identifier.
    #[must_use]
    pub fn dossier_of(&self, id: EntryId) -> DossierId {
        self.dossier.unwrap_or(DossierId::of(id))
    }
}

fn version_of(bytes: &[u8]) -> Result<u16, HeaderError> {
    let mut d = minicbor::Decoder::new(bytes);
    d.map().map_err(|_| HeaderError::Malformed)?;
    let key = d.u64().map_err(|_| HeaderError::Malformed)?;
    if key != 0 {
        return Err(HeaderError::Malformed);
    }
    d.u16().map_err(|_| HeaderError::Malformed)
}
