//! What a person asks about their own data: the duty to answer them has its clock on both sides, investigators never see the dossier,
//! the letter says what was decided; and what was wrong is corrected at everyone who received it (invariants 1, 7, 9, 10).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{DossierQuery, EntryView, LedgerQuery, Told, Via};
use entente_app::{Actor, AppError, NewOfficer};
use entente_core::codes::{Ask, Ground, Role};
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Span;
use entente_core::judge::Irregular;
use entente_core::kind::end_of_day;
use entente_core::label::Lang;
use entente_core::obligation::State;
use entente_store::BodyState;
use entente_testkit::many::TestMany;
use entente_testkit::node::{Said, TestNode, Writing, service};
use entente_testkit::pair::{Side, TestPair};

const SIDES: [Side; 2] = [Side::Ma, Side::Fr];
/// A word that stands in the title and the text of the rights dossier, and nowhere else.
const SECRET: &str = "Zanzibarite";

fn asking(right: &'static str) -> Writing<'static> {
    Writing::new(&[
        ("title", SECRET),
        ("right", right),
        ("relation", "lawyer"),
        ("identity", "mandate"),
        ("received_on", "2015-05-20"),
        ("person_language", "ar"),
        ("person", SECRET),
        ("asked", SECRET),
    ])
}

/// A rights dossier opened by `ma`, held by both: with it the duty to answer the person and what `fr` owes.
fn opened(seed: u64, right: &'static str, ask: Ask) -> (TestPair, DossierId, [ObligationId; 2]) {
    let mut pair = TestPair::linked(seed);
    let dossier = pair.write(Side::Ma, "rights.open", &asking(right)).dossier;
    pair.settle();
    let duty = pair.open_one(Side::Ma, dossier, Ask::Decide).id;
    let owed = pair.open_one(Side::Fr, dossier, ask).id;
    (pair, dossier, [duty, owed])
}

fn officer(node: &TestNode, role: Role) -> Actor {
    let id = format!("person-{}", role.as_str().replace('_', "-"));
    let added = node.app.add_officer(NewOfficer {
        id: id.clone(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, "liaison")],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    });
    added.unwrap();
    node.officer(&id).unwrap()
}

fn view(node: &TestNode, entry: EntryId) -> EntryView {
    let actor = node.officer("liaison").unwrap();
    node.app.entry(&actor, entry).unwrap()
}

/// Whatever service they are in: those who investigate, analyse, rescue or support neither see nor find what a person asks, at
/// either end. Take out: `closed_to` of the kind, or the bar in `core/src/floor.rs`.
#[test]
fn invariant_07_a_rights_dossier_does_not_exist_for_who_investigates() {
    let (pair, dossier, [duty, _]) = opened(7101, "access", Ask::Answer);
    for side in SIDES {
        let node = pair.node(side);
        for &role in Role::ALL {
            let actor = officer(node, role);
            let open = matches!(role, Role::Liaison | Role::Magistrate | Role::Coordinator);
            let found = node.app.dossier(&actor, dossier, None);
            assert_eq!(found.is_ok(), open, "{side:?} {role}");
            assert_eq!(node.app.obligation(&actor, duty).is_ok(), open, "{role}");
            assert_eq!(node.app.letter(&actor, dossier).is_ok(), open, "{role}");
            let query = |text: &str| DossierQuery {
                text: text.to_owned(),
                ..DossierQuery::default()
            };
            let lists = format!(
                "{:?} {:?} {:?} {:?} {:?}",
                node.app.dossiers(&actor, &query("")),
                node.app.dossiers(&actor, &query(SECRET)),
                node.app.ledger(&actor, &LedgerQuery::default()),
                node.app.today(&actor),
                node.app.meeting_list(&actor),
            );
            assert_eq!(lists.contains(SECRET), open, "{side:?} {role}");
            assert_eq!(lists.contains(&dossier.to_string()), open, "{role}");
        }
    }
    // Nor do they open one.
    let node = pair.ma();
    let investigator = node.officer("person-investigator").unwrap();
    let wanted = entente_testkit::node::recording("rights.open", &asking("access")).unwrap();
    let refused = node.app.record(&investigator, wanted);
    assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
}

/// The duty to answer the person is due by the charter's clock from the day of their request, though the entry came later; what is
/// asked of the other side by the charter's clock from its receipt. Both sides compute the same.
#[test]
fn invariant_01_each_right_opens_the_duty_to_answer_and_an_ask_of_the_other_side() {
    for (n, (right, ask)) in [
        ("access", Ask::Answer),
        ("rectification", Ask::Correct),
        ("erasure", Ask::Erase),
        ("restriction", Ask::Answer),
        ("complaint", Ask::Answer),
    ]
    .into_iter()
    .enumerate()
    {
        let (pair, dossier, [duty, owed]) = opened(7110 + n as u64, right, ask);
        for side in SIDES {
            let month = end_of_day("2015-05-20").unwrap() + Span::days(30);
            let shown = pair.shown(side, dossier, duty);
            assert_eq!(shown.due, Some(month), "{right} {side:?}");
            assert_eq!(shown.owing.to_string(), "ma/liaison");
            let owed = pair.shown(side, dossier, owed);
            assert_eq!(owed.owing.to_string(), "fr/liaison", "{right}");
            let week = owed.received.unwrap() + Span::days(7);
            assert_eq!(owed.due, Some(week), "{right} {side:?}");
        }
        let rows = pair.ma().obligations(Some(dossier)).unwrap();
        assert_eq!(rows.len(), 2, "{right}: one duty, one ask");
        pair.assert_same();
    }
}

/// A request cannot have come tomorrow, and whoever transfers one says to whom.
#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let (mut pair, dossier, [duty, _]) = opened(7120, "access", Ask::Answer);
    let mut tomorrow = asking("access");
    tomorrow.fields.retain(|(name, _)| *name != "received_on");
    tomorrow.fields.push(("received_on", "2015-06-20".into()));
    let early = pair.try_write(Side::Ma, "rights.open", &tomorrow);
    let problem = |said: Said<_>| match said {
        Err(AppError::Fields(errors)) => errors.first().map(|e| (e.field, e.problem)),
        _ => None,
    };
    assert_eq!(problem(early), Some(("received_on", Problem::ToCome)));
    let transfer = [("result", "transferred"), ("to_person", "Votre demande.")];
    let to_nobody = Writing::on(dossier, &transfer).target(duty);
    let to_nobody = pair.try_write(Side::Ma, "rights.decide", &to_nobody);
    assert_eq!(problem(to_nobody), Some(("competent", Problem::Missing)));
}

/// The new date is given once, and the person was told: a second one is irregular for both, and not offered.
#[test]
fn the_date_is_extended_once() {
    let (mut pair, dossier, [duty, _]) = opened(7121, "access", Ask::Answer);
    let extend = |until: &str| {
        let told = [
            ("until", until),
            ("delay", "third_party"),
            ("told_on", "2015-05-28"),
        ];
        Writing::on(dossier, &told).target(duty)
    };
    let offers = |pair: &TestPair| {
        let shown = pair.shown(Side::Ma, dossier, duty);
        shown.offers.iter().any(|e| e.name == "rights.extend")
    };
    assert!(offers(&pair));
    pair.write(Side::Ma, "rights.extend", &extend("2015-08-19"));
    pair.settle();
    let until = end_of_day("2015-08-19");
    for side in SIDES {
        assert_eq!(pair.shown(side, dossier, duty).due, until, "{side:?}");
    }
    assert!(!offers(&pair));
    let again = pair.try_write(Side::Ma, "rights.extend", &extend("2015-09-19"));
    assert!(
        matches!(again, Err(AppError::Irregular(Irregular::Transition))),
        "{again:?}"
    );
}

/// Nothing is closed while the person waits: invariant 1.
#[test]
fn invariant_01_it_closes_only_when_the_person_was_answered() {
    let (mut pair, dossier, [duty, owed]) = opened(7122, "rectification", Ask::Correct);
    let answer = [("result", "granted"), ("text", "Corrigé.")];
    pair.write(
        Side::Fr,
        "rights.answer",
        &Writing::on(dossier, &answer).target(owed),
    );
    pair.settle();
    let close = Writing::on(dossier, &[]);
    let early = pair.try_write(Side::Ma, "close", &close);
    assert!(matches!(
        early,
        Err(AppError::Irregular(Irregular::StillOwed))
    ));
    let decide = [("result", "granted"), ("to_person", "C’est corrigé.")];
    pair.write(
        Side::Ma,
        "rights.decide",
        &Writing::on(dossier, &decide).target(duty),
    );
    pair.settle();
    pair.write(Side::Ma, "close", &close);
    pair.settle();
    pair.assert_same();
    let (from, to) = entente_core::balance::window(pair.time.now());
    for side in SIDES {
        let node = pair.node(side);
        let liaison = node.officer("liaison").unwrap();
        let partner = pair.node(side.other()).name.clone();
        let view = node.app.balance(&liaison, &partner, from, to).unwrap();
        let (own, theirs) = view.rights.as_ref().unwrap();
        let ours = match side {
            Side::Ma => own,
            Side::Fr => theirs,
        };
        assert_eq!((ours.asked, ours.on_time, ours.late), (1, 1, 0), "{side:?}");
    }
}

/// The letter is in the language of the person, says what was decided, and is one node's own: the other has told the person nothing.
#[test]
fn the_letter_says_what_was_decided_and_is_recorded_as_an_export() {
    let (mut pair, dossier, [duty, _]) = opened(7123, "access", Ask::Answer);
    let letter = |pair: &TestPair, side: Side| {
        let node = pair.node(side);
        let liaison = node.officer("liaison").unwrap();
        node.app.letter(&liaison, dossier).unwrap()
    };
    assert!(letter(&pair, Side::Ma).is_none(), "nothing is decided");
    let decide = [
        ("result", "in_part"),
        ("to_person", "Une partie seulement."),
    ];
    let decided = pair.write(
        Side::Ma,
        "rights.decide",
        &Writing::on(dossier, &decide).target(duty),
    );
    pair.settle();
    let said = letter(&pair, Side::Ma).unwrap();
    assert_eq!(said.told, Told::Decided("in_part".into(), None));
    assert_eq!((said.lang, said.right.as_str()), (Lang::Ar, "access"));
    assert_eq!(said.received, "2015-05-20");
    assert!(said.untranslated(), "the officer wrote in French");
    assert!(letter(&pair, Side::Fr).is_none(), "fr told nobody anything");
    // A translation into the person's language takes the paragraphs' place.
    let into = [
        ("of", decided.entry.to_string()),
        ("into", "ar".into()),
        ("origin", "human".into()),
        ("text", "جزء فقط.".into()),
    ];
    let translation = Writing {
        fields: into.to_vec(),
        ..Writing::on(dossier, &[])
    };
    pair.write(Side::Ma, "translation", &translation);
    let said = letter(&pair, Side::Ma).unwrap();
    assert_eq!(said.words, Some((Some(Lang::Ar), "جزء فقط.".into())));
    assert!(!said.untranslated());
}

/// Where the law has it so, neither the letter nor its data say on which ground.
#[test]
fn a_refusal_that_neither_confirms_nor_denies_gives_no_ground_to_the_person() {
    let refuse = |seed: u64, fields: &[(&'static str, &str)]| {
        let (mut pair, dossier, [duty, _]) = opened(seed, "access", Ask::Answer);
        let wanted = Writing::on(dossier, fields).target(duty);
        pair.try_write(Side::Ma, "rights.refuse", &wanted)?;
        let liaison = pair.ma().officer("liaison")?;
        let letter = pair.ma().app.letter(&liaison, dossier)?;
        Ok::<_, AppError>(letter.map(|l| l.told))
    };
    let neither = [("ground", "essential_security"), ("neither", "on")];
    assert_eq!(refuse(7124, &neither).unwrap(), Some(Told::Neither));
    let said = refuse(7125, &[("ground", "disproportionate")]).unwrap();
    assert_eq!(said, Some(Told::Refused(Ground::Disproportionate)));
    let wrong = refuse(7126, &[("ground", "disproportionate"), ("neither", "on")]);
    assert!(wrong.is_err(), "only on the two security grounds");
}

fn rectify(dossier: DossierId, of: EntryId) -> Writing<'static> {
    let fields = vec![
        ("of", of.to_string()),
        ("text", "Né le 3 avril 1991.".to_owned()),
        ("why", "typing".to_owned()),
        ("rights", "MA-12".to_owned()),
    ];
    Writing {
        fields,
        ..Writing::on(dossier, &[])
    }
}

/// What was wrong is read under what is right at both ends, in lists and in the search; the recipient owes its word until it gives it,
/// and says whom it had told.
#[test]
fn invariant_09_a_correction_reaches_who_received_the_wrong_data() {
    let mut pair = TestPair::linked(7130);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let wrong = Writing::on(dossier, &[("text", "Né le 4 mars 1991, Quartzolite.")]);
    let wrong = pair.write(Side::Ma, "note", &wrong).entry;
    pair.settle();
    // Nobody corrects what another wrote.
    let theirs = pair.try_write(Side::Fr, "rectify", &rectify(dossier, wrong));
    assert!(matches!(theirs, Err(AppError::Fields(_))), "{theirs:?}");
    let mut named = rectify(dossier, wrong);
    named.fields[3].1 = "MA-12 de la personne".into();
    let named = pair.try_write(Side::Ma, "rectify", &named);
    assert!(matches!(named, Err(AppError::Fields(_))), "a number alone");

    let corrected = pair.write(Side::Ma, "rectify", &rectify(dossier, wrong));
    pair.settle();
    for side in SIDES {
        let shown = view(pair.node(side), wrong);
        let texts: Vec<&str> = shown.corrections.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["Né le 3 avril 1991."], "{side:?}");
        let liaison = pair.node(side).officer("liaison").unwrap();
        let query = DossierQuery {
            text: "Quartzolite".into(),
            ..DossierQuery::default()
        };
        let found = pair.node(side).app.dossiers(&liaison, &query).unwrap();
        assert!(found.hits.iter().all(|h| h.corrected), "{side:?}");
        assert_eq!(found.hits.len(), 1);
    }
    let owed = pair.open_one(Side::Fr, dossier, Ask::Correct).id;
    let recipients = view(pair.ma(), wrong).recipients;
    assert_eq!(recipients.len(), 1);
    assert_eq!(
        (recipients[0].node.as_str(), recipients[0].via),
        ("fr", Via::Itself)
    );
    assert!(recipients[0].received.is_some(), "by its receipt");
    assert_eq!(recipients[0].correction, Some(corrected.entry));
    assert_eq!(recipients[0].asked.as_ref().map(|o| o.id), Some(owed));
    assert!(view(pair.fr(), wrong).recipients.is_empty());

    let done = |fields: &[(&'static str, &str)]| Writing::on(dossier, fields).target(owed);
    let silent = [("done", "corrected"), ("passed_on", "asked")];
    let silent = pair.try_write(Side::Fr, "rectified", &done(&silent));
    assert!(matches!(silent, Err(AppError::Fields(_))), "whom it told");
    let said = [
        ("done", "corrected"),
        ("passed_on", "asked"),
        ("to_whom", "Un service de police aux frontières."),
    ];
    pair.write(Side::Fr, "rectified", &done(&said));
    pair.settle();
    for side in SIDES {
        assert_eq!(pair.obligation(side, owed).state, State::Answered);
    }
    pair.assert_same();
}

/// A correction does not outlive what it corrects: invariant 10.
#[test]
fn invariant_10_a_correction_goes_with_its_original_at_both_ends() {
    let mut pair = TestPair::linked(7131);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let wrong = Writing::on(dossier, &[("text", "Faux.")]);
    let wrong = pair.write(Side::Ma, "note", &wrong).entry;
    let corrected = pair
        .write(Side::Ma, "rectify", &rectify(dossier, wrong))
        .entry;
    pair.settle();
    let erase = Writing {
        fields: vec![("entry", wrong.to_string())],
        ..Writing::on(dossier, &[])
    };
    pair.write(Side::Ma, "erase", &erase);
    pair.settle();
    for side in SIDES {
        for entry in [wrong, corrected] {
            let row = pair.node(side).entry(entry).unwrap().unwrap();
            assert_eq!(row.body, BodyState::Erased, "{side:?}");
        }
    }
}

/// What never left has no recipient, and is not corrected for anybody.
#[test]
fn what_never_left_is_corrected_for_nobody() {
    let mut pair = TestPair::linked(7132);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let note = Writing::on(dossier, &[("text", "Pour nous.")]).own_only();
    let note = pair.write(Side::Ma, "note", &note).entry;
    let vain = pair.try_write(Side::Ma, "rectify", &rectify(dossier, note));
    assert!(matches!(vain, Err(AppError::Fields(_))));
    let shown = view(pair.ma(), note);
    assert!(!shown.rectifiable && shown.recipients.is_empty());
}

/// One act corrects the entry and its release in the dossier that a fourth state joined: each recipient owes its own word.
#[test]
fn invariant_09_a_correction_reaches_who_received_a_release() {
    let mut world = TestMany::linked(7133, &["ma", "fr", "es"]);
    let earlier = world.joined(0, &[1], None);
    let wrong = Writing::on(earlier, &[("title", "Relevé"), ("text", "Né le 4 mars.")]);
    let wrong = world.write(0, "investigation.contribute", &wrong).entry;
    world.settle();
    let wider = world.joined(0, &[1, 2], Some(earlier));
    let entry = wrong.to_string();
    let release = Writing::on(wider, &[("entry", entry.as_str())]);
    let release = world.write_to(0, "release", &release, None).unwrap().entry;
    world.settle();
    world.write(0, "rectify", &rectify(earlier, wrong));
    world.settle();
    for at in [0, 1, 2] {
        let shown = view(&world.nodes[at], release);
        assert_eq!(shown.corrections.len(), 1, "node {at}");
    }
    assert_eq!((owed(&world, 1, earlier), owed(&world, 2, wider)), (1, 2));
    let recipients = view(&world.nodes[0], wrong).recipients;
    let by = |via| recipients.iter().filter(|r| r.via == via).count();
    assert_eq!((by(Via::Itself), by(Via::Release)), (1, 2));
    assert!(
        recipients
            .iter()
            .all(|r| r.asked.is_some() && r.received.is_some())
    );
    world.assert_same(wider);
    // What is released after it was corrected takes the correction along: nobody receives what is known to be wrong alone.
    let late = world.joined(0, &[1, 2], Some(earlier));
    let entry = wrong.to_string();
    let release = Writing::on(late, &[("entry", entry.as_str())]);
    let release = world.write_to(0, "release", &release, None).unwrap().entry;
    world.settle();
    let shown = view(&world.nodes[2], release);
    assert_eq!(shown.corrections.len(), 1, "with its correction");
    assert_eq!(owed(&world, 2, late), 2);
}

/// How many corrections a node's ledger has in a dossier.
fn owed(world: &TestMany, at: usize, dossier: DossierId) -> usize {
    let rows = world.nodes[at].obligations(Some(dossier)).unwrap();
    rows.iter().filter(|row| row.ask == Ask::Correct).count()
}
