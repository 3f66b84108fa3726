//! A partner that was restored from a backup of before it accepted a restart takes again what both signed: its own signature on it says that it
//! had compared and agreed, so that nobody compares anew.
//!
//! It must hold what was agreed of the generation that ended. From the alarm, or the lost key, to the acceptance nothing comes, so
//! that any backup of that time holds it. One that holds less says how much, and the owner's next file brings the rest, which is verified
//! like all that comes. No receipt is given on it and nothing of our own register signed: what we said of it then comes back with that.

use super::conclude::{Came, Returned, followed};
use super::file::Agreed;
use super::instead::in_place_of;
use super::propose::did;
use super::{RestartFault, RestartStep, beginning, named, register_of_generation};
use crate::access::Operation;
use crate::codec::{encode, kept};
use crate::courier::Lease;
use crate::error::{AppError, Result};
use crate::keys::their_keys;
use crate::tree::{Growth, frontier_at, tree_root};
use crate::waiting::PORTION;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::{EntryId, NodeName};
use entente_proof::beginning::Beginning;
use entente_proof::card::{Card, verify_card};
use entente_proof::checkpoint::{origin, verify_checkpoint};
use entente_proof::digest::entry_id;
use entente_proof::leaf::{Leaf, Receipt};
use entente_proof::merkle::leaf_hash;
use entente_store::{Direction, EARLIER, Read, StoreExt, Write};
use minicbor::bytes::ByteVec;

impl App {
    /// What a partner agreed to when a generation of our register ended, with our card: for a partner that lost it. Where it holds
    /// fewer leaves than were agreed, with those that follow what it says it holds, as many as one file takes.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts, [`AppError::NotFound`] if no such generation ended, [`AppError::Restart`] if
    /// leaves are to be sealed and the partner's card names no sealing key within its term; storage.
    pub fn agreed_file(
        &self,
        actor: &Actor,
        partner: &NodeName,
        generation: u32,
        from: Option<u64>,
    ) -> Result<String> {
        self.authorise(actor, Action::Restart)?;
        let (both, ours, theirs) = self.inner.store.view("agreed_file", |tx| {
            let next = generation.saturating_add(1);
            let both = beginning(tx, partner, Direction::Out, next)?.ok_or(AppError::NotFound)?;
            let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let theirs = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            let ours = self.card_for(tx, partner, &both)?;
            Ok::<_, AppError>((both, ours, theirs))
        })?;
        let returned = match from {
            Some(from) => {
                self.sealable(&theirs)?;
                let ended = Direction::Out.closed(generation);
                let wanted = (ended, from, both.agreed.size);
                self.parcel(partner, wanted, &theirs)?.0
            }
            None => None,
        };
        self.looked(actor, Operation::Export, "restart-agreed", None, None)?;
        let agreed = Agreed {
            beginning: ByteVec::from(both.encode()),
            card: ByteVec::from(ours),
            returned,
        };
        Ok(agreed.to_text())
    }

    /// Takes again what we accepted once and lost. Taken twice, it changes nothing.
    pub(super) fn take_again(&self, actor: &Actor, agreed: Box<Agreed>) -> Result<RestartStep> {
        let both = agreed.beginning()?;
        let card = agreed.card(&both)?;
        let owner = named(&both.offer().owner)?;
        if both.offer().partner != self.inner.me.as_str() {
            return Err(RestartFault::OtherNodes.into());
        }
        self.knows_tls(&owner, &card)?;
        let returned = self.returned(agreed.returned.as_ref())?;
        let lease = Lease::take(self, &owner)?;
        let (app, name, epoch) = (self.clone(), owner.clone(), lease.epoch);
        let who = actor.id.clone();
        let outcome = self.inner.store.update("take_restart_again", move |tx| {
            tx.check_lease(&Self::lease_name(&name), epoch)?;
            app.take_again_in(tx, &name, (&both, &agreed.card), (&returned, &who))
        });
        let step = outcome.inspect_err(|_| self.inner.memory.undone())?;
        drop(lease);
        self.told();
        self.wake(&owner);
        Ok(step)
    }

    fn take_again_in(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        (both, card): (&Beginning, &[u8]),
        (returned, officer): (&[Returned], &str),
    ) -> Result<RestartStep> {
        if !self.every_key(tx.as_read())?.contains(&both.partner_key) {
            return Err(RestartFault::NotOurs.into());
        }
        let head = tx.register(owner, Direction::In)?;
        let known = beginning(tx.as_read(), owner, Direction::In, head.generation)?;
        if known.as_ref() == Some(both) {
            return Ok(RestartStep::Again);
        }
        if let Some(ours) = in_place_of(tx.as_read(), owner, both)? {
            self.refuse_proposed(tx.as_read(), owner)?;
            self.take_back_agreement(tx, owner, &ours, both)?;
        }
        let head = tx.register(owner, Direction::In)?;
        let known = beginning(tx.as_read(), owner, Direction::In, head.generation)?;
        let (offer, before) = (both.offer(), known.map(|b| b.digest()));
        if offer.generation != head.generation || offer.before != before {
            return Err(RestartFault::Generation.into());
        }
        self.refuse_proposed(tx.as_read(), owner)?;
        let ground = offer.why().map_or("", |ground| ground.name());
        self.record_access(tx, &did(officer, "take_restart_again", owner, ground))?;
        let agreed = both.agreed;
        let held = match head.size < agreed.size {
            true => self.take_rest(tx, owner, both, returned)?,
            false => head.size,
        };
        if held < agreed.size {
            return match held > head.size {
                true => Ok(RestartStep::More { held }),
                false => Err(RestartFault::HeldLess { held }.into()),
            };
        }
        if tree_root(tx.as_read(), owner, Direction::In, agreed.size)? != Some(agreed.root) {
            return Err(RestartFault::Differs.into());
        }
        self.cosign_agreed(tx, owner, agreed.size)?;
        self.close_theirs(tx, owner, both, card)?;
        self.say_again(tx, owner)?;
        Ok(RestartStep::Again)
    }

    /// What the owner gave back of what was agreed, beyond what we hold: it follows from our own tree to checkpoints that the owner signed,
    /// and is applied like all that comes. Gives how much we hold then.
    fn take_rest(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        both: &Beginning,
        returned: &[Returned],
    ) -> Result<u64> {
        let head = tx.register(owner, Direction::In)?;
        let begins = returned.first().map(|first| first.batch.from);
        let Some(begins) = begins.filter(|begins| *begins <= head.size) else {
            return Ok(head.size);
        };
        let name = origin(owner.as_str(), self.inner.me.as_str(), head.generation);
        let keys = their_keys(tx.as_read(), owner)?.history();
        let mut keys = keys.until(begins);
        let mut tree = frontier_at(tx.as_read(), owner, Direction::In, begins)?;
        let mut growth = Growth::new(head.size, &head.frontier)?;
        let (mut receipts, mut note) = (Vec::new(), String::new());
        for Returned { batch, bodies, .. } in returned {
            if tree.size() != batch.from {
                return Err(RestartFault::Differs.into());
            }
            for ((position, item), body) in (batch.from..).zip(&batch.items).zip(bodies) {
                let hash = leaf_hash(&item.leaf);
                tree.append(hash);
                keys = followed(keys, (owner.as_str(), position), item)?;
                if position >= head.size {
                    let entry = self.take_lost(tx, owner, (position, item, body), &mut receipts)?;
                    growth.push(item.leaf.clone(), hash, entry);
                }
            }
            let signed = verify_checkpoint(&batch.note, &name, keys.at(tree.size()));
            let signed = signed.map_err(|_| RestartFault::Differs)?;
            if signed.size != tree.size() || signed.root != tree.root() {
                return Err(RestartFault::Differs.into());
            }
            note.clone_from(&batch.note);
        }
        let size = growth.edge().size();
        if size == head.size {
            return Ok(size);
        }
        // Below what we held it may be another branch, and beyond what was agreed it counts for nobody.
        if growth.edge().root() != tree.root() || size > both.agreed.size {
            return Err(RestartFault::Differs.into());
        }
        self.note_their_changes(tx, owner, growth.rows())?;
        tx.append_register(owner, Direction::In, &growth.signed(note))?;
        self.take_or_keep(tx, owner, receipts)?;
        self.judge_waiting(tx, PORTION)?;
        Ok(size)
    }

    /// Receipts of our register that came with it. Of what we lost of that, too, they are kept until it is back.
    pub(super) fn take_or_keep(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        receipts: Vec<(u64, Receipt)>,
    ) -> Result<()> {
        let mut early = early(tx.as_read(), owner)?;
        let known = early.len();
        for (position, receipt) in receipts {
            match is_early(tx.as_read(), owner, &receipt)? {
                true => early.push(ByteVec::from(Leaf::Receipt(receipt).encode())),
                false => self.take_receipt(tx, owner, position, &receipt)?,
            }
        }
        match early.len() > known {
            true => Ok(tx.set_setting(&early_key(owner), &encode(&early))?),
            false => Ok(()),
        }
    }

    /// Leaves of our register are back: receipts on them that came before count. Their own leaves are of a generation that ended, so that
    /// they count at every cut.
    pub(crate) fn take_kept_receipts(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let kept = early(tx.as_read(), partner)?;
        if kept.is_empty() {
            return Ok(());
        }
        let mut still = Vec::new();
        for leaf in kept {
            let Ok(Leaf::Receipt(receipt)) = Leaf::decode(&leaf) else {
                continue;
            };
            match is_early(tx.as_read(), partner, &receipt)? {
                true => still.push(leaf),
                false => self.take_receipt(tx, partner, EARLIER, &receipt)?,
            }
        }
        Ok(tx.set_setting(&early_key(partner), &encode(&still))?)
    }

    /// One leaf of it: an entry is applied, a receipt is taken once all are here.
    fn take_lost(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        (position, item, body): Came<'_>,
        receipts: &mut Vec<(u64, Receipt)>,
    ) -> Result<Option<EntryId>> {
        match (Leaf::decode(&item.leaf), &item.header) {
            (Ok(Leaf::Entry(id)), Some(header)) if entry_id(header) == id => {
                self.apply(tx, header, body, Some(owner))?;
                Ok(Some(EntryId(id.0)))
            }
            (Ok(Leaf::Entry(_)), _) => Err(RestartFault::Differs.into()),
            (Ok(Leaf::Receipt(receipt)), _) => {
                receipts.push((position, receipt));
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Our word on the agreed end, which our signature on the agreement said already: what we hold up to it can be given back to its owner.
    fn cosign_agreed(&self, tx: &mut dyn Write, owner: &NodeName, size: u64) -> Result<()> {
        let signed = tx.checkpoint(owner, Direction::In, size)?;
        let Some(row) = signed.filter(|row| row.cosignature.is_empty() && !row.note.is_empty())
        else {
            return Ok(());
        };
        let line = self.cosignature(tx.as_read(), owner, &row.note, self.now().0)?;
        Ok(tx.put_cosignature(owner, Direction::In, size, &line)?)
    }

    /// What is given back is sealed to a partner's card.
    pub(super) fn sealable(&self, card: &Card) -> Result<()> {
        let sealing = card.sealing().filter(|(_, until)| *until > self.now().0);
        match sealing {
            Some(_) => Ok(()),
            None => Err(RestartFault::NoSealingKey.into()),
        }
    }
}

fn early_key(partner: &NodeName) -> String {
    format!("receipts-early/{partner}")
}

/// Leaves with receipts of a partner on what we do not have any more of our register.
fn early(tx: &dyn Read, partner: &NodeName) -> Result<Vec<ByteVec>> {
    kept(tx, &early_key(partner), "early receipts")
}

/// Whether a receipt of a partner is on more of our register than we have.
fn is_early(tx: &dyn Read, partner: &NodeName, receipt: &Receipt) -> Result<bool> {
    let register = register_of_generation(tx, partner, Direction::Out, receipt.generation)?;
    match register {
        Some(register) => Ok(receipt.size > tx.register(partner, register)?.size),
        None => Ok(true),
    }
}
