//! The owner of a register proposes that it begins again. From then on nothing is signed in it until the partner's answer is concluded
//! or the proposal withdrawn.

use super::file::{Offered, fault};
use super::{RestartFault, beginning, card_key, keep_proposed, proposed};
use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::receive::receipted_up_to;
use crate::tree::tree_root;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_proof::beginning::{Ground, MAX_GENERATION, MAX_POINTS, Offer, Point, Proposal};
use entente_store::{Direction, Read, StoreExt};
use minicbor::bytes::ByteVec;

impl App {
    /// Proposes to a partner that our register towards it begins again: the text of the file that goes there.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts, [`AppError::NotFound`] for an unknown partner, [`AppError::Restart`] if the
    /// ground asks for another key than the register has; storage.
    pub fn propose_restart(
        &self,
        actor: &Actor,
        partner: &NodeName,
        ground: Ground,
    ) -> Result<String> {
        self.authorise(actor, Action::Restart)?;
        // What the partner gives back is sealed to the newest of our keys.
        self.keep_sealing_keys()?;
        let (app, name, who) = (self.clone(), partner.clone(), actor.id.clone());
        let offered = self.inner.store.update("propose_restart", move |tx| {
            tx.partner(&name)?.ok_or(AppError::NotFound)?;
            let offered = app.offer(tx.as_read(), &name, ground)?;
            keep_proposed(tx, &name, (&offered.proposal.encode(), &[]))?;
            tx.set_setting(&card_key(&name), &offered.card)?;
            app.record_access(tx, &did(&who, "propose_restart", &name, ground.name()))?;
            Ok::<_, AppError>(offered)
        })?;
        self.told();
        Ok(offered.to_text())
    }

    /// The file of the proposal that waits for an answer, once more.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts; [`AppError::Restart`] if nothing is proposed, or our key changed since; storage.
    pub fn proposal_file(&self, actor: &Actor, partner: &NodeName) -> Result<String> {
        self.authorise(actor, Action::Restart)?;
        self.keep_sealing_keys()?;
        let offered = self.inner.store.view("proposal_file", |tx| {
            let bytes = proposed(tx, partner)?.ok_or(RestartFault::NotProposed)?;
            let proposal = Proposal::decode(&bytes);
            Ok::<_, AppError>(Offered {
                proposal: proposal.map_err(|_| AppError::Bug("stored proposal"))?,
                card: ByteVec::from(self.card_in(tx)?),
                from: None,
            })
        })?;
        offered.card().map_err(|_| RestartFault::KeyChanged)?;
        self.looked(actor, Operation::Export, "restart-proposal", None, None)?;
        Ok(offered.to_text())
    }

    /// Takes a proposal back, so that the link goes on as before. Of a partner that accepted it, the answer can still be concluded.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts; [`AppError::Restart`] if nothing was proposed; storage.
    pub fn withdraw_restart(&self, actor: &Actor, partner: &NodeName) -> Result<()> {
        self.authorise(actor, Action::Restart)?;
        let (app, name, who) = (self.clone(), partner.clone(), actor.id.clone());
        self.inner.store.update("withdraw_restart", move |tx| {
            let waited = proposed(tx.as_read(), &name)?.ok_or(RestartFault::NotProposed)?;
            keep_proposed(tx, &name, (&[], &waited))?;
            app.record_access(tx, &did(&who, "withdraw_restart", &name, ""))
        })?;
        self.wake(partner);
        Ok(())
    }

    fn offer(&self, tx: &dyn Read, partner: &NodeName, ground: Ground) -> Result<Offered> {
        let head = tx.register(partner, Direction::Out)?;
        if head.generation + 1 >= MAX_GENERATION {
            return Err(RestartFault::TooOften.into());
        }
        let signer = self.newest_secret(tx)?;
        let before = *self.our_keys(tx, partner)?.history().newest();
        if ground != Ground::Fork && before == signer.verifying_key() {
            return Err(RestartFault::SameKey.into());
        }
        let begun = beginning(tx, partner, Direction::Out, head.generation)?;
        let offer = Offer::new(
            (self.inner.me.as_str(), partner.as_str()),
            (head.generation, begun.map(|b| b.digest())),
            ground,
            signer.verifying_key(),
            points(tx, partner, head.size)?,
            self.now().0,
        );
        Ok(Offered {
            proposal: Proposal::sign(offer, &signer).map_err(fault)?,
            card: ByteVec::from(self.card_in(tx)?),
            from: None,
        })
    }
}

/// Where the register may end: all of it, then what the partner receipted, ever further back. Both sides know these sizes, and no
/// receipt is lost that covers what lies before one of them.
fn points(tx: &dyn Read, partner: &NodeName, size: u64) -> Result<Vec<Point>> {
    let mut points = vec![point(tx, partner, size)?];
    let newest = receipted_up_to(tx, partner)?;
    let mut back = 0_u64;
    while let Some(from) = newest.checked_sub(back.saturating_add(1)) {
        let receipted = tx.receipt(partner, Direction::Out, from)?;
        let nearer = points.iter().skip(1).map(|p| p.size).min();
        if let Some(row) = receipted.filter(|r| nearer.is_none_or(|known| r.size < known)) {
            points.push(point(tx, partner, row.size)?);
        }
        if points.len() >= MAX_POINTS {
            break;
        }
        back = back.saturating_mul(2).max(1);
    }
    Ok(points)
}

fn point(tx: &dyn Read, partner: &NodeName, size: u64) -> Result<Point> {
    let root = tree_root(tx, partner, Direction::Out, size)?;
    let root = root.ok_or(AppError::Bug("register tree"))?;
    Ok(Point { size, root })
}

/// The act of an officer on a register, for the journal.
pub(super) fn did(officer: &str, verb: &str, partner: &NodeName, detail: &str) -> AccessRecord {
    let object = format!("{partner} {detail}");
    AccessRecord::of(officer, Operation::Administer, verb).on(object.trim_end())
}
