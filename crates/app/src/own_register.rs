//! Our register towards a partner: what waits gets positions and a signed checkpoint, batches are read from it, and the partner's
//! cosignatures are kept (rules 1, 5, 15). Called by the driver, under its lease.

use crate::App;
use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::restart::{first_leaf, register_of_generation};
use crate::sendable::{APPEND_MAX, Leaving};
use crate::tree::{Growth, tree_root};
use entente_core::ids::{EntryId, NodeName};
use entente_link::{Body, Item, OutBatch};
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::cosign::{cosigner_name, verify_cosignature_line};
use entente_proof::digest::Digest;
use entente_proof::leaf::{Leaf, Receipt};
use entente_proof::merkle::leaf_hash;
use entente_store::{BodyState, CheckpointRow, Direction, LeafRow, Read, StoreExt, Write};
use std::collections::BTreeSet;

/// Leaves of a batch that are read together: their bodies are in memory at once, and may not all fit into the batch.
const READ_AHEAD: usize = 64;

impl App {
    /// Appends waiting items to our register: positions, tree nodes, signed checkpoint, one transaction.
    pub(crate) fn append_outbox(&self, partner: &NodeName, epoch: u64) -> Result<Option<u64>> {
        let waiting = self
            .inner
            .store
            .view("outbox", |tx| Ok::<_, AppError>(tx.outbox_size(partner)?.0))?;
        if waiting == 0 || (waiting > u64::from(APPEND_MAX) && self.nothing_leaves(partner)?) {
            return Ok(None);
        }
        let (app, partner) = (self.clone(), partner.clone());
        self.inner.store.update("append_outbox", move |tx| {
            tx.check_lease(&Self::lease_name(&partner), epoch)?;
            let Leaving { numbers, leaves } = app.leaving(tx.as_read(), &partner)?;
            if leaves.is_empty() {
                return Ok(None);
            }
            tx.clear_outbox(&partner, &numbers)?;
            app.record_transmission(tx, &partner, &leaves)?;
            app.append_waiting(tx, &partner, leaves).map(Some)
        })
    }

    /// What passes into a partner's register leaves the node: recorded with the positions it gets, before any byte of it leaves.
    fn record_transmission(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        leaves: &[(Vec<u8>, Option<EntryId>)],
    ) -> Result<()> {
        let entries: Vec<EntryId> = leaves.iter().filter_map(|(_, entry)| *entry).collect();
        if entries.is_empty() {
            return Ok(());
        }
        let mut dossiers = BTreeSet::new();
        for entry in &entries {
            dossiers.extend(tx.entry(*entry)?.map(|row| row.dossier.to_string()));
        }
        let size = tx.register(partner, Direction::Out)?.size;
        let to = size.saturating_add(leaves.len() as u64);
        let record = AccessRecord {
            recipients: vec![partner.to_string()],
            dossiers: dossiers.into_iter().collect(),
            ..AccessRecord::of("driver", Operation::Transmit, "register").on(format!("{size}–{to}"))
        };
        self.record_access(tx, &record)
    }

    /// Whether nothing of a long outbox may leave, looked up without keeping anybody from writing. How far that look went is remembered, so
    /// that the turn to write begins there.
    fn nothing_leaves(&self, partner: &NodeName) -> Result<bool> {
        self.inner.store.view("leaving", |tx| {
            Ok(self.leaving(tx, partner)?.leaves.is_empty())
        })
    }

    /// Appends what waited. Receipts among it are given again after the register began again: both sides count those that say more than
    /// the ones before them.
    fn append_waiting(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        mut leaves: Vec<(Vec<u8>, Option<EntryId>)>,
    ) -> Result<u64> {
        let head = tx.register(partner, Direction::Out)?;
        self.changes_first(tx, partner, &mut leaves)?;
        if head.size > 0 {
            leaves.retain(|leaf| !begins(leaf));
        }
        if leaves.is_empty() {
            return Ok(head.size);
        }
        // Whatever begins the generation comes before the others: these are its last leaves.
        let others = leaves.iter().filter(|leaf| !begins(leaf)).rev();
        let mut receipts = Vec::new();
        for (back, (leaf, _)) in (1_u64..)
            .zip(others)
            .filter(|(_, (_, entry))| entry.is_none())
        {
            if let Ok(Leaf::Receipt(receipt)) = Leaf::decode(leaf) {
                receipts.push((back, receipt));
            }
        }
        let size = self.append_own(tx, partner, leaves)?;
        for (back, receipt) in receipts.iter().rev() {
            self.give_again(tx, partner, (size.saturating_sub(*back), receipt))?;
        }
        Ok(size)
    }

    fn give_again(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (leaf, receipt): (u64, &Receipt),
    ) -> Result<()> {
        let said = match receipt.size.checked_sub(1) {
            Some(before) => {
                let theirs = Direction::In;
                let register =
                    register_of_generation(tx.as_read(), partner, theirs, receipt.generation)?;
                match register {
                    Some(register) => tx.receipt(partner, register, before)?.is_some(),
                    None => true,
                }
            }
            None => true,
        };
        if said {
            return Ok(());
        }
        self.recover_receipt(tx, partner, leaf, receipt)
    }

    /// Appends leaves to our register and signs its new size. A generation after the first begins with what both signed.
    pub(crate) fn append_own(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        mut leaves: Vec<(Vec<u8>, Option<EntryId>)>,
    ) -> Result<u64> {
        self.refuse_proposed(tx.as_read(), partner)?;
        self.changes_first(tx, partner, &mut leaves)?;
        let head = tx.register(partner, Direction::Out)?;
        if head.size == 0
            && let Some(first) = first_leaf(tx.as_read(), partner, Direction::Out, head.generation)?
        {
            leaves.retain(|(leaf, _)| *leaf != first);
            leaves.insert(0, (first, None));
        }
        let mut growth = Growth::new(head.size, &head.frontier)?;
        for (leaf, entry) in leaves {
            let hash = leaf_hash(&leaf);
            growth.push(leaf, hash, entry);
        }
        let (size, root) = (growth.edge().size(), growth.edge().root());
        self.note_own_changes(tx, partner, growth.rows())?;
        let note = self.sign_size(tx.as_read(), partner, (head.generation, size, root))?;
        tx.append_register(partner, Direction::Out, &growth.signed(note))?;
        Ok(size)
    }

    /// Whether our register towards a partner is in a generation that has no leaf yet.
    pub(crate) fn begins_generation(&self, partner: &NodeName) -> Result<bool> {
        self.inner.store.view("begins_generation", |tx| {
            let head = tx.register(partner, Direction::Out)?;
            Ok(head.generation > 0 && head.size == 0)
        })
    }

    /// Our cosignature of before, if the partner knows the key: after our own register began again with another one, it takes none but
    /// that. What was cosigned is covered by the next.
    pub(crate) fn known_there(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        signed: CheckpointRow,
    ) -> Result<Option<String>> {
        let line = signed.cosignature;
        if tx.register(partner, Direction::Out)?.generation == 0 {
            return Ok(Some(line));
        }
        let name = cosigner_name(self.inner.me.as_str());
        let history = self.our_keys(tx, partner)?.history();
        let mut keys = history.all();
        let known =
            keys.any(|key| verify_cosignature_line(&signed.note, &line, &name, key).is_ok());
        Ok(known.then_some(line))
    }

    /// Our checkpoint of a generation, size and root, under the key of that size (rule 15).
    fn sign_size(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        (generation, size, root): (u32, u64, Digest),
    ) -> Result<String> {
        let checkpoint = Checkpoint::new(
            origin(self.inner.me.as_str(), partner.as_str(), generation),
            size,
            root,
        );
        let signer = self.signer_at(tx, partner, size)?;
        sign_checkpoint(&checkpoint, &signer).map_err(|_| AppError::Bug("checkpoint"))
    }

    pub(crate) fn read_batch(
        &self,
        partner: &NodeName,
        from: u64,
        max_items: usize,
        max_bytes: usize,
    ) -> Result<OutBatch> {
        self.inner.store.view("read_batch", |tx| {
            let head = tx.register(partner, Direction::Out)?;
            let max = u32::try_from(max_items).unwrap_or(u32::MAX);
            let mut items = Vec::new();
            let mut weight = 0usize;
            let leaves = tx.leaves(partner, Direction::Out, from, max)?;
            'full: for some in leaves.chunks(READ_AHEAD) {
                crate::ahead::of_leaves(tx, some)?;
                for leaf in some {
                    let item = self.item(tx, partner, leaf.clone())?;
                    weight = weight.saturating_add(item.weight());
                    if weight > max_bytes && !items.is_empty() {
                        break 'full;
                    }
                    items.push(item);
                }
            }
            let end = from + items.len() as u64;
            let note = if end == head.size {
                head.note
            } else {
                self.signed_before(tx, partner, head.generation, end)?
            };
            Ok(OutBatch {
                from,
                items,
                checkpoint_note: note,
            })
        })
    }

    /// A leaf with its entry, for a partner that may have it.
    pub(crate) fn item(&self, tx: &dyn Read, partner: &NodeName, leaf: LeafRow) -> Result<Item> {
        let Some(id) = leaf.entry else {
            return Ok(Item {
                leaf: leaf.leaf,
                header: None,
                body: Body::Absent,
            });
        };
        let Some(crossing) = self.crossing(tx, partner, id)? else {
            // The leaf is signed and says no more than an identifier; what it names stays here.
            tracing::error!(entry = %id, partner = %partner, "a leaf names an entry that may not be sent: its words stay here");
            return Ok(Item {
                leaf: leaf.leaf,
                header: None,
                body: Body::Absent,
            });
        };
        let row = crossing.row;
        let body = match self.body(tx, row.dossier, id)? {
            Some((salt, bytes)) => Body::Present { salt, bytes },
            None if row.body == BodyState::Erased => Body::Erased,
            None => Body::Absent,
        };
        Ok(Item {
            leaf: leaf.leaf,
            header: Some(row.header),
            body,
        })
    }

    pub(crate) fn cosigned(
        &self,
        partner: &NodeName,
        epoch: u64,
        size: u64,
        note: Option<String>,
        line: String,
    ) -> Result<()> {
        let (app, partner_name) = (self.clone(), partner.clone());
        self.inner.store.update("cosigned", move |tx| {
            tx.check_lease(&Self::lease_name(&partner_name), epoch)?;
            let head = tx.register(&partner_name, Direction::Out)?;
            if size <= head.cosigned {
                return Ok(());
            }
            if tx
                .checkpoint(&partner_name, Direction::Out, size)?
                .is_none()
            {
                let note = match &note {
                    Some(note) => note.clone(),
                    None => {
                        app.signed_before(tx.as_read(), &partner_name, head.generation, size)?
                    }
                };
                tx.put_checkpoint(&partner_name, Direction::Out, size, &note)?;
            }
            Ok::<_, AppError>(tx.put_cosignature(&partner_name, Direction::Out, size, &line)?)
        })?;
        self.told();
        Ok(())
    }

    /// The checkpoint of a size that our register had, which may have been signed and not kept: signing again gives the same bytes.
    fn signed_before(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        generation: u32,
        size: u64,
    ) -> Result<String> {
        let root = tree_root(tx, partner, Direction::Out, size)?;
        let root = root.ok_or(AppError::Bug("register tree"))?;
        self.sign_size(tx, partner, (generation, size, root))
    }
}

/// Whether a leaf is the first of a generation.
fn begins((leaf, entry): &(Vec<u8>, Option<EntryId>)) -> bool {
    entry.is_none() && matches!(Leaf::decode(leaf), Ok(Leaf::Beginning(_)))
}
