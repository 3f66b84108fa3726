//! Notices: what an officer is told by mail, and when (docs/notices.md). A mail passes servers of others and lies on a telephone: it says what its
//! channel's class permits and nothing else. Nothing here has a field for a title, a name or a text, so that none can get out.

use crate::calendar::Calendar;
use crate::codes::{Ask, Class, Purpose, codes};
use crate::instant::{Instant, Span};
use crate::kinds::rights;
use crate::label::Label;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// What is due within this time is due soon, and a meeting within it is ahead.
pub const SOON: Span = Span::days(7);
/// Most obligations that are told one by one.
pub const MOST_LINES: usize = 10;

/// A dossier as far as it decides what may be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its group of purposes.
    pub purpose: Purpose,
    /// Its kind.
    pub kind: String,
    /// Highest class of its entries.
    pub ceiling: Class,
}

/// How much a mail says of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// A line: number, kind, what is asked, when it is due.
    Line,
    /// It is counted, by what is to be done.
    Count,
    /// That there is something: no figure, since in a small service a figure of persons helped is one already.
    Something,
}

impl Place {
    /// How much a channel of this class may say of what is in it.
    #[must_use]
    pub fn telling(&self, channel: Class) -> Telling {
        if self.kind == rights::KIND.name {
            return Telling::Something;
        }
        match self.purpose {
            Purpose::Support | Purpose::Rescue => Telling::Something,
            Purpose::Justice | Purpose::Governance if self.ceiling <= channel => Telling::Line,
            Purpose::Justice | Purpose::Governance => Telling::Count,
        }
    }
}

/// What could be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// An obligation where it is the reader's side's turn.
    Owed {
        /// Where.
        place: Place,
        /// Number for reading.
        number: String,
        /// What is asked.
        ask: Ask,
        /// Due at, UTC.
        due: Option<Instant>,
        /// Late now.
        overdue: bool,
    },
    /// A dossier in which the other side wrote since the reader was told last.
    Fresh(Place),
    /// A meeting ahead.
    Meeting(Place),
}

/// An obligation told by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Number for reading.
    pub number: String,
    /// Kind of its dossier.
    pub kind: String,
    /// What is asked.
    pub ask: Ask,
    /// Due at, UTC.
    pub due: Option<Instant>,
    /// Late now.
    pub overdue: bool,
}

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Obligations past their date.
    pub overdue: u64,
    /// Obligations due within [`SOON`].
    pub soon: u64,
    /// All other open obligations.
    pub later: u64,
    /// Dossiers with something new.
    pub fresh: u64,
    /// Meetings within [`SOON`].
    pub meetings: u64,
    /// Whether there is something that is not even counted.
    pub something: bool,
    /// What may be told by itself, the most pressing first: at most [`MOST_LINES`].
    pub lines: Vec<Line>,
}

impl Digest {
    /// What a channel of this class may say of these.
    #[must_use]
    pub fn of(matters: impl IntoIterator<Item = Matter>, channel: Class, now: Instant) -> Self {
        let mut out = Self::default();
        for matter in matters {
            out.add(matter, channel, now);
        }
        out.lines.sort_by(|a, b| {
            (a.due.is_none(), a.due, &a.number).cmp(&(b.due.is_none(), b.due, &b.number))
        });
        out.lines.truncate(MOST_LINES);
        out
    }

    fn add(&mut self, matter: Matter, channel: Class, now: Instant) {
        let place = match &matter {
            Matter::Owed { place, .. } | Matter::Fresh(place) | Matter::Meeting(place) => place,
        };
        let telling = place.telling(channel);
        match telling {
            Telling::Something => self.something = true,
            Telling::Count | Telling::Line => self.count(&matter, now),
        }
        if let (
            Telling::Line,
            Matter::Owed {
                place,
                number,
                ask,
                due,
                overdue,
            },
        ) = (telling, matter)
        {
            let kind = place.kind;
            self.lines.push(Line {
                number,
                kind,
                ask,
                due,
                overdue,
            });
        }
    }

    fn count(&mut self, matter: &Matter, now: Instant) {
        let place = match matter {
            Matter::Owed { overdue: true, .. } => &mut self.overdue,
            Matter::Owed { due: Some(due), .. } if *due <= now + SOON => &mut self.soon,
            Matter::Owed { .. } => &mut self.later,
            Matter::Fresh(_) => &mut self.fresh,
            Matter::Meeting(_) => &mut self.meetings,
        };
        *place += 1;
    }

    /// Whether there is nothing to say: then no mail is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

codes! {
    /// How often somebody is told.
    Frequency {
        /// Never.
        Never = 0, "never", "jamais", "أبدا", "never";
        /// On every working day.
        Daily = 1, "daily", "chaque jour ouvré", "كل يوم عمل", "every working day";
        /// On the first working day of a week.
        Weekly = 2, "weekly", "chaque semaine, le premier jour ouvré", "كل أسبوع في أول يوم عمل", "weekly, on the first working day";
    }
}

/// When an officer wishes to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// How often.
    pub frequency: Frequency,
    /// At which hour, 0 to 23.
    pub hour: i8,
    /// Whether also at once, when something becomes late.
    pub at_once: bool,
    /// From which hour to which nothing is sent, over midnight too; the second is the first at which something is sent again.
    pub quiet: Option<(i8, i8)>,
    /// Whether what is urgent is sent in quiet hours and on days without work too.
    pub urgent: bool,
    /// IANA time zone of these hours.
    pub zone: String,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            frequency: Frequency::Daily,
            hour: 8,
            at_once: false,
            quiet: Some((20, 7)),
            urgent: false,
            zone: "UTC".to_owned(),
        }
    }
}

/// The zone of somebody's hours and the working days of their state.
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    /// Zone.
    pub zone: &'a TimeZone,
    /// Working days; every day is one without it.
    pub calendar: Option<&'a Calendar>,
}

impl Days<'_> {
    fn works(&self, day: Date) -> bool {
        self.calendar
            .is_none_or(|calendar| calendar.day_off(day).is_none())
    }

    fn local(&self, at: Instant) -> Option<DateTime> {
        let stamp = jiff::Timestamp::from_millisecond(at.0).ok()?;
        Some(self.zone.to_datetime(stamp))
    }

    /// Whether no day before it in its week, which begins on Monday, was worked on.
    fn first_of_week(&self, day: Date) -> bool {
        let mut before = day;
        while before.weekday() != Weekday::Monday {
            let Ok(earlier) = before.yesterday() else {
                return true;
            };
            if self.works(earlier) {
                return false;
            }
            before = earlier;
        }
        true
    }
}

/// How many days are looked at for the next one: more than any state rests.
const AHEAD: u16 = 60;

impl Wishes {
    /// Whether hours are hours.
    #[must_use]
    pub fn are_whole(&self) -> bool {
        let hour = |h: i8| (0..24).contains(&h);
        hour(self.hour)
            && self
                .quiet
                .is_none_or(|(from, to)| hour(from) && hour(to) && from != to)
    }

    /// Whether mail may be sent at an instant: outside quiet hours, on a working day.
    #[must_use]
    pub fn open(&self, at: Instant, days: Days<'_>) -> bool {
        let local = days.local(at);
        local.is_some_and(|local| days.works(local.date()) && !self.is_quiet(local.hour()))
    }

    fn is_quiet(&self, hour: i8) -> bool {
        self.quiet.is_some_and(|(from, to)| match from < to {
            true => (from..to).contains(&hour),
            false => hour >= from || hour < to,
        })
    }

    /// The next full hour after an instant at which mail may be sent.
    #[must_use]
    pub fn next_open(&self, after: Instant, days: Days<'_>) -> Option<Instant> {
        let mut day = days.local(after)?.date();
        for _ in 0..AHEAD {
            for hour in 0..24 {
                let at = days.zone.to_timestamp(day.at(hour, 0, 0, 0)).ok()?;
                let at = Instant(at.as_millisecond());
                if at > after && self.open(at, days) {
                    return Some(at);
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// When to tell next, after an instant; none if never. An hour that is quiet gives way to the end of the quiet.
    #[must_use]
    pub fn next(&self, after: Instant, days: Days<'_>) -> Option<Instant> {
        if self.frequency == Frequency::Never || !self.are_whole() {
            return None;
        }
        let hour = match self.quiet {
            Some((_, to)) if self.is_quiet(self.hour) => to,
            _ => self.hour,
        };
        let mut day = days.local(after)?.date();
        for _ in 0..AHEAD {
            let fits = self.frequency == Frequency::Daily || days.first_of_week(day);
            if days.works(day) && fits {
                let at = days.zone.to_timestamp(day.at(hour, 0, 0, 0)).ok()?;
                let at = Instant(at.as_millisecond());
                if at > after {
                    return Some(at);
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::When;
    use proptest::prelude::*;

    fn any_place() -> impl Strategy<Value = Place> {
        let kinds = prop::sample::select(vec!["request", "investigation", "meeting", "rights"]);
        let (purposes, classes) = (Purpose::ALL.to_vec(), Class::ALL.to_vec());
        (
            prop::sample::select(purposes),
            kinds,
            prop::sample::select(classes),
        )
            .prop_map(|(purpose, kind, ceiling)| Place {
                purpose,
                kind: kind.to_owned(),
                ceiling,
            })
    }

    fn any_matter() -> impl Strategy<Value = Matter> {
        let owed = (
            any_place(),
            1..9_999u32,
            prop::sample::select(Ask::ALL.to_vec()),
            prop::option::of(0..30i64),
        );
        let owed = owed.prop_map(|(place, number, ask, due)| Matter::Owed {
            place,
            number: format!("ZZ-{number}"),
            ask,
            due: due.map(|d| Instant(0) + Span::days(d)),
            overdue: due == Some(0),
        });
        prop_oneof![
            owed,
            any_place().prop_map(Matter::Fresh),
            any_place().prop_map(Matter::Meeting)
        ]
    }

    fn place_of(matter: &Matter) -> &Place {
        match matter {
            Matter::Owed { place, .. } | Matter::Fresh(place) | Matter::Meeting(place) => place,
        }
    }

    proptest! {
        /// Take out: the class in `Place::telling`, or its arm of rescue or support.
        #[test]
        fn invariant_07_a_line_is_of_a_dossier_that_the_channel_may_carry(
            matters in prop::collection::vec(any_matter(), 0..40),
            channel in prop::sample::select(Class::ALL.to_vec()),
        ) {
            let digest = Digest::of(matters.clone(), channel, Instant(0));
            prop_assert!(digest.lines.len() <= MOST_LINES);
            for line in &digest.lines {
                let of = |m: &&Matter| matches!(m, Matter::Owed { number, place, .. }
                    if *number == line.number && place.ceiling <= channel && place.kind != "rights"
                        && matches!(place.purpose, Purpose::Justice | Purpose::Governance));
                prop_assert!(matters.iter().any(|m| of(&m)), "{line:?}");
            }
        }

        /// Take out: `self.something = true`, or count what is told by a word.
        #[test]
        fn invariant_07_what_helps_persons_changes_no_figure(
            matters in prop::collection::vec(any_matter(), 0..40),
            channel in prop::sample::select(Class::ALL.to_vec()),
        ) {
            let silent = |m: &Matter| place_of(m).telling(channel) == Telling::Something;
            let all = Digest::of(matters.clone(), channel, Instant(0));
            let others = Digest::of(matters.iter().filter(|m| !silent(m)).cloned(), channel, Instant(0));
            prop_assert_eq!(all.something, matters.iter().any(silent));
            prop_assert_eq!(Digest { something: false, ..all.clone() }, others);
            let told = all.overdue + all.soon + all.later + all.fresh + all.meetings;
            prop_assert_eq!(told, matters.iter().filter(|m| !silent(m)).count() as u64);
        }

        /// Take out: `days.works`, or the quiet hour giving way, in `next`.
        #[test]
        fn the_next_time_is_later_and_open(
            after in 0..40_000_000_000i64, hour in 0..24i8, from in 0..24i8, to in 0..24i8, weekly: bool,
        ) {
            let calendar = calendar();
            let zone = TimeZone::get("Africa/Casablanca").unwrap();
            let days = Days { zone: &zone, calendar: Some(&calendar) };
            let frequency = if weekly { Frequency::Weekly } else { Frequency::Daily };
            let wishes = Wishes { frequency, hour, quiet: (from != to).then_some((from, to)), ..Wishes::default() };
            let next = wishes.next(Instant(after), days).unwrap();
            prop_assert!(next > Instant(after) && next - Instant(after) <= Span::days(15));
            prop_assert!(wishes.open(next, days));
        }
    }

    fn calendar() -> Calendar {
        Calendar {
            node: "ma".parse().unwrap(),
            zone: "Africa/Casablanca".to_owned(),
            rest: vec![Weekday::Saturday, Weekday::Sunday],
            holidays: vec![(
                When::parse("2026-11-30").unwrap(),
                crate::calendar::HolidayName {
                    fr: "f".into(),
                    ar: "a".into(),
                    en: "e".into(),
                },
            )],
        }
    }

    fn at(text: &str) -> Instant {
        Instant(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    /// Take out: `first_of_week`, or the calendar.
    #[test]
    fn a_week_begins_with_its_first_working_day() {
        let (calendar, zone) = (calendar(), TimeZone::UTC);
        let days = Days {
            zone: &zone,
            calendar: Some(&calendar),
        };
        let weekly = Wishes {
            frequency: Frequency::Weekly,
            ..Wishes::default()
        };
        // Friday; the Monday after it is a holiday.
        let friday = at("2026-11-27T12:00:00Z");
        assert_eq!(weekly.next(friday, days), Some(at("2026-12-01T08:00:00Z")));
        assert_eq!(
            weekly.next(at("2026-12-01T08:00:00Z"), days),
            Some(at("2026-12-07T08:00:00Z"))
        );
        let daily = Wishes {
            hour: 22,
            ..Wishes::default()
        };
        assert_eq!(
            daily.next(friday, days),
            Some(at("2026-12-01T07:00:00Z")),
            "22 h is quiet"
        );
        let never = Wishes {
            frequency: Frequency::Never,
            ..Wishes::default()
        };
        assert_eq!(never.next(friday, days), None);
    }

    /// Take out: `at > after`, or the day without work, in `next_open`.
    #[test]
    fn what_waits_for_open_hours_waits_for_the_first() {
        let (calendar, zone) = (calendar(), TimeZone::UTC);
        let days = Days {
            zone: &zone,
            calendar: Some(&calendar),
        };
        let wishes = Wishes::default();
        for (after, next) in [
            ("2026-11-26T22:10:00Z", "2026-11-27T07:00:00Z"),
            ("2026-11-27T05:00:00Z", "2026-11-27T07:00:00Z"),
            ("2026-11-27T09:10:00Z", "2026-11-27T10:00:00Z"),
            // Over the weekend and the holiday after it.
            ("2026-11-27T20:00:00Z", "2026-12-01T07:00:00Z"),
        ] {
            assert_eq!(wishes.next_open(at(after), days), Some(at(next)), "{after}");
        }
    }

    /// Take out: the hours over midnight.
    #[test]
    fn quiet_goes_over_midnight() {
        let zone = TimeZone::UTC;
        let days = Days {
            zone: &zone,
            calendar: None,
        };
        let wishes = Wishes::default();
        for (hour, open) in [
            ("06", false),
            ("07", true),
            ("19", true),
            ("20", false),
            ("00", false),
        ] {
            let at = at(&format!("2026-11-27T{hour}:30:00Z"));
            assert_eq!(wishes.open(at, days), open, "{hour}");
        }
    }
}
