//! The owner concludes with the partner's answer: what the partner gave back is verified like anything that comes, applied, and the new
//! generation stands ready for the driver. Nothing is signed here.

use super::file::Answer;
use super::parts::forget_parts;
use super::propose::did;
use super::retell::Retelling;
use super::{RestartFault, beginning, keep_proposed, named, newest_proposed};
use crate::apply::BodyIn;
use crate::compromise::known_to_others;
use crate::courier::{Lease, Parcel};
use crate::error::Result;
use crate::keys::their_keys;
use crate::receive::set_receipted;
use crate::sendable::note_crossed;
use crate::tree::{Growth, frontier_at, tree_root};
use crate::{Actor, App};
use entente_core::ids::{EntryId, NodeName};
use entente_link::frame::{Batch, FRAME_HEAD, Frame, FrameType};
use entente_link::{Item, KeyHistory};
use entente_proof::beginning::Beginning;
use entente_proof::checkpoint::{origin, verify_checkpoint};
use entente_proof::cosign::{cosigner_name, verify_cosignature_line};
use entente_proof::digest::{Digest, entry_id};
use entente_proof::leaf::Leaf;
use entente_proof::merkle::{Frontier, leaf_hash};
use entente_store::{Closing, Direction, Read, StoreExt, Write};
use std::collections::BTreeSet;

/// A batch of our own register that came back, with what its bodies need.
pub(super) struct Returned {
    pub(super) batch: Batch,
    pub(super) bodies: Vec<BodyIn>,
    /// From a part that was verified when it came, leaves alone: they have no checkpoint of their own any more.
    pub(super) verified: bool,
}

impl Returned {
    pub(super) fn end(&self) -> u64 {
        self.batch
            .from
            .saturating_add(self.batch.items.len() as u64)
    }
}

/// A leaf that came back: its position, and what came with it.
pub(super) type Came<'a> = (u64, &'a Item, &'a BodyIn);

/// An answer of the partner that was opened and fits our proposal.
pub(super) struct Taken<'a> {
    pub(super) partner: &'a NodeName,
    pub(super) beginning: &'a Beginning,
    pub(super) answer: &'a Answer,
    pub(super) returned: &'a [Returned],
}

impl App {
    /// Concludes with an answer to our proposal; how many entries came back that we did not have.
    pub(super) fn conclude(&self, actor: &Actor, answer: Answer) -> Result<u64> {
        let (partner, came) = self.take_answer(actor, answer, |app, tx, taken| {
            app.conclude_in(
                tx,
                taken.partner,
                (taken.beginning, taken.answer),
                taken.returned,
            )
        })?;
        self.wake(&partner);
        Ok(came)
    }

    /// What every answer to our proposal, whole or in part, has in common: it is opened, held against what we proposed, and recorded before
    /// it is taken. Gives who answered, and what came of it.
    pub(super) fn take_answer<T: Send + 'static>(
        &self,
        actor: &Actor,
        answer: Answer,
        mut take: impl FnMut(&Self, &mut dyn Write, &Taken<'_>) -> Result<T> + Send + 'static,
    ) -> Result<(NodeName, T)> {
        let beginning = answer.beginning()?;
        let partner = self.answered_by(&beginning)?;
        let returned = self.returned(answer.returned.as_ref())?;
        let lease = Lease::take(self, &partner)?;
        let (app, name, epoch) = (self.clone(), partner.clone(), lease.epoch);
        let who = actor.id.clone();
        let outcome = self.inner.store.update("conclude_restart", move |tx| {
            tx.check_lease(&Self::lease_name(&name), epoch)?;
            app.fits(tx.as_read(), &name, (&beginning, answer.to))?;
            let ground = beginning.offer().why().map_or("", |ground| ground.name());
            app.record_access(tx, &did(&who, "conclude_restart", &name, ground))?;
            let taken = Taken {
                partner: &name,
                beginning: &beginning,
                answer: &answer,
                returned: &returned,
            };
            take(&app, tx, &taken)
        });
        let came = outcome.inspect_err(|_| self.inner.memory.undone())?;
        drop(lease);
        self.told();
        Ok((partner, came))
    }

    /// The partner that accepted a proposal of ours.
    pub(super) fn answered_by(&self, beginning: &Beginning) -> Result<NodeName> {
        let offer = beginning.offer();
        match offer.owner == self.inner.me.as_str() {
            true => named(&offer.partner),
            false => Err(RestartFault::OtherNodes.into()),
        }
    }

    /// Opens what the partner sealed to us.
    pub(super) fn returned(&self, parcel: Option<&Parcel>) -> Result<Vec<Returned>> {
        let Some(parcel) = parcel else {
            return Ok(Vec::new());
        };
        let mut returned = Vec::new();
        for bytes in self.open_parcel(parcel)? {
            let payload = bytes.get(FRAME_HEAD..).ok_or(RestartFault::Damaged)?;
            let Ok(Frame::Batch(mut batch)) = Frame::decode(FrameType::BATCH, payload) else {
                return Err(RestartFault::Damaged.into());
            };
            let bodies = batch.items.iter_mut().map(|i| self.body_in(i)).collect();
            returned.push(Returned {
                batch,
                bodies,
                verified: false,
            });
        }
        Ok(returned)
    }

    /// Whether an answer is to what we proposed last, signed by the partner, and to the generation that we write. An answer of before may
    /// be forgotten by a partner that was restored since, which then signed another.
    pub(super) fn fits(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        (answer, to): (&Beginning, Option<Digest>),
    ) -> Result<()> {
        let offer = answer.offer();
        // It may have accepted under a key that it lost since: that signs nothing new, and what it signed stands. One that is declared known
        // to others signs for nobody, nor does one that ended with a generation since others knew it.
        let theirs = self.keys_known(tx, partner)?;
        if theirs.is_empty() {
            return Err(RestartFault::OtherNodes.into());
        }
        let others = known_to_others(tx, partner)?;
        if !theirs.contains(&answer.partner_key) || others.contains(&answer.partner_key) {
            return Err(RestartFault::UnknownKey.into());
        }
        if !self.every_key(tx)?.contains(&offer.key) {
            return Err(RestartFault::NotOurs.into());
        }
        let head = tx.register(partner, Direction::Out)?;
        let before = beginning(tx, partner, Direction::Out, head.generation)?;
        if offer.generation != head.generation || offer.before != before.map(|b| b.digest()) {
            return Err(RestartFault::Generation.into());
        }
        let asked = to.unwrap_or_else(|| answer.proposal.digest());
        match newest_proposed(tx, partner)?.is_some_and(|newest| newest.digest() == asked) {
            true => Ok(()),
            false => Err(RestartFault::OtherProposal.into()),
        }
    }

    fn conclude_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (accepted, answer): (&Beginning, &Answer),
        returned: &[Returned],
    ) -> Result<u64> {
        let agreed = accepted.agreed;
        let (before, mut came) = self.parts(tx.as_read(), partner, accepted, returned)?;
        let mut lost = self.verified(tx.as_read(), partner, before.iter().chain(returned))?;
        let mut telling = Retelling::new(self, partner);
        if !has_agreed(tx.as_read(), partner, accepted)? {
            self.leave_branch(tx, partner, (&lost, agreed.size), &mut telling)?;
            came += self.take_back(tx, partner, &mut lost, (accepted, answer))?;
        }
        if !has_agreed(tx.as_read(), partner, accepted)? {
            return Err(RestartFault::Differs.into());
        }
        telling.own(tx.as_read(), agreed.size)?;
        let mut crossed = BTreeSet::new();
        for (_, item, body) in lost.iter().filter(|(at, ..)| *at >= agreed.size) {
            came += u64::from(self.take_other(tx, partner, (item, body))?);
            if let Ok(Leaf::Entry(id)) = Leaf::decode(&item.leaf) {
                crossed.extend(tx.entry(EntryId(id.0))?.map(|row| row.dossier));
            }
            telling.leaf(&item.leaf);
        }
        note_crossed(tx, partner, crossed)?;
        self.note_agreed(tx, partner, accepted, answer)?;
        self.close_generation(tx, partner, Direction::Out, accepted)?;
        self.keep_begun_card(tx, partner, accepted)?;
        set_receipted(tx, partner, 0)?;
        keep_proposed(tx, partner, (&[], &[]))?;
        forget_parts(tx, partner)?;
        telling.queue(tx, accepted)?;
        // A key that changed since the proposal.
        self.announce_keys(tx, partner)?;
        self.keep_restart(tx, partner, accepted)?;
        Ok(came)
    }

    /// Every leaf that came back, once it follows from our own tree to a checkpoint that a key of ours signed: then nobody invented it.
    /// Where it branches off, our own branch may have another key than the one that came back, or the same one elsewhere.
    pub(super) fn verified<'a>(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        returned: impl Iterator<Item = &'a Returned>,
    ) -> Result<Vec<Came<'a>>> {
        let head = tx.register(partner, Direction::Out)?;
        let name = origin(self.inner.me.as_str(), partner.as_str(), head.generation);
        let mut keys = self.our_keys(tx, partner)?.history();
        let mut edge: Option<Frontier> = None;
        let mut leaves = Vec::new();
        for returned in returned {
            let Returned { batch, bodies, .. } = returned;
            let mut tree = match edge.take() {
                Some(edge) => edge,
                None if batch.from > head.size => return Err(RestartFault::LeavesMissing.into()),
                None => {
                    keys = keys.until(batch.from);
                    frontier_at(tx, partner, Direction::Out, batch.from)?
                }
            };
            if tree.size() != batch.from {
                return Err(RestartFault::Differs.into());
            }
            for ((position, item), body) in (batch.from..).zip(&batch.items).zip(bodies) {
                tree.append(leaf_hash(&item.leaf));
                keys = followed(keys, (self.inner.me.as_str(), position), item)?;
                leaves.push((position, item, body));
            }
            if !returned.verified {
                let signed = verify_checkpoint(&batch.note, &name, keys.at(tree.size()));
                let signed = signed.map_err(|_| RestartFault::Differs)?;
                if signed.size != tree.size() || signed.root != tree.root() {
                    return Err(RestartFault::Differs.into());
                }
            }
            edge = Some(tree);
        }
        Ok(leaves)
    }

    /// We went another way than what both agreed on, after our disk was lost: our register ends where the other branch begins, and what
    /// was in ours is told again like all that lies beyond.
    fn leave_branch(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (lost, until): (&[Came<'_>], u64),
        telling: &mut Retelling<'_>,
    ) -> Result<()> {
        let agreed = lost.iter().filter(|(at, ..)| *at < until);
        agreed.for_each(|(_, item, _)| telling.stands(&item.leaf));
        let head = tx.register(partner, Direction::Out)?;
        let from = lost.first().map_or(head.size, |(at, ..)| *at);
        if from >= head.size {
            return Ok(());
        }
        telling.own(tx.as_read(), from)?;
        let signed = tx.checkpoint(partner, Direction::Out, from)?;
        let closing = Closing {
            size: from,
            frontier: frontier_at(tx.as_read(), partner, Direction::Out, from)?.encode(),
            note: signed.map(|row| row.note).unwrap_or_default(),
        };
        tx.cut_register(partner, Direction::Out, &closing)?;
        self.cut_own_keys(tx, partner, from)
    }

    /// We lost the end of what both agreed on: it is appended as it was. Gives how many entries came.
    fn take_back(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        lost: &mut Vec<Came<'_>>,
        (accepted, answer): (&Beginning, &Answer),
    ) -> Result<u64> {
        let until = accepted.agreed.size;
        let head = tx.register(partner, Direction::Out)?;
        let mut growth = Growth::new(head.size, &head.frontier)?;
        let mut came = 0;
        for (position, item, body) in lost
            .iter()
            .filter(|(at, ..)| (head.size..until).contains(at))
        {
            let entry = match Leaf::decode(&item.leaf) {
                Ok(Leaf::Entry(id)) => {
                    came += u64::from(self.take_other(tx, partner, (item, body))?);
                    Some(EntryId(id.0))
                }
                Ok(Leaf::Receipt(receipt)) => {
                    self.recover_receipt(tx, partner, *position, &receipt)?;
                    None
                }
                _ => None,
            };
            growth.push(item.leaf.clone(), leaf_hash(&item.leaf), entry);
        }
        if growth.edge().size() != until {
            return Err(RestartFault::LeavesMissing.into());
        }
        self.note_own_changes(tx, partner, growth.rows())?;
        let note = self.note_of_agreed(tx.as_read(), partner, accepted, answer)?;
        let append = growth.signed(note.ok_or(RestartFault::Differs)?);
        tx.append_register(partner, Direction::Out, &append)?;
        self.take_kept_receipts(tx, partner)?;
        lost.retain(|(at, ..)| *at >= until);
        Ok(came)
    }

    /// An entry in our name that the partner holds; whether it was not here. Whoever wrote it, both sides have it from now on.
    pub(super) fn take_other(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (item, body): (&Item, &BodyIn),
    ) -> Result<bool> {
        let (Ok(Leaf::Entry(id)), Some(header)) = (Leaf::decode(&item.leaf), &item.header) else {
            return Ok(false);
        };
        if entry_id(header) != id {
            return Err(RestartFault::Differs.into());
        }
        let id = EntryId(id.0);
        let known = tx.verdict(id)?.is_some();
        self.recover_entry(tx, partner, (id, header), body)?;
        Ok(!known)
    }

    /// Our checkpoint of the agreed size, as the partner gave it back, if it is one.
    fn note_of_agreed(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        accepted: &Beginning,
        answer: &Answer,
    ) -> Result<Option<String>> {
        let generation = accepted.offer().generation;
        let name = origin(self.inner.me.as_str(), partner.as_str(), generation);
        let keys = self.our_keys(tx, partner)?.history();
        let key = keys.at(accepted.agreed.size);
        let ours = |note: &String| {
            verify_checkpoint(note, &name, key)
                .is_ok_and(|signed| signed.head() == accepted.agreed.head())
        };
        Ok(answer.note.clone().filter(ours))
    }

    /// The partner's own word on the end of the closed generation, for proofs of what is before it.
    fn note_agreed(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        accepted: &Beginning,
        answer: &Answer,
    ) -> Result<()> {
        let size = accepted.agreed.size;
        let note = self.note_of_agreed(tx.as_read(), partner, accepted, answer)?;
        let (Some(note), Some(line)) = (&note, &answer.cosignature) else {
            return Ok(());
        };
        let cosigner = cosigner_name(partner.as_str());
        let history = their_keys(tx.as_read(), partner)?.history();
        let mut theirs = history.all();
        if !theirs.any(|key| verify_cosignature_line(note, line, &cosigner, key).is_ok()) {
            return Ok(());
        }
        tx.put_checkpoint(partner, Direction::Out, size, note)?;
        Ok(tx.put_cosignature(partner, Direction::Out, size, line)?)
    }
}

/// Whether our register leads to what both agreed on.
fn has_agreed(tx: &dyn Read, partner: &NodeName, accepted: &Beginning) -> Result<bool> {
    let agreed = accepted.agreed;
    Ok(tree_root(tx, partner, Direction::Out, agreed.size)? == Some(agreed.root))
}

/// The history of keys with the change that a leaf makes, if it makes one.
pub(super) fn followed(
    keys: KeyHistory,
    (node, position): (&str, u64),
    item: &Item,
) -> Result<KeyHistory> {
    if item.header.is_some() {
        return Ok(keys);
    }
    let longer = keys.followed(node, position, &item.leaf);
    Ok(longer.unwrap_or(keys))
}
