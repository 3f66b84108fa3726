//! The files of a restart, as text that survives mail: the owner's proposal with its card, the partner's answer with what it holds
//! in the owner's name, sealed; and what both signed, for a partner that lost it.

use super::RestartFault;
use crate::courier::Parcel;
use crate::error::Result;
use entente_link::limits;
use entente_proof::armour::{self, ArmourError};
use entente_proof::beginning::{Beginning, BeginningError, Proposal};
use entente_proof::card::{Card, verify_card};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

const PROPOSAL: &str = "REGISTER PROPOSAL";
const ANSWER: &str = "REGISTER ANSWER";
const AGREED: &str = "REGISTER AGREED";
const MAX_PROPOSAL: usize = 64 * 1024;
/// Most bytes of an answer. What it brings back is usually nothing, or a few entries; files come over the link.
pub const MAX_ANSWER: usize = 128 * 1024 * 1024;

/// What an owner offers, with the card that its new generation begins under.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Offered {
    #[n(0)]
    pub proposal: Proposal,
    #[n(1)]
    pub card: ByteVec,
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
}

/// What both signed, for a partner that lost it, with the owner's card of now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Agreed {
    #[n(0)]
    pub beginning: ByteVec,
    #[n(1)]
    pub card: ByteVec,
}

/// Which of the three a text is.
pub(crate) enum Read {
    Proposal(Box<Offered>),
    Answer(Box<Answer>),
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
    pub(crate) fn to_text(&self) -> String {
        armour::encode(ANSWER, &crate::codec::encode(self))
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
    match armour::decode(PROPOSAL, text, MAX_PROPOSAL) {
        Ok(bytes) => return proposal(&bytes),
        Err(ArmourError::Marks | ArmourError::TooLarge) => {}
        Err(ArmourError::Base64) => return Err(RestartFault::Damaged.into()),
    }
    match armour::decode(AGREED, text, MAX_PROPOSAL) {
        Ok(bytes) => {
            let agreed: Agreed = minicbor::decode(&bytes).map_err(|_| RestartFault::Damaged)?;
            agreed.card(&agreed.beginning()?)?;
            return Ok(Read::Agreed(Box::new(agreed)));
        }
        Err(ArmourError::Marks | ArmourError::TooLarge) => {}
        Err(ArmourError::Base64) => return Err(RestartFault::Damaged.into()),
    }
    let bytes = armour::decode(ANSWER, text, MAX_ANSWER).map_err(|_| RestartFault::Damaged)?;
    let answer: Answer = minicbor::decode(&bytes).map_err(|_| RestartFault::Damaged)?;
    let notes = [&answer.note, &answer.cosignature];
    if notes
        .iter()
        .any(|n| n.as_ref().is_some_and(|n| n.len() > limits::MAX_NOTE))
    {
        return Err(RestartFault::Damaged.into());
    }
    answer.beginning()?;
    Ok(Read::Answer(Box::new(answer)))
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
