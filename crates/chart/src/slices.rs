//! The timeline: equal slices of the time over which links are dated, and what each holds.

use crate::day::{Dated, Day, Span};
use crate::filter::Filter;
use crate::network::Network;

/// Most slices that are shown: beyond, the step is made longer.
const SLICES: usize = 120;

/// How long a slice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl Step {
    /// Every step, the shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The code that addresses carry.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The step of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The first day of the slice that holds a day. Weeks begin on Monday.
    fn start(self, day: Day) -> Option<Day> {
        let (year, month, _) = day.date();
        match self {
            Self::Week => Day::new(day.days() - (day.days() + 3).rem_euclid(7)),
            Self::Month => Day::of(year, month, 1),
            Self::Quarter => Day::of(year, (month - 1) / 3 * 3 + 1, 1),
            Self::Year => Day::of(year, 1, 1),
        }
    }

    /// The first day of the slice after the one that begins on a day.
    fn next(self, start: Day) -> Option<Day> {
        let (year, month, _) = start.date();
        let months = match self {
            Self::Week => return Day::new(start.days() + 7),
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        let since = month - 1 + months;
        Day::of(year + since / 12, since % 12 + 1, 1)
    }
}

/// First and last day of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// First day.
    pub from: Day,
    /// Last day, itself included.
    pub until: Day,
}

/// A slice and what of the network it holds under a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSlice {
    /// When.
    pub slice: Slice,
    /// Things with a link in it.
    pub things: usize,
    /// Links that held, or may have held, on some day of it.
    pub links: usize,
    /// Those of them of which it is not sure: a date known in part can also mean days outside.
    pub unsure: usize,
}

impl Slice {
    /// As a filter takes it.
    #[must_use]
    pub fn span(self) -> Span {
        Span {
            from: Some(self.from.into()),
            until: Some(self.until.into()),
        }
    }
}

/// The slices of the time over which the links that pass the filter are dated, whatever time it asks for; with the step that was taken, which is
/// longer than the one asked for where that would give too many.
#[must_use]
pub fn slices(network: &Network, filter: &Filter, step: Step) -> (Step, Vec<TimeSlice>) {
    let open = Filter {
        time: None,
        alone: false,
        ..filter.clone()
    };
    let view = network.view(&open);
    let days = || {
        let spans = view.links().map(|link| link.span);
        let first = |span: Span| span.from.or(span.until).map(Dated::first);
        let last = |span: Span| span.until.or(span.from).map(Dated::last);
        spans
            .flat_map(move |span| [first(span), last(span)])
            .flatten()
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return (step, Vec::new());
    };
    let longer = Step::ALL.into_iter().filter(|one| *one >= step);
    let mut fits =
        longer.filter(|one| *one == Step::Year || cut(*one, first, last).len() <= SLICES);
    let taken = fits.next().unwrap_or(step);
    let cut = cut(taken, first, last);
    let held = |slice: Slice| {
        let within = network.view(&Filter {
            time: Some(slice.span()),
            ..open.clone()
        });
        TimeSlice {
            slice,
            things: within.len(),
            links: within.links().count(),
            unsure: within
                .links()
                .filter(|link| !link.span.surely_meets(slice.span()))
                .count(),
        }
    };
    (taken, cut.into_iter().map(held).collect())
}

fn cut(step: Step, first: Day, last: Day) -> Vec<Slice> {
    let mut cut = Vec::new();
    let mut next = step.start(first);
    while let Some(from) = next.filter(|from| *from <= last && cut.len() <= SLICES) {
        next = step.next(from);
        let until = next
            .and_then(|next| Day::new(next.days() - 1))
            .unwrap_or(last);
        cut.push(Slice { from, until });
    }
    cut
}
