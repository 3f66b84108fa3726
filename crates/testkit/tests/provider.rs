//! Signing in at an OpenID provider: who is let in by it and who is not, what a hostile one cannot make this node believe, and what goes on
//! without it. The provider is one without sockets; a real one is in `node/tests/provider.rs`.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{
    Actor, AppError, Brought, By, Came, Challenge, Errand, InputFault, NewOfficer, NewPasskey,
    PeopleFault, SignedIn,
};
use entente_core::codes::Role;
use entente_core::instant::Span;
use entente_core::label::Lang;
use entente_testkit::authenticator::Authenticator;
use entente_testkit::desk::{PASSWORD, absent, again, refused, two_of_a_desk};
use entente_testkit::node::{SharedTime, TestNode};
use entente_testkit::passkey::SoftPasskey;
use entente_testkit::provider::{Back, CLIENT, FakeProvider, ISSUER, Signed, pairs};
use serde_json::{Value, json};
use std::sync::Arc;

const URL: &str = "https://ma.example";

struct World {
    time: SharedTime,
    provider: Arc<FakeProvider>,
    node: TestNode,
}

impl World {
    fn new() -> Self {
        Self::asking(&[], false)
    }

    /// Where the provider must show one of these methods, and officers need a second factor or not.
    fn asking(amr: &[&str], required: bool) -> Self {
        let time = SharedTime::default();
        let provider = FakeProvider::new(&time);
        let builder = TestNode::build("ma").time(&time).public_url(URL);
        let builder = builder.provider(&provider.for_node(amr));
        let node = match required {
            true => builder.second_factor().open().unwrap(),
            false => builder.open().unwrap(),
        };
        two_of_a_desk(&node).unwrap();
        Self {
            time,
            provider,
            node,
        }
    }

    fn by_password(&self, id: &str) -> (Actor, String) {
        let token = self.node.app.sign_in(id, PASSWORD, "").unwrap().token;
        (self.node.app.actor(id).unwrap(), token)
    }

    /// Goes to the provider, and comes back as this subject.
    fn goes(&self, errand: Errand<'_>, subject: &str) -> Result<Back, AppError> {
        let going = self.node.app.begin_provider(errand, "/ledger")?;
        Ok(self.provider.visit(&going.address, &going.kept, subject))
    }

    fn comes(&self, back: &Back, session: &str) -> Result<Came, AppError> {
        self.node.app.finish_provider(&back.brought(), session, "")
    }

    fn bind(&self, id: &str, subject: &str) -> Result<Came, AppError> {
        let (actor, token) = self.by_password(id);
        let by = again(&token, PASSWORD, "");
        let back = self.goes(Errand::Bind(&actor, &by), subject)?;
        self.comes(&back, &token)
    }

    fn enter(&self, subject: &str) -> Result<SignedIn, AppError> {
        let back = self.goes(Errand::SignIn, subject)?;
        match self.comes(&back, "")? {
            Came::SignedIn(signed, next) => {
                assert_eq!(next, "/ledger");
                Ok(signed)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Somebody invited who took it up at the provider, and has no password.
    fn joined(&self, id: &str, subject: &str) -> (Actor, String) {
        let officer = NewOfficer {
            id: id.into(),
            name: format!("Personne {id}"),
            services: vec!["ma/liaison".parse().unwrap()],
            roles: vec![Role::Liaison],
            password: None,
            lang: Lang::Fr,
        };
        let link = self.node.app.invite_officer(By::Machine, &officer).unwrap();
        let back = self.goes(Errand::Invitation(&link), subject).unwrap();
        let Came::SignedIn(signed, _) = self.comes(&back, "").unwrap() else {
            panic!("not signed in");
        };
        (self.node.app.actor(id).unwrap(), signed.token)
    }

    fn prove(&self, actor: &Actor, token: &str, subject: &str) -> Result<Came, AppError> {
        let back = self.goes(Errand::Prove(actor, token), subject)?;
        self.comes(&back, token)
    }

    fn is_in(&self, token: &str) -> bool {
        self.node.app.signed_in(token, "").is_ok()
    }

    /// How many records bear this verb, and on whom.
    fn traces(&self, verb: &str) -> Vec<Option<String>> {
        let inspector = self.node.app.actor("inspector").unwrap();
        let records = self.node.app.access_records(&inspector, 400, 0).unwrap();
        let these = records.into_iter().filter(|(_, r)| r.verb == verb);
        these.map(|(_, r)| r.object).collect()
    }
}

/// What somebody holds the provider's word for, beside who it is, is never an e-mail address or a name: the account is issuer and subject.
#[test]
fn a_bound_account_opens_its_officer_and_nobody_else() {
    let world = World::new();
    refused(world.enter("subject-a"), PeopleFault::ProviderUnknown);
    assert!(matches!(world.bind("agent", "subject-a"), Ok(Came::Bound)));
    let signed = world.enter("subject-a").unwrap();
    let session = world.node.app.signed_in(&signed.token, "").unwrap();
    assert_eq!(
        (session.actor.id.as_str(), session.must_enrol),
        ("agent", false)
    );
    // Another subject that says to be the same person by all else.
    world.provider.lie(|_, claims| {
        claims["email"] = json!("agent@ma.example");
        claims["preferred_username"] = json!("agent");
    });
    refused(world.enter("subject-b"), PeopleFault::ProviderUnknown);
    world.provider.honest();
    assert_eq!(world.traces("bind_provider"), [Some("agent".to_owned())]);
    assert_eq!(world.traces("provider_refused").len(), 2);
    // Neither issuer nor subject stands in the store.
    let rows = world.node.look(|tx| tx.factors("agent")).unwrap();
    assert_eq!(
        (rows.len(), rows[0].id.len(), rows[0].sealed.len()),
        (1, 32, 0)
    );
    assert!(rows[0].label.is_empty());
}

/// Administrators decide who is let in: the provider's word opens no account that was closed, and the answer does not say so.
#[test]
fn whoever_is_deactivated_stays_out() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    let signed = world.enter("subject-a").unwrap();
    world
        .node
        .app
        .set_active(By::Machine, "agent", false)
        .unwrap();
    assert!(!world.is_in(&signed.token));
    refused(world.enter("subject-a"), PeopleFault::ProviderUnknown);
    assert_eq!(world.traces("provider_refused"), [Some("agent".to_owned())]);
    world
        .node
        .app
        .set_active(By::Machine, "agent", true)
        .unwrap();
    assert!(world.enter("subject-a").is_ok());
}

#[test]
fn one_account_opens_one_officer_and_an_officer_has_one() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    refused(
        world.bind("colleague", "subject-a"),
        PeopleFault::ProviderTaken,
    );
    refused(world.bind("agent", "subject-b"), PeopleFault::ProviderTaken);
    assert!(world.bind("colleague", "subject-b").is_ok());
    // Binding shows first what one signs in with, and ends every other session.
    let (actor, token) = world.by_password("agent");
    let wrong = again(&token, "not the password", "");
    let begun = world
        .node
        .app
        .begin_provider(Errand::Bind(&actor, &wrong), "/");
    refused(begun, PeopleFault::PasswordWrong);
}

/// A token is for this node, of this provider, of now, of this way there and back, and signed by a published key; or it is nothing.
#[test]
fn a_token_that_does_not_fit_lets_nobody_in() {
    type Lie = (&'static str, fn(&mut Value, &mut Value));
    let lies: [Lie; 25] = [
        ("issuer", |_, c| {
            c["iss"] = json!("https://provider.example/others")
        }),
        ("no issuer", |_, c| {
            drop(c.as_object_mut().unwrap().remove("iss"))
        }),
        ("audience", |_, c| c["aud"] = json!("another")),
        ("two audiences", |_, c| {
            c["aud"] = json!([CLIENT, "another"])
        }),
        ("no audience", |_, c| c["aud"] = json!([])),
        ("authorised party", |_, c| c["azp"] = json!("another")),
        ("nonce", |_, c| c["nonce"] = json!("another")),
        ("no nonce", |_, c| {
            drop(c.as_object_mut().unwrap().remove("nonce"))
        }),
        ("over", |_, c| {
            c["exp"] = json!(c["iat"].as_i64().unwrap() - 61)
        }),
        ("no end", |_, c| {
            drop(c.as_object_mut().unwrap().remove("exp"))
        }),
        ("old", |_, c| {
            c["iat"] = json!(c["iat"].as_i64().unwrap() - 700)
        }),
        ("of later", |_, c| {
            c["iat"] = json!(c["iat"].as_i64().unwrap() + 90)
        }),
        ("not yet", |_, c| {
            c["nbf"] = json!(c["iat"].as_i64().unwrap() + 90)
        }),
        ("far end", |_, c| c["exp"] = json!("tomorrow")),
        ("no subject", |_, c| {
            drop(c.as_object_mut().unwrap().remove("sub"))
        }),
        ("empty subject", |_, c| c["sub"] = json!("")),
        ("long subject", |_, c| c["sub"] = json!("x".repeat(256))),
        ("large", |_, c| c["more"] = json!("x".repeat(20_000))),
        ("unknown key", |h, _| h["kid"] = json!("nobody's")),
        ("key for sealing", |h, _| h["kid"] = json!("sealing")),
        ("key of its own", |h, _| {
            h["kid"] = json!("own");
            h["jwk"] = json!({"kty": "EC", "crv": "P-256", "kid": "own", "x": "AA", "y": "AA"});
            h["jku"] = json!("https://provider.example/agents/keys");
        }),
        ("another algorithm", |h, _| h["alg"] = json!("RS256")),
        ("a longer algorithm", |h, _| h["alg"] = json!("ES384")),
        ("critical", |h, _| h["crit"] = json!(["exp"])),
        ("type", |h, _| h["typ"] = json!("logout+jwt")),
    ];
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    for (what, lie) in lies {
        world.provider.lie(lie);
        match world.enter("subject-a") {
            Err(AppError::Input(InputFault::People(PeopleFault::ProviderWrong))) => {}
            other => panic!("{what}: {other:?}"),
        }
        world.provider.honest();
        assert!(world.enter("subject-a").is_ok(), "after: {what}");
    }
    for signed in [Signed::Nothing, Signed::PublicAsSecret, Signed::Stranger] {
        world.provider.sign(signed);
        refused(world.enter("subject-a"), PeopleFault::ProviderWrong);
    }
    // As many traces as wrong passwords leave, and none that fills the disk.
    let left = world.traces("provider_refused").len();
    assert_eq!(left, lies.len() + 3);
}

/// What is allowed: RS256 too, clocks a little apart, an audience in a list of one.
#[test]
fn what_fits_is_believed() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    world.provider.sign(Signed::Rs256);
    // The new key is of a later time than the ones that are known: they are asked for again.
    world.time.advance(Span::minutes(1).0);
    assert!(world.enter("subject-a").is_ok());
    world.provider.honest();
    for apart in [-59_000, 59_000] {
        world.node.clock.set_skew(apart);
        assert!(world.enter("subject-a").is_ok(), "{apart} ms apart");
    }
    for apart in [-70_000, 371_000] {
        world.node.clock.set_skew(apart);
        refused(world.enter("subject-a"), PeopleFault::ProviderWrong);
    }
    world.node.clock.set_skew(0);
    world.provider.lie(|_, c| c["aud"] = json!([CLIENT]));
    assert!(world.enter("subject-a").is_ok());
}

/// Keys that the provider changed are found; names of keys that there are none of make it asked twice a minute, and not more.
#[test]
fn keys_are_asked_for_again_and_not_often() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    world.time.advance(Span::minutes(1).0);
    world.provider.change_key("second");
    let _before = world.provider.asked();
    assert!(world.enter("subject-a").is_ok());
    let keys = |world: &World| {
        let asked = world.provider.asked();
        asked.iter().filter(|url| url.ends_with("/keys")).count()
    };
    assert_eq!(keys(&world), 1);
    world.provider.lie(|h, _| h["kid"] = json!("nobody's"));
    for _ in 0..20 {
        refused(world.enter("subject-a"), PeopleFault::ProviderWrong);
    }
    assert_eq!(keys(&world), 0, "asked a moment ago");
    world.time.advance(30_000);
    for _ in 0..20 {
        refused(world.enter("subject-a"), PeopleFault::ProviderWrong);
    }
    assert_eq!(keys(&world), 1);
}

/// An answer counts with what its own browser kept, once, and within ten minutes. The provider of this test takes its codes twice.
#[test]
fn an_answer_counts_once_in_its_own_browser() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    world.provider.allow_replays();
    let first = world.goes(Errand::SignIn, "subject-a").unwrap();
    let other = world.goes(Errand::SignIn, "subject-a").unwrap();
    let sign = if first.kept.starts_with('A') {
        'B'
    } else {
        'A'
    };
    let altered = format!("{sign}{}", &first.kept[1..]);
    for wrong in [
        Back {
            kept: other.kept.clone(),
            ..first.clone()
        },
        Back {
            state: other.state.clone(),
            ..first.clone()
        },
        Back {
            state: String::new(),
            ..first.clone()
        },
        Back {
            kept: String::new(),
            ..first.clone()
        },
        Back {
            kept: "A".repeat(5_000),
            ..first.clone()
        },
        Back {
            kept: altered.clone(),
            ..first.clone()
        },
        Back {
            code: String::new(),
            ..first.clone()
        },
        // Somebody else's code: its challenge is of another way.
        Back {
            code: other.code.clone(),
            ..first.clone()
        },
        Back {
            issuer: Some("https://other.example".into()),
            ..first.clone()
        },
        // It always says who it is.
        Back {
            issuer: None,
            ..first.clone()
        },
    ] {
        refused(world.comes(&wrong, ""), PeopleFault::ProviderWrong);
    }
    let denied = Brought {
        error: true,
        code: "",
        ..first.brought()
    };
    refused(
        world.node.app.finish_provider(&denied, "", ""),
        PeopleFault::ProviderDenied,
    );
    let Came::SignedIn(signed, _) = world.comes(&first, "").unwrap() else {
        panic!("not signed in");
    };
    refused(world.comes(&first, ""), PeopleFault::ProviderWrong);
    // Also after the officer ended all that there is of theirs.
    world
        .node
        .app
        .end_sessions_of(By::Machine, "agent")
        .unwrap();
    assert!(!world.is_in(&signed.token));
    refused(world.comes(&first, ""), PeopleFault::ProviderWrong);
    world.time.advance(Span::minutes(10).0);
    refused(world.comes(&other, ""), PeopleFault::ProviderWrong);
}

/// What is found only where an answer is to be kept is on record as well, with the officer meant: an answer brought again, whatever for, and an
/// account that opens somebody already. What was begun is undone with it.
/// Take out: in `app/src/provider/bound.rs`, any `not_taken`.
#[test]
fn invariant_11_an_answer_that_was_taken_already_leaves_its_record() {
    let world = World::new();
    world.provider.allow_replays();
    let agent = Some("agent".to_owned());
    // Bound by an answer; brought again once the account was cut off, it binds nothing.
    let (actor, token) = world.by_password("agent");
    let by = again(&token, PASSWORD, "");
    let binds = world.goes(Errand::Bind(&actor, &by), "subject-a").unwrap();
    assert!(matches!(world.comes(&binds, &token), Ok(Came::Bound)));
    refused(world.comes(&binds, &token), PeopleFault::ProviderTaken);
    world
        .node
        .app
        .cut_own_provider(&actor, &again(&token, PASSWORD, ""))
        .unwrap();
    refused(world.comes(&binds, &token), PeopleFault::ProviderWrong);
    let mut traces = vec![agent.clone(); 2];
    assert_eq!(world.traces("provider_refused"), traces);
    assert_eq!(world.traces("bind_provider").len(), 1, "once");
    // Signing in, and being shown again.
    world.bind("agent", "subject-a").unwrap();
    let enters = world.goes(Errand::SignIn, "subject-a").unwrap();
    assert!(world.comes(&enters, "").is_ok());
    refused(world.comes(&enters, ""), PeopleFault::ProviderWrong);
    let (actor, token) = world.by_password("agent");
    let proves = world.goes(Errand::Prove(&actor, &token), "subject-a");
    let proves = proves.unwrap();
    assert!(matches!(world.comes(&proves, &token), Ok(Came::Proved)));
    refused(world.comes(&proves, &token), PeopleFault::ProviderWrong);
    traces.extend(vec![agent; 2]);
    assert_eq!(world.traces("provider_refused"), traces);
    // Somebody else's account: whoever wanted to bind it is named.
    refused(
        world.bind("colleague", "subject-a"),
        PeopleFault::ProviderTaken,
    );
    assert_eq!(
        world.traces("provider_refused")[0],
        Some("colleague".to_owned()),
        "the newest is first"
    );
    assert_eq!(world.traces("provider_refused").len(), 5);
}

/// The way there names what the provider has to hold the answer to.
#[test]
fn the_way_there_says_where_to_come_back_to_the_letter() {
    let world = World::new();
    let app = &world.node.app;
    let going = app.begin_provider(Errand::SignIn, "/").unwrap();
    let asked = pairs(going.address.split_once('?').unwrap().1);
    assert_eq!(
        asked["redirect_uri"],
        format!("{URL}/sign-in/provider/back")
    );
    assert!(!asked.contains_key("prompt") && !asked.contains_key("acr_values"));
    let (actor, token) = world.by_password("agent");
    let by = again(&token, PASSWORD, "");
    let going = app.begin_provider(Errand::Bind(&actor, &by), "/").unwrap();
    let asked = pairs(going.address.split_once('?').unwrap().1);
    assert_eq!(asked["prompt"], "login");
    let going = app
        .begin_provider(Errand::Prove(&actor, &token), "/")
        .unwrap();
    let asked = pairs(going.address.split_once('?').unwrap().1);
    assert_eq!(
        (asked["prompt"].as_str(), asked["max_age"].as_str()),
        ("login", "1")
    );
    // Nothing of it can be read or made by the browser that keeps it.
    assert!(!going.kept.contains("agent") && going.kept.len() < 1_500);
}

/// A secret of signs that one provider reads encoded and another as they stand goes with the form, where the provider takes it there.
#[test]
fn a_secret_is_shown_where_it_cannot_be_misread() {
    for (methods, basic) in [
        (Value::Null, true),
        (json!(["client_secret_basic"]), true),
        (json!(["client_secret_basic", "client_secret_post"]), false),
        (json!(["client_secret_post"]), false),
    ] {
        let world = World::new();
        world
            .provider
            .describe("token_endpoint_auth_methods_supported", methods);
        world.bind("agent", "subject-a").unwrap();
        assert_eq!(world.provider.was_shown_by_basic(), basic);
    }
}

/// Whoever speaks for the provider sends this node nowhere else: not to a machine inside, not in clear, not to another's description.
#[test]
fn a_description_leads_nowhere_else() {
    for (name, value) in [
        ("issuer", "https://provider.example/others"),
        ("token_endpoint", "https://10.0.0.1/token"),
        ("token_endpoint", "http://provider.example/agents/token"),
        ("token_endpoint", "https://provider.example:8443/token"),
        ("token_endpoint", "https://name@provider.example/token"),
        ("jwks_uri", "https://169.254.169.254/latest"),
        ("jwks_uri", "file:///etc/passwd"),
        ("authorization_endpoint", "https://elsewhere.example/auth"),
        ("authorization_endpoint", "javascript:alert(1)"),
    ] {
        let world = World::new();
        world.provider.describe(name, json!(value));
        let begun = world.node.app.begin_provider(Errand::SignIn, "/");
        refused(begun, PeopleFault::ProviderWrong);
        let asked = world.provider.asked();
        assert_eq!(
            asked,
            [format!("{ISSUER}/.well-known/openid-configuration")],
            "{value}"
        );
        refused(
            world.node.app.look_at_provider(),
            PeopleFault::ProviderWrong,
        );
    }
    // Where it ends sessions is looked at when it is used.
    let world = World::new();
    world.provider.describe(
        "end_session_endpoint",
        json!("https://elsewhere.example/end"),
    );
    world.bind("agent", "subject-a").unwrap();
    let signed = world.enter("subject-a").unwrap();
    assert_eq!(
        world.node.app.provider_farewell(&signed.token).unwrap(),
        None
    );
    assert!(world.node.app.look_at_provider().is_ok());
}

/// Invariant 13: without the provider one signs in by other means, and nobody waits for it again and again.
#[test]
fn invariant_13_a_silent_provider_stops_nobody_else() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    let back = world.goes(Errand::SignIn, "subject-a").unwrap();
    world.provider.be_silent(true);
    let _before = world.provider.asked();
    for _ in 0..20 {
        refused(world.comes(&back, ""), PeopleFault::ProviderSilent);
    }
    assert_eq!(world.provider.asked().len(), 1, "left alone for a while");
    let (_, token) = world.by_password("agent");
    assert!(world.is_in(&token));
    assert!(world.node.app.provider_farewell(&token).unwrap().is_none());
    assert!(
        world.traces("provider_refused").is_empty(),
        "nobody did anything wrong"
    );
    world.time.advance(10_000);
    world.provider.be_silent(false);
    assert!(world.comes(&back, "").is_ok(), "the code is good still");
}

/// What is asked of the provider counts as both factors, and less than that is not enough; where nothing is asked of it, an officer's own
/// second factor is.
#[test]
fn a_second_factor_is_the_providers_or_ours() {
    let world = World::asking(&["mfa"], true);
    let (agent, token) = world.joined_with(&["pwd", "mfa"], "newcomer", "subject-n");
    assert_eq!(agent.id, "newcomer");
    assert!(!world.node.app.signed_in(&token, "").unwrap().must_enrol);
    world.provider.honest();
    refused(world.enter("subject-n"), PeopleFault::ProviderWeak);
    world.provider.lie(|_, c| c["amr"] = json!("mfa"));
    refused(world.enter("subject-n"), PeopleFault::ProviderWrong);

    let weak = World::asking(&[], true);
    let (_, token) = weak.joined("newcomer", "subject-n");
    assert!(weak.node.app.signed_in(&token, "").unwrap().must_enrol);

    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    let (actor, token) = world.by_password("agent");
    let app = take_app(&world, &actor, &token);
    let half = world.enter("subject-a").unwrap();
    assert!(half.code_next && !world.is_in(&half.token));
    world.time.advance(Span::minutes(1).0);
    let code = app.code(world.time.now());
    let whole = world.node.app.second_step(&half.token, &code, "").unwrap();
    assert!(world.is_in(&whole.token));
    // The session knows its provider after the second step too.
    assert!(
        world
            .node
            .app
            .provider_farewell(&whole.token)
            .unwrap()
            .is_some()
    );
}

/// A class of authentication is asked for on the way there, and held against on the way back.
#[test]
fn a_class_that_is_asked_for_must_be_shown() {
    let time = SharedTime::default();
    let provider = FakeProvider::new(&time);
    let asks = provider.for_node_of(&["https://refeds.org/profile/mfa", "gold"], &[]);
    let builder = TestNode::build("ma").time(&time).public_url(URL);
    let node = builder.provider(&asks).second_factor().open().unwrap();
    let world = World {
        time,
        provider,
        node,
    };
    let going = world.node.app.begin_provider(Errand::SignIn, "/").unwrap();
    let asked = pairs(going.address.split_once('?').unwrap().1);
    assert_eq!(asked["acr_values"], "https://refeds.org/profile/mfa gold");
    world.provider.lie(|_, c| c["acr"] = json!("gold"));
    let (_, token) = world.joined("newcomer", "subject-n");
    let session = world.node.app.signed_in(&token, "").unwrap();
    assert!(!session.must_enrol);
    for class in [json!("silver"), json!("golden"), Value::Null] {
        world.provider.lie(move |_, c| c["acr"] = class.clone());
        refused(world.enter("subject-n"), PeopleFault::ProviderWeak);
    }
}

impl World {
    fn joined_with(&self, amr: &[&str], id: &str, subject: &str) -> (Actor, String) {
        let amr: Vec<String> = amr.iter().map(|one| (*one).to_owned()).collect();
        self.provider.lie(move |_, c| c["amr"] = json!(amr));
        self.joined(id, subject)
    }
}

fn take_app(world: &World, actor: &Actor, token: &str) -> Authenticator {
    let app = &world.node.app;
    app.offer_factor(actor, &again(token, PASSWORD, ""))
        .unwrap();
    let offered = app.account(actor, token).unwrap().offered.unwrap();
    let authenticator = Authenticator::with(&offered.secret);
    let code = authenticator.code(world.time.now());
    app.confirm_factor(actor, &again(token, "", &code)).unwrap();
    authenticator
}

/// An invitation is taken up once, by whoever brings its link and signs in at the provider; a password is not needed then, or ever.
#[test]
fn an_invitation_is_taken_up_at_the_provider() {
    let world = World::new();
    let (actor, token) = world.joined("newcomer", "subject-n");
    assert!(world.is_in(&token));
    assert!(world.enter("subject-n").is_ok());
    let view = world.node.app.account(&actor, &token).unwrap();
    assert!(!view.has_password && view.provider.is_some());
    let again = world.node.app.invite_again(By::Machine, "newcomer");
    refused(again, PeopleFault::NotInvited);
    assert_eq!(
        world.traces("accept_invitation"),
        [Some("newcomer".to_owned())]
    );

    // Not twice, not by an account that opens somebody, and not after it was given anew.
    let invite = |id: &str| {
        let officer = NewOfficer {
            id: id.into(),
            name: id.into(),
            services: vec!["ma/liaison".parse().unwrap()],
            roles: vec![Role::Liaison],
            password: None,
            lang: Lang::Fr,
        };
        world
            .node
            .app
            .invite_officer(By::Machine, &officer)
            .unwrap()
    };
    let link = invite("second");
    let back = world.goes(Errand::Invitation(&link), "subject-n").unwrap();
    refused(world.comes(&back, ""), PeopleFault::ProviderTaken);
    let back = world.goes(Errand::Invitation(&link), "subject-s").unwrap();
    world.node.app.invite_again(By::Machine, "second").unwrap();
    absent(world.comes(&back, ""));
    // A reset takes the account away with all else.
    world.node.app.ask_reset(By::Machine, "newcomer").unwrap();
    world
        .node
        .app
        .confirm_reset(By::Machine, "newcomer")
        .unwrap();
    refused(world.enter("subject-n"), PeopleFault::ProviderUnknown);
}

/// Whoever has no password shows by the provider that they are there: freshly, by their own account, in this session, for one change.
#[test]
fn the_providers_word_stands_in_for_a_password_once() {
    let world = World::new();
    let app = &world.node.app;
    let (actor, token) = world.joined("newcomer", "subject-n");
    let nothing = again(&token, "", "");
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    assert!(matches!(
        world.prove(&actor, &token, "subject-n"),
        Ok(Came::Proved)
    ));
    assert!(app.account(&actor, &token).unwrap().proved_until.is_some());
    app.offer_factor(&actor, &nothing).unwrap();
    assert!(app.account(&actor, &token).unwrap().proved_until.is_none());
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    // Not minutes later.
    world.prove(&actor, &token, "subject-n").unwrap();
    world.time.advance(Span::minutes(5).0);
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    // Not by somebody else's account, not of an earlier entry, not of no entry that is told.
    world.bind("agent", "subject-a").unwrap();
    refused(
        world.prove(&actor, &token, "subject-a"),
        PeopleFault::ProviderWrong,
    );
    for entered in [json!(0), Value::Null] {
        world
            .provider
            .lie(move |_, c| c["auth_time"] = entered.clone());
        refused(
            world.prove(&actor, &token, "subject-n"),
            PeopleFault::ProviderWrong,
        );
    }
    world.provider.honest();
    // Not in another session than the one that asked.
    let other = world.enter("subject-n").unwrap().token;
    let back = world
        .goes(Errand::Prove(&actor, &token), "subject-n")
        .unwrap();
    for session in [other.as_str(), ""] {
        refused(world.comes(&back, session), PeopleFault::ProviderWrong);
    }
    refused(
        app.offer_factor(&actor, &again(&other, "", "")),
        PeopleFault::ProofNeeded,
    );
    // A password that was typed is checked, whatever the provider said.
    world.prove(&actor, &token, "subject-n").unwrap();
    let typed = again(&token, "not the password", "");
    refused(app.offer_factor(&actor, &typed), PeopleFault::PasswordWrong);
    app.change_password(&actor, &nothing, "another fictional password")
        .unwrap();
    assert!(
        app.sign_in("newcomer", "another fictional password", "")
            .is_ok()
    );
}

/// Whoever has neither a password nor the provider any more shows by a passkey that they are there: freshly, by their own, in this session, for
/// one change.
/// Take out: in `app/src/passkeys.rs::shown_again`, any of the three conditions; in `ask_passkey_again`, `bare`; `refuse_locked_out`.
#[test]
fn a_passkey_stands_in_for_a_password_that_is_not_there() {
    let world = World::new();
    let app = &world.node.app;
    let (actor, token) = world.joined("newcomer", "subject-n");
    let nothing = again(&token, "", "");
    let mut passkey = SoftPasskey::of(URL);
    absent(app.ask_passkey_again(&actor, &token));
    world.prove(&actor, &token, "subject-n").unwrap();
    let begun = app.begin_passkey(&actor, &nothing).unwrap();
    let answer = passkey.register(&begun.options);
    let new = NewPasskey {
        token: &begun.token,
        answer: &answer,
        label: "invented",
    };
    app.add_passkey(&actor, &token, &new).unwrap();
    world.prove(&actor, &token, "subject-n").unwrap();
    app.cut_own_provider(&actor, &nothing).unwrap();
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    let mut shows = |asked: &Challenge, session: &str| {
        let answer = passkey.sign(&asked.options);
        app.prove_by_passkey(&actor, session, (&asked.token, &answer))
    };
    let ask = || app.ask_passkey_again(&actor, &token).unwrap();
    shows(&ask(), &token).unwrap();
    let view = app.account(&actor, &token).unwrap();
    assert!(view.proved_until.is_some());
    // What would lock the officer out is not done.
    let name = view.passkeys[0].name.clone();
    refused(
        app.remove_passkey(&actor, &nothing, &name),
        PeopleFault::ProviderLast,
    );
    shows(&ask(), &token).unwrap();
    app.offer_factor(&actor, &nothing).unwrap();
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    // Not minutes later.
    shows(&ask(), &token).unwrap();
    world.time.advance(Span::minutes(5).0);
    refused(app.offer_factor(&actor, &nothing), PeopleFault::ProofNeeded);
    // Not of another session than the one that asked, not what was asked at the door, and once.
    let door = app.ask_passkey("newcomer").unwrap();
    refused(shows(&door, &token), PeopleFault::PasskeyWrong);
    let other = ask();
    let (_, stranger) = world.by_password("agent");
    for session in [stranger.as_str(), ""] {
        assert!(shows(&ask(), session).is_err());
    }
    shows(&other, &token).unwrap();
    refused(shows(&other, &token), PeopleFault::PasskeyWrong);
    // It opens no door either.
    let asked = ask();
    let answer = SoftPasskey::of(URL).sign(&asked.options);
    refused(
        app.prove_by_passkey(&actor, &token, (&asked.token, &answer)),
        PeopleFault::PasskeyWrong,
    );
    let asked = ask();
    refused(
        app.passkey_sign_in(&asked.token, "{}", ""),
        PeopleFault::PasskeyWrong,
    );
    assert!(world.traces("passkey_refused").len() >= 3);
    // A password is chosen by it, and typed from then on.
    let asked = ask();
    shows(&asked, &token).unwrap();
    app.change_password(&actor, &nothing, "another fictional password")
        .unwrap();
    absent(app.ask_passkey_again(&actor, &token));
}

#[test]
fn an_account_is_cut_off_by_its_officer_or_an_administrator() {
    let world = World::new();
    let app = &world.node.app;
    let (newcomer, token) = world.joined("newcomer", "subject-n");
    world.prove(&newcomer, &token, "subject-n").unwrap();
    let last = app.cut_own_provider(&newcomer, &again(&token, "", ""));
    refused(last, PeopleFault::ProviderLast);

    world.bind("agent", "subject-a").unwrap();
    let by_provider = world.enter("subject-a").unwrap().token;
    let (agent, token) = world.by_password("agent");
    app.cut_own_provider(&agent, &again(&token, PASSWORD, ""))
        .unwrap();
    assert!(world.is_in(&token) && !world.is_in(&by_provider));
    refused(world.enter("subject-a"), PeopleFault::ProviderUnknown);
    world.bind("agent", "subject-b").unwrap();

    let administrator = app.actor("administrator").unwrap();
    let by_provider = world.enter("subject-b").unwrap().token;
    absent(app.cut_provider(By::Officer(&newcomer), "agent"));
    app.cut_provider(By::Officer(&administrator), "agent")
        .unwrap();
    absent(app.cut_provider(By::Officer(&administrator), "agent"));
    assert!(!world.is_in(&by_provider));
    refused(world.enter("subject-b"), PeopleFault::ProviderUnknown);
    let view = app
        .one_officer(By::Officer(&administrator), "agent")
        .unwrap();
    assert_eq!(view.bound_since, None);
    // One administrator could invite themselves in as whoever has nothing else: that is a reset, which two give.
    let alone = app.cut_provider(By::Officer(&administrator), "newcomer");
    refused(alone, PeopleFault::ProviderLast);
    // At the machine whoever has nothing left is invited anew.
    app.cut_provider(By::Machine, "newcomer").unwrap();
    assert!(app.invite_again(By::Machine, "newcomer").is_ok());
}

/// The provider ends what it began, by a token of the sort that only ends.
#[test]
fn the_provider_ends_the_sessions_that_it_began() {
    let world = World::new();
    let app = &world.node.app;
    world.bind("agent", "subject-a").unwrap();
    world.bind("colleague", "subject-c").unwrap();
    let (_, by_password) = world.by_password("agent");
    let begun = world.enter("subject-a").unwrap().token;
    let others = world.enter("subject-c").unwrap().token;
    let end = |claims: Value| app.provider_logout(&world.provider.ending(&claims));
    let subject = || json!({"sub": "subject-a"});
    type Lie = (&'static str, fn(&mut Value, &mut Value));
    let lies: [Lie; 8] = [
        ("audience", |_, c| c["aud"] = json!("another")),
        ("issuer", |_, c| c["iss"] = json!("https://other.example")),
        ("no event", |_, c| {
            drop(c.as_object_mut().unwrap().remove("events"))
        }),
        ("another event", |_, c| c["events"] = json!({"other": {}})),
        ("a nonce", |_, c| c["nonce"] = json!("x")),
        ("old", |_, c| {
            c["iat"] = json!(c["iat"].as_i64().unwrap() - 700)
        }),
        ("nobody", |_, c| {
            drop(c.as_object_mut().unwrap().remove("sub"))
        }),
        ("type", |h, _| h["typ"] = json!("at+jwt")),
    ];
    for (what, lie) in lies {
        world.provider.lie(lie);
        refused(end(subject()), PeopleFault::ProviderWrong);
        assert!(world.is_in(&begun), "{what}");
    }
    world.provider.honest();
    world.provider.sign(Signed::Stranger);
    refused(end(subject()), PeopleFault::ProviderWrong);
    world.provider.honest();
    // An identity token ends nothing, and what ends lets nobody in.
    let identity = world.provider.identity("x", "subject-a");
    refused(app.provider_logout(&identity), PeopleFault::ProviderWrong);
    refused(app.provider_logout("x.y.z"), PeopleFault::ProviderWrong);

    end(json!({"sub": "nobody's"})).unwrap();
    end(json!({"sub": "subject-a", "sid": "another session"})).unwrap();
    assert!(world.is_in(&begun));
    end(json!({"sub": "subject-a", "sid": "session of subject-a"})).unwrap();
    assert!(!world.is_in(&begun) && world.is_in(&by_password) && world.is_in(&others));
    assert_eq!(world.traces("provider_logout"), [Some("agent".to_owned())]);
    let begun = world.enter("subject-a").unwrap().token;
    end(subject()).unwrap();
    assert!(!world.is_in(&begun) && world.is_in(&others));
    end(json!({"sid": "session of subject-c"})).unwrap();
    assert!(!world.is_in(&others) && world.is_in(&by_password));
}

/// Signing out leads on to where the provider ends its own session, if it began this one.
#[test]
fn signing_out_leads_on_to_the_provider() {
    let world = World::new();
    world.bind("agent", "subject-a").unwrap();
    let (_, by_password) = world.by_password("agent");
    let app = &world.node.app;
    assert_eq!(app.provider_farewell(&by_password).unwrap(), None);
    let begun = world.enter("subject-a").unwrap().token;
    let address = app.provider_farewell(&begun).unwrap().unwrap();
    let (place, query) = address.split_once('?').unwrap();
    assert_eq!(place, format!("{ISSUER}/end"));
    let asked = pairs(query);
    assert_eq!(asked["client_id"], CLIENT);
    assert_eq!(asked["post_logout_redirect_uri"], format!("{URL}/sign-in"));
    assert_eq!(asked["id_token_hint"].matches('.').count(), 2);
    app.sign_out(&begun).unwrap();
    assert_eq!(app.provider_farewell(&begun).unwrap(), None);
}

/// What a provider writes into its token, some a name or an address, is read by nobody who has the database without its keys; and the storage key
/// may change while somebody is signed in.
/// Take out: in `app/src/provider/farewell.rs::with_hint`, the sealing.
#[test]
fn the_providers_token_lies_sealed_and_outlives_another_storage_key() {
    let world = World::new();
    let app = &world.node.app;
    world.bind("agent", "subject-a").unwrap();
    world
        .provider
        .lie(|_, c| c["email"] = json!("agent@ma.example"));
    let begun = world.enter("subject-a").unwrap().token;
    let half = world.enter("subject-a").unwrap().token;
    let hint = |token: &str| {
        let address = app.provider_farewell(token).unwrap().unwrap();
        pairs(address.split_once('?').unwrap().1)["id_token_hint"].clone()
    };
    let shown = hint(&begun);
    let rows = world.node.look(|tx| tx.sessions("agent")).unwrap();
    let mut kept = 0;
    for row in &rows {
        let state = String::from_utf8(row.state.clone()).unwrap();
        kept += usize::from(state.contains("provider"));
        for part in shown.split('.') {
            assert!(!state.contains(part), "a part of the token lies in clear");
        }
    }
    assert!(kept >= 2, "{kept} sessions that the provider began");
    app.begin_storage_key().unwrap();
    while !app.rewrap_some().unwrap() {}
    app.end_storage_key(true).unwrap();
    assert_eq!(hint(&begun), shown);
    assert_ne!(hint(&half), shown, "each session has its own");
    // A row of a program of before has its token in clear: it is not used, and goes with the session.
    let begun_there =
        |row: &&entente_store::SessionRow| String::from_utf8_lossy(&row.state).contains("provider");
    let row = rows.iter().find(begun_there).unwrap().clone();
    let digest = row.digest.clone();
    let plain = br#"{"provider":{"sid":"s","strong":false,"hint":"x.y.z"}}"#.to_vec();
    entente_store::StoreExt::update(&*world.node.store, "older", move |tx| {
        Ok::<_, AppError>(tx.see_session(&digest, row.seen_ms, &row.device, &plain)?)
    })
    .unwrap();
    let tokens = [&begun, &half].map(|token| app.provider_farewell(token).unwrap());
    let told = tokens.iter().flatten();
    let hints = told.filter(|at| at.contains("id_token_hint")).count();
    assert_eq!(hints, 1);
}

/// Nobody's visits fill the store, and what did not fit leaves a bounded number of traces.
#[test]
fn strangers_leave_nothing_but_a_few_traces() {
    let world = World::new();
    let sessions = || {
        let of = |id: &str| world.node.look(|tx| tx.sessions(id)).unwrap().len();
        of("agent") + of("colleague") + of("")
    };
    for _ in 0..200 {
        let back = world.goes(Errand::SignIn, "subject-x").unwrap();
        refused(world.comes(&back, ""), PeopleFault::ProviderUnknown);
    }
    assert_eq!(sessions(), 0);
    assert_eq!(world.traces("provider_refused").len(), 50);
    // Passwords of strangers wait for none of it.
    assert!(world.node.app.sign_in("agent", PASSWORD, "").is_ok());
}

#[test]
fn without_a_provider_or_a_name_for_browsers_there_is_none() {
    let time = SharedTime::default();
    let provider = FakeProvider::new(&time).for_node(&[]);
    let nameless = TestNode::build("ma").provider(&provider).open().unwrap();
    let without = TestNode::build("ma").public_url(URL).open().unwrap();
    for node in [nameless, without] {
        assert_eq!(node.app.provider_name(Lang::En), None);
        refused(
            node.app.begin_provider(Errand::SignIn, "/"),
            PeopleFault::NoProvider,
        );
        refused(
            node.app.finish_provider(&Brought::default(), "", ""),
            PeopleFault::NoProvider,
        );
        refused(node.app.provider_logout("x.y.z"), PeopleFault::NoProvider);
        refused(node.app.look_at_provider(), PeopleFault::NoProvider);
    }
    let world = World::new();
    let names = Lang::ALL.map(|lang| world.node.app.provider_name(lang).unwrap());
    assert_eq!(names, ["Annuaire", "الدليل", "Directory"]);
}
