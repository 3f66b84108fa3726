//! Days on which a state does not work, said beside a due time. Clocks count on: this is for reading only.

use crate::i18n::Words;
use crate::time::{end_of_a_day, stamp};
use entente_core::calendar::{Calendar, DayOff};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use maud::{Markup, html};

/// The calendars of the states of a link, each with its zone.
#[derive(Clone, Default)]
pub struct Calendars(Vec<(Calendar, TimeZone)>);

/// One reason not to work, and the nodes that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// `Friday 1 May, holiday: Labour Day`, in the reader's language.
    pub text: String,
    /// The nodes, joined.
    pub nodes: String,
}

impl Calendars {
    /// From data. A zone that is not known counts as UTC: the configuration refuses it before.
    #[must_use]
    pub fn new(calendars: &[Calendar]) -> Self {
        let zone = |c: &Calendar| TimeZone::get(&c.zone).unwrap_or(TimeZone::UTC);
        Self(calendars.iter().map(|c| (c.clone(), zone(c))).collect())
    }

    /// Who does not work on the day of an instant, and why; each state by its own day there.
    #[must_use]
    pub fn off(&self, words: Words, at: Instant) -> Vec<Off> {
        self.off_among(words, at, None)
    }

    /// The calendars of some states that are known here, of all if none are named.
    #[must_use]
    pub fn of(&self, nodes: Option<&[NodeName]>) -> Vec<&Calendar> {
        self.among(nodes).map(|(calendar, _)| calendar).collect()
    }

    /// The time zone of a state whose calendar is known here.
    pub(crate) fn zone(&self, node: &NodeName) -> Option<TimeZone> {
        let mut all = self.0.iter().filter(|(of, _)| of.node == *node);
        all.next().map(|(_, zone)| zone.clone())
    }

    fn among(&self, nodes: Option<&[NodeName]>) -> impl Iterator<Item = &(Calendar, TimeZone)> {
        let named = move |c: &Calendar| nodes.is_none_or(|nodes| nodes.contains(&c.node));
        self.0.iter().filter(move |(calendar, _)| named(calendar))
    }

    /// The same as [`Calendars::off`] of some states.
    #[must_use]
    pub fn off_among(&self, words: Words, at: Instant, nodes: Option<&[NodeName]>) -> Vec<Off> {
        let mut out: Vec<Off> = Vec::new();
        for (calendar, zone) in self.among(nodes) {
            let day = day_of(at, zone);
            let Some(off) = calendar.day_off(day) else {
                continue;
            };
            let text = reason(words, day, off);
            match out.iter_mut().find(|o| o.text == text) {
                Some(same) => {
                    same.nodes.push_str(", ");
                    same.nodes.push_str(calendar.node.as_str());
                }
                None => out.push(Off {
                    text,
                    nodes: calendar.node.to_string(),
                }),
            }
        }
        out
    }

    /// The same as lines of a page; nothing on a day when all work.
    #[must_use]
    pub fn show(&self, words: Words, at: Instant) -> Markup {
        html! { @for off in self.off(words, at) { small.off { (off.text) " (" bdi { (off.nodes) } ")" } } }
    }
}

/// The day there. A promised day ends with the day in UTC and is that day everywhere.
fn day_of(at: Instant, zone: &TimeZone) -> Date {
    let stamp = stamp(at);
    if end_of_a_day(at) {
        Offset::UTC.to_datetime(stamp).date()
    } else {
        zone.to_datetime(stamp).date()
    }
}

fn reason(words: Words, day: Date, off: DayOff<'_>) -> String {
    let date = words.date(i64::from(day.day()), day.month(), None);
    let day = words.two("weekday-date", &words.weekday(day.weekday()), &date);
    let day = words.composed(&day);
    match off {
        DayOff::Holiday(name) => words.two("off-holiday", &day, name.get(words.lang)),
        DayOff::Rest => words.s("off-rest", &day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Digits;
    use entente_core::calendar::{HolidayName, When};
    use entente_core::label::Lang;
    use jiff::civil::Weekday;

    fn calendars() -> Calendars {
        let labour = HolidayName {
            fr: "Fête du Travail".into(),
            ar: "عيد الشغل".into(),
            en: "Labour Day".into(),
        };
        let of = |node: &str, zone: &str, holiday: &str| Calendar {
            node: node.parse().unwrap(),
            zone: zone.into(),
            rest: vec![Weekday::Saturday, Weekday::Sunday],
            holidays: vec![(When::parse(holiday).unwrap(), labour.clone())],
        };
        Calendars::new(&[
            of("fr", "Europe/Paris", "05-01"),
            of("ma", "Africa/Casablanca", "05-01"),
            of("es", "America/New_York", "12-06"),
        ])
    }

    fn off(time: &str) -> Vec<(String, String)> {
        let at: jiff::Timestamp = time.parse().unwrap();
        let words = Words::new(Lang::En, Digits::Latin);
        let found = calendars().off(words, Instant(at.as_millisecond()));
        found.into_iter().map(|o| (o.text, o.nodes)).collect()
    }

    fn said(text: &str, nodes: &str) -> (String, String) {
        (text.to_owned(), nodes.to_owned())
    }

    #[test]
    fn a_due_time_says_who_does_not_work_then() {
        assert_eq!(off("2026-11-25T10:00:00Z"), []);
        assert_eq!(
            off("2026-05-01T10:00:00Z"),
            [said("Friday 1 May, holiday: Labour Day", "fr, ma")]
        );
        assert_eq!(
            off("2026-11-28T12:00:00Z"),
            [said("Saturday 28 Nov, day of rest", "fr, ma, es")]
        );
    }

    #[test]
    fn each_state_has_its_own_day_but_a_promised_day_is_one() {
        // Friday evening in New York is Saturday already in Paris and Rabat.
        assert_eq!(
            off("2026-11-28T00:30:00Z"),
            [said("Saturday 28 Nov, day of rest", "fr, ma")]
        );
        // "By Friday 27 November" ends at the end of that day in UTC, which is Saturday in Paris.
        assert_eq!(off("2026-11-27T23:59:59.999Z"), []);
    }
}
