//! A declaration's proposals in the hands of people: confirmed they oblige, set aside they do not wait any longer.

use entente_app::views::{AccessQuery, CommitmentsView, Committed, FollowUp, LedgerQuery};
use entente_app::{Actor, DeclarationImport, NewOfficer};
use entente_core::codes::Role;
use entente_core::kinds::declaration::evidence::written;
use entente_core::label::Lang;
use entente_testkit::desk::PASSWORD;
use entente_testkit::node::{Writing, service};
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
    let node = pair.node(side);
    node.app
        .follow_up(&node.officer("liaison").expect("an officer"))
        .expect("what is followed")
}

fn labelled<'a>(view: &'a CommitmentsView, label: &str) -> &'a Committed {
    let found = view.points.iter().find(|one| one.point.point == label);
    found.expect("a point with that label")
}

/// Invariant 2: what a later declaration is to an earlier one is told alike at both nodes, and what is only alike in words is proposed and tied by
/// nobody but people. Take out: in `app/src/show/commitments.rs`, `tie`; `propose`; in `propose`, the question whether it is tied already.
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
        let ties: Vec<_> = second.follows.iter().map(|(_, to)| *to).collect();
        assert_eq!(ties, [first.point.entry]);
        assert_eq!(first.followed_by.len(), 1);
        assert_eq!(first.date, "2031-03-01");
        assert_eq!(first.pledges().count(), 2);
        // Alike, and tied to nothing by itself.
        let alike = labelled(&view, "R2/2");
        assert!(alike.follows.is_empty());
        assert_eq!(alike.alike, [labelled(&view, "R1/2").point.entry]);
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
        let later = labelled(&view, "R2/2");
        assert_eq!(later.follows.len(), 1);
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
    assert!(app.follow_up(&outside).unwrap().points.is_empty());
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
