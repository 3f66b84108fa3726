//! Writing a message or a calendar that any client accepts: lines folded and escaped by the library, what must be there held against
//! RFC 5546 before anything is written.

use crate::event::{Attendee, Event, Method, Person};
use crate::when::When;
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Sort, ICalendarDuration,
    ICalendarEntry, ICalendarParameter, ICalendarParameterName as Parameter,
    ICalendarParameterValue, ICalendarProperty as Property, ICalendarValue as Value,
    ICalendarValueType, Uri,
};
use calcard::{Entry, Parser};
use jiff::Timestamp;
use jiff::civil::DateTime;

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// What it asks; [`Method::Publish`] for a feed.
    pub method: Method,
    /// What made it, as `-//Entente//name of the node//EN`.
    pub product: &'a str,
    /// What a feed is called, where clients show it.
    pub name: Option<&'a str>,
    /// How often a feed is worth fetching again, in hours.
    pub refresh: Option<u32>,
    /// Its events.
    pub events: &'a [Event],
}

/// What a message lacks that its method must have (RFC 5546 section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lacking {
    /// Whoever reads it could not tell which event it is about.
    #[error("an event has no identifier")]
    Uid,
    /// Of two messages nobody could tell the newer.
    #[error("an event does not say when the message was made")]
    Stamp,
    /// Nobody could answer.
    #[error("an event does not say who calls it")]
    Organizer,
    /// Nobody is invited.
    #[error("an event invites nobody")]
    Attendee,
    /// An answer is of one person.
    #[error("an answer is not of exactly one person")]
    OneAnswers,
    /// What is published names nobody who is invited.
    #[error("a published event names somebody who is invited")]
    NobodyAsked,
    /// A message has one event, or several instances of one.
    #[error("a message is about several events")]
    OneEvent,
}

/// Writes a message or a feed.
///
/// # Errors
/// [`Lacking`], before anything is written.
pub fn write(message: &Message<'_>) -> Result<String, Lacking> {
    check(message)?;
    let mut components = vec![head(message)];
    for event in message.events {
        let id = u32::try_from(components.len()).unwrap_or(u32::MAX);
        components.push(body(event, message.method));
        if let Some(calendar) = components.first_mut() {
            calendar.component_ids.push(id);
        }
    }
    let mut calendar = ICalendar { components };
    calendar.add_missing_timezones();
    Ok(calendar.to_string())
}

fn check(message: &Message<'_>) -> Result<(), Lacking> {
    let mut uids: Vec<&str> = Vec::new();
    for event in message.events {
        uids.push(event.uid.as_deref().ok_or(Lacking::Uid)?);
        event.stamp.as_ref().ok_or(Lacking::Stamp)?;
        event.organizer.as_ref().ok_or(Lacking::Organizer)?;
        match (message.method, event.attendees.len()) {
            // What is published asks nobody, and does not say who is asked elsewhere.
            (Method::Publish, 0) => {}
            (Method::Publish, _) => return Err(Lacking::NobodyAsked),
            (Method::Reply | Method::Counter | Method::Refresh, 1) => {}
            (Method::Reply | Method::Counter | Method::Refresh, _) => {
                return Err(Lacking::OneAnswers);
            }
            (Method::Request, 0) => return Err(Lacking::Attendee),
            _ => {}
        }
    }
    uids.sort_unstable();
    uids.dedup();
    if message.method != Method::Publish && uids.len() > 1 {
        return Err(Lacking::OneEvent);
    }
    Ok(())
}

fn head(message: &Message<'_>) -> ICalendarComponent {
    let mut head = ICalendarComponent::new(Sort::VCalendar);
    head.add_property(Property::Version, text("2.0"));
    head.add_property(Property::Prodid, text(message.product));
    head.add_property(Property::Method, text(message.method.as_str()));
    if let Some(name) = message.name {
        head.add_property(Property::Name, text(name));
        // What clients of before RFC 7986 read.
        head.add_property(Property::Other("X-WR-CALNAME".to_owned()), text(name));
    }
    if let Some(hours) = message.refresh {
        let every = || {
            Value::Duration(ICalendarDuration {
                hours,
                ..ICalendarDuration::default()
            })
        };
        head.entries.push(
            ICalendarEntry::new(Property::RefreshInterval)
                .with_param(ICalendarParameter {
                    name: Parameter::Value,
                    value: ICalendarParameterValue::Value(ICalendarValueType::Duration),
                })
                .with_value(every()),
        );
        // The same for clients of before RFC 7986.
        head.add_property(Property::Other("X-PUBLISHED-TTL".to_owned()), every());
    }
    head
}

fn body(event: &Event, method: Method) -> ICalendarComponent {
    let mut body = ICalendarComponent::new(Sort::VEvent);
    let texts = [
        (Property::Uid, &event.uid),
        (Property::Summary, &event.summary),
        (Property::Description, &event.description),
        (Property::Location, &event.location),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            body.add_property(name, text(value));
        }
    }
    let times = [
        (Property::Dtstamp, event.stamp.as_ref()),
        (Property::RecurrenceId, event.instance.as_ref()),
        (Property::Dtstart, Some(&event.start)),
        (Property::Dtend, event.end.as_ref()),
    ];
    for (name, value) in times {
        body.entries.extend(value.map(|value| time(name, value)));
    }
    body.add_sequence(i64::from(event.sequence));
    if let Some(status) = event.status {
        body.add_property(Property::Status, text(status.as_str()));
    }
    body.entries.extend(event.rule.as_deref().and_then(rule));
    let busy = if event.busy { "OPAQUE" } else { "TRANSPARENT" };
    body.add_property(Property::Transp, text(busy));
    if let Some(organizer) = &event.organizer {
        body.entries.push(who(Property::Organizer, organizer));
    }
    body.entries.extend(
        event
            .attendees
            .iter()
            .map(|attendee| invited(attendee, method)),
    );
    body
}

/// A rule as the library reads it from a line of its own; nothing of a text that is no rule.
fn rule(text: &str) -> Option<ICalendarEntry> {
    let line = format!("BEGIN:VEVENT\r\nRRULE:{}\r\nEND:VEVENT\r\n", one_line(text));
    let Entry::ICalendar(parsed) = Parser::new(&line).entry() else {
        return None;
    };
    let entry = parsed.components.first()?.property(&Property::Rrule)?;
    matches!(entry.values.first(), Some(Value::RecurrenceRule(_))).then(|| entry.clone())
}

/// Without what ends a line in other worlds, which RFC 5545 has no escape for.
fn text(value: &str) -> Value {
    Value::Text(value.replace("\r\n", "\n").replace('\r', "\n"))
}

fn time(name: Property, value: &When) -> ICalendarEntry {
    let entry = ICalendarEntry::new(name);
    match value {
        When::Day(date) => entry
            .with_param(ICalendarParameter {
                name: Parameter::Value,
                value: ICalendarParameterValue::Value(ICalendarValueType::Date),
            })
            .with_value(day(date.to_datetime(jiff::civil::Time::midnight()))),
        When::Floating(local) => entry.with_value(local_time(*local)),
        When::Zoned { local, zone, .. } => entry
            .with_param(ICalendarParameter::new(Parameter::Tzid, zone.clone()))
            .with_value(local_time(*local)),
        When::Utc(at) => entry.with_value(utc(*at)),
    }
}

fn day(local: DateTime) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(local.year()).ok(),
        month: u8::try_from(local.month()).ok(),
        day: u8::try_from(local.day()).ok(),
        ..PartialDateTime::default()
    }
}

fn local_time(local: DateTime) -> PartialDateTime {
    PartialDateTime {
        hour: u8::try_from(local.hour()).ok(),
        minute: u8::try_from(local.minute()).ok(),
        second: u8::try_from(local.second()).ok(),
        ..day(local)
    }
}

fn utc(at: Timestamp) -> PartialDateTime {
    PartialDateTime::from_utc_timestamp(at.as_second())
}

fn who(name: Property, person: &Person) -> ICalendarEntry {
    let shown = person.name.clone();
    ICalendarEntry::new(name)
        .with_param_opt(shown.map(|shown| ICalendarParameter::new(Parameter::Cn, one_line(&shown))))
        .with_value(Value::Uri(Uri::parse(one_line(&person.address))))
}

fn invited(attendee: &Attendee, method: Method) -> ICalendarEntry {
    let role = if attendee.optional {
        "OPT-PARTICIPANT"
    } else {
        "REQ-PARTICIPANT"
    };
    let mut entry = who(Property::Attendee, &attendee.person);
    entry.add_param(ICalendarParameter::new(Parameter::Role, role.to_owned()));
    let part = attendee.part.as_str().to_owned();
    entry.add_param(ICalendarParameter::new(Parameter::Partstat, part));
    if method == Method::Request && attendee.rsvp {
        entry.add_param(ICalendarParameter::new(Parameter::Rsvp, true));
    }
    entry
}

/// A parameter and an address have no way to say a new line; what would end the line early is a blank.
fn one_line(value: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    value.chars().map(plain).collect()
}
