//! Days of the Gregorian calendar, without a time zone: what a link is dated by.

use std::fmt;
use std::str::FromStr;

/// A day, as days since 1970-01-01. Written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The first and the last day of which something is said; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First day.
    pub from: Option<Day>,
    /// Last day, itself included.
    pub until: Option<Day>,
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

impl Span {
    /// Whether nothing is said of time.
    #[must_use]
    pub fn undated(self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Whether the two have a day in common; an open end reaches any day.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let before = |end: Option<Day>, start: Option<Day>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.until, other.from) && !before(other.until, self.from)
    }
}
