//! Acts of weight: signed by the officer's own passkey over exactly the entry that is recorded; possible without one only where a policy
//! says so; verified by the partner and offline.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_app::{
    Actor, AppError, AskedAgain, InputFault, LinkFault, PeopleFault, Releasing, SignatureAsked,
    SignedState, SigningFault, Submitted, Weighed,
};
use entente_core::codes::{Ask, Role};
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Span;
use entente_core::kinds::weight::OFFICER_SIGNATURE;
use entente_proof::bundle::{Bundle, verify_bundle};
use entente_proof::digest::Digest;
use entente_proof::weight::challenge;
use entente_store::BodyState;
use entente_testkit::desk::{PASSWORD, again, person};
use entente_testkit::many::TestMany;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::passkey::SoftPasskey;
use serde_json::Value;

const ORIGIN: &str = "https://ma.example";

/// A pair whose first node browsers reach, with an officer there who has a passkey, and a note to erase.
struct Place {
    pair: TestPair,
    agent: Actor,
    passkey: SoftPasskey,
    dossier: DossierId,
    note: EntryId,
}

fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    pair.nodes[0].set_public_url(ORIGIN);
    pair.restart(Side::Ma);
    let agent = person(pair.ma(), "agent", "liaison", Role::Liaison);
    pair.ma().app.add_officer(agent).unwrap();
    let mut passkey = SoftPasskey::of(ORIGIN);
    let agent = passkey.add_to(&pair.ma().app, "agent");
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let text = Writing::on(dossier, &[("text", "À effacer.")]);
    let note = pair.write(Side::Ma, "note", &text).entry;
    pair.settle();
    Place {
        pair,
        agent,
        passkey,
        dossier,
        note,
    }
}

impl Place {
    fn erase(&self) -> Submitted {
        let fields = [
            ("entry", self.note.to_string()),
            ("reason", "Délai atteint.".to_owned()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let erase = recording("erase", &Writing::on(self.dossier, &fields)).unwrap();
        self.pair.ma().app.submit(&self.agent, erase, None).unwrap()
    }

    fn finish(&self, token: &str, answer: &str) -> Result<Weighed, AppError> {
        self.pair
            .ma()
            .app
            .finish_weighty(&self.agent, token, answer)
    }

    fn entries(&self, side: Side, kind: &str) -> Vec<EntryId> {
        let rows = self.pair.node(side).entries().unwrap();
        let of = rows
            .iter()
            .filter(|row| row.dossier == self.dossier && row.kind == kind);
        of.map(|row| row.id).collect()
    }

    /// How many challenges and sessions of the officer wait.
    fn waiting(&self) -> usize {
        self.pair
            .ma()
            .look(|tx| tx.sessions("agent"))
            .unwrap()
            .len()
    }
}

fn asked(submitted: Submitted) -> SignatureAsked {
    match submitted {
        Submitted::Signs(asked) => *asked,
        other => panic!("recorded without a passkey: {other:?}"),
    }
}

fn recorded(weighed: Weighed) -> EntryId {
    match weighed {
        Weighed::Recorded(recorded) => recorded.entry,
        other => panic!("{other:?}"),
    }
}

fn asked_again(weighed: Weighed, why: AskedAgain) -> SignatureAsked {
    match weighed {
        Weighed::Again(asked) => {
            assert_eq!(asked.again, Some(why));
            *asked
        }
        other => panic!("{other:?}"),
    }
}

fn refused(error: AppError, wanted: SigningFault) {
    assert!(
        matches!(&error, AppError::Signing(fault) if *fault == wanted),
        "{error:?}"
    );
}

/// The officer signs the id of the entry and of nothing else, nothing is recorded before, and exactly that entry is recorded then.
#[test]
fn a_passkey_signs_exactly_the_entry_that_is_recorded() {
    let mut p = place(5101);
    let asked = asked(p.erase());
    assert_eq!(
        p.entries(Side::Ma, "erase"),
        [],
        "nothing is recorded before"
    );
    let options: Value = serde_json::from_str(&asked.challenge.options).unwrap();
    let over = challenge(&Digest(asked.entry.0)).0;
    assert_eq!(
        options["publicKey"]["challenge"],
        URL_SAFE_NO_PAD.encode(over)
    );
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(asked.preview.header.kind, "erase");
    // Time goes on while it is read: what is signed says when it was written.
    p.pair.time.advance(Span::minutes(7).0);
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    assert_eq!(entry, asked.entry);
    let app = &p.pair.ma().app;
    let view = app.entry(&p.agent, entry).unwrap();
    let Some(SignedState::Valid(by)) = view.signed else {
        panic!("{:?}", view.signed);
    };
    assert!(by.wrote && !by.told && by.host == "ma.example");
    assert_eq!(by.officer, "Personne agent");
    // A note is of no weight, and says nothing of a signature.
    let note = app.entry(&p.agent, p.note).unwrap();
    assert_eq!(note.signed, None);
    assert_eq!(
        p.pair.ma().entry(p.note).unwrap().unwrap().body,
        BodyState::Erased
    );
}

/// Between two pseudonyms of one officer there is no link: the partner gets a commitment, until somebody decides otherwise.
#[test]
fn invariant_02_the_partner_gets_a_commitment_and_the_whole_when_it_is_disclosed() {
    let mut p = place(5102);
    let asked = asked(p.erase());
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    p.pair.settle();
    let reader = p.pair.fr().officer("liaison").unwrap();
    let state = |p: &Place| p.pair.fr().app.entry(&reader, entry).unwrap().signed;
    assert_eq!(state(&p), Some(SignedState::Kept));
    let beside = p.entries(Side::Fr, OFFICER_SIGNATURE.name);
    assert_eq!(beside.len(), 1);
    let told = p.pair.fr().app.entry(&reader, beside[0]).unwrap();
    let told = told.body.values().unwrap();
    assert!(told.text("commitment").is_some());
    assert_eq!(
        (told.text("signature"), told.text("salt")),
        (None, None),
        "it stays at home"
    );
    p.pair.assert_same();
    p.pair.ma().app.disclose_signature(&p.agent, entry).unwrap();
    p.pair.settle();
    let Some(SignedState::Valid(by)) = state(&p) else {
        panic!("{:?}", state(&p));
    };
    let header = p.pair.fr().header(entry);
    assert_eq!(by.officer, header.author.officer.to_string());
    // To whoever is outside there is nothing to disclose.
    let inspector = p.pair.ma().officer("inspector").unwrap();
    let outside = p.pair.ma().app.disclose_signature(&inspector, entry);
    assert!(matches!(outside, Err(AppError::NotFound)), "{outside:?}");
    // Once is enough.
    let twice = p.pair.ma().app.disclose_signature(&p.agent, entry);
    assert!(matches!(twice, Err(AppError::NotFound)), "{twice:?}");
    p.pair.assert_same();
}

/// The proof of the entry brings the officer's signature, and it is checked without a node.
#[test]
fn a_proof_brings_the_signature_and_verifies_offline() {
    let mut p = place(5103);
    let asked = asked(p.erase());
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    p.pair.settle();
    let text = p.pair.ma().app.proof(&p.agent, entry).unwrap();
    let bundle = Bundle::dearmour(&text).unwrap();
    let report = verify_bundle(&bundle).unwrap();
    let officer = report.officer.unwrap();
    let header = p.pair.ma().header(entry);
    assert_eq!(officer.signature.signed.officer, header.author.officer.0);
    assert!(officer.wrote);
    // The partner, who has a commitment, proves the entry without it.
    let reader = p.pair.fr().officer("liaison").unwrap();
    let text = p.pair.fr().app.proof(&reader, entry).unwrap();
    let report = verify_bundle(&Bundle::dearmour(&text).unwrap()).unwrap();
    assert_eq!(report.officer, None);
}

/// Rule 3: what was signed would follow what is no longer its past; it is composed anew, and asked again.
#[test]
fn rule_03_a_dossier_that_moved_is_signed_anew() {
    let mut p = place(5104);
    let first = asked(p.erase());
    let text = Writing::on(p.dossier, &[("text", "Entre-temps.")]);
    p.pair.write(Side::Ma, "note", &text);
    let answer = p.passkey.sign(&first.challenge.options);
    let second = p.finish(&first.challenge.token, &answer).unwrap();
    let second = asked_again(second, AskedAgain::Moved);
    assert_ne!(first.entry, second.entry);
    assert_eq!(p.entries(Side::Ma, "erase"), [], "nothing was recorded");
    assert_eq!(
        second.preview.values.text("reason"),
        Some("Délai atteint."),
        "nothing typed is lost"
    );
    let answer = p.passkey.sign(&second.challenge.options);
    let entry = recorded(p.finish(&second.challenge.token, &answer).unwrap());
    assert_eq!(entry, second.entry);
}

/// A signature is the officer's own, over this entry, and used once.
#[test]
fn a_signature_of_anything_else_records_nothing() {
    let mut p = place(5105);
    let app = p.pair.ma().app.clone();
    let first = asked(p.erase());
    // Over another challenge.
    let other = SoftPasskey::of(ORIGIN).sign(&first.challenge.options);
    let again_asked = p.finish(&first.challenge.token, &other).unwrap();
    let second = asked_again(again_asked, AskedAgain::Wrong);
    let wrong = first.challenge.options.clone();
    let answer = p.passkey.sign(&wrong);
    let third = match second.entry == first.entry {
        // The same header: the same challenge, which a new answer may well sign.
        true => second,
        false => {
            let third = p.finish(&second.challenge.token, &answer).unwrap();
            asked_again(third, AskedAgain::Wrong)
        }
    };
    // By another officer, with the token.
    let colleague = person(p.pair.ma(), "colleague", "liaison", Role::Liaison);
    app.add_officer(colleague).unwrap();
    let mut theirs = SoftPasskey::of(ORIGIN);
    let colleague = theirs.add_to(&app, "colleague");
    let answer = theirs.sign(&third.challenge.options);
    let stolen = app.finish_weighty(&colleague, &third.challenge.token, &answer);
    let is_wrong = |done: &Result<Weighed, AppError>| {
        matches!(
            done,
            Err(AppError::Input(InputFault::People(
                PeopleFault::PasskeyWrong
            )))
        )
    };
    assert!(is_wrong(&stolen), "{stolen:?}");
    // Too late.
    let fourth = asked(p.erase());
    p.pair.time.advance(Span::minutes(15).0);
    let answer = p.passkey.sign(&fourth.challenge.options);
    let late = p.finish(&fourth.challenge.token, &answer);
    assert!(is_wrong(&late), "{late:?}");
    // Twice.
    let fifth = asked(p.erase());
    let answer = p.passkey.sign(&fifth.challenge.options);
    recorded(p.finish(&fifth.challenge.token, &answer).unwrap());
    let twice = p.finish(&fifth.challenge.token, &answer);
    assert!(is_wrong(&twice), "{twice:?}");
    assert_eq!(p.entries(Side::Ma, "erase").len(), 1);
    assert!(p.waiting() <= 17);
}

/// No way of recording leads around it; whoever has no passkey does what the policies let them do.
#[test]
fn who_has_a_passkey_signs_and_who_has_none_asks_the_policies() {
    let p = place(5106);
    let app = &p.pair.ma().app;
    let entry = p.note.to_string();
    let erase = || recording("erase", &Writing::on(p.dossier, &[("entry", &entry)])).unwrap();
    refused(
        app.record(&p.agent, erase()).unwrap_err(),
        SigningFault::NeedsPasskey,
    );
    let alone = app.submit(&p.agent, erase(), Some("Urgence."));
    assert!(matches!(alone, Ok(Submitted::Signs(_))), "{alone:?}");
    // A form that the program alone fills.
    let beside = [("of", entry.as_str()), ("signature", "00")];
    let beside = recording(OFFICER_SIGNATURE.name, &Writing::on(p.dossier, &beside)).unwrap();
    assert!(matches!(
        app.record(&p.agent, beside),
        Err(AppError::NotFound)
    ));
    // By the default policies an officer without a passkey erases, and the entry says so.
    let other = p.pair.ma().officer("liaison").unwrap();
    let done = app.record(&other, erase()).unwrap();
    let view = app.entry(&other, done.entry).unwrap();
    assert_eq!(view.signed, Some(SignedState::Unsigned));
}

/// Where a charter is signed in one's office, the partner gets the whole, and verifies it.
#[test]
fn a_charter_is_signed_whole() {
    let mut p = place(5107);
    let charter = p.pair.charter.unwrap();
    let text = Writing::on(charter, &[("text", "Sans objet.")]);
    let note = p.pair.write(Side::Ma, "note", &text).entry;
    p.pair.settle();
    (p.dossier, p.note) = (charter, note);
    let asked = asked(p.erase());
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    p.pair.settle();
    let reader = p.pair.fr().officer("liaison").unwrap();
    let view = p.pair.fr().app.entry(&reader, entry).unwrap();
    assert!(
        matches!(view.signed, Some(SignedState::Valid(_))),
        "{:?}",
        view.signed
    );
    assert_eq!(p.entries(Side::Ma, OFFICER_SIGNATURE.name).len(), 1);
    p.pair.assert_same();
}

/// A passkey that was taken away signs no more, and what waits for it is lost.
#[test]
fn a_passkey_that_was_taken_away_signs_nothing() {
    let mut p = place(5108);
    let app = p.pair.ma().app.clone();
    let asked = asked(p.erase());
    let token = app.sign_in("agent", PASSWORD, "").unwrap().token;
    let name = {
        let account = app.account(&p.agent, &token).unwrap();
        account.passkeys[0].name.clone()
    };
    app.remove_passkey(&p.agent, &again(&token, PASSWORD, ""), &name)
        .unwrap();
    let answer = p.passkey.sign(&asked.challenge.options);
    assert!(p.finish(&asked.challenge.token, &answer).is_err());
    assert_eq!(p.entries(Side::Ma, "erase"), []);
}

/// Where no policy permits it, whoever has no passkey does no act of weight, and everything else as before.
#[test]
fn where_policies_demand_a_passkey_nobody_acts_without_one() {
    let mut p = place(5109);
    p.pair.nodes[0].set_demands_passkeys();
    p.pair.restart(Side::Ma);
    let other = p.pair.ma().officer("liaison").unwrap();
    let entry = p.note.to_string();
    let erase = Writing::on(p.dossier, &[("entry", entry.as_str())]);
    let erase = recording("erase", &erase).unwrap();
    let refusal = p.pair.ma().app.record(&other, erase).unwrap_err();
    refused(refusal, SigningFault::NoPasskey);
    let note = Writing::on(p.dossier, &[("text", "Une note.")]);
    p.pair.write(Side::Ma, "note", &note);
    let asked = asked(p.erase());
    let answer = p.passkey.sign(&asked.challenge.options);
    recorded(p.finish(&asked.challenge.token, &answer).unwrap());
}

/// Whoever releases what another drafted signs it with their own passkey, and with nothing less.
#[test]
fn the_second_officers_passkey_signs_what_another_drafted() {
    let mut p = place(5110);
    let note = p.note.to_string();
    let tighten = [("entry", note.as_str()), ("handling", "H1")];
    p.pair
        .write(Side::Ma, "tighten", &Writing::on(p.dossier, &tighten));
    p.pair.settle();
    let ask = [("entry", note.as_str()), ("court", "on")];
    p.pair
        .write(Side::Fr, "ask_permission", &Writing::on(p.dossier, &ask));
    p.pair.settle();
    p.pair.by_two();
    let app = p.pair.ma().app.clone();
    let author = p.pair.ma().officer("liaison").unwrap();
    let asked_for = p.pair.open_one(Side::Ma, p.dossier, Ask::Decide).id;
    let permit = [("court", "on"), ("reason", "Pour cette seule audience.")];
    let permit = Writing::on(p.dossier, &permit).target(asked_for);
    let permit = recording("permit", &permit).unwrap();
    let draft = match app.submit(&author, permit, None).unwrap() {
        Submitted::Waits(draft) => draft,
        other => panic!("it left by one signature: {other:?}"),
    };
    let bare = app.approve_draft(&p.agent, draft);
    refused(bare.unwrap_err(), SigningFault::NeedsPasskey);
    let asked = app.ask_to_approve(&p.agent, draft).unwrap().unwrap();
    assert_eq!(p.entries(Side::Ma, "permit"), [], "nothing was recorded");
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    assert_eq!(entry, asked.entry);
    let view = app.entry(&author, entry).unwrap();
    let Some(SignedState::Valid(by)) = view.signed else {
        panic!("{:?}", view.signed);
    };
    assert!(!by.wrote, "they approved what another wrote");
    assert_eq!(by.officer, "Personne agent");
    p.pair.settle();
    p.pair.assert_same();
}

/// What is erased by several entries is signed entry by entry; what was not signed stays.
#[test]
fn all_of_a_dossier_is_erased_by_one_signature_after_the_other() {
    let mut p = place(5111);
    let text = Writing::on(p.dossier, &[("text", "Pour nous seuls.")]);
    let own = Writing {
        own_only: true,
        ..text
    };
    let own = p.pair.write(Side::Ma, "note", &own).entry;
    let all = recording("erase", &Writing::on(p.dossier, &[("all", "on")])).unwrap();
    let mut next = asked(p.pair.ma().app.submit(&p.agent, all, None).unwrap());
    let mut signed = Vec::new();
    loop {
        let answer = p.passkey.sign(&next.challenge.options);
        signed.push(next.entry);
        match p.finish(&next.challenge.token, &answer).unwrap() {
            Weighed::Recorded(_) => break,
            Weighed::Again(again) => next = *again,
            Weighed::Stale(_) | Weighed::Waits(..) => panic!("nothing moved"),
        }
        assert!(signed.len() < 5, "it never ends");
    }
    let app = &p.pair.ma().app;
    let erased = p.entries(Side::Ma, "erase");
    assert_eq!(erased.len(), signed.len(), "{signed:?}");
    for entry in &erased {
        assert!(signed.contains(entry));
        let view = app.entry(&p.agent, *entry).unwrap();
        assert!(matches!(view.signed, Some(SignedState::Valid(_))));
    }
    for gone in [own, p.note] {
        let body = p.pair.ma().entry(gone).unwrap().unwrap().body;
        assert_eq!(body, BodyState::Erased);
    }
}

/// A hold that came while the passkey was asked for stops what it holds, though nothing else moved.
#[test]
fn a_hold_that_came_meanwhile_stops_what_was_signed() {
    let mut p = place(5112);
    let asked = asked(p.erase());
    let note = p.note.to_string();
    let hold = [
        ("entry", note.as_str()),
        ("ground", "court_order"),
        ("until", "2015-08-01"),
    ];
    let hold = Writing {
        own_only: true,
        ..Writing::on(p.dossier, &hold)
    };
    p.pair.write(Side::Ma, "hold", &hold);
    let answer = p.passkey.sign(&asked.challenge.options);
    let held = p.finish(&asked.challenge.token, &answer);
    assert!(
        matches!(held, Err(AppError::Input(InputFault::Held))),
        "{held:?}"
    );
    let body = p.pair.ma().entry(p.note).unwrap().unwrap().body;
    assert_eq!(body, BodyState::Here);
}

/// That all of a dossier goes is no way around the passkey: what our node wrote is erased first, signed; nothing goes before.
#[test]
fn all_that_is_held_goes_once_our_own_was_erased_under_signature() {
    let p = place(5113);
    let app = &p.pair.ma().app;
    let all = recording("expired", &Writing::on(p.dossier, &[])).unwrap();
    let refusal = app.record(&p.agent, all).unwrap_err();
    refused(refusal, SigningFault::NeedsPasskey);
    let body = p.pair.ma().entry(p.note).unwrap().unwrap().body;
    assert_eq!(body, BodyState::Here);
}

/// An operator's own gate: what goes under H2 takes a second officer.
const TWO_FOR_H2: &str = r#"@id("h2-two") @fr("deux") @ar("اثنان") @en("two")
    forbid (principal, action == Action::"approve_alone", resource)
    when { resource.entry_type == "release" && resource.codes.contains("H2") };"#;

/// An investigation of two states, and one of three that continues it; at the first state, two officers with passkeys and that gate.
struct Earlier {
    world: TestMany,
    agent: (Actor, SoftPasskey),
    colleague: (Actor, SoftPasskey),
    earlier: DossierId,
    wider: DossierId,
}

fn earlier(seed: u64) -> Earlier {
    let mut world = TestMany::linked(seed, &["ma", "fr", "es"]);
    let earlier = world.joined(0, &[1], None);
    let wider = world.joined(0, &[1, 2], Some(earlier));
    world.nodes[0].set_public_url(ORIGIN);
    world.nodes[0].set_own_policy(TWO_FOR_H2);
    world.restart(0);
    let with_passkey = |id: &str| {
        let node = &world.nodes[0];
        let officer = person(node, id, "liaison", Role::Liaison);
        node.app.add_officer(officer).unwrap();
        let mut passkey = SoftPasskey::of(ORIGIN);
        (passkey.add_to(&node.app, id), passkey)
    };
    let (agent, colleague) = (with_passkey("agent"), with_passkey("colleague"));
    Earlier {
        world,
        agent,
        colleague,
        earlier,
        wider,
    }
}

impl Earlier {
    fn contribution(&mut self, handling: &str) -> EntryId {
        let fields = [("title", "Relevé"), ("text", "Vu."), ("handling", handling)];
        let wanted = Writing::on(self.earlier, &fields);
        let written = self.world.write(0, "investigation.contribute", &wanted);
        written.entry
    }

    fn release(&self, entries: &[EntryId]) -> Result<Vec<Submitted>, AppError> {
        let releasing = Releasing {
            dossier: self.wider,
            entries: entries.to_vec(),
            handling: None,
            necessity: None,
            basis: None,
        };
        self.world.nodes[0].app.release(&self.agent.0, &releasing)
    }

    fn sign(&mut self, asked: &SignatureAsked) -> Result<Weighed, AppError> {
        let answer = self.agent.1.sign(&asked.challenge.options);
        let app = &self.world.nodes[0].app;
        app.finish_weighty(&self.agent.0, &asked.challenge.token, &answer)
    }

    /// What was released into the later dossier, and whether a passkey signed it.
    fn released(&self) -> Vec<(EntryId, bool)> {
        let app = &self.world.nodes[0].app;
        let rows = self.world.entries(0, self.wider);
        let releases = rows.values().filter(|row| row.kind == "release");
        let view = |row: &entente_store::EntryRow| {
            let view = app.entry(&self.agent.0, row.id).unwrap();
            let signed = matches!(view.signed, Some(SignedState::Valid(_)));
            (view.released.unwrap().entry, signed)
        };
        releases.map(view).collect()
    }
}

/// One decision about several, of which one takes a second officer: it waits for that officer's passkey wherever it stands in the row, what
/// comes after it is asked for all the same, and nothing leaves that no passkey signed.
/// Take out: in `app/src/weight/ask.rs::ask_next`, the case of `Waits`.
#[test]
fn of_several_releases_one_that_takes_a_second_officer_waits_and_the_others_are_signed() {
    for (seed, place) in [(5114, 0), (5115, 1), (5116, 2)] {
        let mut p = earlier(seed);
        let codes = |at: usize| if at == place { "H2" } else { "" };
        let entries = [0, 1, 2].map(|at| p.contribution(codes(at)));
        p.world.settle();
        let done = p.release(&entries).unwrap();
        let mut next = match done.last() {
            Some(Submitted::Signs(asked)) => (**asked).clone(),
            other => panic!("{place}: {other:?}"),
        };
        assert_eq!(next.waits.len(), usize::from(place == 0), "{place}");
        assert_eq!(p.released(), [], "{place}: nothing before it is signed");
        let drafts = loop {
            match p.sign(&next).unwrap() {
                Weighed::Again(again) => next = *again,
                Weighed::Waits(_, drafts) => break drafts,
                other => panic!("{place}: {other:?}"),
            }
            assert_eq!(next.again, None, "{place}: another, not the same");
        };
        assert_eq!(drafts.len(), 1, "{place}");
        let mut left = p.released();
        let mut signed = entries.iter().filter(|entry| **entry != entries[place]);
        assert!(
            signed.all(|entry| left.contains(&(*entry, true))),
            "{place}: {left:?}"
        );
        assert_eq!(left.len(), 2, "{place}: {left:?}");
        let app = p.world.nodes[0].app.clone();
        let (colleague, passkey) = &mut p.colleague;
        let asked = app.ask_to_approve(colleague, drafts[0]).unwrap().unwrap();
        let answer = passkey.sign(&asked.challenge.options);
        let done = app.finish_weighty(colleague, &asked.challenge.token, &answer);
        recorded(done.unwrap());
        left = p.released();
        assert_eq!(left.len(), 3);
        assert!(left.contains(&(entries[place], true)), "{place}: {left:?}");
        p.world.settle();
        let there = p.world.entries(1, p.wider);
        let there = there.values().filter(|row| row.kind == "release");
        assert_eq!(there.count(), 3, "{place}: all have left by now");
    }
}

/// What it acts on changed while it was read: nothing is recorded, and the form comes back filled, with the news.
/// Take out: in `app/src/weight/finish.rs::ask_anew`, the case of `Stale`.
#[test]
fn what_changed_meanwhile_is_read_before_it_is_signed() {
    let mut p = place(5118);
    let note = p.note.to_string();
    let tighten = [("entry", note.as_str()), ("handling", "H1")];
    p.pair
        .write(Side::Ma, "tighten", &Writing::on(p.dossier, &tighten));
    p.pair.settle();
    let ask = [("entry", note.as_str()), ("court", "on")];
    p.pair
        .write(Side::Fr, "ask_permission", &Writing::on(p.dossier, &ask));
    p.pair.settle();
    let app = p.pair.ma().app.clone();
    let asked_for = p.pair.open_one(Side::Ma, p.dossier, Ask::Decide).id;
    let seen = p.pair.shown(Side::Ma, p.dossier, asked_for).seen;
    let permit = [("court", "on"), ("reason", "Pour cette seule audience.")];
    let permit = Writing::on(p.dossier, &permit).target(asked_for);
    let permit = recording("permit", &permit.seen(&seen)).unwrap();
    let asked = asked(app.submit(&p.agent, permit, None).unwrap());
    let click = Writing::on(p.dossier, &[]).target(asked_for);
    p.pair.write(Side::Ma, "acknowledge", &click);
    let answer = p.passkey.sign(&asked.challenge.options);
    let form = match p.finish(&asked.challenge.token, &answer).unwrap() {
        Weighed::Stale(form) => *form,
        other => panic!("{other:?}"),
    };
    assert_eq!(p.entries(Side::Ma, "permit"), []);
    assert_eq!(
        (form.entry_type.as_str(), form.target),
        ("permit", Some(asked_for))
    );
    let reason = form.values.text("reason");
    assert_eq!(reason, Some("Pour cette seule audience."));
    assert!(p.entries(Side::Ma, OFFICER_SIGNATURE.name).is_empty());
}

/// Invariant 14: to a partner whose program does not know officers' signatures the act goes as it always did and nothing beside it; our own node
/// keeps the whole, and discloses it once the partner knows them.
/// Take out: in `app/src/weight/finish.rs::sign_beside`, `know_signatures`.
#[test]
fn invariant_14_an_older_partner_gets_the_act_and_no_signature() {
    let mut p = place(5119);
    let program = |p: &mut Place, older: bool| {
        p.pair.wire.die(Side::Fr.index(), true);
        let fr = &mut p.pair.nodes[Side::Fr.index()];
        fr.set_older(older);
        fr.restart().unwrap();
        p.pair.ma().pin(p.pair.fr()).unwrap();
    };
    program(&mut p, true);
    p.pair.settle();
    let asked = asked(p.erase());
    let answer = p.passkey.sign(&asked.challenge.options);
    let entry = recorded(p.finish(&asked.challenge.token, &answer).unwrap());
    p.pair.settle();
    assert!(p.pair.fr().entry(entry).unwrap().is_some(), "the act goes");
    let beside = p.entries(Side::Ma, OFFICER_SIGNATURE.name);
    assert_eq!(beside.len(), 1);
    let header = p.pair.ma().header(beside[0]);
    assert_eq!(header.audience, [p.pair.ma().name.clone()]);
    assert_eq!(p.entries(Side::Fr, OFFICER_SIGNATURE.name), []);
    let app = p.pair.ma().app.clone();
    let ours = app.entry(&p.agent, entry).unwrap().signed;
    assert!(matches!(ours, Some(SignedState::Valid(_))), "{ours:?}");
    let early = app.disclose_signature(&p.agent, entry);
    assert!(
        matches!(early, Err(AppError::Link(LinkFault::VersionOlder))),
        "{early:?}"
    );
    program(&mut p, false);
    p.pair.settle();
    app.disclose_signature(&p.agent, entry).unwrap();
    p.pair.settle();
    let reader = p.pair.fr().officer("liaison").unwrap();
    let theirs = p.pair.fr().app.entry(&reader, entry).unwrap().signed;
    assert!(matches!(theirs, Some(SignedState::Valid(_))), "{theirs:?}");
    p.pair.assert_same();
}

/// Whoever knows an officer's identifier may ask for challenges at the door, and answer them wrongly, as often as they like: the act that waits
/// for that officer's passkey goes on waiting, and the other way round.
/// Take out: in `app/src/passkeys.rs::keep_challenge`, that challenges of one sort are counted by themselves.
#[test]
fn challenges_at_the_door_and_challenges_of_acts_end_only_their_own_sort() {
    let mut p = place(5121);
    let app = p.pair.ma().app.clone();
    let act = asked(p.erase());
    let mut stranger = SoftPasskey::of(ORIGIN);
    for _ in 0..60 {
        let door = app.ask_passkey("agent").unwrap();
        let answer = stranger.sign(&door.options);
        app.passkey_sign_in(&door.token, &answer, "").unwrap_err();
        app.ask_passkey("agent").unwrap();
        p.pair.time.advance(1);
    }
    let entered = app.ask_passkey("agent").unwrap();
    let mut newest = act.clone();
    for _ in 0..40 {
        p.pair.time.advance(1);
        newest = asked(p.erase());
    }
    let answer = p.passkey.sign(&entered.options);
    let session = app.passkey_sign_in(&entered.token, &answer, "").unwrap();
    app.sign_out(&session.token).unwrap();
    // The first act waited behind forty others of its own sort: those alone end it.
    let answer = p.passkey.sign(&act.challenge.options);
    let first = p.finish(&act.challenge.token, &answer);
    assert!(first.is_err(), "{first:?}");
    for _ in 0..60 {
        p.pair.time.advance(1);
        app.ask_passkey("agent").unwrap();
    }
    let answer = p.passkey.sign(&newest.challenge.options);
    let entry = recorded(p.finish(&newest.challenge.token, &answer).unwrap());
    assert_eq!(entry, newest.entry);
    assert!(p.waiting() <= 40, "{} wait", p.waiting());
}

/// What was released goes with its original, in the same transaction: that erasure is not signed by itself, and our own node says from which
/// signed act it follows; to the partner it is not signed.
/// Take out: in `app/src/erase.rs::erase_releases`, `note_cause`; in `app/src/weight/shown.rs`, `seen_by`.
#[test]
fn what_follows_from_a_signed_act_says_from_which() {
    let mut p = earlier(5122);
    let original = p.contribution("");
    p.world.settle();
    let asked_release = asked(p.release(&[original]).unwrap().remove(0));
    recorded(p.sign(&asked_release).unwrap());
    p.world.settle();
    let node = &p.world.nodes[0];
    let fields = [("entry", original.to_string())];
    let fields = fields.each_ref().map(|(name, text)| (*name, text.as_str()));
    let erase = recording("erase", &Writing::on(p.earlier, &fields)).unwrap();
    let asked_erasure = asked(node.app.submit(&p.agent.0, erase, None).unwrap());
    let cause = recorded(p.sign(&asked_erasure).unwrap());
    p.world.settle();
    let erased: Vec<EntryId> = {
        let rows = p.world.entries(0, p.wider);
        let erases = rows.values().filter(|row| row.kind == "erase");
        erases.map(|row| row.id).collect()
    };
    assert_eq!(erased.len(), 1, "the release went with its original");
    let state = |at: usize, entry: EntryId| {
        let node = &p.world.nodes[at];
        let reader = node.officer("liaison").unwrap();
        node.app.entry(&reader, entry).unwrap().signed.unwrap()
    };
    assert!(matches!(state(0, cause), SignedState::Valid(_)));
    assert_eq!(state(0, erased[0]), SignedState::Follows(Some(cause)));
    assert_eq!(state(1, erased[0]), SignedState::Unsigned);
}
