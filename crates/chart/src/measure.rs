//! Figures of a view: of the whole, and of the one thing that a reader chose in it. See the head of the crate for what they are not.
//!
//! | Figure | Variant and source |
//! |---|---|
//! | links | things linked with it, each once (degree); also as a share of all others (Freeman 1978) |
//! | betweenness | Freeman 1978, by Brandes 2001, as a share of all pairs of others |
//! | closeness | Wasserman and Faust 1994: the share of others that it reaches, by how near they are; defined without connection too |
//! | constraint | Burt 1992, every link of the same strength |
//! | closure | share of the pairs of its neighbours that are linked (Watts and Strogatz 1998) |
//! | position | its links and its betweenness, each above the view's mean or not (Morselli 2009) |
//! | cut point | without it, its component falls apart |

use crate::between::{Between, count, get, ratio};
use crate::view::{Graph, View, degree, neighbours};
use crate::walk::{FAR, components, distances};
use std::collections::BTreeSet;
use std::fmt;

/// A figure as a person reads it, and nothing else: no number, no order, no form that can be kept.
#[derive(Clone, Copy)]
pub struct Figure(f64, Form);

#[derive(Clone, Copy)]
enum Form {
    Count,
    Share,
}

impl Figure {
    pub(crate) fn counted(of: usize) -> Self {
        Self(count(of), Form::Count)
    }

    pub(crate) fn share(value: f64) -> Self {
        Self(value, Form::Share)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Form::Count => write!(f, "{:.0}", self.0),
            Form::Share => write!(f, "{:.3}", self.0),
        }
    }
}

impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Figure")
    }
}

/// Figures of the whole view.
#[derive(Debug)]
pub struct Whole {
    /// Things in view.
    pub things: Figure,
    /// Pairs of things with a link between them.
    pub pairs: Figure,
    /// Components.
    pub components: Figure,
    /// Pairs that are linked, as a share of all.
    pub density: Figure,
    /// Mean of the closure of every thing (Watts and Strogatz 1998).
    pub closure: Figure,
    /// Closed triples as a share of all (transitivity).
    pub transitivity: Figure,
    /// How far the links lead to one thing, 0 to 1 (Freeman's degree centralisation, 1978).
    pub centralisation: Figure,
}

/// Size class of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Up to the view's mean.
    Plain,
    /// Above the mean.
    Wide,
    /// Two standard deviations above the mean, or more.
    Widest,
}

/// Above the view's mean or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above.
    Above,
    /// At the mean or below.
    Below,
}

/// Where a thing stands on the plane of links and betweenness (Morselli 2009): few links and much betweenness is a broker's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// By its links.
    pub links: Side,
    /// By its betweenness.
    pub between: Side,
}

/// Figures of the thing that the reader chose, in this view.
#[derive(Debug)]
pub struct Figures {
    /// Things linked with it.
    pub links: Figure,
    /// The same as a share of all others.
    pub reach: Figure,
    /// Betweenness.
    pub between: Figure,
    /// Closeness.
    pub closeness: Figure,
    /// Constraint; none without links.
    pub constraint: Option<Figure>,
    /// Closure; none with fewer than two links.
    pub closure: Option<Figure>,
    /// Its place on the plane of links and betweenness.
    pub position: Position,
    /// Whether its component falls apart without it.
    pub cut: bool,
}

/// What the shape of a view says, as long as one looks at it: marks for the chart, and the figures of one thing.
#[derive(Debug)]
pub struct Reading<'v> {
    view: &'v View<'v>,
    links: Vec<Mark>,
    between: Vec<Mark>,
    cut: BTreeSet<usize>,
    sources: Option<usize>,
    chosen: Option<Figures>,
}

impl View<'_> {
    /// Reads the view. Figures are given of the chosen thing alone; another choice is another reading.
    #[must_use]
    pub fn read(&self, chosen: Option<&str>, seed: u64) -> Reading<'_> {
        let between = Between::of(self.graph(), seed);
        let links: Vec<f64> = (0..self.len())
            .map(|n| count(degree(self.graph(), n)))
            .collect();
        let cut = self.cut_points();
        let chosen = chosen.and_then(|id| self.number(id)).map(|number| {
            let position = Position {
                links: side(&links, number),
                between: side(&between.shares, number),
            };
            figures(
                self.graph(),
                number,
                (&between, position, cut.contains(&number)),
            )
        });
        Reading {
            view: self,
            links: marks(&links),
            between: marks(&between.shares),
            cut,
            sources: between.sources,
            chosen,
        }
    }

    /// Figures of the whole view.
    #[must_use]
    pub fn whole(&self) -> Whole {
        let graph = self.graph();
        let things = self.len();
        let pairs = graph.edge_count() / 2;
        let degrees: Vec<usize> = (0..things).map(|n| degree(graph, n)).collect();
        let triangles = triangles(graph, &degrees);
        let triples = |k: &usize| k * k.saturating_sub(1) / 2;
        let closures: f64 = degrees
            .iter()
            .zip(&triangles)
            .map(|(k, t)| ratio(*t, triples(k)))
            .sum();
        let most = degrees.iter().copied().max().unwrap_or(0);
        let short: usize = degrees.iter().map(|k| most - k).sum();
        Whole {
            things: Figure::counted(things),
            pairs: Figure::counted(pairs),
            components: Figure::counted(components(graph).len()),
            density: Figure::share(ratio(pairs, triples(&things))),
            closure: Figure::share(if things == 0 {
                0.0
            } else {
                closures / count(things)
            }),
            transitivity: Figure::share(ratio(
                triangles.iter().sum(),
                degrees.iter().map(triples).sum(),
            )),
            centralisation: Figure::share(ratio(short, triples(&things.saturating_sub(1)) * 2)),
        }
    }
}

impl Reading<'_> {
    /// The size of a thing's mark by how many things it is linked with.
    #[must_use]
    pub fn by_links(&self, id: &str) -> Option<Mark> {
        self.view
            .number(id)
            .and_then(|n| self.links.get(n).copied())
    }

    /// The size of a thing's mark by its betweenness.
    #[must_use]
    pub fn by_between(&self, id: &str) -> Option<Mark> {
        self.view
            .number(id)
            .and_then(|n| self.between.get(n).copied())
    }

    /// Whether the component of a thing falls apart without it: a ring around its mark.
    #[must_use]
    pub fn cut(&self, id: &str) -> bool {
        self.view.number(id).is_some_and(|n| self.cut.contains(&n))
    }

    /// From how many things the betweenness was estimated; `None` where it is exact.
    #[must_use]
    pub fn estimated(&self) -> Option<usize> {
        self.sources
    }

    /// The figures of the thing chosen, without the view.
    #[must_use]
    pub fn into_chosen(self) -> Option<Figures> {
        self.chosen
    }

    /// The figures of the thing chosen, where it is in view.
    #[must_use]
    pub fn chosen(&self) -> Option<&Figures> {
        self.chosen.as_ref()
    }
}

fn figures(graph: &Graph, of: usize, known: (&Between, Position, bool)) -> Figures {
    let (between, position, cut) = known;
    let links = degree(graph, of);
    Figures {
        links: Figure::counted(links),
        reach: Figure::share(ratio(links, graph.node_count().saturating_sub(1))),
        between: Figure::share(get(&between.shares, of)),
        closeness: Figure::share(closeness(graph, of)),
        constraint: (links > 0).then(|| Figure::share(constraint(graph, of))),
        closure: (links > 1).then(|| Figure::share(closure(graph, of))),
        position,
        cut,
    }
}

/// Wasserman and Faust 1994, p. 201: with r things reached over a sum of distances s, r/(n-1) times r/s.
pub(crate) fn closeness(graph: &Graph, of: usize) -> f64 {
    let far = distances(graph, of, FAR - 1);
    let reached = far.iter().filter(|d| **d != FAR && **d > 0).count();
    let sum: f64 = far
        .iter()
        .filter(|d| **d != FAR)
        .map(|d| f64::from(*d))
        .sum();
    if reached == 0 {
        return 0.0;
    }
    ratio(reached, graph.node_count() - 1) * count(reached) / sum
}

/// Burt 1992, chapter 2: how far its contacts lead back to each other.
fn constraint(graph: &Graph, of: usize) -> f64 {
    let contacts: Vec<usize> = neighbours(graph, of).collect();
    let own = ratio(1, contacts.len());
    let on = |contact: usize| {
        let others = contacts.iter().copied();
        let round = others
            .filter(|other| *other != contact && linked(graph, *other, contact))
            .map(|other| own * ratio(1, degree(graph, other)));
        (own + summed(round)).powi(2)
    };
    summed(contacts.iter().copied().map(on))
}

/// A sum that is the same in whatever order things have their names: of what is said with three digits the last one would differ.
fn summed(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.into_iter().sum()
}

fn closure(graph: &Graph, of: usize) -> f64 {
    let contacts: Vec<usize> = neighbours(graph, of).collect();
    let pairs = contacts
        .iter()
        .flat_map(|a| contacts.iter().map(move |b| (*a, *b)));
    let linked = pairs
        .filter(|(a, b)| a < b && linked(graph, *a, *b))
        .count();
    ratio(
        linked,
        contacts.len() * contacts.len().saturating_sub(1) / 2,
    )
}

fn linked(graph: &Graph, a: usize, b: usize) -> bool {
    let known = a < graph.node_count();
    known
        && graph
            .neighbors_slice(crate::view::small(a))
            .binary_search(&crate::view::small(b))
            .is_ok()
}

/// Triangles at each thing. Each link is followed towards the end of more links only, so that one thing linked with all costs no square.
fn triangles(graph: &Graph, degrees: &[usize]) -> Vec<usize> {
    let rank = |n: usize| (get(degrees, n), n);
    let onwards: Vec<Vec<usize>> = (0..degrees.len())
        .map(|a| {
            neighbours(graph, a)
                .filter(|b| rank(a) < rank(*b))
                .collect()
        })
        .collect();
    let empty = Vec::new();
    let of = |n: usize| onwards.get(n).unwrap_or(&empty);
    let mut found = vec![0; degrees.len()];
    for a in 0..degrees.len() {
        for b in of(a) {
            for c in of(*b).iter().filter(|c| of(a).binary_search(c).is_ok()) {
                for corner in [a, *b, *c] {
                    if let Some(here) = found.get_mut(corner) {
                        *here += 1;
                    }
                }
            }
        }
    }
    found
}

/// Mean and standard deviation.
fn spread(values: &[f64]) -> (f64, f64) {
    if values.is_empty() {
        return (0.0, 0.0);
    }
    let many = count(values.len());
    let mean = values.iter().sum::<f64>() / many;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / many;
    (mean, variance.sqrt())
}

/// Above by more than what sums of many parts differ by when they are added in another order.
fn above(value: f64, bound: f64) -> bool {
    value > bound + 1e-9
}

fn side(values: &[f64], of: usize) -> Side {
    if above(get(values, of), spread(values).0) {
        Side::Above
    } else {
        Side::Below
    }
}

pub(crate) fn marks(values: &[f64]) -> Vec<Mark> {
    let (mean, deviation) = spread(values);
    let mark = |value: &f64| {
        if above(*value, mean + 2.0 * deviation) {
            Mark::Widest
        } else if above(*value, mean) {
            Mark::Wide
        } else {
            Mark::Plain
        }
    };
    values.iter().map(mark).collect()
}
