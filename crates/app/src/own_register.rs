//! Our register towards a partner: what waits gets positions and a signed checkpoint, batches are read from it, and the partner's
//! cosignatures are kept (rules 1, 5, 15). Called by the driver, under its lease.

use crate::error::{AppError, Result};
use crate::sendable::Leaving;
use crate::tree::{frontier, keep_node, tree_root};
use crate::{App, Change};
use entente_core::ids::{EntryId, NodeName};
use entente_link::{Body, Item, OutBatch};
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::digest::Digest;
use entente_store::{Append, BodyState, Direction, LeafRow, Read, StoreExt, Write};

/// Leaves of a batch that are read together: their bodies are in memory at once, and may not all fit into the batch.
const READ_AHEAD: usize = 64;

impl App {
    /// Appends waiting items to our register: positions, tree nodes, signed checkpoint, one transaction.
    pub(crate) fn append_outbox(&self, partner: &NodeName, epoch: u64) -> Result<Option<u64>> {
        let waiting = self
            .inner
            .store
            .view("outbox", |tx| Ok::<_, AppError>(tx.outbox_size(partner)?.0))?;
        if waiting == 0 {
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
            app.append_own(tx, &partner, leaves).map(Some)
        })
    }

    /// Appends leaves to our register and signs its new size.
    pub(crate) fn append_own(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        leaves: Vec<(Vec<u8>, Option<EntryId>)>,
    ) -> Result<u64> {
        let head = tx.register(partner, Direction::Out)?;
        let mut edge = frontier(&head.frontier)?;
        let mut nodes = Vec::new();
        let mut rows = Vec::with_capacity(leaves.len());
        for (position, (leaf, entry)) in (head.size..).zip(leaves) {
            edge.append_with(entente_proof::merkle::leaf_hash(&leaf), &mut |s| {
                keep_node(&mut nodes, &s)
            });
            rows.push(LeafRow {
                position,
                leaf,
                entry,
            });
        }
        let size = edge.size();
        self.note_own_changes(tx, partner, &rows)?;
        let at = (head.generation, size, edge.root());
        let note = self.sign_size(tx.as_read(), partner, at)?;
        let append = Append {
            from: head.size,
            leaves: rows,
            nodes,
            frontier: edge.encode(),
            note,
        };
        tx.append_register(partner, Direction::Out, &append)?;
        Ok(size)
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
                    let item = self.item(tx, leaf.clone())?;
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
                let root = tree_root(tx, partner, Direction::Out, end)?
                    .ok_or(AppError::Bug("register tree"))?;
                self.sign_size(tx, partner, (head.generation, end, root))?
            };
            Ok(OutBatch {
                from,
                items,
                checkpoint_note: note,
            })
        })
    }

    pub(crate) fn item(&self, tx: &dyn Read, leaf: LeafRow) -> Result<Item> {
        let Some(id) = leaf.entry else {
            return Ok(Item {
                leaf: leaf.leaf,
                header: None,
                body: Body::Absent,
            });
        };
        let row = tx.entry(id)?.ok_or(AppError::Bug("leaf names no entry"))?;
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
        self.changed(Change {
            position: 0,
            dossier: None,
        });
        Ok(())
    }

    /// The checkpoint that an earlier connection signed for the end of a batch and did not keep: signing again gives the same bytes.
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
