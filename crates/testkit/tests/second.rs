//! The second signature: what waits for it, who gives it, and that nothing leaves without it where the charter or a policy asks for it
//! (invariant 8, DESIGN section 7).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::Operation;
use entente_app::views::{BodyView, DraftState};
use entente_app::{
    Actor, AppError, DraftId, NewFile, NewOfficer, Recording, SigningFault, Submitted,
};
use entente_core::codes::{Ask, Role};
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Span;
use entente_core::label::Lang;
use entente_store::StoreExt;
use entente_testkit::node::{TestNode, Writing, recording, service};
use entente_testkit::pair::{Side, TestPair};

/// A word that only what is drafted holds.
const SECRET: &str = "Zanzibarite";

/// Another officer of a unit.
fn other(node: &TestNode, id: &str, unit: &str, role: Role) -> Actor {
    let added = node.app.add_officer(NewOfficer {
        id: id.into(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, unit)],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    });
    added.unwrap();
    node.officer(id).unwrap()
}

struct Place {
    pair: TestPair,
    author: Actor,
    second: Actor,
    dossier: DossierId,
}

/// A link by two signatures; an investigation of `ma` opened before that, with two liaison officers there.
fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre la filière.")]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    pair.settle();
    let decide = pair.open_one(Side::Fr, dossier, Ask::Decide).id;
    let join = Writing::on(dossier, &[("text", "Nous participons.")]).target(decide);
    pair.write(Side::Fr, "investigation.join", &join);
    pair.settle();
    pair.by_two();
    Place {
        author: pair.ma().officer("liaison").unwrap(),
        second: other(pair.ma(), "permanence", "liaison", Role::Liaison),
        dossier,
        pair,
    }
}

fn contribution(dossier: DossierId) -> Recording {
    let fields = [
        ("title", "Relevé"),
        ("text", SECRET),
        ("source", "B"),
        ("accuracy", "2"),
    ];
    let mut out = recording("investigation.contribute", &Writing::on(dossier, &fields)).unwrap();
    out.values.lang = Some(Lang::Fr);
    let bytes = SECRET.as_bytes().to_vec();
    out.files = vec![NewFile::of("piece.txt", "text/plain", bytes)];
    out
}

fn waits(submitted: Submitted) -> DraftId {
    match submitted {
        Submitted::Waits(id) => id,
        other => panic!("it left by one signature: {other:?}"),
    }
}

fn signing(error: AppError) -> SigningFault {
    match error {
        AppError::Signing(fault) => fault,
        other => panic!("{other:?}"),
    }
}

/// The entry's header on both nodes, once it is there.
fn approver_of(
    node: &TestNode,
    dossier: DossierId,
    entry: EntryId,
) -> (Option<String>, Option<String>) {
    let header = node.header(entry);
    let release = header.release.unwrap();
    node.look(|tx| {
        let author = tx.officer_behind(dossier, header.author.officer.0)?;
        let approver = tx.officer_behind(dossier, release.approver.0)?;
        Ok((author, approver))
    })
    .unwrap()
}

#[test]
fn invariant_08_by_two_signatures_words_leave_when_another_officer_approved_what_they_read() {
    let mut p = place(1201);
    let app = p.pair.ma().app.clone();
    // No way of recording leads around it.
    let refused = app.record(&p.author, contribution(p.dossier)).unwrap_err();
    assert_eq!(signing(refused), SigningFault::NeedsSecond);
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    p.pair.settle();
    let before = p.pair.fr().entries().unwrap().len();
    // It is a task of the second officer, and a line of its author's; nobody signs their own.
    let lines = app.today(&p.second).unwrap().drafts;
    assert_eq!((lines.len(), lines[0].mine, lines[0].id), (1, false, draft));
    assert!(app.today(&p.author).unwrap().drafts[0].mine);
    assert_eq!(
        signing(app.approve_draft(&p.author, draft).unwrap_err()),
        SigningFault::Own
    );
    // Read exactly as it will leave, with its file.
    let view = app.draft(&p.second, draft).unwrap();
    let seen = view.preview.unwrap();
    assert_eq!(seen.values.text("text"), Some(SECRET));
    assert_eq!(seen.files[0].name, "piece.txt");
    assert_eq!(seen.header.audience.len(), 2);
    assert!(seen.readers.iter().all(|s| s.node().as_str() == "fr"));
    let bytes: Vec<u8> = app
        .draft_file(&p.second, draft, 0)
        .unwrap()
        .chunks
        .flat_map(|chunk| chunk.unwrap())
        .collect();
    assert_eq!(bytes, SECRET.as_bytes());
    let left = app.approve_draft(&p.second, draft).unwrap();
    p.pair.wire.wake(0);
    p.pair.settle();
    let both = approver_of(p.pair.ma(), p.dossier, left.entry);
    assert_eq!(both, (Some("liaison".into()), Some("permanence".into())));
    let theirs = p.pair.fr().officer("liaison").unwrap();
    let there = p.pair.fr().app.entry(&theirs, left.entry).unwrap();
    let BodyView::Here(values) = &there.body else {
        panic!("{:?}", there.body)
    };
    assert_eq!(values.text("text"), Some(SECRET));
    assert_eq!(p.pair.fr().file(left.entry, 0).unwrap(), SECRET.as_bytes());
    assert_eq!(p.pair.fr().entries().unwrap().len(), before + 1);
    // Decided once: the draft is gone with its key.
    assert!(matches!(
        app.approve_draft(&p.second, draft),
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        app.draft(&p.author, draft),
        Err(AppError::NotFound)
    ));
    assert!(p.pair.ma().look(|tx| tx.drafts(9)).unwrap().is_empty());
    p.pair.assert_same();
}

/// Nothing of a draft is in the clear in the store, nor found by searching.
#[test]
fn invariant_10_a_draft_is_sealed_and_destroyed_when_it_is_decided() {
    let p = place(1202);
    let app = p.pair.ma().app.clone();
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    let row = p.pair.ma().look(|tx| tx.draft(&draft.0)).unwrap().unwrap();
    let clear = format!("{row:?}");
    assert!(!clear.contains(SECRET));
    let within = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes());
    assert!(!within(&row.sealed) && !within(&row.about));
    app.take_draft_back(&p.author, draft).unwrap();
    assert!(p.pair.ma().look(|tx| tx.draft(&draft.0)).unwrap().is_none());
    let name = format!("draft-{draft}");
    let key = p
        .pair
        .ma()
        .look(|tx| tx.object_key(entente_store::NEVER_COPIED, name.as_bytes()));
    assert!(
        key.unwrap().is_none_or(|key| key.is_empty()),
        "its key is destroyed"
    );
    // Only its author takes back, and only what waits.
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    assert!(matches!(
        app.take_draft_back(&p.second, draft),
        Err(AppError::NotFound)
    ));
}

#[test]
fn a_draft_given_back_is_with_its_author_with_the_ground() {
    let p = place(1203);
    let app = p.pair.ma().app.clone();
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    for bad in ["", "  ", "two\nlines"] {
        let refused = app.return_draft(&p.second, draft, bad).unwrap_err();
        assert_eq!(signing(refused), SigningFault::NoGround { most: 300 });
    }
    app.return_draft(&p.second, draft, "Source à préciser.")
        .unwrap();
    let view = app.draft(&p.author, draft).unwrap();
    assert_eq!(view.line.state, DraftState::Returned);
    assert_eq!(view.grounds, ["Source à préciser."]);
    let form = view.form.unwrap();
    assert_eq!(form.text("text"), Some(SECRET), "to write it again");
    assert!(matches!(
        app.approve_draft(&p.second, draft),
        Err(AppError::NotFound)
    ));
    app.take_draft_back(&p.author, draft).unwrap();
    assert!(app.drafts(&p.author).unwrap().is_empty());
}

/// Rule 3: what came in between is told, and the draft stays until its author has read it.
#[test]
fn rule_03_a_draft_made_stale_is_refused_with_the_news() {
    let mut p = place(1204);
    let (request, asked) = {
        let fields = [
            ("title", "Véhicule"),
            ("question", "À qui ?"),
            ("facts", "Vu au port."),
            ("country_link", "Plaque."),
            ("offence", "other"),
        ];
        let theirs = p.pair.fr().officer("liaison").unwrap();
        let signer = other(p.pair.fr(), "garde", "liaison", Role::Liaison);
        let open = recording("request.open", &Writing::new(&fields)).unwrap();
        let draft = waits(p.pair.fr().app.submit(&theirs, open, None).unwrap());
        // A dossier to be opened has both officers' pseudonyms.
        let opened = p.pair.fr().app.approve_draft(&signer, draft).unwrap();
        let both = approver_of(p.pair.fr(), opened.dossier, opened.entry);
        assert_eq!(both, (Some("liaison".into()), Some("garde".into())));
        p.pair.wire.wake(1);
        p.pair.settle();
        (
            opened.dossier,
            p.pair.open_one(Side::Ma, opened.dossier, Ask::Answer).id,
        )
    };
    let app = p.pair.ma().app.clone();
    let seen = p.pair.shown(Side::Ma, request, asked).seen;
    let answer = Writing::on(request, &[("text", SECRET)])
        .target(asked)
        .seen(&seen);
    let answer = recording("request.answer", &answer).unwrap();
    let draft = waits(app.submit(&p.author, answer, None).unwrap());
    // A click waits for nobody; it changes what the draft was written from.
    let click = Writing::on(request, &[]).target(asked);
    app.record(&p.author, recording("acknowledge", &click).unwrap())
        .unwrap();
    let refused = app.approve_draft(&p.second, draft);
    assert!(matches!(refused, Err(AppError::Stale)), "{refused:?}");
    let view = app.draft(&p.second, draft).unwrap();
    assert_eq!((view.stale, view.preview.is_none()), (Some("stale"), true));
    assert_eq!(view.line.state, DraftState::Waits, "nothing is lost");
}

/// Who neither wrote nor may sign a draft is shown nothing of it.
#[test]
fn invariant_11_a_draft_exists_for_its_author_and_those_who_may_sign() {
    let p = place(1205);
    let app = p.pair.ma().app.clone();
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    let outside = other(p.pair.ma(), "ailleurs", "elsewhere", Role::Liaison);
    let walled = other(p.pair.ma(), "social", "liaison", Role::CaseWorker);
    let inspector = p.pair.ma().officer("inspector").unwrap();
    for actor in [&outside, &walled, &inspector] {
        let id = &actor.id;
        assert!(app.drafts(actor).unwrap().is_empty(), "{id}");
        for tried in [
            app.draft(actor, draft).map(drop),
            app.draft_file(actor, draft, 0).map(drop),
            app.approve_draft(actor, draft).map(drop),
            app.return_draft(actor, draft, "Non."),
            app.take_draft_back(actor, draft),
        ] {
            assert!(matches!(tried, Err(AppError::NotFound)), "{id}: {tried:?}");
        }
    }
    let left = app.approve_draft(&p.second, draft).unwrap();
    let records = app.access_records(&inspector, 200, 0).unwrap();
    let named = |verb: &str, object: &str| {
        records
            .iter()
            .any(|(_, r)| r.verb == verb && r.object.as_deref() == Some(object))
    };
    assert!(named("draft", &draft.to_string()), "kept and read");
    assert!(named("approve", &left.entry.to_string()));
    let approved = records.iter().find(|(_, r)| r.verb == "approve").unwrap();
    assert_eq!(
        (approved.1.actor.as_str(), approved.1.operation),
        ("permanence", Operation::Disclose)
    );
}

#[test]
fn what_nobody_could_sign_and_whose_author_left_does_not_leave() {
    let mut pair = TestPair::strangers(1206, &["liaison"]).unwrap();
    pair.charter();
    pair.by_two();
    let app = pair.ma().app.clone();
    let author = pair.ma().officer("liaison").unwrap();
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre.")]);
    let open = || recording("investigation.open", &open).unwrap();
    let refused = app.submit(&author, open(), None).unwrap_err();
    assert_eq!(signing(refused), SigningFault::Nobody);
    let second = other(pair.ma(), "permanence", "liaison", Role::Liaison);
    let draft = waits(app.submit(&author, open(), None).unwrap());
    app.set_active(entente_app::By::Machine, "liaison", false)
        .unwrap();
    let refused = app.approve_draft(&second, draft).unwrap_err();
    assert_eq!(signing(refused), SigningFault::AuthorGone);
}

/// DESIGN section 7: where there is no time one officer releases alone, and the second signature is owed within a day.
#[test]
fn invariant_08_released_alone_the_second_signature_is_owed_and_shown_late() {
    let mut p = place(1207);
    let app = p.pair.ma().app.clone();
    let why = "Une embarcation dérive, vingt personnes.";
    let blank = app
        .submit(&p.author, contribution(p.dossier), Some(" "))
        .unwrap_err();
    assert_eq!(signing(blank), SigningFault::NoGround { most: 300 });
    let left = app
        .submit(&p.author, contribution(p.dossier), Some(why))
        .unwrap();
    let left = left.recorded().unwrap();
    p.pair.wire.wake(0);
    p.pair.settle();
    assert!(
        p.pair.fr().entry(left.entry).unwrap().is_some(),
        "it left at once"
    );
    let bytes = p.pair.fr().entry(left.entry).unwrap().unwrap().header;
    assert!(
        !bytes.windows(9).any(|w| w == &why.as_bytes()[..9]),
        "the line stays at our node"
    );
    let line = &app.drafts(&p.second).unwrap()[0];
    assert_eq!(
        (line.state, line.entry),
        (DraftState::Unsigned, Some(left.entry))
    );
    assert!(!line.overdue);
    let draft = line.id;
    p.pair.time.advance(Span::hours(25).0);
    assert!(app.today(&p.second).unwrap().drafts[0].overdue);
    assert_eq!(
        signing(app.sign_afterwards(&p.author, draft).unwrap_err()),
        SigningFault::Own
    );
    assert_eq!(app.draft(&p.second, draft).unwrap().grounds, [why]);
    app.sign_afterwards(&p.second, draft).unwrap();
    assert!(app.drafts(&p.second).unwrap().is_empty());
    // Refused instead, it stays until what follows from it was done.
    app.submit(&p.author, contribution(p.dossier), Some(why))
        .unwrap();
    let draft = app.drafts(&p.second).unwrap()[0].id;
    app.refuse_afterwards(&p.second, draft, "Rien ne pressait.")
        .unwrap();
    let view = app.draft(&p.author, draft).unwrap();
    assert_eq!(
        (view.line.state, view.grounds.len()),
        (DraftState::Refused, 2)
    );
    let inspector = p.pair.ma().officer("inspector").unwrap();
    let records = app.access_records(&inspector, 200, 0).unwrap();
    for verb in [
        "release_alone",
        "second_signature",
        "second_signature_refused",
    ] {
        assert!(records.iter().any(|(_, r)| r.verb == verb), "{verb}");
    }
    assert!(matches!(
        app.sign_afterwards(&p.second, draft),
        Err(AppError::NotFound)
    ));
    app.settle_refused(&p.second, draft).unwrap();
    assert!(app.drafts(&p.author).unwrap().is_empty());
}

/// What says nothing, stays here, or leads to terms waits for nobody.
#[test]
fn a_click_an_own_note_and_a_charter_wait_for_nobody() {
    let p = place(1208);
    let app = p.pair.ma().app.clone();
    let own = Writing::on(p.dossier, &[("text", SECRET)]).own_only();
    app.record(&p.author, recording("note", &own).unwrap())
        .unwrap();
    let charter = Writing::on(p.pair.charter.unwrap(), &[("text", "Une note.")]);
    app.record(&p.author, recording("note", &charter).unwrap())
        .unwrap();
    let note = Writing::on(p.dossier, &[("text", SECRET)]);
    let refused = app
        .record(&p.author, recording("note", &note).unwrap())
        .unwrap_err();
    assert_eq!(signing(refused), SigningFault::NeedsSecond);
}

/// A node that was restored has a draft's row and not its words: it says so, and its author writes it again.
#[test]
fn invariant_10_no_backup_brings_a_draft_back() {
    let p = place(1209);
    let app = p.pair.ma().app.clone();
    let draft = waits(
        app.submit(&p.author, contribution(p.dossier), None)
            .unwrap(),
    );
    let name = format!("draft-{draft}").into_bytes();
    let store = p.pair.ma().store.clone();
    store
        .update("lose", move |tx| {
            tx.put_object_key(entente_store::NEVER_COPIED, &name, &[])
        })
        .unwrap_or_else(|e: entente_store::StoreError| panic!("{e}"));
    let view = app.draft(&p.second, draft).unwrap();
    assert!(view.lost && view.preview.is_none());
    assert_eq!(
        signing(app.approve_draft(&p.second, draft).unwrap_err()),
        SigningFault::Lost
    );
    app.take_draft_back(&p.author, draft).unwrap();
}

/// A contribution to an investigation under H1, where the charter asks for one signature.
fn under_h1(pair: &TestPair, dossier: DossierId) -> Recording {
    assert!(pair.charter.is_some());
    let fields = [("title", "Pièce"), ("text", SECRET), ("handling", "H1")];
    recording("investigation.contribute", &Writing::on(dossier, &fields)).unwrap()
}

/// The magistrate's gate: what the policies reserve to a magistrate waits for one, whoever writes it and however little time there is.
#[test]
fn invariant_08_what_a_policy_reserves_to_a_magistrate_waits_for_one() {
    let mut pair = TestPair::linked(1211);
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre.")]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    pair.settle();
    let author = pair.ma().officer("liaison").unwrap();
    let colleague = other(pair.ma(), "permanence", "liaison", Role::Liaison);
    let app = pair.ma().app.clone();
    let nobody = app
        .submit(&author, under_h1(&pair, dossier), None)
        .unwrap_err();
    assert_eq!(
        signing(nobody),
        SigningFault::Nobody,
        "the node's magistrate does not work on it"
    );
    let thing = [
        ("name", "+212 5 00 00 00 01"),
        ("nature", "fact"),
        ("handling", "H1"),
    ];
    let thing = recording("investigation.phone", &Writing::on(dossier, &thing)).unwrap();
    let nobody = app.submit(&author, thing, None).unwrap_err();
    assert_eq!(signing(nobody), SigningFault::Nobody, "nor things");
    let magistrate = other(pair.ma(), "magistrature", "liaison", Role::Magistrate);
    let draft = waits(app.submit(&author, under_h1(&pair, dossier), None).unwrap());
    let alone = app
        .submit(&author, under_h1(&pair, dossier), Some("Vite."))
        .unwrap_err();
    assert_eq!(signing(alone), SigningFault::NeedsSecond);
    assert!(matches!(
        app.approve_draft(&colleague, draft),
        Err(AppError::NotFound)
    ));
    assert!(app.drafts(&colleague).unwrap().is_empty());
    let left = app.approve_draft(&magistrate, draft).unwrap();
    let both = approver_of(pair.ma(), dossier, left.entry);
    assert_eq!(both, (Some("liaison".into()), Some("magistrature".into())));
    // A magistrate writes and approves; without H1 nobody else is needed.
    app.record(&magistrate, under_h1(&pair, dossier)).unwrap();
    let plain = Writing::on(dossier, &[("title", "Relevé"), ("text", "Rien.")]);
    app.record(
        &author,
        recording("investigation.contribute", &plain).unwrap(),
    )
    .unwrap();
}

/// That two things are linked says something of them, though nothing of it is typed. Take out: in `app/src/drafts/gate.rs::says_something`,
/// what a field names.
#[test]
fn invariant_08_by_two_signatures_a_link_is_read_by_a_second_officer_too() {
    let mut pair = TestPair::linked(1213);
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre.")]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    let mut phone = |number| {
        let phone = Writing::on(dossier, &[("name", number), ("nature", "fact")]);
        pair.write(Side::Ma, "investigation.phone", &phone)
            .entry
            .to_string()
    };
    let (one, two) = (phone("+212 5 00 00 00 01"), phone("+212 5 00 00 00 02"));
    pair.by_two();
    let author = pair.ma().officer("liaison").unwrap();
    let link = [
        ("from_thing", one.as_str()),
        ("how", "called"),
        ("to_thing", two.as_str()),
        ("nature", "fact"),
    ];
    let link = recording("investigation.link", &Writing::on(dossier, &link)).unwrap();
    let refused = pair.ma().app.record(&author, link).unwrap_err();
    assert_eq!(signing(refused), SigningFault::NeedsSecond);
}

/// What the originator requires goes with the entry and is read there; a code that is none is refused.
#[test]
fn assurances_and_categories_travel_in_the_body() {
    let mut pair = TestPair::linked(1212);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let fields = |assured: &'static str| {
        Writing::on(
            dossier,
            &[
                ("text", "Le véhicule est connu."),
                ("assessment", "Sans doute le même groupe."),
                ("person_categories", "suspect,victim"),
                ("assurances", assured),
            ],
        )
        .target(asked)
    };
    let wrong = recording("request.answer", &fields("no_death_penalty,anything"));
    assert!(matches!(wrong, Err(AppError::Fields(_))), "{wrong:?}");
    let answer = fields("no_death_penalty,no_torture");
    let answer = pair.write(Side::Fr, "request.answer", &answer).entry;
    pair.settle();
    // They oblige whoever receives: nothing is shown before an officer committed to them.
    let reader = pair.ma().officer("liaison").unwrap();
    let shown = pair.ma().app.entry(&reader, answer).unwrap();
    assert!(shown.body.values().is_none());
    let confirm = Writing::on(dossier, &[("entry", &answer.to_string())]);
    pair.write(Side::Ma, "confirm_condition", &confirm);
    pair.settle();
    let shown = pair.ma().app.entry(&reader, answer).unwrap();
    let values = shown.body.values().unwrap();
    assert_eq!(
        values.list("assurances"),
        ["no_death_penalty", "no_torture"]
    );
    assert_eq!(values.list("person_categories"), ["suspect", "victim"]);
    assert_eq!(
        values.text("assessment"),
        Some("Sans doute le même groupe.")
    );
    // Bodies say it, headers do not: no fold knows of it.
    assert!(!format!("{:?}", pair.ma().header(answer)).contains("death"));
    pair.assert_same();
}
