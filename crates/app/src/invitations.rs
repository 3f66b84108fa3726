//! Meetings for calendars outside (RFC 5545, RFC 5546): an invitation as a file, and the answer that a calendar program wrote, taken in as the
//! ordinary form already filled. No word of the agenda or minutes is in a file: the channel it goes over may carry less than the dossier.
//!
//! Who calls and who is invited are services. A calendar address is an URI, and mail is only the usual one: a `mailto:` of a function that has no
//! mailbox would send answers astray, or to a stranger. Services are named by `urn:uuid:` (RFC 9562), made from their name and the same in every
//! file; the name is shown beside it. A program that answers by mail alone has nowhere to send to, and nothing leaves by itself.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::views::{CalendarAnswer, CalendarFile, Meeting, NotTaken, ObligationView, Standing};
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::common::REFUSE;
use entente_core::kinds::meeting::{ATTEND, LASTS, PLACE};
use entente_core::obligation::State;
use entente_ical::{Attendee, Event, Message, Method, Part, Person, Status, When, read, write};
use entente_proof::digest::tagged;
use entente_store::{Read, StoreExt};
use std::collections::BTreeMap;

/// Most bytes of an answer: one event, with the zone that it names.
const MOST_ANSWER: usize = 64 << 10;

impl App {
    /// A meeting as a calendar file: an invitation, or that it is cancelled or moved.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such meeting in a dossier that the actor belongs to, or nobody can say any more when it is.
    pub fn meeting_file(&self, actor: &Actor, meeting: EntryId) -> Result<CalendarFile> {
        let row = self.inner.store.view("meeting", |tx| tx.entry(meeting))?;
        let dossier = row.ok_or(AppError::NotFound)?.dossier;
        let why = self.looks_into(actor, dossier)?;
        let called = |tx: &dyn Read| self.called(tx, actor, dossier);
        let meetings = self.inner.store.view("meeting_file", called)?;
        let found = meetings.iter().find(|one| one.entry == meeting);
        let chain = found.and_then(|found| Chain::of(&meetings, found.first));
        let event = chain.and_then(|chain| chain.event(self.now()));
        let event = event.ok_or(AppError::NotFound)?;
        let record = AccessRecord::by(actor, Operation::Export, "meeting_file");
        self.noted(record.within(dossier, why))?;
        let product = format!("-//Entente//{}//EN", self.inner.me);
        let message = Message {
            method: method(&event),
            product: &product,
            name: None,
            refresh: None,
            events: std::slice::from_ref(&event),
        };
        let text = write(&message).map_err(|_| AppError::NotFound)?;
        Ok(CalendarFile {
            method: message.method.as_str(),
            text,
        })
    }

    /// What the answer of a calendar program to an invitation of this dossier comes to: the form that it fills. It confirms nothing itself.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to.
    pub fn meeting_answer(
        &self,
        actor: &Actor,
        dossier: DossierId,
        file: &[u8],
    ) -> Result<std::result::Result<CalendarAnswer, NotTaken>> {
        if file.len() > MOST_ANSWER {
            return Ok(Err(NotTaken::Unreadable));
        }
        let why = self.looks_into(actor, dossier)?;
        let record = AccessRecord::by(actor, Operation::Consult, "meeting_answer");
        self.noted(record.within(dossier, why))?;
        let called = |tx: &dyn Read| self.called(tx, actor, dossier);
        let meetings = self.inner.store.view("meeting_answer", called)?;
        Ok(taken(&meetings, file, self.now()))
    }
}

fn method(event: &Event) -> Method {
    match (event.status, event.attendees.is_empty()) {
        (Some(Status::Cancelled), _) => Method::Cancel,
        (_, true) => Method::Publish,
        _ => Method::Request,
    }
}

/// The invitations that took each other's place: one event of every calendar, by its identifier.
pub(crate) struct Chain<'m> {
    /// The one that stands: a file of any of them is of this one, so that no calendar drops a meeting that takes place. Where both sides moved one
    /// invitation at once two stand, and the one written last is told until it is cancelled.
    pub(crate) stands: &'m Meeting,
    /// The invitation that is told first of all: its words may name who calls it.
    pub(crate) began: EntryId,
    /// All of them.
    pub(crate) all: Vec<&'m Meeting>,
    /// Who invited first: whoever moves it, that stays its organizer.
    by: &'m ServiceName,
    /// The number of the message that tells it: two for each invitation after the first and one for each cancellation, so that whatever is
    /// written next has a higher one (RFC 5546 section 2.1.4).
    sequence: u32,
}

impl<'m> Chain<'m> {
    /// The chain that an invitation began.
    pub(crate) fn of(meetings: &'m [Meeting], first: EntryId) -> Option<Self> {
        let chain = meetings.iter().filter(|one| one.first == first);
        Self::made(first, chain.collect())
    }

    /// Every chain of a series.
    pub(crate) fn all(meetings: &'m [Meeting]) -> Vec<Self> {
        let mut chains: BTreeMap<EntryId, Vec<&'m Meeting>> = BTreeMap::new();
        for one in meetings {
            chains.entry(one.first).or_default().push(one);
        }
        let chains = chains.into_iter();
        chains
            .filter_map(|(first, chain)| Self::made(first, chain))
            .collect()
    }

    fn made(first: EntryId, all: Vec<&'m Meeting>) -> Option<Self> {
        let chain = || all.iter().copied();
        let rank = |one: &&Meeting| {
            let over = match one.standing {
                Standing::Moved(_) => 0,
                Standing::Cancelled(_) => 1,
                _ => 2,
            };
            (over, one.sequence, one.written, one.entry)
        };
        let stands = chain().max_by_key(rank)?;
        let began = chain().find(|one| one.entry == first).unwrap_or(stands);
        let cancelled = |one: &&Meeting| matches!(one.standing, Standing::Cancelled(_));
        let changes = 2 * (chain().count() - 1) + chain().filter(cancelled).count();
        Some(Self {
            stands,
            by: &began.by,
            sequence: u32::try_from(changes).unwrap_or(u32::MAX),
            began: began.entry,
            all,
        })
    }

    /// Whether it does not take place.
    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(
            self.stands.standing,
            Standing::Cancelled(_) | Standing::Moved(_)
        )
    }

    /// The event; none where nobody can say any more when it is.
    pub(crate) fn event(&self, stamp: Instant) -> Option<Event> {
        let meeting = self.stands;
        let values = meeting.values.as_ref()?;
        let start = When::from_ms(meeting.at?.0)?;
        let minutes = values.number(LASTS).unwrap_or(60);
        // A calendar may be printed and passed on: what its originator keeps off paper is not told to it.
        let told = |name| values.text(name).filter(|_| meeting.printed);
        Some(Event {
            uid: Some(uid(meeting)),
            instance: None,
            sequence: self.sequence,
            stamp: Some(When::from_ms(stamp.0)?),
            summary: told("title").map(str::to_owned),
            description: None,
            location: told(PLACE).map(str::to_owned),
            end: Some(start.plus_minutes(minutes)?),
            start,
            status: Some(match self.is_cancelled() {
                true => Status::Cancelled,
                false => Status::Confirmed,
            }),
            organizer: Some(person(self.by)),
            attendees: meeting.asks.iter().map(invited).collect(),
            rule: None,
            busy: true,
        })
    }
}

fn uid(meeting: &Meeting) -> String {
    format!("{}@entente", meeting.first)
}

pub(crate) fn person(service: &ServiceName) -> Person {
    Person {
        address: address(service),
        name: Some(service.to_string()),
    }
}

/// The calendar address of a service: an UUID of version 8 made from its name.
fn address(service: &ServiceName) -> String {
    let digest = tagged("entente/calendar/1", &[service.to_string().as_bytes()]).0;
    let mut hex: Vec<char> = hex::encode(digest).chars().take(32).collect();
    // Version 8, and the variant of RFC 9562.
    for (place, digit) in [(12, '8'), (16, 'a')] {
        if let Some(here) = hex.get_mut(place) {
            *here = digit;
        }
    }
    let mut out = String::from("urn:uuid:");
    for (place, digit) in hex.into_iter().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}

fn invited(ask: &ObligationView) -> Attendee {
    let part = match ask.state {
        State::Answered => Part::Accepted,
        State::Refused => Part::Declined,
        _ => Part::NeedsAction,
    };
    Attendee {
        person: person(&ask.owing),
        part,
        rsvp: ask.state.is_open(),
        optional: false,
    }
}

fn taken(
    meetings: &[Meeting],
    file: &[u8],
    now: Instant,
) -> std::result::Result<CalendarAnswer, NotTaken> {
    let calendar = read(file).map_err(|_| NotTaken::Unreadable)?;
    let method = calendar.method;
    if !matches!(method, Some(Method::Reply | Method::Counter)) {
        return Err(NotTaken::NoAnswer);
    }
    let [event] = &calendar.events[..] else {
        return Err(NotTaken::NotOne);
    };
    let meeting = meant(meetings, event)?;
    match (method, &event.attendees[..]) {
        (Some(Method::Counter), _) => proposed(event, now),
        (_, [attendee]) => replied(meeting, attendee),
        _ => Err(NotTaken::NotOne),
    }
}

/// The meeting that an answer is about, as it stands.
fn meant<'m>(meetings: &'m [Meeting], event: &Event) -> std::result::Result<&'m Meeting, NotTaken> {
    if event.instance.is_some() {
        return Err(NotTaken::NotOne);
    }
    let same = |one: &&Meeting| event.uid.as_deref() == Some(&uid(one)[..]);
    let of = meetings.iter().find(same).map(|one| one.first);
    let chain = of.and_then(|first| Chain::of(meetings, first));
    let chain = chain.ok_or(NotTaken::OfNoMeeting)?;
    if event.sequence < chain.sequence {
        return Err(NotTaken::Older);
    }
    match chain.stands.standing {
        Standing::Ahead => Ok(chain.stands),
        _ => Err(NotTaken::Over),
    }
}

/// Programs write the address of their own user, if they know none of ours: whose answer it is says who brings the file, and the form.
fn replied(
    meeting: &Meeting,
    attendee: &Attendee,
) -> std::result::Result<CalendarAnswer, NotTaken> {
    let form = match attendee.part {
        Part::Accepted => ATTEND.name,
        Part::Declined => REFUSE.name,
        Part::NeedsAction | Part::Tentative | Part::Delegated => return Err(NotTaken::Undecided),
    };
    let offers = |ask: &&ObligationView| ask.offers.iter().any(|offered| offered.name == form);
    let named = |ask: &&ObligationView| address(&ask.owing) == attendee.person.address;
    let asks = || meeting.asks.iter().filter(offers);
    let ask = asks().find(named).or_else(|| asks().next());
    let ask = ask.ok_or(NotTaken::NothingAsked)?;
    Ok(match attendee.part {
        Part::Accepted => CalendarAnswer::Attends(ask.id),
        _ => CalendarAnswer::Declines(ask.id),
    })
}

fn proposed(event: &Event, now: Instant) -> std::result::Result<CalendarAnswer, NotTaken> {
    let at = instant(&event.start).filter(|at| *at > now);
    let at = at.ok_or(NotTaken::NoTime)?;
    let end = event.end.as_ref().and_then(instant);
    Ok(CalendarAnswer::Proposes {
        at,
        minutes: end.map(|end| (end.0 - at.0) / 60_000).filter(|m| *m > 0),
    })
}

/// An instant that is said to be one: a day, and a time wherever one is, are none.
fn instant(when: &When) -> Option<Instant> {
    match when {
        When::Utc(at) | When::Zoned { at: Some(at), .. } => Some(Instant(at.as_millisecond())),
        When::Day(_) | When::Floating(_) | When::Zoned { at: None, .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: the version's digit, or the dashes, in `address`.
    #[test]
    fn a_service_has_an_address_that_is_nobodys_mailbox() {
        let address = |name: &str| address(&name.parse().unwrap());
        let one = address("fr/liaison");
        let uuid = one.strip_prefix("urn:uuid:").unwrap();
        let groups: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert!(uuid[14..].starts_with('8') && uuid[19..].starts_with('a'));
        assert_ne!(one, address("ma/liaison"));
    }
}
