//! Meetings on pages of two nodes: a series set up, dates found, a meeting called, moved, minuted and approved, a decision owed, and the agenda
//! of the next as the ledger fills it.

use super::html::on;
use super::real::Person;
use axum::http::StatusCode;
use entente_core::ids::DossierId;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use serde_json::json;

const DAY: i64 = 24 * 3_600_000;

fn set_up(seed: u64) -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(seed);
    let fields = [
        ("title", "Rencontres de coordination"),
        ("aim", "Lever ce qui retarde."),
        ("form", "series"),
        ("level", "services"),
        ("cadence", "30"),
    ];
    let opened = pair.write(Side::Ma, "meeting.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

fn at(pair: &TestPair, days: i64) -> String {
    let now = pair.ma().app.now();
    let then = entente_core::instant::Instant(now.0 + days * DAY);
    then.to_civil()[..16].to_owned()
}

fn convened(pair: &mut TestPair, dossier: DossierId, more: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("title", "Rencontre d’octobre"),
        ("lasts", "120"),
        ("mode", "place"),
        ("place", "Rabat"),
    ];
    fields.extend_from_slice(more);
    let written = pair.write(Side::Ma, "meeting.convene", &Writing::on(dossier, &fields));
    pair.settle();
    written.entry.to_string()
}

/// Take out: in `app/src/show/meetings.rs`, `moved_before`, or the question after `CANCEL` or `MOVES` in `meeting`.
#[tokio::test]
async fn a_meeting_that_is_moved_is_the_same_event_in_every_calendar() {
    let (mut pair, dossier) = set_up(410);
    let when = at(&pair, 10);
    let first = convened(&mut pair, dossier, &[("at", &when)]);
    let later = at(&pair, 12);
    let second = convened(&mut pair, dossier, &[("at", &later), ("moves", &first)]);
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let page = format!("/dossiers/{dossier}/meetings");
    let read = fr.get(&page).await;
    assert!(read.contains("moved") && read.contains("ahead"));
    let file = async |entry: &str| {
        fr.fetch(&format!("/entries/{entry}/calendar"), "en")
            .await
            .1
    };
    let (old, new) = (file(&first).await, file(&second).await);
    let uid = format!("UID:{first}@entente");
    let unfolded = |file: &str| file.replace("\r\n ", "");
    assert!(unfolded(&old).contains(&uid) && unfolded(&new).contains(&uid));
    // Of an invitation that was moved the file is that of what took its place: no calendar drops a meeting that takes place.
    for one in [&old, &new] {
        assert!(one.contains("STATUS:CONFIRMED") && one.contains("SEQUENCE:2"));
    }
    let read = entente_ical::read(new.as_bytes()).unwrap();
    assert_eq!(read.events.len(), 1);
    assert!(read.unread.is_empty());
    let fields = [("of", second.as_str()), ("text", "Salle indisponible.")];
    pair.write(Side::Ma, "meeting.cancel", &Writing::on(dossier, &fields));
    pair.settle();
    let read = fr.get(&page).await;
    assert!(read.contains("cancelled") && !read.contains(">ahead<"));
    let cancelled = file(&second).await;
    assert!(cancelled.contains("STATUS:CANCELLED") && cancelled.contains("METHOD:CANCEL"));
    assert!(
        cancelled.contains("SEQUENCE:3"),
        "newer than what it cancels"
    );
}

/// What a calendar program answers to a file: its method, how one takes part, and another time if it proposes one.
fn answered(file: &str, method: &str, part: &str, start: Option<&str>) -> Vec<u8> {
    let unfolded = file.replace("\r\n ", "");
    let line = |name: &str| {
        let mut lines = unfolded.lines();
        lines
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
            .to_owned()
    };
    let start = start.map_or_else(|| line("DTSTART"), |at| format!("DTSTART:{at}"));
    let (uid, sequence, organizer) = (line("UID:"), line("SEQUENCE:"), line("ORGANIZER"));
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n{uid}\r\n{sequence}\r\nDTSTAMP:20260101T000000Z\r\n{start}\r\nDURATION:PT2H\r\n{organizer}\r\nATTENDEE;PARTSTAT={part}:mailto:somebody@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    .into_bytes()
}

/// Take out: in `app/src/invitations.rs`, the method, the sequence, or `Undecided`; in `form_of`, what the form is filled with; in `api/meetings.rs`, an
/// arm of `filled`.
#[tokio::test]
async fn the_answer_of_a_calendar_fills_a_form_and_confirms_nothing() {
    use entente_app::views::{CalendarAnswer, NotTaken};
    let (mut pair, dossier) = set_up(412);
    let when = at(&pair, 10);
    let first = convened(&mut pair, dossier, &[("at", &when)]);
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let app = pair.fr().app.clone();
    let actor = pair.fr().officer("agent").unwrap();
    let file = app.meeting_file(&actor, first.parse().unwrap()).unwrap();
    assert_eq!(file.method, "REQUEST");
    let read = entente_ical::read(file.text.as_bytes()).unwrap();
    let event = &read.events[0];
    assert_eq!(event.attendees.len(), 1, "whoever is asked");
    assert!(!file.text.contains("mailto:") && event.organizer.is_some());
    let take = |bytes: Vec<u8>| app.meeting_answer(&actor, dossier, &bytes).unwrap();
    let said = |method, part, start| answered(&file.text, method, part, start);

    let accepted = take(said("REPLY", "ACCEPTED", None)).unwrap();
    assert!(matches!(accepted, CalendarAnswer::Attends(_)));
    let declined = take(said("REPLY", "DECLINED", None)).unwrap();
    assert!(matches!(declined, CalendarAnswer::Declines(_)));
    let form = crate::pages::meetings::form_of(dossier, accepted);
    assert!(form.contains("/write/meeting.attend?on="));
    assert!(
        fr.get(&form).await.contains("delegation"),
        "the ordinary form"
    );
    let then = entente_core::instant::Instant(pair.fr().app.now().0 + 15 * DAY).to_civil();
    let stamp: String = then[..16].replace(['-', ':'], "") + "00Z";
    let other = take(said("COUNTER", "NEEDS-ACTION", Some(&stamp))).unwrap();
    let form = crate::pages::meetings::form_of(dossier, other);
    assert!(form.contains("meeting.dates?first=") && form.contains("lasts=120"));
    assert!(
        fr.get(&form).await.contains(&then[..16]),
        "another date, filled in"
    );

    let refused = |taken: Result<CalendarAnswer, NotTaken>| taken.unwrap_err();
    assert_eq!(refused(take(b"no calendar".to_vec())), NotTaken::Unreadable);
    assert_eq!(
        refused(take(file.text.clone().into_bytes())),
        NotTaken::NoAnswer
    );
    assert_eq!(
        refused(take(said("REPLY", "TENTATIVE", None))),
        NotTaken::Undecided
    );
    let api = format!("/api/v1/dossiers/{dossier}/meetings/answer");
    let sent = |bytes: Vec<u8>| json!({"text": String::from_utf8(bytes).unwrap()});
    let (status, filled) = fr.call(&api, &sent(said("REPLY", "ACCEPTED", None))).await;
    assert_eq!(
        (status, &filled["type"]),
        (StatusCode::OK, &json!("meeting.attend"))
    );
    assert!(
        filled["on"].as_str().is_some_and(|on| on.contains('#')),
        "{filled}"
    );
    let (_, filled) = fr
        .call(&api, &sent(said("COUNTER", "NEEDS-ACTION", Some(&stamp))))
        .await;
    assert_eq!(
        (&filled["type"], &filled["values"]["lasts"]),
        (&json!("meeting.dates"), &json!(120))
    );
    assert!(
        filled["values"]["first"]
            .as_str()
            .is_some_and(|at| at.starts_with(&then[..16])),
        "{filled}"
    );
    let (status, _) = fr.call(&api, &sent(said("REPLY", "TENTATIVE", None))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let floating = said("COUNTER", "NEEDS-ACTION", Some("20300101T090000"));
    assert_eq!(refused(take(floating)), NotTaken::NoTime);
    let page = fr.get(&format!("/dossiers/{dossier}/meetings")).await;
    assert!(
        page.contains("meeting.attend"),
        "still asked: nothing was confirmed"
    );

    let later = at(&pair, 12);
    convened(&mut pair, dossier, &[("at", &later), ("moves", &first)]);
    assert_eq!(
        refused(take(said("REPLY", "ACCEPTED", None))),
        NotTaken::Older
    );
    let whole = file.text.replace("\r\n ", "");
    let foreign = whole.replace("@entente", "@elsewhere");
    let foreign = answered(&foreign, "REPLY", "ACCEPTED", None);
    assert_eq!(refused(take(foreign)), NotTaken::OfNoMeeting);
}

/// A form sent, and what it asks delivered.
async fn sent(pair: &mut TestPair, who: &Person, form: &str, fields: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("_lang", "fr")]).collect();
    who.post(form, &fields).await;
    pair.settle();
}

/// Two dates proposed, of which the second suits.
async fn found_a_date(pair: &mut TestPair, both: [&Person; 2], dossier: DossierId, when: &str) {
    let [ma, fr] = both;
    let (page, write) = (
        format!("/dossiers/{dossier}/meetings"),
        format!("/dossiers/{dossier}/write"),
    );
    let first = at(pair, 20);
    let dates = [
        ("title", "Octobre"),
        ("first", first.as_str()),
        ("second", when),
        ("lasts", "60"),
    ];
    sent(pair, ma, &format!("{write}/meeting.dates"), &dates).await;
    let asked = on(&fr.get(&page).await, "meeting.suits");
    let answer = [("suit", "second"), ("_on", asked.as_str())];
    sent(pair, fr, &format!("{write}/meeting.suits"), &answer).await;
    for person in both {
        let read = person.get(&page).await;
        let suit = read.matches("suits everybody").count();
        assert_eq!(suit, 1, "the second date alone");
    }
}

/// Minutes by one side, approved by the other.
async fn minuted(
    pair: &mut TestPair,
    [ma, fr]: [&Person; 2],
    dossier: DossierId,
    (meeting, when): (&str, &str),
) {
    let write = format!("/dossiers/{dossier}/write");
    let minutes = [
        ("of", meeting),
        ("held", when),
        ("present", "les deux chefs de la coordination"),
        ("text", "Six dossiers passés en revue."),
        ("other_lang", "ar"),
        ("other_text", "تمت مراجعة ستة ملفات."),
    ];
    sent(pair, ma, &format!("{write}/meeting.minutes"), &minutes).await;
    let read = fr.get(&format!("/dossiers/{dossier}/meetings")).await;
    assert!(read.contains("minutes proposed") && read.contains("dir=\"rtl\""));
    let asked = on(&read, "meeting.approve");
    let form = format!("{write}/meeting.approve");
    sent(pair, fr, &form, &[("_on", &asked)]).await;
}

/// Minutes and agenda on paper at both nodes: French on the left, Arabic on the right, approved by the side that was asked, and the next agenda
/// opens with what was decided.
async fn on_paper(both: [&Person; 2], dossier: DossierId) {
    for person in both {
        let read = person.get(&format!("/dossiers/{dossier}/meetings")).await;
        let minutes = read.split("/meetings/minutes/").nth(1).unwrap();
        let minutes = minutes.split('"').next().unwrap();
        let address = format!("/dossiers/{dossier}/meetings/minutes/{minutes}");
        let paper = person.fetch(&address, "ar").await.1;
        let (fr, ar) = (paper.find("Six dossiers"), paper.find("تمت مراجعة"));
        assert!(fr.is_some() && fr < ar, "each language in its column");
        assert!(paper.contains("approuvé par") && paper.contains("صادقت عليه"));
        assert!(paper.contains("هـ") && paper.contains("de l’hégire"));
        let agenda = format!("/dossiers/{dossier}/meetings/agenda");
        let paper = person.fetch(&agenda, "fr").await.1;
        let opens = paper.split("Suites des décisions").nth(1).unwrap();
        assert!(opens.contains("Un point de contact par port") && opens.contains("fr/liaison"));
        let other = format!("/dossiers/{dossier}/meetings/minutes/{}", "0".repeat(64));
        assert_eq!(person.fetch(&other, "fr").await.0, 404);
    }
}

async fn agenda_of(person: &Person, page: &str) -> String {
    let read = person.get(page).await;
    let agenda = read.split("id=\"agenda\"").nth(1).unwrap();
    agenda.split("id=\"meetings\"").next().unwrap().to_owned()
}

/// Nobody stays signed in for so long.
async fn again(pair: &TestPair) -> (Person, Person) {
    (
        Person::signed_in(pair.ma(), "agent").await,
        Person::signed_in(pair.fr(), "agent").await,
    )
}

/// Take out: in `app/src/show/meetings.rs`, `approval` or `of: one.names(OF)`; in `meetings/paper.rs`, `approvals`; in `suits_all`, the answers.
#[tokio::test]
async fn dates_are_found_minutes_approved_and_what_is_decided_is_owed() {
    let (mut pair, dossier) = set_up(411);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let page = format!("/dossiers/{dossier}/meetings");
    let write = format!("/dossiers/{dossier}/write");
    let home = ma.get(&format!("/dossiers/{dossier}")).await;
    assert!(home.contains(&page));
    let when = at(&pair, 22);
    found_a_date(&mut pair, [&ma, &fr], dossier, &when).await;

    let entry = convened(&mut pair, dossier, &[("at", &when)]);
    let coming = on(&fr.get(&page).await, "meeting.attend");
    let comes = [("delegation", "deux analystes"), ("_on", coming.as_str())];
    sent(&mut pair, &fr, &format!("{write}/meeting.attend"), &comes).await;
    pair.time.advance(23 * DAY);
    pair.settle();
    let (ma, fr) = again(&pair).await;
    assert!(ma.get(&page).await.contains("without minutes"));
    minuted(&mut pair, [&ma, &fr], dossier, (&entry, &when)).await;
    let by = at(&pair, 10)[..10].to_owned();
    let decision = [
        ("title", "Un point de contact par port"),
        ("of", entry.as_str()),
        ("to", "fr/liaison"),
        ("by", by.as_str()),
    ];
    let form = format!("{write}/meeting.decision");
    sent(&mut pair, &ma, &form, &decision).await;
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert!(read.contains("minutes approved") && !read.contains("minutes proposed"));
        assert!(read.contains("Un point de contact par port"));
        let held = read.contains("1 (the 12 months before: 0)");
        assert!(held, "one meeting was held");
    }

    on_paper([&ma, &fr], dossier).await;

    // Not carried out in time, it is on the agenda of the next meeting, at both nodes.
    pair.time.advance(12 * DAY);
    pair.settle();
    let (ma, fr) = again(&pair).await;
    for person in [&ma, &fr] {
        assert!(agenda_of(person, &page).await.contains("Overdue"));
    }
    let owed = on(&fr.get(&page).await, "meeting.done");
    let done = [("text", "Désignés."), ("_on", owed.as_str())];
    sent(&mut pair, &fr, &format!("{write}/meeting.done"), &done).await;
    let late = agenda_of(&ma, &page).await.contains("Overdue");
    assert!(!late, "what is claimed done is not late");
}

/// Take out: in `app/src/show/all_meetings.rs`, `decisions_found`, what is open, `unasked`, or the order; in `pages/meetings/all.rs`, a section.
#[tokio::test]
async fn all_series_stand_on_one_page_with_what_is_ahead_and_what_is_open() {
    let (mut pair, dossier) = set_up(416);
    let when = at(&pair, 10);
    let first = convened(&mut pair, dossier, &[("at", &when)]);
    let fields = [
        ("title", "Rencontres ministérielles"),
        ("aim", "Donner l’impulsion."),
        ("form", "series"),
        ("level", "ministers"),
        ("cadence", "180"),
    ];
    let other = pair
        .write(Side::Ma, "meeting.open", &Writing::new(&fields))
        .dossier;
    pair.settle();
    let when = at(&pair, 15);
    let second = convened(&mut pair, other, &[("at", &when)]);
    let due = at(&pair, 20)[..10].to_owned();
    for (dossier, of, title) in [
        (dossier, &first, "Traduire le modèle"),
        (other, &second, "Désigner un magistrat"),
    ] {
        let fields = [
            ("title", title),
            ("text", "Ensemble."),
            ("of", of.as_str()),
            ("to", "fr/liaison"),
            ("by", &due),
        ];
        let writing = Writing::on(dossier, &fields);
        pair.write(Side::Ma, "meeting.decision", &writing);
    }
    pair.settle();
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let page = ma.get("/meetings").await;
    let both = ["Traduire le modèle", "Désigner un magistrat"];
    for text in both
        .iter()
        .chain(&["Rencontre d’octobre", "30 days", "180 days", "Rabat"])
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    let series = ma.get(&format!("/dossiers/{dossier}/meetings")).await;
    assert!(series.contains("href=\"/meetings\""));
    let found = ma.get("/meetings?q=magistrat").await;
    assert!(
        found.contains(both[1]) && !found.contains(both[0]),
        "{found}"
    );
    let none = ma.get("/meetings?q=octobre").await;
    assert!(
        both.iter().all(|text| !none.contains(text)),
        "an invitation is no decision"
    );
    let away = Person::of(pair.ma(), "archives", "archives").await;
    let page = away.get("/meetings").await;
    assert!(page.contains("You work in no series"), "{page}");
    let found = away.get("/meetings?q=magistrat").await;
    assert!(both.iter().all(|text| !found.contains(text)), "{found}");
}

/// Those of the sample say no language of their first text; their other one is Arabic. Take out: `or_else` in `column_of` of `pages/meetings/paper.rs`.
#[tokio::test]
async fn minutes_without_a_language_are_printed_all_the_same() {
    use super::sample::{HOSTILE, dossier_id, entry_id};
    let (router, _) = super::world();
    let path = format!(
        "/dossiers/{}/meetings/minutes/{}",
        dossier_id(7),
        entry_id(1)
    );
    for lang in ["fr", "ar", "en"] {
        let page = super::ask(&router, super::get(&path, lang)).await;
        let page = super::text(page).await;
        let escaped = maud::html! { (HOSTILE) }.into_string();
        let unsaid = format!("<div class=\"prose\" dir=\"auto\"><p>{escaped}");
        let arabic = format!("<div class=\"prose\" lang=\"ar\" dir=\"rtl\"><p>{escaped}");
        assert_eq!(page.matches(&unsaid).count(), 1, "{lang}: {page}");
        assert_eq!(page.matches(&arabic).count(), 1, "{lang}: {page}");
    }
}
