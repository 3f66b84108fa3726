//! The Merkle tree of a register as the store keeps it: roots and frontiers of any size that it had, and how it grows.

use crate::App;
use crate::error::{AppError, Result};
use entente_core::ids::{EntryId, NodeName};
use entente_proof::digest::Digest;
use entente_proof::merkle::{Frontier, NodeLookup, Subtree, root_from};
use entente_store::{Append, Direction, LeafRow, Read, StoreExt};
use std::cell::RefCell;

impl App {
    pub(crate) fn register_root(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<Digest>> {
        self.inner.store.view("register_root", |tx| {
            tree_root(tx, partner, direction, size)
        })
    }

    pub(crate) fn register_frontier(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<Frontier>> {
        self.inner.store.view("register_frontier", |tx| {
            let found = from_nodes(tx, partner, direction, |nodes| Frontier::at(size, nodes))?;
            Ok(found.ok())
        })
    }
}

pub(crate) fn frontier(bytes: &[u8]) -> Result<Frontier> {
    if bytes.is_empty() {
        return Ok(Frontier::new());
    }
    Frontier::decode(bytes).map_err(|_| AppError::Bug("stored frontier"))
}

/// A register that grows by leaves, until they are appended.
pub(crate) struct Growth {
    from: u64,
    edge: Frontier,
    nodes: Vec<(u8, u64, [u8; 32])>,
    rows: Vec<LeafRow>,
}

impl Growth {
    /// From this position on, over the frontier that is stored.
    pub(crate) fn new(from: u64, stored: &[u8]) -> Result<Self> {
        Ok(Self {
            from,
            edge: frontier(stored)?,
            nodes: Vec::new(),
            rows: Vec::new(),
        })
    }

    /// The next leaf with its hash, and the entry that it names. Interior nodes are kept; a leaf's hash is made from the leaf itself
    /// when it is wanted.
    pub(crate) fn push(&mut self, leaf: Vec<u8>, hash: Digest, entry: Option<EntryId>) {
        let nodes = &mut self.nodes;
        self.edge.append_with(hash, &mut |subtree: Subtree| {
            if subtree.level > 0 {
                nodes.push((subtree.level, subtree.index, subtree.hash.0));
            }
        });
        self.rows.push(LeafRow {
            position: self.from + self.rows.len() as u64,
            leaf,
            entry,
        });
    }

    /// The leaves so far.
    pub(crate) fn rows(&self) -> &[LeafRow] {
        &self.rows
    }

    /// The tree so far.
    pub(crate) fn edge(&self) -> &Frontier {
        &self.edge
    }

    /// What is to be appended, under the signed checkpoint of the new size.
    pub(crate) fn signed(self, note: String) -> Append {
        Append {
            from: self.from,
            leaves: self.rows,
            nodes: self.nodes,
            frontier: self.edge.encode(),
            note,
        }
    }
}

fn stored_node(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    level: u8,
    index: u64,
) -> Result<Option<Digest>> {
    if level > 0 {
        return Ok(tx.tree_node(partner, direction, level, index)?.map(Digest));
    }
    let leaf = tx.leaves(partner, direction, index, 1)?.into_iter().next();
    Ok(leaf.map(|l| entente_proof::merkle::leaf_hash(&l.leaf)))
}

/// What is made of a register's nodes, each read when it is wanted: a failing store is told apart from a tree that does not give it.
pub(crate) fn from_nodes<T>(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    make: impl FnOnce(NodeLookup<'_>) -> T,
) -> Result<T> {
    let failed = RefCell::new(None);
    let lookup = |level: u8, index: u64| {
        stored_node(tx, partner, direction, level, index).unwrap_or_else(|error| {
            failed.borrow_mut().get_or_insert(error);
            None
        })
    };
    let made = make(&lookup);
    failed.into_inner().map_or(Ok(made), Err)
}

/// The frontier of a register at an earlier or its present size.
pub(crate) fn frontier_at(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    size: u64,
) -> Result<Frontier> {
    let found = from_nodes(tx, partner, direction, |nodes| Frontier::at(size, nodes))?;
    found.map_err(|_| AppError::Bug("register tree"))
}

/// Root of a register at an earlier or its present size, from stored tree nodes.
pub(crate) fn tree_root(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    size: u64,
) -> Result<Option<Digest>> {
    Ok(from_nodes(tx, partner, direction, |nodes| root_from(size, nodes))?.ok())
}
