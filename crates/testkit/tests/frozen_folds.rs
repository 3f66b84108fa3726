//! Rule 8: released folds are frozen. What nodes of each version of the rules judged and computed is kept in files, and judged again
//! here from the same bytes: a verdict, a ledger line or an order that comes out otherwise is a new version of the rules, never a
//! change of this one.
//!
//! Each file holds one node's view at the end of a simulated life: entries in their order of arrival, both registers of each link as
//! far as folds read them, the verdicts, and ledger digests at several instants. There is no way to write one again: a new version
//! of the rules adds a file of its own, by [`freeze`], which never replaces one.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Causal, Verdict};
use entente_proof::digest;
use entente_store::{
    Append, BodyRow, BodyState, Direction, EntryRow, LeafRow, Read, ReceiptRow, StoreError,
    StoreExt, WAITING, Write,
};
use entente_testkit::node::{TestNode, node_name};
use entente_testkit::sim::among::Among;
use entente_testkit::sim::event::events;
use entente_testkit::sim::op::generate;
use entente_testkit::sim::states;
use entente_testkit::sim::world::World;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The frozen files, each with the seed whose life it is. Odd seeds are of two states (rules 1), even ones of three (rules 1 and 2).
const FROZEN: [(&str, u64); 6] = [
    ("rules_1_calm", 17),
    ("rules_1_weather", 5),
    ("rules_1_couriers", 3),
    ("rules_2_one", 4),
    ("rules_2_two", 6),
    ("rules_2_three", 8),
];
/// Under this name the node keeps what has others waiting for it; see `entente_app`'s `waiting.rs`.
const QUEUE: EntryId = EntryId([0; 32]);

fn path(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("fold_{name}.txt"))
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        write!(out, "{byte:02x}").unwrap();
    }
    out
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn id(text: &str) -> EntryId {
    EntryId(unhex(text).try_into().unwrap())
}

const WAYS: [(&str, Direction); 2] = [("out", Direction::Out), ("in", Direction::In)];

/// What folds read of a link: entry leaves by position, and receipts.
fn link_lines(tx: &dyn Read, partner: &NodeName, out: &mut String) -> Result<(), StoreError> {
    for (name, way) in WAYS {
        let mut last = None;
        for leaf in tx.leaves(partner, way, 0, u32::MAX)? {
            let entry = leaf.entry.map_or("-".into(), |id| hex(&id.0));
            writeln!(out, "leaf {partner} {name} {entry}").unwrap();
            let receipt = tx.receipt(partner, way, leaf.position)?;
            if let Some(r) = receipt.filter(|r| last != Some(r.size)) {
                last = Some(r.size);
                writeln!(
                    out,
                    "receipt {partner} {name} {} {} {}",
                    r.size, r.time_ms, r.leaf
                )
                .unwrap();
            }
        }
    }
    Ok(())
}

/// Verdicts and digests as a node has them.
fn results(node: &TestNode, partners: &[NodeName]) -> String {
    let mut out = String::new();
    for row in node.entries().unwrap() {
        let causal = hex(&row.causal);
        writeln!(
            out,
            "verdict {} {} {} {causal}",
            hex(&row.id.0),
            row.verdict,
            row.depth
        )
        .unwrap();
    }
    for row in node.obligations(None).unwrap() {
        let place = (hex(&row.id.entry.0), row.id.index);
        let stands = (row.state, row.turn, row.outcome);
        writeln!(
            out,
            "obligation {}/{} {} {stands:?}",
            place.0, place.1, row.ask
        )
        .unwrap();
    }
    for partner in partners {
        for days in [0, 3, 40, 400] {
            let at = Instant(1_432_800_000_000) + Span::days(days);
            let (ours, theirs, digest) = node.app.ledger_digest_at(partner, at).unwrap();
            writeln!(
                out,
                "digest {partner} {days} {ours} {theirs} {}",
                hex(&digest)
            )
            .unwrap();
        }
    }
    out
}

fn dump(node: &TestNode, partners: &[NodeName]) -> String {
    let mut out = format!("node {}\n", node.name);
    for row in node.entries().unwrap() {
        writeln!(out, "entry {}", hex(&row.header)).unwrap();
    }
    for partner in partners {
        node.look(|tx| link_lines(tx, partner, &mut out)).unwrap();
    }
    out + &results(node, partners)
}

/// Puts what a file says into an empty store, nothing of it judged.
fn fill(tx: &mut dyn Write, text: &str) -> Result<(), StoreError> {
    let ready = EntryId([1; 32]);
    tx.insert_entry(&row(ready, Vec::new(), Verdict::NotEvaluated.number()))?;
    tx.wait_for(QUEUE, ready, 0)?;
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["entry", header] => unjudged(tx, unhex(header), ready)?,
            ["leaf", partner, way, entry] => {
                let entry = (entry != "-").then(|| id(entry));
                leaf(tx, &node_name(partner), direction(way), entry)?;
            }
            ["receipt", partner, way, size, time, leaf] => {
                let receipt = ReceiptRow {
                    size: size.parse().unwrap(),
                    root: [0; 32],
                    time_ms: time.parse().unwrap(),
                    leaf: leaf.parse().unwrap(),
                    arrived_ms: None,
                };
                tx.insert_receipt(&node_name(partner), direction(way), &receipt)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn direction(way: &str) -> Direction {
    WAYS.iter().find(|(name, _)| *name == way).unwrap().1
}

fn row(id: EntryId, header: Vec<u8>, verdict: u8) -> EntryRow {
    let read = Header::from_bytes(&header).ok();
    EntryRow {
        position: 0,
        dossier: read
            .as_ref()
            .map_or(entente_core::ids::DossierId(id.0), |h| h.dossier_of(id)),
        id,
        kind: read.as_ref().map_or(String::new(), |h| h.kind.clone()),
        service: read
            .as_ref()
            .map_or(String::new(), |h| h.author.service.to_string()),
        at_ms: read.as_ref().map_or(0, |h| h.at.0),
        here_ms: 0,
        verdict,
        depth: 0,
        causal: minicbor::to_vec(Causal::default()).unwrap(),
        body: match read.is_some_and(|h| h.body.is_some()) {
            true => BodyState::Owed,
            false => BodyState::None,
        },
        header,
    }
}

/// Stores an entry that waits for its ancestors; one without any waits for what is judged already.
fn unjudged(tx: &mut dyn Write, bytes: Vec<u8>, ready: EntryId) -> Result<(), StoreError> {
    let header = Header::from_bytes(&bytes).unwrap();
    let id = EntryId(digest::entry_id(&bytes).0);
    let row = row(id, bytes, WAITING);
    tx.insert_entry(&row)?;
    if row.body != BodyState::None {
        let owed = BodyRow {
            state: row.body,
            sealed: Vec::new(),
        };
        tx.put_body(row.dossier, id, &owed)?;
    }
    let mut ancestors: Vec<EntryId> = header.ancestors().collect();
    if ancestors.is_empty() {
        ancestors.push(ready);
    }
    for ancestor in ancestors {
        tx.wait_for(ancestor, id, 0)?;
    }
    Ok(())
}

fn leaf(
    tx: &mut dyn Write,
    partner: &NodeName,
    way: Direction,
    entry: Option<EntryId>,
) -> Result<(), StoreError> {
    let before = tx.register(partner, way)?;
    let position = before.size;
    tx.append_register(
        partner,
        way,
        &Append {
            from: position,
            leaves: vec![LeafRow {
                position,
                leaf: vec![0],
                entry,
            }],
            nodes: Vec::new(),
            frontier: before.frontier,
            note: String::new(),
        },
    )
}

/// Judges a file's entries anew; gives what came out, and what the file says.
fn replay(text: &str) -> (String, String) {
    let name = text.lines().next().unwrap().strip_prefix("node ").unwrap();
    let node = TestNode::build(name).officers(&[]).open().unwrap();
    let mut partners: Vec<NodeName> = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("leaf ")) {
        let partner = node_name(line.split(' ').nth(1).unwrap());
        if !partners.contains(&partner) {
            partners.push(partner);
        }
    }
    let owned = text.to_owned();
    node.store
        .update("fill", move |tx| fill(tx, &owned))
        .unwrap();
    node.app.settle_some(u32::MAX).unwrap();
    let out = results(&node, &partners);
    let ready = hex(&[1; 32]);
    let out: Vec<&str> = out.lines().filter(|l| !l.contains(&ready)).collect();
    let given = ["verdict ", "obligation ", "digest "];
    let said = text
        .lines()
        .filter(|l| given.iter().any(|g| l.starts_with(g)));
    let sorted = |mut lines: Vec<&str>| {
        lines.sort_unstable();
        lines.join("\n")
    };
    (sorted(out), sorted(said.collect()))
}

/// Take out: anything in `core/src/judge.rs`, `core/src/obligation.rs` or `core/src/ledger.rs` that decides.
#[test]
fn rule_08_frozen_folds_come_out_the_same() {
    for (name, _) in FROZEN {
        let text = std::fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (found, said) = replay(&text);
        for (found, said) in found.lines().zip(said.lines()) {
            assert_eq!(
                found, said,
                "{name}: a fold changed; see the head of this file"
            );
        }
        assert_eq!(found.len(), said.len(), "{name}");
        assert!(
            said.lines()
                .filter(|l| l.starts_with("obligation "))
                .count()
                >= 3,
            "{name}"
        );
    }
}

/// Writes the files that are not there yet; one that is there is never touched.
#[test]
#[ignore = "run by hand, once, when a new version of the rules is released"]
fn freeze() {
    for (name, seed) in FROZEN.into_iter().filter(|(name, _)| !path(name).exists()) {
        let text = match states(seed) {
            None => {
                let mut world = World::new(seed);
                world.run(&generate(seed)).unwrap();
                dump(world.pair.fr(), &[node_name("ma")])
            }
            Some(several) => {
                let mut world = Among::new(seed, several);
                world.run(&events(seed)).unwrap();
                let partners: Vec<NodeName> =
                    [0, 2].map(|at| world.many.nodes[at].name.clone()).into();
                dump(&world.many.nodes[1], &partners)
            }
        };
        let (found, said) = replay(&text);
        assert_eq!(found, said, "{name} cannot be judged again from its bytes");
        std::fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        std::fs::write(path(name), text).unwrap();
    }
}
