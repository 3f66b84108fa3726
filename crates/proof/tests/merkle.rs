//! The Merkle tree against a naive implementation written from the recursion of RFC 6962 section 2.1.

use entente_proof::digest::{Digest, sha256};
use entente_proof::merkle::{
    self, Frontier, MAX_SIZE, MemoryTree, MerkleError, Subtree, TreeHead, leaf_hash,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

fn naive_split(count: usize) -> usize {
    let mut k = 1;
    while k * 2 < count {
        k *= 2;
    }
    k
}

fn naive_root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => sha256(b""),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(naive_split(leaves.len()));
            let parts = [&[1][..], &naive_root(left).0, &naive_root(right).0];
            sha256(&parts.concat())
        }
    }
}

fn naive_path(index: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(naive_split(leaves.len()));
    let (mut path, sibling) = if index < left.len() {
        (naive_path(index, left), naive_root(right))
    } else {
        (naive_path(index - left.len(), right), naive_root(left))
    };
    path.push(sibling);
    path
}

fn naive_subproof(old: usize, leaves: &[Digest], whole: bool) -> Vec<Digest> {
    if old == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            vec![naive_root(leaves)]
        };
    }
    let (left, right) = leaves.split_at(naive_split(leaves.len()));
    let (mut proof, sibling) = if old <= left.len() {
        (naive_subproof(old, left, whole), naive_root(right))
    } else {
        (
            naive_subproof(old - left.len(), right, false),
            naive_root(left),
        )
    };
    proof.push(sibling);
    proof
}

fn leaves(count: u64) -> Vec<Digest> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn tree(leaves: &[Digest]) -> MemoryTree {
    let mut tree = MemoryTree::new();
    leaves.iter().for_each(|leaf| tree.append(*leaf));
    tree
}

fn head(leaves: &[Digest]) -> TreeHead {
    TreeHead {
        size: leaves.len() as u64,
        root: naive_root(leaves),
    }
}

/// The tree of the certificate transparency reference tests, known from RFC 6962 implementations.
#[test]
fn known_roots_of_the_reference_tree() {
    let inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let leaves: Vec<_> = inputs
        .iter()
        .map(|input| leaf_hash(&hex::decode(input).unwrap()))
        .collect();
    let known = [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            1,
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        ),
        (
            2,
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        ),
        (
            3,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ),
        (
            8,
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];
    for (size, root) in known {
        assert_eq!(merkle::root_of(&leaves[..size]).to_string(), root);
    }
}

#[test]
fn roots_frontiers_and_proofs_equal_the_naive_ones_up_to_300() {
    let all = leaves(300);
    let whole = tree(&all);
    let node = |level, index| whole.node(level, index);
    let mut frontier = Frontier::new();
    for size in 0..=300_usize {
        let at = size as u64;
        let root = naive_root(&all[..size]);
        assert_eq!(frontier.size(), at);
        assert_eq!(frontier.root(), root);
        assert_eq!(merkle::root_from(at, &node), Ok(root));
        assert_eq!(Frontier::at(at, &node).as_ref(), Ok(&frontier));
        assert_eq!(Frontier::decode(&frontier.encode()).as_ref(), Ok(&frontier));
        if let Some(leaf) = all.get(size) {
            frontier.append(*leaf);
        }
    }
    // All pairs up to 70, and around every power of two beyond.
    let chosen = |n: &usize| *n <= 70 || (n.count_ones() <= 2) || *n >= 295;
    for size in (1..=300_usize).filter(chosen) {
        let prefix = &all[..size];
        let new = head(prefix);
        for other in (0..size).filter(chosen) {
            let proof = merkle::inclusion_from(other as u64, new.size, &node).unwrap();
            assert_eq!(proof, naive_path(other, prefix));
            let verified = verify_inclusion(&all[other], other as u64, new.size, &proof, &new.root);
            assert_eq!(verified, Ok(()));
        }
        for old in (1..=size).filter(chosen) {
            let proof = merkle::consistency_from(old as u64, new.size, &node).unwrap();
            assert_eq!(proof, naive_subproof(old, prefix, true));
            assert_eq!(verify_consistency(&head(&all[..old]), &new, &proof), Ok(()));
        }
    }
}

#[test]
fn a_million_leaves_are_proved_with_few_look_ups() {
    let mut memory = MemoryTree::new();
    let size = 1_000_000_u64;
    for n in 0..size {
        memory.append(leaf_hash(&n.to_be_bytes()));
    }
    let looked = std::cell::Cell::new(0_u32);
    let node = |level, index| {
        looked.set(looked.get() + 1);
        memory.node(level, index)
    };
    let root = memory.frontier().root();
    for index in [0, 1, 524_287, 524_288, 999_998, 999_999] {
        looked.set(0);
        let proof = merkle::inclusion_from(index, size, &node).unwrap();
        assert!(looked.get() <= 64, "{} look-ups", looked.get());
        let leaf = leaf_hash(&index.to_be_bytes());
        assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
    }
    let new = TreeHead { size, root };
    for old in [1, 524_288, 777_777, 999_999, size] {
        let old = TreeHead {
            size: old,
            root: merkle::root_from(old, &node).unwrap(),
        };
        let proof = merkle::consistency_from(old.size, size, &node).unwrap();
        assert_eq!(verify_consistency(&old, &new, &proof), Ok(()));
    }
}

#[test]
fn out_of_range_and_missing_nodes_have_exact_errors() {
    let all = leaves(5);
    let root = naive_root(&all);
    let none = |_, _| None;
    assert_eq!(
        merkle::inclusion_proof(5, &all),
        Err(MerkleError::OutOfRange)
    );
    assert_eq!(
        merkle::consistency_proof(6, &all),
        Err(MerkleError::OutOfRange)
    );
    assert_eq!(
        merkle::inclusion_from(0, 2, &none),
        Err(MerkleError::MissingNode { level: 0, index: 1 })
    );
    assert_eq!(
        Frontier::at(MAX_SIZE + 1, &none),
        Err(MerkleError::OutOfRange)
    );
    for (index, size) in [(0, 0), (5, 5), (u64::MAX, u64::MAX), (0, u64::MAX)] {
        let verified = verify_inclusion(&all[0], index, size, &[], &root);
        assert_eq!(verified, Err(MerkleError::OutOfRange));
    }
    let empty = TreeHead {
        size: 0,
        root: merkle::empty_root(),
    };
    assert_eq!(verify_consistency(&empty, &head(&all), &[]), Ok(()));
    let forged = TreeHead { size: 0, root };
    assert_eq!(
        verify_consistency(&forged, &head(&all), &[]),
        Err(MerkleError::RootMismatch)
    );
    assert_eq!(
        verify_consistency(&empty, &forged, &[]),
        Err(MerkleError::RootMismatch)
    );
    assert_eq!(
        verify_consistency(&head(&all[..3]), &head(&all), &[]),
        Err(MerkleError::ProofLength)
    );
}

#[test]
fn frontier_bytes_are_limited_and_exact() {
    let mut frontier = Frontier::new();
    leaves(7).iter().for_each(|leaf| frontier.append(*leaf));
    let bytes = frontier.encode();
    for length in 0..bytes.len() {
        assert!(Frontier::decode(&bytes[..length]).is_err());
    }
    // Size 6 with the three hashes of size 7.
    let mut other = bytes.clone();
    assert_eq!(other[2], 7);
    other[2] = 6;
    assert_eq!(Frontier::decode(&other), Err(MerkleError::OutOfRange));
    assert!(Frontier::decode(&vec![0; 4096]).is_err());
}

proptest! {
    #[test]
    fn an_altered_inclusion_never_verifies(
        size in 1_u64..300,
        index in any::<prop::sample::Index>(),
        position in any::<prop::sample::Index>(),
        bit in 0_usize..256,
        wrong in 0_u64..300,
    ) {
        let all = leaves(size);
        let index = index.index(all.len());
        let at = index as u64;
        let root = merkle::root_of(&all);
        let proof = merkle::inclusion_proof(at, &all).unwrap();
        prop_assert_eq!(verify_inclusion(&all[index], at, size, &proof, &root), Ok(()));
        if wrong != at {
            prop_assert!(verify_inclusion(&all[index], wrong, size, &proof, &root).is_err());
        }
        let mut longer = proof.clone();
        longer.push(root);
        prop_assert_eq!(
            verify_inclusion(&all[index], at, size, &longer, &root),
            Err(MerkleError::ProofLength)
        );
        if !proof.is_empty() {
            let mut altered = proof.clone();
            let position = position.index(altered.len());
            altered[position].0[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(
                verify_inclusion(&all[index], at, size, &altered, &root),
                Err(MerkleError::RootMismatch)
            );
            let shorter = &proof[..proof.len() - 1];
            prop_assert!(verify_inclusion(&all[index], at, size, shorter, &root).is_err());
        }
    }

    #[test]
    fn a_rewritten_history_is_never_consistent(
        old in 1_u64..200,
        more in 1_u64..100,
        rewritten in any::<prop::sample::Index>(),
    ) {
        let all = leaves(old + more);
        let (old_size, rewritten) = (usize::try_from(old).unwrap(), rewritten.index(all.len()));
        let mut other = all.clone();
        other[rewritten] = leaf_hash(b"rewritten");
        let proof = merkle::consistency_proof(old, &other).unwrap();
        let verified = verify_consistency(&head(&all[..old_size]), &head(&other), &proof);
        // Only a change behind the old size is growth.
        prop_assert_eq!(verified.is_ok(), rewritten >= old_size);
    }

    #[test]
    fn random_proofs_never_verify_and_never_panic(
        index in any::<u64>(),
        size in any::<u64>(),
        proof in proptest::collection::vec(any::<[u8; 32]>().prop_map(Digest), 0..70),
    ) {
        let leaf = leaf_hash(b"leaf");
        let root = leaf_hash(b"root");
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
        let (old, new) = (TreeHead { size: index, root: leaf }, TreeHead { size, root });
        prop_assert!(verify_consistency(&old, &new, &proof).is_err());
    }

    #[test]
    fn emitted_subtrees_are_the_complete_nodes(size in 0_u64..200) {
        let all = leaves(size + 1);
        let mut frontier = Frontier::new();
        all[..all.len() - 1].iter().for_each(|leaf| frontier.append(*leaf));
        let emitted = frontier.completed_subtrees(*all.last().unwrap());
        prop_assert_eq!(frontier.size(), size);
        for (height, Subtree { level, index, hash }) in emitted.iter().enumerate() {
            prop_assert_eq!(usize::from(*level), height);
            let (start, width) = (usize::try_from(index << level).unwrap(), 1 << level);
            prop_assert_eq!(start + width, all.len());
            prop_assert_eq!(naive_root(&all[start..]), *hash);
        }
        prop_assert_eq!(emitted.len() as u64, u64::from((size + 1).trailing_zeros()) + 1);
    }
}
