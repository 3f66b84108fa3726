//! What must hold of every message: what is written is read as it was meant, no line is too long for any client, what is cut off is refused,
//! and no bytes hurt.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_ical::{
    Attendee, Event, Lacking, Message, Method, Part, Person, Refused, Status, When, read, write,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    // What is blank at an end, and ends of line of other worlds, no client keeps.
    "[ -~àéîœ«»ء-ي\n,;:\\\\\"]{1,120}"
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("some", |text| !text.is_empty())
}

fn person() -> impl Strategy<Value = Person> {
    ("[a-z.]{1,30}", prop::option::of("[A-Za-zéء-ي ]{1,20}[a-z]")).prop_map(|(address, name)| {
        Person {
            address: format!("mailto:{address}@example.org"),
            name: name.map(|name| name.trim().to_owned()),
        }
    })
}

fn attendee() -> impl Strategy<Value = Attendee> {
    (person(), 0..Part::ALL.len(), any::<bool>(), any::<bool>()).prop_map(
        |(person, part, rsvp, optional)| Attendee {
            person,
            part: Part::ALL[part].0,
            rsvp,
            optional,
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let texts = (text(), prop::option::of(text()), prop::option::of(text()));
    let times = (1_000_000_000_i64..2_500_000_000, 60_i64..200_000);
    let people = (person(), prop::collection::vec(attendee(), 1..5));
    (
        texts,
        times,
        people,
        0..50_u32,
        any::<bool>(),
        (0..3_usize, 0..4_usize),
    )
        .prop_map(
            |(
                (summary, description, location),
                (at, long),
                (organizer, attendees),
                sequence,
                busy,
                (status, rule),
            )| {
                let start = Timestamp::from_second(at).unwrap();
                Event {
                    uid: Some(format!("{at}@example.org")),
                    instance: None,
                    sequence,
                    stamp: Some(When::Utc(Timestamp::from_second(999_999_999).unwrap())),
                    summary: Some(summary),
                    description,
                    location,
                    start: When::Utc(start),
                    end: Some(When::Utc(start + SignedDuration::from_secs(long))),
                    status: Some(Status::ALL[status].0),
                    organizer: Some(organizer),
                    attendees,
                    rule: [
                        None,
                        Some("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"),
                        Some("FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE"),
                        Some("FREQ=YEARLY;UNTIL=20301231T000000Z;BYMONTH=1"),
                    ][rule]
                        .map(str::to_owned),
                    busy,
                }
            },
        )
}

fn request(event: &Event) -> Message<'_> {
    Message {
        method: Method::Request,
        product: "-//Entente//test//EN",
        name: None,
        refresh: None,
        events: std::slice::from_ref(event),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Take out: in `src/write.rs`, any property of `body`.
    #[test]
    fn what_is_written_is_read_as_it_was_meant(event in event()) {
        let written = write(&request(&event)).unwrap();
        let calendar = read(written.as_bytes()).unwrap();
        prop_assert_eq!(calendar.method, Some(Method::Request));
        prop_assert_eq!(&calendar.unread, &[]);
        prop_assert_eq!(&calendar.events, &[event]);
    }

    #[test]
    fn no_line_is_longer_than_any_client_takes(event in event()) {
        let written = write(&request(&event)).unwrap();
        for line in written.split("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line.len());
            prop_assert!(!line.contains('\n'));
        }
    }

    /// Take out: in `src/read.rs`, `balanced`.
    #[test]
    fn a_message_that_is_cut_off_is_refused(event in event(), part in 1_usize..99) {
        let written = write(&request(&event)).unwrap();
        let body = written.len() - "END:VCALENDAR\r\n".len();
        let mut end = body * part / 100;
        while !written.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert!(read(&written.as_bytes()[..end]).is_err());
    }

    #[test]
    fn no_bytes_hurt(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _any = read(&bytes);
    }

    #[test]
    fn no_lines_hurt(lines in prop::collection::vec("(BEGIN|END|DTSTART|RRULE|DTEND|DURATION|TZID|RDATE|ATTENDEE)[;=:A-Z0-9+,./-]{0,30}", 0..30)) {
        let lines = lines.join("\r\n");
        let whole = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR");
        let _any = read(whole.as_bytes());
    }
}

fn meeting() -> Event {
    let text = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20261101T000000Z\nDTSTART:20261201T090000Z\nDTEND:20261201T100000Z\nSUMMARY:x\n\
        ORGANIZER:mailto:a@example.org\nATTENDEE:mailto:b@example.org\nEND:VEVENT\n";
    read(text.as_bytes()).unwrap().events.remove(0)
}

/// Take out: in `src/write.rs`, `check`.
#[test]
fn what_a_method_must_have_is_asked_for_before_anything_is_written() {
    let whole = meeting();
    assert!(write(&request(&whole)).is_ok());
    let lacking = |change: fn(&mut Event), method| {
        let mut event = whole.clone();
        change(&mut event);
        let message = Message {
            method,
            ..request(&event)
        };
        write(&message).unwrap_err()
    };
    assert_eq!(lacking(|e| e.uid = None, Method::Request), Lacking::Uid);
    assert_eq!(lacking(|e| e.uid = None, Method::Publish), Lacking::Uid);
    assert_eq!(lacking(|e| e.stamp = None, Method::Cancel), Lacking::Stamp);
    assert_eq!(
        lacking(|e| e.organizer = None, Method::Reply),
        Lacking::Organizer
    );
    assert_eq!(
        lacking(|e| e.attendees.clear(), Method::Request),
        Lacking::Attendee
    );
    assert_eq!(
        lacking(|e| e.attendees.clear(), Method::Counter),
        Lacking::OneAnswers
    );
    let mut other = whole.clone();
    other.uid = Some("2".to_owned());
    let two = [whole, other];
    let message = Message {
        events: &two,
        ..request(&two[0])
    };
    assert_eq!(write(&message).unwrap_err(), Lacking::OneEvent);
}

/// Neither time nor memory is somebody else's to spend.
///
/// Take out: in `src/read.rs`, a limit; in `src/zone.rs`, `is_yearly`.
#[test]
fn files_made_to_hurt_are_refused_or_read_quickly() {
    let many = "BEGIN:VEVENT\nEND:VEVENT\n".repeat(entente_ical::MAX_COMPONENTS + 1);
    assert_eq!(read(many.as_bytes()), Err(Refused::TooMany));
    let deep = "BEGIN:A\n".repeat(9);
    assert_eq!(read(deep.as_bytes()), Err(Refused::TooDeep { line: 9 }));
    let long = " ".repeat(entente_ical::MAX_BYTES + 1);
    assert_eq!(read(long.as_bytes()), Err(Refused::TooLong));
    assert_eq!(read(b"\xff"), Err(Refused::NotText { at: 0 }));
    assert_eq!(read(b""), Err(Refused::NoCalendar));
    assert_eq!(read("غير تقويم".as_bytes()), Err(Refused::NoCalendar));
    let part = "BEGIN:STANDARD\nDTSTART:16010101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\n";
    let every = |last: i32| {
        (0..last)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    let (hours, sixty) = (every(24), every(60));
    let seconds = format!("FREQ=YEARLY;BYHOUR={hours};BYMINUTE={sixty};BYSECOND={sixty}");
    let never = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    let parts = ["FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", &seconds, never];
    let parts = parts.map(|rule| part.replace("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", rule));
    let zone = format!(
        "BEGIN:VTIMEZONE\nTZID:Z\n{}END:VTIMEZONE\n",
        parts.concat().repeat(300)
    );
    let file = format!(
        "BEGIN:VCALENDAR\n{zone}BEGIN:VEVENT\nDTSTART;TZID=Z:20260101T000000\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    let read = read(file.as_bytes()).unwrap();
    assert_eq!(
        read.events[0]
            .start
            .instant_in(&jiff::tz::TimeZone::UTC)
            .unwrap()
            .to_string(),
        "2025-12-31T22:00:00Z"
    );
}
