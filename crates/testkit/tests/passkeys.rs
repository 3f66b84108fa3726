//! Passkeys without an authenticator: who is asked, for what, how often. What fits is tested in a real browser
//! (`node/tests/browser/passkeys.rs`).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{NewPasskey, PeopleFault};
use entente_core::instant::Span;
use entente_testkit::desk::{PASSWORD, again as by, refused, two_of_a_desk};
use entente_testkit::node::{SharedTime, TestNode};
use serde_json::Value;

fn node(time: &SharedTime, url: Option<&str>) -> TestNode {
    let builder = TestNode::build("ma").time(time);
    let node = match url {
        Some(url) => builder.public_url(url).open().unwrap(),
        None => builder.open().unwrap(),
    };
    two_of_a_desk(&node).unwrap();
    node
}

fn new<'a>(token: &'a str, answer: &'a str) -> NewPasskey<'a> {
    NewPasskey {
        token,
        answer,
        label: "label",
    }
}

/// A browser is asked alike for whoever is named: who exists and who has a passkey stays here, and nothing is stored for others.
#[test]
fn nobody_learns_who_has_a_passkey() {
    let node = node(&SharedTime::default(), Some("https://ma.example"));
    for id in ["agent", "nobody"] {
        let ask = || node.app.ask_passkey(id).unwrap();
        let (first, second) = (ask(), ask());
        let options = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
        let (one, other) = (options(&first.options), options(&second.options));
        assert_eq!(one["publicKey"]["rpId"], "ma.example");
        assert_eq!(one["publicKey"]["userVerification"], "required");
        let keys = |options: &Value| options["publicKey"]["allowCredentials"].clone();
        assert_eq!(
            keys(&one),
            keys(&other),
            "the same key whenever it is asked"
        );
        assert_ne!(
            one["publicKey"]["challenge"],
            other["publicKey"]["challenge"]
        );
        assert_eq!(node.look(|tx| tx.sessions(id)).unwrap(), []);
        refused(
            node.app.passkey_sign_in(&first.token, "{}", ""),
            PeopleFault::PasskeyWrong,
        );
    }
}

/// A challenge is the officer's who showed the password, and is used up by whatever answers it.
#[test]
fn a_challenge_is_answered_once_by_whom_it_was_given_to() {
    let time = SharedTime::default();
    let node = node(&time, Some("http://localhost:8400"));
    let app = &node.app;
    let token = app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = app.signed_in(&token, "").unwrap().actor;
    refused(
        app.begin_passkey(&actor, &by(&token, "not the password", "")),
        PeopleFault::PasswordWrong,
    );
    let begin = || {
        app.begin_passkey(&actor, &by(&token, PASSWORD, ""))
            .unwrap()
    };
    let waiting = || node.look(|tx| tx.sessions("agent")).unwrap().len();
    let options: Value = serde_json::from_str(&begin().options).unwrap();
    let key = &options["publicKey"];
    assert_eq!(
        (&key["rp"]["id"], &key["user"]["name"]),
        (&"localhost".into(), &"agent".into())
    );
    assert_eq!(
        key["authenticatorSelection"]["userVerification"],
        "required"
    );
    assert_ne!(
        key["user"]["id"], "agent",
        "the device keeps no identifier of ours"
    );
    let challenge = begin();
    // No session: nobody is signed in by a challenge.
    assert!(app.signed_in(&challenge.token, "").is_err());
    assert_eq!(waiting(), 3);
    let add =
        |token_of: &str, answer: &str| app.add_passkey(&actor, &token, &new(token_of, answer));
    refused(add(&challenge.token, "{}"), PeopleFault::PasskeyWrong);
    assert_eq!(waiting(), 2, "used up");
    refused(add(&challenge.token, "{}"), PeopleFault::PasskeyWrong);
    let other = app.sign_in("colleague", PASSWORD, "").unwrap().token;
    let colleague = app.signed_in(&other, "").unwrap().actor;
    let stolen = begin();
    let stolen = app.add_passkey(&colleague, &other, &new(&stolen.token, "{}"));
    refused(stolen, PeopleFault::PasskeyWrong);
    let late = begin();
    time.advance(Span::minutes(5).0);
    refused(add(&late.token, "{}"), PeopleFault::PasskeyWrong);
    // Whoever asks again and again does not fill the database.
    for _ in 0..40 {
        begin();
    }
    assert_eq!(waiting(), 16 + 1);
    assert_eq!(node.look(|tx| tx.factors("agent")).unwrap(), []);
}

/// An answer that does not fit leaves a trace for the inspector, and no more of them than of wrong passwords.
#[test]
fn invariant_11_a_passkey_that_did_not_fit_leaves_a_trace() {
    let node = node(&SharedTime::default(), Some("http://localhost:8400"));
    let app = &node.app;
    let token = app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = app.signed_in(&token, "").unwrap().actor;
    let begin = || app.begin_passkey(&actor, &by(&token, PASSWORD, ""));
    let challenges: Vec<_> = (0..12).map(|_| begin().unwrap().token).collect();
    for challenge in &challenges {
        for token in [challenge, "no such challenge"] {
            let answered = app.passkey_sign_in(token, "{}", "another desk");
            refused(answered, PeopleFault::PasskeyWrong);
        }
    }
    let inspector = app.actor("inspector").unwrap();
    let records = app.access_records(&inspector, 200, 0).unwrap();
    let refusals = records.iter().filter(|(_, r)| r.verb == "passkey_refused");
    let whose: Vec<_> = refusals.map(|(_, r)| r.object.as_deref()).collect();
    assert_eq!(whose, [Some("agent"); 5]);
}

#[test]
fn without_a_name_for_browsers_there_are_no_passkeys() {
    for url in [None, Some("http://192.0.2.1"), Some("nonsense")] {
        let node = node(&SharedTime::default(), url);
        assert!(!node.app.has_passkeys(), "{url:?}");
        refused(node.app.ask_passkey("agent"), PeopleFault::NoPasskeys);
    }
}
