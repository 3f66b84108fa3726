//! The balance over years: calendar years in UTC, counted alike by both nodes, with what was promised and how often both met.

use super::{Figures, Tally};
use crate::codes::Ask;
use crate::ids::NodeName;
use crate::instant::{Instant, Span};
use crate::kinds::meeting;
use crate::obligation::State;
use crate::statistics::{Month, is_of_persons};
use serde::Serialize;
use std::collections::BTreeMap;

/// Most years that are looked back over, the running one included.
pub const YEARS: i32 = 10;

/// Whether a period is longer than is counted at once: ten years, whichever of them are leap years.
#[must_use]
pub fn too_long(from: Instant, to: Instant) -> bool {
    to - from > Span::days(i64::from(YEARS) * 366)
}

/// Promises of one side: commitments of declarations, or decisions of meetings that it owes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Promises {
    /// All.
    pub made: u64,
    /// Both sides agree that they were kept.
    pub agreed: u64,
    /// That side says so and the other has not agreed yet; an answer is one side's word too.
    pub claimed: u64,
    /// Refused, waived or withdrawn.
    pub ended: u64,
    /// Nothing claimed and their date not passed, or none.
    pub open: u64,
    /// Nothing claimed and their date passed.
    pub late: u64,
    /// Of all these, contested.
    pub contested: u64,
}

impl Promises {
    pub(super) fn count(&mut self, of: &Tally) {
        self.made += of.many;
        let place = match of.state {
            State::Agreed => &mut self.agreed,
            State::Claimed | State::Answered => &mut self.claimed,
            state if !state.is_open() => &mut self.ended,
            _ if of.overdue => &mut self.late,
            _ => &mut self.open,
        };
        *place += of.many;
        if of.contested {
            self.contested += of.many;
        }
    }

    /// Counts all of another's too.
    pub fn add(&mut self, other: &Self) {
        self.made += other.made;
        self.agreed += other.agreed;
        self.claimed += other.claimed;
        self.ended += other.ended;
        self.open += other.open;
        self.late += other.late;
        self.contested += other.contested;
    }

    /// Share that both sides agree was kept, of what was promised and not let go, in percent: what its creditor let go says nothing of the
    /// debtor.
    #[must_use]
    pub fn kept_percent(&self) -> Option<u64> {
        (self.agreed * 100).checked_div(self.made.saturating_sub(self.ended))
    }
}

/// What one side was asked for and promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// All that it was asked for; medians only of a period, not of a year.
    pub figures: Figures,
    /// What it promised in declarations.
    pub commitments: Promises,
    /// What meetings decided that it does.
    pub decisions: Promises,
}

/// Both sides beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// By node, in the order of their names, which is the same at both.
    pub sides: BTreeMap<NodeName, Account>,
    /// Meetings of which one side proposed minutes and the other approved them, or amended them.
    pub held: u64,
}

impl Reading {
    /// Of two nodes nothing was asked.
    #[must_use]
    pub fn between(one: &NodeName, other: &NodeName) -> Self {
        let sides = [one, other].map(|node| (node.clone(), Account::default()));
        Self {
            sides: sides.into(),
            held: 0,
        }
    }

    /// Counts so many more. Kinds in which persons are counted are in no general figure (docs/statistics.md), and neither is another node.
    pub fn count(&mut self, of: &Tally) {
        if is_of_persons(&of.kind) {
            return;
        }
        let Some(side) = self.sides.get_mut(&of.debtor) else {
            return;
        };
        side.figures.count(of);
        if of.is_commitment() {
            side.commitments.count(of);
            return;
        }
        let met = of.kind == meeting::KIND.name;
        match of.ask {
            Ask::Act if met => side.decisions.count(of),
            // Minutes that one side alone wrote, refused, waived or taken back, are its word and no meeting of both. Amended minutes are asked
            // by the answer to the first: one meeting.
            Ask::Decide if met && !of.follows && of.state == State::Answered => {
                self.held += of.many;
            }
            _ => {}
        }
    }

    /// Whether nothing was asked at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sides.values().all(|side| side.figures.asked == 0)
    }
}

/// One calendar year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year, UTC.
    pub year: i32,
    /// Whether it has not ended.
    pub running: bool,
    /// What was asked in it, as it stands now.
    #[serde(flatten)]
    pub reading: Reading,
}

/// The year of an instant, UTC.
#[must_use]
pub fn year_of(at: Instant) -> i32 {
    Month::at(at).year()
}

/// The first instant of a year, UTC.
#[must_use]
pub fn year_begins(year: i32) -> Instant {
    let first = format!("{year:04}-01").parse::<Month>();
    first.map_or(Instant(0), Month::begins)
}

/// What years look back over: from, included, and to, excluded.
#[must_use]
pub fn window(now: Instant) -> (Instant, Instant) {
    let running = year_of(now);
    (year_begins(running - YEARS + 1), year_begins(running + 1))
}

/// Year by year, from the first in which anything was asked to the running one; those between in which nothing was are there too.
#[must_use]
pub fn years<'a>(
    tallies: impl IntoIterator<Item = &'a Tally>,
    [one, other]: [&NodeName; 2],
    now: Instant,
) -> Vec<Year> {
    let running = year_of(now);
    let empty = |year: i32| Year {
        year,
        running: year == running,
        reading: Reading::between(one, other),
    };
    let mut all: BTreeMap<i32, Year> = (running - YEARS + 1..=running)
        .map(|year| (year, empty(year)))
        .collect();
    for tally in tallies {
        if let Some(year) = all.get_mut(&tally.year) {
            year.reading.count(tally);
        }
    }
    let begun = |year: &Year| !year.running && year.reading.is_empty();
    all.into_values().skip_while(begun).collect()
}
