//! The things of a dossier as a network: one thing for all records that people said are of the same, and the links between them.

use super::{Thing, ThingLink, Things};
use crate::error::{AppError, Result};
use entente_chart::{Evaluation, Link, Network, Sort, Span, Unfit};
use entente_core::handling::{Handling, HandlingCodes};
use entente_core::ids::EntryId;
use entente_core::kinds::investigation::things::ThingSort;
use entente_core::partial::PartialDate;
use std::collections::BTreeMap;

/// What a chart is wanted for: each is recorded as what it is, and takes what its use allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartUse {
    /// To look at it.
    Look,
    /// As a plate to print: without what must not be printed (H2).
    Print,
    /// As a file for another program: without what must not be taken out (H1, H2), or not by this officer.
    File,
}

/// The things of a dossier, as a network.
#[derive(Clone, Debug)]
pub struct ChartView {
    /// What the network is made of.
    pub things: Things,
    /// Things by the identifier of their first record, and links.
    pub network: Network,
    /// Records and links that the use does not allow. What may not be read is in [`Things::withheld`].
    pub left_out: u64,
}

impl ChartView {
    /// The network of these things.
    ///
    /// # Errors
    /// [`AppError::Bug`] where they are no network, which a dossier's things always are.
    pub fn of(things: Things, left_out: u64) -> Result<Self> {
        let first = firsts(&things);
        let network = Network::new(nodes(&things, &first), links(&things, &first));
        Ok(Self {
            network: network.map_err(unfit)?,
            things,
            left_out,
        })
    }

    /// The strictest class and all codes of what is shown: what every sheet and file says.
    #[must_use]
    pub fn handling(&self) -> Option<Handling> {
        let things = self
            .things
            .things
            .iter()
            .map(|thing| thing.brought.handling);
        let all = things.chain(self.things.links.iter().map(|link| link.brought.handling));
        all.reduce(Handling::strictest)
    }

    /// How each thing, by its first record, and each link is to be handled: of records that count as one thing, by the strictest.
    #[must_use]
    pub fn handled(&self) -> BTreeMap<EntryId, Handling> {
        let first = firsts(&self.things);
        let mut of: BTreeMap<EntryId, Handling> = BTreeMap::new();
        let things = self.things.things.iter();
        let things = things.map(|thing| (first.get(&thing.entry), thing.brought.handling));
        for (first, handling) in things {
            let Some(first) = first else { continue };
            let known = of.get(first).copied();
            of.insert(
                *first,
                known.map_or(handling, |known| known.strictest(handling)),
            );
        }
        let links = self.things.links.iter();
        of.extend(links.map(|link| (link.entry, link.brought.handling)));
        of
    }

    /// All codes of what is shown.
    #[must_use]
    pub fn codes(&self) -> HandlingCodes {
        self.handling()
            .map(|handling| handling.codes)
            .unwrap_or_default()
    }
}

fn unfit(why: Unfit) -> AppError {
    AppError::Bug(match why {
        Unfit::Twice => "a thing twice in a chart",
        Unfit::Loose => "a link of a chart to nothing",
        Unfit::TooMany => "more things than a chart takes",
        Unfit::Text => "a thing without identifier",
    })
}

/// The first of the records that are of the same thing, of each record.
fn firsts(things: &Things) -> BTreeMap<EntryId, EntryId> {
    let groups = things.groups();
    let own = things.things.iter().map(|thing| {
        let first = groups.with(thing.entry).first();
        (thing.entry, first.copied().unwrap_or(thing.entry))
    });
    own.collect()
}

fn nodes(things: &Things, first: &BTreeMap<EntryId, EntryId>) -> Vec<entente_chart::Thing> {
    let mut records: BTreeMap<EntryId, usize> = BTreeMap::new();
    for of in first.values() {
        *records.entry(*of).or_default() += 1;
    }
    let own = things
        .things
        .iter()
        .filter(|thing| first.get(&thing.entry) == Some(&thing.entry));
    own.map(|thing| node(thing, records.get(&thing.entry).copied().unwrap_or(1)))
        .collect()
}

fn node(thing: &Thing, records: usize) -> entente_chart::Thing {
    // A person's dates are of birth and death: no chart needs them.
    let dated = thing.sort != ThingSort::Person;
    let label: String = thing.label().chars().take(500).collect();
    entente_chart::Thing {
        id: thing.entry.to_string(),
        label: if records > 1 {
            format!("{label} (×{records})")
        } else {
            label
        },
        sort: sort(thing.sort),
        origin: thing.brought.origin.to_string(),
        evaluation: evaluation(thing.brought.handling),
        span: if dated {
            span(thing.from, thing.to)
        } else {
            Span::default()
        },
    }
}

fn links(things: &Things, first: &BTreeMap<EntryId, EntryId>) -> Vec<Link> {
    let link = |link: &ThingLink| {
        Some(Link {
            from: first.get(&link.from)?.to_string(),
            to: first.get(&link.to)?.to_string(),
            relation: link.code.clone(),
            directed: link.sort.is_some_and(|sort| sort.directed),
            origin: link.brought.origin.to_string(),
            evaluation: evaluation(link.brought.handling),
            span: span(link.since, link.until),
            sources: vec![link.entry.to_string()],
        })
    };
    things.links.iter().filter_map(link).collect()
}

fn evaluation(handling: Handling) -> Option<Evaluation> {
    Evaluation::from_code(&handling.evaluation?.code())
}

/// As exact as it was written: a year is no first of January.
fn span(from: Option<PartialDate>, until: Option<PartialDate>) -> Span {
    let written = |date: PartialDate| date.to_string().parse().ok();
    Span {
        from: from.and_then(written),
        until: until.and_then(written),
    }
}

/// The sort on a chart of a sort of things.
#[must_use]
pub fn sort(of: ThingSort) -> Sort {
    Sort::from_code(of.as_str()).unwrap_or(Sort::Other)
}
