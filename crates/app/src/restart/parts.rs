//! An answer that comes in parts: what each brings is taken at once and verified like all that comes back, its leaves are kept until the
//! last part is here, and the next part is asked for from where this one ends. Whatever breaks, a part may come again: nothing is
//! concluded before all are here, and then in one transaction.

use super::conclude::Returned;
use super::file::{Answer, Offered};
use super::{RestartFault, card_key, newest_proposed};
use crate::apply::BodyIn;
use crate::codec::{cell, encode};
use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::ids::NodeName;
use entente_link::Item;
use entente_link::frame::{Batch, Body};
use entente_proof::beginning::Beginning;
use entente_proof::card::verify_card;
use entente_store::{Read, Write};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// The parts that are here.
#[derive(Encode, Decode)]
struct Parts {
    /// The answer, by the digest of what both signed.
    #[n(0)]
    of: ByteVec,
    /// Where each begins.
    #[n(1)]
    taken: Vec<u64>,
    /// Entries that came and were not here before.
    #[n(2)]
    came: u64,
}

fn parts_key(partner: &NodeName) -> String {
    format!("register-parts/{partner}")
}

/// Where the leaves of a part are, by its number.
fn leaves_key(partner: &NodeName, number: usize) -> String {
    format!("register-parts/{partner}/{number}")
}

fn stored(tx: &dyn Read, partner: &NodeName, accepted: &Beginning) -> Result<Parts> {
    let of = ByteVec::from(accepted.digest().0.to_vec());
    let stored = tx.setting(&parts_key(partner))?.filter(|b| !b.is_empty());
    let stored: Option<Parts> = stored.map(|b| cell(&b, "setting", "parts")).transpose()?;
    let none = Parts {
        of: of.clone(),
        taken: Vec::new(),
        came: 0,
    };
    Ok(stored.filter(|parts| parts.of == of).unwrap_or(none))
}

fn leaves(tx: &dyn Read, partner: &NodeName, number: usize) -> Result<Vec<ByteVec>> {
    let stored = tx.setting(&leaves_key(partner, number))?;
    let stored = stored.ok_or(AppError::Bug("a part without leaves"))?;
    cell(&stored, "setting", "leaves of a part")
}

/// The restart is concluded.
pub(super) fn forget_parts(tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
    let Some(bytes) = tx.setting(&parts_key(partner))?.filter(|b| !b.is_empty()) else {
        return Ok(());
    };
    let parts: Parts = cell(&bytes, "setting", "parts")?;
    for number in 0..parts.taken.len() {
        tx.set_setting(&leaves_key(partner, number), &[])?;
    }
    Ok(tx.set_setting(&parts_key(partner), &[])?)
}

impl App {
    /// Takes a part of an answer that is not the last; the text that asks for the next.
    pub(super) fn take_part(&self, actor: &Actor, answer: Answer) -> Result<String> {
        let (_, next) = self.take_answer(actor, answer, |app, tx, taken| {
            app.take_part_in(tx, taken.partner, taken.beginning, taken.returned)
        })?;
        Ok(next.to_text())
    }

    fn take_part_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        beginning: &Beginning,
        returned: &[Returned],
    ) -> Result<Offered> {
        let (before, _) = self.parts(tx.as_read(), partner, beginning, returned)?;
        let all = self.verified(tx.as_read(), partner, before.iter().chain(returned))?;
        let mut came = 0;
        for (_, item, body) in all {
            came += u64::from(self.take_other(tx, partner, (item, body))?);
        }
        let ends = returned.last().or(before.last()).map(Returned::end);
        self.keep_part(tx, partner, (beginning, before.len()), (returned, came))?;
        let mut next = self.offered_again(tx.as_read(), partner)?;
        next.from = ends;
        Ok(next)
    }

    /// The parts before what came now, each as one batch of leaves without anything else, and how many entries came in all. What came
    /// twice is taken in the place of what came first.
    pub(super) fn parts(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        accepted: &Beginning,
        now: &[Returned],
    ) -> Result<(Vec<Returned>, u64)> {
        let mut before = Vec::new();
        let begins = now.first().map(|returned| returned.batch.from);
        let parts = stored(tx, partner, accepted)?;
        for (number, from) in parts.taken.into_iter().enumerate() {
            if begins.is_some_and(|begins| begins <= from) {
                break;
            }
            before.push(of_leaves(from, leaves(tx, partner, number)?));
        }
        Ok((before, parts.came))
    }

    /// Keeps the leaves of a part as the one of this number; those behind it are forgotten.
    fn keep_part(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (accepted, number): (&Beginning, usize),
        (returned, came): (&[Returned], u64),
    ) -> Result<()> {
        let Some(first) = returned.first() else {
            return Ok(());
        };
        let mut parts = stored(tx.as_read(), partner, accepted)?;
        parts.taken.truncate(number);
        parts.taken.push(first.batch.from);
        parts.came = parts.came.saturating_add(came);
        let items = returned.iter().flat_map(|r| &r.batch.items);
        let leaves: Vec<ByteVec> = items.map(|i| ByteVec::from(i.leaf.clone())).collect();
        tx.set_setting(&leaves_key(partner, number), &encode(&leaves))?;
        Ok(tx.set_setting(&parts_key(partner), &encode(&parts))?)
    }

    /// Our newest proposal, which this answers, with our card under the key that it names: the one of now, if it still has that key.
    fn offered_again(&self, tx: &dyn Read, partner: &NodeName) -> Result<Offered> {
        let proposal = newest_proposed(tx, partner)?.ok_or(RestartFault::OtherProposal)?;
        let key = proposal.offer.key;
        let now = self.card_in(tx)?;
        let fits = verify_card(&now).is_ok_and(|card| card.signing_key == key);
        let then = tx.setting(&card_key(partner))?;
        Ok(Offered {
            proposal,
            card: ByteVec::from(then.filter(|_| !fits).unwrap_or(now)),
            from: None,
        })
    }
}

fn of_leaves(from: u64, leaves: Vec<ByteVec>) -> Returned {
    let items = leaves.into_iter().map(|leaf| Item {
        leaf: leaf.into(),
        header: None,
        body: Body::Absent,
    });
    let items: Vec<Item> = items.collect();
    Returned {
        bodies: items.iter().map(|_| BodyIn::Absent).collect(),
        batch: Batch {
            from,
            items,
            note: String::new(),
        },
        verified: true,
    }
}
