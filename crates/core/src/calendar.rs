//! Working days of a state: its weekly rest and its holidays, as data that an operator fills.
//!
//! For display only. Clocks count in calendar time and no fold asks a calendar: a due time on a holiday stays due, and the page says
//! that it is one. Days are civil days; whoever shows an instant knows the time zone and asks for the day there.

use crate::ids::NodeName;
use crate::label::Lang;
use jiff::civil::{Date, Weekday};

/// Most holidays of one calendar, so that a mistaken file is refused and not searched for ever.
pub const MAX_HOLIDAYS: usize = 1_000;

/// A holiday's name in the three languages of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayName {
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
    /// English.
    pub en: String,
}

impl HolidayName {
    /// The name in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Every year, on this month and day.
    Yearly {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// On this day of one year: holidays that move, such as those that follow the moon and are announced.
    On(Date),
}

impl When {
    /// Reads `MM-DD` as every year, `YYYY-MM-DD` as one day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped =
            |len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if shaped(10) {
            return text.parse().ok().map(Self::On);
        }
        // A leap year, so that 29 February is a day.
        let day: Date = format!("2024-{text}").parse().ok().filter(|_| shaped(5))?;
        Some(Self::Yearly {
            month: day.month(),
            day: day.day(),
        })
    }

    fn is(self, date: Date) -> bool {
        match self {
            Self::Yearly { month, day } => date.month() == month && date.day() == day,
            Self::On(on) => on == date,
        }
    }
}

/// The working days of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The node whose state it is.
    pub node: NodeName,
    /// Time zone in which its days begin, by IANA name. Used by whoever shows instants, never here.
    pub zone: String,
    /// Days of weekly rest.
    pub rest: Vec<Weekday>,
    /// Holidays: at most [`MAX_HOLIDAYS`].
    pub holidays: Vec<(When, HolidayName)>,
}

/// Why a state does not work on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff<'a> {
    /// A holiday with its name.
    Holiday(&'a HolidayName),
    /// Weekly rest.
    Rest,
}

impl Calendar {
    /// Why nobody works here on this day; nothing if it is a working day. A holiday on a day of rest is a holiday.
    #[must_use]
    pub fn day_off(&self, date: Date) -> Option<DayOff<'_>> {
        let holiday = self.holidays.iter().find(|(when, _)| when.is(date));
        match holiday {
            Some((_, name)) => Some(DayOff::Holiday(name)),
            None => self.rest.contains(&date.weekday()).then_some(DayOff::Rest),
        }
    }
}

/// Most days that are looked at for some that all work on.
pub const MAX_WINDOW: u16 = 366;

/// The first days, of so many from one day on, on which every one of these states works. Nothing but working weeks and holidays is asked: nobody's
/// diary. At most `most` days of at most [`MAX_WINDOW`] are found, the earliest first; without a calendar every day is one.
#[must_use]
pub fn working_days(calendars: &[&Calendar], from: Date, window: u16, most: usize) -> Vec<Date> {
    let mut found = Vec::new();
    let mut day = Some(from);
    for _ in 0..window.min(MAX_WINDOW) {
        let Some(here) = day.filter(|_| found.len() < most) else {
            break;
        };
        if calendars.iter().all(|one| one.day_off(here).is_none()) {
            found.push(here);
        }
        day = here.tomorrow().ok();
    }
    found
}

/// The day of the week of its English name, such as `saturday`.
#[must_use]
pub fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn calendar() -> Calendar {
        let name = |en: &str| HolidayName {
            fr: format!("{en} fr"),
            ar: format!("{en} ar"),
            en: en.to_owned(),
        };
        Calendar {
            node: "fr".parse().unwrap(),
            zone: "Europe/Paris".into(),
            rest: vec![Weekday::Saturday, Weekday::Sunday],
            holidays: vec![
                (When::parse("05-01").unwrap(), name("Labour Day")),
                (When::parse("2026-05-14").unwrap(), name("Ascension")),
            ],
        }
    }

    #[test]
    fn a_day_off_is_a_holiday_or_rest_and_a_holiday_names_itself() {
        let calendar = calendar();
        let holiday = |d: Date| match calendar.day_off(d) {
            Some(DayOff::Holiday(name)) => Some(name.get(Lang::En).to_owned()),
            _ => None,
        };
        for year in [2026, 2027] {
            assert_eq!(holiday(date(year, 5, 1)).as_deref(), Some("Labour Day"));
        }
        assert_eq!(holiday(date(2026, 5, 14)).as_deref(), Some("Ascension"));
        assert_eq!(calendar.day_off(date(2027, 5, 14)), None, "a moved holiday");
        assert_eq!(calendar.day_off(date(2026, 5, 2)), Some(DayOff::Rest));
        assert_eq!(calendar.day_off(date(2026, 5, 4)), None);
        assert!(
            matches!(calendar.day_off(date(2027, 5, 1)), Some(DayOff::Holiday(_))),
            "a Saturday that is a holiday is a holiday"
        );
    }

    fn other() -> Calendar {
        Calendar {
            node: "ma".parse().unwrap(),
            zone: "Africa/Casablanca".into(),
            rest: vec![Weekday::Friday, Weekday::Sunday],
            holidays: vec![(
                When::parse("07-30").unwrap(),
                calendar().holidays[0].1.clone(),
            )],
        }
    }

    proptest! {
        /// What is suggested is a working day of both, in order, within the window, and no earlier one was passed over.
        /// Take out: `all` for `any`, the window, `most`, or `tomorrow`.
        #[test]
        fn days_that_suit_both_states_are_found_in_order(start in 0_i64..2_000, window in 0_u16..60, most in 0_usize..8) {
            let (one, two) = (calendar(), other());
            let from = date(2026, 1, 1).checked_add(start.days()).unwrap();
            let end = from.checked_add(i64::from(window).days()).unwrap();
            let found = working_days(&[&one, &two], from, window, most);
            prop_assert_eq!(&found, &working_days(&[&two, &one], from, window, most));
            prop_assert!(found.len() <= most && found.windows(2).all(|pair| pair[0] < pair[1]));
            let works = |day: Date| one.day_off(day).is_none() && two.day_off(day).is_none();
            prop_assert!(found.iter().all(|day| works(*day) && *day >= from && *day < end));
            let stop = match found.len() == most { true => found.last().copied().unwrap_or(from), false => end };
            let between = from.series(1.day()).take_while(|day| *day < stop).filter(|day| works(*day)).count();
            prop_assert_eq!(between, match found.len() == most && most > 0 { true => most - 1, false => found.len() });
        }
    }

    #[test]
    fn days_are_read_strictly() {
        assert_eq!(
            When::parse("02-29"),
            Some(When::Yearly { month: 2, day: 29 })
        );
        for text in [
            "02-30",
            "5-1",
            "13-01",
            "2026-02-29",
            "May 1",
            "",
            "05-01-01",
            "٠٥-٠١",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
        assert_eq!(weekday("friday"), Some(Weekday::Friday));
        assert_eq!(weekday("Friday"), None);
    }
}
