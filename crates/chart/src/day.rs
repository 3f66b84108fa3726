//! Days of the Gregorian calendar, without a time zone, and dates known in part: what a link is dated by. A date is kept as exact as it was
//! written; days are made of it only where it is compared.

use std::fmt;
use std::str::FromStr;

/// A day, as days since 1970-01-01. Written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Exact {
    Year,
    Month,
    Day,
}

/// A date as it was written: a year, a month of it, or a day. Written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as reduced precision is in ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dated {
    /// The first day that it can mean.
    first: Day,
    exact: Exact,
}

/// From when until when something is said; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Since when.
    pub from: Option<Dated>,
    /// Until when, itself included.
    pub until: Option<Dated>,
}

impl Day {
    /// The day so many days after 1970-01-01, within the years 1 to 9999.
    #[must_use]
    pub fn new(days: i32) -> Option<Self> {
        (-719_162..=2_932_896).contains(&days).then_some(Self(days))
    }

    /// The day of a date; `None` where there is none.
    #[must_use]
    pub fn of(year: i32, month: i32, day: i32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        // Years begin in March, so that the leap day is the last of its year (H. Hinnant, "chrono-compatible low-level date algorithms").
        let y = if month <= 2 { year - 1 } else { year };
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted + 2) / 5 + day - 1;
        let found = Self(
            y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + of_year - 719_468,
        );
        // The 30th of February would be a day of March.
        (found.date() == (year, month, day)).then_some(found)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i32 {
        self.0
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i32, i32, i32) {
        let since = self.0 + 719_468;
        let era = since.div_euclid(146_097);
        let of_era = since.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '-').map(|part| {
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| part.parse::<i32>().ok())
                .flatten()
        });
        let (Some(year), Some(month), Some(day)) = (
            parts.next().flatten(),
            parts.next().flatten(),
            parts.next().flatten(),
        ) else {
            return Err(());
        };
        Self::of(year, month, day).ok_or(())
    }
}

impl Dated {
    /// The first day that it can mean.
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn last(self) -> Day {
        let (year, month, _) = self.first.date();
        let next = match self.exact {
            Exact::Day => return self.first,
            Exact::Month => Day::of(year + month / 12, month % 12 + 1, 1),
            Exact::Year => Day::of(year + 1, 1, 1),
        };
        // After the last month that there is, the last day that there is.
        Day(next.map_or(2_932_896, |next| next.0 - 1))
    }
}

impl From<Day> for Dated {
    fn from(first: Day) -> Self {
        Self {
            first,
            exact: Exact::Day,
        }
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.date();
        match self.exact {
            Exact::Year => write!(f, "{year:04}"),
            Exact::Month => write!(f, "{year:04}-{month:02}"),
            Exact::Day => write!(f, "{}", self.first),
        }
    }
}

impl FromStr for Dated {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (exact, whole) = match text.bytes().filter(|b| *b == b'-').count() {
            0 => (Exact::Year, format!("{text}-01-01")),
            1 => (Exact::Month, format!("{text}-01")),
            _ => (Exact::Day, text.to_owned()),
        };
        let first = whole.parse()?;
        Ok(Self { first, exact })
    }
}

impl Span {
    /// Whether nothing is said of time.
    #[must_use]
    pub fn undated(self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Whether the two can have a day in common: a date known in part may be any day that it can mean, an open end reaches any day.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        !before(self.until.map(Dated::last), other.from.map(Dated::first))
            && !before(other.until.map(Dated::last), self.from.map(Dated::first))
    }

    /// Whether the two have a day in common whichever days the dates of this one mean; of the other, every day is taken.
    #[must_use]
    pub fn surely_meets(self, other: Self) -> bool {
        let (first, last) = self.clamped();
        !before(last, other.from.map(Dated::first)) && !before(other.until.map(Dated::last), first)
    }

    /// The latest day that it can begin and the earliest that it can end: it does not begin after it ended, so that each end bounds what the
    /// other can mean.
    fn clamped(self) -> (Option<Day>, Option<Day>) {
        let (Some(from), Some(until)) = (self.from, self.until) else {
            return (self.from.map(Dated::last), self.until.map(Dated::first));
        };
        let begins = from.last().min(until.last());
        let ends = until.first().max(from.first());
        (Some(begins), Some(ends))
    }
}

fn before(end: Option<Day>, start: Option<Day>) -> bool {
    matches!((end, start), (Some(end), Some(start)) if end < start)
}
