//! The calendar address of an officer: a secret that a calendar program fetches without signing in, and what it gives out (docs/notices.md, *Calendar
//! feed*). The secret is shown once and kept as a digest only; being 256 random bits, it needs no key to keep anybody from guessing it back.
//!
//! Programs fetch the same bytes some hundred times a day. On record is what gives out something: bytes that a program was not given before, and once
//! a day that it fetches at all, so that a secret that is in the wrong hands leaves a trace too.

use super::digest::Places;
use super::own;
use crate::access::{AccessRecord, Operation};
use crate::ahead;
use crate::attempts::Who;
use crate::error::{AppError, Result};
use crate::factors::Reauthenticating;
use crate::fault::PeopleFault;
use crate::invitations::{Chain, person};
use crate::people::actor_of;
use crate::sessions::{has_factor, token_digest};
use crate::views::{FeedFile, FeedView, Meeting, ObligationView};
use crate::{Actor, App};
use entente_core::codes::Class;
use entente_core::feed::{self, Day, Due, Feed, Item, What};
use entente_core::ids::{DossierId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::kinds;
use entente_core::label::{Label, Lang};
use entente_core::notice::Place;
use entente_ical::{Event, Message, Method, Status, When, write};
use entente_proof::digest::tagged;
use entente_store::{FactorSort, Read, SessionRow, SessionSort, StoreExt};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long an address lasts.
const LIFE: Span = Span::days(180);
/// How long before its end the calendar itself says so.
const LAST_DAYS: i32 = 7;
/// Length of a secret as it is written: 32 bytes in base64.
const SECRET: usize = 43;
/// How often the time of the last fetch is written, and a program that fetches what it has is on record.
const SEEN: Span = Span::minutes(5);
const DAILY: Span = Span::hours(24);
/// The end of 9999 as far as a time is one in every zone, UTC ms: no calendar has the year 10000.
const LAST_MS: i64 = 253_402_207_200_000;
/// Most programs that are known apart by what they were given.
const PROGRAMS: usize = 8;
/// How often a program is asked to look again, in hours.
const REFRESH: u32 = 1;
/// The verb under which it is on record that a calendar was given out.
const CALENDAR_FEED: &str = "calendar_feed";

/// A meeting with the series that it is of.
type Told = (DossierId, Event);

/// What the row of an address keeps: which bytes each program was given last.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    given: Vec<Given>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Given {
    program: String,
    tag: String,
    /// When it was on record last, UTC ms.
    at_ms: i64,
}

impl Kept {
    /// Notes what a program is given; whether that is to be on record.
    fn note(&mut self, program: &str, tag: &str, now: Instant) -> bool {
        let had = |one: &Given| {
            one.program == program && one.tag == tag && now - Instant(one.at_ms) < DAILY
        };
        if self.given.iter().any(had) {
            return false;
        }
        self.given.retain(|one| one.program != program);
        self.given.push(Given {
            program: program.to_owned(),
            tag: tag.to_owned(),
            at_ms: now.0,
        });
        if self.given.len() > PROGRAMS {
            self.given.remove(0);
        }
        true
    }
}

impl App {
    /// The calendar address of an officer, as far as it can be shown again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] while acting for somebody else.
    pub fn calendar_address(&self, actor: &Actor) -> Result<FeedView> {
        own(actor)?;
        self.looked(actor, Operation::Consult, "calendar_address", None, None)?;
        self.inner.store.view("calendar_address", |tx| {
            self.refuse_closed(tx)?;
            let row = feed_of(tx, &actor.id)?.filter(|row| row.ends_ms > self.now().0);
            Ok(FeedView {
                class: self.inner.settings.notices.feed,
                made: row.as_ref().map(|row| Instant(row.begun_ms)),
                ends: row.as_ref().map(|row| Instant(row.ends_ms)),
                fetched: row
                    .as_ref()
                    .filter(|row| row.seen_ms > 0)
                    .map(|row| (Instant(row.seen_ms), row.device.clone())),
                programs: row.as_ref().map(programs).unwrap_or_default(),
            })
        })
    }

    /// Makes an officer's calendar address, for whoever shows again who they are, in place of the one there was: gives its secret, this once.
    ///
    /// # Errors
    /// [`PeopleFault::NoFeed`], [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`], [`AppError::Wait`].
    pub fn make_calendar_address(
        &self,
        actor: &Actor,
        by: &Reauthenticating<'_>,
    ) -> Result<String> {
        own(actor)?;
        if self.inner.settings.notices.feed.is_none() {
            return Err(PeopleFault::NoFeed.into());
        }
        // Whoever sits at a desk that was left open takes nobody's calendar home.
        self.check_again(actor, by)?;
        let record = AccessRecord::by(actor, Operation::Permit, "make_calendar_address");
        let (secret, row) = self.fresh_token(&actor.id, SessionSort::Feed, LIFE);
        let row = SessionRow {
            digest: feed_digest(&secret),
            csrf: String::new(),
            ..row
        };
        let app = self.clone();
        self.inner
            .store
            .update("make_calendar_address", move |tx| {
                app.record_access(tx, &record)?;
                if let Some(before) = feed_of(tx.as_read(), &row.officer)? {
                    tx.end_session(&before.digest)?;
                }
                Ok::<_, AppError>(tx.insert_session(&row)?)
            })?;
        Ok(secret)
    }

    /// Ends an officer's calendar address: from now on there is nothing there.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] while acting for somebody else.
    pub fn revoke_calendar_address(&self, actor: &Actor) -> Result<()> {
        own(actor)?;
        let record = AccessRecord::by(actor, Operation::Permit, "revoke_calendar_address");
        let (app, id) = (self.clone(), actor.id.clone());
        self.inner
            .store
            .update("revoke_calendar_address", move |tx| {
                app.record_access(tx, &record)?;
                if let Some(row) = feed_of(tx.as_read(), &id)? {
                    tx.end_session(&row.digest)?;
                }
                Ok(())
            })
    }

    /// The calendar at an address. `program` is what fetches it, in a few words.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none, or none any more: the same in every case. [`AppError::Wait`] where it is fetched too often.
    pub fn calendar_feed(&self, secret: &str, program: &str) -> Result<FeedFile> {
        let channel = self.inner.settings.notices.feed;
        let channel = channel
            .filter(|_| secret.len() == SECRET)
            .ok_or(AppError::NotFound)?;
        let digest = feed_digest(secret);
        let found = self.inner.store.view("calendar_feed", |tx| {
            self.refuse_closed(tx)?;
            self.standing_feed(tx, &digest)
        })?;
        let (row, actor) = found.ok_or(AppError::NotFound)?;
        let who = Who::Feed(tagged("entente/feed/1", &[&digest]).0);
        let taken = self.inner.attempts.take(who, self.now());
        taken.map_err(AppError::Wait)?;
        let gather = |tx: &dyn Read| self.feed_for(tx, &row, &actor, channel);
        let feed = self.inner.store.view("calendar_feed", gather)?;
        let told = feed.meetings.iter().chain(&feed.cancelled);
        let told: BTreeSet<DossierId> = told.map(|(_, (dossier, _))| *dossier).collect();
        let text = self.feed_text(&row, &actor, feed)?;
        // Under the secret, which nobody keeps: whoever has the database tries no words against it.
        let tag = tagged("entente/feed-tag/1", &[secret.as_bytes(), text.as_bytes()]);
        let tag = hex::encode(tag.0);
        self.give_out(&row, &actor, (program, &tag), &told)?;
        Ok(FeedFile { text, tag })
    }

    /// The address of a digest and whose it is, if it stands.
    fn standing_feed(&self, tx: &dyn Read, digest: &[u8]) -> Result<Option<(SessionRow, Actor)>> {
        let row = tx.session(digest)?;
        let Some(row) = row.filter(|r| r.sort == SessionSort::Feed && r.ends_ms > self.now().0)
        else {
            return Ok(None);
        };
        let Some(officer) = tx.officer(&row.officer)?.filter(|officer| officer.active) else {
            return Ok(None);
        };
        // Whom the pages would first ask for a second factor has no calendar either.
        let factors = tx.factors(&officer.id)?;
        let bound = factors.iter().any(|f| f.sort == FactorSort::Provider);
        if self.requires_factor() && !bound && !has_factor(tx, &officer.id)? {
            return Ok(None);
        }
        Ok(Some((row, actor_of(&officer)?)))
    }

    /// Notes what is given out, before it is. Nothing is, where the address was revoked meanwhile.
    fn give_out(
        &self,
        row: &SessionRow,
        actor: &Actor,
        given: (&str, &str),
        told: &BTreeSet<DossierId>,
    ) -> Result<()> {
        let (app, now, digest) = (self.clone(), self.now(), row.digest.clone());
        let (program, tag) = (given.0.to_owned(), given.1.to_owned());
        let mut kept = kept(row);
        let fresh = now - Instant(row.seen_ms) < SEEN && row.device == program;
        if !kept.note(&program, &tag, now) && fresh {
            let stands = |tx: &dyn Read| self.standing_feed(tx, &digest);
            let stands = self.inner.store.view("calendar_feed", stands)?;
            return stands.map(|_| ()).ok_or(AppError::NotFound);
        }
        let record = AccessRecord::by(actor, Operation::Export, CALENDAR_FEED);
        let record = record.drawing_on(told.iter().copied()).on(&program);
        self.inner.store.update("calendar_feed", move |tx| {
            let stands = app.standing_feed(tx.as_read(), &digest)?;
            let (row, _) = stands.ok_or(AppError::NotFound)?;
            // Another program may have been here meanwhile.
            let mut kept = self::kept(&row);
            if kept.note(&program, &tag, now) {
                app.record_access(tx, &record)?;
            }
            let state = serde_json::to_vec(&kept).map_err(|_| AppError::Bug("calendar feed"))?;
            Ok(tx.see_session(&digest, now.0, &program, &state)?)
        })
    }

    /// What an officer's calendar says, behind the walls of *Today*.
    fn feed_for(
        &self,
        tx: &dyn Read,
        row: &SessionRow,
        actor: &Actor,
        channel: Class,
    ) -> Result<Feed<Told>> {
        let (zone, _) = self.feed_zone();
        let mut places = Places::new(tx);
        let mut items = Vec::new();
        let until = (self.now() + feed::AHEAD).0;
        for owed in self.owed_by(tx, actor, Some(until))? {
            let place = places.of_entry(owed.dossier, owed.id.entry)?;
            let due = owed.due.filter(|due| self.in_window(*due));
            let day = due.and_then(|due| day_of(due, &zone));
            if let (Some(place), Some(due), Some(day)) = (place, due, day) {
                let what = What::Due(due_of(owed, due));
                // Its line is one of the ledger, to which nobody is asked why they look.
                let unasked = true;
                items.push(Item {
                    place,
                    unasked,
                    day,
                    what,
                });
            }
        }
        let series = self.meeting_dossiers(tx, actor)?;
        ahead::of_lines(tx, &series)?;
        for dossier in series {
            self.meetings_into(&mut items, (tx, &mut places), (row, actor), dossier)?;
        }
        Ok(Feed::of(items, channel))
    }

    /// The meetings of a dossier that a service of the officer's called or is invited to.
    fn meetings_into(
        &self,
        items: &mut Vec<Item<Told>>,
        (tx, places): (&dyn Read, &mut Places<'_>),
        (row, actor): (&SessionRow, &Actor),
        dossier: DossierId,
    ) -> Result<()> {
        let (zone, _) = self.feed_zone();
        let meetings = self.called(tx, actor, dossier)?;
        let unasked = self.unasked(tx, actor, dossier)?.is_some();
        for chain in Chain::all(&meetings) {
            // Whoever is invited no more learns that, and not where it went.
            let stays = calls(chain.stands, actor);
            if !stays && !chain.all.iter().any(|one| calls(one, actor)) {
                continue;
            }
            let at = chain.stands.at.filter(|at| self.in_window(*at));
            let day = at.and_then(|at| day_of(at, &zone));
            let place = places.of_entry(dossier, chain.stands.entry)?;
            let began = places.of_entry(dossier, chain.began)?;
            // Its own time, not ours: the same calendar is the same bytes.
            let event = chain.event(stamp(chain.stands.written, row));
            let (Some(day), Some(place), Some(event)) = (day, place, event) else {
                continue;
            };
            let ceiling = began.map_or(place.ceiling, |began| began.ceiling.max(place.ceiling));
            let event = published(event, stays);
            let what = match chain.is_cancelled() || !stays {
                true => What::Cancelled((dossier, event)),
                false => What::Meeting((dossier, event)),
            };
            items.push(Item {
                place: Place { ceiling, ..place },
                unasked,
                day,
                what,
            });
        }
        Ok(())
    }

    fn in_window(&self, at: Instant) -> bool {
        let now = self.now();
        (now - feed::BACK..=now + feed::AHEAD).contains(&at)
    }

    /// The clock by which days are told: that of this node's state.
    fn feed_zone(&self) -> (TimeZone, String) {
        let name = self.notice_zones().into_iter().next();
        let name = name.unwrap_or_else(|| "UTC".to_owned());
        (TimeZone::get(&name).unwrap_or(TimeZone::UTC), name)
    }

    fn feed_text(&self, row: &SessionRow, actor: &Actor, feed: Feed<Told>) -> Result<String> {
        let wrong = || AppError::Bug("calendar feed");
        let (zone, zone_name) = self.feed_zone();
        let by = format!("{}/entente", self.inner.me).parse();
        let by = person(&by.map_err(|_| wrong())?);
        let page = Page {
            row,
            lang: actor.lang,
            // Who calls it is this node, in whose name the program speaks; nobody answers it.
            by: entente_ical::Person { name: None, ..by },
        };
        let mut events = Vec::new();
        for (_, (_, event)) in feed.meetings.into_iter().chain(feed.cancelled) {
            let summary = event.summary.clone();
            events.push(Event {
                summary: summary.or_else(|| Some(feed::MEETING.get(page.lang).to_owned())),
                ..event
            });
        }
        for (day, due) in feed.due {
            events.extend(page.due(day, &due, (&zone, &zone_name)));
        }
        for (day, counted) in feed.days {
            events.extend(page.counted(day, counted));
        }
        if feed.something {
            let today = day_of(self.now(), &zone).ok_or_else(wrong)?;
            events.extend(page.whole_day("something", today, said(feed::SOMETHING, page.lang)));
        }
        events.extend(page.ending(&zone));
        let name = format!("Entente {}", self.inner.me);
        let message = Message {
            method: Method::Publish,
            product: &format!("-//Entente//{}//EN", self.inner.me),
            name: Some(&name),
            refresh: Some(REFRESH),
            events: &events,
        };
        write(&message).map_err(|_| wrong())
    }
}

/// What every event of a calendar has from its address.
struct Page<'r> {
    row: &'r SessionRow,
    lang: Lang,
    by: entente_ical::Person,
}

impl Page<'_> {
    /// `Due 17:00 · MA-12 · Request · answer`
    fn due(&self, day: Date, due: &Due, (zone, name): (&TimeZone, &str)) -> Option<Event> {
        let at = local(due.due, zone)?;
        let kind = kinds::find(&due.kind).map(|kind| kind.label.get(self.lang));
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        let parts = [
            Some(format!("{} {clock}", feed::DUE.get(self.lang))),
            Some(due.number.clone()),
            kind.map(str::to_owned),
            Some(due.ask.label().get(self.lang).to_owned()),
        ];
        let summary: Vec<String> = parts.into_iter().flatten().collect();
        let event = self.all_day(due.uid.clone(), day, summary.join(" · "))?;
        Some(Event {
            description: Some(format!("{} {clock} {name}", at.date())),
            stamp: When::from_ms(stamp(due.asked, self.row).0),
            ..event
        })
    }

    fn counted(&self, day: Date, counted: Day) -> Option<Event> {
        let figure = |label: Label, n: u64| {
            let colon = if self.lang == Lang::Fr {
                "\u{a0}:"
            } else {
                ":"
            };
            (n > 0).then(|| format!("{}{colon} {n}", label.get(self.lang)))
        };
        let figures = [
            figure(feed::MEETINGS, counted.meetings),
            figure(feed::DATES, counted.due),
        ];
        let said: Vec<String> = figures.into_iter().flatten().collect();
        let what = format!("day/{}/{}", counted.meetings, counted.due);
        self.whole_day(&what, day, format!("Entente · {}", said.join(" · ")))
    }

    /// That the address ends, over its last days.
    fn ending(&self, zone: &TimeZone) -> Option<Event> {
        let last = day_of(Instant(self.row.ends_ms), zone)?;
        let from = last.checked_sub(LAST_DAYS.days()).ok()?;
        let event = self.whole_day("ends", from, said(feed::ENDS, self.lang))?;
        Some(Event {
            end: Some(When::Day(last.tomorrow().ok()?)),
            ..event
        })
    }

    /// An event of ours on a day, which no other address has.
    fn whole_day(&self, what: &str, day: Date, summary: String) -> Option<Event> {
        // What is told of no day is one event, whichever day it stands on.
        let on = match what {
            "something" => String::new(),
            _ => day.to_string(),
        };
        let uid = named(&[&self.row.digest, what.as_bytes(), on.as_bytes()]);
        self.all_day(uid, day, summary)
    }

    /// It takes up no time: nobody is busy all day because something is due.
    fn all_day(&self, uid: String, day: Date, summary: String) -> Option<Event> {
        Some(Event {
            uid: Some(uid),
            instance: None,
            sequence: 0,
            stamp: Some(When::from_ms(self.row.begun_ms)?),
            summary: Some(summary),
            description: None,
            location: None,
            start: When::Day(day),
            end: Some(When::Day(day.tomorrow().ok()?)),
            status: None,
            organizer: Some(self.by.clone()),
            attendees: Vec::new(),
            rule: None,
            busy: false,
        })
    }
}

/// As it is published: nobody is asked by it. To whoever is invited no more it is cancelled, and says neither when nor where it is now.
fn published(event: Event, stays: bool) -> Event {
    let event = Event {
        attendees: Vec::new(),
        ..event
    };
    match stays {
        true => event,
        false => Event {
            location: None,
            status: Some(Status::Cancelled),
            ..event
        },
    }
}

fn said(label: Label, lang: Lang) -> String {
    label.get(lang).to_owned()
}

/// When something was written, where a calendar can say it: a time is its author's own word. Else when the address was made.
fn stamp(written: Instant, row: &SessionRow) -> Instant {
    match (0..LAST_MS).contains(&written.0) {
        true => written,
        false => Instant(row.begun_ms),
    }
}

/// Whether a service of the officer's called a meeting, or is invited to it.
fn calls(meeting: &Meeting, actor: &Actor) -> bool {
    let own = |service: &ServiceName| actor.services.contains(service);
    own(&meeting.by) || meeting.asks.iter().any(|ask| own(&ask.owing))
}

fn due_of(owed: ObligationView, due: Instant) -> Due {
    Due {
        // On another day it is another event: a program may keep what has the same name and number.
        uid: named(&[owed.id.to_string().as_bytes(), &due.0.to_be_bytes()]),
        number: owed.number,
        kind: owed.kind,
        ask: owed.ask,
        due,
        asked: owed.asked,
    }
}

/// An identifier from which nothing follows.
fn named(of: &[&[u8]]) -> String {
    let hex: String = hex::encode(tagged("entente/calendar-event/1", of).0);
    format!("{}@entente", hex.chars().take(32).collect::<String>())
}

fn local(at: Instant, zone: &TimeZone) -> Option<DateTime> {
    let stamp = jiff::Timestamp::from_millisecond(at.0).ok()?;
    Some(zone.to_datetime(stamp))
}

fn day_of(at: Instant, zone: &TimeZone) -> Option<Date> {
    local(at, zone).map(|local| local.date())
}

/// The programs that fetched of late, and when each was on record last, the latest first.
fn programs(row: &SessionRow) -> Vec<(Instant, String)> {
    let given = kept(row).given.into_iter();
    let mut all: Vec<(Instant, String)> =
        given.map(|one| (Instant(one.at_ms), one.program)).collect();
    all.sort_by(|a, b| b.cmp(a));
    all
}

fn kept(row: &SessionRow) -> Kept {
    serde_json::from_slice(&row.state).unwrap_or_default()
}

/// The row of an officer's address, also of one that is over.
fn feed_of(tx: &dyn Read, officer: &str) -> Result<Option<SessionRow>> {
    let rows = tx.sessions(officer)?;
    Ok(rows.into_iter().find(|row| row.sort == SessionSort::Feed))
}

/// No session's: a cookie that holds a secret of a calendar signs nobody in, and the other way about.
fn feed_digest(secret: &str) -> Vec<u8> {
    token_digest(&format!("feed/{secret}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: the tag, the day, or the bound of `Kept::note`.
    #[test]
    fn what_a_program_has_is_on_record_once_a_day() {
        let (mut kept, now) = (Kept::default(), Instant(1_800_000_000_000));
        assert!(kept.note("a", "1", now));
        assert!(!kept.note("a", "1", now + Span::hours(23)));
        assert!(kept.note("b", "1", now), "another program");
        assert!(kept.note("a", "2", now + Span::hours(1)), "other bytes");
        assert!(!kept.note("a", "2", now + Span::hours(24)));
        assert!(kept.note("a", "2", now + Span::hours(25)), "a day later");
        for n in 0..20 {
            kept.note(&n.to_string(), "1", now);
        }
        assert_eq!(kept.given.len(), PROGRAMS);
    }

    /// Take out: the range in `stamp`.
    #[test]
    fn a_time_that_no_calendar_has_is_not_told() {
        let row = SessionRow {
            digest: Vec::new(),
            officer: String::new(),
            csrf: String::new(),
            begun_ms: 7,
            ends_ms: 9,
            sort: SessionSort::Feed,
            seen_ms: 0,
            device: String::new(),
            state: Vec::new(),
        };
        for wrong in [i64::MIN, -1, LAST_MS, i64::MAX] {
            assert_eq!(stamp(Instant(wrong), &row), Instant(7), "{wrong}");
        }
        for right in [0, 1_800_000_000_000, LAST_MS - 1] {
            let at = stamp(Instant(right), &row);
            assert_eq!(at, Instant(right));
            assert!(When::from_ms(at.0).is_some());
        }
    }
}
