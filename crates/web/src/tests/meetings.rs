//! Meetings on pages of two nodes: a series set up, dates found, a meeting called, moved, minuted and approved, a decision owed, and the agenda
//! of the next as the ledger fills it.

use super::real::Person;
use entente_core::ids::DossierId;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

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

/// The obligation whose button of this type stands on a page.
fn on(page: &str, entry_type: &str) -> String {
    let begins = format!("/write/{entry_type}?on=");
    let rest = page.split(&begins).nth(1).expect("a button");
    let id: String = rest.chars().take_while(|c| *c != '"').collect();
    id.replace("%23", "#")
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
    assert!(old.contains("STATUS:CANCELLED") && old.contains("SEQUENCE:0"));
    assert!(new.contains("STATUS:CONFIRMED") && new.contains("SEQUENCE:1"));
    let read = entente_ical::read(new.as_bytes()).unwrap();
    assert_eq!(read.events.len(), 1);
    assert!(read.unread.is_empty());
    let fields = [("of", second.as_str()), ("text", "Salle indisponible.")];
    pair.write(Side::Ma, "meeting.cancel", &Writing::on(dossier, &fields));
    pair.settle();
    let read = fr.get(&page).await;
    assert!(read.contains("cancelled") && !read.contains(">ahead<"));
    assert!(file(&second).await.contains("STATUS:CANCELLED"));
}

/// Take out: in `app/src/show/meetings.rs`, `approves`; in `suits_all`, the answers.
#[tokio::test]
async fn dates_are_found_minutes_approved_and_what_is_decided_is_owed() {
    let (mut pair, dossier) = set_up(411);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let page = format!("/dossiers/{dossier}/meetings");
    let write = format!("/dossiers/{dossier}/write");
    assert!(
        ma.get(&format!("/dossiers/{dossier}"))
            .await
            .contains(&page)
    );
    let (one, two) = (at(&pair, 20), at(&pair, 22));
    let dates = [
        ("title", "Octobre"),
        ("first", one.as_str()),
        ("second", two.as_str()),
        ("lasts", "60"),
        ("_lang", "fr"),
    ];
    ma.post(&format!("{write}/meeting.dates"), &dates).await;
    pair.settle();
    let asked = on(&fr.get(&page).await, "meeting.suits");
    let answer = [("suit", "second"), ("_on", asked.as_str()), ("_lang", "fr")];
    fr.post(&format!("{write}/meeting.suits"), &answer).await;
    pair.settle();
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert_eq!(
            read.matches("suits everybody").count(),
            1,
            "the second date alone"
        );
    }

    let entry = convened(&mut pair, dossier, &[("at", &two)]);
    let coming = on(&fr.get(&page).await, "meeting.attend");
    fr.post(
        &format!("{write}/meeting.attend"),
        &[
            ("delegation", "deux analystes"),
            ("_on", &coming),
            ("_lang", "fr"),
        ],
    )
    .await;
    pair.settle();
    pair.time.advance(23 * DAY);
    pair.settle();
    // Nobody stays signed in for so long.
    let again =
        async |side: &entente_testkit::node::TestNode| Person::signed_in(side, "agent").await;
    let (ma, fr) = (again(pair.ma()).await, again(pair.fr()).await);
    assert!(ma.get(&page).await.contains("without minutes"));
    let minutes = [
        ("of", entry.as_str()),
        ("held", two.as_str()),
        ("present", "les deux chefs de la coordination"),
        ("text", "Six dossiers passés en revue."),
        ("other_lang", "ar"),
        ("other_text", "تمت مراجعة ستة ملفات."),
        ("_lang", "fr"),
    ];
    ma.post(&format!("{write}/meeting.minutes"), &minutes).await;
    pair.settle();
    let read = fr.get(&page).await;
    assert!(read.contains("minutes proposed") && read.contains("dir=\"rtl\""));
    let asked = on(&read, "meeting.approve");
    fr.post(
        &format!("{write}/meeting.approve"),
        &[("_on", &asked), ("_lang", "fr")],
    )
    .await;
    pair.settle();
    let decision = [
        ("title", "Un point de contact par port"),
        ("of", entry.as_str()),
        ("to", "fr/liaison"),
        ("by", &at(&pair, 10)[..10]),
        ("_lang", "fr"),
    ]
    .map(|(name, text)| (name, text.to_owned()));
    let decision: Vec<(&str, &str)> = decision
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    ma.post(&format!("{write}/meeting.decision"), &decision)
        .await;
    pair.settle();
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert!(read.contains("minutes approved") && !read.contains("minutes proposed"));
        assert!(read.contains("Un point de contact par port"));
        assert!(
            read.contains("1 (the 12 months before: 0)"),
            "one meeting was held"
        );
    }

    // Not carried out in time, it is on the agenda of the next meeting, at both nodes.
    pair.time.advance(12 * DAY);
    pair.settle();
    let (ma, fr) = (again(pair.ma()).await, again(pair.fr()).await);
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        let agenda = read.split("id=\"agenda\"").nth(1).unwrap();
        let agenda = agenda.split("id=\"meetings\"").next().unwrap();
        assert!(agenda.contains("Overdue"), "{agenda}");
    }
    let owed = on(&fr.get(&page).await, "meeting.done");
    fr.post(
        &format!("{write}/meeting.done"),
        &[("text", "Désignés."), ("_on", &owed), ("_lang", "fr")],
    )
    .await;
    pair.settle();
    let read = ma.get(&page).await;
    let agenda = read.split("id=\"agenda\"").nth(1).unwrap();
    let agenda = agenda.split("id=\"meetings\"").next().unwrap();
    assert!(
        !agenda.contains("Overdue"),
        "what is claimed done is not late"
    );
}
