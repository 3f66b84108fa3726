//! What of a network one looks at: some of its things and links, and the simple graph that they make.

use crate::filter::Filter;
use crate::network::{Held, Link, Network, Thing};
use petgraph::Directed;
use petgraph::csr::Csr;
use std::collections::BTreeSet;

/// Most things that are drawn. Above, a chart is no longer read: one looks at its parts, or at one thing and its neighbours.
pub const DRAWN: usize = 600;

/// Each pair of linked things once in each direction, without loops: what every measure is of.
pub(crate) type Graph = Csr<(), (), Directed, u32>;

/// A part of a network, by places in it. Cheap to make again, and nothing that one keeps.
#[derive(Debug)]
pub struct View<'n> {
    network: &'n Network,
    /// Places of things in the network, ascending.
    things: Vec<usize>,
    /// Places of links in the network, ascending.
    links: Vec<usize>,
    graph: Graph,
}

impl<'n> View<'n> {
    pub(crate) fn of(network: &'n Network, filter: &Filter) -> Self {
        let lets: Vec<bool> = network.things().iter().map(|t| filter.thing(t)).collect();
        let let_through = |place: usize| lets.get(place).copied().unwrap_or(false);
        let links: Vec<usize> = places(network.held(), |held| {
            let_through(held.from) && let_through(held.to) && filter.link(&held.link)
        });
        let mut kept = vec![filter.alone; lets.len()];
        for held in links.iter().filter_map(|place| network.held().get(*place)) {
            for end in [held.from, held.to] {
                if let Some(here) = kept.get_mut(end) {
                    *here = true;
                }
            }
        }
        let things = lets
            .iter()
            .zip(kept)
            .enumerate()
            .filter(|(_, (lets, kept))| **lets && *kept)
            .map(|(place, _)| place)
            .collect();
        Self::made(network, things, links)
    }

    /// Of these things, by ascending places, and the links given, whose ends are all among them.
    fn made(network: &'n Network, things: Vec<usize>, links: Vec<usize>) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(links.len() * 2);
        for held in links.iter().filter_map(|place| network.held().get(*place)) {
            let ends = (
                things.binary_search(&held.from),
                things.binary_search(&held.to),
            );
            if let (Ok(a), Ok(b)) = ends
                && a != b
            {
                pairs.extend([(small(a), small(b)), (small(b), small(a))]);
            }
        }
        let graph = graph(pairs, things.len());
        Self {
            network,
            things,
            links,
            graph,
        }
    }

    /// The same view with some of its things only, by their numbers in this view, and the links between them.
    pub(crate) fn part(&self, within: &BTreeSet<usize>) -> Self {
        let things: Vec<usize> = within
            .iter()
            .filter_map(|here| self.things.get(*here).copied())
            .collect();
        let links = self
            .links
            .iter()
            .copied()
            .filter(|place| {
                self.network.held().get(*place).is_some_and(|held| {
                    things.binary_search(&held.from).is_ok()
                        && things.binary_search(&held.to).is_ok()
                })
            })
            .collect();
        Self::made(self.network, things, links)
    }

    /// The same things with the graph that is left when some pairs are not known.
    pub(crate) fn without(&self, gone: &[usize]) -> Graph {
        let pairs = self.pairs();
        let kept = pairs
            .iter()
            .enumerate()
            .filter(|(at, _)| gone.binary_search(at).is_err())
            .flat_map(|(_, (a, b))| [(small(*a), small(*b)), (small(*b), small(*a))]);
        graph(kept.collect(), self.len())
    }

    /// The network of which this is a part.
    #[must_use]
    pub fn network(&self) -> &'n Network {
        self.network
    }

    /// How many things are in view.
    #[must_use]
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Whether nothing is in view.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// Whether it has few enough things to be drawn and read.
    #[must_use]
    pub fn drawable(&self) -> bool {
        self.len() <= DRAWN
    }

    /// The things in view, by ascending id.
    pub fn things(&self) -> impl Iterator<Item = &'n Thing> {
        self.things
            .iter()
            .filter_map(|place| self.network.things().get(*place))
    }

    /// The links in view, in the order in which they came.
    pub fn links(&self) -> impl Iterator<Item = &'n Link> {
        self.held().map(|held| &held.link)
    }

    /// Whether a thing is in view.
    #[must_use]
    pub fn holds(&self, id: &str) -> bool {
        self.number(id).is_some()
    }

    /// How many links of the network are in no time slice, because nothing is said of when they held.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.links().filter(|link| link.span.undated()).count()
    }

    pub(crate) fn held(&self) -> impl Iterator<Item = &'n Held> {
        self.links
            .iter()
            .filter_map(|place| self.network.held().get(*place))
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The number in this view of a thing of the network.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.at(self.network.place(id)?)
    }

    /// The number in this view of a place in the network.
    pub(crate) fn at(&self, place: usize) -> Option<usize> {
        self.things.binary_search(&place).ok()
    }

    /// The thing of a number in this view.
    pub(crate) fn thing(&self, number: usize) -> Option<&'n Thing> {
        self.network.things().get(*self.things.get(number)?)
    }

    /// Pairs of things with a link between them, each once, by ascending numbers.
    pub(crate) fn pairs(&self) -> Vec<(usize, usize)> {
        (0..self.len())
            .flat_map(|a| {
                neighbours(&self.graph, a)
                    .map(move |b| (a, b))
                    .filter(|(a, b)| a < b)
            })
            .collect()
    }
}

/// The neighbours of a thing, by ascending numbers.
pub(crate) fn neighbours(graph: &Graph, of: usize) -> impl Iterator<Item = usize> + '_ {
    let known = of < graph.node_count();
    let slice = if known {
        graph.neighbors_slice(small(of))
    } else {
        &[]
    };
    slice.iter().map(|n| wide(*n))
}

/// How many neighbours a thing has.
pub(crate) fn degree(graph: &Graph, of: usize) -> usize {
    if of < graph.node_count() {
        graph.out_degree(small(of))
    } else {
        0
    }
}

fn graph(mut pairs: Vec<(u32, u32)>, nodes: usize) -> Graph {
    pairs.sort_unstable();
    pairs.dedup();
    let mut graph = Graph::from_sorted_edges(&pairs).unwrap_or_default();
    while graph.node_count() < nodes {
        graph.add_node(());
    }
    graph
}

fn places(held: &[Held], lets: impl Fn(&Held) -> bool) -> Vec<usize> {
    held.iter()
        .enumerate()
        .filter(|(_, held)| lets(held))
        .map(|(place, _)| place)
        .collect()
}

/// Numbers of a view fit: a network has at most `THINGS`.
pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
