//! What is told again in the new generation: everything of ours beyond the agreed size, of both branches, each once.

use crate::App;
use crate::codec::{digest_of, header_of};
use crate::error::Result;
use entente_core::ids::{EntryId, NodeName};
use entente_proof::beginning::Beginning;
use entente_proof::leaf::{Leaf, Receipt};
use entente_store::{Direction, LeafRow, OutboxItem, OutboxRow, Read, Write};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves read in one go.
const PAGE: u32 = 1_024;
/// Most of the outbox that is put behind what is told again.
const OUTBOX_MOST: u32 = 1_000_000;

/// Leaves to be told again, in order.
pub(super) struct Retelling<'a> {
    app: &'a App,
    partner: &'a NodeName,
    /// Of one generation and size the earliest: both sides then count the same.
    receipts: BTreeMap<(u32, u64), Receipt>,
    others: Vec<OutboxItem>,
    told: BTreeSet<Vec<u8>>,
    /// What came back of the agreed part.
    standing: BTreeSet<Vec<u8>>,
    /// How far receipts in it go, by generation.
    said: BTreeMap<u32, u64>,
}

impl<'a> Retelling<'a> {
    pub(super) fn new(app: &'a App, partner: &'a NodeName) -> Self {
        Self {
            app,
            partner,
            receipts: BTreeMap::new(),
            others: Vec::new(),
            told: BTreeSet::new(),
            standing: BTreeSet::new(),
            said: BTreeMap::new(),
        }
    }

    /// A leaf that came back and stands in what was agreed: it is not told again, nor is a receipt that says no more than it.
    pub(super) fn stands(&mut self, leaf: &[u8]) {
        self.standing.insert(leaf.to_vec());
        if let Ok(Leaf::Receipt(receipt)) = Leaf::decode(leaf) {
            let said = self.said.entry(receipt.generation).or_default();
            *said = receipt.size.max(*said);
        }
    }

    /// Our own branch, from the agreed size on.
    pub(super) fn own(&mut self, tx: &dyn Read, mut from: u64) -> Result<()> {
        loop {
            let rows: Vec<LeafRow> = tx.leaves(self.partner, Direction::Out, from, PAGE)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            from = last.position + 1;
            rows.iter().for_each(|row| self.leaf(&row.leaf));
        }
    }

    /// One leaf of either branch.
    pub(super) fn leaf(&mut self, leaf: &[u8]) {
        if self.standing.contains(leaf) || !self.told.insert(leaf.to_vec()) {
            return;
        }
        match Leaf::decode(leaf) {
            Ok(Leaf::Entry(id)) => self.others.push(OutboxItem::Entry(EntryId(id.0))),
            Ok(Leaf::Receipt(receipt)) => {
                let place = (receipt.generation, receipt.size);
                let kept = self
                    .receipts
                    .entry(place)
                    .or_insert_with(|| receipt.clone());
                if receipt.time_ms < kept.time_ms {
                    *kept = receipt;
                }
            }
            // The new generation begins with the newest key, and with its own beginning.
            Ok(Leaf::KeyChange(_) | Leaf::Beginning(_)) => {}
            _ => self.others.push(OutboxItem::Leaf(leaf.to_vec())),
        }
    }

    /// Into the outbox, before what waits there already: the beginning, the receipts, everything else.
    pub(super) fn queue(self, tx: &mut dyn Write, accepted: &Beginning) -> Result<()> {
        let waiting = tx.outbox(self.partner, OUTBOX_MOST)?;
        let numbers: Vec<u64> = waiting.iter().map(|row| row.number).collect();
        tx.clear_outbox(self.partner, &numbers)?;
        let now = self.app.now().0;
        let first = OutboxItem::Leaf(Leaf::Beginning(accepted.digest()).encode());
        let says_more = |(generation, size): (u32, u64)| {
            let said = self.said.get(&generation);
            said.is_none_or(|said| size > *said)
        };
        let receipts = self
            .receipts
            .into_iter()
            .filter(|(place, _)| says_more(*place));
        let receipts = receipts
            .map(|(_, receipt)| receipt)
            .map(|r| OutboxItem::Leaf(Leaf::Receipt(r).encode()));
        let mut queued = BTreeSet::new();
        for item in std::iter::once(first).chain(receipts).chain(self.others) {
            if tellable(tx.as_read(), &item)? && queued.insert(bytes(&item)) {
                tx.push_outbox(self.partner, &item, now)?;
            }
        }
        for row in waiting.into_iter().filter(|row| !superseded(row)) {
            if !self.standing.contains(&leaf_of(&row.item)) && queued.insert(bytes(&row.item)) {
                tx.push_outbox(self.partner, &row.item, row.queued_ms)?;
            }
        }
        Ok(())
    }
}

/// A change to the key that the new generation begins with.
fn superseded(row: &OutboxRow) -> bool {
    let OutboxItem::Leaf(leaf) = &row.item else {
        return false;
    };
    matches!(
        Leaf::decode(leaf),
        Ok(Leaf::KeyChange(_) | Leaf::Beginning(_))
    )
}

fn leaf_of(item: &OutboxItem) -> Vec<u8> {
    match item {
        OutboxItem::Entry(id) => Leaf::Entry(digest_of(*id)).encode(),
        OutboxItem::Leaf(leaf) => leaf.clone(),
    }
}

fn bytes(item: &OutboxItem) -> Vec<u8> {
    match item {
        OutboxItem::Entry(id) => id.0.to_vec(),
        OutboxItem::Leaf(leaf) => leaf.clone(),
    }
}

/// What nobody could read as an entry of ours is not told again: it never had an effect.
fn tellable(tx: &dyn Read, item: &OutboxItem) -> Result<bool> {
    let OutboxItem::Entry(id) = item else {
        return Ok(true);
    };
    Ok(header_of(tx, *id)?.is_some())
}
