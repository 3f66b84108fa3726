//! How long contents are kept (FIELD B5): when a dossier, or an entry of it, is due for review; what prolongs that; what a hold stops.
//!
//! Everything here follows from the kind, the charter and the facts of headers, in UTC and whole milliseconds. A day that nobody decides
//! on is not lost: after it and a time of grace the node erases (`app/src/keeping.rs`), since no decision is the decision to erase. Each
//! state reviews what it wrote and what it received: a prolongation is its author's node's alone. A hold counts for all who hear it.

use crate::act::Act;
use crate::charter::Terms;
use crate::codes::{HoldGround, KeepReason};
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
    /// Prolongations by our node.
    pub prolonged: Vec<Prolongation>,
}

/// A review that prolongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prolongation {
    /// When it was written.
    pub at: Instant,
    /// Until when.
    pub until: Instant,
    /// Why.
    pub reason: KeepReason,
}

/// Why contents are due for review on their day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The term of the kind passes.
    Opened,
    /// The charter's term does, which is shorter.
    Agreed,
    /// They were closed so long ago.
    Closed,
    /// They were prolonged until then.
    Kept(KeepReason),
}

/// The day on which contents are due for review: then they are looked at, or go.
#[must_use]
pub fn due(keeps: &Keeps, terms: Option<&Terms>, facts: &Facts) -> Instant {
    due_because(keeps, terms, facts).0
}

/// The same, with what sets that day.
#[must_use]
pub fn due_because(keeps: &Keeps, terms: Option<&Terms>, facts: &Facts) -> (Instant, Because) {
    let term = keeps.term(terms);
    let own = Span::days(i64::from(keeps.days));
    let first = match term < own {
        true => Because::Agreed,
        false => Because::Opened,
    };
    // A prolongation is no longer than a term, whatever it says, and one to an earlier day changes nothing.
    let later = |day: (Instant, Because), said: &Prolongation| {
        let until = said.until.min(said.at + term);
        match until > day.0 {
            true => (until, Because::Kept(said.reason)),
            false => day,
        }
    };
    // Closing shortens what was said before; whoever prolongs afterwards looked at it since.
    let after = |said: &&Prolongation| facts.closed.is_some_and(|at| said.at > at);
    let before = facts.prolonged.iter().filter(|said| !after(said));
    let since = facts.prolonged.iter().filter(after);
    let open = before.fold((facts.began + term, first), later);
    let closed = facts.closed.map(|at| at + keeps.closed_term(terms));
    let day = match closed {
        Some(end) if end < open.0 => (end, Because::Closed),
        _ => open,
    };
    since.fold(day, later)
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
    /// Prolongations.
    pub prolonged: Vec<Prolongation>,
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
                    Act::Keep { until, reason } if header.node() == *me => {
                        said.prolonged.push(Prolongation {
                            at,
                            until: *until,
                            reason: *reason,
                        });
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

/// Whether a prolongation says until when, within a term; its reason is a code of a closed list.
#[must_use]
pub fn prolongs(at: Instant, until: Instant, keeps: &Keeps, terms: Option<&Terms>) -> bool {
    until > at && until <= at + keeps.term(terms) + SAME_DAY
}

/// Whether a hold has an end, within what a hold may last.
#[must_use]
pub fn holds_until(at: Instant, until: Instant) -> bool {
    until > at && until <= at + LONGEST_HOLD + SAME_DAY
}

/// The day that is named ends with it: what begins in its course has all of it.
const SAME_DAY: Span = Span::days(1);

/// The last day that something written now may name for so long; its last moment.
#[must_use]
pub fn last_day(at: Instant, longest: Span) -> Instant {
    let beyond = at + longest + SAME_DAY + Span(1);
    Instant(beyond.0.div_euclid(SAME_DAY.0) * SAME_DAY.0 - 1)
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

    fn said(at: i64, until: i64) -> Prolongation {
        Prolongation {
            at: Instant(at),
            until: Instant(until),
            reason: KeepReason::NewFacts,
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
                .map(|(at, until)| said(at * DAY, until * DAY))
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
                    let looked = facts.prolonged.iter().map(|said| said.at);
                    let last = looked.fold(facts.began, Instant::max);
                    prop_assert!(day <= last + term, "{} {day:?}", kind.name);
                    // Closing keeps nothing longer, and who looks never shortens.
                    let open = Facts { closed: None, ..facts.clone() };
                    prop_assert!(day <= due(&kind.keeps, terms, &open));
                    prop_assert!(due(&kind.keeps, terms, &open) >= facts.began + term);
                }
            }
        }

        /// A prolongation to a day before the review changes nothing, whenever it is written, and one to a later day moves it there or to the
        /// end of its term: closed or not.
        #[test]
        fn a_prolongation_to_an_earlier_day_changes_nothing(facts in facts(), at in 4_000i64..5_000, until in 0i64..20_000) {
            let (at, until) = (at * DAY, until * DAY);
            for kind in kinds::ALL {
                let stood = due(&kind.keeps, None, &facts);
                let mut more = facts.clone();
                more.prolonged.push(said(at, until));
                let (day, because) = due_because(&kind.keeps, None, &more);
                let most = Instant(until).min(Instant(at) + kind.keeps.term(None));
                prop_assert_eq!(day, stood.max(most));
                prop_assert_eq!(because == Because::Kept(KeepReason::NewFacts) || day == stood, true);
            }
        }

        /// The last day that a form names is taken, and the next one is not.
        #[test]
        fn the_last_day_is_the_last_that_is_taken(at in 0i64..4_000 * DAY, review in 30i64..1_095) {
            let (at, agreed) = (Instant(at), terms(Span::days(review)));
            for kind in kinds::ALL {
                let last = last_day(at, kind.keeps.term(Some(&agreed)));
                prop_assert!(prolongs(at, last, &kind.keeps, Some(&agreed)));
                prop_assert!(!prolongs(at, last + Span::days(1), &kind.keeps, Some(&agreed)));
                prop_assert_eq!(last.0.rem_euclid(DAY), DAY - 1);
            }
            let last = last_day(at, LONGEST_HOLD);
            prop_assert!(holds_until(at, last) && !holds_until(at, last + Span::days(1)));
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
    fn what_sets_the_day_is_told() {
        let request = kinds::find("request").unwrap().keeps;
        let agreed = terms(Span::days(90));
        let because = |terms, facts: &Facts| due_because(&request, terms, facts).1;
        let mut facts = Facts::default();
        assert_eq!(because(None, &facts), Because::Opened);
        assert_eq!(because(Some(&agreed), &facts), Because::Agreed);
        facts.closed = Some(Instant(DAY));
        assert_eq!(because(None, &facts), Because::Closed);
        // A year from the closure, then half a year more, decided when it was closed already.
        facts.prolonged.push(said(2 * DAY, 500 * DAY));
        let kept = (Instant(500 * DAY), Because::Kept(KeepReason::NewFacts));
        assert_eq!(due_because(&request, None, &facts), kept);
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
