//! Tests of the crate, by what they hold it against.

mod drawn;
mod known;
mod properties;
mod real;
mod taken;

use crate::{Day, Evaluation, Figures, Link, Network, Sort, Span, Thing, View};

/// A thing of which nothing is said but its id.
fn thing(id: &str) -> Thing {
    Thing {
        id: id.to_owned(),
        label: format!("N{id}"),
        sort: Sort::Person,
        origin: "fr".to_owned(),
        evaluation: None,
        span: Span::default(),
    }
}

/// A link of which nothing is said but its ends.
fn link(from: &str, to: &str) -> Link {
    Link {
        from: from.to_owned(),
        to: to.to_owned(),
        relation: "calls".to_owned(),
        directed: false,
        origin: "fr".to_owned(),
        evaluation: None,
        span: Span::default(),
        sources: Vec::new(),
    }
}

/// Things numbered from 0, so that the order of ids is that of numbers, and links between them.
fn numbered(things: usize, links: &[(usize, usize)]) -> Network {
    let id = |n: usize| format!("{n:04}");
    let links = links.iter().map(|(a, b)| link(&id(*a), &id(*b))).collect();
    Network::new((0..things).map(|n| thing(&id(n))).collect(), links).unwrap()
}

fn all(network: &Network) -> View<'_> {
    network.view(&crate::Filter {
        alone: true,
        ..crate::Filter::default()
    })
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn code(text: &str) -> Evaluation {
    Evaluation::from_code(text).unwrap()
}

/// Links, reach, betweenness, closeness, constraint, closure, as a reader sees them.
fn said(figures: &Figures) -> [String; 6] {
    let none = || "none".to_owned();
    [
        figures.links.to_string(),
        figures.reach.to_string(),
        figures.between.to_string(),
        figures.closeness.to_string(),
        figures.constraint.map_or_else(none, |f| f.to_string()),
        figures.closure.map_or_else(none, |f| f.to_string()),
    ]
}
