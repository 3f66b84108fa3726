//! The partner accepts that a register begins again: it says up to where both histories are one, switches, and gives back what it holds in
//! the owner's name beyond what the owner has.

use super::file::{Answer, Offered, fault};
use super::propose::did;
use super::{RestartFault, beginning, named};
use crate::access::Operation;
use crate::courier::{Lease, Parcel};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::keys::{Related, related};
use crate::node::compared;
use crate::receive::set_receipted;
use crate::tree::tree_root;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_link::frame::{Batch, Frame};
use entente_link::limits;
use entente_proof::beginning::{Beginning, Point, Proposal};
use entente_proof::card::{Card, verify_card};
use entente_store::{Direction, Read, StoreExt, Write};
use minicbor::bytes::ByteVec;

impl App {
    /// Accepts a proposal whose fingerprint people compared; the text of the answer. A proposal that was accepted before gets the same
    /// answer again.
    pub(super) fn accept_proposal(
        &self,
        actor: &Actor,
        offered: Box<Offered>,
        fingerprint: &str,
    ) -> Result<String> {
        let card = offered.card()?;
        compared(&card, fingerprint)?;
        self.sealable(&card)?;
        let offer = &offered.proposal.offer;
        let owner = named(&offer.owner)?;
        if offer.partner != self.inner.me.as_str() {
            return Err(RestartFault::OtherNodes.into());
        }
        self.knows_tls(&owner, &card)?;
        let lease = Lease::take(self, &owner)?;
        let (app, name, epoch) = (self.clone(), owner.clone(), lease.epoch);
        let (who, accepted) = (actor.id.clone(), offered.clone());
        let beginning = self.inner.store.update("accept_restart", move |tx| {
            tx.check_lease(&Self::lease_name(&name), epoch)?;
            app.accept_in(tx, &name, &accepted, &who)
        })?;
        drop(lease);
        self.told();
        self.wake(&owner);
        self.answer(&owner, &beginning, (&card, Some(&offered)))
    }

    /// The file of an answer that we gave, once more: what a generation of the partner's register ended with, and what it lost of it, sealed
    /// to its key of now.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts, [`AppError::NotFound`] if no such generation was ended, [`AppError::Restart`] if
    /// the partner's card names no sealing key within its term; storage.
    pub fn answer_file(
        &self,
        actor: &Actor,
        partner: &NodeName,
        generation: u32,
    ) -> Result<String> {
        self.authorise(actor, Action::Restart)?;
        let (accepted, card) = self.inner.store.view("answer_file", |tx| {
            let next = generation.saturating_add(1);
            let accepted = beginning(tx, partner, Direction::In, next)?;
            let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            Ok::<_, AppError>((accepted.ok_or(AppError::NotFound)?, card))
        })?;
        self.sealable(&card)?;
        self.looked(actor, Operation::Export, "restart-answer", None, None)?;
        self.answer(partner, &accepted, (&card, None))
    }

    /// The link's other key stays, or follows from the one that we know: a card of another one would be another node.
    pub(super) fn knows_tls(&self, owner: &NodeName, card: &Card) -> Result<()> {
        let related = self.inner.store.view("pinned", |tx| {
            let row = tx.partner(owner)?.ok_or(RestartFault::OtherNodes)?;
            let pinned = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            related(tx, owner, (&pinned, card))
        })?;
        match related {
            Related::Fits | Related::Behind => Ok(()),
            Related::Other => Err(InputFault::OtherCard.into()),
        }
    }

    fn accept_in(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        offered: &Offered,
        officer: &str,
    ) -> Result<Beginning> {
        let offer = &offered.proposal.offer;
        let head = tx.register(owner, Direction::In)?;
        let known = beginning(tx.as_read(), owner, Direction::In, head.generation)?;
        if let Some(known) = known.as_ref().filter(|b| b.proposal == offered.proposal) {
            return Ok(known.clone());
        }
        // The owner was restored from a backup of before: what both signed then stands.
        if offer.generation < head.generation {
            let then = beginning(tx.as_read(), owner, Direction::In, offer.generation + 1)?;
            let then = then.filter(|b| b.offer().before == offer.before);
            return then.ok_or(RestartFault::Generation.into());
        }
        let before = known.map(|b| b.digest());
        if offer.generation != head.generation || offer.before != before {
            return Err(RestartFault::Generation.into());
        }
        // One after the other: an answer to ours is signed by a key that is not known any more once theirs began again.
        self.refuse_proposed(tx.as_read(), owner)?;
        let agreed = self.agreed(tx.as_read(), owner, &offered.proposal)?;
        let signer = self.signer_known(tx.as_read(), owner)?;
        let accepted = Beginning::accept(offered.proposal.clone(), agreed, &signer, self.now().0);
        let accepted = accepted.map_err(fault)?;
        let ground = offer.why().map_or("", |ground| ground.name());
        self.record_access(tx, &did(officer, "accept_restart", owner, ground))?;
        self.close_theirs(tx, owner, &accepted, &offered.card)?;
        Ok(accepted)
    }

    /// Their register ends at what was agreed, and the next generation begins with the key of this card.
    pub(super) fn close_theirs(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        accepted: &Beginning,
        card: &[u8],
    ) -> Result<()> {
        let receipted = self.close_generation(tx, owner, Direction::In, accepted)?;
        set_receipted(tx, owner, receipted)?;
        let mut row = tx.partner(owner)?.ok_or(AppError::NotFound)?;
        row.card = card.to_vec();
        tx.put_partner(&row)?;
        self.forget_owed(tx, owner)?;
        self.keep_restart(tx, owner, accepted)
    }

    /// Up to where both histories are one: all that we hold, if what the owner has is its beginning and nothing is owed to us, else the
    /// newest size that it offers and we receipted, and no body before it is owed: those are told again.
    fn agreed(&self, tx: &dyn Read, owner: &NodeName, proposal: &Proposal) -> Result<Point> {
        let held = tx.register(owner, Direction::In)?.size;
        let ours = |size: u64| tree_root(tx, owner, Direction::In, size);
        let points = &proposal.offer.points;
        let whole = points.first().ok_or(RestartFault::Damaged)?;
        let owed = self.first_owed(tx, owner)?;
        if owed.is_none() && whole.size <= held && ours(whole.size)? == Some(whole.root) {
            let root = ours(held)?.ok_or(AppError::Bug("register tree"))?;
            return Ok(Point { size: held, root });
        }
        for point in points.iter().skip(1).filter(|p| p.size <= held) {
            let before = point.size.checked_sub(1);
            let receipt = match before {
                Some(before) => tx.receipt(owner, Direction::In, before)?.map(|r| r.size),
                None => Some(0),
            };
            let given = receipt == Some(point.size) && owed.is_none_or(|first| point.size <= first);
            if given && ours(point.size)? == Some(point.root) {
                return Ok(*point);
            }
        }
        Ok(Point::start())
    }

    /// Up to where what the owner has now is what we hold, of what was agreed: it may have lost more since the proposal that we accepted,
    /// or gone another way.
    fn common(&self, owner: &NodeName, accepted: &Beginning, now: &Proposal) -> Result<u64> {
        let closed = Direction::In.closed(accepted.offer().generation);
        self.inner.store.view("common", |tx| {
            let mut common = 0;
            for point in &now.offer.points {
                if tree_root(tx, owner, closed, point.size)? == Some(point.root) {
                    common = point.size.min(accepted.agreed.size).max(common);
                }
            }
            Ok(common)
        })
    }

    /// What goes back: from the end of what the owner has in common with us, or from where it has come to, to the end of what we hold in
    /// its name, as much as one file takes.
    fn answer(
        &self,
        owner: &NodeName,
        accepted: &Beginning,
        (card, offered): (&Card, Option<&Offered>),
    ) -> Result<String> {
        let closed = Direction::In.closed(accepted.offer().generation);
        let proposal = offered.map_or(&accepted.proposal, |offered| &offered.proposal);
        let from = match offered.and_then(|offered| offered.from) {
            Some(from) => from,
            None => self.common(owner, accepted, proposal)?,
        };
        let row = self.inner.store.view("agreed", |tx| {
            Ok::<_, AppError>(tx.checkpoint(owner, closed, accepted.agreed.size)?)
        })?;
        let cosignature = row.as_ref().map(|row| row.cosignature.clone());
        let (returned, whole) = self.parcel(owner, (closed, from, u64::MAX), card)?;
        let answer = Answer {
            beginning: ByteVec::from(accepted.encode()),
            note: row.map(|row| row.note),
            cosignature: cosignature.filter(|line| !line.is_empty()),
            returned,
            to: offered.map(|offered| offered.proposal.digest()),
        };
        Ok(answer.to_text(whole))
    }

    /// What we have of a closed generation from a place on and up to another, sealed to a card, and whether it is all of it.
    pub(super) fn parcel(
        &self,
        partner: &NodeName,
        (closed, mut from, until): (Direction, u64, u64),
        card: &Card,
    ) -> Result<(Option<Parcel>, bool)> {
        let batch = self.inner.most_returned.min(limits::MAX_BATCH_WEIGHT);
        let (mut frames, mut weight, mut whole) = (Vec::new(), 0_usize, true);
        while from < until {
            let most = usize::try_from(until - from).unwrap_or(usize::MAX);
            let items = most.min(limits::MAX_BATCH_ITEMS);
            let lent = self.lent_of(partner, (closed, from), items, batch)?;
            if lent.items.is_empty() {
                break;
            }
            if weight >= self.inner.most_returned {
                whole = false;
                break;
            }
            from += lent.items.len() as u64;
            let frame = Frame::Batch(Batch {
                from: lent.from,
                items: lent.items,
                note: lent.checkpoint_note,
            });
            let frame = frame.encode().map_err(|_| AppError::Bug("frame"))?;
            weight = weight.saturating_add(frame.len());
            frames.push(frame);
        }
        if frames.is_empty() {
            return Ok((None, whole));
        }
        let (key, _) = card.sealing().ok_or(RestartFault::NoSealingKey)?;
        Ok((Some(self.seal_parcel(&key, &frames)?), whole))
    }
}
