//! Reading a file as any client wrote it.

use crate::event::{Attendee, Calendar, Event, Method, Part, Person, Status, Unread, Why};
use crate::when::When;
use crate::zone::Zones;
use crate::{MAX_BYTES, MAX_COMPONENTS, MAX_DEPTH};
use calcard::common::IanaString;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Sort, ICalendarEntry,
    ICalendarParameterName as Parameter, ICalendarProperty as Property, ICalendarValue as Value,
};
use calcard::{Entry, Parser};
use jiff::SignedDuration;

/// Why a whole file is refused. Lines are counted from 1, as they stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than [`MAX_BYTES`].
    #[error("the file is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// Not UTF-8, which RFC 5545 asks for.
    #[error("the file is not text in UTF-8 (at byte {at})")]
    NotText {
        /// The first byte that is none.
        at: usize,
    },
    /// More components than [`MAX_COMPONENTS`].
    #[error("the file has more than {MAX_COMPONENTS} components")]
    TooMany,
    /// More levels than [`MAX_DEPTH`].
    #[error("components stand inside each other more than {MAX_DEPTH} deep (line {line})")]
    TooDeep {
        /// Where.
        line: usize,
    },
    /// A component ends that did not begin, or another one ends first.
    #[error("a component ends that did not begin there (line {line})")]
    EndsWithoutBeginning {
        /// Where.
        line: usize,
    },
    /// The file ends in the middle of a component.
    #[error("the file ends in the middle of a component that began in line {line}")]
    Unfinished {
        /// Where it began.
        line: usize,
    },
    /// A component begins or ends without a name.
    #[error("a component has no name, or one that no component can have (line {line})")]
    Unnamed {
        /// Where.
        line: usize,
    },
    /// No calendar and no event in it.
    #[error("there is no calendar in the file")]
    NoCalendar,
}

/// Reads a file. Several calendars in one file are read as one; events outside any calendar are read too.
///
/// # Errors
/// [`Refused`], where nothing of it can be relied on.
pub fn read(bytes: &[u8]) -> Result<Calendar, Refused> {
    if bytes.len() > MAX_BYTES {
        return Err(Refused::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Refused::NotText {
        at: error.valid_up_to(),
    })?;
    let text = text.trim_start_matches('\u{feff}');
    balanced(text)?;
    let text = without_blank_lines(text);
    let mut found = Calendar::default();
    let mut any = false;
    let mut parser = Parser::new(&text);
    loop {
        match parser.entry() {
            Entry::ICalendar(parsed) => {
                any = true;
                take(&parsed, &mut found);
            }
            Entry::Eof => break,
            _ => {}
        }
    }
    if any {
        Ok(found)
    } else {
        Err(Refused::NoCalendar)
    }
}

/// Some clients fold a line with a blank one between, and no blank line means anything.
fn without_blank_lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 2);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        kept.push_str(line);
        kept.push_str("\r\n");
    }
    kept
}

/// Whether every component that begins ends, in its turn. The library takes what is cut off as if it were whole, and an invitation without its
/// last lines says something else than what was sent.
fn balanced(text: &str) -> Result<(), Refused> {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        let Some((begins, name)) = boundary(line) else {
            continue;
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(Refused::Unnamed { line: line_number });
        }
        if begins {
            count += 1;
            if count > MAX_COMPONENTS {
                return Err(Refused::TooMany);
            }
            if open.len() >= MAX_DEPTH {
                return Err(Refused::TooDeep { line: line_number });
            }
            open.push((name, line_number));
        } else if open.pop().is_none_or(|(begun, _)| begun != name) && !ends_all(&open, text, index)
        {
            return Err(Refused::EndsWithoutBeginning { line: line_number });
        }
    }
    match open.first() {
        Some((_, line)) => Err(Refused::Unfinished { line: *line }),
        None => Ok(()),
    }
}

/// Whether the outermost component ends with the last line: then nothing is missing, whatever its name is there.
fn ends_all(open: &[(String, usize)], text: &str, index: usize) -> bool {
    open.is_empty()
        && text
            .lines()
            .skip(index + 1)
            .all(|line| line.trim().is_empty())
}

/// Whether a line begins or ends a component, and which.
fn boundary(line: &str) -> Option<(bool, String)> {
    let (word, name) = line.split_once(':')?;
    let begins = match word.trim_end() {
        word if word.eq_ignore_ascii_case("BEGIN") => true,
        word if word.eq_ignore_ascii_case("END") => false,
        _ => return None,
    };
    Some((begins, name.trim().to_ascii_uppercase()))
}

fn take(parsed: &ICalendar, into: &mut Calendar) {
    let zones = Zones::of(parsed);
    for component in &parsed.components {
        match component.component_type {
            Sort::VCalendar => into.method = into.method.or_else(|| method(component)),
            Sort::VEvent => {
                let number = into.events.len() + skipped(&into.unread) + 1;
                let (event, unread) = event(component, &zones);
                into.events.extend(event);
                into.unread
                    .extend(unread.into_iter().map(|why| Unread { event: number, why }));
            }
            ref other => *into.others.entry(other.as_str().to_owned()).or_default() += 1,
        }
    }
}

/// How many events are not there at all.
fn skipped(unread: &[Unread]) -> usize {
    let gone = |unread: &&Unread| matches!(unread.why, Why::NoStart | Why::StartUnreadable);
    unread.iter().filter(gone).count()
}

fn method(calendar: &ICalendarComponent) -> Option<Method> {
    let said = calendar.property(&Property::Method)?.values.first()?;
    let name = match said {
        Value::Method(method) => method.as_str(),
        other => other.as_text()?,
    };
    by_word(&Method::ALL, name)
}

/// An event as far as it can be read, and what could not.
fn event(component: &ICalendarComponent, zones: &Zones) -> (Option<Event>, Vec<Why>) {
    let mut unread = Vec::new();
    let start = match component.property(&Property::Dtstart) {
        None => return (None, vec![Why::NoStart]),
        Some(entry) => match when(entry, zones) {
            None => return (None, vec![Why::StartUnreadable]),
            Some(start) => start,
        },
    };
    if matches!(&start, When::Zoned { at: None, .. }) {
        unread.push(Why::ZoneUnknown);
    }
    let twice = [&Property::Dtstart, &Property::Dtend, &Property::Uid]
        .iter()
        .any(|name| component.properties(name).count() > 1);
    if twice {
        unread.push(Why::SaidTwice);
    }
    let end = match end(component, &start, zones) {
        Ok(end) => end,
        Err(why) => {
            unread.push(why);
            None
        }
    };
    let text = |name| {
        component
            .property(name)
            .and_then(first_text)
            .map(str::to_owned)
    };
    let word = |name| component.property(name).and_then(first_word);
    let event = Event {
        uid: text(&Property::Uid),
        instance: component
            .property(&Property::RecurrenceId)
            .and_then(|entry| when(entry, zones)),
        sequence: sequence(component),
        stamp: component
            .property(&Property::Dtstamp)
            .and_then(|entry| when(entry, zones)),
        summary: text(&Property::Summary),
        description: text(&Property::Description),
        location: text(&Property::Location),
        start,
        end,
        status: word(&Property::Status).and_then(|word| by_word(&Status::ALL, &word)),
        organizer: component.property(&Property::Organizer).and_then(person),
        attendees: component
            .properties(&Property::Attendee)
            .filter_map(attendee)
            .collect(),
        rule: component.property(&Property::Rrule).and_then(rule),
        busy: word(&Property::Transp).is_none_or(|word| !word.eq_ignore_ascii_case("TRANSPARENT")),
    };
    (Some(event), unread)
}

fn sequence(component: &ICalendarComponent) -> u32 {
    let said = component.property(&Property::Sequence);
    let number = said.and_then(|entry| entry.values.first()?.as_integer());
    number
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(0)
}

fn when(entry: &ICalendarEntry, zones: &Zones) -> Option<When> {
    let value = entry.values.first()?.as_partial_date_time()?;
    When::from_parts(value, entry.tz_id(), zones)
}

/// The end as written, or the start and a duration.
fn end(component: &ICalendarComponent, start: &When, zones: &Zones) -> Result<Option<When>, Why> {
    let end = match (
        component.property(&Property::Dtend),
        component.property(&Property::Duration),
    ) {
        (Some(entry), _) => when(entry, zones),
        (None, Some(entry)) => match entry.values.first() {
            Some(Value::Duration(duration)) => {
                start.plus(SignedDuration::from_secs(duration.as_seconds()))
            }
            _ => None,
        },
        (None, None) => return Ok(None),
    };
    match end {
        Some(end) if end.is_before(start) != Some(true) => Ok(Some(end)),
        _ => Err(Why::EndUnreadable),
    }
}

fn first_text(entry: &ICalendarEntry) -> Option<&str> {
    let text = entry.values.first()?.as_text()?;
    (!text.is_empty()).then_some(text)
}

/// A word of a closed list, as it is written.
fn first_word(entry: &ICalendarEntry) -> Option<String> {
    Some(match entry.values.first()? {
        Value::Status(status) => status.as_str().to_owned(),
        Value::Transparency(transparency) => transparency.as_str().to_owned(),
        other => other.as_text()?.to_owned(),
    })
}

fn by_word<T: Copy>(all: &[(T, &'static str)], word: &str) -> Option<T> {
    let word = word.trim();
    let same = |(_, name): &&(T, &'static str)| name.eq_ignore_ascii_case(word);
    all.iter().find(same).map(|(value, _)| *value)
}

fn rule(entry: &ICalendarEntry) -> Option<String> {
    match entry.values.first()? {
        Value::RecurrenceRule(rule) => Some(rule.to_string()),
        _ => None,
    }
}

fn person(entry: &ICalendarEntry) -> Option<Person> {
    let address = entry.values.first()?.as_text()?.trim();
    (!address.is_empty()).then(|| Person {
        address: address.to_owned(),
        name: entry
            .parameter(&Parameter::Cn)
            .and_then(|name| name.as_text())
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    })
}

fn attendee(entry: &ICalendarEntry) -> Option<Attendee> {
    let word = |name| entry.parameter(name).and_then(|value| value.as_text());
    Some(Attendee {
        person: person(entry)?,
        part: word(&Parameter::Partstat)
            .and_then(|word| by_word(&Part::ALL, word))
            .unwrap_or(Part::NeedsAction),
        rsvp: entry
            .parameter(&Parameter::Rsvp)
            .and_then(|value| value.as_bool())
            .unwrap_or(false),
        optional: word(&Parameter::Role)
            .is_some_and(|role| role.eq_ignore_ascii_case("OPT-PARTICIPANT")),
    })
}
