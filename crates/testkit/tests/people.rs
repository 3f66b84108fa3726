//! Officers as they stand in the store.

use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_testkit::node::{TestNode, service};

const PASSWORD: &str = "a long enough password";

/// What a thief of the database finds of a password: argon2id, salted anew for everybody.
#[test]
fn passwords_are_stored_as_argon2id_with_a_salt_of_their_own() {
    let node = TestNode::build("ma").officers(&["liaison"]).open().unwrap();
    let stored = |id: &str| {
        let officer = NewOfficer {
            id: id.into(),
            name: "Personne inventée".into(),
            services: vec![service(&node.name, "liaison")],
            roles: vec![Role::Liaison],
            password: Some(PASSWORD.into()),
            lang: Lang::Fr,
        };
        node.app.add_officer(officer).unwrap();
        let row = node.look(|tx| tx.officer(id)).unwrap();
        row.unwrap().password
    };
    let [one, other] = ["one", "other"].map(stored);
    for hash in [&one, &other] {
        // OWASP's least: 19 MiB of memory, two passes.
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(!hash.contains(PASSWORD));
    }
    assert_ne!(
        one, other,
        "the same password twice is not seen to be the same"
    );
    assert!(node.app.sign_in("one", PASSWORD, "").is_ok());
    assert!(
        node.app
            .sign_in("one", "a long enough passwort", "")
            .is_err()
    );
}
