//! The second factor and sessions, on a simulated clock: enrolled, asked, used once, recovered, required; on one process and on two.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::AccessRecord;
use entente_app::{Actor, AppError, InputFault, PeopleFault};
use entente_core::instant::Span;
use entente_store::{FactorSort, StoreExt as _};
use entente_testkit::authenticator::Authenticator;
use entente_testkit::desk::{PASSWORD, again as by, two_of_a_desk};
use entente_testkit::node::{SharedTime, TestNode};

fn node(time: &SharedTime) -> TestNode {
    let node = TestNode::build("ma").time(time).open().unwrap();
    two_of_a_desk(&node).unwrap();
    node
}

/// An officer with an authenticator app.
struct Enrolled {
    actor: Actor,
    token: String,
    app: Authenticator,
    recovery: Vec<String>,
}

impl Enrolled {
    fn new(node: &TestNode, time: &SharedTime, id: &str) -> Self {
        let token = node.app.sign_in(id, PASSWORD, "").unwrap().token;
        let actor = node.app.signed_in(&token, "").unwrap().actor;
        node.app
            .offer_factor(&actor, &by(&token, PASSWORD, ""))
            .unwrap();
        let offered = node.app.account(&actor, &token).unwrap().offered.unwrap();
        let app = Authenticator::with(&offered.secret);
        let code = app.code(time.now());
        let recovery = node.app.confirm_factor(&actor, &by(&token, "", &code));
        // The code that confirmed it is used up.
        time.advance(60_000);
        Self {
            actor,
            token,
            app,
            recovery: recovery.unwrap(),
        }
    }

    fn code(&self, time: &SharedTime) -> String {
        self.app.code(time.now())
    }

    /// The first step of signing in again.
    fn first(&self, node: &TestNode) -> String {
        let first = node.app.sign_in(&self.actor.id, PASSWORD, "").unwrap();
        assert!(first.code_next);
        first.token
    }

    /// Whether a code, or a recovery code, ends signing in.
    fn enters(&self, node: &TestNode, code: &str) -> bool {
        match node.app.second_step(&self.first(node), code, "") {
            Ok(signed) => node.app.signed_in(&signed.token, "").is_ok(),
            Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong))) => false,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_password_alone_opens_nothing_once_there_is_a_second_factor() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let token = agent.first(&node);
    assert!(matches!(
        node.app.signed_in(&token, ""),
        Err(AppError::SignIn)
    ));
    let wrong = node.app.second_step(&token, "000000", "");
    assert!(matches!(
        wrong,
        Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong)))
    ));
    let signed = node
        .app
        .second_step(&token, &agent.code(&time), "")
        .unwrap();
    assert_ne!(signed.token, token);
    let session = node.app.signed_in(&signed.token, "").unwrap();
    assert_eq!(session.actor.id, "agent");
    // What the first step gave is used up, and opens nothing still.
    assert!(
        node.app
            .second_step(&token, &agent.code(&time), "")
            .is_err()
    );
    assert!(node.app.signed_in(&token, "").is_err());
    // Who has none signs in as before.
    assert!(
        !node
            .app
            .sign_in("colleague", PASSWORD, "")
            .unwrap()
            .code_next
    );
}

#[test]
fn a_code_opens_once_on_every_replica() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let replica = TestNode::build("ma")
        .time(&time)
        .store(node.store.clone())
        .officers(&[])
        .open()
        .unwrap();
    let code = agent.code(&time);
    assert!(agent.enters(&node, &code));
    assert!(!agent.enters(&node, &code), "used here");
    assert!(!agent.enters(&replica, &code), "used there");
    // Nor one of a step before it; the next step's does, with spaces between its digits, and in Arabic ones.
    let before = agent.app.code_after(time.now(), -1);
    assert!(!agent.enters(&replica, &before));
    time.advance(30_000);
    let typed: String = agent
        .code(&time)
        .chars()
        .map(|c| char::from_u32(0x660 + c.to_digit(10).unwrap()).unwrap())
        .flat_map(|c| [c, ' '])
        .collect();
    assert!(agent.enters(&replica, &typed), "{typed}");
}

#[test]
fn two_answers_at_once_with_one_code_open_once() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let code = agent.code(&time);
    let tokens = [agent.first(&node), agent.first(&node)];
    let opened = std::thread::scope(|scope| {
        let tries = tokens.each_ref().map(|token| {
            let (node, code) = (&node, &code);
            scope.spawn(move || node.app.second_step(token, code, "").is_ok())
        });
        tries.map(|t| t.join().unwrap())
    });
    assert_eq!(opened.into_iter().filter(|o| *o).count(), 1);
}

#[test]
fn a_code_is_awaited_for_five_minutes() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let token = agent.first(&node);
    time.advance(Span::minutes(5).0);
    let late = node.app.second_step(&token, &agent.code(&time), "");
    assert!(matches!(late, Err(AppError::SignIn)), "{late:?}");
    assert!(
        agent.enters(&node, &agent.code(&time)),
        "the code itself is good"
    );
}

#[test]
fn a_recovery_code_opens_once_and_new_ones_end_the_old() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let left = || {
        let account = node.app.account(&agent.actor, &agent.token).unwrap();
        account.recovery_left
    };
    assert_eq!((agent.recovery.len(), left()), (10, 10));
    assert!(agent.enters(&node, &agent.recovery[3].to_lowercase()));
    assert!(!agent.enters(&node, &agent.recovery[3]));
    assert_eq!(left(), 9);
    // Another officer's codes are nothing here.
    let other = Enrolled::new(&node, &time, "colleague");
    assert!(!agent.enters(&node, &other.recovery[0]));
    let code = agent.code(&time);
    let fresh = node
        .app
        .renew_recovery_codes(&agent.actor, &by(&agent.token, PASSWORD, &code))
        .unwrap();
    assert_eq!(left(), 10);
    assert!(!agent.enters(&node, &agent.recovery[0]));
    assert!(agent.enters(&node, &fresh[0]));
}

#[test]
fn guessing_codes_waits_longer_than_guessing_passwords_and_shuts_nobody_out_elsewhere() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let desk = node
        .app
        .second_step(&agent.first(&node), &agent.code(&time), "")
        .unwrap()
        .known;
    let mut waits = Vec::new();
    while waits.len() < 16 {
        let first = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
        match node.app.second_step(&first, "000000", "") {
            Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong))) => {}
            Err(AppError::Wait(wait)) => {
                waits.push(wait.0 / 1_000);
                time.advance(wait.0);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waits[..3], [1, 2, 4]);
    assert_eq!(waits[14..], [3_600, 3_600]);
    // While the guesser waits, the officer signs in at a desk used before.
    let first = node.app.sign_in("agent", PASSWORD, &desk).unwrap().token;
    let code = agent.code(&time);
    node.app.second_step(&first, &code, &desk).unwrap();
}

#[test]
fn a_borrowed_session_changes_no_factor() {
    let time = SharedTime::default();
    let node = node(&time);
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&token, "").unwrap().actor;
    let wrong = node
        .app
        .offer_factor(&actor, &by(&token, "not the password", ""));
    assert!(matches!(
        wrong,
        Err(AppError::Input(InputFault::People(
            PeopleFault::PasswordWrong
        )))
    ));
    assert!(node.app.account(&actor, &token).unwrap().offered.is_none());
    let none = node
        .app
        .remove_factor(&actor, &by(&token, PASSWORD, "123456"));
    assert!(matches!(
        none,
        Err(AppError::Input(InputFault::People(PeopleFault::FactorNone)))
    ));
    let agent = Enrolled::new(&node, &time, "agent");
    let again = |code: &str| {
        node.app
            .offer_factor(&agent.actor, &by(&agent.token, PASSWORD, code))
    };
    assert!(matches!(
        again(""),
        Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong)))
    ));
    again(&agent.code(&time)).unwrap();
    time.advance(30_000);
    // Nor the password, nor takes the app away, with half of what opens the account.
    let fresh = "vent rouge sur table";
    let change = |code: &str| {
        node.app
            .change_password(&agent.actor, &by(&agent.token, PASSWORD, code), fresh)
    };
    assert!(matches!(
        change(""),
        Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong)))
    ));
    let code = agent.code(&time);
    let half = by(&agent.token, "not the password", &code);
    for refused in [
        node.app.remove_factor(&agent.actor, &half),
        node.app
            .renew_recovery_codes(&agent.actor, &half)
            .map(|_| ()),
    ] {
        assert!(matches!(
            refused,
            Err(AppError::Input(InputFault::People(
                PeopleFault::PasswordWrong
            )))
        ));
    }
    let removal = |code: &str| {
        node.app
            .remove_factor(&agent.actor, &by(&agent.token, PASSWORD, code))
    };
    assert!(removal("000000").is_err());
    removal(&agent.code(&time)).unwrap();
    assert!(!node.app.sign_in("agent", PASSWORD, "").unwrap().code_next);
    let left = node.look(|tx| tx.factors("agent")).unwrap();
    let sorts: Vec<FactorSort> = left.iter().map(|f| f.sort).collect();
    assert_eq!(sorts, [FactorSort::Offered], "only what was offered anew");
}

#[test]
fn an_offer_lasts_an_hour_and_opens_nothing() {
    let time = SharedTime::default();
    let node = node(&time);
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&token, "").unwrap().actor;
    node.app
        .offer_factor(&actor, &by(&token, PASSWORD, ""))
        .unwrap();
    assert!(!node.app.sign_in("agent", PASSWORD, "").unwrap().code_next);
    let account = || node.app.account(&actor, &token).unwrap();
    let app = Authenticator::with(&account().offered.unwrap().secret);
    time.advance(Span::hours(1).0);
    assert!(account().offered.is_none());
    let code = app.code(time.now());
    let late = node.app.confirm_factor(&actor, &by(&token, "", &code));
    assert!(matches!(
        late,
        Err(AppError::Input(InputFault::People(PeopleFault::OfferOver)))
    ));
}

/// What a thief of the database finds: no secret of an app, no recovery code; and a secret put into another's row opens nothing.
#[test]
fn secrets_are_sealed_and_bound_to_their_officer() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    let rows = node.look(|tx| tx.factors("agent")).unwrap();
    for row in &rows {
        assert!(!row.sealed.windows(8).any(|w| w == &agent.app.secret()[..8]));
        for code in &agent.recovery {
            let letters = code.replace('-', "");
            assert!(!row.id.windows(10).any(|w| w == letters.as_bytes()));
        }
    }
    let mut stolen = rows[0].clone();
    assert_eq!(stolen.sort, FactorSort::App);
    stolen.officer = "colleague".into();
    node.store
        .update("test", move |tx| tx.put_factor(&stolen))
        .unwrap();
    let first = node.app.sign_in("colleague", PASSWORD, "").unwrap().token;
    let moved = node.app.second_step(&first, &agent.code(&time), "");
    assert!(matches!(moved, Err(AppError::Store(_))), "{moved:?}");
}

#[test]
fn a_required_factor_lets_an_officer_without_one_only_enrol() {
    let time = SharedTime::default();
    let mut node = node(&time);
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    assert!(!node.app.signed_in(&token, "").unwrap().must_enrol);
    node.set_second_factor(true);
    node.restart().unwrap();
    assert!(node.app.signed_in(&token, "").unwrap().must_enrol);
    let agent = Enrolled::new(&node, &time, "agent");
    assert!(!node.app.signed_in(&agent.token, "").unwrap().must_enrol);
    let removal = node.app.remove_factor(
        &agent.actor,
        &by(&agent.token, PASSWORD, &agent.code(&time)),
    );
    assert!(matches!(
        removal,
        Err(AppError::Input(InputFault::People(
            PeopleFault::FactorRequired
        )))
    ));
    let token = node.app.sign_in("colleague", PASSWORD, "").unwrap().token;
    assert!(node.app.signed_in(&token, "").unwrap().must_enrol);
}

#[test]
fn a_new_password_or_factor_ends_every_other_session() {
    let time = SharedTime::default();
    let node = node(&time);
    let sign_in = || node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let (stolen, own) = (sign_in(), sign_in());
    let colleague = node.app.sign_in("colleague", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&own, "").unwrap().actor;
    let change = |old: &str, new: &str| node.app.change_password(&actor, &by(&own, old, ""), new);
    let short = change(PASSWORD, "too short");
    assert!(matches!(
        short,
        Err(AppError::Input(InputFault::Password { .. }))
    ));
    assert!(change("not the password", "another fictional one").is_err());
    assert!(node.app.signed_in(&stolen, "").is_ok());
    change(PASSWORD, "another fictional one").unwrap();
    assert!(node.app.signed_in(&stolen, "").is_err());
    assert!(node.app.signed_in(&own, "").is_ok() && node.app.signed_in(&colleague, "").is_ok());
    assert!(node.app.sign_in("agent", PASSWORD, "").is_err());
    let again = node.app.sign_in("agent", "another fictional one", "");
    let again = again.unwrap().token;
    change("another fictional one", PASSWORD).unwrap();
    assert!(node.app.signed_in(&again, "").is_err());
    let before = sign_in();
    let agent = Enrolled::new(&node, &time, "agent");
    assert!(node.app.signed_in(&before, "").is_err());
    assert!(node.app.signed_in(&agent.token, "").is_ok());
}

#[test]
fn sessions_are_listed_and_ended_on_every_replica() {
    let time = SharedTime::default();
    let node = node(&time);
    let replica = TestNode::build("ma")
        .time(&time)
        .store(node.store.clone())
        .officers(&[])
        .open()
        .unwrap();
    let mut tokens = Vec::new();
    for device in ["Firefox, Linux", "Chrome, Android", "Safari, macOS"] {
        let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
        node.app.signed_in(&token, device).unwrap();
        tokens.push(token);
        time.advance(60_000);
    }
    let others = node.app.sign_in("colleague", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&tokens[2], "").unwrap().actor;
    let listed = || {
        let account = replica.app.account(&actor, &tokens[2]).unwrap();
        account.sessions
    };
    let devices: Vec<String> = listed().into_iter().map(|s| s.device).collect();
    assert_eq!(
        devices,
        ["Safari, macOS", "Chrome, Android", "Firefox, Linux"]
    );
    let this: Vec<bool> = listed().iter().map(|s| s.this).collect();
    assert_eq!(this, [true, false, false]);
    // Used again: when and from where is noted after five minutes, or from another device at once.
    let seen = |n: usize| listed()[n].seen - listed()[n].begun;
    node.app.signed_in(&tokens[0], "Firefox, Linux").unwrap();
    assert_eq!(seen(2), Span(0));
    node.app.signed_in(&tokens[0], "Edge, Windows").unwrap();
    assert_eq!(
        (seen(2), listed()[2].device.as_str()),
        (Span::minutes(3), "Edge, Windows")
    );
    time.advance(Span::minutes(5).0);
    node.app.signed_in(&tokens[0], "Edge, Windows").unwrap();
    assert_eq!(seen(2), Span::minutes(8));
    let name = listed()[1].name.clone();
    let colleague = replica.app.signed_in(&others, "").unwrap().actor;
    let foreign = replica.app.end_own_session(&colleague, &name);
    assert!(matches!(foreign, Err(AppError::NotFound)));
    replica.app.end_own_session(&actor, &name).unwrap();
    assert!(node.app.signed_in(&tokens[1], "").is_err());
    replica.app.end_other_sessions(&actor, &tokens[2]).unwrap();
    assert!(node.app.signed_in(&tokens[0], "").is_err());
    assert!(node.app.signed_in(&tokens[2], "").is_ok());
    assert!(node.app.signed_in(&others, "").is_ok());
}

/// Each act on an account is there for the inspector, without any secret.
#[test]
fn invariant_11_acts_on_an_account_leave_a_trace() {
    let time = SharedTime::default();
    let node = node(&time);
    let agent = Enrolled::new(&node, &time, "agent");
    assert!(agent.enters(&node, &agent.recovery[0]));
    node.app
        .end_other_sessions(&agent.actor, &agent.token)
        .unwrap();
    let inspector = node.app.actor("inspector").unwrap();
    let records = node.app.access_records(&inspector, 20, 0).unwrap();
    let own = |r: &AccessRecord| r.actor == "agent";
    let verbs: Vec<String> = records
        .into_iter()
        .map(|(_, r)| r)
        .filter(own)
        .map(|r| r.verb)
        .collect();
    assert_eq!(
        verbs,
        [
            "end_other_sessions",
            "sign_in",
            "recovery_code",
            "confirm_factor",
            "account",
            "offer_factor",
            "sign_in"
        ]
    );
}
