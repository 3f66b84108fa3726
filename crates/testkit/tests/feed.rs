//! The calendar of an officer at its secret address, over a real link: what stands in it, behind which walls, at most of which class, on record, and
//! when there is nothing there any more.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::AccessRecord;
use entente_app::views::FeedFile;
use entente_app::{Actor, ActsFor, App, AppError, By, InputFault, NoticeSettings, PeopleFault};
use entente_core::codes::{Class, Role};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_ical::{Calendar, Event, Method, Status, When, read};
use entente_proof::digest::sha256;
use entente_store::StoreExt;
use entente_testkit::desk::{PASSWORD, absent, again, person, refused};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const DAY: i64 = 86_400_000;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Two linked nodes, of which `ma` gives out calendars of a class.
fn pair(seed: u64, class: Class) -> TestPair {
    let mut pair = TestPair::linked(seed);
    allows(&mut pair, Some(class));
    pair
}

fn allows(pair: &mut TestPair, class: Option<Class>) {
    pair.nodes[0].set_notices(NoticeSettings {
        feed: class,
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

/// Makes an address, with a password, which officers of a pair have once they took up an invitation.
fn made(pair: &TestPair, id: &str) -> String {
    let actor = officer(pair, id);
    let shown = again("", PASSWORD, "");
    match app(pair).make_calendar_address(&actor, &shown) {
        Err(AppError::Input(InputFault::People(PeopleFault::PasswordWrong))) => {
            let link = app(pair).invite_again(By::Machine, id).unwrap();
            app(pair).accept_invitation(&link, PASSWORD, "").unwrap();
            app(pair).make_calendar_address(&actor, &shown).unwrap()
        }
        said => said.unwrap(),
    }
}

fn fetched(pair: &TestPair, secret: &str) -> FeedFile {
    app(pair).calendar_feed(secret, "khal").unwrap()
}

fn calendar(pair: &TestPair, secret: &str) -> Calendar {
    let calendar = read(fetched(pair, secret).text.as_bytes()).unwrap();
    assert_eq!(calendar.method, Some(Method::Publish));
    assert_eq!(calendar.unread, []);
    calendar
}

/// All its events but the one that says when the address ends.
fn events(pair: &TestPair, secret: &str) -> Vec<Event> {
    let mut events = calendar(pair, secret).events;
    let ends = |event: &Event| {
        event
            .summary
            .as_deref()
            .is_some_and(|s| s.contains("prend fin"))
    };
    let before = events.len();
    events.retain(|event| !ends(event));
    assert_eq!(events.len() + 1, before, "it says when it ends");
    events
}

fn summaries(pair: &TestPair, secret: &str) -> Vec<String> {
    let events = events(pair, secret).into_iter();
    events.filter_map(|event| event.summary).collect()
}

fn at(pair: &TestPair, days: i64) -> String {
    Instant(app(pair).now().0 + days * DAY).to_civil()[..16].to_owned()
}

/// A series of meetings and an invitation to one, by `fr`.
fn convened(pair: &mut TestPair, days: i64) -> (DossierId, String) {
    let fields = [
        ("title", "Coordination"),
        ("aim", "Lever ce qui retarde."),
        ("form", "series"),
        ("level", "services"),
    ];
    let dossier = pair
        .write(Side::Fr, "meeting.open", &Writing::new(&fields))
        .dossier;
    pair.settle();
    let first = invited(pair, dossier, days, &[]);
    (dossier, first)
}

fn invited(pair: &mut TestPair, dossier: DossierId, days: i64, more: &[(&str, &str)]) -> String {
    let when = at(pair, days);
    let mut fields = vec![
        ("title", "Rencontre d’octobre"),
        ("at", &when),
        ("lasts", "120"),
        ("mode", "place"),
        ("place", "Rabat"),
    ];
    fields.extend_from_slice(more);
    let entry = pair
        .write(Side::Fr, "meeting.convene", &Writing::on(dossier, &fields))
        .entry;
    pair.settle();
    entry.to_string()
}

fn records(pair: &TestPair, verb: &str) -> usize {
    let inspector = officer(pair, "inspector");
    let records = app(pair).access_records(&inspector, 200, 0).unwrap();
    records
        .iter()
        .filter(|(_, record)| record.verb == verb)
        .count()
}

/// Take out: a move or a cancellation in `Chain`, or the dates of obligations.
#[test]
fn meetings_and_dates_stand_in_the_calendar_as_they_stand_here() {
    let mut pair = pair(921, Class::Restricted);
    let secret = made(&pair, "liaison");
    assert_eq!(events(&pair, &secret), []);
    pair.ask(Side::Fr, "normal");
    let (dossier, first) = convened(&mut pair, 10);
    let all = events(&pair, &secret);
    let due: Vec<&Event> = all.iter().filter(|event| !event.busy).collect();
    assert!(due.iter().all(|event| matches!(event.start, When::Day(_))));
    let said: Vec<&str> = due
        .iter()
        .filter_map(|event| event.summary.as_deref())
        .collect();
    assert!(
        said.iter()
            .any(|s| s.starts_with("Échéance ") && s.contains("FR-")),
        "{said:?}"
    );
    let meeting = |pair: &TestPair| {
        let mut all = events(pair, &secret);
        all.retain(|event| event.busy);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    };
    let before = meeting(&pair);
    assert_eq!(before.uid, Some(format!("{first}@entente")));
    assert_eq!(before.summary.as_deref(), Some("Rencontre d’octobre"));
    assert_eq!(before.location.as_deref(), Some("Rabat"));
    assert_eq!(
        (before.sequence, before.status),
        (0, Some(Status::Confirmed))
    );
    assert_eq!(before.attendees, []);
    let second = invited(&mut pair, dossier, 12, &[("moves", &first)]);
    let moved = meeting(&pair);
    assert_eq!(
        (moved.uid.as_ref(), moved.sequence),
        (before.uid.as_ref(), 2)
    );
    assert_ne!(moved.start, before.start);
    let file = app(&pair).meeting_file(&officer(&pair, "liaison"), second.parse().unwrap());
    let file = read(file.unwrap().text.as_bytes())
        .unwrap()
        .events
        .remove(0);
    assert_eq!((&file.uid, file.sequence), (&moved.uid, moved.sequence));
    assert_eq!(
        (file.start, file.end),
        (moved.start.clone(), moved.end.clone())
    );
    let fields = [("of", second.as_str()), ("text", "Salle indisponible.")];
    pair.write(Side::Fr, "meeting.cancel", &Writing::on(dossier, &fields));
    pair.settle();
    let cancelled = meeting(&pair);
    assert_eq!((cancelled.uid, cancelled.sequence), (moved.uid, 3));
    assert_eq!(cancelled.status, Some(Status::Cancelled));
}

/// Take out: the rank in `Chain::of`, or the number of its message.
#[test]
fn an_invitation_that_both_moved_at_once_is_one_event_everywhere() {
    let mut pair = pair(922, Class::Restricted);
    let secret = made(&pair, "liaison");
    let (dossier, first) = convened(&mut pair, 10);
    pair.cut(true);
    let when = at(&pair, 14);
    let fields = [
        ("title", "Rencontre d’octobre"),
        ("at", when.as_str()),
        ("mode", "video"),
        ("lasts", "60"),
        ("moves", first.as_str()),
    ];
    let ours = pair
        .write(Side::Ma, "meeting.convene", &Writing::on(dossier, &fields))
        .entry;
    pair.time.advance(60_000);
    let when = at(&pair, 16);
    let fields = [
        fields[0],
        ("at", when.as_str()),
        fields[2],
        fields[3],
        fields[4],
    ];
    let theirs = pair
        .write(Side::Fr, "meeting.convene", &Writing::on(dossier, &fields))
        .entry;
    pair.cut(false);
    pair.settle();
    let me = officer(&pair, "liaison");
    let file = |entry| {
        let file = app(&pair).meeting_file(&me, entry).unwrap();
        read(file.text.as_bytes()).unwrap().events.remove(0)
    };
    let stands = file(theirs);
    for entry in [first.parse().unwrap(), ours] {
        let same = file(entry);
        assert_eq!(
            (&same.start, same.sequence),
            (&stands.start, stands.sequence)
        );
    }
    let at_fr = pair.fr().officer("liaison").unwrap();
    let there = pair.fr().app.meeting_file(&at_fr, ours).unwrap();
    let there = read(there.text.as_bytes()).unwrap().events.remove(0);
    assert_eq!(
        (&there.start, there.sequence),
        (&stands.start, stands.sequence)
    );
    let busy = |pair: &TestPair| {
        let mut all = events(pair, &secret);
        all.retain(|event| event.busy);
        all
    };
    assert_eq!(busy(&pair).len(), 1);
    // The one written last is cancelled: the other takes its place, by a message that is newer.
    let theirs = theirs.to_string();
    let fields = [("of", theirs.as_str()), ("text", "Deux dates.")];
    pair.write(Side::Fr, "meeting.cancel", &Writing::on(dossier, &fields));
    pair.settle();
    let left = busy(&pair).remove(0);
    assert_eq!(left.status, Some(Status::Confirmed));
    assert!(left.sequence > stands.sequence && left.start != stands.start);
}

/// Take out: `place.telling` in `core/src/feed.rs`, or the class of `of_entry`.
#[test]
fn invariant_07_above_the_class_there_are_figures_by_day() {
    let mut pair = pair(923, Class::Open);
    let secret = made(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    let (_, first) = convened(&mut pair, 10);
    let text = fetched(&pair, &secret).text.replace("\r\n ", "");
    for word in [
        "Rabat",
        "octobre",
        "Coordination",
        "FR-",
        "MA-",
        "fr/",
        "ma/liaison",
        "request",
        first.as_str(),
    ] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let said = summaries(&pair, &secret);
    assert!(
        said.contains(&"Entente · Rencontres\u{a0}: 1".to_owned()),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|s| s.starts_with("Entente · Échéances\u{a0}: ")),
        "{said:?}"
    );
    assert!(events(&pair, &secret).iter().all(|event| !event.busy));
}

/// Take out: the figures, or the date, in what names an event.
#[test]
fn another_figure_is_another_event() {
    let mut pair = pair(932, Class::Open);
    let secret = made(&pair, "liaison");
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let before = events(&pair, &secret);
    assert!(!before.is_empty());
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let named = |events: &[Event]| {
        let named = events
            .iter()
            .map(|event| (event.uid.clone(), event.summary.clone()));
        named.collect::<Vec<_>>()
    };
    let (before, after) = (named(&before), named(&events(&pair, &secret)));
    assert_ne!(before, after);
    for (uid, summary) in &before {
        let kept = after.iter().filter(|(other, _)| other == uid);
        assert!(
            kept.clone().all(|(_, other)| other == summary),
            "one name, two texts"
        );
    }
}

/// Take out: `self.sees` in `owed_by` or `meeting_dossiers`.
#[test]
fn invariant_07_nothing_behind_a_wall_is_in_a_calendar() {
    let mut pair = pair(924, Class::Restricted);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    assert!(!events(&pair, &made(&pair, "liaison")).is_empty());
    for (id, role) in [
        ("sauveteur", Role::RescueCoordinator),
        ("social", Role::CaseWorker),
        ("inspecte", Role::Inspector),
    ] {
        let one = person(pair.ma(), id, "liaison", role);
        app(&pair).add_officer(one).unwrap();
    }
    for id in [
        "rescue",
        "caseworker",
        "inspector",
        "administrator",
        "sauveteur",
        "social",
        "inspecte",
    ] {
        assert_eq!(events(&pair, &made(&pair, id)), [], "{id}");
    }
}

/// Take out: a condition of `standing_feed`, `end_sessions` where an officer leaves, or the life.
#[test]
fn an_address_that_is_over_is_as_one_that_never_was() {
    let mut pair = pair(925, Class::Open);
    let secret = made(&pair, "liaison");
    fetched(&pair, &secret);
    let gone = |pair: &TestPair, secret: &str| absent(app(pair).calendar_feed(secret, "khal"));
    for wrong in [
        "",
        "x",
        &secret[1..],
        &secret.to_lowercase(),
        &format!("{secret}x"),
    ] {
        gone(&pair, wrong);
    }
    // A secret of a calendar signs nobody in, and a session fetches no calendar.
    assert!(matches!(
        app(&pair).signed_in(&secret, ""),
        Err(AppError::SignIn)
    ));
    let session = app(&pair).sign_in("liaison", PASSWORD, "").unwrap().token;
    gone(&pair, &session);
    let me = officer(&pair, "liaison");
    let other = made(&pair, "liaison");
    gone(&pair, &secret);
    app(&pair).revoke_calendar_address(&me).unwrap();
    gone(&pair, &other);
    assert!(app(&pair).calendar_address(&me).unwrap().made.is_none());
    // By the end of its life, however often it is fetched.
    let secret = made(&pair, "liaison");
    pair.time.advance(179 * DAY);
    fetched(&pair, &secret);
    pair.time.advance(DAY);
    gone(&pair, &secret);
    // By a new password, and by ending what stands open elsewhere.
    let secret = made(&pair, "liaison");
    let session = app(&pair).sign_in("liaison", PASSWORD, "").unwrap().token;
    let me = officer(&pair, "liaison");
    app(&pair).end_other_sessions(&me, &session).unwrap();
    gone(&pair, &secret);
    let secret = made(&pair, "liaison");
    let by = again(&session, PASSWORD, "");
    app(&pair)
        .change_password(&me, &by, "another fictional one")
        .unwrap();
    gone(&pair, &secret);
    let by = again(&session, "another fictional one", "");
    app(&pair).change_password(&me, &by, PASSWORD).unwrap();
    // Whoever leaves, and comes back, has none.
    let secret = made(&pair, "liaison");
    app(&pair)
        .set_active(By::Machine, "liaison", false)
        .unwrap();
    gone(&pair, &secret);
    app(&pair).set_active(By::Machine, "liaison", true).unwrap();
    gone(&pair, &secret);
    // After a recovery of the account.
    let secret = made(&pair, "liaison");
    app(&pair).ask_reset(By::Machine, "liaison").unwrap();
    app(&pair).confirm_reset(By::Machine, "liaison").unwrap();
    gone(&pair, &secret);
    // An administrator ends the sessions of a telephone that was lost.
    let secret = made(&pair, "liaison");
    app(&pair).end_sessions_of(By::Machine, "liaison").unwrap();
    gone(&pair, &secret);
    // Where the operator allows none any more.
    let secret = made(&pair, "liaison");
    allows(&mut pair, None);
    gone(&pair, &secret);
    let shown = again("", PASSWORD, "");
    refused(
        app(&pair).make_calendar_address(&officer(&pair, "liaison"), &shown),
        PeopleFault::NoFeed,
    );
}

/// Take out: `check_again`, or `own`.
#[test]
fn an_address_is_made_by_whoever_shows_who_they_are() {
    let pair = pair(926, Class::Open);
    made(&pair, "liaison");
    let me = officer(&pair, "liaison");
    let wrong = again("", "another password", "");
    refused(
        app(&pair).make_calendar_address(&me, &wrong),
        PeopleFault::PasswordWrong,
    );
    let acting = Actor {
        acts_for: Some(ActsFor {
            id: "investigator".into(),
            name: "Somebody".into(),
            until: Instant(i64::MAX),
        }),
        ..me
    };
    let shown = again("", PASSWORD, "");
    for said in [
        app(&pair).make_calendar_address(&acting, &shown).err(),
        app(&pair).revoke_calendar_address(&acting).err(),
        app(&pair).calendar_address(&acting).err(),
    ] {
        assert!(matches!(said, Some(AppError::Forbidden)), "{said:?}");
    }
}

/// Take out: the record in `give_out`, or `Kept::note`.
#[test]
fn invariant_11_what_is_given_out_is_on_record_and_what_a_program_has_is_not_again() {
    let mut pair = pair(927, Class::Restricted);
    let secret = made(&pair, "liaison");
    assert_eq!(records(&pair, "make_calendar_address"), 1);
    let first = fetched(&pair, &secret);
    assert_eq!(records(&pair, "calendar_feed"), 1);
    for _ in 0..5 {
        pair.time.advance(15 * 60_000);
        assert_eq!(fetched(&pair, &secret), first, "the same bytes");
    }
    assert_eq!(records(&pair, "calendar_feed"), 1);
    let seen = app(&pair)
        .calendar_address(&officer(&pair, "liaison"))
        .unwrap()
        .fetched
        .unwrap();
    assert_eq!(seen, (app(&pair).now(), "khal".to_owned()));
    // Somebody else's program is given something, whatever ours has.
    app(&pair).calendar_feed(&secret, "curl").unwrap();
    assert_eq!(records(&pair, "calendar_feed"), 2);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    let (dossier, _) = convened(&mut pair, 10);
    assert_ne!(fetched(&pair, &secret).tag, first.tag);
    // Whoever asks who took out something of that dossier finds it.
    let inspector = officer(&pair, "inspector");
    let all = app(&pair).access_records(&inspector, 200, 0).unwrap();
    let told = |record: &AccessRecord| {
        record.verb == "calendar_feed" && record.dossiers == [dossier.to_string()]
    };
    assert!(all.iter().any(|(_, record)| told(record)));
    assert_eq!(records(&pair, "calendar_feed"), 3);
}

/// Take out: `Who::Feed`.
#[test]
fn an_address_is_fetched_no_more_often_than_devices_do() {
    let pair = pair(928, Class::Open);
    let secret = made(&pair, "liaison");
    let fetch = |pair: &TestPair| app(pair).calendar_feed(&secret, "khal");
    let often = (0..40).filter(|_| fetch(&pair).is_ok()).count();
    assert_eq!(often, 20);
    assert!(matches!(fetch(&pair), Err(AppError::Wait(_))));
    absent(app(&pair).calendar_feed(&"A".repeat(43), "khal"));
    // Three devices, each every quarter of an hour, wait for nobody.
    pair.time.advance(3 * 3_600_000);
    for _ in 0..(24 * 4) {
        pair.time.advance(15 * 60_000);
        for _ in 0..3 {
            fetch(&pair).unwrap();
        }
    }
}

/// Take out: `actor.lang`.
#[test]
fn a_calendar_is_in_the_officers_language() {
    let mut pair = pair(929, Class::Restricted);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    for (lang, word, ends) in [
        (Lang::En, "Due ", "ends this week"),
        (Lang::Ar, "أجل ", "ينتهي عنوان"),
    ] {
        let id = format!("liaison-{lang}");
        let mut one = person(pair.ma(), &id, "liaison", Role::Liaison);
        one.lang = lang;
        app(&pair).add_officer(one).unwrap();
        let events = calendar(&pair, &made(&pair, &id)).events;
        for wanted in [word, ends] {
            let says = |event: &Event| event.summary.as_deref().is_some_and(|s| s.contains(wanted));
            assert!(events.iter().any(says), "{lang}: {events:?}");
        }
    }
}

/// Nothing of a secret is in the database, and nothing against which words of the calendar could be tried. Take out: the digest, or `secret` in the tag.
#[test]
fn a_secret_is_nowhere_in_the_store() {
    let pair = pair(930, Class::Open);
    let secret = made(&pair, "liaison");
    let file = fetched(&pair, &secret);
    let rows = pair
        .ma()
        .store
        .view("rows", |tx| tx.sessions("liaison"))
        .unwrap();
    let row = rows
        .iter()
        .find(|row| row.sort == entente_store::SessionSort::Feed)
        .unwrap();
    let state = String::from_utf8_lossy(&row.state);
    assert!(!state.contains(&secret) && row.csrf.is_empty());
    assert_ne!(row.digest, secret.as_bytes());
    let plain = hex(&sha256(file.text.as_bytes()).0);
    assert!(state.contains(&file.tag) && !state.contains(&plain));
}
