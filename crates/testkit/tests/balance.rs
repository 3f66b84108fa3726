//! The balance on real nodes: the same figures on both sides whoever looks, the mirror of each other, and a target that only who may read
//! the series is told.

use entente_app::views::BalanceView;
use entente_app::{Actor, AppError, InputFault, NewOfficer};
use entente_core::balance::window;
use entente_core::codes::Role;
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Span;
use entente_core::judge::Verdict;
use entente_core::label::Lang;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{Said, TestNode, Writing, service};
use entente_testkit::pair::{Side, TestPair};

const ANSWER: [(&str, &str); 1] = [("text", "Loué à un garage.")];

/// What a verb of the app gives: here none may fail.
fn said<T>(given: Said<T>) -> T {
    given.unwrap_or_else(|error| panic!("a verb failed: {error}"))
}

fn officer(node: &TestNode, role: Role) -> Actor {
    let id = format!("enquetes-{}", role.as_str());
    let added = node.app.add_officer(NewOfficer {
        id: id.clone(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, "enquetes")],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    });
    said(added);
    said(node.officer(&id))
}

fn balance(pair: &TestPair, side: Side, actor: &Actor) -> BalanceView {
    let (from, to) = window(pair.time.now());
    let partner = pair.node(side.other()).name.clone();
    let view = pair.node(side).app.balance(actor, &partner, from, to);
    said(view)
}

fn of_liaison(pair: &TestPair, side: Side) -> BalanceView {
    balance(pair, side, &said(pair.node(side).officer("liaison")))
}

/// A series that means to meet every thirty days.
fn series(pair: &mut TestPair) -> DossierId {
    let fields = [
        ("title", "Rencontres de coordination"),
        ("aim", "Lever ce qui retarde."),
        ("form", "series"),
        ("level", "services"),
        ("cadence", "30"),
    ];
    let opened = pair.write(Side::Ma, "meeting.open", &Writing::new(&fields));
    pair.settle();
    opened.dossier
}

/// Asks of both sides, one answered, over the end of a year; a request of a person, who is in none of these figures.
fn exchanged(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let answer = Writing::on(dossier, &ANSWER).target(asked);
    pair.write(Side::Fr, "request.answer", &answer);
    pair.settle();
    pair.time.advance(Span::days(300).0);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    pair
}

/// Both nodes read the same in the same order: what one was asked for is what the other asked for. Take out: in app/src/show/balance.rs, one
/// of `both_directions`, or sort by ours and theirs in `Reading::between`.
#[test]
fn invariant_02_both_sides_read_one_balance() {
    let pair = exchanged(3_201);
    let (ma, fr) = (of_liaison(&pair, Side::Ma), of_liaison(&pair, Side::Fr));
    assert_eq!(ma.reading, fr.reading);
    assert_eq!(ma.years, fr.years);
    assert_eq!((&ma.by_kind, &ma.by_service), (&fr.by_kind, &fr.by_service));
    assert_eq!((ma.ours(), ma.theirs()), (fr.theirs(), fr.ours()));
    // Asked in 2015, answered by fr; feedback on the answer is owed by ma; asked again in 2016.
    let years: Vec<(i32, bool)> = ma.years.iter().map(|y| (y.year, y.running)).collect();
    assert_eq!(years, [(2015, false), (2016, true)]);
    let fr_side = |n: usize| &ma.years[n].reading.sides[&fr_name(&pair)].figures;
    // The charter, which fr signed, and the request.
    assert_eq!((fr_side(0).answered, fr_side(0).on_time), (2, 2));
    assert_eq!((fr_side(1).asked, fr_side(1).answered), (1, 0));
    assert!(
        ma.ours().unwrap().overdue > 0,
        "what fr asked in 2015 was never answered"
    );
    // The years are counted by the database, the period from its rows: together they say the same.
    let asked: u64 = ma
        .years
        .iter()
        .map(|y| y.reading.sides[&fr_name(&pair)].figures.asked)
        .sum();
    assert_eq!(asked, ma.theirs().unwrap().asked);
}

fn fr_name(pair: &TestPair) -> entente_core::ids::NodeName {
    pair.node(Side::Fr).name.clone()
}

/// Whoever looks reads the same figures, and of what stands in words only what they may read. Take out: the `unasked` of `meeting_target`.
#[test]
fn invariant_09_roles_change_no_figure_and_read_no_target_behind_a_wall() {
    let mut pair = exchanged(3_202);
    series(&mut pair);
    let liaison = of_liaison(&pair, Side::Ma);
    let target = liaison.target.unwrap();
    assert_eq!((target.series, target.a_year), (1, 12));
    assert_eq!(of_liaison(&pair, Side::Fr).target, Some(target));
    for role in [Role::Investigator, Role::Analyst] {
        let other = officer(pair.ma(), role);
        let seen = balance(&pair, Side::Ma, &other);
        assert_eq!(seen.reading, liaison.reading, "{role:?}");
        assert_eq!(seen.years, liaison.years, "{role:?}");
        assert_eq!(seen.target, None, "{role:?}");
        // Neither sees rescue or governance; which kinds there are, day by day, would tell of what is behind their walls.
        assert!(seen.by_kind.is_none(), "{role:?}");
    }
    let kinds = liaison.by_kind.expect("liaison officers see every kind");
    assert!(kinds.contains_key("request"));
    let mut figures = kinds.values().flat_map(|sides| sides.values());
    assert!(figures.all(|f| f.grounds.is_empty()));
}

/// What a partner that lies writes into a series as another opening of it changes nothing. Take out: in `meeting_target`, read every entry of the
/// opening's type in place of `dossier.opening()`.
#[test]
fn an_irregular_opening_moves_no_target() {
    let mut pair = exchanged(3_203);
    let dossier = series(&mut pair);
    let before = of_liaison(&pair, Side::Ma).target;
    assert!(before.is_some());
    let mut header = next_header(&pair, Side::Fr, dossier, "meeting.open", Vec::new());
    let body = Values {
        lang: Some(Lang::Fr),
        values: [("cadence".to_owned(), Value::Number(1))].into(),
    };
    commit(&mut header, &[7; 16], &body.to_bytes());
    let mut liar = Liar::of(&pair, Side::Fr);
    let id = liar.push(&header, [7; 16], &body.to_bytes());
    liar.tell(&mut pair);
    let row = pair.ma().entry(id).unwrap().expect("the entry came");
    assert_ne!(row.verdict, Verdict::Regular.number());
    assert_eq!(of_liaison(&pair, Side::Ma).target, before);
}

/// An invitation that both nodes have.
fn invited(pair: &mut TestPair, dossier: DossierId, day: &str) -> String {
    let called = [
        ("title", "Coordination"),
        ("at", day),
        ("lasts", "60"),
        ("mode", "place"),
    ];
    let called = pair.write(Side::Ma, "meeting.convene", &Writing::on(dossier, &called));
    pair.settle();
    called.entry.to_string()
}

/// Minutes that were approved, or amended and then approved, are of one meeting each; those refused or only proposed of none, at both nodes.
/// Take out: `follows` or the state in `Reading::count`.
#[test]
fn minutes_are_of_a_meeting_once_the_other_side_answered() {
    let mut pair = TestPair::linked(3_204);
    let dossier = series(&mut pair);
    let held =
        |pair: &TestPair| [Side::Ma, Side::Fr].map(|side| of_liaison(pair, side).reading.held);
    let days = ["2014-12-01T09:00", "2014-12-15T09:00"];
    let called = days.map(|day| invited(&mut pair, dossier, day));
    let words = [
        ("of", called[0].as_str()),
        ("held", days[0]),
        ("present", "chefs de la coordination"),
        ("text", "Six dossiers passés en revue."),
    ];
    let say =
        |pair: &mut TestPair, side, what, on: Option<(EntryId, u8)>, fields: &[(&str, &str)]| {
            let mut writing = Writing::on(dossier, fields);
            if let Some((entry, index)) = on {
                writing = writing.target(ObligationId { entry, index });
            }
            let written = pair.write(side, what, &writing);
            pair.settle();
            written.entry
        };
    let first = say(&mut pair, Side::Ma, "meeting.minutes", None, &words);
    let mut second = words;
    (second[0].1, second[1].1) = (&called[1], days[1]);
    assert_eq!(held(&pair), [0, 0], "only proposed");
    let other = say(
        &mut pair,
        Side::Fr,
        "meeting.amend",
        Some((first, 0)),
        &words,
    );
    assert_eq!(held(&pair), [1, 1], "amended");
    say(
        &mut pair,
        Side::Ma,
        "meeting.approve",
        Some((other, 1)),
        &[],
    );
    assert_eq!(held(&pair), [1, 1], "amended and approved");
    let refused = say(&mut pair, Side::Ma, "meeting.minutes", None, &second);
    let why = [
        ("ground", "disproportionate"),
        ("reason", "Rien ne fut tenu."),
    ];
    say(&mut pair, Side::Fr, "refuse", Some((refused, 0)), &why);
    assert_eq!(held(&pair), [1, 1], "refused");
    let approved = say(&mut pair, Side::Fr, "meeting.minutes", None, &second);
    say(
        &mut pair,
        Side::Ma,
        "meeting.approve",
        Some((approved, 0)),
        &[],
    );
    assert_eq!(held(&pair), [2, 2], "approved");
}

/// Where both sides write minutes of one meeting, one set is approved and the meeting counts once, at both nodes; what is approved may not be followed
/// by another set, and amended minutes are of the set that they amend. Take out: `refuse_second_minutes` in app/src/record/scene.rs; in
/// app/src/minutes.rs, `own`.
#[test]
fn one_meeting_has_one_set_of_minutes_and_counts_once() {
    let mut pair = TestPair::linked(3_206);
    let dossier = series(&mut pair);
    let called = invited(&mut pair, dossier, "2014-12-01T09:00");
    let words = [
        ("of", called.as_str()),
        ("held", "2014-12-01T09:00"),
        ("present", "chefs de la coordination"),
        ("text", "Six dossiers passés en revue."),
    ];
    let new = Writing::on(dossier, &words);
    let on = |entry: EntryId, index: u8| ObligationId { entry, index };
    let answer = |of: ObligationId| Writing::on(dossier, &[]).target(of);
    // Crossing: neither saw the other's.
    let ours = pair.write(Side::Ma, "meeting.minutes", &new).entry;
    let theirs = pair.write(Side::Fr, "meeting.minutes", &new).entry;
    pair.settle();
    let amended = pair.write(
        Side::Fr,
        "meeting.amend",
        &Writing::on(dossier, &words).target(on(ours, 0)),
    );
    pair.settle();
    let refused = |said: Said<_>| {
        let error: AppError = said.map(drop).expect_err("a second set");
        assert!(matches!(
            error,
            AppError::Input(InputFault::MinutesAnswered)
        ));
    };
    refused(pair.try_write(Side::Ma, "meeting.approve", &answer(on(theirs, 0))));
    refused(pair.try_write(Side::Ma, "meeting.minutes", &new));
    pair.write(Side::Ma, "meeting.approve", &answer(on(amended.entry, 1)));
    pair.settle();
    let held = [Side::Ma, Side::Fr].map(|side| of_liaison(&pair, side).reading.held);
    assert_eq!(held, [1, 1]);
    let why = [
        ("ground", "disproportionate"),
        ("reason", "Déjà approuvé autrement."),
    ];
    let refuse = Writing::on(dossier, &why).target(on(theirs, 0));
    pair.write(Side::Ma, "refuse", &refuse);
    pair.settle();
    pair.assert_same();
}
