//! Faults of the blob store: a file is fetched again until it is whole, and nothing is attested that cannot be read back.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::ids::EntryId;
use entente_proof::leaf::Leaf;
use entente_store::{AttachmentRow, AttachmentState, Direction};
use entente_testkit::blobs::Bad;
use entente_testkit::fault::Break;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

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

fn read(pair: &TestPair, entry: EntryId) -> Option<Vec<u8>> {
    let actor = pair.fr().officer("liaison").unwrap();
    let reader = pair.fr().app.file(&actor, entry, 0).ok()?;
    let chunks: Result<Vec<_>, _> = reader.chunks.collect();
    chunks.ok().map(|chunks| chunks.concat())
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
            assert_eq!(read(&pair, entry), Some(bytes()), "{how:?} after {after}");
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
    assert_eq!(read(&pair, entry), Some(bytes()));
    let blob = row(&pair, Side::Fr, entry).unwrap().blob;
    assert!(pair.fr().blobs.rot(&blob, 1));
    assert_eq!(read(&pair, entry), None, "never shown");
    let state = |pair: &TestPair| row(pair, Side::Fr, entry).unwrap().state;
    assert_eq!(state(&pair), AttachmentState::Wanted);
    for _ in 0..20 {
        pair.round();
    }
    assert_eq!(state(&pair), AttachmentState::Held);
    assert_eq!(read(&pair, entry), Some(bytes()));
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
    assert_eq!(read(&pair, entry), Some(bytes()));
}
