//! Amending a charter over a real link: what is proposed is what both sign, and from then on it is what counts.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{CharterView, DossierQuery, Ending, Proposal};
use entente_app::{AppError, Recorded, Recording};
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Urgency};
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Span;
use entente_core::judge::Irregular;
use entente_core::terms::TermsDraft;
use entente_store::blobs::Blobs as _;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::{Value, json};

fn proposal(pair: &TestPair, terms: Value) -> Recording {
    let amended = Writing::on(pair.charter.unwrap(), &[]);
    Recording {
        terms: Some(serde_json::from_value::<TermsDraft>(terms).unwrap()),
        ..recording("charter.propose", &amended).unwrap()
    }
}

fn propose(pair: &mut TestPair, side: Side, terms: Value) -> Result<Recorded, AppError> {
    let wanted = proposal(pair, terms);
    do_it(pair, side, wanted)
}

fn do_it(pair: &mut TestPair, side: Side, what: Recording) -> Result<Recorded, AppError> {
    let node = pair.node(side);
    let done = node.app.record(&node.officer("liaison").unwrap(), what);
    pair.wire.wake(side.index());
    done
}

fn in_force(pair: &TestPair, side: Side) -> Terms {
    let node = pair.node(side);
    let actor = node.officer("liaison").unwrap();
    let charter = node.app.dossier(&actor, pair.charter.unwrap(), None);
    charter.unwrap().charter.unwrap().in_force.unwrap()
}

/// How long an ask may take, as each side shows it.
fn allowed(pair: &TestPair, (dossier, id): (DossierId, ObligationId)) -> [Span; 2] {
    [Side::Ma, Side::Fr].map(|side| {
        let shown = pair.shown(side, dossier, id);
        shown.due.unwrap() - shown.received.unwrap()
    })
}

#[test]
fn amended_clocks_count_for_what_is_asked_from_then_on() {
    let mut pair = TestPair::linked(71);
    let before = pair.ask(Side::Ma, "normal");
    pair.settle();
    let clocks = json!([
        {"ask": "answer", "urgency": "normal", "allowed": "5d"},
        {"ask": "answer", "urgency": "life", "allowed": "20min"},
        {"ask": "acknowledge", "urgency": "normal", "allowed": "12h"},
        {"ask": "feedback", "urgency": "normal", "allowed": "14d"},
        {"ask": "decide", "urgency": "normal", "allowed": "30d"},
        {"ask": "report", "urgency": "normal", "allowed": "365d"},
        {"ask": "correct", "urgency": "normal", "allowed": "7d"},
        {"ask": "erase", "urgency": "normal", "allowed": "7d"},
        {"ask": "attend", "urgency": "normal", "allowed": "7d"},
    ]);
    let wanted = json!({"clocks": clocks, "transit": "1h"});
    propose(&mut pair, Side::Fr, wanted).unwrap();
    pair.agree(Side::Ma);
    for side in Side::BOTH {
        let terms = in_force(&pair, side);
        assert_eq!((terms.version, terms.clocks.len()), (2, 9));
        assert_eq!(
            terms.allowed(Ask::Answer, Urgency::Life),
            Some(Span::minutes(20))
        );
        assert_eq!(terms.transit, Span::hours(1));
        assert!(terms.feedback, "what was not named stays");
    }
    let after = pair.ask(Side::Ma, "normal");
    let urgent = pair.ask(Side::Fr, "life");
    pair.settle();
    assert_eq!(allowed(&pair, before), [Span::days(7); 2]);
    assert_eq!(allowed(&pair, after), [Span::days(5); 2]);
    assert_eq!(allowed(&pair, urgent), [Span::minutes(20); 2]);
    pair.assert_same();
}

#[test]
fn what_is_no_longer_admitted_cannot_be_opened() {
    let mut pair = TestPair::linked(72);
    let open = pair.ask(Side::Ma, "normal");
    pair.settle();
    propose(
        &mut pair,
        Side::Ma,
        json!({"kinds": ["desk", "declaration"]}),
    )
    .unwrap();
    pair.agree(Side::Fr);
    let fields = [("title", "Vols d'engins"), ("aim", "Les comprendre.")];
    for side in Side::BOTH {
        let tried = pair.try_write(side, "investigation.open", &Writing::new(&fields));
        let Err(AppError::Irregular(reason)) = tried else {
            panic!("{side:?}: {tried:?}")
        };
        assert_eq!(reason, Irregular::NotAdmitted);
    }
    // What stood open is not left unanswered.
    pair.answer(Side::Fr, open.0, open.1);
    pair.settle();
    pair.assert_same();
}

#[test]
fn the_limits_of_the_charter_hold_where_something_is_written() {
    let mut pair = TestPair::linked(73);
    let quotas = json!({"entries_a_day": 5_000, "body_bytes": 1_048_576, "file_bytes": 100});
    propose(&mut pair, Side::Ma, json!({"quotas": quotas})).unwrap();
    pair.agree(Side::Fr);
    let desk = pair.charter.unwrap();
    for side in Side::BOTH {
        let entries = pair.node(side).entries().unwrap().len();
        let blobs = pair.node(side).blobs.list().unwrap();
        let file = Writing::on(desk, &[("text", "Pièce.")]).file("a.bin", vec![7; 101]);
        let tried = pair.try_write(side, "note", &file);
        assert!(matches!(tried, Err(AppError::TooLarge(100))), "{tried:?}");
        assert_eq!(pair.node(side).entries().unwrap().len(), entries);
        assert_eq!(
            pair.node(side).blobs.list().unwrap(),
            blobs,
            "nothing stays of a refused file"
        );
        let file = Writing::on(desk, &[("text", "Pièce.")]).file("a.bin", vec![7; 100]);
        pair.write(side, "note", &file);
        // What never crosses is nobody's limit.
        let own = Writing::on(desk, &[("text", "Pour nous.")]).file("a.bin", vec![7; 101]);
        pair.write(side, "note", &own.own_only());
    }
    pair.settle();
    pair.assert_same();
}

#[test]
fn terms_that_cannot_stand_and_terms_where_none_are_proposed_are_refused() {
    let mut pair = TestPair::linked(74);
    let refused = propose(&mut pair, Side::Ma, json!({"clocks": [], "purposes": []}));
    let Err(AppError::Fields(errors)) = refused else {
        panic!("{refused:?}")
    };
    let fields: Vec<&str> = errors.iter().map(|e| e.field).collect();
    assert_eq!(fields, ["purposes", "kinds", "clocks"]);
    let mut note = recording(
        "note",
        &Writing::on(pair.charter.unwrap(), &[("text", "Note.")]),
    )
    .unwrap();
    note.terms = Some(TermsDraft::default());
    let node = pair.ma();
    let refused = node.app.record(&node.officer("liaison").unwrap(), note);
    let Err(AppError::Fields(errors)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (errors[0].field, errors[0].problem),
        ("terms", Problem::Unknown)
    );
}

/// Terms that came down do not make what stands open impossible to close.
#[test]
fn a_lower_ceiling_leaves_open_dossiers_that_can_be_closed() {
    let mut pair = TestPair::linked(75);
    let fields = [("title", "Vols d'engins"), ("aim", "Les comprendre.")];
    let open = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    propose(&mut pair, Side::Ma, json!({"ceiling": "internal"})).unwrap();
    pair.agree(Side::Fr);
    let decided = [("text", "Sans suite.")];
    let owed = pair.open_one(Side::Fr, open.dossier, Ask::Decide);
    pair.write(
        Side::Fr,
        "investigation.join",
        &Writing::on(open.dossier, &decided).target(owed.id),
    );
    pair.settle();
    pair.write(Side::Ma, "close", &Writing::on(open.dossier, &[]));
    pair.settle();
    pair.assert_same();
}

/// A form drawn before another version came into force is refused with the news, and so is a file that was printed before.
#[test]
fn terms_written_over_newer_ones_are_refused() {
    let mut pair = TestPair::linked(76);
    let charter = pair.charter.unwrap();
    let node = pair.ma();
    let asked = entente_app::FormQuery {
        dossier: Some(charter),
        partner: None,
        entry_type: "charter.propose".into(),
        ..entente_app::FormQuery::default()
    };
    let form = node
        .app
        .form(&node.officer("liaison").unwrap(), &asked)
        .unwrap();
    let printed = entente_core::terms::written(&form.terms.unwrap());
    propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
    pair.agree(Side::Ma);
    let mut stale = proposal(&pair, json!({"feedback": false}));
    stale.seen = form.seen;
    let node = pair.ma();
    let refused = node.app.record(&node.officer("liaison").unwrap(), stale);
    assert!(matches!(refused, Err(AppError::Stale)), "{refused:?}");
    let refused = propose(&mut pair, Side::Ma, printed);
    let Err(AppError::Fields(errors)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(errors[0].field, "version");
}

/// The proposal that both sides see waiting, as a side sees it.
fn waiting(pair: &TestPair, side: Side) -> Option<Proposal> {
    view(pair, side).proposals.pop()
}

fn view(pair: &TestPair, side: Side) -> CharterView {
    let node = pair.node(side);
    let actor = node.officer("liaison").unwrap();
    let charter = node.app.dossier(&actor, pair.charter.unwrap(), None);
    charter.unwrap().charter.unwrap()
}

fn on(proposal: &Proposal, entry_type: &str, pair: &TestPair) -> Recording {
    let why = [("reason", "Trop court pour nos tribunaux.")];
    let mut writing = Writing::on(pair.charter.unwrap(), &why);
    writing.target = proposal.asks;
    recording(entry_type, &writing).unwrap()
}

fn sign(pair: &TestPair, proposal: EntryId) -> Recording {
    Recording {
        proposal: Some(proposal),
        ..recording("charter.sign", &Writing::on(pair.charter.unwrap(), &[])).unwrap()
    }
}

/// Invariant 1: a proposal asks for a decision, with a clock, in both ledgers; who was asked declines it, who made it takes it back,
/// nobody else does either, and both sides read how it ended and why.
#[test]
fn invariant_01_a_proposal_is_declined_or_withdrawn_and_both_see_it() {
    let mut pair = TestPair::linked(81);
    for (ends, by, how) in [
        ("charter.decline", Side::Ma, Ending::Declined),
        ("charter.withdraw", Side::Fr, Ending::Withdrawn),
    ] {
        let proposed = propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
        pair.settle();
        for side in Side::BOTH {
            let seen = waiting(&pair, side).unwrap();
            assert_eq!(seen.entry, proposed.entry);
            assert_eq!(
                (seen.may_decline, seen.may_withdraw),
                (side == Side::Ma, side == Side::Fr)
            );
            let owed = pair.shown(side, pair.charter.unwrap(), seen.asks.unwrap());
            assert_eq!(owed.ask, Ask::Decide);
            assert_eq!(owed.due.unwrap() - owed.received.unwrap(), Span::days(30));
        }
        let seen = waiting(&pair, by).unwrap();
        let not_theirs = on(&seen, ends, &pair);
        let refused = do_it(&mut pair, by.other(), not_theirs).unwrap_err();
        assert!(
            matches!(refused, AppError::Irregular(Irregular::Transition)),
            "{refused}"
        );
        let ending = on(&seen, ends, &pair);
        let ended = do_it(&mut pair, by, ending).unwrap();
        pair.settle();
        for side in Side::BOTH {
            let charter = view(&pair, side);
            assert!(charter.proposals.is_empty(), "nothing waits any more");
            let lapsed = charter.lapsed.first().unwrap();
            assert_eq!((lapsed.proposal, lapsed.how), (proposed.entry, how));
            assert_eq!(lapsed.entry, ended.entry);
            let owed = pair.shown(side, pair.charter.unwrap(), seen.asks.unwrap());
            assert!(!owed.state.is_open());
        }
        let sign = sign(&pair, proposed.entry);
        let late = do_it(&mut pair, Side::Ma, sign).unwrap_err();
        assert!(matches!(late, AppError::Irregular(_)), "{late}");
        pair.assert_same();
    }
    assert_eq!(in_force(&pair, Side::Ma).version, 1);
}

/// A reason is found by its words, and led to by them: an entry that has no title and no text is no empty link.
#[test]
fn the_reason_of_an_ending_is_found_by_its_words() {
    let mut pair = TestPair::linked(85);
    propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
    pair.settle();
    let seen = waiting(&pair, Side::Ma).unwrap();
    let decline = on(&seen, "charter.decline", &pair);
    let declined = do_it(&mut pair, Side::Ma, decline).unwrap();
    pair.settle();
    for side in Side::BOTH {
        let node = pair.node(side);
        let query = DossierQuery {
            text: "tribunaux".into(),
            ..DossierQuery::default()
        };
        let actor = node.officer("liaison").unwrap();
        let found = node.app.dossiers(&actor, &query).unwrap().hits;
        let hit = found.iter().find(|hit| hit.entry == declined.entry);
        assert_eq!(hit.unwrap().words, "Trop court pour nos tribunaux.");
    }
}

/// A signature that crosses a withdrawal counts, as any answer does: both sides then see terms that both signed.
#[test]
fn a_signature_beats_a_withdrawal_that_crosses_it() {
    let mut pair = TestPair::linked(82);
    propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
    pair.settle();
    let seen = waiting(&pair, Side::Fr).unwrap();
    let withdraw = on(&seen, "charter.withdraw", &pair);
    do_it(&mut pair, Side::Fr, withdraw).unwrap();
    pair.write(
        Side::Ma,
        "charter.sign",
        &Writing::on(pair.charter.unwrap(), &[]),
    );
    pair.settle();
    for side in Side::BOTH {
        let signed = waiting(&pair, side).unwrap();
        assert_eq!((signed.signed.len(), signed.may_withdraw), (2, false));
    }
    pair.write(
        Side::Ma,
        "charter.enact",
        &Writing::on(pair.charter.unwrap(), &[]),
    );
    pair.settle();
    assert_eq!(in_force(&pair, Side::Fr).version, 2);
    pair.assert_same();
}

/// What other terms overtook cannot be signed, and still takes a word: it does not stay open for ever.
#[test]
fn an_overtaken_proposal_is_declined_not_signed() {
    let mut pair = TestPair::linked(83);
    let overtaken = propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
    pair.settle();
    propose(&mut pair, Side::Ma, json!({"transit": "2h"})).unwrap();
    pair.agree(Side::Fr);
    assert_eq!(in_force(&pair, Side::Ma).transit, Span::hours(2));
    let seen = waiting(&pair, Side::Ma).unwrap();
    assert_eq!(seen.entry, overtaken.entry);
    assert!(seen.overtaken && !seen.may_sign && seen.may_decline);
    let sign = sign(&pair, overtaken.entry);
    let late = do_it(&mut pair, Side::Ma, sign).unwrap_err();
    assert!(
        matches!(late, AppError::Irregular(Irregular::Charter)),
        "{late}"
    );
    let decline = on(&seen, "charter.decline", &pair);
    do_it(&mut pair, Side::Ma, decline).unwrap();
    pair.settle();
    assert!(waiting(&pair, Side::Fr).is_none());
    pair.assert_same();
}

/// The first draft of a charter has a date for its decision too, although no charter gives it a clock.
#[test]
fn a_first_draft_asks_for_a_decision_by_a_date() {
    let mut pair = TestPair::strangers(84, &["liaison"]).unwrap();
    let open = Writing::new(&[("title", "Charte")]);
    let opened = pair.write(Side::Ma, "charter.open", &open);
    pair.charter = Some(opened.dossier);
    pair.settle();
    let seen = waiting(&pair, Side::Fr).unwrap();
    let owed = pair.shown(Side::Fr, opened.dossier, seen.asks.unwrap());
    assert_eq!(owed.due.unwrap() - owed.asked, Span::days(30));
    let decline = on(&seen, "charter.decline", &pair);
    do_it(&mut pair, Side::Fr, decline).unwrap();
    pair.settle();
    assert_eq!(view(&pair, Side::Ma).lapsed.len(), 1);
    // It goes on in the same dossier: either side may propose again.
    propose(&mut pair, Side::Fr, json!({"transit": "1h"})).unwrap();
    pair.settle();
    let again = waiting(&pair, Side::Ma).unwrap();
    assert!(again.may_sign && again.terms.version == 1);
    pair.assert_same();
}
