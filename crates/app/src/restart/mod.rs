//! A register begins again: after a fork, or when its key was lost or is known to others (rule 15).
//!
//! Its owner proposes (`propose.rs`), the partner accepts (`accept.rs`) and switches at once, the owner concludes (`conclude.rs`); the
//! file goes there and back by any way. What both signed is a [`Beginning`]; the first leaf of the new generation is its digest. Each
//! side's part is one transaction, so that no crash leaves half of it. Nothing is signed in the new generation but by the driver, once
//! its session has learned what the partner holds of it (rule 5): also a node restored from a backup of before can conclude again.
//!
//! What both agreed of the closed generation stays where it is, receipts included. Beyond it, both histories are told again in the
//! new one: whatever its owner wrote there, and what the partner holds in the owner's name, come back as entries of the same identifiers,
//! so that both sides have both branches and nothing is applied twice. What comes back may need several files (`parts.rs`). Receipts beyond it are given again in one order, so that both
//! sides count the same.

mod accept;
mod again;
mod conclude;
mod fault;
mod file;
mod instead;
mod parts;
mod propose;
mod retell;

pub use entente_proof::beginning::Ground;
pub use fault::RestartFault;
pub use file::{MAX_ANSWER, MOST_RETURNED};
pub(crate) use instead::OTHER_BEGINNING;
use instead::began_otherwise;

use crate::error::{AppError, Result};
use crate::keys::whose;
use crate::tree::frontier_at;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_proof::beginning::{Beginning, Proposal};
use entente_proof::card::{Fingerprint, verify_card};
use entente_proof::leaf::Leaf;
use entente_store::{Closing, Direction, Read, StoreExt, Write};

/// The name under which both sides keep what they signed among the evidence.
pub(crate) const RESTARTED: &str = "register-restarted";

/// What a file or a restart says, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestartView {
    /// Whose register.
    pub owner: NodeName,
    /// Towards whom.
    pub partner: NodeName,
    /// The generation that is closed.
    pub generation: u32,
    /// Why.
    pub ground: &'static str,
    /// Fingerprint of the owner's card with the key that the new generation begins with, where it is known.
    pub fingerprint: Option<String>,
    /// When the owner proposed it, by its clock.
    pub proposed: Instant,
    /// Leaves of the owner's register when it did.
    pub offered: u64,
    /// Once accepted: leaves that both agreed on, with their root, and when.
    pub agreed: Option<(u64, String, Instant)>,
}

/// Restarts of a link, and what we proposed and wait for.
pub type Restarts = (Vec<RestartView>, Option<RestartView>);

/// For whom a register that is to begin again waits, and since when. No clock chases it: nothing is sent meanwhile, so both sides say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestartWaits {
    /// We proposed it of ours: for the partner's answer, by our clock.
    Answer(Instant),
    /// We accepted it of the partner's: for the partner to take our answer, by our clock.
    Owner(Instant),
    /// The same, and the partner began with another agreement of ours: for its file of what was agreed.
    Other(Instant),
}

/// What came of a file that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestartStep {
    /// We accepted a proposal, and this answer goes back to the partner.
    Answer(String),
    /// An answer comes in parts: we took one, and this asks for the next, or it was asked for, and this is it.
    Next(String),
    /// The partner's answer is concluded: the register is in its new generation, and this many entries that the partner held in our
    /// name and we did not have came back.
    Concluded {
        /// So many.
        returned: u64,
    },
    /// What we accepted once, and lost to a restore, stands again.
    Again,
    /// Leaves that we lost with it came, but not all yet: the next file must bring those from here on.
    More {
        /// So many are here.
        held: u64,
    },
}

/// What a file says that people carry for a restart.
///
/// # Errors
/// [`AppError::Restart`] if it is none, or what is signed in it does not hold.
pub fn read_restart(text: &str) -> Result<RestartView> {
    match file::read(text)? {
        file::Read::Proposal(offered) => {
            let card = offered.card()?;
            view(&offered.proposal, Some(card.fingerprint()), None)
        }
        file::Read::Answer(answer, _) => {
            let beginning = answer.beginning()?;
            view(&beginning.proposal, None, Some(&beginning))
        }
        file::Read::Agreed(agreed) => {
            let beginning = agreed.beginning()?;
            view(&beginning.proposal, None, Some(&beginning))
        }
    }
}

fn beginning_key(partner: &NodeName, side: Direction, generation: u32) -> String {
    let whose = whose(side);
    format!("register-beginning/{whose}/{partner}/{generation}")
}

fn proposed_key(partner: &NodeName) -> String {
    format!("register-proposed/{partner}")
}

/// Where our newest proposal to a partner is once it was taken back.
fn withdrawn_key(partner: &NodeName) -> String {
    format!("register-withdrawn/{partner}")
}

/// Where the card of our newest proposal to a partner is.
fn card_key(partner: &NodeName) -> String {
    format!("register-proposed-card/{partner}")
}

/// Where the card is that a generation of our register towards a partner began under.
fn begun_card_key(partner: &NodeName, generation: u32) -> String {
    format!("register-beginning-card/{partner}/{generation}")
}

/// Our proposal to a partner, signed, while it waits for the answer.
fn proposed(tx: &dyn Read, partner: &NodeName) -> Result<Option<Vec<u8>>> {
    let stored = tx.setting(&proposed_key(partner))?;
    Ok(stored.filter(|bytes| !bytes.is_empty()))
}

/// Our newest proposal to a partner, also one that was taken back since: only an answer to it is taken. Whoever was restored proposes
/// again, and gets what the partner agreed to.
fn newest_proposed(tx: &dyn Read, partner: &NodeName) -> Result<Option<Proposal>> {
    let newest = match proposed(tx, partner)? {
        None => tx
            .setting(&withdrawn_key(partner))?
            .filter(|b| !b.is_empty()),
        waits => waits,
    };
    let read = newest.map(|bytes| Proposal::decode(&bytes)).transpose();
    read.map_err(|_| AppError::Bug("stored proposal"))
}

/// Keeps our newest proposal under one of the two keys, or none.
fn keep_proposed(
    tx: &mut dyn Write,
    partner: &NodeName,
    (waits, withdrawn): (&[u8], &[u8]),
) -> Result<()> {
    tx.set_setting(&proposed_key(partner), waits)?;
    Ok(tx.set_setting(&withdrawn_key(partner), withdrawn)?)
}

/// Whether something that was proposed or accepted of either register waits for people at the other side.
pub(crate) fn restart_waits(tx: &dyn Read, partner: &NodeName) -> Result<Option<RestartWaits>> {
    if let Some(bytes) = proposed(tx, partner)? {
        let proposal = Proposal::decode(&bytes).map_err(|_| AppError::Bug("stored proposal"))?;
        return Ok(Some(RestartWaits::Answer(Instant(proposal.offer.time_ms))));
    }
    let theirs = tx.register(partner, Direction::In)?;
    if theirs.generation == 0 || theirs.size > 0 {
        return Ok(None);
    }
    let Some(begun) = beginning(tx, partner, Direction::In, theirs.generation)? else {
        return Ok(None);
    };
    let since = Instant(begun.time_ms);
    Ok(Some(match began_otherwise(tx, partner, &begun)? {
        true => RestartWaits::Other(since),
        false => RestartWaits::Owner(since),
    }))
}

/// What both signed before a generation of a register began; none of the first.
pub(crate) fn beginning(
    tx: &dyn Read,
    partner: &NodeName,
    side: Direction,
    generation: u32,
) -> Result<Option<Beginning>> {
    let stored = tx.setting(&beginning_key(partner, side, generation))?;
    stored
        .map(|bytes| Beginning::decode(&bytes).map_err(|_| AppError::Bug("stored beginning")))
        .transpose()
}

/// Every beginning of a register up to a generation, newest first.
pub(crate) fn beginnings(
    tx: &dyn Read,
    partner: &NodeName,
    side: Direction,
    generation: u32,
) -> Result<Vec<Beginning>> {
    let mut all = Vec::new();
    for generation in (1..=generation).rev() {
        all.extend(beginning(tx, partner, side, generation)?);
    }
    Ok(all)
}

fn keep_beginning(
    tx: &mut dyn Write,
    partner: &NodeName,
    side: Direction,
    beginning: &Beginning,
) -> Result<()> {
    let key = beginning_key(partner, side, beginning.generation());
    Ok(tx.set_setting(&key, &beginning.encode())?)
}

/// The first leaf of a side's present generation; none of the first generation.
pub(crate) fn first_leaf(
    tx: &dyn Read,
    partner: &NodeName,
    side: Direction,
    generation: u32,
) -> Result<Option<Vec<u8>>> {
    if generation == 0 {
        return Ok(None);
    }
    let beginning = beginning(tx, partner, side, generation)?;
    let beginning = beginning.ok_or(AppError::Bug("a generation without beginning"))?;
    Ok(Some(Leaf::Beginning(beginning.digest()).encode()))
}

/// Which of a side's registers a generation is: the one that is written, a closed one, or none that is known.
pub(crate) fn register_of_generation(
    tx: &dyn Read,
    partner: &NodeName,
    side: Direction,
    generation: u32,
) -> Result<Option<Direction>> {
    let present = tx.register(partner, side.written())?.generation;
    Ok(match generation.cmp(&present) {
        std::cmp::Ordering::Equal => Some(side.written()),
        std::cmp::Ordering::Less => Some(side.closed(generation)),
        std::cmp::Ordering::Greater => None,
    })
}

/// The name of a node in a file, which is this partner of ours or ourselves.
fn named(text: &str) -> Result<NodeName> {
    text.parse().map_err(|_| RestartFault::Damaged.into())
}

impl App {
    /// Whether we proposed that our register towards a partner begins again: until it did, nothing is signed in it.
    pub(crate) fn refuse_proposed(&self, tx: &dyn Read, partner: &NodeName) -> Result<()> {
        match proposed(tx, partner)? {
            Some(_) => Err(RestartFault::Proposed.into()),
            None => Ok(()),
        }
    }

    /// The same, looked up now.
    pub(crate) fn refuse_proposed_now(&self, partner: &NodeName) -> Result<()> {
        self.inner
            .store
            .view("proposed", |tx| self.refuse_proposed(tx, partner))
    }

    /// What a file says, without doing anything.
    ///
    /// # Errors
    /// As [`read_restart`].
    pub fn read_restart(&self, text: &str) -> Result<RestartView> {
        read_restart(text)
    }

    /// Takes a file: accepts a partner's proposal, whose fingerprint people compared, concludes with a partner's answer to ours,
    /// or takes again what we accepted and lost.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts; [`AppError::Restart`], [`AppError::Input`] for what does not fit;
    /// [`AppError::Link`] while a session drives the link; storage.
    pub fn accept_restart(
        &self,
        actor: &Actor,
        text: &str,
        fingerprint: &str,
    ) -> Result<RestartStep> {
        self.authorise(actor, Action::Restart)?;
        match file::read(text)? {
            file::Read::Proposal(offered) => {
                let first = offered.from.is_none();
                let answer = self.accept_proposal(actor, offered, fingerprint)?;
                Ok(match first {
                    true => RestartStep::Answer(answer),
                    false => RestartStep::Next(answer),
                })
            }
            file::Read::Answer(answer, true) => self
                .conclude(actor, *answer)
                .map(|returned| RestartStep::Concluded { returned }),
            file::Read::Answer(answer, false) => {
                self.take_part(actor, *answer).map(RestartStep::Next)
            }
            file::Read::Agreed(agreed) => self.take_again(actor, agreed),
        }
    }

    /// The restarts of both registers of a link, newest first, ours before theirs; and what we proposed and wait for.
    ///
    /// # Errors
    /// Storage only.
    pub fn restarts(&self, partner: &NodeName) -> Result<Restarts> {
        self.inner.store.view("restarts", |tx| {
            let mut views = Vec::new();
            for side in [Direction::Out, Direction::In] {
                let generation = tx.register(partner, side)?.generation;
                for beginning in beginnings(tx, partner, side, generation)? {
                    views.push(view(&beginning.proposal, None, Some(&beginning))?);
                }
            }
            let waits = proposed(tx, partner)?.map(|bytes| Proposal::decode(&bytes));
            let waits = waits
                .transpose()
                .map_err(|_| AppError::Bug("stored proposal"))?;
            let waits = waits.map(|proposal| view(&proposal, None, None));
            Ok((views, waits.transpose()?))
        })
    }

    /// A side's register ends at what was agreed, and its next generation begins with the key that was offered; how much of ours the
    /// partner receipted until there, as [`Write::close_register`] says it.
    fn close_generation(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        side: Direction,
        accepted: &Beginning,
    ) -> Result<u64> {
        let (offer, size) = (accepted.offer(), accepted.agreed.size);
        self.begin_keys_anew(tx, partner, side, (offer.generation, offer.key))?;
        let signed = tx.checkpoint(partner, side, size)?;
        let closing = Closing {
            size,
            frontier: frontier_at(tx.as_read(), partner, side, size)?.encode(),
            note: signed.map(|row| row.note).unwrap_or_default(),
        };
        let receipted = tx.close_register(partner, side, &closing)?;
        keep_beginning(tx, partner, side, accepted)?;
        Ok(receipted)
    }

    /// Our card under the key that a beginning names, or one that took its place under its signature: the one of now; or, where that key was
    /// lost since, the one that the generation began under.
    fn card_for(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        beginning: &Beginning,
    ) -> Result<Vec<u8>> {
        let now = self.card_in(tx)?;
        if has_key(&now, beginning) {
            return Ok(now);
        }
        let then = tx.setting(&begun_card_key(partner, beginning.generation()))?;
        Ok(then.unwrap_or(now))
    }

    /// Keeps the card that a generation of our register began under, for a partner that loses it after our key was lost.
    fn keep_begun_card(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        beginning: &Beginning,
    ) -> Result<()> {
        let proposed = tx.setting(&card_key(partner))?;
        let cards = proposed.into_iter().chain([self.card_in(tx.as_read())?]);
        for card in cards.filter(|card| has_key(card, beginning)) {
            tx.set_setting(&begun_card_key(partner, beginning.generation()), &card)?;
        }
        Ok(())
    }

    /// What both sides keep of it, for ever; the alarm that stopped the link is over with it.
    fn keep_restart(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        beginning: &Beginning,
    ) -> Result<()> {
        self.lift_alarm(tx, partner, (RESTARTED, &beginning.encode()))?;
        self.refold_link(tx, partner)
    }
}

/// Whether a card has the key that a generation began with, or one that took its place.
fn has_key(card: &[u8], beginning: &Beginning) -> bool {
    let keys = verify_card(card).ok().and_then(|card| card.keys().ok());
    keys.is_some_and(|keys| keys.contains(&beginning.offer().key))
}

fn view(
    proposal: &Proposal,
    fingerprint: Option<Fingerprint>,
    accepted: Option<&Beginning>,
) -> Result<RestartView> {
    let offer = &proposal.offer;
    let agreed = |b: &Beginning| (b.agreed.size, b.agreed.root.to_string(), Instant(b.time_ms));
    Ok(RestartView {
        owner: named(&offer.owner)?,
        partner: named(&offer.partner)?,
        generation: offer.generation,
        ground: offer.why().map_or("", Ground::name),
        fingerprint: fingerprint.map(|print| print.to_string()),
        proposed: Instant(offer.time_ms),
        offered: offer.points.first().map_or(0, |whole| whole.size),
        agreed: accepted.map(agreed),
    })
}
