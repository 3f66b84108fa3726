//! Notices by mail, over a real link: an address that is the officer's, what waits told once and not lost, behind the same walls, at their hours.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{
    Actor, App, AppError, Mail, MailFailure, MailOutcome, NoticeSettings, Outgoing, PeopleFault,
};
use entente_core::codes::Class;
use entente_core::instant::{Instant, Span};
use entente_core::notice::{Digest, Frequency, Wishes};
use entente_testkit::desk::refused;
use entente_testkit::pair::{Side, TestPair};

const ADDRESS: &str = "liaison@mail.example";

/// Two linked nodes, of which `ma` sends mail of a class.
fn pair(seed: u64, class: Class) -> TestPair {
    let mut pair = TestPair::linked(seed);
    pair.nodes[0].set_notices(NoticeSettings {
        mail: Some(class),
        ..NoticeSettings::default()
    });
    pair.restart(Side::Ma);
    pair.settle();
    // The charter is no news any more.
    pair.time.advance(2 * 86_400_000);
    pair
}

fn app(pair: &TestPair) -> &App {
    &pair.ma().app
}

fn officer(pair: &TestPair, id: &str) -> Actor {
    pair.ma().officer(id).unwrap()
}

/// The one mail that is due.
fn one(pair: &TestPair) -> Outgoing {
    let mut taken = app(pair).take_mails(10).unwrap();
    assert_eq!(taken.len(), 1, "{taken:?}");
    taken.remove(0)
}

fn none(pair: &TestPair) {
    assert_eq!(app(pair).take_mails(10).unwrap(), []);
}

fn settle(pair: &TestPair, out: &Outgoing, outcome: MailOutcome) {
    app(pair).settle_mail(out, outcome).unwrap();
}

fn code(out: &Outgoing) -> String {
    match &out.mail {
        Mail::Code(code) => code.clone(),
        Mail::Digest(_) => panic!("no code"),
    }
}

fn digest(out: &Outgoing) -> Digest {
    match &out.mail {
        Mail::Digest(digest) => digest.clone(),
        Mail::Code(_) => panic!("no digest"),
    }
}

/// An officer whose address is confirmed.
fn told(pair: &TestPair, id: &str) -> Actor {
    let actor = officer(pair, id);
    app(pair).ask_mail_address(&actor, ADDRESS).unwrap();
    let out = one(pair);
    settle(pair, &out, MailOutcome::Taken);
    app(pair).confirm_mail_address(&actor, &code(&out)).unwrap();
    actor
}

fn next(pair: &TestPair, actor: &Actor) -> Instant {
    app(pair).notices(actor).unwrap().next.unwrap()
}

/// The clock goes on to just after an instant.
fn go_to(pair: &TestPair, at: Instant) {
    pair.time.advance((at - app(pair).now()).0 + 1_000);
}

fn verbs(pair: &TestPair) -> Vec<String> {
    let inspector = officer(pair, "inspector");
    let records = app(pair).access_records(&inspector, 50, 0).unwrap();
    records.into_iter().map(|(_, record)| record.verb).collect()
}

/// Take out: the code's row, its tries, or `is_address`.
#[test]
fn nothing_is_sent_to_an_address_before_its_code_was_typed() {
    let mut pair = pair(901, Class::Restricted);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let actor = officer(&pair, "liaison");
    for wrong in ["", "nobody", "a@b\r\nBcc: c@d", "a b@c"] {
        refused(
            app(&pair).ask_mail_address(&actor, wrong),
            PeopleFault::MailAddress,
        );
    }
    app(&pair).ask_mail_address(&actor, ADDRESS).unwrap();
    let out = one(&pair);
    assert_eq!(out.to, ADDRESS);
    settle(&pair, &out, MailOutcome::Taken);
    let view = app(&pair).notices(&actor).unwrap();
    assert_eq!((view.address, view.next), (None, None));
    pair.time.advance(30 * 60_000);
    none(&pair);
    for _ in 0..5 {
        refused(
            app(&pair).confirm_mail_address(&actor, "AAAAAAAA"),
            PeopleFault::MailCodeWrong,
        );
    }
    // Five were tried: the right one opens nothing any more.
    let late = app(&pair).confirm_mail_address(&actor, &code(&out));
    refused(late, PeopleFault::MailCodeWrong);
    app(&pair).ask_mail_address(&actor, ADDRESS).unwrap();
    let out = one(&pair);
    // Somebody else's code is nobody else's.
    let other = officer(&pair, "investigator");
    let stolen = app(&pair).confirm_mail_address(&other, &code(&out));
    refused(stolen, PeopleFault::MailCodeWrong);
    let typed = code(&out).to_lowercase();
    app(&pair).confirm_mail_address(&actor, &typed).unwrap();
    let view = app(&pair).notices(&actor).unwrap();
    assert_eq!(view.address.as_deref(), Some(ADDRESS));
    assert!(view.next.is_some());
    app(&pair)
        .ask_mail_address(&actor, "b@mail.example")
        .unwrap();
    refused(
        app(&pair).ask_mail_address(&actor, "c@mail.example"),
        PeopleFault::MailCodesMost,
    );
}

/// Take out: the record in `take_mail`, `told_ms`, or the lease.
#[test]
fn invariant_11_a_digest_is_on_record_before_it_is_sent_and_is_sent_once() {
    let mut pair = pair(902, Class::Restricted);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let at = next(&pair, &actor);
    assert_eq!(at.0 % 86_400_000, 8 * 3_600_000, "at 8 h");
    none(&pair);
    go_to(&pair, at);
    let seen = app(&pair).notices(&actor).unwrap().digest;
    let out = one(&pair);
    assert!(verbs(&pair).contains(&"mail_digest".to_owned()));
    let said = digest(&out);
    assert_eq!(said, seen, "the preview is the mail");
    assert_eq!(
        (said.overdue + said.soon + said.later, said.lines.len()),
        (1, 1)
    );
    none(&pair);
    settle(&pair, &out, MailOutcome::Taken);
    none(&pair);
    // The next day it says what is so then; nothing is new any more.
    go_to(&pair, next(&pair, &actor));
    assert_eq!(digest(&one(&pair)).fresh, 0);
}

/// Take out: the lease, or the identifier kept with the mail.
#[test]
fn a_mail_survives_its_process_under_the_same_identifier() {
    let mut pair = pair(903, Class::Open);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    go_to(&pair, next(&pair, &actor));
    let out = one(&pair);
    pair.restart(Side::Ma);
    none(&pair);
    pair.time.advance(11 * 60_000);
    let again = one(&pair);
    assert_eq!(
        (&again.id, &again.mail, again.made),
        (&out.id, &out.mail, out.made)
    );
    settle(&pair, &again, MailOutcome::Taken);
    // The first process was only slow: its word comes too late and changes nothing.
    settle(&pair, &out, MailOutcome::Failed(MailFailure::Later));
    assert_eq!(app(&pair).notices(&actor).unwrap().failed, None);
    pair.time.advance(2 * 3_600_000);
    none(&pair);
}

/// Take out: the pause, the retry, or letting go of what is refused.
#[test]
fn what_fails_is_tried_again_and_what_is_refused_is_not() {
    let mut pair = pair(904, Class::Open);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    go_to(&pair, next(&pair, &actor));
    let out = one(&pair);
    settle(&pair, &out, MailOutcome::Failed(MailFailure::Unreachable));
    let failed = app(&pair).notices(&actor).unwrap().failed.unwrap();
    assert_eq!(failed.1, MailFailure::Unreachable);
    none(&pair);
    pair.time.advance(61_000);
    let again = one(&pair);
    assert_eq!(again.id, out.id);
    settle(&pair, &again, MailOutcome::Failed(MailFailure::Later));
    pair.time.advance(61_000);
    none(&pair);
    pair.time.advance(61_000);
    settle(
        &pair,
        &one(&pair),
        MailOutcome::Failed(MailFailure::Refused),
    );
    pair.time.advance(3_600_000);
    none(&pair);
    // It was told nobody: the next one says it as new.
    go_to(&pair, next(&pair, &actor));
    let said = digest(&one(&pair));
    assert_eq!(said.fresh, 1);
}

/// Take out: `drop_notice`, or the check of the row in `settle_mail`.
#[test]
fn an_address_that_was_removed_is_gone_at_once() {
    let mut pair = pair(905, Class::Open);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    go_to(&pair, next(&pair, &actor));
    let out = one(&pair);
    app(&pair).remove_mail_address(&actor).unwrap();
    settle(&pair, &out, MailOutcome::Failed(MailFailure::Later));
    pair.time.advance(3 * 86_400_000);
    none(&pair);
    let view = app(&pair).notices(&actor).unwrap();
    assert_eq!((view.address, view.failed), (None, None));
}

/// Take out: `self.sees` in `owed_by`, `fresh_for` or `meeting_dossiers`.
#[test]
fn invariant_07_nothing_behind_a_wall_is_counted() {
    let mut pair = pair(906, Class::Restricted);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let liaison = officer(&pair, "liaison");
    let seen = app(&pair).notices(&liaison).unwrap().digest;
    assert_eq!((seen.fresh, seen.lines.len()), (1, 1));
    for id in ["rescue", "caseworker", "inspector", "administrator"] {
        let view = app(&pair).notices(&officer(&pair, id)).unwrap();
        assert!(view.digest.is_empty(), "{id}: {:?}", view.digest);
    }
}

/// Take out: the class of the dossier, or of the channel.
#[test]
fn below_the_class_of_a_dossier_a_mail_is_figures() {
    let mut pair = pair(907, Class::Internal);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let seen = app(&pair)
        .notices(&officer(&pair, "liaison"))
        .unwrap()
        .digest;
    assert_eq!((seen.fresh, seen.lines.len()), (1, 0));
    let text = serde_json::to_string(&seen).unwrap();
    for word in ["Véhicule", "loué", "FR-", "MA-", "request", "fr/"] {
        assert!(!text.contains(word), "{text}");
    }
}

fn wishes(at_once: bool, urgent: bool) -> Wishes {
    Wishes {
        frequency: Frequency::Never,
        at_once,
        urgent,
        ..Wishes::default()
    }
}

/// How many mails of a fortnight say at once that something is late, and whether the first came in quiet hours.
fn late_mails(pair: &TestPair) -> Vec<i64> {
    let mut hours = Vec::new();
    for _ in 0..(14 * 24 * 4) {
        pair.time.advance(15 * 60_000);
        for out in app(pair).take_mails(10).unwrap() {
            settle(pair, &out, MailOutcome::Taken);
            assert!(digest(&out).overdue > 0);
            hours.push(out.made.0.rem_euclid(86_400_000) / 3_600_000);
        }
    }
    hours
}

/// Take out: `kept.late`, the quiet hours, or that urgent things may break them.
#[test]
fn what_becomes_late_is_told_at_once_and_once() {
    for (seed, urgency, urgent) in [
        (908, "normal", true),
        (909, "urgent_direct", false),
        (910, "urgent_direct", true),
    ] {
        let mut pair = pair(seed, Class::Open);
        let actor = told(&pair, "liaison");
        let wished = wishes(true, urgent);
        app(&pair).wish_notices(&actor, &wished).unwrap();
        // Asked at 14 h 30, so that eight hours end in the night.
        let day = app(&pair).now().0.rem_euclid(86_400_000);
        pair.time
            .advance(86_400_000 - day + Span::minutes(14 * 60 + 30).0);
        pair.ask(Side::Fr, urgency);
        pair.settle();
        let hours = late_mails(&pair);
        let quiet = |h: &i64| !(7..20).contains(h);
        assert!(!hours.is_empty(), "{urgency}");
        let breaks = urgent && urgency != "normal";
        assert_eq!(
            hours.iter().any(quiet),
            breaks,
            "{urgency} {urgent}: {hours:?}"
        );
        assert!(hours.len() <= 2, "once for each that is late: {hours:?}");
    }
}

/// Take out: `own`, or the zones that are offered.
#[test]
fn wishes_are_ones_own_and_of_this_place() {
    let pair = pair(911, Class::Open);
    let actor = officer(&pair, "liaison");
    for wrong in [
        Wishes {
            zone: "Mars/Olympus".into(),
            ..Wishes::default()
        },
        Wishes {
            hour: 24,
            ..Wishes::default()
        },
        Wishes {
            quiet: Some((5, 5)),
            ..Wishes::default()
        },
    ] {
        refused(
            app(&pair).wish_notices(&actor, &wrong),
            PeopleFault::MailHours,
        );
    }
    let acting = Actor {
        acts_for: Some(entente_app::ActsFor {
            id: "x".into(),
            name: "x".into(),
            until: Instant(i64::MAX),
        }),
        ..actor
    };
    assert!(matches!(
        app(&pair).notices(&acting),
        Err(AppError::Forbidden)
    ));
    let asked = app(&pair).ask_mail_address(&acting, ADDRESS);
    assert!(matches!(asked, Err(AppError::Forbidden)));
}

/// Take out: the filter on active officers in `mail_step`.
#[test]
fn whoever_left_is_told_nothing() {
    let mut pair = pair(912, Class::Open);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let at = next(&pair, &actor);
    let by = entente_app::By::Machine;
    app(&pair).set_active(by, &actor.id, false).unwrap();
    go_to(&pair, at);
    none(&pair);
}
