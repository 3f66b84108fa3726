//! What does not fit is asked for again from an earlier point: altered bytes heal, a changed register is exposed as a fork, and
//! bodies that were owed come after all.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::act::Act;
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_link::frame::{Frame, HeldClaim};
use entente_link::{Body, Evidence};
use entente_store::{BodyState, Direction};
use entente_testkit::liar::{Liar, Visit, commit, next_header};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeMap;

/// A pair with a register of fr of many batches, and nothing on the wire.
fn talked(seed: u64, notes: usize) -> TestPair {
    let mut pair = TestPair::linked(seed);
    for n in 0..notes {
        let text = format!("Note {n}.");
        let note = Writing::on(pair.charter.unwrap(), &[("text", &text)]);
        pair.write(Side::Fr, "note", &note);
        pair.settle();
    }
    pair.wire.tear(true);
    pair
}

fn note(pair: &TestPair, acts: Vec<Act>, body: &[u8]) -> Header {
    let mut header = next_header(pair, Side::Fr, pair.charter.unwrap(), "note", acts);
    commit(&mut header, &[1; 16], body);
    header
}

/// What the node says that it holds.
fn claim(visit: &Visit) -> HeldClaim {
    let hello = visit.heard.iter().find_map(|frame| match frame {
        Frame::Hello(hello) => Some(hello.held.clone()),
        _ => None,
    });
    hello.unwrap()
}

fn held(pair: &TestPair) -> u64 {
    pair.held(Side::Ma).unwrap()
}

fn evidence(pair: &TestPair) -> Vec<(String, Vec<u8>)> {
    let kept = pair.evidence(Side::Ma).into_iter();
    kept.map(|row| (row.what, row.evidence)).collect()
}

/// One leaf deep in the register is another one now, and what is new is signed on top of it. The first session sees only that the
/// bytes do not fit; the next ones ask from further back, until two of the partner's own signatures contradict each other.
///
/// Take out: in `app/src/driver/serve.rs`, the call of `ask_further_back`.
#[test]
fn rule_15_a_longer_register_with_an_earlier_leaf_changed_is_a_fork() {
    for changed in [0, 20, 39] {
        let pair = talked(1501, 40);
        let size = held(&pair);
        let mut liar = Liar::of(&pair, Side::Fr);
        let at = (size - 1).min(changed * size / 40);
        liar.items[usize::try_from(at).unwrap()].leaf = vec![200, 9];
        let header = note(&pair, Vec::new(), b"");
        liar.push(&header, [1; 16], b"");
        let mut from = Vec::new();
        while !pair.stopped(Side::Ma) {
            assert!(from.len() < 12, "no end: {from:?}");
            let mut visit = liar.visit(pair.ma()).unwrap();
            let asked = claim(&visit).size;
            visit.say(&liar.batch(asked, liar.size()));
            assert!(visit.closed.is_some(), "what does not fit was taken");
            from.push(asked);
        }
        assert_eq!(from[0], size, "first as if nothing had happened");
        assert!(from.is_sorted_by(|a, b| a > b), "further back: {from:?}");
        assert_eq!(held(&pair), size, "nothing of it was taken");
        let kept = evidence(&pair);
        let (_, fork) = kept.iter().find(|(what, _)| what == "fork").unwrap();
        let fork = Evidence::decode(fork).unwrap();
        fork.check(&[pair.fr().signing_key().verifying_key()])
            .unwrap();
        pair.ma().check().unwrap();
    }
}

/// Bytes altered on the way close the connection and prove nothing: what is asked for again is whole, and all goes on as before.
///
/// Take out: in `link/src/session/receiving.rs::compare`, skip what is known of a batch that goes on beyond our tip.
#[test]
fn rule_15_bytes_altered_on_the_way_heal() {
    let pair = talked(1502, 5);
    let mut liar = Liar::of(&pair, Side::Fr);
    let size = held(&pair);
    let header = note(&pair, Vec::new(), b"");
    let id = liar.push(&header, [1; 16], b"");
    let Frame::Batch(mut altered) = liar.batch(size, size + 1) else {
        panic!("no batch")
    };
    altered.items[0].header.as_mut().unwrap()[20] ^= 1;
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&Frame::Batch(altered));
    assert!(visit.closed.is_some());
    drop(visit);
    assert_eq!((held(&pair), pair.stopped(Side::Ma)), (size, false));

    let mut visit = liar.visit(pair.ma()).unwrap();
    let asked = claim(&visit).size;
    assert!(asked < size, "asked from {asked}");
    visit.say(&liar.batch(asked, size + 1));
    assert_eq!(visit.closed, None);
    drop(visit);
    assert_eq!((held(&pair), pair.stopped(Side::Ma)), (size + 1, false));
    assert!(pair.ma().entry(id).unwrap().is_some());

    let visit = liar.visit(pair.ma()).unwrap();
    assert_eq!(claim(&visit).size, size + 1, "no need to ask again");
    let kept = evidence(&pair);
    assert!(kept.iter().all(|(what, _)| what == "tampered"));
    pair.ma().check().unwrap();
}

/// A partner sends again in batches as small as it likes: each is cosigned again, or its window would fill and nothing more come.
///
/// Take out: in `link/src/session/receiving.rs::came_again`, the output.
#[test]
fn rule_14_what_is_sent_again_is_cosigned_again() {
    let pair = talked(1503, 30);
    let size = held(&pair);
    let mut liar = Liar::of(&pair, Side::Fr);
    let header = note(&pair, Vec::new(), b"");
    liar.push(&header, [1; 16], b"");
    let bad = liar.batch_with(size, size + 1, liar.sign(size + 1, liar.root(1)));
    let mut asked = size;
    while asked > 20 {
        let mut visit = liar.visit(pair.ma()).unwrap();
        asked = claim(&visit).size;
        visit.say(&bad);
        assert!(visit.closed.is_some());
    }
    let mut visit = liar.visit(pair.ma()).unwrap();
    let asked = claim(&visit).size;
    assert!(size - asked > 12, "from {asked} of {size}");
    for at in asked..=size {
        visit.say(&liar.batch(at, at + 1));
    }
    assert_eq!(visit.closed, None);
    let cosigned: Vec<u64> = visit
        .heard
        .iter()
        .filter_map(|frame| match frame {
            Frame::Cosignature(c) => Some(c.size),
            _ => None,
        })
        .collect();
    assert_eq!(cosigned, (asked + 1..=size + 1).collect::<Vec<_>>());
    // What was said before is said again unchanged.
    let name = pair.fr().name.clone();
    for frame in &visit.heard {
        if let Frame::Cosignature(said) = frame {
            let stored = pair
                .ma()
                .look(|tx| tx.checkpoint(&name, Direction::In, said.size))
                .unwrap();
            assert!(stored.is_none_or(|row| row.cosignature == said.line));
        }
    }
    pair.ma().check().unwrap();
}

/// A body that did not fit its commitment, or was not sent, is asked for again after a while and taken when it comes; the wrong
/// one is not taken.
///
/// Take out: in `app/src/again.rs::heal`, the comparison with the commitment; or in `asks_again`, what concerns bodies.
#[test]
fn rule_12_owed_bodies_are_asked_for_again() {
    let pair = talked(1504, 3);
    let size = held(&pair);
    let mut liar = Liar::of(&pair, Side::Fr);
    let text = ("text".to_owned(), Value::Text("Retrouvée.".into()));
    let values = Values {
        lang: None,
        values: BTreeMap::from([text]),
    };
    let body = values.to_bytes();
    let header = note(&pair, Vec::new(), &body);
    let id: EntryId = liar.push_bytes(&header.to_bytes(), Body::Absent);
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&liar.batch(size, size + 1));
    assert_eq!(visit.closed, None);
    drop(visit);
    let state = |pair: &TestPair| pair.ma().entry(id).unwrap().unwrap().body;
    assert_eq!(state(&pair), BodyState::Owed);

    for (sent, expected) in [
        (b"another".to_vec(), BodyState::Owed),
        (body.clone(), BodyState::Here),
    ] {
        let mut visit = liar.visit(pair.ma()).unwrap();
        let asked = claim(&visit).size;
        assert!(asked <= size, "asked from {asked}, owed at {size}");
        liar.items.last_mut().unwrap().body = Body::Present {
            salt: [1; 16],
            bytes: sent,
        };
        visit.say(&liar.batch(asked, liar.size()));
        assert_eq!(visit.closed, None);
        drop(visit);
        assert_eq!(state(&pair), expected);
        let visit = liar.visit(pair.ma()).unwrap();
        assert_eq!(claim(&visit).size, size + 1, "not at once again");
        drop(visit);
        pair.time.advance(3_600_000);
    }
    let visit = liar.visit(pair.ma()).unwrap();
    assert_eq!(claim(&visit).size, size + 1, "nothing is owed any more");
    pair.ma().check().unwrap();
}

/// Whoever claims less than it holds first hears the partner's hello: one that was restored from an old backup learns what is held,
/// and signs nothing over it.
///
/// Take out: in `link/src/session/mod.rs::connected`, that the hello waits.
#[test]
fn rule_05_a_restored_partner_hears_the_whole_claim() {
    let pair = talked(1505, 4);
    let size = held(&pair);
    let mut liar = Liar::of(&pair, Side::Fr);
    let header = note(&pair, Vec::new(), b"");
    liar.push(&header, [1; 16], b"");
    let bad = liar.batch_with(size, size + 1, liar.sign(size + 1, liar.root(1)));
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&bad);
    assert!(visit.closed.is_some());
    drop(visit);
    let restored = size - 1;
    let visit = liar
        .visit_with(pair.ma(), restored, liar.note(restored))
        .unwrap();
    assert_eq!(
        claim(&visit).size,
        size,
        "the truth, before anything is signed"
    );
    assert!(visit.closed.is_some());
}

/// If both wait for the other's hello, neither asks again this time.
///
/// Take out: in `link/src/session/mod.rs::tick`, the hello that does not wait any longer.
#[test]
fn rule_14_two_that_ask_again_meet_all_the_same() {
    let mut pair = talked(1506, 4);
    for side in Side::BOTH {
        let size = pair.held(side).unwrap();
        let mut liar = Liar::of(&pair, side.other());
        let charter = pair.charter.unwrap();
        let mut header = next_header(&pair, side.other(), charter, "note", Vec::new());
        commit(&mut header, &[1; 16], b"");
        liar.push(&header, [1; 16], b"");
        let bad = liar.batch_with(size, size + 1, liar.sign(size + 1, liar.root(1)));
        let mut visit = liar.visit(pair.node(side)).unwrap();
        visit.say(&bad);
        assert!(visit.closed.is_some());
    }
    let text = Writing::on(pair.charter.unwrap(), &[("text", "Et pourtant.")]);
    for side in Side::BOTH {
        pair.write(side, "note", &text);
    }
    pair.settle();
    pair.assert_same();
}
