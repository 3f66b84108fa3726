//! The balance: what was given and received between two parties, in figures both sides read alike (FIELD B21).
//!
//! Everything follows from what the ledger's columns tell of an obligation: headers and receipts, never a body. Integers only, so that
//! both nodes compute the same; who looks changes no figure.

mod themes;
mod years;

pub use themes::{ByTheme, Promised, Themes, themes_by_year};
pub use years::{
    Account, Promises, Reading, YEARS, Year, too_long, window, year_begins, year_of, years,
};

use crate::codes::{Ask, Ground, Outcome};
use crate::ids::{NodeName, ServiceName};
use crate::instant::Span;
use crate::kinds::declaration;
use crate::obligation::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many obligations of which the ledger tells the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Calendar year (UTC) in which they were asked.
    pub year: i32,
    /// The node that was asked.
    pub debtor: NodeName,
    /// Kind of their dossiers.
    pub kind: String,
    /// What is asked.
    pub ask: Ask,
    /// State.
    pub state: State,
    /// What became of it, for feedback.
    pub outcome: Outcome,
    /// Ground of refusal.
    pub ground: Option<Ground>,
    /// Whether something about them is contested and unanswered.
    pub contested: bool,
    /// Whether they ended by their date; `None` without a date or an end.
    pub on_time: Option<bool>,
    /// Whether it is the debtor's turn and the date has passed.
    pub overdue: bool,
    /// Whether the ask was received.
    pub received: bool,
    /// Whether an answer to another obligation asked them.
    pub follows: bool,
    /// How many.
    pub many: u64,
}

impl Tally {
    /// Whether these are acts promised in declarations.
    #[must_use]
    pub fn is_commitment(&self) -> bool {
        self.ask == Ask::Act && self.kind == declaration::KIND.name
    }
}

/// One obligation as the ledger's columns tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it counts as: one.
    pub tally: Tally,
    /// The service that owes now.
    pub owing: ServiceName,
    /// From the start of its clock to its end.
    pub delay: Option<Span>,
    /// From writing to receipt.
    pub gap: Option<Span>,
}

/// Figures of one direction: what `debtor` was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Asks.
    pub asked: u64,
    /// Ended by an answer or claimed done.
    pub answered: u64,
    /// Of those answered, what is claimed done and waits for the other side to agree: it is open too.
    pub claimed: u64,
    /// Open, with a part of the answer here.
    pub partly: u64,
    /// Refused.
    pub refused: u64,
    /// Waived or withdrawn.
    pub dropped: u64,
    /// Still open.
    pub open: u64,
    /// Open and past their date.
    pub overdue: u64,
    /// Open or ended, with something contested that nobody answered.
    pub contested: u64,
    /// Ended by the debtor's own act by their date, of those that had one: what its author let go says nothing of the debtor.
    pub on_time: u64,
    /// Ended by the debtor's own act after their date.
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
    /// Counts so many more.
    pub fn count(&mut self, of: &Tally) {
        let many = of.many;
        self.asked += many;
        match of.state {
            State::Answered | State::Claimed | State::Agreed => self.answered += many,
            State::Refused => self.refused += many,
            State::Waived | State::Withdrawn => self.dropped += many,
            _ => {}
        }
        let when = |yes: bool| if yes { many } else { 0 };
        self.claimed += when(of.state == State::Claimed);
        self.partly += when(of.state == State::PartlyAnswered);
        self.open += when(of.state.is_open());
        self.overdue += when(of.overdue);
        self.contested += when(of.contested);
        self.unreceived += when(!of.received);
        let let_go = matches!(of.state, State::Waived | State::Withdrawn);
        self.on_time += when(of.on_time == Some(true) && !let_go);
        self.late += when(of.on_time == Some(false) && !let_go);
        if let Some(ground) = of.ground {
            *self.grounds.entry(ground).or_default() += many;
        }
        if of.ask == Ask::Feedback {
            let given = matches!(of.state, State::Answered | State::PartlyAnswered);
            self.feedback_asked += many;
            self.feedback_given += when(given);
            self.feedback_no_use += when(given && of.outcome.is_no_use());
        }
    }

    /// Open, neither claimed done nor past its date: with what was answered, refused, let go and overdue it makes all that was asked.
    #[must_use]
    pub fn running(&self) -> u64 {
        let else_counted = self.answered + self.refused + self.dropped + self.overdue;
        self.asked.saturating_sub(else_counted)
    }

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

/// The figures of some obligations.
#[must_use]
pub fn figures<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Figures {
    let mut out = Figures::default();
    let (mut delays, mut gaps) = (Vec::new(), Vec::new());
    for line in lines {
        out.count(&line.tally);
        delays.extend(line.delay);
        gaps.extend(line.gap);
    }
    out.median = median(delays);
    out.median_gap = median(gaps);
    out
}

fn median(mut values: Vec<Span>) -> Option<Span> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests;
