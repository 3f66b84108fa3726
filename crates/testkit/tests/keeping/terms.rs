//! A charter of another term reaches the dossiers that are there: both ends work out their days again, portion by portion.

use super::{DAY, SIDES, Side, TERM, answered, day_of, days, readable, review, written};
use entente_app::{Recording, Stays};
use entente_core::codes::KeepReason;
use entente_core::ids::DossierId;
use entente_core::keeping::Because;
use entente_core::terms::TermsDraft;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::TestPair;
use serde_json::json;

/// Both sides agree that contents are reviewed after so many days.
fn agree(pair: &mut TestPair, days: i64) {
    change(pair, json!({"review": format!("{days}d")}));
}

fn change(pair: &mut TestPair, terms: serde_json::Value) {
    let draft: TermsDraft = serde_json::from_value(terms).unwrap();
    let amended = Writing::on(pair.charter.unwrap(), &[]);
    let proposal = Recording {
        terms: Some(draft),
        ..recording("charter.propose", &amended).unwrap()
    };
    let liaison = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&liaison, proposal).unwrap();
    pair.wire.wake(0);
    pair.agree(Side::Fr);
}

/// The day that a term gives a dossier, from its opening.
fn expected(pair: &TestPair, dossier: DossierId, days: i64) -> i64 {
    let opened = pair.ma().header(dossier.opening()).at;
    (opened.0 + days * DAY + DAY - 1).div_euclid(DAY) * DAY
}

/// A shorter term moves the day of what is there, at both ends alike, and is announced before anything goes; a longer one moves it back. A
/// charter that says the same again takes nothing of the time of grace.
#[test]
fn a_charters_shorter_term_reaches_the_dossiers_that_are_there() {
    let mut pair = TestPair::linked(921);
    let dossier = answered(&mut pair);
    days(&mut pair, 1);
    let whole = expected(&pair, dossier, TERM / DAY);
    for side in SIDES {
        assert_eq!(review(&pair, side, dossier).due_ms, whole, "{side:?}");
    }
    for term in [90, 400, 60] {
        agree(&mut pair, term);
        days(&mut pair, 1);
        for side in SIDES {
            let row = review(&pair, side, dossier);
            assert_eq!(row.due_ms, expected(&pair, dossier, term), "{side:?}");
            assert_eq!(row.told_ms, 0, "{side:?}");
        }
    }
    days(&mut pair, 50);
    let told = SIDES.map(|side| review(&pair, side, dossier));
    assert!(told.iter().all(|row| row.told_ms != 0));
    change(&mut pair, json!({"delivery": "20h"}));
    days(&mut pair, 1);
    assert_eq!(told, SIDES.map(|side| review(&pair, side, dossier)));
    // Sooner than today: it is announced, and stays for the time of grace.
    agree(&mut pair, 30);
    days(&mut pair, 1);
    days(&mut pair, 13);
    for side in SIDES {
        assert!(readable(&pair, side, dossier) >= 3, "{side:?}: grace");
    }
    days(&mut pair, 2);
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier), 0, "{side:?}");
        assert!(!written(&pair, side, dossier, "expired", "fr").is_empty());
    }
    pair.assert_same();
}

/// Many dossiers follow in portions, from a place that a crash leaves where it was; a charter that comes meanwhile is not missed.
/// Take out: in `app/src/keeping/again.rs`, what `again` is for; or the place.
#[test]
fn reviews_are_worked_out_again_in_portions_that_survive_a_crash() {
    let mut pair = TestPair::linked(922);
    let dossiers: Vec<DossierId> = (0..130).map(|_| pair.ask(Side::Ma, "normal").0).collect();
    pair.settle();
    days(&mut pair, 1);
    let moved = |pair: &TestPair, side, term| {
        let day = |dossier: &&DossierId| {
            review(pair, side, **dossier).due_ms == expected(pair, **dossier, term)
        };
        dossiers.iter().filter(day).count()
    };
    agree(&mut pair, 90);
    pair.ma().app.review_some_again(1).unwrap();
    let some = moved(&pair, Side::Ma, 90);
    assert!(some > 0 && some < 130, "{some}: a portion");
    pair.restart(Side::Ma);
    assert_eq!(moved(&pair, Side::Ma, 90), some);
    // Another one comes while the pass is under way.
    agree(&mut pair, 60);
    pair.ma().app.review_some_again(1).unwrap();
    pair.restart(Side::Ma);
    days(&mut pair, 1);
    for side in SIDES {
        assert_eq!(moved(&pair, side, 60), 130, "{side:?}");
    }
    // And that is the end of it.
    let rows = |pair: &TestPair| -> Vec<_> {
        let all = dossiers.iter().map(|d| review(pair, Side::Ma, *d));
        all.collect()
    };
    let before = rows(&pair);
    pair.ma().app.review_some_again(9).unwrap();
    assert_eq!(before, rows(&pair));
}

/// A review that names an earlier day than the one that stands changes nothing, and both sides read that; the dossier's head says which
/// day it is and why.
#[test]
fn a_prolongation_to_an_earlier_day_says_that_the_review_stands() {
    let mut pair = TestPair::linked(923);
    let dossier = answered(&mut pair);
    let head = |pair: &TestPair, side: Side| {
        let liaison = pair.node(side).officer("liaison").unwrap();
        let view = pair
            .node(side)
            .app
            .dossier(&liaison, dossier, None)
            .unwrap();
        view.review.unwrap()
    };
    let whole = expected(&pair, dossier, TERM / DAY);
    for side in SIDES {
        let head = head(&pair, side);
        assert_eq!((head.due.0, head.because), (whole, Because::Opened));
        assert!(head.erased_from.is_none() && head.stays.is_empty());
    }
    let keep = |pair: &mut TestPair, after: i64, why| {
        let day = day_of(pair.ma().app.now().0 + after * DAY);
        let fields = [("until", day.as_str()), ("why", why)];
        let entry = pair
            .write(Side::Ma, "keep", &Writing::on(dossier, &fields))
            .entry;
        pair.settle();
        entry
    };
    let stands = |pair: &TestPair, entry| {
        SIDES.map(|side| {
            let liaison = pair.node(side).officer("liaison").unwrap();
            let app = &pair.node(side).app;
            let left = app.leaves_standing(&liaison, entry).unwrap();
            assert_eq!(app.entry(&liaison, entry).unwrap().left_standing, left);
            left.map(|day| day.0)
        })
    };
    let early = keep(&mut pair, 90, "law");
    assert_eq!(stands(&pair, early), [Some(whole); 2]);
    assert_eq!(head(&pair, Side::Ma).because, Because::Opened);
    pair.time.advance(200 * DAY);
    let later = keep(&mut pair, TERM / DAY - 1, "new_facts");
    assert_eq!(stands(&pair, later), [None; 2]);
    let moved = head(&pair, Side::Ma);
    assert_eq!(moved.because, Because::Kept(KeepReason::NewFacts));
    assert!(moved.due.0 > whole);
    assert_eq!(head(&pair, Side::Fr).due.0, whole, "its own review");
    pair.time.advance(DAY);
    let early_again = keep(&mut pair, 300, "law");
    assert_eq!(stands(&pair, early_again), [Some(moved.due.0); 2]);
    // What came later changes nothing of what an entry did.
    assert_eq!(stands(&pair, early), [Some(whole); 2]);
    assert_eq!(stands(&pair, later), [None; 2]);
    // A hold stands at the head too, and closing brings the day nearer.
    let until = day_of(pair.ma().app.now().0 + 30 * DAY);
    let hold = [("ground", "rights"), ("until", until.as_str())];
    pair.write(Side::Ma, "hold", &Writing::on(dossier, &hold));
    pair.write(Side::Ma, "close", &Writing::on(dossier, &[]));
    pair.settle();
    let closed = head(&pair, Side::Ma);
    assert_eq!(closed.because, Because::Closed);
    assert_eq!(closed.stays, [Stays::Held]);
    assert!(closed.due < moved.due);
}
