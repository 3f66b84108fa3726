//! What is read of a calendar, and written into one.

use crate::when::When;
use std::collections::BTreeMap;

/// What a message asks of whoever receives it (RFC 5546 section 1.4). A file without one is a calendar, not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// For information.
    Publish,
    /// An invitation, or a change of one.
    Request,
    /// The answer of one who was invited.
    Reply,
    /// Further dates of what was agreed.
    Add,
    /// It does not take place.
    Cancel,
    /// Asks for the newest state.
    Refresh,
    /// Somebody who was invited proposes another time.
    Counter,
    /// The proposal is not taken.
    DeclineCounter,
}

impl Method {
    /// Every method with its name on the wire.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Publish, "PUBLISH"),
        (Self::Request, "REQUEST"),
        (Self::Reply, "REPLY"),
        (Self::Add, "ADD"),
        (Self::Cancel, "CANCEL"),
        (Self::Refresh, "REFRESH"),
        (Self::Counter, "COUNTER"),
        (Self::DeclineCounter, "DECLINECOUNTER"),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        named(&Self::ALL, self)
    }
}

/// How far an event is decided (RFC 5545 section 3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proposed.
    Tentative,
    /// It takes place.
    Confirmed,
    /// It does not.
    Cancelled,
}

impl Status {
    /// Every status with its name on the wire.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Tentative, "TENTATIVE"),
        (Self::Confirmed, "CONFIRMED"),
        (Self::Cancelled, "CANCELLED"),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        named(&Self::ALL, self)
    }
}

/// What somebody who was invited said (RFC 5545 section 3.2.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing yet.
    NeedsAction,
    /// Will come.
    Accepted,
    /// Will not.
    Declined,
    /// Perhaps.
    Tentative,
    /// Sends somebody else.
    Delegated,
}

impl Part {
    /// Every answer with its name on the wire.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::NeedsAction, "NEEDS-ACTION"),
        (Self::Accepted, "ACCEPTED"),
        (Self::Declined, "DECLINED"),
        (Self::Tentative, "TENTATIVE"),
        (Self::Delegated, "DELEGATED"),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        named(&Self::ALL, self)
    }
}

fn named<T: Copy + PartialEq>(all: &[(T, &'static str)], one: T) -> &'static str {
    all.iter()
        .find_map(|(value, name)| (*value == one).then_some(*name))
        .unwrap_or_default()
}

/// Who calls a meeting: an address of the calendar world, mostly of mail, and the name shown for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The address as an URI, such as `mailto:liaison@example.org`.
    pub address: String,
    /// What is shown for it.
    pub name: Option<String>,
}

/// Who is invited, and what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// What they said.
    pub part: Part,
    /// Whether an answer is wanted.
    pub rsvp: bool,
    /// Whether it can take place without them.
    pub optional: bool,
}

/// An event, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What makes it the same event in every message about it. Messages without one cannot be answered.
    pub uid: Option<String>,
    /// Which one of a series it is about, if it is about one.
    pub instance: Option<When>,
    /// How often the organizer has changed it.
    pub sequence: u32,
    /// When the message was made.
    pub stamp: Option<When>,
    /// What it is called.
    pub summary: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// When it begins.
    pub start: When,
    /// When it ends: as written, or the start and the duration that was written. A day of its own ends with that day.
    pub end: Option<When>,
    /// How far it is decided.
    pub status: Option<Status>,
    /// Who calls it.
    pub organizer: Option<Person>,
    /// Who is invited.
    pub attendees: Vec<Attendee>,
    /// The rule by which it comes again (`RRULE`), as written.
    pub rule: Option<String>,
    /// Whether it takes up time (`TRANSP`); without a word of it, it does.
    pub busy: bool,
}

/// Why something of a file could not be read. Places are lines or components counted from 1, never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An event does not say when it begins.
    NoStart,
    /// When it begins is no date or time.
    StartUnreadable,
    /// It ends before it begins, or its end or duration is none; the event is there without an end.
    EndUnreadable,
    /// When it begins is in a time zone that nobody knows, in the file or outside: the local time is there, the instant is not.
    ZoneUnknown,
    /// It has a second word for what can be said once only; the first counts.
    SaidTwice,
}

/// One thing that could not be read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which event of the file, from 1.
    pub event: usize,
    /// Why.
    pub why: Why,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What it asks, if it is a message.
    pub method: Option<Method>,
    /// Its events, in the order in which they stand.
    pub events: Vec<Event>,
    /// Other components by the name that stands there in capitals (`VTODO`, `VTIMEZONE`, `VALARM` ...), and how many. They are not used.
    pub others: BTreeMap<String, usize>,
    /// What of its events could not be read.
    pub unread: Vec<Unread>,
}
