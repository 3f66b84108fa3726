//! Recovery of our own register from a partner, after a restore from an old backup (rule 5).
//!
//! What comes back was signed by us and is appended as it is: nothing is signed, cosigned or receipted here. Every entry goes through
//! the same judging and folding as when it was written. Whether pages may be served meanwhile is decided in `reopening.rs`.

use crate::App;
use crate::apply::BodyIn;
use crate::error::Result;
use crate::receive::last_said;
use crate::restart::register_of_generation;
use crate::tree::Growth;
use entente_core::act::Act;
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_link::{Evidence, InBatch, Item, OutBatch};
use entente_proof::leaf::{Leaf, Receipt};
use entente_store::{Direction, LeafRow, OutboxItem, ReceiptRow, StoreExt, Write};
use std::collections::BTreeSet;

/// The name under which a partner's lost and recovered register is kept among the evidence.
pub(crate) const RESTORED: &str = "restored";
/// Most of the outbox that is looked through for what turns out to be sent already.
const OUTBOX_MOST: u32 = 1_000_000;

impl App {
    /// A partner shows less of its register than we hold: what it said is kept once; it does not stop the link.
    pub(crate) fn partner_lost(&self, partner: &NodeName, evidence: &Evidence) -> Result<()> {
        self.keep_once(partner, RESTORED, evidence.encode())
    }

    /// Leaves of the partner's register as we hold them, from `from` to one of the checkpoints that the partner signed: as many of
    /// the batches in which they came as fit. Only what the partner wrote goes back, and only to it (invariant 5).
    pub(crate) fn lent(
        &self,
        partner: &NodeName,
        from: u64,
        max_items: usize,
        max_bytes: usize,
    ) -> Result<OutBatch> {
        self.lent_of(partner, (Direction::In, from), max_items, max_bytes)
    }

    /// The same of a generation that was closed: whatever came in the owner's name, also beyond what was agreed of it.
    pub(crate) fn lent_of(
        &self,
        partner: &NodeName,
        (register, from): (Direction, u64),
        max_items: usize,
        max_bytes: usize,
    ) -> Result<OutBatch> {
        self.inner.store.view("lend", |tx| {
            let mut batch = OutBatch {
                from,
                items: Vec::new(),
                checkpoint_note: String::new(),
            };
            let (mut end, mut weight) = (from, 0usize);
            while let Some(next) = tx.cosigned(partner, register, end + 1)? {
                let count = u32::try_from(next.size - end).unwrap_or(u32::MAX);
                let mut items = Vec::new();
                for leaf in tx.leaves(partner, register, end, count)? {
                    items.push(self.item(tx, partner, leaf)?);
                }
                weight = items
                    .iter()
                    .map(Item::weight)
                    .fold(weight, usize::saturating_add);
                let full = weight > max_bytes || batch.items.len() + items.len() > max_items;
                if full && !batch.items.is_empty() {
                    break;
                }
                batch.items.extend(items);
                batch.checkpoint_note = next.note;
                end = next.size;
            }
            Ok(batch)
        })
    }

    /// Stores what came back of our own register, in one transaction; the size reached.
    pub(crate) fn store_recovered(
        &self,
        partner: &NodeName,
        epoch: u64,
        mut batch: InBatch,
    ) -> Result<u64> {
        let (app, name) = (self.clone(), partner.clone());
        let size = batch.end();
        let bodies: Vec<BodyIn> = batch.items.iter_mut().map(|i| self.body_in(i)).collect();
        let outcome = self.inner.store.update("recover", move |tx| {
            app.recover_in(tx, &name, epoch, (&batch, &bodies))
        });
        outcome.inspect_err(|_| self.inner.memory.undone())?;
        self.told();
        Ok(size)
    }

    fn recover_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        epoch: u64,
        (batch, bodies): (&InBatch, &[BodyIn]),
    ) -> Result<()> {
        tx.check_lease(&Self::lease_name(partner), epoch)?;
        let own = tx.register(partner, Direction::Out)?.frontier;
        let mut growth = Growth::new(batch.from, &own)?;
        let items = batch.items.iter().zip(bodies);
        for ((position, (item, body)), hash) in (batch.from..).zip(items).zip(&batch.leaf_hashes) {
            let entry = match (Leaf::decode(&item.leaf), &item.header) {
                (Ok(Leaf::Entry(id)), Some(header)) => {
                    let id = EntryId(id.0);
                    self.recover_entry(tx, partner, (id, header), body)?;
                    Some(id)
                }
                (Ok(Leaf::Receipt(receipt)), _) => {
                    self.recover_receipt(tx, partner, position, &receipt)?;
                    None
                }
                (Ok(Leaf::KeyChange(change)), _) => {
                    self.know_own_change(tx.as_read(), &change)?;
                    None
                }
                (Ok(Leaf::TlsChange(change)), _) => {
                    self.know_own_tls(tx.as_read(), &change)?;
                    None
                }
                _ => None,
            };
            growth.push(item.leaf.clone(), *hash, entry);
        }
        sent_already(tx, partner, growth.rows())?;
        self.note_own_changes(tx, partner, growth.rows())?;
        let append = growth.signed(batch.note.clone());
        tx.append_register(partner, Direction::Out, &append)?;
        self.take_kept_receipts(tx, partner)?;
        self.note_recovered(tx, partner, batch.items.len() as u64)
    }

    /// An entry of ours comes back. Numbers go on after it; its files are fetched from whoever gave it back.
    pub(crate) fn recover_entry(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (id, bytes): (EntryId, &[u8]),
        body: &BodyIn,
    ) -> Result<()> {
        let known = tx.verdict(id)?.is_some();
        self.apply(tx, bytes, body, None)?;
        let Ok(header) = Header::from_bytes(bytes) else {
            return Ok(());
        };
        for act in &header.acts.known {
            if let Act::Open { number, .. } | Act::Ask { number, .. } = act {
                while tx.last_number("asks")? < *number {
                    tx.next_number("asks")?;
                }
            }
        }
        let Some(row) = tx.entry(id)?.filter(|_| !known) else {
            return Ok(());
        };
        self.owe_others(tx, partner, (id, &header))?;
        let values = match body {
            BodyIn::Here(body)
                if header
                    .body
                    .is_none_or(|committed| committed == body.commitment) =>
            {
                body.values.as_ref()
            }
            _ => None,
        };
        self.expect_files(tx, &row, &header, values, Some(partner))
    }

    /// An entry for several states came back from one of them: whether it was sent to the others is not known, since the outbox is
    /// as old as the backup. What the others give back of it is taken out again.
    fn owe_others(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (id, header): (EntryId, &Header),
    ) -> Result<()> {
        for other in &header.audience {
            let third = *other != self.inner.me && other != partner;
            if third && tx.leaf_place(other, Direction::Out, id)?.is_none() {
                tx.push_outbox(other, &OutboxItem::Entry(id), self.now().0)?;
            }
        }
        Ok(())
    }

    /// We said once that we hold theirs up to here: true again as soon as they sent it again.
    pub(crate) fn recover_receipt(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        position: u64,
        receipt: &Receipt,
    ) -> Result<()> {
        if receipt.register_of != partner.as_str() {
            return Ok(());
        }
        let register =
            register_of_generation(tx.as_read(), partner, Direction::In, receipt.generation)?;
        let Some(register) = register else {
            return Ok(());
        };
        // Of a closed generation nothing counts beyond what was agreed.
        let agreed = tx.register(partner, register)?.size;
        if register.is_closed() && receipt.size > agreed {
            return Ok(());
        }
        let before = last_said(receipt.size, |position| {
            let row = tx.receipt(partner, register, position)?;
            Ok(row.map(|row| row.size))
        })?;
        tx.insert_receipt(
            partner,
            register,
            &ReceiptRow {
                size: receipt.size,
                root: receipt.root.0,
                time_ms: receipt.time_ms,
                leaf: position,
                arrived_ms: None,
            },
        )?;
        // What it covers may be here before it: leaves that people carried.
        match before < agreed.min(receipt.size) {
            true => self.refold_range(tx, partner, register, before, receipt.size),
            false => Ok(()),
        }
    }
}

/// What waited when the backup was made, and was sent since.
fn sent_already(tx: &mut dyn Write, partner: &NodeName, rows: &[LeafRow]) -> Result<()> {
    if tx.outbox_size(partner)?.0 == 0 {
        return Ok(());
    }
    let entries: BTreeSet<EntryId> = rows.iter().filter_map(|row| row.entry).collect();
    let leaves: BTreeSet<&[u8]> = rows.iter().map(|row| row.leaf.as_slice()).collect();
    let mut sent = Vec::new();
    for waiting in tx.outbox(partner, OUTBOX_MOST)? {
        let there = match &waiting.item {
            OutboxItem::Entry(id) => entries.contains(id),
            OutboxItem::Leaf(leaf) => leaves.contains(leaf.as_slice()),
        };
        if there {
            sent.push(waiting.number);
        }
    }
    Ok(tx.clear_outbox(partner, &sent)?)
}
