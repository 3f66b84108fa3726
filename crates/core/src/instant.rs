//! Instants and spans in UTC milliseconds. No time zones here: folds use UTC and integers only (rule 8).

use crate::label::Lang;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Encode,
    Decode,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Instant(#[n(0)] pub i64);

/// A length of time in milliseconds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode, Serialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Span(#[n(0)] pub i64);

impl Span {
    /// So many minutes.
    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self(n * 60_000)
    }
    /// So many hours.
    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self(n * 3_600_000)
    }
    /// So many calendar days of 24 hours.
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self(n * 86_400_000)
    }
    /// Reads a length of time as people write it: `8h`, `7d`, `30min`, `1d 12h` or ISO 8601 (`PT8H`). A day has 24 hours; months
    /// and years have no fixed length and are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let span: jiff::Span = text.trim().parse().ok()?;
        if span.get_years() != 0 || span.get_months() != 0 {
            return None;
        }
        let length = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours());
        i64::try_from(length.ok()?.as_millis()).ok().map(Self)
    }
    /// The length as [`Span::parse`] reads it, in its largest whole unit.
    #[must_use]
    pub fn text(self) -> String {
        let (count, unit) = self.in_whole_units();
        format!("{count}{unit}")
    }
    /// The length in words, in its largest whole unit.
    #[must_use]
    pub fn in_words(self, lang: Lang) -> String {
        let (count, unit) = self.in_whole_units();
        let unit = match (unit, lang) {
            ("d", Lang::Fr) => "j",
            ("d", Lang::Ar) => "يوم",
            ("h", Lang::Ar) => "ساعة",
            ("min", Lang::Ar) => "دقيقة",
            ("s", Lang::Ar) => "ثانية",
            ("ms", Lang::Ar) => "ملي ثانية",
            (unit, _) => unit,
        };
        format!("{count} {unit}")
    }
    /// How many of the largest unit in which the length is whole: `d`, `h`, `min`, `s` or `ms`.
    #[must_use]
    pub const fn in_whole_units(self) -> (i64, &'static str) {
        match self.0 {
            0 => (0, "min"),
            n if n % 86_400_000 == 0 => (n / 86_400_000, "d"),
            n if n % 3_600_000 == 0 => (n / 3_600_000, "h"),
            n if n % 60_000 == 0 => (n / 60_000, "min"),
            n if n % 1_000 == 0 => (n / 1_000, "s"),
            n => (n, "ms"),
        }
    }
    /// Whole hours, rounded down.
    #[must_use]
    pub const fn whole_hours(self) -> i64 {
        self.0.div_euclid(3_600_000)
    }
}

/// Milliseconds, or text as [`Span::parse`] reads it.
impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Milliseconds(i64),
            Text(String),
        }
        match Written::deserialize(d) {
            Ok(Written::Milliseconds(n)) => Some(Self(n)),
            Ok(Written::Text(text)) => Self::parse(&text),
            Err(_) => None,
        }
        .ok_or_else(|| serde::de::Error::custom("a length of time is written 30min, 8h or 7d"))
    }
}

impl Instant {
    /// Reads a moment in UTC as forms and files write it: `2026-11-25T14:30`, with or without seconds and a final `Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('Z').unwrap_or(text);
        // An offset or a zone would be read and not counted: a moment is in UTC or is none.
        let (_, time) = text.split_once('T')?;
        if !time.chars().all(|c| c.is_ascii_digit() || c == ':') {
            return None;
        }
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let at = jiff::tz::Offset::UTC.to_timestamp(civil).ok()?;
        Some(Self(at.as_millisecond()))
    }

    /// The moment in UTC as [`Instant::parse`] reads it, to the second; empty beyond the years that have a name.
    #[must_use]
    pub fn to_civil(self) -> String {
        jiff::Timestamp::from_millisecond(self.0.div_euclid(1_000) * 1_000)
            .map(|at| jiff::tz::Offset::UTC.to_datetime(at).to_string())
            .unwrap_or_default()
    }
}

impl Add<Span> for Instant {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Instant {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Instant {
    type Output = Span;
    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}
