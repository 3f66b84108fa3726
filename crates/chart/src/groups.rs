//! Groups of things that are linked more among themselves than with others: the method of Louvain (Blondel and others 2008), with things
//! taken by ascending id and ties to the group of the lowest number, so that every node finds the same groups. Sums are whole numbers.

use crate::between::get;
use crate::measure::Figure;
use crate::network::Thing;
use crate::view::{Graph, View, neighbours};

/// Rounds of one level: more are never needed where each raises the modularity, and this ends them in any case.
const ROUNDS: usize = 100;

/// Groups of a view. Numbered by their first thing, so that a number says nothing of a group.
#[derive(Debug)]
pub struct Groups<'v> {
    view: &'v View<'v>,
    of: Vec<usize>,
    many: usize,
    modularity: f64,
}

impl View<'_> {
    /// The groups of this view. What is linked with nothing is a group of its own.
    #[must_use]
    pub fn groups(&self) -> Groups<'_> {
        let of = numbered(&louvain(self.graph()));
        Groups {
            view: self,
            many: of.iter().max().map_or(0, |most| most + 1),
            modularity: modularity(self.graph(), &of),
            of,
        }
    }
}

impl Groups<'_> {
    /// How many there are.
    #[must_use]
    pub fn many(&self) -> usize {
        self.many
    }

    /// The number of a thing's group, from 1.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<usize> {
        let number = self.view.number(id)?;
        self.of.get(number).map(|group| group + 1)
    }

    /// The things of a group, by ascending id.
    pub fn things(&self, group: usize) -> impl Iterator<Item = &Thing> {
        self.of
            .iter()
            .enumerate()
            .filter(move |(_, of)| **of + 1 == group)
            .filter_map(|(number, _)| self.view.thing(number))
    }

    /// How well the view falls into these groups (Newman and Girvan 2004).
    #[must_use]
    pub fn modularity(&self) -> Figure {
        Figure::share(self.modularity)
    }
}

/// Links with weights, of one level of the method.
struct Level {
    /// Neighbours of each with the weight of the link, without loops.
    near: Vec<Vec<(usize, i64)>>,
    /// Sum of weights at each, loops counted twice.
    strength: Vec<i64>,
    /// Twice the weight of all links.
    all: i64,
}

fn louvain(graph: &Graph) -> Vec<usize> {
    let mut level = Level::of(graph);
    let mut of: Vec<usize> = (0..graph.node_count()).collect();
    loop {
        let moved = level.moved();
        if moved.iter().enumerate().all(|(here, to)| here == *to) {
            return of;
        }
        let groups = numbered(&moved);
        for here in &mut of {
            *here = get(&groups, *here);
        }
        level = level.joined(&groups);
    }
}

impl Level {
    fn of(graph: &Graph) -> Self {
        let near: Vec<Vec<(usize, i64)>> = (0..graph.node_count())
            .map(|here| neighbours(graph, here).map(|there| (there, 1)).collect())
            .collect();
        let strength: Vec<i64> = near
            .iter()
            .map(|n| n.iter().map(|(_, w)| w).sum())
            .collect();
        let all = strength.iter().sum();
        Self {
            near,
            strength,
            all,
        }
    }

    /// The group of each, after things moved one by one as long as that made the modularity greater.
    fn moved(&self) -> Vec<usize> {
        let mut of: Vec<usize> = (0..self.near.len()).collect();
        let mut totals = self.strength.clone();
        let mut weights = vec![0_i64; self.near.len()];
        for _ in 0..ROUNDS {
            let mut still = true;
            for here in 0..self.near.len() {
                let best = self.best(here, (&of, &mut totals, &mut weights));
                if let Some(group) = of.get_mut(here)
                    && *group != best
                {
                    *group = best;
                    still = false;
                }
            }
            if still {
                break;
            }
        }
        of
    }

    /// The group in which one adds most to the modularity; its own where none adds more. Totals are of the groups after the move.
    fn best(&self, here: usize, state: (&[usize], &mut [i64], &mut [i64])) -> usize {
        let (of, totals, weights) = state;
        let own = get(of, here);
        let strength = get(&self.strength, here);
        let empty = Vec::new();
        let near = self.near.get(here).unwrap_or(&empty);
        for (there, weight) in near {
            if let Some(sum) = weights.get_mut(get(of, *there)) {
                *sum += weight;
            }
        }
        shift(totals, own, -strength);
        // The gain times twice the weight of all links: whole numbers, and the same order.
        let gain = |group: usize| get(weights, group) * self.all - get(totals, group) * strength;
        let mut best = (gain(own), own);
        let mut groups: Vec<usize> = near.iter().map(|(there, _)| get(of, *there)).collect();
        groups.sort_unstable();
        groups.dedup();
        for group in &groups {
            if gain(*group) > best.0 {
                best = (gain(*group), *group);
            }
        }
        for group in groups {
            if let Some(sum) = weights.get_mut(group) {
                *sum = 0;
            }
        }
        shift(totals, best.1, strength);
        best.1
    }

    /// Each group as one thing of the next level.
    fn joined(&self, groups: &[usize]) -> Self {
        let many = groups.iter().max().map_or(0, |most| most + 1);
        let mut near = vec![std::collections::BTreeMap::<usize, i64>::new(); many];
        let mut strength = vec![0_i64; many];
        for (here, links) in self.near.iter().enumerate() {
            let group = get(groups, here);
            shift(&mut strength, group, get(&self.strength, here));
            for (there, weight) in links {
                let other = get(groups, *there);
                if other != group
                    && let Some(of) = near.get_mut(group)
                {
                    *of.entry(other).or_default() += weight;
                }
            }
        }
        Self {
            near: near.into_iter().map(|n| n.into_iter().collect()).collect(),
            strength,
            all: self.all,
        }
    }
}

fn shift(list: &mut [i64], at: usize, by: i64) {
    if let Some(cell) = list.get_mut(at) {
        *cell += by;
    }
}

/// The same groups with numbers from 0, in the order in which they are first met.
fn numbered(groups: &[usize]) -> Vec<usize> {
    let mut known = std::collections::BTreeMap::new();
    groups
        .iter()
        .map(|group| {
            let next = known.len();
            *known.entry(*group).or_insert(next)
        })
        .collect()
}

/// Newman and Girvan 2004: links within groups, less those that chance would put there.
pub(crate) fn modularity(graph: &Graph, of: &[usize]) -> f64 {
    let all = graph.edge_count();
    if all == 0 {
        return 0.0;
    }
    let groups = of.iter().max().map_or(0, |most| most + 1);
    let (mut within, mut total) = (vec![0_i64; groups], vec![0_i64; groups]);
    for here in 0..graph.node_count() {
        let group = get(of, here);
        for there in neighbours(graph, here) {
            shift(&mut total, group, 1);
            shift(&mut within, group, i64::from(get(of, there) == group));
        }
    }
    let share = |sum: i64| crate::between::ratio(usize::try_from(sum).unwrap_or(0), all);
    within
        .into_iter()
        .zip(total)
        .map(|(w, t)| share(w) - share(t).powi(2))
        .sum()
}
