//! A node's card: its self-signed description, pinned by a partner after people compared fingerprints.
//!
//! In scope: the card's form and limits, its own signature, the fingerprint, text armour. A valid card
//! proves only that its maker holds the signing key: trust comes from comparing the [`Fingerprint`] over
//! another channel, or from a card pinned before whose key the changes in this one replace. Not in scope: pinning.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use minicbor::decode::{Decoder, Error as DecodeError};
use minicbor::encode::{Encoder, Error as EncodeError, Write};
use minicbor::{Decode, Encode};

use crate::armour::{self, ArmourError};
use crate::blame::Blame;
use crate::cbor::{self, CborError, Limits};
use crate::digest::tagged;
use crate::leaf::KeyChange;
use crate::presence::chain;
use crate::sealing::SealingPublic;
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};
use crate::tls_change::{TlsChange, tls_chain};

/// The card version that this code writes and reads.
pub const CARD_VERSION: u16 = 1;
/// Most bytes of a signed card.
pub const MAX_CARD: usize = 16 * 1024;
/// Most elements of each list of a card.
pub const MAX_LIST: usize = 256;
/// Most bytes of each text of a card.
pub const MAX_TEXT: usize = 200;
/// Most key changes that a card names, of signing keys and of TLS keys each.
pub const MAX_CHANGES: usize = 16;
/// Most bytes of a sealing key (hybrid post-quantum keys have about 1.2 KiB).
pub const MAX_SEALING_KEY: usize = 4096;
/// First bytes of the message that a card's key signs.
pub const CARD_DOMAIN: &[u8] = b"entente/card/1\n";
/// Domain of [`Card::fingerprint`].
pub const FINGERPRINT_DOMAIN: &str = "entente/fingerprint/1";
/// Armour label of a card.
pub const LABEL: &str = "CARD";

const LIMITS: Limits = Limits {
    max_bytes: MAX_CARD,
    max_depth: 4,
    max_items: 2048,
};

/// Why a card is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The armour around it.
    #[error("card: {0}")]
    Armour(#[from] ArmourError),
    /// Not deterministic CBOR of a card's shape.
    #[error("card: {0}")]
    Cbor(#[from] CborError),
    /// A name, text or list outside its limits.
    #[error("card field outside its limits")]
    Field,
    /// The changes that it names do not lead to its signing key.
    #[error("the key changes of this card do not lead to its key")]
    History,
    /// The changes of TLS key that it names do not hold, or do not lead through the key that it names.
    #[error("the changes of TLS key of this card do not lead to its key")]
    TlsHistory,
    /// Not signed by the key that it names.
    #[error("card: {0}")]
    Signature(#[from] SignError),
    /// A card version other than [`CARD_VERSION`].
    #[error("card version not known")]
    Version,
    /// The signing key given does not belong to the card.
    #[error("card names another signing key")]
    WrongKey,
}

impl CardError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Armour(_) | Self::Cbor(_) | Self::Field => Blame::Malformed,
            Self::History | Self::TlsHistory => Blame::PeerDeviates,
            Self::Signature(error) => error.blame(),
            Self::Version => Blame::NoCommonVersion,
            Self::WrongKey => Blame::OurBug,
        }
    }
}

/// What a node says of itself. Integer CBOR keys 0 to 13 in this order; keys 11 to 13 are absent from the cards of older nodes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Card {
    /// Form of the card: [`CARD_VERSION`].
    #[n(0)]
    pub version: u16,
    /// Name of the node, see [`is_node_name`].
    #[n(1)]
    pub node: String,
    /// Ed25519 key that signs card, registers and cosignatures.
    #[n(2)]
    pub signing_key: VerifyingKey,
    /// Ed25519 key that the node's TLS end shows (RFC 7250 raw public key). Others may be on their way: see [`Card::tls_keys`].
    #[n(3)]
    pub tls_key: VerifyingKey,
    /// Public key to seal courier files to; absent if the node takes none.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub sealing_key: Option<Vec<u8>>,
    /// Wire versions spoken.
    #[n(5)]
    pub versions: Vec<u16>,
    /// Versions of the rules (core folds) supported.
    #[n(6)]
    pub rules: Vec<u16>,
    /// Kinds of dossier supported.
    #[n(7)]
    pub kinds: Vec<String>,
    /// Languages worked in (BCP 47).
    #[n(8)]
    pub languages: Vec<String>,
    /// Function to turn to; never a person.
    #[n(9)]
    pub contact_function: String,
    /// When issued, milliseconds since 1970 UTC.
    #[n(10)]
    pub issued_ms: i64,
    /// Until when files may be sealed to the sealing key, milliseconds since 1970 UTC: its secret half is destroyed then. A node
    /// that rotates its sealing key issues a new card with the same fingerprint.
    #[n(11)]
    pub sealing_until_ms: Option<i64>,
    /// The changes that led to the signing key, oldest first; absent if it is the node's first. Read them through [`Card::keys`].
    #[n(12)]
    pub changes: Option<Vec<KeyChange>>,
    /// Every change of the TLS key, oldest first, those after the key that is shown included; absent from a node whose program follows
    /// none, empty if there was none. Read them through [`Card::tls_keys`].
    #[n(13)]
    pub tls_changes: Option<Vec<TlsChange>>,
}

/// What people read to each other before they pin a card: 128 bits over signing and TLS key.
///
/// Compared in constant time. Shown as eight groups of four hex digits. CBOR: byte string of 16 bytes.
#[derive(Clone, Copy)]
pub struct Fingerprint([u8; 16]);

/// A text that is not 32 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 32 hexadecimal digits")]
pub struct FingerprintParseError;

#[derive(Encode, Decode)]
#[cbor(map)]
struct SignedCard {
    #[cbor(n(0), with = "minicbor::bytes")]
    card: Vec<u8>,
    #[n(1)]
    signature: Signature,
}

#[derive(Decode)]
#[cbor(map)]
struct VersionOnly {
    #[n(0)]
    version: u16,
}

/// Whether a text is a node name: 1 to 32 of a-z, 0-9 and hyphen.
#[must_use]
pub fn is_node_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(allowed)
}

/// The signed bytes of a card.
///
/// # Errors
/// [`CardError::WrongKey`], [`CardError::Version`], [`CardError::Field`], [`CardError::Cbor`] if too large.
pub fn sign_card(card: &Card, key: &SigningKey) -> Result<Vec<u8>, CardError> {
    if card.signing_key != key.verifying_key() {
        return Err(CardError::WrongKey);
    }
    let bytes = cbor::encode(card);
    let signature = key.sign(&[CARD_DOMAIN, &bytes].concat());
    let signed = cbor::encode(&SignedCard {
        card: bytes,
        signature,
    });
    // What we sign, every node must accept.
    verify_card(&signed)?;
    Ok(signed)
}

/// Reads a card and verifies its own signature. Fields added later are covered by it and ignored here.
///
/// # Errors
/// [`CardError`]; see [`CardError::blame`].
pub fn verify_card(bytes: &[u8]) -> Result<Card, CardError> {
    let signed: SignedCard = cbor::decode_exact(bytes, &LIMITS)?;
    let VersionOnly { version } = cbor::decode(&signed.card, &LIMITS)?;
    if version != CARD_VERSION {
        return Err(CardError::Version);
    }
    let card: Card = cbor::decode(&signed.card, &LIMITS)?;
    let message = [CARD_DOMAIN, &signed.card].concat();
    card.signing_key.verify(&message, &signed.signature)?;
    card.check_fields()?;
    Ok(card)
}

/// Signed card bytes as text.
#[must_use]
pub fn armour_card(bytes: &[u8]) -> String {
    armour::encode(LABEL, bytes)
}

/// Signed card bytes from text; verify them with [`verify_card`].
///
/// # Errors
/// [`CardError::Armour`].
pub fn dearmour_card(text: &str) -> Result<Vec<u8>, CardError> {
    Ok(armour::decode(LABEL, text, MAX_CARD)?)
}

impl Card {
    /// The fingerprint of the card's two keys.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.signing_key, &self.tls_key)
    }

    /// The hybrid key to seal courier files to and the end of its term; `None` for a node that takes none, or whose key is of
    /// another suite.
    #[must_use]
    pub fn sealing(&self) -> Option<(SealingPublic, i64)> {
        let key = SealingPublic::parse(self.sealing_key.as_ref()?).ok()?;
        Some((key, self.sealing_until_ms?))
    }

    /// Every key that the node has signed with, as far as the card says, oldest first, its own last. Each was replaced by the next one
    /// under the signatures of both: whoever trusts one of them may trust those after it.
    ///
    /// # Errors
    /// [`CardError::History`] if a change does not verify, or they do not lead from one to the next and to the card's key.
    pub fn keys(&self) -> Result<Vec<VerifyingKey>, CardError> {
        let changes = self.changes.as_deref().unwrap_or_default();
        let keys = chain(&self.node, changes).or(Err(CardError::History))?;
        match keys.last() {
            None => Ok(vec![self.signing_key]),
            Some(last) if *last == self.signing_key => Ok(keys),
            Some(_) => Err(CardError::History),
        }
    }

    /// Every TLS key of the node, as far as the card says, oldest first: those of before, the one that is shown, and those that will
    /// take its place. Each was replaced by the next under the signatures of both.
    ///
    /// # Errors
    /// [`CardError::TlsHistory`] if the changes do not hold, or do not lead through the key that is shown.
    pub fn tls_keys(&self) -> Result<Vec<VerifyingKey>, CardError> {
        let changes = self.tls_changes.as_deref().unwrap_or_default();
        if changes.is_empty() {
            return Ok(vec![self.tls_key]);
        }
        let keys = tls_chain(&self.node, changes).filter(|keys| keys.contains(&self.tls_key));
        keys.ok_or(CardError::TlsHistory)
    }

    /// Whether the node's program follows a partner that changes its TLS key.
    #[must_use]
    pub fn follows_tls(&self) -> bool {
        self.tls_changes.is_some()
    }

    fn check_fields(&self) -> Result<(), CardError> {
        let text = |text: &String| {
            (1..=MAX_TEXT).contains(&text.len()) && !text.chars().any(char::is_control)
        };
        let numbers = |list: &[u16]| (1..=MAX_LIST).contains(&list.len());
        let sealing = self.sealing_key.as_ref();
        let valid = is_node_name(&self.node)
            && sealing.is_none_or(|key| (1..=MAX_SEALING_KEY).contains(&key.len()))
            && numbers(&self.versions)
            && numbers(&self.rules)
            && self.kinds.len() <= MAX_LIST
            && self.languages.len() <= MAX_LIST
            && self
                .changes
                .as_ref()
                .is_none_or(|list| (1..=MAX_CHANGES).contains(&list.len()))
            && self
                .tls_changes
                .as_ref()
                .is_none_or(|list| list.len() <= MAX_CHANGES)
            && self.kinds.iter().chain(&self.languages).all(text)
            && text(&self.contact_function);
        valid.then_some(()).ok_or(CardError::Field)
    }
}

impl Fingerprint {
    /// First 16 bytes of the tagged hash of the two keys.
    #[must_use]
    pub fn of(signing_key: &VerifyingKey, tls_key: &VerifyingKey) -> Self {
        let parts: [&[u8]; 2] = [signing_key.as_bytes(), tls_key.as_bytes()];
        let digest = tagged(FINGERPRINT_DOMAIN, &parts);
        let mut bytes = [0; 16];
        for (place, byte) in bytes.iter_mut().zip(digest.0) {
            *place = byte;
        }
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for Fingerprint {}

impl PartialOrd for Fingerprint {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fingerprint {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.chunks(2).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&hex::encode(pair))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintParseError;

    /// Reads hex digits of either case; spaces, hyphens and colons between them are ignored.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 128 {
            return Err(FingerprintParseError);
        }
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | ':'))
            .collect();
        let mut bytes = [0; 16];
        hex::decode_to_slice(digits, &mut bytes).map_err(|_| FingerprintParseError)?;
        Ok(Self(bytes))
    }
}

impl<C> Encode<C> for Fingerprint {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Fingerprint {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        let bytes = d.bytes()?.try_into();
        bytes
            .map(Self)
            .map_err(|_| DecodeError::message("fingerprint of a wrong length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_seed([1; 32])
    }

    fn card() -> Card {
        Card {
            version: CARD_VERSION,
            node: "ma".to_owned(),
            signing_key: key().verifying_key(),
            tls_key: SigningKey::from_seed([2; 32]).verifying_key(),
            sealing_key: Some(vec![5; 1216]),
            versions: vec![1],
            rules: vec![1],
            kinds: vec!["request".to_owned(), "meeting".to_owned()],
            languages: vec!["fr".to_owned(), "ar".to_owned()],
            contact_function: "ma/liaison".to_owned(),
            issued_ms: 1_432_771_200_000,
            sealing_until_ms: None,
            changes: None,
            tls_changes: None,
        }
    }

    #[test]
    fn a_card_round_trips_through_bytes_and_text() {
        let signed = sign_card(&card(), &key()).unwrap();
        assert_eq!(verify_card(&signed), Ok(card()));
        assert_eq!(dearmour_card(&armour_card(&signed)), Ok(signed));
        let other = SigningKey::from_seed([9; 32]);
        assert_eq!(sign_card(&card(), &other), Err(CardError::WrongKey));
    }

    #[test]
    fn every_altered_byte_of_a_card_is_found() {
        let signed = sign_card(&card(), &key()).unwrap();
        for position in 0..signed.len() {
            for flip in [1, 0x80] {
                let mut altered = signed.clone();
                altered[position] ^= flip;
                assert!(verify_card(&altered).is_err(), "byte {position}");
            }
            assert!(verify_card(&signed[..position]).is_err());
        }
    }

    #[test]
    fn fields_outside_their_limits_are_refused() {
        let refused = |alter: &dyn Fn(&mut Card), error| {
            let mut altered = card();
            alter(&mut altered);
            assert_eq!(sign_card(&altered, &key()), Err(error));
        };
        refused(&|card| card.node = "MA".to_owned(), CardError::Field);
        refused(&|card| card.node = "a".repeat(33), CardError::Field);
        refused(&|card| card.versions = Vec::new(), CardError::Field);
        refused(&|card| card.rules = vec![1; MAX_LIST + 1], CardError::Field);
        refused(
            &|card| card.kinds = vec!["k".to_owned(); MAX_LIST + 1],
            CardError::Field,
        );
        refused(
            &|card| card.contact_function = "a\nb".to_owned(),
            CardError::Field,
        );
        refused(
            &|card| card.sealing_key = Some(vec![0; MAX_SEALING_KEY + 1]),
            CardError::Field,
        );
        refused(&|card| card.version = 2, CardError::Version);
        refused(
            &|card| card.kinds = vec!["k".repeat(MAX_TEXT); MAX_LIST],
            CardError::Cbor(CborError::TooLarge),
        );
    }

    #[test]
    fn a_newer_field_is_covered_and_ignored() {
        let mut bytes = cbor::encode(&card());
        assert_eq!(bytes[0], 0xab);
        bytes[0] = 0xac;
        bytes.extend_from_slice(&[14, 0x61, b'x']);
        let signature = key().sign(&[CARD_DOMAIN, &bytes].concat());
        let signed = cbor::encode(&SignedCard {
            card: bytes,
            signature,
        });
        assert_eq!(verify_card(&signed), Ok(card()));
    }

    #[test]
    fn a_card_names_its_tls_keys_of_before_of_now_and_of_later() {
        let end = |seed: u8| SigningKey::from_seed([seed; 32]);
        let public = |seeds: &[u8]| Ok(seeds.iter().map(|s| end(*s).verifying_key()).collect());
        let change = |old: u8, new: u8| {
            TlsChange::sign("ma", (&end(old), &end(new)), &key(), (5, 9)).unwrap()
        };
        assert_eq!(card().tls_keys(), public(&[2]));
        assert!(!card().follows_tls());
        let mut named = card();
        named.tls_changes = Some(Vec::new());
        assert_eq!(named.tls_keys(), public(&[2]));
        assert!(named.follows_tls());
        // The one of now is the first, in the middle, or the last.
        let changes = vec![change(2, 3), change(3, 4)];
        for now in [2, 3, 4] {
            named.tls_key = end(now).verifying_key();
            named.tls_changes = Some(changes.clone());
            let read = verify_card(&sign_card(&named, &key()).unwrap()).unwrap();
            assert_eq!(read, named);
            assert_eq!(read.tls_keys(), public(&[2, 3, 4]));
        }
        let broken = |changes: Vec<TlsChange>| {
            let mut named = named.clone();
            named.tls_changes = Some(changes);
            assert_eq!(named.tls_keys(), Err(CardError::TlsHistory));
        };
        broken(vec![change(2, 3), change(5, 4)]);
        broken(vec![change(2, 3)]);
        let mut forged = change(3, 4);
        forged.old_signature = forged.new_signature;
        broken(vec![change(2, 3), forged]);
        let mut most = card();
        most.tls_changes = Some(vec![change(2, 3); MAX_CHANGES + 1]);
        assert_eq!(sign_card(&most, &key()), Err(CardError::Field));
    }

    /// As many changes of both sorts as a card can name, beside the largest of everything else that a node of ours puts there.
    #[test]
    fn the_longest_histories_fit_on_a_card() {
        let end = |seed: usize| SigningKey::from_seed([u8::try_from(seed).unwrap(); 32]);
        let node = "a".repeat(32);
        let mut longest = card();
        longest.node = node.clone();
        let signing = |n| KeyChange::sign(&node, &end(n), &end(n + 1), i64::MAX).unwrap();
        longest.changes = Some((1..=MAX_CHANGES).map(signing).collect());
        let newest = end(MAX_CHANGES + 1);
        longest.signing_key = newest.verifying_key();
        let tls = |n| {
            let times = (i64::MAX, i64::MAX);
            TlsChange::sign(&node, (&end(n), &end(n + 1)), &newest, times).unwrap()
        };
        longest.tls_changes = Some((100..100 + MAX_CHANGES).map(tls).collect());
        longest.tls_key = end(100).verifying_key();
        longest.kinds = vec!["k".repeat(32); 32];
        let signed = sign_card(&longest, &newest).unwrap();
        assert!(signed.len() < MAX_CARD, "{}", signed.len());
        let read = verify_card(&signed).unwrap();
        assert_eq!(read.keys().unwrap().len(), MAX_CHANGES + 1);
        assert_eq!(read.tls_keys().unwrap().len(), MAX_CHANGES + 1);
    }

    #[test]
    fn a_card_of_before_keeps_its_bytes_and_a_hybrid_key_has_a_term() {
        let before = cbor::encode(&card());
        assert_eq!(before[0], 0xab, "eleven fields, as released");
        let mut renewed = card();
        let key = crate::sealing::SealingKey::from_seed([3; 32]);
        renewed.sealing_key = Some(key.public().unwrap().as_bytes().to_vec());
        renewed.sealing_until_ms = Some(1_435_363_200_000);
        let signed = sign_card(&renewed, &self::key()).unwrap();
        let read = verify_card(&signed).unwrap();
        assert_eq!(read, renewed);
        assert_eq!(read.fingerprint(), card().fingerprint());
        assert_eq!(
            read.sealing(),
            Some((key.public().unwrap(), 1_435_363_200_000))
        );
        assert_eq!(card().sealing(), None, "no hybrid key, or no term");
        let mut none = card();
        none.sealing_key = None;
        assert_eq!(
            verify_card(&sign_card(&none, &self::key()).unwrap()),
            Ok(none)
        );
    }

    #[test]
    fn fingerprints_are_read_aloud_and_back() {
        let fingerprint = card().fingerprint();
        let shown = fingerprint.to_string();
        assert_eq!(shown.len(), 39);
        assert_eq!(shown.split(' ').filter(|group| group.len() == 4).count(), 8);
        let spoken = shown.to_uppercase().replace(' ', "-");
        assert_eq!(spoken.parse(), Ok(fingerprint));
        assert_eq!("12".parse::<Fingerprint>(), Err(FingerprintParseError));
        let mut other = card();
        other.tls_key = other.signing_key;
        assert_ne!(other.fingerprint(), fingerprint);
        assert_eq!(
            minicbor::decode::<Fingerprint>(&cbor::encode(&fingerprint)).unwrap(),
            fingerprint
        );
    }

    #[test]
    fn the_changes_of_a_card_lead_from_key_to_key_or_count_for_nothing() {
        let key = |seed| SigningKey::from_seed([seed; 32]);
        let change = |node: &str, old, new| KeyChange::sign(node, &key(old), &key(new), 5).unwrap();
        let with = |changes: Vec<KeyChange>| {
            let mut card = card();
            card.changes = Some(changes);
            verify_card(&sign_card(&card, &self::key()).unwrap())
                .unwrap()
                .keys()
        };
        let node = card().node;
        let public = |seed| key(seed).verifying_key();
        assert_eq!(card().keys(), Ok(vec![public(1)]));
        let led = with(vec![change(&node, 7, 8), change(&node, 8, 1)]);
        assert_eq!(led, Ok(vec![public(7), public(8), public(1)]));
        assert_eq!(with(vec![change(&node, 7, 8)]), Err(CardError::History));
        let gap = with(vec![change(&node, 7, 8), change(&node, 9, 1)]);
        assert_eq!(gap, Err(CardError::History));
        assert_eq!(with(vec![change("other", 7, 1)]), Err(CardError::History));
        let mut forged = change(&node, 7, 1);
        forged.old_key = public(9);
        assert_eq!(with(vec![forged]), Err(CardError::History));
        let mut most = card();
        most.changes = Some(vec![change(&node, 7, 1); MAX_CHANGES + 1]);
        assert_eq!(sign_card(&most, &self::key()), Err(CardError::Field));
        most.changes = Some(vec![change(&node, 7, 1); MAX_CHANGES]);
        assert!(
            sign_card(&most, &self::key()).is_ok(),
            "the most fit in a card"
        );
    }
}
