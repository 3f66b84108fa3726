//! Faults of the blob store: a file is fetched again until it is whole, and nothing is attested that cannot be read back.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::ids::EntryId;
use entente_proof::leaf::Leaf;
use entente_store::blobs::Blobs as _;
use entente_store::{AttachmentRow, AttachmentState, Direction, StoreExt as _};
use entente_testkit::blobs::Bad;
use entente_testkit::fault::Break;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeSet;

const SIZE: usize = 300_000;

fn bytes() -> Vec<u8> {
    (0..SIZE).map(|n| n.to_le_bytes()[0] ^ 7).collect()
}

fn send(pair: &mut TestPair) -> EntryId {
    let charter = pair.charter.unwrap();
    let note = Writing::on(charter, &[("text", "Une pièce.")]).file("piece.bin", bytes());
    pair.write(Side::Ma, "note", &note).entry
}

fn row(pair: &TestPair, side: Side, entry: EntryId) -> Option<AttachmentRow> {
    pair.node(side)
        .look(|tx| tx.attachments(entry))
        .unwrap()
        .pop()
}

/// How often fr says that it holds a file of this entry.
fn attested(pair: &TestPair, entry: EntryId) -> usize {
    let name = pair.ma().name.clone();
    let leaves = pair
        .fr()
        .look(|tx| tx.leaves(&name, Direction::Out, 0, 10_000))
        .unwrap();
    leaves
        .iter()
        .filter(|l| matches!(Leaf::decode(&l.leaf), Ok(Leaf::Held { entry: of, .. }) if of.0 == entry.0))
        .count()
}

/// Whatever change of the recipient's blob store breaks, and however: in the end it holds the file, and says so once.
///
/// Take out: in `app/src/attach.rs::store_chunk`, the look of `whole` at what is read back.
#[test]
fn invariant_03_files_are_whole_before_they_are_attested() {
    let hows = [
        Bad::Fails(Break::Failed),
        Bad::Fails(Break::FailedButPersisted),
        Bad::Damages,
    ];
    for how in hows {
        for after in 0..40 {
            let mut pair = TestPair::linked(1701);
            pair.settle();
            pair.fr().blobs.plan(after, how);
            let entry = send(&mut pair);
            for _ in 0..30 {
                pair.round();
                let held = row(&pair, Side::Fr, entry);
                if held.is_some_and(|r| r.state == AttachmentState::Held) {
                    break;
                }
                assert_eq!(attested(&pair, entry), 0, "{how:?} after {after}");
            }
            pair.settle();
            let held = row(&pair, Side::Fr, entry).unwrap();
            assert_eq!(held.state, AttachmentState::Held, "{how:?} after {after}");
            assert_eq!(
                pair.fr().file(entry, 0),
                Some(bytes()),
                "{how:?} after {after}"
            );
            assert_eq!(attested(&pair, entry), 1, "{how:?} after {after}");
            if pair.fr().blobs.changes().1 == 0 {
                assert!(after > 3, "nothing broke");
                break;
            }
        }
    }
}

/// A chunk that goes bad on the disk is noticed when somebody reads it, never shown, and fetched again.
///
/// Take out: in `app/src/attach.rs::read_chunk`, the call of `fetch_again`.
#[test]
fn invariant_03_a_file_gone_bad_is_fetched_again() {
    let mut pair = TestPair::linked(1702);
    let entry = send(&mut pair);
    pair.settle();
    assert_eq!(pair.fr().file(entry, 0), Some(bytes()));
    let blob = row(&pair, Side::Fr, entry).unwrap().blob;
    assert!(pair.fr().blobs.rot(&blob, 1));
    assert_eq!(pair.fr().file(entry, 0), None, "never shown");
    let state = |pair: &TestPair| row(pair, Side::Fr, entry).unwrap().state;
    assert_eq!(state(&pair), AttachmentState::Wanted);
    for _ in 0..20 {
        pair.round();
    }
    assert_eq!(state(&pair), AttachmentState::Held);
    assert_eq!(pair.fr().file(entry, 0), Some(bytes()));
}

/// A file of ours that does not read back as it was written is refused while its author still has it.
///
/// Take out: in `app/src/attach.rs`, the look of `whole` before the lasting name.
#[test]
fn invariant_03_a_file_of_ours_is_read_back_before_it_counts() {
    let mut pair = TestPair::linked(1703);
    pair.settle();
    pair.ma().blobs.plan(1, Bad::Damages);
    let charter = pair.charter.unwrap();
    let note = Writing::on(charter, &[("text", "Une pièce.")]).file("piece.bin", bytes());
    assert!(pair.try_write(Side::Ma, "note", &note).is_err());
    let entry = send(&mut pair);
    pair.settle();
    assert_eq!(pair.fr().file(entry, 0), Some(bytes()));
}

fn erase(pair: &mut TestPair, entry: EntryId) {
    let charter = pair.charter.unwrap();
    let target = entry.to_string();
    let erasing = Writing::on(charter, &[("entry", &target)]);
    pair.write(Side::Ma, "erase", &erasing);
    pair.settle();
}

/// The bytes of an erased file go at both ends, and those of others stay; what was lost of them on the way changes nothing.
///
/// Take out: in `app/src/freeing.rs::free_erased`, the call of `remove`.
#[test]
fn invariant_10_an_erased_file_leaves_no_bytes_at_either_end() {
    let mut pair = TestPair::linked(1704);
    let (entry, other) = (send(&mut pair), send(&mut pair));
    pair.settle();
    erase(&mut pair, entry);
    for side in Side::BOTH {
        let node = pair.node(side);
        let stays = row(&pair, side, other).unwrap().blob;
        assert_eq!(node.blobs.list().unwrap().len(), 2);
        assert_eq!(node.app.free_erased().unwrap(), 1, "{side:?}");
        assert_eq!(node.blobs.list().unwrap(), [stays], "{side:?}");
        let erased = row(&pair, side, entry).unwrap();
        assert_eq!(
            (erased.state, erased.blob),
            (AttachmentState::Erased, String::new())
        );
        assert_eq!(node.app.free_erased().unwrap(), 0);
    }
    assert_eq!(pair.fr().file(other, 0), Some(bytes()));
}

/// A file erased while one of its chunks was on its way to the disk stays erased, and nothing is attested.
///
/// Take out: in `app/src/attach.rs::store_chunk`, the look whether the row stands.
#[test]
fn invariant_10_erasing_wins_over_a_chunk_that_is_being_stored() {
    for after in 0..6 {
        let mut pair = TestPair::linked(1705);
        pair.settle();
        let entry = send(&mut pair);
        let store = pair.fr().store.clone();
        let (told, done) = std::sync::mpsc::channel();
        pair.fr().blobs.meanwhile(after, move || {
            let erased = store.update("erased elsewhere", move |tx| {
                let mut rows = tx.attachments(entry)?;
                let row = rows.first_mut().unwrap();
                row.state = AttachmentState::Erased;
                tx.put_attachment(row)
            });
            told.send(erased.is_ok()).unwrap();
        });
        pair.settle();
        assert_eq!(done.try_recv(), Ok(true), "after {after}");
        let erased = row(&pair, Side::Fr, entry).unwrap();
        assert_eq!(erased.state, AttachmentState::Erased, "after {after}");
        assert_eq!(attested(&pair, entry), 0, "after {after}");
    }
}

/// A blob begun and never ended goes once it was found twice without anyone who names it; one that is being fetched stays.
///
/// Take out: in `app/src/freeing.rs::free_abandoned`, the question whether it is named.
#[test]
fn what_was_begun_and_abandoned_goes() {
    let mut pair = TestPair::linked(1706);
    pair.settle();
    let entry = send(&mut pair);
    let (app, blobs) = (pair.fr().app.clone(), pair.fr().blobs.clone());
    blobs.begin("tmp-dead").unwrap();
    let none = BTreeSet::new();
    let seen = app.free_abandoned(&none).unwrap();
    assert_eq!(seen.iter().collect::<Vec<_>>(), ["tmp-dead"]);
    assert!(blobs.exists("tmp-dead").unwrap(), "not at first sight");
    let (told, left) = std::sync::mpsc::channel();
    // Its first chunk is there by then, and noted.
    pair.fr().blobs.meanwhile(3, move || {
        let all = blobs.list().unwrap().into_iter().collect();
        assert_eq!(app.free_abandoned(&all).unwrap(), none);
        told.send(blobs.list().unwrap()).unwrap();
    });
    pair.settle();
    let left = left.try_recv().unwrap();
    assert!(left.len() == 1 && left[0] != "tmp-dead", "{left:?}");
    assert_eq!(pair.fr().file(entry, 0), Some(bytes()));
}
