//! Days of the Islamic calendar as they are computed, for reading beside Gregorian ones.
//!
//! The *arithmetic* (tabular, civil) calendar: years of 354 days with 11 leap years of 355 in each 30, counted from Friday 16 July 622 (Julian), as in
//! E. M. Reingold and N. Dershowitz, *Calendrical Calculations*, chapter "The Islamic Calendar". Months that are announced after the moon was seen
//! begin on the same day, or a day before or after: whoever shows such a date says that it is computed. Nothing is decided by it.

use jiff::civil::Date;

/// The day before the first of the calendar, in days since 1 January of the year 1 (Gregorian, proleptic), which is day 1.
const BEFORE_FIRST: i64 = 227_014;
/// 1 January 1970, counted the same way.
const UNIX_DAY: i64 = 719_163;
/// Days of a cycle, and years of it.
const CYCLE: (i64, i64) = (10_631, 30);

/// A day of the arithmetic Islamic calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hijri {
    /// The year of the Hijra, from 1.
    pub year: i64,
    /// 1 (Muharram) to 12 (Dhu al-Hijja).
    pub month: i8,
    /// 1 to 30.
    pub day: i8,
}

impl Hijri {
    /// The day as it is computed; nothing before the first day of the calendar.
    #[must_use]
    pub fn of(date: Date) -> Option<Self> {
        let (cycle, years) = CYCLE;
        let since = fixed(date) - BEFORE_FIRST - 1;
        if since < 0 {
            return None;
        }
        let year = (since * years + 10_646) / cycle;
        let in_year = since - (first_of(year, 1) - BEFORE_FIRST - 1);
        let month = (11 * in_year + 330) / 325;
        let day = fixed(date) - first_of(year, month) + 1;
        Some(Self {
            year,
            month: i8::try_from(month).ok()?,
            day: i8::try_from(day).ok()?,
        })
    }
}

/// Days since 1 January of the year 1, which is day 1.
fn fixed(date: Date) -> i64 {
    let unix = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    unix + UNIX_DAY
}

/// The first day of a month, counted the same way.
fn first_of(year: i64, month: i64) -> i64 {
    let (_, years) = CYCLE;
    BEFORE_FIRST + (year - 1) * 354 + (3 + 11 * year) / years + 29 * (month - 1) + month / 2 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Pairs of Calendrical Calculations, appendix C (sample data), those after the Hijra.
    /// Take out: `month / 2`, or `10_646`.
    #[test]
    fn days_are_those_of_the_published_table() {
        let table = [
            ((694, 11, 10), (75, 7, 13)),
            ((1013, 4, 25), (403, 10, 5)),
            ((1096, 5, 24), (489, 5, 22)),
            ((1190, 3, 23), (586, 2, 7)),
            ((1240, 3, 10), (637, 8, 7)),
            ((1288, 4, 2), (687, 2, 20)),
            ((1298, 4, 27), (697, 7, 7)),
            ((1391, 6, 12), (793, 7, 1)),
            ((1436, 2, 3), (839, 7, 6)),
            ((1492, 4, 9), (897, 6, 1)),
            ((1553, 9, 19), (960, 9, 30)),
            ((1560, 3, 5), (967, 5, 27)),
            ((1648, 6, 10), (1058, 5, 18)),
            ((1680, 6, 30), (1091, 6, 2)),
            ((1716, 7, 24), (1128, 8, 4)),
            ((1768, 6, 19), (1182, 2, 3)),
            ((1819, 8, 2), (1234, 10, 10)),
            ((1839, 3, 27), (1255, 1, 11)),
            ((1903, 4, 19), (1321, 1, 21)),
            ((1929, 8, 25), (1348, 3, 19)),
            ((1941, 9, 29), (1360, 9, 8)),
            ((1943, 4, 19), (1362, 4, 13)),
            ((1943, 10, 7), (1362, 10, 7)),
            ((1992, 3, 17), (1412, 9, 13)),
            ((1996, 2, 25), (1416, 10, 5)),
            ((2038, 11, 10), (1460, 10, 12)),
            ((2094, 7, 18), (1518, 3, 5)),
        ];
        for ((y, m, d), (year, month, day)) in table {
            let found = Hijri::of(date(y, m, d));
            assert_eq!(found, Some(Hijri { year, month, day }), "{y}-{m}-{d}");
        }
        assert_eq!(Hijri::of(date(622, 7, 18)), None);
        let first = Hijri {
            year: 1,
            month: 1,
            day: 1,
        };
        assert_eq!(Hijri::of(date(622, 7, 19)), Some(first));
    }

    proptest! {
        /// The calendar goes on by one day each day, and months and years have the lengths that they can have.
        /// Take out: `+ 330`.
        #[test]
        fn each_day_follows_the_day_before(days in 0_i64..600_000) {
            let here = date(622, 7, 19).checked_add(days.days()).unwrap();
            let (today, next) = (Hijri::of(here).unwrap(), Hijri::of(here.tomorrow().unwrap()).unwrap());
            prop_assert!((1..=30).contains(&today.day) && (1..=12).contains(&today.month));
            let goes_on = Hijri { day: today.day + 1, ..today };
            let begins = match today.month {
                12 => Hijri { year: today.year + 1, month: 1, day: 1 },
                month => Hijri { month: month + 1, day: 1, ..today },
            };
            prop_assert!(next == goes_on || (next == begins && today.day >= 29));
        }
    }
}
