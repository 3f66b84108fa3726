//! Dates and times of a calendar: a day, a time wherever one is, a time somewhere, an instant.

use crate::zone::Zones;
use calcard::common::PartialDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// When something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(Date),
    /// A time of day wherever whoever reads it is: no instant (RFC 5545 calls it floating).
    Floating(DateTime),
    /// A local time in a zone, with the instant where the zone is known.
    Zoned {
        /// The local time.
        local: DateTime,
        /// The zone by its name in the file.
        zone: String,
        /// The instant; `None` if nobody knows the zone.
        at: Option<Timestamp>,
    },
    /// An instant.
    Utc(Timestamp),
}

impl When {
    /// Reads a value, in the zone that stands beside it.
    pub(crate) fn from_parts(
        value: &PartialDateTime,
        zone: Option<&str>,
        zones: &Zones,
    ) -> Option<Self> {
        let date = Date::new(
            i16::try_from(value.year?).ok()?,
            i8::try_from(value.month?).ok()?,
            i8::try_from(value.day?).ok()?,
        )
        .ok()?;
        let Some(hour) = value.hour else {
            return Some(Self::Day(date));
        };
        // A leap second is the second before it, as every clock that has none shows it.
        let second = value.second.unwrap_or(0).min(59);
        let time = Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(value.minute.unwrap_or(0)).ok()?,
            i8::try_from(second).ok()?,
            0,
        )
        .ok()?;
        let local = date.to_datetime(time);
        if let Some(hours) = value.tz_hour {
            let minutes = i64::from(hours) * 60 + i64::from(value.tz_minute.unwrap_or(0));
            let minutes = if value.tz_minus { -minutes } else { minutes };
            let utc = local.checked_sub(SignedDuration::from_mins(minutes)).ok()?;
            return Some(Self::Utc(TimeZone::UTC.to_timestamp(utc).ok()?));
        }
        Some(match zone {
            None => Self::Floating(local),
            Some(name) => Self::Zoned {
                local,
                zone: name.to_owned(),
                at: zones.get(name).and_then(|zone| zone.instant(local)),
            },
        })
    }

    /// An instant by milliseconds since the first of January 1970, UTC; `None` beyond the years that calendars name.
    #[must_use]
    pub fn from_ms(ms: i64) -> Option<Self> {
        Timestamp::from_millisecond(ms).ok().map(Self::Utc)
    }

    /// The same, so many minutes later.
    #[must_use]
    pub fn plus_minutes(&self, minutes: i64) -> Option<Self> {
        self.plus(SignedDuration::try_from_mins(minutes)?)
    }

    /// The same, so much later.
    #[must_use]
    pub fn plus(&self, by: SignedDuration) -> Option<Self> {
        Some(match self {
            Self::Day(date) => Self::Day(date.checked_add(by).ok()?),
            Self::Floating(local) => Self::Floating(local.checked_add(by).ok()?),
            Self::Zoned { local, zone, at } => Self::Zoned {
                local: local.checked_add(by).ok()?,
                zone: zone.clone(),
                at: at.and_then(|at| at.checked_add(by).ok()),
            },
            Self::Utc(at) => Self::Utc(at.checked_add(by).ok()?),
        })
    }

    /// The day on which it is, where it is.
    #[must_use]
    pub fn day(&self) -> Date {
        match self {
            Self::Day(date) => *date,
            Self::Floating(local) | Self::Zoned { local, .. } => local.date(),
            Self::Utc(at) => TimeZone::UTC.to_datetime(*at).date(),
        }
    }

    /// The instant, as somebody in this zone means it; a day begins with its first moment there.
    #[must_use]
    pub fn instant_in(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Day(date) => instant(zone, date.to_datetime(Time::midnight())),
            Self::Floating(local) => instant(zone, *local),
            Self::Zoned { at, .. } => *at,
            Self::Utc(at) => Some(*at),
        }
    }

    /// Whether this is before the other, where both can be compared; of two zones, by their instants.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Day(here), Self::Day(there)) => Some(here < there),
            (Self::Floating(here), Self::Floating(there)) => Some(here < there),
            (
                Self::Zoned {
                    local: here,
                    zone: a,
                    ..
                },
                Self::Zoned {
                    local: there,
                    zone: b,
                    ..
                },
            ) if a == b => Some(here < there),
            _ => Some(self.fixed()? < other.fixed()?),
        }
    }

    fn fixed(&self) -> Option<Timestamp> {
        match self {
            Self::Zoned { at, .. } => *at,
            Self::Utc(at) => Some(*at),
            Self::Day(_) | Self::Floating(_) => None,
        }
    }
}

/// The instant of a local time. One that a change of clocks leaves out or repeats is taken with the offset of before the change
/// (RFC 5545 section 3.3.5).
pub(crate) fn instant(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    let found = zone.to_ambiguous_timestamp(local);
    let offset = match found.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    offset.to_timestamp(local).ok()
}
