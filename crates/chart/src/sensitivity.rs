//! How far the figures of the chosen thing change when links are missing: some of the links in view are taken away, again and again
//! (Borgatti, Carley and Krackhardt 2006). What is known of a network of people who hide is never all of it.

use crate::between::{Between, count, get};
use crate::measure::{Figure, closeness, marks};
use crate::seed::Seed;
use crate::view::{Graph, View, degree};

/// Most runs: each reads the whole view again.
const RUNS: usize = 50;
/// Most of the links, in hundredths, that a run takes away.
const MOST: usize = 50;

/// The lowest and the highest value over all runs.
#[derive(Debug)]
pub struct Range {
    /// Lowest.
    pub low: Figure,
    /// Highest.
    pub high: Figure,
}

/// What became of the chosen thing's figures.
#[derive(Debug)]
pub struct Sensitivity {
    /// Runs.
    pub runs: usize,
    /// Pairs of things whose link was taken away in each run.
    pub missing: usize,
    /// Things linked with it.
    pub links: Range,
    /// Betweenness.
    pub between: Range,
    /// Closeness.
    pub closeness: Range,
    /// In how many runs its mark by betweenness kept its size.
    pub same_mark: usize,
}

impl View<'_> {
    /// Takes so many hundredths of the linked pairs away (1 to 50, at least one pair), so many times (at most 50). `None` where the thing is
    /// not in view, where there is no link, or where the view is too large to be drawn.
    #[must_use]
    pub fn sensitivity(
        &self,
        chosen: &str,
        hundredths: usize,
        runs: usize,
        seed: u64,
    ) -> Option<Sensitivity> {
        let number = self.number(chosen)?;
        let pairs = self.graph().edge_count() / 2;
        let (runs, hundredths) = (runs.clamp(1, RUNS), hundredths.clamp(1, MOST));
        if pairs == 0 || !self.drawable() {
            return None;
        }
        let missing = (pairs * hundredths / 100).max(1);
        let whole = Run::of(self.graph(), number);
        let mut seed = Seed(seed);
        let seen: Vec<Run> = (0..runs)
            .map(|_| Run::of(&self.without(&seed.some(missing, pairs)), number))
            .collect();
        Some(Sensitivity {
            runs,
            missing,
            links: Range {
                low: Figure::counted(seen.iter().map(|run| run.links).min().unwrap_or(0)),
                high: Figure::counted(seen.iter().map(|run| run.links).max().unwrap_or(0)),
            },
            between: range(seen.iter().map(|run| run.between)),
            closeness: range(seen.iter().map(|run| run.closeness)),
            same_mark: seen.iter().filter(|run| run.mark == whole.mark).count(),
        })
    }
}

struct Run {
    links: usize,
    between: f64,
    closeness: f64,
    mark: Option<crate::Mark>,
}

impl Run {
    fn of(graph: &Graph, number: usize) -> Self {
        let shares = Between::of(graph, 0).shares;
        Self {
            links: degree(graph, number),
            between: get(&shares, number),
            closeness: closeness(graph, number),
            mark: marks(&shares).get(number).copied(),
        }
    }
}

fn range(values: impl Iterator<Item = f64> + Clone) -> Range {
    Range {
        low: Figure::share(values.clone().fold(count(1), f64::min)),
        high: Figure::share(values.fold(0.0, f64::max)),
    }
}
