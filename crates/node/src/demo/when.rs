//! Days and moments of the story, counted from the demonstration's end, which is now.

use entente_core::instant::Span;
use jiff::civil::DateTime;

use crate::clock::SystemClock;

fn after(span: Span) -> DateTime {
    let at = SystemClock::read() + span;
    let stamp =
        jiff::Timestamp::from_second(at.0.div_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    stamp.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime()
}

/// A day so many days after the demonstration's end, `YYYY-MM-DD`.
pub fn day(days: i64) -> String {
    after(Span::days(days)).date().to_string()
}

/// A moment so many hours after the demonstration's end, at the full hour before it, UTC.
pub fn hour(hours: i64) -> String {
    let at = after(Span::hours(hours));
    format!("{}T{:02}:00", at.date(), at.hour())
}

/// A moment of a day so many days after the demonstration's end, UTC.
pub fn at(days: i64, time: &str) -> String {
    format!("{}T{time}", day(days))
}
