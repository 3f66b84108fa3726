//! Instants and spans in UTC milliseconds. No time zones here: folds use UTC and integers only (rule 8).

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
    /// Whole hours, rounded down.
    #[must_use]
    pub const fn whole_hours(self) -> i64 {
        self.0.div_euclid(3_600_000)
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
