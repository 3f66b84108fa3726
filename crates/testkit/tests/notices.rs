//! Notices by mail, over a real link: an address that is the officer's, what waits told once and not lost, behind the same walls, at their hours.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{
    Actor, App, AppError, By, InputFault, Mail, MailFailure, MailOutcome, NoticeSettings,
    OfficerChange, Outgoing, PeopleFault,
};
use entente_core::codes::{Class, Role};
use entente_core::instant::{Instant, Span};
use entente_core::notice::{Digest, Frequency, Wishes};
use entente_store::{NoticeRow, StoreExt};
use entente_testkit::desk::{PASSWORD, again, person, refused};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const ADDRESS: &str = "liaison@mail.example";

/// Two linked nodes, of which `ma` sends mail of a class.
fn pair(seed: u64, class: Class) -> TestPair {
    let mut pair = TestPair::linked(seed);
    of_class(&mut pair, class);
    // The charter is no news any more.
    pair.time.advance(2 * 86_400_000);
    pair
}

/// `ma` is started once more, with mail of this class to the domain of [`ADDRESS`].
fn of_class(pair: &mut TestPair, class: Class) {
    pair.nodes[0].set_notices(NoticeSettings {
        mail: Some(class),
        domains: vec!["mail.example".into()],
        ..NoticeSettings::default()
    });
    pair.restart(Side::Ma);
    pair.settle();
}

fn app(pair: &TestPair) -> &App {
    &pair.ma().app
}

fn officer(pair: &TestPair, id: &str) -> Actor {
    pair.ma().officer(id).unwrap()
}

/// Asks for a code, with a password, which officers of a pair have once they took up an invitation.
fn ask(pair: &TestPair, actor: &Actor, address: &str) -> Result<(), AppError> {
    let shown = again("", PASSWORD, "");
    match app(pair).ask_mail_address(actor, &shown, address) {
        Err(AppError::Input(InputFault::People(PeopleFault::PasswordWrong))) => {
            let link = app(pair).invite_again(By::Machine, &actor.id).unwrap();
            app(pair).accept_invitation(&link, PASSWORD, "").unwrap();
            app(pair).ask_mail_address(actor, &shown, address)
        }
        said => said,
    }
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
    ask(pair, &actor, ADDRESS).unwrap();
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
        refused(ask(&pair, &actor, wrong), PeopleFault::MailAddress);
    }
    ask(&pair, &actor, ADDRESS).unwrap();
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
    ask(&pair, &actor, ADDRESS).unwrap();
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
    ask(&pair, &actor, "b@mail.example").unwrap();
    refused(
        ask(&pair, &actor, "c@mail.example"),
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

/// Take out: the lease, `sent.held` in `settle_mail`, or the identifier kept with the mail.
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
    // The first process is only slow: it held the mail too long, and its word counts no more.
    settle(&pair, &out, MailOutcome::Taken);
    let again = one(&pair);
    settle(&pair, &out, MailOutcome::Taken);
    assert_eq!(app(&pair).notices(&actor).unwrap().told, None);
    assert_eq!(
        (&again.id, &again.mail, again.made),
        (&out.id, &out.mail, out.made)
    );
    settle(&pair, &again, MailOutcome::Taken);
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

/// Also not for another role of the very service that the dossier is of. Take out: `self.sees` in `owed_by`, `fresh_for` or `meeting_dossiers`.
#[test]
fn invariant_07_nothing_behind_a_wall_is_counted() {
    let mut pair = pair(906, Class::Restricted);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let liaison = officer(&pair, "liaison");
    let seen = app(&pair).notices(&liaison).unwrap().digest;
    assert_eq!((seen.fresh, seen.lines.len()), (1, 1));
    for (id, role) in [
        ("sauveteur", Role::RescueCoordinator),
        ("social", Role::CaseWorker),
        ("inspecte", Role::Inspector),
    ] {
        let one = person(pair.ma(), id, "liaison", role);
        app(&pair).add_officer(one).unwrap();
    }
    let walled = [
        "rescue",
        "caseworker",
        "inspector",
        "administrator",
        "sauveteur",
        "social",
        "inspecte",
    ];
    for id in walled {
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
    let asked = ask(&pair, &acting, ADDRESS);
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

/// Take out: the row that `remove_mail_address` leaves, or its end in `is_spent`.
#[test]
fn codes_are_counted_on_when_the_address_is_removed() {
    let pair = pair(913, Class::Open);
    let actor = officer(&pair, "liaison");
    for _ in 0..3 {
        ask(&pair, &actor, ADDRESS).unwrap();
    }
    app(&pair).remove_mail_address(&actor).unwrap();
    none(&pair);
    let asked = ask(&pair, &actor, ADDRESS);
    refused(asked, PeopleFault::MailCodesMost);
    pair.time.advance(25 * 3_600_000);
    none(&pair);
    ask(&pair, &actor, ADDRESS).unwrap();
}

/// Take out: `may_end_at` in `ask_mail_address`, or in `compose_mail`.
#[test]
fn mail_ends_at_domains_that_the_operator_named() {
    let mut pair = pair(914, Class::Restricted);
    let actor = officer(&pair, "liaison");
    for elsewhere in [
        "a@private.example",
        "a@sub.mail.example",
        "a@mail.example.evil",
    ] {
        let asked = ask(&pair, &actor, elsewhere);
        refused(asked, PeopleFault::MailDomain);
    }
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let at = next(&pair, &actor);
    pair.nodes[0].set_notices(NoticeSettings {
        mail: Some(Class::Restricted),
        domains: vec!["other.example".into()],
        ..NoticeSettings::default()
    });
    pair.restart(Side::Ma);
    let actor = officer(&pair, "liaison");
    let view = app(&pair).notices(&actor).unwrap();
    assert!(view.elsewhere && view.address.is_some(), "the page says so");
    go_to(&pair, at);
    none(&pair);
}

/// Take out: `lost`, or `silent` in `at_once`.
#[test]
fn what_is_refused_for_good_is_not_tried_at_once_again() {
    let mut pair = pair(915, Class::Open);
    let actor = told(&pair, "liaison");
    let wished = wishes(true, true);
    app(&pair).wish_notices(&actor, &wished).unwrap();
    pair.ask(Side::Fr, "urgent_direct");
    pair.settle();
    let mut mails = 0;
    for _ in 0..(3 * 24 * 4) {
        pair.time.advance(15 * 60_000);
        for out in app(&pair).take_mails(10).unwrap() {
            mails += 1;
            settle(&pair, &out, MailOutcome::Failed(MailFailure::Refused));
        }
    }
    assert_eq!(mails, 1);
    let failed = app(&pair).notices(&actor).unwrap().failed.unwrap();
    assert_eq!(failed.1, MailFailure::Refused);
}

/// A digest on its way that failed once and waits, of a dossier that mail may tell a line of.
fn waiting(seed: u64) -> (TestPair, Actor, Outgoing) {
    let mut pair = pair(seed, Class::Restricted);
    let actor = told(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    go_to(&pair, next(&pair, &actor));
    let out = one(&pair);
    assert_eq!(digest(&out).lines.len(), 1);
    settle(&pair, &out, MailOutcome::Failed(MailFailure::Later));
    (pair, actor, out)
}

/// Take out: gathering anew in `judge_again`, or its record.
#[test]
fn invariant_07_a_mail_that_waits_is_judged_again() {
    let (mut pair, _, out) = waiting(916);
    let on_record = |pair: &TestPair| {
        let all = verbs(pair).into_iter();
        all.filter(|verb| verb == "mail_digest").count()
    };
    let before = on_record(&pair);
    of_class(&mut pair, Class::Open);
    pair.time.advance(2 * 60_000);
    let again = one(&pair);
    assert_eq!(again.id, out.id);
    assert_eq!(digest(&again).lines, []);
    assert_eq!(on_record(&pair), before + 1);
}

/// Whoever has no right to a matter any more is sent nothing of it, though the mail was made while they had. Take out: `sees` in `owed_by` and `fresh_for` of
/// app/src/notices, or gathering anew in `judge_again`.
#[test]
fn invariant_07_rights_that_changed_while_a_mail_waits_are_heeded() {
    let (pair, actor, _) = waiting(921);
    let change = OfficerChange {
        name: "Personne inventée".into(),
        services: actor.services.clone(),
        roles: vec![Role::CaseWorker],
        lang: actor.lang,
    };
    let changed = app(&pair).change_officer(By::Machine, "liaison", &change);
    changed.unwrap();
    pair.time.advance(2 * 60_000);
    none(&pair);
    // The right is back: so is what is to be told.
    let back = OfficerChange {
        roles: vec![Role::Liaison],
        ..change
    };
    app(&pair)
        .change_officer(By::Machine, "liaison", &back)
        .unwrap();
    pair.time.advance(3 * 86_400_000);
    let again = one(&pair);
    assert!(!digest(&again).lines.is_empty());
}

/// Take out: `retain` in `wish_notices`, and `wished` in `judge_again`.
#[test]
fn never_ends_what_waits_and_quiet_hours_hold_it() {
    let (pair, actor, _) = waiting(917);
    let wished = wishes(false, false);
    app(&pair).wish_notices(&actor, &wished).unwrap();
    pair.time.advance(3 * 86_400_000);
    none(&pair);
    let (pair, _, out) = waiting(918);
    // Till 22 h, where it is quiet; it waits for the morning.
    let day = app(&pair).now().0.rem_euclid(86_400_000);
    pair.time.advance(22 * 3_600_000 - day);
    none(&pair);
    pair.time.advance(8 * 3_600_000);
    none(&pair);
    pair.time.advance(3_600_000 + 1_000);
    assert_eq!(one(&pair).id, out.id);
}

/// Take out: `is_outlived`.
#[test]
fn a_code_that_is_over_is_not_sent() {
    let pair = pair(919, Class::Open);
    let actor = officer(&pair, "liaison");
    ask(&pair, &actor, ADDRESS).unwrap();
    let out = one(&pair);
    settle(&pair, &out, MailOutcome::Failed(MailFailure::Later));
    pair.time.advance(61 * 60_000);
    none(&pair);
}

/// Take out: the loop of `take_mails`.
#[test]
fn whoever_has_nothing_to_hear_holds_up_nobody() {
    let mut pair = pair(920, Class::Open);
    // Nothing waits for these two, whose rows are looked at first.
    for id in ["inspector", "administrator", "liaison"] {
        told(&pair, id);
    }
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let actor = officer(&pair, "liaison");
    go_to(&pair, next(&pair, &actor));
    let taken = app(&pair).take_mails(2).unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].officer, "liaison");
}

/// Take out: `check_again` in `ask_mail_address`.
#[test]
fn an_address_takes_the_password_again() {
    let pair = pair(921, Class::Open);
    let actor = told(&pair, "liaison");
    let left = again("", "another password", "");
    let asked = app(&pair).ask_mail_address(&actor, &left, "b@mail.example");
    refused(asked, PeopleFault::PasswordWrong);
    none(&pair);
}

/// Take out: `drop_notice` in `alter`, or in `confirm_reset`.
#[test]
fn an_address_does_not_outlive_its_officers_account() {
    let pair = pair(922, Class::Open);
    let actor = told(&pair, "liaison");
    let address = || app(&pair).notices(&actor).unwrap().address;
    app(&pair)
        .set_active(By::Machine, &actor.id, false)
        .unwrap();
    app(&pair).set_active(By::Machine, &actor.id, true).unwrap();
    assert_eq!(address(), None);
    pair.time.advance(86_400_000);
    told(&pair, "liaison");
    assert!(address().is_some());
    app(&pair).confirm_reset(By::Machine, &actor.id).unwrap();
    assert_eq!(address(), None);
}

/// A person's right that becomes late: in the mail of the day it is "something else", and none comes at once for it. Take out: the telling in `late_of`.
#[test]
fn what_may_not_be_counted_makes_no_mail_at_once() {
    let mut pair = pair(923, Class::Restricted);
    let actor = told(&pair, "liaison");
    let wished = wishes(true, true);
    app(&pair).wish_notices(&actor, &wished).unwrap();
    let asked = Writing::new(&[
        ("title", "Demande d’accès"),
        ("right", "access"),
        ("relation", "lawyer"),
        ("identity", "mandate"),
        ("received_on", "2015-05-20"),
        ("person_language", "ar"),
        ("person", "Personne fictive"),
        ("asked", "Accès."),
    ]);
    let dossier = pair.write(Side::Ma, "rights.open", &asked).dossier;
    pair.settle();
    pair.time.advance(60 * 86_400_000);
    let owed = pair.ma().obligations(Some(dossier)).unwrap();
    let now = app(&pair).now().0;
    assert!(owed.iter().any(|o| o.due_ms.is_some_and(|at| at < now)));
    for _ in 0..48 {
        pair.time.advance(3_600_000);
        none(&pair);
    }
    let seen = app(&pair).notices(&actor).unwrap().digest;
    assert!(seen.something && seen.overdue == 0, "{seen:?}");
}

/// Take out: the limit of an hour, or of a day, in `at_once`.
#[test]
fn mails_at_once_come_once_an_hour_and_six_times_a_day() {
    let mut pair = pair(924, Class::Open);
    let actor = told(&pair, "liaison");
    let wished = Wishes {
        quiet: None,
        ..wishes(true, true)
    };
    app(&pair).wish_notices(&actor, &wished).unwrap();
    let mut made = Vec::new();
    // Something becomes late every half hour, from eight hours on.
    for n in 0..(30 * 6) {
        if n % 3 == 0 && n < 120 {
            pair.ask(Side::Fr, "urgent_direct");
            pair.settle();
        }
        pair.time.advance(10 * 60_000);
        for out in app(&pair).take_mails(10).unwrap() {
            settle(&pair, &out, MailOutcome::Taken);
            made.push(out.made);
        }
    }
    assert!(made.len() >= 6, "{made:?}");
    assert!(
        made.windows(2).all(|two| two[1] - two[0] >= Span::hours(1)),
        "{made:?}"
    );
    assert!(
        made.windows(7)
            .all(|seven| seven[6] - seven[0] >= Span::hours(24)),
        "{made:?}"
    );
}

/// Take out: the arms of errors in `take_or_put_off`.
#[test]
fn a_row_that_cannot_be_read_holds_up_nobody() {
    let mut pair = pair(925, Class::Open);
    for id in ["investigator", "liaison"] {
        told(&pair, id);
    }
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let actor = officer(&pair, "liaison");
    go_to(&pair, next(&pair, &actor));
    let broken = NoticeRow {
        officer: "investigator".into(),
        next_ms: 0,
        sealed: b"broken".to_vec(),
    };
    let store = pair.ma().store.clone();
    let put = store.update("broken", move |tx| {
        Ok::<_, AppError>(tx.put_notice(&broken)?)
    });
    put.unwrap();
    assert_eq!(one(&pair).officer, "liaison");
    none(&pair);
}
