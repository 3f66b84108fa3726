//! Instants and spans as people read them: by the clocks of both capitals, in the reader's language.

use crate::i18n::Words;
use crate::zone::Zone;
use entente_app::views::ObligationView;
use entente_core::instant::{Instant, Span};
use entente_core::obligation::{Side, State};
use entente_core::partial::PartialDate;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// The clocks shown beside each other.
pub struct Clocks(Vec<(String, TimeZone)>);

impl Clocks {
    /// From city and IANA zone names; UTC where the zone is not known, and where none is given.
    pub fn new(named: &[(String, String)]) -> Self {
        let zone = |name: &str| TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let mut zones: Vec<_> = named
            .iter()
            .map(|(city, iana)| (city.clone(), zone(iana)))
            .collect();
        if zones.is_empty() {
            zones.push(("UTC".into(), TimeZone::UTC));
        }
        Self(zones)
    }

    /// The clock with these rules, by its city if it is one of those shown; without any, the first.
    pub(crate) fn zone(&self, rules: Option<&TimeZone>) -> Zone {
        let first = || self.0.first().map(|(_, first)| first.clone());
        let rules = rules.cloned().or_else(first).unwrap_or(TimeZone::UTC);
        let city = self.0.iter().find(|(_, shown)| *shown == rules);
        let name = city.map(|(city, _)| city.as_str()).or(rules.iana_name());
        Zone {
            name: name.unwrap_or("UTC").to_owned(),
            rules,
        }
    }

    fn at(&self, at: Instant) -> impl Iterator<Item = (&str, DateTime)> {
        let stamp = stamp(at);
        self.0
            .iter()
            .map(move |(city, zone)| (city.as_str(), zone.to_datetime(stamp)))
    }

    /// `24 nov. 14:05 Rabat`, `15:05 Paris`: the year where it is not this year's, the day again where it differs. The end of a
    /// promised day is that day.
    fn parts(&self, words: Words, at: Instant, now: Instant) -> Vec<String> {
        let this_year = self.at(now).next().map(|(_, z)| z.year());
        if end_of_a_day(at) {
            return vec![words.s("day-end", &utc_date_words(words, at, this_year))];
        }
        let mut day = String::new();
        let mut clock = String::new();
        let mut parts: Vec<String> = Vec::new();
        for (city, zoned) in self.at(at) {
            let date = date_words(words, &zoned, this_year);
            let time = words.digits(&format!("{:02}:{:02}", zoned.hour(), zoned.minute()));
            let city = words.city(city);
            if parts.is_empty() || date != day {
                parts.push(format!("{date} {time} {city}"));
            } else if time == clock {
                parts.push(city);
            } else {
                parts.push(format!("{time} {city}"));
            }
            (day, clock) = (date, time);
        }
        parts
    }

    /// An instant by every clock, as a `time` element whose lines break between clocks only.
    pub fn show(&self, words: Words, at: Instant, now: Instant) -> Markup {
        let parts = self.parts(words, at, now);
        let last = parts.len().saturating_sub(1);
        html! {
            time datetime=(rfc3339(at)) {
                @for (i, part) in parts.iter().enumerate() { span.clock { (part) @if i < last { " ·" } } @if i < last { " " } }
            }
        }
    }

    /// The civil day by the first clock.
    pub fn date(&self, at: Instant) -> Date {
        let first = self.at(at).next().map(|(_, here)| here.date());
        first.unwrap_or_else(|| jiff::tz::Offset::UTC.to_datetime(stamp(at)).date())
    }

    /// Only the day, by the first clock.
    pub fn day(&self, words: Words, at: Instant) -> Markup {
        let text = self
            .at(at)
            .next()
            .map(|(_, z)| date_words(words, &z, None))
            .unwrap_or_default();
        html! { time datetime=(rfc3339(at)) { (text) } }
    }
}

/// A date of a body (`YYYY-MM-DD`) in words; as written if it is no date.
pub fn civil_day(words: Words, text: &str) -> String {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) => words.date(
            i64::from(date.day()),
            date.month(),
            Some(i64::from(date.year())),
        ),
        Err(_) => text.to_owned(),
    }
}

/// A day in UTC, with its year.
pub fn day_words(words: Words, at: Instant) -> String {
    utc_date_words(words, at, None)
}

/// The day in UTC that something falls on as a whole, by no clock; the year where it is not this one.
pub fn whole_day(words: Words, at: Instant, now: Instant) -> Markup {
    let this_year = jiff::tz::Offset::UTC.to_datetime(stamp(now)).year();
    html! { time datetime=(rfc3339(at)) { (utc_date_words(words, at, Some(this_year))) } }
}

/// A date in words, as far as it is known: a year, a month of it, or a day.
pub fn partial_day(words: Words, date: PartialDate) -> String {
    let year = i64::from(date.year);
    match (date.month, date.day) {
        (Some(month), Some(day)) => words.date(i64::from(day), month, Some(year)),
        (Some(month), None) => words.month_of(month, year),
        _ => words.digits(&year.to_string()),
    }
}

/// The same of a body's text; as written if it is no date.
pub fn partial_text(words: Words, text: &str) -> String {
    PartialDate::parse(text).map_or_else(|| text.to_owned(), |date| partial_day(words, date))
}

/// Whether an instant is the end of a day in UTC: that of a promised day, which is the same day by every clock.
pub fn end_of_a_day(at: Instant) -> bool {
    at.0.rem_euclid(86_400_000) == 86_399_999
}

/// An instant for reckoning with zones; the first of 1970 where it is out of their range.
pub fn stamp(at: Instant) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn utc_date_words(words: Words, at: Instant, this_year: Option<i16>) -> String {
    let utc = jiff::tz::Offset::UTC.to_datetime(stamp(at));
    date_words(words, &utc, this_year)
}

fn date_words(words: Words, zoned: &DateTime, this_year: Option<i16>) -> String {
    let year = (Some(zoned.year()) != this_year).then(|| i64::from(zoned.year()));
    words.date(i64::from(zoned.day()), zoned.month(), year)
}

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(at: Instant) -> String {
    Timestamp::from_millisecond(at.0)
        .map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// The first instant of a day written `YYYY-MM-DD`, in UTC.
pub fn start_of_day(date: &str) -> Option<Instant> {
    let day: jiff::civil::Date = date.parse().ok()?;
    let midnight = jiff::tz::Offset::UTC
        .to_timestamp(day.at(0, 0, 0, 0))
        .ok()?;
    Some(Instant(midnight.as_millisecond()))
}

/// The day of an instant in UTC, `YYYY-MM-DD`.
pub fn utc_day(at: Instant) -> String {
    rfc3339(at).chars().take(10).collect()
}

/// A minute in UTC, `YYYY-MM-DD HH:MM`.
pub fn utc_minute(at: Instant) -> String {
    let utc = stamp(at);
    utc.strftime("%Y-%m-%d %H:%M").to_string()
}

/// A length of time in its largest sensible unit: "45 minutes", "3 hours", "12 days", "5 months".
pub fn span(words: Words, span: Span) -> String {
    let minutes = span.0.unsigned_abs() / 60_000;
    let n = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    match minutes {
        0..=59 | 61..=89 => words.n("span-minutes", n(minutes)),
        60 | 90..=2_879 => words.n("span-hours", n((minutes + 30) / 60)),
        2_880..=129_599 => words.n("span-days", n((minutes + 720) / 1_440)),
        _ => words.n("span-months", n(minutes / 43_200)),
    }
}

/// How an obligation stands in time, in a few words: "in 3 hours", "2 days late", "answered in time".
pub fn due_words(words: Words, ob: &ObligationView, now: Instant) -> String {
    if ob.not_received {
        return words.t("due-not-received");
    }
    if !ob.state.is_open() {
        return match (ob.state, ob.on_time) {
            (State::Answered | State::Agreed | State::Refused, Some(true)) => words.t("due-met"),
            (State::Answered | State::Agreed | State::Refused, Some(false)) => {
                words.t("due-missed")
            }
            _ => words.t("due-ended"),
        };
    }
    match (ob.stopped, ob.due, ob.turn) {
        (Some(_), ..) => words.t("due-stopped"),
        (None, _, Some(Side::Creditor)) => words.t("due-creditor"),
        (None, Some(due), _) if now > due => words.s("due-late", &span(words, now - due)),
        (None, Some(due), _) => words.s("due-in", &span(words, due - now)),
        (None, None, _) if ob.received.is_none() => words.t("due-not-started"),
        (None, None, _) => words.t("due-none"),
    }
}
