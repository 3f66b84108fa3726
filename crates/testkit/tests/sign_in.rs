//! Signing in by password: what guessing costs the one who guesses, and never the officer, on a simulated clock.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::Operation;
use entente_app::{AppError, By, InputFault, NewOfficer};
use entente_core::codes::Role;
use entente_core::instant::Span;
use entente_testkit::desk::{PASSWORD, again, person, two_of_a_desk};
use entente_testkit::node::{SharedTime, TestNode};

fn node(time: &SharedTime) -> TestNode {
    let node = TestNode::build("ma").time(time).open().unwrap();
    two_of_a_desk(&node).unwrap();
    node
}

/// How long an attempt is refused; none if it was read and found wrong.
fn wrong(node: &TestNode, id: &str, known: &str) -> Option<Span> {
    match node.app.sign_in(id, "not the password", known) {
        Err(AppError::SignIn) => None,
        Err(AppError::Wait(wait)) => Some(wait),
        other => panic!("{other:?}"),
    }
}

#[test]
fn guessing_slows_down_and_ends_by_itself() {
    let time = SharedTime::default();
    let node = node(&time);
    for id in ["agent", "nobody-of-this-name"] {
        let mut waits = Vec::new();
        while waits.len() < 8 {
            if let Some(wait) = wrong(&node, id, "") {
                waits.push(wait.0 / 1_000);
                time.advance(wait.0);
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128], "{id}");
    }
    // While it waits, the right password is not even read; afterwards it is, and ends the matter.
    while wrong(&node, "agent", "").is_none() {}
    let refused = node.app.sign_in("agent", PASSWORD, "");
    let Err(AppError::Wait(wait)) = refused else {
        panic!("{refused:?}");
    };
    time.advance(wait.0);
    node.app.sign_in("agent", PASSWORD, "").unwrap();
    assert_eq!(wrong(&node, "agent", ""), None);
}

#[test]
fn an_officer_is_never_shut_out_of_a_desk_used_before() {
    let time = SharedTime::default();
    let mut node = node(&time);
    let known = node.app.sign_in("agent", PASSWORD, "").unwrap().known;
    while wrong(&node, "agent", "").is_none() {}
    node.app.sign_in("agent", PASSWORD, &known).unwrap();
    node.app.sign_in("colleague", PASSWORD, "").unwrap();
    // The mark is the officer's, whole, and lasts beyond the process.
    while wrong(&node, "colleague", "").is_none() {}
    let altered = format!("{}A", &known[..known.len() - 1]);
    for mark in [known.as_str(), "", "mark", ".", &known[..20]] {
        assert!(wrong(&node, "colleague", mark).is_some(), "{mark}");
    }
    assert!(wrong(&node, "agent", &altered).is_some());
    node.restart().unwrap();
    while wrong(&node, "agent", "").is_none() {}
    node.app.sign_in("agent", PASSWORD, &known).unwrap();
    // Its holder is not free to guess either.
    let free = (0..20).take_while(|_| wrong(&node, "agent", &known).is_none());
    assert_eq!(free.count(), 5);
}

#[test]
fn trying_one_password_on_many_officers_slows_down_too() {
    let node = node(&SharedTime::default());
    let known = node.app.sign_in("agent", PASSWORD, "").unwrap().known;
    let free = (0..200).take_while(|n| wrong(&node, &format!("name-{n}"), "").is_none());
    assert_eq!(free.count(), 50);
    assert!(wrong(&node, "agent", "").is_some());
    node.app.sign_in("agent", PASSWORD, &known).unwrap();
}

#[test]
fn many_at_once_are_no_way_around_it() {
    let node = node(&SharedTime::default());
    let read = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| wrong(&node, "agent", "").is_none()))
            .collect();
        let read = tries.into_iter().map(|t| t.join().unwrap());
        read.filter(|read| *read).count()
    });
    assert_eq!(read, 5);
}

/// Each browser of an officer is known for itself, and counted apart.
#[test]
fn an_officer_is_known_in_every_browser_used_before() {
    let time = SharedTime::default();
    let node = node(&time);
    let sign_in = |known: &str| node.app.sign_in("agent", PASSWORD, known).unwrap().known;
    let browsers: Vec<String> = (0..20).map(|_| sign_in("")).collect();
    while wrong(&node, "agent", "").is_none() {}
    for browser in &browsers {
        assert_eq!(&sign_in(browser), browser, "its mark stays what it is");
    }
    while wrong(&node, "agent", &browsers[0]).is_none() {}
    assert_eq!(wrong(&node, "agent", &browsers[1]), None, "counted apart");
}

/// At a desk that several officers share, each stays known; the one who was away longest goes when there are too many.
///
/// Take out: in `app/src/marks.rs::marks_after`, the others; or the bound.
#[test]
fn a_shared_desk_knows_each_of_its_officers_and_the_oldest_goes() {
    let time = SharedTime::default();
    let node = node(&time);
    let ids: Vec<String> = (0..9).map(|n| format!("shift-{n}")).collect();
    for id in &ids {
        let officer = person(&node, id, "liaison", Role::Liaison);
        node.app.add_officer(officer).unwrap();
    }
    let mut desk = String::new();
    for id in &ids[..8] {
        desk = node.app.sign_in(id, PASSWORD, &desk).unwrap().known;
    }
    let full = desk.len();
    // The first comes again, and is the newest by that.
    desk = node.app.sign_in(&ids[0], PASSWORD, &desk).unwrap().known;
    assert_eq!(desk.len(), full, "no second mark of the same officer");
    desk = node.app.sign_in(&ids[8], PASSWORD, &desk).unwrap().known;
    assert_eq!(desk.len(), full, "bounded");
    for id in &ids {
        while wrong(&node, id, "").is_none() {}
    }
    let shut_out: Vec<&str> = ids
        .iter()
        .filter(|id| node.app.sign_in(id, PASSWORD, &desk).is_err())
        .map(String::as_str)
        .collect();
    assert_eq!(shut_out, ["shift-1"], "who was away longest");
    // What a browser makes up is not carried along.
    let made_up = format!("x.{}.{desk}", "A".repeat(5_000));
    let kept = node.app.sign_in(&ids[8], PASSWORD, &made_up).unwrap().known;
    assert_eq!(kept.len(), full);
}

/// Nothing that guessers try first is taken as a password, wherever one is set: at the machine, by its owner, by an invitation.
#[test]
fn a_password_that_is_guessed_first_is_taken_nowhere() {
    let node = node(&SharedTime::default());
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&token, "").unwrap().actor;
    let newcomer = NewOfficer {
        password: None,
        ..person(&node, "newcomer", "liaison", Role::Liaison)
    };
    let invited = node.app.invite_officer(By::Machine, &newcomer);
    let link = invited.unwrap();
    for guessable in ["1Qaz2wsx3edc", "Liaison-2026-ma", "aaaaaaaaaaaa"] {
        let added = NewOfficer {
            password: Some(guessable.into()),
            ..person(&node, "other", "liaison", Role::Liaison)
        };
        for refused in [
            node.app.add_officer(added),
            node.app
                .change_password(&actor, &again(&token, PASSWORD, ""), guessable),
            node.app.accept_invitation(&link, guessable, "").map(|_| ()),
        ] {
            let fault = matches!(refused, Err(AppError::Input(InputFault::PasswordGuessable)));
            assert!(fault, "{guessable}: {refused:?}");
        }
    }
    // Long ones are taken whole, sign by sign: nothing is cut, trimmed or changed in case.
    let long = format!(
        " Vent rouge sur table, {} ",
        "et une lune de plus ".repeat(6)
    );
    node.app.accept_invitation(&link, &long, "").unwrap();
    for other in [long.trim(), &long.to_lowercase(), &long[..64]] {
        assert!(node.app.sign_in("newcomer", other, "").is_err(), "{other}");
    }
    node.app.sign_in("newcomer", &long, "").unwrap();
}

/// A session that nobody uses ends after an hour, on all pages of the node; one that is used lasts twelve hours and no longer.
#[test]
fn a_session_ends_that_nobody_uses_and_none_outlasts_the_day() {
    let time = SharedTime::default();
    let node = node(&time);
    let sign_in = || node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let (idle, used) = (sign_in(), sign_in());
    let uses = |token: &str| node.app.signed_in(token, "Firefox, Linux").is_ok();
    assert!(uses(&idle) && uses(&used));
    time.advance(Span::minutes(59).0);
    assert!(uses(&used));
    time.advance(Span::minutes(1).0);
    assert!(!uses(&idle), "an hour");
    let actor = node.app.signed_in(&used, "").unwrap().actor;
    assert_eq!(node.app.account(&actor, &used).unwrap().sessions.len(), 1);
    for _ in 0..12 {
        assert!(uses(&used));
        time.advance(Span::minutes(55).0);
    }
    assert!(!uses(&used), "twelve hours");
}

/// What did not fit is there for the inspector, with the officer meant and never with what was typed; who signs out is there too.
///
/// Take out: in `app/src/people.rs::refused`, the record; or write down what names no officer.
#[test]
fn invariant_11_attempts_that_were_refused_leave_a_trace() {
    let time = SharedTime::default();
    let node = node(&time);
    assert_eq!(wrong(&node, "agent", ""), None);
    assert_eq!(wrong(&node, "typed into the wrong box", ""), None);
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&token, "").unwrap().actor;
    let by = again(&token, "not the password", "");
    node.app
        .change_password(&actor, &by, "vent rouge sur table")
        .unwrap_err();
    node.app.sign_out(&token).unwrap();
    node.app.sign_out(&token).unwrap();
    // Refused unread: no row for each of a guesser's tries.
    for _ in 0..200 {
        let _read_or_not = wrong(&node, "colleague", "");
    }
    let inspector = node.app.actor("inspector").unwrap();
    let records = node.app.access_records(&inspector, 50, 0).unwrap();
    let mut told: Vec<_> = records
        .into_iter()
        .map(|(_, r)| r)
        .filter(|r| r.operation == Operation::Session)
        .map(|r| (r.actor, r.verb, r.object.unwrap_or_default()))
        .collect();
    told.reverse();
    let told: Vec<String> = told
        .into_iter()
        .map(|(a, v, o)| format!("{a} {v} {o}"))
        .collect();
    let mut wanted = vec![
        "nobody sign_in_refused agent",
        "nobody sign_in_refused ",
        "agent sign_in agent",
        "nobody password_refused agent",
        "agent sign_out agent",
    ];
    wanted.extend(["nobody sign_in_refused colleague"; 5]);
    assert_eq!(told, wanted);
}
