//! Acts of weight: signed by the officer's own passkey over exactly the entry that is recorded; possible without one only where a policy
//! says so; verified by the partner and offline.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_app::{
    Actor, AppError, AskedAgain, InputFault, PeopleFault, SignatureAsked, SignedState,
    SigningFault, Submitted, Weighed,
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
            Weighed::Stale(_) => panic!("nothing moved"),
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
