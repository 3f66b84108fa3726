//! Public test vectors: RFC 8949 appendix A, C2SP/CCTV Ed25519, a C2SP tiled log.
//! They are read from `shared/` beside the clone and never copied into the repository.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use entente_proof::cbor::{CborError, Limits, check_deterministic};
use entente_proof::checkpoint::{Checkpoint, verify_checkpoint};
use entente_proof::merkle::{self, MemoryTree, leaf_hash, verify_consistency, verify_inclusion};
use entente_proof::note::Vkey;
use entente_proof::sign::{SignError, Signature, VerifyingKey};
use serde_json::Value;

const LIMITS: Limits = Limits {
    max_bytes: 1024,
    max_depth: 8,
    max_items: 64,
};

/// Verdict on each refused vector of appendix A; every other vector is deterministic and accepted.
fn refused_in_appendix_a() -> BTreeMap<&'static str, CborError> {
    BTreeMap::from([
        // Floats with a shorter form of the same value.
        ("fa7f800000", CborError::NotShortest(0)),
        ("fa7fc00000", CborError::NotShortest(0)),
        ("faff800000", CborError::NotShortest(0)),
        ("fb7ff0000000000000", CborError::NotShortest(0)),
        ("fb7ff8000000000000", CborError::NotShortest(0)),
        ("fbfff0000000000000", CborError::NotShortest(0)),
        // Simple value 24: reserved since RFC 8949 (it was an example of RFC 7049).
        ("f818", CborError::Reserved(0)),
        // Indefinite lengths.
        ("5f42010243030405ff", CborError::Indefinite(0)),
        ("7f657374726561646d696e67ff", CborError::Indefinite(0)),
        ("9fff", CborError::Indefinite(0)),
        ("9f018202039f0405ffff", CborError::Indefinite(0)),
        ("9f01820203820405ff", CborError::Indefinite(0)),
        ("83018202039f0405ff", CborError::Indefinite(5)),
        ("83019f0203ff820405", CborError::Indefinite(2)),
        (
            "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
            CborError::Indefinite(0),
        ),
        ("bf61610161629f0203ffff", CborError::Indefinite(0)),
        ("826161bf61626163ff", CborError::Indefinite(3)),
        ("bf6346756ef563416d7421ff", CborError::Indefinite(0)),
    ])
}

#[test]
fn rfc8949_appendix_a_has_a_verdict_for_every_vector() {
    let Some(bytes) = common::read("cbor_rfc8949_appendix_a.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(cases.len(), 82);
    let mut refused = refused_in_appendix_a();
    let mut accepted = 0;
    for case in cases {
        let text = case["hex"].as_str().unwrap();
        let verdict = check_deterministic(&hex::decode(text).unwrap(), &LIMITS);
        match refused.remove(text) {
            Some(error) => assert_eq!(verdict, Err(error), "{text}"),
            None => {
                assert_eq!(verdict, Ok(()), "{text}");
                accepted += 1;
            }
        }
    }
    assert!(refused.is_empty(), "vectors not met: {refused:?}");
    assert_eq!(accepted, 64);
}

struct EdCase {
    number: u64,
    key: [u8; 32],
    signature: Signature,
    message: Vec<u8>,
    flags: Vec<String>,
}

impl EdCase {
    fn read(case: &Value) -> Self {
        let bytes = |name: &str| hex::decode(case[name].as_str().unwrap()).unwrap();
        let flags = case["flags"].as_array().cloned().unwrap_or_default();
        Self {
            number: case["number"].as_u64().unwrap(),
            key: bytes("key").try_into().unwrap(),
            signature: Signature(bytes("sig").try_into().unwrap()),
            message: case["msg"].as_str().unwrap().as_bytes().to_vec(),
            flags: flags
                .iter()
                .map(|flag| flag.as_str().unwrap().to_owned())
                .collect(),
        }
    }

    /// The rule of `sign` in the words of the vectors' flags. Torsion components are allowed as long
    /// as no residue is left; S is always below L in these vectors.
    fn expected(&self) -> bool {
        let refusing = [
            "low_order_A",
            "low_order_R",
            "non_canonical_A",
            "non_canonical_R",
            "low_order_residue",
        ];
        !self
            .flags
            .iter()
            .any(|flag| refusing.contains(&flag.as_str()))
    }

    fn by_us(&self) -> Result<(), SignError> {
        VerifyingKey::parse(self.key)?.verify(&self.message, &self.signature)
    }

    /// The rule again, in point arithmetic, without aws-lc's verification.
    fn by_arithmetic(&self) -> bool {
        let (r, s) = self.signature.0.split_at(32);
        let r: [u8; 32] = r.try_into().unwrap();
        let s: Option<Scalar> =
            Scalar::from_canonical_bytes(<[u8; 32]>::try_from(s).unwrap()).into();
        let (Some(s), Some(key), Some(point)) = (s, strict_point(&self.key), strict_point(&r))
        else {
            return false;
        };
        let hash = aws_lc_rs::digest::digest(
            &aws_lc_rs::digest::SHA512,
            &[&r[..], &self.key, &self.message].concat(),
        );
        let k = Scalar::from_bytes_mod_order_wide(hash.as_ref().try_into().unwrap());
        EdwardsPoint::mul_base(&s) == point + k * key
    }
}

fn strict_point(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
    let point = CompressedEdwardsY(*bytes).decompress()?;
    let strict = point.compress().to_bytes() == *bytes && !point.is_small_order();
    strict.then_some(point)
}

#[test]
fn ed25519_rule_holds_on_all_cctv_cases_and_agrees_with_point_arithmetic() {
    let Some(bytes) = common::read("ed25519_cctv.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(cases.len(), 914);
    let mut accepted = 0;
    for case in &cases {
        let case = EdCase::read(case);
        let ours = case.by_us();
        assert_eq!(
            ours.is_ok(),
            case.expected(),
            "case {}: {ours:?} {:?}",
            case.number,
            case.flags
        );
        assert_eq!(ours.is_ok(), case.by_arithmetic(), "case {}", case.number);
        accepted += u32::from(ours.is_ok());
    }
    assert!(accepted > 10, "the rule accepts hardly anything");
}

fn log_key() -> Option<Vkey> {
    let text = String::from_utf8(common::read("tlog/verifier.key")?).unwrap();
    Some(Vkey::parse(text.trim()).unwrap())
}

fn log_entries(size: u64) -> Vec<Vec<u8>> {
    if size == 0 {
        return Vec::new();
    }
    let bytes = common::read(&format!("tlog/tile/entries/000.p/{size}")).unwrap();
    let mut entries = Vec::new();
    let mut rest = &bytes[..];
    while let Some((length, tail)) = rest.split_first_chunk::<2>() {
        let (entry, tail) = tail.split_at(usize::from(u16::from_be_bytes(*length)));
        entries.push(entry.to_vec());
        rest = tail;
    }
    assert_eq!(entries.len() as u64, size);
    entries
}

fn checkpoints(key: &Vkey) -> Vec<(String, Checkpoint)> {
    let names = (0..=15).map(|size| format!("tlog/checkpoint.{size}"));
    names
        .chain(["tlog/checkpoint".to_owned()])
        .map(|name| {
            let note = String::from_utf8(common::read(&name).unwrap()).unwrap();
            let verified = verify_checkpoint(&note, &key.name, &key.key);
            (
                note,
                verified.unwrap_or_else(|error| panic!("{name}: {error}")),
            )
        })
        .collect()
}

#[test]
fn all_17_checkpoints_verify_and_their_roots_are_rebuilt_from_entries_and_tiles() {
    let Some(key) = log_key() else { return };
    assert_eq!(key.name, "example.com/log/testdata");
    let all = checkpoints(&key);
    assert_eq!(all.len(), 17);
    let sizes: Vec<u64> = all.iter().map(|(_, checkpoint)| checkpoint.size).collect();
    assert_eq!(sizes, (0..=15).chain([15]).collect::<Vec<_>>());
    for (_, checkpoint) in &all {
        let leaves: Vec<_> = log_entries(checkpoint.size)
            .iter()
            .map(|entry| leaf_hash(entry))
            .collect();
        if checkpoint.size > 0 {
            let tile = common::read(&format!("tlog/tile/0/000.p/{}", checkpoint.size)).unwrap();
            let hashes: Vec<u8> = leaves.iter().flat_map(|leaf| leaf.0).collect();
            assert_eq!(tile, hashes);
        }
        assert_eq!(merkle::root_of(&leaves), checkpoint.root);
    }
}

#[test]
fn each_pair_of_the_17_checkpoints_is_proved_consistent() {
    let Some(key) = log_key() else { return };
    let all = checkpoints(&key);
    let mut tree = MemoryTree::new();
    let leaves: Vec<_> = log_entries(15)
        .iter()
        .map(|entry| leaf_hash(entry))
        .collect();
    leaves.iter().for_each(|leaf| tree.append(*leaf));
    let node = |level, index| tree.node(level, index);
    for (_, new) in &all {
        for (_, old) in all.iter().filter(|(_, old)| old.size <= new.size) {
            let proof = merkle::consistency_from(old.size, new.size, &node).unwrap();
            assert_eq!(verify_consistency(&old.head(), &new.head(), &proof), Ok(()));
        }
        for (index, leaf) in (0..new.size).zip(&leaves) {
            let proof = merkle::inclusion_from(index, new.size, &node).unwrap();
            let verified = verify_inclusion(leaf, index, new.size, &proof, &new.root);
            assert_eq!(verified, Ok(()));
        }
    }
}

#[test]
fn each_changed_byte_of_a_checkpoint_and_of_an_entry_is_found() {
    let Some(key) = log_key() else { return };
    for (note, _) in checkpoints(&key) {
        for position in 0..note.len() {
            for flip in [1, 0x20, 0x80] {
                let mut bytes = note.clone().into_bytes();
                bytes[position] ^= flip;
                let Ok(altered) = String::from_utf8(bytes) else {
                    continue;
                };
                let verified = verify_checkpoint(&altered, &key.name, &key.key);
                assert!(verified.is_err(), "byte {position} ^ {flip}: {altered:?}");
            }
        }
    }
    let root = checkpoints(&key).last().unwrap().1.root;
    let entries = log_entries(15);
    for (index, entry) in entries.iter().enumerate() {
        for position in 0..entry.len() {
            let mut altered = entries.clone();
            altered[index][position] ^= 1;
            let leaves: Vec<_> = altered.iter().map(|entry| leaf_hash(entry)).collect();
            assert_ne!(merkle::root_of(&leaves), root);
        }
    }
}
