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
