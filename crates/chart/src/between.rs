//! Betweenness of every thing of a view: Freeman's (1978), by Brandes' accumulation (2001). In a large view from some sources only,
//! scaled to all (Brandes and Pich 2007), and then it is an estimate and says so.

use crate::seed::Seed;
use crate::view::{Graph, neighbours};
use crate::walk::FAR;

/// Steps along links that one reading takes, in all. Views below some 3,000 things are read in full.
const STEPS: usize = 20_000_000;
/// Fewest sources of an estimate.
const FEWEST: usize = 16;

/// How often shortest paths between two others lead over each thing, as a share of all pairs of others.
pub(crate) struct Between {
    pub(crate) shares: Vec<f64>,
    /// From how many sources, where not from all.
    pub(crate) sources: Option<usize>,
}

impl Between {
    pub(crate) fn of(graph: &Graph, seed: u64) -> Self {
        let things = graph.node_count();
        let each = (things + graph.edge_count()).max(1);
        let many = (STEPS / each).max(FEWEST);
        if many >= things {
            return Self {
                shares: shares(graph, &mut (0..things), 1.0),
                sources: None,
            };
        }
        let sources = Seed(seed).some(many, things);
        Self {
            shares: shares(graph, &mut sources.into_iter(), ratio(things, many)),
            sources: Some(many),
        }
    }
}

/// Each pair is met from both of its ends, hence half of the sum.
fn shares(graph: &Graph, sources: &mut dyn Iterator<Item = usize>, scale: f64) -> Vec<f64> {
    let others = graph.node_count().saturating_sub(1);
    let pairs = count(others) * count(others.saturating_sub(1));
    let mut work = Work::new(graph.node_count());
    for source in sources {
        work.from(graph, source);
    }
    let share = |sum: f64| {
        if pairs > 0.0 {
            sum * scale / pairs
        } else {
            0.0
        }
    };
    work.sums.into_iter().map(share).collect()
}

/// What one source needs, used again for the next: its own cells are put back as it goes.
struct Work {
    far: Vec<u32>,
    paths: Vec<f64>,
    depends: Vec<f64>,
    order: Vec<usize>,
    sums: Vec<f64>,
}

impl Work {
    fn new(things: usize) -> Self {
        Self {
            far: vec![FAR; things],
            paths: vec![0.0; things],
            depends: vec![0.0; things],
            order: Vec::with_capacity(things),
            sums: vec![0.0; things],
        }
    }

    fn from(&mut self, graph: &Graph, source: usize) {
        self.reach(graph, source);
        self.gather(graph, source);
        for here in std::mem::take(&mut self.order) {
            set(&mut self.far, here, FAR);
            set(&mut self.paths, here, 0.0);
            set(&mut self.depends, here, 0.0);
        }
    }

    /// Counts shortest paths, nearest things first.
    fn reach(&mut self, graph: &Graph, source: usize) {
        set(&mut self.far, source, 0);
        set(&mut self.paths, source, 1.0);
        self.order.push(source);
        let mut next = 0;
        while let Some(here) = self.order.get(next).copied() {
            next += 1;
            let reached = get(&self.far, here) + 1;
            let paths = get(&self.paths, here);
            for there in neighbours(graph, here) {
                let known = get(&self.far, there);
                if known == FAR {
                    set(&mut self.far, there, reached);
                    self.order.push(there);
                }
                if known == FAR || known == reached {
                    add(&mut self.paths, there, paths);
                }
            }
        }
    }

    /// Sums what depends on each thing, farthest things first.
    fn gather(&mut self, graph: &Graph, source: usize) {
        for here in self.order.iter().rev().copied() {
            let nearer = get(&self.far, here).wrapping_sub(1);
            let depends = get(&self.depends, here);
            let part = (1.0 + depends) / get(&self.paths, here);
            for there in neighbours(graph, here) {
                if get(&self.far, there) == nearer {
                    let paths = get(&self.paths, there);
                    add(&mut self.depends, there, paths * part);
                }
            }
            if here != source {
                add(&mut self.sums, here, depends);
            }
        }
    }
}

pub(crate) fn get<T: Copy + Default>(list: &[T], at: usize) -> T {
    list.get(at).copied().unwrap_or_default()
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(cell) = list.get_mut(at) {
        *cell = value;
    }
}

fn add(list: &mut [f64], at: usize, value: f64) {
    if let Some(cell) = list.get_mut(at) {
        *cell += value;
    }
}

/// A count as a number to divide by; counts of a network are far below what this holds exactly.
pub(crate) fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}

/// One count as a share of another; of nothing, nothing.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        count(part) / count(whole)
    }
}
