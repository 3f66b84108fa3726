//! A declaration's proposals in the hands of people: confirmed they oblige, set aside they do not wait any longer.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{
    AccessQuery, CommitmentsView, Committed, FigureView, Follow, FollowUp, LedgerQuery, PointStatus,
};
use entente_app::{Actor, AppError, DeclarationImport, LinkFault, NewOfficer};
use entente_core::act::{Act, Acts, OnAct};
use entente_core::codes::{Ask, Outcome, Role, Urgency};
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::judge::Verdict;
use entente_core::kinds::declaration::evidence::written;
use entente_core::kinds::declaration::figures::Standing;
use entente_core::label::Lang;
use entente_store::{RelationRow, StoreError, StoreExt as _};
use entente_testkit::desk::PASSWORD;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::many::TestMany;
use entente_testkit::node::{TestNode, Writing, node_name, service};
use entente_testkit::pair::{Side, TestPair};

const TEXT: &str = "1. Les deux parties ont décidé de créer une commission mixte avant la fin de 2030.\n\
                    2. La France s'engage à former les gardes-côtes.\n";

#[test]
fn a_proposal_set_aside_is_recorded_and_obliges_nobody() {
    let mut pair = TestPair::linked(7);
    let app = pair.ma().app.clone();
    let actor = pair.ma().officer("liaison").unwrap();
    let import = DeclarationImport {
        title: "Déclaration".into(),
        versions: vec![(Some(Lang::Fr), "d.txt".into(), TEXT.as_bytes().to_vec())],
        ..DeclarationImport::default()
    };
    let dossier = app.import_declaration(&actor, import).unwrap().dossier;

    let (_, values) = app.proposed(&actor, dossier, 0).unwrap();
    assert_eq!(values.text("owners"), Some("fr, ma"));
    assert_eq!(values.text("by"), Some("2030-12-31"));
    let (_, values) = app.proposed(&actor, dossier, 1).unwrap();
    assert!(values.text("owners").unwrap().contains("France"));

    let aside = app.dismiss(&actor, dossier, 0).unwrap();
    pair.settle();
    pair.assert_same();
    let open = |side: Side| {
        let node = pair.node(side);
        node.obligations(Some(dossier)).unwrap().len()
    };
    assert_eq!((open(Side::Ma), open(Side::Fr)), (0, 0));
    let view = app.dossier(&actor, dossier, None).unwrap();
    let point = &view.points[0];
    assert_eq!(
        (point.entry, point.class.as_str()),
        (aside.entry, "position")
    );
    assert!(point.debtors.is_empty());

    app.confirm(&actor, dossier, 1).unwrap();
    pair.settle();
    pair.assert_same();
    assert_eq!(pair.fr().obligations(Some(dossier)).unwrap().len(), 1);
}

#[test]
fn a_promise_is_shown_in_the_readers_language_where_the_declaration_has_it() {
    let mut pair = TestPair::linked(8);
    let app = pair.ma().app.clone();
    let actor = pair.ma().officer("liaison").unwrap();
    let version =
        |lang, name: &str, text: &str| (Some(lang), name.to_owned(), text.as_bytes().to_vec());
    let import = DeclarationImport {
        title: "Déclaration".into(),
        versions: vec![
            version(
                Lang::Fr,
                "fr.txt",
                "1. Les deux parties ont décidé de créer une commission mixte.\n",
            ),
            version(
                Lang::En,
                "en.txt",
                "1. Both parties decided to establish a joint commission.\n",
            ),
        ],
        ..DeclarationImport::default()
    };
    let dossier = app.import_declaration(&actor, import).unwrap().dossier;
    app.confirm(&actor, dossier, 0).unwrap();
    pair.settle();
    let read_in = |lang: Lang| {
        let reader = Actor {
            lang,
            ..actor.clone()
        };
        let view = app.ledger(&reader, &LedgerQuery::default()).unwrap();
        let mut titles: Vec<String> = view
            .lines
            .into_iter()
            .filter(|line| line.dossier == dossier)
            .map(|line| line.title)
            .collect();
        titles.dedup();
        titles
    };
    assert_eq!(read_in(Lang::Fr), ["Créer une commission mixte"]);
    assert_eq!(
        read_in(Lang::En),
        ["Both parties decided to establish a joint commission"]
    );
    // There is no Arabic version.
    assert_eq!(read_in(Lang::Ar), read_in(Lang::Fr));
}

/// Two meetings of fictional engagements: the second restates one of the first and says another nearly alike, without a tie.
const REGISTER: &str = r#"{
  "instruments": [
    {"id": "R1", "date": "2031-03-01", "place": "Paris", "parties": ["FR", "MA"], "kind": "declaration", "title_fr": "Première rencontre"},
    {"id": "R2", "date": "2033-03-01", "place": "Rabat", "parties": ["FR", "MA"], "kind": "declaration", "title_fr": "Deuxième rencontre"}],
  "points": [
    {"id": "R1/1", "instrument": "R1", "kind": "commitment", "topic": "feedback", "debtor": ["FR", "MA"], "creditor": ["FR", "MA"], "due": "2032-01-01",
     "text_fr": "Donner un retour sur chaque enquête conjointe.", "follows": []},
    {"id": "R1/2", "instrument": "R1", "kind": "commitment", "topic": "training", "debtor": ["FR"], "creditor": ["MA"], "due": null,
     "text_fr": "Former cinquante officiers de police judiciaire aux saisies numériques.", "follows": []},
    {"id": "R2/1", "instrument": "R2", "kind": "restatement", "topic": "feedback", "debtor": ["FR", "MA"], "creditor": ["FR", "MA"], "due": null,
     "text_fr": "Le retour dans les enquêtes reste une priorité.", "follows": ["R1/1"]},
    {"id": "R2/2", "instrument": "R2", "kind": "commitment", "topic": "training", "debtor": ["FR"], "creditor": ["MA"], "due": null,
     "text_fr": "Les officiers de police judiciaire sont formés aux saisies numériques.", "follows": []}]}"#;

/// The points of both meetings at a node, by their labels, with what is looked for.
fn followed(pair: &TestPair, side: Side) -> CommitmentsView {
    look(pair.node(side), &Follow::default()).expect("what is followed")
}

fn look(node: &TestNode, follow: &Follow) -> Result<CommitmentsView, AppError> {
    let officer = node.officer("liaison").expect("an officer");
    node.app.follow_up(&officer, follow)
}

/// The chain of a point, with what is proposed for it.
fn around(node: &TestNode, of: EntryId) -> CommitmentsView {
    let follow = Follow {
        of: Some(of),
        ..Follow::default()
    };
    look(node, &follow).expect("a chain")
}

fn labelled<'a>(view: &'a CommitmentsView, label: &str) -> &'a Committed {
    let found = view.points.iter().find(|one| one.point.point == label);
    found.expect("a point with that label")
}

/// Invariant 2: what a later declaration is to an earlier one is told alike at both nodes, and what is only alike in words is proposed and tied by
/// nobody but people. Take out: in `app/src/show/commitments.rs`, `tie`; `proposed`; in `proposed`, the question whether it is tied already.
#[test]
fn invariant_02_chains_over_meetings_are_told_alike_and_tied_by_people() {
    let mut pair = TestPair::linked(9);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    pair.assert_same();
    for side in [Side::Ma, Side::Fr] {
        let view = followed(&pair, side);
        assert_eq!(view.points.len(), 4);
        let (first, second) = (labelled(&view, "R1/1"), labelled(&view, "R2/1"));
        let ties: Vec<_> = second.follows.iter().map(|tie| tie.entry).collect();
        assert_eq!(ties, [first.point.entry]);
        assert_eq!(first.followed_by.len(), 1);
        assert_eq!(first.date, "2031-03-01");
        assert_eq!(first.pledges().count(), 2);
        // Alike, and tied to nothing by itself.
        let of = labelled(&view, "R2/2");
        assert!(of.follows.is_empty() && of.alike.is_empty());
        let near = around(pair.node(side), of.point.entry);
        let earlier = labelled(&view, "R1/2").point.entry;
        assert_eq!(labelled(&near, "R2/2").alike, [earlier]);
        assert_eq!(near.points.len(), 2, "what is elsewhere is not looked at");
    }
    let view = followed(&pair, Side::Fr);
    let (earlier, later) = (labelled(&view, "R1/2"), labelled(&view, "R2/2"));
    let named = written((earlier.dossier.id, earlier.point.entry));
    let from = later.point.entry.to_string();
    let fields = [
        ("relation", "restates"),
        ("from", from.as_str()),
        ("earlier", named.as_str()),
    ];
    let dossier = later.dossier.id;
    pair.write(
        Side::Fr,
        "declaration.relate",
        &Writing::on(dossier, &fields),
    );
    pair.settle();
    pair.assert_same();
    for side in [Side::Ma, Side::Fr] {
        let view = followed(&pair, side);
        let view = around(pair.node(side), labelled(&view, "R2/2").point.entry);
        let later = labelled(&view, "R2/2");
        assert_eq!(later.follows.len(), 1);
        assert_eq!(
            Vec::from_iter(&later.follows[0].by),
            [&node_name("fr")],
            "who tied them"
        );
        assert!(later.alike.is_empty());
    }
}

/// Invariant 11: a look at the commitments of all declarations names every one that it was made from; whoever does not belong to a declaration finds
/// nothing of it. Take out: in `app/src/show/commitments.rs`, `drawn_on`; in `declarations`, the services.
#[test]
fn invariant_11_a_look_across_declarations_names_them_all() {
    let mut pair = TestPair::linked(10);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    let view = followed(&pair, Side::Ma);
    let mut wanted: Vec<String> = view
        .points
        .iter()
        .map(|one| one.dossier.id.to_string())
        .collect();
    wanted.sort();
    wanted.dedup();
    let inspector = pair.ma().officer("inspector").unwrap();
    let all = app.access_list(&inspector, &AccessQuery::default());
    let lines = all.unwrap().lines;
    let look = lines.iter().find(|line| line.record.verb == "follow_up");
    assert_eq!(look.unwrap().record.dossiers, wanted);
    assert_eq!(wanted.len(), 2);

    // A look at one point names what was shown of it and nothing else.
    let of = labelled(&view, "R1/2");
    let alone = around(pair.ma(), of.point.entry);
    assert_eq!(alone.points.len(), 1);
    let all = app.access_list(&inspector, &AccessQuery::default());
    let lines = all.unwrap().lines;
    let entry = of.point.entry.to_string();
    let look = lines.iter().find(|line| {
        let record = &line.record;
        record.verb == "follow_up" && record.object.as_deref() == Some(entry.as_str())
    });
    assert_eq!(look.unwrap().record.dossiers, [of.dossier.id.to_string()]);

    let colleague = NewOfficer {
        id: "elsewhere".into(),
        name: "Personne inventée".into(),
        services: vec![service(app.me(), "elsewhere")],
        roles: vec![Role::Investigator],
        password: Some(PASSWORD.into()),
        lang: Lang::Fr,
    };
    app.add_officer(colleague).unwrap();
    let outside = pair.ma().officer("elsewhere").unwrap();
    let all = app.follow_up(&outside, &Follow::default());
    assert!(all.unwrap().points.is_empty());
}

/// What one side claims is another state than what both agree, and an open promise whose day has passed is late. Take out: in
/// `app/src/views/commitments.rs`, any line of `FollowUp::of`.
#[test]
fn a_pledge_is_open_late_claimed_and_agreed() {
    let mut pair = TestPair::linked(11);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    let register = REGISTER.replace("\"due\": \"2032-01-01\"", "\"due\": \"2001-01-01\"");
    app.import_register(&actor, None, register.as_bytes())
        .unwrap();
    pair.settle();
    let states = |pair: &TestPair, label: &str| -> Vec<FollowUp> {
        let view = followed(pair, Side::Ma);
        labelled(&view, label)
            .pledges()
            .map(|(_, s, _)| s)
            .collect()
    };
    assert_eq!(states(&pair, "R1/1"), [FollowUp::Late, FollowUp::Late]);
    assert_eq!(states(&pair, "R1/2"), [FollowUp::Open]);
    let view = followed(&pair, Side::Fr);
    let of = labelled(&view, "R1/2");
    let (dossier, on) = (of.dossier.id, of.point.obligations[0].id);
    let claim = [("text", "Cinquante officiers formés.")];
    let claim = Writing::on(dossier, &claim).target(on);
    pair.write(Side::Fr, "declaration.claim", &claim);
    pair.settle();
    assert_eq!(states(&pair, "R1/2"), [FollowUp::Claimed]);
    let agree = [("text", "C’est le cas.")];
    pair.write(Side::Ma, "agree", &Writing::on(dossier, &agree).target(on));
    pair.settle();
    assert_eq!(states(&pair, "R1/2"), [FollowUp::Agreed]);
}

/// What was claimed stays claimed when the creditor lets it go; an answer to what was to be reported is one side's word until the other agrees. Take
/// out: in `app/src/show/commitments.rs`, `let_go`; in `app/src/views/commitments.rs`, `Answered` of `FollowUp::of`; in
/// `app/src/show/declaration.rs::status`, put `Answered` beside `Agreed`.
#[test]
fn one_sides_word_is_not_an_agreement() {
    let mut pair = TestPair::linked(12);
    let actor = pair.ma().officer("liaison").unwrap();
    let register = REGISTER.replace(
        r#""id": "R2/2", "instrument": "R2", "kind": "commitment""#,
        r#""id": "R2/2", "instrument": "R2", "kind": "appeal""#,
    );
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, register.as_bytes())
        .unwrap();
    pair.settle();
    let view = followed(&pair, Side::Ma);
    let on = |label: &str| -> ObligationId { labelled(&view, label).point.obligations[0].id };
    let states = |pair: &TestPair, side: Side, label: &str| -> Vec<FollowUp> {
        let view = followed(pair, side);
        let of = labelled(&view, label);
        of.pledges().map(|(_, state, _)| state).collect()
    };

    let (of, dossier) = (on("R1/2"), labelled(&view, "R1/2").dossier.id);
    let claim = [("text", "Cinquante officiers formés.")];
    let claim = Writing::on(dossier, &claim).target(of);
    pair.write(Side::Fr, "declaration.claim", &claim);
    pair.settle();
    let waive = [("text", "Nous n’y tenons plus.")];
    pair.write(Side::Ma, "waive", &Writing::on(dossier, &waive).target(of));
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        assert_eq!(states(&pair, side, "R1/2"), [FollowUp::Claimed]);
    }

    let point = &labelled(&view, "R2/2").point;
    let dossier = labelled(&view, "R2/2").dossier.id;
    for owed in &point.obligations {
        let by = match owed.owing.node() == node_name("ma") {
            true => Side::Ma,
            false => Side::Fr,
        };
        let reply = [("text", "Le tiers a été saisi.")];
        let reply = Writing::on(dossier, &reply).target(owed.id);
        pair.write(by, "reply", &reply);
    }
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let told = states(&pair, side, "R2/2");
        assert!(!told.is_empty() && told.iter().all(|state| *state == FollowUp::Claimed));
        let view = followed(&pair, side);
        assert_ne!(labelled(&view, "R2/2").point.status, PointStatus::Agreed);
    }
}

/// The same register between two others: its labels and parties are theirs.
fn between(label: &str, parties: &str) -> String {
    let register = REGISTER.replace("\"FR\", \"MA\"", parties);
    let register = register.replace("[\"FR\"]", "[\"ES\"]");
    register
        .replace("\"R1", &format!("\"{label}1"))
        .replace("\"R2", &format!("\"{label}2"))
}

/// What we promised one partner is nothing to another: no paper for one holds it, nothing of it is proposed for a declaration with the other, and no
/// tie names it there. Take out: in `app/src/show/commitments.rs`, the partner and `within` in `declarations`; `held` in `proposed`; in
/// `app/src/record/scene.rs`, `refuse_strange_tie`.
#[test]
fn what_was_promised_to_one_partner_is_not_told_another() {
    let mut world = TestMany::linked(13, &["ma", "fr", "es"]);
    let actor = world.nodes[0].officer("liaison").unwrap();
    for (partner, register) in [
        ("es", between("S", "\"ES\", \"MA\"")),
        ("fr", REGISTER.to_owned()),
    ] {
        let app = &world.nodes[0].app;
        app.import_register(&actor, Some(node_name(partner)), register.as_bytes())
            .unwrap();
    }
    let ma = &world.nodes[0];
    let with = |partner: Option<&str>, report| Follow {
        partner: partner.map(node_name),
        report,
        of: None,
    };
    assert_eq!(look(ma, &with(None, false)).unwrap().points.len(), 8);
    for (partner, label) in [("fr", "R"), ("es", "S")] {
        let view = look(ma, &with(Some(partner), true)).unwrap();
        assert_eq!(view.points.len(), 4);
        assert!(
            view.points
                .iter()
                .all(|one| one.point.point.starts_with(label))
        );
    }
    let unnamed = look(ma, &with(None, true));
    assert!(matches!(
        unnamed,
        Err(AppError::Link(LinkFault::PartnerUnnamed))
    ));
    let nobody = look(ma, &with(Some("it"), false));
    assert!(matches!(nobody, Err(AppError::NotFound)));

    let all = look(ma, &with(None, false)).unwrap();
    let (later, own) = (labelled(&all, "R2/2"), labelled(&all, "R1/2"));
    let strange = labelled(&all, "S1/2");
    let near = around(ma, later.point.entry);
    assert_eq!(labelled(&near, "R2/2").alike, [own.point.entry]);
    let from = later.point.entry.to_string();
    let mut tie = |to: &Committed| {
        let named = written((to.dossier.id, to.point.entry));
        let fields = [
            ("relation", "restates"),
            ("from", from.as_str()),
            ("earlier", named.as_str()),
        ];
        let writing = Writing::on(later.dossier.id, &fields);
        world.write_to(0, "declaration.relate", &writing, None)
    };
    let refused = tie(strange);
    assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
    assert!(tie(own).is_ok());
}

/// What people say twice is one tie of both who say it, and nothing is tied to itself. Take out: in `app/src/show/commitments.rs::tie`, the question
/// whether both ends are one; there, the key of a tie.
#[test]
fn a_tie_is_told_once_with_who_said_so() {
    let mut pair = TestPair::linked(14);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    let view = followed(&pair, Side::Fr);
    let (first, second) = (labelled(&view, "R1/1"), labelled(&view, "R2/1"));
    let from = second.point.entry.to_string();
    for (to, how) in [(first, "restates"), (second, "restates")] {
        let how = match to.point.entry == first.point.entry {
            true => second.follows[0].how.as_str(),
            false => how,
        };
        let named = written((to.dossier.id, to.point.entry));
        let fields = [
            ("relation", how),
            ("from", from.as_str()),
            ("earlier", named.as_str()),
        ];
        let writing = Writing::on(second.dossier.id, &fields);
        pair.write(Side::Fr, "declaration.relate", &writing);
        pair.settle();
    }
    let both = [node_name("fr"), node_name("ma")];
    for side in [Side::Ma, Side::Fr] {
        let view = followed(&pair, side);
        let second = labelled(&view, "R2/1");
        assert_eq!(second.follows.len(), 1);
        assert!(second.followed_by.is_empty());
        assert!(second.follows[0].by.iter().eq(&both));
    }
}

/// What a partner names as evidence is not taken at its word: of a dossier that is not of governance nothing is told. Take out: in
/// `app/src/evidenced.rs::draws_on`, the purpose.
#[test]
fn evidence_of_another_purpose_is_not_told() {
    let mut pair = TestPair::linked(15);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    let view = followed(&pair, Side::Ma);
    let of = labelled(&view, "R1/2");
    let text = [("text", "Cinquante officiers formés.")];
    let claim = Writing::on(of.dossier.id, &text).target(of.point.obligations[0].id);
    let claim = pair.write(Side::Fr, "declaration.claim", &claim);
    pair.settle();
    let (request, asked) = pair.ask(Side::Ma, "normal");
    let asked = asked.entry;
    pair.settle();
    let entry = pair.ma().look(|tx| tx.entry(asked)).unwrap().unwrap();
    assert_eq!(entry.dossier, request);
    let own = labelled(&view, "R1/1").point.entry;
    // As a node that does not refuse what ours refuses would have it noted here.
    for (to, to_dossier) in [(asked, request), (own, labelled(&view, "R1/1").dossier.id)] {
        let row = RelationRow {
            entry: claim.entry,
            from: of.point.entry,
            to,
            to_dossier,
            relation: 131,
        };
        let store = &pair.ma().store;
        let noted: Result<_, StoreError> =
            store.update("strange evidence", move |tx| tx.insert_relation(&row));
        noted.unwrap();
    }
    let view = followed(&pair, Side::Ma);
    let told = &labelled(&view, "R1/2").point.evidence;
    let told: Vec<EntryId> = told.iter().map(|shown| shown.entry).collect();
    assert_eq!(told, [own]);
}

/// The figures of a point at a node.
fn figures(pair: &TestPair, side: Side, label: &str) -> Vec<FigureView> {
    labelled(&followed(pair, side), label).point.figures.clone()
}

/// One figure of a point, which both nodes must tell alike.
fn figure(pair: &TestPair, label: &str) -> FigureView {
    let [ma, fr] = [Side::Ma, Side::Fr].map(|side| figures(pair, side, label));
    assert_eq!((ma.len(), fr.len()), (1, 1));
    let told = |one: &FigureView| (one.entry, one.standing, one.held.clone());
    assert_eq!(told(&ma[0]), told(&fr[0]));
    ma[0].clone()
}

/// Two meetings of fictional engagements, imported by one side, and the dossier and first point of the first.
fn imported(seed: u64) -> (TestPair, DossierId, String) {
    let mut pair = TestPair::linked(seed);
    let actor = pair.ma().officer("liaison").unwrap();
    let app = pair.ma().app.clone();
    app.import_register(&actor, None, REGISTER.as_bytes())
        .unwrap();
    pair.settle();
    let view = followed(&pair, Side::Ma);
    let of = labelled(&view, "R1/2");
    let (dossier, point) = (of.dossier.id, of.point.entry.to_string());
    (pair, dossier, point)
}

fn stated<'a>(of: &'a str, number: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("of", of),
        ("what", "Officiers formés"),
        ("number", number),
        ("unit", "people"),
        ("since", "2031-03-01"),
        ("until", "2033-03-01"),
    ]
}

/// Invariants 1 and 2: a figure of one side asks the other, which answers with its own; both stand side by side at both nodes until one takes the
/// other's, and then nothing is owed. Take out: in `core/src/kinds/declaration/figures.rs`, what `OWN_FIGURE` asks; in `app/src/show/figures.rs`,
/// `Said::Own` of `said`.
#[test]
fn invariant_02_figures_stand_side_by_side_until_both_hold_one() {
    let (mut pair, dossier, point) = imported(13);
    let fields = stated(&point, "50");
    pair.write(
        Side::Ma,
        "declaration.figure",
        &Writing::on(dossier, &fields),
    );
    pair.settle();
    pair.assert_same();
    let one = figure(&pair, "R1/2");
    assert_eq!((one.standing, one.asks.len()), (Standing::Waiting, 1));
    assert_eq!(one.asks[0].owing.node(), node_name("fr"));

    let own = [("number", "40"), ("text", "Dix ont quitté la formation.")];
    let own = Writing::on(dossier, &own).target(one.asks[0].id);
    pair.write(Side::Fr, "declaration.own_figure", &own);
    pair.settle();
    pair.assert_same();
    let one = figure(&pair, "R1/2");
    assert_eq!(one.standing, Standing::Differs);
    let held: Vec<_> = one.held.values().copied().collect();
    assert_eq!(held, [Some(40), Some(50)], "fr, ma");
    assert_eq!(one.asks[0].owing.node(), node_name("ma"));

    let agree = [("text", "C’est exact.")];
    let agree = Writing::on(dossier, &agree).target(one.asks[0].id);
    pair.write(Side::Ma, "declaration.agree_figure", &agree);
    pair.settle();
    pair.assert_same();
    let one = figure(&pair, "R1/2");
    assert_eq!(one.standing, Standing::Agreed(Some(40)));
    assert!(one.asks.is_empty());
}

/// A refused figure stays one side's; a later one of the same series takes its place, and only a figure of one's own for the same point does. Take
/// out: in `app/src/show/figures.rs`, `latest`; any refusal of `refuse_strange_figure`.
#[test]
fn a_later_figure_takes_the_place_of_an_earlier_one_of_its_side() {
    let (mut pair, dossier, point) = imported(14);
    let fields = stated(&point, "50");
    let first = pair.write(
        Side::Ma,
        "declaration.figure",
        &Writing::on(dossier, &fields),
    );
    pair.settle();
    let asked = figure(&pair, "R1/2").asks[0].id;
    let refuse = [
        ("ground", "disproportionate"),
        ("reason", "Nous ne comptons pas ainsi."),
    ];
    let refuse = Writing::on(dossier, &refuse).target(asked);
    pair.write(Side::Fr, "refuse", &refuse);
    pair.settle();
    pair.assert_same();
    assert_eq!(figure(&pair, "R1/2").standing, Standing::OneSided);

    let earlier = first.entry.to_string();
    let mut later = stated(&point, "60").to_vec();
    later.push(("replaces", &earlier));
    let strange = pair.try_write(
        Side::Fr,
        "declaration.figure",
        &Writing::on(dossier, &later),
    );
    assert!(strange.is_err(), "it is not that side's own");
    let elsewhere = stated(&earlier, "60");
    let strange = pair.try_write(
        Side::Ma,
        "declaration.figure",
        &Writing::on(dossier, &elsewhere),
    );
    assert!(strange.is_err(), "a figure is no point");
    let mut backwards = stated(&point, "60");
    backwards[4] = ("since", "2034-01-01");
    let strange = pair.try_write(
        Side::Ma,
        "declaration.figure",
        &Writing::on(dossier, &backwards),
    );
    assert!(strange.is_err(), "it ends before it begins");

    pair.write(
        Side::Ma,
        "declaration.figure",
        &Writing::on(dossier, &later),
    );
    pair.settle();
    pair.assert_same();
    // Nobody wipes an earlier one alone: it goes once the other side has said its word to the later one.
    let both = figures(&pair, Side::Fr, "R1/2");
    assert_eq!(both.len(), 2);
    let one = both.last().expect("the later one");
    assert_eq!(one.held[&node_name("ma")], Some(60));
    assert_eq!(one.standing, Standing::Waiting);
    // A plain reply answers no figure.
    let reply = [("text", "Vu.")];
    let asked = one.asks[0].id;
    let reply = Writing::on(dossier, &reply).target(asked);
    assert!(pair.try_write(Side::Fr, "reply", &reply).is_err());
    let agree = [("text", "C’est exact.")];
    let agree = Writing::on(dossier, &agree).target(asked);
    pair.write(Side::Fr, "declaration.agree_figure", &agree);
    pair.settle();
    pair.assert_same();
    assert_eq!(figure(&pair, "R1/2").standing, Standing::Agreed(Some(60)));
}

/// Invariant 12: a node that asks itself, answers itself and asks itself again, a hundred times over each time, costs the reader no more than its
/// entries, and what it says to itself is no word of the other side. Take out: in `app/src/show/figures.rs`, the question whose ask it is in
/// `exchange`, with `seen` of `answer`.
#[test]
fn invariant_12_figures_that_answer_themselves_are_read_once() {
    const MANY: u32 = 60;
    let (mut pair, dossier, point) = imported(15);
    let ask = |of: &str, number: u32| Act::Ask {
        ask: Ask::Decide,
        of: of.parse().unwrap(),
        urgency: Urgency::Normal,
        by: None,
        number,
        about: None,
        // What it asks of itself it owes to the other side.
        to: of.starts_with("fr").then(|| "ma/liaison".parse().unwrap()),
    };
    let own = |from: u32| (0..MANY).map(move |n| ask("fr/liaison", from + n));
    let body = |fields: &[(&str, Value)]| {
        let mut values = Values::default();
        for (name, value) in fields {
            values.values.insert((*name).to_owned(), value.clone());
        }
        values.to_bytes()
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let first = body(&[
        ("of", text(&point)),
        ("what", text("Officiers formés")),
        ("number", Value::Number(50)),
        ("unit", text("people")),
        ("until", text("2033-03-01")),
    ]);
    let mut liar = Liar::of(&pair, Side::Fr);
    let acts = std::iter::once(ask("ma/liaison", 10)).chain(own(100));
    let honest = next_header(
        &pair,
        Side::Fr,
        dossier,
        "declaration.figure",
        acts.collect(),
    );
    let mut header = honest.clone();
    commit(&mut header, &[1; 16], &first);
    let figure = liar.push(&header, [1; 16], &first);
    let mut last = (figure, 1_u8);
    for n in 2..7u8 {
        let answers = (0..MANY).map(|index| Act::On {
            obligation: ObligationId {
                entry: last.0,
                index: u8::try_from(index).unwrap() + last.1,
            },
            act: OnAct::Answer {
                partial: false,
                outcome: Outcome::None,
            },
        });
        let acts = answers.chain(own(u32::from(n) * 100));
        let mut header = Header {
            kind: "declaration.own_figure".to_owned(),
            seq: honest.seq + u64::from(n) - 1,
            acts: Acts::new(acts.collect()),
            ..honest.clone()
        };
        header.after = vec![last.0];
        let body = body(&[("number", Value::Number(60 + i64::from(n)))]);
        commit(&mut header, &[n; 16], &body);
        last = (liar.push(&header, [n; 16], &body), 0);
    }
    drop(liar.tell(&mut pair));
    let row = pair.ma().entry(figure).unwrap().unwrap();
    assert_eq!(Verdict::from_number(row.verdict), Verdict::Regular);
    let begun = std::time::Instant::now();
    let told = figures(&pair, Side::Ma, "R1/2");
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let one = told.iter().find(|one| one.entry == figure).unwrap();
    assert_eq!(one.standing, Standing::Waiting);
    assert_eq!(one.held[&node_name("fr")], Some(50));
    assert_eq!(one.asks.len(), 1);
}
