//! Two views of one network, such as two phases of an investigation: who stays, comes and goes, and what became of each link.

use crate::network::Thing;
use crate::view::View;
use std::collections::BTreeMap;

/// Two linked things, and by how many links in each of the two views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'n> {
    /// One.
    pub one: &'n Thing,
    /// The other.
    pub other: &'n Thing,
    /// Links between them before.
    pub before: usize,
    /// Links between them after.
    pub after: usize,
}

/// What changed from one view to the other. Everything is by ascending id.
#[derive(Debug)]
pub struct Comparison<'n> {
    /// In both.
    pub stay: Vec<&'n Thing>,
    /// In the later only.
    pub come: Vec<&'n Thing>,
    /// In the earlier only.
    pub go: Vec<&'n Thing>,
    /// Pairs linked in either.
    pub pairs: Vec<Pair<'n>>,
}

/// Compares two views of one network, the earlier first.
#[must_use]
pub fn compare<'n>(before: &View<'n>, after: &View<'n>) -> Comparison<'n> {
    let (stay, go) = before.things().partition(|thing| after.holds(&thing.id));
    Comparison {
        stay,
        come: after
            .things()
            .filter(|thing| !before.holds(&thing.id))
            .collect(),
        go,
        pairs: pairs(before, after),
    }
}

fn pairs<'n>(before: &View<'n>, after: &View<'n>) -> Vec<Pair<'n>> {
    let mut counts: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for held in before.held() {
        counts.entry(ends(held.from, held.to)).or_default().0 += 1;
    }
    for held in after.held() {
        counts.entry(ends(held.from, held.to)).or_default().1 += 1;
    }
    let things = before.network().things();
    counts
        .into_iter()
        .filter_map(|((one, other), (before, after))| {
            Some(Pair {
                one: things.get(one)?,
                other: things.get(other)?,
                before,
                after,
            })
        })
        .collect()
}

fn ends(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}
