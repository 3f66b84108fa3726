//! What of a network one looks at: by where it comes from, when, what it is, and how it was evaluated. By nothing else: no filter knows
//! a figure (invariant 9).

use crate::day::Span;
use crate::network::{Evaluation, Link, Sort, Thing};
use std::collections::BTreeSet;

/// What is let through. Nothing chosen lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Things and links that these nodes brought; empty: of any node.
    pub origins: BTreeSet<String>,
    /// Things of these sorts, and the links between them; empty: of any sort.
    pub sorts: BTreeSet<Sort>,
    /// Links of these relations; empty: of any.
    pub relations: BTreeSet<String>,
    /// Things and links whose evaluation is at least as good in both respects. What was not evaluated counts as X4.
    pub least: Option<Evaluation>,
    /// Links that held on some day of this time, or may have: a date known in part is taken as any day that it can mean. A link without a date is
    /// in no time slice.
    pub time: Option<Span>,
    /// Keep things that have no link left.
    pub alone: bool,
}

impl Filter {
    pub(crate) fn thing(&self, thing: &Thing) -> bool {
        chosen(&self.origins, &thing.origin)
            && (self.sorts.is_empty() || self.sorts.contains(&thing.sort))
            && self.good(thing.evaluation)
            && self.time.is_none_or(|time| thing.span.meets(time))
    }

    pub(crate) fn link(&self, link: &Link) -> bool {
        chosen(&self.origins, &link.origin)
            && chosen(&self.relations, &link.relation)
            && self.good(link.evaluation)
            && self
                .time
                .is_none_or(|time| !link.span.undated() && link.span.meets(time))
    }

    fn good(&self, evaluation: Option<Evaluation>) -> bool {
        self.least
            .is_none_or(|least| evaluation.unwrap_or(Evaluation::X4).as_good_as(least))
    }
}

fn chosen(of: &BTreeSet<String>, one: &str) -> bool {
    of.is_empty() || of.contains(one)
}
