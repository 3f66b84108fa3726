//! Storing what a partner sent: entries, their receipt and our cosignature in one transaction (rules 1, 3, 12). Called by the driver
//! and by the courier, under a lease.

use crate::apply::{Applied, BodyIn};
use crate::codec::number;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::keys::begin_their_keys;
use crate::restart::{OTHER_BEGINNING, first_leaf, register_of_generation};
use crate::told::News;
use crate::tree::{Growth, tree_root};
use crate::{App, Change};
use entente_core::ids::{EntryId, NodeName};
use entente_core::instant::Instant;
use entente_link::{Body, InBatch, Item};
use entente_proof::cosign::{cosign_line, cosigner_name};
use entente_proof::leaf::{Leaf, Receipt};
use entente_proof::merkle::Frontier;
use entente_store::{BodyState, Direction, LeafPlace, Read, ReceiptRow, StoreExt, Write};

/// While a batch is stored, lanes forked too often are looked for every so many leaves.
const FORKS_LOOKED_FOR: u64 = 64;

/// What storing a batch came to.
pub(crate) struct StoredBatch {
    pub size: u64,
    pub line: String,
    pub own_grown: Option<u64>,
}

impl App {
    /// Stores a verified batch with its receipt, in one transaction: received means durable (invariant 3).
    pub(crate) fn store_batch(
        &self,
        partner: &NodeName,
        epoch: u64,
        batch: InBatch,
    ) -> Result<StoredBatch> {
        let (app, partner_name) = (self.clone(), partner.clone());
        let mut batch = batch;
        let note = batch.note.clone();
        let begun = begins_with_agreement(&batch);
        let bodies: Vec<BodyIn> = batch.items.iter_mut().map(|i| self.body_in(i)).collect();
        let outcome = self.inner.store.update("receive", move |tx| {
            app.receive_in(tx, &partner_name, epoch, (&batch, &bodies))
        });
        match &outcome {
            Err(AppError::Link(LinkFault::LanesForked)) => self.stop_for_forks(partner)?,
            Err(AppError::OtherHistory) => match begun {
                Some(leaf) => self.keep_once(partner, OTHER_BEGINNING, leaf)?,
                None => self.keep_evidence(partner, "fork", note.into_bytes())?,
            },
            _ => {}
        }
        let (stored, applied) = outcome.inspect_err(|_| self.inner.memory.undone())?;
        for dossier in applied {
            self.changed(Change {
                position: 0,
                dossier: Some(dossier),
            });
        }
        self.told();
        Ok(stored)
    }

    /// Takes an item's body out of it and computes what storing it needs.
    pub(crate) fn body_in(&self, item: &mut Item) -> BodyIn {
        match std::mem::replace(&mut item.body, Body::Absent) {
            Body::Present { salt, bytes } => BodyIn::Here(Box::new(self.prepare(salt, bytes))),
            Body::Erased => BodyIn::Erased,
            Body::Absent => BodyIn::Absent,
        }
    }

    fn receive_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        epoch: u64,
        (batch, bodies): (&InBatch, &[BodyIn]),
    ) -> Result<(StoredBatch, Vec<entente_core::ids::DossierId>)> {
        tx.check_lease(&Self::lease_name(partner), epoch)?;
        let now = self.now();
        crate::ahead::of_batch(tx.as_read(), batch)?;
        let size = batch.checkpoint.size;
        let held = tx.register(partner, Direction::In)?;
        let mut growth = Growth::new(batch.from, &held.frontier)?;
        refuse_other_beginning(tx.as_read(), partner, (held.generation, batch))?;
        let mut dossiers = Vec::new();
        let mut receipts = Vec::new();
        // The last leaf that is to be receipted.
        let mut content = None;
        let mut owed = Vec::new();
        let mut news = News::default();
        let items = batch.items.iter().zip(bodies);
        for ((position, (item, body)), hash) in (batch.from..).zip(items).zip(&batch.leaf_hashes) {
            let leaf =
                Leaf::decode(&item.leaf).unwrap_or_else(|_| Leaf::Unknown(item.leaf.clone()));
            let mut entry = None;
            news.said(&leaf);
            match (leaf, &item.header) {
                (Leaf::Entry(id), Some(header)) => {
                    content = Some(position);
                    entry = Some(EntryId(id.0));
                    let applied = self.apply(tx, header, body, Some(partner))?;
                    let id = EntryId(id.0);
                    if self.owes_body(tx, &applied, (held.generation, id), body)? {
                        owed.push((position, id));
                    }
                    dossiers.extend(applied.dossier);
                    news.came(applied.told);
                }
                // A receipt covers what is here: a header that was not sent is not covered, so the batch is refused.
                (Leaf::Entry(_), None) => {
                    return Err(InputFault::MissingHeader.into());
                }
                (Leaf::Receipt(receipt), _) => receipts.push((position, receipt)),
                _ => content = Some(position),
            }
            growth.push(item.leaf.clone(), *hash, entry);
            if position % FORKS_LOOKED_FOR == 0 {
                self.refuse_forks(tx, partner)?;
            }
        }
        self.refuse_forks(tx, partner)?;
        if let Some(first) = &batch.first_key {
            begin_their_keys(tx, partner, first)?;
        }
        self.note_their_changes(tx, partner, growth.rows())?;
        let edge = growth.edge().clone();
        let append = growth.signed(batch.note.clone());
        tx.append_register(partner, Direction::In, &append)?;
        for (position, receipt) in receipts {
            self.take_receipt(tx, partner, position, &receipt)?;
        }
        self.spread(tx, partner, &news)?;
        dossiers.extend(self.judge_waiting(tx, crate::waiting::PORTION)?);
        self.note_owed(tx, partner, owed)?;
        self.fits_again(tx, partner)?;
        count_today(tx, partner, now, size.saturating_sub(batch.from))?;
        let line = self.cosign_held(tx, partner, &batch.note, size, now.0)?;
        let own_grown = self.receipt_due(tx, partner, (batch.from, size), content, (&edge, now))?;
        self.reopen(tx, partner)?;
        self.refold_portion(tx)?;
        dossiers.sort_unstable();
        dossiers.dedup();
        Ok((
            StoredBatch {
                size,
                line,
                own_grown,
            },
            dossiers,
        ))
    }

    /// The receipt of a batch whose last leaf that wants one is `content`, unless an earlier one covers it: then what that covers is
    /// folded again.
    fn receipt_due(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (from, size): (u64, u64),
        content: Option<u64>,
        (edge, now): (&Frontier, Instant),
    ) -> Result<Option<u64>> {
        let (receipted, lost) = self.receipted_before(tx, partner, (from, size))?;
        if lost {
            return self.receipt_anew(tx, partner, (edge, now));
        }
        if content.is_some_and(|last| last >= receipted) {
            return Ok(Some(self.give_receipt(tx, partner, from, edge, now.0)?));
        }
        if receipted > from {
            self.refold_range(tx, partner, Direction::In, from, size)?;
        }
        Ok(None)
    }

    /// Whether a body is owed. Told again by a register that began again, one that was owed before may come now.
    fn owes_body(
        &self,
        tx: &mut dyn Write,
        applied: &Applied,
        (generation, id): (u32, EntryId),
        body: &BodyIn,
    ) -> Result<bool> {
        match generation > 0 && applied.dossier.is_none() {
            true => Ok(!self.heal(tx, id, body)?),
            false => Ok(applied.body == Some(BodyState::Owed)),
        }
    }

    fn refuse_forks(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        match self.forked_too_often(tx.as_read(), partner)? {
            true => Err(LinkFault::LanesForked.into()),
            false => Ok(()),
        }
    }

    /// Whether a partner has sent more entries today than the charter allows.
    pub(crate) fn over_quota(&self, partner: &NodeName) -> Result<bool> {
        let day = day_key(partner, self.now());
        self.inner.store.view("quota", |tx| {
            let Some(terms) = self.terms_in_force(tx, partner)? else {
                return Ok(false);
            };
            Ok(counted(tx, &day)? > u64::from(terms.quotas.entries_a_day))
        })
    }

    /// Our dated word on a checkpoint of the partner's.
    pub(crate) fn cosignature(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        note: &str,
        now_ms: i64,
    ) -> Result<String> {
        let seconds = u64::try_from(now_ms.div_euclid(1000)).unwrap_or(0);
        let name = cosigner_name(self.inner.me.as_str());
        let signer = self.signer_known(tx, partner)?;
        let line = cosign_line(note, &name, &signer, seconds);
        let line = line.map_err(|_| AppError::Bug("cosignature"))?;
        Ok(line.trim_end_matches('\n').to_owned())
    }

    fn cosign_held(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        note: &str,
        size: u64,
        now_ms: i64,
    ) -> Result<String> {
        let line = self.cosignature(tx.as_read(), partner, note, now_ms)?;
        tx.put_cosignature(partner, Direction::In, size, &line)?;
        Ok(line)
    }

    /// Our word that we hold their register up to here: a leaf of our own, written with what it covers (rule 1).
    pub(crate) fn give_receipt(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        from: u64,
        held: &Frontier,
        now_ms: i64,
    ) -> Result<u64> {
        let (size, root) = (held.size(), held.root());
        let generation = tx.register(partner, Direction::In)?.generation;
        let receipt = Receipt {
            register_of: partner.to_string(),
            generation,
            size,
            root,
            time_ms: now_ms,
        };
        let own = tx.register(partner, Direction::Out)?.size;
        let size_after =
            self.append_own(tx, partner, vec![(Leaf::Receipt(receipt).encode(), None)])?;
        tx.insert_receipt(
            partner,
            Direction::In,
            &ReceiptRow {
                size,
                root: root.0,
                time_ms: now_ms,
                leaf: own,
                arrived_ms: None,
            },
        )?;
        self.refold_range(tx, partner, Direction::In, from, size)?;
        Ok(size_after)
    }

    /// Their word that they hold ours: only if its root is the one we had at that size.
    pub(crate) fn take_receipt(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        position: u64,
        receipt: &Receipt,
    ) -> Result<()> {
        if receipt.register_of != self.inner.me.as_str() {
            return Ok(());
        }
        let ours = Direction::Out;
        let register = register_of_generation(tx.as_read(), partner, ours, receipt.generation)?;
        let Some(register) = register else {
            return Ok(());
        };
        let known = tx.register(partner, register)?.size;
        if receipt.size > known
            || tree_root(tx.as_read(), partner, register, receipt.size)? != Some(receipt.root)
        {
            return Ok(());
        }
        let before = said_before(tx.as_read(), partner, (register, receipt.size))?;
        if receipt.size <= before {
            return Ok(());
        }
        tx.insert_receipt(
            partner,
            register,
            &ReceiptRow {
                size: receipt.size,
                root: receipt.root.0,
                time_ms: receipt.time_ms,
                leaf: position,
                arrived_ms: Some(self.now().0),
            },
        )?;
        if !register.is_closed() {
            set_receipted(tx, partner, receipt.size)?;
        }
        self.refold_range(tx, partner, register, before, receipt.size)
    }

    /// A receipt moves the clocks of what it covers.
    pub(crate) fn refold_range(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<()> {
        for id in tx.touched(partner, direction, from, to)? {
            self.refold(tx, id)?;
        }
        let flags: Vec<EntryId> = tx.flags(partner)?.into_iter().map(|f| f.entry).collect();
        for entry in flags {
            let place = tx.leaf_place(partner, direction, entry)?;
            let covered =
                |p: LeafPlace| p.register == direction && (from..to).contains(&p.position);
            if place.is_some_and(covered) {
                self.refold_link(tx, partner)?;
                break;
            }
        }
        Ok(())
    }
}

/// A generation after the first begins with what both nodes signed; anything else under its key is another history.
fn refuse_other_beginning(
    tx: &dyn Read,
    partner: &NodeName,
    (generation, batch): (u32, &InBatch),
) -> Result<()> {
    if batch.from > 0 {
        return Ok(());
    }
    let agreed = first_leaf(tx, partner, Direction::In, generation)?;
    let first = batch.items.first().map(|item| &item.leaf);
    match agreed.is_none() || agreed.as_ref() == first {
        true => Ok(()),
        false => Err(AppError::OtherHistory),
    }
}

/// The leaf with which a generation begins that was agreed on, if this is one: where it is not what we accepted last, we may have forgotten
/// what we accepted before.
fn begins_with_agreement(batch: &InBatch) -> Option<Vec<u8>> {
    let first = batch.items.first().filter(|_| batch.from == 0)?;
    let agreed = matches!(Leaf::decode(&first.leaf), Ok(Leaf::Beginning(_)));
    agreed.then(|| first.leaf.to_vec())
}

/// How far a register of ours is receipted already, of what this receipt may say: of a closed generation, whether anything says as much.
fn said_before(
    tx: &dyn Read,
    partner: &NodeName,
    (register, size): (Direction, u64),
) -> Result<u64> {
    if !register.is_closed() {
        return receipted_up_to(tx, partner);
    }
    last_said(size, |position| {
        let row = tx.receipt(partner, register, position)?;
        Ok(row.map(|row| row.size))
    })
}

/// The size of the first receipt that says as much as `size`, else of the last one, 0 if there is none. `covers` gives the first receipt
/// above a position: it is asked a few dozen times, however many there are.
pub(crate) fn last_said(
    size: u64,
    mut covers: impl FnMut(u64) -> Result<Option<u64>>,
) -> Result<u64> {
    if let Some(said) = covers(size.saturating_sub(1))? {
        return Ok(said);
    }
    // Nothing is above `none`, and all that is said is up to `said`.
    let (mut said, mut none) = (0, size.saturating_sub(1));
    while said < none {
        let middle = said + (none - said) / 2;
        match covers(middle)? {
            Some(further) => said = further,
            None => none = middle,
        }
    }
    Ok(said)
}

fn day_key(partner: &NodeName, now: entente_core::instant::Instant) -> String {
    format!("received/{partner}/{}", now.0.div_euclid(86_400_000))
}

fn counted(tx: &dyn Read, day: &str) -> Result<u64> {
    Ok(number(tx, day)?.unwrap_or(0))
}

/// Counts leaves received on a day of UTC, for the charter's quota.
fn count_today(
    tx: &mut dyn Write,
    partner: &NodeName,
    now: entente_core::instant::Instant,
    more: u64,
) -> Result<()> {
    let day = day_key(partner, now);
    let total = counted(tx.as_read(), &day)?.saturating_add(more);
    Ok(tx.set_setting(&day, &total.to_be_bytes())?)
}

/// Notes how much of our register the partner holds by its receipts: when a register began again, less than before.
pub(crate) fn set_receipted(tx: &mut dyn Write, partner: &NodeName, size: u64) -> Result<()> {
    Ok(tx.set_setting(&receipted_key(partner), &size.to_be_bytes())?)
}

fn receipted_key(partner: &NodeName) -> String {
    format!("receipted/{partner}")
}

/// How much of our register the partner holds by its own receipts.
pub(crate) fn receipted_up_to(tx: &dyn Read, partner: &NodeName) -> Result<u64> {
    Ok(number(tx, &receipted_key(partner))?.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last of a hundred thousand receipts is found without walking along them.
    #[test]
    fn what_was_said_is_found_without_reading_all_receipts() {
        let sizes: Vec<u64> = (1..100_000).map(|n| n * 7).collect();
        let ask = |size: u64, sizes: &[u64]| {
            let mut asked = 0;
            let said = last_said(size, |position| {
                asked += 1;
                Ok(sizes.iter().copied().find(|size| *size > position))
            });
            (said.unwrap(), asked)
        };
        let (said, asked) = ask(5_000_000, &sizes);
        assert_eq!(said, 699_993);
        assert!(asked < 64, "{asked}");
        assert_eq!(ask(700, &sizes).0, 700, "said exactly");
        assert_eq!(ask(701, &sizes).0, 707, "and more than that");
        assert_eq!(ask(5, &[]).0, 0);
        assert_eq!(ask(0, &[]).0, 0);
        assert_eq!(ask(9, &[3, 8]).0, 8);
        assert_eq!(ask(9, &[8]).0, 8);
        assert_eq!(ask(2, &[1]).0, 1);
    }
}
