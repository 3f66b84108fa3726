//! A bundle: one entry with all that proves it, checked offline, years later.
//!
//! In scope: the form, its limits, and [`verify_bundle`], which shows that the register's owner wrote the
//! entry into its register and that the partner cosigned it at a time. The cards inside are the
//! bundle's own claim: a reader compares the two fingerprints of the [`BundleReport`] with those pinned.
//! [`BundleReport::trusts`] does so, and knows keys that were declared compromised (rule 15).
//! Not in scope: what the entry says (of a header only two fields are read: its version and its
//! commitment to the body), and who may declare what. A bundle brings the declarations that its maker knew; whoever makes
//! one can only weaken it by them, so that each counts whose own signature holds.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::beginning::{Beginning, BeginningError, MAX_BEGINNING};
use crate::blame::Blame;
use crate::card::{self, Card, CardError, Fingerprint};
use crate::cbor::{self, CborError, Limits};
use crate::checkpoint::{self, Checkpoint, CheckpointError, OriginParts};
use crate::commit::{SALT, body_commitment};
use crate::compromise::{CompromiseError, Declaration, MAX_DECLARATION};
use crate::cosign::{CosignError, cosigner_name, verify_cosignature};
use crate::digest::{Digest, entry_id};
use crate::leaf::{KeyChange, Leaf, LeafError};
use crate::merkle::{MAX_PROOF, MerkleError, verify_inclusion};
use crate::note::{MAX_NOTE, Note, NoteError};
use crate::presence::{ChainError, chain};
use crate::sign::VerifyingKey;
use crate::weight::{OfficerSignature, PSEUDONYM, WeightError};

/// The bundle version that this code writes and reads.
pub const BUNDLE_VERSION: u16 = 1;
/// Most bytes of an encoded bundle.
pub const MAX_BUNDLE: usize = 2 * 1024 * 1024;
/// Most bytes of a header.
pub const MAX_HEADER: usize = 16 * 1024;
/// Most bytes of a body.
pub const MAX_BODY: usize = 1024 * 1024;
/// Most key changes of each side.
pub const MAX_HISTORY: usize = card::MAX_CHANGES;
/// Most declarations of compromised keys that a bundle brings.
pub const MAX_DECLARATIONS: usize = 2 * MAX_HISTORY;
/// The header version whose body commitment this code finds.
pub const HEADER_VERSION: u16 = 1;
/// Armour label of a bundle.
pub const LABEL: &str = "BUNDLE";

const LIMITS: Limits = Limits {
    max_bytes: MAX_BUNDLE,
    max_depth: 4,
    max_items: 1024,
};
const HEADER_LIMITS: Limits = Limits {
    max_bytes: MAX_HEADER,
    max_depth: 16,
    max_items: MAX_HEADER,
};

/// Why a bundle proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// What both nodes signed before a generation, or how one follows from the other.
    #[error("bundle: {0}")]
    Beginning(#[from] BeginningError),
    /// The generations do not form one chain to this register.
    #[error("generations of the register broken")]
    Generations,
    /// The armour around it.
    #[error("bundle: {0}")]
    Armour(#[from] ArmourError),
    /// The body is not the one that the header commits to.
    #[error("body does not match the header")]
    Body,
    /// Signed by a key that was declared compromised, and not cosigned before the time from which it counts for nothing.
    #[error("signed by a key that was declared compromised, and not cosigned before")]
    Compromised {
        /// That time, seconds since 1970 UTC.
        since_s: u64,
    },
    /// Cosigned by a key that was declared compromised: who has it chooses the time in its cosignatures.
    #[error("cosigned by a key that was declared compromised")]
    CosignerCompromised {
        /// Since when, seconds since 1970 UTC.
        since_s: u64,
    },
    /// A declaration that it brings does not hold, or is of neither of the two nodes.
    #[error("bundle: a declaration that it brings does not hold")]
    Declaration(#[from] CompromiseError),
    /// Cosigned by a node of another fingerprint than those trusted.
    #[error("cosigned by a node with another fingerprint")]
    CosignedByOther,
    /// Signed by a node of another fingerprint than those trusted.
    #[error("signed by a node with another fingerprint")]
    SignedByOther,
    /// One of the two cards.
    #[error("bundle: {0}")]
    Card(#[from] CardError),
    /// Not deterministic CBOR of a bundle's shape.
    #[error("bundle: {0}")]
    Cbor(#[from] CborError),
    /// The checkpoint.
    #[error("bundle: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The partner's cosignature.
    #[error("bundle: {0}")]
    Cosignature(#[from] CosignError),
    /// A header version whose body commitment this code cannot find.
    #[error("header version not known: the body cannot be compared")]
    HeaderVersion,
    /// Key changes that do not form one chain through the card's key, contradict those that the card names, or are of another node.
    #[error("key history broken")]
    History,
    /// The inclusion proof.
    #[error("bundle: {0}")]
    Inclusion(#[from] MerkleError),
    /// A key change does not verify.
    #[error("bundle: {0}")]
    KeyChange(#[from] LeafError),
    /// The register is not one between the nodes of the two cards.
    #[error("register is not between the nodes of the two cards")]
    Parties,
    /// A part beyond its limit.
    #[error("bundle part too large")]
    TooLarge,
    /// A bundle version other than [`BUNDLE_VERSION`].
    #[error("bundle version not known")]
    Version,
    /// The officer's signature beside the entry.
    #[error("bundle: {0}")]
    Weight(#[from] WeightError),
    /// The officer's signature is beside another entry, of another officer, or vouched for by another node.
    #[error("officer's signature is not of who wrote or approved this entry")]
    WeightOfOther,
}

impl BundleError {
    /// Which check failed, as a code that is put into the reader's words.
    #[must_use]
    pub fn check(&self) -> &'static str {
        match self {
            Self::Armour(_) => "armour",
            Self::Beginning(_) | Self::Generations => "generations",
            Self::Body => "body",
            Self::Compromised { .. } => "compromised",
            Self::CosignerCompromised { .. } => "cosigner-compromised",
            Self::Declaration(_) => "declaration",
            Self::CosignedByOther => "cosigned-other",
            Self::SignedByOther => "signed-other",
            Self::Card(_) => "card",
            Self::Cbor(_) => "bytes",
            Self::Checkpoint(_) => "checkpoint",
            Self::Cosignature(_) => "cosignature",
            Self::HeaderVersion => "header-version",
            Self::History => "history",
            Self::Inclusion(_) => "inclusion",
            Self::KeyChange(_) => "key-change",
            Self::Parties => "parties",
            Self::TooLarge => "too-large",
            Self::Version => "version",
            Self::Weight(_) => "officer",
            Self::WeightOfOther => "officer-other",
        }
    }
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Armour(_) | Self::Cbor(_) | Self::TooLarge => Blame::Malformed,
            Self::Body
            | Self::Compromised { .. }
            | Self::CosignerCompromised { .. }
            | Self::CosignedByOther
            | Self::Generations
            | Self::History
            | Self::Parties
            | Self::SignedByOther
            | Self::WeightOfOther => Blame::PeerDeviates,
            Self::Beginning(error) => error.blame(),
            Self::Card(error) => error.blame(),
            Self::Declaration(error) => error.blame(),
            Self::Checkpoint(error) => error.blame(),
            Self::Cosignature(error) => error.blame(),
            Self::HeaderVersion | Self::Version => Blame::NoCommonVersion,
            Self::Inclusion(error) => error.blame(),
            Self::KeyChange(error) => error.blame(),
            Self::Weight(error) => error.blame(),
        }
    }
}

/// All that proves one entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Bundle {
    /// Form of the bundle: [`BUNDLE_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The header exactly as signed.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    /// The body, if it still exists and may be shown.
    #[n(2)]
    pub body: Option<BundleBody>,
    /// Position of the entry's leaf in the register.
    #[n(3)]
    pub leaf_index: u64,
    /// Inclusion proof, bottom up.
    #[n(4)]
    pub inclusion: Vec<Digest>,
    /// Checkpoint note with the partner's cosignature.
    #[n(5)]
    pub note: String,
    /// Signed card of the register's owner.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub owner_card: Vec<u8>,
    /// Signed card of the partner that cosigned.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub cosigner_card: Vec<u8>,
    /// The owner's key changes, oldest first; they chain through the key of its card.
    #[n(8)]
    pub owner_history: Vec<KeyChange>,
    /// The partner's key changes, in the same way.
    #[n(9)]
    pub cosigner_history: Vec<KeyChange>,
    /// What both nodes signed before each generation after the first, that of this register first; absent in the first generation.
    #[n(10)]
    pub beginnings: Option<Vec<ByteVec>>,
    /// Inclusion proof of the first leaf, which names the newest of them, bottom up.
    #[n(11)]
    pub begun: Option<Vec<Digest>>,
    /// What its maker knew of compromised keys of the two nodes; absent if nothing.
    #[n(12)]
    pub declarations: Option<Vec<ByteVec>>,
    /// The signature of the officer who wrote or approved it, by their own passkey; absent where there is none, or it is not given out.
    #[n(13)]
    pub officer: Option<ByteVec>,
}

/// A body and the salt of its commitment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BundleBody {
    /// Salt.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub salt: [u8; SALT],
    /// The bytes committed to.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// What a bundle shows, if the two fingerprints are those of the nodes one trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleReport {
    /// Id of the entry.
    pub entry: Digest,
    /// The register: whose, towards whom, which generation.
    pub register: OriginParts,
    /// Position of the entry in it.
    pub index: u64,
    /// Size of the register in the checkpoint.
    pub size: u64,
    /// Its root.
    pub root: Digest,
    /// Fingerprint of the owner's card.
    pub signed_by: Fingerprint,
    /// Fingerprints that the owner's card had under each key of its chain, oldest first: whoever trusts one of them trusts what follows.
    pub owner_prints: Vec<Fingerprint>,
    /// The owner's key that signed the checkpoint.
    pub signing_key: VerifyingKey,
    /// Which of the fingerprints that key has.
    pub signing_print: Fingerprint,
    /// Fingerprints that either card had under another TLS key, with the one that it has under the TLS key of now: they say the same.
    pub other_prints: Vec<(Fingerprint, Fingerprint)>,
    /// Fingerprint of the partner's card.
    pub cosigned_by: Fingerprint,
    /// Fingerprints of the partner's chain, in the same way.
    pub cosigner_prints: Vec<Fingerprint>,
    /// Which of them the key has that cosigned.
    pub cosigning_print: Fingerprint,
    /// When the partner cosigned, by its own clock, seconds since 1970 UTC.
    pub cosigned_at_s: u64,
    /// The body.
    pub body: BodyShown,
    /// Key changes verified, of both sides together.
    pub key_changes: usize,
    /// What both nodes signed before each later generation of the register, the newest first: as much as the bundle brings.
    pub beginnings: Vec<Beginning>,
    /// Declarations of compromised keys that the bundle brings.
    pub declarations: Vec<Declaration>,
    /// The officer's own signature, if the bundle brings one.
    pub officer: Option<OfficerShown>,
}

/// An officer's own signature beside an entry, as far as it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerShown {
    /// The signature.
    pub signature: OfficerSignature,
    /// Whether the officer wrote the entry; else they approved it.
    pub wrote: bool,
    /// Which of the owner's fingerprints the key has that vouches for it.
    pub vouching_print: Fingerprint,
}

/// A key that was declared compromised, by the fingerprint of the card with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compromised {
    /// The fingerprint.
    pub print: Fingerprint,
    /// Since when it counts for nothing, seconds since 1970 UTC.
    pub since_s: u64,
}

impl From<&Declaration> for Compromised {
    fn from(declaration: &Declaration) -> Self {
        Self {
            print: declaration.print(),
            since_s: declaration.declared.since_s,
        }
    }
}

/// Whom a reader trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    /// Fingerprints of which the entry's node must have one, or have had it before; none: not compared.
    pub signed_by: Vec<Fingerprint>,
    /// The same for the node that cosigned.
    pub cosigned_by: Vec<Fingerprint>,
    /// Keys of either that were declared compromised.
    pub compromised: Vec<Compromised>,
}

impl BundleReport {
    /// Whether it proves anything to a reader who trusts these nodes and knows these keys to be compromised (rule 15).
    ///
    /// What a compromised key signed counts if the partner, by a key that is not compromised, cosigned it before the declared time. What
    /// it cosigned counts no more, since whoever has it chooses the time in its cosignatures; a later checkpoint under the keys of now
    /// covers the same entry. And it vouches for no key that replaced it, nor for one that it says to have replaced: the reader must
    /// know a fingerprint on the signer's side of it. What the bundle itself brings of declarations is known to every reader.
    ///
    /// # Errors
    /// [`BundleError::Compromised`], [`BundleError::CosignerCompromised`], [`BundleError::SignedByOther`],
    /// [`BundleError::CosignedByOther`].
    pub fn trusts(&self, reader: &Trusted) -> Result<(), BundleError> {
        let mut compromised = reader.compromised.clone();
        compromised.extend(self.declarations.iter().map(Compromised::from));
        for one in &mut compromised {
            one.print = self.of_now(&one.print);
        }
        let named_by = |prints: &[Fingerprint]| -> Vec<Fingerprint> {
            prints.iter().map(|print| self.of_now(print)).collect()
        };
        // Declared more than once, a key is compromised since the first time.
        let named = |print: &Fingerprint| {
            let declared = compromised.iter().filter(|c| c.print == *print);
            declared.map(|c| c.since_s).min()
        };
        if let Some(since_s) = named(&self.signing_print).filter(|s| self.cosigned_at_s >= *s) {
            return Err(BundleError::Compromised { since_s });
        }
        if let Some(since_s) = named(&self.cosigning_print) {
            return Err(BundleError::CosignerCompromised { since_s });
        }
        let owner = (self.owner_prints.as_slice(), &self.signing_print);
        if !vouched(owner, &named_by(&reader.signed_by), &compromised) {
            return Err(BundleError::SignedByOther);
        }
        let cosigner = (self.cosigner_prints.as_slice(), &self.cosigning_print);
        match vouched(cosigner, &named_by(&reader.cosigned_by), &compromised) {
            true => Ok(()),
            false => Err(BundleError::CosignedByOther),
        }
    }

    /// Whether the node's word on whose passkey signed counts for nothing to this reader: nobody cosigned when it was given, so that who
    /// has a compromised key gives it for whoever they like, at whatever time. The entry itself may be proved all the same.
    #[must_use]
    pub fn doubts_officer(&self, reader: &Trusted) -> bool {
        let brought = self.declarations.iter().map(Compromised::from);
        let mut compromised = reader.compromised.iter().copied().chain(brought);
        let vouching = self.officer.as_ref().map(|shown| shown.vouching_print);
        vouching.is_some_and(|print| compromised.any(|one| self.of_now(&one.print) == print))
    }

    /// The fingerprint that a card has now in the place of one of before: a TLS key signs nothing here, so another one changes nothing.
    fn of_now(&self, print: &Fingerprint) -> Fingerprint {
        let other = self.other_prints.iter().find(|(before, _)| before == print);
        other.map_or(*print, |(_, now)| *now)
    }
}

/// Whether a fingerprint that is trusted leads to the one that signed, without a step that a compromised key vouches for.
///
/// Two keys sign each step. Onwards it is the older that vouches for the newer; back it is the newer, which says what it replaced, and
/// who has it can invent a key of before.
fn vouched(
    (chain, signer): (&[Fingerprint], &Fingerprint),
    trusted: &[Fingerprint],
    compromised: &[Compromised],
) -> bool {
    let place = |print: &Fingerprint| chain.iter().position(|known| known == print);
    let Some(at) = place(signer) else {
        return false;
    };
    let broken =
        |step: &usize| *step != at && compromised.iter().any(|c| place(&c.print) == Some(*step));
    if trusted.is_empty() {
        return !(0..chain.len()).any(|step| broken(&step));
    }
    let onwards = (0..=at).rev().take_while(|step| !broken(step));
    let back = (at..chain.len()).take_while(|step| !broken(step));
    let mut reached = onwards.chain(back).filter_map(|step| chain.get(step));
    reached.any(|print| trusted.contains(print))
}

/// What is shown of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyShown {
    /// The bundle has no body: erased, or withheld.
    Absent,
    /// The body is the one that the header commits to.
    Matches,
}

/// Of a header of version 1, which `core` writes (docs/wire/proof.md): the commitment to the body.
#[derive(Decode)]
#[cbor(map)]
struct HeaderView {
    #[n(14)]
    body: Option<Digest>,
}

/// Of the same: the dossier, and under which pseudonyms it was written and approved.
#[derive(Decode)]
#[cbor(map)]
struct OfficersView {
    #[n(1)]
    dossier: Option<Digest>,
    #[n(4)]
    author: AuthorView,
    #[n(12)]
    release: Option<ReleaseView>,
}

#[derive(Decode)]
struct AuthorView {
    #[cbor(n(1), with = "minicbor::bytes")]
    officer: [u8; PSEUDONYM],
}

#[derive(Decode)]
struct ReleaseView {
    #[cbor(n(2), with = "minicbor::bytes")]
    approver: [u8; PSEUDONYM],
}

/// Key 0 of headers and of bundles alike, read before anything else.
#[derive(Decode)]
#[cbor(map)]
struct VersionOnly {
    #[n(0)]
    version: u16,
}

impl Bundle {
    /// Deterministic CBOR with integer keys 0 to 13.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Bundle::encode`]; nothing is verified yet.
    ///
    /// # Errors
    /// [`BundleError::Cbor`], [`BundleError::Version`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        let VersionOnly { version } = cbor::decode(bytes, &LIMITS)?;
        if version != BUNDLE_VERSION {
            return Err(BundleError::Version);
        }
        Ok(cbor::decode_exact(bytes, &LIMITS)?)
    }

    /// The bundle as text.
    #[must_use]
    pub fn armour(&self) -> String {
        armour::encode(LABEL, &self.encode())
    }

    /// Reads [`Bundle::armour`].
    ///
    /// # Errors
    /// [`BundleError::Armour`] and those of [`Bundle::decode`].
    pub fn dearmour(text: &str) -> Result<Self, BundleError> {
        Self::decode(&armour::decode(LABEL, text, MAX_BUNDLE)?)
    }

    fn check_limits(&self) -> Result<(), BundleError> {
        if self.version != BUNDLE_VERSION {
            return Err(BundleError::Version);
        }
        let body = self.body.as_ref().map_or(0, |body| body.bytes.len());
        let within = self.header.len() <= MAX_HEADER
            && body <= MAX_BODY
            && self.inclusion.len() <= MAX_PROOF
            && self.note.len() <= MAX_NOTE
            && self.owner_history.len() <= MAX_HISTORY
            && self.cosigner_history.len() <= MAX_HISTORY
            && self.begun.as_ref().is_none_or(|p| p.len() <= MAX_PROOF)
            && self.beginnings.as_ref().is_none_or(|all| {
                all.len() <= MAX_HISTORY && all.iter().all(|one| one.len() <= MAX_BEGINNING)
            })
            && self.declarations.as_ref().is_none_or(|all| {
                (1..=MAX_DECLARATIONS).contains(&all.len())
                    && all.iter().all(|one| one.len() <= MAX_DECLARATION)
            });
        within.then_some(()).ok_or(BundleError::TooLarge)
    }
}

/// Verifies everything in the bundle, offline, and says what it shows.
///
/// # Errors
/// The first thing that fails; see [`BundleError::blame`].
pub fn verify_bundle(bundle: &Bundle) -> Result<BundleReport, BundleError> {
    bundle.check_limits()?;
    let owner = card::verify_card(&bundle.owner_card)?;
    let cosigner = card::verify_card(&bundle.cosigner_card)?;
    let register = register_between(&bundle.note, &owner, &cosigner)?;
    let owner_keys = key_chain(&owner, &bundle.owner_history)?;
    let cosigner_keys = key_chain(&cosigner, &bundle.cosigner_history)?;
    let (checkpoint, signing_key) = verify_owner(&bundle.note, &register, &owner_keys)?;
    let (cosigned_at_s, cosigning_key) =
        verify_cosigner(&bundle.note, &cosigner.node, &cosigner_keys)?;
    let entry = entry_id(&bundle.header);
    verify_inclusion(
        &Leaf::Entry(entry).hash(),
        bundle.leaf_index,
        checkpoint.size,
        &bundle.inclusion,
        &checkpoint.root,
    )?;
    let beginnings = verify_beginnings(bundle, &register, &checkpoint)?;
    let declarations = verify_declarations(bundle, &register)?;
    let officer = verify_officer(bundle, (&owner, &owner_keys), &entry)?;
    Ok(BundleReport {
        entry,
        register,
        index: bundle.leaf_index,
        size: checkpoint.size,
        root: checkpoint.root,
        signed_by: owner.fingerprint(),
        owner_prints: prints(&owner, &owner_keys),
        signing_key,
        signing_print: Fingerprint::of(&signing_key, &owner.tls_key),
        other_prints: [
            other_prints(&owner, &owner_keys),
            other_prints(&cosigner, &cosigner_keys),
        ]
        .concat(),
        cosigned_by: cosigner.fingerprint(),
        cosigner_prints: prints(&cosigner, &cosigner_keys),
        cosigning_print: Fingerprint::of(&cosigning_key, &cosigner.tls_key),
        cosigned_at_s,
        body: verify_body(&bundle.header, bundle.body.as_ref())?,
        key_changes: bundle.owner_history.len() + bundle.cosigner_history.len(),
        beginnings,
        declarations,
        officer,
    })
}

/// The officer's signature: over this entry, by who wrote or approved it, vouched for by a key of the entry's own node.
fn verify_officer(
    bundle: &Bundle,
    (owner, keys): (&Card, &[VerifyingKey]),
    entry: &Digest,
) -> Result<Option<OfficerShown>, BundleError> {
    let Some(bytes) = &bundle.officer else {
        return Ok(None);
    };
    let signature = OfficerSignature::decode(bytes)?;
    let VersionOnly { version } = cbor::decode(&bundle.header, &HEADER_LIMITS)?;
    if version != HEADER_VERSION {
        return Err(BundleError::HeaderVersion);
    }
    let header: OfficersView = cbor::decode(&bundle.header, &HEADER_LIMITS)?;
    let signed = &signature.signed;
    let wrote = header.author.officer == signed.officer;
    let approved = header.release.is_some_and(|r| r.approver == signed.officer);
    let named = signed.entry == *entry
        && signed.node == owner.node
        && signed.dossier == header.dossier.unwrap_or(*entry)
        && keys.contains(&signed.by);
    if !named || !(wrote || approved) {
        return Err(BundleError::WeightOfOther);
    }
    Ok(Some(OfficerShown {
        vouching_print: Fingerprint::of(&signed.by, &owner.tls_key),
        wrote,
        signature,
    }))
}

/// Every declaration that the bundle brings: each of a key of one of its two nodes.
fn verify_declarations(
    bundle: &Bundle,
    register: &OriginParts,
) -> Result<Vec<Declaration>, BundleError> {
    let mut declarations = Vec::new();
    for bytes in bundle.declarations.iter().flatten() {
        let one = Declaration::decode(bytes)?;
        let between = [&register.from, &register.to];
        if !between.contains(&&one.declared.node) || !between.contains(&&one.declared.by) {
            return Err(BundleError::Parties);
        }
        declarations.push(one);
    }
    Ok(declarations)
}

/// Every generation from this register's back to where the first ended, each bound to the one after it, the newest to the first leaf.
fn verify_beginnings(
    bundle: &Bundle,
    register: &OriginParts,
    checkpoint: &Checkpoint,
) -> Result<Vec<Beginning>, BundleError> {
    let Some(documents) = &bundle.beginnings else {
        return Ok(Vec::new());
    };
    let mut all: Vec<Beginning> = Vec::new();
    let mut wanted: Option<Digest> = None;
    for (generation, bytes) in (0..=register.generation).rev().zip(documents) {
        let one = Beginning::decode(bytes)?;
        let named = one.offer().owner == register.from && one.offer().partner == register.to;
        let follows = wanted.is_none_or(|digest| digest == one.digest());
        if !named || !follows || one.generation() != generation {
            return Err(BundleError::Generations);
        }
        wanted = one.offer().before;
        all.push(one);
    }
    let newest = all.first().ok_or(BundleError::Generations)?;
    if all.len() != documents.len() || wanted.is_some() {
        return Err(BundleError::Generations);
    }
    let first = Leaf::Beginning(newest.digest()).hash();
    let begun = bundle.begun.as_deref().unwrap_or_default();
    verify_inclusion(&first, 0, checkpoint.size, begun, &checkpoint.root)?;
    Ok(all)
}

/// The fingerprint that a card has under each of these keys.
fn prints(card: &Card, keys: &[VerifyingKey]) -> Vec<Fingerprint> {
    let of = |key| Fingerprint::of(key, &card.tls_key);
    keys.iter().map(of).collect()
}

/// The same under the card's other TLS keys, each with the one of now. A fingerprint binds the signing key whatever TLS key is beside it, so
/// a card that names wrong ones gains nothing.
fn other_prints(card: &Card, keys: &[VerifyingKey]) -> Vec<(Fingerprint, Fingerprint)> {
    let tls = card.tls_keys().unwrap_or_default().into_iter();
    let others: Vec<VerifyingKey> = tls.filter(|tls| *tls != card.tls_key).collect();
    let of = |key: &VerifyingKey| {
        let now = Fingerprint::of(key, &card.tls_key);
        let before = others.iter().map(|tls| Fingerprint::of(key, tls));
        before.map(|print| (print, now)).collect::<Vec<_>>()
    };
    keys.iter().flat_map(of).collect()
}

fn register_between(note: &str, owner: &Card, cosigner: &Card) -> Result<OriginParts, BundleError> {
    let note = Note::parse(note).map_err(CheckpointError::from)?;
    let claimed = Checkpoint::parse(note.text())?;
    checkpoint::parse_origin(&claimed.origin)
        .filter(|parts| parts.from == owner.node && parts.to == cosigner.node)
        .ok_or(BundleError::Parties)
}

/// All keys that a node has signed with, oldest first, linked to the key of its card.
fn key_chain(card: &Card, history: &[KeyChange]) -> Result<Vec<VerifyingKey>, BundleError> {
    let mut keys = chain(&card.node, history).map_err(|error| match error {
        ChainError::Change(error) => BundleError::KeyChange(error),
        ChainError::Broken => BundleError::History,
    })?;
    if keys.is_empty() {
        keys.push(card.signing_key);
    }
    let at = keys.iter().position(|key| *key == card.signing_key);
    let led = at
        .and_then(|at| keys.get(..=at))
        .ok_or(BundleError::History)?;
    // A register may have begun later than the node; nothing can have come before what the card itself names.
    match card.changes.is_none() || card.keys()?.ends_with(led) {
        true => Ok(keys),
        false => Err(BundleError::History),
    }
}

fn verify_owner(
    note: &str,
    register: &OriginParts,
    keys: &[VerifyingKey],
) -> Result<(Checkpoint, VerifyingKey), BundleError> {
    let origin = checkpoint::origin(&register.from, &register.to, register.generation);
    for key in keys {
        match checkpoint::verify_checkpoint(note, &origin, key) {
            Ok(checkpoint) => return Ok((checkpoint, *key)),
            Err(CheckpointError::Note(NoteError::UnknownKey)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(CheckpointError::Note(NoteError::UnknownKey).into())
}

fn verify_cosigner(
    note: &str,
    node: &str,
    keys: &[VerifyingKey],
) -> Result<(u64, VerifyingKey), BundleError> {
    let name = cosigner_name(node);
    for key in keys {
        match verify_cosignature(note, &name, key) {
            Err(CosignError::Note(NoteError::UnknownKey)) => {}
            other => return Ok((other?, *key)),
        }
    }
    Err(CosignError::Note(NoteError::UnknownKey).into())
}

fn verify_body(header: &[u8], body: Option<&BundleBody>) -> Result<BodyShown, BundleError> {
    let Some(body) = body else {
        return Ok(BodyShown::Absent);
    };
    let VersionOnly { version } = cbor::decode(header, &HEADER_LIMITS)?;
    if version != HEADER_VERSION {
        return Err(BundleError::HeaderVersion);
    }
    let view: HeaderView = cbor::decode(header, &HEADER_LIMITS)?;
    if view.body == Some(body_commitment(&body.salt, &body.bytes)) {
        Ok(BodyShown::Matches)
    } else {
        Err(BundleError::Body)
    }
}
