//! Merkle tree of a register: RFC 6962 section 2.1, proofs as verified in RFC 9162 sections 2.1.3 and 2.1.4.
//!
//! In scope: hashing, the [`Frontier`] (what an appender must keep), proofs from stored complete
//! subtrees or from leaf hashes, and their verification. A node is addressed by (level, index): level 0
//! are leaf hashes, node (l, i) covers leaves i·2^l to (i+1)·2^l. A complete node never changes, so a
//! store keeps each [`Subtree`] emitted on append and serves any proof at any earlier size with
//! about log2(size) look-ups. Not in scope: where nodes are kept, what leaves mean (see `leaf`).

use aws_lc_rs::digest::{Context, SHA256};

use crate::blame::Blame;
use crate::cbor::{self, CborError, Limits};
use crate::digest::{Digest, sha256};

/// Most leaves that a frontier, checkpoint or proof may claim.
pub const MAX_SIZE: u64 = 1 << 48;
/// Most hashes in one proof: two per level.
pub const MAX_PROOF: usize = 128;

const FRONTIER_LIMITS: Limits = Limits {
    max_bytes: 2048,
    max_depth: 3,
    max_items: 80,
};

/// Why a proof is refused or cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MerkleError {
    /// The bytes of a frontier are not deterministic CBOR of its shape.
    #[error("frontier bytes: {0}")]
    Frontier(#[from] CborError),
    /// The look-up gave no hash for a complete node that the proof needs.
    #[error("node at level {level}, index {index} is missing")]
    MissingNode {
        /// Height above the leaves.
        level: u8,
        /// Position within the level.
        index: u64,
    },
    /// Index or sizes that no tree can have (index not below size, old size above new, too large).
    #[error("index or size out of range")]
    OutOfRange,
    /// The proof has too few or too many hashes for its sizes.
    #[error("proof of a wrong length")]
    ProofLength,
    /// The proof leads to another root.
    #[error("proof leads to another root")]
    RootMismatch,
}

impl MerkleError {
    /// A missing node is our store's fault, a wrong root the peer's.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Frontier(_) | Self::OutOfRange | Self::ProofLength => Blame::Malformed,
            Self::MissingNode { .. } => Blame::Storage,
            Self::RootMismatch => Blame::PeerDeviates,
        }
    }
}

/// A complete subtree: the node at (level, index) and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subtree {
    /// Height above the leaves; 0 is a leaf hash.
    pub level: u8,
    /// Position within the level.
    pub index: u64,
    /// Hash of the node.
    pub hash: Digest,
}

/// Look-up of a complete node by (level, index).
pub type NodeLookup<'a> = &'a dyn Fn(u8, u64) -> Option<Digest>;

/// SHA-256(0x00 ‖ leaf).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Digest {
    let mut context = Context::new(&SHA256);
    context.update(&[0]);
    context.update(leaf);
    Digest::from_backend(&context.finish())
}

/// SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut input = [1; 65];
    for (place, byte) in input.iter_mut().skip(1).zip(left.0.iter().chain(&right.0)) {
        *place = *byte;
    }
    sha256(&input)
}

/// The root of the tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Digest {
    sha256(b"")
}

/// The root over all these leaf hashes.
#[must_use]
pub fn root_of(leaf_hashes: &[Digest]) -> Digest {
    let mut frontier = Frontier::new();
    for hash in leaf_hashes {
        frontier.append(*hash);
    }
    frontier.root()
}

/// The right edge of a tree: its size and the hashes of its maximal complete subtrees, left to right.
///
/// Everything needed to append and to know the root, about 32 · log2(size) bytes.
#[derive(Clone, Debug, PartialEq, Eq, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Frontier {
    #[n(0)]
    size: u64,
    #[n(1)]
    edge: Vec<Digest>,
}

impl Frontier {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The frontier of an earlier size, from stored complete nodes.
    ///
    /// # Errors
    /// [`MerkleError::MissingNode`], [`MerkleError::OutOfRange`] beyond [`MAX_SIZE`].
    pub fn at(size: u64, node: NodeLookup<'_>) -> Result<Self, MerkleError> {
        if size > MAX_SIZE {
            return Err(MerkleError::OutOfRange);
        }
        let edge = complete_nodes(0, size, node)?;
        Ok(Self { size, edge })
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash.
    pub fn append(&mut self, leaf_hash: Digest) {
        self.append_with(leaf_hash, &mut |_| {});
    }

    /// Appends one leaf hash and emits every subtree that it completes, the leaf itself first.
    pub fn append_with(&mut self, leaf_hash: Digest, emit: &mut dyn FnMut(Subtree)) {
        let mut subtree = Subtree {
            level: 0,
            index: self.size,
            hash: leaf_hash,
        };
        emit(subtree);
        while subtree.index & 1 == 1 {
            let Some(left) = self.edge.pop() else { break };
            subtree = Subtree {
                level: subtree.level + 1,
                index: subtree.index >> 1,
                hash: node_hash(&left, &subtree.hash),
            };
            emit(subtree);
        }
        self.edge.push(subtree.hash);
        self.size += 1;
    }

    /// What [`Frontier::append_with`] would emit for this leaf; the frontier stays as it is.
    #[must_use]
    pub fn completed_subtrees(&self, leaf_hash: Digest) -> Vec<Subtree> {
        let mut completed = Vec::new();
        self.clone()
            .append_with(leaf_hash, &mut |subtree| completed.push(subtree));
        completed
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Digest {
        fold_right(&self.edge).unwrap_or_else(empty_root)
    }

    /// Deterministic CBOR: `{0: size, 1: [hash]}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`Frontier::encode`].
    ///
    /// # Errors
    /// [`MerkleError::Frontier`] on malformed bytes, [`MerkleError::OutOfRange`] on a size beyond
    /// [`MAX_SIZE`] or a number of hashes that does not belong to the size.
    pub fn decode(bytes: &[u8]) -> Result<Self, MerkleError> {
        let frontier: Self = cbor::decode_exact(bytes, &FRONTIER_LIMITS)?;
        let count = u64::from(frontier.size.count_ones());
        if frontier.size > MAX_SIZE || frontier.edge.len() as u64 != count {
            return Err(MerkleError::OutOfRange);
        }
        Ok(frontier)
    }
}

/// The root at `size`, from stored complete nodes.
///
/// # Errors
/// [`MerkleError::MissingNode`], [`MerkleError::OutOfRange`].
pub fn root_from(size: u64, node: NodeLookup<'_>) -> Result<Digest, MerkleError> {
    Frontier::at(size, node).map(|frontier| frontier.root())
}

/// The inclusion proof of leaf `index` in the tree of `size`, bottom up (RFC 9162 section 2.1.3.1).
///
/// # Errors
/// [`MerkleError::OutOfRange`] unless index < size ≤ [`MAX_SIZE`]; [`MerkleError::MissingNode`].
pub fn inclusion_from(
    index: u64,
    size: u64,
    node: NodeLookup<'_>,
) -> Result<Vec<Digest>, MerkleError> {
    if index >= size || size > MAX_SIZE {
        return Err(MerkleError::OutOfRange);
    }
    let (mut low, mut high) = (0, size);
    let mut proof = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            proof.push(range_hash(middle, high, node)?);
            high = middle;
        } else {
            proof.push(range_hash(low, middle, node)?);
            low = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `old` leaves is a prefix of that of `new` (RFC 9162 section 2.1.4.1).
/// Empty when `old` is 0 or equals `new`.
///
/// # Errors
/// [`MerkleError::OutOfRange`] unless old ≤ new ≤ [`MAX_SIZE`]; [`MerkleError::MissingNode`].
pub fn consistency_from(
    old: u64,
    new: u64,
    node: NodeLookup<'_>,
) -> Result<Vec<Digest>, MerkleError> {
    if old > new || new > MAX_SIZE {
        return Err(MerkleError::OutOfRange);
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(proof);
    }
    let (mut low, mut high) = (0, new);
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            proof.push(range_hash(middle, high, node)?);
            high = middle;
        } else {
            proof.push(range_hash(low, middle, node)?);
            low = middle;
        }
    }
    // The left spine from leaf 0 is the old root itself, which the verifier has.
    if low != 0 {
        proof.push(range_hash(low, high, node)?);
    }
    proof.reverse();
    Ok(proof)
}

/// [`inclusion_from`] over leaf hashes in memory; linear in their number.
///
/// # Errors
/// [`MerkleError::OutOfRange`].
pub fn inclusion_proof(index: u64, leaf_hashes: &[Digest]) -> Result<Vec<Digest>, MerkleError> {
    let node = |level, index| node_of_leaves(leaf_hashes, level, index);
    inclusion_from(index, leaf_hashes.len() as u64, &node)
}

/// [`consistency_from`] over leaf hashes in memory, to the tree of all of them.
///
/// # Errors
/// [`MerkleError::OutOfRange`].
pub fn consistency_proof(old: u64, leaf_hashes: &[Digest]) -> Result<Vec<Digest>, MerkleError> {
    let node = |level, index| node_of_leaves(leaf_hashes, level, index);
    consistency_from(old, leaf_hashes.len() as u64, &node)
}

/// Verifies that the leaf stands at `index` in the tree of `size` and `root` (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// [`MerkleError::OutOfRange`], [`MerkleError::ProofLength`], [`MerkleError::RootMismatch`].
pub fn verify_inclusion(
    leaf_hash: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), MerkleError> {
    if index >= size || size > MAX_SIZE {
        return Err(MerkleError::OutOfRange);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf_hash;
    for sibling in proof {
        if last == 0 {
            return Err(MerkleError::ProofLength);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            skip_lone_levels(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::ProofLength);
    }
    same_root(&hash, root)
}

/// A tree at some size, as claimed by a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of leaves.
    pub size: u64,
    /// Root hash.
    pub root: Digest,
}

/// Verifies that `old` is a prefix of `new` (RFC 9162 section 2.1.4.2).
///
/// The empty tree is a prefix of every tree, with an empty proof; equal sizes need equal roots.
///
/// # Errors
/// [`MerkleError::OutOfRange`], [`MerkleError::ProofLength`], [`MerkleError::RootMismatch`].
pub fn verify_consistency(
    old: &TreeHead,
    new: &TreeHead,
    proof: &[Digest],
) -> Result<(), MerkleError> {
    if old.size > new.size || new.size > MAX_SIZE {
        return Err(MerkleError::OutOfRange);
    }
    if old.size == 0 || old.size == new.size {
        if !proof.is_empty() {
            return Err(MerkleError::ProofLength);
        }
        if old.size == 0 {
            same_root(&old.root, &empty_root())?;
        }
        if old.size == new.size {
            same_root(&old.root, &new.root)?;
        }
        return Ok(());
    }
    let (mut node, mut last) = (old.size - 1, new.size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (first, rest) = if old.size.is_power_of_two() {
        (old.root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(MerkleError::ProofLength)?;
        (*first, rest)
    };
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(MerkleError::ProofLength);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            skip_lone_levels(&mut node, &mut last);
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::ProofLength);
    }
    same_root(&old_hash, &old.root)?;
    same_root(&new_hash, &new.root)
}

/// All complete nodes of a tree in memory: for tests, tools and small registers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MemoryTree {
    frontier: Frontier,
    levels: Vec<Vec<Digest>>,
}

impl MemoryTree {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one leaf hash.
    pub fn append(&mut self, leaf_hash: Digest) {
        let levels = &mut self.levels;
        self.frontier.append_with(leaf_hash, &mut |subtree| {
            let level = usize::from(subtree.level);
            if levels.len() <= level {
                levels.push(Vec::new());
            }
            if let Some(row) = levels.get_mut(level) {
                row.push(subtree.hash);
            }
        });
    }

    /// The frontier at the present size.
    #[must_use]
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// The hash of a complete node, if it is complete.
    #[must_use]
    pub fn node(&self, level: u8, index: u64) -> Option<Digest> {
        let index = usize::try_from(index).ok()?;
        self.levels.get(usize::from(level))?.get(index).copied()
    }
}

/// Largest power of two below `count`, for `count` of at least 2.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// Hash over leaves low..high, where low is aligned as the recursion of RFC 6962 leaves it.
fn range_hash(low: u64, high: u64, node: NodeLookup<'_>) -> Result<Digest, MerkleError> {
    let nodes = complete_nodes(low, high, node)?;
    fold_right(&nodes).ok_or(MerkleError::OutOfRange)
}

/// The maximal complete nodes that cover low..high, left to right.
fn complete_nodes(
    mut low: u64,
    high: u64,
    node: NodeLookup<'_>,
) -> Result<Vec<Digest>, MerkleError> {
    let mut nodes = Vec::new();
    while low < high {
        let level = u8::try_from((high - low).ilog2()).map_err(|_| MerkleError::OutOfRange)?;
        let index = low >> level;
        nodes.push(node(level, index).ok_or(MerkleError::MissingNode { level, index })?);
        low += 1 << level;
    }
    Ok(nodes)
}

fn fold_right(nodes: &[Digest]) -> Option<Digest> {
    nodes
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| node_hash(&left, &right))
}

fn node_of_leaves(leaf_hashes: &[Digest], level: u8, index: u64) -> Option<Digest> {
    let start = usize::try_from(index << level).ok()?;
    let end = start.checked_add(1 << level)?;
    leaf_hashes.get(start..end).map(root_of)
}

/// A rightmost node without a sibling rises unchanged: skip those levels.
fn skip_lone_levels(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        *node >>= 1;
        *last >>= 1;
    }
}

fn same_root(computed: &Digest, claimed: &Digest) -> Result<(), MerkleError> {
    if computed == claimed {
        Ok(())
    } else {
        Err(MerkleError::RootMismatch)
    }
}
