//! Two agreements on one beginning: a partner that accepted a restart, was restored to before that and accepted once more has the second,
//! while the owner may have concluded with the first. Nothing can come in the new generation then: its first leaf is the digest of what was
//! agreed. Both agreements carry the partner's own signature, and what its owner writes there is signed already, so that it is the
//! partner that takes the first in the place of the second, from the owner's file, as long as nothing is in that generation.
//!
//! The closing of the generation before is taken back whole, with what was said of it and in it, and done again as the other agreement says.

use super::{beginning, register_of_generation};
use crate::App;
use crate::error::Result;
use crate::tree::{frontier_at, tree_root};
use entente_core::ids::NodeName;
use entente_proof::beginning::Beginning;
use entente_proof::leaf::{Leaf, Receipt};
use entente_store::{Closing, Direction, EARLIER, LeafRow, Read, ReceiptRow, Write};

/// The name under which a partner's register that begins with another agreement than ours is kept among the evidence.
pub(crate) const OTHER_BEGINNING: &str = "other-beginning";
/// Pieces of evidence looked at.
const LATELY: u32 = 20;
/// Leaves read in one go.
const PAGE: u32 = 1_024;

impl App {
    /// The owner's register is again in the generation that our agreement of now ended: all that was ever in it, and what was said there.
    pub(super) fn take_back_agreement(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        ours: &Beginning,
        other: &Beginning,
    ) -> Result<()> {
        let (ended, was) = (ours.offer().generation, ours.agreed.size);
        let closed = Direction::In.closed(ended);
        let whole = end_of(tx.as_read(), owner, closed)?;
        let signed = tx.checkpoint(owner, closed, whole)?;
        let closing = Closing {
            size: whole,
            frontier: frontier_at(tx.as_read(), owner, closed, whole)?.encode(),
            note: signed.map(|row| row.note).unwrap_or_default(),
        };
        // Before it is written again: then they have places of their own.
        self.drop_earlier(tx, owner, (closed, other.agreed.size, was))?;
        tx.reopen_register(owner, Direction::In, &closing)?;
        self.keys_back(tx, owner, Direction::In, ended)?;
        let said = receipts(tx.as_read(), owner, (Direction::In, was, whole))?;
        self.take_or_keep(tx, owner, said)?;
        self.say_again(tx, owner)
    }

    /// Receipts of the owner's that stand beyond the end that counts now: it never said them.
    fn drop_earlier(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        beyond: (Direction, u64, u64),
    ) -> Result<()> {
        for (_, receipt) in receipts(tx.as_read(), owner, beyond)? {
            let of = receipt.generation;
            let ours = register_of_generation(tx.as_read(), owner, Direction::Out, of)?;
            let Some(ours) = ours.filter(|_| receipt.register_of == self.inner.me.as_str()) else {
                continue;
            };
            let said = ReceiptRow {
                size: receipt.size,
                root: receipt.root.0,
                time_ms: receipt.time_ms,
                leaf: EARLIER,
                arrived_ms: None,
            };
            tx.drop_receipt(owner, ours, &said)?;
        }
        Ok(())
    }

    /// Our own receipts on the owner's register, from all that we wrote: those that count again are put back where they were.
    pub(super) fn say_again(&self, tx: &mut dyn Write, owner: &NodeName) -> Result<()> {
        let present = tx.register(owner, Direction::Out)?;
        let closed = (0..present.generation).map(|generation| Direction::Out.closed(generation));
        for register in closed.chain(std::iter::once(Direction::Out)) {
            let size = tx.register(owner, register)?.size;
            for (position, receipt) in receipts(tx.as_read(), owner, (register, 0, size))? {
                let place = if register.is_closed() {
                    EARLIER
                } else {
                    position
                };
                if is_wanted(tx.as_read(), owner, &receipt)? {
                    self.recover_receipt(tx, owner, place, &receipt)?;
                }
            }
        }
        Ok(())
    }
}

/// Whether a receipt of ours is missing that leads to what we hold, or to what is still to come again.
fn is_wanted(tx: &dyn Read, owner: &NodeName, receipt: &Receipt) -> Result<bool> {
    let of = receipt.generation;
    let Some(register) = register_of_generation(tx, owner, Direction::In, of)? else {
        return Ok(false);
    };
    let before = receipt.size.saturating_sub(1);
    let known = tx.receipt(owner, register, before)?;
    if known.is_some_and(|row| row.size == receipt.size) {
        return Ok(false);
    }
    let held = tx.register(owner, register)?.size;
    let leads = tree_root(tx, owner, register, receipt.size)? == Some(receipt.root);
    Ok(receipt.size > held || leads)
}

/// How many leaves there are of a generation, those beyond its agreed end among them.
fn end_of(tx: &dyn Read, partner: &NodeName, closed: Direction) -> Result<u64> {
    let mut end = tx.register(partner, closed)?.size;
    while let Some(last) = tx.leaves(partner, closed, end, PAGE)?.last() {
        end = last.position + 1;
    }
    Ok(end)
}

/// Receipts among the leaves of a register from one place up to another, with their places.
fn receipts(
    tx: &dyn Read,
    partner: &NodeName,
    (register, mut from, until): (Direction, u64, u64),
) -> Result<Vec<(u64, Receipt)>> {
    let mut found = Vec::new();
    while from < until {
        let rows: Vec<LeafRow> = tx.leaves(partner, register, from, PAGE)?;
        let Some(last) = rows.last() else {
            break;
        };
        from = last.position + 1;
        let within = rows
            .iter()
            .filter(|row| row.position < until && row.entry.is_none());
        found.extend(within.filter_map(|row| match Leaf::decode(&row.leaf) {
            Ok(Leaf::Receipt(receipt)) => Some((row.position, receipt)),
            _ => None,
        }));
    }
    Ok(found)
}

/// The agreement that we have on the beginning of the generation in which we hold nothing yet, where this is another one on it.
pub(super) fn in_place_of(
    tx: &dyn Read,
    owner: &NodeName,
    both: &Beginning,
) -> Result<Option<Beginning>> {
    let head = tx.register(owner, Direction::In)?;
    let known = beginning(tx, owner, Direction::In, head.generation)?;
    let same_end = |known: &Beginning| {
        let (known, offered) = (known.offer(), both.offer());
        known.generation == offered.generation && known.before == offered.before
    };
    let other = known.filter(|known| known != both && same_end(known));
    Ok(other.filter(|_| head.size == 0))
}

/// Whether the owner's register showed another beginning than what we accepted last, since we did.
pub(crate) fn began_otherwise(
    tx: &dyn Read,
    owner: &NodeName,
    accepted: &Beginning,
) -> Result<bool> {
    let ours = Leaf::Beginning(accepted.digest()).encode();
    let rows = tx.evidence(owner, LATELY)?;
    let mut shown = rows.iter().filter(|row| row.what == OTHER_BEGINNING);
    Ok(shown.any(|row| row.at_ms >= accepted.time_ms && row.evidence != ours))
}
