//! Intelligence between two nodes (FIELD B2, B8): reports by paragraphs, told without being asked; what the other side evaluates otherwise
//! stays beside what the provider says, and neither is overwritten.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::EntryView;
use entente_core::codes::Ask;
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId};
use entente_store::BodyState;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const REPORT: &str = "[A1 registre du commerce] L’entrepôt est loué à trois sociétés.\n\n[B3 riverain] Des camions y entrent la nuit.";

fn shared() -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(31);
    let fields = [("title", "Entrepôt"), ("paragraphs", REPORT)];
    let opened = pair.write(Side::Fr, "intelligence.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

fn entry(pair: &TestPair, side: Side, id: EntryId) -> EntryView {
    let node = pair.node(side);
    let officer = node.officer("liaison").unwrap();
    node.app.entry(&officer, id).unwrap()
}

fn otherwise(of: EntryId, paragraph: &str) -> [(&'static str, String); 5] {
    [
        ("of", of.to_string()),
        ("paragraph", paragraph.to_owned()),
        ("own_source", "C".to_owned()),
        ("own_accuracy", "4".to_owned()),
        ("text", "Le riverain n’habite plus là.".to_owned()),
    ]
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(n, v)| (*n, v.as_str())).collect()
}

fn disagree(pair: &mut TestPair, dossier: DossierId, paragraph: &str) -> Result<EntryId, AppError> {
    let fields = otherwise(dossier.opening(), paragraph);
    let wanted = borrowed(&fields);
    let written = pair.try_write(
        Side::Ma,
        "intelligence.disagree",
        &Writing::on(dossier, &wanted),
    );
    written.map(|recorded| recorded.entry)
}

fn problem<T: std::fmt::Debug>(result: Result<T, AppError>) -> (&'static str, Problem) {
    match result {
        Err(AppError::Fields(errors)) => (errors[0].field, errors[0].problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_told_unasked_asks_for_feedback_at_both() {
    let (pair, dossier) = shared();
    for side in [Side::Ma, Side::Fr] {
        let owed = pair.open_one(side, dossier, Ask::Feedback);
        assert_eq!(owed.debtor.node().as_str(), "ma", "{side:?}");
        let view = entry(&pair, side, dossier.opening());
        assert_eq!(view.body.values().unwrap().text("paragraphs"), Some(REPORT));
    }
}

#[test]
fn a_report_without_evaluations_is_refused_by_its_paragraph() {
    let (mut pair, dossier) = shared();
    let fields = [("title", "Suite"), ("paragraphs", "[A1] Vu.\n\nEntendu.")];
    let written = pair.try_write(
        Side::Fr,
        "intelligence.report",
        &Writing::on(dossier, &fields),
    );
    assert_eq!(problem(written), ("paragraphs", Problem::Unevaluated(2)));
}

#[test]
fn both_evaluations_stand_and_the_provider_owes_a_decision() {
    let (mut pair, dossier) = shared();
    let asked = disagree(&mut pair, dossier, "2").unwrap();
    pair.settle();
    let owed = pair.open_one(Side::Fr, dossier, Ask::Decide);
    assert_eq!(owed.debtor.node().as_str(), "fr");
    for side in [Side::Ma, Side::Fr] {
        let view = entry(&pair, side, dossier.opening());
        let [one] = view.evaluations.as_slice() else {
            panic!("{:?}", view.evaluations)
        };
        assert_eq!((one.entry, one.paragraph), (asked, Some(2)), "{side:?}");
        assert_eq!(one.evaluation.code(), "C4");
        assert!(one.settled.is_none());
    }
    let keeps = [("decides", "kept"), ("text", "Un relevé le confirme.")];
    let keeps = Writing::on(dossier, &keeps).target(owed.id);
    pair.write(Side::Fr, "intelligence.settle", &keeps);
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let view = entry(&pair, side, dossier.opening());
        let text = view.body.values().unwrap().text("paragraphs").unwrap();
        assert!(text.contains("[B3 riverain]"), "overwritten at {side:?}");
        let settled = view.evaluations[0].settled.clone().unwrap();
        assert!(settled.agreed.is_none() && settled.text.contains("relevé"));
        let rows = pair.node(side).obligations(Some(dossier)).unwrap();
        let open = rows
            .iter()
            .any(|r| r.ask == Ask::Decide && r.state.is_open());
        assert!(!open, "{side:?}");
    }
}

#[test]
fn another_evaluation_is_agreed_whole_or_not_at_all() {
    let (mut pair, dossier) = shared();
    disagree(&mut pair, dossier, "1").unwrap();
    pair.settle();
    let owed = pair.open_one(Side::Fr, dossier, Ask::Decide).id;
    let mut settle = |fields: &[(&str, &str)]| {
        let wanted = Writing::on(dossier, fields).target(owed);
        pair.try_write(Side::Fr, "intelligence.settle", &wanted)
    };
    let half = settle(&[("decides", "changed"), ("own_source", "B")]);
    assert_eq!(problem(half), ("own_accuracy", Problem::Missing));
    let both = settle(&[("decides", "kept"), ("own_source", "B")]);
    assert_eq!(problem(both), ("own_source", Problem::NotBoth));
    settle(&[
        ("decides", "changed"),
        ("own_source", "B"),
        ("own_accuracy", "2"),
    ])
    .unwrap();
    pair.settle();
    let view = entry(&pair, Side::Ma, dossier.opening());
    let agreed = view.evaluations[0].settled.clone().unwrap().agreed;
    assert_eq!(agreed.unwrap().code(), "B2");
}

#[test]
fn only_a_report_of_the_other_side_and_a_paragraph_that_it_has() {
    let (mut pair, dossier) = shared();
    let third = disagree(&mut pair, dossier, "3");
    assert_eq!(problem(third), ("paragraph", Problem::NothingHere));
    let fields = otherwise(dossier.opening(), "1");
    let wanted = borrowed(&fields);
    let own = pair.try_write(
        Side::Fr,
        "intelligence.disagree",
        &Writing::on(dossier, &wanted),
    );
    assert_eq!(problem(own), ("of", Problem::NothingHere));
    let note = pair.write(
        Side::Fr,
        "note",
        &Writing::on(dossier, &[("text", "Bonjour.")]),
    );
    pair.settle();
    let fields = otherwise(note.entry, "1");
    let wanted = borrowed(&fields);
    let of_note = pair.try_write(
        Side::Ma,
        "intelligence.disagree",
        &Writing::on(dossier, &wanted),
    );
    assert_eq!(problem(of_note), ("of", Problem::NothingHere));
}

#[test]
fn invariant_10_a_disagreement_does_not_outlive_the_report() {
    let (mut pair, dossier) = shared();
    let asked = disagree(&mut pair, dossier, "2").unwrap();
    pair.settle();
    let owed = pair.open_one(Side::Fr, dossier, Ask::Decide).id;
    let keeps = [("decides", "kept"), ("text", "Un relevé le confirme.")];
    let keeps = Writing::on(dossier, &keeps).target(owed);
    let settled = pair.write(Side::Fr, "intelligence.settle", &keeps).entry;
    pair.settle();
    let of = dossier.opening().to_string();
    let erase = [("entry", of.as_str())];
    pair.write(Side::Fr, "erase", &Writing::on(dossier, &erase));
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        for entry in [asked, settled] {
            let row = pair.node(side).entry(entry).unwrap().unwrap();
            assert_eq!(row.body, BodyState::Erased, "{side:?}: {}", row.kind);
        }
    }
}
