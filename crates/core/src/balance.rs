//! The balance: what was given and received between two parties, in figures both sides read alike (FIELD B21).
//!
//! Integers only, so that both nodes compute the same.

use crate::codes::{Ask, Ground};
use crate::ids::NodeName;
use crate::instant::{Instant, Span};
use crate::obligation::{Obligation, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of one direction: what `debtor` was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Asks.
    pub asked: u64,
    /// Ended by an answer or claimed done.
    pub answered: u64,
    /// Refused.
    pub refused: u64,
    /// Waived or withdrawn.
    pub dropped: u64,
    /// Still open.
    pub open: u64,
    /// Open and past their date.
    pub overdue: u64,
    /// Ended by their date, of those that had one.
    pub on_time: u64,
    /// Ended after their date.
    pub late: u64,
    /// Median time from start of the clock to its end, in milliseconds.
    pub median: Option<Span>,
    /// Median gap between written and received, in milliseconds: a figure of its own (DESIGN section 6).
    pub median_gap: Option<Span>,
    /// Asks that nobody received.
    pub unreceived: u64,
    /// Feedback owed and given.
    pub feedback_given: u64,
    /// Feedback asked.
    pub feedback_asked: u64,
    /// Of the feedback given, how much said "no use".
    pub feedback_no_use: u64,
    /// Refusals by ground.
    pub grounds: BTreeMap<Ground, u64>,
}

impl Figures {
    /// Share of feedback given among feedback asked, in percent.
    #[must_use]
    pub fn feedback_percent(&self) -> Option<u64> {
        (self.feedback_given * 100).checked_div(self.feedback_asked)
    }
    /// Share ended by their date among those ended, in percent.
    #[must_use]
    pub fn on_time_percent(&self) -> Option<u64> {
        (self.on_time * 100).checked_div(self.on_time + self.late)
    }
    /// Whether "no use" makes more than half of the feedback: then the pair goes to the next agenda.
    #[must_use]
    pub fn mostly_no_use(&self) -> bool {
        self.feedback_given >= 2 && self.feedback_no_use * 2 > self.feedback_given
    }
}

/// The figures of what `debtor` owes at an instant, over the obligations given.
#[must_use]
pub fn figures<'a>(
    obligations: impl IntoIterator<Item = &'a Obligation>,
    debtor: &NodeName,
    now: Instant,
) -> Figures {
    let mut out = Figures::default();
    let (mut delays, mut gaps) = (Vec::new(), Vec::new());
    for ob in obligations
        .into_iter()
        .filter(|o| o.ask.debtor.node() == *debtor)
    {
        out.asked += 1;
        match ob.state {
            State::Answered | State::Claimed | State::Agreed => out.answered += 1,
            State::Refused => out.refused += 1,
            State::Waived | State::Withdrawn => out.dropped += 1,
            _ => {}
        }
        if ob.state.is_open() {
            out.open += 1;
        }
        if ob.overdue(now) {
            out.overdue += 1;
        }
        match ob.on_time() {
            Some(true) => out.on_time += 1,
            Some(false) => out.late += 1,
            None => {}
        }
        match ob.ask.received {
            Some(received) => gaps.push((received - ob.ask.at).0.max(0)),
            None => out.unreceived += 1,
        }
        if let (Some(ended), Some(received)) = (ob.ended, ob.ask.received) {
            delays.push((ended - received.max(ob.ask.at)).0.max(0));
        }
        if let Some((ground, _)) = ob.refused {
            *out.grounds.entry(ground).or_default() += 1;
        }
        if ob.ask.ask == Ask::Feedback {
            out.feedback_asked += 1;
            if matches!(ob.state, State::Answered | State::PartlyAnswered) {
                out.feedback_given += 1;
                out.feedback_no_use += u64::from(ob.outcome.is_no_use());
            }
        }
    }
    out.median = median(delays);
    out.median_gap = median(gaps);
    out
}

fn median(mut values: Vec<i64>) -> Option<Span> {
    values.sort_unstable();
    values.get(values.len() / 2).copied().map(Span)
}
