//! Who may do what, tried on a real node: every role inside a dossier and outside, in every view and by every verb. What may not be
//! seen does not exist, in lists, counts, search and single views; what is seen and may not be done is forbidden, and not offered.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{BodyView, DossierQuery, LedgerQuery};
use entente_app::{Actor, App, AppError, FormQuery, NewOfficer, On};
use entente_core::codes::Role;
use entente_core::floor::{Action, Bar};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kinds;
use entente_core::label::Lang;
use entente_testkit::node::{Said, TestNode, Writing, recording, service};
use entente_testkit::pair::{Side, TestPair};

/// A word that stands in the title and the text of all that is hidden.
const SECRET: &str = "Zanzibarite";
/// A word that stands in the text of what is for police use only, and nowhere else.
const POLICE: &str = "Quartzolite";

/// The roles that take part in crime matters by the default policies.
const JUSTICE: [Role; 5] = [
    Role::Investigator,
    Role::Analyst,
    Role::Liaison,
    Role::Magistrate,
    Role::Coordinator,
];

struct Place {
    pair: TestPair,
    request: DossierId,
    declaration: DossierId,
    opening: EntryId,
    asked: ObligationId,
}

/// A request with a file, and a declaration, opened by the liaison service of `ma`; both nodes hold both.
fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let mut request = Writing::new(&[
        ("title", SECRET),
        ("question", SECRET),
        ("facts", SECRET),
        ("country_link", SECRET),
        ("offence", "other"),
    ]);
    request
        .files
        .push(("Zanzibarite.txt", SECRET.as_bytes().to_vec()));
    let opened = pair.write(Side::Ma, "request.open", &request);
    let declared = Writing::new(&[("title", "Ouvertement")]);
    let declared = pair.write(Side::Ma, "declaration.open", &declared);
    pair.settle();
    let asked = pair.open_one(Side::Ma, opened.dossier, entente_core::codes::Ask::Answer);
    Place {
        asked: asked.id,
        request: opened.dossier,
        declaration: declared.dossier,
        opening: opened.entry,
        pair,
    }
}

/// An officer of a unit of `ma` with these roles.
fn officer(node: &TestNode, unit: &str, roles: &[Role]) -> Actor {
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let id = format!("{unit}-{}", names.join("-")).replace('_', "");
    let added = node.app.add_officer(NewOfficer {
        id: id.clone(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, unit)],
        roles: roles.to_vec(),
        password: None,
        lang: Lang::Fr,
    });
    added.unwrap();
    node.officer(&id).unwrap()
}

/// All that an officer is shown without naming anything, and what the search finds, as one text.
fn everything(app: &App, actor: &Actor) -> String {
    let search = |text: &str| DossierQuery {
        text: text.to_owned(),
        ..DossierQuery::default()
    };
    let texts = [SECRET, POLICE, "MA-2", "MA-3"].map(|text| app.dossiers(actor, &search(text)));
    format!(
        "{:?} {:?} {:?} {:?} {texts:?} {:?}",
        app.today(actor),
        app.dossiers(actor, &DossierQuery::default()),
        app.ledger(actor, &LedgerQuery::default()),
        app.meeting_list(actor),
        app.partner(actor, &"fr".parse().unwrap())
            .map(|p| p.irregular),
    )
}

/// Every way of naming the request, or something in it: by what each fails, or nothing.
fn named(place: &Place, actor: &Actor) -> Vec<(&'static str, Option<AppError>)> {
    let app = &place.pair.ma().app;
    let form = |entry_type: &str, target| {
        let query = FormQuery {
            dossier: Some(place.request),
            entry_type: entry_type.to_owned(),
            target,
            ..FormQuery::default()
        };
        app.form(actor, &query).map(|_| ())
    };
    let looks: [(&str, Said<()>); 9] = [
        (
            "dossier",
            app.dossier(actor, place.request, None).map(|_| ()),
        ),
        (
            "number",
            app.dossier_number(actor, place.request).map(|_| ()),
        ),
        ("entry", app.entry(actor, place.opening).map(|_| ())),
        ("file", app.file(actor, place.opening, 0).map(|_| ())),
        ("proof", app.proof(actor, place.opening).map(|_| ())),
        ("obligation", app.obligation(actor, place.asked).map(|_| ())),
        (
            "releasable",
            app.releasable(actor, place.request).map(|_| ()),
        ),
        ("note", form("note", None)),
        ("withdraw", form("withdraw", Some(place.asked))),
    ];
    looks.map(|(what, said)| (what, said.err())).into()
}

fn writes(place: &Place, actor: &Actor, dossier: DossierId) -> Said<()> {
    let note = recording("note", &Writing::on(dossier, &[("text", "Une note.")])).unwrap();
    place.pair.ma().app.record(actor, note).map(|_| ())
}

#[test]
fn each_role_inside_sees_what_its_group_opens_and_nothing_else_exists() {
    let place = place(901);
    let app = &place.pair.ma().app;
    for &role in Role::ALL {
        let actor = officer(place.pair.ma(), "liaison", &[role]);
        let (all, list) = (
            everything(app, &actor),
            app.dossiers(&actor, &DossierQuery::default()).unwrap(),
        );
        let contents = !matches!(role, Role::Inspector | Role::Administrator);
        let justice = JUSTICE.contains(&role);
        // The charter's dossier, the desk and the declaration are governance; the request is justice.
        let expected = u64::from(contents) * 3 + u64::from(justice);
        assert_eq!(list.total, expected, "{role}");
        assert_eq!(list.lines.len() as u64, expected, "{role}");
        assert_eq!(all.contains(SECRET), justice, "{role}");
        assert_eq!(all.contains(&place.request.to_string()), justice, "{role}");
        for (what, error) in named(&place, &actor) {
            match justice {
                true => assert!(error.is_none(), "{role} {what}: {error:?}"),
                false => assert!(
                    matches!(error, Some(AppError::NotFound)),
                    "{role} {what}: {error:?}"
                ),
            }
        }
        let declared = app.dossier(&actor, place.declaration, None);
        assert_eq!(declared.is_ok(), contents, "{role}");
        // Not a word about contents has a form to offer where nothing may be written.
        let offers = declared.map(|view| !view.forms.is_empty());
        assert_eq!(offers.unwrap_or(false), contents, "{role}");
        let wrote = [place.request, place.declaration].map(|d| writes(&place, &actor, d));
        match (contents, justice) {
            (true, true) => assert!(wrote.iter().all(Result::is_ok), "{role}: {wrote:?}"),
            (true, false) => assert!(
                matches!(wrote, [Err(AppError::NotFound), Ok(())]),
                "{role}: {wrote:?}"
            ),
            _ => assert!(
                matches!(wrote, [Err(AppError::Forbidden), Err(AppError::Forbidden)]),
                "{role}: {wrote:?}"
            ),
        }
    }
}

#[test]
fn each_role_outside_finds_nothing() {
    let place = place(902);
    let app = &place.pair.ma().app;
    for &role in Role::ALL {
        let actor = officer(place.pair.ma(), "archives", &[role]);
        let list = app.dossiers(&actor, &DossierQuery::default()).unwrap();
        assert_eq!((list.total, list.lines.len()), (0, 0), "{role}");
        let ledger = app.ledger(&actor, &LedgerQuery::default()).unwrap();
        assert_eq!((ledger.total, ledger.lines.len()), (0, 0), "{role}");
        let today = app.today(&actor).unwrap();
        assert_eq!(
            (today.we_owe_total, today.owed_to_us_total),
            (0, 0),
            "{role}"
        );
        let all = everything(app, &actor);
        for told in [
            SECRET,
            &place.request.to_string(),
            &place.asked.entry.to_string(),
        ] {
            assert!(!all.contains(told), "{role}");
        }
        for (what, error) in named(&place, &actor) {
            assert!(matches!(error, Some(AppError::NotFound)), "{role} {what}");
        }
        for dossier in [place.request, place.declaration] {
            let wrote = writes(&place, &actor, dossier);
            let contents = !matches!(role, Role::Inspector | Role::Administrator);
            match contents {
                true => assert!(matches!(wrote, Err(AppError::NotFound)), "{role}"),
                false => assert!(matches!(wrote, Err(AppError::Forbidden)), "{role}"),
            }
        }
    }
}

/// One role on top opens nothing that another shuts.
#[test]
fn whoever_inspects_or_administers_besides_reads_nothing() {
    let place = place(903);
    let app = &place.pair.ma().app;
    for keeps in [Role::Inspector, Role::Administrator] {
        let actor = officer(place.pair.ma(), "liaison", &[Role::Liaison, keeps]);
        assert!(!actor.writes());
        assert!(!everything(app, &actor).contains(SECRET), "{keeps}");
        for (what, error) in named(&place, &actor) {
            assert!(matches!(error, Some(AppError::NotFound)), "{keeps} {what}");
        }
        let inspects = app.access_records(&actor, 1, 0);
        assert_eq!(inspects.is_ok(), keeps == Role::Inspector);
    }
    // Each of two groups shuts the other out: what is left is what both have.
    let both = officer(
        place.pair.ma(),
        "liaison",
        &[Role::Investigator, Role::CaseWorker],
    );
    assert!(app.dossier(&both, place.declaration, None).is_ok());
    let request = app.dossier(&both, place.request, None);
    assert!(matches!(request, Err(AppError::NotFound)));
}

/// A dossier that one sees may hold entries that one does not read: they are there, and their words are nowhere.
#[test]
fn what_is_for_police_use_only_is_withheld_from_a_coordinator() {
    let mut place = place(904);
    let guarded = [("text", POLICE), ("handling", "H0")];
    let mut answer = Writing::on(place.request, &guarded).target(place.asked);
    answer
        .files
        .push(("Quartzolite.txt", POLICE.as_bytes().to_vec()));
    let answer = place.pair.write(Side::Fr, "request.answer", &answer).entry;
    place.pair.settle();
    let (node, app) = (place.pair.ma(), &place.pair.ma().app);
    let coordinator = officer(node, "liaison", &[Role::Coordinator]);
    let magistrate = officer(node, "liaison", &[Role::Magistrate]);
    let told = |actor: &Actor| {
        let dossier = app.dossier(actor, place.request, None).unwrap();
        let entry = app.entry(actor, answer).unwrap();
        format!("{} {dossier:?} {entry:?}", everything(app, actor))
    };
    assert!(told(&magistrate).contains(POLICE));
    assert!(!told(&coordinator).contains(POLICE));
    let shown = app.entry(&coordinator, answer).unwrap();
    assert!(matches!(shown.body, BodyView::Withheld));
    assert!(!shown.rights.read && !shown.rights.open_files && !shown.rights.export);
    assert!(shown.rights.erase, "the dossier is open to a coordinator");
    let (file, proof) = (
        app.file(&coordinator, answer, 0),
        app.proof(&coordinator, answer),
    );
    assert!(matches!(file.map(|_| ()), Err(AppError::Forbidden)));
    assert!(matches!(proof, Err(AppError::Forbidden)));
    assert!(app.file(&magistrate, answer, 0).is_ok() && app.proof(&magistrate, answer).is_ok());
}

/// Under the partner's H1 or H2 all is read, and no proof goes out; whoever set the condition is not bound by it.
#[test]
fn no_proof_goes_out_against_the_originators_condition() {
    for (seed, condition, out) in [(907, "H1", false), (908, "H2", false), (909, "H3", true)] {
        let mut place = place(seed);
        let guarded = [
            ("text", "Sous condition."),
            ("handling", condition),
            ("condition", "À confirmer."),
        ];
        let answer = Writing::on(place.request, &guarded).target(place.asked);
        let answer = place.pair.write(Side::Fr, "request.answer", &answer).entry;
        place.pair.settle();
        if condition == "H3" {
            let confirm = Writing::on(place.request, &[("entry", &answer.to_string())]);
            place.pair.write(Side::Ma, "confirm_condition", &confirm);
        }
        for (side, may) in [(Side::Ma, out), (Side::Fr, true)] {
            let node = place.pair.node(side);
            let liaison = node.officer("liaison").unwrap();
            let shown = node.app.entry(&liaison, answer).unwrap();
            assert!(matches!(shown.body, BodyView::Here(_)));
            assert_eq!(shown.rights.export, may, "{condition}");
            let proof = node.app.proof(&liaison, answer);
            let forbidden = matches!(proof, Err(AppError::Condition(_)));
            assert_eq!((proof.is_ok(), forbidden), (may, !may), "{condition}");
        }
    }
}

/// The services that a form suggests come from dossiers that the officer sees: others say with whom a colleague works.
#[test]
fn a_form_suggests_no_service_of_a_dossier_that_is_not_seen() {
    let mut place = place(910);
    let asked = [
        ("title", "Ailleurs"),
        ("question", "Qui ?"),
        ("facts", "Aucun."),
        ("country_link", "Aucun."),
        ("offence", "other"),
        ("to", "fr/brigade"),
    ];
    place
        .pair
        .write(Side::Ma, "request.open", &Writing::new(&asked));
    let outside = officer(place.pair.ma(), "other", &[Role::Investigator]);
    let inside = officer(place.pair.ma(), "liaison", &[Role::Investigator]);
    for (actor, suggested) in [(inside, true), (outside, false)] {
        let query = FormQuery {
            partner: Some(place.pair.fr().name.clone()),
            entry_type: "request.open".to_owned(),
            ..FormQuery::default()
        };
        let form = place.pair.ma().app.form(&actor, &query).unwrap();
        let brigade = service(&place.pair.fr().name, "brigade");
        assert_eq!(form.services.contains(&brigade), suggested);
    }
}

/// A charter binds the state: who reads it may not sign it for that.
#[test]
fn terms_are_signed_by_few() {
    let place = place(905);
    let node = place.pair.ma();
    let charter = place.pair.charter.unwrap();
    let analyst = officer(node, "liaison", &[Role::Analyst]);
    let view = node.app.dossier(&analyst, charter, None).unwrap();
    assert!(view.forms.iter().all(|e| !e.name.starts_with("charter.")));
    let talks = [("text", "Pourparlers.")];
    for (act, fields) in [
        ("charter.propose", &talks[..0]),
        ("charter.sign", &talks[..0]),
        ("charter.suspend", &talks[..]),
    ] {
        let act = recording(act, &Writing::on(charter, fields)).unwrap();
        let refused = node.app.record(&analyst, act);
        assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
    }
    let coordinator = officer(node, "liaison", &[Role::Coordinator]);
    let view = node.app.dossier(&coordinator, charter, None).unwrap();
    assert!(view.forms.iter().any(|e| e.name == "charter.suspend"));
    let period = entente_core::balance::window(node.app.now());
    let fr = "fr".parse().unwrap();
    assert!(node.app.balance(&analyst, &fr, period.0, period.1).is_ok());
}

#[test]
fn a_question_about_rights_is_answered_by_what_decided_and_leaves_a_trace() {
    let place = place(906);
    let (node, app) = (place.pair.ma(), &place.pair.ma().app);
    let liaison = node.officer("liaison").unwrap();
    let on = On::Dossier(place.request);
    let told = app.explain(&liaison, Action::Answer, on).unwrap();
    assert!(told.explanation.allowed);
    assert_eq!(told.explanation.by[0].id, "justice");
    assert_eq!(told.through, Some(service(&node.name, "liaison")));
    assert_eq!(told.open_to, JUSTICE);
    let outside = officer(node, "archives", &[Role::Liaison]);
    let told = app.explain(&outside, Action::See, on).unwrap();
    assert_eq!(told.explanation.bar, Some(Bar::Outside));
    assert_eq!((told.through, told.open_to.len()), (None, 0));
    let worker = officer(node, "liaison", &[Role::CaseWorker]);
    let on = On::Entry(place.opening);
    let told = app.explain(&worker, Action::Read, on).unwrap();
    assert_eq!(told.explanation.bar, Some(Bar::Walled));
    let kind = kinds::find("desk").unwrap();
    let told = app.explain(&worker, Action::Open, On::Kind(kind)).unwrap();
    assert_eq!(told.explanation.by[0].id, "governance");
    for (action, on) in [
        (Action::See, On::Node),
        (Action::Read, On::Dossier(place.request)),
        (Action::Carry, On::Dossier(place.request)),
        (Action::See, On::Dossier(DossierId([9; 32]))),
    ] {
        let wrong = app.explain(&worker, action, on);
        assert!(matches!(wrong, Err(AppError::NotFound)), "{action:?}");
    }
    let inspector = officer(node, "archives", &[Role::Inspector]);
    let records = app.access_records(&inspector, 100, 0).unwrap();
    let asked = records.iter().filter(|(_, r)| r.verb == "policy_explain");
    assert_eq!(asked.count(), 8);
}
