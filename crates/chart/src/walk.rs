//! Walking a view: components, one thing and its neighbours, every shortest path between two, things whose absence would part it.

use crate::network::Thing;
use crate::view::{Graph, View, neighbours, small};
use petgraph::algo::articulation_points::articulation_points;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Not reached.
pub(crate) const FAR: u32 = u32::MAX;

impl View<'_> {
    /// The things of each of its components: those of most things first, those of as many by the id of their first thing.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<&Thing>> {
        components(self.graph())
            .into_iter()
            .map(|part| {
                part.into_iter()
                    .filter_map(|number| self.thing(number))
                    .collect()
            })
            .collect()
    }

    /// How many components have how many things, the largest first: what of a large view can be told at once.
    #[must_use]
    pub fn component_sizes(&self) -> Vec<(usize, usize)> {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for part in components(self.graph()) {
            *sizes.entry(part.len()).or_default() += 1;
        }
        sizes.into_iter().rev().collect()
    }

    /// The component of a thing; `None` where it is not in view.
    #[must_use]
    pub fn component_of(&self, id: &str) -> Option<Self> {
        self.ego(id, u32::MAX - 1)
    }

    /// A thing and what is within so many links of it, with every link between these; `None` where it is not in view.
    #[must_use]
    pub fn ego(&self, id: &str, steps: u32) -> Option<Self> {
        let from = self.number(id)?;
        let within = distances(self.graph(), from, steps)
            .into_iter()
            .enumerate()
            .filter(|(_, far)| *far != FAR)
            .map(|(number, _)| number)
            .collect();
        Some(self.part(&within))
    }

    /// All shortest paths between two things, and how many links each has. `None` where there is none.
    #[must_use]
    pub fn between(&self, one: &str, other: &str) -> Option<(Self, u32)> {
        let (one, other) = (self.number(one)?, self.number(other)?);
        let from = distances(self.graph(), one, FAR - 1);
        let to = distances(self.graph(), other, FAR - 1);
        let length = from.get(other).copied().filter(|far| *far != FAR)?;
        let on_one = from
            .iter()
            .zip(&to)
            .enumerate()
            .filter(|(_, (a, b))| **a != FAR && **b != FAR && a.saturating_add(**b) == length)
            .map(|(number, _)| number)
            .collect();
        Some((self.part(&on_one), length))
    }

    /// Numbers of the things without which a component would fall apart.
    pub(crate) fn cut_points(&self) -> BTreeSet<usize> {
        // The library answers for graphs with at least one node.
        if self.is_empty() {
            return BTreeSet::new();
        }
        articulation_points(self.graph())
            .into_iter()
            .map(crate::view::wide)
            .collect()
    }
}

/// Numbers of every component: the largest first, then by first number. Numbers ascend within each.
pub(crate) fn components(graph: &Graph) -> Vec<Vec<usize>> {
    let mut joined = UnionFind::<u32>::new(graph.node_count());
    for a in 0..graph.node_count() {
        for b in neighbours(graph, a) {
            joined.union(small(a), small(b));
        }
    }
    let mut parts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, label) in joined.into_labeling().into_iter().enumerate() {
        parts.entry(label).or_default().push(number);
    }
    let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
    parts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    parts
}

/// Links between one thing and each other, up to so many; `FAR` beyond.
pub(crate) fn distances(graph: &Graph, from: usize, most: u32) -> Vec<u32> {
    let mut far = vec![FAR; graph.node_count()];
    let mut next = VecDeque::from([from]);
    if let Some(start) = far.get_mut(from) {
        *start = 0;
    }
    while let Some(here) = next.pop_front() {
        let reached = far.get(here).copied().unwrap_or(FAR);
        if reached >= most {
            continue;
        }
        for there in neighbours(graph, here) {
            if let Some(known) = far.get_mut(there)
                && *known == FAR
            {
                *known = reached + 1;
                next.push_back(there);
            }
        }
    }
    far
}
