//! Commitments of the balance by theme, on real nodes: alike at both, the whole of what the ledger tells, and behind the walls of declarations.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{AccessQuery, BalanceView, Follow, ThemesView};
use entente_app::{Actor, AppError, InputFault, NewOfficer};
use entente_core::balance::{Promises, window, year_begins, year_of};
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_testkit::node::{TestNode, Writing, service};
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeSet;

const SIDES: [Side; 2] = [Side::Ma, Side::Fr];

/// Two meetings of fictional engagements: feedback of both sides, training of one, and what has no theme of the list.
const REGISTER: &str = r#"{
  "instruments": [
    {"id": "T1", "date": "2014-03-01", "place": "Paris", "parties": ["FR", "MA"], "kind": "declaration", "title_fr": "Première rencontre"},
    {"id": "T2", "date": "2015-03-01", "place": "Rabat", "parties": ["FR", "MA"], "kind": "declaration", "title_fr": "Deuxième rencontre"}],
  "points": [
    {"id": "T1/1", "instrument": "T1", "kind": "commitment", "topic": "Feedback in investigations", "debtor": ["FR", "MA"], "creditor": ["FR", "MA"], "due": "2001-01-01",
     "text_fr": "Donner un retour sur chaque enquête conjointe.", "follows": []},
    {"id": "T1/2", "instrument": "T1", "kind": "commitment", "topic": "training", "debtor": ["FR"], "creditor": ["MA"], "due": null,
     "text_fr": "Former cinquante officiers aux saisies numériques.", "follows": []},
    {"id": "T2/1", "instrument": "T2", "kind": "commitment", "topic": "pêche côtière", "debtor": ["MA"], "creditor": ["FR"], "due": null,
     "text_fr": "Tenir un registre des bateaux de pêche.", "follows": []}]}"#;

/// Two nodes with both declarations, and the commitment to train claimed and agreed.
fn promised(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    let (dossier, _, on) = point(&pair, "T1/2");
    let claim = [("text", "Cinquante officiers formés.")];
    let claim = Writing::on(dossier, &claim).target(on);
    pair.write(Side::Fr, "declaration.claim", &claim);
    pair.settle();
    let agree = [("text", "C’est le cas.")];
    pair.write(Side::Ma, "agree", &Writing::on(dossier, &agree).target(on));
    pair.settle();
    pair
}

/// The dossier, the entry and the first promise of a point.
fn point(pair: &TestPair, label: &str) -> (DossierId, EntryId, ObligationId) {
    let officer = pair.ma().officer("liaison").unwrap();
    let view = pair.ma().app.follow_up(&officer, &Follow::default());
    let points = view.unwrap().points;
    let found = points.iter().find(|one| one.point.point == label).unwrap();
    let on = found.point.obligations[0].id;
    (found.dossier.id, found.point.entry, on)
}

fn balance(pair: &TestPair, side: Side, actor: &Actor) -> BalanceView {
    let (from, to) = window(pair.time.now());
    let partner = pair.node(side.other()).name.clone();
    let view = pair.node(side).app.balance(actor, &partner, from, to);
    view.unwrap()
}

fn of_liaison(pair: &TestPair, side: Side) -> BalanceView {
    let officer = pair.node(side).officer("liaison").unwrap();
    balance(pair, side, &officer)
}

fn told(pair: &TestPair, side: Side) -> Option<ThemesView> {
    of_liaison(pair, side).themes
}

fn investigator(node: &TestNode) -> Actor {
    let added = node.app.add_officer(NewOfficer {
        id: "ailleurs".into(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, "enquetes")],
        roles: vec![Role::Investigator],
        password: None,
        lang: Lang::Fr,
    });
    added.unwrap();
    node.officer("ailleurs").unwrap()
}

/// Both nodes tell the same by theme, and the themes make the commitments that the ledger tells, of the period and of every year. Take out: one
/// of `both_directions` in `promises` of app/src/show/themes.rs, or there the topic (call every theme `other`).
#[test]
fn invariant_02_themes_are_told_alike_and_make_the_whole() {
    let pair = promised(3_301);
    let [ma, fr] = SIDES.map(|side| of_liaison(&pair, side));
    assert_eq!(ma.themes, fr.themes);
    let themes = ma.themes.expect("liaison officers may read every point");
    let named: Vec<&str> = themes.by.period.0.keys().copied().collect();
    assert_eq!(named, ["feedback", "other", "training"]);
    let of = |theme: &str, side: Side| themes.by.period.0[theme][&pair.node(side).name].clone();
    let late = Promises {
        made: 1,
        late: 1,
        ..Promises::default()
    };
    assert_eq!(SIDES.map(|side| of("feedback", side)), [late.clone(), late]);
    let trained = of("training", Side::Fr);
    assert_eq!((trained.made, trained.agreed), (1, 1));
    assert_eq!(of("training", Side::Ma).made, 0);
    assert_eq!(of("other", Side::Ma).open, 1);
    for side in SIDES {
        let name = &pair.node(side).name;
        let mut sum = Promises::default();
        let sides = themes.by.period.0.values();
        sides.for_each(|sides| sum.add(&sides[name]));
        assert_eq!(sum, ma.reading.sides[name].commitments);
        for year in &ma.years {
            let mut sum = Promises::default();
            let sides = themes.by.years.get(&year.year).into_iter();
            let sides = sides.flat_map(|themes| themes.0.values());
            sides.for_each(|sides| sum.add(&sides[name]));
            assert_eq!(sum, year.reading.sides[name].commitments, "{}", year.year);
        }
    }
    assert!(themes.prints);
}

/// Whoever may not look into the declarations reads every other figure and nothing by theme; so it is for everybody where one point was erased.
/// Take out: `enters_all`, or in `abouts` the return where a point cannot be read.
#[test]
fn invariant_07_themes_are_behind_the_walls_of_declarations() {
    let mut pair = promised(3_302);
    let officer = investigator(pair.ma());
    let seen = balance(&pair, Side::Ma, &officer);
    assert_eq!(seen.themes, None);
    assert_eq!(seen.reading, of_liaison(&pair, Side::Ma).reading);
    let (dossier, entry, _) = point(&pair, "T2/1");
    let what = entry.to_string();
    let fields = [("entry", what.as_str()), ("reason", "Erreur de saisie.")];
    pair.write(Side::Ma, "erase", &Writing::on(dossier, &fields));
    pair.settle();
    let whole = of_liaison(&pair, Side::Fr).reading;
    let made = |side: Side| whole.sides[&pair.node(side).name].commitments.made;
    assert_eq!(SIDES.map(made), [2, 2], "the ledger tells it still");
    assert_eq!(SIDES.map(|side| told(&pair, side)), [None, None]);
}

/// Invariant 11: the look names the declarations in which the themes were read. Take out: `read.extend` in app/src/show/balance.rs.
#[test]
fn invariant_11_the_look_names_the_declarations() {
    let pair = promised(3_303);
    assert!(told(&pair, Side::Ma).is_some());
    let inspector = pair.ma().officer("inspector").unwrap();
    let all = pair
        .ma()
        .app
        .access_list(&inspector, &AccessQuery::default());
    let lines = all.unwrap().lines;
    let look = lines.iter().find(|line| line.record.verb == "balance");
    let named: BTreeSet<String> = look.unwrap().record.dossiers.iter().cloned().collect();
    let wanted = ["T1/1", "T2/1"].map(|label| point(&pair, label).0.to_string());
    assert_eq!(named, BTreeSet::from(wanted));
}

/// What was promised outside of the period is of its year and of no period. Take out: one of the conditions on `within` in `themes_of`.
#[test]
fn a_period_has_its_own_promises_alone() {
    let pair = promised(3_304);
    let officer = pair.ma().officer("liaison").unwrap();
    let running = year_of(pair.time.now());
    let before = (year_begins(running - 2), year_begins(running - 1));
    let fr = pair.node(Side::Fr).name.clone();
    let view = pair.ma().app.balance(&officer, &fr, before.0, before.1);
    let themes = view.unwrap().themes.unwrap();
    assert!(themes.by.period.0.is_empty());
    assert_eq!(Vec::from_iter(themes.by.years.keys()), [&running]);
}

/// More than ten years are refused by the verb itself, whoever calls it. Take out: `too_long` in `App::balance`.
#[test]
fn more_than_ten_years_are_refused_by_the_verb() {
    let pair = TestPair::linked(3_305);
    let officer = pair.ma().officer("liaison").unwrap();
    let fr = pair.node(Side::Fr).name.clone();
    let refused = pair
        .ma()
        .app
        .balance(&officer, &fr, Instant(0), pair.time.now());
    let refused = refused.expect_err("45 years");
    assert!(matches!(refused, AppError::Input(InputFault::BalanceYears)));
}
