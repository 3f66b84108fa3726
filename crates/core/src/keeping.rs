//! How long contents are kept (FIELD B5): when a dossier, or an entry of it, is due for review; what prolongs that; what a hold stops.
//!
//! Everything here follows from the kind, the charter and the facts of headers, in UTC and whole milliseconds. A day that nobody decides
//! on is not lost: after it and a time of grace the node erases (`app/src/keeping.rs`), since no decision is the decision to erase. Each
//! state reviews what it wrote and what it received: a prolongation is its author's node's alone. A hold counts for all who hear it.

use crate::act::Act;
use crate::charter::Terms;
use crate::codes::HoldGround;
use crate::header::Header;
use crate::ids::{EntryId, NodeName};
use crate::instant::{Instant, Span};

/// How long the contents of a kind are kept without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeps {
    /// Days from the opening, or of each entry from when it was written; also the longest prolongation.
    pub days: u16,
    /// Days from the closure, if the review would come later than that.
    pub after_closing: u16,
    /// Its dossiers stand for years and are never done: each entry has a day of its own.
    pub each: bool,
    /// Its contents may be about persons: the charter's term for reviews counts, where it is shorter.
    pub personal: bool,
}

/// A hold lasts at most so long, and is set again where it must last longer: nothing is kept without an end.
pub const LONGEST_HOLD: Span = Span::days(366);

/// So far an author's clock may be behind ours, with the way of the entry: what came later counts from then.
const LATE: Span = Span::days(92);

impl Keeps {
    /// How long contents may stay without review under these terms.
    #[must_use]
    pub fn term(&self, terms: Option<&Terms>) -> Span {
        let own = Span::days(i64::from(self.days));
        let agreed = terms.filter(|_| self.personal).map(|t| t.review);
        agreed.map_or(own, |agreed| own.min(agreed))
    }

    fn closed_term(&self, terms: Option<&Terms>) -> Span {
        let own = Span::days(i64::from(self.after_closing));
        own.min(self.term(terms))
    }
}

/// When what an entry says began, for whoever keeps it: its author's time, unless that lies after it came here, or so long before that
/// its clock or its way must be at fault. A clock that is wrong neither keeps for ever nor erases at once.
#[must_use]
pub fn began(written: Instant, here: Instant) -> Instant {
    written.min(here).max(here - LATE)
}

/// What headers say of a dossier, as far as its review depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// When what is looked at began: the dossier, or the oldest entry that can still be read where each has its own day.
    pub began: Instant,
    /// When it was closed, if it is.
    pub closed: Option<Instant>,
    /// Prolongations by our node: when each was written, and until when.
    pub prolonged: Vec<(Instant, Instant)>,
}

/// The day on which contents are due for review: then they are looked at, or go.
#[must_use]
pub fn due(keeps: &Keeps, terms: Option<&Terms>, facts: &Facts) -> Instant {
    let first = facts.began + keeps.term(terms);
    // A prolongation is no longer than a term, whatever it says.
    let prolonged = facts.prolonged.iter();
    let prolonged = prolonged.map(|(at, until)| (*until).min(*at + keeps.term(terms)));
    let due = prolonged.fold(first, Instant::max);
    let closed = facts.closed.map(|at| at + keeps.closed_term(terms));
    // Closing shortens; whoever prolongs afterwards looked at it since.
    let later = |at: Instant| facts.prolonged.iter().any(|(said, _)| *said > at);
    match (closed, facts.closed) {
        (Some(end), Some(at)) if !later(at) => due.min(end),
        _ => due,
    }
}

/// A hold as one node sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The entry that set it.
    pub by: EntryId,
    /// Whose it is: it alone lifts it.
    pub node: NodeName,
    /// The entry that it is about; all of the dossier if none.
    pub entry: Option<EntryId>,
    /// Why.
    pub ground: HoldGround,
    /// Its last moment.
    pub until: Instant,
}

impl Hold {
    /// Whether it still holds.
    #[must_use]
    pub fn holds(&self, now: Instant) -> bool {
        now <= self.until
    }
    /// Whether it holds an entry of its dossier.
    #[must_use]
    pub fn covers(&self, entry: EntryId) -> bool {
        self.entry.is_none_or(|held| held == entry)
    }
}

/// What entries of a dossier say of keeping it: prolongations of our own node, and the holds that were not lifted, whoever set them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// When each prolongation was written, and until when.
    pub prolonged: Vec<(Instant, Instant)>,
    /// Holds, ended ones too.
    pub holds: Vec<Hold>,
    /// Nodes that said of what they held until some moment that it is destroyed, with the entry that says so.
    pub expired: Vec<(EntryId, NodeName, Instant)>,
}

impl Said {
    /// Reads regular entries of one dossier, in any order; each with its identifier and when it came here.
    #[must_use]
    pub fn of<'h>(
        me: &NodeName,
        entries: impl Iterator<Item = (EntryId, Instant, &'h Header)>,
    ) -> Self {
        let mut said = Self::default();
        let mut lifted = Vec::new();
        for (id, here, header) in entries {
            let at = began(header.at, here);
            for act in &header.acts.known {
                match act {
                    Act::Keep { until, .. } if header.node() == *me => {
                        said.prolonged.push((at, *until));
                    }
                    Act::Hold {
                        entry,
                        ground,
                        until,
                    } => said.holds.push(Hold {
                        by: id,
                        node: header.node(),
                        entry: *entry,
                        ground: *ground,
                        // Whatever clock its author had.
                        until: (*until).min(here + LONGEST_HOLD),
                    }),
                    Act::Lift { hold } => lifted.push((*hold, header.node())),
                    Act::Expired { before } => said.expired.push((id, header.node(), *before)),
                    _ => {}
                }
            }
        }
        let is_lifted = |hold: &Hold| lifted.contains(&(hold.by, hold.node.clone()));
        said.holds.retain(|hold| !is_lifted(hold));
        said
    }

    /// The holds that hold now, on anything here.
    pub fn holding(&self, now: Instant) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.holds(now))
    }
}

/// Why a prolongation that says until when is none; its reason is a code of a closed list.
#[must_use]
pub fn prolongs(at: Instant, until: Instant, keeps: &Keeps, terms: Option<&Terms>) -> bool {
    // The day that is named ends with it: what begins in its course has all of it.
    until > at && until <= at + keeps.term(terms) + Span::days(1)
}

/// Whether a hold has an end, within what a hold may last.
#[must_use]
pub fn holds_until(at: Instant, until: Instant) -> bool {
    until > at && until <= at + LONGEST_HOLD + Span::days(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;
    use proptest::prelude::*;

    const DAY: i64 = 86_400_000;
    /// FIELD B5: reviewed every three years at the latest.
    const MOST: Span = Span::days(3 * 365);

    fn terms(review: Span) -> Terms {
        let node = |name: &str| name.parse().unwrap();
        let mut terms = Terms::modelled(&node("fr"), &node("ma"), &node("ma"), Vec::new());
        terms.review = review;
        terms
    }

    #[test]
    fn every_kind_has_a_term_and_what_is_about_persons_one_of_three_years_at_most() {
        for kind in kinds::ALL {
            let keeps = &kind.keeps;
            assert!(keeps.days > 0 && keeps.after_closing > 0, "{}", kind.name);
            assert!(keeps.term(None) <= MOST || !keeps.personal, "{}", kind.name);
            let agreed = keeps.term(Some(&terms(Span::days(90))));
            assert_eq!(agreed == Span::days(90), keeps.personal, "{}", kind.name);
        }
    }

    fn facts() -> impl Strategy<Value = Facts> {
        let at = 0..4_000i64;
        let kept = prop::collection::vec((at.clone(), 0..20_000i64), 0..4);
        (at.clone(), prop::option::of(at), kept).prop_map(|(began, closed, kept)| Facts {
            began: Instant(began * DAY),
            closed: closed.map(|day| Instant(day * DAY)),
            prolonged: kept
                .into_iter()
                .map(|(at, until)| (Instant(at * DAY), Instant(until * DAY)))
                .collect(),
        })
    }

    proptest! {
        /// Nothing is kept without end: whatever is written, the day is no further than a term from the last time that somebody looked.
        #[test]
        fn nothing_is_kept_without_end(facts in facts(), review in 30i64..1_095) {
            for kind in kinds::ALL {
                let agreed = terms(Span::days(review));
                for terms in [None, Some(&agreed)] {
                    let term = kind.keeps.term(terms);
                    let day = due(&kind.keeps, terms, &facts);
                    let looked = facts.prolonged.iter().map(|(at, _)| *at);
                    let last = looked.fold(facts.began, Instant::max);
                    prop_assert!(day <= last + term, "{} {day:?}", kind.name);
                    // Closing keeps nothing longer, and who looks never shortens.
                    let open = Facts { closed: None, ..facts.clone() };
                    prop_assert!(day <= due(&kind.keeps, terms, &open));
                    prop_assert!(due(&kind.keeps, terms, &open) >= facts.began + term);
                }
            }
        }

        /// A clock that is years behind or ahead, here or there, neither erases at once nor keeps for ever.
        #[test]
        fn a_wrong_clock_moves_a_day_by_little(written in any::<i32>(), here in 0i64..100_000) {
            let (written, here) = (Instant(i64::from(written) * DAY), Instant(here * DAY));
            let at = began(written, here);
            prop_assert!(at <= here && at >= here - LATE);
        }
    }

    #[test]
    fn a_hold_ends_by_itself_and_is_lifted_by_its_setter_alone() {
        let node = |name: &str| -> NodeName { name.parse().unwrap() };
        let (held, other) = (EntryId([1; 32]), EntryId([2; 32]));
        let hold = Hold {
            by: EntryId([9; 32]),
            node: node("ma"),
            entry: Some(held),
            ground: HoldGround::CourtOrder,
            until: Instant(5),
        };
        assert!(hold.holds(Instant(5)) && !hold.holds(Instant(6)));
        assert!(hold.covers(held) && !hold.covers(other));
        let all = Hold {
            entry: None,
            ..hold
        };
        assert!(all.covers(held) && all.covers(other));
        let at = Instant(0);
        assert!(holds_until(at, Instant(1)) && !holds_until(at, at));
        assert!(!holds_until(at, at + LONGEST_HOLD + Span::days(2)));
    }
}
