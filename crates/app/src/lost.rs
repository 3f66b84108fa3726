//! What both sides of a link lost (rules 1 and 5): receipts of ours for leaves that neither has any more.
//!
//! Whoever was restored gets its own register back from its partner, its receipts among it, and then the partner sends again what was
//! receipted. Unless that partner was restored too, to before it: then those leaves are nowhere, and what the partner writes in their
//! place has another root. Its signature on them went with our disk, so that nothing proves whether it lost them or tells another history:
//! no honest node is called a liar for it. The receipt counts nowhere, as it never does at the partner, whose register does not lead to
//! its root; what comes is receipted anew; and what we had said is kept for people to see, who may ask the partner, or agree with it that
//! its register begins again.

use crate::App;
use crate::error::{AppError, Result};
use crate::tree::{frontier_at, tree_root};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_proof::leaf::Leaf;
use entente_proof::merkle::Frontier;
use entente_store::{Direction, LeafRow, Read, ReceiptRow, StoreExt, Write};

/// The name under which a receipt of ours that leads nowhere is kept among the evidence.
pub(crate) const LOST_BY_BOTH: &str = "lost-by-both";
/// Each time that no receipt is found, one looks this many times further back.
const FURTHER: u64 = 8;
/// Leaves read in one go.
const PAGE: u32 = 1_024;

impl App {
    /// An open session: the partner said how much its register has. What we receipted beyond, and do not hold, both lost. Gives the size of
    /// our register, if what we do hold had to be receipted anew.
    pub(crate) fn lost_by_both(
        &self,
        partner: &NodeName,
        epoch: u64,
        theirs: u64,
    ) -> Result<Option<u64>> {
        let lost = self.inner.store.view("lost_by_both", |tx| {
            Ok::<_, AppError>(first_lost(tx, partner, theirs)?.is_some())
        })?;
        if !lost {
            return Ok(None);
        }
        let (app, partner) = (self.clone(), partner.clone());
        self.inner.store.update("lost_by_both", move |tx| {
            tx.check_lease(&Self::lease_name(&partner), epoch)?;
            let mut last = None;
            while let Some(receipt) = first_lost(tx.as_read(), &partner, theirs)? {
                tx.drop_receipt(&partner, Direction::In, &receipt)?;
                last = Some(receipt);
            }
            if let Some(receipt) = last {
                app.keep_lost(tx, &partner, &receipt)?;
            }
            let held = tx.register(&partner, Direction::In)?.size;
            let held = frontier_at(tx.as_read(), &partner, Direction::In, held)?;
            app.receipt_anew(tx, &partner, (&held, app.now()))
        })
    }

    /// How far receipts of ours cover their register already, of what lies between `from` and `size`: those that were recovered. One whose
    /// root is not what came is of what both lost, and is dropped; whether there was any.
    pub(crate) fn receipted_before(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (from, size): (u64, u64),
    ) -> Result<(u64, bool)> {
        let (mut at, mut lost) = (from, false);
        while let Some(receipt) = tx.receipt(partner, Direction::In, at)? {
            if receipt.size > size {
                return Ok((size, lost));
            }
            let root = tree_root(tx.as_read(), partner, Direction::In, receipt.size)?;
            if root.is_some_and(|root| root.0 == receipt.root) {
                at = receipt.size;
                continue;
            }
            tx.drop_receipt(partner, Direction::In, &receipt)?;
            if !lost {
                self.keep_lost(tx, partner, &receipt)?;
            }
            lost = true;
        }
        Ok((at, lost))
    }

    /// Receipts what is held behind the last receipt that counts, if anything of it wants one.
    pub(crate) fn receipt_anew(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (held, now): (&Frontier, Instant),
    ) -> Result<Option<u64>> {
        let from = receipted_until(tx.as_read(), partner, held.size())?;
        let mut at = from;
        while at < held.size() {
            let leaves = tx.leaves(partner, Direction::In, at, PAGE)?;
            if leaves.iter().any(wants_receipt) {
                return self.give_receipt(tx, partner, from, held, now.0).map(Some);
            }
            at = leaves.last().map_or(held.size(), |row| row.position + 1);
        }
        Ok(None)
    }

    /// What we said is kept: our own leaf.
    fn keep_lost(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        receipt: &ReceiptRow,
    ) -> Result<()> {
        let said = tx.leaves(partner, Direction::Out, receipt.leaf, 1)?;
        let said = said.into_iter().next().map(|row| row.leaf);
        self.keep_evidence_in(tx, partner, LOST_BY_BOTH, &said.unwrap_or_default())
    }
}

/// The first receipt of ours beyond what we hold and what the partner has.
fn first_lost(tx: &dyn Read, partner: &NodeName, theirs: u64) -> Result<Option<ReceiptRow>> {
    let held = tx.register(partner, Direction::In)?.size;
    Ok(tx.receipt(partner, Direction::In, held.max(theirs))?)
}

/// How far receipts of ours go at most up to a size that we hold.
fn receipted_until(tx: &dyn Read, partner: &NodeName, size: u64) -> Result<u64> {
    let up_to = |at: u64| -> Result<Option<u64>> {
        let next = tx.receipt(partner, Direction::In, at)?;
        Ok(next.map(|receipt| receipt.size).filter(|s| *s <= size))
    };
    let (mut back, mut at) = (1, None);
    while at.is_none() && back < size.saturating_mul(FURTHER) {
        at = up_to(size.saturating_sub(back))?;
        back = back.saturating_mul(FURTHER);
    }
    let mut last = at.unwrap_or(0);
    while let Some(next) = up_to(last)? {
        last = next;
    }
    Ok(last)
}

/// Whether a leaf is to be receipted: all but receipts.
fn wants_receipt(row: &LeafRow) -> bool {
    row.entry.is_some() || !matches!(Leaf::decode(&row.leaf), Ok(Leaf::Receipt(_)))
}
