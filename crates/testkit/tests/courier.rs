//! Courier bundles between two nodes: everything that can happen to a file that people carry, each case by its name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::AppError;
use entente_app::courier::{CourierFault, Fault};
use entente_core::codes::Ask;
use entente_core::obligation::State;
use entente_link::Deviation;
use entente_link::courier::CourierError;
use entente_link::frame::{Batch, Frame};
use entente_proof::card::dearmour_card;
use entente_proof::digest::Digest;
use entente_proof::sign::SigningKey;
use entente_store::sqlite::SqliteStore;
use entente_store::{AttachmentState, Direction, StoreExt};
use entente_testkit::fault::{Break, Plan};
use entente_testkit::liar::Liar;
use entente_testkit::node::{Said, TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};
use std::sync::Arc;

const DAY: i64 = 86_400_000;

fn refused<T: std::fmt::Debug>(said: Said<T>) -> CourierFault {
    match said {
        Err(AppError::Courier(fault)) => fault,
        other => panic!("a refusal was expected, not {other:?}"),
    }
}

fn file_fault<T: std::fmt::Debug>(said: Said<T>) -> CourierError {
    match refused(said) {
        CourierFault::File(error) => error,
        other => panic!("a fault of the file was expected, not {other:?}"),
    }
}

/// Both sides compared each other's ledger at one cut and agree.
fn agree(pair: &TestPair) {
    for side in Side::BOTH {
        let partner = &pair.node(side.other()).name;
        let rows = pair.node(side).look(|tx| tx.digests(partner, 50)).unwrap();
        let newest = rows.iter().find(|row| row.theirs.is_some()).unwrap();
        assert_eq!(newest.theirs, Some(newest.ours), "{side:?}");
        assert!(pair.evidence(side).is_empty(), "{side:?}");
    }
}

#[test]
fn two_nodes_that_only_ever_use_couriers_end_equal() {
    let mut pair = TestPair::by_courier(1);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    let file: Vec<u8> = (0..700_000u32).map(|n| n.to_le_bytes()[0]).collect();
    let answer = Writing::on(dossier, &[("text", "Loué à une société.")])
        .target(asked)
        .file("relevé.csv", file.clone());
    let answered = pair.write(Side::Fr, "request.answer", &answer);
    pair.settle_by_courier();
    let feedback = pair.open_one(Side::Ma, dossier, Ask::Feedback);
    pair.feedback(Side::Ma, dossier, feedback.id, "corroborated");
    pair.settle_by_courier();

    pair.assert_same();
    agree(&pair);
    assert_eq!(pair.obligation(Side::Ma, asked).state, State::Answered);
    assert!(pair.obligation(Side::Fr, asked).received_ms.is_some());
    let officer = pair.ma().officer("liaison").unwrap();
    let read = pair.ma().app.file(&officer, answered.entry, 0).unwrap();
    let bytes: Vec<u8> = read.chunks.flat_map(|chunk| chunk.unwrap()).collect();
    assert_eq!(bytes, file);
    assert_eq!(pair.files(Side::Ma, AttachmentState::Wanted).unwrap(), 0);
    assert!(pair.wire.reasons.is_empty(), "there never was a connection");
    for side in Side::BOTH {
        pair.node(side).check().unwrap();
    }
}

#[test]
fn a_lost_bundle_costs_nothing_the_next_carries_everything() {
    let mut pair = TestPair::by_courier(2);
    let (first, _) = pair.ask(Side::Ma, "normal");
    let _lost = pair.pack(Side::Ma).unwrap();
    let (second, _) = pair.ask(Side::Ma, "normal");
    let report = pair.carry(Side::Ma);
    assert!(report.entries >= 2, "{report:?}");
    for dossier in [first, second] {
        let known = pair.fr().look(|tx| tx.dossier(dossier)).unwrap();
        assert!(known.is_some());
    }
    // The word on it is lost too.
    let _lost = pair.pack(Side::Fr).unwrap();
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn a_repeated_bundle_changes_nothing() {
    let mut pair = TestPair::by_courier(3);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    assert!(pair.unpack(Side::Fr, &file).unwrap().entries > 0);
    let (held, ma) = (pair.holdings(Side::Fr), pair.ma().name.clone());
    let word = |pair: &TestPair| {
        let size = pair.holdings(Side::Fr).1;
        let row = pair.fr().look(|tx| tx.checkpoint(&ma, Direction::In, size));
        row.unwrap().unwrap().cosignature
    };
    let given = word(&pair);
    assert!(!given.is_empty());
    pair.time.advance(3_600_000);
    for _ in 0..3 {
        assert_eq!(pair.unpack(Side::Fr, &file).unwrap().entries, 0);
    }
    assert_eq!(pair.holdings(Side::Fr), held);
    assert_eq!(
        word(&pair),
        given,
        "rule 1: a word given is never given anew"
    );
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn bundles_out_of_order_are_no_rollback() {
    let mut pair = TestPair::by_courier(4);
    pair.ask(Side::Ma, "normal");
    let first = pair.pack(Side::Ma).unwrap();
    pair.ask(Side::Ma, "urgent_direct");
    let second = pair.pack(Side::Ma).unwrap();
    assert!(pair.unpack(Side::Fr, &second).unwrap().entries >= 2);
    let held = pair.holdings(Side::Fr);
    assert_eq!(pair.unpack(Side::Fr, &first).unwrap().entries, 0);
    assert_eq!(pair.holdings(Side::Fr), held);
    assert!(!pair.stopped(Side::Fr));
    pair.settle_by_courier();
    pair.assert_same();
    agree(&pair);
}

#[test]
fn a_bundle_cut_short_altered_or_added_to_changes_nothing_and_blames_the_way() {
    let mut pair = TestPair::by_courier(5);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    let held = pair.holdings(Side::Fr);
    for cut in [0, 10, 400, 1_400, file.len() / 2, file.len() - 1] {
        let error = file_fault(pair.unpack(Side::Fr, &file[..cut]));
        assert_eq!(error, CourierError::CutShort, "{cut}");
    }
    let mut altered = file.clone();
    let last = altered.len() - 1;
    altered[last] ^= 1;
    let error = refused(pair.unpack(Side::Fr, &altered));
    assert_eq!(
        error,
        CourierFault::File(CourierError::Altered { segment: 0 })
    );
    assert_eq!(error.fault(), Fault::Carrier);
    let added = [file.clone(), vec![1]].concat();
    assert_eq!(
        file_fault(pair.unpack(Side::Fr, &added)),
        CourierError::Trailing
    );
    let other = file_fault(pair.unpack(Side::Fr, b"Bonjour, voici notre courrier du jour."));
    assert_eq!(other, CourierError::NotABundle);
    assert_eq!(pair.holdings(Side::Fr), held, "nothing was applied");
    assert!(pair.unpack(Side::Fr, &file).unwrap().entries > 0);
}

#[test]
fn a_bundle_for_another_from_a_stranger_or_of_our_own_is_named() {
    let pair = TestPair::by_courier(6);
    let third = TestNode::build("es")
        .seed(6)
        .time(&pair.time)
        .officers(&["liaison"])
        .open()
        .unwrap();
    let file = pair.pack(Side::Ma).unwrap();
    let officer = third.officer("liaison").unwrap();
    let at_es = third.app.courier_unpack(
        &officer,
        None,
        &mut std::io::Cursor::new(&file),
        &mut |_, _| {},
    );
    assert_eq!(refused(at_es), CourierFault::ForAnother("fr".into()));
    assert_eq!(refused(pair.unpack(Side::Ma, &file)), CourierFault::Own);
    // `es` knows `fr`; `fr` does not know `es`.
    third.pin(pair.fr()).unwrap();
    let mut file = Vec::new();
    third
        .app
        .courier_pack(&officer, &pair.fr().name, &mut file, &mut |_, _| {})
        .unwrap();
    let error = refused(pair.unpack(Side::Fr, &file));
    assert_eq!(
        (error.fault(), error),
        (Fault::Sender, CourierFault::Stranger)
    );
}

/// A bundle in the name of `ma` for `fr`, of these frames, signed by whom one likes.
fn made(pair: &TestPair, frames: &[Frame], signer: &SigningKey) -> Vec<u8> {
    pair.bundle(Side::Ma, pair.time.now().0, frames, signer)
}

fn hello(liar: &Liar, size: u64, note: Option<String>) -> Frame {
    liar.hello(size, note.or_else(|| liar.note(size)))
}

fn batch(liar: &Liar, from: u64) -> Frame {
    let start = usize::try_from(from).unwrap();
    Frame::Batch(Batch {
        from,
        items: liar.items[start..].to_vec(),
        note: liar.note(liar.size()).unwrap(),
    })
}

#[test]
fn a_forged_bundle_changes_nothing_and_raises_no_alarm() {
    let pair = TestPair::by_courier(7);
    let held = pair.holdings(Side::Fr);
    let mut liar = Liar::of(&pair, Side::Ma);
    liar.push_leaf(vec![9, 9]);
    let stranger = SigningKey::from_seed([66; 32]);
    let frames = [hello(&liar, held.1 + 1, None), batch(&liar, held.1)];
    let forged = made(&pair, &frames, &stranger);
    assert_eq!(
        file_fault(pair.unpack(Side::Fr, &forged)),
        CourierError::NotSigned
    );
    // Contradictions in a bundle that nobody signed prove nothing against the partner.
    let fork = hello(&liar, held.1, Some(liar.sign(held.1, Digest([7; 32]))));
    let forged = made(&pair, &[fork], &stranger);
    assert_eq!(
        file_fault(pair.unpack(Side::Fr, &forged)),
        CourierError::NotSigned
    );
    assert_eq!(pair.holdings(Side::Fr), held);
    assert!(pair.evidence(Side::Fr).is_empty());
    assert!(!pair.stopped(Side::Fr));
}

#[test]
fn invariant_04_a_signed_fork_in_a_bundle_is_kept_as_evidence_and_stops_the_link() {
    for back in [0, 1] {
        let pair = TestPair::by_courier(8);
        let held = pair.holdings(Side::Fr);
        let liar = Liar::of(&pair, Side::Ma);
        let size = held.1 - back;
        let fork = hello(&liar, size, Some(liar.sign(size, Digest([7; 32]))));
        let file = made(&pair, &[fork], &pair.ma().signing_key());
        let error = refused(pair.unpack(Side::Fr, &file));
        assert_eq!(error, CourierFault::Contradiction, "{back} back");
        assert_eq!(pair.evidence(Side::Fr)[0].what, "fork");
        assert!(pair.stopped(Side::Fr));
        assert_eq!(pair.holdings(Side::Fr), held);
        assert!(matches!(pair.pack(Side::Fr), Err(AppError::Link(_))));
    }
}

/// Somebody with the key told the partner another leaf than the one by which the node changes that key: the bundle that brings the change is
/// signed by the new key, which only its own leaves lead to, and it is a proof all the same.
/// Take out: in `app/src/courier/unpack.rs::look`, what is followed.
#[test]
fn invariant_04_a_fork_is_proved_by_a_bundle_whose_key_only_the_other_branch_leads_to() {
    let mut pair = TestPair::by_courier(24);
    pair.settle_by_courier();
    let held = pair.holdings(Side::Fr);
    let mut liar = Liar::of(&pair, Side::Ma);
    liar.push_leaf(vec![9, 9]);
    let frames = [
        hello(&liar, held.1 + 1, liar.note(held.1 + 1)),
        batch(&liar, held.1),
    ];
    let told = made(&pair, &frames, &pair.ma().signing_key());
    pair.unpack(Side::Fr, &told).unwrap();
    pair.rotate(Side::Ma);
    let charter = pair.charter.unwrap();
    let note = Writing::on(charter, &[("text", "Derrière le changement.")]);
    pair.write(Side::Ma, "note", &note);
    let bundle = pair.pack(Side::Ma).unwrap();
    let error = refused(pair.unpack(Side::Fr, &bundle));
    assert_eq!(error, CourierFault::Contradiction);
    assert_eq!(pair.evidence(Side::Fr)[0].what, "fork");
    assert!(pair.stopped(Side::Fr));
    // Whoever has neither key is believed in nothing, whatever leaves it repeats.
    let stranger = SigningKey::from_seed([66; 32]);
    let pair = TestPair::by_courier(24);
    let liar = Liar::of(&pair, Side::Ma);
    let fork = hello(&liar, held.1, Some(liar.sign(held.1, Digest([7; 32]))));
    let forged = made(&pair, &[fork, batch(&liar, 0)], &stranger);
    assert_eq!(
        file_fault(pair.unpack(Side::Fr, &forged)),
        CourierError::NotSigned
    );
    assert!(!pair.stopped(Side::Fr));
}

#[test]
fn a_bad_batch_after_a_good_one_applies_neither() {
    let pair = TestPair::by_courier(9);
    let held = pair.holdings(Side::Fr);
    let mut liar = Liar::of(&pair, Side::Ma);
    let mut good = Vec::new();
    for leaf in [vec![9, 1], vec![9, 2]] {
        let from = liar.size();
        liar.push_leaf(leaf);
        good.push(batch(&liar, from));
    }
    let first = good.remove(0);
    let Frame::Batch(mut second) = good.remove(0) else {
        panic!("a batch");
    };
    let whole = Frame::Batch(second.clone());
    second.items[0].leaf = vec![9, 3];
    let key = pair.ma().signing_key();
    let greets = || hello(&liar, liar.size(), None);
    let bad = made(
        &pair,
        &[greets(), first.clone(), Frame::Batch(second)],
        &key,
    );
    let error = refused(pair.unpack(Side::Fr, &bad));
    assert_eq!(
        (error.fault(), error),
        (Fault::Sender, CourierFault::Contradiction)
    );
    assert_eq!(pair.holdings(Side::Fr), held, "not even the good one");
    assert_eq!(pair.evidence(Side::Fr)[0].what, "tampered");
    // The same two batches as they should be.
    let file = made(&pair, &[greets(), first, whole], &key);
    pair.unpack(Side::Fr, &file).unwrap();
    assert_eq!(pair.holdings(Side::Fr).1, held.1 + 2);
}

#[test]
fn a_bundle_before_this_one_that_is_missing_is_named_with_where_we_are() {
    let pair = TestPair::by_courier(10);
    let held = pair.holdings(Side::Fr).1;
    let mut liar = Liar::of(&pair, Side::Ma);
    for n in 0..3 {
        liar.push_leaf(vec![9, n]);
    }
    let frames = [hello(&liar, liar.size(), None), batch(&liar, held + 2)];
    let file = made(&pair, &frames, &pair.ma().signing_key());
    let error = refused(pair.unpack(Side::Fr, &file));
    assert_eq!(error, CourierFault::Gap { begins: 0, held });
    assert_eq!(error.fault(), Fault::Nobody);
}

#[test]
fn frames_that_have_no_place_in_a_file_and_entries_without_header_are_refused() {
    let pair = TestPair::by_courier(11);
    let held = pair.holdings(Side::Fr);
    let key = pair.ma().signing_key();
    let liar = Liar::of(&pair, Side::Ma);
    let greets = hello(&liar, liar.size(), None);
    let busy = made(&pair, &[greets.clone(), Frame::Busy], &key);
    assert_eq!(
        file_fault(pair.unpack(Side::Fr, &busy)),
        CourierError::Order
    );
    let twice = made(&pair, &[greets.clone(), greets], &key);
    assert_eq!(
        refused(pair.unpack(Side::Fr, &twice)),
        CourierFault::Deviates(Deviation::SecondHello)
    );
    let none = made(&pair, &[Frame::Ping], &key);
    assert_eq!(
        refused(pair.unpack(Side::Fr, &none)),
        CourierFault::Deviates(Deviation::BeforeHello)
    );
    let mut bare = Liar::of(&pair, Side::Ma);
    bare.push_leaf(entente_proof::leaf::Leaf::Entry(Digest([3; 32])).encode());
    let frames = [hello(&bare, bare.size(), None), batch(&bare, held.1)];
    let file = made(&pair, &frames, &key);
    assert_eq!(
        refused(pair.unpack(Side::Fr, &file)),
        CourierFault::MissingHeader
    );
    assert_eq!(pair.holdings(Side::Fr), held);
}

#[test]
fn a_disk_that_fails_in_the_middle_is_gone_on_from() {
    for after in 0..12 {
        for (how, crash) in [(Break::Failed, true), (Break::FailedButPersisted, true)] {
            let mut pair = TestPair::by_courier(12);
            let (dossier, _) = pair.ask(Side::Ma, "normal");
            let note = Writing::on(dossier, &[("text", "Pièce.")]).file("p.bin", vec![7; 600_000]);
            pair.write(Side::Ma, "note", &note);
            let file = pair.pack(Side::Ma).unwrap();
            pair.fr().disk.plan(Plan { after, how, crash });
            let broken = pair.unpack(Side::Fr, &file).is_err();
            pair.fr().disk.spare();
            pair.nodes[1].restart().unwrap();
            if broken {
                pair.time.advance(11_000);
                pair.unpack(Side::Fr, &file).unwrap();
            }
            pair.settle_by_courier();
            pair.assert_same();
            assert_eq!(pair.files(Side::Fr, AttachmentState::Wanted).unwrap(), 0);
        }
    }
}

#[test]
fn sealing_keys_are_renewed_by_bundles_and_destroyed_within_thirty_days() {
    let mut pair = TestPair::by_courier(13);
    let first = pair.fr().app.sealing_keys().unwrap();
    assert_eq!(first.len(), 1);
    pair.ask(Side::Ma, "normal");
    let late = pair.pack(Side::Ma).unwrap();
    // After two weeks a new key; the old one still opens what is under way.
    pair.time.advance(15 * DAY);
    pair.unpack(Side::Fr, &late).unwrap();
    let keys = pair.fr().app.sealing_keys().unwrap();
    assert_eq!(keys.len(), 2);
    assert!(keys[0].current && !keys[1].destroyed);
    assert_eq!(keys[1].id, first[0].id);
    // The reply brings the new key, so that the next bundle is sealed to it.
    pair.carry(Side::Fr);
    let next = pair.pack(Side::Ma).unwrap();
    let length = entente_link::courier::head_length(&next).unwrap().unwrap();
    let head = entente_link::courier::Head::decode(&next[..length]).unwrap();
    assert_eq!(head.key.to_string(), keys[0].id);
    // Thirty days after it was made the first is gone, from the disk too.
    pair.time.advance(15 * DAY);
    let error = refused(pair.unpack(Side::Fr, &late));
    assert_eq!(
        (error.fault(), error),
        (Fault::Nobody, CourierFault::KeyDestroyed)
    );
    let vault = entente_core::ids::DossierId([0x5e; 32]);
    let name = format!("sealing-{}", first[0].id);
    let kept = pair.fr().look(|tx| tx.object_key(vault, name.as_bytes()));
    assert!(kept.unwrap().is_none_or(|wrapped| wrapped.is_empty()));
    pair.unpack(Side::Fr, &next).unwrap();
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn after_a_long_silence_the_cards_are_exchanged_again_under_the_same_fingerprint() {
    let mut pair = TestPair::by_courier(14);
    let print = pair.fr().app.own_fingerprint().unwrap();
    pair.time.advance(60 * DAY);
    pair.ask(Side::Ma, "normal");
    let error = refused(pair.pack(Side::Ma));
    assert_eq!(error, CourierFault::KeyPast(pair.fr().name.clone()));
    pair.fr().app.keep_sealing_keys().unwrap();
    assert_eq!(pair.fr().app.own_fingerprint().unwrap(), print);
    pair.ma().pin(pair.fr()).unwrap();
    let file = pair.pack(Side::Ma).unwrap();
    pair.unpack(Side::Fr, &file).unwrap();
    // An older card never replaces a newer one.
    pair.fr().app.rotate_sealing_key(false).unwrap();
    let newest = pair.fr().app.own_card();
    let older = pair.ma().look(|tx| tx.partner(&pair.fr().name)).unwrap();
    pair.carry(Side::Fr);
    let renewed = pair.ma().look(|tx| tx.partner(&pair.fr().name)).unwrap();
    let renewed = renewed.unwrap().card;
    assert_eq!(renewed, dearmour_card(&newest).unwrap());
    let older = entente_proof::card::armour_card(&older.unwrap().card);
    pair.ma().app.pin_partner(&older, "", &print).unwrap();
    let kept = pair.ma().look(|tx| tx.partner(&pair.fr().name)).unwrap();
    assert_eq!(kept.unwrap().card, renewed);
}

#[test]
fn a_session_keeps_the_keys_fresh_for_the_day_on_which_the_line_is_cut() {
    let mut pair = TestPair::linked(20);
    for _ in 0..3 {
        pair.time.advance(13 * DAY);
        for side in Side::BOTH {
            pair.node(side).app.keep_sealing_keys().unwrap();
        }
        pair.settle();
    }
    pair.cut(true);
    pair.round();
    pair.time.advance(11_000);
    pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn a_key_that_others_may_know_is_destroyed_at_once() {
    let mut pair = TestPair::by_courier(15);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    pair.fr().app.rotate_sealing_key(true).unwrap();
    assert_eq!(
        refused(pair.unpack(Side::Fr, &file)),
        CourierFault::KeyDestroyed
    );
    let keys = pair.fr().app.sealing_keys().unwrap();
    assert!(keys[0].current && keys[1].destroyed);
    // The new key is in the card that the next reply brings.
    pair.carry(Side::Fr);
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn rule_11_a_suspended_link_carries_by_courier_what_still_flows() {
    let mut pair = TestPair::by_courier(16);
    let charter = pair.charter.unwrap();
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    pair.write(
        Side::Ma,
        "charter.suspend",
        &Writing::on(charter, &[("text", "talks")]),
    );
    pair.settle_by_courier();
    assert!(pair.suspended(Side::Fr).unwrap(), "the flag itself flows");
    let held = Writing::on(dossier, &[("text", "Attend.")]).file("f.bin", vec![1; 300_000]);
    let note = pair.write(Side::Fr, "note", &held);
    let (_, life) = pair.ask(Side::Fr, "life");
    pair.settle_by_courier();
    assert!(pair.ma().entry(note.entry).unwrap().is_none());
    assert_eq!(pair.obligation(Side::Ma, life).state, State::Open);
    pair.write(Side::Ma, "charter.resume", &Writing::on(charter, &[]));
    pair.settle_by_courier();
    assert!(pair.ma().entry(note.entry).unwrap().is_some());
    assert_eq!(pair.files(Side::Ma, AttachmentState::Held).unwrap(), 1);
    pair.assert_same();
}

#[test]
fn rule_05_a_link_that_a_session_drives_is_left_alone() {
    let mut pair = TestPair::linked(17);
    pair.ask(Side::Ma, "normal");
    let held = pair.holdings(Side::Ma);
    assert!(matches!(pair.pack(Side::Ma), Err(AppError::Link(_))));
    assert_eq!(pair.holdings(Side::Ma), held, "nothing was appended");
    pair.settle();
    // The session is gone for longer than its lease: the courier may go, and a session takes over from where it left.
    pair.cut(true);
    pair.round();
    pair.time.advance(11_000);
    pair.ask(Side::Fr, "urgent_direct");
    pair.settle_by_courier();
    pair.ask(Side::Ma, "urgent_direct");
    pair.cut(false);
    pair.settle();
    pair.assert_same();
    agree(&pair);
}

#[test]
fn rule_05_a_restored_node_learns_by_courier_that_it_is_behind_and_signs_nothing() {
    let mut pair = TestPair::by_courier(21);
    // A second key: the restored node's randomness begins anew in this test and makes the first once more.
    pair.fr().app.rotate_sealing_key(false).unwrap();
    pair.carry(Side::Fr);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    pair.fr().store.backup(&at("main"), &at("keys")).unwrap();
    pair.ask(Side::Fr, "normal");
    pair.settle_by_courier();
    let file = pair.pack(Side::Ma).unwrap();
    SqliteStore::restore(&at("restored"), &at("main"), &at("keys")).unwrap();
    let store = Arc::new(SqliteStore::open(&at("restored")).unwrap());
    let again = TestNode::build("fr")
        .seed(21)
        .time(&pair.time)
        .officers(&[])
        .store(store)
        .open()
        .unwrap();
    let ma = pair.ma().name.clone();
    let size = || {
        again
            .look(|tx| tx.register(&ma, Direction::Out))
            .unwrap()
            .size
    };
    let before = size();
    // Closed until its partner was heard; where there is no line, people open it alone, with a reason.
    assert!(matches!(again.officer("liaison"), Err(AppError::Closed)));
    again.app.open_alone("no line, couriers only").unwrap();
    let officer = again.officer("liaison").unwrap();
    let unpack = |file: &[u8]| {
        let mut file = std::io::Cursor::new(file);
        again
            .app
            .courier_unpack(&officer, None, &mut file, &mut |_, _| {})
    };
    // No backup holds sealing keys: the restored node makes one, and its partner is given the new card.
    assert_eq!(refused(unpack(&file)), CourierFault::KeyUnknown);
    pair.ma().pin(&again).unwrap();
    let file = pair.pack(Side::Ma).unwrap();
    assert_eq!(refused(unpack(&file)), CourierFault::OwnBehind);
    let evidence = again.look(|tx| tx.evidence(&ma, 9)).unwrap();
    assert_eq!(evidence[0].what, "own-register-behind");
    assert_eq!(size(), before);
    let packed = again
        .app
        .courier_pack(&officer, &ma, &mut Vec::new(), &mut |_, _| {});
    assert!(matches!(packed, Err(AppError::Link(_))));
}

#[test]
fn only_those_who_carry_pack_and_unpack_and_both_leave_a_trace() {
    let pair = TestPair::by_courier(18);
    let investigator = pair.ma().officer("investigator").unwrap();
    let mut file = Vec::new();
    let packed =
        pair.ma()
            .app
            .courier_pack(&investigator, &pair.fr().name, &mut file, &mut |_, _| {});
    assert!(matches!(packed, Err(AppError::Forbidden)));
    assert!(file.is_empty());
    let unpacked = pair.ma().app.courier_unpack(
        &investigator,
        None,
        &mut std::io::Cursor::new(&file),
        &mut |_, _| {},
    );
    assert!(matches!(unpacked, Err(AppError::Forbidden)));
    let before = pair.ma().look(|tx| tx.access(1_000, 0)).unwrap().len();
    pair.pack(Side::Ma).unwrap();
    assert!(pair.unpack(Side::Ma, b"none").is_err());
    let after = pair.ma().look(|tx| tx.access(1_000, 0)).unwrap().len();
    // The wish, and with its file's digest the act; of what is no bundle only the wish.
    assert_eq!(after, before + 3);
    let liaison = pair.ma().officer("liaison").unwrap();
    let view = pair.ma().app.courier(&liaison, &pair.fr().name).unwrap();
    assert!(view.may_carry && view.packed.is_some() && !view.key_past);
    let view = pair.ma().app.courier(&investigator, &pair.fr().name);
    assert!(!view.unwrap().may_carry);
}

/// Sets how many leaves `fr` counts as received from `ma` today.
fn counted(pair: &TestPair, count: u64) {
    let day = pair.time.now().0.div_euclid(DAY);
    let key = format!("received/ma/{day}");
    let set = pair
        .fr()
        .store
        .update("test", move |tx| tx.set_setting(&key, &count.to_be_bytes()));
    set.unwrap();
}

#[test]
fn the_quota_of_the_day_holds_for_couriers_too_and_loses_nothing() {
    let mut pair = TestPair::by_courier(19);
    let officer = pair.fr().officer("liaison").unwrap();
    let view = pair.fr().app.partner(&officer, &pair.ma().name).unwrap();
    let quota = u64::from(view.terms.unwrap().quotas.entries_a_day);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    let held = pair.holdings(Side::Fr);
    counted(&pair, quota + 1);
    assert_eq!(
        refused(pair.unpack(Side::Fr, &file)),
        CourierFault::OverQuota
    );
    assert_eq!(pair.holdings(Side::Fr), held);
    pair.time.advance(DAY);
    assert!(pair.unpack(Side::Fr, &file).unwrap().entries > 0);
    pair.settle_by_courier();
    pair.assert_same();
    // Used up in the middle of a bundle: the batches after it wait for the same file tomorrow.
    let held = pair.holdings(Side::Fr).1;
    let mut liar = Liar::of(&pair, Side::Ma);
    let mut frames = Vec::new();
    for leaf in [vec![9, 1], vec![9, 2]] {
        let from = liar.size();
        liar.push_leaf(leaf);
        frames.push(batch(&liar, from));
    }
    frames.insert(0, hello(&liar, liar.size(), None));
    let file = made(&pair, &frames, &pair.ma().signing_key());
    counted(&pair, quota);
    assert!(pair.unpack(Side::Fr, &file).unwrap().stopped_by_quota);
    assert_eq!(pair.holdings(Side::Fr).1, held + 1);
    pair.time.advance(DAY);
    assert!(!pair.unpack(Side::Fr, &file).unwrap().stopped_by_quota);
    assert_eq!(pair.holdings(Side::Fr).1, held + 2);
}
