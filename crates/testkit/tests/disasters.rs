//! Disasters that last: a year of suspension, a disk that is full for days, a partner that lost everything but its key file. What was asked
//! stays asked.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::AppError;
use entente_core::ids::ObligationId;
use entente_core::instant::Instant;
use entente_store::Direction;
use entente_store::sqlite::SqliteStore;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::sync::Arc;

const DAY: i64 = 86_400_000;

/// Takes out the process of a side and gives it an empty disk: nothing is left but its key file.
fn loses_its_disk(pair: &mut TestPair, side: Side) {
    pair.wire.die(side.index(), true);
    let empty = Arc::new(SqliteStore::open_in_memory().unwrap());
    let home = tempfile::tempdir().unwrap();
    pair.nodes[side.index()].move_to(empty, home).unwrap();
}

fn open_at(pair: &TestPair, side: Side) -> Vec<ObligationId> {
    let rows = pair.node(side).obligations(None).unwrap();
    let open = rows.into_iter().filter(|row| row.state.is_open());
    open.map(|row| row.id).collect()
}

/// 150 asks are open when both sides suspend. A year passes with work on both sides, restarts and a new key; then everything goes on:
/// nothing is lost, nothing is late for the suspension, and both ledgers are equal.
///
/// Take out: in `app/src/own_register.rs::append_outbox`, `held_back`; in `core`, the stop of clocks while suspended.
#[test]
fn invariant_13_a_year_of_suspension_with_150_obligations_open_loses_nothing() {
    let mut pair = TestPair::linked(171);
    let charter = pair.charter.unwrap();
    let mut asked: Vec<(Side, ObligationId)> = Vec::new();
    for n in 0..150 {
        let side = Side::BOTH[n % 2];
        asked.push((side, pair.ask(side, "normal").1));
    }
    pair.settle();
    let due: Vec<i64> = asked
        .iter()
        .map(|(_, id)| pair.obligation(Side::Ma, *id).due_ms.unwrap())
        .collect();
    let before = open_at(&pair, Side::Ma);
    let matter = pair.obligation(Side::Ma, asked[0].1).dossier;
    let talks = Writing::on(charter, &[("text", "talks")]);
    pair.write(Side::Ma, "charter.suspend", &talks);
    pair.settle();
    pair.write(Side::Fr, "charter.suspend", &talks);
    pair.settle();
    let mut waiting = Vec::new();
    for month in 0..12 {
        pair.time.advance(365 * DAY / 12);
        let side = Side::BOTH[month % 2];
        let written = Writing::on(matter, &[("text", "Écrit pendant la suspension.")]);
        waiting.push((side, pair.write(side, "note", &written).entry));
        if month == 5 {
            pair.ma().app.rotate_signing_key().unwrap();
        }
        if month % 4 == 3 {
            pair.restart(side);
        }
        pair.settle();
        for side in Side::BOTH {
            assert_eq!(open_at(&pair, side), before, "month {month} at {side:?}");
        }
    }
    for (side, entry) in &waiting {
        let there = pair.node(side.other()).entry(*entry).unwrap();
        assert!(there.is_none(), "content waits");
    }
    for side in Side::BOTH {
        pair.write(side, "charter.resume", &Writing::on(charter, &[]));
        pair.settle();
    }
    for (side, entry) in &waiting {
        assert!(pair.node(side.other()).entry(*entry).unwrap().is_some());
    }
    for ((_, id), due) in asked.iter().zip(due) {
        let row = pair.obligation(Side::Fr, *id);
        assert!(row.state.is_open());
        let later = row.due_ms.unwrap();
        let stood = later - due;
        assert!((365 * DAY - 1..366 * DAY).contains(&stood), "{stood} ms");
        assert!(Instant(later) > pair.time.now(), "not late for it");
    }
    let today = |side: Side| {
        let node = pair.node(side);
        let actor = node.officer("liaison").unwrap();
        node.app.today(&actor).unwrap()
    };
    let _shown = Side::BOTH.map(today);
    // And the work goes on: each side answers what it owes.
    for (side, id) in asked.into_iter().take(10) {
        let dossier = pair.obligation(side, id).dossier;
        pair.answer(side.other(), dossier, id);
    }
    pair.settle();
    pair.assert_same();
    assert_eq!(pair.ma().verifying_keys().len(), 2);
}

/// While a disk is full nothing is written and nothing is promised: readers go on reading, the partner keeps what it has, and nothing
/// that was confirmed is missing afterwards.
///
/// Take out: `Input::StorageFailed` in `app/src/driver.rs::run`.
#[test]
fn invariant_03_a_full_disk_refuses_and_loses_nothing() {
    for full in Side::BOTH {
        let mut pair = TestPair::linked(172);
        let (dossier, asked) = pair.ask(full.other(), "normal");
        pair.settle();
        let held = pair.held(full).unwrap();
        pair.node(full).disk.fill_up();
        let charter = pair.charter.unwrap();
        let refused = pair.try_write(full, "note", &Writing::on(charter, &[("text", "Refusé.")]));
        assert!(matches!(refused, Err(AppError::Store(_))), "{refused:?}");
        let confirmed = pair.note(full.other(), "Écrit à côté.");
        for _ in 0..30 {
            pair.round();
        }
        assert_eq!(pair.held(full).unwrap(), held, "no receipt without a disk");
        let partner = pair.node(full).name.clone();
        let (receipted, size, waiting) = pair.node(full.other()).app.receipted(&partner).unwrap();
        assert!(receipted < size || waiting > 0, "the gap is a figure");
        let looked = pair.node(full).look(|tx| tx.obligation(asked)).unwrap();
        assert!(looked.is_some(), "what is there can be read");
        pair.node(full).disk.restart();
        pair.answer(full, dossier, asked);
        pair.settle();
        pair.assert_same();
        assert!(pair.node(full).entry(confirmed).unwrap().is_some());
        pair.node(full).check().unwrap();
    }
}

/// The same, and the one that is pinned again had changed its key since, in other batches than the first: its card names the keys that its
/// register begins with.
///
/// Take out: in `link/src/session/keys.rs`, `former` of `of_chain`; in `app/src/receive.rs`, `begin_their_keys`.
#[test]
fn rule_15_a_card_pinned_afresh_takes_a_register_whose_key_changed_on_the_way() {
    for (changes, later) in [(1, true), (3, true), (2, false)] {
        let lost = Side::Fr;
        let mut pair = TestPair::linked(174);
        // More than fits one batch: the first one ends before any change.
        let document = format!("\"{}\"", "mot ".repeat(210_000));
        for number in 0..6 {
            let title = format!("Déclaration {number}");
            let opened = Writing::new(&[("title", &title), ("document", &document)]);
            pair.write(lost.other(), "declaration.open", &opened);
            pair.settle();
        }
        for number in 0..changes {
            pair.note(lost.other(), "Sous une clé d’avant.");
            pair.settle();
            pair.rotate(lost.other());
            pair.settle();
            if later || number == 0 {
                pair.note(lost.other(), "Sous une clé de plus.");
                pair.settle();
            }
        }
        let held = pair.held(lost).unwrap();
        loses_its_disk(&mut pair, lost);
        pair.node(lost).pin(pair.node(lost.other())).unwrap();
        let mut settled = pair.try_settle();
        for _ in 0..3 {
            if settled.is_ok() {
                break;
            }
            settled = pair.try_settle();
        }
        settled.unwrap();
        assert!(pair.held(lost).unwrap() >= held, "all of it came again");
        assert!(pair.compare(pair.time.now()).unwrap());
        for side in Side::BOTH {
            let evidence = pair.evidence(side);
            assert!(
                evidence.iter().all(|e| e.what == "restored"),
                "{evidence:?}"
            );
        }
        // What it knows of the keys survives a restart, and the next change is followed.
        pair.restart(lost);
        pair.node(lost.other()).app.rotate_signing_key().unwrap();
        pair.note(lost.other(), "Sous la clé suivante.");
        pair.settle();
        let followed = pair.node(lost).app.partners_key_changes().unwrap();
        assert_eq!(followed.len(), changes + 1);
        pair.node(lost).check().unwrap();
    }
}

/// A partner lost its disk and every backup of it, and has its key file. Pinned again, both get their registers back from each other.
#[test]
fn rule_05_a_partner_that_kept_only_its_key_file_gets_its_register_back() {
    for lost in Side::BOTH {
        let mut pair = TestPair::linked(173);
        let (dossier, asked) = pair.ask(lost, "normal");
        pair.settle();
        pair.answer(lost.other(), dossier, asked);
        pair.note(lost, "Avant la perte.");
        pair.settle();
        let partner = pair.node(lost.other()).name.clone();
        let size = |pair: &TestPair| {
            let head = pair
                .node(lost)
                .look(|tx| tx.register(&partner, Direction::Out));
            head.unwrap().size
        };
        let (before, open) = (size(&pair), open_at(&pair, lost.other()));
        loses_its_disk(&mut pair, lost);
        assert_eq!(size(&pair), 0);
        // Its people pin the partner again; the partner's have nothing to do: the card has the fingerprint of before.
        pair.node(lost).pin(pair.node(lost.other())).unwrap();
        let mut settled = pair.try_settle();
        for _ in 0..3 {
            if settled.is_ok() {
                break;
            }
            settled = pair.try_settle();
        }
        settled.unwrap();
        assert_eq!(size(&pair), before, "nothing new was signed");
        assert_eq!(open_at(&pair, lost), open);
        assert!(
            !pair
                .node(lost)
                .app
                .reopening()
                .unwrap()
                .unwrap()
                .is_closed()
        );
        let same = pair.compare(pair.time.now()).unwrap();
        assert!(same, "both ledgers at equal cuts");
        pair.node(lost).check().unwrap();
    }
}
