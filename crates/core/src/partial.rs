//! A date known in part, as people know dates: a year, a month of it, or a day. Nothing is made up for what is not known.

use jiff::civil::Date;
use std::fmt;

/// A year, with its month and day as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// From 1000 to 9999.
    pub year: i16,
    /// From 1 to 12.
    pub month: Option<i8>,
    /// From 1; only with a month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; nothing if it is none of these, or no date of the calendar.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = part(parts.next())?;
        let day = part(parts.next())?;
        if parts.next().is_some() || year < 1000 {
            return None;
        }
        let read = Self { year, month, day };
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(read)
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn first(self) -> Date {
        let day = Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        day.unwrap_or(Date::MIN)
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn last(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            _ => self.first().last_of_year(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// So many digits and nothing else.
fn digits<T: std::str::FromStr>(text: &str, many: usize) -> Option<T> {
    let all = text.len() == many && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

/// A month or a day that may be missing; outer nothing for one that is wrong.
fn part(text: Option<&str>) -> Option<Option<i8>> {
    match text {
        None => Some(None),
        Some(text) => digits(text, 2).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        let days = |text: &str| {
            let read = PartialDate::parse(text).unwrap();
            (read.first().to_string(), read.last().to_string())
        };
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(days("1984"), two("1984-01-01", "1984-12-31"));
        assert_eq!(days("1984-02"), two("1984-02-01", "1984-02-29"));
        assert_eq!(days("1984-02-03"), two("1984-02-03", "1984-02-03"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for wrong in [
            "",
            "84",
            "0984",
            "1984-",
            "1984-2",
            "1984-13",
            "1984-00",
            "1983-02-29",
            "1984-02-03-04",
            "-1984",
            "+984",
            "1984-02-3",
            "١٩٨٤",
        ] {
            assert_eq!(PartialDate::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// What is read is written again as it was, and whatever is read begins no later than it ends.
        #[test]
        fn partial_dates_come_back(text in "[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?") {
            if let Some(read) = PartialDate::parse(&text) {
                prop_assert_eq!(read.to_string(), text);
                prop_assert!(read.first() <= read.last());
            }
        }
    }
}
