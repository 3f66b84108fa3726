//! The shape of one component: things stand as far apart as the links between them are long, as well as a plane allows (stress majorisation:
//! Gansner, Koren and North 2004), from a first placement along the links. A link is the longer the more others its ends have, so that there is
//! room around what is linked with many.

use super::LINK;
use crate::between::get;
use crate::view::{Graph, degree, neighbours};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

type Point = (f64, f64);

/// Rounds: after these nothing moves that a reader would see.
const ROUNDS: usize = 40;
/// Moves below this end it, as a share of a link's length.
const STILL: f64 = 0.002;
/// Cosine and sine of the golden angle: directions turned by it never meet again.
const TURN: Point = (-0.737_368_878_078_319_6, 0.675_490_294_261_523_6);

/// Places of the things of a component, in its order, around the middle.
pub(super) fn placed(graph: &Graph, part: &[usize]) -> Vec<Point> {
    let mut points = first(graph, part);
    let far: Vec<Vec<f64>> = (0..part.len())
        .map(|from| lengths(graph, part, from))
        .collect();
    for _ in 0..ROUNDS {
        if round(&mut points, &far) < STILL * LINK {
            break;
        }
    }
    points
}

/// Lengths of the shortest ways from one thing to the others (Dijkstra 1959), in links of two things that have no others.
fn lengths(graph: &Graph, part: &[usize], from: usize) -> Vec<f64> {
    let mut far = vec![u32::MAX; part.len()];
    let mut next = BinaryHeap::from([Reverse((0_u32, from))]);
    if let Some(start) = far.get_mut(from) {
        *start = 0;
    }
    while let Some(Reverse((reached, here))) = next.pop() {
        if reached > get(&far, here) {
            continue;
        }
        let thing = get(part, here);
        for there in neighbours(graph, thing) {
            let Ok(at) = part.binary_search(&there) else {
                continue;
            };
            let to = reached + length(degree(graph, thing), degree(graph, there));
            if let Some(known) = far.get_mut(at).filter(|known| **known > to) {
                *known = to;
                next.push(Reverse((to, at)));
            }
        }
    }
    far.into_iter().map(|far| f64::from(far) / 10.0).collect()
}

/// Length of a link between things of so many links each, in tenths: it grows as the radius of a disc with room for all.
fn length(one: usize, other: usize) -> u32 {
    let others = u32::try_from(one.max(other).saturating_sub(1)).unwrap_or(u32::MAX);
    10 + others.saturating_mul(25).isqrt()
}

/// From the thing of most links outwards: each beside the one it was reached from, in a direction of its own.
fn first(graph: &Graph, part: &[usize]) -> Vec<Point> {
    let of = |n: usize| part.binary_search(&n).ok();
    let mut points: Vec<Option<Point>> = vec![None; part.len()];
    let middle = part
        .iter()
        .copied()
        .min_by_key(|n| (usize::MAX - degree(graph, *n), *n));
    let Some(middle) = middle else {
        return Vec::new();
    };
    let mut next = VecDeque::from([(middle, (0.0, 0.0))]);
    if let Some(cell) = of(middle).and_then(|at| points.get_mut(at)) {
        *cell = Some((0.0, 0.0));
    }
    let mut way = (1.0, 0.0);
    while let Some((here, point)) = next.pop_front() {
        let out = unit(point);
        for there in neighbours(graph, here) {
            let Some(cell) = of(there)
                .and_then(|at| points.get_mut(at))
                .filter(|c| c.is_none())
            else {
                continue;
            };
            way = (
                way.0 * TURN.0 - way.1 * TURN.1,
                way.0 * TURN.1 + way.1 * TURN.0,
            );
            let to = (
                point.0 + LINK * (out.0 + 0.9 * way.0),
                point.1 + LINK * (out.1 + 0.9 * way.1),
            );
            *cell = Some(to);
            next.push_back((there, to));
        }
    }
    points.into_iter().map(Option::unwrap_or_default).collect()
}

/// Moves each thing to where all others would have it; says how far the one moved that moved most.
fn round(points: &mut [Point], far: &[Vec<f64>]) -> f64 {
    let mut most = 0.0_f64;
    for (at, far) in far.iter().enumerate() {
        let Some(here) = points.get(at).copied() else {
            continue;
        };
        let to = wanted(here, points, far);
        most = most.max((to.0 - here.0).abs() + (to.1 - here.1).abs());
        if let Some(cell) = points.get_mut(at) {
            *cell = to;
        }
    }
    most
}

fn wanted(here: Point, points: &[Point], far: &[f64]) -> Point {
    let (mut x, mut y, mut all) = (0.0, 0.0, 0.0);
    for (there, steps) in points.iter().zip(far) {
        if *steps <= 0.0 {
            continue;
        }
        let (dx, dy) = (here.0 - there.0, here.1 - there.1);
        let apart = (dx * dx + dy * dy).sqrt();
        let weight = 1.0 / (steps * steps);
        // Two at one place are told apart by the next ones.
        let stretch = if apart > 1e-6 {
            steps * LINK / apart
        } else {
            0.0
        };
        x += weight * (there.0 + dx * stretch);
        y += weight * (there.1 + dy * stretch);
        all += weight;
    }
    if all > 0.0 { (x / all, y / all) } else { here }
}

fn unit(of: Point) -> Point {
    let long = (of.0 * of.0 + of.1 * of.1).sqrt();
    if long > 1e-6 {
        (of.0 / long, of.1 / long)
    } else {
        (0.0, 0.0)
    }
}
