//! The files of a restart, as text that survives mail: the owner's proposal with its card, the partner's answer with what it holds
//! in the owner's name, sealed; and what both signed, for a partner that lost it.
//!
//! What does not fit one answer comes in parts, each under a mark of its own: a program that knows no parts takes none for the whole.
//! With each part the owner asks for the next, by its proposal again and the place that it has come to.

use super::RestartFault;
use crate::courier::Parcel;
use crate::error::Result;
use entente_link::limits;
use entente_proof::armour::{self, ArmourError};
use entente_proof::beginning::{Beginning, BeginningError, Proposal};
use entente_proof::card::{Card, verify_card};
use entente_proof::cbor::{self, Limits};
use entente_proof::digest::Digest;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

const PROPOSAL: &str = "REGISTER PROPOSAL";
const ANSWER: &str = "REGISTER ANSWER";
const PART: &str = "REGISTER ANSWER PART";
const AGREED: &str = "REGISTER AGREED";
const MAX_PROPOSAL: usize = 64 * 1024;
/// Most bytes that an answer brings back before the rest goes into a next one, and as many as one batch weighs. Usually it is nothing,
/// or a few entries; files come over the link.
pub const MOST_RETURNED: usize = 32 * 1024 * 1024;
/// Most bytes of an answer.
pub const MAX_ANSWER: usize = 128 * 1024 * 1024;

/// What comes back is a few batches, each sealed whole: a file of millions of empty ones would take many times its size in memory.
const LIMITS: Limits = Limits {
    max_bytes: MAX_ANSWER,
    max_depth: 6,
    max_items: 16 * 1024,
};

/// What an owner offers, with the card that its new generation begins under.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Offered {
    #[n(0)]
    pub proposal: Proposal,
    #[n(1)]
    pub card: ByteVec,
    /// Where the rest of an answer begins that came in part; not signed, since it changes nothing but what is given back.
    #[n(2)]
    pub from: Option<u64>,
}

/// What both signed, what the partner gives back, and its own word on the end of the closed generation.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Answer {
    #[n(0)]
    pub beginning: ByteVec,
    #[n(1)]
    pub note: Option<String>,
    #[n(2)]
    pub cosignature: Option<String>,
    #[n(3)]
    pub returned: Option<Parcel>,
    /// Digest of the proposal that asked for it, which need not be the one that was accepted once; not signed, since it is compared by
    /// whoever proposed. None: the one that was accepted.
    #[n(4)]
    pub to: Option<Digest>,
}

/// What both signed, for a partner that lost it, with the owner's card: of now, or of then where the key that it began with is lost.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Agreed {
    #[n(0)]
    pub beginning: ByteVec,
    #[n(1)]
    pub card: ByteVec,
    /// Leaves of the generation that ended, for a partner that lost these too, sealed to it.
    #[n(2)]
    pub returned: Option<Parcel>,
}

/// Which of the three a text is.
pub(crate) enum Read {
    Proposal(Box<Offered>),
    /// An answer, and whether it brings all that there was to bring.
    Answer(Box<Answer>, bool),
    Agreed(Box<Agreed>),
}

impl Offered {
    pub(crate) fn to_text(&self) -> String {
        armour::encode(PROPOSAL, &crate::codec::encode(self))
    }

    /// The card in it: of the node that proposes, under the key that its new generation begins with.
    pub(crate) fn card(&self) -> Result<Card> {
        let card = verify_card(&self.card).map_err(|_| RestartFault::Broken)?;
        let offer = &self.proposal.offer;
        match card.node == offer.owner && card.signing_key == offer.key {
            true => Ok(card),
            false => Err(RestartFault::Broken.into()),
        }
    }
}

impl Answer {
    /// The text of an answer that brings all there is to bring, or of a part before the last.
    pub(crate) fn to_text(&self, whole: bool) -> String {
        let label = if whole { ANSWER } else { PART };
        armour::encode(label, &crate::codec::encode(self))
    }

    pub(crate) fn beginning(&self) -> Result<Beginning> {
        Ok(Beginning::decode(&self.beginning).map_err(fault)?)
    }
}

impl Agreed {
    pub(crate) fn to_text(&self) -> String {
        armour::encode(AGREED, &crate::codec::encode(self))
    }

    pub(crate) fn beginning(&self) -> Result<Beginning> {
        Ok(Beginning::decode(&self.beginning).map_err(fault)?)
    }

    /// The card in it: of the node whose register began again, under the key that it began with or one that took its place.
    pub(crate) fn card(&self, both: &Beginning) -> Result<Card> {
        let card = verify_card(&self.card).map_err(|_| RestartFault::Broken)?;
        let offer = both.offer();
        let keys = card.keys().unwrap_or_default();
        match card.node == offer.owner && keys.contains(&offer.key) {
            true => Ok(card),
            false => Err(RestartFault::Broken.into()),
        }
    }
}

/// Reads a file of any sort; its size is looked at before it is decoded.
pub(crate) fn read(text: &str) -> Result<Read> {
    if let Some(bytes) = within(PROPOSAL, text, MAX_PROPOSAL)? {
        return proposal(&bytes);
    }
    if let Some(bytes) = within(AGREED, text, MAX_ANSWER)? {
        let agreed: Agreed = cbor::decode(&bytes, &LIMITS).map_err(|_| RestartFault::Damaged)?;
        agreed.card(&agreed.beginning()?)?;
        return Ok(Read::Agreed(Box::new(agreed)));
    }
    if let Some(bytes) = within(PART, text, MAX_ANSWER)? {
        return Ok(Read::Answer(answer(&bytes)?, false));
    }
    let bytes = within(ANSWER, text, MAX_ANSWER)?.ok_or(RestartFault::Damaged)?;
    Ok(Read::Answer(answer(&bytes)?, true))
}

/// What stands between these marks, if it does.
fn within(label: &str, text: &str, most: usize) -> Result<Option<Vec<u8>>> {
    match armour::decode(label, text, most) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ArmourError::Marks | ArmourError::TooLarge) => Ok(None),
        Err(ArmourError::Base64) => Err(RestartFault::Damaged.into()),
    }
}

fn answer(bytes: &[u8]) -> Result<Box<Answer>> {
    let answer: Answer = cbor::decode(bytes, &LIMITS).map_err(|_| RestartFault::Damaged)?;
    let notes = [&answer.note, &answer.cosignature];
    if notes
        .iter()
        .any(|n| n.as_ref().is_some_and(|n| n.len() > limits::MAX_NOTE))
    {
        return Err(RestartFault::Damaged.into());
    }
    answer.beginning()?;
    Ok(Box::new(answer))
}

fn proposal(bytes: &[u8]) -> Result<Read> {
    let offered: Offered = minicbor::decode(bytes).map_err(|_| RestartFault::Damaged)?;
    offered.proposal.verify().map_err(fault)?;
    offered.card()?;
    Ok(Read::Proposal(Box::new(offered)))
}

pub(super) fn fault(error: BeginningError) -> RestartFault {
    match error {
        BeginningError::Cbor(_) | BeginningError::Field | BeginningError::Version => {
            RestartFault::Damaged
        }
        BeginningError::NotOffered | BeginningError::Signature(_) => RestartFault::Broken,
    }
}
