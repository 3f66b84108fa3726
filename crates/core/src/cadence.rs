//! How often a series meets, beside how often it is meant to (the declaration of 2015 asks to *multiply* the meetings). Counted from when
//! meetings were held, by both sides' approved minutes or those that stand proposed; nothing is stored.

use crate::instant::{Instant, Span};

/// Days that are compared: the last so many with as many before them.
pub const YEAR: i64 = 365;

/// How many meetings a year series mean to hold together that let at most so many days pass from one to the next: added up in thousandths,
/// rounded once at the end, a half up; `None` where less than half a meeting a year is left, which would read as "never".
#[must_use]
pub fn a_year(days: impl IntoIterator<Item = i64>) -> Option<u64> {
    let thousandths = days.into_iter().filter(|days| *days > 0);
    let sum: i64 = thousandths.map(|days| YEAR * 1_000 / days).sum();
    u64::try_from((sum + 500) / 1_000).ok().filter(|n| *n > 0)
}

/// The figures of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Cadence {
    /// Meetings held in all.
    pub held: usize,
    /// Of them in the last [`YEAR`] days.
    pub last_year: usize,
    /// Of them in as many days before those.
    pub year_before: usize,
    /// Days from one meeting to the next, on average, rounded to the nearest; `None` for fewer than two.
    pub mean_days: Option<i64>,
    /// Longest time without a meeting between two, in whole days.
    pub longest_days: Option<i64>,
    /// The last meeting.
    pub last: Option<Instant>,
    /// When the next is due by the target: so long after the last.
    pub due: Option<Instant>,
}

impl Cadence {
    /// The figures of meetings held so far, in any order. Of two that are said to have begun at one instant one counts: both sides may
    /// have written minutes of it. What is said to have been held after `now` was not.
    #[must_use]
    pub fn of(held: &[Instant], target_days: Option<i64>, now: Instant) -> Self {
        let mut held: Vec<Instant> = held.iter().copied().filter(|at| *at <= now).collect();
        held.sort_unstable();
        held.dedup();
        let ago = |days: i64| now - Span::days(days);
        let between =
            |from: Instant, to: Instant| held.iter().filter(|at| **at > from && **at <= to).count();
        let gaps: Vec<i64> = held
            .windows(2)
            .filter_map(|pair| match pair {
                [before, after] => Some(after.0 - before.0),
                _ => None,
            })
            .collect();
        let day = Span::days(1).0;
        let count = i64::try_from(gaps.len()).unwrap_or(i64::MAX);
        let sum: i64 = gaps.iter().sum();
        Self {
            held: held.len(),
            last_year: between(ago(YEAR), now),
            year_before: between(ago(2 * YEAR), ago(YEAR)),
            mean_days: (count > 0).then(|| (sum / count + day / 2) / day),
            longest_days: gaps.iter().max().map(|gap| gap / day),
            last: held.last().copied(),
            due: target_days
                .zip(held.last())
                .map(|(days, last)| *last + Span::days(days)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Instant = Instant(1_800_000_000_000);

    fn days_ago(days: i64) -> Instant {
        NOW - Span::days(days)
    }

    #[test]
    fn a_series_that_meets_more_often_is_seen_to() {
        let held = [
            days_ago(700),
            days_ago(400),
            days_ago(200),
            days_ago(100),
            days_ago(10),
        ];
        let cadence = Cadence::of(&held, Some(60), NOW);
        assert_eq!(
            (cadence.held, cadence.last_year, cadence.year_before),
            (5, 3, 2)
        );
        assert_eq!(cadence.mean_days, Some(173));
        assert_eq!(cadence.longest_days, Some(300));
        assert_eq!(cadence.due, Some(days_ago(10) + Span::days(60)));
        assert_eq!(Cadence::of(&[], Some(60), NOW), Cadence::default());
        assert_eq!(Cadence::of(&held[..1], None, NOW).mean_days, None);
    }

    /// Take out: the thousandths (round each series), the half that is added, or the filter of naught.
    #[test]
    fn what_series_mean_to_reach_is_rounded_once() {
        for (days, wanted) in [
            (vec![730, 730, 730], Some(2)),
            (vec![730, 730], Some(1)),
            (vec![730], Some(1)),
            (vec![731], None),
            (vec![1_830], None),
            (vec![1_830, 1_830, 1_830], Some(1)),
            (vec![30], Some(12)),
            (vec![0, -5], None),
            (vec![], None),
        ] {
            assert_eq!(a_year(days.clone()), wanted, "{days:?}");
        }
    }

    proptest! {
        /// Take out: `sort_unstable`, `dedup`, or the filter.
        #[test]
        fn order_repetition_and_the_future_change_nothing(days in prop::collection::vec(-400_i64..1_500, 0..30), target in 1_i64..400) {
            let held: Vec<Instant> = days.iter().map(|d| days_ago(*d)).collect();
            let whole = Cadence::of(&held, Some(target), NOW);
            let mut twice: Vec<Instant> = held.iter().rev().chain(&held).copied().collect();
            prop_assert_eq!(Cadence::of(&twice, Some(target), NOW), whole);
            twice.retain(|at| *at <= NOW);
            prop_assert_eq!(Cadence::of(&twice, Some(target), NOW), whole);
            prop_assert!(whole.last_year + whole.year_before <= whole.held);
            if let (Some(mean), Some(longest)) = (whole.mean_days, whole.longest_days) {
                prop_assert!(mean <= longest + 1);
            }
        }
    }
}
