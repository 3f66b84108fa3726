//! A new beginning: what both nodes sign before a register goes on in another generation, after a fork or without its key (DESIGN section
//! 5, rule 15).
//!
//! The register's owner proposes: which generation is closed, up to which points it could be closed, and the key that the next one begins
//! with. The partner accepts one of the points, where both histories are one. The first leaf of the new generation is the digest of the
//! whole, so that the generations are one chain. In scope: the form, its limits, both signatures, and that the agreed size was
//! offered. Not in scope: whose keys these are; readers compare them with those they know, people compare fingerprints.

use minicbor::{Decode, Encode};

use crate::blame::Blame;
use crate::card::is_node_name;
use crate::cbor::{self, CborError, Limits};
use crate::digest::{Digest, tagged};
use crate::merkle::{MAX_SIZE, TreeHead, empty_root};
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// The version that this code writes and reads.
pub const BEGINNING_VERSION: u16 = 1;
/// First bytes of what the owner signs.
pub const PROPOSAL_DOMAIN: &[u8] = b"entente/register-proposal/1\n";
/// First bytes of what the partner signs.
pub const ACCEPTANCE_DOMAIN: &[u8] = b"entente/register-acceptance/1\n";
/// Tag of the digest by which an answer names the proposal that asked for it.
pub const PROPOSED_DOMAIN: &str = "entente/register-proposed/1";
/// Tag of the digest that the first leaf of the new generation holds.
pub const BEGINNING_DOMAIN: &str = "entente/register-beginning/1";
/// Most bytes of a whole beginning.
pub const MAX_BEGINNING: usize = 16 * 1024;
/// Most points that an owner offers.
pub const MAX_POINTS: usize = 128;
/// Highest generation: a register that had to begin so often has another fault.
pub const MAX_GENERATION: u32 = 1_000;

const LIMITS: Limits = Limits {
    max_bytes: MAX_BEGINNING,
    max_depth: 6,
    max_items: 1024,
};

/// Why a beginning does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BeginningError {
    /// Not deterministic CBOR of this shape.
    #[error("beginning: {0}")]
    Cbor(#[from] CborError),
    /// A field outside its limits.
    #[error("beginning: a field is outside its limits")]
    Field,
    /// The agreed size is none of those that the owner offered.
    #[error("beginning: agreed on what was not offered")]
    NotOffered,
    /// One of the two signatures.
    #[error("beginning: {0}")]
    Signature(#[from] SignError),
    /// Another version.
    #[error("beginning of a version that is not known")]
    Version,
}

impl BeginningError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Cbor(_) | Self::Field => Blame::Malformed,
            Self::NotOffered => Blame::PeerDeviates,
            Self::Signature(error) => error.blame(),
            Self::Version => Blame::NoCommonVersion,
        }
    }
}

/// Why a register begins again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Two histories of it were signed.
    Fork,
    /// The secret of the key that signed it is lost.
    KeyLost,
    /// The secret of the key that signed it is known to others.
    KeyCompromised,
}

impl Ground {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Fork, Self::KeyLost, Self::KeyCompromised];

    /// A stable name for programs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::KeyLost => "key-lost",
            Self::KeyCompromised => "key-compromised",
        }
    }

    /// Reads [`Ground::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }

    fn number(self) -> u8 {
        match self {
            Self::Fork => 1,
            Self::KeyLost => 2,
            Self::KeyCompromised => 3,
        }
    }

    fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.number() == number)
    }
}

/// A size of a register and its root there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Point {
    /// Leaves.
    #[n(0)]
    pub size: u64,
    /// Root of the tree of that size.
    #[n(1)]
    pub root: Digest,
}

impl Point {
    /// A register without leaves.
    #[must_use]
    pub fn start() -> Self {
        Self {
            size: 0,
            root: empty_root(),
        }
    }

    /// As a tree's head.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root,
        }
    }
}

/// What the owner of a register offers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Offer {
    /// Form: [`BEGINNING_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The node that writes the register.
    #[n(1)]
    pub owner: String,
    /// The partner it is written to.
    #[n(2)]
    pub partner: String,
    /// The generation to be closed.
    #[n(3)]
    pub generation: u32,
    /// Number of a [`Ground`]; see [`Offer::why`].
    #[n(4)]
    pub ground: u8,
    /// The key that the next generation begins with.
    #[n(5)]
    pub key: VerifyingKey,
    /// When, by the owner's clock, milliseconds since 1970 UTC.
    #[n(6)]
    pub time_ms: i64,
    /// Where the closed generation may end: first the owner's whole register, then what the partner receipted, descending.
    #[n(7)]
    pub points: Vec<Point>,
    /// Digest of the beginning of the generation to be closed; none of the first generation.
    #[n(8)]
    pub before: Option<Digest>,
}

impl Offer {
    /// Why the register begins again.
    #[must_use]
    pub fn why(&self) -> Option<Ground> {
        Ground::of(self.ground)
    }

    /// An offer of this version.
    #[must_use]
    pub fn new(
        (owner, partner): (&str, &str),
        (generation, before): (u32, Option<Digest>),
        ground: Ground,
        key: VerifyingKey,
        points: Vec<Point>,
        time_ms: i64,
    ) -> Self {
        Self {
            version: BEGINNING_VERSION,
            owner: owner.to_owned(),
            partner: partner.to_owned(),
            generation,
            ground: ground.number(),
            key,
            time_ms,
            points,
            before,
        }
    }

    fn check(&self) -> Result<(), BeginningError> {
        if self.version != BEGINNING_VERSION {
            return Err(BeginningError::Version);
        }
        let receipted = self.points.get(1..).unwrap_or_default();
        let descending = receipted.is_sorted_by(|later, earlier| later.size > earlier.size);
        let valid = is_node_name(&self.owner)
            && is_node_name(&self.partner)
            && self.owner != self.partner
            && self.generation < MAX_GENERATION
            && self.before.is_some() == (self.generation > 0)
            && self.why().is_some()
            && (1..=MAX_POINTS).contains(&self.points.len())
            && descending
            && self
                .points
                .iter()
                .all(|p| p.size <= MAX_SIZE && (p.size > 0 || p.root == empty_root()));
        valid.then_some(()).ok_or(BeginningError::Field)
    }
}

/// An offer under the key that the next generation begins with.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Proposal {
    /// What is offered.
    #[n(0)]
    pub offer: Offer,
    /// Signature of its key over [`PROPOSAL_DOMAIN`] and the offer's bytes.
    #[n(1)]
    pub signature: Signature,
}

impl Proposal {
    /// Signs an offer with the key that it names.
    ///
    /// # Errors
    /// [`BeginningError`] if it is one that [`Proposal::verify`] would refuse.
    pub fn sign(offer: Offer, key: &SigningKey) -> Result<Self, BeginningError> {
        let signature = key.sign(&offered(&offer));
        let proposal = Self { offer, signature };
        proposal.verify()?;
        Ok(proposal)
    }

    /// Verifies form and signature.
    ///
    /// # Errors
    /// [`BeginningError`].
    pub fn verify(&self) -> Result<(), BeginningError> {
        self.offer.check()?;
        Ok(self
            .offer
            .key
            .verify(&offered(&self.offer), &self.signature)?)
    }

    /// Whether the closed generation may end here: at a point that was offered, or beyond the owner's whole register, where the partner
    /// holds more of the same history than the owner has.
    #[must_use]
    pub fn offers(&self, end: &Point) -> bool {
        let whole = self.offer.points.first();
        let start = end.size == 0 && *end == Point::start();
        start || self.offer.points.contains(end) || whole.is_some_and(|whole| end.size > whole.size)
    }

    /// By which an answer names it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        tagged(PROPOSED_DOMAIN, &[&self.encode()])
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Proposal::encode`] and verifies it.
    ///
    /// # Errors
    /// [`BeginningError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BeginningError> {
        let proposal: Self = cbor::decode_exact(bytes, &LIMITS)?;
        proposal.verify()?;
        Ok(proposal)
    }
}

/// What both nodes signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Beginning {
    /// The owner's part.
    #[n(0)]
    pub proposal: Proposal,
    /// Where the closed generation ends.
    #[n(1)]
    pub agreed: Point,
    /// The partner's key.
    #[n(2)]
    pub partner_key: VerifyingKey,
    /// When the partner accepted, by its clock, milliseconds since 1970 UTC.
    #[n(3)]
    pub time_ms: i64,
    /// The partner's signature over [`ACCEPTANCE_DOMAIN`] and the rest.
    #[n(4)]
    pub signature: Signature,
}

#[derive(Encode)]
#[cbor(map)]
struct Accepted<'a> {
    #[n(0)]
    proposal: &'a Proposal,
    #[n(1)]
    agreed: Point,
    #[n(2)]
    partner_key: VerifyingKey,
    #[n(3)]
    time_ms: i64,
}

impl Beginning {
    /// Accepts a proposal up to a point, with the partner's key.
    ///
    /// # Errors
    /// [`BeginningError`] if it is one that [`Beginning::verify`] would refuse.
    pub fn accept(
        proposal: Proposal,
        agreed: Point,
        key: &SigningKey,
        time_ms: i64,
    ) -> Result<Self, BeginningError> {
        let mut beginning = Self {
            proposal,
            agreed,
            partner_key: key.verifying_key(),
            time_ms,
            signature: Signature([0; 64]),
        };
        beginning.signature = key.sign(&beginning.message());
        beginning.verify()?;
        Ok(beginning)
    }

    /// Verifies both signatures and that what was agreed was offered.
    ///
    /// # Errors
    /// [`BeginningError`].
    pub fn verify(&self) -> Result<(), BeginningError> {
        self.proposal.verify()?;
        if !self.proposal.offers(&self.agreed) {
            return Err(BeginningError::NotOffered);
        }
        if self.agreed.size > MAX_SIZE {
            return Err(BeginningError::Field);
        }
        Ok(self.partner_key.verify(&self.message(), &self.signature)?)
    }

    /// The offer in it.
    #[must_use]
    pub fn offer(&self) -> &Offer {
        &self.proposal.offer
    }

    /// The generation that begins.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.offer().generation.saturating_add(1)
    }

    /// What the first leaf of the new generation holds.
    #[must_use]
    pub fn digest(&self) -> Digest {
        tagged(BEGINNING_DOMAIN, &[&self.encode()])
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Beginning::encode`] and verifies it.
    ///
    /// # Errors
    /// [`BeginningError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BeginningError> {
        let beginning: Self = cbor::decode_exact(bytes, &LIMITS)?;
        beginning.verify()?;
        Ok(beginning)
    }

    fn message(&self) -> Vec<u8> {
        let accepted = Accepted {
            proposal: &self.proposal,
            agreed: self.agreed,
            partner_key: self.partner_key,
            time_ms: self.time_ms,
        };
        [ACCEPTANCE_DOMAIN, &cbor::encode(&accepted)].concat()
    }
}

fn offered(offer: &Offer) -> Vec<u8> {
    [PROPOSAL_DOMAIN, &cbor::encode(offer)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn point(size: u64) -> Point {
        Point {
            size,
            root: sha256(&size.to_be_bytes()),
        }
    }

    fn offer() -> Offer {
        Offer::new(
            ("ma", "fr"),
            (0, None),
            Ground::Fork,
            key(1).verifying_key(),
            vec![point(12), point(9), point(4)],
            7,
        )
    }

    fn beginning() -> Beginning {
        let proposal = Proposal::sign(offer(), &key(1)).unwrap();
        Beginning::accept(proposal, point(9), &key(2), 8).unwrap()
    }

    #[test]
    fn it_is_read_back_as_it_was_signed() {
        let both = beginning();
        assert_eq!(Beginning::decode(&both.encode()), Ok(both.clone()));
        assert_eq!(
            Proposal::decode(&both.proposal.encode()),
            Ok(both.proposal.clone())
        );
        assert_eq!(
            (both.generation(), both.offer().why()),
            (1, Some(Ground::Fork))
        );
        assert_ne!(both.digest(), sha256(&both.encode()));
        for ground in Ground::ALL {
            assert_eq!(Ground::parse(ground.name()), Some(ground));
        }
    }

    #[test]
    fn every_altered_byte_of_it_is_found() {
        let bytes = beginning().encode();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            assert!(Beginning::decode(&altered).is_err(), "byte {position}");
            assert!(Beginning::decode(&bytes[..position]).is_err());
        }
    }

    #[test]
    fn only_what_was_offered_can_be_agreed() {
        let proposal = Proposal::sign(offer(), &key(1)).unwrap();
        let accept = |end: Point| Beginning::accept(proposal.clone(), end, &key(2), 8);
        assert!(accept(point(4)).is_ok());
        assert!(accept(Point::start()).is_ok());
        assert!(
            accept(point(13)).is_ok(),
            "the partner may hold more than the owner has"
        );
        let other = Point {
            size: 9,
            root: sha256(b"other"),
        };
        for wrong in [point(10), other] {
            assert_eq!(accept(wrong), Err(BeginningError::NotOffered));
        }
    }

    #[test]
    fn fields_outside_their_limits_are_refused() {
        let refused = |alter: &dyn Fn(&mut Offer), error| {
            let mut altered = offer();
            alter(&mut altered);
            assert_eq!(Proposal::sign(altered, &key(1)), Err(error));
        };
        refused(&|o| o.owner = "MA".to_owned(), BeginningError::Field);
        refused(&|o| o.partner = "ma".to_owned(), BeginningError::Field);
        refused(&|o| o.ground = 9, BeginningError::Field);
        refused(&|o| o.generation = MAX_GENERATION, BeginningError::Field);
        refused(&|o| o.generation = 1, BeginningError::Field);
        refused(&|o| o.before = Some(sha256(b"x")), BeginningError::Field);
        refused(&|o| o.points.clear(), BeginningError::Field);
        refused(&|o| o.points.push(point(5)), BeginningError::Field);
        refused(
            &|o| o.points.extend(vec![point(1); MAX_POINTS]),
            BeginningError::Field,
        );
        refused(&|o| o.version = 2, BeginningError::Version);
        let other = Proposal::sign(offer(), &key(3));
        assert_eq!(other, Err(BeginningError::Signature(SignError::Mismatch)));
        let mut most = offer();
        most.points = (1..=MAX_POINTS as u64).rev().map(point).collect();
        let most = Proposal::sign(most, &key(1)).unwrap();
        let whole = Beginning::accept(most, point(3), &key(2), 8).unwrap();
        assert!(whole.encode().len() <= MAX_BEGINNING, "the most fit");
    }
}
