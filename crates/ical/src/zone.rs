//! Time zones of a file: the zone database's where the name is one of its names or of those that clients use for them, what the file
//! itself defines otherwise (`VTIMEZONE`, RFC 5545 section 3.6.5).

use crate::when::instant;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency,
    ICalendarProperty as Property, ICalendarValue as Value,
};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

/// Most changes of clocks that are worked out for one part of a zone: one a year since 1601, twice over.
const MOST_CHANGES: usize = 1_000;

/// Most parts of zones that are worked out in a file; a client that lists every year since 1893 needs 85.
const MOST_PARTS: usize = 1_000;

/// A zone.
#[derive(Clone, Debug)]
pub(crate) enum Zone {
    /// Of the zone database.
    Named(TimeZone),
    /// By the file's own rules: changes of clocks by the local time before the change, and the offset that begins; first of all the
    /// offset of before them.
    Defined(Offset, BTreeMap<DateTime, Offset>),
}

impl Zone {
    /// The instant of a local time.
    pub(crate) fn instant(&self, local: DateTime) -> Option<Timestamp> {
        match self {
            Self::Named(zone) => instant(zone, local),
            Self::Defined(before, changes) => {
                let last = changes.range(..=local).next_back();
                last.map_or(before, |(_, offset)| offset)
                    .to_timestamp(local)
                    .ok()
            }
        }
    }
}

/// The zones that a file defines, by the names it gives them.
pub(crate) struct Zones(BTreeMap<String, Arc<Zone>>);

impl Zones {
    pub(crate) fn of(file: &ICalendar) -> Self {
        let mut zones = BTreeMap::new();
        let mut parts = 0;
        for component in file.timezones() {
            parts += component.component_ids.len();
            if parts > MOST_PARTS {
                break;
            }
            let id = component.property(&Property::Tzid);
            let id = id.and_then(|entry| entry.values.first()?.as_text());
            let Some(id) = id else { continue };
            let named = component
                .timezone()
                .and_then(|(_, zone)| TimeZone::get(&zone.name()?).ok());
            let zone = named.map(Zone::Named).or_else(|| defined(file, component));
            zones.extend(zone.map(|zone| (id.to_owned(), Arc::new(zone))));
        }
        Self(zones)
    }

    /// The zone of a name; `None` if nobody knows it.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Zone>> {
        let defined = self.0.get(name).map(Arc::clone);
        defined.or_else(|| by_name(name).map(Arc::new))
    }
}

fn by_name(name: &str) -> Option<Zone> {
    let name = name.trim().trim_matches('"').trim_start_matches('/');
    let name = name.strip_prefix("posix/").unwrap_or(name);
    let elsewhere = || TimeZone::get(&Tz::from_str(name).ok()?.name()?).ok();
    TimeZone::get(name).ok().or_else(elsewhere).map(Zone::Named)
}

/// A zone by its parts: standard time and daylight saving time.
fn defined(file: &ICalendar, zone: &ICalendarComponent) -> Option<Zone> {
    let mut changes = BTreeMap::new();
    let mut before: Option<(DateTime, Offset)> = None;
    for id in &zone.component_ids {
        let part = file.component_by_id(*id)?;
        let from = offset(part, &Property::Tzoffsetfrom);
        let to = offset(part, &Property::Tzoffsetto)?;
        for change in begins(part) {
            if before.is_none_or(|(first, _)| change < first) {
                before = Some((change, from.unwrap_or(to)));
            }
            changes.insert(change, to);
        }
    }
    before.map(|(_, offset)| Zone::Defined(offset, changes))
}

fn offset(part: &ICalendarComponent, name: &Property) -> Option<Offset> {
    let value = part.property(name)?.values.first()?;
    let value = value.as_partial_date_time()?;
    let minutes = i32::from(value.tz_hour?) * 60 + i32::from(value.tz_minute.unwrap_or(0));
    let minutes = if value.tz_minus { -minutes } else { minutes };
    Offset::from_seconds(minutes * 60).ok()
}

/// When a part begins: once, on the dates of a list, by a rule. The library expands what is an event, so the part is made one.
fn begins(part: &ICalendarComponent) -> Vec<DateTime> {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    for name in [&Property::Dtstart, &Property::Rdate] {
        event.entries.extend(part.properties(name).cloned());
    }
    let rules = part.properties(&Property::Rrule);
    event
        .entries
        .extend(rules.filter(|rule| is_yearly(rule)).cloned());
    let calendar = ICalendar {
        components: vec![event],
    };
    let expanded = calendar.expand_dates(Tz::Floating, MOST_CHANGES);
    let walls = expanded.events.iter().filter_map(|found| {
        let seconds = found.start.naive_local().and_utc().timestamp();
        let seconds = Timestamp::from_second(seconds).ok()?;
        Some(TimeZone::UTC.to_datetime(seconds))
    });
    walls.collect()
}

/// Clocks change by rules of a year, on one day of it. Another one is somebody's mistake or somebody's attack: the library works out a whole year
/// before it gives out the first instant, and looks through all years for a day that never comes.
fn is_yearly(rule: &ICalendarEntry) -> bool {
    let Some(Value::RecurrenceRule(rule)) = rule.values.first() else {
        return false;
    };
    let of_a_time = [&rule.bysecond, &rule.byminute, &rule.byhour];
    let of_a_year = rule.byyearday.is_empty() && rule.byweekno.is_empty();
    let one_day = rule.bymonth.len() <= 1 && rule.byday.len() <= 1 && rule.bysetpos.len() <= 1;
    // A week of days of a month, as in "the Sunday from the 25th on"; the 29th and later are not in every month.
    let days = &rule.bymonthday;
    let comes =
        days.len() <= 7 && (days.is_empty() || days.iter().any(|day| (-28..=28).contains(day)));
    rule.freq == ICalendarFrequency::Yearly
        && of_a_time.iter().all(|of| of.is_empty())
        && of_a_year
        && one_day
        && comes
}
