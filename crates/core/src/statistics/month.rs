//! Months of the calendar in UTC: the only parameter that published statistics have.

use crate::instant::Instant;
use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Months of a year.
const OF_YEAR: i32 = 12;
/// Years that are written with four digits.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// A month in UTC, such as `2026-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Counted from January of the year 0.
    count: i32,
}

/// What is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month as YYYY-MM")]
pub struct NoMonth;

impl Month {
    /// The month that an instant is in.
    #[must_use]
    pub fn at(instant: Instant) -> Self {
        let stamp = Timestamp::from_millisecond(instant.0).unwrap_or(Timestamp::UNIX_EPOCH);
        let civil = Offset::UTC.to_datetime(stamp);
        Self {
            count: i32::from(civil.year()) * OF_YEAR + i32::from(civil.month()) - 1,
        }
    }
    /// So many months before this one.
    #[must_use]
    pub fn before(self, months: u16) -> Self {
        Self {
            count: self.count.saturating_sub(i32::from(months)),
        }
    }
    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self {
            count: self.count.saturating_add(1),
        }
    }
    /// Its first instant.
    #[must_use]
    pub fn begins(self) -> Instant {
        let first: Option<jiff::civil::Date> = format!("{self}-01").parse().ok();
        let stamp = first.and_then(|day| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok());
        Instant(stamp.map_or(0, Timestamp::as_millisecond))
    }
    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.count.div_euclid(OF_YEAR)
    }
    /// 1 for January, 12 for December.
    #[must_use]
    pub fn of_year(self) -> i8 {
        i8::try_from(self.count.rem_euclid(OF_YEAR) + 1).unwrap_or(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.split_once('-').ok_or(NoMonth)?;
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<i32>().ok()).flatten()
        };
        let (year, month) = number(year, 4).zip(number(month, 2)).ok_or(NoMonth)?;
        if !YEARS.contains(&year) || !(1..=OF_YEAR).contains(&month) {
            return Err(NoMonth);
        }
        Ok(Self {
            count: year * OF_YEAR + month - 1,
        })
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_it_is_written_and_nothing_else_is() {
        let month: Month = "2026-10".parse().unwrap();
        assert_eq!((month.year(), month.of_year()), (2026, 10));
        assert_eq!(month.to_string(), "2026-10");
        assert_eq!(month.next().before(1), month);
        assert_eq!(month.before(10).to_string(), "2025-12");
        for text in [
            "",
            "2026",
            "2026-1",
            "2026-13",
            "2026-00",
            "1969-12",
            "2026-10-01",
            "+026-10",
            "２０２６-10",
        ] {
            assert_eq!(text.parse::<Month>(), Err(NoMonth), "{text}");
        }
    }

    #[test]
    fn a_month_begins_where_the_one_before_ends() {
        let month: Month = "2024-02".parse().unwrap();
        let (begins, ends) = (month.begins(), month.next().begins());
        assert_eq!((ends - begins).0, 29 * 86_400_000);
        assert_eq!(Month::at(begins), month);
        assert_eq!(Month::at(Instant(ends.0 - 1)), month);
        assert_eq!(Month::at(ends), month.next());
        assert_eq!(Month::at(Instant(0)).to_string(), "1970-01");
    }
}
