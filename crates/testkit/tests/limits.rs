//! How large one file may be is what the charter says, at both ends: what is above it is not fetched, both sides see why, and it comes
//! when the limit is raised.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, Recording};
use entente_core::ids::{EntryId, NodeName};
use entente_core::terms::TermsDraft;
use entente_link::frame::{BlobChunk, Frame};
use entente_proof::commit::CHUNK;
use entente_proof::digest::Digest;
use entente_proof::leaf::Leaf;
use entente_store::blobs::Blobs as _;
use entente_store::{AttachmentRow, AttachmentState, Direction};
use entente_testkit::liar::{Liar, commit, next_header, with_file};
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::json;

const SIZE: usize = 300_000;
const LEAST: u64 = 100_000;

fn bytes() -> Vec<u8> {
    (0..SIZE).map(|n| n.to_le_bytes()[0] ^ 3).collect()
}

fn row(pair: &TestPair, side: Side, entry: EntryId) -> AttachmentRow {
    let mut rows = pair.node(side).look(|tx| tx.attachments(entry)).unwrap();
    rows.remove(0)
}

/// What a side shows of an entry's file: its state, and by whom it is not fetched above which limit.
fn shown(pair: &TestPair, side: Side, entry: EntryId) -> (&'static str, Option<(u64, String)>) {
    let actor = pair.node(side).officer("liaison").unwrap();
    let mut view = pair.node(side).app.entry(&actor, entry).unwrap();
    let file = view.files.remove(0);
    let names = |by: Vec<NodeName>| by.iter().map(ToString::to_string).collect();
    let limit = file.limit.map(|(most, by)| (most, names(by)));
    (file.state, limit)
}

fn limited(most: u64) -> TermsDraft {
    let quotas = json!({"entries_a_day": 10_000, "body_bytes": 1 << 20, "file_bytes": most});
    serde_json::from_value(json!({"quotas": quotas})).unwrap()
}

fn propose(pair: &mut TestPair, most: u64) {
    let amended = Recording {
        terms: Some(limited(most)),
        ..recording("charter.propose", &Writing::on(pair.charter.unwrap(), &[])).unwrap()
    };
    let actor = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&actor, amended).unwrap();
    pair.wire.wake(Side::Ma.index());
}

/// Both agree on how large one file may be.
fn agree(pair: &mut TestPair, most: u64) {
    propose(pair, most);
    pair.agree(Side::Fr);
}

/// An entry of fr with a file, written past its own node's limit.
fn smuggle(pair: &mut TestPair, body: &[u8], commitment: entente_core::ids::Commitment) -> EntryId {
    let dossier = pair.charter.unwrap();
    let mut header = next_header(pair, Side::Fr, dossier, "note", Vec::new());
    header.attachments = vec![commitment];
    commit(&mut header, &[1; 16], body);
    let mut liar = Liar::of(pair, Side::Fr);
    let entry = liar.push(&header, [1; 16], body);
    let visit = liar.tell(pair);
    assert_eq!(visit.closed, None, "received and receipted all the same");
    entry
}

/// A partner whose node does not hold itself to the charter: its file is not fetched, nor taken when it is pushed.
///
/// Take out: in `app/src/apply.rs::expect_files`, the look at the limit.
#[test]
fn a_file_above_the_limit_is_neither_fetched_nor_taken() {
    let mut pair = TestPair::linked(1901);
    agree(&mut pair, LEAST);
    let (body, commitment) = with_file("Trop grande.", &bytes());
    let entry = smuggle(&mut pair, &body, commitment);
    let before = row(&pair, Side::Ma, entry);
    assert_eq!(
        (before.state, before.size),
        (AttachmentState::Above, u64::try_from(SIZE).unwrap())
    );
    let fr = pair.fr().name.clone();
    let wanted = pair.ma().look(|tx| tx.wanted(&fr, 9)).unwrap();
    assert_eq!(wanted, [], "asked for by nobody");
    let by = Some((LEAST, "ma".to_owned()));
    assert_eq!(shown(&pair, Side::Ma, entry), ("above", by));
    let liar = Liar::of(&pair, Side::Fr);
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&Frame::BlobChunk(BlobChunk {
        entry: Digest(entry.0),
        index: 0,
        chunk: 0,
        last: false,
        bytes: bytes()[..CHUNK].to_vec(),
    }));
    drop(visit);
    assert_eq!(row(&pair, Side::Ma, entry), before);
    assert_eq!(pair.ma().blobs.list().unwrap(), Vec::<String>::new());
    // One that fits is fetched beside it.
    let (body, commitment) = with_file("Elle passe.", &bytes()[..50_000]);
    let fits = smuggle(&mut pair, &body, commitment);
    assert_eq!(row(&pair, Side::Ma, fits).state, AttachmentState::Wanted);
    pair.ma().check().unwrap();
}

/// Lowering takes nothing back, and stops nothing that was written before it.
///
/// Take out: in `app/src/limits.rs::file_limit`, the terms cited.
#[test]
fn lowering_the_limit_stops_nothing_that_was_written_before() {
    let mut pair = TestPair::linked(1902);
    let charter = pair.charter.unwrap();
    pair.wire.tear(true);
    let note = Writing::on(charter, &[("text", "Avant.")]).file("p.bin", bytes());
    let waits = pair.write(Side::Fr, "note", &note).entry;
    agree_unheard(&mut pair, LEAST);
    pair.settle();
    assert_eq!(pair.ma().file(waits, 0), Some(bytes()));
    for side in Side::BOTH {
        assert_eq!(shown(&pair, side, waits), ("held", None), "{side:?}");
        let above = pair.try_write(side, "note", &note);
        assert!(matches!(above, Err(AppError::TooLarge(LEAST))), "{above:?}");
    }
    pair.assert_same();
}

/// Terms that ma brings into force while fr, which signed them, hears nothing.
fn agree_unheard(pair: &mut TestPair, most: u64) {
    let charter = pair.charter.unwrap();
    propose(pair, most);
    pair.settle();
    pair.write(Side::Fr, "charter.sign", &Writing::on(charter, &[]));
    pair.settle();
    pair.wire.tear(true);
    let enacted = Writing::on(charter, &[]);
    pair.ma().write("charter.enact", &enacted).unwrap();
}

/// Written before there was a charter, which then allows less: both sides say that the file stays where it is, and by whose hand.
/// Raised, it comes, and is attested once.
///
/// Take out: in `app/src/apply.rs::enacted`, the call of `raise_limit`; in `app/src/limits.rs::kept_by_limit`, the loop over others.
#[test]
fn both_sides_see_what_the_limit_keeps_and_raising_it_fetches() {
    let mut pair = TestPair::strangers(1903, &["liaison"]).unwrap();
    let opened = Recording {
        partner: Some(pair.fr().name.clone()),
        terms: Some(limited(LEAST)),
        ..recording("charter.open", &Writing::new(&[("title", "Charte")])).unwrap()
    };
    let actor = pair.ma().officer("liaison").unwrap();
    let charter = pair.ma().app.record(&actor, opened).unwrap().dossier;
    pair.charter = Some(charter);
    pair.settle();
    pair.write(Side::Fr, "charter.sign", &Writing::on(charter, &[]));
    pair.settle();
    pair.wire.tear(true);
    let note = Writing::on(charter, &[("text", "Avant la charte.")]).file("p.bin", bytes());
    let entry = pair.fr().write("note", &note).unwrap().entry;
    let enacted = Writing::on(charter, &[]);
    pair.ma().write("charter.enact", &enacted).unwrap();
    pair.settle();
    let stays = |most: u64| Some((most, "ma".to_owned()));
    assert_eq!(shown(&pair, Side::Ma, entry), ("above", stays(LEAST)));
    assert_eq!(shown(&pair, Side::Fr, entry), ("held", stays(LEAST)));
    assert_eq!(pair.ma().file(entry, 0), None);
    pair.assert_same();
    agree(&mut pair, LEAST + 1);
    assert_eq!(shown(&pair, Side::Ma, entry), ("above", stays(LEAST + 1)));
    assert_eq!(shown(&pair, Side::Fr, entry), ("held", stays(LEAST + 1)));
    agree(&mut pair, 1 << 20);
    assert_eq!(pair.ma().file(entry, 0), Some(bytes()));
    for side in Side::BOTH {
        assert_eq!(shown(&pair, side, entry), ("held", None), "{side:?}");
    }
    let fr = pair.fr().name.clone();
    let leaves = pair
        .ma()
        .look(|tx| tx.leaves(&fr, Direction::Out, 0, 10_000));
    let held = |leaf: &[u8]| matches!(Leaf::decode(leaf), Ok(Leaf::Held { entry: of, .. }) if of.0 == entry.0);
    let attested = leaves.unwrap().iter().filter(|l| held(&l.leaf)).count();
    assert_eq!(attested, 1);
    pair.assert_same();
}
