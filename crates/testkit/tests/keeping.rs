//! FIELD B5: contents are reviewed in time, and where nobody decides both ends erase them and both can prove it. A hold, what is owed and a
//! clock that nobody confirms stop that.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, InputFault, Recorded};
use entente_core::codes::Ask;
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::judge::Irregular;
use entente_store::{BodyState, EntryRow, ReviewRow};
use entente_testkit::backup::Backup;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

#[path = "keeping/beside.rs"]
mod beside;
#[path = "keeping/each.rs"]
mod each;
#[path = "keeping/terms.rs"]
mod terms;

const SIDES: [Side; 2] = [Side::Ma, Side::Fr];
const DAY: i64 = 86_400_000;
/// The charter's term and the kind's: three years.
const TERM: i64 = 3 * 365 * DAY;

/// What says only that something was erased.
const EVIDENCE: [&str; 4] = ["erase", "ask_erasure", "attest_erasure", "expired"];

fn entries(pair: &TestPair, side: Side, dossier: DossierId) -> Vec<EntryRow> {
    let all = pair.node(side).entries().unwrap();
    all.into_iter().filter(|e| e.dossier == dossier).collect()
}

/// How many entries a side can still read, evidence aside.
fn readable(pair: &TestPair, side: Side, dossier: DossierId) -> usize {
    let rows = entries(pair, side, dossier).into_iter();
    rows.filter(|row| row.body == BodyState::Here && !EVIDENCE.contains(&row.kind.as_str()))
        .count()
}

/// Entries of a type that a node wrote, as a side has them.
fn written(pair: &TestPair, side: Side, dossier: DossierId, kind: &str, by: &str) -> Vec<EntryId> {
    let by: NodeName = by.parse().unwrap();
    let rows = entries(pair, side, dossier).into_iter();
    let rows = rows.filter(|row| row.kind == kind && pair.node(side).header(row.id).node() == by);
    rows.map(|row| row.id).collect()
}

/// A request with its answer and feedback: nothing is owed in it.
fn answered(pair: &mut TestPair) -> DossierId {
    let (dossier, target) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.answer(Side::Fr, dossier, target);
    pair.settle();
    let open = pair.open_one(Side::Ma, dossier, Ask::Feedback);
    pair.feedback(Side::Ma, dossier, open.id, "eliminated_lead");
    pair.settle();
    for side in SIDES {
        assert!(readable(pair, side, dossier) >= 3, "{side:?}");
    }
    dossier
}

/// So many days pass; both nodes hear each other, and each looks after its reviews, several times as its job does.
fn days(pair: &mut TestPair, count: i64) {
    pair.time.advance(count * DAY);
    for side in SIDES {
        // As every day: so they hear what the other's clock says.
        pair.node(side).app.witness_journal().unwrap();
    }
    pair.settle();
    for _ in 0..2 {
        for side in SIDES {
            pair.node(side).app.keep_reviews().unwrap();
        }
        pair.settle();
    }
}

fn review(pair: &TestPair, side: Side, dossier: DossierId) -> ReviewRow {
    let found = pair.node(side).look(|tx| tx.review(dossier)).unwrap();
    found.expect("worked out")
}

/// Nobody decides: both ends lose every body, each says so under signature and answers the other, and both hold the same.
#[test]
fn invariant_10_where_nobody_decides_both_ends_erase_and_both_prove_it() {
    let mut pair = TestPair::linked(901);
    let dossier = answered(&mut pair);
    let file = Writing::on(dossier, &[("text", "Pièce.")]).file("piece.bin", vec![7; 70_000]);
    pair.write(Side::Fr, "note", &file);
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour nous.")]).own_only(),
    );
    pair.settle();
    days(&mut pair, TERM / DAY - 20);
    for side in SIDES {
        let due = review(&pair, side, dossier);
        assert!(due.told_ms > 0, "{side:?}: announced");
        assert!(readable(&pair, side, dossier) >= 4, "{side:?}");
    }
    // The day itself, and the time of grace but for a day.
    days(&mut pair, 21);
    days(&mut pair, 12);
    for side in SIDES {
        assert!(readable(&pair, side, dossier) >= 4, "{side:?}: grace");
    }
    days(&mut pair, 3);
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier), 0, "{side:?}");
        for by in ["ma", "fr"] {
            let said = written(&pair, side, dossier, "expired", by);
            assert!(!said.is_empty(), "{side:?} of {by}");
            let asked = written(&pair, side, dossier, "ask_erasure", by);
            assert_eq!(asked.len(), 1, "{side:?} of {by}: once for all of it");
        }
        let rows = pair.node(side).obligations(Some(dossier)).unwrap();
        let open = rows.iter().filter(|row| row.state.is_open()).count();
        assert_eq!(open, 0, "{side:?}: each node's word answers the other's");
        let title = pair.node(side).look(|tx| tx.dossier(dossier)).unwrap();
        assert!(title.unwrap().title.is_empty(), "{side:?}");
        for by in ["ma", "fr"] {
            for kind in ["erase", "expired"] {
                let id = written(&pair, side, dossier, kind, by)[0];
                let officer = pair.node(side).officer("liaison").unwrap();
                let proof = pair.node(side).app.proof(&officer, id);
                assert!(proof.is_ok(), "{side:?} {kind} of {by}: {proof:?}");
            }
        }
        pair.node(side).check().unwrap();
    }
    pair.assert_same();
    // And that is the end of it: the next days write nothing more.
    let before = SIDES.map(|side| entries(&pair, side, dossier).len());
    days(&mut pair, 40);
    assert_eq!(
        before,
        SIDES.map(|side| entries(&pair, side, dossier).len())
    );
}

/// A node put back to a backup of before, keys and all, hears what it had erased from its partner, and destroys it again: what it wrote and
/// its copies of what the other wrote. Nobody needs to know that the term had passed.
#[test]
fn rule_06_a_backup_of_before_the_end_of_a_term_brings_nothing_back() {
    let mut pair = TestPair::linked(907);
    let dossier = answered(&mut pair);
    days(&mut pair, TERM / DAY - 20);
    let backup = Backup::of(pair.fr());
    for after in [21, 12, 3] {
        days(&mut pair, after);
    }
    assert_eq!(readable(&pair, Side::Fr, dossier), 0);
    backup.restore(&mut pair, Side::Fr);
    pair.settle();
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier), 0, "{side:?}");
        pair.node(side).check().unwrap();
    }
    pair.assert_same();
}

/// Nothing asked goes unanswered: what is owed keeps what it needs, however long.
#[test]
fn invariant_1_what_is_owed_stops_erasure_until_it_is_answered() {
    let mut pair = TestPair::linked(902);
    let (dossier, target) = pair.ask(Side::Ma, "normal");
    pair.settle();
    days(&mut pair, TERM / DAY);
    days(&mut pair, 20);
    days(&mut pair, 400);
    for side in SIDES {
        assert!(readable(&pair, side, dossier) > 0, "{side:?}");
    }
    let gone = Writing::on(dossier, &[]);
    let refused = pair.try_write(Side::Ma, "expired", &gone);
    assert!(
        matches!(refused, Err(AppError::Irregular(Irregular::StillOwed))),
        "{refused:?}"
    );
    pair.answer(Side::Fr, dossier, target);
    pair.settle();
    let open = pair.open_one(Side::Ma, dossier, Ask::Feedback);
    pair.feedback(Side::Ma, dossier, open.id, "eliminated_lead");
    pair.settle();
    // Whoever waited so long for the answer has the time of grace to use it.
    days(&mut pair, 1);
    for side in SIDES {
        assert!(readable(&pair, side, dossier) > 0, "{side:?}");
    }
    days(&mut pair, 14);
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier), 0, "{side:?}");
    }
    pair.assert_same();
}

/// A hold set by one side stops both nodes' silence, on the entry that it names or on all; it ends by itself, and its setter lifts it.
#[test]
fn a_hold_stops_what_nobody_decided_at_both_ends_and_has_an_end() {
    let mut pair = TestPair::linked(903);
    let held = answered(&mut pair);
    let partly = answered(&mut pair);
    pair.time.advance(TERM - 40 * DAY);
    pair.settle();
    let today = pair.ma().app.now().0;
    let day = |after: i64| day_of(today + after * DAY);
    let hold = [("ground", "court_order"), ("until", &day(300))];
    let set = pair.write(Side::Ma, "hold", &Writing::on(held, &hold));
    let opening = partly.opening().to_string();
    let one = [
        ("entry", opening.as_str()),
        ("ground", "rights"),
        ("until", &day(100)),
    ];
    pair.write(Side::Fr, "hold", &Writing::on(partly, &one));
    let beyond = [("ground", "court_order"), ("until", &day(400))];
    let refused = pair.try_write(Side::Ma, "hold", &Writing::on(held, &beyond));
    let last = problem(refused);
    let after_a_year = Instant(today + 367 * DAY);
    assert!(
        matches!(last, ("until", Problem::TooLate(day)) if (day - after_a_year).0.abs() <= DAY),
        "{last:?}"
    );
    pair.settle();
    for after in [40, 16, 20] {
        days(&mut pair, after);
    }
    for side in SIDES {
        assert!(readable(&pair, side, held) >= 3, "{side:?}");
        assert_eq!(
            readable(&pair, side, partly),
            1,
            "{side:?}: the opening alone"
        );
        assert!(written(&pair, side, partly, "expired", "ma").is_empty());
    }
    // Our own people lift the hold first; the other's hold is no reason for them.
    let lift = set.entry.to_string();
    for kind in ["expired", "erase"] {
        let all = if kind == "erase" {
            vec![("all", "on")]
        } else {
            Vec::new()
        };
        let refused = pair.try_write(Side::Ma, kind, &Writing::on(held, &all));
        let is_held = matches!(refused, Err(AppError::Input(InputFault::Held)));
        assert!(is_held, "{kind}: {refused:?}");
    }
    let strange = pair.try_write(
        Side::Fr,
        "lift_hold",
        &Writing::on(held, &[("hold", &lift)]),
    );
    assert!(
        matches!(strange, Err(AppError::Irregular(Irregular::NotOriginator))),
        "{strange:?}"
    );
    pair.write(
        Side::Ma,
        "lift_hold",
        &Writing::on(held, &[("hold", &lift)]),
    );
    pair.settle();
    // Announced anew, and gone after the time of grace.
    for after in [1, 10, 5] {
        days(&mut pair, after);
    }
    for side in SIDES {
        assert_eq!(readable(&pair, side, held), 0, "{side:?}");
        assert_eq!(readable(&pair, side, partly), 1, "{side:?}");
    }
    days(&mut pair, 60);
    for side in SIDES {
        assert_eq!(readable(&pair, side, partly), 0, "{side:?}: the hold ended");
    }
    pair.assert_same();
}

/// What its originator destroys is gone at the recipient, whatever hold is set there: erasure wins.
#[test]
fn an_originators_erasure_passes_over_a_hold_of_the_recipient() {
    let mut pair = TestPair::linked(904);
    let dossier = answered(&mut pair);
    let day = day_of(pair.ma().app.now().0 + 50 * DAY);
    let hold = [("ground", "proceedings"), ("until", day.as_str())];
    pair.write(Side::Fr, "hold", &Writing::on(dossier, &hold));
    pair.settle();
    let opening = dossier.opening();
    let erase = opening.to_string();
    pair.write(
        Side::Ma,
        "erase",
        &Writing::on(dossier, &[("entry", &erase)]),
    );
    pair.settle();
    for side in SIDES {
        let row = pair.node(side).entry(opening).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Erased, "{side:?}");
    }
    pair.assert_same();
}

/// Each state reviews for itself: who prolongs keeps its copies and what it wrote, unless their originator's term has passed.
#[test]
fn a_prolongation_is_of_ones_own_node_and_within_the_term() {
    let mut pair = TestPair::linked(905);
    let dossier = answered(&mut pair);
    let other = answered(&mut pair);
    pair.time.advance(TERM - 20 * DAY);
    pair.settle();
    let today = pair.ma().app.now().0;
    let until = |days: i64| day_of(today + days * DAY);
    let keep = |day: &str| Writing::on(dossier, &[("until", day), ("why", "still_needed")]);
    let refused = problem(pair.try_write(Side::Ma, "keep", &keep(&until(1_100))));
    let ("until", Problem::TooLate(last)) = refused else {
        panic!("{refused:?}");
    };
    // It names the last day that is taken, and takes it.
    let keep_other =
        |day: i64| Writing::on(other, &[("until", &day_of(day)), ("why", "still_needed")]);
    let refused = problem(pair.try_write(Side::Ma, "keep", &keep_other(last.0 + DAY)));
    assert_eq!(refused, ("until", Problem::TooLate(last)));
    pair.write(Side::Ma, "keep", &keep_other(last.0));
    pair.write(Side::Ma, "keep", &keep(&until(200)));
    pair.settle();
    for after in [1, 20, 20] {
        days(&mut pair, after);
    }
    let own = written(&pair, Side::Ma, dossier, "request.open", "ma");
    let row = pair.ma().entry(own[0]).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Here, "kept by whoever prolonged");
    let copy = pair.fr().entry(own[0]).unwrap().unwrap();
    assert_eq!(
        copy.body,
        BodyState::Erased,
        "the recipient's own term passed"
    );
    let theirs = written(&pair, Side::Ma, dossier, "request.answer", "fr");
    let row = pair.ma().entry(theirs[0]).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Erased, "its originator's term passed");
    let rows = pair.node(Side::Ma).obligations(Some(dossier)).unwrap();
    let open = rows.iter().filter(|row| row.state.is_open()).count();
    assert_eq!(open, 1, "people attest where only one side ended");
    for after in [150, 30] {
        days(&mut pair, after);
    }
    assert_eq!(readable(&pair, Side::Ma, dossier), 0);
    pair.assert_same();
}

/// A clock that jumped years ahead erases nothing, and what it announced gives no time of grace away, until a partner or an administrator
/// confirms it.
#[test]
fn a_clock_that_nobody_confirms_erases_nothing() {
    let mut pair = TestPair::linked(906);
    let dossier = answered(&mut pair);
    days(&mut pair, 1);
    pair.cut(true);
    pair.ma().app.keep_reviews().unwrap();
    pair.time.advance(TERM + 30 * DAY);
    for _ in 0..30 {
        pair.time.advance(3 * DAY);
        assert_eq!(pair.ma().app.keep_reviews().unwrap(), 0);
    }
    assert!(readable(&pair, Side::Ma, dossier) >= 3);
    assert_eq!(review(&pair, Side::Ma, dossier).told_ms, 0, "not announced");
    let other = pair.ma().officer("liaison").unwrap();
    let refused = pair.ma().app.confirm_clock(&other);
    assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
    // An administrator confirms it, and even then it is announced first.
    let administrator = pair.ma().officer("administrator").unwrap();
    pair.ma().app.confirm_clock(&administrator).unwrap();
    pair.ma().app.keep_reviews().unwrap();
    assert!(review(&pair, Side::Ma, dossier).told_ms > 0);
    for _ in 0..14 {
        assert!(readable(&pair, Side::Ma, dossier) >= 3);
        pair.time.advance(DAY);
        pair.ma().app.keep_reviews().unwrap();
    }
    pair.time.advance(DAY);
    pair.ma().app.keep_reviews().unwrap();
    assert_eq!(readable(&pair, Side::Ma, dossier), 0);
}

/// Why a field was refused.
fn problem(result: Result<Recorded, AppError>) -> (&'static str, Problem) {
    match result {
        Err(AppError::Fields(errors)) => (errors[0].field, errors[0].problem),
        other => panic!("{other:?}"),
    }
}

/// The day as people write it.
fn day_of(ms: i64) -> String {
    Instant(ms).to_civil().chars().take(10).collect()
}
